"""The compiled model: a program as plain arrays, and points checked against them.

`models.pyomo_model` reads the arrays off from a Pyomo model, `models.arrays` makes the same ones without it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import sparse

from finance.case.approval import Decided
from models.formulation import Formulation
from models.program import Program

Vector = npt.NDArray[np.float64]
Ids = npt.NDArray[np.int64]
INFINITY: Final = float("inf")
LARGEST_COEFFICIENT: Final = 1e9
"""Coefficients and bounds above this are refused: the solver's tolerances would mean nothing."""


class ScaleError(Exception):
    """The model's numbers are too far apart to be solved reliably."""


@dataclass(frozen=True)
class Compiled:
    """A mixed-integer linear model as arrays: minimise a row of `goals` over lower <= A x <= upper.

    Attributes:
        matrix: the coefficients, by column.
        row_lower, row_upper: bounds of the rows.
        col_lower, col_upper: bounds of the columns.
        integer: the columns that are whole (all of them binary).
        goals: coefficients of each goal, to minimise.
        offsets: the constant of each goal.
        senses: -1 where the goal itself is maximised, so that goals holds its negative.
    """

    matrix: sparse.csc_matrix
    row_lower: Vector
    row_upper: Vector
    col_lower: Vector
    col_upper: Vector
    integer: npt.NDArray[np.bool_]
    goals: Vector
    offsets: Vector
    senses: tuple[int, ...]

    @cached_property
    def by_column(self) -> sparse.csr_matrix:
        """The coefficients with a row for each column: what duals are multiplied by."""
        return self.matrix.T

    def goal_value(self, goal: int, point: Vector) -> float:
        """The value of a goal at a point, in the sense to minimise."""
        return float(self.goals[goal] @ point + self.offsets[goal])

    def violation(self, point: Vector) -> float:
        """How far a point breaks its rows and bounds at most, relative to the size of the bound."""
        activity = self.matrix @ point
        worst = 0.0
        for values, lower, upper in (
            (activity, self.row_lower, self.row_upper),
            (point, self.col_lower, self.col_upper),
        ):
            below = (lower - values) / np.maximum(1.0, np.abs(np.where(np.isfinite(lower), lower, 1.0)))
            above = (values - upper) / np.maximum(1.0, np.abs(np.where(np.isfinite(upper), upper, 1.0)))
            worst = max(worst, float(np.max(below, initial=0.0)), float(np.max(above, initial=0.0)))
        return worst

    def fractionality(self, point: Vector) -> float:
        """How far the whole columns of a point are from whole numbers at most."""
        whole = point[self.integer]
        return float(np.max(np.abs(whole - np.round(whole)), initial=0.0))


Model = tuple[Formulation, Compiled]
"""The arrays of a program, and what they stand for."""
Build = Callable[[Program], Model]
"""How a program becomes arrays."""


def with_decisions(compiled: Compiled, formulation: Formulation, given: Decided) -> Compiled:
    """The same model with the start years of some measures fixed.

    Args:
        compiled: the model.
        formulation: what its columns stand for.
        given: the start years; None for a measure that does not start.
    """
    if not given:
        return compiled
    lower, upper = compiled.col_lower.copy(), compiled.col_upper.copy()
    for (name, year), column in zip(formulation.program.decisions, formulation.variables.x, strict=True):
        if name in given:
            lower[column] = upper[column] = float(given[name] == year)
    return replace(compiled, col_lower=lower, col_upper=upper)


def filled(values: Sequence[float | None], none: float) -> Vector:
    """Bounds as numbers, with a number for none."""
    return np.array([none if value is None else value for value in values], dtype=float)


def counted(numbers: Iterable[int]) -> Ids:
    """Whole numbers as an array."""
    return np.fromiter(numbers, dtype=np.int64)


def refuse_bad_scale(compiled: Compiled) -> None:
    """Refuse numbers that are too large for the tolerances of the solver.

    Raises:
        ScaleError: a coefficient or bound is.
    """
    largest = max(
        float(np.max(np.abs(compiled.matrix.data), initial=0.0)),
        float(np.max(np.abs(compiled.row_upper[np.isfinite(compiled.row_upper)]), initial=0.0)),
    )
    if largest > LARGEST_COEFFICIENT:
        raise ScaleError(f"the largest number of the model is {largest:.3g}")
