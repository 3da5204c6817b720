"""The goals one after another, each solved to a proven optimum and then held.

A bound that any plan meets (zero for a sum that cannot be negative) proves a goal without a run. Else one
tree (`models.tree`) proves it, whose boxes pass from goal to goal: what few plans keep the goals before is
found once. HiGHS is asked for a plan where the tree is still young. Where the tree grows too large HiGHS
solves the goal twice, with presolve and without, and the better point counts. Once a plan is known,
"infeasible" is false: the held goals are widened step by step and the goal is solved again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

import numpy as np

from finance.case.words import CHANGES, UNITS
from finance.plan.allocation import GoalProof
from models.compiled import INFINITY, Compiled, Vector
from models.formulation import Formulation
from models.preference import decision_ranks
from models.program import EUROS_PER_UNIT, Program
from models.solver import Answer, Clock, Run, Solver
from models.tree import Target, Tree

HELD_MONEY: Final = 1e-6
"""How far a held goal in money may slip: a tenth of a cent, a thousand times the tolerance."""
HELD_OTHER: Final = 1e-7
"""How far a held goal in places, points or years may slip: a hundred times the tolerance."""
WIDENING: Final = (1.0, 3.0, 9.0)
"""Steps by which held goals are widened after a false infeasible; the last stays below a cent."""
SAME: Final = 1e-7
"""Two values of a goal that differ less than this, relative to their size, are the same."""
NOTHING: Final = 1e-10
"""A sum below this is zero; a tenth of the solver's tolerance."""
FEW_CHANGES: Final = 4
"""So many times the number of decisions a change weighs among equals: more than all of them together."""
FEW: Final = 4
"""So many open boxes or fewer are looked into before HiGHS is asked for a plan: most often they hold none better."""
MANY: Final = 6000
"""Boxes that it looks into before HiGHS is asked to prove a goal."""
RESERVED: Final = 0.2
"""Share of a time limit that is kept for a bound on every goal and for what comes after the search."""
TURN: Final = 0.5
"""Share of the time left that a goal may take, or a run for it, where time is limited."""
CORES: Final = (0.0002, 0.001, 0.004, 0.016, 0.06)
"""How much worse than the bound, as a share of it, the choices of a core may be."""
LARGE: Final = 500
"""Free choices above which plans are first looked for in a core; with fewer a run on all of them is as quick."""
TIE_NODES: Final = 1000
"""Branch-and-bound nodes spent on choosing among equals."""


BY_DUALITY: Final = "de ondergrens uit de dualiteit, hier zelf nagerekend, is bereikt"
BY_SPLITTING: Final = "alle keuzen zijn opgesplitst, en van elk deel is de ondergrens hier zelf nagerekend"
"""How the tree proves a goal."""


@dataclass(frozen=True)
class Held:
    """A goal that was solved and is held.

    Attributes:
        upper: the value up to which later goals may worsen it (its optimum and its speling), in the
            sense to minimise, in units of the model, constant included.
        slack: how far the row that holds it is wider, for the solver's tolerance.
        offset: the constant of the goal, which is not in its row.
        point: the point that reached its optimum.
    """

    upper: float
    slack: float
    offset: float
    point: Vector

    def row_bound(self, width: float) -> float:
        """The bound of the row that holds it, with the slack taken some times."""
        return self.upper + width * self.slack - self.offset


