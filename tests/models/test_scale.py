"""At the limits of what a case may hold the model still finds the plan, and reaches no limit of its own."""

from __future__ import annotations

import pytest

from finance.case import build_case
from finance.case.scale import HIGHEST_PRICE, LARGEST_COST, MOST_PEOPLE, MOST_PLACES
from finance.plan.allocation import Outcome, Plan, Status
from finance.rules import Entitlement
from models.plan import make_plan
from tests.casebook import Tables, raw_book, small_case


def planned(tables: Tables) -> Plan:
    """The plan of a case whose rows hang together."""
    case = build_case(raw_book(tables))
    return make_plan(case, Entitlement(case))


LIMITS = [
    ("plaatsen", 5, "plaatsen", MOST_PLACES),
    ("plaatsen", 5, "exploitatie_per_plaats", int(HIGHEST_PRICE.euros)),
    ("effecten", 6, "plaatsen", MOST_PLACES),
    ("kosten", 8, "bedrag", int(LARGEST_COST.euros)),
]


@pytest.mark.parametrize(("sheet", "row", "column", "value"), LIMITS)
def test_a_number_at_its_limit_leaves_no_shortage_that_is_not_there(
    sheet: str, row: int, column: str, value: int
) -> None:
    tables = small_case()
    tables[sheet][row][column] = value
    plan = planned(tables)
    goals = Outcome(build_case(raw_book(tables)), plan.allocation).goals
    assert plan.status == Status.OPTIMAL
    assert (goals["tekort_plaatsen"], goals["uitwijk"]) == (0, 0)


def test_the_largest_need_is_short_of_what_there_is() -> None:
    tables = small_case()
    tables["vraag"][0]["jeugdigen"] = MOST_PEOPLE
    plan = planned(tables)
    assert plan.status == Status.OPTIMAL
    assert Outcome(build_case(raw_book(tables)), plan.allocation).goals["tekort_plaatsen"] == MOST_PEOPLE - 27
