"""What a yearly source brings in: lump sum with a band, PxQ, and availability."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from finance.case.case import Case, PlaceKey
from finance.case.sheets import Funding, Source
from finance.money import Exact, Money


def lumpsum_level(row: Funding, young_people: Fraction) -> Fraction:
    """The places that a lump-sum row pays for, given its share of the young people.

    Formula, with N = niveau, b = bandbreedte, q = the share:
    N inside N(1-b) .. N(1+b); above it N + q - N(1+b); below it N, or with `dalend`
    N - (N(1-b) - q).

    Args:
        row: the row of `financiering`.
        young_people: q, in places.

    Returns:
        The places that are paid, exactly.
    """
    declines = row.onderzijde == "dalend"
    return banded_level(Fraction(row.niveau), Fraction(row.bandbreedte), young_people, declines=declines)


def banded_level(level: Fraction, band: Fraction, young_people: Fraction, *, declines: bool) -> Fraction:
    """The places that are paid for with a band around a level.

    Args:
        level: N, in places.
        band: b, a fraction of the level.
        young_people: q, in places.
        declines: whether fewer young people than the band allows lower it (`dalend`).
    """
    upper, lower = level * (1 + band), level * (1 - band)
    if young_people > upper:
        return level + young_people - upper
    if young_people < lower and declines:
        return level - (lower - young_people)
    return level


def lumpsum_share(case: Case, row: Funding) -> Fraction:
    """The young people of a year that fall to one lump-sum row, in proportion to niveau.

    A row that holds for a part of the year weighs for that part.
    """
    levels = sum(
        (
            Fraction(other.niveau) * case.part_of_year(other)
            for other in case.funding
            if other.jaar == row.jaar and case.source[other.bron].soort == "lumpsum"
        ),
        Fraction(0),
    )
    return case.care.young_people(row.jaar) * Fraction(row.niveau) / levels if levels else Fraction(0)


def lumpsum_revenue(case: Case, row: Funding) -> Money:
    """The revenue of a lump-sum row, rounded to the cent; data, not a decision."""
    level = lumpsum_level(row, lumpsum_share(case, row))
    return Money.rounded(level * price_of_months(case, row))


def price_of_months(case: Case, row: Funding) -> Fraction:
    """What a row pays for a place in the months for which it holds, in euros; exact."""
    return case.paid_price(row).euros * case.part_of_year(row)


def places_paid(case: Case, source: Source, row: Funding) -> tuple[PlaceKey, ...]:
    """The places that a PxQ or availability row looks at: its provider's, of its zorgvorm, priced by its tariff."""
    return tuple(
        (place.locatie, place.zorgvorm)
        for place in case.places
        if (not source.aanbieder or case.location[place.locatie].aanbieder == source.aanbieder)
        and (not row.zorgvorm or place.zorgvorm == row.zorgvorm)
        and (not row.tarief or place.tarief == row.tarief)
    )


def per_place_revenue(case: Case, row: Funding, places: Exact) -> Money:
    """What a PxQ or availability row pays: at most prijs x places and at most prijs x niveau, for its months.

    Args:
        case: the case.
        row: the row of `financiering`.
        places: used places (pxq) or available places (beschikbaarheid) of the year.
    """
    price = price_of_months(case, row)
    return min(Money.rounded(price * Fraction(places)), Money.rounded(price * Fraction(row.niveau)))


def by_use(case: Case, source: Source, year: int) -> bool:
    """Whether the used places of a year decide what a source brings in.

    Of a closed year it is not known how many were used: there PxQ brings in at most what it would
    if all were.
    """
    return source.soort == "pxq" and year not in case.closed_years


def revenue(
    case: Case,
    source: Source,
    year: int,
    available: Mapping[tuple[PlaceKey, int], Fraction],
    used: Mapping[tuple[PlaceKey, int], Fraction],
) -> Money:
    """The revenue of a yearly source in a year, for the places of a plan.

    Args:
        case: the case.
        source: a source of soort lumpsum, pxq or beschikbaarheid.
        year: a calendar year.
        available: places per location, zorgvorm and year.
        used: used places per location, zorgvorm and year.
    """
    rows = case.funding_of.get((source.bron, year), ())
    if source.soort == "lumpsum":
        return Money.total(lumpsum_revenue(case, row) for row in rows)
    counted = used if by_use(case, source, year) else available
    return Money.total(
        per_place_revenue(
            case,
            row,
            sum((counted[key, year] for key in places_paid(case, source, row)), Fraction(0)),
        )
        for row in rows
    )
