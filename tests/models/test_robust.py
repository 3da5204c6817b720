"""One plan for many futures against trying everything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Final

import pytest

from finance.case import Case
from finance.case.words import UNITS
from finance.compliance import check_allocation
from finance.findings import NoPlanError
from finance.money import Money
from finance.plan.allocation import Allocation, GoalProof, Outcome, Plan, Status
from finance.rules import Entitlement
from models.compiled import Compiled
from models.formulation import Formulation
from models.plan import make_plan
from models.pyomo_model import build
from models.robust import Aim, DifferentGoalsError, RobustPlan, join, robust_plan
from tests.models.bare import FIRST, Bare, cost, measure, source
from tests.models.brute import Chosen, Starts, start_choices
from tests.models.hamlet import program_of
from tests.models.simplex import Dictionary
from tests.models.strategies import random_case
from tests.models.test_brute import in_euros

NOISE: Final = Decimal("0.000002")
"""Further from three decimals than this, money decided on a place."""


def futures(seed: int) -> Mapping[str, Case]:
    """A tiny case, and the same with half the money and a young person more."""
    case = random_case(seed).case()
    half = tuple(
        row.model_copy(update={"bedrag": Money.from_cents(row.bedrag.cents // 2)}) if row.bedrag else row
        for row in case.sources
    )
    more = tuple(row.model_copy(update={"jeugdigen": row.jeugdigen + 1}) for row in case.demand)
    return {"basis": case, "krap": replace(case, sources=half), "vol": replace(case, demand=more)}


def best_of_all(cases: Mapping[str, Case], aim: Aim) -> tuple[dict[str, Fraction], list[Starts]] | None:
    """The goals of the best common choice of start years, as far as none may slip; and the choices."""
    choices = [list(start_choices(case)) for case in cases.values()]
    left = [starts for starts in choices[0] if all(starts in others for others in choices[1:])]
    chosen = [[Chosen(case, Entitlement(case), starts) for case in cases.values()] for starts in left]
    programs = [[Dictionary(tuple(each.rows())) for each in row] for row in chosen]
    best: dict[str, Fraction] = {}
    for row in next(iter(cases.values())).goals if left else ():
        if row.speling:
            break
        values = [
            [program.minimise(each.goal(row.doel)) for program, each in zip(*pair, strict=True)]
            for pair in zip(programs, chosen, strict=True)
        ]
        over = [max(found) if aim is Aim.WORST else sum(found) / len(found) for found in values]
        best[row.doel] = min(over)
        keep = [at for at, value in enumerate(over) if value == min(over)]
        left, programs, chosen = ([part[at] for at in keep] for part in (left, programs, chosen))
        for pair in zip(programs, chosen, strict=True):
            for program, each in zip(*pair, strict=True):
                if aim is Aim.WORST:
                    program.hold_within(each.goal(row.doel), best[row.doel])
                else:
                    program.hold(each.goal(row.doel))
    return (best, left) if left else None


def reached(cases: Mapping[str, Case], found: RobustPlan, name: str, aim: Aim) -> Fraction:
    values = [in_euros(Outcome(case, found.plans[key].allocation), name) for key, case in cases.items()]
    return max(values) if aim is Aim.WORST else sum(values, Fraction(0)) / len(values)


@pytest.mark.parametrize("aim", list(Aim))
@pytest.mark.parametrize("seed", range(25))
def test_the_start_years_are_the_best_for_all_futures(seed: int, aim: Aim) -> None:
    cases = futures(seed)
    expected = best_of_all(cases, aim)
    if expected is None:
        with pytest.raises(NoPlanError):
            robust_plan(cases, aim)
        return
    found = robust_plan(cases, aim)
    assert found.proven
    starts = [plan.allocation.starts for plan in found.plans.values()]
    assert starts.count(starts[0]) == len(cases)
    for name, value in expected[0].items():
        near = Fraction(1) if UNITS[name] == "EUR" else Fraction(1, 10**8)
        assert abs(reached(cases, found, name, aim) - value) <= near, name
    for key, case in cases.items():
        assert check_allocation(case, found.plans[key].allocation) == ()


def two_futures() -> Mapping[str, Case]:
    """M covers 1,000 and N costs nothing; in the poor future there is only 400 for either."""

    def case(pot: int) -> Case:
        return Bare(
            measures=[
                measure("M", "P", verplicht="ja", waardering=9),
                measure("N", "P", waardering=1),
            ],
            costs=[cost("M", "afstoten", 1000), cost("N", "afstoten", 500)],
            sources=[source("G", "spuk", pot)],
        ).case()

    return {"rijk": case(1000), "arm": case(400)}


@pytest.mark.parametrize("aim", list(Aim))
def test_the_choice_is_made_for_both(aim: Aim) -> None:
    """Alone, the rich future would take M; together N leaves 100 uncovered in the poor one, M 600."""
    found = robust_plan(two_futures(), aim)
    assert {name: dict(plan.allocation.starts) for name, plan in found.plans.items()} == {
        "rijk": {"N": FIRST},
        "arm": {"N": FIRST},
    }
    assert found.proven


@pytest.mark.parametrize(
    ("together", "alone", "proven"),
    [
        ((True, True), (True, True), True),
        ((True, False), (True, True), False),
        ((True, True), (True, False), False),
        ((True, True), (False, True), False),
    ],
)
def test_start_years_are_proven_only_where_every_goal_of_every_future_is(
    together: tuple[bool, bool], alone: tuple[bool, bool], proven: bool
) -> None:
    """One goal without proof, of all futures together or of one of them, is enough."""

    def proofs(known: tuple[bool, bool]) -> tuple[GoalProof, ...]:
        return tuple(GoalProof(name, yes, "", Decimal(0)) for name, yes in zip("ab", known, strict=True))

    nothing = Allocation({}, {}, {}, {})
    plans = {
        "basis": Plan(nothing, Status.OPTIMAL, proofs((True, True)), ""),
        "krap": Plan(nothing, Status.OPTIMAL, proofs(alone), ""),
    }
    assert RobustPlan(plans, proofs(together)).proven is proven


def test_one_future_is_the_plan_itself() -> None:
    cases = {"rijk": two_futures()["rijk"]}
    assert robust_plan(cases, Aim.WORST).plans["rijk"].allocation.starts == {"M": FIRST}


def test_a_start_that_one_future_does_not_know_does_not_count() -> None:
    cases = dict(two_futures())
    rows = tuple(
        row.model_copy(update={"laatste_start": FIRST - 1}) if row.maatregel == "N" else row
        for row in cases["arm"].measures
    )
    cases["arm"] = replace(cases["arm"], measures=rows)
    assert robust_plan(cases, Aim.MEAN).plans["rijk"].allocation.starts == {"M": FIRST}


@pytest.mark.parametrize("aim", list(Aim))
def test_all_futures_side_by_side_have_their_own_bounds_and_start_years_in_common(aim: Aim) -> None:
    """M starts in 2022 or 2023 in one future and in 2023 or 2024 in the other: only 2023 is possible."""

    def future(start: tuple[int, int]) -> tuple[Formulation, Compiled]:
        rows, costs = [measure("M", start=start)], [cost("M", "overig", 5)]
        pot = source("E", "eigen", 9, (2022, 2024))
        return build(program_of(Bare(last=2024, measures=rows, costs=costs, sources=[pot])))

    parts = [future((2022, 2023)), future((2023, 2024))]
    joint = join(parts, aim)
    assert joint.columns == {("M", 2022): 0, ("M", 2023): 1, ("M", 2024): 2}
    assert joint.compiled.col_lower[:3].tolist() == [0.0, 0.0, 0.0]
    assert joint.compiled.col_upper[:3].tolist() == [0.0, 1.0, 0.0]
    assert joint.compiled.integer[:3].all()
    own = [[*part.col_upper[~part.integer]] for _, part in parts]
    size = 3 + sum(map(len, own))
    assert joint.compiled.col_upper[3:size].tolist() == [upper for part in own for upper in part]
    assert len(joint.compiled.col_upper) == size + (len(joint.compiled.goals) if aim is Aim.WORST else 0)


def test_goals_that_differ_between_futures_do_not_add_up() -> None:
    cases = dict(two_futures())
    cases["arm"] = replace(cases["arm"], goal_rows=cases["arm"].goals[:4])
    with pytest.raises(DifferentGoalsError):
        robust_plan(cases, Aim.MEAN)


@pytest.mark.parametrize("seed", [1000, 1005, 1010, 1017, 1021, 1064, 1072])
def test_no_place_is_off_by_what_a_ceiling_leaves_to_the_solver(seed: int) -> None:
    """In these cases the young people and the shares decide on places, and those have three decimals."""
    cases = {**futures(seed), "duur": dear(random_case(seed).case())}
    for aim in Aim:
        for plan in robust_plan(cases, aim).plans.values():
            places = [*plan.allocation.used.values(), *plan.allocation.served.values()]
            assert all(round(number, 3) == number or abs(round(number, 3) - number) > NOISE for number in places)


def test_what_later_goals_do_not_need_of_a_speling_is_not_taken() -> None:
    """The costs come first and slip by a tenth of a cent; the shortage may be a tenth worse, to no one's good."""
    case = futures(1021)["vol"]
    plan = make_plan(case, Entitlement(case))
    assert plan.allocation.used[("L2", "open"), FIRST + 1] == 2
    assert Outcome(case, plan.allocation).goals["tekort_plaatsen"] == 5


def dear(case: Case) -> Case:
    """The same case at twice the cost."""
    rows = (row.model_copy(update={"bedrag": row.bedrag + row.bedrag}) for row in case.costs)
    return replace(case, costs=tuple(rows))


@pytest.mark.parametrize("seed", [4, 26])
def test_what_slips_together_is_not_forced_upon_the_worst_future(seed: int) -> None:
    """With the start years known, the future that is the worst in every goal gets its own best plan."""
    cases = futures(seed)
    plan = robust_plan(cases, Aim.WORST).plans["vol"]
    starts = plan.allocation.starts
    given = {row.maatregel: starts.get(row.maatregel) for row in cases["vol"].measures}
    alone = make_plan(cases["vol"], Entitlement(cases["vol"]), given=given)
    assert plan.allocation.used == alone.allocation.used
    assert plan.allocation.served == alone.allocation.served
