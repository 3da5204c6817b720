"""HiGHS at arm's length: a point counts only after it was checked here, and limits are answers too."""

from __future__ import annotations

from dataclasses import replace
from importlib.metadata import version
from typing import Final

import numpy as np
import pytest
from scipy import sparse

from models.compiled import (
    INFINITY,
    LARGEST_COEFFICIENT,
    Compiled,
    ScaleError,
    refuse_bad_scale,
)
from models.solver import (
    LARGEST_FRACTION,
    LARGEST_VIOLATION,
    Answer,
    Clock,
    Solver,
    quiet_highs,
    solver_name,
)


def choice(matrix: list[list[float]], most: list[float], gains: list[float], *, least: float = -INFINITY) -> Compiled:
    """Choose whole things, each at most once, to gain most within some limits."""
    columns = len(gains)
    return Compiled(
        matrix=sparse.csc_matrix(np.array(matrix)),
        row_lower=np.full(len(most), least),
        row_upper=np.array(most),
        col_lower=np.zeros(columns),
        col_upper=np.ones(columns),
        integer=np.ones(columns, dtype=bool),
        goals=-np.array([gains]),
        offsets=np.zeros(1),
        senses=(1,),
    )


BAG: Final = choice([[2, 3, 1], [4, 1, 2], [3, 4, 2]], [5, 11, 8], [5, 4, 3])
"""Take the first two: a gain of 9. In parts the gain would be higher."""


@pytest.fixture
def solver() -> Solver:
    made = Solver(BAG)
    made.minimise(BAG.goals[0])
    return made


@pytest.mark.parametrize("presolve", [True, False])
def test_a_run_gives_the_optimum_its_value_and_its_bound(solver: Solver, presolve: bool) -> None:
    run = solver.run(presolve=presolve)
    assert run.answer is Answer.OPTIMAL
    assert run.point is not None
    assert run.point.round(6).tolist() == [1.0, 1.0, 0.0]
    assert (run.value, run.bound) == pytest.approx((-9.0, -9.0))


def test_the_constant_of_the_goal_is_in_value_and_bound(solver: Solver) -> None:
    solver.minimise(BAG.goals[0], 100.0)
    run = solver.run()
    assert (run.value, run.bound) == pytest.approx((91.0, 91.0))


def test_a_relaxed_run_takes_things_in_part() -> None:
    solver = Solver(BAG, relaxed=True)
    solver.minimise(BAG.goals[0])
    run = solver.run()
    assert run.value < -9.5
    assert run.bound == pytest.approx(run.value)


@pytest.mark.parametrize("relaxed", [True, False])
@pytest.mark.parametrize("presolve", [True, False])
def test_a_model_without_anything_whole_has_its_optimum_as_bound(relaxed: bool, presolve: bool) -> None:
    """A thing and a half fit: a gain of 1.5, and there is no search of which HiGHS knows a bound."""
    bag = choice([[2.0]], [3.0], [1.0])
    compiled = replace(bag, integer=np.zeros(1, dtype=bool), col_upper=np.full(1, 9.0))
    solver = Solver(compiled, relaxed=relaxed)
    solver.minimise(compiled.goals[0])
    run = solver.run(presolve=presolve)
    assert (run.value, run.bound) == pytest.approx((-1.5, -1.5))


def test_a_goal_that_is_held_limits_the_next_until_it_is_widened(solver: Solver) -> None:
    """A weight of at most 4 leaves the first and third; at 5 the first two fit again."""
    row = solver.hold(np.array([2.0, 3.0, 1.0]), 4.0)
    assert solver.run().value == pytest.approx(-8.0)
    solver.widen(row, 5.0)
    assert solver.run().value == pytest.approx(-9.0)


def test_bounds_of_columns_and_rows_count(solver: Solver) -> None:
    solver.bound_columns(np.array([0]), np.zeros(1), np.zeros(1))
    assert solver.run().value == pytest.approx(-7.0)
    solver.bound_row(0, -INFINITY, 3.0)
    assert solver.run().value == pytest.approx(-4.0)


def test_what_cannot_be_is_infeasible() -> None:
    never = choice([[1, 1]], [5], [1, 1], least=3)
    solver = Solver(never)
    solver.minimise(never.goals[0])
    run = solver.run()
    assert (run.answer, run.point, run.value, run.bound) == (Answer.INFEASIBLE, None, INFINITY, -INFINITY)


def test_a_point_that_breaks_a_row_is_refused_though_it_is_called_optimal(solver: Solver) -> None:
    """HiGHS has the limits of the bag; the check here has the first limit a little lower."""
    for margin, accepted in ((0.5 * LARGEST_VIOLATION, True), (2 * LARGEST_VIOLATION, False)):
        solver.compiled = replace(BAG, row_upper=BAG.row_upper - np.array([5 * margin, 0, 0]))
        run = solver.run()
        assert run.answer is Answer.OPTIMAL
        assert (run.point is not None) == accepted


def test_a_point_outside_the_bounds_of_a_column_is_refused(solver: Solver) -> None:
    solver.compiled = replace(BAG, col_upper=np.array([1.0, 0.9, 1.0]))
    assert solver.run().point is None


def test_a_point_that_is_not_whole_is_refused() -> None:
    """HiGHS may take things in part; the check here wants them whole, unless the run is a relaxed one."""
    in_part = replace(BAG, integer=np.zeros(3, dtype=bool))
    solver = Solver(in_part)
    solver.minimise(BAG.goals[0])
    solver.compiled = BAG
    assert solver.run().point is None
    relaxed = Solver(BAG, relaxed=True)
    relaxed.minimise(BAG.goals[0])
    assert relaxed.run().point is not None


