"""The case Overbrugging: what a credit and stacked funding do, against the same case without either."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

import pytest

from finance.case import read_case
from finance.compliance import check_allocation
from finance.money import ZERO, Money
from finance.plan.allocation import Outcome, Status
from finance.rules import Entitlement
from finance.xlsx.read import read_book
from models import make_plan
from models.arrays import arrays_of
from spuk.run import scenario_book

WORKBOOK: Final = Path(__file__).parents[2] / "inputs" / "overbrugging.xlsx"


@cache
def outcome(scenario: str) -> Outcome:
    """What follows from the plan of a scenario, proven and allowed."""
    book = read_book(WORKBOOK)
    case, _ = read_case(book)
    assert case is not None
    if scenario != "basis":
        case, _ = read_case(scenario_book(book, case, scenario))
        assert case is not None
    plan = make_plan(case, Entitlement(case), arrays=arrays_of)
    assert plan.status is Status.OPTIMAL
    assert check_allocation(case, plan.allocation) == ()
    return Outcome(case, plan.allocation)


@pytest.mark.parametrize(
    ("scenario", "gap"),
    [
        ("basis", "0.00"),
        ("zonder krediet", "394632.26"),
        ("zonder gestapelde bekostiging", "1260869.54"),
        ("zonder beide", "2719356.62"),
        ("rente 8%", "0.00"),
    ],
)
def test_neither_the_credit_nor_stacked_funding_is_enough_alone(scenario: str, gap: str) -> None:
    assert str(outcome(scenario).goals["ongedekt"]) == gap


def test_the_credit_is_drawn_while_pella_is_empty_and_paid_back_when_both_are_open() -> None:
    rows = {row.jaar: row for row in outcome("basis").credits}
    assert str(rows[2024].opgenomen) == "394632.26"
    assert [str(rows[year].rente) for year in (2025, 2026)] == ["15785.29", "13541.79"]
    assert rows[2026].eind == ZERO
    assert Money.total(row.rente for row in rows.values()) == Money.from_euros("29327.08")


def test_what_is_short_without_the_credit_is_what_it_lends() -> None:
    assert outcome("zonder krediet").goals["ongedekt"] == outcome("basis").credits[0].opgenomen


def test_what_cannot_be_paid_back_in_time_is_not_lent() -> None:
    early = outcome("aflossen in 2025")
    lent = Money.total(row.opgenomen for row in early.credits)
    assert ZERO < lent < outcome("basis").credits[0].opgenomen
    assert early.goals["ongedekt"] == outcome("basis").credits[0].opgenomen - lent


def test_nobody_is_without_a_place() -> None:
    assert outcome("basis").goals["tekort_plaatsen"] == 0
