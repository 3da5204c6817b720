"""What a cell is about, from the heads above it and the texts beside it, as a reader sees it."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Final

from finance.tables.engine.cells import At, Sheets, TracedCell
from finance.tables.grid import Format, Role, TablePlace
from finance.xlsx.headings import provenance_columns

MOST_TEXTS: Final = 5
LONGEST: Final = 60
SILENT: Final = frozenset({Role.TITLE, Role.NOTE, Role.CHECK, Role.SECTION})
"""Cells that say nothing of the row that they stand in."""
CODES: Final = ("herkomst_geldt", "herkomst")
SORT: Final = "soort_herkomst"
DOCUMENT: Final = "document"
"""The keys of the columns that say where a row comes from."""


@dataclass(frozen=True)
class Labels:
    """The labels of the cells of one workbook.

    Attributes:
        sheets: the cells.
        tables: where the tables stand; None where the workbook does not say, as one of version 1.
    """

    sheets: Sheets
    tables: Sequence[TablePlace] | None = None

    @cached_property
    def _heads(self) -> Mapping[tuple[str, int], list[int]]:
        """The rows of the heads in each column of each sheet, from top to bottom."""
        found: dict[tuple[str, int], list[int]] = defaultdict(list)
        for sheet, cells in self.sheets.items():
            for (row, column), cell in sorted(cells.items(), key=lambda item: item[0]):
                if cell.role is Role.HEADER:
                    found[sheet, column].append(row)
        return found

    def head(self, at: At) -> str:
        """The head above a cell; empty where it has none."""
        sheet, row, column = at
        rows = self._heads.get((sheet, column), [])
        above = bisect_left(rows, row)
        return _shown(self.sheets[sheet][rows[above - 1], column]) if above else ""

    def row(self, at: At) -> tuple[str, ...]:
        """The first texts and years before a cell in its row, which say what the row is about."""
        return tuple(text for _, text in zip(range(MOST_TEXTS), self._texts(at), strict=False))

    def _texts(self, at: At) -> Iterator[str]:
        sheet, row, last = at
        for column in range(1, last):
            cell = self.sheets[sheet].get((row, column))
            if cell and cell.role not in SILENT and (text := _shown(cell)):
                yield text if len(text) <= LONGEST else f"{text[:LONGEST]}..."

    def of(self, at: At) -> str:
        """A cell in words: its head, and what its row is about."""
        return ": ".join(part for part in (self.head(at), ", ".join(self.row(at))) if part)

    def provenance(self, at: At) -> str:
        """Where the row of a cell comes from: the code, what it is, and the document."""
        sheet, row, _ = at
        cells = self.sheets[sheet]
        columns = self._columns(sheet, row)
        found = {key: cells.get((row, column)) for key, column in columns.items()}
        known = {key: _shown(cell) for key, cell in found.items() if cell}
        code = next((known[key] for key in CODES if known.get(key)), "")
        sort, document = known.get(SORT, ""), known.get(DOCUMENT, "")
        named = f"{code} ({sort})" if code and sort else code or sort
        return f"{named}: {document}" if named and document else named

    def _columns(self, sheet: str, row: int) -> Mapping[str, int]:
        """The columns of the table that a row stands in, by key."""
        if self.tables is None:
            used = sorted(column for place, column in self.sheets[sheet] if place == row)
            return provenance_columns({column: self.head((sheet, row, column)) for column in used})
        for place in self.tables:
            if place.blad == sheet and place.eerste <= row < place.eerste + place.rijen:
                return {key: column for column, key in enumerate(place.kolommen, start=1)}
        return {}


def _shown(cell: TracedCell) -> str:
    """A text, or a year; other numbers say nothing of a row."""
    if isinstance(cell.value, str):
        return cell.value
    if isinstance(cell.value, Fraction) and cell.fmt is Format.YEAR and cell.value:
        return str(cell.value)
    return ""
