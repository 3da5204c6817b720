"""Plans that are nearly as good as the best one, and differ most from each other.

A plan is near-best where no goal is worse than its optimum by more than a stated slack.
The next variant has the most other choices, counted in projects, against each plan before it:

    maximise d,  d <= sum over projects of [other measure chosen than in plan i],  for every plan i before

and of those the one whose sources pay most otherwise. Both are proven by runs with and without presolve.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Final

import numpy as np

from finance.allocation import UNITS, Allocation, Outcome
from finance.case import Case
from finance.money import Money
from finance.rules import Entitlement
from finance.whatif import NearBest, Slack, Variant
from models.best import Best, best_point
from models.compiled import INFINITY, Compiled, Vector, build
from models.exact import read_point
from models.extension import Extension
from models.lexicographic import Lexicographic, slack_of
from models.plan import exact_allocation, finished, searched, with_starts, within
from models.polish import Face, PolishError, first_in_order
from models.program import EUROS_PER_UNIT, Program, compile_program
from models.solver import Clock, Solver

HALF: Final = 0.5
LOOSE: Final = 5e-9
"""How far the total of a source may slip when its payments are dealt out over lines: less than the noise
that the making of exact cents takes for a whole cent."""


@dataclass(frozen=True)
class Region:
    """The near-best plans of a program, on groups of alike cost lines.

    Attributes:
        state: the finished solve.
        speling: how much worse each goal may be.
    """

    state: Lexicographic
    speling: Mapping[str, Slack]

    @cached_property
    def allowed(self) -> tuple[float, ...]:
        """How much worse each goal may be, in units of the model."""
        units = [EUROS_PER_UNIT if UNITS[name] == "EUR" else 1 for name in self.state.formulation.goals]
        return tuple(
            float(self.speling[name].allowed(Fraction(value) * unit)) / unit
            for name, value, unit in zip(self.state.formulation.goals, self._values, units, strict=True)
        )

    @cached_property
    def ceilings(self) -> tuple[float, ...]:
        """The worst value of each goal, in the sense to minimise, in units of the model."""
        return tuple(
            value + (allowed or slack_of(name))
            for name, value, allowed in zip(
                self.state.formulation.goals, self._values, self.allowed, strict=True
            )
        )

    @cached_property
    def _values(self) -> tuple[float, ...]:
        goals = range(len(self.state.formulation.goals))
        return tuple(self.state.compiled.goal_value(number, self.state.point) for number in goals)

    @property
    def program(self) -> Program:
        """The program on groups."""
        return self.state.formulation.program

    def extension(self) -> Extension:
        """The model with a row for each goal."""
        return Extension(within(self.state.compiled, self.ceilings))

    @cached_property
    def columns_of(self) -> Mapping[str, tuple[int, ...]]:
        """The columns of the decisions of each measure."""
        found: dict[str, list[int]] = {row.maatregel: [] for row in self.program.case.measures}
        for (name, _), variable in zip(
            self.program.decisions, self.state.formulation.variables.x, strict=True
        ):
            found[name].append(self.state.compiled.column(variable))
        return {name: tuple(columns) for name, columns in found.items()}

    @cached_property
    def payments_of(self) -> tuple[tuple[int, ...], ...]:
        """The columns of the payments of each source, in the order of the case."""
        found: list[list[int]] = [[] for _ in self.program.case.sources]
        for (_, source), variable in zip(
            self.program.pairs, self.state.formulation.variables.pay, strict=True
        ):
            found[source].append(self.state.compiled.column(variable))
        return tuple(tuple(columns) for columns in found)

    def starts_at(self, point: Vector) -> Mapping[str, int]:
        """The start years at a point."""
        return read_point(self.state.formulation, self.state.compiled.columns, point).starts

    def paid_at(self, point: Vector) -> tuple[float, ...]:
        """What each source pays at a point."""
        return tuple(float(sum(point[column] for column in columns)) for columns in self.payments_of)

    def other_choices(self, starts: Mapping[str, int]) -> tuple[float, list[tuple[int, float]]]:
        """In how many projects a point has another choice than some start years: constant and terms."""
        constant, terms = 0.0, []
        for rows in self.program.case.projects.values():
            chosen = [row.maatregel for row in rows if row.maatregel in starts]
            sign = -1.0 if chosen else 1.0
            constant += len(chosen)
            for name in chosen or [row.maatregel for row in rows]:
                terms += [(column, sign) for column in self.columns_of[name]]
        return constant, terms


@dataclass(frozen=True)
class _Known:
    """A plan that the next one must differ from."""

    starts: Mapping[str, int]
    paid: tuple[float, ...]


def near_best(
    case: Case,
    count: int,
    speling: Mapping[str, Slack],
    seconds: float | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> NearBest:
    """Find near-best plans that differ most from each other.

    Args:
        case: a case without findings.
        count: how many variants beside the best plan, at most.
        speling: how much worse each goal of the case may be.
        seconds: the time limit for all of it; None for none.
        tell: called with what is looked for.

    Raises:
        NoPlanError: the start years clash.
        TimeUpError: the time was up before a first plan was found.
    """
    clock = Clock(seconds)
    program = compile_program(case, Entitlement(case))
    state = searched(program, clock, tell)
    best = finished(program, state)
    region = Region(state, speling)
    known = [_Known(region.starts_at(state.point), region.paid_at(state.point))]
    variants: list[Variant] = []
    ended = Best(None, 0.0, proven=True)
    while len(variants) < count:
        tell(f"variant {len(variants) + 1}")
        ended = _furthest(region, known, clock)
        if ended.point is None or -ended.value < HALF:
            break
        cover = _furthest_cover(region, known, round(-ended.value), clock)
        point = ended.point if cover.point is None else cover.point
        known.append(_Known(region.starts_at(point), region.paid_at(point)))
        allocation = _dealt_out(program, region, known[-1])
        others = [best.allocation, *(row.allocation for row in variants)]
        least = min(paid_otherwise(case, allocation, other) for other in others)
        variants.append(Variant(allocation, round(-ended.value), least, ended.proven and cover.proven))
    tell("altijd en nooit")
    always, proven_always = _always(region, known, clock)
    never, proven_never = _never(region, known, clock)
    return NearBest(
        best=best,
        speling=speling,
        varianten=tuple(variants),
        uitgeput=len(variants) < count,
        altijd=always,
        nooit=never,
        bewezen=proven_always and proven_never and ended.proven and _proven(state),
    )


def paid_otherwise(case: Case, one: Allocation, other: Allocation) -> Money:
    """What the sources pay otherwise in two plans: the sum of the differences of all sources."""
    first, second = (Outcome(case, plan).paid_by_source for plan in (one, other))
    return Money.total(Money(abs((first[name] - second[name]).cents)) for name in first)


def _proven(state: Lexicographic) -> bool:
    return all(proof.bewezen for proof in state.proofs)


def _furthest(region: Region, known: Sequence[_Known], clock: Clock) -> Best:
    """The near-best point with the most other choices against each known plan; its value is minus that."""
    extension = region.extension()
    distance = extension.column(0.0, float(len(region.program.projects)))
    for plan in known:
        constant, terms = region.other_choices(plan.starts)
        negative = [(column, -value) for column, value in terms]
        extension.row([(distance, 1.0), *negative], -INFINITY, constant)
    return best_point(extension.compiled(), extension.costs([(distance, -1.0)]), clock)


def _furthest_cover(region: Region, known: Sequence[_Known], projects: int, clock: Clock) -> Best:
    """Of the near-best points with that many other choices, the one whose sources pay most otherwise."""
    extension = region.extension()
    most = _most_paid(region.program)
    total = extension.column(0.0, 2 * sum(most))
    for plan in known:
        constant, terms = region.other_choices(plan.starts)
        extension.row(terms, projects - constant - HALF, INFINITY)
        parts = [
            _difference(extension, columns, paid, limit)
            for columns, paid, limit in zip(region.payments_of, plan.paid, most, strict=True)
            if columns
        ]
        extension.row([(total, 1.0), *((part, -1.0) for part in parts)], -INFINITY, 0.0)
    return best_point(extension.compiled(), extension.costs([(total, -1.0)]), clock)


def _difference(extension: Extension, columns: Iterable[int], paid: float, most: float) -> int:
    """A column that is at most the absolute difference between a sum and an amount.

    With a binary b for which side it is on: d <= P - paid + 2 most b and d <= paid - P + 2 most (1 - b).
    """
    part, below = extension.column(0.0, most), extension.column(0.0, 1.0, whole=True)
    payments = list(columns)
    extension.row(
        [(part, 1.0), (below, -2 * most), *((column, -1.0) for column in payments)], -INFINITY, -paid
    )
    extension.row(
        [(part, 1.0), (below, 2 * most), *((column, 1.0) for column in payments)], -INFINITY, paid + 2 * most
    )
    return part


def _most_paid(program: Program) -> tuple[float, ...]:
    """The most that each source can pay, in thousands of euros."""
    most = dict.fromkeys((row.bron for row in program.case.sources), 0.0)
    for pot in program.pots:
        most[pot.name] = pot.limit
    for money in program.yearly:
        most[money.bron] += money.fixed + sum(row.most for row in money.rows)
    return tuple(most.values())


def _always(region: Region, known: Sequence[_Known], clock: Clock) -> tuple[tuple[str, ...], bool]:
    """The measures that every near-best plan has: as few as possible of those that all known ones have."""
    names = set.intersection(*(set(plan.starts) for plan in known))
    while names:
        best = _counted(region, names, 1.0, clock)
        if best.point is None or best.value > len(names) - HALF:
            return tuple(sorted(names)), best.proven
        names &= set(region.starts_at(best.point))
    return (), True


def _never(region: Region, known: Sequence[_Known], clock: Clock) -> tuple[tuple[str, ...], bool]:
    """The measures that no near-best plan has: as many as possible of those that no known one has."""
    names = {row.maatregel for row in region.program.case.measures}
    names -= {name for plan in known for name in plan.starts}
    while names:
        best = _counted(region, names, -1.0, clock)
        if best.point is None or best.value > -HALF:
            return tuple(sorted(names)), best.proven
        names -= set(region.starts_at(best.point))
    return (), True


def _counted(region: Region, names: Iterable[str], sign: float, clock: Clock) -> Best:
    extension = region.extension()
    terms = [(column, sign) for name in names for column in region.columns_of[name]]
    return best_point(extension.compiled(), extension.costs(terms), clock)


def _dealt_out(program: Program, region: Region, plan: _Known) -> Allocation:
    """The payments of a near-best point dealt out over the cost lines, exact to the cent."""
    formulation, compiled = build(program)
    compiled = with_starts(formulation, within(compiled, region.ceilings), plan.starts)
    at = np.flatnonzero(compiled.integer)
    for held in (True, False):
        solver = Solver(compiled, relaxed=True)
        face = Face(solver, compiled.col_lower.copy(), compiled.col_upper.copy())
        if held:
            _hold_totals(face, program, formulation.variables.pay, compiled, plan.paid)
        for number in np.flatnonzero(np.array(region.allowed) == 0):
            solver.minimise(compiled.goals[number])
            face.fix(solver.run())
        point = first_in_order(solver, formulation, compiled, at, compiled.col_lower[at])
        if point is not None:
            return exact_allocation(formulation, compiled, point)
    raise PolishError("De oplosser gaf geen betrouwbaar eindpunt. Meld het aan de makers.")


def _hold_totals(
    face: Face, program: Program, pay: Sequence[object], compiled: Compiled, paid: Sequence[float]
) -> None:
    for number, amount in enumerate(paid):
        costs = np.zeros(len(compiled.col_lower))
        for (_, source), variable in zip(program.pairs, pay, strict=True):
            if source == number:
                costs[compiled.column(variable)] = 1.0
        face.hold(costs, amount + LOOSE)
        face.hold(-costs, LOOSE - amount)


