"""A case under check, beside the tables that it came from."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from finance.calendar import YearSpan
from finance.case.case import Case
from finance.case.cells import CellError
from finance.case.declaring import ColumnSpec, Row, SheetSpec
from finance.case.sheets import SHEETS
from finance.case.table import CellValue, RawBook, RawSheet, blank, listed, one_line, shown
from finance.case.total_rows import total_column
from finance.findings import Finding

LONGEST_CASE: Final = 50
"""A case of more years than this is taken for a typing error."""
ONE_BY_ONE: Final = 3
"""The same fault in more rows of a column than this is one finding that names the rows."""
ROWS_NAMED: Final = 10


Pair = tuple[object, object]
Known = Container[object] | None
"""What can be meant in a column; None where anything can."""


def rows_named(rows: Sequence[int]) -> str:
    """Some rows as a sentence names them; the first ones and a count where they are many.

    Example:
        >>> rows_named([3, 4, 9])
        '3, 4 en 9'
    """
    if len(rows) <= ROWS_NAMED:
        return listed(rows)
    return f"{', '.join(map(str, rows[:ROWS_NAMED]))} en nog {len(rows) - ROWS_NAMED}"


@dataclass(frozen=True)
class Pairs:
    """The pairs that two columns of a sheet give, such as the years of each index.

    Attributes:
        given: the pairs; None for a part that could not be read or cannot be meant.
    """

    given: frozenset[Pair]

    def lack(self, one: object, other: object) -> bool:
        """Whether a pair is surely not given: no row with a fault may have been meant to give it.

        Where a column is absent, every row has a fault, and nothing is surely not given.
        """
        return self.given.isdisjoint({(one, other), (one, None), (None, other), (None, None)})


@dataclass(frozen=True)
class Checked:
    """A case with its tables, so that a finding can name its cell.

    The case lacks the rows that have an unreadable cell. What asks for single cells therefore
    reads them from the tables, so that one fault neither hides another nor causes one.

    Attributes:
        case: the rows that could be read, with a stand-in for each setting that could not.
        book: the tables.
        unread: the keys of the sheet `case` that could not be read.
        sheets: the declaration of the sheets.
    """

    case: Case
    book: RawBook
    unread: frozenset[str]
    sheets: Mapping[str, SheetSpec] = field(default_factory=lambda: SHEETS)

    @cached_property
    def years(self) -> YearSpan | None:
        """The years of the case; None where they are not known or make no sense."""
        years = self.case.years
        known = not {"eerste_jaar", "laatste_jaar"} & self.unread
        return years if known and 0 < len(years) <= LONGEST_CASE else None

    def has(self, blad: str, *columns: str) -> bool:
        """Whether a sheet and these columns of it are there."""
        sheet = self.book.bladen.get(blad)
        return sheet is not None and all(column in sheet.letters for column in columns)

    def sheet(self, blad: str) -> RawSheet:
        """A sheet; one without columns and rows where it is absent."""
        return self.book.bladen.get(blad, RawSheet(blad, {}, ()))

    def all_read(self, blad: str, rows: Sequence[Row]) -> bool:
        """Whether every row of a sheet could be read: one that could not may be just what seems absent.

        Args:
            blad: the sheet.
            rows: its rows in the case.
        """
        return len(rows) == len(self.sheet(blad).rijen)

    def totals(self, blad: str) -> frozenset[int]:
        """The rows of a sheet that are a sum: that is a finding of its own, and the only one of the row."""
        columns = self.sheets[blad].columns
        return frozenset(row.nummer for row in self.sheet(blad).rijen if total_column(columns, row))

    def at(self, blad: str, row: int, column: str, wat: str, doen: str) -> Finding:
        """A finding at a cell."""
        return Finding(blad, self.sheet(blad).cell(column, row), wat, doen)

    def setting(self, key: str, wat: str, doen: str) -> Finding:
        """A finding at the value of a key of the sheet `case`; at the whole sheet where it lacks the key."""
        rows = [row for row, name in self.cells("case", "sleutel") if name == key]
        return self.at("case", rows[0], "waarde", wat, doen) if rows else Finding("case", "", wat, doen)

    def at_each(self, blad: str, rows: Sequence[int], column: str, wat: str, doen: str) -> Iterator[Finding]:
        """The same finding at some rows of a column: one for each, or one for all if they are many."""
        if len(rows) <= ONE_BY_ONE:
            for row in rows:
                yield self.at(blad, row, column, wat, doen)
            return
        yield self.at(blad, rows[0], column, wat, f"{doen} Ook in rij {rows_named(rows[1:])}.")

    def cells(self, blad: str, column: str) -> Iterator[tuple[int, object]]:
        """The cells of a column that are not empty and can be read, each with its row."""
        spec = next(item for item in self.sheets[blad].columns if item.naam == column)
        for row in self.sheet(blad).rijen:
            value = _read(spec, row.cellen)
            if value is not None:
                yield row.nummer, value

    def records(self, blad: str, *columns: str) -> Iterator[tuple[int, tuple[object, ...]]]:
        """Some cells of each row, each None where it is empty or cannot be read, with the row."""
        known = {spec.naam: spec for spec in self.sheets[blad].columns}
        for row in self.sheet(blad).rijen:
            yield row.nummer, tuple(_read(known[column], row.cellen) for column in columns)

    def ids(self, blad: str, column: str) -> frozenset[str]:
        """The ids that a column names; as shown, so that an id typed as a number counts too."""
        cells = (row.cellen.get(column) for row in self.sheet(blad).rijen)
        return frozenset(one_line(shown(cell)).strip() for cell in cells if not blank(cell)) - {""}

    def unnamed(self, blad: str, column: str) -> int:
        """How many rows do not show the id that they were meant to give."""
        rows = self.sheet(blad).rijen
        return sum(not one_line(shown(row.cellen.get(column))).strip() for row in rows)

    def pairs(self, blad: str, columns: tuple[str, str], known: tuple[Known, Known]) -> Pairs:
        """The pairs that two columns of a sheet give.

        Args:
            blad: the sheet.
            columns: the two columns.
            known: for each column what can be meant there.
        """
        first, second = known
        return Pairs(
            frozenset(
                (_possible(one, first), _possible(other, second)) for _, (one, other) in self.records(blad, *columns)
            )
        )


def _possible(value: object, known: Known) -> object:
    return value if known is None or value in known else None


def _read(spec: ColumnSpec, cells: Mapping[str, CellValue]) -> object:
    cell = cells.get(spec.naam)
    if blank(cell):
        return None
    try:
        return spec.kind.value_of(cell)
    except CellError:
        return None
