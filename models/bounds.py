"""Bounds that need no trust in the solver: weak duality, computed here from any row duals.

For every vector y of row duals, with reduced costs d = c - y A,

    L(y) = sum of y_i b_i + sum of min over the bounds of d_j x_j

is at most the optimum of the linear relaxation, and so of the whole-number program: b_i is the lower
bound of the row where y_i > 0 and the upper bound where y_i < 0. A binary whose reduced cost would
lift L above a known plan is the same in every plan that is at least as good.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from models.compiled import INFINITY, Compiled, Vector

NOISE: Final = 1e-7
"""A reduced cost below this on a variable without an upper bound is float noise."""
REACH: Final = 1e6
"""No amount (in thousands of euros) and no number of places in a plan is larger: for this much of a
variable without an upper bound the noise in its reduced cost is taken off the bound."""
MARGIN: Final = 1e-4
"""How far a reduced cost must lift the bound above a plan before a binary is fixed by it."""
ROUNDS: Final = 8
"""Times that bounds of columns are passed on from row to row."""

Box = tuple[Vector, Vector]
"""Lower and upper bounds of the columns."""


@dataclass(frozen=True)
class HeldRow:
    """A row costs x <= upper that was added to the model.

    Attributes:
        costs: its coefficients.
        upper: its upper bound.
        slack: how much of that is room for the tolerance of the solver.
    """

    costs: Vector
    upper: float
    slack: float = 0.0


@dataclass(frozen=True)
class DualBound:
    """A bound on a goal and the reduced costs that prove it.

    Attributes:
        value: the bound, constant of the goal included.
        reduced: the reduced cost of each column.
        slip: how much higher it is where no added row uses its slack.
    """

    value: float
    reduced: Vector
    slip: float = 0.0


def dual_bound(
    compiled: Compiled,
    costs: Vector,
    offset: float,
    duals: Vector,
    held: list[HeldRow],
    columns: Box,
) -> DualBound:
    """Compute the bound that row duals prove, by weak duality.

    Args:
        compiled: the model.
        costs: the objective to minimise.
        offset: its constant.
        duals: any duals of the rows, those of the held rows behind them.
        held: the rows that were added.
        columns: lower and upper bounds of the columns.

    Returns:
        The bound; minus infinity where the duals prove nothing.
    """
    rows = len(compiled.row_lower)
    y = np.array(duals[: rows + len(held)])
    lower = np.concatenate([compiled.row_lower, np.full(len(held), -INFINITY)])
    upper = np.concatenate([compiled.row_upper, [row.upper for row in held]])
    y[((y > 0) & np.isinf(lower)) | ((y < 0) & np.isinf(upper))] = 0.0
    reduced = costs - compiled.by_column @ y[:rows]
    slip = 0.0
    for weight, row in zip(y[rows:], held, strict=True):
        if weight:
            reduced = reduced - weight * row.costs
            slip += abs(float(weight)) * row.slack
    sides = np.where(y > 0, lower, upper)
    rows_part = float(np.sum(y[y != 0] * sides[y != 0]))
    ends = np.where(reduced > 0, columns[0], columns[1])
    counted = np.abs(reduced) > np.where(np.isinf(ends), NOISE, 0.0)
    columns_part = float(np.sum(reduced[counted] * ends[counted]))
    noise = REACH * float(np.sum(np.abs(reduced[~counted & np.isinf(ends)])))
    return DualBound(rows_part + columns_part - noise + offset, reduced, slip)


def implied_uppers(compiled: Compiled) -> Vector:
    """Upper bounds of the columns, with those that follow from rows where there was none.

    From sum of a_i x_i <= u with a_j > 0:  x_j <= (u - sum over i other than j of min a_i x_i) / a_j.
    With them the noise in a reduced cost counts for what a column can be, and not for REACH.
    """
    entries = compiled.matrix.tocoo()
    rows, columns, count = entries.row, entries.col, len(compiled.row_lower)
    upper = compiled.col_upper.copy()
    for _ in range(ROUNDS):
        before = upper.copy()
        for values, sides in ((entries.data, compiled.row_upper), (-entries.data, -compiled.row_lower)):
            least = values * np.where(values > 0, compiled.col_lower[columns], before[columns])
            endless = np.isinf(least)
            known = np.where(endless, 0.0, least)
            others = np.bincount(rows, known, count)[rows] - known
            alone = np.bincount(rows, endless, count)[rows] == endless
            told = alone & (values > 0) & np.isfinite(sides[rows]) & np.isinf(before[columns])
            np.minimum.at(upper, columns[told], (sides[rows] - others)[told] / values[told])
        if np.array_equal(upper, before):
            break
    return upper


def cutoff(best: float) -> float:
    """The value above which no plan counts, where one with the best value is known."""
    return best + MARGIN + NOISE * abs(best)


def fixed_binaries(bound: DualBound, best: float, integer: npt.NDArray[np.bool_], columns: Box) -> Box:
    """Bounds of the columns after fixing each binary that no plan as good as the best can change.

    Args:
        bound: a proven bound.
        best: the value of a known plan, up to which plans count.
        integer: which columns are binary.
        columns: lower and upper bounds of the columns.
    """
    lower, upper = columns[0].copy(), columns[1].copy()
    room = cutoff(best) - bound.value
    if not np.isfinite(room):
        return lower, upper
    free = integer & (lower < upper)
    upper[free & (bound.reduced > room)] = 0.0
    lower[free & (-bound.reduced > room)] = 1.0
    return lower, upper
