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

from finance.case import Case
from finance.case.words import UNITS
from finance.money import Money
from finance.plan.allocation import Allocation, Outcome
from finance.plan.whatif import NearBest, Slack, Variant
from finance.rules import Entitlement
from models.arrays import arrays_of
from models.best import Best, best_point
from models.classes import classes_of
from models.compiled import INFINITY, Compiled, Vector
from models.compiling import compile_program
from models.exact import read_point
from models.extension import Extension
from models.face import Face
from models.fairness import decide_fairly
from models.formulation import Formulation
from models.lexicographic import WIDENING, Lexicographic, slack_of
from models.plan import exact_allocation, finished, searched, with_starts, within
from models.polish import LEEWAY, PolishError, on_faces
from models.program import CENTS_PER_UNIT, EUROS_PER_UNIT, Program
from models.solver import Clock

HALF: Final = 0.5
WIDTHS: Final = (0.0, *WIDENING)
"""Steps by which the goals are widened where the solver finds no point within them."""


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
            for name, value, unit in zip(self.state.formulation.goals, self.values, units, strict=True)
        )

    def ceilings(self, width: float) -> tuple[float, ...]:
        """The worst value of each goal, in the sense to minimise, in units of the model.

        Args:
            width: how many times the slack of a held goal it may slip beside that.
        """
        return tuple(
            value + allowed + width * slack_of(name)
            for name, value, allowed in zip(self.state.formulation.goals, self.values, self.allowed, strict=True)
        )

    @cached_property
    def values(self) -> tuple[float, ...]:
        """The value of each goal of the best plan, in the sense to minimise, without any slip."""
        compiled = self.state.compiled
        face = on_faces(self.state, self.state.formulation, compiled)
        found = self.state.point if face is None else face.point
        return tuple(compiled.goal_value(number, found) for number in range(len(self.state.held)))

    @property
    def program(self) -> Program:
        """The program on groups."""
        return self.state.formulation.program

    def extension(self) -> Extension:
        """The model with a row for each goal."""
        return Extension(within(self.state.compiled, self.ceilings(1.0)))

    @cached_property
    def columns_of(self) -> Mapping[str, tuple[int, ...]]:
        """The columns of the decisions of each measure."""
        found: dict[str, list[int]] = {row.maatregel: [] for row in self.program.case.measures}
        for (name, _), column in zip(self.program.decisions, self.state.formulation.variables.x, strict=True):
            found[name].append(column)
        return {name: tuple(columns) for name, columns in found.items()}

    @cached_property
    def payments_of(self) -> tuple[tuple[int, ...], ...]:
        """The columns of the payments of each source, in the order of the case."""
        found: list[list[int]] = [[] for _ in self.program.case.sources]
        for (_, source), column in zip(self.program.pairs, self.state.formulation.variables.pay, strict=True):
            found[source].append(column)
        return tuple(tuple(columns) for columns in found)

    def starts_at(self, point: Vector) -> Mapping[str, int]:
        """The start years at a point."""
        return read_point(self.state.formulation, point).starts

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
    """A plan that the next one must differ from.

    Attributes:
        allocation: its decisions.
        paid: what each source pays in the years that are planned, in units of the model.
    """

    allocation: Allocation
    paid: tuple[float, ...]

    @property
    def starts(self) -> Mapping[str, int]:
        """The start year of each chosen measure."""
        return self.allocation.starts


def _known(program: Program, allocation: Allocation) -> _Known:
    facts = program.facts.allocation.payments
    planned = {pair: paid for pair, paid in allocation.payments.items() if pair not in facts}
    paid = {row.bron: 0 for row in program.case.sources}
    for (_, bron), amount in planned.items():
        paid[bron] += amount.cents
    return _Known(allocation, tuple(cents / CENTS_PER_UNIT for cents in paid.values()))


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
    known = [_known(program, best.allocation)]
    variants: list[Variant] = []
    ended = Best(None, 0.0, proven=True)
    while len(variants) < count:
        tell(f"variant {len(variants) + 1}")
        ended = _furthest(region, known, clock)
        if ended.point is None or -ended.value < HALF:
            break
        cover = _furthest_cover(region, known, round(-ended.value), clock)
        point = ended.point if cover.point is None else cover.point
        allocation = _dealt_out(program, region, known, point)
        least = min(paid_otherwise(case, allocation, plan.allocation) for plan in known)
        known.append(_known(program, allocation))
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
    extension.row([(part, 1.0), (below, -2 * most), *((column, -1.0) for column in payments)], -INFINITY, -paid)
    extension.row([(part, 1.0), (below, 2 * most), *((column, 1.0) for column in payments)], -INFINITY, paid + 2 * most)
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


def _dealt_out(program: Program, region: Region, known: Sequence[_Known], point: Vector) -> Allocation:
    """A near-best point dealt out over the cost lines, without any slip, exact to the cent.

    Its start years stay, and for each source whether it pays more or less than in each known plan.
    """
    classes = classes_of(program)
    formulation, compiled = arrays_of(classes.program)
    for width in WIDTHS:
        ceilings = [
            ceiling if allowed else INFINITY
            for ceiling, allowed in zip(region.ceilings(width), region.allowed, strict=True)
        ]
        bounded = with_starts(formulation, within(compiled, ceilings), region.starts_at(point))
        extension, distance = _with_distance(bounded, formulation, known, region.paid_at(point))
        found = _furthest_on_faces(region, extension.compiled(), distance, formulation)
        if found is not None:
            return exact_allocation(classes, formulation, found)
    raise PolishError("De oplosser gaf geen betrouwbaar eindpunt. Meld het aan de makers.")


def _with_distance(
    compiled: Compiled, formulation: Formulation, known: Sequence[_Known], paid: Sequence[float]
) -> tuple[Extension, Vector]:
    """The model with a column for what its sources pay otherwise, and the objective that makes that most."""
    extension = Extension(compiled)
    total = extension.column(-INFINITY, INFINITY)
    for plan in known:
        signs = [1.0 if here >= there else -1.0 for here, there in zip(paid, plan.paid, strict=True)]
        terms = [
            (column, -signs[source])
            for (_, source), column in zip(formulation.program.pairs, formulation.variables.pay, strict=True)
        ]
        constant = sum(sign * there for sign, there in zip(signs, plan.paid, strict=True))
        extension.row([(total, 1.0), *terms], -INFINITY, -constant)
    return extension, extension.costs([(total, -1.0)])


def _furthest_on_faces(region: Region, compiled: Compiled, distance: Vector, formulation: Formulation) -> Vector | None:
    """The goals that may not be worse on their optimal faces, the distance, then the others; None where a run fails."""
    at = np.flatnonzero(compiled.integer)
    face = Face(compiled, at, compiled.col_lower[at])
    held = [number for number, allowed in enumerate(region.allowed) if not allowed]
    for number in held:
        value = face.minimise(compiled.goals[number])
        if value is None or value + compiled.offsets[number] > region.values[number] + LEEWAY:
            return None
    for costs in (distance, *compiled.goals):
        if face.minimise(costs) is None:
            return None
    return decide_fairly(face, formulation)
