"""The last linear programs: start years fixed, the goals solved once more without any slack.

With the binaries fixed a goal is a linear program, and it can be held exactly: a variable with a
reduced cost, or a row with a dual, stays at its bound on the whole optimal face. So nothing slips,
and what is still equal is decided by a fixed order: the first sources and locations come first.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from models.compiled import INFINITY, Vector
from models.lexicographic import NOTHING, Lexicographic, spread
from models.solver import Run, Solver

PRICED: Final = 1e-8
"""A reduced cost or dual above this is one; ten times the solver's tolerance."""

LEEWAY: Final = 1e-3
"""How much worse than its held value a goal may come out here: earlier goals no longer slip, and a
ten-millionth of a place is worth some cents. One euro, in thousands of euros."""


def polish(state: Lexicographic) -> Vector:
    """Solve the goals again with the start years fixed; returns a point at least as good.

    Args:
        state: a finished lexicographic solve.

    Returns:
        A vertex; the point of the state itself where a run fails its checks.
    """
    compiled, formulation = state.compiled, state.formulation
    solver = Solver(compiled, relaxed=True)
    fixed = np.flatnonzero(compiled.integer)
    whole = np.round(state.point[fixed])
    solver.bound_columns(fixed, whole, whole)
    face = _Face(solver, compiled.col_lower.copy(), compiled.col_upper.copy())
    best = state.point
    for number, held in enumerate(state.held):
        costs = compiled.goals[number]
        if formulation.program.case.goals[number].speling and abs(held.upper) > NOTHING:
            face.hold(costs, held.upper - held.offset)
            continue
        solver.minimise(costs)
        run = solver.run()
        if run.point is None or run.value > held.row_bound(1.0) + LEEWAY:
            return state.point
        best = run.point
        face.fix(run)
    solver.minimise(_order(state))
    run = solver.run()
    if run.point is not None:
        best = run.point
    best[fixed] = whole
    return best


class _Face:
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


def _order(state: Lexicographic) -> Vector:
    """Weights that put first sources, locations and own places first, spread so that none cancel."""
    formulation = state.formulation
    program, v = formulation.program, formulation.variables
    sources = len(program.case.sources)
    ranked = [(variable, program.pairs[p][1]) for p, variable in enumerate(v.pay)]
    ranked += [(variable, sources) for variable in v.gap]
    ranked += [(variable, k) for k, variable in enumerate(v.used)]
    ranked += [(variable, n) for n, variable in enumerate(v.y)]
    weights = np.zeros(len(state.point))
    for position, (variable, rank) in enumerate(ranked):
        column = state.compiled.column(variable)
        if column >= 0:
            weights[column] = 1 + rank / (1 + sources) + spread(position) / 1000
    return weights
