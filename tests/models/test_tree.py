"""The tree of boxes: it never claims more than holds, and never loses a plan that a later goal may want."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Final, cast

import highspy
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from finance.plan.allocation import Status
from finance.rules import Entitlement
from models import make_plan
from models.bounds import implied_uppers
from models.compiled import INFINITY, Compiled, Vector
from models.lexicographic import HELD_MONEY, WIDENING
from models.solver import Answer, Clock, Relaxation, Solver
from models.tree import Target, Tree, exclusive, halves, step_of
from tests.models.bare import Bare, cost, measure, source
from tests.models.strategies import random_case

SIZE: Final = 5
ENOUGH: Final = 10_000
TOLERANCE: Final = 2e-6
ROWS: Final = st.lists(st.lists(st.integers(-3, 3), min_size=SIZE, max_size=SIZE), min_size=2, max_size=2)
SIDES: Final = st.lists(st.integers(0, 4), min_size=2, max_size=2)
COSTS: Final = st.lists(st.lists(st.integers(-4, 4), min_size=SIZE, max_size=SIZE), min_size=3, max_size=3)
BAG: Final = Bare(
    measures=[measure("M1", waardering=7), measure("M2", waardering=5), measure("M3", waardering=5)],
    costs=[cost("M1", "overig", 600), cost("M2", "overig", 500), cost("M3", "overig", 500)],
    sources=[source("EIGEN", "eigen", 1000)],
    goals=[("ongedekt", None), ("waardering", None)],
)


def model(matrix: list[list[int]], most: list[int], costs: list[list[int]]) -> Compiled:
    """Five binaries, of which the first three exclude each other, and some rows that zero meets."""
    rows = np.array([[1, 1, 1, 0, 0], *matrix], dtype=float)
    return Compiled(
        matrix=sparse.csc_matrix(rows),
        row_lower=np.full(len(rows), -INFINITY),
        row_upper=np.array([1, *most], dtype=float),
        col_lower=np.zeros(SIZE),
        col_upper=np.ones(SIZE),
        integer=np.ones(SIZE, dtype=bool),
        goals=np.array(costs, dtype=float),
        offsets=np.zeros(len(costs)),
        senses=(1,) * len(costs),
    )


def plans(compiled: Compiled) -> list[Vector]:
    every = (np.array(values, dtype=float) for values in product((0, 1), repeat=SIZE))
    return [point for point in every if compiled.violation(point) == 0]


def target(compiled: Compiled, goal: int, point: Vector, slack: float = 0.0, speling: float = 0.0) -> Target:
    def whole(found: Vector) -> Vector | None:
        rounded = np.round(found)
        return rounded if compiled.violation(rounded) == 0 and np.all(compiled.goals[:goal] @ rounded <= held) else None

    held = compiled.goals[:goal] @ point + slack
    return Target(
        point,
        lambda found: compiled.goal_value(goal, found),
        whole,
        lambda value: speling * abs(value),
        TOLERANCE,
        Clock(None),
    )


def solved(compiled: Compiled, speling: float = 0.0) -> tuple[list[float], list[float], Tree]:
    """The values of all goals one after another, the bounds that were proven, and the tree."""
    tree = Tree(compiled, WIDENING)
    point = np.zeros(SIZE)
    values, bounds, uppers = [], [], []
    for goal, costs in enumerate(compiled.goals):
        tree.minimise(costs)
        here = target(compiled, goal, point, speling=speling)
        allowed = np.array(uppers)
        here.whole = lambda found, until=goal, allowed=allowed: (
            np.round(found)
            if compiled.violation(np.round(found)) == 0
            and np.all(compiled.goals[:until] @ np.round(found) <= allowed + 1e-9)
            else None
        )
        bounds.append(tree.prove(here, ENOUGH))
        point = here.point
        values.append(here.value)
        uppers.append(here.worst)
        tree.hold(costs, lambda width, upper=here.worst: upper + width * HELD_MONEY)
    return values, bounds, tree


def enumerated(compiled: Compiled, speling: float = 0.0) -> list[float]:
    """The same by trying every plan."""
    left, values = plans(compiled), []
    for costs in compiled.goals:
        best = min(float(costs @ point) for point in left)
        left = [point for point in left if costs @ point <= best + speling * abs(best) + 1e-9]
        values.append(best)
    return values


@given(ROWS, SIDES, COSTS, st.sampled_from([0.0, 0.3]))
@settings(max_examples=120, deadline=None, derandomize=True)
def test_every_goal_comes_out_as_by_trying_everything_and_is_proven(
    matrix: list[list[int]], most: list[int], costs: list[list[int]], speling: float
) -> None:
    compiled = model(matrix, most, costs)
    values, bounds, _ = solved(compiled, speling)
    assert values == enumerated(compiled, speling)
    assert all(value - bound <= TOLERANCE for value, bound in zip(values, bounds, strict=True))


@given(ROWS, SIDES, COSTS, st.data())
@settings(max_examples=60, deadline=None, derandomize=True)
def test_a_solver_that_lies_of_everything_proves_nothing_that_is_not_so(
    matrix: list[list[int]], most: list[int], costs: list[list[int]], data: st.DataObject
) -> None:
    """Its duals, its points and its "optimal" are made up: the bound that is believed stays below the optimum."""
    compiled = model(matrix, most, costs)

    def lie(self: Solver, *, afresh: str = "", seconds: float = INFINITY) -> Relaxation:
        duals = np.array(data.draw(st.lists(st.integers(-3, 3), min_size=6, max_size=6)), dtype=float)
        values = data.draw(st.lists(st.sampled_from([0.0, 0.5, 1.0]), min_size=SIZE + 3, max_size=SIZE + 3))
        return Relaxation(Answer.OPTIMAL, self._bound_of(duals), np.array(values))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Solver, "relaxation", lie)
        tree = Tree(compiled, WIDENING)
        tree.minimise(compiled.goals[0])
        here = target(compiled, 0, np.zeros(SIZE))
        bound = tree.prove(here, 40)
    best = enumerated(compiled)[0]
    assert here.value >= best
    assert bound <= best + 1e-9


class Liar:
    """A HiGHS that says of everything that nothing meets the rows, and gives a dual ray for it."""

    def __init__(self, true: object, ray: Vector) -> None:
        self.true, self.ray = true, ray

    def __getattr__(self, name: str) -> object:
        return getattr(self.true, name)

    def getModelStatus(self) -> object:  # noqa: N802 - the name of HiGHS
        return highspy.HighsModelStatus.kInfeasible

    def getDualRay(self) -> object:  # noqa: N802 - the name of HiGHS
        return None, True, self.ray


RAYS: Final = st.lists(st.sampled_from([0.0, 1.0, -1.0, 0.5, 1e-30, INFINITY]), min_size=3, max_size=3)


@given(ROWS, SIDES, RAYS)
@settings(max_examples=80, deadline=None, derandomize=True)
def test_an_infeasible_without_a_ray_that_proves_it_is_not_believed(
    matrix: list[list[int]], most: list[int], ray: list[float]
) -> None:
    """The point zero meets every row, so no ray can prove that nothing does."""
    solver = Solver(model(matrix, most, [[1] * SIZE]), relaxed=True)
    solver._highs = cast("highspy.Highs", Liar(solver._highs, np.array(ray)))
    assert not solver.relaxation().nothing


def test_a_ray_that_proves_that_nothing_meets_the_rows_is_believed() -> None:
    """The last two are both 1, and their sum is at most 1."""
    solver = Solver(model([[0, 0, 0, 1, 1], [0] * SIZE], [1, 1], [[1] * SIZE]), relaxed=True)
    solver.bound_columns(np.array([3, 4]), np.ones(2), np.ones(2))
    solver._highs = cast("highspy.Highs", Liar(solver._highs, np.array([0.0, -1.0, 0.0])))
    assert solver.relaxation().nothing


def test_a_tree_that_dropped_the_best_plan_known_proves_nothing_and_begins_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Every box is said to be empty, though a plan is known."""
    compiled = model([[0] * SIZE, [0] * SIZE], [1, 1], [[-1, -2, -3, -1, -2]])
    tree = Tree(compiled, WIDENING)
    tree.minimise(compiled.goals[0])
    nothing = Relaxation(Answer.INFEASIBLE, None, None, nothing=True)
    with monkeypatch.context() as patch:
        patch.setattr(Solver, "relaxation", lambda *_, **__: nothing)
        assert tree.prove(target(compiled, 0, np.zeros(SIZE)), ENOUGH) == -INFINITY
    assert tree.prove(target(compiled, 0, np.zeros(SIZE)), ENOUGH) == -6.0


