"""Distributions: values worked out by hand, and against the standard library's own normal distribution."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finance.case.cells import CellError
from finance.case.distributions import DISTRIBUTIONS, LIST, read_distribution, standard_normal

SHARES = st.fractions(min_value=Fraction(1, 10**9), max_value=1 - Fraction(1, 10**9))
EXAMPLES = {
    "normaal": "1; 0,1",
    "driehoek": "0,9; 1; 1,3",
    "uniform": "-2; 2",
    "lijst": "3; 1; 2",
}


@pytest.mark.parametrize(
    ("naam", "parameters", "share", "value"),
    [
        ("uniform", "2; 4", Fraction(1, 4), "2.5"),
        ("uniform", "-1;1", Fraction(1, 2), "0"),
        ("normaal", "5; 2", Fraction(1, 2), "5"),
        ("driehoek", "0; 1; 4", Fraction(1, 4), "1"),
        ("driehoek", "0; 1; 4", Fraction(1, 16), "0.5"),
        ("driehoek", "0; 1; 4", Fraction(13, 16), "2.5"),
        ("driehoek", "1; 1; 2", Fraction(3, 4), "1.5"),
        ("driehoek", "0; 2; 2", Fraction(1, 4), "1"),
        ("lijst", "7; 8", Fraction(499, 1000), "7"),
        ("lijst", "7; 8", Fraction(1, 2), "8"),
        ("lijst", "7; 8; 8", Fraction(999, 1000), "8"),
    ],
)
def test_values_worked_out_by_hand(naam: str, parameters: str, share: Fraction, value: str) -> None:
    assert read_distribution(naam, parameters).at(share) == Decimal(value)


@pytest.mark.parametrize(
    ("share", "value"),
    [  # M.J. Wichura (1988), Algorithm AS 241, in decimal arithmetic
        (Fraction(1, 4), "-0.67448975019608174"),
        (Fraction(1, 1000), "-3.0902323061678135"),
        (1 - Fraction(1, 10**20), "9.2623400897984077744"),
    ],
)
def test_the_normal_distribution_has_known_values(share: Fraction, value: str) -> None:
    assert abs(standard_normal(share) / Decimal(value) - 1) < Decimal("1e-14")


@pytest.mark.parametrize("tail", [10, 100, 10**6, 10**10, 10**13])
def test_the_normal_distribution_is_symmetric_far_into_its_tails(tail: int) -> None:
    below, above = standard_normal(Fraction(1, tail)), standard_normal(1 - Fraction(1, tail))
    assert below + above == 0


@pytest.mark.parametrize("naam", [name for name in DISTRIBUTIONS if name != LIST])
@given(st.tuples(SHARES, SHARES))
def test_a_larger_share_gives_a_larger_value(naam: str, shares: tuple[Fraction, Fraction]) -> None:
    low, high = (read_distribution(naam, EXAMPLES[naam]).at(share) for share in sorted(shares))
    assert low <= high  # type: ignore[operator]


@given(SHARES)
def test_a_bounded_distribution_stays_within_its_bounds(share: Fraction) -> None:
    assert Decimal("0.9") <= Decimal(read_distribution("driehoek", "0,9;1;1,3").at(share)) <= Decimal("1.3")
    assert -2 <= Decimal(read_distribution("uniform", "-2;2").at(share)) <= 2


def test_a_list_keeps_words_beside_numbers() -> None:
    distribution = read_distribution("lijst", "ja; 2,5 ;nee")
    assert distribution.parameters == ("ja", Decimal("2.5"), "nee")
    assert not distribution.is_number
    assert read_distribution("lijst", "1;2").is_number


@pytest.mark.parametrize("text", ["1.500", "-1.500", "1,234.5"])
def test_a_point_before_three_digits_is_refused(text: str) -> None:
    with pytest.raises(CellError):
        read_distribution("uniform", f"0; {text}")


@pytest.mark.parametrize(
    ("text", "value"),
    [("0.125", "0.125"), ("1,500", "1.5"), ("1.50", "1.5"), ("+2", "2"), ("12.345.678", "12345678")],
)
def test_a_point_that_can_only_be_a_decimal_is_read(text: str, value: str) -> None:
    assert read_distribution("uniform", f"-5; {text}").parameters[1] == Decimal(value)
