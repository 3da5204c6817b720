"""What an approved plan came to, beside a later plan: costs, who pays, goals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from finance.case.words import COST_SORTS
from finance.money import ZERO, Exact, Money
from finance.places import GRID, steps
from finance.plan.allocation import Outcome
from finance.plan.changes import ApprovedAmounts
from finance.plan.goals import cost_meaning, in_words

ALL_COSTS: Final = "kosten"
EUROS: Final = "ongedekt"
"""A goal in euros: its unit is that of any amount."""
PRESENT_COST: Final = "kosten_ncw"
UNCOVERED: Final = "(ongedekt)"
GONE: Final = "(bronnen die er niet meer zijn)"
"""What stands for what is no source of the case; no source can be called so."""


@dataclass(frozen=True, slots=True)
class Beside:
    """An amount or another number of the approved plan, and what it is now.

    Attributes:
        naam: the kostensoort, source or goal.
        goedgekeurd: its value in the approved plan.
        nu: its value in this plan, of the same kind.
    """

    naam: str
    goedgekeurd: Money | Exact
    nu: Money | Exact

    @property
    def verschil(self) -> Money | Exact:
        """What it is more now; a number of places on the grid of the model."""
        if isinstance(self.nu, Money) and isinstance(self.goedgekeurd, Money):
            return self.nu - self.goedgekeurd
        if isinstance(self.nu, Money) or isinstance(self.goedgekeurd, Money):
            raise TypeError(f"{self.naam} is an amount in one plan and a number in the other")
        return Fraction(steps(Fraction(self.nu) - Fraction(self.goedgekeurd)), GRID)

    @property
    def anders(self) -> bool:
        """Whether it differs."""
        return self.verschil not in (0, ZERO)


@dataclass(frozen=True)
class ApprovedBeside:
    """An approved plan beside a later one.

    Attributes:
        outcome: what follows from the later plan.
        goedgekeurd: what the approved plan came to.
    """

    outcome: Outcome
    goedgekeurd: ApprovedAmounts

    @property
    def kosten(self) -> tuple[Beside, ...]:
        """The cost of each kostensoort that either plan has."""
        now = _by_sort(self.outcome)
        known = self.goedgekeurd.kosten
        sorts = [name for name in COST_SORTS if name in now or name in known]
        return tuple(Beside(name, known.get(name, ZERO), now.get(name, ZERO)) for name in sorts)

    @property
    def alle_kosten(self) -> Beside:
        """All costs."""
        return Beside(
            ALL_COSTS,
            Money.total(self.goedgekeurd.kosten.values()),
            Money.total(self.outcome.counted_costs.values()),
        )

    @property
    def betaald(self) -> tuple[Beside, ...]:
        """What each source pays, and what nobody pays."""
        known, paid = self.goedgekeurd.betaald, self.outcome.paid_by_source
        names = [row.bron for row in self.outcome.case.sources]
        gone = Money.total(amount for name, amount in known.items() if name not in paid)
        open_now = Money.total(max(ZERO, gap) for gap in self.outcome.gaps.values())
        return (
            *(Beside(name, known.get(name, ZERO), paid[name]) for name in names),
            *([Beside(GONE, gone, ZERO)] if gone != ZERO else []),
            Beside(UNCOVERED, self.goedgekeurd.ongedekt, open_now),
        )

    @property
    def doelen(self) -> tuple[Beside, ...]:
        """The goals that both plans report, in the order of the case."""
        known, now = self.goedgekeurd.doelen, self.outcome.goals
        return tuple(
            Beside(row.doel, _of_kind(known[row.doel], now[row.doel]), now[row.doel])
            for row in self.outcome.case.goals
            if row.doel in known
        )

    @property
    def in_words(self) -> tuple[str, ...]:
        """What differs, in Dutch: all costs, what each source pays, each goal; empty where nothing does."""
        return tuple(self._said())

    def _said(self) -> Iterator[str]:
        for row in (self.alle_kosten, *self.betaald):
            if row.anders:
                named = row.naam in (ALL_COSTS, UNCOVERED, GONE)
                yield _changed(row, row.naam if named else f"uit {row.naam}", EUROS)
        for row in self.doelen:
            if row.anders:
                nominal = row.naam == PRESENT_COST and len(self.outcome.case.closed_years) > 0
                why = f"; {cost_meaning(self.outcome.case)}" if nominal else ""
                yield _changed(row, f"doel {row.naam}", row.naam) + why


def _by_sort(outcome: Outcome) -> dict[str, Money]:
    totals: dict[str, Money] = {}
    for line, amount in outcome.counted_costs.items():
        totals[line.kostensoort] = totals.get(line.kostensoort, ZERO) + amount
    return totals


def _changed(row: Beside, name: str, goal: str) -> str:
    before, after, more = (in_words(goal, value) for value in (row.goedgekeurd, row.nu, row.verschil))
    return f"{name}: {before} wordt {after} (verschil {more})"


def _of_kind(value: Decimal, like: Money | Exact) -> Money | Exact:
    return Money.from_euros(value) if isinstance(like, Money) else value
