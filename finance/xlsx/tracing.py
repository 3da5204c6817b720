"""A workbook of the toolkit opened to follow its amounts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Final

from finance.findings import Finding, FindingsError, nearest
from finance.tables.engine.cells import At, Known, Sheets, TracedCell
from finance.tables.engine.explaining import Explainer
from finance.tables.grid import TablePlace, address
from finance.xlsx.archive import checked_bytes
from finance.xlsx.contents import Contents, Stored, read_contents
from finance.xlsx.deviations import cut
from finance.xlsx.labels import Labels
from finance.xlsx.seal import FIRST, SEAL_SHEET, Seal, SealedCell, read_seal
from finance.xlsx.sorts import Sort, refuse_other

if TYPE_CHECKING:
    from pathlib import Path

OTHER_CELL: Final = "Noem een cel met een bedrag of een ander getal."
OTHER_FILE: Final = "Noem een begroting.xlsx, tarief.xlsx of vergelijking.xlsx."
SAME: Final = 1e-9
"""How far apart, relatively, a number may be and still be the one that was written."""


@dataclass(frozen=True)
class Opened:
    """A workbook as it was written, beside what it holds now.

    Attributes:
        explainer: explains the cells as they were written.
        contents: what the file holds now.
        tables: where its tables stand; None for a workbook that does not say, as those of version 1.
    """

    explainer: Explainer
    contents: Contents
    tables: Sequence[TablePlace] | None

    @cached_property
    def labels(self) -> Labels:
        """What its cells are about."""
        return Labels(self.explainer.sheets, self.tables)

    def cell(self, sheet: str, row: int, column: int) -> At:
        """The place of a cell that has a trail.

        Raises:
            FindingsError: there is no such sheet, or the cell is empty or only a text.
        """
        sheets = self.explainer.sheets
        if sheet not in sheets:
            wat = f"De werkmap heeft geen blad '{sheet}'."
            raise FindingsError([Finding("", "", wat, nearest(sheet, list(sheets)))])
        at = (sheet, row, column)
        cell = self.explainer.cell(at)
        wat = ""
        if cell is None:
            wat = "Deze cel is leeg."
        elif not cell.formula and isinstance(cell.value, str) and cell.origin is None:
            wat = f"Deze cel is een vaste tekst ('{cut(cell.value)}') en rust dus nergens op."
        if wat:
            raise FindingsError([Finding(sheet, address(row, column), wat, OTHER_CELL)])
        return at

    def changed(self, at: At) -> tuple[bool, Stored]:
        """Whether a cell now shows something else than was written, and what."""
        sheet, row, column = at
        found = self.contents.sheets.get(sheet)
        stored = found.cells.get((row, column)) if found else None
        now = stored.value if stored else None
        was = self.explainer.explain(at).cell.value
        if isinstance(was, Fraction) and isinstance(now, int | float) and not isinstance(now, bool):
            return not math.isclose(now, was, rel_tol=SAME, abs_tol=SAME), now
        return (now or "") != (was or ""), now


def open_workbook(path: Path) -> Opened:
    """Open a workbook of the toolkit.

    Raises:
        FindingsError: the file is absent, damaged, or no workbook of the toolkit.
    """
    contents = read_contents(path.name, checked_bytes(path))
    refuse_other(path.name, contents.sheets, Sort.MADE)
    sheet = contents.sheets.get(SEAL_SHEET)
    if sheet is None:
        wat = f"'{path.name}' heeft geen zegel en is dus niet van deze toolkit, of het is weggehaald."
        raise FindingsError([Finding("", "", wat, OTHER_FILE)])
    seal = read_seal({at: cell.value for at, cell in sheet.cells.items()})
    tables = None if seal.version == FIRST else seal.sections.tabellen
    return Opened(Explainer(cells_of_seal(seal)), contents, tables)


def cells_of_seal(seal: Seal) -> Sheets:
    """The cells that a seal holds: those of the workbook as it was written."""
    return {name: {at: _of_seal(cell) for at, cell in cells.items()} for name, cells in seal.sheets.items()}


def _of_seal(cell: SealedCell) -> TracedCell:
    value: Known = cell.shown if isinstance(cell.shown, str) else _exact(cell)
    return TracedCell(value, cell.formula, cell.role, cell.fmt, cell.origin)


def _exact(cell: SealedCell) -> Fraction:
    """The exact number; a date is the number of its day."""
    try:
        return Fraction(cell.exact)
    except ValueError:
        return Fraction(cell.shown)
