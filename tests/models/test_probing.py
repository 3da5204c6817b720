"""Probing never takes a plan out of the search that is as good as the best known one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.compiled import Compiled
from models.probing import probed
from models.solver import Clock, Solver
from tests.models.test_bounds import LIMITS, NUMBERS, SIZE, model, points

AT = np.arange(SIZE)


def binary(matrix: list[list[int]], most: list[int], costs: list[int]) -> Compiled:
    return replace(model(matrix, most, costs), col_upper=np.ones(SIZE), integer=np.ones(SIZE, dtype=bool))


def narrowed(compiled: Compiled, best: float, clock: Clock | None = None) -> tuple[list[float], list[float]]:
    solver = Solver(compiled, relaxed=True)
    solver.minimise(compiled.goals[0])
    box = (compiled.col_lower, compiled.col_upper)
    lower, upper = probed(solver, AT, box, best, clock or Clock(None))
    return lower.tolist(), upper.tolist()


@given(st.lists(NUMBERS, min_size=SIZE, max_size=SIZE), LIMITS, NUMBERS, st.integers(0, 7))
@settings(max_examples=150, deadline=None)
def test_no_plan_as_good_as_the_best_known_is_cut_off(
    matrix: list[list[int]], most: list[int], costs: list[int], pick: int
) -> None:
    compiled = binary(matrix, most, costs)
    feasible = points(compiled)
    best = float(compiled.goals[0] @ feasible[pick % len(feasible)])
    lower, upper = narrowed(compiled, best)
    as_good = [point for point in feasible if compiled.goals[0] @ point <= best]
    assert all(np.all((lower <= point) & (point <= upper)) for point in as_good)


def test_a_value_that_costs_too_much_is_taken_out() -> None:
    """Choose at least one of two at 1 and 3: with a plan of 1 known, the second is out and the first in."""
    compiled = binary([[-1, -1, 0], [0, 0, 0], [0, 0, 0]], [-1, 0, 0], [1, 3, 0])
    assert narrowed(compiled, 1.0) == ([1, 0, 0], [1, 0, 1])


def test_a_value_of_an_equal_plan_stays() -> None:
    compiled = binary([[-1, -1, 0], [0, 0, 0], [0, 0, 0]], [-1, 0, 0], [1, 1, 0])
    assert narrowed(compiled, 1.0) == ([0, 0, 0], [1, 1, 1])


@pytest.mark.parametrize("best", [2.0, 3.9])
def test_what_stays_below_the_best_known_plan_stays(best: float) -> None:
    """The second costs 3 alone: out with a plan of 2 known, still in with one of 3.9."""
    compiled = binary([[-1, -1, 0], [0, 0, 0], [0, 0, 0]], [-1, 0, 0], [1, 3, 0])
    assert (narrowed(compiled, best)[1][1] == 1) == (best > 3)


def test_without_time_nothing_is_taken_out() -> None:
    compiled = binary([[-1, -1, 0], [0, 0, 0], [0, 0, 0]], [-1, 0, 0], [1, 3, 0])
    assert narrowed(compiled, 1.0, Clock(0.0)) == ([0, 0, 0], [1, 1, 1])
