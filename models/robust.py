"""One plan for many futures: start years chosen once, places and payments anew in every scenario.

A two-stage model. The programs of all scenarios stand side by side in one matrix and share the columns of
the start years; a start counts only where it is possible in every scenario. Each goal is then

    gemiddelde:  the mean of the goal over the scenarios,
    slechtste:   theta >= the goal in scenario s, for every s; minimise theta,

and the goals are solved one after another like those of a single plan. Under `slechtste` places and payments
of the scenarios that are not the worst are free to give way; so with the start years known every scenario
is planned once more in its own order of goals, each goal no worse than what was reached together. What that
is, is solved without any slack, on the optimal face of each goal: a ceiling that is some ten-millionths of a
place too wide would be used to the full, and every place of such a scenario would be as much off.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import Any, Final

import numpy as np
from scipy import sparse

from finance.case import Case
from finance.case.words import UNITS
from finance.findings import NoPlanError
from finance.money import Exact, Money
from finance.plan.allocation import GoalProof, Outcome, Plan
from finance.rules import Entitlement
from models.compiled import INFINITY, Compiled, Ids, Model, Vector
from models.compiling import compile_program
from models.extension import Extension
from models.formulation import Formulation
from models.grouping import grouped
from models.lexicographic import WIDENING, Lexicographic, natural_bound, slack_of
from models.plan import TimeUpError, clash_of, finished, searched
from models.polish import PolishError, on_faces
from models.program import CENTS_PER_UNIT, EUROS_PER_UNIT, Decision, Program
from models.pyomo_model import build
from models.solver import Clock, Solver
from models.variables import Variables

ROOM: Final = 1e-6
"""How far a goal in places, points or years lies above what was reached together, and still is the same:
places are rounded to a fixed grid, and a sum of many is as much off."""
WIDTHS: Final = (0.0, *WIDENING)
"""Steps by which ceilings are widened where the solver finds no point within them."""


class Aim(StrEnum):
    """What counts of a goal over the scenarios."""

    WORST = "slechtste"
    MEAN = "gemiddelde"


@dataclass(frozen=True)
class RobustPlan:
    """One choice of start years for several scenarios.

    Attributes:
        plans: the plan of each scenario, all with the same start years.
        proofs: what was proven of the goals over all scenarios.
    """

    plans: Mapping[str, Plan]
    proofs: tuple[GoalProof, ...]

    @property
    def proven(self) -> bool:
        """Whether the start years are proven to be the best, and each plan with them."""
        plans = all(proof.bewezen for plan in self.plans.values() for proof in plan.proofs)
        return plans and all(proof.bewezen for proof in self.proofs)


class DifferentGoalsError(Exception):
    """The scenarios do not have the same goals in the same order, so that nothing adds up."""


def robust_plan(
    cases: Mapping[str, Case],
    aim: Aim,
    seconds: float | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> RobustPlan:
    """Choose start years once for several scenarios.

    Args:
        cases: the case of each scenario.
        aim: what counts of a goal over the scenarios.
        seconds: the time limit for all of it; None for none.
        tell: called with what is going on.

    Raises:
        DifferentGoalsError: the scenarios do not have the same goals in the same order.
        NoPlanError: no start years are possible in every scenario.
        TimeUpError: the time was up before a first plan was found.
    """
    clock = Clock(seconds)
    programs = {name: compile_program(case, Entitlement(case)) for name, case in cases.items()}
    if len({tuple(row.doel for row in case.goals) for case in cases.values()}) > 1:
        raise DifferentGoalsError
    for name, case in cases.items():
        if clashing := clash_of(case):
            raise NoPlanError(f"[scenario {name}] {clashing}")
    joint = join([build(grouped(program)) for program in programs.values()], aim)
    state = Lexicographic(joint.formulation, joint.compiled, joint.first_point(), clock, tell, floors=joint.floors)
    state.solve()
    starts = joint.starts_at(state.point)
    plans = {}
    for (name, program), ceilings in zip(programs.items(), _ceilings(joint, state), strict=True):
        tell(f"scenario {name}")
        plans[name] = _second_stage(program, starts, ceilings, clock)
    return RobustPlan(plans, tuple(state.proofs))


def _ceilings(joint: Joint, state: Lexicographic) -> list[tuple[float, ...]]:
    """What each goal may be in each scenario, so that nothing that was reached together is lost."""
    face = on_faces(state, joint.formulation, joint.compiled)
    point = None if face is None else face.point
    if joint.aim is Aim.WORST:
        exact = () if point is None else joint.values(joint.compiled.goals, joint.compiled.offsets, point)
        worst = exact or tuple(held.upper + WIDENING[-1] * held.slack for held in state.held)
        return [worst] * len(joint.parts)
    return [joint.values(*own, state.point if point is None else point) for own in joint.own_goals]


def _second_stage(program: Program, starts: Mapping[str, int], ceilings: Sequence[float], clock: Clock) -> Plan:
    """Plan one scenario with the start years known, within ceilings where it does not stay there itself."""
    alone = finished(program, searched(program, clock, starts=starts))
    if _stays_within(program.case, alone, ceilings):
        return alone
    slacks = [slack_of(row.doel) for row in program.case.goals]
    for width in WIDTHS:
        wider = [ceiling + width * slack for ceiling, slack in zip(ceilings, slacks, strict=True)]
        try:
            return finished(program, searched(program, clock, starts=starts, ceilings=wider), wider)
        except (PolishError, TimeUpError):
            if clock.up or width == WIDTHS[-1]:
                raise
    raise PolishError("De oplosser gaf geen betrouwbaar eindpunt. Meld het aan de makers.")


def _stays_within(case: Case, plan: Plan, ceilings: Sequence[float]) -> bool:
    """Whether no goal of a plan comes out worse than its ceiling, but for what the rounding does."""
    outcome = Outcome(case, plan.allocation)
    cents = (len(plan.allocation.payments) + len(outcome.gaps)) / CENTS_PER_UNIT
    return all(
        in_model(row.doel, outcome.goals[row.doel]) <= ceiling + (cents if UNITS[row.doel] == "EUR" else ROOM)
        for row, ceiling in zip(case.goals, ceilings, strict=True)
    )


def in_model(name: str, value: Exact | Money) -> float:
    """A reported value of a goal in the sense to minimise, in units of the model."""
    if isinstance(value, Money):
        return float(value.euros / EUROS_PER_UNIT)
    return float(-value if name == "waardering" else value)


def _only(starts: list[Any]) -> Variables:
    """Variables of which only those of the start years are known."""
    return Variables(
        x=starts,
        places=[],
        used=[],
        empty=[],
        y=[],
        short={},
        over={},
        above={},
        below={},
        pay=[],
        gap=[],
        revenue=[],
        left={},
        owed=[],
        repaid=[],
    )


@dataclass(frozen=True)
class Joint:
    """The programs of several scenarios in one matrix.

    Attributes:
        parts: the model of each scenario, on groups of alike cost lines.
        aim: what counts of a goal over the scenarios.
        columns: the column of each start year that some scenario knows.
        compiled: the model.
        own_goals: for each scenario the coefficients and the constants of its goals, over all columns.
    """

    parts: tuple[Model, ...]
    aim: Aim
    columns: Mapping[Decision, int]
    compiled: Compiled
    own_goals: tuple[tuple[Vector, Vector], ...]

    @cached_property
    def formulation(self) -> Formulation:
        """The goals and the start years of the first scenario, in the columns of the joint matrix."""
        program = self.parts[0][0].program
        starts = [self.columns[decision] for decision in program.decisions]
        return Formulation(program, _only(starts))

    @property
    def floors(self) -> Mapping[str, float]:
        """A bound on each goal that holds for every plan."""
        over = max if self.aim is Aim.WORST else _mean
        return {
            name: over([natural_bound(formulation.program, name) for formulation, _ in self.parts])
            for name in self.formulation.goals
        }

    def starts_at(self, point: Vector) -> Mapping[str, int]:
        """The start years at a point."""
        return {name: year for (name, year), at in self.columns.items() if round(point[at])}

    @staticmethod
    def values(goals: Vector, offsets: Vector, point: Vector) -> tuple[float, ...]:
        """The values of some goals at a point, in the sense to minimise."""
        return tuple((goals @ point[: goals.shape[1]] + offsets).tolist())

    def first_point(self) -> Vector:
        """A first point of the model.

        Raises:
            NoPlanError: no start years are possible in every scenario.
        """
        solver = Solver(self.compiled)
        solver.minimise(np.zeros(len(self.compiled.col_lower)))
        relaxed = Solver(self.compiled, relaxed=True)
        relaxed.minimise(self.compiled.goals[0])
        for presolve in (True, False):
            found = solver.run(presolve=presolve).point
            exact = None if found is None else relaxed.with_binaries(found)
            if exact is not None:
                return exact
        raise NoPlanError("Er is geen plan mogelijk: geen startjaren kunnen in alle scenario's.")


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def join(parts: Sequence[Model], aim: Aim) -> Joint:
    """Put the models of several scenarios side by side, with the start years in common.

    Args:
        parts: the model of each scenario; their goals are the same.
        aim: what counts of a goal over the scenarios.
    """
    decisions = sorted({decision for formulation, _ in parts for decision in formulation.program.decisions})
    columns = {decision: at for at, decision in enumerate(decisions)}
    maps = _places_in(parts, columns)
    size = 1 + max(int(found.max(initial=-1)) for found in maps)
    compiled = _side_by_side(parts, maps, size)
    possible = set.intersection(*(set(formulation.program.decisions) for formulation, _ in parts))
    compiled.col_upper[[at for decision, at in columns.items() if decision not in possible]] = 0.0
    goals = np.array([_spread(part.goals, at, size) for (_, part), at in zip(parts, maps, strict=True)])
    offsets = np.array([part.offsets for _, part in parts])
    if aim is Aim.MEAN:
        compiled = replace(compiled, goals=goals.mean(axis=0), offsets=offsets.mean(axis=0))
    else:
        compiled = _with_worst(compiled, goals, offsets)
    return Joint(tuple(parts), aim, columns, compiled, tuple(zip(goals, offsets, strict=True)))


def _places_in(parts: Sequence[Model], columns: Mapping[Decision, int]) -> list[Ids]:
    """The column in the joint matrix of each column of each part."""
    found, following = [], len(columns)
    for formulation, part in parts:
        at = np.full(len(part.col_lower), -1, dtype=np.int64)
        at[formulation.variables.x] = [columns[decision] for decision in formulation.program.decisions]
        own = np.flatnonzero(at < 0)
        at[own] = np.arange(following, following + len(own))
        following += len(own)
        found.append(at)
    return found


def _spread(rows: Vector, at: Ids, size: int) -> Vector:
    """Rows over the columns of a part as rows over all columns."""
    wide = np.zeros((len(rows), size))
    wide[:, at] = rows
    return wide


def _side_by_side(
    parts: Sequence[Model],
    maps: Sequence[Ids],
    size: int,
) -> Compiled:
    lower, upper = np.zeros(size), np.full(size, INFINITY)
    integer = np.zeros(size, dtype=bool)
    blocks = []
    for (_, part), at in zip(parts, maps, strict=True):
        entries = part.matrix.tocoo()
        shape = (part.matrix.shape[0], size)
        blocks.append(sparse.csc_matrix((entries.data, (entries.row, at[entries.col])), shape=shape))
        lower[at], upper[at] = np.maximum(lower[at], part.col_lower), np.minimum(upper[at], part.col_upper)
        integer[at] |= part.integer
    first = parts[0][1]
    return Compiled(
        matrix=sparse.vstack(blocks, format="csc"),
        row_lower=np.concatenate([part.row_lower for _, part in parts]),
        row_upper=np.concatenate([part.row_upper for _, part in parts]),
        col_lower=lower,
        col_upper=upper,
        integer=integer,
        goals=np.zeros((len(first.goals), size)),
        offsets=np.zeros(len(first.goals)),
        senses=first.senses,
    )


def _with_worst(compiled: Compiled, goals: Vector, offsets: Vector) -> Compiled:
    """A column for each goal that is at least its value in every scenario."""
    extension = Extension(compiled)
    worst = [extension.column(-INFINITY, INFINITY) for _ in compiled.goals]
    for scenario, constants in zip(goals, offsets, strict=True):
        for column, costs, constant in zip(worst, scenario, constants, strict=True):
            at = np.flatnonzero(costs)
            terms = [*zip(at.tolist(), costs[at].tolist(), strict=True), (column, -1.0)]
            extension.row(terms, -INFINITY, -float(constant))
    joined = extension.compiled()
    return replace(joined, goals=np.array([extension.costs([(column, 1.0)]) for column in worst]))
