"""The last linear programs: start years fixed, the goals solved once more without any slack.

With the binaries fixed a goal is a linear program, and it can be held exactly: a variable with a
reduced cost, or a row with a dual, stays at its bound on the whole optimal face. So nothing slips,
and what is still equal is decided by a fixed order: the first sources and locations come first.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from finance.findings import SpukError
from models.compiled import INFINITY, Compiled, Vector
from models.formulation import Formulation
from models.lexicographic import NOTHING, WIDENING, Lexicographic, spread
from models.solver import Columns, Run, Solver

PRICED: Final = 1e-8
"""A reduced cost or dual above this is one; ten times the solver's tolerance."""

LEEWAY: Final = 1e-3
"""How much worse than its held value a goal may come out here: earlier goals no longer slip, and a
ten-millionth of a place is worth some cents. One euro, in thousands of euros."""


class PolishError(SpukError):
    """The solver gave no checked point for the last linear programs; a fault of the toolkit."""


def polish(state: Lexicographic, formulation: Formulation, compiled: Compiled) -> Vector:
    """Solve the goals once more with the start years fixed, line by line.

    Args:
        state: a finished lexicographic solve, of the same case with its lines in groups.
        formulation: the model line by line.
        compiled: its arrays.

    Returns:
        A vertex in which every goal is at least as good as it is held.

    Raises:
        PolishError: no run gives a point that passes its checks.
    """
    for attempt in (on_faces, _within_rows):
        point = attempt(state, formulation, compiled)
        if point is not None:
            return point
    raise PolishError("De oplosser gaf geen betrouwbaar eindpunt. Meld het aan de makers.")


def _fixed(state: Lexicographic, formulation: Formulation, point: Vector) -> tuple[Columns, Vector]:
    """The binary columns of the model, and the start years at a point of the solve as their values."""
    at = np.array(formulation.variables.x, dtype=np.int_)
    return at, np.round(point[state.formulation.variables.x])


def on_faces(state: Lexicographic, formulation: Formulation, compiled: Compiled) -> Vector | None:
    """Solve the goals once more with the start years fixed, and hold each on its optimal face.

    Args:
        state: a finished lexicographic solve.
        formulation: the model whose start years are taken over.
        compiled: its arrays, with the same goals.

    Returns:
        A vertex in which no goal slips; None where a run fails its checks.
    """
    uppers: list[float | None] = []
    for _ in state.held:
        uppers.append(_upper_without_slip(state, formulation, compiled, uppers))
    solver = _down_the_faces(state, formulation, compiled, state.point, uppers)
    if solver is None:
        return None
    return first_in_order(solver, formulation, compiled, *_fixed(state, formulation, state.point))


def _upper_without_slip(
    state: Lexicographic, formulation: Formulation, compiled: Compiled, uppers: Sequence[float | None]
) -> float | None:
    """Up to where the next goal may go by its speling; None where it has none.

    Later goals use all of it. So the optimum that it is counted from is solved again without any slip of
    the goals before, with the start years that reached it.
    """
    number = len(uppers)
    held, speling = state.held[number], float(formulation.program.case.goals[number].speling)
    if not speling or abs(held.upper) <= NOTHING:
        return None
    solver = _down_the_faces(state, formulation, compiled, held.point, uppers)
    if solver is None:
        return held.upper
    solver.minimise(compiled.goals[number])
    best = solver.run().value + held.offset
    upper = best + speling * abs(best)
    return upper if abs(upper - held.upper) <= LEEWAY else held.upper


