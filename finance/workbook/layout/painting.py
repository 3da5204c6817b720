"""Pages become the sheets of a book: cells, widths, heights and charts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import Any, Final

from finance.money import Money
from finance.workbook.grid import Book, Cell, Chart, Format, Origin, Role, Series, Sheet, Value
from finance.workbook.layout.pages import BOLD, FIRST_BLOCK, Block, Column, Facts, Figure, Notes, Page, Table
from finance.workbook.layout.places import Places, Spot, formula_at, places_of

NOTHING: Final = "(geen)"
"""What the one row of an empty table shows; no key looks like it."""
TOTAL: Final = "Totaal"
CHART_MARGIN: Final = 2
"""The rows that stay free around a chart."""
ROW_PIXELS: Final = 20
LINE: Final = 13.5
"""The height of one line of text, in points."""
TITLE_HEIGHT: Final = 26


@dataclass
class _Painter:
    """Fills the cells of one sheet."""

    page: Page
    places: Places
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    charts: list[Chart] = field(default_factory=list)
    widths: dict[int, float] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)
    scales: list[str] = field(default_factory=list)

    def sheet(self) -> Sheet:
        """Make the sheet of the page."""
        self._set_widths()
        self.heights[1] = TITLE_HEIGHT
        self.cells[1, 1] = Cell(self.page.title, Role.TITLE)
        self.cells[2, 1] = Cell(self.page.note, Role.NOTE)
        for top, block in self.page.placed():
            self._paint(block, top)
        return Sheet(
            self.page.naam,
            self.cells,
            self.widths,
            self._frozen(),
            tuple(self.charts),
            self.page.tab,
            self.heights,
            tuple(self.scales),
        )

    def _set_widths(self) -> None:
        self.widths.update(self.page.widths)
        for block in self.page.blocks:
            if isinstance(block, Table):
                for at, column in enumerate(block.columns, start=1):
                    self.widths[at] = max(self.widths.get(at, 0), column.wide)

    def _frozen(self) -> int:
        """The heads stay in view where the page is one table; else the title does."""
        first = self.page.blocks[0]
        if len(self.page.blocks) == 1 and isinstance(first, Table):
            return FIRST_BLOCK + first.above
        return 1

    def _lines(self, text: Value, at: int, letter: float = 1.0) -> int:
        """How many lines a text takes in a column."""
        if not isinstance(text, str):
            return 1
        return sum(_broken(line, self.widths[at] / letter) for line in text.split("\n"))

    def _paint(self, block: Block, top: int) -> None:
        match block:
            case Table():
                self._table(block, top)
            case Facts():
                self._facts(block, top)
            case Notes():
                self._heading(block.title, top)
                for row, line in enumerate(block.lines, start=top + bool(block.title)):
                    self.cells[row, 1] = Cell(line, Role.NOTE)
            case Figure():
                self.charts.append(self._chart(block, top))

    def _heading(self, title: str, row: int) -> None:
        if title:
            self.cells[row, 1] = Cell(title, Role.SECTION)

    def _facts(self, block: Facts, top: int) -> None:
        self._heading(block.title, top)
        for row, fact in enumerate(block.facts, start=top + bool(block.title)):
            self.cells[row, 1] = Cell(fact.label, link=fact.link)
            self.cells[row, 2] = Cell(fact.value, fact.role, fact.fmt)
            if fact.note:
                self.cells[row, 3] = Cell(fact.note)

    def _table(self, table: Table[Any], top: int) -> None:
        self._heading(table.title, top)
        if table.note:
            self.cells[top + bool(table.title), 1] = Cell(table.note, Role.NOTE)
        spot = self.places.spot(table.name)
        for at, column in enumerate(table.columns, start=1):
            self._column(table, spot, at, column)
        self._set_heights(table, spot)
        if table.scale:
            first, last = (spot.letter(key) for key in table.scale)
            self.scales.append(f"{first}{spot.first}:{last}{spot.last}")
        if not table.rows:
            self.cells[spot.first, 1] = Cell(NOTHING)
        if table.summed and not table.columns[0].total:
            self.cells[spot.last + 1, 1] = Cell(TOTAL, Role.TOTAL)

    def _set_heights(self, table: Table[Any], spot: Spot) -> None:
        """Make room for heads and texts of more than one line."""
        heads = [self._lines(column.head, at, BOLD) for at, column in enumerate(table.columns, start=1)]
        self.heights[spot.head] = LINE * max(heads) + 3
        wrapped = [at for at, column in enumerate(table.columns, start=1) if column.wrap]
        clipped = any(column.clip for column in table.columns)
        for row in range(spot.first, spot.first + len(table.rows)):
            lines = max((self._lines(self.cells[row, at].value, at) for at in wrapped), default=1)
            if lines > 1 or clipped:
                self.heights[row] = LINE * lines + 1

    def _column(self, table: Table[Any], spot: Spot, at: int, column: Column[Any]) -> None:
        pattern = self.places.pattern(column.formula, spot, column.key)
        for row, record in enumerate(table.rows, start=spot.first):
            formula = formula_at(pattern, row) if column.formula else ""
            self.cells[row, at] = Cell(
                column.value(record),
                column.role_of(record),
                column.format_of(record),
                formula,
                self.places.target(column.link(record)) if column.link else "",
                column.wrap or column.clip,
                self._origin(column, record),
            )
        self.cells[spot.head, at] = self._head(spot, column)
        if table.summed:
            self.cells[spot.last + 1, at] = self._total(table, spot, column)

    def _origin(self, column: Column[Any], record: object) -> Origin | None:
        """Where a pasted value comes from, with the cell that it is about."""
        origin = column.origin(record) if column.origin else None
        if origin is None or column.about is None:
            return origin
        return replace(origin, voor=self.places.target(column.about(record)))

    def _head(self, spot: Spot, column: Column[Any]) -> Cell:
        formula = formula_at(self.places.pattern(column.head_formula, spot, column.key), spot.head)
        return Cell(column.head, Role.HEADER, self._head_format(spot, column), formula)

    def _head_format(self, spot: Spot, column: Column[Any]) -> Format:
        """A head is shown like the first cell below it, so that it stands over its numbers."""
        if isinstance(column.head, int):
            return Format.YEAR
        below = self.cells.get((spot.first, list(spot.letters).index(column.key) + 1))
        if below is None or isinstance(below.value, str | None):
            return column.fmt if isinstance(column.fmt, Format) else Format.TEXT
        return Format.COUNT if below.fmt is Format.GENERAL else below.fmt

    def _total(self, table: Table[Any], spot: Spot, column: Column[Any]) -> Cell:
        if not column.total:
            return Cell(None, Role.TOTAL)
        letter = spot.letter(column.key)
        formula = f"SUM({letter}{spot.first}:{letter}{spot.last})"
        fmt = column.fmt if isinstance(column.fmt, Format) else Format.GENERAL
        if fmt is Format.EURO:
            formula = f"ROUND({formula},2)"
        return Cell(_sum(column.value(row) for row in table.rows), Role.TOTAL, fmt, formula)

    def _chart(self, figure: Figure, top: int) -> Chart:
        series = tuple(
            Series(
                self.places.absolute(figure.table, key, head=True),
                self.places.absolute(figure.table, key),
                line=key in figure.lines,
                base=key == figure.base,
            )
            for key in figure.series
        )
        return Chart(
            figure.title,
            figure.axis,
            self.places.absolute(figure.table, figure.categories),
            series,
            f"A{top}",
            figure.stacked,
            figure.across,
            figure.flat,
            figure.fmt,
            figure.across_fmt,
            (figure.depth - CHART_MARGIN) * ROW_PIXELS,
            figure.width,
            figure.labelled,
            figure.from_zero,
        )


def _broken(text: str, width: float) -> int:
    """How many lines a text takes when it is broken between words."""
    lines, left = 1, width
    for word in text.split(" "):
        if len(word) > left and left < width:
            lines, left = lines + 1, width
        lines += int(len(word) / width) if len(word) > width else 0
        left -= len(word) + 1
    return lines


def _sum(values: Iterable[Value]) -> Value:
    """Add up the values of a column; text and nothing count as zero, as they do in a workbook."""
    numbers = [value for value in values if value is not None and not isinstance(value, str | date)]
    amounts = [value for value in numbers if isinstance(value, Money)]
    if amounts:
        return Money.total(amounts)
    return sum((Fraction(value) for value in numbers if not isinstance(value, Money)), Fraction(0))


def book_of(title: str, pages: Sequence[Page]) -> Book:
    """Lay out the pages and make the book.

    Raises:
        LayoutError: a formula names a table, column or fact that is not there.
    """
    places = places_of(pages)
    return Book(title, tuple(_Painter(page, places).sheet() for page in pages))
