"""Money as integer cents, and the one rounding function of the toolkit."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Exact = int | Decimal | Fraction
"""A number without rounding error; floats live in `models` only."""

CENTS_PER_EURO: Final = 100


def round_half_away(value: Exact) -> int:
    """Round to a whole number; a tie goes away from zero (0.5 to 1, -0.5 to -1).

    Args:
        value: an exact number, in the unit of the result.

    Example:
        >>> round_half_away(Fraction(5, 2)), round_half_away(Fraction(-5, 2))
        (3, -3)
    """
    return _rounded_ratio(*value.as_integer_ratio())


def _rounded_ratio(numerator: int, denominator: int) -> int:
    # Whole numbers throughout: a Fraction would first be brought to lowest terms, at ten times the price.
    magnitude = (2 * abs(numerator) + denominator) // (2 * denominator)
    return magnitude if numerator >= 0 else -magnitude


def round_down(value: Exact) -> int:
    """Round a number that is not negative down to a whole number.

    Raises:
        ValueError: the value is negative, where "down" would be ambiguous.
    """
    fraction = Fraction(value)
    if fraction < 0:
        raise ValueError(f"cannot round a negative number down: {value}")
    return fraction.numerator // fraction.denominator


FINE: Final = 10_000
"""Parts of a cent: what is so near a whole cent is taken for it, as in a workbook."""


def round_down_nearly(value: Exact) -> int:
    """Round down, after rounding to a ten-thousandth: as a workbook can, and no cent less for a tiny error.

    Example:
        >>> round_down_nearly(Fraction(299_999, 100_000)), round_down_nearly(Fraction(299_994, 100_000))
        (3, 2)
    """
    return round_down(Fraction(round_half_away(value * FINE), FINE))


@dataclass(frozen=True, order=True, slots=True)
class Money:
    """An amount in whole eurocents.

    Money adds to money and multiplies by a number; money times money is an error.

    Attributes:
        cents: the amount, in eurocents.
    """

    cents: int

    @classmethod
    def from_cents(cls, cents: int) -> Money:
        """Make an amount of whole eurocents."""
        return cls(cents)

    @classmethod
    def from_euros(cls, euros: Exact | str) -> Money:
        """Make an amount of euros that has at most two decimals.

        Raises:
            ValueError: the amount has more than two decimals.

        Example:
            >>> Money.from_euros("7144869")
            Money(cents=714486900)
        """
        cents = Fraction(euros) * CENTS_PER_EURO
        if cents.denominator != 1:
            raise ValueError(f"more than two decimals: {euros}")
        return cls(cents.numerator)

    @classmethod
    def rounded(cls, euros: Exact) -> Money:
        """Round an exact number of euros half away from zero to the cent."""
        return cls(round_half_away(Fraction(euros) * CENTS_PER_EURO))

    @classmethod
    def total(cls, amounts: Iterable[Money]) -> Money:
        """Add up amounts; nothing adds up to zero."""
        return cls(sum(amount.cents for amount in amounts))

    @property
    def euros(self) -> Fraction:
        """The amount in euros, exactly."""
        return Fraction(self.cents, CENTS_PER_EURO)

    def times(self, factor: Exact) -> Money:
        """Multiply by a number, rounded half away from zero to the cent."""
        numerator, denominator = factor.as_integer_ratio()
        return Money(_rounded_ratio(numerator * self.cents, denominator))

    def share_down(self, share: Exact) -> Money:
        """Take a share of an amount, rounded down to the cent (as the caps of a grant are)."""
        return Money(round_down(Fraction(share) * self.cents))

    def share_up(self, share: Exact) -> Money:
        """Take a share of an amount, rounded up to the cent (as what must be reached is)."""
        exact = Fraction(share) * self.cents
        return Money(-(-exact.numerator // exact.denominator))

    def __add__(self, other: Money) -> Money:
        return Money(self.cents + other.cents)

    def __sub__(self, other: Money) -> Money:
        return Money(self.cents - other.cents)

    def __neg__(self) -> Money:
        return Money(-self.cents)

    def __mul__(self, other: object) -> Money:
        raise TypeError("say times() and so how to round; money times money has no meaning")

    def __str__(self) -> str:
        """The amount as a decimal string of euros, such as `1234.50`."""
        sign = "-" if self.cents < 0 else ""
        euros, cents = divmod(abs(self.cents), CENTS_PER_EURO)
        return f"{sign}{euros}.{cents:02d}"

    def dutch(self) -> str:
        """The amount as a Dutch reader writes it.

        Example:
            >>> Money.from_euros("7144869").dutch()
            'EUR 7.144.869,00'
        """
        sign = "-" if self.cents < 0 else ""
        euros, cents = divmod(abs(self.cents), CENTS_PER_EURO)
        return f"EUR {sign}{euros:,}".replace(",", ".") + f",{cents:02d}"


ZERO: Final = Money(0)


MILLIONTHS: Final = 6
"""Decimals of a share, in euros, before it is rounded down to the cent: as far as a workbook is sure of it."""


def apportioned(total: Money, weights: Sequence[Exact]) -> tuple[Money, ...]:
    """Divide an amount over weights, by largest remainder: the parts add up to the cent.

    Each part is its exact share, in millionths of a euro, rounded down to the cent; the cents that are left
    go to the largest remainders, and of equal remainders to the first. The step by millionths is what lets
    a workbook, which counts in floating point, come to the same parts.

    Args:
        total: what is divided, not below zero.
        weights: what it is divided by, none below zero.

    Raises:
        ValueError: the total or a weight is negative, or something is divided over nothing.

    Example:
        >>> [str(part) for part in apportioned(Money.from_euros(1), [1, 1, 1])]
        ['0.34', '0.33', '0.33']
    """
    if total.cents < 0 or any(weight < 0 for weight in weights):
        raise ValueError("cannot apportion a negative amount, or by a negative weight")
    together = sum((Fraction(weight) for weight in weights), Fraction(0))
    if together == 0:
        if total.cents:
            raise ValueError("nothing to apportion by")
        return tuple(Money(0) for _ in weights)
    fine = 10**MILLIONTHS // CENTS_PER_EURO
    shares = [round_half_away(total.cents * fine * Fraction(weight) / together) for weight in weights]
    parts = [share // fine for share in shares]
    left = total.cents - sum(parts)
    order = sorted(range(len(parts)), key=lambda at: (-(shares[at] % fine), at))
    for at in order[:left]:
        parts[at] += 1
    return tuple(Money(part) for part in parts)
