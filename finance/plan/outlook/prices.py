"""The prices of places before anything is solved: beside their tariff, beside each other, beside what is paid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from finance.case.case import Case
from finance.case.funding import places_paid
from finance.case.pricing import given_price, tariff_price
from finance.case.sheets import Places
from finance.case.words import OPERATION, VACANCY


@dataclass(frozen=True)
class PlacePrice:
    """What a place costs in a year at prijspeil, and what it is held against; all in euros, exact.

    Attributes:
        locatie: the location.
        zorgvorm: the care form.
        bezet: the price of a used place-year.
        leeg: the price of an empty one.
        tarief: what the tariff of the case makes of a used one; None where it has none, or more than one.
        uit_tarief: whether the price is that of the tariff itself.
        midden: what the case makes likely: the middle one of the prices of used places of this zorgvorm, or
            of all where no other row has it.
        vergelijkbaar: whether that is of the same zorgvorm.
    """

    locatie: str
    zorgvorm: str
    bezet: Fraction
    leeg: Fraction
    tarief: Fraction | None
    uit_tarief: bool
    midden: Fraction
    vergelijkbaar: bool


@dataclass(frozen=True)
class PaidPrice:
    """What a yearly source pays for a place in its first year of the case, in euros; exact.

    Attributes:
        bron: the source.
        zorgvorm: the care form; empty for all together.
        jaar: the calendar year.
        prijs: what it pays for a place-year.
        laagste: the lowest price of a used place that it pays for, in that year; None where it pays for none.
        hoogste: the highest.
    """

    bron: str
    zorgvorm: str
    jaar: int
    prijs: Fraction
    laagste: Fraction | None
    hoogste: Fraction | None


def place_prices(case: Case) -> tuple[PlacePrice, ...]:
    """The price of a place at prijspeil of every row of `plaatsen`, in the order of the sheet."""
    used = {row.rij: case.base_price(row, OPERATION) for row in case.places}
    prices = []
    for row in case.places:
        same = [used[other.rij] for other in case.places if other.zorgvorm == row.zorgvorm]
        prices.append(
            PlacePrice(
                row.locatie,
                row.zorgvorm,
                used[row.rij],
                case.base_price(row, VACANCY),
                _of_tariff(case, row),
                given_price(row, OPERATION) is None,
                middle(same if len(same) > 1 else tuple(used.values())),
                len(same) > 1,
            )
        )
    return tuple(prices)


def _of_tariff(case: Case, place: Places) -> Fraction | None:
    keys = case.tariff_choice(place).of_base
    return tariff_price(case.cost_prices[keys[0]], OPERATION) if len(keys) == 1 else None


def middle(prices: Sequence[Fraction]) -> Fraction:
    """The middle one of some prices, or half-way between the two in the middle.

    Example:
        >>> middle([Fraction(3), Fraction(1), Fraction(8)]), middle([Fraction(1), Fraction(2)])
        (Fraction(3, 1), Fraction(3, 2))
    """
    ordered, half = sorted(prices), len(prices) // 2
    return ordered[half] if len(prices) % 2 else (ordered[half - 1] + ordered[half]) / 2


def paid_prices(case: Case) -> tuple[PaidPrice, ...]:
    """What each yearly source pays for a place of each zorgvorm, in its first year that is still to come."""
    first: dict[tuple[str, str], PaidPrice] = {}
    for row in sorted(case.funding, key=lambda row: (row.jaar, row.maand)):
        if row.jaar not in case.years or row.jaar in case.closed_years or (row.bron, row.zorgvorm) in first:
            continue
        paid = [case.place[key] for key in places_paid(case, case.source[row.bron], row)]
        prices = [case.place_price(place, OPERATION, row.jaar) for place in paid]
        first[row.bron, row.zorgvorm] = PaidPrice(
            row.bron,
            row.zorgvorm,
            row.jaar,
            case.paid_price(row).euros,
            min(prices, default=None),
            max(prices, default=None),
        )
    order = {source.bron: at for at, source in enumerate(case.sources)}
    return tuple(sorted(first.values(), key=lambda row: order[row.bron]))
