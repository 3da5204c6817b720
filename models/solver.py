"""HiGHS, held at arm's length: every status is doubted and every point is checked.

Seen with HiGHS 1.15.1 on this model: a wrong "infeasible" once an earlier goal was held tightly, and
a lost optimum with presolve. So tolerances are 1e-9, no start solution is given where optimality is
claimed, and a point counts only after its rows, bounds and whole numbers were checked here.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from threading import Thread
from typing import Final

import highspy
import numpy as np
import numpy.typing as npt

from models.bounds import Box, DualBound, HeldRow, dual_bound
from models.compiled import INFINITY, Compiled, Vector

TOLERANCE: Final = 1e-9
"""Feasibility tolerance of the solver, in thousands of euros and in places."""
LARGEST_VIOLATION: Final = 1e-6
"""A returned point that breaks a row by more than this, relative to its bound, is no point."""
LARGEST_FRACTION: Final = 1e-5
"""A returned point whose binaries are further from 0 and 1 than this is no point."""
NONE: Final = 1e-9
"""A sum of rows, scaled to duals of 1, must be broken by more than this to prove that no point meets them."""
SEED: Final = 0
LISTENING: Final = 0.2
"""Seconds between two looks for an interrupt while the solver works."""

Columns = npt.NDArray[np.int_]
"""Numbers of columns."""


class Answer(StrEnum):
    """What HiGHS says of a run."""

    OPTIMAL = "optimal"
    INFEASIBLE = "infeasible"
    LIMIT = "limit"
    OTHER = "other"


@dataclass(frozen=True)
class Run:
    """One run of the solver.

    Attributes:
        answer: what HiGHS says.
        point: the point that it returned, if it passed the checks; else None.
        value: the objective there.
        bound: the proven bound on the objective.
        col_dual, row_dual: reduced costs and duals; empty for a mixed-integer run.
    """

    answer: Answer
    point: Vector | None
    value: float
    bound: float
    col_dual: Vector
    row_dual: Vector


@dataclass(frozen=True)
class Relaxation:
    """One run of a relaxed model, asked for a bound.

    Attributes:
        answer: what HiGHS says.
        bound: what its duals prove; None where it gave none.
        point: its point, which nobody has checked; None where it gave no duals.
        nothing: whether its dual ray proves that there is no point at all.
    """

    answer: Answer
    bound: DualBound | None
    point: Vector | None
    nothing: bool = False


class Clock:
    """The time that a solve may still take; without a limit it never runs out."""

    def __init__(self, seconds: float | None) -> None:
        """Start the clock.

        Args:
            seconds: how long it runs; None for endless.
        """
        self._end = None if seconds is None else time.monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds left; infinite without a limit."""
        return INFINITY if self._end is None else max(0.0, self._end - time.monotonic())

    @property
    def endless(self) -> bool:
        """Whether there is no limit."""
        return self._end is None

    def part(self, share: float) -> Clock:
        """A clock that runs for a share of the time left; endless without a limit."""
        return Clock(None if self.endless else share * self.left)

    @property
    def up(self) -> bool:
        """Whether the time is up."""
        return self.left <= 0.0


_ANSWERS: Final = {
    highspy.HighsModelStatus.kOptimal: Answer.OPTIMAL,
    highspy.HighsModelStatus.kInfeasible: Answer.INFEASIBLE,
    highspy.HighsModelStatus.kUnboundedOrInfeasible: Answer.INFEASIBLE,
    highspy.HighsModelStatus.kTimeLimit: Answer.LIMIT,
    highspy.HighsModelStatus.kIterationLimit: Answer.LIMIT,
    highspy.HighsModelStatus.kSolutionLimit: Answer.LIMIT,
}


