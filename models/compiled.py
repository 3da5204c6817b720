"""The compiled model: Pyomo's standard form as plain arrays, and points checked against them."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from pyomo.repn.plugins.standard_form import LinearStandardFormCompiler
from scipy import sparse

from models.formulation import Formulation, formulate
from models.program import Program

Vector = npt.NDArray[np.float64]
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
        columns: the number of the column of each variable of the formulation, by its id().
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
    columns: Mapping[int, int]

    def column(self, variable: Any) -> int:  # noqa: ANN401 - a Pyomo variable
        """The number of the column of a variable; -1 where it occurs in no row and no goal."""
        return self.columns.get(id(variable), -1)

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


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """Building makes hundreds of thousands of objects that all stay: collecting halves the speed."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def build(program: Program) -> tuple[Formulation, Compiled]:
    """Write a program in Pyomo and compile it, with the garbage collector off in between."""
    with _without_garbage_collection():
        formulation = formulate(program)
        return formulation, compile_formulation(formulation)


def compile_formulation(formulation: Formulation) -> Compiled:
    """Compile a Pyomo model to arrays.

    Raises:
        ScaleError: a coefficient or bound is too large for the solver's tolerances.
    """
    form = LinearStandardFormCompiler().write(formulation.model, mixed_form=True, set_sense=None)
    kinds = np.array([row.bound_type for row in form.rows])
    rhs = np.asarray(form.rhs, dtype=float)
    lower = np.array([0.0 if var.lb is None else var.lb for var in form.columns])
    upper = np.array([INFINITY if var.ub is None else var.ub for var in form.columns])
    senses = np.array(formulation.senses, dtype=float)
    compiled = Compiled(
        matrix=sparse.csc_matrix(form.A),
        row_lower=np.where(kinds <= 0, rhs, -INFINITY),
        row_upper=np.where(kinds >= 0, rhs, INFINITY),
        col_lower=lower,
        col_upper=upper,
        integer=np.array([var.is_integer() or var.is_binary() for var in form.columns]),
        goals=np.asarray(form.c.todense(), dtype=float) * senses[:, None],
        offsets=np.asarray(form.c_offset, dtype=float) * senses,
        senses=formulation.senses,
        columns={id(var): number for number, var in enumerate(form.columns)},
    )
    _refuse_bad_scale(compiled)
    return compiled


def _refuse_bad_scale(compiled: Compiled) -> None:
    largest = max(
        float(np.max(np.abs(compiled.matrix.data), initial=0.0)),
        float(np.max(np.abs(compiled.row_upper[np.isfinite(compiled.row_upper)]), initial=0.0)),
    )
    if largest > LARGEST_COEFFICIENT:
        raise ScaleError(f"the largest number of the model is {largest:.3g}")
