"""Money: one rounding rule, one way down, and no multiplication of money by money."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finance.money import ZERO, Money, apportioned, round_down, round_half_away

CENTS = st.integers(min_value=-(10**15), max_value=10**15)
DECIMALS = st.decimals(min_value=-(10**12), max_value=10**12, places=6)
FRACTIONS = st.fractions(min_value=-(10**9), max_value=10**9, max_denominator=10**6)


def half_up(number: Decimal) -> int:
    """Round as the decimal module does, on the absolute value, so that ties go away from zero."""
    with localcontext() as context:
        context.prec = 60
        magnitude = int(abs(number).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    return -magnitude if number < 0 else magnitude


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Decimal("0.499999"), 0),
        (Decimal("0.5"), 1),
        (Decimal("-0.499999"), 0),
        (Decimal("-0.5"), -1),
        (Decimal("1.5"), 2),
        (Decimal("2.5"), 3),
        (Decimal("-2.5"), -3),
        (Fraction(1, 3), 0),
        (Fraction(2, 3), 1),
        (7, 7),
        (0, 0),
    ],
)
def test_a_tie_goes_away_from_zero(value: Decimal | Fraction | int, expected: int) -> None:
    assert round_half_away(value) == expected


@given(DECIMALS)
def test_rounding_agrees_with_the_decimal_module(value: Decimal) -> None:
    assert round_half_away(value) == half_up(value)


@given(FRACTIONS)
def test_rounding_is_never_more_than_a_half_away(value: Fraction) -> None:
    assert abs(round_half_away(value) - value) <= Fraction(1, 2)


@given(FRACTIONS)
def test_rounding_treats_both_signs_alike(value: Fraction) -> None:
    assert round_half_away(-value) == -round_half_away(value)


@given(st.fractions(min_value=0, max_value=10**9, max_denominator=10**6))
def test_rounding_down_keeps_the_whole_part(value: Fraction) -> None:
    down = round_down(value)
    assert down <= value < down + 1


def test_rounding_down_refuses_a_negative_number() -> None:
    with pytest.raises(ValueError, match="negative"):
        round_down(Fraction(-1, 100))


@given(CENTS)
def test_an_amount_survives_its_own_text(cents: int) -> None:
    assert Money.from_euros(str(Money.from_cents(cents))) == Money(cents)


@given(CENTS)
def test_euros_are_a_hundredth_of_the_cents(cents: int) -> None:
    assert Money(cents).euros * 100 == cents
    assert Money.from_euros(Money(cents).euros) == Money(cents)


@pytest.mark.parametrize(
    ("euros", "cents"),
    [("10245473", 1_024_547_300), ("0.01", 1), ("-0.01", -1), ("512273.65", 51_227_365), ("1.50", 150)],
)
def test_euros_in_text_become_cents(euros: str, cents: int) -> None:
    assert Money.from_euros(euros).cents == cents
    assert Money.from_euros(Decimal(euros)).cents == cents


@pytest.mark.parametrize("euros", ["0.001", "12.345", "-7.9999"])
def test_a_third_decimal_is_refused(euros: str) -> None:
    with pytest.raises(ValueError, match="more than two decimals"):
        Money.from_euros(euros)


@pytest.mark.parametrize("words", ["", "tien", "1,50", "EUR 3"])
def test_words_are_not_an_amount(words: str) -> None:
    with pytest.raises(ValueError, match=r"[Ii]nvalid literal"):
        Money.from_euros(words)


@given(DECIMALS)
def test_rounded_euros_go_half_away_to_the_cent(euros: Decimal) -> None:
    with localcontext() as context:
        context.prec = 60
        assert Money.rounded(euros).cents == half_up(euros * 100)


@given(CENTS, st.decimals(min_value=-10, max_value=10, places=8))
def test_times_rounds_once(cents: int, factor: Decimal) -> None:
    with localcontext() as context:
        context.prec = 60
        assert Money(cents).times(factor).cents == half_up(cents * factor)


@given(st.integers(min_value=0, max_value=10**13), st.decimals(min_value=0, max_value=1, places=6))
def test_a_share_never_passes_its_exact_value(cents: int, share: Decimal) -> None:
    taken = Money(cents).share_down(share).cents
    exact = Fraction(share) * cents
    assert taken <= exact < taken + 1


@pytest.mark.parametrize(
    ("granted", "cap"),
    [("10245473", "512273.65"), ("10245473.19", "512273.65"), ("10245473.20", "512273.66"), ("0.19", "0.00")],
)
def test_five_percent_is_rounded_down_to_the_cent(granted: str, cap: str) -> None:
    assert Money.from_euros(granted).share_down(Decimal("0.05")) == Money.from_euros(cap)


@given(CENTS, CENTS)
def test_adding_and_subtracting_undo_each_other(first: int, second: int) -> None:
    assert Money(first) + Money(second) - Money(second) == Money(first)
    assert Money(first) - Money(second) == -(Money(second) - Money(first))


@given(st.lists(CENTS))
def test_a_total_is_the_sum_of_the_cents(amounts: list[int]) -> None:
    assert Money.total(Money(cents) for cents in amounts).cents == sum(amounts)


def test_nothing_adds_up_to_zero() -> None:
    assert Money.total([]) == ZERO == Money(0)


@given(CENTS, CENTS)
def test_amounts_order_as_their_cents(first: int, second: int) -> None:
    assert (Money(first) < Money(second)) == (first < second)


def multiply(left: object, right: object) -> object:
    """Multiply without the type checker looking, as a careless caller would."""
    return left * right  # type: ignore[operator]  # the point of these tests is that it raises


@pytest.mark.parametrize(
    ("left", "right"), [(Money(200), Money(3)), (Money(200), 3), (3, Money(200)), (Money(5), Decimal("0.5"))]
)
def test_the_multiplication_sign_is_refused(left: object, right: object) -> None:
    with pytest.raises(TypeError):
        multiply(left, right)


def test_money_does_not_add_to_a_number() -> None:
    with pytest.raises(TypeError):
        sum([Money(1), Money(2)])  # type: ignore[list-item]  # the point is that 0 + Money raises


@pytest.mark.parametrize(
    ("cents", "plain", "dutch"),
    [
        (714_486_900, "7144869.00", "EUR 7.144.869,00"),
        (-5, "-0.05", "EUR -0,05"),
        (0, "0.00", "EUR 0,00"),
        (99_999, "999.99", "EUR 999,99"),
        (-123_456_789, "-1234567.89", "EUR -1.234.567,89"),
    ],
)
def test_an_amount_is_written_in_two_ways(cents: int, plain: str, dutch: str) -> None:
    assert str(Money(cents)) == plain
    assert Money(cents).dutch() == dutch


# --- dividing an amount ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [
        (100, [1, 1, 1], [34, 33, 33]),
        (101, [1, 1], [51, 50]),
        (100, [2, 1], [67, 33]),
        (5, [0, 1], [0, 5]),
        (0, [0, 0], [0, 0]),
        (30_000_000, [36, 30, 92], [6_835_443, 5_696_203, 17_468_354]),
        (1, [1, 1, 2], [0, 0, 1]),
    ],
)
def test_an_amount_is_divided_by_largest_remainder(total: int, weights: list[int], parts: list[int]) -> None:
    assert [part.cents for part in apportioned(Money(total), weights)] == parts


@pytest.mark.parametrize(("total", "weights"), [(-1, [1]), (1, [-1, 2]), (1, [0, 0]), (1, [])])
def test_what_cannot_be_divided_is_a_fault_of_the_programmer(total: int, weights: list[int]) -> None:
    with pytest.raises(ValueError, match="apportion"):
        apportioned(Money(total), weights)


@given(st.integers(0, 10**13), st.lists(st.integers(0, 10**12), min_size=1, max_size=20).filter(any))
def test_the_parts_add_up_and_none_is_a_cent_from_its_share(total: int, weights: list[int]) -> None:
    parts = apportioned(Money(total), weights)
    assert sum(part.cents for part in parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part.cents - Fraction(total * weight, sum(weights))) < 1 + Fraction(1, 10_000)
        assert weight or not part.cents
