"""Places without the noise of the solver: exact where they follow from the case, and zero is zero."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finance.case import Case
from finance.compliance import check_allocation
from finance.plan.allocation import Allocation, Outcome, PlaceYear
from finance.plan.goals import goal_text
from finance.rules import Entitlement
from models import make_plan
from models.exact import Point
from models.exact_places import exact_places
from models.program import Served
from tests.models.bare import FIRST, FORMS, Bare, places, solved, source
from tests.models.brute import brute_force
from tests.models.hamlet import program_of
from tests.models.history import random_history
from tests.models.strategies import random_case

THOROUGH: Final = settings(max_examples=100, deadline=None, derandomize=True)
VILLAGE: Final = Bare(
    places=[places("L1", "open", 3), places("L2", "open", 2), places("L1", "gesloten", 2)],
    need={("open", 2022): Decimal("2.5"), ("gesloten", 2022): Decimal("3.333")},
    alternatives=[("gesloten", "open")],
    forms={"open": {"bezetting_max": Decimal("0.9")}},
)
SHARE: Final = st.floats(0, 1)
NOISE: Final = st.floats(-1e-8, 1e-8)


@given(SHARE, SHARE, SHARE, SHARE, st.lists(NOISE, min_size=6, max_size=6))
@THOROUGH
def test_places_are_made_exact_within_every_limit(
    first: float, second: float, third: float, split: float, noise: list[float]
) -> None:
    """Any division of young people over places, with the noise of a solver on each number."""
    program = program_of(VILLAGE)
    own = 2.5 * first
    closed = 2.0 * second
    away = min((4.5 - own) * third, 3.333 - closed)
    here = min(2.7, max(own + away - 1.8, (own + away) * split))
    point = Point(
        starts={},
        used={
            (("L1", "gesloten"), 2022): closed + noise[0],
            (("L1", "open"), 2022): here + noise[1],
            (("L2", "open"), 2022): own + away - here + noise[2],
        },
        served={
            ("gesloten", "gesloten", 2022): closed + noise[3],
            ("gesloten", "open", 2022): away + noise[4],
            ("open", "open", 2022): own + noise[5],
        },
        pay=(),
        gap=(),
    )
    used, served = exact_places(program, point)
    allocation = Allocation({}, used, served, {})
    assert check_allocation(program.case, allocation) == ()
    for at, value in point.used.items():
        assert abs(float(used.get(at, 0)) - value) < 1e-6
    for key, value in point.served.items():
        assert abs(float(served.get(key, 0)) - value) < 1e-6


def test_zeros_are_left_out() -> None:
    program = program_of(VILLAGE)
    nobody = Point({}, dict.fromkeys(program.place_years, 1e-12), dict.fromkeys(program.served, 1e-12), (), ())
    assert exact_places(program, nobody) == ({}, {})


TWENTIETH: Final = st.integers(0, 120).map(lambda number: Decimal(number) / 20)
SITES: Final = (("L1", "gesloten"), ("L2", "gesloten"), ("L1", "open"), ("L2", "open"))


@given(
    st.lists(st.integers(0, 4), min_size=4, max_size=4),
    TWENTIETH,
    TWENTIETH,
    st.sampled_from((Decimal("0.85"), Decimal("0.9"), Decimal(1))),
    st.lists(st.floats(-1e-7, 1e-7), min_size=7, max_size=7),
)
@THOROUGH
def test_a_vertex_is_found_again_exactly(
    numbers: list[int], gesloten: Decimal, open_: Decimal, share: Decimal, noise: list[float]
) -> None:
    """Places filled one after another form a vertex; a slip on each number changes none of them."""
    bare = Bare(
        places=[places(*key, number) for key, number in zip(SITES, numbers, strict=True)],
        need={("gesloten", FIRST): gesloten, ("open", FIRST): open_},
        alternatives=[FORMS],
        forms={"open": {"bezetting_max": share}},
    )
    program = program_of(bare)
    used, served = _one_after_another(program.case)
    slips = iter(noise)
    point = Point(
        {},
        {at: float(used.get(at, 0)) + next(slips) for at in program.place_years if at[1] == FIRST},
        {key: float(served.get(key, 0)) + next(slips) for key in program.served if key[2] == FIRST},
        (),
        (),
    )
    assert exact_places(program, _whole(program.place_years, program.served, point)) == (used, served)


def _whole(place_years: tuple[PlaceYear, ...], served: tuple[Served, ...], point: Point) -> Point:
    """A point with zeros for the years that it does not speak of."""
    return Point(
        point.starts,
        {at: point.used.get(at, 0.0) for at in place_years},
        {key: point.served.get(key, 0.0) for key in served},
        (),
        (),
    )


def _one_after_another(case: Case) -> tuple[dict[PlaceYear, Decimal], dict[Served, Decimal]]:
    """Own need first, then elsewhere, at the locations in order: as many as fit."""
    outcome = Outcome(case, Allocation({}, {}, {}, {}))
    used: dict[PlaceYear, Decimal] = {}
    served: dict[Served, Decimal] = {}
    left = {form: Decimal(str(float(case.care.need[form, FIRST]))) for form in FORMS}
    for need, got in (("gesloten", "gesloten"), ("open", "open"), FORMS):
        for key in case.place:
            room = Decimal(str(float(outcome.largest_use(key, FIRST)))) - used.get((key, FIRST), Decimal(0))
            number = min(room, left[need]) if key[1] == got else Decimal(0)
            if number:
                used[key, FIRST] = used.get((key, FIRST), Decimal(0)) + number
                served[need, got, FIRST] = served.get((need, got, FIRST), Decimal(0)) + number
                left[need] -= number
    return used, served


TWO: Final = (("L1", "open"), ("L2", "open"))


def _at_two_locations(need: str, first: float, second: float) -> tuple[list[Decimal], Decimal]:
    """Used places at two locations of three, and the shortage, of a point with those used places."""
    bare = Bare(places=[places(*key, 3) for key in TWO], need={("open", FIRST): Decimal(need)})
    program = program_of(bare)
    used = {(TWO[0], FIRST): first, (TWO[1], FIRST): second}
    point = Point({}, used, {("open", "open", FIRST): first + second}, (), ())
    exact, served = exact_places(program, _whole(program.place_years, program.served, point))
    return [exact[key, FIRST] for key in TWO], Decimal(need) - served["open", "open", FIRST]


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        (1.25 + 1e-7, ["1.25", "1.75"]),
        (1.25 - 1e-7, ["1.25", "1.75"]),
        (1.2512 + 1e-9, ["1.251200001", "1.748799999"]),
        (1.25 + 2e-7, ["1.2500002", "1.7499998"]),
        (1 / 7, ["0.142857143", "2.857142857"]),
    ],
)
def test_a_number_that_money_decides_is_round_where_it_is_as_near_as_noise(first: float, expected: list[str]) -> None:
    used, short = _at_two_locations("3", first, 3 - first)
    assert (used, short) == ([Decimal(number) for number in expected], 0)


@pytest.mark.parametrize(("first", "second"), [(1 / 7, 16.5 / 7 - 1e-7), (1 / 7 - 1e-10, 16.5 / 7 + 5e-8)])
def test_a_slip_goes_to_the_larger_number(first: float, second: float) -> None:
    used, short = _at_two_locations("2.5", first, second)
    assert (used, short) == ([Decimal("0.142857143"), Decimal("2.357142857")], 0)


def test_what_would_lead_below_zero_is_no_noise() -> None:
    """Two rooms of 1.4e-7 are no room only where nobody is short: there are 6 places and need for less."""
    used, short = _at_two_locations("5.99999988", 3 - 1.4e-7, 3 - 1.4e-7)
    assert (sum(used), short) == (Decimal("5.99999988"), 0)


@pytest.mark.parametrize(
    ("need", "short"),
    [
        ("3.33333333333333", "0"),
        ("2.666666666666667", "0"),
        ("0.0000000004", "0"),
        ("4.33333333333333", "0.333333333"),
        ("4.0000000005", "0.000000001"),
        ("7.05", "3.05"),
    ],
)
def test_need_and_use_are_rounded_alike(need: str, short: str) -> None:
    """Four places; who is short is short by what the need has more, and not by a decimal that use lacks."""
    bare = Bare(places=[places("L1", "open", 4)], need={("open", FIRST): Decimal(need)})
    outcome = solved(bare)
    assert goal_text(outcome.goals["tekort_plaatsen"]) == short
    assert outcome.short["open", FIRST] == Fraction(short)


def test_a_third_of_three_places_is_a_place() -> None:
    """An occupancy with more decimals than the grid is rounded as the need is."""
    bare = Bare(
        places=[places("L1", "open", 3)],
        need={("open", FIRST): Decimal(1)},
        forms={"open": {"bezetting_max": Decimal("0.333333333333333")}},
    )
    assert solved(bare).goals["tekort_plaatsen"] == 0


def test_places_that_money_decides_are_on_the_grid() -> None:
    """20,000 euros pay a seventh of a place of 140,000; the shortage is the rest, to the last decimal."""
    sevenths = Bare(
        places=[places("L1", "open", 1, (140_000, 0))],
        need={("open", FIRST): Decimal(1)},
        sources=[source("EIGEN", "eigen", 20_000)],
        goals=[("ongedekt", None), ("tekort_plaatsen", None)],
    )
    outcome = solved(sevenths)
    assert outcome.used[("L1", "open"), FIRST] == Fraction("0.142857143")
    assert outcome.short["open", FIRST] == 1 - Fraction("0.142857143")


@pytest.mark.parametrize("seed", range(40))
def test_shortage_and_diversion_are_the_optimum_to_the_last_decimal(seed: int) -> None:
    """First in the order money has no say in them, and they are what the oracle finds in fractions."""
    bare = random_case(seed)
    names = ("tekort_plaatsen", "uitwijk", "boven_plafond")
    case = replace(bare, goals=[(name, None) for name in (*names, "ongedekt")]).case()
    entitlement = Entitlement(case)
    optimum = brute_force(case, entitlement)
    if optimum is not None:
        outcome = Outcome(case, make_plan(case, entitlement).allocation)
        assert {name: outcome.goals[name] for name in names} == {name: optimum.goals[name] for name in names}


def test_a_goal_that_is_held_does_not_slip_into_the_plan() -> None:
    """Prices a cent apart: a shortage of 1.5000001 would save own money."""
    case = random_history(1180).case()
    outcome = Outcome(case, make_plan(case, Entitlement(case)).allocation)
    assert outcome.goals["tekort_plaatsen"] == Fraction("1.5")
    assert outcome.goals["uitwijk"] == 0
