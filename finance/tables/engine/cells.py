"""The cells of a workbook as formulas read them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from finance.money import Money
from finance.tables.grid import Book, Cell, Format, Origin, Role, Value, serial

At = tuple[str, int, int]
"""Sheet, row and column of a cell; row and column count from 1."""
Known = Fraction | str | None
"""What a cell holds: an exact number (an amount in euros), a text, or nothing."""


class CellFaultError(ValueError):
    """A part of a formula comes to an error such as #N/B; IFERROR catches it."""


@dataclass(frozen=True, slots=True)
class TracedCell:
    """One cell.

    Attributes:
        value: what it holds.
        formula: its formula without `=`; empty for a pasted value.
        role: what it is.
        fmt: how the value is shown.
        origin: where a pasted value comes from; None where that was not said.
    """

    value: Known
    formula: str
    role: Role
    fmt: Format
    origin: Origin | None


Sheets = Mapping[str, Mapping[tuple[int, int], TracedCell]]
"""The cells of each sheet that are not empty, by row and column."""


def cells_of_book(book: Book) -> Sheets:
    """The cells of a book."""
    return {sheet.naam: traced_cells(sheet.cells) for sheet in book.sheets}


def traced_cells(cells: Mapping[tuple[int, int], Cell]) -> Mapping[tuple[int, int], TracedCell]:
    """The cells of a sheet that are not empty."""
    return {at: _of_book(cell) for at, cell in cells.items() if _is_filled(cell)}


def _is_filled(cell: Cell) -> bool:
    return bool(cell.formula) or cell.value not in (None, "")


def _of_book(cell: Cell) -> TracedCell:
    return TracedCell(_known(cell.value), cell.formula, cell.role, cell.fmt, cell.origin)


def _known(value: Value) -> Known:
    match value:
        case None | str():
            return value
        case Money():
            return value.euros
        case date():
            return Fraction(serial(value))
        case _:
            return Fraction(value)
