"""The rules on accounting for grants, by the day on which they are looked at."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TypeVar

import pytest

from finance.money import Money
from finance.rules.accounting import ApprovalRule, DelayRule, ReportingRule
from finance.rules.base import RuleBase
from finance.rules.library import rule_sets
from finance.rules.records import ACCOUNTING
from tests.finance.rules.grants import entitlement, grant_tables

R = TypeVar("R", bound=RuleBase)
READ = date(2026, 3, 5)
"""The first day on which the change of 2025 is known here."""


def rule(kind: type[R], year: int, known: date = READ) -> R:
    found = entitlement(grant_tables(peildatum=known)).accounting(kind, year)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("year", "known", "sure"),
    [
        (2024, READ, "hoog"),
        (2025, READ, "middel"),
        (2026, READ, "middel"),
        (2025, date(2026, 3, 4), "hoog"),
    ],
)
def test_the_reporting_tolerance_is_verified_to_report_year_2024(year: int, known: date, sure: str) -> None:
    """SI-2 to 2024; from 2025 the same amounts, and that their text was not read is said (SI-5)."""
    found = rule(ReportingRule, year, known)
    assert found.zekerheid == sure
    assert [str(found.threshold(Money.from_euros(charges))) for charges in (125_000, 1_000_000, 1_000_001)] == [
        "12500.00",
        "100000.00",
        "125000.00",
    ]
    if sure == "middel":
        assert "niet gelezen" in found.uitleg


@pytest.mark.parametrize(("year", "errors", "doubts"), [(2024, "0.01", "0.03"), (2025, "0.02", "0.02")])
def test_the_tolerance_of_approval_changes_with_report_year_2025(year: int, errors: str, doubts: str) -> None:
    found = rule(ApprovalRule, year)
    assert (found.fouten, found.onzekerheden) == (Decimal(errors), Decimal(doubts))
    assert found.zekerheid == "middel"


@pytest.mark.parametrize(
    ("year", "charges", "observed"),
    [
        (2024, "99999999", False),
        (2025, "124999.99", False),
        (2025, "125000", True),
        (2025, "125000.01", True),
    ],
)
def test_a_grant_is_observed_from_125000_euros_and_from_2025(year: int, charges: str, observed: bool) -> None:
    assert rule(ApprovalRule, year).observed(Money.from_euros(charges)) is observed


def test_delay_is_asked_before_the_first_of_july() -> None:
    """SI-6: payments may be suspended for 26 weeks."""
    found = rule(DelayRule, 2024)
    assert (found.voor_dag, found.voor_maand, found.opschorting_weken) == (1, 7, 26)
    assert found.vindplaats == "Financiële-verhoudingswet, art. 17b"
    assert "met redenen omkleed" in found.uitleg


def test_the_rules_on_accounting_say_to_when_they_were_verified() -> None:
    assert "tot en met verslagjaar 2024" in rule_sets()[ACCOUNTING].voorbehoud
