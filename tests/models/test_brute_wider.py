"""The model against the oracle that tries everything, on cases with what regions say besides."""

from __future__ import annotations

import pytest

from finance.compliance import check_allocation
from finance.rules import Entitlement
from models import make_plan
from tests.models.bare import Bare, measure
from tests.models.test_arrays import require_same
from tests.models.test_brute import judge
from tests.models.wider import wider_case


@pytest.mark.parametrize("seed", range(60))
def test_the_plan_is_the_best_of_all_plans_in_a_wider_case(seed: int) -> None:
    bare = wider_case(seed)
    judge(bare)
    require_same(bare.case())


def test_a_choice_that_is_not_followed_is_a_breach() -> None:
    """The plan of the free case: it takes M, for its points, and leaves N."""
    rows = [measure("M", waardering=1), measure("N", waardering=-1)]
    free = Bare(measures=rows).case()
    allocation = make_plan(free, Entitlement(free)).allocation
    assert allocation.starts == {"M": 2022}
    bound = Bare(measures=[rows[0] | {"keuze": "niet"}, rows[1] | {"keuze": "moet"}])
    assert [(row.regel, row.waar, row.wat) for row in check_allocation(bound.case(), allocation)] == [
        ("C1", "M", "De maatregel mag niet worden gekozen (keuze)."),
        ("C1", "N", "De maatregel moet worden gekozen (keuze) en is het niet."),
    ]
    followed = make_plan(bound.case(), Entitlement(bound.case())).allocation
    assert followed.starts == {"N": 2022}
    assert check_allocation(bound.case(), followed) == ()
