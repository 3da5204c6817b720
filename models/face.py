"""The optimal face of goals: what is left of a linear program once its goals are held.

A column with a reduced cost, or a row with a dual, stays at its bound on the whole optimal face. So a goal
is held exactly by fixing those, without any slack, and what remains is a smaller linear program, on which
the next goal is solved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import sparse

from models.compiled import INFINITY, Compiled, Vector
from models.extension import Extension
from models.solver import SEED, Columns, Run, Solver

PRICED: Final = 1e-8
"""A reduced cost or dual above this is one; ten times the solver's tolerance."""
LEVEL: Final = 2e-9
"""How far above a level an item may lie: twice the solver's tolerance."""
WIDER: Final = (1, 4, 16)
"""So many times that room is tried where a run calls levels that it gave itself impossible; below `LOWER`."""
LOWER: Final = 1e-7
"""An item that can come this much below a level is not stuck at it."""
WIDE: Final = 1e-6
"""A row that is broken by more than this, in places or thousands of euros, is broken: a tenth of a cent."""
SAME: Final = 1e-8
"""Two values of a column that differ less than this are the same: a thousandth of a cent, or of what a place costs."""


@dataclass(frozen=True)
class Item:
    """What is to be as small as it can be in proportion to a weight: (constant + sum of columns) / weight.

    Attributes:
        columns: the numbers of the columns.
        weight: what they are in proportion to, above zero.
        constant: what is added to their sum.
    """

    columns: tuple[int, ...]
    weight: float
    constant: float = 0.0


