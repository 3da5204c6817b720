"""The cells in which two workbooks of the toolkit differ, table by table, without their causes.

For a tariff or a comparison of scenarios: what was put in is told apart from what came out. Tables,
rows and columns are matched by their keys; where one of the two has a seal of version 1, by what a
reader sees above and before them. What is said of a cell is always what a reader sees.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Final, NamedTuple

from finance.case.table import CellValue
from finance.tables.grid import Format, Role
from finance.tables.wholeness import COUNTING
from finance.xlsx.headings import headed_tables
from finance.xlsx.seal import FIRST, Seal, SealedCell
from finance.xlsx.sealed_tables import SealedRow, SealedTable, sealed_tables, value_of

INPUT_ROLES: Final = (Role.INPUT_SOURCED, Role.INPUT_ASSUMED)
PUT_IN: Final = "invoer"
CAME_OUT: Final = "uitkomst"


@dataclass(frozen=True, slots=True)
class CellDifference:
    """One cell that differs.

    Attributes:
        soort: `invoer` or `uitkomst`.
        blad: the sheet.
        tabel: the heading of the table.
        rij: which row, in words.
        kolom: the head of the column.
        oud: the value in A; None where A has no such cell.
        nieuw: the value in B; None where B has none.
        fmt: how it is shown.
    """

    soort: str
    blad: str
    tabel: str
    rij: str
    kolom: str
    oud: CellValue | None
    nieuw: CellValue | None
    fmt: Format

    @property
    def verschil(self) -> Decimal | None:
        """B minus A, where both are numbers."""
        if isinstance(self.oud, Decimal) and isinstance(self.nieuw, Decimal):
            return self.nieuw - self.oud
        return None


Key = tuple[object, ...]
"""What tells a cell from the others of its workbook, and finds it in the other workbook."""


class _Placed(NamedTuple):
    """A cell, and where it stands as a reader sees it."""

    blad: str
    tabel: str
    rij: str
    kolom: str
    cell: SealedCell


@dataclass(frozen=True)
class PlainDifference:
    """The difference between two workbooks of one kind.

    Attributes:
        naam_a: the file name of the one.
        naam_b: the file name of the other.
        a: the seal of the one.
        b: the seal of the other.
    """

    naam_a: str
    naam_b: str
    a: Seal
    b: Seal

    @property
    def by_heading(self) -> bool:
        """Whether tables are matched by their headings, for want of keys."""
        return FIRST in (self.a.version, self.b.version)

    @cached_property
    def cells(self) -> tuple[CellDifference, ...]:
        """Every cell that differs: input first, then what came out."""
        placed = _by_heading if self.by_heading else _by_key
        one, other = dict(placed(self.a)), dict(placed(self.b))
        found = [
            _difference(one.get(key), other.get(key))
            for key in {**one, **other}
            if _content(one.get(key)) != _content(other.get(key))
        ]
        return tuple(sorted(found, key=lambda item: item.soort != PUT_IN))

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs."""
        return not self.cells


def _content(placed: _Placed | None) -> CellValue | None:
    return value_of(placed.cell) if placed and placed.cell.exact else None


def _difference(was: _Placed | None, now: _Placed | None) -> CellDifference:
    known = now or was
    if known is None:
        raise ValueError("a difference between no cells")
    kind = PUT_IN if known.cell.role in INPUT_ROLES else CAME_OUT
    return CellDifference(kind, *known[:4], _content(was), _content(now), known.cell.fmt)


def _by_heading(seal: Seal) -> Iterator[tuple[Key, _Placed]]:
    for sheet, cells in seal.sheets.items():
        for table in headed_tables(sheet, cells):
            for row, name in _named(table):
                for head, cell in row.cells.items():
                    where = (sheet, table.place.naam, name, head)
                    yield where, _Placed(*where, cell)


def _by_key(seal: Seal) -> Iterator[tuple[Key, _Placed]]:
    numbers: Counter[str] = Counter()
    for table in sealed_tables(seal.sections.tabellen, seal.sheets):
        if table.place.naam in COUNTING:
            continue
        sheet = table.place.blad
        numbers[sheet] += 1
        title = table.title or f"tabel {numbers[sheet]}"
        for row, name in _named(table):
            for column, cell in row.cells.items():
                key = (table.place.naam, name, column)
                yield key, _Placed(sheet, title, name, table.head(column), cell)


def _named(table: SealedTable) -> Iterator[tuple[SealedRow, str]]:
    """Each row with its name, which no other row of the table has."""
    seen: Counter[str] = Counter()
    for row in table.rows:
        name = ", ".join(filter(None, row.ids)) or _words(row)
        seen[name] += 1
        yield row, name if seen[name] == 1 else f"{name} ({seen[name]})"


def _words(row: SealedRow) -> str:
    """A row by the texts and the whole labels before its first number that is no year."""
    words: list[str] = []
    for cell in row.cells.values():
        if not isinstance(cell.shown, str) and cell.fmt is not Format.YEAR:
            break
        words.append(cell.exact)
    return ", ".join(filter(None, words)) or f"rij {row.nummer}"
