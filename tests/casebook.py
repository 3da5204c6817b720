"""A small valid case in plain Python, and how a test turns it into tables or into a workbook.

A test takes `small_case()`, spoils or changes a cell of it, and hands it to `raw_book` (tables in
memory) or to `write_xlsx` (a real file). The case is feasible: places and money suffice, the cap
of 5% on project leadership bites, and each of its projects is a real choice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
from openpyxl.utils import get_column_letter

from finance.case import Case, CellValue, RawBook, RawRow, RawSheet, Unreadable, build_case
from finance.xlsx.cell_values import decimal_of

Record = dict[str, object]
Tables = dict[str, list[Record]]
"""A sheet name with its rows; each row maps a column name to a cell, None for an empty one."""


def _records(columns: str, *rows: Sequence[object]) -> list[Record]:
    names = columns.split()
    return [dict(zip(names, row, strict=True)) for row in rows]


def small_case() -> Tables:
    """Make the tables of the small case, fresh, so that a test may change them.

    Two providers, three locations, three zorgvormen, the years 2022 to 2024, four projects with
    six measures, one SPUK, a lump sum and own money, two indexes, two scenarios.
    """
    return {**_subject(), **_places(), **_measures(), **_money(), **_what_if()}


def _subject() -> Tables:
    return {
        "case": _records(
            "sleutel waarde herkomst toelichting",
            ("naam", "Kleine casus", "B1", None),
            ("landsdeel", "Zuidwest", None, None),
            ("coordinerende_gemeente", "Rotterdam", None, None),
            ("regelingen", "vastgoedtransitie-2020", None, None),
            ("peildatum", date(2023, 12, 31), None, None),
            ("eerste_jaar", 2022, None, None),
            ("laatste_jaar", 2024, None, None),
            ("prijspeil", 2022, None, None),
            ("discontovoet", Decimal("0.0225"), "B1", "reële discontovoet"),
            ("lezingen", None, None, "geen"),
        ),
        "herkomst": _records(
            "code soort document vindplaats toelichting",
            ("B1", "bron", "Voorbeeldplan", "hoofdstuk 1", None),
            ("A1", "aanname", "Werksessie", "verslag", "nog te bevestigen"),
        ),
        "aanbieders": _records(
            "aanbieder naam gemeente herkomst",
            ("DELINDE", "De Linde", "Rotterdam", "B1"),
            ("BAKEN", "Het Baken", "Delft", "B1"),
        ),
        "locaties": _records(
            "locatie aanbieder naam gemeente boekwaarde herkomst",
            ("L1", "DELINDE", "De Hoeve", "Rotterdam", 2_400_000, "B1"),
            ("L2", "DELINDE", "De Brink", "Gouda", None, "B1"),
            ("L3", "BAKEN", "Het Anker", "Delft", Decimal("350000.50"), "A1"),
        ),
        "zorgvormen": _records(
            "zorgvorm naam gesloten groepsgrootte bezetting_max aanloop_jaar1 herkomst",
            ("gesloten", "Gesloten jeugdhulp", "ja", 8, Decimal("0.9"), None, "B1"),
            ("kleinschalig", "Kleinschalig", "nee", 4, None, Decimal("0.5"), "B1"),
            ("ambulant", "Ambulant", "nee", None, None, None, "A1"),
        ),
    }


def _places() -> Tables:
    return {
        "plaatsen": _records(
            "locatie zorgvorm plaatsen exploitatie_per_plaats leegstand_per_plaats index herkomst",
            ("L1", "gesloten", 20, 150_000, 60_000, "ova", "A1"),
            ("L1", "kleinschalig", 0, Decimal("180000.50"), 90_000, "ova", "A1"),
            ("L2", "gesloten", 10, 145_000, 58_000, "ova", "A1"),
            ("L2", "kleinschalig", 0, 178_000, 88_000, "ova", "A1"),
            ("L3", "kleinschalig", 4, 175_000, 85_000, "ova", "A1"),
            ("L3", "ambulant", 12, 30_000, 10_000, None, "A1"),
        ),
        "vraag": _records(
            "zorgvorm jaar jeugdigen plafond herkomst",
            ("gesloten", 2022, 27, 30, "B1"),
            ("gesloten", 2023, 18, 20, "B1"),
            ("gesloten", 2024, 9, 10, "B1"),
            ("kleinschalig", 2022, 4, None, "A1"),
            ("kleinschalig", 2023, 6, None, "A1"),
            ("kleinschalig", 2024, 8, None, "A1"),
            ("ambulant", 2022, 12, None, "A1"),
            ("ambulant", 2023, 12, None, "A1"),
            ("ambulant", 2024, 14, None, "A1"),
        ),
        "uitwijk": _records("zorgvorm alternatief", ("gesloten", "kleinschalig")),
    }


def _measures() -> Tables:
    return {
        "maatregelen": _records(
            "maatregel project aanbieder locatie soort omschrijving vroegste_start laatste_start"
            " verplicht vereist wacht_op door_transitie jeugdhulpplus waardering herkomst",
            (
                "M1",
                "HOEVE",
                "DELINDE",
                "L1",
                "afstoten",
                "Vleugel afstoten",
                2022,
                2024,
                None,
                None,
                None,
                "ja",
                "ja",
                1,
                "A1",
            ),
            (
                "M2",
                "HOEVE",
                "DELINDE",
                "L1",
                "verbouwen",
                "Vleugel kleinschalig maken",
                2022,
                2023,
                None,
                None,
                None,
                "ja",
                "ja",
                5,
                "A1",
            ),
            (
                "M3",
                "BRINK",
                "DELINDE",
                "L2",
                "afstoten",
                "De Brink afstoten",
                2022,
                2024,
                None,
                None,
                "HOEVE",
                "ja",
                "ja",
                2,
                "A1",
            ),
            (
                "M4",
                "BRINK",
                "DELINDE",
                "L2",
                "vervangen",
                "De Brink vervangen",
                2022,
                2023,
                None,
                None,
                None,
                "ja",
                "ja",
                4,
                "A1",
            ),
            (
                "M5",
                "PLAN",
                "DELINDE",
                None,
                "plan",
                "Vastgoedplan en projectleiding",
                2022,
                2022,
                "ja",
                None,
                None,
                "ja",
                "ja",
                None,
                "B1",
            ),
            (
                "M6",
                "ANKER",
                "BAKEN",
                "L3",
                "alternatief",
                "Ambulant team",
                2022,
                2024,
                "nee",
                "PLAN",
                None,
                "ja",
                "nee",
                Decimal("1.5"),
                "A1",
            ),
        ),
        "effecten": _records(
            "maatregel locatie zorgvorm plaatsen na_jaren",
            ("M1", "L1", "gesloten", -10, 1),
            ("M2", "L1", "gesloten", -10, 1),
            ("M2", "L1", "kleinschalig", 4, 1),
            ("M3", "L2", "gesloten", -10, 0),
            ("M4", "L2", "gesloten", -6, 1),
            ("M4", "L2", "kleinschalig", 4, 1),
            ("M6", "L3", "ambulant", 4, 0),
        ),
        "kosten": _records(
            "maatregel kostensoort na_jaren bedrag index herkomst",
            ("M1", "afstoten", 0, 250_000, "bouw", None),
            ("M2", "verbouwen", 0, 1_200_000, "bouw", None),
            ("M2", "frictie_dubbel_aanbod", 1, 80_000, "ova", "A1"),
            ("M3", "afstoten", 0, 180_000, "bouw", None),
            ("M4", "vervangende_nieuwbouw", 0, Decimal("1500000.25"), "bouw", None),
            ("M5", "vastgoedplan", 0, 60_000, None, "B1"),
            ("M5", "projectleiding", 0, 90_000, None, None),
            ("M5", "bovenregionaal_plan", 1, 40_000, None, None),
            ("M6", "opstart", 0, 45_000, None, None),
            ("M6", "frictie_opleiding", 0, Decimal("20000.10"), "ova", None),
        ),
    }


def _money() -> Tables:
    return {
        "indexen": _records(
            "index jaar percentage herkomst",
            ("ova", 2023, Decimal("0.0496"), "B1"),
            ("ova", 2024, Decimal("0.063"), "B1"),
            ("bouw", 2023, Decimal("0.05"), "A1"),
            ("bouw", 2024, Decimal("0.03"), "A1"),
        ),
        "dekking": _records(
            "bron soort regeling beschikking aanbieder gemeente bedrag besteedbaar_van"
            " besteedbaar_tot overdraagbaar herkomst",
            ("SPUK", "spuk", "vastgoedtransitie-2020", "BES-1", "DELINDE", None, 2_400_000, 2021, 2024, None, "B1"),
            ("LUMP", "lumpsum", None, None, None, None, None, 2022, 2024, "ja", "B1"),
            ("EIGEN", "eigen", None, None, None, None, 500_000, 2022, 2024, None, "A1"),
        ),
        "financiering": _records(
            "bron jaar zorgvorm niveau prijs bandbreedte onderzijde herkomst",
            ("LUMP", 2022, None, 43, 125_000, Decimal("0.05"), None, "A1"),
            ("LUMP", 2023, None, 37, 135_000, Decimal("0.05"), "vast", "A1"),
            ("LUMP", 2024, None, 31, 130_000, Decimal("0.05"), "dalend", "A1"),
        ),
    }


def _what_if() -> Tables:
    return {
        "scenarios": _records(
            "scenario omschrijving doelblad kolom filter bewerking waarde",
            (
                "bouwkosten +10%",
                "Hogere bouwkosten",
                "kosten",
                "bedrag",
                "kostensoort=verbouwen",
                "maal",
                Decimal("1.1"),
            ),
            ("bouwkosten +10%", None, "kosten", "bedrag", "kostensoort=vervangende_nieuwbouw", "maal", Decimal("1.1")),
            ("lagere lumpsum", "Tien procent minder", "financiering", "prijs", "bron=LUMP", "maal", Decimal("0.9")),
        ),
    }


def columns_of_rows(rows: Iterable[Mapping[str, object]]) -> list[str]:
    """The column names of some rows, in the order in which they first appear."""
    return list(dict.fromkeys(name for row in rows for name in row))


def cell_value(value: object) -> CellValue:
    """Turn a plain Python value into a raw cell, as the reader of workbooks would."""
    match value:
        case bool() | str() | Decimal() | date() | Unreadable():
            return value
        case int() | float():
            return decimal_of(value)
        case _:
            raise TypeError(f"no cell can hold {value!r}")


def raw_book(tables: Mapping[str, Sequence[Mapping[str, object]]]) -> RawBook:
    """Turn tables into what the reader of workbooks makes of them; rows count from 2."""
    return RawBook({name: _raw_sheet(name, rows) for name, rows in tables.items()})


def _raw_sheet(name: str, rows: Sequence[Mapping[str, object]]) -> RawSheet:
    letters = {column: get_column_letter(at) for at, column in enumerate(columns_of_rows(rows), start=1)}
    filled = (
        RawRow(number, {key: cell_value(value) for key, value in row.items() if value is not None})
        for number, row in enumerate(rows, start=2)
    )
    return RawSheet(name, letters, tuple(row for row in filled if row.cellen))


def write_xlsx(tables: Mapping[str, Sequence[Mapping[str, object]]], path: Path) -> Path:
    """Write tables as a workbook: column names in row 1, data from row 2.

    Returns:
        The path, for chaining.
    """
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in tables.items():
        sheet = book.create_sheet(name)
        columns = columns_of_rows(rows)
        sheet.append(columns)
        for row in rows:
            sheet.append([row.get(column) for column in columns])
    book.save(path)
    return path


def small_built_case() -> Case:
    """Build the small case."""
    return build_case(raw_book(small_case()))
