"""The units of the program."""

from __future__ import annotations

from decimal import Decimal

from finance.money import Money
from models.program import scaled, scaled_price


def test_money_is_counted_in_thousands_of_euros() -> None:
    assert scaled(Money.from_euros("1234.56")) == 1.23456
    assert scaled_price(Decimal("1234.56")) == 1.23456
