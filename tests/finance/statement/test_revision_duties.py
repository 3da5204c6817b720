"""What a request for revision still lacks, and the months on the way to it."""

from __future__ import annotations

from datetime import date

import pytest

from finance.rules.library import Knowledge
from finance.rules.revision import RevisionRules
from finance.statement.revision import Revision
from finance.statement.revision_duties import lacking, months
from tests.casebook import Tables
from tests.finance.rotterdam import BASIS, allocation, rotterdam, tables, with_costs

ALWAYS = [
    ("formulier", "Het formulier dat de minister voor de aanvraag heeft vastgesteld (artikel 7, derde lid)."),
    (
        "plan",
        "Een actueel strategisch ontwikkelplan voor Horizon Rijnhove, Alphen a/d Rijn (artikel 7, vierde lid, onder"
        " b).",
    ),
    ("plan", "Een actueel strategisch ontwikkelplan voor Schakenbosch (artikel 7, vierde lid, onder b)."),
    (
        "verklaring",
        "Een verklaring van iHUB dat zij de aanvraag tot herziening onderschrijft (artikel 7, vierde lid, onder c).",
    ),
    (
        "verklaring",
        "Een verklaring van Jeugdformaat dat zij de aanvraag tot herziening onderschrijft (artikel 7, vierde lid,"
        " onder c).",
    ),
]


def lacks(changed: Tables | None = None) -> list[tuple[str, str]]:
    """What the request of the case lacks."""
    case = rotterdam(changed)
    return [(row.soort, row.wat) for row in lacking(Revision(case, allocation(case)))]


def test_a_request_needs_a_form_and_for_what_it_asks_a_plan_and_a_statement() -> None:
    found = lacks()
    assert found[: len(ALWAYS)] == ALWAYS
    assert ("realisatie", "De realisatie van 2026: dat is nu nog een prognose.") in found


def test_where_nothing_is_asked_nothing_is_lacking() -> None:
    assert lacks(with_costs(("SLUIT_RH", "afstoten", 2, 600_000))) == [
        ("niets", "Niets: er wordt geen herziening gevraagd.")
    ]


def test_a_round_that_is_over_is_told() -> None:
    changed = tables()
    changed["case"][4]["waarde"] = date(2027, 5, 2)
    told = "Een ronde om in te dienen: de laatste sloot op 1-5-2027, voor de peildatum van de casus."
    assert ("ronde", told) in lacks(changed)


@pytest.mark.parametrize(("amount", "told"), [(BASIS, False), (BASIS - 1, True), (BASIS + 1, False)])
def test_a_grant_that_the_case_does_not_have_is_told(amount: int, told: bool) -> None:
    changed = tables()
    changed["dekking"][1]["bedrag"] = amount
    assert any(sort == "uitkering" for sort, _ in lacks(changed)) is told


def test_the_years_of_the_window_that_the_case_does_not_have_are_told() -> None:
    missing = "De bestedingen van 2029 tot en met 2030: de casus heeft die jaren niet, en de regeling telt ze wel mee."
    assert ("jaren", missing) in lacks()


@pytest.mark.parametrize(("year", "decided"), [(2025, "31-7-2025"), (2026, "31-7-2026"), (2027, "31-7-2027")])
def test_the_months_run_from_december_to_the_decision(year: int, decided: str) -> None:
    """Thirteen weeks after 1 May is 31 July."""
    rounds = {row.jaar: row for row in RevisionRules(Knowledge(date(2026, 12, 1))).rounds}
    found = months(rounds[year])
    assert [row.wanneer for row in found] == [
        f"december {year - 1}",
        f"januari {year}",
        f"februari {year}",
        f"maart {year}",
        f"1-4-{year} tot en met 1-5-{year}",
        f"mei {year} en daarna",
    ]
    assert decided in found[-1].wat
