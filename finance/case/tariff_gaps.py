"""Typed prices of places beside the tariffs of the case: where they differ, the two are not connected."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from finance.case.case import Case
from finance.case.cost_price import CostPrice
from finance.case.pricing import given_price, tariff_price
from finance.case.sheets import Places
from finance.case.words import OPERATION, PLACE_COSTS, VACANCY

MOST: Final = Fraction(1, 100)
"""A typed price that differs more than this from the tariff does not rest on it."""


@dataclass(frozen=True)
class PriceGap:
    """A row of `plaatsen` with a typed price, beside the tariff of its zorgvorm that comes nearest.

    Attributes:
        plek: the row.
        tarief: the tariff.
        groei: growth of the typed price from prijspeil to the year of the tariff.
        verschil: by how much the tariff differs most, as a fraction of the typed price.
    """

    plek: Places
    tarief: CostPrice
    groei: Fraction
    verschil: Fraction

    def typed(self, sort: str) -> Fraction | None:
        """The typed price of a place in money of the tariff's year, in euros; None where it is left empty."""
        price = given_price(self.plek, sort)
        return None if price is None else price.euros * self.groei

    @property
    def is_wide(self) -> bool:
        """Whether the two differ so much that the price does not rest on the tariff."""
        return abs(self.verschil) > MOST


def price_gaps(case: Case) -> Iterator[PriceGap]:
    """Every row of `plaatsen` with a typed price of which the zorgvorm has a tariff that it can be held against.

    That is a tariff of a year from prijspeil to the last of the case: up to then the index of the row is known.
    Several tariffs can be meant; a price that agrees with one of them rests on that one.

    Args:
        case: a case without findings.
    """
    years = range(case.settings.prijspeil, case.years.last + 1)
    for place in case.places:
        found = [
            _gap(case, place, cost)
            for key, cost in case.cost_prices.items()
            if key.zorgvorm == place.zorgvorm and key.jaar in years and _typed(place)
        ]
        if found:
            yield min(found, key=lambda gap: abs(gap.verschil))


def _typed(place: Places) -> bool:
    """Whether the row gives a price above zero that a tariff could give as well."""
    return any(price is not None and price.cents for price in (given_price(place, sort) for sort in PLACE_COSTS))


def _gap(case: Case, place: Places, cost: CostPrice) -> PriceGap:
    growth = case.price_factor(place.index, cost.jaar)
    gaps = [
        tariff_price(cost, sort) / (price.euros * growth) - 1
        for sort in (OPERATION, VACANCY)
        if (price := given_price(place, sort)) is not None and price.cents and growth
    ]
    return PriceGap(place, cost, growth, max(gaps, key=abs))