def _down_the_faces(
    state: Lexicographic,
    formulation: Formulation,
    compiled: Compiled,
    point: Vector,
    uppers: Sequence[float | None],
) -> Solver | None:
    """A solver that holds the first goals with the start years at a point; None where a run fails its checks.

    Args:
        state: a finished lexicographic solve.
        formulation: the model whose start years are taken over.
        compiled: its arrays.
        point: a point of the solve.
        uppers: for each of the first goals up to where it may go; None to hold it on its optimal face.
    """
    solver = Solver(compiled, relaxed=True)
    fixed, whole = _fixed(state, formulation, point)
    solver.bound_columns(fixed, whole, whole)
    face = Face(solver, compiled.col_lower.copy(), compiled.col_upper.copy())
    for upper, costs, held in zip(uppers, compiled.goals, state.held, strict=False):
        if upper is not None:
            face.hold(costs, upper - held.offset)
            continue
        solver.minimise(costs)
        run = solver.run()
        if run.point is None or run.value > held.row_bound(1.0) + LEEWAY:
            return None
        face.fix(run)
    return solver


def _within_rows(state: Lexicographic, formulation: Formulation, compiled: Compiled) -> Vector | None:
    """Hold each goal by a row with some slack; None where a run fails its checks."""
    solver = Solver(compiled, relaxed=True)
    fixed, whole = _fixed(state, formulation, state.point)
    solver.bound_columns(fixed, whole, whole)
    for costs, held in zip(compiled.goals, state.held, strict=True):
        solver.hold(costs, held.row_bound(WIDENING[-1]) + LEEWAY)
    goals = formulation.program.case.goals
    for costs, held, goal in zip(compiled.goals, state.held, goals, strict=True):
        solver.minimise(costs)
        run = solver.run()
        if run.point is not None and not goal.speling:
            solver.hold(costs, run.value + held.slack)
    return first_in_order(solver, formulation, compiled, fixed, whole)


def first_in_order(
    solver: Solver, formulation: Formulation, compiled: Compiled, fixed: Columns, whole: Vector
) -> Vector | None:
    """Of the points that a solver still allows, the one with the first sources and locations.

    Args:
        solver: the relaxation, with all that is held.
        formulation: the model line by line.
        compiled: its arrays.
        fixed: the columns of the binaries.
        whole: their values.
    """
    solver.minimise(_order(formulation, compiled))
    for presolve in (True, False):
        point = solver.run(presolve=presolve).point
        if point is not None:
            point[fixed] = whole
            return point
    return None


class Face:
    """The optimal face of the goals so far, as bounds in the solver."""

    def __init__(self, solver: Solver, lower: Vector, upper: Vector) -> None:
        self._solver = solver
        self._lower, self._upper = lower, upper
        self._row_lower = list(solver.compiled.row_lower)
        self._row_upper = list(solver.compiled.row_upper)

    def hold(self, costs: Vector, upper: float) -> None:
        """Keep a goal within its speling; where a later goal needs all of it, all of it is used."""
        self._solver.hold(costs, upper)
        self._row_lower.append(-INFINITY)
        self._row_upper.append(upper)

    def fix(self, run: Run) -> None:
        """Fix what has a price: its value is the same on the whole optimal face."""
        if run.point is None:
            return
        compiled = self._solver.compiled
        columns = np.flatnonzero((np.abs(run.col_dual) > PRICED) & ~compiled.integer)
        values = np.clip(run.point[columns], self._lower[columns], self._upper[columns])
        self._solver.bound_columns(columns, values, values)
        for row in np.flatnonzero(np.abs(run.row_dual) > PRICED):
            lower, upper = self._row_lower[row], self._row_upper[row]
            side = upper if np.isfinite(upper) else lower
            self._solver.bound_row(int(row), side, side)


def _order(formulation: Formulation, compiled: Compiled) -> Vector:
    """Weights that put first sources, locations and own places first, spread so that none cancel."""
    program, v = formulation.program, formulation.variables
    sources = len(program.case.sources)
    ranked = [(column, program.pairs[p][1]) for p, column in enumerate(v.pay)]
    ranked += [(column, sources) for column in v.gap]
    ranked += [(column, k) for k, column in enumerate(v.used)]
    ranked += [(column, n) for n, column in enumerate(v.y)]
    weights = np.zeros(len(compiled.col_lower))
    for position, (column, rank) in enumerate(ranked):
        weights[column] = 1 + rank / (1 + sources) + spread(position) / 1000
    return weights
