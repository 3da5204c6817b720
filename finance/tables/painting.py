"""Pages become the sheets of a book: cells, widths, heights and charts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import Any, Final

from finance.collector import collector_off
from finance.money import CENTS_PER_EURO, Money
from finance.tables.engine.calculating import Calculator, Copy
from finance.tables.engine.cells import At, Known, TracedCell, traced_cells
from finance.tables.grid import FIRST_DAY, Book, Cell, Chart, Format, Origin, Role, Series, Sheet, Value
from finance.tables.pages import BOLD, FIRST_BLOCK, Block, Column, Facts, Figure, Notes, Page, Table
from finance.tables.places import Places, Spot, formula_at, formulas_at, places_of, table_places, tree_of
from finance.tables.room import BOLD_DIGITS, BOLD_ROLES, number_room, text_room, word_room

NOTHING: Final = "(geen)"
"""What the one row of an empty table shows; no key looks like it."""
TOTAL: Final = "Totaal"
NOTHING_KNOWN: Final[Mapping[At, TracedCell]] = {}
CHART_MARGIN: Final = 2
"""The rows that stay free around a chart."""
ROW_PIXELS: Final = 20
LINE: Final = 13.5
"""The height of one line of text, in points."""
LETTER: Final = 5.5
"""The room of one letter of a head that stands on its side, in points."""
TITLE_HEIGHT: Final = 26
LONG: Final = 25
"""A table with more rows than this does not fit on what is left of a printed page."""


@dataclass
class _Painter:
    """Fills the cells of one sheet."""

    page: Page
    places: Places
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    copies: dict[At, Copy] = field(default_factory=dict)
    unknown: list[tuple[int, int]] = field(default_factory=list)
    charts: list[Chart] = field(default_factory=list)
    widths: dict[int, float] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)
    scales: list[str] = field(default_factory=list)

    def paint(self) -> None:
        """Fill the cells; what only a formula says is not known yet."""
        self._set_widths()
        self.heights[1] = TITLE_HEIGHT
        self.cells[1, 1] = Cell(self.page.title, Role.TITLE)
        self.cells[2, 1] = Cell(self.page.note, Role.NOTE)
        for top, block in self.page.placed():
            self._paint(block, top)

    def work_out(self, calculator: Calculator) -> None:
        """Fill in what only formulas say."""
        for place in self.unknown:
            cell = self.cells[place]
            known = calculator.worked_out((self.page.naam, *place)).value
            shown = shown_as(known, cell.fmt)
            self.cells[place] = Cell(
                shown, cell.role, cell.fmt, cell.formula, cell.link, cell.wrap, cell.origin, cell.turned
            )

    def sheet(self, *, fitted: bool) -> Sheet:
        """Make the sheet of the page, once every value is known.

        Args:
            fitted: whether columns are made wide enough for what they hold.
        """
        for table in self.page.blocks:
            if isinstance(table, Table):
                self._paint_heads(table)
        if fitted:
            self._fit()
        return Sheet(
            self.page.naam,
            self.cells,
            self.widths,
            self._frozen(),
            tuple(self.charts),
            self.page.tab,
            self.heights,
            tuple(self.scales),
            tuple(self._together()),
            self._repeated(),
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

    def _together(self) -> Iterator[tuple[tuple[int, int], ...]]:
        """The rows of each block; those of a chart go with the table above that it draws."""
        group: tuple[tuple[int, int], ...] = ()
        above = ""
        for top, block in self.page.placed():
            rows = (top, top + block.height - 1)
            if isinstance(block, Figure) and block.table == above:
                group = (*group, rows)
                continue
            if group:
                yield group
            group, above = (rows,), block.name if isinstance(block, Table) else ""
        if group:
            yield group

    def _repeated(self) -> int:
        """The heads of a long table at the foot of a page repeat on paper, in place of the title."""
        blocks = [(top, block) for top, block in self.page.placed() if not isinstance(block, Notes)]
        for top, last in blocks[1:][-1:]:
            if isinstance(last, Table) and last.body > LONG:
                return top + last.above
        return 0

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
            coloured = fact.role is not Role.LABEL
            self.cells[row, 2] = Cell(fact.value, fact.role, fact.fmt, wrap=coloured)
            if coloured:
                letter = BOLD_DIGITS if fact.role in BOLD_ROLES else 1.0
                self.heights[row] = LINE * self._lines(fact.value, 2, letter) + 1
            if fact.note:
                self.cells[row, 3] = Cell(fact.note)

    def _table(self, table: Table[Any], top: int) -> None:
        self._heading(table.title, top)
        if table.note:
            self.cells[top + bool(table.title), 1] = Cell(table.note, Role.NOTE)
        spot = self.places.spot(table.name)
        for at, column in enumerate(table.columns, start=1):
            self._column(table, spot, at, column)
        if table.scale:
            first, last = (spot.letter(key) for key in table.scale)
            self.scales.append(f"{first}{spot.first}:{last}{spot.last}")
        if not table.rows:
            self.cells[spot.first, 1] = Cell(NOTHING)
        if table.summed and not table.columns[0].total:
            self.cells[spot.last + 1, 1] = Cell(TOTAL, Role.TOTAL)

    def _fit(self) -> None:
        """Widen columns for what they hold, let texts that are still too long go on, and set heights."""
        tables = [block for block in self.page.blocks if isinstance(block, Table)]
        for table in tables:
            for row, at, _ in self._body(table):
                self._widen(row, at)
        for table in tables:
            for row, at, column in self._body(table):
                self._wrap(row, at, column)
            self._set_heights(table)

    def _height_of(self, column: Column[Any], at: int) -> float:
        """The height of a head, in points."""
        if column.turned:
            return LETTER * len(str(column.head)) + LINE
        return LINE * self._lines(column.head, at, BOLD)

    def _body(self, table: Table[Any]) -> Iterator[tuple[int, int, Column[Any]]]:
        """The row and column of each cell of a table under its heads, with its column."""
        spot = self.places.spot(table.name)
        for at, column in enumerate(table.columns, start=1):
            for row in range(spot.first, spot.last + 1 + table.summed):
                if (row, at) in self.cells:
                    yield row, at, column

    def _widen(self, row: int, at: int) -> None:
        """Numbers always fit; a word where another cell would cut it off."""
        cell = self.cells[row, at]
        needed = number_room(cell)
        if not cell.wrap and (row, at + 1) in self.cells:
            needed = max(needed, word_room(cell))
        self.widths[at] = max(self.widths[at], needed)

    def _wrap(self, row: int, at: int, column: Column[Any]) -> None:
        """A text that the next cell would cut off goes on in a next line."""
        cell = self.cells[row, at]
        if column.clip or cell.wrap or (row, at + 1) not in self.cells:
            return
        if text_room(cell) > self.widths[at]:
            self.cells[row, at] = replace(cell, wrap=True)

    def _set_heights(self, table: Table[Any]) -> None:
        """Make room for heads and texts of more than one line."""
        spot = self.places.spot(table.name)
        heads = [self._height_of(column, at) for at, column in enumerate(table.columns, start=1)]
        self.heights[spot.head] = max(heads) + 3
        clipped = any(column.clip for column in table.columns)
        lines = dict.fromkeys(range(spot.first, spot.first + len(table.rows)), 1)
        for row, at, column in self._body(table):
            cell = self.cells[row, at]
            if cell.wrap and not column.clip and row in lines:
                lines[row] = max(lines[row], self._lines(cell.value, at))
        self.heights.update({row: LINE * at + 1 for row, at in lines.items() if at > 1 or clipped})

    def _column(self, table: Table[Any], spot: Spot, at: int, column: Column[Any]) -> None:
        pattern = self.places.pattern(column.formula, spot, column.key)
        formulas = formulas_at(pattern, spot.first, len(table.rows)) if column.formula else ()
        if formulas:
            first = tree_of(pattern, spot)
            self.copies.update({(spot.sheet, spot.first + down, at): (first, down) for down in range(len(formulas))})
        if column.value is None:
            self.unknown += [(row, at) for row in range(spot.first, spot.first + len(table.rows))]
        if column.is_alike:
            self._alike(spot, at, column, formulas)
        else:
            self._each(table, spot, at, column, formulas)
        self.cells[spot.head, at] = self._head(spot, column)
        if table.summed:
            self.cells[spot.last + 1, at] = self._total(table, spot, column)
            if column.total and column.value is None:
                self.unknown.append((spot.last + 1, at))

    def _alike(self, spot: Spot, at: int, column: Column[Any], formulas: Sequence[str]) -> None:
        """The cells of a column that differ by their formula only."""
        role, fmt, wrap = column.role_of(None), column.format_of(None), column.wrap or column.clip
        for row, formula in enumerate(formulas, start=spot.first):
            self.cells[row, at] = Cell(None, role, fmt, formula, "", wrap)

    def _each(self, table: Table[Any], spot: Spot, at: int, column: Column[Any], formulas: Sequence[str]) -> None:
        """The cells of a column of which each says something of its record."""
        for row, record in enumerate(table.rows, start=spot.first):
            self.cells[row, at] = Cell(
                column.value(record) if column.value else None,
                column.role_of(record),
                column.format_of(record),
                formulas[row - spot.first] if formulas else "",
                self.places.target(column.link(record)) if column.link else "",
                column.wrap or column.clip,
                self._origin(column, record),
            )

    def _paint_heads(self, table: Table[Any]) -> None:
        """Give heads the format of what stands below them."""
        spot = self.places.spot(table.name)
        for at, column in enumerate(table.columns, start=1):
            head = self.cells[spot.head, at]
            self.cells[spot.head, at] = replace(head, fmt=self._head_format(spot, column))

    def _origin(self, column: Column[Any], record: object) -> Origin | None:
        """Where a pasted value comes from, with the cell that it is about."""
        origin = column.origin(record) if column.origin else None
        if origin is None or column.about is None:
            return origin
        return replace(origin, voor=self.places.target(column.about(record)))

    def _head(self, spot: Spot, column: Column[Any]) -> Cell:
        formula = formula_at(self.places.pattern(column.head_formula, spot, column.key), spot.head)
        return Cell(column.head, Role.HEADER, Format.GENERAL, formula, turned=column.turned)

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
        value = _sum(column.value(row) for row in table.rows) if column.value else None
        return Cell(value, Role.TOTAL, fmt, formula)

    def _chart(self, figure: Figure, top: int) -> Chart:
        series = tuple(
            Series(
                self.places.absolute(figure.table, key, head=True),
                self.places.absolute(figure.table, key),
                line=key in figure.lines,
                base=key == figure.base,
                red=key in figure.red,
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


def calculator_of(pages: Sequence[Page]) -> Calculator:
    """The formulas of some pages, to be worked out; other pages that will stand beside them change none of them.

    Raises:
        LayoutError: a formula names a table, column or fact that these pages do not have.
    """
    return _calculator(_painted(pages, places_of(pages)), {})


def _painted(pages: Sequence[Page], places: Places) -> list[_Painter]:
    painters = [_Painter(page, places) for page in pages]
    for painter in painters:
        painter.paint()
    return painters


def _calculator(painters: Sequence[_Painter], known: Mapping[At, TracedCell]) -> Calculator:
    return Calculator(
        {painter.page.naam: traced_cells(painter.cells) for painter in painters},
        {at: copy for painter in painters for at, copy in painter.copies.items()},
        known,
    )


@collector_off()
def book_of(
    title: str,
    pages: Sequence[Page],
    data: Mapping[str, object] | None = None,
    *,
    valued: bool = True,
    known: Mapping[At, TracedCell] = NOTHING_KNOWN,
) -> Book:
    """Lay out the pages and make the book.

    Args:
        title: its title.
        pages: its sheets.
        data: what the workbook is and was made from, for a reader of data.
        valued: whether formulas are worked out; a book that is only measured needs no values.
        known: formula cells that were worked out already, on these pages without some others.

    Raises:
        LayoutError: a formula names a table, column or fact that is not there, or two tables or two
            columns of a table are called the same in data.
    """
    places = places_of(pages)
    painters = _painted(pages, places)
    if valued and any(painter.unknown for painter in painters):
        calculator = _calculator(painters, known)
        for painter in painters:
            painter.work_out(calculator)
    sheets = tuple(painter.sheet(fitted=valued) for painter in painters)
    return Book(title, sheets, table_places(pages), data or {})


def shown_as(known: Known, fmt: Format) -> Value:
    """What a formula comes to, as a cell of this format holds it: whole cents are money, whole days are dates."""
    if not isinstance(known, Fraction):
        return known
    if fmt is Format.DATE and known.denominator == 1:
        return date.fromordinal(FIRST_DAY + known.numerator)
    if fmt is Format.EURO and (known * CENTS_PER_EURO).denominator == 1:
        return Money.from_euros(known)
    return known.numerator if known.denominator == 1 else known