def test_without_time_or_boxes_to_look_into_nothing_is_proven() -> None:
    compiled = model([[0] * SIZE, [0] * SIZE], [1, 1], [[-1, -2, -3, -1, -2]])
    tree = Tree(compiled, WIDENING)
    tree.minimise(compiled.goals[0])
    here = target(compiled, 0, np.zeros(SIZE))
    assert tree.prove(here, 0) == -INFINITY
    here.clock = Clock(0.0)
    assert tree.prove(here, ENOUGH) == -INFINITY


def test_what_was_found_once_is_not_found_again() -> None:
    """The first goal leaves one plan: the two goals after it need no split."""
    compiled = model([[2, 3, 2, 3, 2], [0] * SIZE], [4, 1], [[-3, -4, -2, -5, -2], [1] * SIZE, [-1] * SIZE])
    values, bounds, tree = solved(compiled)
    assert values == enumerated(compiled) == bounds
    assert tree.one_plan


@pytest.mark.parametrize("seed", range(0, 60, 3))
def test_the_tree_and_two_runs_agree_on_every_goal(monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    case = random_case(seed).case()
    try:
        new = make_plan(case, Entitlement(case))
    except Exception as error:  # A case without any plan: the other way finds none either.
        monkeypatch.setattr(Tree, "prove", lambda *_: -INFINITY)
        with pytest.raises(type(error)):
            make_plan(case, Entitlement(case))
        return
    monkeypatch.setattr(Tree, "prove", lambda *_: -INFINITY)
    old = make_plan(case, Entitlement(case))
    assert new.allocation == old.allocation
    assert new.status == old.status == Status.OPTIMAL
    assert all(proof.bewijs for proof in new.proofs)


def test_a_plan_is_proven_without_a_second_run(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []
    honest = Solver.run

    def run(self: Solver, *, presolve: bool = True, seconds: float = INFINITY, nodes: int = 0) -> object:
        if not self._relaxed:
            asked.append(presolve)
        return honest(self, presolve=presolve, seconds=seconds, nodes=nodes)

    monkeypatch.setattr(Solver, "run", run)
    case = BAG.case()
    assert make_plan(case, Entitlement(case)).status is Status.OPTIMAL
    assert False not in asked


@given(ROWS, SIDES)
@settings(max_examples=60, deadline=None, derandomize=True)
def test_an_upper_bound_that_follows_from_the_rows_cuts_no_plan_off(matrix: list[list[int]], most: list[int]) -> None:
    compiled = model(matrix, most, [[0] * SIZE])
    endless = replace(compiled, col_upper=np.full(SIZE, INFINITY))
    uppers = implied_uppers(endless)
    points = [np.array(values, dtype=float) for values in product(range(5), repeat=SIZE)]
    assert all(np.all(point <= uppers + 1e-9) for point in points if endless.violation(point) == 0)
    assert np.all(uppers[:3] <= 1)


def test_upper_bounds_are_passed_on_from_row_to_row() -> None:
    """x <= 3, y = 2x, z <= y + 1; nothing bounds w."""
    compiled = Compiled(
        matrix=sparse.csc_matrix(np.array([[1.0, 0, 0, 0], [-2, 1, 0, 0], [0, -1, 1, -1], [0, -1, 1, 0]])),
        row_lower=np.array([-INFINITY, 0.0, -INFINITY, -INFINITY]),
        row_upper=np.array([3.0, 0.0, 1.0, 1.0]),
        col_lower=np.zeros(4),
        col_upper=np.full(4, INFINITY),
        integer=np.zeros(4, dtype=bool),
        goals=np.zeros((1, 4)),
        offsets=np.zeros(1),
        senses=(1,),
    )
    assert implied_uppers(compiled).tolist() == [3.0, 6.0, 7.0, INFINITY]


def test_the_slack_of_a_held_row_is_told_apart() -> None:
    """Minimise -x with x <= 2 held as x <= 2.5: the duals prove -2.5, and -2 for who does not use the slack."""
    compiled = model([[0] * SIZE, [0] * SIZE], [1, 1], [[-1, 0, 0, 0, 0]])
    solver = Solver(replace(compiled, matrix=compiled.matrix * 0, col_upper=np.full(SIZE, 9.0)), relaxed=True)
    row = solver.hold(np.array([1.0, 0, 0, 0, 0]), 2.5, 0.5)
    solver.minimise(compiled.goals[0])
    found = solver.relaxation().bound
    assert found is not None
    assert (found.value, found.slip) == (-2.5, 0.5)
    solver.widen(row, 3.5)
    found = solver.relaxation().bound
    assert found is not None
    assert (found.value, found.slip) == (-3.5, 1.5)


@pytest.mark.parametrize(
    ("costs", "whole", "step"),
    [
        ([2.0, 4.0, 0.0], [True] * 3, 2.0),
        ([0.5, -0.75, 1.0], [True] * 3, 0.25),
        ([0.1, 0.3, 0.0], [True] * 3, 0.1),
        ([0.001, 1.0, 0.0], [True] * 3, 0.001),
        ([0.0001, 1.0, 0.0], [True] * 3, 0.0),
        ([1.0, 1.0, 1.0], [True, True, False], 0.0),
        ([0.0, 0.0, 0.0], [True] * 3, 0.0),
    ],
)
def test_a_goal_counts_in_steps_where_its_coefficients_do(costs: list[float], whole: list[bool], step: float) -> None:
    assert step_of(np.array(costs), np.array(whole)) == pytest.approx(step)


def test_sets_that_exclude_each_other_are_read_from_the_rows() -> None:
    compiled = model([[0, 0, 1, 1, 0], [1, 1, 0, 0, 2]], [1, 1], [[0] * SIZE])
    assert exclusive(compiled) == [(0, 1, 2), (3,), (4,)]


def test_halves_share_what_the_point_has() -> None:
    box = (np.zeros(4), np.array([1.0, 1.0, 0.0, 1.0]))
    first, second = halves(box, np.arange(4), np.array([0.4, 0.2, 0.0, 0.4]))
    assert (first[1].tolist(), second[1].tolist()) == ([1, 0, 0, 0], [0, 1, 0, 1])
