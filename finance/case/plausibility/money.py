"""Amounts that look like thousands, and prices that look like those of a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Final

from finance.case.case import Case
from finance.case.checked import Checked
from finance.case.funding import places_paid
from finance.case.sheets import Places, Source
from finance.case.words import OPERATION, POT_SORTS, VACANCY
from finance.findings import Finding
from finance.money import Money

SMALL_SOURCE: Final = Fraction(1, 100)
"""A pot below this share of what it could pay is hardly meant."""
THOUSANDS: Final = Money.from_euros(100_000)
"""A pot of more than this is not taken for a number of thousands."""
SMALL_PRICE: Final = Fraction(1, 50)
"""A price below this share of what the case makes likely is hardly meant for a year."""
SMALL_VACANCY: Final = Fraction(1, 100)
"""Likewise the price of an empty place, as a share of that of a used one."""
SMALL_BUILDING: Final = Money.from_euros(1_000)
"""Building for less than this is hardly meant."""
SMALL_COST: Final = Money.from_euros(100)
"""So is any other cost of less than this: 0.50 is half a million that was typed in millions."""
BUILDING: Final = ("verbouwen", "vervangende_nieuwbouw")


def small_sources(checked: Checked) -> Iterator[Finding]:
    """A pot that is far below what it could pay: an amount in thousands?"""
    for row in checked.case.sources:
        amount = row.bedrag
        if row.soort not in POT_SORTS or amount is None or not Money(0) < amount < THOUSANDS:
            continue
        likely = _could_pay(checked.case, row)
        if amount.euros < SMALL_SOURCE * likely.euros:
            yield checked.at(
                "dekking",
                row.rij,
                "bedrag",
                f"{row.bron} heeft {amount.dutch()}, minder dan 1% van wat de maatregelen kosten die zij kan"
                f" betalen ({likely.dutch()}).",
                "Bedragen zijn in euro, niet in duizenden; kijk of het klopt.",
            )


def _could_pay(case: Case, source: Source) -> Money:
    """What the dearest measure of each project costs, of the provider of a source."""
    dearest: dict[str, Money] = defaultdict(lambda: Money(0))
    for row in case.measures:
        if source.aanbieder in ("", row.aanbieder):
            costs = Money.total(cost.bedrag for cost in case.costs_of.get(row.maatregel, ()))
            dearest[row.project] = max(dearest[row.project], costs)
    return Money.total(dearest.values())


def small_prices(checked: Checked) -> Iterator[Finding]:
    """A price of a place far below the others: a price of a day?"""
    case = checked.case
    prices = {place.rij: case.base_price(place, OPERATION) for place in case.places}
    yield from _small_place_prices(checked, prices)
    for row in case.funding:
        paid = set(places_paid(case, case.source[row.bron], row))
        used = [prices[place.rij] for place in case.places if (place.locatie, place.zorgvorm) in paid]
        least = min((price for price in used if price), default=Fraction(0))
        price = case.paid_price(row)
        if 0 < price.euros < SMALL_PRICE * least:
            yield checked.at(
                "financiering",
                row.rij,
                "prijs",
                f"prijs {price.dutch()} is minder dan 2% van wat een plaats kost"
                f" ({Money.rounded(least).dutch()} per jaar).",
                "De prijs is per plaats per jaar; is dit een prijs per etmaal, typ dan 365 keer zoveel.",
            )


def _small_place_prices(checked: Checked, prices: Mapping[int, Fraction]) -> Iterator[Finding]:
    case = checked.case
    highest = max([*prices.values(), *(case.paid_price(row).euros for row in case.funding)], default=Fraction(0))
    for place in case.places:
        used, empty = prices[place.rij], case.base_price(place, VACANCY)
        if 0 < used < SMALL_PRICE * highest:
            yield _cheap(checked, place, "exploitatie_per_plaats", used, "2% van de hoogste prijs", highest)
        elif 0 < empty < SMALL_VACANCY * used:
            yield _cheap(checked, place, "leegstand_per_plaats", empty, "1% van een bezette plaats", used)


def _cheap(checked: Checked, place: Places, column: str, price: Fraction, share: str, beside: Fraction) -> Finding:
    return checked.at(
        "plaatsen",
        place.rij,
        column,
        f"{column} {Money.rounded(price).dutch()} is minder dan {share} ({Money.rounded(beside).dutch()} per jaar).",
        "De prijs is per plaats per jaar; is dit een prijs per etmaal, typ dan 365 keer zoveel.",
    )


def small_costs(checked: Checked) -> Iterator[Finding]:
    """Building, or anything else, for next to nothing: an amount in thousands or millions?"""
    for row in checked.case.costs:
        if Money(0) < row.bedrag < (SMALL_BUILDING if row.kostensoort in BUILDING else SMALL_COST):
            yield checked.at(
                "kosten",
                row.rij,
                "bedrag",
                f"{row.kostensoort} voor {row.bedrag.dutch()} is heel weinig.",
                "Bedragen zijn in euro, niet in duizenden; kijk of het klopt.",
            )
