"""Tables on pages: formulas that name columns, so that no sheet counts rows or letters.

A page is a stack of blocks; a table is one block. A formula is a template in which brackets name
what it refers to:

    [a]          column a, in the row of the cell itself
    [-a] [+a]    column a, in the row above or below
    [a:b]        columns a up to b, in the row of the cell itself
    [^a] [^]     the head of column a, or of the column of the cell itself
    [<]          in a head: the head to the left of it
    [t.a]        the whole column a of table t
    [t.a:b]      the whole columns a up to b of table t
    [t.a@]       column a of table t, in the same position as the row of the cell itself
    [t.a!]       column a of table t, in its first row
    [t.a=]       the total under column a of table t
    [t.^a:b]     the heads of columns a up to b of table t
    {name}       a property of the case

All rows of a table get the same template, so a column has one pattern by construction.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import Any, Final, Generic, TypeVar

from finance.money import Money
from finance.workbook.grid import (
    Book,
    Cell,
    Chart,
    Format,
    Origin,
    Role,
    Series,
    Sheet,
    Value,
    column_letters,
)

R = TypeVar("R")

NOTHING: Final = "(geen)"
"""What the one row of an empty table shows; no key looks like it."""
TOTAL: Final = "Totaal"
CHART_ROWS: Final = 18
"""The rows that a chart covers, unless it says otherwise."""
CHART_MARGIN: Final = 2
"""The rows that stay free around a chart."""
ROW_PIXELS: Final = 20
CHART_WIDTH: Final = 900
BOLD: Final = 1.2
"""Bold letters take more room than the digits in which widths are counted."""
WIDEST_HEAD: Final = 26
"""A head with a longer word than this is broken."""
LINE: Final = 13.5
"""The height of one line of text, in points."""
TITLE_HEIGHT: Final = 26
FIRST_BLOCK: Final = 4
"""The row of the first block, under the title and the explanation."""


@dataclass(frozen=True, slots=True)
class Target:
    """A cell that a link leads to.

    Attributes:
        table: its table.
        column: its column; the first column of the table where this is empty.
        row: its row of data, counted from 0.
    """

    table: str
    column: str = ""
    row: int = 0


@dataclass(frozen=True)
class Column(Generic[R]):
    """One column of a table.

    Attributes:
        key: what formulas call it.
        head: what stands above it.
        value: what a row shows in it; for a formula, what Python computed.
        formula: the template of its formula; empty for pasted values.
        fmt: how it is shown.
        role: what its cells are; by default a formula or a label.
        width: its width in characters.
        total: whether its sum stands under it.
        head_formula: the template of a formula in its head; empty for a pasted head.
        wrap: whether a long text goes on in a next line.
        clip: whether a long text stops at the edge of its cell; it would widen the printed page.
        link: the cell that a click on a row's cell jumps to; None for nowhere.
        origin: where the pasted value of a row comes from; None for a formula or a label.
        about: the cell that the decision of a row is about; None for none.
    """

    key: str
    head: str | int
    value: Callable[[R], Value]
    formula: str = ""
    fmt: Format | Callable[[R], Format] = Format.GENERAL
    role: Role | Callable[[R], Role] | None = None
    width: float = 12
    total: bool = False
    head_formula: str = ""
    wrap: bool = False
    clip: bool = False
    link: Callable[[R], Target | None] | None = None
    origin: Callable[[R], Origin | None] | None = None
    about: Callable[[R], Target] | None = None

    @property
    def wide(self) -> float:
        """Its width, at least that of the longest word of its head."""
        longest = max((len(word) for word in str(self.head).split()), default=0)
        return max(self.width, min(longest * BOLD + 1, WIDEST_HEAD))

    def format_of(self, row: R) -> Format:
        """How a row shows this column."""
        return self.fmt if isinstance(self.fmt, Format) else self.fmt(row)

    def role_of(self, row: R) -> Role:
        """What the cell of a row is."""
        if self.role is None:
            return Role.FORMULA if self.formula else Role.LABEL
        return self.role if isinstance(self.role, Role) else self.role(row)


@dataclass(frozen=True)
class Table(Generic[R]):
    """A table: heads, a row for each record, and a total where a column asks for it.

    Attributes:
        name: what formulas call it.
        title: the heading above it; empty for none.
        rows: the records.
        columns: the columns.
        note: one line under the heading; empty for none.
        fact: the name of the single fact in the column `waarde` of a row; empty for none.
        least: the fewest rows of data that it keeps, so that its ranges exist.
        scale: the first and the last of the columns whose numbers are coloured from the lowest to
            the highest; None for none.
    """

    name: str
    title: str
    rows: Sequence[R]
    columns: tuple[Column[R], ...]
    note: str = ""
    fact: Callable[[R], str] | None = None
    least: int = 1
    scale: tuple[str, str] | None = None

    @property
    def above(self) -> int:
        """Rows between the top of the block and the heads."""
        return bool(self.title) + bool(self.note)

    @property
    def body(self) -> int:
        """Rows of data; a table with fewer records keeps some empty."""
        return max(self.least, len(self.rows))

    @property
    def summed(self) -> bool:
        """Whether a total stands under it."""
        return any(column.total for column in self.columns)

    @property
    def height(self) -> int:
        """Rows of the whole block."""
        return self.above + 1 + self.body + self.summed


@dataclass(frozen=True)
class Fact:
    """One line of label and value.

    Attributes:
        label: what it is.
        value: the value.
        fmt: how it is shown.
        role: what the value is.
        note: text beside it; empty for none.
        link: where a click on the label leads; empty for nowhere.
    """

    label: str
    value: Value
    fmt: Format = Format.GENERAL
    role: Role = Role.LABEL
    note: str = ""
    link: str = ""


@dataclass(frozen=True)
class Facts:
    """A block of single facts under a heading."""

    title: str
    facts: tuple[Fact, ...]

    @property
    def height(self) -> int:
        """Rows of the whole block."""
        return bool(self.title) + len(self.facts)


@dataclass(frozen=True)
class Notes:
    """A block of lines of text under a heading."""

    title: str
    lines: tuple[str, ...]

    @property
    def height(self) -> int:
        """Rows of the whole block."""
        return bool(self.title) + len(self.lines)


@dataclass(frozen=True)
class Figure:
    """A chart of columns of one table.

    Attributes:
        title: its title.
        axis: the title of the value axis, with the unit.
        table: the table.
        categories: the column with the labels of the other axis.
        columns: the columns that are drawn as columns.
        lines: the columns that are drawn as lines.
        stacked: whether the columns are stacked.
        base: the column that is not drawn, and on which the others of a stack stand; empty for none.
        across: the title of the axis with the labels; empty for none.
        flat: whether the columns lie flat, the first label on top and each pair on one line.
        fmt: how the numbers of the value axis are shown.
        across_fmt: how the labels are shown.
        depth: the rows that it covers.
        width: its width in pixels.
        labelled: whether each column shows its number, where that is above zero.
        from_zero: whether the value axis starts at zero, however much all columns share.
    """

    title: str
    axis: str
    table: str
    categories: str
    columns: tuple[str, ...]
    lines: tuple[str, ...] = ()
    stacked: bool = True
    base: str = ""
    across: str = ""
    flat: bool = False
    fmt: Format = Format.COUNT
    across_fmt: Format = Format.GENERAL
    depth: int = CHART_ROWS
    width: int = CHART_WIDTH
    labelled: bool = False
    from_zero: bool = False

    @property
    def height(self) -> int:
        """Rows of the whole block."""
        return self.depth

    @property
    def series(self) -> Iterator[str]:
        """The columns that it draws, in order; an invisible base lies below the others."""
        yield from (self.base,) if self.base else ()
        yield from self.columns
        yield from self.lines


Block = Table[Any] | Facts | Notes | Figure


@dataclass(frozen=True)
class Page:
    """One sheet as a stack of blocks.

    Attributes:
        naam: the name of the sheet.
        title: its title.
        note: the line that says what it shows.
        blocks: the blocks, from top to bottom.
        tab: `invoer`, `besluit`, `berekening`, `uitvoer` or `controle`: a formula reads what stands no
            further than its own sheet (besluit and berekening stand as far).
        widths: the width of columns (counted from 1) that hold no table.
    """

    naam: str
    title: str
    note: str
    blocks: tuple[Block, ...]
    tab: str = "uitvoer"
    widths: Mapping[int, float] = field(default_factory=dict)

    def placed(self) -> Iterator[tuple[int, Block]]:
        """Each block with its first row; one row stays free between blocks."""
        row = FIRST_BLOCK
        for block in self.blocks:
            yield row, block
            row += block.height + 1


@dataclass(frozen=True)
class Spot:
    """Where a table stands.

    Attributes:
        sheet: the sheet.
        head: the row of the heads.
        body: the number of rows of data.
        letters: the letters of each column.
    """

    sheet: str
    head: int
    body: int
    letters: Mapping[str, str]

    @property
    def first(self) -> int:
        """The first row of data."""
        return self.head + 1

    @property
    def last(self) -> int:
        """The last row of data."""
        return self.head + self.body

    def letter(self, key: str) -> str:
        """The letters of a column."""
        return self.letters[key]


class LayoutError(Exception):
    """A template names what is not there. The programmer's fault."""


