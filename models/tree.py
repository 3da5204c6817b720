"""One tree of boxes for all goals: what is proven of one goal is not proven again for the next.

A box is a range of the binaries. The open boxes together hold every plan that is as good as the held
goals ask. For each goal they are split until none can hold a plan better than the best known one:

    take the box with the least bound;  solve its relaxation;  compute its bound by weak duality (models.bounds)
    drop it where its bound lies above the best value and what later goals may lose of it (models.bounds.cutoff)
    fix each binary whose reduced cost lifts the bound above that
    where the binaries of the relaxed point are whole: offer the point, and leave the box as it is
    else split a set of binaries of which one is chosen in two, and put both boxes back

The boxes that are left open are what the next goal begins with. Each box that was dropped, and each bound
of one that is left, is proven by duals that were multiplied out here; HiGHS's word is not needed, and its
"infeasible" counts only where its dual ray proves it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from heapq import heapify, heappop, heappush
from itertools import count
from math import ceil, gcd, lcm
from typing import Final

import numpy as np
import numpy.typing as npt

from models.bounds import Box, DualBound, cutoff, fixed_binaries, implied_uppers
from models.compiled import INFINITY, Compiled, Ids, Vector
from models.extension import Extension
from models.solver import Answer, Clock, Columns, Relaxation, Solver

WHOLE: Final = 1e-7
"""A value this near to 0 or 1 is one."""
CANDIDATES: Final = 4
"""Sets of binaries that are tried before a box is split by one of them."""
LEAST_GAIN: Final = 1e-6
"""What a half counts whose bound is no higher than that of the whole box."""
FINEST: Final = 1000
"""A goal counts in steps where its coefficients are multiples of 1 / this, or of something larger."""
ROOM: Final = 1e-6
"""How far a bound may lie above a step, in steps, and still be that step: float noise."""


@dataclass(frozen=True, order=True)
class Node:
    """A box, in the order in which boxes are taken: least bound first, then deepest, then oldest.

    Attributes:
        bound: a proven bound on the goal in it, for plans that use no slack of a held goal.
        depth: minus the number of times that it was split.
        number: a number of its own.
        box: lower and upper bounds of the binaries.
        slip: how much lower the bound is for points that use all slack of the held goals.
    """

    bound: float
    depth: int
    number: int
    box: Box = field(compare=False)
    slip: float = field(compare=False, default=0.0)

    def holds_none(self, cut: float) -> bool:
        """Whether no point in it has a value of at most this."""
        return self.bound - self.slip > cut

    @property
    def one_plan(self) -> bool:
        """Whether it holds one choice of the binaries only."""
        return np.array_equal(*self.box)


@dataclass
class Target:
    """A goal that is searched.

    Attributes:
        point: the best point known.
        value_of: the value of a point, constant included.
        whole: the best point with the binaries of a point, exactly whole; None where there is none.
        allowed: how much worse later goals may make it, at a value.
        tolerance: how near a bound must be to prove a value.
        clock: the time left.
    """

    point: Vector
    value_of: Callable[[Vector], float]
    whole: Callable[[Vector], Vector | None]
    allowed: Callable[[float], float]
    tolerance: float
    clock: Clock

    def __post_init__(self) -> None:
        """Work out the value of the point."""
        self.value = self.value_of(self.point)

    @property
    def worst(self) -> float:
        """The worst value that a plan may have once later goals are solved."""
        return self.value + self.allowed(self.value)

    def reached(self, bound: float) -> bool:
        """Whether a bound proves the best value."""
        return bound >= self.value - self.tolerance

    def offer(self, point: Vector) -> None:
        """Take a point over where it is better once its binaries are exactly whole."""
        if self.reached(self.value_of(point)):
            return
        whole = self.whole(point)
        if whole is not None and self.value_of(whole) < self.value:
            self.point, self.value = whole, self.value_of(whole)


class Tree:
    """The open boxes, and the relaxation that bounds them.

    Attributes:
        split: whether any box was split so far.
    """

    def __init__(self, compiled: Compiled, widths: Sequence[float]) -> None:
        """Begin with one box that holds all plans.

        Args:
            compiled: the model.
            widths: how many times the slack of held goals is taken, in turn, where HiGHS has no answer.
        """
        self._size, self._widths = len(compiled.col_lower), widths
        extension = Extension(compiled)
        chosen = [(*columns, extension.column(0.0, 1.0, whole=True)) for columns in exclusive(compiled)]
        for columns in chosen:
            extension.row([(column, 1.0) for column in columns], 1.0, 1.0)
        whole = extension.compiled()
        self._lp = Solver(whole, relaxed=True)
        self._lp.assume(implied_uppers(whole))
        self._at: Columns = np.flatnonzero(whole.integer)
        self._own = int(np.sum(self._at < self._size))
        self._sets: list[Ids] = [np.searchsorted(self._at, columns) for columns in chosen]
        self._open: list[Box] = [(whole.col_lower[self._at], whole.col_upper[self._at])]
        self._rows: list[tuple[int, Callable[[float], float]]] = []
        self._offset, self._step = 0.0, 0.0
        self._numbers = count()
        self._solved_before = False
        self.split = False

    @property
    def boxes(self) -> int:
        """The number of open boxes."""
        return len(self._open)

    @property
    def one_plan(self) -> bool:
        """Whether the open boxes hold one choice of the binaries only."""
        return self.boxes == 1 and np.array_equal(*self._open[0])

    def minimise(self, costs: Vector, offset: float = 0.0) -> None:
        """Turn to the next goal."""
        wide = self._wide(costs)
        self._lp.minimise(wide, offset)
        self._offset, self._step = offset, step_of(wide, self._lp.compiled.integer)

    def hold(self, costs: Vector, row_bound: Callable[[float], float]) -> None:
        """Hold a goal from now on.

        Args:
            costs: its coefficients.
            row_bound: the bound of its row, with its slack taken some times.
        """
        row = self._lp.hold(self._wide(costs), row_bound(1.0), row_bound(1.0) - row_bound(0.0))
        self._rows.append((row, row_bound))

    def forbid(self, at: Columns) -> None:
        """Keep columns at zero from now on."""
        self._lp.bound_columns(at, np.zeros(len(at)), np.zeros(len(at)))
        places = np.flatnonzero(np.isin(self._at, at))
        for _, upper in self._open:
            upper[places] = 0.0

    def _wide(self, costs: Vector) -> Vector:
        return np.append(costs, np.zeros(len(self._sets)))

    def prove(self, target: Target, most: int) -> float:
        """Split the open boxes until their bounds prove the best value; better points are taken over.

        Args:
            target: the goal, that of the last `minimise`.
            most: the largest number of boxes to look into.

        Returns:
            The bound that is proven, for plans that use no slack of the held goals; minus infinity for none.
        """
        heap = [Node(-INFINITY, 0, next(self._numbers), box) for box in self._open]
        heapify(heap)
        left: list[Node] = []
        for _ in range(most):
            if not heap or target.reached(heap[0].bound) or target.clock.up:
                break
            for node in self._looked_into(heappop(heap), target, left):
                heappush(heap, node)
        kept = [node for node in (*left, *heap) if not node.holds_none(cutoff(target.worst))]
        if not any(self._holds(node.box, target.point) for node in kept):
            return -INFINITY  # A box was dropped that holds the best plan known: then nothing of this is believed.
        self._open = [node.box for node in kept]
        return min(node.bound for node in kept)

    def _holds(self, box: Box, point: Vector) -> bool:
        values = np.round(point[self._at[: self._own]])
        return bool(np.all(box[0][: self._own] <= values) and np.all(values <= box[1][: self._own]))

    def _looked_into(self, node: Node, target: Target, left: list[Node]) -> list[Node]:
        """What a box becomes: narrower, or two halves, or nothing; what needs no further look is left."""
        solved, point = self._bounded(node, node.box, target)
        if solved is None:
            return []
        if target.reached(solved.bound) or (solved.one_plan and node.one_plan):
            left.append(solved)
            return []
        if point is None:
            point = (solved.box[0] + solved.box[1]) / 2
        elif _outside(point, solved.box) and not all(map(np.array_equal, solved.box, node.box)):
            return [solved]
        return self._split(solved, point, target)

    def _split(self, node: Node, point: Vector, target: Target) -> list[Node]:
        """The two halves of a box that lift its bound most; fewer where a half holds nothing."""
        free = [members for members in self._sets if np.sum(node.box[1][members]) > 1]
        unsure = [float(np.sum(np.minimum(point[members], 1 - point[members]))) for members in free]
        ranked = sorted(range(len(free)), key=lambda number: -unsure[number])
        best: tuple[float, list[Node]] = (-1.0, [])
        for number in [number for number in ranked[:CANDIDATES] if unsure[number] > WHOLE] or ranked[:1]:
            tried = [self._bounded(node, half, target)[0] for half in halves(node.box, free[number], point)]
            children = [replace(child, depth=node.depth - 1) for child in tried if child is not None]
            if len(children) < len(tried):
                return children
            gains = [max(child.bound - node.bound, LEAST_GAIN) for child in children]
            best = max(best, (gains[0] * gains[1], children), key=lambda pair: pair[0])
        self.split = True
        return best[1]

    def _bounded(self, node: Node, box: Box, target: Target) -> tuple[Node | None, Vector | None]:
        """A box with its bound, narrowed by reduced costs, and the binaries of its relaxed point.

        Args:
            node: the box of which it is a part.
            box: the box.
            target: the goal; a relaxed point with whole binaries is offered to it.

        Returns:
            None where the box holds no plan that counts; no point where HiGHS gave none.
        """
        settled = self._one_of_each(box)
        found = None if settled is None else self._relaxed(settled, target.clock)
        if settled is None or found is None or found.nothing:
            return None, None
        if found.bound is None or found.point is None:
            return replace(node, box=settled, number=next(self._numbers)), None
        reduced = DualBound(found.bound.value, found.bound.reduced[self._at])
        narrow = fixed_binaries(reduced, target.worst, np.ones(len(self._at), dtype=bool), settled)
        bound, slip = self._in_steps(found.bound.value + found.bound.slip), found.bound.slip
        if bound < node.bound:
            bound, slip = node.bound, node.slip
        made = Node(bound, node.depth, next(self._numbers), narrow, slip)
        if made.holds_none(cutoff(target.worst)):
            return None, None
        point = found.point[self._at]
        if np.all(np.abs(point - np.round(point)) <= WHOLE):
            target.offer(found.point[: self._size])
        return made, point

    def _one_of_each(self, box: Box) -> Box | None:
        """A box in which each set has one member that is 1; None where it can have none or must have two."""
        lower, upper = box[0].copy(), box[1].copy()
        for members in self._sets:
            if np.any(lower[members]):
                upper[members] = np.minimum(upper[members], lower[members])
            possible = members[upper[members] > 0]
            if len(possible) == 0 or np.sum(lower[members]) > 1:
                return None
            if len(possible) == 1:
                lower[possible] = 1.0
        return lower, upper

    def _in_steps(self, bound: float) -> float:
        """A bound lifted to the next value that a goal can have, where it counts in steps."""
        if not self._step or not np.isfinite(bound):
            return bound
        return self._offset + self._step * ceil((bound - self._offset) / self._step - ROOM)

    def _relaxed(self, box: Box, clock: Clock) -> Relaxation:
        """The best bound on a box, of all runs up to the first that HiGHS calls optimal, or that proves it empty."""
        self._lp.bound_columns(self._at, *box)
        best = Relaxation(Answer.OTHER, None, None)
        for width in self._widths:
            self._widen(width)
            first = self._solved_before and width == self._widths[0]
            for afresh in ("", "on", "off") if first else ("on", "off"):
                found = self._lp.relaxation(afresh=afresh, seconds=clock.left)
                if _proven(found) > _proven(best):
                    best = found
                if found.nothing or found.answer in (Answer.OPTIMAL, Answer.LIMIT):
                    self._solved_before = True
                    self._widen(self._widths[0])
                    return best
        self._widen(self._widths[0])
        return best

    def _widen(self, width: float) -> None:
        for row, row_bound in self._rows:
            self._lp.widen(row, row_bound(width))


def _outside(point: Vector, box: Box) -> bool:
    return bool(np.any(point < box[0] - WHOLE) or np.any(point > box[1] + WHOLE))


def _proven(found: Relaxation) -> float:
    """What a run proves, as a number to compare."""
    if found.nothing:
        return INFINITY
    return -INFINITY if found.bound is None else found.bound.value + found.bound.slip


def halves(box: Box, members: Ids, point: Vector) -> tuple[Box, Box]:
    """The two halves of a box: the one member that is 1 is among the first ones, or among the others.

    Each half takes about half of what a point has of the members that are possible.
    """
    possible = members[box[1][members] > 0]
    half = 1 + int(np.argmin(np.abs(np.cumsum(point[possible])[:-1] - np.sum(point[possible]) / 2)))
    first, second = (box[1].copy(), box[1].copy())
    first[possible[half:]] = 0.0
    second[possible[:half]] = 0.0
    return (box[0], first), (box[0], second)


def exclusive(compiled: Compiled) -> list[tuple[int, ...]]:
    """Sets of binaries of which at most one is 1, each binary in one set; read from the rows, largest first."""
    by_row = compiled.matrix.tocsr()
    ones = np.flatnonzero((compiled.row_upper == 1.0) & np.isin(compiled.row_lower, (1.0, 0.0, -INFINITY)))
    found = []
    for row in ones:
        part = slice(by_row.indptr[row], by_row.indptr[row + 1])
        columns = by_row.indices[part]
        if np.all(by_row.data[part] == 1.0) and np.all(compiled.integer[columns]):
            found.append(tuple(sorted(columns.tolist())))
    sets: list[tuple[int, ...]] = []
    taken: set[int] = set()
    for columns in sorted(found, key=lambda members: (-len(members), members)):
        if columns and taken.isdisjoint(columns):
            sets.append(columns)
            taken.update(columns)
    return sets + [(column,) for column in np.flatnonzero(compiled.integer).tolist() if column not in taken]


def step_of(costs: Vector, integer: npt.NDArray[np.bool_]) -> float:
    """The number of which every value of a goal is a multiple; 0 where it has none, or continuous terms."""
    at = np.flatnonzero(costs)
    if not len(at) or not np.all(integer[at]):
        return 0.0
    weights = [Fraction(repr(float(weight))) for weight in costs[at]]
    finest = lcm(*(weight.denominator for weight in weights))
    return gcd(*(int(weight * finest) for weight in weights)) / finest if finest <= FINEST else 0.0
