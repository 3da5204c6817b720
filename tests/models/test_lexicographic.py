"""The goals one after another when the solver misbehaves: false answers are doubted, never believed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Final

import numpy as np
import pytest

from finance.case.words import UNITS
from finance.findings import NoPlanError
from finance.plan.allocation import GoalProof, Plan, Status
from finance.rules import Entitlement
from models import lexicographic, make_plan
from models.compiled import INFINITY
from models.lexicographic import (
    HELD_MONEY,
    HELD_OTHER,
    WIDENING,
    Held,
    in_unit,
    natural_bound,
    slack_of,
    tie_weight,
    tolerance_of,
)
from models.program import CENTS_PER_UNIT
from models.pyomo_model import build
from models.solver import LARGEST_VIOLATION, TOLERANCE, Answer, Clock, Run, Solver
from models.tree import Tree
from tests.models.bare import Bare, cost, measure, source
from tests.models.hamlet import program_of
from tests.models.strategies import random_case

BAG: Final = Bare(
    measures=[
        measure("M1", waardering=7),
        measure("M2", waardering=Decimal("5.5")),
        measure("M3", waardering=5),
    ],
    costs=[cost("M1", "overig", 600), cost("M2", "overig", 500), cost("M3", "overig", 500)],
    sources=[source("EIGEN", "eigen", 1000)],
    goals=[("ongedekt", None), ("waardering", None)],
)
"""1000 euros buy M2 and M3 (10.5 points); in parts they would buy M1 and more (12 points or so)."""

Behaviour = Callable[[Solver, Run, int], Run]
"""What a solver makes of a whole-number run: the solver, the true run, and how many went before."""
NOTHING: Final = np.zeros(0)
COLUMNS: Final = len(build(program_of(BAG))[1].col_lower)


def plan_of(bare: Bare, seconds: float | None = None) -> Plan:
    case = bare.case()
    return make_plan(case, Entitlement(case), seconds)


def misbehave(monkeypatch: pytest.MonkeyPatch, behaviour: Behaviour) -> None:
    """Let every whole-number run of the solver answer otherwise, and the tree prove nothing."""
    monkeypatch.setattr(Tree, "prove", lambda *_: -INFINITY)
    honest = Solver.run
    count = 0

    def run(self: Solver, *, presolve: bool = True, seconds: float = INFINITY, nodes: int = 0) -> Run:
        nonlocal count
        true = honest(self, presolve=presolve, seconds=seconds, nodes=nodes)
        if self._relaxed or nodes:
            return true
        count += 1
        return behaviour(self, true, count)

    monkeypatch.setattr(Solver, "run", run)


def infeasible() -> Run:
    return Run(Answer.INFEASIBLE, None, INFINITY, -INFINITY, NOTHING, NOTHING)


def test_the_tree_proves_an_optimum() -> None:
    plan = plan_of(BAG)
    assert plan.allocation.starts == {"M2": 2022, "M3": 2022}
    assert (
        plan.proofs[1].bewijs == "alle keuzen zijn opgesplitst, en van elk deel is de ondergrens hier zelf nagerekend"
    )
    assert (plan.status, plan.proofs[1].kloof) == (Status.OPTIMAL, Decimal(0))


def test_two_runs_that_agree_prove_an_optimum_where_the_tree_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    misbehave(monkeypatch, lambda _, true, __: true)
    plan = plan_of(BAG)
    assert plan.allocation.starts == {"M2": 2022, "M3": 2022}
    assert plan.proofs[1].bewijs == "twee runs, met en zonder presolve, bewijzen hetzelfde optimum"
    assert (plan.status, plan.proofs[1].kloof) == (Status.OPTIMAL, Decimal(0))


def test_a_false_infeasible_is_answered_by_holding_wider_and_solving_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Both runs say infeasible though a plan is known; the held goal is widened, and then they find it."""
    widths: list[float] = []
    honest = Solver.widen

    def widen(self: Solver, row: int, upper: float) -> None:
        widths.append(upper)
        honest(self, row, upper)

    monkeypatch.setattr(Solver, "widen", widen)
    misbehave(monkeypatch, lambda _, true, count: infeasible() if count <= 2 else true)
    plan = plan_of(BAG)
    assert plan.allocation.starts == {"M2": 2022, "M3": 2022}
    assert plan.status is Status.OPTIMAL
    assert max(widths) == pytest.approx(WIDENING[1] * HELD_MONEY)