Piece = tuple[str, int | None]
"""Text of a formula, and the offset of the row number that follows it; None for no row number."""

TOKEN: Final = re.compile(
    r"\[(?P<shift>[-+]?)(?P<own>\w+)(?::(?P<own_end>\w+))?\]"
    r"|\[\^(?P<head>\w*)\]"
    r"|\[(?P<left><)\]"
    r"|\[(?P<table>\w+)\.(?P<heads>\^?)(?P<column>\w+)(?::(?P<end>\w+))?(?P<mode>[@=!]?)\]"
    r"|\{(?P<fact>\w+)\}"
)


@dataclass(frozen=True)
class Places:
    """Where every table and every fact of a book stands."""

    tables: Mapping[str, Spot]
    facts: Mapping[str, tuple[str, str]]

    def spot(self, table: str) -> Spot:
        """Where a table stands.

        Raises:
            LayoutError: there is no such table.
        """
        try:
            return self.tables[table]
        except KeyError:
            raise LayoutError(f"no table {table}") from None

    def pattern(self, template: str, spot: Spot, key: str = "") -> tuple[Piece, ...]:
        """Compile a template for the cells of one column of a table.

        Args:
            template: the formula, with names in brackets.
            spot: where the table of the cell stands.
            key: the column of the cell.

        Raises:
            LayoutError: a name is unknown.
        """
        pieces: list[Piece] = []
        end = 0
        for match in TOKEN.finditer(template):
            pieces.append((template[end : match.start()], None))
            try:
                pieces += self._refer(match, spot, key)
            except KeyError as error:
                raise LayoutError(f"{match.group()} in {template}: no {error}") from None
            end = match.end()
        pieces.append((template[end:], None))
        return _merged(pieces)

    def _refer(self, match: re.Match[str], spot: Spot, key: str) -> list[Piece]:
        part = match.groupdict()
        if part["fact"]:
            sheet, cell = self.facts[part["fact"]]
            return [(_on(sheet, spot) + cell, None)]
        if part["table"]:
            return self._refer_table(part, spot)
        if part["left"]:
            return [(_before(spot, key), 0)]
        if part["own"]:
            shift = {"-": -1, "+": 1, "": 0}[part["shift"]]
            return _own(spot, part["own"], part["own_end"], shift)
        return [(f"{spot.letter(part['head'] or key)}${spot.head}", None)]

    def _refer_table(self, part: dict[str, Any], spot: Spot) -> list[Piece]:
        other = self.spot(part["table"])
        letter, on = other.letter(part["column"]), _on(other.sheet, spot)
        if part["mode"] == "@":
            return [(f"{on}${letter}", other.first - spot.first)]
        first, last = (other.head, other.head) if part["heads"] else (other.first, other.last)
        if part["mode"]:
            row = other.first if part["mode"] == "!" else other.last + 1
            return [(f"{on}${letter}${row}", None)]
        until = other.letter(part["end"] or part["column"])
        return [(f"{on}${letter}${first}:${until}${last}", None)]

    def target(self, target: Target | None) -> str:
        """The address that a link leads to; empty for none.

        Raises:
            LayoutError: there is no such table or column.
        """
        if target is None:
            return ""
        spot = self.spot(target.table)
        letter = spot.letters.get(target.column or next(iter(spot.letters)))
        if letter is None:
            raise LayoutError(f"no column {target.column} in {target.table}")
        return f"{spot.sheet}!{letter}{spot.first + target.row}"

    def absolute(self, table: str, key: str, *, head: bool = False) -> str:
        """An absolute reference with its sheet, for a chart."""
        spot = self.spot(table)
        letter = spot.letter(key)
        if head:
            return f"{spot.sheet}!${letter}${spot.head}"
        return f"{spot.sheet}!${letter}${spot.first}:${letter}${spot.last}"


