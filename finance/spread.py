"""How numbers are spread: exact statistics of a sample, without floats.

A percentile is one of the numbers themselves (the nearest rank), so that an amount stays an amount
that some draw came to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Context, Decimal, localcontext
from fractions import Fraction
from functools import cached_property
from itertools import accumulate
from typing import Final

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
        values: the numbers, in any order.
    """

    values: tuple[Fraction, ...]

    @cached_property
    def sorted(self) -> Sequence[Fraction]:
        """The numbers from low to high."""
        return sorted(self.values)

    @property
    def varies(self) -> bool:
        """Whether there are two different numbers."""
        return bool(self.values) and self.sorted[0] != self.sorted[-1]

    def ranked(self, rank: int) -> Fraction:
        """The number of a rank, from 1."""
        return self.sorted[rank - 1]

    @property
    def mean(self) -> Fraction:
        """The mean.

        Raises:
            ZeroDivisionError: there are no numbers.
        """
        return sum(self.values, Fraction(0)) / len(self.values)

    def mean_where(self, others: Sequence[Fraction], low: Fraction, high: Fraction) -> Fraction:
        """The mean of the numbers whose neighbour in another sample lies in a range, ends included."""
        chosen = [value for value, other in zip(self.values, others, strict=True) if low <= other <= high]
        return Sample(tuple(chosen)).mean

    def up_to(self, limit: Fraction) -> int:
        """How many numbers are at or below a limit."""
        return sum(value <= limit for value in self.values)

    @cached_property
    def scores(self) -> tuple[int, ...]:
        """For each number, how many are below it less how many are above it; equal numbers score alike."""
        counts = Counter(self.values)
        known = sorted(counts)
        below = dict(zip(known, accumulate((counts[value] for value in known), initial=0), strict=False))
        return tuple(
            below[value] - (len(self.values) - below[value] - counts[value]) for value in self.values
        )


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
