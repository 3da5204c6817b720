"""The case that says all that a case can say: checked, planned, proven, paid within the rules, and fair."""

from __future__ import annotations

from finance.case import build_case
from finance.case.sheets import SHEETS
from finance.compliance import check_allocation
from finance.plan.allocation import Outcome, Plan, Status
from finance.rules import Entitlement
from finance.scenarios import scenario_book
from models import arrays_of, make_plan
from tests.casebook import raw_book
from tests.full_case import MEASURES, full_case, full_tables
from tests.full_money import YEARS
from tests.inputs.names import differences
from tests.models.renaming import both_ways

ELSEWHERE = {("vraag", "jeugdigen"), ("uitwijk", "zorgvorm"), ("uitwijk", "alternatief"), ("realisatie", "krediet")}
"""Columns that do not go with doelgroepen, and what a credit got back in a closed year, which needs two of those."""
SECONDS = 300
"""Ample: it takes some seconds on two cores."""


def planned(scenario: str) -> tuple[Plan, Outcome]:
    """The plan of a scenario, which is proven and within every rule."""
    case = build_case(scenario_book(raw_book(full_tables()), full_case(), scenario))
    plan = make_plan(case, Entitlement(case), SECONDS, arrays=arrays_of)
    assert plan.status is Status.OPTIMAL
    assert all(row.bewezen for row in plan.proofs)
    assert check_allocation(case, plan.allocation) == ()
    return plan, Outcome(case, plan.allocation)


def test_it_uses_every_sheet_and_every_column() -> None:
    tables = full_tables()
    used = {
        (sheet, column) for sheet, rows in tables.items() for row in rows for column in row if row[column] is not None
    }
    assert {(sheet, column.naam) for sheet, spec in SHEETS.items() for column in spec.columns} - used == ELSEWHERE
    providers = {row["aanbieder"] for row in tables["aanbieders"]}
    assert (len(providers), len(tables["locaties"]), len(MEASURES), len(YEARS)) == (2, 6, 25, 8)


def test_its_plan_is_proven_and_lends() -> None:
    plan, outcome = planned("basis")
    assert outcome.goals["ongedekt"].cents == 0
    assert max(row.eind.cents for row in outcome.credits) > 0
    assert outcome.credits[-1].eind.cents == 0
    assert len(plan.allocation.starts) > 12


def test_a_scenario_that_starts_from_another_is_proven() -> None:
    plan, _ = planned("laag + plan 2023")
    assert "SB-DICHT" in plan.allocation.starts
    assert "BB-NIEUW" not in plan.allocation.starts


def test_names_and_the_order_of_rows_decide_nothing() -> None:
    book = raw_book(full_tables())
    assert differences(*both_ways(book, build_case(book))) == []
