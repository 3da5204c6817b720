"""The cells in which two workbooks of the toolkit differ, table by table, without their causes.

For a tariff or a comparison of scenarios: what was put in is told apart from what came out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Final

from finance.case.table import CellValue
from finance.workbook.difference.tables import ReadRow, ReadTable, tables_of, value_of
from finance.workbook.grid import Format, Role
from finance.workbook.seal import SealedCell, SealedCells

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


Place = tuple[str, str, str, str]
"""Sheet, table, row and column, in words."""


@dataclass(frozen=True)
class PlainDifference:
    """The difference between two workbooks of one kind.

    Attributes:
        naam_a: the file name of the one.
        naam_b: the file name of the other.
        a: the sealed cells of the one, by sheet.
        b: the sealed cells of the other.
    """

    naam_a: str
    naam_b: str
    a: Mapping[str, SealedCells]
    b: Mapping[str, SealedCells]

    @cached_property
    def cells(self) -> tuple[CellDifference, ...]:
        """Every cell that differs: input first, then what came out."""
        one, other = dict(_placed(self.a)), dict(_placed(self.b))
        found = [
            _difference(place, one.get(place), other.get(place))
            for place in {**one, **other}
            if _content(one.get(place)) != _content(other.get(place))
        ]
        return tuple(sorted(found, key=lambda item: item.soort != PUT_IN))

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs."""
        return not self.cells


def _content(cell: SealedCell | None) -> CellValue | None:
    return value_of(cell) if cell and cell.exact else None


def _difference(place: Place, was: SealedCell | None, now: SealedCell | None) -> CellDifference:
    known = now or was
    if known is None:
        raise ValueError(f"no cell at {place}")
    kind = PUT_IN if known.role in INPUT_ROLES else CAME_OUT
    return CellDifference(kind, *place, _content(was), _content(now), known.fmt)


def _placed(sheets: Mapping[str, SealedCells]) -> Iterator[tuple[Place, SealedCell]]:
    for name, cells in sheets.items():
        for number, table in enumerate(tables_of(cells), start=1):
            yield from _of_table(name, table.titel or f"tabel {number}", table)


def _of_table(sheet: str, title: str, table: ReadTable) -> Iterator[tuple[Place, SealedCell]]:
    seen: Counter[str] = Counter()
    for row in table.rows:
        name = _name(row)
        seen[name] += 1
        which = name if seen[name] == 1 else f"{name} ({seen[name]})"
        for head, cell in row.cells.items():
            yield (sheet, title, which, head), cell


def _name(row: ReadRow) -> str:
    """A row by the texts and the whole labels before its first number that is no year."""
    words: list[str] = []
    for cell in row.cells.values():
        if not isinstance(cell.shown, str) and cell.fmt is not Format.YEAR:
            break
        words.append(cell.exact)
    return ", ".join(filter(None, words)) or f"rij {row.nummer}"
