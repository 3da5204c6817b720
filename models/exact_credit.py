"""What is owed on credits, in whole cents, for the rounding of payments.

The model grows a debt by exact interest; a bank rounds it to the cent, each year. So beside the cents of the
payments the rounding decides by how many cents each debt and each interest moves from what the payments,
rounded down, come to. That the interest is the one that rounds half away from zero are two rows in whole
numbers: with rente = a / b and a debt of D cents at the start of the year, the interest I is the one whole
number with 2 a D - b < 2 b I <= 2 a D + b. A year's interest is known once the payments of the years before
are, and a whole debt is paid back at the end: all years are decided together, so that a cent that a later
year lacks is not borrowed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from finance.case.credit import interest
from finance.money import Money
from models.compiled import Vector
from models.program import CENTS_PER_UNIT, CreditMoney, Program

Row = tuple[float, dict[int, float], float]
"""Lower bound, coefficients by column, upper bound; in cents."""
FAR = float("inf")


@dataclass(frozen=True)
class Debt:
    """A credit in one year, at payments that are rounded down.

    Attributes:
        money: the credit and the year.
        rate: the exact rate of interest.
        begin: cents that are owed at the start.
        interest: cents of interest.
        repaid: cents that are paid back.
        end: cents that are owed at the end; below zero where too little was drawn.
        paying: the columns of what is paid back, and of what of it stays unpaid.
    """

    money: CreditMoney
    rate: Fraction
    begin: int
    interest: int
    repaid: int
    end: int
    paying: tuple[int, ...]

    @property
    def limit(self) -> int:
        """Cents that may be owed at the end."""
        return 0 if self.money.last else round(self.money.limit * CENTS_PER_UNIT)


def debts_of(program: Program, base: Sequence[int], gaps: Sequence[int]) -> tuple[Debt, ...]:
    """What is owed on each credit, year by year, at some payments.

    Args:
        program: the program, line by line.
        base: cents per pair.
        gaps: cents per line that nobody pays.
    """
    found: list[Debt] = []
    for money in program.credits:
        source = program.case.source[money.bron]
        begin = found[money.before].end if money.before >= 0 else round(money.owed * CENTS_PER_UNIT)
        grown = interest(source, Money(begin)).cents
        pairs = program.pairs_of_line[money.line] if money.line >= 0 else ()
        repaid = sum(base[p] for p in pairs) + (gaps[money.line] if money.line >= 0 else 0)
        end = begin + grown + sum(base[p] for p in money.drawn) - repaid
        paying = (*pairs, len(base) + money.line) if money.line >= 0 else ()
        found.append(Debt(money, Fraction(source.rente or 0), begin, grown, repaid, end, paying))
    return tuple(found)


def sound(debts: Sequence[Debt]) -> bool:
    """Whether no debt passes its limit or falls below zero, and nothing is paid back too early."""
    return all(0 <= row.end <= row.limit and row.repaid <= row.begin + row.interest for row in debts)


@dataclass(frozen=True)
class DebtColumns:
    """The columns of debts in the rounding, behind those of payments and gaps.

    Attributes:
        debts: what is owed at payments that are rounded down.
        first: the number of the first column: each debt has one for its end, and one for its interest.
        paying: the payments whose cents hang on debts; behind those each has a column for how far it moves.
    """

    debts: tuple[Debt, ...]
    first: int
    paying: tuple[int, ...] = ()

    @property
    def width(self) -> int:
        """How many columns there are."""
        return 2 * len(self.debts) + len(self.paying)

    @property
    def moves(self) -> tuple[int, ...]:
        """The columns of how far payments move, up or down."""
        return tuple(self.first + 2 * len(self.debts) + number for number in range(len(self.paying)))

    @property
    def drawn(self) -> tuple[int, ...]:
        """The columns of what credits pay."""
        return tuple(p for row in self.debts for p in row.money.drawn)

    def counting(self, columns: Sequence[int]) -> Vector:
        """The coefficients that count some columns."""
        found = np.zeros(self.first + self.width)
        found[list(columns)] = 1.0
        return found

    @property
    def interests(self) -> tuple[int, ...]:
        """The columns of the interest of each debt."""
        return tuple(self.first + 2 * number + 1 for number in range(len(self.debts)))

    @property
    def bounds(self) -> Iterator[tuple[float, float]]:
        """How far each column may go: a debt from zero to its limit, interest and moves as their rows say."""
        for row in self.debts:
            yield float(-row.end), float(row.limit - row.end)
            yield (-FAR, FAR) if row.money.before >= 0 else (0.0, 0.0)
        for _ in self.paying:
            yield 0.0, FAR

    @property
    def rows(self) -> Iterator[Row]:
        """C13 of the moves, and the rounding of the interest."""
        for number, row in enumerate(self.debts):
            end, grown = self.first + 2 * number, self.first + 2 * number + 1
            before = {} if row.money.before < 0 else {self.first + 2 * row.money.before: -1.0}
            paid = dict.fromkeys(row.paying, 1.0)
            moved = {end: 1.0, grown: -1.0, **before, **dict.fromkeys(row.money.drawn, -1.0), **paid}
            yield 0.0, moved, 0.0
            if paid:
                yield -FAR, {**paid, grown: -1.0, **before}, float(row.begin + row.interest - row.repaid)
            if before:
                yield self._rounded(row, grown)
        for pair, move in zip(self.paying, self.moves, strict=True):
            yield 0.0, {move: 1.0, pair: -1.0}, FAR
            yield 0.0, {move: 1.0, pair: 1.0}, FAR

    def _rounded(self, row: Debt, grown: int) -> Row:
        """The interest that a debt has when it is rounded half away from zero."""
        part, whole = 2 * row.rate.numerator, 2 * row.rate.denominator
        room = part * row.begin - whole * row.interest
        half = row.rate.denominator
        owed = self.first + 2 * row.money.before
        return float(room - half + 1), {grown: float(whole), owed: -float(part)}, float(room + half)
