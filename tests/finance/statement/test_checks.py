"""Both sides of every rule, checked by hand."""

from __future__ import annotations

import pytest

from finance.case import CostLine, build_case
from finance.money import ZERO, Money
from finance.plan.allocation import Allocation
from finance.rules.tests import CATEGORY, CONDITIONS, PROVIDER, WINDOW, PaymentTest
from finance.statement import Statement
from finance.statement.checks import CheckKind, RuleCheck
from tests.casebook import raw_book, small_case
from tests.finance.statement.changing import with_payment

LEADER = CostLine("M5", "", "", "projectleiding", 2022)
OLD = "vastgoedtransitie-2020"
WING = (("L1", "gesloten"), 2022)


def _check(statement: Statement, kind: CheckKind, **wanted: object) -> RuleCheck:
    found = [
        check
        for check in statement.checks
        if check.soort is kind and all(getattr(check, name) == value for name, value in wanted.items())
    ]
    assert len(found) == 1, found
    return found[0]


def _grant_check(statement: Statement, test: PaymentTest, sort: str = "") -> RuleCheck:
    return _check(statement, CheckKind.PAYMENTS, bron="SPUK", toets=test, onderwerp=sort)


def test_what_a_grant_pays_and_may_not_is_counted_per_rule(statement: Statement) -> None:
    operation = CostLine("", "L1", "gesloten", "exploitatie", 2022)
    wrong = with_payment(statement, operation, "SPUK", "100.01")
    check = _grant_check(wrong, CATEGORY, "exploitatie")
    assert (check.regel, check.waarde, check.grens) == ("VT20-exploitatie", Money(10001), ZERO)
    assert not check.voldoet
    assert "par. 4.7" in check.vindplaats
    assert _grant_check(wrong, CATEGORY, "verbouwen").voldoet
    assert _grant_check(wrong, WINDOW).voldoet


@pytest.mark.parametrize(
    ("line", "source", "test", "rule"),
    [
        (CostLine("M6", "", "", "opstart", 2023), "SPUK", CONDITIONS[1], "VT20-jeugdhulpplus"),
        (CostLine("M6", "", "", "opstart", 2023), "SPUK", PROVIDER, "eigen aanbieder"),
        (CostLine("M2", "", "", "vervangende_nieuwbouw", 2025), "SPUK", WINDOW, "periode van de bron"),
    ],
)
def test_a_payment_against_a_rule_fails_the_check_of_that_rule(
    statement: Statement, line: CostLine, source: str, test: PaymentTest, rule: str
) -> None:
    check = _grant_check(with_payment(statement, line, source, "1"), test)
    assert (check.regel, check.waarde, check.voldoet) == (rule, Money(100), False)


@pytest.mark.parametrize(("paid", "holds"), [("89999.99", True), ("90000", True), ("90000.01", False)])
def test_the_share_cap_holds_to_the_cent(statement: Statement, paid: str, holds: bool) -> None:
    check = _check(with_payment(statement, LEADER, "SPUK", paid), CheckKind.SHARE_CAP)
    assert check.grens == Money.from_euros("120000")  # 5% of 2,400,000; 30,000 goes to the plan
    assert check.waarde == Money.from_euros(paid) + Money.from_euros("30000")
    assert check.voldoet is holds


def test_the_share_cap_of_rotterdam_is_rounded_down_to_the_cent() -> None:
    tables = small_case()
    tables["dekking"][0]["bedrag"] = 10_245_473
    check = _check(Statement(build_case(raw_book(tables)), Allocation({}, {}, {}, {})), CheckKind.SHARE_CAP)
    assert check.grens == Money.from_euros("512273.65")


def test_a_municipality_without_a_known_maximum_is_not_tested(rich: Statement) -> None:
    known = _check(rich, CheckKind.CEILING, onderwerp="Rotterdam")
    unknown = _check(rich, CheckKind.CEILING, onderwerp="Delft")
    assert (known.waarde, known.grens) == (Money.from_euros("2400000"), Money.from_euros("10245473"))
    assert (unknown.grens, unknown.voldoet) == (None, None)
    assert "geen maximum bekend" in unknown.wat


def test_a_grant_above_the_maximum_fails() -> None:
    tables = small_case()
    tables["dekking"][0]["bedrag"] = 10_245_474
    statement = Statement(build_case(raw_book(tables)), Allocation({}, {}, {}, {}))
    assert not _check(statement, CheckKind.CEILING).voldoet


def test_the_limit_on_vacancy_is_the_closing_places_at_their_price(rich: Statement) -> None:
    assert rich.vacancy_limit(WING, OLD) == Money.from_euros("600000")  # 10 places x 60,000
    assert rich.vacancy_limit((("L2", "gesloten"), 2023), OLD) == Money.from_euros("365260.80")  # 6 x 60,876.80
    assert rich.vacancy_limit((("L1", "gesloten"), 2023), OLD) == ZERO


@pytest.mark.parametrize(("paid", "holds"), [("600000", True), ("600000.01", False)])
def test_vacancy_from_grants_holds_to_the_cent(rich: Statement, paid: str, holds: bool) -> None:
    line = CostLine("", "L1", "gesloten", "leegstand", 2022)
    check = _check(with_payment(rich, line, "SPUK", paid), CheckKind.VACANCY, jaar=2022)
    assert (check.regel, check.onderwerp) == ("VT20-leegstand-lezing", "L1 / gesloten")
    assert (check.waarde, check.voldoet) == (Money.from_euros(paid), holds)


def test_without_the_reading_no_vacancy_is_payable(statement: Statement) -> None:
    line = CostLine("", "L1", "gesloten", "leegstand", 2022)
    wrong = with_payment(statement, line, "SPUK", "1")
    assert not [check for check in wrong.checks if check.soort is CheckKind.VACANCY]
    assert not _grant_check(wrong, CATEGORY, "leegstand").voldoet


def test_pots_and_yearly_sources_have_both_sides(statement: Statement) -> None:
    pot = _check(statement, CheckKind.POT, bron="EIGEN")
    assert (pot.waarde, pot.grens, pot.jaar) == (Money.from_euros("10000"), Money.from_euros("500000"), None)
    year = _check(statement, CheckKind.YEARLY, bron="LUMP", jaar=2023)
    # 37 x 135,000 and the 132,000 that was left in 2022
    assert year.grens == Money.from_euros("5127000")
    too_much = with_payment(statement, LEADER, "EIGEN", "490000.01")
    assert _check(too_much, CheckKind.POT, bron="EIGEN").voldoet is False
