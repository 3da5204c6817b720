"""What a row of `onzekerheid` can draw from: its distributions, and how their parameters are written.

A distribution gives the value below which a share of its draws lies. It is decimal arithmetic with a
fixed number of digits, so that every machine draws the same values.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal, localcontext
from fractions import Fraction
from statistics import NormalDist
from typing import Final

from finance.case.cells import LARGEST_AMOUNT, CellError
from finance.case.numerals import AmbiguousError, NumeralError, number_of
from finance.case.table import quoted, shown

SEPARATOR: Final = ";"
DIGITS: Final = 34
"""Digits of the arithmetic; a drawn value keeps far fewer."""

_LIKE_A_NUMBER: Final = re.compile(r"[+-]?\d[\d.,]*")
"""What stands in a list for a number, and not for a word."""

Drawn = Decimal | str
"""A drawn value: a number, or a word of a list."""


@dataclass(frozen=True, slots=True)
class Distribution:
    """A distribution with its parameters.

    Attributes:
        naam: one of SHAPES.
        parameters: its parameters in order; for a list its values.
    """

    naam: str
    parameters: tuple[Drawn, ...]

    @property
    def is_number(self) -> bool:
        """Whether every value that it can give is a number."""
        return all(isinstance(value, Decimal) for value in self.parameters)

    def at(self, share: Fraction) -> Drawn:
        """The value below which a share of the draws lies.

        Args:
            share: above 0 and below 1.

        Example:
            >>> Distribution("uniform", (Decimal(0), Decimal(8))).at(Fraction(1, 4))
            Decimal('2')
        """
        if self.naam == LIST:
            return self.parameters[int(share * len(self.parameters))]
        with localcontext(Context(prec=DIGITS)):
            numbers = tuple(Decimal(value) for value in self.parameters)
            return +SHAPES[self.naam].quantile(numbers, share)


@dataclass(frozen=True, slots=True)
class Shape:
    """A sort of distribution whose values are numbers.

    Attributes:
        parameters: the names of its parameters, in the order in which they are written.
        fault: says what is wrong with parameters and what to do; None where nothing is.
        quantile: the value below which a share of the draws lies.
    """

    parameters: tuple[str, ...]
    fault: Callable[[Sequence[Decimal]], tuple[str, str] | None]
    quantile: Callable[[Sequence[Decimal], Fraction], Decimal]


def read_distribution(naam: str, parameters: str) -> Distribution:
    """Read the parameters of a distribution, as a row has them.

    Args:
        naam: one of SHAPES, or LIST.
        parameters: numbers (or, for a list, words) with `;` between.

    Raises:
        CellError: they cannot be read.

    Example:
        >>> read_distribution("uniform", "0,9; 1,1").parameters
        (Decimal('0.9'), Decimal('1.1'))
    """
    parts = [part.strip() for part in parameters.split(SEPARATOR) if part.strip()]
    if naam == LIST:
        return Distribution(naam, _listed(parts))
    shape = SHAPES[naam]
    form = f"Schrijf: {f'{SEPARATOR} '.join(shape.parameters)}."
    if len(parts) != len(shape.parameters):
        there = "staat er 1" if len(parts) == 1 else f"staan er {len(parts)}"
        needed = len(shape.parameters)
        raise CellError(f"Een verdeling {naam} heeft {needed} parameters, en hier {there}.", form)
    numbers = tuple(_number(part, form) for part in parts)
    fault = shape.fault(numbers)
    if fault:
        raise CellError(*fault)
    return Distribution(naam, numbers)


def _listed(parts: Sequence[str]) -> tuple[Drawn, ...]:
    values = tuple(_number(part, "Schrijf hele waarden.") if _LIKE_A_NUMBER.fullmatch(part) else part for part in parts)
    if len(set(values)) < 2:  # noqa: PLR2004 - one value leaves nothing to draw
        raise CellError(
            "Een lijst heeft minstens twee verschillende waarden nodig.",
            f"Zet er {SEPARATOR} tussen; een waarde die vaker voorkomt, wordt vaker getrokken.",
        )
    return values


def _number(text: str, form: str) -> Decimal:
    try:
        number = number_of(text)
    except AmbiguousError as two:
        either = [two.whole] if two.broken is None else [two.whole, two.broken]
        raise CellError(
            f"{quoted(text)} kan twee getallen betekenen.", f"Schrijf {' of '.join(map(shown, either))}."
        ) from two
    except NumeralError as fault:
        raise CellError(
            f"{quoted(text)} is geen getal.", f"{form} Een percentage is een breuk: 15% is 0,15."
        ) from fault
    if abs(number) >= LARGEST_AMOUNT:
        raise CellError("Het getal is een biljoen of meer.", "Controleer het aantal cijfers.")
    return number


def _decimal(share: Fraction) -> Decimal:
    return Decimal(share.numerator) / Decimal(share.denominator)


def _uniform_fault(numbers: Sequence[Decimal]) -> tuple[str, str] | None:
    low, high = numbers
    if low < high:
        return None
    wat = f"De laagste ({shown(low)}) is niet lager dan de hoogste ({shown(high)})."
    return wat, "Verander een van beide."


def _uniform(numbers: Sequence[Decimal], share: Fraction) -> Decimal:
    """Formula: a + u (b - a)."""
    low, high = numbers
    return low + _decimal(share) * (high - low)


def _triangle_fault(numbers: Sequence[Decimal]) -> tuple[str, str] | None:
    low, mode, high = numbers
    if low <= mode <= high and low < high:
        return None
    return (
        f"{shown(low)}, {shown(mode)} en {shown(high)} staan niet van laag naar hoog.",
        "Schrijf: laagste; meest waarschijnlijke; hoogste.",
    )


def _triangle(numbers: Sequence[Decimal], share: Fraction) -> Decimal:
    """The inverse of the triangular distribution on a, c, b.

    Formula: a + sqrt(u (b - a)(c - a)) up to c, and b - sqrt((1 - u)(b - a)(b - c)) from there.
    """
    low, mode, high = numbers
    u = _decimal(share)
    if u * (high - low) <= mode - low:
        return low + (u * (high - low) * (mode - low)).sqrt()
    return high - ((1 - u) * (high - low) * (high - mode)).sqrt()


def _normal_fault(numbers: Sequence[Decimal]) -> tuple[str, str] | None:
    if numbers[1] > 0:
        return None
    return f"De standaardafwijking is {shown(numbers[1])}.", "Schrijf een getal boven 0."


def _normal(numbers: Sequence[Decimal], share: Fraction) -> Decimal:
    mean, deviation = numbers
    return mean + deviation * standard_normal(share)


def standard_normal(share: Fraction) -> Decimal:
    """The value below which a share of the standard normal distribution lies, in 15 digits.

    It is worked out in the lower half and mirrored from there, where a share close to 1 would lose its digits.

    Args:
        share: above 0 and below 1.

    Example:
        >>> standard_normal(Fraction(1, 2)), standard_normal(Fraction(975, 1000))
        (Decimal('0'), Decimal('1.95996398454005'))
    """
    if 2 * share > 1:
        return -standard_normal(1 - share)
    # What the libraries of two machines differ in lies beyond these digits.
    return Decimal(f"{NormalDist().inv_cdf(float(share)):.15g}")


LIST: Final = "lijst"
SHAPES: Final[Mapping[str, Shape]] = {
    "normaal": Shape(("gemiddelde", "standaardafwijking"), _normal_fault, _normal),
    "driehoek": Shape(("laagste", "meest waarschijnlijke", "hoogste"), _triangle_fault, _triangle),
    "uniform": Shape(("laagste", "hoogste"), _uniform_fault, _uniform),
}
DISTRIBUTIONS: Final = (*SHAPES, LIST)
"""The words of the column verdeling."""
