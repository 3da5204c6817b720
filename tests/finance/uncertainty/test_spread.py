"""Statistics of a sample: hand-solved, and against a library that computes them with floats."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import spearmanr

from finance.uncertainty.spread import Sample, nearest_rank, rank_correlation

NUMBERS = st.lists(st.integers(-5, 5).map(Fraction), min_size=2, max_size=12)


def sample(*values: int | str) -> Sample:
    """A sample of some numbers."""
    return Sample.of(Fraction(value) for value in values)


@pytest.mark.parametrize(
    ("share", "count", "rank"),
    [
        ("1/10", 1, 1),
        ("1/10", 10, 1),
        ("1/10", 11, 2),
        ("1/10", 20, 2),
        ("1/2", 5, 3),
        ("1/2", 6, 3),
        ("9/10", 10, 9),
        ("9/10", 11, 10),
        ("1", 7, 7),
        ("1/5", 0, 1),
    ],
)
def test_the_nearest_rank_is_the_first_that_has_the_share_at_or_below(share: str, count: int, rank: int) -> None:
    assert nearest_rank(Fraction(share), count) == rank


@given(NUMBERS, st.sampled_from([Fraction(1, 10), Fraction(1, 2), Fraction(9, 10)]))
def test_a_share_of_the_sample_lies_at_or_below_its_percentile(values: list[Fraction], share: Fraction) -> None:
    found = Sample.of(values).ranked(nearest_rank(share, len(values)))
    assert sum(value <= found for value in values) >= share * len(values)
    assert sum(value < found for value in values) < share * len(values)


def test_mean_and_extremes() -> None:
    odd = sample(4, "0.5", 4, -1)
    assert (odd.lowest, odd.mean, odd.highest, odd.varies) == (-1, Fraction(15, 8), 4, True)
    assert not sample(3, 3).varies
    assert not sample().varies


def test_the_mean_where_another_sample_lies_in_a_range_counts_both_ends() -> None:
    goal = sample(10, 20, 30, 40)
    assert goal.mean_where(sample(1, 2, 3, 2), Fraction(1), Fraction(2)) == Fraction(70, 3)


def test_equal_numbers_score_alike() -> None:
    assert list(sample(5, 1, 5, 9).scores) == [0, -3, 0, 3]


@given(NUMBERS)
def test_a_score_is_how_many_are_lower_less_how_many_are_higher(values: list[Fraction]) -> None:
    naive = [sum(o < v for o in values) - sum(o > v for o in values) for v in values]
    assert list(Sample.of(values).scores) == naive


@given(st.lists(st.tuples(st.integers(-4, 4), st.integers(-4, 4)), min_size=3, max_size=12))
def test_the_rank_correlation_is_that_of_a_library(pairs: list[tuple[int, int]]) -> None:
    one, other = (sample(*values) for values in zip(*pairs, strict=True))
    found = rank_correlation(one, other)
    if one.varies and other.varies:
        assert found is not None
        assert math.isclose(float(found), spearmanr(*zip(*pairs, strict=True)).statistic, abs_tol=1e-12)
    else:
        assert found is None


def test_what_always_rises_together_correlates_fully() -> None:
    assert rank_correlation(sample(1, 2, 30), sample(5, 6, 7)) == Decimal(1)
    assert rank_correlation(sample(1, 2, 30), sample(7, 6, 5)) == Decimal(-1)


@given(st.lists(st.fractions(max_denominator=10**12), min_size=1))
def test_numbers_are_kept_exactly_however_fine_or_large(values: list[Fraction]) -> None:
    found = Sample.of([*values, Fraction(10**30)])
    assert [Fraction(number, found.parts) for number in found.numbers] == [*values, 10**30]


def test_money_of_many_draws_takes_eight_bytes_each() -> None:
    found = Sample.of(Fraction(cents, 100) for cents in range(10**9, 10**9 + 100))
    assert (found.parts, memoryview(found.numbers).itemsize) == (100, 8)  # type: ignore[arg-type]
