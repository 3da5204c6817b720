"""A small output workbook in which every kind of cell occurs, with formulas that agree."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from finance.money import Money
from finance.tables.grid import Book, Cell, Chart, Format, Role, Series, Sheet, Value

Cells = dict[tuple[int, int], Cell]

YEARS = (2024, 2025, 2026)
ROWS = (
    ("steenstraat", "verbouwen", 2024, "123456.78", "0.0496"),
    ("steenstraat", "verbouwen", 2025, "100.50", "0.05"),
    ("dorpsweg", "afstoten", 2025, "0.01", "0"),
    ("dorpsweg", "frictie_opleiding", 2026, "987654.32", "0.125"),
    ("=1+1", "plan & <b>", 2026, "10", "0.333333"),
)


def small_book() -> Book:
    """A cover, an input sheet, a calculation and a summary with a chart."""
    return Book("Begroting 'Zuid-West' <proef>", (_cover(), _input(), _calculation(), _summary()))


def with_cell(book: Book, blad: str, at: tuple[int, int], cell: Cell) -> Book:
    """The same book with one other cell."""
    sheets = tuple(
        replace(sheet, cells={**sheet.cells, at: cell}) if sheet.naam == blad else sheet for sheet in book.sheets
    )
    return replace(book, sheets=sheets)


def formula(value: Value, text: str, fmt: Format = Format.EURO, role: Role = Role.FORMULA) -> Cell:
    """A formula cell."""
    return Cell(value, role, fmt, text)


def _nominal() -> list[Money]:
    return [Money.rounded(Fraction(amount) * (1 + Fraction(growth))) for *_, amount, growth in ROWS]


def _cover() -> Sheet:
    cells: Cells = {
        (1, 1): Cell("Begroting zuidwest", Role.TITLE),
        (2, 1): Cell("Deze werkmap is een begroting en geen realisatie. " * 6, Role.NOTE),
        (3, 1): Cell("Datum"),
        (3, 2): Cell(date(2026, 11, 22), fmt=Format.DATE),
        (4, 1): Cell("Alle controles", link="samenvatting blad!A1"),
        (4, 2): formula("VOLDOET", "'samenvatting blad'!D8", Format.TEXT, Role.CHECK),
        (5, 1): Cell("Regel\nmet twee regels\r\nen een \x00 teken"),
        (6, 1): Cell(""),
        (7, 1): Cell("0123"),
    }
    return Sheet("voorblad", cells, {1: 30, 2: 18, 3: 40})


def _input() -> Sheet:
    names = ("locatie", "kostensoort", "jaar", "bedrag", "groei")
    cells: Cells = {(1, at): Cell(name, Role.HEADER) for at, name in enumerate(names, 1)}
    for row, (place, sort, year, amount, growth) in enumerate(ROWS, 2):
        cells[row, 1] = Cell(place, Role.INPUT_SOURCED, Format.TEXT)
        cells[row, 2] = Cell(sort, Role.INPUT_SOURCED, Format.TEXT)
        cells[row, 3] = Cell(year, Role.DECISION, Format.YEAR)
        cells[row, 4] = Cell(Money.from_euros(amount), Role.INPUT_SOURCED, Format.EURO)
        cells[row, 5] = Cell(Decimal(growth), Role.INPUT_ASSUMED, Format.PERCENT)
    return Sheet("invoer", cells, {1: 16, 2: 20, 4: 16}, frozen=1, tab="invoer")


def _calculation() -> Sheet:
    titles = ("jaar", "nominaal", "factor", "na 2024")
    cells: Cells = {(1, at): Cell(name, Role.HEADER) for at, name in enumerate(titles, 1)}
    for row, ((_, _, year, _, growth), nominal) in enumerate(zip(ROWS, _nominal(), strict=True), 2):
        cells[row, 1] = formula(year, f"invoer!C{row}", Format.YEAR)
        cells[row, 2] = formula(nominal, f"ROUND(invoer!D{row}*(1+invoer!E{row}),2)")
        cells[row, 3] = formula(1 + Fraction(growth), f"1+invoer!E{row}", Format.FACTOR)
        later = nominal if year > YEARS[0] else ""
        cells[row, 4] = formula(later, f'IF(A{row}>2024,B{row},"")')
    return Sheet("berekening", cells, frozen=1, tab="berekening")


def _summary() -> Sheet:
    nominal = _nominal()
    total = Money.total(nominal)
    cells: Cells = {
        (1, 1): Cell("Samenvatting", Role.TITLE),
        (2, 1): Cell("Wat er per jaar wordt uitgegeven.", Role.NOTE),
        (3, 2): Cell("uitgaven", Role.HEADER),
        (3, 3): Cell("deel", Role.HEADER),
    }
    for row, year in enumerate(YEARS, 4):
        of_year = Money.total(amount for line, amount in zip(ROWS, nominal, strict=True) if line[2] == year)
        cells[row, 1] = Cell(year, fmt=Format.YEAR)
        cells[row, 2] = formula(of_year, f"SUMIFS(berekening!$B$2:$B$6,berekening!$A$2:$A$6,A{row})")
        share = of_year.euros / total.euros
        cells[row, 3] = formula(share, f"IF(B$7=0,0,B{row}/B$7)", Format.PERCENT)
    cells[7, 1] = Cell("totaal", Role.TOTAL)
    cells[7, 2] = formula(total, "SUM(B4:B6)", role=Role.TOTAL)
    cells[8, 1] = Cell("Alle jaren samen zijn alle regels")
    cells[8, 2] = formula(total, "SUM(berekening!B2:B6)")
    cells[8, 4] = formula("VOLDOET", 'IF(ABS(B7-B8)<0.005,"VOLDOET","VOLDOET NIET")', Format.TEXT, Role.CHECK)
    chart = Chart(
        "Uitgaven per jaar",
        "euro",
        "'samenvatting blad'!$A$4:$A$6",
        (
            Series("'samenvatting blad'!$B$3", "'samenvatting blad'!$B$4:$B$6"),
            Series("'samenvatting blad'!$C$3", "'samenvatting blad'!$C$4:$C$6", line=True),
        ),
        "A10",
    )
    return Sheet("samenvatting blad", cells, {1: 34, 2: 16, 4: 16}, frozen=3, charts=(chart,))
