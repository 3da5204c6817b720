"""The tables of a sealed workbook, read by their keys and those of their columns, and no heading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Final

from finance.case.table import CellValue
from finance.findings import Finding, FindingsError
from finance.tables.grid import Format, TablePlace, address
from finance.xlsx.seal import SealedCell, SealedCells

NEWER: Final = "Maak de werkmap opnieuw met deze versie van de toolkit."


@dataclass(frozen=True)
class SealedRow:
    """One row of a table.

    Attributes:
        nummer: its row in the sheet.
        ids: what it is about, in ids of the input; empty where the table says nothing of it.
        cells: the cells that are not empty, by the key of their column.
        table: the table.
    """

    nummer: int
    ids: tuple[str, ...]
    cells: Mapping[str, SealedCell]
    table: SealedTable

    def id(self, at: int) -> str:
        """One of the ids that say what it is about.

        Raises:
            FindingsError: the table says nothing of it.
        """
        if at >= len(self.ids):
            wat = f"De tabel '{self.table.place.naam}' zegt niet waar haar rijen over gaan."
            raise FindingsError([Finding(self.table.place.blad, f"rij {self.nummer}", wat, NEWER)])
        return self.ids[at]

    def text(self, column: str) -> str:
        """The exact text of a cell; empty where it is empty.

        Raises:
            FindingsError: the table has no such column.
        """
        self.table.require(column)
        cell = self.cells.get(column)
        return cell.exact if cell else ""

    def number(self, column: str) -> Decimal:
        """A number; an empty cell counts as zero, as it does in a formula.

        Raises:
            FindingsError: the table has no such column, or a text stands there.
        """
        text = self.text(column)
        try:
            return Decimal(text or 0)
        except ArithmeticError as fault:
            wat = f"In kolom '{column}' van de tabel '{self.table.place.naam}' staat geen getal."
            where = f"rij {self.nummer}"
            raise FindingsError([Finding(self.table.place.blad, where, wat, NEWER)]) from fault


@dataclass(frozen=True)
class SealedTable:
    """One table.

    Attributes:
        place: where it stands.
        cells: the cells of its sheet.
    """

    place: TablePlace
    cells: SealedCells

    @cached_property
    def rows(self) -> tuple[SealedRow, ...]:
        """The rows of data, without the total."""
        last = max((row for row, _ in self.cells), default=0)
        numbers = range(self.place.eerste, min(self.place.eerste + self.place.rijen, last + 1))
        return tuple(self._row(number) for number in numbers)

    def _row(self, number: int) -> SealedRow:
        at = number - self.place.eerste
        ids = self.place.sleutels[at] if at < len(self.place.sleutels) else ()
        found = {key: self.cells.get((number, column)) for key, column in self._columns}
        return SealedRow(number, ids, {key: cell for key, cell in found.items() if cell}, self)

    @cached_property
    def _columns(self) -> tuple[tuple[str, int], ...]:
        return tuple((key, column) for column, key in enumerate(self.place.kolommen, start=1) if key)

    @property
    def title(self) -> str:
        """The title above it, as a reader sees it; empty for none."""
        return self._said(self.place.titel, 1)

    def head(self, column: str) -> str:
        """What stands above a column, as a reader sees it; its key where nothing does."""
        return self._said(self.place.kop, self.place.kolommen.index(column) + 1) or column

    def _said(self, row: int, column: int) -> str:
        cell = self.cells.get((row, column))
        return cell.exact if cell else ""

    def require(self, *columns: str) -> None:
        """Refuse a table that lacks a column, in place of reading nothing from it.

        Raises:
            FindingsError: it lacks one.
        """
        lacking = [column for column in columns if column not in self.place.kolommen]
        if lacking:
            where = address(self.place.kop or self.place.eerste, 1)
            wat = f"De tabel '{self.place.naam}' heeft geen kolom '{lacking[0]}', en die is hier nodig."
            raise FindingsError([Finding(self.place.blad, where, wat, NEWER)])


@dataclass(frozen=True)
class SealedTables:
    """The tables of a workbook.

    Attributes:
        tables: each table by its name.
    """

    tables: Mapping[str, SealedTable]

    def __iter__(self) -> Iterator[SealedTable]:
        return iter(self.tables.values())

    def get(self, name: str) -> SealedTable | None:
        """A table that a workbook may have; None where it has none."""
        return self.tables.get(name)

    def rows(self, name: str) -> tuple[SealedRow, ...]:
        """The rows of a table that a workbook may have."""
        table = self.tables.get(name)
        return table.rows if table else ()

    def table(self, name: str) -> SealedTable:
        """A table that every workbook of this sort has.

        Raises:
            FindingsError: the workbook has no such table.
        """
        if name not in self.tables:
            wat = f"De werkmap heeft geen tabel '{name}', en die is hier nodig."
            raise FindingsError([Finding("", "", wat, NEWER)])
        return self.tables[name]


def sealed_tables(places: Iterable[TablePlace], sheets: Mapping[str, SealedCells]) -> SealedTables:
    """The tables of a workbook.

    Args:
        places: where they stand.
        sheets: the sealed cells of each sheet.
    """
    return SealedTables({place.naam: SealedTable(place, sheets.get(place.blad, {})) for place in places})


def value_of(cell: SealedCell) -> CellValue:
    """The value of a cell as the reader of an input workbook would find it, without rounding."""
    if isinstance(cell.shown, str):
        return cell.exact
    if cell.fmt is Format.DATE:
        return date.fromisoformat(cell.exact)
    return Decimal(cell.exact)