@dataclass
class Lexicographic:
    """The state of a lexicographic solve.

    Attributes:
        formulation: the model.
        compiled: its arrays.
        point: the best point so far; it satisfies every held goal.
        clock: the time left.
        tell: called with a line for a progress bar.
        held: the goals so far.
        proofs: what was proven of them.
        floors: a bound on each goal that holds for every plan, where it does not follow from the program.
    """

    formulation: Formulation
    compiled: Compiled
    point: Vector
    clock: Clock
    tell: Callable[[str], None]
    held: list[Held] = field(default_factory=list)
    proofs: list[GoalProof] = field(default_factory=list)
    floors: Mapping[str, float] | None = None

    def __post_init__(self) -> None:
        """Hand the model to two solvers, one with the binaries whole, one for runs with them fixed, and to the tree."""
        self._mip = Solver(self.compiled)
        self._lp = Solver(self.compiled, relaxed=True)
        self._tree = Tree(self.compiled, WIDENING)
        self._search_clock = self.clock.part(1 - RESERVED)
        self._turn = self.clock
        self._rows: list[tuple[int, int]] = []

    def solve(self) -> Vector:
        """Solve every goal, then choose among what is still equal; returns the chosen point."""
        for number, name in enumerate(self.formulation.goals):
            self.tell(name)
            self._turn = self._search_clock.part(TURN)
            self._solve_goal(number, name)
        if not self.clock.up:
            self._break_ties()
        return self.point

    def _solve_goal(self, number: int, name: str) -> None:
        floor = natural_bound(self.formulation.program, name) if self.floors is None else self.floors[name]
        how = "gelijk aan de ondergrens die voor elk plan geldt"
        if self._value(number) > floor + slack_of(name):
            floor, how = self._search(number, name, floor, how)
        self._keep(number, name, floor, how)

    def _value(self, number: int) -> float:
        return self.compiled.goal_value(number, self.point)

    def _search(self, number: int, name: str, floor: float, how: str) -> tuple[float, str]:
        """Improve a goal until it is proven: by the tree, else by a run with and one without presolve.

        Where time is limited the bound of the relaxation and a plan near it come first.

        Returns:
            The best proven bound, and how it was proven, in Dutch.
        """
        costs, offset = self.compiled.goals[number], float(self.compiled.offsets[number])
        self._set_width(WIDENING[0])
        for solver in (self._mip, self._lp, self._tree):
            solver.minimise(costs, offset)
        if not self.clock.endless:
            floor, how = max((floor, how), self._near_relaxation(number))
        if self._value(number) - floor > tolerance_of(name, self._value(number)):
            floor, how = max((floor, how), self._grow(number, FEW if self._tree.boxes <= FEW else 1))
        runs: list[Run] = []
        candidates = self._runs()
        while self._value(number) - floor > tolerance_of(name, self._value(number)):
            run = next(candidates, None)
            if run is None:
                return _proof(runs, self._value(number), floor)
            runs.append(run)
            self._improve(number, run)
            if len(runs) == 1:
                floor, how = max((floor, how), self._grow(number, MANY))
        return floor, how

    def _near_relaxation(self, number: int) -> tuple[float, str]:
        """The bound of the relaxation, and the best plan among those that it prices nearly as low.

        A choice with a reduced cost above some room makes a plan worse than the bound by more than that; so
        good plans lie in the core of the other choices, which is searched for a growing room.
        """
        at = np.flatnonzero(self.compiled.integer)
        lower, upper = (side[at].copy() for side in self._mip.bounds)
        self._lp.bound_columns(at, lower, upper)
        run = self._lp.run(seconds=self.clock.left)
        if len(run.row_dual) < len(self.compiled.row_lower):
            return -INFINITY, BY_DUALITY
        dual = self._lp.proven(run)
        reduced = dual.reduced[at]
        for share in CORES if np.sum(lower < upper) > LARGE else ():
            room = share * max(1.0, abs(dual.value))
            outside = np.abs(reduced) > room
            if (
                self._turn.up
                or not np.any(outside)
                or self._value(number) - dual.value <= tolerance_of(self.formulation.goals[number], dual.value)
            ):
                break
            planned = np.round(self.point[at])
            high = np.where(outside & (reduced > 0), np.maximum(planned, lower), upper)
            low = np.where(outside & (reduced < 0), np.minimum(planned, upper), lower)
            self._mip.bound_columns(at, low, high)
            found = self._mip.run(seconds=self._turn.part(TURN).left)
            self._improve(number, found)
            if found.answer is not Answer.OPTIMAL or self._value(number) - dual.value <= room:
                break
        self._mip.bound_columns(at, lower, upper)
        return dual.value, BY_DUALITY

    def _grow(self, number: int, most: int) -> tuple[float, str]:
        """Let the tree look into some more boxes; the bound that it proves, and how, in Dutch."""
        target = Target(
            self.point,
            lambda point: self.compiled.goal_value(number, point),
            self._made_whole,
            lambda value: self._allowance(number, value),
            tolerance_of(self.formulation.goals[number], self._value(number)),
            self._turn,
        )
        bound = self._tree.prove(target, most)
        self.point = target.point
        return bound, BY_SPLITTING if self._tree.split else BY_DUALITY

    def _may_slip(self, number: int) -> bool:
        """Whether later goals may worsen a goal."""
        return self._allowance(number, 1.0) > 0

    def _allowance(self, number: int, value: float) -> float:
        """How much later goals may worsen a goal: its speling, or the room to change decisions."""
        case = self.formulation.program.case
        goal = case.goals[number]
        room = case.approval.ruimte if case.approval and goal.doel == CHANGES else 0
        return float(goal.speling) * abs(value) + room

    def _runs(self) -> Iterator[Run]:
        """Runs with and without presolve; wider and again while both say infeasible."""
        for width in WIDENING:
            self._set_width(width)
            answers = []
            for presolve in (True, False):
                if self._turn.up:
                    return
                run = self._mip.run(presolve=presolve, seconds=self._turn.left)
                answers.append(run.answer)
                yield run
            if any(answer is not Answer.INFEASIBLE for answer in answers):
                return

    def _set_width(self, width: float) -> None:
        for (mip_row, lp_row), held in zip(self._rows, self.held, strict=True):
            self._mip.widen(mip_row, held.row_bound(width))
            self._lp.widen(lp_row, held.row_bound(width))

    def _improve(self, number: int, run: Run) -> None:
        """Take over a point where it is better once its binaries are exactly whole."""
        if run.point is None:
            return
        exact = self._made_whole(run.point)
        if exact is None:
            return
        if self.compiled.goal_value(number, exact) < self.compiled.goal_value(number, self.point):
            self.point = exact

    def _made_whole(self, point: Vector) -> Vector | None:
        """The best point with the binaries of a point; the held goals are widened where none is found."""
        for width in WIDENING:
            for (_, row), held in zip(self._rows, self.held, strict=True):
                self._lp.widen(row, held.row_bound(width))
            exact = self._lp.with_binaries(point)
            if exact is not None:
                return exact
        return None

    def _keep(self, number: int, name: str, bound: float, how: str) -> None:
        """Hold a goal at its optimum, widened by its speling, and note what was proven."""
        value = self._value(number)
        costs, offset = self.compiled.goals[number], float(self.compiled.offsets[number])
        held = Held(value + self._allowance(number, value), slack_of(name), offset, self.point)
        upper = held.row_bound(1.0)
        self._rows.append((self._mip.hold(costs, upper), self._lp.hold(costs, upper)))
        self._tree.hold(costs, held.row_bound)
        self.held.append(held)
        gap = max(0.0, value - bound)
        proven = gap <= tolerance_of(name, value)
        self.proofs.append(GoalProof(name, proven, how, Decimal(0) if proven else in_unit(name, gap)))
        if not self._may_slip(number) and abs(value) <= NOTHING and offset == 0.0:
            self._forbid(costs)

    def _forbid(self, costs: Vector) -> None:
        """Where a sum of nothing negative is zero, each of its terms is: no row slips then."""
        at = np.flatnonzero(costs > 0)
        if np.any(costs < 0) or np.any(self.compiled.col_lower[at] < 0):
            return
        zero = np.zeros(len(at))
        for solver in (self._mip, self._lp):
            solver.bound_columns(at, zero, zero)
        self._tree.forbid(at)

    def _break_ties(self) -> None:
        """Among plans that are equal in every goal, take the one with the fewest measures, and the first ones.

        First as `models.preference` ranks them. Before that the one that keeps most of an approved plan.
        """
        if self._tree.one_plan:
            return
        self._set_width(1.0)
        weights = np.zeros(len(self.point))
        decisions = self.formulation.variables.x
        program = self.formulation.program
        for rank, column in zip(decision_ranks(program.case, program.decisions), decisions, strict=True):
            weights[column] = tie_weight(rank, len(decisions))
        if self.formulation.goals[0] == CHANGES:
            weights += FEW_CHANGES * len(decisions) * self.compiled.goals[0]
        self._mip.minimise(weights)
        self._lp.minimise(weights)
        run = self._mip.run(seconds=self.clock.left, nodes=TIE_NODES)
        if run.point is None or run.value >= float(weights @ self.point) - SAME:
            return
        exact = self._made_whole(run.point)
        if exact is not None:
            self.point = exact


