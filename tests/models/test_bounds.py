"""Bounds from duals: never above the optimum, whatever the duals are."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from models.bounds import MARGIN, DualBound, HeldRow, dual_bound, fixed_binaries
from models.compiled import INFINITY, Compiled
from tests.models.simplex import Dictionary, Goal, Row

SIZE: Final = 3
WHOLE: Final = st.integers(-4, 4)
NUMBERS: Final = st.lists(WHOLE, min_size=SIZE, max_size=SIZE)
DUALS: Final = st.lists(st.floats(-5, 5), min_size=SIZE + 1, max_size=SIZE + 1)
LIMITS: Final = st.lists(st.integers(0, 6), min_size=SIZE, max_size=SIZE)


def model(matrix: list[list[int]], most: list[int], costs: list[int], lower: float = -INFINITY) -> Compiled:
    return Compiled(
        matrix=sparse.csc_matrix(np.array(matrix, dtype=float)),
        row_lower=np.full(SIZE, lower),
        row_upper=np.array(most, dtype=float),
        col_lower=np.zeros(SIZE),
        col_upper=np.full(SIZE, 3.0),
        integer=np.zeros(SIZE, dtype=bool),
        goals=np.array([costs], dtype=float),
        offsets=np.zeros(1),
        senses=(1,),
        columns={},
    )


def optimum(matrix: list[list[int]], most: list[int], costs: list[int]) -> Fraction:
    """The exact optimum with every column at most 3."""
    rows = [
        Row({at: Fraction(value) for at, value in enumerate(row)}, Fraction(b))
        for row, b in zip(matrix, most, strict=True)
    ]
    rows += [Row({at: Fraction(1)}, Fraction(3)) for at in range(SIZE)]
    return Dictionary(rows).minimise(Goal({at: Fraction(cost) for at, cost in enumerate(costs)}))


@given(st.lists(NUMBERS, min_size=SIZE, max_size=SIZE), LIMITS, NUMBERS, DUALS)
@settings(max_examples=200, deadline=None, derandomize=True)
def test_any_duals_give_a_bound_below_the_optimum(
    matrix: list[list[int]], most: list[int], costs: list[int], duals: list[float]
) -> None:
    """The first two rows in the model, the third held behind them."""
    compiled = model(matrix, most, costs)
    held = [HeldRow(np.array(matrix[0], dtype=float), float(most[0]))]
    bound = dual_bound(
        compiled, compiled.goals[0], 7.0, np.array(duals), held, (compiled.col_lower, compiled.col_upper)
    )
    assert bound.value <= float(optimum(matrix, most, costs)) + 7.0 + 1e-9


def test_the_right_duals_give_the_optimum() -> None:
    """Minimise -x with 2x at most 3: a dual of -1/2 proves -1.5."""
    compiled = model([[2, 0, 0], [0, 0, 0], [0, 0, 0]], [3, 0, 0], [-1, 0, 0])
    columns = (compiled.col_lower, compiled.col_upper)
    bound = dual_bound(compiled, compiled.goals[0], 0.0, np.array([-0.5, 0.0, 0.0]), [], columns)
    assert bound.value == -1.5
    assert bound.reduced.tolist() == [0.0, 0.0, 0.0]


def test_a_dual_of_the_side_that_a_row_does_not_have_proves_nothing() -> None:
    """Rows without a lower bound: a positive dual is left out, so that only the columns bound."""
    compiled = model([[1, 0, 0], [0, 1, 0], [0, 0, 1]], [2, 2, 2], [-1, 0, 0])
    columns = (compiled.col_lower, compiled.col_upper)
    assert dual_bound(compiled, compiled.goals[0], 0.0, np.array([5.0, 0.0, 0.0]), [], columns).value == -3.0


def test_an_endless_column_with_a_reduced_cost_leaves_no_bound() -> None:
    compiled = model([[1, 0, 0], [0, 1, 0], [0, 0, 1]], [2, 2, 2], [-1, 0, 0])
    columns = (compiled.col_lower, np.full(SIZE, INFINITY))
    assert dual_bound(compiled, compiled.goals[0], 0.0, np.zeros(SIZE), [], columns).value == -INFINITY


def test_a_binary_is_fixed_where_changing_it_costs_more_than_there_is_room() -> None:
    """A bound of 10 and a plan of 12: changes of up to 2 may still pay."""
    reduced = np.array([1.9, 2 + MARGIN / 2, 2.1, -2.1, -1.9, 2.1])
    integer = np.array([True, True, True, True, True, False])
    lower, upper = fixed_binaries(DualBound(10.0, reduced), 12.0, integer, (np.zeros(6), np.ones(6)))
    assert lower.tolist() == [0, 0, 0, 1, 0, 0]
    assert upper.tolist() == [1, 1, 0, 1, 1, 1]


def test_what_was_fixed_stays_fixed_and_no_bound_fixes_nothing() -> None:
    fixed = (np.array([1.0, 0.0]), np.array([1.0, 1.0]))
    whole = np.array([True, True])
    lower, upper = fixed_binaries(DualBound(0.0, np.array([9.0, 9.0])), 1.0, whole, fixed)
    assert (lower.tolist(), upper.tolist()) == ([1, 0], [1, 0])
    lower, upper = fixed_binaries(DualBound(-INFINITY, np.array([9.0, 9.0])), 1.0, whole, fixed)
    assert (lower.tolist(), upper.tolist()) == ([1, 0], [1, 1])
