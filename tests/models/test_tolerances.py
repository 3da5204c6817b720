"""How the tolerances hang together: each stands above the noise it must swallow and below what it must not.

A wrong one changes no plan of a small case; it lets a cent slip, or calls noise a difference, in a large one.
"""

from __future__ import annotations

import math

import pytest

from models import exact_places
from models.alternatives import HALF
from models.best import AGREE
from models.bounds import MARGIN, REACH, cutoff
from models.bounds import NOISE as DUAL_NOISE
from models.compiled import LARGEST_COEFFICIENT
from models.exact import FAR, NEARLY
from models.face import PRICED
from models.lexicographic import (
    FEW_CHANGES,
    HELD_MONEY,
    HELD_OTHER,
    NOTHING,
    SAME,
    WIDENING,
    tie_weight,
    tolerance_of,
)
from models.polish import LEEWAY
from models.program import CENTS_PER_UNIT, EUROS_PER_UNIT
from models.robust import ROOM
from models.solver import LARGEST_FRACTION, LARGEST_VIOLATION, TOLERANCE
from models.starts import GIVES_WAY
from models.tree import WHOLE

CENT = 1 / CENTS_PER_UNIT
"""A cent in the money of the model."""


def test_a_held_goal_slips_more_than_the_solver_does_and_less_than_a_cent() -> None:
    """A tenth of a cent is a thousand times the tolerance; of a place it is a hundred times."""
    assert pytest.approx(0.1 * CENT) == HELD_MONEY
    assert pytest.approx(1000 * TOLERANCE) == HELD_MONEY
    assert pytest.approx(100 * TOLERANCE) == HELD_OTHER
    assert WIDENING[0] == 1.0
    assert 0.5 * CENT < WIDENING[-1] * HELD_MONEY < CENT
    assert math.isclose(CENT * 100 * EUROS_PER_UNIT, 1.0)


def test_what_counts_as_zero_or_as_a_price_is_told_apart_by_the_tolerance_of_the_solver() -> None:
    assert pytest.approx(TOLERANCE / 10) == NOTHING
    assert pytest.approx(10 * TOLERANCE) == PRICED
    assert NOTHING < TOLERANCE < WHOLE < LARGEST_FRACTION
    assert DUAL_NOISE >= 10 * TOLERANCE


def test_a_point_is_checked_less_finely_than_the_solver_works_and_finer_than_a_cent() -> None:
    assert 100 * TOLERANCE < LARGEST_VIOLATION < CENT
    assert LARGEST_VIOLATION < LARGEST_FRACTION < 1e-4
    assert 100 * TOLERANCE < GIVES_WAY < 1e-5


def test_two_runs_agree_within_a_millionth_and_within_what_a_held_goal_may_slip() -> None:
    assert SAME <= HELD_MONEY
    assert SAME < AGREE <= 1e-6
    assert tolerance_of("ongedekt", 0.0) > SAME


def test_a_binary_is_fixed_only_beyond_all_that_goals_may_slip_and_still_by_less_than_a_euro() -> None:
    assert 10 * WIDENING[-1] * HELD_MONEY < MARGIN
    assert cutoff(0.0) < 1 / EUROS_PER_UNIT
    assert cutoff(-1000.0) - -1000.0 == pytest.approx(cutoff(1000.0) - 1000.0)


def test_a_goal_may_come_out_one_euro_worse_at_the_end_and_no_more() -> None:
    """A ten-millionth of a place, at the price of a place of a million, is ten cents."""
    assert pytest.approx(1 / EUROS_PER_UNIT) == LEEWAY
    assert HELD_OTHER * 1_000_000 / EUROS_PER_UNIT < LEEWAY


def test_places_are_off_by_what_goals_in_places_slip_and_not_by_a_thousandth() -> None:
    """The grid on which money decides has three decimals."""
    assert list(exact_places.NOISE) == sorted(set(exact_places.NOISE))
    assert exact_places.NOISE[0] >= HELD_OTHER
    assert exact_places.NOISE[-1] < 0.5 / exact_places.ROUND
    assert ROOM < 0.5 / exact_places.ROUND
    assert WIDENING[-1] * HELD_OTHER < ROOM


def test_the_noise_of_a_payment_is_far_below_a_cent_and_above_that_of_the_solver() -> None:
    """NEARLY is in cents."""
    assert 10 * TOLERANCE * CENTS_PER_UNIT <= NEARLY <= 0.01
    assert FAR >= 100_000


def test_no_plan_reaches_what_a_bound_reaches_nor_the_largest_number() -> None:
    """A thousand millions of euros; a coefficient may be a thousand times that."""
    assert REACH * EUROS_PER_UNIT == 1e9
    assert LARGEST_COEFFICIENT >= 1000 * REACH
    assert LARGEST_COEFFICIENT * TOLERANCE <= 1


@pytest.mark.parametrize("count", [1, 2, 7, 1000])
def test_a_change_of_an_approved_plan_weighs_more_than_all_ties_together(count: int) -> None:
    assert FEW_CHANGES * count > sum(tie_weight(rank, count) for rank in range(count))


def test_whole_numbers_are_told_apart_by_half() -> None:
    assert HALF == 1 / 2
