"""Where every table stands, and what a template of a formula becomes there.

A formula is a template in which brackets name what it refers to:

    [a]          column a, in the row of the cell itself
    [-a] [+a]    column a, in the row above or below
    [a:b]        columns a up to b, in the row of the cell itself
    [^a] [^]     the head of column a, or of the column of the cell itself
    [<]          in a head: the head to the left of it
    [t.a]        the whole column a of table t
    [t.a:b]      the whole columns a up to b of table t
    [t.a@]       column a of table t, in the same position as the row of the cell itself
    [t.a~]       column a of table t, the rows from the first to the last that belong to the row of the cell itself
    [t.a*]       column a of table t, the first of these rows alone
    [t.a!]       column a of table t, in its first row
    [t.a=]       the total under column a of table t
    [t.^a:b]     the heads of columns a up to b of table t
    [#sheet]     the whole of a sheet, as far as it is counted
    {name}       a property of the case
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from finance.tables.engine.expressions import Expression, parsed, with_blocks
from finance.tables.grid import TablePlace, column_letters
from finance.tables.pages import Facts, Page, Table, Target

BEYOND: Final = 10_000_000
"""No row of a sheet has this number, so that it can stand for an edge while a formula is read."""
LABELLED: Final = 3
"""The columns of a block that is no table: a label, its value and a note."""


@dataclass(frozen=True)
class Spot:
    """Where a table stands.

    Attributes:
        sheet: the sheet.
        head: the row of the heads.
        body: the number of rows of data.
        letters: the letters of each column.
        blocks: by another table, or one column of it, its first and last row (from 1) for each row of data.
    """

    sheet: str
    head: int
    body: int
    letters: Mapping[str, str]
    blocks: Mapping[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)

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


@dataclass(frozen=True)
class Edge:
    """The first or the last row of what belongs to each row of a table.

    Attributes:
        first: the first row of data.
        rows: for each row of data the row of the edge.
    """

    first: int
    rows: tuple[int, ...]

    def at(self, row: int) -> int:
        """The row of the edge, for a cell in a row."""
        return self.rows[row - self.first]


Piece = tuple[str, int | Edge | None]
"""Text of a formula, and the offset of the row number that follows it, or that row by itself; None for none."""

TOKEN: Final = re.compile(
    r"\[(?P<shift>[-+]?)(?P<own>\w+)(?::(?P<own_end>\w+))?\]"
    r"|\[\^(?P<head>\w*)\]"
    r"|\[(?P<left><)\]"
    r"|\[(?P<table>\w+)\.(?P<heads>\^?)(?P<column>\w+)(?::(?P<end>\w+))?(?P<mode>[@=!~*]?)\]"
    r"|\[#(?P<sheet>[^\]]+)\]"
    r"|\{(?P<fact>\w+)\}"
)


@dataclass(frozen=True)
class Places:
    """Where every table and every fact of a book stands, and how far each sheet reaches."""

    tables: Mapping[str, Spot]
    facts: Mapping[str, tuple[str, str]]
    areas: Mapping[str, str]

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
        if part["sheet"]:
            return [(self.areas[part["sheet"]], None)]
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
        if part["mode"] == "*":
            return [(f"{on}${letter}$", _edges(spot, part, other)[0])]
        if part["mode"] == "~":
            until = other.letter(part["end"] or part["column"])
            first_row, last_row = _edges(spot, part, other)
            return [(f"{on}${letter}$", first_row), (f":${until}$", last_row)]
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


def _edges(spot: Spot, part: Mapping[str, Any], other: Spot) -> tuple[Edge, Edge]:
    """The first and the last row of another table that belong to each row of one."""
    blocks = spot.blocks.get(f"{part['table']}.{part['column']}") or spot.blocks[part["table"]]
    firsts, lasts = zip(*blocks, strict=True) if blocks else ((), ())
    return (
        Edge(spot.first, tuple(other.head + row for row in firsts)),
        Edge(spot.first, tuple(other.head + row for row in lasts)),
    )


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
    return "".join(text if offset is None else f"{text}{_row(offset, row)}" for text, offset in pattern)


def _row(offset: int | Edge, row: int) -> int:
    return offset.at(row) if isinstance(offset, Edge) else row + offset


def tree_of(pattern: Sequence[Piece], spot: Spot) -> Expression:
    """The tree of the formulas of a column, read in its first row; it knows the blocks of the others."""
    edges: dict[int, tuple[int, ...]] = {}
    told = []
    for at, (text, offset) in enumerate(pattern, start=BEYOND):
        if isinstance(offset, Edge):
            edges[at] = offset.rows
            told.append(f"{text}{at}")
        else:
            told.append(text if offset is None else f"{text}{spot.first + offset}")
    return with_blocks(parsed("".join(told), spot.sheet), edges)


@lru_cache(maxsize=4_096)
def formulas_at(pattern: tuple[Piece, ...], first: int, count: int) -> tuple[str, ...]:
    """The formulas of cells below each other, from a row on; a book is laid out more than once while it is made."""
    return tuple(formula_at(pattern, row) for row in range(first, first + count))


def places_of(pages: Sequence[Page]) -> Places:
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
    return Places(tables, facts, {page.naam: _area(page) for page in pages})


def _area(page: Page) -> str:
    """The area of a sheet that is counted."""
    widths = [len(block.columns) for block in page.blocks if isinstance(block, Table)]
    return f"{page.naam}!$A${page.first}:${column_letters(max([*widths, LABELLED]))}${page.last}"


FACT_COLUMNS: Final = ("label", "waarde", "toelichting")
"""What the columns of single facts are called in data."""


def table_places(pages: Iterable[Page]) -> tuple[TablePlace, ...]:
    """Where the tables and the named single facts stand, for a reader of data.

    Raises:
        LayoutError: two tables, or two columns of one table, are called the same in data.
    """
    found: dict[str, TablePlace] = {}
    for page in pages:
        for top, block in page.placed():
            if isinstance(block, Table):
                place = _table_place(page, top, block)
            elif isinstance(block, Facts) and block.name:
                place = _facts_place(page, top, block)
            else:
                continue
            _refuse_repeat(place.naam, found)
            found[place.naam] = place
    return tuple(found.values())


def _table_place(page: Page, top: int, table: Table[Any]) -> TablePlace:
    keys = tuple(column.data_key for column in table.columns)
    if len({*keys}) < len(keys):
        raise LayoutError(f"two columns of {table.name} are called the same in data")
    head = top + table.above
    title = top if table.title else 0
    return TablePlace(
        table.as_data or table.name, page.naam, title, head, head + 1, len(table.rows), keys, table.row_ids
    )


def _facts_place(page: Page, top: int, block: Facts) -> TablePlace:
    title = top if block.title else 0
    keys = tuple((fact.key,) for fact in block.facts)
    first = top + bool(block.title)
    return TablePlace(block.name, page.naam, title, 0, first, len(block.facts), FACT_COLUMNS, keys)


def _refuse_repeat(name: str, known: Mapping[str, object]) -> None:
    if name in known:
        raise LayoutError(f"{name} stands twice")


def _spot(page: Page, top: int, table: Table[Any]) -> Spot:
    letters = {column.key: column_letters(at) for at, column in enumerate(table.columns, start=1)}
    return Spot(page.naam, top + table.above, table.body, letters, table.blocks)


def _row_facts(table: Table[Any], spot: Spot) -> Iterator[tuple[str, str]]:
    if table.fact is not None:
        for row, record in enumerate(table.rows, start=spot.first):
            name = table.fact(record)
            if name:
                yield name, f"${spot.letter('waarde')}${row}"
