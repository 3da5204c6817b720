"""Small linear programs in exact fractions: no tolerance, no rounding, so that equal means equal.

For a handful of variables; the plans themselves are made by `models`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

ZERO: Final = Fraction(0)
ONE: Final = Fraction(1)
Terms = Mapping[int, Fraction]
"""Coefficients by the number of a variable."""


@dataclass(frozen=True)
class Constraint:
    """A sum of terms that equals an amount, or is at most it; all variables are zero or more.

    Attributes:
        terms: the coefficients.
        amount: the right-hand side.
        equal: whether the sum equals it.
    """

    terms: Terms
    amount: Fraction
    equal: bool = False


@dataclass(frozen=True)
class Solution:
    """An optimum.

    Attributes:
        value: what the goal comes to.
        values: what each variable is.
    """

    value: Fraction
    values: tuple[Fraction, ...]


class InfeasibleError(Exception):
    """No values meet the constraints. The programmer's fault."""


def largest(goal: Terms, constraints: Sequence[Constraint], count: int) -> Solution:
    """Maximise a sum of terms.

    Method: the simplex method in two phases, with the rule of Bland, which cannot cycle.

    Args:
        goal: the coefficients of what is maximised.
        constraints: what must hold.
        count: the number of variables.

    Raises:
        InfeasibleError: nothing meets the constraints.
        ValueError: the goal has no bound.
    """
    table = _Table(constraints, count)
    table.make_feasible()
    table.optimise([goal.get(at, ZERO) for at in range(count)])
    values = table.values()
    return Solution(sum((value * values[at] for at, value in goal.items()), ZERO), values)


class _Table:
    """The rows of a program, each solved for its basic variable."""

    def __init__(self, constraints: Sequence[Constraint], count: int) -> None:
        slacks = sum(not row.equal for row in constraints)
        self._count = count
        self._real = count + slacks
        self._width = self._real + len(constraints)
        self._rows: list[list[Fraction]] = []
        self._basis: list[int] = []
        slack = count
        for number, row in enumerate(constraints):
            line = [row.terms.get(at, ZERO) for at in range(count)] + [ZERO] * (self._width - count + 1)
            line[-1] = row.amount
            if not row.equal:
                line[slack] = ONE
                slack += 1
            if line[-1] < 0:
                line = [-value for value in line]
            line[self._real + number] = ONE
            self._rows.append(line)
            self._basis.append(self._real + number)

    def make_feasible(self) -> None:
        """Drive out the artificial variables."""
        self.optimise([ZERO] * self._real + [-ONE] * len(self._rows), self._width)
        if any(row[-1] != 0 for row, at in zip(self._rows, self._basis, strict=True) if at >= self._real):
            raise InfeasibleError("no values meet the constraints")
        for number, at in enumerate(self._basis):
            if at >= self._real:
                column = next((c for c in range(self._real) if self._rows[number][c] != 0), None)
                if column is not None:
                    self._pivot(number, column)

    def optimise(self, goal: Sequence[Fraction], width: int | None = None) -> None:
        """Exchange variables until no exchange makes the goal larger."""
        width = width or self._real
        full = [*goal, *[ZERO] * (self._width - len(goal))]
        while True:
            column = next((c for c in range(width) if c not in self._basis and self._gain(full, c) > 0), None)
            if column is None:
                return
            ratios = [
                (row[-1] / row[column], self._basis[number], number)
                for number, row in enumerate(self._rows)
                if row[column] > 0
            ]
            if not ratios:
                raise ValueError("the goal has no bound")
            self._pivot(min(ratios)[2], column)

    def _gain(self, goal: Sequence[Fraction], column: int) -> Fraction:
        """How much the goal grows with one unit of a variable that is zero now."""
        held = (goal[at] * row[column] for row, at in zip(self._rows, self._basis, strict=True) if goal[at])
        return goal[column] - sum(held, ZERO)

    def _pivot(self, number: int, column: int) -> None:
        pivot = self._rows[number][column]
        line = [value / pivot for value in self._rows[number]]
        self._rows[number] = line
        for other, row in enumerate(self._rows):
            factor = row[column]
            if other != number and factor:
                self._rows[other] = [
                    value - factor * mine if mine else value for value, mine in zip(row, line, strict=True)
                ]
        self._basis[number] = column

    def values(self) -> tuple[Fraction, ...]:
        """What each variable is."""
        found = [ZERO] * self._count
        for row, at in zip(self._rows, self._basis, strict=True):
            if at < self._count:
                found[at] = row[-1]
        return tuple(found)


def fairest(shares: Sequence[Terms], constraints: Sequence[Constraint], count: int) -> tuple[Fraction, ...]:
    """Values at which the smallest share is as large as can be, then the next smallest, and so on.

    Such shares are unique, whatever the order in which they or the variables are named.

    Args:
        shares: the sums of terms that should be as equal as can be.
        constraints: what must hold.
        count: the number of variables.

    Returns:
        What each variable is.
    """
    held: dict[int, Fraction] = {}
    solution = largest({}, constraints, count)
    while len(held) < len(shares):
        open_ones = [number for number in range(len(shares)) if number not in held]
        least = largest({count: ONE}, [*constraints, *_above(shares, held, open_ones, count)], count + 1).value
        floors = [*constraints, *_above(shares, {**held, **dict.fromkeys(open_ones, least)}, (), count)]
        for number in open_ones:
            solution = largest(shares[number], floors, count)
            if solution.value == least:
                held[number] = least
    return largest({}, [*constraints, *_above(shares, held, (), count)], count).values if shares else solution.values


def _above(
    shares: Sequence[Terms], held: Mapping[int, Fraction], together: Iterable[int], extra: int
) -> list[Constraint]:
    """Each share is no less than what it is held at; those together no less than the extra variable."""
    fixed = [Constraint(_negative(shares[number]), -least) for number, least in held.items()]
    return [*fixed, *(Constraint({**_negative(shares[number]), extra: ONE}, ZERO) for number in together)]


def _negative(terms: Terms) -> dict[int, Fraction]:
    return {at: -value for at, value in terms.items()}
