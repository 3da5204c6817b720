"""The rows of `regels`: which there are, what they say, and that they fail where the check of a plan does."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import pytest

from finance.case.words import COST_SORTS, REPAYMENT
from finance.money import Money
from finance.plan.allocation import Allocation
from finance.statement import Statement
from finance.statement.checks import CheckKind, RuleCheck
from tests.finance.compliance.changing import CASE, judged
from tests.finance.compliance.test_check import ALLOWED, SMALLEST
from tests.finance.village import allocation
from tests.models.bare import Bare, financed, measure, sold, source

TWO: Final = (2022, 2023)
TOWN: Final = Bare(
    last=2023,
    measures=[measure("M")],
    sources=[
        source("SPUK", "spuk", 1000, TWO, gemeente="Rotterdam", beschikking="B"),
        source("TWEE", "spuk", 500, TWO, gemeente="Rotterdam", beschikking="B"),
        source("EIGEN", "eigen", 100, TWO, aanbieder="A"),
        source("LUMP", "lumpsum", None, (2022, 2022)),
    ],
    funding=[financed("LUMP", 2022, 1, 10)],
    permits=[("EIGEN", "overig")],
    proceeds=[sold("M", "EIGEN", 50, 1)],
)
"""Two grants of one decision and town, own money of A that a sale adds to, a lump sum of one year."""


def checks(*kinds: CheckKind) -> list[RuleCheck]:
    """The rows of the town of some kinds, when M starts in 2022 and nothing is paid."""
    statement = Statement(TOWN.case(), Allocation({"M": 2022}, {}, {}, {}))
    return [check for check in statement.checks if check.soort in kinds]


def rules_of_source(bron: str) -> list[str]:
    """The rules against which the payments of a source are counted."""
    return [check.regel for check in checks(CheckKind.PAYMENTS) if check.bron == bron]


@pytest.mark.parametrize("bron", ["SPUK", "TWEE"])
def test_a_grant_is_tested_for_each_kostensoort_its_conditions_and_its_years(bron: str) -> None:
    assert rules_of_source(bron) == [
        *(f"VT20-{sort}" for sort in COST_SORTS if sort != REPAYMENT),
        "VT20-periode",
        "VT20-sluiting",
        "VT20-door_transitie",
        "VT20-jeugdhulpplus",
        "periode van de bron",
    ]


def test_other_money_is_tested_for_its_sort_its_sheet_its_provider_and_its_years() -> None:
    """Own money of A is narrowed on the sheet `toegestaan`; the lump sum is neither narrowed nor of one."""
    expected = ["BRON-eigen", "blad toegestaan", "eigen aanbieder", "periode van de bron"]
    assert rules_of_source("EIGEN") == expected
    assert rules_of_source("LUMP") == ["BRON-lumpsum", "periode van de bron"]


def test_a_row_about_payments_says_what_is_wrong_and_where_it_can_be_read() -> None:
    said = {check.regel: (check.wat, check.vindplaats) for check in checks(CheckKind.PAYMENTS)}
    assert said["blad toegestaan"] == (
        "Betaald aan een kostensoort die het blad toegestaan niet noemt",
        "invoer, blad toegestaan",
    )
    assert said["eigen aanbieder"] == ("Betaald voor een andere aanbieder", "invoer, blad dekking")
    assert said["periode van de bron"] == ("Betaald buiten de jaren van de bron", "invoer, blad dekking")
    assert said["VT20-periode"][1] == (
        "Stcrt. 2020, 49409, bestedingsperiode; vgl. art. 4.1.a en 10.1.g van de regeling van 2021"
    )
    assert said["VT20-opstart"][0] == "Betaald aan een kostensoort die niet mag"


def test_the_rows_about_money_name_their_limit_its_subject_and_its_year() -> None:
    """5% of 1,500 is 75; the pot of own money has 100 until the sale of 2023 brings 50."""
    kinds = (CheckKind.SHARE_CAP, CheckKind.CEILING, CheckKind.POT, CheckKind.YEARLY, CheckKind.POT_YEAR)
    found = [(row.soort, row.regel, row.bron, row.onderwerp, row.jaar, str(row.grens)) for row in checks(*kinds)]
    assert found == [
        (CheckKind.SHARE_CAP, "VT20-deelplafond", "SPUK, TWEE", "B", None, "75.00"),
        (CheckKind.CEILING, "VT20-plafond", "SPUK, TWEE", "Rotterdam", None, "10245473.00"),
        (CheckKind.POT, "bedrag van de bron", "SPUK", "", None, "1000.00"),
        (CheckKind.POT, "bedrag van de bron", "TWEE", "", None, "500.00"),
        (CheckKind.POT, "bedrag van de bron", "EIGEN", "", None, "150.00"),
        (CheckKind.YEARLY, "opbrengst van het jaar", "LUMP", "", 2022, "10.00"),
        (CheckKind.POT_YEAR, "opbrengst is er", "EIGEN", "", 2022, "100.00"),
        (CheckKind.POT_YEAR, "opbrengst is er", "EIGEN", "", 2023, "150.00"),
    ]


def test_a_pot_and_a_year_are_said_in_their_own_words() -> None:
    said = {(row.soort, row.wat, row.vindplaats) for row in checks(CheckKind.POT, CheckKind.YEARLY)}
    assert said == {
        (CheckKind.POT, "Betaald uit het bedrag voor de hele periode", "invoer, blad dekking"),
        (CheckKind.YEARLY, "Betaald uit het geld van het jaar", "invoer, blad financiering"),
    }


@pytest.mark.parametrize(("value", "holds"), [(99, True), (100, True), (101, False)])
def test_a_row_holds_up_to_and_including_its_limit(value: int, holds: bool) -> None:
    row = RuleCheck(CheckKind.POT, "r", "w", "b", Money(value), Money(100), "v")
    assert row.voldoet is holds


INPUT_TESTS: Final = {"periode van de bron", "eigen aanbieder", "blad toegestaan"}
MONEY: Final = {"bedrag van de bron": "C9", "opbrengst van het jaar": "C10", "opbrengst is er": "C9"}


def rules_of(failing: Iterable[RuleCheck]) -> set[str]:
    """The rules that rows fail by, in the words of the independent check."""
    return {"C11" if row.regel in INPUT_TESTS else MONEY.get(row.regel, row.regel) for row in failing}


@pytest.mark.parametrize("name", [*SMALLEST, *ALLOWED])
def test_a_row_fails_exactly_where_the_independent_check_finds_a_breach_of_its_rule(name: str) -> None:
    """Every smallest step over a limit, and every step that just stays inside it.

    What is about starts, places and cover (C1 to C8) has no row.
    """
    change = SMALLEST[name][0] if name in SMALLEST else ALLOWED[name]
    given = change(allocation())
    breaches = {breach.regel for breach in judged(given)} - {f"C{number}" for number in range(1, 9)}
    failing = [row for row in Statement(CASE, given).checks if row.voldoet is False]
    assert rules_of(failing) == breaches
