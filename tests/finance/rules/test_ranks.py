"""What each rule of 2020 and 2021 rests on: its rank, its article, and what was not read."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from finance.case.words import COST_SORTS
from finance.rules.accounting import WithdrawalRule
from finance.rules.library import Knowledge, by_subject, readings, rule_sets, version
from finance.rules.records import CategoryRule, PartRule, Rule, WindowRule

OLD, NEW = "vastgoedtransitie-2020", "residentieel-2021"
DEFINITION = "art. 1, activiteiten vastgoedtransitie"
MEMO = "Werkagenda Jeugdhulp Plus Zuidwest 2020/21"

GROUNDS_OF_2020 = {
    "afstoten": ("toelichting", "Stcrt. 2020, 49409", f"{DEFINITION} (gevolgen van een sluiting)"),
    "verbouwen": ("regeling", "Stcrt. 2020, 49409", f"{DEFINITION} (investeringen in huidige accommodaties)"),
    "vervangende_nieuwbouw": (
        "regeling",
        "Stcrt. 2020, 49409",
        f"{DEFINITION} (investeringen in vervangende accommodaties)",
    ),
    "vastgoedplan": ("notitie", MEMO, "par. 4.7, toegestaan"),
    "projectleiding": ("notitie", MEMO, "par. 4.7, toegestaan tot 5%"),
    "bovenregionaal_plan": ("notitie", MEMO, "par. 4.7, toegestaan tot 5%"),
    **dict.fromkeys(
        (
            "opstart",
            "exploitatie",
            "leegstand",
            "huisvesting_regulier",
            "overig",
            "rente_en_aflossing",
            "frictie_planvorming",
            "frictie_pilot",
            "frictie_processen",
            "frictie_opleiding",
            "frictie_dubbel_aanbod",
            "frictie_personeel",
            "leegstand_gebouw",
            "tijdelijke_huisvesting",
        ),
        ("notitie", MEMO, "par. 4.7, niet toegestaan"),
    ),
}
"""Article 1 of 2020 names the consequences of vacancy or closure, and investments in present and replacing
accommodation; for the rest only the summary of the region was read."""


def applied(
    regulation: str, subject: str, *readings_on: str, year: int = 2024, known: date = date(2026, 12, 1)
) -> Rule:
    """The rule of a subject that applies."""
    found = version(
        by_subject(rule_sets()[regulation].regel).get(subject, ()), year, Knowledge(known, frozenset(readings_on))
    )
    assert found is not None
    return found


@pytest.mark.parametrize(("sort", "ground"), GROUNDS_OF_2020.items())
def test_each_category_of_2020_says_what_it_rests_on(sort: str, ground: tuple[str, str, str]) -> None:
    rule = applied(OLD, f"categorie {sort}")
    assert (rule.rang, rule.publicatie, rule.artikel) == ground


def test_the_table_of_grounds_is_complete() -> None:
    assert set(GROUNDS_OF_2020) == set(COST_SORTS)


PAID_BY_BOTH = {
    "afstoten",
    "verbouwen",
    "vervangende_nieuwbouw",
    "vastgoedplan",
    "projectleiding",
    "bovenregionaal_plan",
}
"""ZW-R1 to ZW-R5 and RG-6."""
UNDER_READING = {
    (OLD, "leegstand", "leegstand-door-transitie"): "bij_sluiting",
    (OLD, "leegstand_gebouw", "leegstand-door-transitie"): "ja",
    (OLD, "tijdelijke_huisvesting", "tijdelijke-huisvesting"): "ja",
    (NEW, "tijdelijke_huisvesting", "tijdelijke-huisvesting"): "ja",
}
"""RG-8 (article 1 of 2020 names vacancy; 2021 does not) and RG-22 (what supports a named activity)."""


@pytest.mark.parametrize("reading", [None, *readings()])
@pytest.mark.parametrize("sort", COST_SORTS)
@pytest.mark.parametrize("regulation", [OLD, NEW])
def test_the_verdict_on_every_kostensoort_under_every_reading(regulation: str, sort: str, reading: str | None) -> None:
    rule = applied(regulation, f"categorie {sort}", *([reading] if reading else []))
    assert isinstance(rule, CategoryRule)
    ordinary = "ja" if sort in PAID_BY_BOTH else "nee"
    assert rule.betaalbaar == UNDER_READING.get((regulation, sort, reading or ""), ordinary)


def test_the_default_on_vacancy_is_called_a_narrower_reading_of_the_region() -> None:
    """ZW-R7 speaks of operating deficits; article 1 names vacancy caused by the transition (RG-8)."""
    default, wider = (
        applied(OLD, "categorie leegstand"),
        applied(OLD, "categorie leegstand", "leegstand-door-transitie"),
    )
    assert "Uitleg van de regio, enger dan art. 1" in default.uitleg
    assert (wider.rang, wider.publicatie) == ("regeling", "Stcrt. 2020, 49409")
    assert isinstance(wider, CategoryRule)
    assert wider.betaalbaar == "bij_sluiting"


def test_conditions_rest_on_the_regulations_where_their_text_says_so() -> None:
    assert applied(OLD, "voorwaarde door_transitie").rang == "regeling"
    assert applied(OLD, "voorwaarde jeugdhulpplus").rang == "regeling"
    assert applied(NEW, "voorwaarde door_transitie").artikel == "art. 4.1.a en 4.2"
    assert (applied(NEW, "voorwaarde jeugdhulpplus").rang, applied(NEW, "voorwaarde jeugdhulpplus").artikel) == (
        "regeling",
        "art. 1 en 4.1.a",
    )


@pytest.mark.parametrize("name", [OLD, NEW])
def test_what_was_not_read_is_said(name: str) -> None:
    rules = rule_sets()[name]
    assert not rules.volledig
    assert "Gelezen zijn" in rules.voorbehoud
    assert "niet" in rules.voorbehoud.casefold()


# --- the end of the grants of 2020 (RG-9, RG-21) ------------------------------------------------


@pytest.mark.parametrize(
    ("known", "reading", "end"),
    [
        (date(2023, 6, 30), False, date(2024, 12, 31)),
        (date(2023, 6, 30), True, date(2024, 12, 31)),
        (date(2023, 7, 1), False, date(2024, 12, 31)),
        (date(2023, 7, 1), True, date(2026, 12, 31)),
        (date(2023, 7, 2), True, date(2026, 12, 31)),
    ],
)
def test_the_longer_window_holds_under_its_reading_and_since_the_change(known: date, reading: bool, end: date) -> None:
    rule = applied(OLD, "periode", *(["verlenging-2026"] if reading else []), known=known)
    assert isinstance(rule, WindowRule)
    assert rule.venster_tot == end


def test_the_reading_on_the_longer_window_gives_its_full_ground() -> None:
    rule = applied(OLD, "periode", "verlenging-2026")
    assert rule.vindplaats == (
        "Stcrt. 2023, 18368, art. I, onderdeel A, met art. 4.1.a, 7.1, 10.1.g en 16 van de regeling van 2021"
    )
    assert rule.rang == "toelichting"
    for words in ("15 oktober 2020", "voor zover niet anders is bepaald", "Geen zin noemt", "dan beslist die"):
        assert words in rule.uitleg


def test_the_regulation_of_2020_was_withdrawn_and_has_no_lapse_of_its_own() -> None:
    subjects = by_subject(rule_sets()[OLD].regel)
    assert "verval" not in subjects
    rule = applied(OLD, "intrekking")
    assert isinstance(rule, WithdrawalRule)
    assert (rule.ingetrokken_op, rule.artikel) == (date(2021, 10, 9), "art. 15 en 16")
    before = version(subjects["intrekking"], 2024, Knowledge(date(2021, 10, 7)))
    assert before is None


def test_every_reading_belongs_to_a_subject_with_an_ordinary_rule() -> None:
    """A reading is an alternative to something: without it the ordinary rule holds."""
    for rules in rule_sets().values():
        for versions in by_subject(rules.regel).values():
            if any(rule.lezing for rule in versions):
                assert any(not rule.lezing for rule in versions)
    assert {"verlenging-2026", "leegstand-door-transitie"} <= set(readings())


# --- the other parts of 2021, for information (RG-22) -------------------------------------------


@pytest.mark.parametrize(
    ("part", "number", "together", "share", "plan"),
    [
        ("separeerruimten", 11, 5_000_001, None, (None, None)),
        ("driemilieu", 10, 50_000_000, Decimal("0.05"), (Decimal(15_000), Decimal(5_000))),
    ],
)
@pytest.mark.parametrize(("known", "end"), [(date(2023, 6, 30), 2024), (date(2023, 7, 1), 2026)])
def test_the_other_parts_of_2021_are_there_for_information(
    part: str,
    number: int,
    together: int,
    share: Decimal | None,
    plan: tuple[Decimal | None, Decimal | None],
    known: date,
    end: int,
) -> None:
    rule = applied(NEW, f"onderdeel {part}", known=known)
    assert isinstance(rule, PartRule)
    assert (len(rule.maxima), sum(rule.maxima.values())) == (number, together)
    assert (rule.venster_van, rule.venster_tot) == (date(2021, 10, 8), date(end, 12, 31))
    assert rule.aandeel == share
    assert (rule.plan_eerste, rule.plan_volgende) == plan
