"""Used places that nobody gave: filled by one simple rule, without looking for the best.

Per year, for the place-years that are not given: first the young people who need that zorgvorm, at the
locations in the order of the sheet `plaatsen`, as far as need and places reach; then those who are left,
at the alternatives in the order of the sheet `uitwijk`.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from finance.case import Case
from finance.places import GRID
from finance.plan.allocation import Allocation, Outcome, PlaceYear

Used = dict[PlaceYear, Decimal]
Served = dict[tuple[str, str, int], Decimal]
Diverted = Mapping[tuple[str, str, int], Decimal]


def fill(
    case: Case, starts: Mapping[str, int], given: Mapping[PlaceYear, Decimal], diverted: Diverted
) -> tuple[Used, Served]:
    """Complete the used places, and say who uses them.

    Args:
        case: the case.
        starts: the start year of each chosen measure.
        given: the used places that are given.
        diverted: who uses another zorgvorm, where that is given; else it follows.

    Returns:
        Used places, and young people by needed zorgvorm, zorgvorm of the place and year.
    """
    outcome = Outcome(case, Allocation(starts, {}, {}, {}))
    used: Used = dict(given)
    served: Served = {}
    for year in case.years:
        _Year(case, outcome, year, used, served, diverted).fill()
    return {at: n for at, n in used.items() if n}, {key: n for key, n in served.items() if n}


def _decimal(value: Fraction) -> Decimal:
    """A number of places on the grid as a decimal."""
    return Decimal(int(value * GRID)) / GRID


class _Year:
    """One year while it is filled."""

    def __init__(self, case: Case, outcome: Outcome, year: int, used: Used, served: Served, diverted: Diverted) -> None:
        self._case, self._outcome, self._year = case, outcome, year
        self._used, self._served, self._diverted = used, served, diverted
        self._open = [(key, year) for key in case.place if (key, year) not in used]
        self._left = {form: _decimal(row.nodig) for (form, at), row in case.demand_in.items() if at == year}

    def fill(self) -> None:
        """Own need first, then elsewhere; then everyone who is placed gets a name."""
        if self._diverted:
            self._divert()
        for form in self._left:
            self._place(form, form)
        if not self._diverted:
            for row in self._case.alternatives:
                self._place(row.zorgvorm, row.alternatief)
        self._name_the_rest()

    def _divert(self) -> None:
        """Take the diversions as given; places that nobody gave are used for them first."""
        for (need, got, year), number in self._diverted.items():
            if year == self._year:
                self._served[need, got, year] = number
                self._left[need] = self._left.get(need, Decimal(0)) - number
                self._use(got, -self._given_left(got))

    def _given_left(self, form: str) -> Decimal:
        """Given places of a zorgvorm that nobody was placed on yet."""
        placed = sum((n for (_, got, at), n in self._served.items() if (got, at) == (form, self._year)), Decimal(0))
        return self._used_of(form) - placed

    def _used_of(self, form: str) -> Decimal:
        return sum((n for (key, at), n in self._used.items() if key[1] == form and at == self._year), Decimal(0))

    def _place(self, need: str, got: str) -> None:
        """Place who needs one zorgvorm on places of another (or the same): given ones first."""
        wanted = max(Decimal(0), self._left.get(need, Decimal(0)))
        given = min(wanted, max(Decimal(0), self._given_left(got)))
        number = given + self._use(got, wanted - given)
        if number:
            key = (need, got, self._year)
            self._served[key] = self._served.get(key, Decimal(0)) + number
            self._left[need] -= number

    def _use(self, form: str, number: Decimal) -> Decimal:
        """Use places of a zorgvorm that nobody gave, as far as they reach; returns how many."""
        done = Decimal(0)
        for at in self._open:
            if at[0][1] == form and number > done:
                more = min(number - done, self._room(at))
                self._used[at] = self._used.get(at, Decimal(0)) + more
                done += more
        return done

    def _room(self, at: PlaceYear) -> Decimal:
        most = max(Fraction(0), self._outcome.largest_use(*at))
        return _decimal(most) - self._used.get(at, Decimal(0))

    def _name_the_rest(self) -> None:
        """Used places beyond every need belong to their own zorgvorm: the verdict says it is too much."""
        for form in dict.fromkeys(key[1] for key in self._case.place):
            rest = self._given_left(form)
            if rest:
                key = (form, form, self._year)
                self._served[key] = self._served.get(key, Decimal(0)) + rest