def test_no_time_left_is_a_limit_and_no_optimum(solver: Solver) -> None:
    run = solver.run(presolve=False, seconds=0.0)
    assert run.answer is Answer.LIMIT
    assert run.bound <= -9.0


def test_every_run_starts_anew_with_its_own_limits(solver: Solver) -> None:
    solver.run(seconds=0.0)
    assert solver.run().answer is Answer.OPTIMAL


def test_the_bound_of_the_duals_is_below_every_plan_and_that_of_the_relaxation() -> None:
    solver = Solver(BAG, relaxed=True)
    solver.minimise(BAG.goals[0], 100.0)
    run = solver.run()
    assert solver.proven(run).value == pytest.approx(run.value)
    assert solver.proven(replace(run, row_dual=np.array([-1.0, 0.0, 0.0]))).value <= run.value


def test_the_duals_of_held_rows_and_changed_bounds_count_too() -> None:
    solver = Solver(BAG, relaxed=True)
    solver.minimise(BAG.goals[0])
    row = solver.hold(np.array([1.0, 1.0, 1.0]), 1.0)
    solver.bound_columns(np.array([0]), np.zeros(1), np.array([0.5]))
    run = solver.run()
    assert run.value == pytest.approx(-4.5)
    assert solver.proven(run).value == pytest.approx(-4.5)
    solver.widen(row, 1.5)
    wider = solver.run()
    assert wider.value < -4.5
    assert solver.proven(wider).value == pytest.approx(wider.value)


def test_the_clock_runs_out_or_never() -> None:
    assert Clock(None).left == INFINITY
    assert not Clock(None).up
    assert Clock(0.0).up
    assert 0 < Clock(60.0).left <= 60.0


def test_the_solver_is_exact_silent_alone_and_the_same_in_every_run() -> None:
    options = quiet_highs().getOptions()
    assert options.primal_feasibility_tolerance == options.mip_feasibility_tolerance == 1e-9
    assert (options.mip_rel_gap, options.threads, options.random_seed) == (0.0, 1, 0)
    assert not options.output_flag


def test_the_solver_says_its_name_and_version() -> None:
    assert solver_name() == f"HiGHS {version('highspy')}"


# Compiled arrays


@pytest.mark.parametrize(
    ("point", "violation"),
    [([0, 0, 0], 0.0), ([1, 1, 0], 0.0), ([1, 1, 1], 1 / 5), ([0, -0.25, 0], 0.25), ([0, 0, 1.5], 0.5)],
)
def test_violation_is_the_largest_relative_to_its_bound(point: list[float], violation: float) -> None:
    """All three weigh 6 of 5 and 9 of 8; a bound of 1 or less counts as 1."""
    assert BAG.violation(np.array(point)) == pytest.approx(violation)


def test_violation_of_a_lower_bound_of_a_row_counts() -> None:
    least = replace(BAG, row_lower=np.array([4.0, 0.0, 0.0]))
    assert least.violation(np.array([1.0, 0.0, 0.0])) == pytest.approx(0.5)


def test_fractionality_looks_at_whole_columns_only() -> None:
    half = replace(BAG, integer=np.array([True, False, True]))
    assert half.fractionality(np.array([1.0, 0.5, 0.0])) == 0.0
    assert half.fractionality(np.array([1.0 - 2 * LARGEST_FRACTION, 0.5, 0.0])) > LARGEST_FRACTION


@pytest.mark.parametrize(
    ("coefficient", "most", "accepted"),
    [
        (LARGEST_COEFFICIENT, 5.0, True),
        (-LARGEST_COEFFICIENT, 5.0, True),
        (LARGEST_COEFFICIENT + 1, 5.0, False),
        (-LARGEST_COEFFICIENT - 1, 5.0, False),
        (1.0, LARGEST_COEFFICIENT, True),
        (1.0, LARGEST_COEFFICIENT + 1, False),
        (1.0, -LARGEST_COEFFICIENT - 1, False),
        (1.0, INFINITY, True),
    ],
)
def test_numbers_too_large_for_the_tolerances_are_refused(coefficient: float, most: float, accepted: bool) -> None:
    """Above a trillion euros a cent is lost in the noise; what has no bound at all is no number."""
    compiled = choice([[2.0, coefficient], [1.0, 1.0]], [most, 3.0], [1.0, 1.0])
    if accepted:
        refuse_bad_scale(compiled)
    else:
        with pytest.raises(ScaleError, match=r"1e\+09"):
            refuse_bad_scale(compiled)


@pytest.mark.parametrize(("far", "accepted"), [(LARGEST_FRACTION, True), (LARGEST_FRACTION * 1.01, False)])
def test_a_point_may_be_as_far_from_whole_as_the_tolerance_and_no_further(
    monkeypatch: pytest.MonkeyPatch, solver: Solver, far: float, accepted: bool
) -> None:
    monkeypatch.setattr(Compiled, "fractionality", lambda *_: far)
    assert (solver.run().point is not None) is accepted


@pytest.mark.parametrize(("far", "accepted"), [(LARGEST_VIOLATION, True), (LARGEST_VIOLATION * 1.01, False)])
def test_a_point_may_break_a_row_by_as_much_as_the_tolerance_and_no_more(
    monkeypatch: pytest.MonkeyPatch, solver: Solver, far: float, accepted: bool
) -> None:
    monkeypatch.setattr(Compiled, "violation", lambda *_: far)
    assert (solver.run().point is not None) is accepted
