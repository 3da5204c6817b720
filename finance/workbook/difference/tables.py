"""The tables of a sheet as they were sealed, found back by their titles and heads.

A workbook of an older toolkit may have other columns or sheets. Looking tables up by what a reader
sees above them finds what is there, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

from finance.case.table import CellValue
from finance.workbook.grid import Format, Role, address
from finance.workbook.layout.painting import NOTHING
from finance.workbook.seal import SealedCell, SealedCells

LABELS: Final = 1
VALUES: Final = 2
"""The columns of single facts."""


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One row of a table.

    Attributes:
        nummer: its row in the sheet.
        cells: the cells that are not empty, by the head above them.
    """

    nummer: int
    cells: Mapping[str, SealedCell]

    def text(self, head: str) -> str:
        """The exact text of a cell; empty where it is empty."""
        cell = self.cells.get(head)
        return cell.exact if cell else ""

    def number(self, head: str) -> Decimal:
        """A number; an empty cell counts as zero, as it does in a formula."""
        return Decimal(self.text(head) or 0)


@dataclass(frozen=True)
class ReadTable:
    """One table.

    Attributes:
        titel: the heading above it; empty for none.
        columns: the column of each head, counted from 1; of two equal heads the first.
        rows: the rows of data, without the total.
    """

    titel: str
    columns: Mapping[str, int]
    rows: tuple[ReadRow, ...]

    def cell(self, head: str, row: int) -> str:
        """The address of a cell."""
        return address(row, self.columns[head])


@dataclass
class _Open:
    """A table while its rows are read."""

    titel: str
    columns: dict[str, int]
    rows: list[ReadRow] = field(default_factory=list)

    def add(self, number: int, row: Mapping[int, SealedCell]) -> None:
        cells = {head: row[at] for head, at in self.columns.items() if at in row}
        if any(cell.exact not in ("", NOTHING) for cell in cells.values()):
            self.rows.append(ReadRow(number, cells))

    def closed(self) -> ReadTable:
        return ReadTable(self.titel, self.columns, tuple(self.rows))


def tables_of(cells: SealedCells) -> tuple[ReadTable, ...]:
    """The tables of a sheet, from top to bottom."""
    return tuple(table.closed() for table in _found(_by_row(cells)))


def _by_row(cells: SealedCells) -> Mapping[int, Mapping[int, SealedCell]]:
    rows: dict[int, dict[int, SealedCell]] = {}
    for (row, column), cell in sorted(cells.items(), key=lambda item: item[0]):
        rows.setdefault(row, {})[column] = cell
    return rows


def _found(rows: Mapping[int, Mapping[int, SealedCell]]) -> Iterator[_Open]:
    """A table begins with a row of heads, and ends with a total or an empty row."""
    title, before, table = "", 0, None
    for number, row in rows.items():
        if number != before + 1 or _all(row, Role.TOTAL):
            if table:
                yield table
            title, table = "", None
        before = number
        if _all(row, Role.HEADER):
            table = _Open(title, _heads(row))
        elif table:
            table.add(number, row)
        elif _all(row, Role.SECTION):
            title = next(iter(row.values())).exact
    if table:
        yield table


def _all(row: Mapping[int, SealedCell], role: Role) -> bool:
    return all(cell.role is role for cell in row.values())


def _heads(row: Mapping[int, SealedCell]) -> dict[str, int]:
    heads: dict[str, int] = {}
    for column, cell in row.items():
        heads.setdefault(cell.exact, column)
    return heads


def value_of(cell: SealedCell) -> CellValue:
    """The value of a cell as the reader of an input workbook would find it, without rounding."""
    if isinstance(cell.shown, str):
        return cell.exact
    if cell.fmt is Format.DATE:
        return date.fromisoformat(cell.exact)
    return Decimal(cell.exact)


def facts_of(cells: SealedCells, title: str) -> Mapping[str, str]:
    """The single facts under a heading: the text in column B by the label in column A."""
    rows = _by_row(cells)
    top = next((row for row, found in rows.items() if LABELS in found and found[LABELS].exact == title), 0)
    facts: dict[str, str] = {}
    while top and (top := top + 1) in rows:
        label, value = (rows[top].get(column) for column in (LABELS, VALUES))
        if label:
            facts[label.exact] = value.exact if value else ""
    return facts
