"""Ranges that a formula adds, multiplies or compares cell by cell, as inside SUMPRODUCT; and what they come to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Context, Decimal, localcontext
from fractions import Fraction
from typing import Final

from finance.tables.engine.cells import CellFaultError
from finance.tables.engine.worth import Worth, operated

DIGITS: Final = 30
"""The digits of a root, which has no last one; a workbook keeps 15 to 17."""


@dataclass(frozen=True, slots=True)
class Array:
    """What each cell of a range comes to.

    Attributes:
        rows: how many rows it has.
        columns: how many columns it has.
        worths: what each cell comes to, row by row.
    """

    rows: int
    columns: int
    worths: Sequence[Worth]

    def at(self, row: int, column: int) -> Worth:
        """A cell, counted from 0; one row or column stands for all of them.

        Raises:
            CellFaultError: there is none.
        """
        row, column = row if self.rows > 1 else 0, column if self.columns > 1 else 0
        if row >= self.rows or column >= self.columns:
            raise CellFaultError("#N/B")
        return self.worths[row * self.columns + column]


def combined(operator: str, arrays: Sequence[Array]) -> Array:
    """What an operator makes of ranges, cell by cell.

    Args:
        operator: such as `*` or `<=`.
        arrays: its operands.

    Raises:
        CellFaultError: a cell comes to an error, or the ranges do not fit each other.
    """
    rows, columns = max(array.rows for array in arrays), max(array.columns for array in arrays)
    places = ((row, column) for row in range(rows) for column in range(columns))
    worths = [operated(operator, [array.at(*place) for array in arrays]) for place in places]
    return Array(rows, columns, worths)


def correlation(one: Sequence[Fraction], other: Sequence[Fraction]) -> Fraction | None:
    """The correlation of two rows of numbers, to 30 digits; None where one of them does not vary."""
    count = len(one)
    if not count:
        return None
    mean_one, mean_other = sum(one, Fraction(0)) / count, sum(other, Fraction(0)) / count
    above = sum(((a - mean_one) * (b - mean_other) for a, b in zip(one, other, strict=True)), Fraction(0))
    below = sum(((a - mean_one) ** 2 for a in one), Fraction(0))
    below *= sum(((b - mean_other) ** 2 for b in other), Fraction(0))
    if not below:
        return None
    with localcontext(Context(prec=DIGITS)):
        root = (Decimal(below.numerator) / Decimal(below.denominator)).sqrt()
        return Fraction(Decimal(above.numerator) / Decimal(above.denominator) / root)
