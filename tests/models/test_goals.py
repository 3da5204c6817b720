"""The goals in their order, solved by hand: what goes before what, leeway, and what decides a tie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from finance.case.words import GOALS
from finance.money import Money
from finance.plan.allocation import Allocation, Outcome
from finance.rules import Entitlement
from models import make_plan
from tests.models.bare import Bare, cost, effect, measure, places, solved, source

Order = Sequence[tuple[str, object]]


def plain(*names: str) -> Order:
    """Goals in an order, without leeway."""
    return [(name, None) for name in names]


def value(outcome: Outcome, name: str) -> str:
    """A goal as text; money in euros."""
    found = outcome.goals[name]
    return str(found) if isinstance(found, Money) else str(Fraction(found))


PAID_OR_NOT = Bare(
    measures=[measure("M", verplicht="ja")],
    costs=[cost("M", "overig", 1000)],
    sources=[source("EIGEN", "eigen", 400)],
)


@pytest.mark.parametrize(
    ("order", "gap", "own"),
    [
        (plain("ongedekt", "eigen_geld"), "600.00", "400.00"),
        (plain("eigen_geld", "ongedekt"), "1000.00", "0.00"),
        (plain("ongedekt"), "600.00", "400.00"),
    ],
)
def test_the_goal_that_comes_first_goes_before(order: Order, gap: str, own: str) -> None:
    """1000 euros to pay and 400 of own money: spent to cover, or spared."""
    outcome = solved(replace(PAID_OR_NOT, goals=order))
    assert (value(outcome, "ongedekt"), value(outcome, "eigen_geld")) == (gap, own)


def test_other_money_goes_before_own_money() -> None:
    """A grant of 700 and own money of 1000 for a disposal of 1000 euros: the grant is used up first."""
    bare = Bare(
        measures=[measure("M", verplicht="ja")],
        costs=[cost("M", "afstoten", 1000)],
        sources=[source("EIGEN", "eigen", 1000), source("SPUK", "spuk", 700)],
    )
    outcome = solved(bare)
    assert value(outcome, "eigen_geld") == "300.00"
    assert value(outcome, "spuk_onbesteed") == "0.00"


def test_a_municipality_s_money_is_own_money() -> None:
    bare = replace(PAID_OR_NOT, sources=[source("G", "gemeente", 400)])
    assert value(solved(bare), "eigen_geld") == "400.00"


def test_the_cheaper_variant_is_chosen_where_points_are_equal() -> None:
    """Both have 2 points; M1 costs 200 euros now, M2 costs 201 a year later, now worth 196.58."""
    bare = Bare(
        last=2023,
        measures=[measure("M1", "P", waardering=2), measure("M2", "P", waardering=2)],
        costs=[cost("M1", "overig", 200), cost("M2", "overig", 201, 1)],
        sources=[source("EIGEN", "eigen", 1000, (2022, 2023))],
        goals=plain("ongedekt", "waardering", "kosten_ncw"),
    )
    assert solved(bare).allocation.starts == {"M2": 2022}
    flat = replace(bare, settings={"discontovoet": 0})
    assert solved(flat).allocation.starts == {"M1": 2022}


def test_grant_money_left_is_avoided_before_late_starts() -> None:
    """A disposal of 1000 euros can be paid from the grant in 2023 only, and by own money in 2022."""
    bare = Bare(
        last=2023,
        measures=[measure("M", start=(2022, 2023), waardering=1)],
        costs=[cost("M", "afstoten", 1000)],
        sources=[source("EIGEN", "eigen", 1000), source("SPUK", "spuk", 1000, (2023, 2023))],
    )
    late = replace(bare, goals=plain("ongedekt", "waardering", "spuk_onbesteed", "startjaren"))
    early = replace(bare, goals=plain("ongedekt", "waardering", "startjaren", "spuk_onbesteed"))
    assert solved(late).allocation.starts == {"M": 2023}
    assert solved(early).allocation.starts == {"M": 2022}


def test_an_earlier_start_is_better() -> None:
    """Windows from 2023 and from 2022; both start as early as they can."""
    rows = [measure("M", start=(2023, 2024), waardering=1), measure("N", start=(2022, 2024), waardering=1)]
    outcome = solved(Bare(last=2024, measures=rows))
    assert outcome.allocation.starts == {"M": 2023, "N": 2022}
    assert value(outcome, "startjaren") == "0"


@pytest.mark.parametrize(
    ("leeway", "short", "gap"),
    [
        (None, "4", "160000.00"),
        ("0.375", "3", "220000.00"),
        ("0.75", "2", "280000.00"),
        ("1", "4/3", "320000.00"),
    ],
)
def test_leeway_is_a_share_of_the_optimum_that_later_goals_may_use(leeway: str | None, short: str, gap: str) -> None:
    """Four places, four young people, no money. Four empty places cost 160,000; each that is used
    costs 60,000 more. With leeway for the money, later goals place as many as it allows.
    """
    goals = [("ongedekt", Decimal(leeway) if leeway else None), ("tekort_plaatsen", None)]
    bare = Bare(places=[places("L1", "open", 4)], need={("open", 2022): 4}, goals=goals)
    outcome = solved(bare)
    assert value(outcome, "ongedekt") == gap
    assert abs(Fraction(value(outcome, "tekort_plaatsen")) - Fraction(short)) < Fraction("1e-9")


@pytest.mark.parametrize(("leeway", "starts"), [(None, {"M2": 2022}), ("0.2", {"M2": 2022}), ("0.25", {"M1": 2022})])
def test_leeway_on_points_lets_a_cheaper_variant_win(leeway: str | None, starts: dict[str, int]) -> None:
    """4 points for 1000 euros of own money, or 3 for nothing: a quarter less is allowed, or a fifth."""
    bare = Bare(
        measures=[measure("M1", "P", waardering=3), measure("M2", "P", waardering=4)],
        costs=[cost("M2", "overig", 1000)],
        sources=[source("EIGEN", "eigen", 1000)],
        goals=[("ongedekt", None), ("waardering", Decimal(leeway) if leeway else None), ("eigen_geld", None)],
    )
    assert solved(bare).allocation.starts == starts


def test_leeway_on_cover_spares_own_money_by_just_as_much() -> None:
    """1000 euros to pay and 400 of own money: 600 is uncovered at best, half more is 900."""
    outcome = solved(replace(PAID_OR_NOT, goals=[("ongedekt", Decimal("0.5")), ("eigen_geld", None)]))
    assert (value(outcome, "ongedekt"), value(outcome, "eigen_geld")) == ("900.00", "100.00")


@pytest.mark.parametrize(
    ("price", "starts"),
    [("499.99", {"M": 2022, "N": 2022}), ("500", {"M": 2022, "N": 2022}), ("500.01", {"M": 2022})],
)
def test_leeway_lets_in_a_measure_that_the_optimum_leaves_out(price: str, starts: dict[str, int]) -> None:
    """M is mandatory and costs 1000 euros that nobody pays; N has a point and fits in half as much more."""
    bare = Bare(
        measures=[measure("M", verplicht="ja"), measure("N", waardering=1)],
        costs=[cost("M", "overig", 1000), cost("N", "overig", Decimal(price))],
        goals=[("ongedekt", Decimal("0.5")), ("waardering", None)],
    )
    assert solved(bare).allocation.starts == starts


def test_leeway_of_an_optimum_of_zero_is_zero() -> None:
    """Nobody is short at best; half of nothing is nothing, so the places stay in use."""
    bare = Bare(
        places=[places("L1", "open", 4)],
        need={("open", 2022): 4},
        goals=[("tekort_plaatsen", Decimal("0.5")), ("ongedekt", None)],
    )
    assert value(solved(bare), "tekort_plaatsen") == "0"


def test_a_goal_that_is_left_out_is_not_proven_nor_pursued() -> None:
    """Without the goal uitwijk the cheap open places are used by those who need closed ones."""
    bare = Bare(
        places=[places("L1", "gesloten", 2), places("L1", "open", 2, (1, 0))],
        need={("gesloten", 2022): 2},
        alternatives=[("gesloten", "open")],
        goals=plain("tekort_plaatsen", "ongedekt"),
    )
    case = bare.case()
    plan = make_plan(case, Entitlement(case))
    assert [proof.doel for proof in plan.proofs] == ["tekort_plaatsen", "ongedekt"]
    assert Outcome(case, plan.allocation).goals["uitwijk"] == 2


def test_without_a_sheet_doelen_every_goal_has_its_turn_in_the_usual_order() -> None:
    case = PAID_OR_NOT.case()
    plan = make_plan(case, Entitlement(case))
    assert tuple(proof.doel for proof in plan.proofs) == GOALS


# Ties


def test_among_equal_variants_the_first_id_is_chosen_whatever_the_order_of_the_sheet() -> None:
    rows = [measure(name, "P", waardering=1) for name in ("C", "A", "B")]
    assert solved(Bare(measures=rows)).allocation.starts == {"A": 2022}
    assert solved(Bare(measures=rows[::-1])).allocation.starts == {"A": 2022}


def test_among_equal_years_the_first_is_chosen() -> None:
    bare = Bare(
        last=2024,
        measures=[measure("M", start=(2022, 2024), waardering=1)],
        goals=plain("ongedekt", "waardering"),
    )
    assert solved(bare).allocation.starts == {"M": 2022}


def test_a_measure_that_changes_nothing_is_not_chosen() -> None:
    assert solved(Bare(measures=[measure("M")])).allocation.starts == {}


@pytest.mark.parametrize(("first", "second"), [("A", "B"), ("B", "A")])
def test_among_equal_measures_the_cheapest_is_chosen_whatever_they_are_called(first: str, second: str) -> None:
    """The costs do not count in any goal: the case names none of those in euros."""
    bare = Bare(
        measures=[measure(name, "P", verplicht="ja") for name in (first, second)],
        costs=[cost(first, "overig", 200), cost(second, "overig", 100)],
        sources=[source("S", "gemeente", 500)],
        goals=plain("ongedekt"),
    )
    assert solved(bare).allocation.starts == {second: 2022}


def test_an_empty_case_has_an_empty_plan() -> None:
    """No measures, places, young people or money."""
    allocation = solved(Bare()).allocation
    assert allocation == Allocation({}, {}, {}, {})


def test_effects_far_apart_are_weighed_over_all_years() -> None:
    """A closure saves 40,000 of vacancy a year; in 2022 it saves three years, for 100,000 to pay once."""
    bare = Bare(
        last=2024,
        places=[places("L1", "gesloten", 1)],
        measures=[measure("M", start=(2022, 2024))],
        effects=[effect("M", "L1", "gesloten", -1)],
        costs=[cost("M", "afstoten", 100_000)],
    )
    assert solved(bare).allocation.starts == {"M": 2022}
    dearer = replace(bare, costs=[cost("M", "afstoten", 120_001)])
    assert solved(dearer).allocation.starts == {}
