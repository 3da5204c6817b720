"""Bounds from duals: never above the optimum, whatever the duals are."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import Final

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from models.bounds import MARGIN, DualBound, HeldRow, cutoff, dual_bound, fixed_binaries
from models.compiled import INFINITY, Compiled, Vector
from models.lexicographic import HELD_MONEY, HELD_OTHER, SAME, WIDENING
from models.solver import Answer, Solver
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


@pytest.mark.parametrize(
    ("reduced", "fixed"),
    [(2.0, False), (2.0001011, False), (2.0001013, True), (-2.0001011, False), (-2.0001013, True)],
)
def test_a_binary_is_left_alone_until_it_costs_ten_cents_more_than_there_is_room(reduced: float, fixed: bool) -> None:
    """A bound of 10 and a plan of 12: room for 2, ten cents (0.0001) and a ten-millionth of the 12."""
    columns = (np.zeros(1), np.ones(1))
    lower, upper = fixed_binaries(DualBound(10.0, np.array([reduced])), 12.0, np.array([True]), columns)
    assert bool(lower[0] == upper[0]) is fixed


def test_a_binary_that_costs_exactly_as_much_as_there_is_room_is_left_alone() -> None:
    """A plan at the cutoff still counts."""
    room = cutoff(12.0) - 10.0
    integer = np.array([True, True])
    bound = DualBound(10.0, np.array([room, -room]))
    lower, upper = fixed_binaries(bound, 12.0, integer, (np.zeros(2), np.ones(2)))
    assert (lower.tolist(), upper.tolist()) == ([0, 0], [1, 1])


def test_a_plan_that_is_worse_by_all_that_held_goals_may_slip_is_not_cut_off() -> None:
    """A held goal may slip by the widest slack; what only shows in the margin must stay open.

    With two optima that differ by less than what counts as the same, too.
    """
    for best in (0.0, -12.0, 1.0, 5e5):
        assert cutoff(best) > best + WIDENING[-1] * max(HELD_MONEY, HELD_OTHER)
        assert cutoff(best) >= best + SAME * abs(best) + 1e-4 - 1e-9


def test_what_was_fixed_stays_fixed_and_no_bound_fixes_nothing() -> None:
    fixed = (np.array([1.0, 0.0]), np.array([1.0, 1.0]))
    whole = np.array([True, True])
    lower, upper = fixed_binaries(DualBound(0.0, np.array([9.0, 9.0])), 1.0, whole, fixed)
    assert (lower.tolist(), upper.tolist()) == ([1, 0], [1, 0])
    lower, upper = fixed_binaries(DualBound(-INFINITY, np.array([9.0, 9.0])), 1.0, whole, fixed)
    assert (lower.tolist(), upper.tolist()) == ([1, 0], [1, 1])


def points(compiled: Compiled) -> list[Vector]:
    """Every whole point within the bounds (5 stands for no upper bound) that meets the rows."""
    ends = zip(compiled.col_lower, np.minimum(compiled.col_upper, 5), strict=True)
    spans = [range(int(low), int(high) + 1) for low, high in ends]
    found = [np.array(point, dtype=float) for point in product(*spans)]
    return [point for point in found if compiled.violation(point) == 0.0]


SIDES: Final = st.tuples(st.sampled_from([-INFINITY, -3.0, 0.0, 1.0]), st.sampled_from([INFINITY, 4.0, 2.0, 1.0]))


@st.composite
def ranged(draw: st.DrawFn) -> Compiled:
    """A model with rows of one side, of two, of none and with both equal, and some endless columns."""
    compiled = model(*(draw(part) for part in (st.lists(NUMBERS, min_size=SIZE, max_size=SIZE), LIMITS, NUMBERS)))
    sides = [draw(SIDES) for _ in range(SIZE)]
    return replace(
        compiled,
        row_lower=np.array([lower for lower, _ in sides]),
        row_upper=np.array([upper for _, upper in sides]),
        col_lower=np.array(draw(st.lists(st.sampled_from([0.0, 1.0]), min_size=SIZE, max_size=SIZE))),
        col_upper=np.array(draw(st.lists(st.sampled_from([1.0, 3.0, INFINITY]), min_size=SIZE, max_size=SIZE))),
    )


@given(ranged(), NUMBERS, st.integers(-3, 8), DUALS)
@settings(max_examples=300)
def test_no_point_is_below_the_bound_of_any_duals(
    compiled: Compiled, held: list[int], most: int, duals: list[float]
) -> None:
    row = HeldRow(np.array(held, dtype=float), float(most))
    columns = (compiled.col_lower, compiled.col_upper)
    bound = dual_bound(compiled, compiled.goals[0], 2.0, np.array(duals), [row], columns)
    values = [compiled.goals[0] @ point + 2.0 for point in points(compiled) if row.costs @ point <= most]
    assert bound.value <= min(values, default=INFINITY) + 1e-9


@given(st.lists(NUMBERS, min_size=SIZE, max_size=SIZE), LIMITS, NUMBERS, NUMBERS)
@settings(max_examples=150)
def test_the_duals_of_the_solver_prove_the_optimum(
    matrix: list[list[int]], most: list[int], costs: list[int], held: list[int]
) -> None:
    compiled = model(matrix, most, costs)
    solver = Solver(compiled, relaxed=True)
    solver.minimise(compiled.goals[0], 7.0)
    solver.hold(np.array(held, dtype=float), 1.0)
    run = solver.run()
    assert run.answer is Answer.OPTIMAL
    rows, sides = [*matrix, held], [*most, 1]
    exact = [
        Row({at: Fraction(value) for at, value in enumerate(row)}, Fraction(side))
        for row, side in zip(rows, sides, strict=True)
    ]
    exact += [Row({at: Fraction(1)}, Fraction(3)) for at in range(SIZE)]
    best = Dictionary(exact).minimise(Goal({at: Fraction(cost) for at, cost in enumerate(costs)}))
    assert solver.proven(run).value == pytest.approx(float(best) + 7.0, abs=1e-8)


@given(st.lists(NUMBERS, min_size=SIZE, max_size=SIZE), LIMITS, NUMBERS, DUALS, st.booleans(), st.integers(0, 7))
@settings(max_examples=300)
def test_no_plan_as_good_as_the_best_known_is_cut_off(
    matrix: list[list[int]], most: list[int], costs: list[int], duals: list[float], solved: bool, pick: int
) -> None:
    """Three binaries, duals of the relaxation or any at all, and any feasible point as the best known."""
    compiled = replace(model(matrix, most, costs), col_upper=np.ones(SIZE), integer=np.ones(SIZE, dtype=bool))
    solver = Solver(compiled, relaxed=True)
    solver.minimise(compiled.goals[0])
    columns = (compiled.col_lower, compiled.col_upper)
    weights = solver.run().row_dual if solved else np.array(duals[:SIZE])
    bound = dual_bound(compiled, compiled.goals[0], 0.0, weights, [], columns)
    feasible = points(compiled)
    best = compiled.goals[0] @ feasible[pick % len(feasible)]
    lower, upper = fixed_binaries(bound, float(best), compiled.integer, columns)
    as_good = [point for point in feasible if compiled.goals[0] @ point <= best]
    assert all(np.all((lower <= point) & (point <= upper)) for point in as_good)


def test_noise_in_the_cost_of_an_endless_column_is_taken_off_the_bound() -> None:
    """Maximise a hair of a column that a row lets go up to 900: a bound of 0 would be above the optimum."""
    compiled = model([[1, 0, 0], [0, 1, 0], [0, 0, 1]], [900, 0, 0], [0, 0, 0])
    columns = (compiled.col_lower, np.full(SIZE, INFINITY))
    costs = np.array([-1e-8, 0.0, 1e-8])
    bound = dual_bound(compiled, costs, 0.0, np.zeros(SIZE), [], columns)
    assert bound.value == pytest.approx(-0.01)
    assert bound.value <= costs @ np.array([900.0, 0.0, 0.0])


def test_a_binary_that_could_be_either_in_an_equal_plan_is_left_alone() -> None:
    """Choose one of two at the same cost: the plan that takes the second is as good."""
    compiled = model([[-1, -1, 0], [0, 0, 0], [0, 0, 0]], [-1, 0, 0], [1, 1, 5])
    compiled = replace(compiled, col_upper=np.ones(SIZE), integer=np.ones(SIZE, dtype=bool))
    columns = (compiled.col_lower, compiled.col_upper)
    bound = dual_bound(compiled, compiled.goals[0], 0.0, np.array([-1.0, 0.0, 0.0]), [], columns)
    lower, upper = fixed_binaries(bound, 1.0, compiled.integer, columns)
    assert (lower.tolist(), upper.tolist()) == ([0, 0, 0], [1, 1, 0])


def test_a_column_counts_from_its_lower_bound() -> None:
    compiled = model([[0, 0, 0], [0, 0, 0], [0, 0, 0]], [0, 0, 0], [2, -1, 0])
    columns = (np.array([1.0, 1.0, 0.0]), compiled.col_upper)
    assert dual_bound(compiled, compiled.goals[0], 0.0, np.zeros(SIZE), [], columns).value == 2.0 - 3.0