class Solver:
    """A compiled model in HiGHS, handed over once; between runs only objective and bounds change."""

    def __init__(self, compiled: Compiled, *, relaxed: bool = False) -> None:
        """Hand a model over.

        Args:
            compiled: the model.
            relaxed: leave out that the binaries are whole (for runs with the binaries fixed).
        """
        self.compiled = compiled
        self._relaxed = relaxed
        self._highs = quiet_highs()
        _hand_over(self._highs, compiled, relaxed=relaxed)
        self._columns = np.arange(len(compiled.col_lower), dtype=np.int32)
        self._objective = np.zeros(len(compiled.col_lower))
        self._offset = 0.0
        self._held: list[HeldRow] = []
        self._bounds = (compiled.col_lower.copy(), compiled.col_upper.copy())

    def minimise(self, costs: Vector, offset: float = 0.0) -> None:
        """Set the objective."""
        self._objective, self._offset = costs, offset
        self._highs.changeColsCost(len(costs), self._columns, costs)
        self._highs.changeObjectiveOffset(offset)

    def hold(self, costs: Vector, upper: float, slack: float = 0.0) -> int:
        """Add a row costs x <= upper.

        Args:
            costs: its coefficients.
            upper: its upper bound.
            slack: how much of that is room for the tolerance of the solver.

        Returns:
            Its number, for `widen`.
        """
        at = np.flatnonzero(costs).astype(np.int32)
        self._highs.addRow(-INFINITY, upper, len(at), at, costs[at])
        self._held.append(HeldRow(costs, upper, slack))
        return int(self._highs.getNumRow()) - 1

    def widen(self, row: int, upper: float) -> None:
        """Change the upper bound of a held row."""
        self._highs.changeRowBounds(row, -INFINITY, upper)
        at = row - len(self.compiled.row_lower)
        held = self._held[at]
        self._held[at] = HeldRow(held.costs, upper, held.slack + upper - held.upper)

    def bound_columns(self, at: Columns, lower: Vector, upper: Vector) -> None:
        """Change the bounds of some columns."""
        numbers = np.asarray(at, dtype=np.int32)
        self._highs.changeColsBounds(len(numbers), numbers, lower, upper)
        self._bounds[0][numbers], self._bounds[1][numbers] = lower, upper

    def bound_row(self, row: int, lower: float, upper: float) -> None:
        """Change the bounds of a row."""
        self._highs.changeRowBounds(row, lower, upper)

    def run(self, *, presolve: bool = True, seconds: float = INFINITY, nodes: int = 0) -> Run:
        """Solve from scratch.

        Args:
            presolve: whether HiGHS may presolve.
            seconds: the time limit.
            nodes: the largest number of branch-and-bound nodes; 0 for no limit.
        """
        self._highs.clearSolver()
        self._highs.setOptionValue("presolve", "on" if presolve else "off")
        self._highs.setOptionValue("time_limit", seconds)
        self._highs.setOptionValue("mip_max_nodes", nodes or 2**31 - 1)
        _run_aside(self._highs)
        return self._result()

    @property
    def bounds(self) -> Box:
        """Lower and upper bounds of the columns, as they stand."""
        return self._bounds

    def assume(self, uppers: Vector) -> None:
        """Take over upper bounds that follow from the rows, for the bounds that are computed here."""
        self._bounds = (self._bounds[0], np.minimum(self._bounds[1], uppers))

    def relaxation(self, *, afresh: str = "", seconds: float = INFINITY) -> Relaxation:
        """Solve a relaxed model for a bound: what its duals prove, whatever HiGHS says of the run.

        Args:
            afresh: what presolve may do ("on", "off") where it is solved from scratch; empty to solve on
                from the basis of the last run.
            seconds: the time limit.
        """
        if afresh:
            self._highs.clearSolver()
        self._highs.setOptionValue("presolve", afresh or "off")
        self._highs.setOptionValue("time_limit", seconds)
        self._highs.run()
        answer = _ANSWERS.get(self._highs.getModelStatus(), Answer.OTHER)
        solution = self._highs.getSolution()
        duals, point = np.asarray(solution.row_dual), np.asarray(solution.col_value)
        if answer is Answer.INFEASIBLE:
            return Relaxation(answer, None, None, nothing=self._proves_nothing())
        whole = len(duals) == self._highs.getNumRow() and bool(np.all(np.isfinite(duals)))
        return Relaxation(answer, self._bound_of(duals) if whole else None, point if whole else None)

    def _proves_nothing(self) -> bool:
        """Whether the dual ray y of HiGHS proves that there is no point (Farkas): L(y) > 0 without any costs."""
        _, there, ray = self._highs.getDualRay()  # type: ignore[attr-defined]  # its stub leaves it out
        duals = np.asarray(ray)
        largest = float(np.max(np.abs(duals), initial=0.0)) if there else 0.0
        if not 0.0 < largest < INFINITY:
            return False
        nothing = np.zeros(len(self._objective))
        return any(
            dual_bound(self.compiled, nothing, 0.0, sign * duals / largest, self._held, self._bounds).value > NONE
            for sign in (1.0, -1.0)
        )

    def with_binaries(self, point: Vector) -> Vector | None:
        """The best point with the binaries of a point, made exactly whole; None where no run gives one."""
        at = np.flatnonzero(self.compiled.integer)
        whole = np.round(point[at])
        self.bound_columns(at, whole, whole)
        for presolve in (True, False):
            exact = self.run(presolve=presolve).point
            if exact is not None:
                exact[at] = whole
                return exact
        return None

    def proven(self, run: Run) -> DualBound:
        """The bound on the objective that the duals of a relaxed run prove, whatever HiGHS says."""
        return self._bound_of(run.row_dual)

    def _bound_of(self, duals: Vector) -> DualBound:
        return dual_bound(self.compiled, self._objective, self._offset, duals, self._held, self._bounds)

    def _result(self) -> Run:
        info, solution = self._highs.getInfo(), self._highs.getSolution()
        answer = _ANSWERS.get(self._highs.getModelStatus(), Answer.OTHER)
        point = None
        if info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible:
            point = self._checked(np.asarray(solution.col_value))
        whole = self._relaxed or not self.compiled.integer.any()
        bound = info.objective_function_value if whole else info.mip_dual_bound
        return Run(
            answer,
            point,
            INFINITY if point is None else float(self._objective @ point) + self._offset,
            bound if answer in (Answer.OPTIMAL, Answer.LIMIT) else -INFINITY,
            np.asarray(solution.col_dual),
            np.asarray(solution.row_dual),
        )

    def _checked(self, point: Vector) -> Vector | None:
        if self.compiled.fractionality(point) > LARGEST_FRACTION and not self._relaxed:
            return None
        return point if self.compiled.violation(point) <= LARGEST_VIOLATION else None


