"""The compiled model: a Pyomo model as plain arrays, and points checked against them.

Pyomo's own compiler walks every expression; here the rows list their terms outright, so that the
arrays can be read off at a third of the time. What is not such a list is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from typing import Any, Final, TypeVar

import numpy as np
import numpy.typing as npt
import pyomo.environ as pyo
from pyomo.core.expr import LinearExpression, MonomialTermExpression
from scipy import sparse

from finance.case.approval import Decided
from models.collector import collector_off
from models.formulation import Formulation, formulate
from models.program import Program

Vector = npt.NDArray[np.float64]
Ids = npt.NDArray[np.int64]
T = TypeVar("T")
INFINITY: Final = float("inf")
LARGEST_COEFFICIENT: Final = 1e9
"""Coefficients and bounds above this are refused: the solver's tolerances would mean nothing."""


class NotLinearError(Exception):
    """The model holds an expression that is not a plain list of linear terms."""


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

    @cached_property
    def by_column(self) -> sparse.csr_matrix:
        """The coefficients with a row for each column: what duals are multiplied by."""
        return self.matrix.T

    def column(self, variable: Any) -> int:  # noqa: ANN401 - a Pyomo variable
        """The number of the column of a variable; -1 where the model does not have it."""
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


def with_decisions(compiled: Compiled, formulation: Formulation, given: Decided) -> Compiled:
    """The same model with the start years of some measures fixed.

    Args:
        compiled: the model.
        formulation: what it was compiled from.
        given: the start years; None for a measure that does not start.
    """
    if not given:
        return compiled
    lower, upper = compiled.col_lower.copy(), compiled.col_upper.copy()
    for (name, year), variable in zip(formulation.program.decisions, formulation.variables.x, strict=True):
        if name in given:
            column = compiled.column(variable)
            lower[column] = upper[column] = float(given[name] == year)
    return replace(compiled, col_lower=lower, col_upper=upper)


@collector_off()
def build(program: Program) -> tuple[Formulation, Compiled]:
    """Write a program in Pyomo and compile it."""
    formulation = formulate(program)
    return formulation, compile_formulation(formulation)


def compile_formulation(formulation: Formulation) -> Compiled:
    """Compile a Pyomo model to arrays; the columns are its variables, in the order of their making.

    Raises:
        NotLinearError: a row or a goal is not a plain list of terms.
        ScaleError: a coefficient or bound is too large for the solver's tolerances.
    """
    model = formulation.model
    families = [list(family.values()) for family in model.component_objects(pyo.Var)]
    ids = _ids(chain.from_iterable(families))
    rows = [row.to_bounded_expression() for row in model.component_data_objects(pyo.Constraint)]
    matrix, constants = _coefficients([body for _, body, _ in rows], ids)
    goals, offsets = _coefficients([goal.expr for goal in model.component_data_objects(pyo.Objective)], ids)
    senses = np.array(formulation.senses, dtype=float)
    compiled = Compiled(
        matrix=matrix.tocsc(),
        row_lower=_filled([lower for lower, _, _ in rows], -INFINITY) - constants,
        row_upper=_filled([upper for _, _, upper in rows], INFINITY) - constants,
        col_lower=_filled(_of_families(families, lambda first: first.lb), -INFINITY),
        col_upper=_filled(_of_families(families, lambda first: first.ub), INFINITY),
        integer=np.array(_of_families(families, lambda first: first.domain.isdiscrete()), dtype=bool),
        goals=goals.toarray() * senses[:, None],
        offsets=offsets * senses,
        senses=formulation.senses,
        columns=dict(zip(ids.tolist(), range(len(ids)), strict=True)),
    )
    refuse_bad_scale(compiled)
    return compiled


def _filled(values: Sequence[float | None], none: float) -> Vector:
    return np.array([none if value is None else value for value in values], dtype=float)


def _of_families(families: Iterable[Sequence[Any]], ask: Callable[[Any], T]) -> list[T]:
    """A property of every variable; the first of a family speaks for all, as they are declared together."""
    return [answer for family in families if family for answer in [ask(family[0])] * len(family)]


def _coefficients(bodies: Sequence[Any], ids: Ids) -> tuple[sparse.csr_matrix, Vector]:
    """The matrix of linear expressions, a row each, and their constants."""
    if any(body.__class__ is not LinearExpression for body in bodies):
        raise NotLinearError("an expression of the model is not a list of terms")
    row = np.repeat(np.arange(len(bodies)), _counted(body.nargs() for body in bodies))
    terms = list(chain.from_iterable(body.args for body in bodies))
    column, value = _find(terms, ids), np.ones(len(terms))
    # A variable with coefficient 1 is its own term; what is not a variable has to be opened.
    closed = np.flatnonzero(column < 0)
    opened = [_opened(terms[at]) for at in closed.tolist()]
    value[closed] = [coefficient for coefficient, _ in opened]
    column[closed] = _find([variable for _, variable in opened], ids)
    if any(opened[at][1] is not None for at in np.flatnonzero(column[closed] < 0)):
        raise NotLinearError("a term of the model has no variable of it")
    constant = column < 0
    constants = np.zeros(len(bodies))
    np.add.at(constants, row[constant], value[constant])
    entries = (value[~constant], (row[~constant], column[~constant]))
    matrix = sparse.csr_matrix(entries, shape=(len(bodies), len(ids)))
    matrix.eliminate_zeros()
    return matrix, constants


def _opened(term: Any) -> tuple[float, Any]:  # noqa: ANN401 - Pyomo's expressions carry no types
    """Coefficient and variable of a term; no variable for a constant."""
    if term.__class__ is MonomialTermExpression:
        coefficient, variable = term.args
        return coefficient, variable
    if isinstance(term, (int, float)):
        return term, None
    raise NotLinearError(f"not a linear term: {term}")


def _counted(numbers: Iterable[int]) -> Ids:
    return np.fromiter(numbers, dtype=np.int64)


def _ids(objects: Iterable[Any]) -> Ids:
    return _counted(map(id, objects))


def _find(objects: Sequence[Any], ids: Ids) -> Ids:
    """The place of each object among ids; -1 for one that is not there."""
    # Searching sorted ids is several times faster than a dictionary here: what is made together
    # stands together in memory.
    wanted, order = _ids(objects), np.argsort(ids)
    place = order[np.searchsorted(ids, wanted, sorter=order).clip(max=len(ids) - 1)]
    return np.where(ids[place] == wanted, place, -1)


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
