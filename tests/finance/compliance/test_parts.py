"""What of a line is not capitalised, what of vacancy is housing: the rules and the check of plans agree on it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finance.case import CostLine
from finance.case.sheets import Cost
from finance.compliance.rules import expensed, housing_of
from finance.money import Money
from finance.rules.capitalised import not_capitalised
from tests.casebook import Record
from tests.models.bare import FIRST, Bare, cost, measure, places

YEAR = FIRST + 1
AMOUNTS = st.sampled_from((0, Decimal("0.01"), Decimal("33333.33"), 60_000, Decimal("999999.99")))


@pytest.mark.parametrize("closed", [False, True])
@given(st.sampled_from((None, 0, Decimal("16001.50"), 40_000)), st.integers(0, 10**9))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_two_ways_to_the_housing_in_what_empty_places_cost(closed: bool, housing: object, cents: int) -> None:
    case = Bare(
        last=FIRST + 2,
        places=[places("L1", "gesloten", 3) | {"huisvesting_per_plaats": housing, "index": "ova"}],
        indexes={("ova", year): Decimal("0.0496") for year in range(YEAR, FIRST + 3)},
        settings={"afgesloten_tot": YEAR} if closed else {},
    ).case()
    line, spent = CostLine("", "L1", "gesloten", "leegstand", YEAR), Money(cents)
    part = case.housing_of_vacancy(case.places[0], YEAR, spent)
    assert part == housing_of(case, line, spent)
    assert Money(0) <= part <= spent
    assert part == spent or housing not in {None, 40_000}


@st.composite
def cost_rows(draw: st.DrawFn) -> list[Record]:
    """Some rows of M and of another measure, capitalised or not, in three years."""
    row = st.tuples(
        st.sampled_from("MN"), st.sampled_from(("verbouwen", "opstart")), AMOUNTS, st.sampled_from((0, 1, 2))
    )
    flags = st.sampled_from((None, "ja", "nee"))
    return [cost(*made) | {"geactiveerd": draw(flags)} for made in draw(st.lists(row, min_size=1, max_size=5))]


@given(cost_rows(), st.sampled_from((None, FIRST, YEAR)), st.integers(0, 10**9), st.booleans())
@settings(max_examples=150, deadline=None, derandomize=True)
def test_two_ways_to_the_part_that_is_not_capitalised(
    rows: list[Record], start: int | None, cents: int, closed: bool
) -> None:
    case = Bare(
        last=FIRST + 4,
        measures=[measure(name, start=(FIRST, YEAR)) for name in "MN"],
        costs=rows,
        indexes={("ova", year): Decimal("0.0496") for year in range(YEAR, FIRST + 5)},
        settings={"afgesloten_tot": YEAR} if closed else {},
    ).case()
    assert all(isinstance(row, Cost) for row in case.costs)
    starts = {} if start is None else {"M": start}
    line, spent = CostLine("M", "", "", "verbouwen", YEAR), Money(cents)
    part = not_capitalised(case, starts, line, spent)
    assert part == expensed(case, starts, line, spent)
    assert not closed or Money(0) <= part <= spent