class Face:
    """A linear program that gets smaller with each goal that is held.

    Attributes:
        lower, upper: the bounds of its columns; equal where a column is fixed.
        point: the point that the last run gave.
        undecided: whether a run that had to decide what is equal gave no checked point.
    """

    def __init__(self, compiled: Compiled, fixed: Columns, values: Vector) -> None:
        """Start from a model with some columns fixed.

        Args:
            compiled: the model; that its binaries are whole is left out.
            fixed: the columns.
            values: their values.
        """
        self._matrix = compiled.matrix.tocsr()
        self._rows = (compiled.row_lower.copy(), compiled.row_upper.copy())
        self.lower, self.upper = compiled.col_lower.copy(), compiled.col_upper.copy()
        self.lower[fixed] = self.upper[fixed] = values
        self._fix_implied()
        self.point = self.lower.copy()
        self.undecided = False

    def hold(self, costs: Vector, lower: float, upper: float) -> None:
        """Add a row: lower <= costs x <= upper."""
        self._matrix = sparse.vstack([self._matrix, sparse.csr_matrix(costs)], format="csr")
        self._rows = (np.append(self._rows[0], lower), np.append(self._rows[1], upper))

    def costs(self, terms: Iterable[tuple[int, float]]) -> Vector:
        """An objective by the numbers of columns."""
        found = np.zeros(len(self.lower))
        for column, value in terms:
            found[column] += value
        return found

    def lowest(self, costs: Vector) -> float | None:
        """Minimise an objective, and hold nothing; None where no run gives a checked point."""
        part = self._part()
        run = part.best(costs[part.free])
        if run is None or run.point is None:
            return None
        self.point = self._with(part, run.point)
        return float(costs @ self.point)

    def minimise(self, costs: Vector) -> float | None:
        """Minimise an objective, and keep to its optimal face.

        Returns:
            The optimum; None where no run gives a checked point, and nothing has changed.
        """
        part = self._part()
        if len(part.free):
            run = part.best(costs[part.free])
            if run is None or run.point is None:
                return None
            self.point = self._with(part, run.point)
            self._fix_priced(part, run)
        else:
            self.point = self.lower.copy()
        return float(costs @ self.point)

    def prefer(self, costs: Vector) -> None:
        """Minimise an objective that decides what is equal; where no run gives a checked point, say so."""
        if self.minimise(costs) is None:
            self.undecided = True

    def fix(self, at: Columns, values: Vector) -> bool:
        """Fix columns at values, where a point of the face has them.

        Returns:
            Whether it has; if not, nothing has changed.
        """
        before = self.lower.copy(), self.upper.copy(), self.point
        self.lower[at] = self.upper[at] = values
        if self.minimise(np.zeros(len(self.lower))) is not None and self.violation() <= WIDE:
            return True
        self.lower, self.upper, self.point = before
        return False

    def violation(self) -> float:
        """How far the point breaks a row at most, in thousands of euros or places."""
        activity = self._matrix @ self.point
        broken = np.maximum(self._rows[0] - activity, activity - self._rows[1])
        return float(np.max(broken, initial=0.0))

    def is_free(self, columns: Iterable[int]) -> bool:
        """Whether one of some columns is not fixed."""
        at = list(columns)
        return bool(np.any(self.upper[at] > self.lower[at]))

    def settle(self, columns: Iterable[int]) -> bool:
        """Fix columns that have the same values in every point of the face.

        A sum with weights at random, which do not cancel, has the same least and largest value only where each column
        has one value.

        Returns:
            Whether they all have.
        """
        at = np.array([column for column in columns if self.upper[column] > self.lower[column]], dtype=np.int_)
        if not len(at):
            return True
        part = self._part()
        costs = np.zeros(len(self.lower))
        costs[at] = 1 + np.random.default_rng(SEED).random(len(at))
        found = [part.best(sign * costs[part.free]) for sign in (1.0, -1.0)]
        points = [self._with(part, run.point) for run in found if run is not None and run.point is not None]
        if len(points) < len(found) or np.any(np.abs(points[0][at] - points[1][at]) > SAME):
            return False
        self.point = points[0]
        self.lower[at] = self.upper[at] = np.clip(points[0][at], self.lower[at], self.upper[at])
        return True

    def even_out(self, items: Sequence[Item]) -> None:
        """Make the largest item as small as it can be, then the next largest, and so on, and fix them all.

        The outcome is one point, whatever the order of the items: of two that were equally good the middle
        would be better. Where no run gives a checked point, what was reached stays, and `undecided` says so.
        """
        moving = [item for item in items if item.weight > 0 and self.is_free(item.columns)]
        columns = sorted({column for item in moving for column in item.columns})
        if not moving or self.settle(columns):
            return
        part = self._part()
        levels = _Levels(self, part, moving)
        point = levels.solve()
        self.undecided |= levels.undecided
        if point is None:
            return
        self.point = self._with(part, point)
        alone = np.array([item.columns[0] for item in moving if len(item.columns) == 1], dtype=np.int_)
        self.lower[alone] = self.upper[alone] = np.clip(self.point[alone], self.lower[alone], self.upper[alone])
        for item in moving:
            if len(item.columns) > 1:
                costs = self.costs((column, 1.0) for column in item.columns)
                value = float(costs @ self.point)
                self.hold(costs, value - LEVEL, value + LEVEL)

    def _part(self) -> Part:
        """The columns that are not fixed, and the rows that they are in."""
        free = np.flatnonzero(self.upper > self.lower)
        settled = self.lower.copy()
        settled[free] = 0.0
        matrix = self._matrix[:, free].tocsr()
        rows = np.flatnonzero(np.diff(matrix.indptr))
        given = (self._matrix @ settled)[rows]
        return Part(
            free,
            rows,
            Compiled(
                matrix=matrix[rows].tocsc(),
                row_lower=self._rows[0][rows] - given,
                row_upper=self._rows[1][rows] - given,
                col_lower=self.lower[free],
                col_upper=self.upper[free],
                integer=np.zeros(len(free), dtype=bool),
                goals=np.zeros((0, len(free))),
                offsets=np.zeros(0),
                senses=(),
            ),
        )

    def _with(self, part: Part, point: Vector) -> Vector:
        """A point of the whole model."""
        whole = self.lower.copy()
        whole[part.free] = np.clip(point[: len(part.free)], self.lower[part.free], self.upper[part.free])
        return whole

    def _fix_priced(self, part: Part, run: Run) -> None:
        """Fix what has a price: its value is the same on the whole optimal face."""
        columns = part.free[np.abs(run.col_dual) > PRICED]
        self.lower[columns] = self.upper[columns] = self.point[columns]
        rows = part.rows[np.abs(run.row_dual) > PRICED]
        lower, upper = self._rows
        side = np.where(np.isfinite(upper[rows]), upper[rows], lower[rows])
        lower[rows] = upper[rows] = side
        self._fix_implied()

    def _fix_implied(self) -> None:
        """Fix columns that are alone in an equation: what the others of its row are is known."""
        lower, upper = self._rows
        while True:
            free = self.upper > self.lower
            counts = np.asarray((self._matrix != 0) @ free.astype(float))
            rows = np.flatnonzero((counts == 1) & (lower == upper))
            if not len(rows):
                return
            alone = self._matrix[rows].tocoo()
            inside = free[alone.col]
            at, columns, values = alone.row[inside], alone.col[inside], alone.data[inside]
            given = (self._matrix @ np.where(free, 0.0, self.lower))[rows]
            found = (upper[rows][at] - given[at]) / values
            self.lower[columns] = self.upper[columns] = np.clip(found, self.lower[columns], self.upper[columns])


