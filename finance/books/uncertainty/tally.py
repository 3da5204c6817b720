"""What all draws of a sweep came to, in little room: counts, and eight bytes for each number of each draw."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import Final

from finance.case import Case
from finance.case.distributions import read_distribution
from finance.case.sheets import Uncertainty
from finance.money import Money
from finance.uncertainty.draws import DrawResult, DrawStatus
from finance.uncertainty.sampling import Draw
from finance.uncertainty.spread import Numbers

RANKED_UP_TO: Final = 1_500
"""With more draws than this the workbook holds some of them only, and what all came to as numbers: Excel
takes the square of the draws for their ranks, and memory and time would grow with every draw."""
SHOWN: Final = 200
"""The draws that the workbook then shows."""

Outcome = tuple[Draw, DrawResult]


class Tally:
    """The draws of a sweep, counted one at a time.

    Attributes:
        total: how many draws there are.
        ended: how many ended in each way.
        open: how many of those that count do not close.
        started: in how many of those that count a measure starts in a year.
        years: the years in which a measure starts in some draw.
        goals: the values of each goal in the draws that count; money in euros.
        inputs: the drawn numbers in the draws that count, by the place of their row of `onzekerheid`;
            rows that draw words are left out.
        drawn: the same in all draws.
        paid: what each source pays in the draws that count, in euros.
        left: what is left of it.
        first: the first draws, as many as a workbook shows.
        lost: the first draws that do not count.
    """

    def __init__(self, case: Case, rows: tuple[Uncertainty, ...], asked: int) -> None:
        """Begin with no draws.

        Args:
            case: the case that is drawn from.
            rows: the rows of `onzekerheid`.
            asked: how many draws there are to be.
        """
        self._shown = asked if asked <= RANKED_UP_TO else SHOWN
        numeric = [at for at, row in enumerate(rows) if read_distribution(row.verdeling, row.parameters).is_number]
        self.total = 0
        self.ended: Counter[DrawStatus] = Counter()
        self.open = 0
        self.started: Counter[tuple[str, int]] = Counter()
        self.years: set[int] = set()
        self.goals = {row.doel: Numbers() for row in case.goals}
        self.inputs = {at: Numbers() for at in numeric}
        self.drawn = {at: Numbers() for at in numeric}
        self.paid = {row.bron: Numbers() for row in case.sources}
        self.left = {row.bron: Numbers() for row in case.sources}
        self.first: list[Outcome] = []
        self.lost: list[Outcome] = []

    def add(self, outcome: Outcome) -> None:
        """Count one draw; they come in order of their numbers."""
        draw, result = outcome
        self.total += 1
        self.ended[result.status] += 1
        self.years |= set(result.starts.values())
        for at, numbers in self.drawn.items():
            numbers.add(Decimal(draw.waarden[at]))
        self._show(self.first, outcome)
        if result.proven:
            self._count(draw, result)
        else:
            self._show(self.lost, outcome)

    def _show(self, shown: list[Outcome], outcome: Outcome) -> None:
        if len(shown) < self._shown:
            shown.append(outcome)

    def _count(self, draw: Draw, result: DrawResult) -> None:
        self.open += not result.sluitend
        self.started.update(result.starts.items())
        for goal, numbers in self.goals.items():
            numbers.add(result.doelen[goal])
        for at, numbers in self.inputs.items():
            numbers.add(Decimal(draw.waarden[at]))
        for bron in self.paid:
            self.paid[bron].add(Money(result.betaald[bron]).euros)
            self.left[bron].add(Money(result.over[bron]).euros)
