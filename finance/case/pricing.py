"""Prices of places that come from the sheet `tarief`: which tariff a price of a year rests on.

A price that the sheet `plaatsen` leaves empty is that of the tariff of the zorgvorm and the year; in
a year without one it is that of the tariff of prijspeil, grown with the index of the row. Where there is
none of prijspeil either, a tariff of one other year serves all years, forth and back with that index.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, NamedTuple

from finance.case.cost_price import CostPrice
from finance.case.index_chain import IndexChain
from finance.case.sheets import Places, TariffParameter
from finance.case.words import OPERATION, PLACE_COSTS, VACANCY
from finance.money import Money

PRICE_COLUMNS: Final[Mapping[str, str]] = {
    OPERATION: "exploitatie_per_plaats",
    VACANCY: "leegstand_per_plaats",
}
"""The column of the sheet `plaatsen` with the price behind a kostensoort."""


INDEX: Final = "index"
"""The parameter that may follow from the sheet `tariefindex`."""


class TariffKey(NamedTuple):
    """What tells one tariff from another.

    Attributes:
        tarief: its id.
        zorgvorm: the care form.
        groepsgrootte: places in a group.
        jaar: the calendar year.
    """

    tarief: str
    zorgvorm: str
    groepsgrootte: int
    jaar: int


def key_of(row: TariffParameter | CostPrice) -> TariffKey:
    """The tariff that a row of the sheet `tarief`, or a cost price, is of."""
    return TariffKey(row.tarief, row.zorgvorm, row.groepsgrootte, row.jaar)


def rows_of_tariffs(rows: Iterable[TariffParameter]) -> Mapping[TariffKey, tuple[TariffParameter, ...]]:
    """The rows of each tariff, in the order in which each first appears."""
    groups: dict[TariffKey, list[TariffParameter]] = {}
    for row in rows:
        groups.setdefault(key_of(row), []).append(row)
    return {key: tuple(members) for key, members in groups.items()}


def cost_price(key: TariffKey, rows: Iterable[TariffParameter], chain: IndexChain) -> CostPrice:
    """The cost price that the rows of one tariff give.

    Args:
        key: the tariff.
        rows: a row for every parameter; without one for the index that of the chain counts.
        chain: the index of tariffs over the years.
    """
    given = {row.parameter: Fraction(row.waarde) for row in rows}
    index = chain.index(key.jaar)
    if index is not None:
        given.setdefault(INDEX, index)
    return CostPrice(key.tarief, key.zorgvorm, key.groepsgrootte, key.jaar, **given)


def given_price(place: Places, sort: str) -> Money | None:
    """The price of a place at prijspeil as the sheet `plaatsen` gives it; None where it is left empty."""
    return place.exploitatie_per_plaats if sort == OPERATION else place.leegstand_per_plaats


def empty_prices(place: Places) -> tuple[str, ...]:
    """The kostensoorten whose price a row of `plaatsen` leaves to a tariff."""
    return tuple(sort for sort in PLACE_COSTS if given_price(place, sort) is None)


@dataclass(frozen=True)
class TariffChoice:
    """The tariffs that the prices of one row of `plaatsen` can come from.

    Attributes:
        keys: the tariffs; for a year that counts there is at most one, or the choice is in doubt.
        prijspeil: the price level of the case.
        eerste_jaar: the first year of the case.
    """

    keys: tuple[TariffKey, ...]
    prijspeil: int
    eerste_jaar: int

    def own(self, year: int) -> tuple[TariffKey, ...]:
        """The tariffs of a year itself."""
        return tuple(key for key in self.keys if key.jaar == year)

    def of_year(self, year: int) -> tuple[TariffKey, ...]:
        """The tariffs of a year: its own, else those of prijspeil, else of one other year; they are still to grow."""
        return self.own(year) or self.own(self.prijspeil) or self.elsewhere

    @property
    def of_base(self) -> tuple[TariffKey, ...]:
        """The tariffs of a price without growth: of prijspeil, else of the first year of the case, else of another."""
        return self.own(self.prijspeil) or self.own(self.eerste_jaar) or self.elsewhere

    @property
    def elsewhere(self) -> tuple[TariffKey, ...]:
        """The tariffs of the only year that has any, where that is after prijspeil: the index reaches it from there."""
        years = {key.jaar for key in self.keys}
        return self.keys if len(years) == 1 and years.pop() > self.prijspeil else ()


def tariffs_for(keys: Iterable[TariffKey], place: Places, size: int | None) -> tuple[TariffKey, ...]:
    """The tariffs that a row of `plaatsen` can mean.

    Those of its zorgvorm, and of the tariff that it names; of these the ones for groups of the
    size of the zorgvorm, where there are any.

    Args:
        keys: every tariff.
        place: the row.
        size: the group size of the zorgvorm, where it is given.
    """
    meant = tuple(key for key in keys if key.zorgvorm == place.zorgvorm and place.tarief in ("", key.tarief))
    return of_size(meant, size) or meant


def of_size(keys: Sequence[TariffKey], size: int | None) -> tuple[TariffKey, ...]:
    """The tariffs for groups of a size."""
    return tuple(key for key in keys if key.groepsgrootte == size)


def tariff_price(cost: CostPrice, sort: str) -> Fraction:
    """The price of a used (exploitatie) or an empty (leegstand) place-year, in euros of the tariff's year."""
    return cost.exploitatie_per_plaats if sort == OPERATION else cost.leegstand_per_plaats