def test_infeasible_to_the_end_is_no_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every run says infeasible: the plan without measures stays, 17.5 points from what could be."""
    calls: list[int] = []

    def behaviour(_: Solver, __: Run, count: int) -> Run:
        calls.append(count)
        return infeasible()

    misbehave(monkeypatch, behaviour)
    plan = plan_of(BAG)
    assert len(calls) == 2 * len(WIDENING)
    assert not plan.proofs[1].bewezen
    assert plan.proofs[1].bewijs == "niet bewezen: de runs spreken elkaar tegen"
    assert Decimal(1) < plan.proofs[1].kloof <= Decimal("17.5")
    assert plan.status is Status.TIME_LIMIT


@pytest.mark.parametrize("wrong", [1, 2])
def test_the_better_of_two_optima_is_taken_and_the_worse_one_mentioned(
    monkeypatch: pytest.MonkeyPatch, wrong: int
) -> None:
    """One of the two runs calls the plan without measures optimal."""
    misbehave(monkeypatch, lambda _, true, count: nothing_chosen(true) if count == wrong else true)
    plan = plan_of(BAG)
    assert plan.allocation.starts == {"M2": 2022, "M3": 2022}
    assert plan.proofs[1].bewezen
    assert "slechter punt, dat is verworpen" in plan.proofs[1].bewijs


def nothing_chosen(true: Run) -> Run:
    return replace(true, point=np.zeros(COLUMNS), value=0.0, bound=0.0)


@pytest.mark.parametrize("silent", [1, 2])
def test_one_run_proves_an_optimum_where_the_point_of_the_other_was_refused(
    monkeypatch: pytest.MonkeyPatch, silent: int
) -> None:
    misbehave(monkeypatch, lambda _, true, count: replace(true, point=None) if count == silent else true)
    plan = plan_of(BAG)
    assert plan.allocation.starts == {"M2": 2022, "M3": 2022}
    assert plan.proofs[1].bewijs == "een run bewijst het optimum; de andere gaf geen antwoord"


def test_a_time_limit_during_the_search_leaves_the_best_plan_and_its_gap(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Both runs stop at the plan without measures, having proven 10.75 points at most."""
    misbehave(
        monkeypatch,
        lambda _, true, __: replace(nothing_chosen(true), answer=Answer.LIMIT, bound=-10.75),
    )
    plan = plan_of(BAG)
    assert (plan.status, plan.allocation.starts) == (Status.TIME_LIMIT, {})
    assert plan.proofs[1] == GoalProof("waardering", False, "gestopt door de tijdslimiet", Decimal("10.75"))


@pytest.mark.parametrize("lie", [0.1, 3.0, INFINITY])
def test_a_stopped_run_whose_bound_is_worse_than_the_best_plan_proves_nothing(
    monkeypatch: pytest.MonkeyPatch, lie: float
) -> None:
    """Both runs stop at the plan without measures and claim that no plan is as good as that one is.

    The bound that counts is that of the relaxation: 10.5 points, for M2 and M3 go together, to 17.5.
    """
    misbehave(monkeypatch, lambda _, true, __: replace(nothing_chosen(true), answer=Answer.LIMIT, bound=lie))
    plan = plan_of(BAG)
    assert (plan.status, plan.allocation.starts) == (Status.TIME_LIMIT, {})
    assert not plan.proofs[1].bewezen
    assert Decimal("10.5") <= plan.proofs[1].kloof <= Decimal("17.5")


@pytest.mark.parametrize("bounds", [(-11.0, 3.0), (3.0, -11.0), (-11.0, -11.25), (-11.25, -11.0)])
def test_the_best_bound_of_the_stopped_runs_counts_whatever_stands_beside_it(
    monkeypatch: pytest.MonkeyPatch, bounds: tuple[float, float]
) -> None:
    """One run has proven 11 points at most; the other proved less, or claims what cannot be."""
    misbehave(
        monkeypatch,
        lambda _, true, count: replace(nothing_chosen(true), answer=Answer.LIMIT, bound=bounds[count - 1]),
    )
    expected = GoalProof("waardering", False, "gestopt door de tijdslimiet", Decimal(11))
    assert plan_of(BAG).proofs[1] == expected


def test_without_any_time_there_is_a_plan_and_a_gap_to_what_any_plan_could_reach() -> None:
    """No plan has more than 17.5 points, nor less than the best one's 10.5. Cover is proven without a run."""
    plan = plan_of(BAG, seconds=0.0)
    assert (plan.status, plan.allocation.starts) == (Status.TIME_LIMIT, {})
    assert [proof.bewezen for proof in plan.proofs] == [True, False]
    assert Decimal("10.5") <= plan.proofs[1].kloof <= Decimal("17.5")


def test_with_time_enough_a_limit_changes_nothing() -> None:
    assert plan_of(BAG, seconds=600.0) == plan_of(BAG)


