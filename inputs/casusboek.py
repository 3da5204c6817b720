"""What the scripts of all cases share: their words for cells and rows, and how they write a workbook.

The same text gives the same bytes, so a change of a workbook is always a change of its script.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Final

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

Cell = str | int | Decimal | date | None
Row = tuple[Cell, ...]
Exact = int | Decimal | Fraction


def d(text: str) -> Decimal:
    """A number as it is written, without rounding."""
    return Decimal(text)


def cents(euros: Exact) -> Decimal:
    """Round an exact number of euros that is not negative to the cent, a tie upwards."""
    whole, rest = divmod(Fraction(euros) * 100, 1)
    return Decimal(int(whole) + (rest >= Fraction(1, 2))) / 100


def bron(code: str, document: str, vindplaats: str, toelichting: str | None = None) -> Row:
    """A row of `herkomst` for a public document."""
    return code, "bron", document, vindplaats, toelichting


def aanname(code: str, waar: str, toelichting: str) -> Row:
    """A row of `herkomst` for what is made up, with the sheets that it is used in and the reasoning."""
    return code, "aanname", "Aanname van de opsteller van deze casus", waar, toelichting


@dataclass(frozen=True, slots=True)
class Blad:
    """One sheet: its name, its column names and its rows."""

    naam: str
    kolommen: tuple[str, ...]
    rijen: tuple[Row, ...]


MAATREGEL_KOLOMMEN: Final = (
    "maatregel",
    "project",
    "aanbieder",
    "locatie",
    "soort",
    "omschrijving",
    "vroegste_start",
    "laatste_start",
    "verplicht",
    "vereist",
    "wacht_op",
    "door_transitie",
    "jeugdhulpplus",
    "waardering",
    "herkomst",
)
"""The columns of the sheet `maatregelen`, in order."""

NUMBER_FORMATS: Final[Mapping[str, str]] = {
    "exploitatie_per_plaats": "#,##0.00",
    "leegstand_per_plaats": "#,##0.00",
    "bedrag": "#,##0.00",
    "prijs": "#,##0.00",
    "percentage": "0.00%",
}
DATE_FORMAT: Final = "d-m-yyyy"
WIDEST: Final = 60


@dataclass(frozen=True, slots=True)
class Opmaak:
    """How the cells of a column look: numbers and dates."""

    getal: Format
    datum: Format


def write_cell(sheet: Worksheet, plek: tuple[int, int], cell: Cell, opmaak: Opmaak) -> None:
    """Write one cell as what it is; text never becomes a formula, a link or a number."""
    match cell:
        case None:
            return
        case str():
            sheet.write_string(*plek, cell)
        case date():
            sheet.write_datetime(*plek, datetime(cell.year, cell.month, cell.day), opmaak.datum)
        case _:
            sheet.write_number(*plek, float(cell), opmaak.getal)


def width(kolom: str, cellen: tuple[Cell, ...]) -> int:
    """The width of a column in characters."""
    longest = max((len(str(cell)) for cell in cellen if cell is not None), default=0)
    return min(max(longest, len(kolom)) + 2, WIDEST)


def write_sheet(book: Workbook, blad: Blad, bold: Format, day: Format) -> None:
    """Write one sheet: bold column names that stay in view, then the rows."""
    sheet = book.add_worksheet(blad.naam)
    sheet.freeze_panes(1, 0)
    for column, kolom in enumerate(blad.kolommen):
        opmaak = Opmaak(book.add_format({"num_format": NUMBER_FORMATS.get(kolom, "General")}), day)
        sheet.write_string(0, column, kolom, bold)
        cellen = tuple(rij[column] for rij in blad.rijen)
        sheet.set_column(column, column, width(kolom, cellen))
        for row, cell in enumerate(cellen, start=1):
            write_cell(sheet, (row, column), cell, opmaak)


def write_book(path: Path, titel: str, gemaakt: datetime, bladen: Sequence[Blad]) -> None:
    """Write a workbook; the same sheets give the same bytes.

    Args:
        path: where.
        titel: the title in its properties.
        gemaakt: the moment of making in its properties, which never is the clock's.
        bladen: its sheets, in order.
    """
    book = Workbook(path)
    book.set_properties({"title": titel, "created": gemaakt})
    bold = book.add_format({"bold": True, "bg_color": "#DDEBF7", "bottom": 1})
    day = book.add_format({"num_format": DATE_FORMAT, "align": "left"})
    for blad in bladen:
        write_sheet(book, blad, bold, day)
    book.close()
