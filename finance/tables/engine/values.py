"""What operators and functions make of values: how a workbook reads a text, an empty cell and a truth value."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction

from finance.tables.engine.cells import CellFaultError, Known
from finance.tables.engine.criteria import COMPARED, plain

Value = Known | bool
"""What a part of a formula comes to."""


def number(value: Value) -> Fraction:
    """The number that a value is; an empty cell counts as 0.

    Raises:
        CellFaultError: it is a text.
    """
    if isinstance(value, Fraction):
        return value
    if isinstance(value, str):
        raise CellFaultError("#WAARDE!")
    return Fraction(value or 0)


def total_of(numbers: Iterable[Fraction]) -> Fraction:
    """The exact sum of numbers: those of one denominator are added as whole numbers, which is much faster."""
    added: dict[int, int] = {}
    for one in numbers:
        added[one.denominator] = added.get(one.denominator, 0) + one.numerator
    return sum((Fraction(over, under) for under, over in added.items()), Fraction(0))


def divided(left: Value, right: Value) -> Fraction:
    """A quotient.

    Raises:
        CellFaultError: it is one by nothing.
    """
    by = number(right)
    if not by:
        raise CellFaultError("#DEEL/0!")
    return number(left) / by


def power(base: Value, exponent: Value) -> Fraction:
    """A power; exact where the exponent is whole."""
    one, other = number(base), number(exponent)
    if other.denominator == 1:
        return Fraction(one**other.numerator)
    return Fraction(float(one) ** float(other))


def rounded(value: Value, digits: Value, whole_of: Callable[[int, int], int]) -> Fraction:
    """A number with so many decimals.

    Args:
        value: the number.
        digits: how many decimals; below zero for tens and more.
        whole_of: the whole number for a fraction of two whole numbers, not below zero.
    """
    size, places = number(value), int(number(digits))
    up, down = 10 ** max(places, 0), 10 ** max(-places, 0)
    whole = whole_of(abs(size.numerator) * up, size.denominator * down)
    return Fraction((whole if size >= 0 else -whole) * down, up)


def half_up(over: int, under: int) -> int:
    """The nearest whole number; a half goes up."""
    return (2 * over + under) // (2 * under)


def compared(sign: str, left: Value, right: Value) -> bool:
    """Whether two values compare as a sign such as `<=` says; a text comes after every number."""
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return COMPARED[sign](left, right)
    one, other = _beside(left, right), _beside(right, left)
    if isinstance(one, str) != isinstance(other, str):
        one, other = Fraction(isinstance(one, str)), Fraction(isinstance(other, str))
    if isinstance(one, str) and isinstance(other, str):
        first, second = plain(one), plain(other)
        one, other = Fraction(first > second), Fraction(first < second)  # type: ignore[operator]
    return COMPARED[sign](Fraction(one), Fraction(other))


def _beside(value: Value, other: Value) -> Fraction | str:
    """A value to compare; an empty cell is 0 beside a number and no text beside a text."""
    if value is None:
        return "" if isinstance(other, str) else Fraction(0)
    return value if isinstance(value, str) else Fraction(value)


def text(value: Value) -> str:
    """A value as a part of a text."""
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "TRUE" if value else "FALSE"
        case _ if value.denominator == 1:
            return str(value.numerator)
        case _:
            return repr(float(value))