def quiet_highs() -> highspy.Highs:
    """An empty HiGHS that is silent, exact where it can be, and the same in every run."""
    # Called by another name: highspy gives its class types, but not its constructor.
    make: Callable[[], highspy.Highs] = highspy.Highs
    highs = make()
    for name, value in _options().items():
        highs.setOptionValue(name, value)
    return highs


def _run_aside(highs: highspy.Highs) -> None:
    """Run HiGHS in a thread of its own, so that an interrupt is heard while it works."""
    thread = Thread(target=highs.run, daemon=True)
    thread.start()
    while thread.is_alive():
        thread.join(LISTENING)


def _options() -> dict[str, bool | int | float | str]:
    return {
        "output_flag": False,
        "threads": 1,
        "parallel": "off",
        "random_seed": SEED,
        "primal_feasibility_tolerance": TOLERANCE,
        "dual_feasibility_tolerance": TOLERANCE,
        "mip_feasibility_tolerance": TOLERANCE,
        "mip_rel_gap": 0.0,
        "mip_abs_gap": TOLERANCE,
        # With either, version 1.15.1 was seen to turn in a search around its own points without an end or a node.
        "mip_heuristic_run_rins": False,
        "mip_heuristic_run_rens": False,
    }


def _hand_over(highs: highspy.Highs, compiled: Compiled, *, relaxed: bool) -> None:
    # Whole arrays at once: the fields of a HighsLp take their numbers one by one, ten times slower.
    matrix, size = compiled.matrix, len(compiled.col_lower)
    highs.passModel(
        size,
        len(compiled.row_lower),
        matrix.nnz,
        int(highspy.MatrixFormat.kColwise),
        int(highspy.ObjSense.kMinimize),
        0.0,
        np.zeros(size),
        compiled.col_lower,
        compiled.col_upper,
        compiled.row_lower,
        compiled.row_upper,
        matrix.indptr,
        matrix.indices,
        matrix.data,
        (compiled.integer & (not relaxed)).astype(np.int32),
    )


def solver_name() -> str:
    """Name and version of the solver."""
    return f"HiGHS {quiet_highs().version()}"