def test_a_held_goal_may_slip_more_than_the_tolerance_and_less_than_a_cent() -> None:
    assert min(HELD_MONEY, HELD_OTHER) / TOLERANCE > 99
    assert WIDENING[-1] * HELD_MONEY < 1 / CENTS_PER_UNIT
    assert WIDENING[-1] * HELD_OTHER <= LARGEST_VIOLATION
    assert list(WIDENING) == sorted(set(WIDENING))


def test_the_row_of_a_held_goal_leaves_out_the_constant_of_the_goal() -> None:
    assert Held(upper=12.0, slack=0.5, offset=10.0, point=np.zeros(0)).row_bound(2.0) == 3.0


@pytest.mark.parametrize(
    ("points", "bound"),
    [
        ({"M1": ("P", 7), "M2": ("P", 5), "M3": ("Q", 4)}, -11.0),
        ({"M1": ("P", -7), "M2": ("Q", 5)}, -5.0),
        ({"M1": ("P", -1)}, 0.0),
    ],
)
def test_no_plan_has_more_points_than_the_best_measure_of_each_project(
    points: dict[str, tuple[str, int]], bound: float
) -> None:
    rows = [measure(name, project, waardering=number) for name, (project, number) in points.items()]
    assert natural_bound(program_of(Bare(measures=rows)), "waardering") == bound


def test_no_plan_has_less_than_nothing_of_any_other_goal() -> None:
    program = program_of(BAG)
    assert {natural_bound(program, name) for name in UNITS if name != "waardering"} == {0.0}


def test_the_slip_and_the_unit_of_a_goal_follow_what_it_counts() -> None:
    assert [slack_of(name) for name in ("ongedekt", "tekort_plaatsen")] == [HELD_MONEY, HELD_OTHER]
    assert tolerance_of("ongedekt", 0.0) == 2 * HELD_MONEY
    assert tolerance_of("ongedekt", 1e6) == pytest.approx(1e-3)
    assert [in_unit(name, 1.5) for name in ("ongedekt", "uitwijk")] == [Decimal(1500), Decimal("1.5")]
    assert in_unit("uitwijk", INFINITY) == Decimal("Infinity")


def test_a_tie_weight_grows_with_the_rank_and_never_makes_two_measures_cheaper_than_one() -> None:
    weights = [tie_weight(rank, 50) for rank in range(50)]
    assert weights == sorted(weights)
    assert weights[0] + weights[1] > weights[-1]


def test_where_the_time_is_up_each_goal_still_has_the_bound_of_its_relaxation(monkeypatch: pytest.MonkeyPatch) -> None:
    """All time is kept for bounds: no plan is searched for, and 17.5 points are known to be out of reach."""
    monkeypatch.setattr(lexicographic, "RESERVED", 1.0)
    plan = plan_of(BAG, seconds=600.0)
    assert (plan.status, plan.allocation.starts) == (Status.TIME_LIMIT, {})
    assert plan.proofs[0].bewezen
    assert Decimal("10.5") <= plan.proofs[1].kloof < Decimal("17.5")


def test_a_plan_near_the_relaxation_is_found_where_nothing_else_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only runs within a core find a plan: those in which some start years are fixed."""
    monkeypatch.setattr(lexicographic, "CORES", (0.0002, 0.3, 0.6))
    monkeypatch.setattr(lexicographic, "LARGE", 0)
    cores: list[int] = []

    def behaviour(solver: Solver, true: Run, _: int) -> Run:
        lower, upper = (side[solver.compiled.integer] for side in solver.bounds)
        fixed = int(np.sum(lower == upper))
        cores.append(fixed)
        return true if fixed else replace(true, answer=Answer.LIMIT, point=None, bound=-INFINITY)

    misbehave(monkeypatch, behaviour)
    plan = plan_of(BAG, seconds=600.0)
    assert any(cores)
    assert cores[-1] == 0
    assert plan.allocation.starts
    assert plan.status is Status.TIME_LIMIT
    assert plan.proofs[1].kloof < Decimal("17.5")


@pytest.mark.parametrize("seed", range(1, 60, 4))
def test_a_limit_that_is_not_reached_changes_no_plan(seed: int) -> None:
    case = random_case(seed).case()
    try:
        free = make_plan(case, Entitlement(case))
    except NoPlanError:
        return
    limited = make_plan(case, Entitlement(case), 600.0)
    assert limited.allocation == free.allocation
    assert limited.status is Status.OPTIMAL


def test_a_part_of_the_time_left_is_a_clock_of_its_own() -> None:
    assert Clock(None).part(0.5).endless
    part = Clock(100.0).part(0.25)
    assert not part.endless
    assert 20 < part.left <= 25
    assert Clock(0.0).part(0.5).up
