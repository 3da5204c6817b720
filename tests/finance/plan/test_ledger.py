"""The money of each source, on the case that was solved by hand (C9, C10)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finance.money import ZERO, Money
from finance.plan.allocation import Outcome, facts_of
from finance.plan.ledger import YearBalance
from finance.uncertainty.draws import left_of
from tests.finance.allocated import (
    ALLOCATION,
    GESLOTEN,
    YEARS,
    euros,
    hand_case,
    of_places,
    tables,
)
from tests.models.bare import Bare, financed, places, source, spent


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    """What follows from the allocation that was made by hand."""
    return Outcome(hand_case(), ALLOCATION)


def balance(bron: str, jaar: int | None, *amounts: str) -> YearBalance:
    """A row of the balances: own revenue, carried in, paid, left."""
    return YearBalance(bron, jaar, *(euros(amount) for amount in amounts))


BALANCES = (
    balance("SPUK", None, "500000", "0", "201100.01", "298899.99"),
    balance("LUMP", 2022, "500000", "0", "400000", "100000"),
    balance("LUMP", 2023, "500000", "100000", "517000", "83000"),
    balance("LUMP", 2024, "500000", "83000", "544500", "38500"),
    balance("PXQ", 2022, "300000", "0", "250000", "50000"),
    balance("PXQ", 2023, "250000", "0", "250000", "0"),
    balance("BESCH", 2022, "9505.23", "0", "9000", "505.23"),
    balance("BESCH", 2023, "9004.95", "505.23", "9510.18", "0"),
    balance("EIGEN", None, "10000", "0", "100", "9900"),
    balance("STAD", None, "5000", "0", "300", "4700"),
)
"""PxQ: four used places of which three are paid, then two and a half. Availability: ten places at
1,000.55 but at most 9.5, which is 9,505.225; then nine."""


def test_c9_and_c10_every_source_and_year(outcome: Outcome) -> None:
    assert outcome.balances == BALANCES


def test_what_is_available_is_own_revenue_and_what_was_carried_in() -> None:
    assert BALANCES[2].beschikbaar == euros("600000")
    assert BALANCES[0].beschikbaar == euros("500000")


def test_payments_add_up_by_source_and_by_year(outcome: Outcome) -> None:
    assert outcome.ledger.paid_by_year["LUMP", 2023] == euros("517000")
    assert outcome.paid_by_source["LUMP"] == euros("1461500")
    assert outcome.paid_by_source["SPUK"] == euros("201100.01")
    assert Money.total(outcome.paid_by_source.values()) == Money.total(ALLOCATION.payments.values())


@pytest.mark.parametrize(("source", "yearly"), [("LUMP", True), ("PXQ", True), ("SPUK", False), ("STAD", False)])
def test_a_yearly_source_has_money_per_year(outcome: Outcome, source: str, yearly: bool) -> None:
    assert outcome.ledger.yearly(source) is yearly


PER_YEAR = st.lists(st.integers(min_value=0, max_value=60_000_000), min_size=3, max_size=3)


def lump_balances(payments: list[int], overdraagbaar: str) -> list[YearBalance]:
    """The balances of the lump sum for payments in cents in each year."""
    changed = tables()
    changed["dekking"][1]["overdraagbaar"] = overdraagbaar
    lines = [of_places(GESLOTEN, "exploitatie", year) for year in YEARS]
    paid = {(line, "LUMP"): Money(cents) for line, cents in zip(lines, payments, strict=True) if cents}
    outcome = Outcome(hand_case(changed), replace(ALLOCATION, payments=paid))
    return [row for row in outcome.balances if row.bron == "LUMP"]


@settings(max_examples=30, deadline=None)
@given(PER_YEAR)
def test_c10_money_that_moves_is_never_lost(payments: list[int]) -> None:
    """What is left after a year is all revenue so far less all payments so far."""
    rows = lump_balances(payments, "ja")
    for count, row in enumerate(rows, start=1):
        assert row.over.cents == 50_000_000 * count - sum(payments[:count])
    assert [row.ingebracht for row in rows] == [ZERO, rows[0].over, rows[1].over]


@settings(max_examples=30, deadline=None)
@given(PER_YEAR)
def test_c10_money_that_does_not_move_lapses_each_year(payments: list[int]) -> None:
    rows = lump_balances(payments, "nee")
    assert [row.over.cents for row in rows] == [50_000_000 - cents for cents in payments]
    assert all(row.ingebracht == ZERO for row in rows)


def test_c10_what_a_closed_year_paid_outside_the_years_of_a_source_has_a_balance_and_takes_nothing_along() -> None:
    """A lump sum of 2022 alone that moves on: nothing of it is there in 2023, and 300 was paid all the same."""
    case = Bare(
        last=2024,
        places=[places("L1", "gesloten", 1)],
        sources=[source("L", "lumpsum", None, (2022, 2022), overdraagbaar="ja"), source("E", "eigen", 9, (2024, 2024))],
        funding=[financed("L", 2022, 1, 1_000)],
        actuals=[spent("L", ("L1", "gesloten"), "exploitatie", 2023, 300)],
        settings={"afgesloten_tot": 2023},
    ).case()
    outcome = Outcome(case, facts_of(case))
    assert [row for row in outcome.balances if row.bron == "L"] == [
        balance("L", 2022, "1000", "0", "0", "1000"),
        balance("L", 2023, "0", "0", "300", "-300"),
    ]
    assert left_of(outcome, "L") == euros("1000")
