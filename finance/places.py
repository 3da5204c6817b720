"""The grid on which numbers of places lie.

A need, the most places that can be used, used places and who uses them are whole multiples of one
billionth of a place. All of them are rounded alike, so that sums of them hold exactly, and nobody is a
billionth of a place short because one of them has more decimals than another.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from finance.money import Exact, round_half_away

DECIMALS: Final = 9
"""Decimals of a number of places, as many as a result and the workbook show."""
GRID: Final = 10**DECIMALS
"""How many steps of the grid make one place."""


def steps(value: Exact) -> int:
    """A number of places in steps of the grid, rounded half away from zero."""
    return round_half_away(Fraction(value) * GRID)


def on_grid(value: Exact) -> Fraction:
    """A number of places on the grid, rounded half away from zero.

    Example:
        >>> on_grid(Fraction(10, 3)) == Fraction("3.333333333")
        True
    """
    return Fraction(steps(value), GRID)
