"""Questions to the model: what a choice costs, and what one more euro is worth.

Every answer is a fresh solve of a changed case, each goal proven like those of a plan: the model has
whole-number choices, so that no dual price would answer for more than the last cent.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from typing import Final

from finance.case import Case
from finance.case.words import AMOUNT_SORTS, UNITS
from finance.findings import NoPlanError
from finance.money import ZERO, Exact, Money
from finance.plan.allocation import Outcome, Plan
from finance.plan.whatif import Answer, DecisionCard, Flip, forced, with_pot, without
from finance.rules import Entitlement
from models.arrays import arrays_of
from models.compiling import compile_program
from models.exact import read_point
from models.lexicographic import Lexicographic
from models.plan import make_plan, searched
from models.polish import on_faces
from models.program import EUROS_PER_UNIT, Program, scaled
from models.solver import Clock
from models.starts import Demand, clash, describe

DIGITS: Final = 6
"""Decimals of a goal that is not money."""


@dataclass(frozen=True)
class Question:
    """A case and what is changed in its program.

    Attributes:
        case: the case.
        extra: more money of yearly sources, by source and year.
        caps: more room under share caps, by the name of the cap in the program.
        entitlement: the rules; those of the case unless others are given.
    """

    case: Case
    extra: Mapping[tuple[str, int], Money] = field(default_factory=dict)
    caps: Mapping[str, Money] = field(default_factory=dict)
    entitlement: Entitlement | None = None

    @property
    def program(self) -> Program:
        """The program of the question."""
        program = compile_program(self.case, self.entitlement or Entitlement(self.case))
        return replace(
            program,
            yearly=tuple(
                replace(row, fixed=row.fixed + scaled(self.extra.get((row.bron, row.jaar), ZERO)))
                for row in program.yearly
            ),
            caps=tuple(replace(cap, limit=cap.limit + scaled(self.caps.get(cap.name, ZERO))) for cap in program.caps),
        )


def answer(question: Question, seconds: float | None = None) -> Answer:
    """The best plan for a question; a goal in euros is right to a cent per payment.

    Args:
        question: the changed case.
        seconds: the time limit; None for none.

    Raises:
        NoPlanError: the start years clash.
        TimeUpError: the time was up before a first plan was found.
    """
    return answer_of(searched(question.program, Clock(seconds)))


def answer_of(state: Lexicographic) -> Answer:
    """What a finished solve says, without the slip of held goals: the difference of two would show it."""
    clean = on_faces(state, state.formulation, state.compiled)
    point = state.point if clean is None else clean.point
    values = zip(state.formulation.goals, state.compiled.senses, strict=True)
    return Answer(
        starts=read_point(state.formulation, state.point).starts,
        doelen={
            name: reported(name, sense * state.compiled.goal_value(number, point))
            for number, (name, sense) in enumerate(values)
        },
        bewezen=all(proof.bewezen for proof in state.proofs),
    )


def reported(name: str, value: float) -> Exact | Money:
    """A value of the model in the unit in which it is reported."""
    if UNITS[name] == "EUR":
        return Money.rounded(Fraction(round(value * EUROS_PER_UNIT, DIGITS)))
    return Decimal(repr(round(value, DIGITS))) + 0


def exact_answer(case: Case, seconds: float | None = None) -> Answer:
    """The best plan of a case, its payments made exact: its goals are right to the cent.

    Raises:
        NoPlanError: the start years clash.
        TimeUpError: the time was up before a first plan was found.
    """
    return answer_of_plan(case, make_plan(case, Entitlement(case), seconds, arrays=arrays_of))


def answer_of_plan(case: Case, plan: Plan) -> Answer:
    """A plan as an answer."""
    values = Outcome(case, plan.allocation).goals
    return Answer(
        starts=plan.allocation.starts,
        doelen={proof.doel: values[proof.doel] for proof in plan.proofs},
        bewezen=all(proof.bewezen for proof in plan.proofs),
    )


def decision_card(case: Case, basis: Answer, measure: str, seconds: float | None = None) -> DecisionCard:
    """Ask what the opposite choice of a measure would do to each goal.

    Args:
        case: the case.
        basis: its best plan.
        measure: the measure.
        seconds: the time limit; None for none.

    Raises:
        TimeUpError: the time was up before a first plan was found.
    """
    start = basis.starts.get(measure)
    if measure in case.started:
        return DecisionCard(measure, start, basis, None, (f"{measure} is al gestart",))
    changed = forced(case, measure) if start is None else without(case, measure)
    try:
        opposite = exact_answer(changed, seconds)
    except NoPlanError:
        return DecisionCard(measure, start, basis, None, _why_not(case, changed, measure))
    return DecisionCard(measure, start, basis, opposite)


def _why_not(case: Case, changed: Case, measure: str) -> tuple[str, ...]:
    """What stands in the way of a choice: what clashes with it, but not the choice itself."""
    own = {Demand("periode", (row.maatregel,)) for row in case.projects[case.measure[measure].project]}
    if not any(row.verplicht for row in case.projects[case.measure[measure].project]):
        own.add(Demand("verplicht", (case.measure[measure].project,)))
    return tuple(describe(case, demand) for demand in clash(changed) if demand not in own)


def smallest_flip(
    case: Case,
    bron: str,
    turned: Callable[[Answer], bool],
    most: Money,
    precise: Money,
    seconds: float | None = None,
) -> Flip:
    """The smallest extra money of a source that turns a choice, by bisection over whole cents.

    The choice need not turn back and forth only once as money grows; what is found is an amount that turns
    it, with an amount `precise` lower that does not.

    Args:
        case: the case.
        bron: the source; one with its money per year gets the extra in every year of its window.
        turned: whether an answer has the other choice.
        most: the largest amount to try.
        precise: how near the two amounts must come.
        seconds: the time limit of each solve; None for none.
    """
    yearly = case.source[bron].soort not in AMOUNT_SORTS
    if not turned(answer(more_of(case, bron, most), seconds)):
        return Flip(bron, yearly, None, most, precise)
    low, high = 0, most.cents
    while high - low > precise.cents:
        middle = (low + high) // 2
        if turned(answer(more_of(case, bron, Money.from_cents(middle)), seconds)):
            high = middle
        else:
            low = middle
    return Flip(bron, yearly, Money.from_cents(high), most, precise)


def more_of(case: Case, bron: str, extra: Money, year: int | None = None) -> Question:
    """The question what more money of a source would do.

    Args:
        case: the case.
        bron: the source.
        extra: how much more: once for a pot, else in the year or in every year of its window.
        year: the year, for a source with its money per year; None for every year of its window.
    """
    source = case.source[bron]
    if source.soort in AMOUNT_SORTS:
        return Question(with_pot(case, bron, extra))
    years = case.funding_years(source) if year is None else (year,)
    return Question(case, {(bron, at): extra for at in years})
