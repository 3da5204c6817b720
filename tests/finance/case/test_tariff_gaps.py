"""Typed prices of places beside the tariffs: where they differ by more than 1%, it is told."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from finance.case import Case, build_case
from finance.case.checked import Checked
from finance.case.cost_price import CostPrice
from finance.case.plausibility.tariffs import loose_prices
from finance.case.tariff_gaps import PriceGap, price_gaps
from finance.money import Money
from tests.casebook import raw_book
from tests.finance.books.tariff.example import rows, tables

GIVEN = tables(rows(4))
"""A tariff of 2024 for small-scale groups of four, beside typed prices of prijspeil 2022."""
GROWTH = Fraction("1.0496") * Fraction("1.063")


def tariff(case: Case) -> CostPrice:
    """The only tariff of the case."""
    (cost,) = case.cost_prices.values()
    return cost


def typed(share: str) -> Case:
    """The case with the small-scale prices of L3 at a share of those that the tariff makes of them."""
    case = build_case(raw_book(GIVEN))
    cost = tariff(case)

    def price(of_tariff: Fraction) -> Money:
        return Money.rounded(of_tariff * Fraction(share) / GROWTH)

    prices = {
        "exploitatie_per_plaats": price(cost.exploitatie_per_plaats),
        "leegstand_per_plaats": price(cost.leegstand_per_plaats),
    }
    places = [row.model_copy(update=prices) if row.locatie == "L3" else row for row in case.places]
    return replace(case, places=tuple(places))


def gap(case: Case) -> PriceGap:
    """The gap of the small-scale places of L3."""
    return next(row for row in price_gaps(case) if row.plek.locatie == "L3")


@pytest.mark.parametrize(
    ("share", "wide"), [("1", False), ("1.009", False), ("1.011", True), ("0.995", False), ("0.98", True)]
)
def test_a_price_is_held_against_the_tariff_in_money_of_its_year(share: str, *, wide: bool) -> None:
    found = gap(typed(share))
    assert found.groei == GROWTH
    assert abs(found.verschil - (1 / Fraction(share) - 1)) < Fraction(1, 10**5)
    assert found.is_wide is wide


def test_only_a_zorgvorm_with_a_tariff_is_compared() -> None:
    found = [(row.plek.locatie, row.plek.zorgvorm) for row in price_gaps(build_case(raw_book(GIVEN)))]
    assert found == [("L1", "kleinschalig"), ("L2", "kleinschalig"), ("L3", "kleinschalig")]


def test_of_several_tariffs_the_nearest_counts() -> None:
    case = build_case(raw_book(tables(rows(4), rows(6), rows(8))))
    cheap = next(cost for cost in case.cost_prices.values() if cost.groepsgrootte == 8)
    price = Money.rounded(cheap.leegstand_per_plaats / GROWTH)
    places = [
        row.model_copy(update={"leegstand_per_plaats": price, "exploitatie_per_plaats": None}) for row in case.places
    ]
    found = list(price_gaps(replace(case, places=tuple(places))))
    assert {row.tarief.groepsgrootte for row in found} == {8}
    assert not any(row.is_wide for row in found)


def test_a_tariff_of_before_prijspeil_is_not_compared() -> None:
    """How prices grew before prijspeil, the case does not say."""
    assert not list(price_gaps(build_case(raw_book(tables(rows(4, jaar=2021))))))


def test_what_differs_is_told_once_for_rows_alike() -> None:
    case = typed("1")
    found = list(loose_prices(Checked(case, raw_book(GIVEN), frozenset())))
    assert [finding.cel for finding in found] == ["D3", "D5"]
    assert all("Het tarief dat het dichtst bij komt (T4, 2024) is" in finding.wat for finding in found)
    assert "hoger dan deze prijs" in found[0].wat
