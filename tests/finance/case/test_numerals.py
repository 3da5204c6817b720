"""Numbers that were typed as text: each means one number, or is refused."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finance.case.numerals import AmbiguousError, NumeralError, amount_of, number_of
from finance.money import Money

AMOUNTS = st.integers(min_value=0, max_value=10**14).map(Money.from_cents)

READ = [
    ("250000.50", "250000.50"),
    ("250000,5", "250000.5"),
    ("0.01", "0.01"),
    ("0,01", "0.01"),
    ("250.000", "250000"),
    ("1.250.000,75", "1250000.75"),
    ("1 250 000", "1250000"),
    ("\u00a01\u00a0250\u00a0000,5 ", "1250000.5"),
    ("€ 1.250,-", "1250"),
    ("EUR 250000", "250000"),
    ("3 euro", "3"),
    ("007", "7"),
]
REFUSED = [
    "",
    "tien",
    "1e6",
    "nan",
    "0.001",
    "0,001",
    "12.34.567",
    "1.2345",
    "1.000.00",
    "1,,5",
    "2 00",
    "٣",
    "--1",
    "5%",
]
TWO_WAYS = [("250,000", ["250000"]), ("1,250,000.50", ["1250000.50"]), ("1,250.5", ["1250.5"])]


@pytest.mark.parametrize(("text", "value"), READ)
def test_an_amount_has_two_decimals_and_dutch_thousands(text: str, value: str) -> None:
    assert amount_of(text) == Decimal(value)


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(NumeralError):
        amount_of(text)


@pytest.mark.parametrize(("text", "whole"), TWO_WAYS)
def test_an_english_amount_is_refused_with_what_it_can_mean(text: str, whole: list[str]) -> None:
    with pytest.raises(AmbiguousError) as two:
        amount_of(text)
    assert [two.value.whole] == list(map(Decimal, whole))


def test_a_point_before_three_digits_of_a_number_can_mean_two() -> None:
    with pytest.raises(AmbiguousError) as two:
        number_of("1.500")
    assert (two.value.whole, two.value.broken) == (Decimal(1500), Decimal("1.5"))
    assert number_of("0.050") == Decimal("0.05")
    assert number_of("1.250.000") == Decimal(1_250_000)


@given(AMOUNTS)
def test_every_way_to_write_an_amount_means_that_amount(amount: Money) -> None:
    euros, cents = divmod(amount.cents, 100)
    ways = [
        str(amount),
        str(amount).replace(".", ","),
        amount.dutch(),
        amount.dutch().replace("EUR", "€").replace(".", " "),
        *([f"{euros}", f"{euros:,}".replace(",", ".")] if not cents else []),
    ]
    assert {Money.from_euros(amount_of(text)) for text in ways} == {amount}


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6))
def test_a_number_with_a_comma_means_that_number(value: Decimal) -> None:
    assert number_of(f"{value:f}".replace(".", ",")) == value


@given(st.text(alphabet="0123456789.,-+ €%e", max_size=12))
def test_whatever_is_typed_is_a_number_or_refused(text: str) -> None:
    for read in (amount_of, number_of):
        with suppress(NumeralError):
            assert read(text).is_finite()
