"""The grid of places: needs and capacities are rounded alike."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from finance.money import Exact
from finance.places import on_grid, steps


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Decimal("0.0000000004"), 0),
        (Decimal("0.0000000005"), 1),
        (Decimal("-0.0000000005"), -1),
        (Fraction(10, 3), 3_333_333_333),
        (Fraction(5, 3), 1_666_666_667),
        (Decimal("28.8"), 28_800_000_000),
    ],
)
def test_a_number_of_places_is_rounded_half_away_to_nine_decimals(value: Exact, expected: int) -> None:
    assert steps(value) == expected
    assert on_grid(value) == Fraction(expected, 10**9)
