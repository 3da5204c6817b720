"""One objective solved to a proven optimum: with presolve and without, and the better point counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from models.compiled import INFINITY, Compiled, Vector
from models.solver import Answer, Clock, Run, Solver

AGREE: Final = 1e-6
"""Two optima that differ less than this, relative to their size, are the same."""


@dataclass(frozen=True)
class Best:
    """The best point that was found.

    Attributes:
        point: the point, its binaries exactly whole; None where no run found one.
        value: the objective there; infinite without a point.
        proven: whether a run that ended by itself proves that there is nothing better, and no other
            run found something better.
    """

    point: Vector | None
    value: float
    proven: bool


def best_point(compiled: Compiled, costs: Vector, clock: Clock) -> Best:
    """Minimise an objective.

    Args:
        compiled: the model.
        costs: the objective.
        clock: the time left.
    """
    whole, relaxed = Solver(compiled), Solver(compiled, relaxed=True)
    whole.minimise(costs)
    relaxed.minimise(costs)
    runs: list[Run] = []
    found: Vector | None = None
    for presolve in (True, False):
        if clock.up:
            break
        runs.append(whole.run(presolve=presolve, seconds=clock.left))
        point = None if runs[-1].point is None else relaxed.with_binaries(runs[-1].point)
        if point is not None and (found is None or costs @ point < costs @ found):
            found = point
    if found is None:
        return Best(None, INFINITY, proven=False)
    value = float(costs @ found)
    margin = AGREE * max(1.0, abs(value))
    ended = [run for run in runs if run.answer is Answer.OPTIMAL]
    return Best(found, value, proven=any(abs(run.bound - value) <= margin for run in ended))
