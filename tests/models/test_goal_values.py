"""What the model counts for each goal is what the outcome of the plan counts, closed years included.

The goals of the model have constants (what was paid in closed years, what grants were given) that no choice
moves: a wrong one changes no plan, only the value and the bound that are told.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Final

import pytest

from finance.case.words import CHANGES, FLOOR, UNITS
from finance.findings import NoPlanError
from finance.money import Money
from finance.plan.allocation import Outcome
from finance.rules import Entitlement
from models.compiling import compile_program
from models.plan import finished, searched
from models.program import EUROS_PER_UNIT
from models.solver import Clock
from tests.models.bare import Bare, cost, effect, measure, places, source, spent
from tests.models.hamlet import program_of
from tests.models.history import random_history
from tests.models.strategies import random_case

TWO: Final = (2022, 2023)
CENT: Final = Fraction(1, 100)
CLOSED: Final = Bare(
    last=2024,
    places=[places("L1", "open", 4, (1000, 400))],
    need={("open", year): 4 for year in (2022, 2023, 2024)},
    measures=[measure("M"), measure("N", start=(2023, 2024), verplicht="ja")],
    effects=[effect("N", "L1", "open", 1, 1)],
    costs=[*(cost("M", "afstoten", 100_000, after) for after in (0, 1)), cost("N", "overig", 500)],
    sources=[
        source("SPUK", "spuk", 150_000, TWO),
        source("TWEE", "spuk", 900, TWO),
        source("EIGEN", "eigen", 300_000, TWO),
        source("STAD", "gemeente", 300_000, TWO),
    ],
    started={"M": 2022},
    actuals=[
        spent("SPUK", "M", "afstoten", 2022, 95_000),
        spent("EIGEN", "M", "afstoten", 2022, 10_000),
        spent("STAD", ("L1", "open"), "exploitatie", 2022, Decimal("5000.50")),
    ],
    settings={"afgesloten_tot": 2022, "discontovoet": Decimal("0.25")},
)
"""2022 is closed; M started then and costs 100,000 again in 2023. A discount of 25% a year."""


def test_the_constants_of_the_goals_are_what_the_closed_years_paid() -> None:
    """110,000.50 was paid in 2022, 15,000.50 of it own money; 55,000 and 900 of the grants are left.

    Of M only the 100,000 of 2023 is still to come, now worth 80,000; N costs 400 in the money of 2022.
    A place costs 1000 or 400, in 2023 worth 800 and 320, in 2024 worth 640 and 256; in 2022 nothing more.
    """
    worth = program_of(CLOSED).worth
    assert (worth.closed_cost, worth.own_paid, worth.granted) == pytest.approx((110.0005, 15.0005, 55.9))
    assert worth.costs == (80.0, 0.4)
    assert worth.prices == ((1, (0.8, 0.32)), (2, (0.64, 0.256)))


@pytest.mark.parametrize("last", [2021, 2022, 2023])
def test_the_last_closed_year_counts_as_it_was_paid_and_the_first_open_one_as_it_is_planned(
    last: int,
) -> None:
    """M costs 100 in each of three years, at no discount; of each closed year 1 was paid."""
    three = range(2022, 2025)
    bare = Bare(
        last=2024,
        measures=[measure("M", verplicht="ja")],
        costs=[cost("M", "overig", 100, after) for after in range(3)],
        sources=[source("EIGEN", "eigen", 1000, (2022, 2024))],
        started={"M": 2022} if last >= 2022 else {},
        actuals=[spent("EIGEN", "M", "overig", year, 1) for year in three if year <= last],
        settings={"discontovoet": 0, "afgesloten_tot": last if last >= 2022 else None},
    )
    closed = last - 2021
    worth = program_of(bare).worth
    assert worth.costs == (0.1 * (3 - closed),)
    assert (worth.closed_cost, worth.own_paid) == (0.001 * closed, 0.001 * closed)
    assert agreeing(bare)["kosten_ncw"] == 100 * (3 - closed) + closed


def test_every_goal_of_a_case_with_a_closed_year_is_counted_alike() -> None:
    agreeing(CLOSED)


@pytest.mark.parametrize("seed", range(20))
def test_every_goal_of_a_random_history_is_counted_alike(seed: int) -> None:
    agreeing(random_history(1000 + seed))


@pytest.mark.parametrize("seed", range(20))
def test_every_goal_of_a_random_case_is_counted_alike(seed: int) -> None:
    agreeing(random_case(1000 + seed))


def agreeing(bare: Bare) -> dict[str, Fraction]:
    """The goals of the plan of a case, once the model and the outcome agree about each.

    The model has floats and the outcome whole cents, which a payment or gap may round.
    """
    goals: dict[str, Fraction] = {}
    bare = replace(bare, goals=[(name, None) for name in UNITS if name not in {CHANGES, FLOOR}])
    case = bare.case()
    program = compile_program(case, Entitlement(case))
    try:
        state = searched(program, Clock(None))
    except NoPlanError:
        return goals
    outcome = Outcome(case, finished(program, state).allocation)
    cents = 1 + len(outcome.allocation.payments) + len(outcome.gaps)
    for number, goal in enumerate(case.goals):
        found, money = outcome.goals[goal.doel], UNITS[goal.doel] == "EUR"
        goals[goal.doel] = found.euros if isinstance(found, Money) else Fraction(found)
        counted = state.compiled.senses[number] * state.compiled.goal_value(number, state.point)
        near = cents * CENT if money else Fraction(1, 10**5)
        assert abs(Fraction(counted) * (EUROS_PER_UNIT if money else 1) - goals[goal.doel]) <= near, goal
    return goals
