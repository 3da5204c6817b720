"""One objective, two runs: the better point counts, and what was not proven is not called so.

Choose one of two binaries at a cost of 1 and 3: the best point is the first alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import pytest

from models.best import AGREE, Best, best_point
from models.compiled import INFINITY, Vector
from models.solver import Answer, Clock, Run, Solver
from tests.models.test_bounds import SIZE, model

COSTS: Final = np.array([1.0, 3.0, 0.0])
FIRST, SECOND = np.array([1.0, 0.0, 0.0]), np.array([0.0, 1.0, 0.0])
MODEL: Final = replace(
    model([[-1, -1, 0], [1, 1, 0], [0, 0, 1]], [-1, 1, 0], [1, 3, 0]),
    col_upper=np.ones(SIZE),
    integer=np.ones(SIZE, dtype=bool),
)
NO_DUALS: Final = np.zeros(0)


def run(answer: Answer, point: Vector | None, bound: float) -> Run:
    """A run that the solver could make."""
    value = INFINITY if point is None else float(COSTS @ point)
    return Run(answer, None if point is None else point.copy(), value, bound, NO_DUALS, NO_DUALS)


def answering(monkeypatch: pytest.MonkeyPatch, *runs: Run) -> Best:
    """What is found where the two whole-number runs answer so."""
    honest, answers = Solver.run, list(runs)

    def scripted(self: Solver, *, presolve: bool = True, seconds: float = INFINITY, nodes: int = 0) -> Run:
        if self._relaxed:
            return honest(self, presolve=presolve, seconds=seconds, nodes=nodes)
        return answers.pop(0)

    monkeypatch.setattr(Solver, "run", scripted)
    return best_point(MODEL, COSTS, Clock(None))


def test_two_honest_runs_prove_the_best_point() -> None:
    best = best_point(MODEL, COSTS, Clock(None))
    assert best.point is not None
    assert (best.point.tolist(), best.value, best.proven) == (FIRST.tolist(), 1.0, True)


@pytest.mark.parametrize(
    ("answers", "value", "proven"),
    [
        ([(Answer.OPTIMAL, FIRST, 1.0), (Answer.OPTIMAL, FIRST, 1.0)], 1.0, True),
        ([(Answer.OPTIMAL, FIRST, 1.0), (Answer.LIMIT, None, 0.0)], 1.0, True),
        ([(Answer.LIMIT, None, 0.0), (Answer.OPTIMAL, FIRST, 1.0)], 1.0, True),
        ([(Answer.OPTIMAL, FIRST, 1.0), (Answer.OPTIMAL, SECOND, 3.0)], 1.0, True),
        ([(Answer.OPTIMAL, SECOND, 3.0), (Answer.OPTIMAL, FIRST, 1.0)], 1.0, True),
        ([(Answer.OPTIMAL, SECOND, 3.0), (Answer.LIMIT, FIRST, 0.0)], 1.0, False),
        ([(Answer.LIMIT, FIRST, 1.0), (Answer.LIMIT, FIRST, 1.0)], 1.0, False),
        ([(Answer.LIMIT, SECOND, 0.0), (Answer.INFEASIBLE, None, -INFINITY)], 3.0, False),
        ([(Answer.OPTIMAL, FIRST, 1.0 - AGREE / 2), (Answer.LIMIT, None, 0.0)], 1.0, True),
        ([(Answer.OPTIMAL, FIRST, 1.0 - AGREE * 2), (Answer.LIMIT, None, 0.0)], 1.0, False),
        ([(Answer.OPTIMAL, FIRST, 1.0 + AGREE * 2), (Answer.LIMIT, None, 0.0)], 1.0, False),
    ],
)
def test_the_better_point_counts_and_only_a_run_that_ended_at_its_value_proves_it(
    monkeypatch: pytest.MonkeyPatch,
    answers: Sequence[tuple[Answer, Vector | None, float]],
    value: float,
    proven: bool,
) -> None:
    """Answer, point and bound of the run with presolve and of the one without."""
    best = answering(monkeypatch, *(run(*answer) for answer in answers))
    assert (best.value, best.proven) == (value, proven)
    assert best.point is not None
    assert float(COSTS @ best.point) == value


def test_without_a_point_nothing_is_proven(monkeypatch: pytest.MonkeyPatch) -> None:
    best = answering(monkeypatch, run(Answer.INFEASIBLE, None, -INFINITY), run(Answer.OPTIMAL, None, 1.0))
    assert best == Best(None, INFINITY, proven=False)


def test_both_runs_have_the_time_that_is_left_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    honest, given = Solver.run, []

    def timed(self: Solver, *, presolve: bool = True, seconds: float = INFINITY, nodes: int = 0) -> Run:
        if not self._relaxed:
            given.append((presolve, seconds))
        return honest(self, presolve=presolve, seconds=seconds, nodes=nodes)

    monkeypatch.setattr(Solver, "run", timed)
    best_point(MODEL, COSTS, Clock(600.0))
    assert [presolve for presolve, _ in given] == [True, False]
    assert all(0 < seconds <= 600.0 for _, seconds in given)


def test_when_the_time_is_up_nothing_is_run() -> None:
    assert best_point(MODEL, COSTS, Clock(0.0)) == Best(None, INFINITY, proven=False)


def test_what_is_not_whole_is_the_best_beside_the_binaries_too() -> None:
    """The first binary at a cost of 1 lets the third column, which is not whole, gain up to 3."""
    free = replace(
        model([[-1, -1, 0], [1, 1, 0], [-3, 0, 1]], [-1, 1, 0], [1, 3, -1]),
        col_upper=np.array([1.0, 1.0, 9.0]),
        integer=np.array([True, True, False]),
    )
    best = best_point(free, np.array([1.0, 3.0, -1.0]), Clock(None))
    assert best.point is not None
    assert best.point.tolist() == pytest.approx([1.0, 0.0, 3.0])
    assert (best.value, best.proven) == (pytest.approx(-2.0), True)
