"""Years and periods: ends are included, and nothing is a year by accident."""

from __future__ import annotations

from calendar import isleap
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finance.calendar import Period, YearSpan, days_of

YEARS = st.integers(min_value=1990, max_value=2100)
SPANS = st.builds(YearSpan, YEARS, YEARS)
DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 12, 31))


def test_a_span_has_its_first_and_its_last_year() -> None:
    span = YearSpan(2020, 2024)
    assert list(span) == [2020, 2021, 2022, 2023, 2024]
    assert [year in span for year in (2019, 2020, 2024, 2025)] == [False, True, True, False]


def test_a_span_of_one_year_is_that_year() -> None:
    assert list(YearSpan(2022, 2022)) == [2022]
    assert len(YearSpan(2022, 2022)) == 1


def test_a_span_that_ends_before_it_begins_is_empty() -> None:
    span = YearSpan(2024, 2020)
    assert list(span) == []
    assert len(span) == 0
    assert 2022 not in span


@pytest.mark.parametrize("thing", ["2022", 2022.5, None, date(2022, 1, 1)])
def test_only_whole_numbers_are_in_a_span(thing: object) -> None:
    assert thing not in YearSpan(2020, 2024)


@given(SPANS)
def test_length_iteration_and_membership_agree(span: YearSpan) -> None:
    years = list(span)
    assert len(years) == len(span)
    assert all(year in span for year in years)
    assert span.first - 1 not in span
    assert span.last + 1 not in span


@given(SPANS, SPANS, YEARS)
def test_an_overlap_has_the_years_of_both(first: YearSpan, second: YearSpan, year: int) -> None:
    assert (year in first.overlap(second)) == (year in first and year in second)
    assert list(first.overlap(second)) == list(second.overlap(first))


WINDOW = Period(date(2020, 10, 1), date(2024, 12, 31))


@pytest.mark.parametrize(
    ("day", "inside"),
    [
        (date(2020, 9, 30), False),
        (date(2020, 10, 1), True),
        (date(2024, 12, 31), True),
        (date(2025, 1, 1), False),
    ],
)
def test_a_period_includes_both_its_ends(day: date, inside: bool) -> None:
    assert WINDOW.contains(day) is inside


@pytest.mark.parametrize(("year", "touched"), [(2019, False), (2020, True), (2024, True), (2025, False)])
def test_a_year_counts_when_one_day_of_it_does(year: int, touched: bool) -> None:
    assert WINDOW.touches(year) is touched


@pytest.mark.parametrize(
    ("period", "year", "touched"),
    [
        (Period(date(2020, 12, 31), date(2021, 1, 1)), 2020, True),
        (Period(date(2020, 12, 31), date(2021, 1, 1)), 2021, True),
        (Period(date(2021, 1, 1), date(2021, 12, 31)), 2020, False),
        (Period(date(2021, 1, 1), date(2021, 12, 31)), 2022, False),
        (Period(date(2021, 6, 1)), 2100, True),
        (Period(date(2021, 6, 1)), 2020, False),
    ],
)
def test_one_day_at_either_end_of_a_year_is_enough(period: Period, year: int, touched: bool) -> None:
    assert period.touches(year) is touched


def test_a_period_without_an_end_goes_on() -> None:
    assert Period(date(2024, 1, 1)).contains(date(2100, 1, 1))
    assert not Period(date(2024, 1, 1)).contains(date(2023, 12, 31))


@given(DAYS, st.integers(min_value=0, max_value=3000), YEARS)
def test_touching_a_year_means_containing_one_of_its_days(first: date, length: int, year: int) -> None:
    period = Period(first, first + timedelta(days=length))
    days = (date(year, 1, 1) + timedelta(days=number) for number in range(365 + isleap(year)))
    assert period.touches(year) == any(period.contains(day) for day in days)


@given(DAYS, st.integers(min_value=0, max_value=900), DAYS, st.integers(min_value=0, max_value=900))
def test_two_periods_meet_where_one_holds_the_first_day_of_the_other(
    one: date, length: int, other: date, more: int
) -> None:
    first, second = (Period(one, one + timedelta(days=length)), Period(other, other + timedelta(days=more)))
    assert first.meets(second) == second.meets(first) == (first.contains(other) or second.contains(one))
    assert Period(one).meets(Period(other))
    assert Period(one).meets(second) == (second.last is not None and one <= second.last)


@pytest.mark.parametrize(
    ("year", "quarter", "days"),
    [
        (2023, None, 365),
        (2024, None, 366),
        (2100, None, 365),
        (2023, 1, 90),
        (2024, 1, 91),
        (2024, 2, 91),
        (2024, 4, 92),
    ],
)
def test_the_days_of_a_year_and_of_a_quarter(year: int, quarter: int | None, days: int) -> None:
    assert days_of(year, quarter) == days
    assert sum(days_of(year, one) for one in (1, 2, 3, 4)) == days_of(year)
