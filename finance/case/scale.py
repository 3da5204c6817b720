"""Numbers that the model cannot scale: so large beside the others that its answer would mean nothing.

The model solves all rows together, to a fixed tolerance. A price of a billion beside one of a hundred
thousand, or a million places, leaves shortages and costs that are not there. The limits lie far above
what any region has, and at least ten times below what was seen to go wrong.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Final

from finance.case.checked import Checked
from finance.case.place_prices import can_compute
from finance.case.pricing import given_price
from finance.case.sheets import Places
from finance.case.table import plain
from finance.case.words import PLACE_COSTS
from finance.findings import Finding
from finance.money import Money

MOST_PLACES: Final = 10_000
MOST_PEOPLE: Final = 50_000
MOST_POINTS: Final = 1_000_000
MOST_USED: Final = 100_000
"""Of a resource, in units of the case."""
HIGHEST_PRICE: Final = Money.from_euros(10_000_000)
"""Of one place for one year, nominal."""
LARGEST_COST: Final = Money.from_euros(1_000_000_000)
"""Of one cost line, nominal."""
MOST_MONEY: Final = Money.from_euros(10_000_000_000)
"""What a source has, or a measure costs, in all or in a year."""
LONGEST_STAY: Final = 1200
"""Of a young person, in months."""
COUNTED: Final[Mapping[tuple[str, str], int]] = {
    ("plaatsen", "plaatsen"): MOST_PLACES,
    ("effecten", "plaatsen"): MOST_PLACES,
    ("vraag", "jeugdigen"): MOST_PEOPLE,
    ("vraag", "plafond"): MOST_PEOPLE,
    ("behoefte", "jeugdigen"): MOST_PEOPLE,
    ("instroom", "instroom"): MOST_PEOPLE,
    ("instroom", "doorlooptijd_maanden"): LONGEST_STAY,
    ("plaatsgrenzen", "ondergrens"): MOST_PEOPLE,
    ("plaatsgrenzen", "bovengrens"): MOST_PEOPLE,
    ("financiering", "niveau"): MOST_PEOPLE,
    ("maatregelen", "waardering"): MOST_POINTS,
    ("realisatie_plaatsen", "jeugdigen"): MOST_PLACES,
    ("realisatie_plaatsen", "etmalen"): MOST_PLACES * 366,
    ("hulpbronnen", "beschikbaar"): MOST_USED,
    ("beslag", "hoeveelheid"): MOST_USED,
}
"""The largest number in each column that counts something, minus signs apart."""
AMOUNTS: Final[Mapping[tuple[str, str], Money]] = {
    ("plaatsen", "exploitatie_per_plaats"): HIGHEST_PRICE,
    ("plaatsen", "leegstand_per_plaats"): HIGHEST_PRICE,
    ("plaatsen", "huisvesting_per_plaats"): HIGHEST_PRICE,
    ("financiering", "prijs"): HIGHEST_PRICE,
    ("kosten", "bedrag"): LARGEST_COST,
    ("opbrengsten", "bedrag"): LARGEST_COST,
    ("realisatie", "bedrag"): LARGEST_COST,
    ("dekking", "bedrag"): MOST_MONEY,
}
"""The largest amount in each column, minus signs apart."""
PRICES: Final = ("exploitatie_per_plaats", "leegstand_per_plaats")
"""The prices of a used and of an empty place."""
WHY: Final = "zo ver buiten de orde van de andere getallen kan het model niet betrouwbaar rekenen"
LOOK: Final = "Controleer het aantal cijfers."


def out_of_scale(checked: Checked) -> Iterator[Finding]:
    """Find numbers that the model cannot scale: by themselves, grown to a later year, or together."""
    found = [*_counted(checked), *_amounts(checked)]
    yield from found
    # What follows from one large number is no fault of its own.
    if not found:
        yield from _grown(checked)
        yield from _together(checked)


def _counted(checked: Checked) -> Iterator[Finding]:
    for (blad, column), most in COUNTED.items():
        for row, value in checked.cells(blad, column):
            if isinstance(value, int | Decimal) and abs(Decimal(value)) > most:
                limit = f"minder dan {_dutch(-most)}" if value < 0 else f"meer dan {_dutch(most)}"
                wat = f"{column} {_dutch(value)} is {limit}; {WHY}."
                yield checked.at(blad, row, column, wat, LOOK)


def _amounts(checked: Checked) -> Iterator[Finding]:
    for (blad, column), most in AMOUNTS.items():
        for row, amount in checked.cells(blad, column):
            if isinstance(amount, Money) and abs(amount.cents) > most.cents:
                limit = f"minder dan {(-most).dutch()}" if amount.cents < 0 else f"meer dan {most.dutch()}"
                wat = f"{column} {amount.dutch()} is {limit}; {WHY}."
                yield checked.at(blad, row, column, wat, LOOK)


def _dutch(number: int | Decimal) -> str:
    """A number with points between its thousands."""
    whole, _, decimals = plain(Decimal(number)).partition(".")
    return f"{int(whole):,}".replace(",", ".") + (f",{decimals}" if decimals else "")


def _grown(checked: Checked) -> Iterator[Finding]:
    """Prices and costs that only an index makes too large, by the last year of the case."""
    if checked.years is None:
        return
    for place in checked.case.places:
        for sort, column in zip(PLACE_COSTS, PRICES, strict=True):
            price = _nominal_price(checked, place, sort)
            if price > HIGHEST_PRICE.euros:
                yield _too_dear(checked, "plaatsen", place.rij, column, price)
    for cost in checked.case.costs:
        amount = cost.bedrag.euros * _factor(checked, cost.index)
        if amount > LARGEST_COST.euros:
            yield _too_dear(checked, "kosten", cost.rij, "bedrag", amount)


def _too_dear(checked: Checked, blad: str, row: int, column: str, grown: Fraction) -> Finding:
    last = checked.case.years.last
    return checked.at(
        blad,
        row,
        column,
        f"{column} groeit met zijn index tot {Money.rounded(grown).dutch()} in {last}; {WHY}.",
        "Controleer de percentages in het blad indexen, en het aantal cijfers.",
    )


def _nominal_price(checked: Checked, place: Places, sort: str) -> Fraction:
    """The price of a place in the last year; 0 where it cannot be known, which is a finding of its own."""
    if given_price(place, sort) is None and not can_compute(checked):
        return Fraction(0)
    try:
        return checked.case.place_price(place, sort, checked.case.years.last)
    except (KeyError, ValueError, ZeroDivisionError):
        return Fraction(0)


def _factor(checked: Checked, index: str) -> Fraction:
    try:
        return checked.case.price_factor(index, checked.case.years.last)
    except KeyError:
        return Fraction(0)


def _together(checked: Checked) -> Iterator[Finding]:
    """What a source brings in in a year, or a measure costs, where each number by itself is small enough."""
    people: dict[int, Fraction] = defaultdict(Fraction)
    for (_, year), number in checked.case.care.exact.items():
        people[year] += number
    money: dict[tuple[str, int], Fraction] = defaultdict(Fraction)
    for row in checked.case.funding:
        places = max(Fraction(row.niveau), people[row.jaar])
        money[row.bron, row.jaar] += row.prijs.euros * places if row.prijs else 0
        if money[row.bron, row.jaar] > MOST_MONEY.euros:
            total = Money.rounded(money[row.bron, row.jaar])
            wat = f"{row.bron} zou in {row.jaar} {total.dutch()} kunnen opbrengen, meer dan"
            yield checked.at("financiering", row.rij, "prijs", f"{wat} {MOST_MONEY.dutch()}; {WHY}.", LOOK)
    costs: dict[str, Fraction] = defaultdict(Fraction)
    for cost in checked.case.costs:
        costs[cost.maatregel] += cost.bedrag.euros * _factor(checked, cost.index)
        if costs[cost.maatregel] > MOST_MONEY.euros:
            wat = f"{cost.maatregel} kost samen {Money.rounded(costs[cost.maatregel]).dutch()}, meer dan"
            yield checked.at("kosten", cost.rij, "bedrag", f"{wat} {MOST_MONEY.dutch()}; {WHY}.", LOOK)
