"""The model against the oracle that tries everything, on cases with grant decisions and money kept apart."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.models.bare import Bare
from tests.models.regulations import OF_2024, case_of_two_regulations
from tests.models.strategies import Choose
from tests.models.test_arrays import require_same
from tests.models.test_brute import judge
from tests.models.wider import wider_case


@pytest.mark.parametrize("make", [wider_case, case_of_two_regulations])
@pytest.mark.parametrize("seed", range(20))
def test_the_plan_is_the_best_of_all_plans_with_grant_decisions(seed: int, make: Callable[[int], Bare]) -> None:
    bare = decisions(random.Random(f"granted {seed}").choice, make(seed))
    judge(bare)
    require_same(bare.case())


def decisions(choose: Choose, bare: Bare) -> Bare:
    """Grants with a decision: it may end early, be for one location or sort of cost, and keep money apart."""
    rows, decided = [], []
    for row in bare.sources:
        if row["soort"] != "spuk" or choose((True, False, False)):
            rows.append(row)
            continue
        name, granted = f"D-{row['bron']}", Decimal(str(row["bedrag"]))
        apart = choose((None, 0, granted, granted / 2))
        rows.append(row | {"beschikking": name, "buiten_casus": None if apart is None else round(apart, 2)})
        revision = row["regeling"] == OF_2024 and choose((True, False))
        end = min(int(str(row["besteedbaar_tot"])), bare.last)
        decided.append(
            {
                "beschikking": name,
                "gemeente": "Rotterdam",
                "regeling": row["regeling"],
                "soort": "herziening" if revision else None,
                "verleend_in": 2025 if revision else None,
                "bedrag": granted,
                "besteedbaar_tot": None if revision else choose((None, date(end, 12, 31), date(end, 1, 1))),
                "locatie": choose((None, "L1", "L2")) if revision else None,
                "kostensoorten": choose((None, "verbouwen, projectleiding")) if revision else None,
                "herkomst": "B1",
            }
        )
    measures = [row | {"locatie": choose(("L1", "L2", None))} for row in bare.measures] if decided else bare.measures
    return replace(bare, sources=rows, measures=measures, more={**bare.more, "beschikkingen": decided})
