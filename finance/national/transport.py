"""What landsdelen with free places can take over from those that fall short, in one year: a transport problem.

In this order: as many young people as possible get a place; where there are fewer places than young people, each
landsdeel that falls short gets the same share; then as few borders as possible are crossed; then what is still equal
is divided alike: each landsdeel that gives fills the same share of what it has free, and each pair of two takes its
share of what the one gives and the other gets. All of it in exact fractions; the order of names decides nothing.

    x[i,j] >= 0     young people of j on places of i, in place-years
    sum over j of x[i,j] <= free[i]
    sum over i of x[i,j]  = short[j] x min(1, sum of free / sum of short)
    least sum of steps[i,j] x[i,j]

That no division crosses fewer borders is shown by a price of a place for each landsdeel: price[j] <= price[i] +
steps[i,j], equal where x[i,j] > 0; price[i] >= 0, and 0 where places stay free.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Final

from finance.national.linear import ONE, ZERO, Constraint, Terms, fairest, largest

Pair = tuple[str, str]
"""The landsdeel that gives places, and the one whose young people take them."""
SOURCE: Final = ""
"""What stands for the place from which prices are counted."""


@dataclass(frozen=True)
class Transport:
    """Free places and shortages of one year.

    Attributes:
        free: free places of each landsdeel that has any, in place-years.
        short: young people without a place of each landsdeel that has any.
        steps: the borders between two landsdelen.
    """

    free: Mapping[str, Fraction]
    short: Mapping[str, Fraction]
    steps: Mapping[Pair, int]

    def __post_init__(self) -> None:
        both = set(self.free) & set(self.short)
        if both or any(number <= 0 for number in (*self.free.values(), *self.short.values())):
            raise ValueError("a landsdeel has either free places or a shortage, above zero")

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """Every landsdeel that can give with every one that can get."""
        return tuple((giver, taker) for giver in self.free for taker in self.short)

    @property
    def total(self) -> Fraction:
        """How many young people can get a place."""
        return min(sum(self.free.values(), ZERO), sum(self.short.values(), ZERO))

    @cached_property
    def taken(self) -> Mapping[str, Fraction]:
        """How many young people of each landsdeel get a place elsewhere: the same share of each shortage."""
        needed = sum(self.short.values(), ZERO)
        return {name: number * self.total / needed for name, number in self.short.items()}

    @cached_property
    def fewest(self) -> Fraction:
        """The fewest borders that are crossed, counted for each young person."""
        return -largest({at: -Fraction(self.steps[pair]) for at, pair in enumerate(self.pairs)}, *self._program).value

    @property
    def _program(self) -> tuple[list[Constraint], int]:
        limits = [Constraint(self._of_giver(name), free) for name, free in self.free.items()]
        return [*limits, *self._received], len(self.pairs)

    @property
    def _received(self) -> list[Constraint]:
        return [
            Constraint({at: ONE for at, (_, taker) in enumerate(self.pairs) if taker == name}, number, equal=True)
            for name, number in self.taken.items()
        ]

    @property
    def _nearest(self) -> Constraint:
        terms = {at: Fraction(self.steps[pair]) for at, pair in enumerate(self.pairs)}
        return Constraint(terms, self.fewest, equal=True)

    def _of_giver(self, name: str) -> Terms:
        return {at: ONE for at, (giver, _) in enumerate(self.pairs) if giver == name}

    @cached_property
    def given(self) -> Mapping[str, Fraction]:
        """How many places each landsdeel gives: as equal a share of what it has free as the fewest borders allow."""
        rows, count = self._program
        left = [dict.fromkeys(self._of_giver(name), -ONE / free) for name, free in self.free.items()]
        values = fairest(_shifted(left, count), [*rows, self._nearest, *_unit(count)], count + 1)
        return {name: sum((values[at] for at in self._of_giver(name)), ZERO) for name in self.free}

    @cached_property
    def flows(self) -> Mapping[Pair, Fraction]:
        """Young people of one landsdeel on places of another, in place-years; pairs without any are left out."""
        if not self.pairs:
            return {}
        given = [Constraint(self._of_giver(name), number, equal=True) for name, number in self.given.items()]
        shares = [
            {at: ONE / (self.given[giver] * self.taken[taker])}
            for at, (giver, taker) in enumerate(self.pairs)
            if self.given[giver]
        ]
        values = fairest(shares, [*given, *self._received, self._nearest], len(self.pairs))
        return {pair: value for pair, value in zip(self.pairs, values, strict=True) if value}

    @cached_property
    def prices(self) -> Mapping[str, int]:
        """A price of a place for each landsdeel, in borders, that shows that no division crosses fewer.

        Raises:
            ValueError: there is a division that crosses fewer (the programmer's fault).
        """
        found = dict.fromkeys((SOURCE, *self.free, *self.short), 0)
        for _ in range(len(found)):
            changed = False
            for low, high, most in self._bounds():
                if found[low] + most < found[high]:
                    found[high] = found[low] + most
                    changed = True
            if not changed:
                return {name: price - found[SOURCE] for name, price in found.items() if name != SOURCE}
        raise ValueError("these flows do not cross the fewest borders")

    def _bounds(self) -> Iterator[tuple[str, str, int]]:
        """The price of the second is at most that of the first and a number of borders."""
        for giver, taker in self.pairs:
            yield giver, taker, self.steps[giver, taker]
            if (giver, taker) in self.flows:
                yield taker, giver, -self.steps[giver, taker]
        for name, free in self.free.items():
            yield name, SOURCE, 0
            if self.given[name] < free:
                yield SOURCE, name, 0


def _shifted(shares: Iterable[Terms], one: int) -> list[Terms]:
    """The same shares counted from one downwards: what is left of a whole."""
    return [{**share, one: ONE} for share in shares]


def _unit(one: int) -> list[Constraint]:
    """A variable that is one."""
    return [Constraint({one: ONE}, ONE, equal=True)]
