"""Probing: a choice that no plan as good as the best can make is taken out of the search.

For each binary that is still free, and each of its two values, the linear relaxation with that value is
solved and its bound computed by weak duality (models.bounds). Where the bound is worse than a known plan,
the other value is the only one left. HiGHS's word is not needed for that: any duals prove what they prove,
and an "infeasible" proves nothing here.
"""

from __future__ import annotations

from typing import Final

from models.bounds import Box, cutoff
from models.solver import Answer, Clock, Columns, Solver

MOST: Final = 200
"""Free binaries above which probing costs more than it saves."""


def probed(relaxed: Solver, at: Columns, box: Box, best: float, clock: Clock) -> Box:
    """Fix each binary whose one value no plan as good as the best can have.

    Args:
        relaxed: the relaxation, its objective set to the goal.
        at: the columns of the binaries.
        box: lower and upper bounds of all columns.
        best: the value of a known plan.
        clock: the time left.

    Returns:
        The bounds with more binaries fixed.
    """
    lower, upper = box[0].copy(), box[1].copy()
    free = [column for column in at if lower[column] < upper[column]]
    for column in free if len(free) <= MOST else []:
        for value in (1.0, 0.0):
            if clock.up:
                return lower, upper
            if _excluded(relaxed, at, (lower, upper), column, value, best):
                lower[column] = upper[column] = 1.0 - value
                break
    return lower, upper


def _excluded(relaxed: Solver, at: Columns, box: Box, column: int, value: float, best: float) -> bool:
    lower, upper = box[0].copy(), box[1].copy()
    lower[column] = upper[column] = value
    relaxed.bound_columns(at, lower[at], upper[at])
    run = relaxed.rerun()
    return run.answer is Answer.OPTIMAL and relaxed.proven(run).value > cutoff(best)