def _on(sheet: str, spot: Spot) -> str:
    return "" if sheet == spot.sheet else f"{sheet}!"


def _own(spot: Spot, key: str, end: str | None, shift: int) -> list[Piece]:
    first: Piece = (spot.letter(key), shift)
    return [first, (f":{spot.letter(end)}", shift)] if end else [first]


def _before(spot: Spot, key: str) -> str:
    keys = list(spot.letters)
    return spot.letter(keys[keys.index(key) - 1])


def _merged(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Join neighbours without a row number, so that a formula is made of few pieces."""
    merged: list[Piece] = []
    for text, offset in pieces:
        if merged and merged[-1][1] is None:
            merged[-1] = (merged[-1][0] + text, offset)
        else:
            merged.append((text, offset))
    return tuple(merged)


def formula_at(pattern: Sequence[Piece], row: int) -> str:
    """The formula of a cell in a row."""
    return "".join(text if offset is None else f"{text}{row + offset}" for text, offset in pattern)


def places_of(pages: Iterable[Page]) -> Places:
    """Find where every table and fact will stand, before any formula is made.

    Raises:
        LayoutError: two tables or two facts have one name.
    """
    tables: dict[str, Spot] = {}
    facts: dict[str, tuple[str, str]] = {}
    for page in pages:
        for top, block in page.placed():
            if isinstance(block, Table):
                _refuse_repeat(block.name, tables)
                tables[block.name] = spot = _spot(page, top, block)
                for name, cell in _row_facts(block, spot):
                    _refuse_repeat(name, facts)
                    facts[name] = (page.naam, cell)
    return Places(tables, facts)


def _refuse_repeat(name: str, known: Mapping[str, object]) -> None:
    if name in known:
        raise LayoutError(f"{name} stands twice")


def _spot(page: Page, top: int, table: Table[Any]) -> Spot:
    letters = {column.key: column_letters(at) for at, column in enumerate(table.columns, start=1)}
    return Spot(page.naam, top + table.above, table.body, letters)


def _row_facts(table: Table[Any], spot: Spot) -> Iterator[tuple[str, str]]:
    if table.fact is not None:
        for row, record in enumerate(table.rows, start=spot.first):
            name = table.fact(record)
            if name:
                yield name, f"${spot.letter('waarde')}${row}"


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
