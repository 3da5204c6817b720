"""The arrays against Pyomo's own compiler, and what the reading of terms refuses."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyomo.environ as pyo
import pytest
from pyomo.repn.plugins.standard_form import LinearStandardFormCompiler

from models.compiled import Compiled
from models.program import Program
from models.pyomo_model import NotLinearError, PyomoModel, build, compile_model, formulate, linear, relation
from models.variables import Variables
from tests.models.hamlet import HAMLET, hamlet, program_of
from tests.models.strategies import random_case

STRANGER = pyo.Var()
"""A variable of no model."""
ONE_GOAL = hamlet(goals=[("ongedekt", None)])
NO_VARIABLES = Variables([], [], [], [], [], {}, {}, {}, {}, [], [], [], {}, [], [])


def described(bounds: tuple[float, float], terms: dict[int, float]) -> tuple[object, ...]:
    """A row in a form that does not depend on the order of columns."""
    return (*bounds, *sorted((column, value) for column, value in terms.items() if value))


def in_order(written: PyomoModel) -> list[int]:
    """The ids of the variables of a model in the order of their making: that of the columns."""
    return [id(variable) for variable in written.model.component_data_objects(pyo.Var)]


def ours(compiled: Compiled, names: list[int]) -> list[tuple[object, ...]]:
    return [
        described((lower, upper), {names[j]: value for j, value in enumerate(row)})
        for lower, upper, row in zip(
            compiled.row_lower, compiled.row_upper, compiled.matrix.toarray().tolist(), strict=True
        )
    ]


def theirs(form: Any) -> list[tuple[object, ...]]:
    return [
        described(
            (rhs if kind.bound_type <= 0 else -np.inf, rhs if kind.bound_type >= 0 else np.inf),
            {id(variable): value for variable, value in zip(form.columns, row, strict=True)},
        )
        for kind, rhs, row in zip(form.rows, form.rhs, form.A.toarray().tolist(), strict=True)
    ]


@pytest.mark.parametrize(("lower", "upper"), [(None, 4.0), (4.0, 4.0), (1.0, 4.0)])
def test_a_row_keeps_its_sides_as_a_relation(lower: float | None, upper: float) -> None:
    """Today's rows have one side or two equal ones; one with two different sides must not lose either."""
    model = pyo.ConcreteModel()
    model.x = pyo.Var(range(2))
    terms = [(2.0, model.x[0]), (1.0, model.x[1])]
    model.row = pyo.Constraint(rule=lambda _: relation((lower, terms, upper)))
    found = model.row.to_bounded_expression()
    assert (found[0], found[2]) == (lower, upper)
    assert str(found[1]) == "2.0*x[0] + x[1]"


@pytest.mark.parametrize("seed", [None, *range(8)])
def test_rows_and_goals_are_those_of_pyomo_s_own_compiler(seed: int | None) -> None:
    """Pyomo drops rows without a variable; here they stay, and hold anyhow."""
    written = formulate(program_of(HAMLET if seed is None else random_case(seed)))
    compiled, names = compile_model(written), in_order(written)
    form = LinearStandardFormCompiler().write(written.model, mixed_form=True, set_sense=None)
    rows = [row for row in ours(compiled, names) if len(row) > 2]
    assert rows == [row for row in theirs(form) if len(row) > 2]
    for goal, sense in enumerate(compiled.senses):
        expected = np.zeros(len(compiled.col_lower))
        for variable, value in zip(form.columns, form.c.toarray()[goal], strict=True):
            if value:
                expected[names.index(id(variable))] = sense * value
        assert compiled.goals[goal].tolist() == expected.tolist()
        assert compiled.offsets[goal] == sense * form.c_offset[goal]


def test_starts_are_binary_and_all_else_is_at_least_zero() -> None:
    formulation, compiled = build(program_of(HAMLET))
    starts = set(formulation.variables.x)
    assert set(np.flatnonzero(compiled.integer)) == starts
    assert {compiled.col_upper[at] for at in starts} == {1.0}
    assert set(compiled.col_lower) == {0.0}
    assert sum(np.isinf(compiled.col_upper)) == len(compiled.col_upper) - len(starts)


def with_row(program: Program, expression: Any) -> PyomoModel:
    """A model of one variable x and one goal, with a row made by hand."""
    model = pyo.ConcreteModel()
    model.x = pyo.Var([0, 1], domain=pyo.NonNegativeReals)
    model.row = pyo.Constraint(expr=expression(model.x[0], model.x[1]))
    model.goals = pyo.ObjectiveList()
    model.goals.add(linear([(2.0, model.x[0])], 5.0))
    return PyomoModel(program, model, NO_VARIABLES)


def test_a_constant_in_a_row_moves_to_its_bounds_and_one_in_a_goal_to_its_offset() -> None:
    """x + 3 y + 10 between 11 and 14."""
    row = lambda x, y: (11.0, linear([(1.0, x), (3.0, y)], 10.0), 14.0)  # noqa: E731
    compiled = compile_model(with_row(program_of(ONE_GOAL), row))
    assert (compiled.row_lower.tolist(), compiled.row_upper.tolist()) == ([1.0], [4.0])
    assert compiled.matrix.toarray().tolist() == [[1.0, 3.0]]
    assert (compiled.goals.tolist(), compiled.offsets.tolist()) == ([[2.0, 0.0]], [5.0])


@pytest.mark.parametrize(
    "row",
    [
        lambda x, y: (0.0, x * y, 1.0),
        lambda x, _: (0.0, x**2, 1.0),
        lambda x, y: (None, 2 * x + y**2, 1.0),
        lambda x, y: (0.0, linear([(1.0, x), (3.0, 2 * y)]), 1.0),
        lambda x, _: (0.0, linear([(1.0, x), (1.0, STRANGER)]), 1.0),
        lambda x, _: (0.0, linear([(1.0, x), (3.0, STRANGER)]), 1.0),
    ],
)
def test_what_is_not_a_plain_list_of_terms_is_refused(row: Any) -> None:
    with pytest.raises(NotLinearError):
        compile_model(with_row(program_of(HAMLET), row))
