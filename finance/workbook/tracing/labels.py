"""What a cell is about, from the heads above it and the texts beside it, as a reader sees it."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Final

from finance.workbook.grid import Format, Role
from finance.workbook.tracing.cells import At, Sheets, TracedCell

MOST_TEXTS: Final = 5
LONGEST: Final = 60
SILENT: Final = frozenset({Role.TITLE, Role.NOTE, Role.CHECK, Role.SECTION})
"""Cells that say nothing of the row that they stand in."""
CODE_HEADS: Final = ("herkomst die geldt", "herkomst")
SORT_HEAD: Final = "bron of aanname"
DOCUMENT_HEAD: Final = "document"


@dataclass(frozen=True)
class Labels:
    """The labels of the cells of one workbook.

    Attributes:
        sheets: the cells.
    """

    sheets: Sheets

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
        known: dict[str, str] = {}
        for place, column in self.sheets[sheet]:
            if place == row:
                known.setdefault(self.head((sheet, row, column)).lower(), "")
                known[self.head((sheet, row, column)).lower()] = _shown(self.sheets[sheet][row, column])
        code = next((known[head] for head in CODE_HEADS if known.get(head)), "")
        sort, document = known.get(SORT_HEAD, ""), known.get(DOCUMENT_HEAD, "")
        named = f"{code} ({sort})" if code and sort else code or sort
        return f"{named}: {document}" if named and document else named


def _shown(cell: TracedCell) -> str:
    """A text, or a year; other numbers say nothing of a row."""
    if isinstance(cell.value, str):
        return cell.value
    if isinstance(cell.value, Fraction) and cell.fmt is Format.YEAR and cell.value:
        return str(cell.value)
    return ""
