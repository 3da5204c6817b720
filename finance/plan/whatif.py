"""What if: a case with one thing changed, and what the model answers to it.

A changed case is never written or paid from; it only serves to ask what a measure, a euro or a year is
worth. What changes here is what a scenario could change too, so that nobody has to take it on trust.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Final

from finance.case import Case
from finance.case.sheets import Measure
from finance.case.words import AMOUNT_SORTS, GRANT, UNITS
from finance.money import ZERO, Exact, Money
from finance.plan.allocation import Allocation, Plan
from finance.plan.goals import counted

MAXIMISED: Final = ("waardering",)
"""The goals that are better where they are higher."""


@dataclass(frozen=True)
class Answer:
    """The best plan of a changed case, as far as a question needs it.

    Attributes:
        starts: the start year of each chosen measure.
        doelen: the value of each goal of the case, in order; money as Money.
        bewezen: whether each of them is proven.
    """

    starts: Mapping[str, int]
    doelen: Mapping[str, Exact | Money]
    bewezen: bool


@dataclass(frozen=True)
class Change:
    """One goal under two answers.

    Attributes:
        doel: the goal.
        eenheid: its unit.
        verschil: the second value less the first; euros for money.
    """

    doel: str
    eenheid: str
    verschil: Fraction

    @property
    def slechter(self) -> bool:
        """Whether the second answer is worse in this goal."""
        return self.verschil < 0 if self.doel in MAXIMISED else self.verschil > 0


@dataclass(frozen=True)
class Moved:
    """A measure with another start in a second answer.

    Attributes:
        maatregel: the measure.
        van: its start in the first; None where it was not chosen.
        naar: its start in the second; None where it is not chosen.
    """

    maatregel: str
    van: int | None
    naar: int | None


@dataclass(frozen=True)
class Flip:
    """The smallest extra money of one source that was found to turn a choice.

    Attributes:
        bron: the source.
        per_jaar: whether it is that much in every year of its window, instead of once.
        extra: the amount that turns the choice; None where even `tot` does not.
        tot: the largest amount that was tried.
        nauwkeurig: how far below `extra` the choice is known to stand still.
    """

    bron: str
    per_jaar: bool
    extra: Money | None
    tot: Money
    nauwkeurig: Money


@dataclass(frozen=True)
class DecisionCard:
    """Why a measure is in the plan or not.

    Attributes:
        maatregel: the measure.
        start: when it starts in the plan; None where it is not chosen.
        basis: the plan.
        tegendeel: the best plan with the opposite choice; None where there is none.
        onmogelijk: what stands in the way of the opposite choice; empty where nothing does.
        omslagen: per source what would turn the choice; empty where it was not asked.
    """

    maatregel: str
    start: int | None
    basis: Answer
    tegendeel: Answer | None
    onmogelijk: tuple[str, ...] = ()
    omslagen: tuple[Flip, ...] = ()

    @property
    def proven(self) -> bool:
        """Whether the plan is proven, and the best plan with the opposite choice."""
        return self.basis.bewezen and (self.tegendeel is None or self.tegendeel.bewezen)

    @property
    def verschillen(self) -> tuple[Change, ...]:
        """What the opposite choice does to each goal."""
        return () if self.tegendeel is None else changes(self.basis, self.tegendeel)

    @property
    def verschoven(self) -> tuple[Moved, ...]:
        """The other measures that the opposite choice moves, brings in or drives out."""
        if self.tegendeel is None:
            return ()
        rows = moved(self.basis.starts, self.tegendeel.starts)
        return tuple(row for row in rows if row.maatregel != self.maatregel)

    @property
    def beslissend(self) -> Change | None:
        """The first goal, in order, that the opposite choice makes worse."""
        differing = [row for row in self.verschillen if row.verschil]
        return differing[0] if differing and differing[0].slechter else None


def reason(card: DecisionCard) -> str:
    """Why a measure is in the plan or not, in one Dutch sentence."""
    chosen = card.start is not None
    if card.tegendeel is None:
        ways = "; ".join(card.onmogelijk) or "de startjaren gaan niet samen"
        return f"{'Kan niet worden gemist' if chosen else 'Kan niet'}: {ways}."
    if card.beslissend is None:
        return "Maakt voor geen doel verschil; de vaste volgorde besliste."
    doing, worse = "Zonder" if chosen else "Met", card.beslissend
    size = in_dutch(worse)
    return f"{doing} deze maatregel wordt {worse.doel} {size} slechter: het eerste doel dat verandert."


def in_dutch(change: Change) -> str:
    """The size of a difference, as a Dutch reader writes it."""
    size = abs(change.verschil)
    if change.eenheid == "EUR":
        return Money.rounded(size).dutch()
    return counted(Decimal(size.numerator) / size.denominator, change.eenheid)


def euros_or_number(value: Exact | Money) -> Fraction:
    """A value of a goal as a number; euros for money."""
    return value.euros if isinstance(value, Money) else Fraction(value)


def changes(first: Answer, second: Answer) -> tuple[Change, ...]:
    """The difference of each goal, in order.

    Args:
        first: what it is compared with.
        second: an answer to the same goals.
    """
    return tuple(
        Change(name, UNITS[name], euros_or_number(second.doelen[name]) - euros_or_number(value))
        for name, value in first.doelen.items()
    )


def moved(first: Mapping[str, int], second: Mapping[str, int]) -> tuple[Moved, ...]:
    """The measures with another start, by id."""
    return tuple(
        Moved(name, first.get(name), second.get(name))
        for name in sorted({*first, *second})
        if first.get(name) != second.get(name)
    )


def without(case: Case, measure: str) -> Case:
    """The case with a measure that cannot start: its window is empty."""
    return _with_measures(case, {measure: _closed(case.measure[measure])})


def forced(case: Case, measure: str) -> Case:
    """The case with a measure that must start: its project is mandatory, its variants cannot start."""
    row = case.measure[measure]
    variants = {other.maatregel: _closed(other) for other in case.projects[row.project] if other.maatregel != measure}
    return _with_measures(case, {**variants, measure: row.model_copy(update={"verplicht": True})})


def _closed(row: Measure) -> Measure:
    return row.model_copy(update={"laatste_start": row.vroegste_start - 1})


def _with_measures(case: Case, changed: Mapping[str, Measure]) -> Case:
    return replace(case, measures=tuple(changed.get(row.maatregel, row) for row in case.measures))


def with_longer_window(case: Case, regeling: str, last: int) -> Case:
    """The case with the grants of one regulation spendable up to a year, those that are not already."""
    return replace(
        case,
        sources=tuple(
            row.model_copy(update={"besteedbaar_tot": max(row.besteedbaar_tot, last)})
            if row.soort == GRANT and row.regeling == regeling
            else row
            for row in case.sources
        ),
    )


def with_pot(case: Case, bron: str, extra: Money) -> Case:
    """The case with more money in a pot (spuk, eigen or gemeente), or with a larger credit.

    Raises:
        ValueError: the source has its money per year.
    """
    if case.source[bron].soort not in AMOUNT_SORTS:
        raise ValueError(f"{bron} is not a pot")
    return replace(
        case,
        sources=tuple(
            row.model_copy(update={"bedrag": (row.bedrag or ZERO) + extra}) if row.bron == bron else row
            for row in case.sources
        ),
    )


@dataclass(frozen=True)
class Rung:
    """One step of a ladder: a little more of one thing, and the best plan with it.

    Attributes:
        soort: `bron`, `deelplafond` or `periode`.
        naam: the source, the grant decision or the regulation.
        jaar: the year in which there is more, for a source with its money per year; else None.
        extra: how much more; None where it is no money.
        jaren: how many years the window is longer; 0 where it is not.
        antwoord: the best plan with it.
    """

    soort: str
    naam: str
    jaar: int | None
    extra: Money | None
    jaren: int
    antwoord: Answer

    @property
    def ladder(self) -> str:
        """What it is a step of, in Dutch."""
        if self.jaar is not None:
            return f"{self.naam} in {self.jaar}"
        return self.naam if self.soort == "bron" else f"{self.soort} {self.naam}"

    @property
    def stap(self) -> Fraction:
        """How far it goes: euros, or years."""
        return Fraction(self.jaren) if self.extra is None else self.extra.euros


@dataclass(frozen=True)
class Slack:
    """How much worse a goal may be in a near-best plan.

    Attributes:
        deel: a fraction of its optimum.
        plus: an amount in its unit, on top; euros for money.
    """

    deel: Fraction = Fraction(0)
    plus: Fraction = Fraction(0)

    def allowed(self, optimum: Fraction) -> Fraction:
        """How much that is beside an optimum."""
        return self.deel * abs(optimum) + self.plus


@dataclass(frozen=True)
class Variant:
    """A plan that is nearly as good as the best one, and differs from it and from the variants before it.

    Attributes:
        allocation: its decisions.
        projecten: in how many projects it has another choice, at least, than each plan before it.
        dekking: what its sources pay otherwise, at least, than in each plan before it: the sum of the
            differences of all sources.
        bewezen: whether it is proven that none differs more.
    """

    allocation: Allocation
    projecten: int
    dekking: Money
    bewezen: bool


@dataclass(frozen=True)
class NearBest:
    """The plans that are nearly as good as the best one.

    Attributes:
        best: the best plan.
        speling: how much worse each goal may be, in the order of the goals.
        varianten: plans that differ most from each other, in the order in which they were found.
        uitgeput: whether there is no other choice of measures than those of these plans.
        altijd: the measures that are in every near-best plan.
        nooit: the measures that are in none.
        bewezen: whether those two lists, and that there are no more variants, are proven.
    """

    best: Plan
    speling: Mapping[str, Slack]
    varianten: tuple[Variant, ...]
    uitgeput: bool
    altijd: tuple[str, ...]
    nooit: tuple[str, ...]
    bewezen: bool
