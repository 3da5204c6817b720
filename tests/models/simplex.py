"""A small exact simplex: linear goals one after another, in fractions, for the brute force.

Nothing here rounds and nothing has a tolerance, so that "equal" means equal. The program must be
feasible at zero: minimise over x >= 0 with A x <= b and b >= 0.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

Terms = Mapping[Hashable, Fraction]
"""Coefficients by the name of a variable."""


@dataclass(frozen=True)
class Row:
    """A constraint: the sum of the terms is at most `most`, which is not negative."""

    terms: Terms
    most: Fraction


@dataclass(frozen=True)
class Goal:
    """A sum of terms and a constant, to minimise."""

    terms: Terms
    constant: Fraction = Fraction(0)


class Dictionary:
    """The basic variables written out in the others: basic = constant + sum of coefficient x other.

    All variables are numbered; Bland's rule (the lowest number enters and leaves) cannot cycle.
    """

    def __init__(self, rows: Sequence[Row]) -> None:
        """Start at zero, where every slack is basic.

        Raises:
            ValueError: zero is not feasible.
        """
        if any(row.most < 0 for row in rows):
            raise ValueError("the program is not feasible at zero")
        self._number: dict[Hashable, int] = {}
        self._next = 0
        self._rows: dict[int, dict[int, Fraction]] = {}
        self._constants: dict[int, Fraction] = {}
        for row in rows:
            for name in row.terms:
                self._number.setdefault(name, len(self._number))
        self._next = len(self._number)
        self._fixed: set[int] = set()
        for row in rows:
            terms = {self._number[name]: value for name, value in row.terms.items()}
            self._add({at: -value for at, value in terms.items() if value}, row.most)

    def _add(self, terms: dict[int, Fraction], constant: Fraction) -> None:
        self._rows[self._next], self._constants[self._next] = terms, constant
        self._next += 1

    def minimise(self, goal: Goal) -> Fraction:
        """Pivot to an optimum of a goal and return its value.

        Raises:
            ValueError: the goal has no lowest value.
        """
        prices, value = self._in_others(goal)
        while (entering := min((at for at, price in prices.items() if price < 0), default=None)) is not None:
            leaving = self._leaving(entering)
            self._pivot(entering, leaving)
            value += self._substitute(prices, leaving_row=entering)
        return value

    def _in_others(self, goal: Goal) -> tuple[dict[int, Fraction], Fraction]:
        """A goal written in the variables that are not basic."""
        prices: dict[int, Fraction] = {}
        value = goal.constant
        for name, coefficient in goal.terms.items():
            at = self._number.get(name)
            if at is None:
                raise ValueError(f"no row bounds {name}")
            if at in self._rows:
                value += coefficient * self._constants[at]
                _add_to(prices, self._rows[at], coefficient)
            elif at not in self._fixed:
                _add_to(prices, {at: Fraction(1)}, coefficient)
        return prices, value

    def _leaving(self, entering: int) -> int:
        """The basic variable that reaches zero first."""
        steps = [
            (-self._constants[at] / row[entering], at) for at, row in self._rows.items() if row.get(entering, 0) < 0
        ]
        if not steps:
            raise ValueError("the goal has no lowest value")
        return min(steps)[1]

    def _pivot(self, entering: int, leaving: int) -> None:
        """Swap a basic variable and another one."""
        row, constant = self._rows.pop(leaving), self._constants.pop(leaving)
        share = row.pop(entering)
        solved = {at: -value / share for at, value in row.items()} | {leaving: 1 / share}
        for at, other in self._rows.items():
            factor = other.pop(entering, None)
            if factor is not None:
                self._constants[at] -= factor * constant / share
                _add_to(other, solved, factor)
        self._rows[entering], self._constants[entering] = solved, -constant / share

    def _substitute(self, prices: dict[int, Fraction], leaving_row: int) -> Fraction:
        """Write a goal without a variable that became basic; returns what its value changes."""
        factor = prices.pop(leaving_row)
        _add_to(prices, self._rows[leaving_row], factor)
        return factor * self._constants[leaving_row]

    def hold(self, goal: Goal) -> None:
        """Keep a goal that was just minimised at its optimum: what has a price stays at zero."""
        prices, _ = self._in_others(goal)
        priced = {at for at, price in prices.items() if price > 0}
        self._fixed |= priced
        for row in self._rows.values():
            for at in priced & row.keys():
                del row[at]

    def hold_within(self, goal: Goal, most: Fraction) -> None:
        """Keep a goal at or below a value that it has now."""
        prices, value = self._in_others(goal)
        if value > most:
            raise ValueError("the goal is above what it is held at")
        self._add({at: -price for at, price in prices.items()}, most - value)

    def value(self, name: Hashable) -> Fraction:
        """The value of a variable now."""
        return self._constants.get(self._number[name], Fraction(0))


def _add_to(terms: dict[int, Fraction], others: Mapping[int, Fraction], factor: Fraction) -> None:
    for at, value in others.items():
        total = terms.get(at, 0) + factor * value
        if total:
            terms[at] = total
        else:
            terms.pop(at, None)