def spread(position: int) -> float:
    """A number between 0 and 1 for each position, so that no two sums are likely to be equal."""
    golden = 0.6180339887498949
    return position * golden % 1.0


def tie_weight(rank: int, count: int) -> float:
    """A weight that grows with the rank: what comes first goes before, and one goes before two."""
    return 1.0 + rank / max(1, count) + spread(rank) / 1000


def slack_of(name: str) -> float:
    """How far a held goal may slip, in units of the model."""
    return HELD_MONEY if UNITS[name] == "EUR" else HELD_OTHER


def tolerance_of(name: str, value: float) -> float:
    """How near a bound must be to a value to prove it: the slip of a goal, or its float noise."""
    return max(2 * slack_of(name), 1e-9 * abs(value))


def in_unit(name: str, value: float) -> Decimal:
    """A value of a goal in the unit in which it is reported."""
    scale = EUROS_PER_UNIT if UNITS[name] == "EUR" else 1
    return Decimal(repr(round(value * scale, 6))) if np.isfinite(value) else Decimal("Infinity")


def natural_bound(program: Program, name: str) -> float:
    """A bound on a goal, in the sense to minimise, that holds for every plan whatever the solver says."""
    if name != "waardering":
        return 0.0
    best = {row.project: Decimal(0) for row in program.case.measures}
    for row in program.case.measures:
        best[row.project] = max(best[row.project], row.waardering)
    return -float(sum(best.values(), Decimal(0)))


def _proof(runs: list[Run], best: float, floor: float) -> tuple[float, str]:
    """The best proven bound of some runs, and how it was proven, in Dutch."""
    margin = SAME * max(1.0, abs(best))
    optimal = [run for run in runs if run.answer is Answer.OPTIMAL and run.point is not None]
    agreeing = [run for run in optimal if abs(run.value - best) <= margin]
    if len(agreeing) > 1:
        return best, "twee runs, met en zonder presolve, bewijzen hetzelfde optimum"
    if agreeing and len(optimal) == 1:
        return best, "een run bewijst het optimum; de andere gaf geen antwoord"
    if agreeing:
        return best, "een run bewijst het optimum; de andere gaf een slechter punt, dat is verworpen"
    bounds = [run.bound for run in runs if run.answer is Answer.LIMIT and run.bound <= best + margin]
    bound = max([floor, *bounds])
    if any(run.answer is Answer.LIMIT for run in runs) or not runs:
        return bound, "gestopt door de tijdslimiet"
    return bound, "niet bewezen: de runs spreken elkaar tegen"
