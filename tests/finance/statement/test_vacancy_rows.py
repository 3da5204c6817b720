"""Which rows about vacancy stand on `regels`: each place-year with money or a limit, and its last year."""

from __future__ import annotations

from typing import Final

import pytest

from finance.case import Case, CostLine
from finance.case.words import VACANCY
from finance.money import Money
from finance.plan.allocation import Allocation
from finance.statement import Statement
from finance.statement.checks import CheckKind
from tests.models.bare import Bare, effect, measure, places, source

CLOSED, OTHER = ("L1", "gesloten"), ("L2", "gesloten")
YEARS: Final = range(2022, 2027)


def wing() -> Case:
    """Three closed places stand empty at L1 and L2; M closes one of L1 two years after its start.

    An empty place costs 40,000 a year.
    """
    return Bare(
        last=YEARS[-1],
        places=[places(*CLOSED, 3), places(*OTHER, 3)],
        measures=[measure("M", start=(2022, 2024))],
        effects=[effect("M", *CLOSED, -1, 2)],
        sources=[
            source("SPUK", "spuk", 1_000_000, (2022, 2026)),
            source("TWEE", "spuk", 9, (2022, 2026)),
            source("EIGEN", "eigen", 1_000_000, (2022, 2026)),
        ],
        settings={"lezingen": "leegstand-door-transitie"},
    ).case()


def rows(
    starts: dict[str, int], paid: dict[tuple[tuple[str, str], int, str], int]
) -> list[tuple[str, int | None, str, str, bool]]:
    """The rows about vacancy: where, the year, both sides and whether it holds; payments in cents."""
    payments = {(CostLine("", *key, VACANCY, year), bron): Money(cents) for (key, year, bron), cents in paid.items()}
    statement = Statement(wing(), Allocation(starts, {}, {}, payments))
    return [
        (check.onderwerp, check.jaar, str(check.waarde), str(check.grens), bool(check.voldoet))
        for check in statement.checks
        if check.soort is CheckKind.VACANCY
    ]


def test_nothing_paid_where_nothing_may_be_has_no_row() -> None:
    assert rows({}, {}) == []


def test_a_limit_of_which_nothing_is_used_has_a_row_in_each_year_until_the_closure() -> None:
    assert rows({"M": 2022}, {}) == [("L1 / gesloten", year, "0.00", "40000.00", True) for year in (2022, 2023)]


@pytest.mark.parametrize("key", [CLOSED, OTHER])
def test_a_cent_paid_where_nothing_may_be_has_a_row_that_fails(key: tuple[str, str]) -> None:
    """Nothing starts, so that every limit is zero."""
    assert rows({}, {(key, 2023, "SPUK"): 1}) == [(f"{key[0]} / gesloten", 2023, "0.01", "0.00", False)]


@pytest.mark.parametrize("year", [YEARS[0], YEARS[-1]])
def test_the_first_and_the_last_year_of_the_post_have_their_rows_too(year: int) -> None:
    """The reading holds in every year of the case; nothing is closing in any."""
    assert rows({}, {(CLOSED, year, "SPUK"): 1}) == [("L1 / gesloten", year, "0.01", "0.00", False)]


def test_what_two_grants_pay_adds_up_and_own_money_does_not_count() -> None:
    paid = {(CLOSED, 2022, "SPUK"): 3_999_999, (CLOSED, 2022, "TWEE"): 2, (CLOSED, 2022, "EIGEN"): 7}
    found = rows({"M": 2022}, paid)
    assert found == [
        ("L1 / gesloten", 2022, "40000.01", "40000.00", False),
        ("L1 / gesloten", 2023, "0.00", "40000.00", True),
    ]


def test_the_row_names_the_grants_that_count_and_the_line_it_is_about() -> None:
    statement = Statement(wing(), Allocation({"M": 2022}, {}, {}, {}))
    checks = [check for check in statement.checks if check.soort is CheckKind.VACANCY]
    assert {check.bron for check in checks} == {"SPUK, TWEE"}
    lines = {line.sleutel: line.regel for line in statement.lines}
    assert [lines[check.lijn] for check in checks] == [CostLine("", *CLOSED, VACANCY, year) for year in (2022, 2023)]
