"""Probing: a choice that no plan as good as the best can make is taken out of the search.

For each binary that is still free, and each of its two values, the linear relaxation with that value is
solved and its bound computed by weak duality (models.bounds). Where the bound is worse than a known plan,
the other value is the only one left. HiGHS's word is not needed for that: any duals prove what they prove,
and an "infeasible" proves nothing here. A value that some relaxed point has which is as good as the plan is
not tried: its bound would not exclude it.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from models.bounds import Box, cutoff
from models.compiled import Vector
from models.solver import Clock, Columns, Solver

MOST: Final = 200
"""Free binaries above which probing costs more than it saves."""
WHOLE: Final = 1e-9
"""A value this near to 0 or 1 is one."""


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
    free = np.flatnonzero(lower[at] < upper[at])
    if len(free) > MOST:
        return lower, upper
    probing = _Probing(relaxed, at, best)
    probing.excluded(lower, upper)
    for place in free:
        column = at[place]
        for value in (1.0, 0.0):
            if clock.up:
                return lower, upper
            if probing.good[value][place]:
                continue
            tried = lower.copy(), upper.copy()
            tried[0][column] = tried[1][column] = value
            if probing.excluded(*tried):
                lower[column] = upper[column] = 1.0 - value
                break
    return lower, upper


class _Probing:
    """The relaxations of one round.

    Attributes:
        good: which binaries have a value in a relaxed point as good as the best: no need to try it.
    """

    def __init__(self, relaxed: Solver, at: Columns, best: float) -> None:
        self._relaxed, self._at, self._cutoff = relaxed, at, cutoff(best)
        self.good = {value: np.zeros(len(at), dtype=bool) for value in (0.0, 1.0)}

    def excluded(self, lower: Vector, upper: Vector) -> bool:
        """Whether no plan as good as the best lies within bounds of the columns."""
        self._relaxed.bound_columns(self._at, lower[self._at], upper[self._at])
        found = self._relaxed.rebound()
        if found is None:
            return False
        bound, point = found
        if bound > self._cutoff:
            return True
        for value in self.good:
            self.good[value] |= np.abs(point[self._at] - value) <= WHOLE
        return False
