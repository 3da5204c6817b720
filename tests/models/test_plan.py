"""From a case to a plan: the same one every time, whichever way the solver goes about it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
import pytest

from finance.compliance import check_allocation
from finance.findings import NoPlanError
from finance.plan.allocation import Outcome, Plan, Status
from finance.rules import Entitlement
from models import TimeUpError, make_plan
from models.compiled import INFINITY
from models.plan import finished, searched, with_starts, within
from models.polish import PolishError
from models.pyomo_model import build
from models.solver import Answer, Clock, Run, Solver, solver_name
from tests.casebook import small_built_case
from tests.models.bare import Bare, cost, measure, places, source, spent
from tests.models.hamlet import program_of

SMALL: Final = small_built_case()


@pytest.fixture(scope="module")
def plan() -> Plan:
    return make_plan(SMALL, Entitlement(SMALL))


def test_the_small_case_has_a_known_best_plan(plan: Plan) -> None:
    """Everybody has a place; M2 and M3 close the wing and the Brink, M6 waits until 2024 for money."""
    outcome = Outcome(SMALL, plan.allocation)
    assert plan.status is Status.OPTIMAL
    assert plan.allocation.starts == {"M2": 2022, "M3": 2024, "M5": 2022, "M6": 2024}
    assert {name: str(value) for name, value in outcome.goals.items()} == {
        "tekort_plaatsen": "0",
        "uitwijk": "0",
        "boven_plafond": "0",
        "onder_vloer": "0",
        "ongedekt": "0.00",
        "eigen_geld": "10000.00",
        "lasten_gemeenten": "13573831.88",
        "waardering": "8.5",
        "kosten_ncw": "14349142.66",
        "spuk_onbesteed": "825330.00",
        "startjaren": "4",
    }
    assert check_allocation(SMALL, plan.allocation) == ()


def test_the_same_case_gives_the_same_plan_again(plan: Plan) -> None:
    assert make_plan(SMALL, Entitlement(SMALL)) == plan


@pytest.mark.parametrize("always", [True, False])
def test_presolve_decides_nothing(plan: Plan, monkeypatch: pytest.MonkeyPatch, always: bool) -> None:
    """With presolve in every run, or in none, the goals are the same."""
    honest = Solver.run

    def run(self: Solver, *, presolve: bool = True, seconds: float = INFINITY, nodes: int = 0) -> Run:
        return honest(self, presolve=always, seconds=seconds, nodes=nodes)

    monkeypatch.setattr(Solver, "run", run)
    other = make_plan(SMALL, Entitlement(SMALL))
    assert Outcome(SMALL, other.allocation).goals == Outcome(SMALL, plan.allocation).goals
    assert other.allocation.starts == plan.allocation.starts


def test_each_goal_is_told_when_its_turn_comes_and_proven(plan: Plan) -> None:
    told: list[str] = []
    make_plan(SMALL, Entitlement(SMALL), tell=told.append)
    assert told == [proof.doel for proof in plan.proofs] == [row.doel for row in SMALL.goals]
    assert all(proof.bewezen for proof in plan.proofs)
    assert plan.solver == solver_name()


def test_a_clash_is_no_plan_and_says_why() -> None:
    bare = Bare(last=2023, measures=[measure("M", verplicht="ja", vereist="P-N"), measure("N", start=(2023, 2023))])
    case = bare.case()
    with pytest.raises(NoPlanError) as error:
        make_plan(case, Entitlement(case))
    assert "maatregel M vereist project P-N (maatregelen rij 2)" in str(error.value)


def test_mandatory_projects_that_go_together_have_a_first_plan() -> None:
    """M must wait a year for N; neither pays its way."""
    bare = Bare(
        last=2023,
        measures=[
            measure("M", start=(2022, 2023), verplicht="ja", vereist="P-N"),
            measure("N", start=(2023, 2023)),
        ],
        costs=[cost("M", "overig", 100), cost("N", "overig", 100)],
    )
    case = bare.case()
    assert make_plan(case, Entitlement(case)).allocation.starts == {"M": 2023, "N": 2023}


def no_point(*_: object, **__: object) -> Run:
    nothing = np.zeros(0)
    return Run(Answer.LIMIT, None, INFINITY, -INFINITY, nothing, nothing)


def test_without_a_first_point_there_is_nothing_to_write(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Solver, "run", no_point)
    with pytest.raises(TimeUpError, match="geen eerste plan"):
        make_plan(SMALL, Entitlement(SMALL))


# Polishing


BUSY: Final = Bare(
    places=[places("L1", "open", 2), places("L2", "open", 2)],
    need={("open", 2022): 5},
    measures=[measure("M", waardering=1)],
    costs=[cost("M", "overig", 300)],
    sources=[source("E1", "eigen", 200_000), source("E2", "eigen", 100_000)],
)
"""One of five young people finds no place; each of the others costs 60,000 more than an empty place."""


def test_a_goal_does_not_slip_to_the_profit_of_a_later_one() -> None:
    """A ten-millionth of a place less would save money; it is not given up."""
    case = BUSY.case()
    goals = Outcome(case, make_plan(case, Entitlement(case)).allocation).goals
    assert (goals["tekort_plaatsen"], str(goals["ongedekt"])) == (1, "100000.00")


def test_polishing_that_fails_leaves_a_plan_that_passes_every_check(monkeypatch: pytest.MonkeyPatch) -> None:
    """The optimal faces give no point: the goals are held by rows instead, with some slack."""
    monkeypatch.setattr("models.polish.on_faces", lambda *_: None)
    case = BUSY.case()
    allocation = make_plan(case, Entitlement(case)).allocation
    assert check_allocation(case, allocation) == ()
    assert Outcome(case, allocation).goals["tekort_plaatsen"] == pytest.approx(1, abs=1e-6)


def test_without_any_point_there_is_nothing_to_write_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    for attempt in ("on_faces", "_within_rows"):
        monkeypatch.setattr(f"models.polish.{attempt}", lambda *_: None)
    case = BUSY.case()
    with pytest.raises(PolishError):
        make_plan(case, Entitlement(case))


# Models with more decided than a case decides


CLOSED: Final = Bare(
    last=2023,
    measures=[measure("M", start=(2022, 2023), waardering=3), measure("N", start=(2023, 2023))],
    costs=[cost("M", "overig", 600), cost("N", "overig", 500)],
    sources=[source("EIGEN", "eigen", 1000, (2022, 2023))],
    actuals=[spent("EIGEN", "M", "overig", 2022, 250)],
    started={"M": 2022},
    settings={"afgesloten_tot": 2022},
    goals=[("eigen_geld", None), ("ongedekt", None)],
)
"""Own money paid 250 euros in 2022: a constant of the first goal."""


def test_a_ceiling_is_a_row_up_to_its_value_less_the_constant_of_the_goal() -> None:
    formulation, compiled = build(program_of(CLOSED))
    bounded = within(compiled, (0.75, 0.1))
    rows = len(compiled.row_lower)
    assert bounded.row_lower.tolist() == [*compiled.row_lower, -INFINITY, -INFINITY]
    assert bounded.row_upper[rows:].tolist() == pytest.approx([0.5, 0.1])
    assert bounded.matrix.toarray()[rows:].tolist() == compiled.goals.tolist()
    assert within(compiled, ()) is compiled
    assert formulation.goals == ("eigen_geld", "ongedekt")


@pytest.mark.parametrize(("most", "starts"), [(0.749, {"M": 2022}), (0.75, {"M": 2022, "N": 2023})])
def test_a_ceiling_lets_in_what_just_fits(most: float, starts: dict[str, int]) -> None:
    """N costs 500 euros of own money beside the 250 that were paid, and has the points."""
    points = [CLOSED.measures[0], measure("N", start=(2023, 2023), waardering=9)]
    goals = [("waardering", None), ("eigen_geld", None), ("ongedekt", None)]
    program = program_of(replace(CLOSED, measures=points, goals=goals))
    ceilings = (0.0, most, 0.0)
    state = searched(program, Clock(None), ceilings=ceilings)
    assert finished(program, state, ceilings).allocation.starts == starts


def test_start_years_that_are_decided_are_fixed_in_the_model_and_all_others_are_out() -> None:
    formulation, compiled = build(program_of(CLOSED))
    fixed = with_starts(formulation, compiled, {"M": 2022})
    columns = dict(zip(formulation.program.decisions, formulation.variables.x, strict=True))
    assert set(columns) == {("M", 2022), ("N", 2023)}
    found = {decision: (fixed.col_lower[at], fixed.col_upper[at]) for decision, at in columns.items()}
    assert found == {("M", 2022): (1.0, 1.0), ("N", 2023): (0.0, 0.0)}


@pytest.mark.parametrize(
    ("starts", "told"),
    [({"N": 2022}, "maatregel N kan niet starten in 2022"), ({"Z": 2023}, "maatregel Z kan niet starten")],
)
def test_a_start_year_that_a_measure_does_not_have_is_no_plan(starts: dict[str, int], told: str) -> None:
    with pytest.raises(NoPlanError, match=told):
        with_starts(*build(program_of(CLOSED)), starts)
