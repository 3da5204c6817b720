"""A bare case about grants: one location, two zorgvormen, and only the measures a test names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from finance.case import Case, build_case
from finance.rules import Entitlement
from tests.casebook import Record, Tables, raw_book

YEARS = range(2019, 2030)
ROTTERDAM = 10_245_473
REGULATIONS = "vastgoedtransitie-2020, residentieel-2021, transformatie-2024"

MEASURE: Record = {
    "maatregel": "M",
    "project": "P",
    "aanbieder": "A",
    "locatie": "L",
    "soort": "overig",
    "omschrijving": "Een maatregel",
    "vroegste_start": YEARS[0],
    "laatste_start": YEARS[-1],
    "vereist": None,
    "door_transitie": "ja",
    "jeugdhulpplus": "ja",
    "herkomst": "B1",
}
GRANT: Record = {
    "bron": "SPUK",
    "soort": "spuk",
    "regeling": "vastgoedtransitie-2020",
    "beschikking": None,
    "aanbieder": None,
    "gemeente": None,
    "bedrag": ROTTERDAM,
    "besteedbaar_van": 2000,
    "besteedbaar_tot": 2050,
    "herkomst": "B1",
}
EFFECT: Record = {"maatregel": "M", "locatie": "L", "zorgvorm": "gesloten", "plaatsen": -1, "na_jaren": 0}


def header(columns: str) -> list[Record]:
    """A sheet with column names and nothing else."""
    return [dict.fromkeys(columns.split())]


def settings(peildatum: date, lezingen: str) -> list[Record]:
    """The sheet `case`."""
    values: dict[str, object] = {
        "naam": "Proef",
        "landsdeel": "Zuidwest",
        "coordinerende_gemeente": "Rotterdam",
        "regelingen": REGULATIONS,
        "peildatum": peildatum,
        "eerste_jaar": YEARS[0],
        "laatste_jaar": YEARS[-1],
        "prijspeil": YEARS[0],
        "lezingen": lezingen or None,
    }
    return [{"sleutel": key, "waarde": value} for key, value in values.items()]


def grant_tables(
    *,
    grants: Iterable[Record] = (GRANT,),
    measures: Iterable[Record] = (MEASURE,),
    effects: Sequence[Record] = (),
    peildatum: date = date(2026, 1, 1),
    lezingen: str = "",
) -> Tables:
    """The tables of a case with these grants, measures and effects."""
    return {
        "case": settings(peildatum, lezingen),
        "herkomst": [{"code": "B1", "soort": "bron", "document": "Proef", "vindplaats": "blz. 1"}],
        "aanbieders": [{"aanbieder": name, "naam": name, "gemeente": "Rotterdam", "herkomst": "B1"} for name in "AB"],
        "locaties": [{"locatie": "L", "aanbieder": "A", "naam": "L", "gemeente": "Delft", "herkomst": "B1"}],
        "zorgvormen": [
            {"zorgvorm": "gesloten", "naam": "Gesloten", "gesloten": "ja", "herkomst": "B1"},
            {"zorgvorm": "open", "naam": "Open", "gesloten": "nee", "herkomst": "B1"},
        ],
        "plaatsen": [
            {
                "locatie": "L",
                "zorgvorm": form,
                "plaatsen": 50,
                "exploitatie_per_plaats": 100_000,
                "leegstand_per_plaats": 40_000,
                "index": None,
                "herkomst": "B1",
            }
            for form in ("gesloten", "open")
        ],
        "vraag": [
            {"zorgvorm": form, "jaar": year, "jeugdigen": 0, "herkomst": "B1"}
            for form in ("gesloten", "open")
            for year in YEARS
        ],
        "maatregelen": [dict(row) for row in measures],
        "effecten": [dict(row) for row in effects] or header("maatregel locatie zorgvorm plaatsen na_jaren"),
        "kosten": header("maatregel kostensoort na_jaren bedrag"),
        "indexen": header("index jaar percentage herkomst"),
        "dekking": [dict(row) for row in grants],
        "financiering": header("bron jaar niveau prijs herkomst"),
    }


def built(tables: Tables) -> Case:
    """The case of some tables that have no findings."""
    return build_case(raw_book(tables))


def entitlement(tables: Tables) -> Entitlement:
    """The rules as they apply to the case of some tables."""
    return Entitlement(built(tables))