@dataclass(frozen=True)
class Part:
    """What of a face is not fixed.

    Attributes:
        free: the numbers of its columns.
        rows: the numbers of its rows.
        compiled: the model of both.
    """

    free: Columns
    rows: Columns
    compiled: Compiled

    def best(self, costs: Vector) -> Run | None:
        """The best checked point of an objective over its columns; None where there is none."""
        if not len(self.free):
            return None
        return _best(Solver(self.compiled, relaxed=True), costs)


def _best(solver: Solver, costs: Vector) -> Run | None:
    solver.minimise(costs)
    for presolve in (True, False):
        run = solver.run(presolve=presolve)
        if run.point is not None:
            return run
    return None


class _Levels:
    """The model of some items: a column for each, and one for the level that all of them stay below."""

    def __init__(self, face: Face, part: Part, items: Sequence[Item]) -> None:
        extension = Extension(part.compiled)
        place = {int(column): number for number, column in enumerate(part.free)}
        scale = max(item.weight for item in items)
        self._level = extension.column(-INFINITY, INFINITY)
        self._items = [extension.column(-INFINITY, INFINITY) for _ in items]
        for item, own in zip(items, self._items, strict=True):
            per = scale / item.weight
            free = [(place[column], per) for column in item.columns if column in place]
            given = per * (item.constant + sum(float(face.lower[c]) for c in item.columns if c not in place))
            extension.row([*free, (own, -1.0)], -given, -given)
        self._above = {own: extension.column(0.0, INFINITY) for own in self._items}
        for own, above in self._above.items():
            extension.row([(own, 1.0), (self._level, -1.0), (above, -1.0)], -INFINITY, 0.0)
        self._costs: Callable[[Iterable[tuple[int, float]]], Vector] = extension.costs
        self._solver = Solver(extension.compiled(), relaxed=True)
        self._bound(list(self._above.values()), 0.0, 0.0)
        self._reached: dict[int, float] = {}
        self.undecided = False

    def solve(self) -> Vector | None:
        """Level after level; None where a run gives no checked point."""
        point: Vector | None = None
        moving = list(self._items)
        while moving:
            point = self._minimised([self._level])
            if point is None:
                return None
            level = float(max(point[own] for own in moving))
            self._reached |= dict.fromkeys(moving, level)
            self._widen(WIDER[0])
            tight, point = self._stuck([own for own in moving if point[own] >= level - LOWER], level, point)
            self._bound([self._above[own] for own in tight], 0.0, INFINITY)
            moving = [own for own in moving if own not in set(tight)]
        return point

    def _stuck(self, tight: Sequence[int], level: float, point: Vector) -> tuple[Sequence[int], Vector]:
        """Of the items at a level those that no point has below it: at least one is."""
        while len(tight) > 1:
            found = self._minimised(tight)
            if found is None:
                break
            point = found
            left = [own for own in tight if point[own] >= level - LOWER]
            if len(left) in (0, len(tight)):
                break
            tight = left
        return tight, point

    def _bound(self, columns: Sequence[int], lower: float, upper: float) -> None:
        at = np.array(columns, dtype=np.int_)
        self._solver.bound_columns(at, np.full(len(at), lower), np.full(len(at), upper))

    def _widen(self, times: int) -> None:
        """Let each item lie so many times `LEVEL` above the level that it reached."""
        at = np.array(list(self._reached), dtype=np.int_)
        upper = np.array(list(self._reached.values())) + times * LEVEL
        self._solver.bound_columns(at, np.full(len(at), -INFINITY), upper)

    def _minimised(self, columns: Sequence[int]) -> Vector | None:
        """The point with the least sum of some columns; levels give way by a trifle before there is none."""
        costs = self._costs((column, 1.0) for column in columns)
        run = _best(self._solver, costs)
        for times in WIDER[1:]:
            if run is None and self._reached:
                self._widen(times)
                run = _best(self._solver, costs)
                self._widen(WIDER[0])
        self.undecided |= run is None
        return None if run is None else run.point
