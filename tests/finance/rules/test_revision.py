"""The rules of a request for revision: thresholds, rounds, and the names of the locations of annex 2."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from finance.money import Money
from finance.rules import check_rules
from finance.rules.library import Knowledge
from finance.rules.revision import (
    RevisionRules,
    locations_of_annex,
    meant_location,
    named_location,
)
from tests.casebook import raw_book, small_case
from tests.finance.rules.grants import built

KNOWN = RevisionRules(Knowledge(date(2026, 12, 1)))
NAMES = ("projectmanagement", "afbouw vastgoed", "ombouw vastgoed", "leegstand vastgoed", "personeelsmobiliteit")
ANNEX = {
    "Icarus Cadier en Keer": ("Eindhoven", 68, 241_091, 1_020_000, 1_594_909, 4_821_818, 278_182),
    "Bijzonder Jeugdwerk Deurne": ("Eindhoven", 38, 134_727, 570_000, 891_273, 2_694_545, 155_455),
    "Almata, Ossendrecht": ("Roosendaal", 63, 223_364, 945_000, 1_477_636, 4_467_273, 257_727),
    "Horizon Rijnhove, Alphen a/d Rijn": ("Rotterdam", 36, 127_636, 540_000, 844_364, 2_552_727, 147_273),
    "Horizon Bergse Bos, Rotterdam": ("Rotterdam", 30, 106_364, 450_000, 703_636, 2_127_273, 122_727),
    "Horizon 't Anker Harreveld": ("Rotterdam", 92, 326_182, 1_380_000, 2_157_818, 6_523_636, 376_364),
    "Schakenbosch": ("Rotterdam", 92, 326_182, 1_380_000, 2_157_818, 6_523_636, 376_364),
    "Antonius, Castricum": ("Amsterdam", 28, 99_273, 420_000, 656_727, 1_985_455, 114_546),
    "Pinq": ("Amsterdam", 14, 49_636, 210_000, 328_364, 992_727, 57_273),
    "Eefde": ("Nijmegen", 86, 304_909, 1_290_000, 2_017_091, 6_098_182, 351_818),
    "OG Heldring (nu Pactum Zetten)": ("Nijmegen", 102, 361_636, 1_530_000, 2_392_364, 7_232_727, 417_273),
    "Lindenhorst Zeist (nu Klaverhof)": ("Utrecht", 55, 195_000, 825_000, 1_290_000, 3_900_000, 225_000),
    "Hoogeweg": ("Groningen", 70, 248_182, 1_050_000, 1_641_818, 4_963_636, 286_364),
    "Woodbrookers": ("Groningen", 32, 113_455, 480_000, 750_546, 2_269_091, 130_909),
}
"""Annex 2 of the regulation, read apart from the rule file; the places are derived (RG-19)."""


def test_the_annex_has_fourteen_locations_in_its_own_order() -> None:
    assert locations_of_annex() == tuple(ANNEX)
    assert [row.naam for row in KNOWN.thresholds] == list(ANNEX)


@pytest.mark.parametrize("name", ANNEX)
def test_the_thresholds_of_a_location_are_those_of_annex_2(name: str) -> None:
    row = KNOWN.threshold(name)
    assert row is not None
    amounts = [row.amount(category) for category in KNOWN.categories]
    town, places, *euros = ANNEX[name]
    assert (row.gemeente, row.plaatsen) == (town, places)
    assert amounts == [Money.from_euros(Decimal(amount)) for amount in euros]


def test_the_thresholds_together_and_their_places() -> None:
    assert Money.total(row.amount(at) for row in KNOWN.thresholds for at in KNOWN.categories) == Money.from_euros(
        94_302_002
    )
    assert sum(row.plaatsen for row in KNOWN.thresholds) == 806


def test_the_categories_are_those_of_article_7() -> None:
    assert tuple(rule.categorie for rule in KNOWN.categories) == NAMES
    assert {sort: rule.categorie for sort, rule in KNOWN.category_of.items()} == {
        "projectleiding": "projectmanagement",
        "bovenregionaal_plan": "projectmanagement",
        "vastgoedplan": "projectmanagement",
        "afstoten": "afbouw vastgoed",
        "tijdelijke_huisvesting": "afbouw vastgoed",
        "verbouwen": "ombouw vastgoed",
        "vervangende_nieuwbouw": "ombouw vastgoed",
        "leegstand": "leegstand vastgoed",
        "leegstand_gebouw": "leegstand vastgoed",
        "frictie_personeel": "personeelsmobiliteit",
    }
    assert [rule.categorie for rule in KNOWN.categories if rule.niet_geactiveerd] == ["ombouw vastgoed"]


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2024, 11, 20), 2025),
        (date(2025, 5, 1), 2025),
        (date(2025, 5, 2), 2026),
        (date(2026, 5, 1), 2026),
        (date(2026, 5, 2), 2027),
        (date(2027, 5, 1), 2027),
        (date(2027, 5, 2), None),
    ],
)
def test_the_next_round_is_the_first_that_is_not_over(day: date, year: int | None) -> None:
    found = RevisionRules(Knowledge(day)).next_round
    assert (found and found.jaar) == year
    if found and year:
        assert (found.indienen_van, found.indienen_tot) == (date(year, 4, 1), date(year, 5, 1))
        assert found.plafond == Decimal(11_666_667)


def test_before_its_publication_nothing_is_known() -> None:
    before = RevisionRules(Knowledge(date(2024, 11, 19)))
    assert (before.asked, before.categories, before.thresholds, before.rounds) == (None, (), (), ())


@pytest.mark.parametrize(("readings", "above"), [(frozenset(), False), (frozenset({"boven-drempel"}), True)])
def test_the_reading_asks_only_what_lies_above_the_threshold(readings: frozenset[str], above: bool) -> None:
    asked = RevisionRules(Knowledge(date(2026, 12, 1), readings)).asked
    assert asked is not None
    assert asked.boven_drempel is above


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("schakenbosch", "Schakenbosch"),
        ("Horizon  't Anker Harreveld", "Horizon 't Anker Harreveld"),
        ("’t Anker Harreveld", "Horizon 't Anker Harreveld"),
        ("Rijnhove Alphen", "Horizon Rijnhove, Alphen a/d Rijn"),
        ("Bergse Bos", "Horizon Bergse Bos, Rotterdam"),
        ("Almata Ossendrecht", "Almata, Ossendrecht"),
        ("Schakenbos", None),
        ("Anker", None),
        ("", None),
    ],
)
def test_a_name_means_a_location_in_any_sure_spelling(text: str, name: str | None) -> None:
    assert named_location(text) == name


@pytest.mark.parametrize(
    ("text", "meant"),
    [("Schakenbos", "Schakenbosch"), ("Rijnhoven", "Horizon Rijnhove, Alphen a/d Rijn"), ("De Hoeve", None)],
)
def test_a_near_miss_is_told_and_never_taken(text: str, meant: str | None) -> None:
    assert named_location(text) is None
    assert meant_location(text) == meant


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Schakenbosch", None),
        ("niet genoemd", None),
        (None, None),
        (
            "Schakenbos",
            "locaties!F2: naam_bijlage2 'Schakenbos' is geen locatie uit bijlage 2 van de regeling van 2024."
            " Bedoelt u 'Schakenbosch'?",
        ),
        (
            "De Hoeve",
            "locaties!F2: naam_bijlage2 'De Hoeve' is geen locatie uit bijlage 2 van de regeling van 2024. Kies uit:"
            " Icarus Cadier en Keer; Bijzonder Jeugdwerk Deurne; Almata, Ossendrecht; Horizon Rijnhove, Alphen a/d"
            " Rijn; Horizon Bergse Bos, Rotterdam; Horizon 't Anker Harreveld; Schakenbosch; Antonius, Castricum;"
            " Pinq; Eefde; OG Heldring (nu Pactum Zetten); Lindenhorst Zeist (nu Klaverhof); ..., of vul 'niet"
            " genoemd' in als de bijlage de locatie niet noemt.",
        ),
    ],
)
def test_a_location_that_the_annex_does_not_have_is_a_finding(text: str | None, told: str | None) -> None:
    tables = small_case()
    for row in tables["locaties"]:
        row["naam_bijlage2"] = None
        row["herkomst"] = row.pop("herkomst")
    tables["locaties"][0]["naam_bijlage2"] = text
    columns = ("locatie", "aanbieder", "naam", "gemeente", "boekwaarde", "naam_bijlage2", "herkomst")
    tables["locaties"] = [{name: row[name] for name in columns} for row in tables["locaties"]]
    found = [str(item) for item in check_rules(built(tables), raw_book(tables))]
    assert found == ([told] if told else [])
