"""How numbers are spread: exact statistics of a sample, without floats.

A percentile is one of the numbers themselves (the nearest rank), so that an amount stays an amount
that some draw came to.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, MutableSequence, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal, localcontext
from fractions import Fraction
from functools import cached_property
from math import ceil, floor, lcm
from typing import Final, Self

from finance.money import Exact

DIGITS: Final = 30
"""Digits of a correlation while it is computed."""


def nearest_rank(share: Fraction, count: int) -> int:
    """The rank, from 1, of the number at or below which a share of a sample lies.

    Example:
        >>> nearest_rank(Fraction(1, 10), 25), nearest_rank(Fraction(1, 2), 4)
        (3, 2)
    """
    return max(1, -int(-share * count // 1))


@dataclass(frozen=True)
class Sample:
    """Some numbers.

    Attributes:
        numbers: the numbers, in any order, as whole multiples of one unit.
        parts: how many of that unit make one.
    """

    numbers: Sequence[int]
    parts: int = 1

    @classmethod
    def of(cls, values: Iterable[Exact]) -> Self:
        """A sample of some numbers."""
        numbers = Numbers()
        for value in values:
            numbers.add(value)
        return cls(numbers.multiples, numbers.parts)

    @property
    def count(self) -> int:
        """How many numbers there are."""
        return len(self.numbers)

    @cached_property
    def _sorted(self) -> Sequence[int]:
        return _small(sorted(self.numbers))

    @property
    def lowest(self) -> Fraction:
        """The lowest number."""
        return self.ranked(1)

    @property
    def highest(self) -> Fraction:
        """The highest number."""
        return self.ranked_down(1)

    @property
    def varies(self) -> bool:
        """Whether there are two different numbers."""
        return self.count > 0 and self._sorted[0] != self._sorted[-1]

    def ranked(self, rank: int) -> Fraction:
        """The number of a rank, from 1, from low to high."""
        return Fraction(self._sorted[rank - 1], self.parts)

    def ranked_down(self, rank: int) -> Fraction:
        """The number of a rank, from 1, from high to low."""
        return Fraction(self._sorted[-rank], self.parts)

    @property
    def mean(self) -> Fraction:
        """The mean.

        Raises:
            ZeroDivisionError: there are no numbers.
        """
        return Fraction(sum(self.numbers), self.count * self.parts)

    def mean_where(self, other: Sample, low: Fraction, high: Fraction) -> Fraction:
        """The mean of the numbers whose neighbour in another sample lies in a range, ends included."""
        least, most = ceil(low * other.parts), floor(high * other.parts)
        pairs = zip(self.numbers, other.numbers, strict=True)
        return Sample([number for number, beside in pairs if least <= beside <= most], self.parts).mean

    def up_to(self, limit: Fraction) -> int:
        """How many numbers are at or below a limit."""
        return bisect_right(self._sorted, floor(limit * self.parts))

    @cached_property
    def scores(self) -> Sequence[int]:
        """For each number, how many are below it less how many are above it; equal numbers score alike."""
        return _small(
            bisect_left(self._sorted, number) - (self.count - bisect_right(self._sorted, number))
            for number in self.numbers
        )


class Numbers:
    """Numbers as they come in, kept small: whole multiples of one unit, in eight bytes where they fit."""

    def __init__(self) -> None:
        """Begin with none."""
        self.multiples: MutableSequence[int] = array("q")
        self.parts = 1

    def add(self, value: Exact) -> None:
        """Add a number; where it is no multiple of the unit, the unit becomes smaller."""
        exact = Fraction(value)
        finer = lcm(self.parts, exact.denominator)
        if finer != self.parts:
            factor = finer // self.parts
            self.multiples, self.parts = _small([number * factor for number in self.multiples]), finer
        number = exact.numerator * (self.parts // exact.denominator)
        try:
            self.multiples.append(number)
        except OverflowError:
            self.multiples = [*self.multiples, number]

    @property
    def sample(self) -> Sample:
        """The numbers so far."""
        return Sample(self.multiples, self.parts)


def _small(numbers: Iterable[int]) -> MutableSequence[int]:
    """Whole numbers in eight bytes each; as they are where one does not fit."""
    found = list(numbers)
    try:
        return array("q", found)
    except OverflowError:
        return found


def rank_correlation(one: Sample, other: Sample) -> Decimal | None:
    """Spearman's rank correlation, with ties at their mean rank; None where one of them does not vary.

    Formula: the correlation of the scores of both, which differ from ranks by a factor and a constant.
    """
    if not (one.varies and other.varies):
        return None
    # Scores add up to zero, so their products need no means.
    above = sum(a * b for a, b in zip(one.scores, other.scores, strict=True))
    below = sum(a * a for a in one.scores) * sum(b * b for b in other.scores)
    with localcontext(Context(prec=DIGITS)):
        return Decimal(above) / Decimal(below).sqrt()
