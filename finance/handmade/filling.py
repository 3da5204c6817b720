"""Used places that nobody gave: filled by one simple rule, without looking for the best.

Per year, for the place-years that are not given: first the young people who need that zorgvorm, at the
locations in the order of the sheet `plaatsen`, as far as need and places reach; then those who are left,
at the alternatives in the order of the sheet `uitwijk`. With doelgroepen: first who can be there with
voorkeur 1, in the order of the sheet `geschikt`, then the others. Places that were given to be used are
shared so that as many as can be have somebody whom they suit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
        diverted: who uses another zorgvorm, or who is where with doelgroepen, where that is given; else it follows.

    Returns:
        Used places, and young people by doelgroep (or needed zorgvorm), pool and year.
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
        self._care, self._outcome, self._year = case.care, outcome, year
        self._used, self._served, self._diverted = used, served, diverted
        self._open = [(key, year) for key in case.place if (key, year) not in used]
        self._left = {who: _decimal(number) for (who, at), number in case.care.need.items() if at == year}
        self._turns = _turns(case, self._left)

    def fill(self) -> None:
        """Who is there without uitwijk first, then the others; then every used place gets somebody."""
        if self._diverted:
            self._divert()
        for who, pool in self._turns:
            if not (self._diverted and self._care.diverts(who, pool)):
                self._place(who, pool)
        if not self._diverted:
            for pool in dict.fromkeys(self._care.pool_of.values()):
                self._shift_to(pool)
        self._name_the_rest()

    def _divert(self) -> None:
        """Take who is where as given; places that nobody gave are used for them first."""
        for (who, pool, year), number in self._diverted.items():
            if year == self._year:
                self._served[who, pool, year] = number
                self._left[who] = self._left.get(who, Decimal(0)) - number
                self._use(pool, -self._given_left(pool))

    def _given_left(self, pool: str) -> Decimal:
        """Given places of a pool that nobody was placed on yet."""
        placed = sum((n for (_, got, at), n in self._served.items() if (got, at) == (pool, self._year)), Decimal(0))
        return self._used_of(pool) - placed

    def _used_of(self, pool: str) -> Decimal:
        pool_of = self._care.pool_of
        return sum(
            (n for (key, at), n in self._used.items() if at == self._year and pool_of.get(key) == pool), Decimal(0)
        )

    def _place(self, who: str, pool: str) -> None:
        """Place a doelgroep (or who needs a zorgvorm) in a pool: given places first."""
        wanted = max(Decimal(0), self._left.get(who, Decimal(0)))
        given = min(wanted, max(Decimal(0), self._given_left(pool)))
        number = given + self._use(pool, wanted - given)
        if number:
            self._add(who, pool, number)
            self._left[who] -= number

    def _add(self, who: str, pool: str, number: Decimal) -> None:
        key = (who, pool, self._year)
        self._served[key] = self._served.get(key, Decimal(0)) + number

    def _use(self, pool: str, number: Decimal) -> Decimal:
        """Use places of a pool that nobody gave, as far as they reach; returns how many."""
        done = Decimal(0)
        for at in self._open:
            if self._care.pool_of[at[0]] == pool and number > done:
                more = min(number - done, self._room(at))
                self._used[at] = self._used.get(at, Decimal(0)) + more
                done += more
        return done

    def _room(self, at: PlaceYear) -> Decimal:
        most = max(Fraction(0), self._outcome.largest_use(*at))
        return _decimal(most) - self._used.get(at, Decimal(0))

    def _shift_to(self, pool: str) -> None:
        """Fill given places that nobody has with those who can move there and leave room for who is short."""
        while (rest := self._given_left(pool)) > 0:
            path = self._path(pool)
            if not path:
                return
            first = path[-1]
            moved = min(
                rest, self._left[first[0]], *(self._served[who, away, self._year] for who, _, away in path[:-1])
            )
            for who, into, away in path:
                self._add(who, into, moved)
                if away:
                    self._add(who, away, -moved)
            self._left[first[0]] -= moved

    def _path(self, pool: str) -> list[tuple[str, str, str]]:
        """Moves that end in a pool: who, where to, and where from; the last one is short, and comes from nowhere."""
        came: dict[str, list[tuple[str, str, str]]] = {pool: []}
        waiting = [pool]
        while waiting:
            into = waiting.pop(0)
            for who, left in self._left.items():
                if not self._care.suits(who, into):
                    continue
                if left > 0:
                    return [*came[into], (who, into, "")]
                for (one, away, at), number in list(self._served.items()):
                    if (one, at) == (who, self._year) and number > 0 and away not in came:
                        came[away] = [*came[into], (who, into, away)]
                        waiting.append(away)
        return []

    def _name_the_rest(self) -> None:
        """Used places beyond every need belong to somebody whom they suit: the verdict says it is too much."""
        for pool in dict.fromkeys(self._care.pool_of.values()):
            rest = self._given_left(pool)
            if rest:
                suited = (who for who in self._left if self._care.suits(who, pool))
                self._add(pool if pool in self._left else next(suited, pool), pool, rest)


def _turns(case: Case, needs: Iterable[str]) -> list[tuple[str, str]]:
    """Who is placed where, in turn."""
    if not case.care_groups:
        return [*((form, form) for form in needs), *((row.zorgvorm, row.alternatief) for row in case.alternatives)]
    care = case.care
    turns = [
        (row.doelgroep, pool.naam)
        for row in sorted(case.suitabilities, key=lambda row: row.voorkeur)
        for pool in care.pools.values()
        if pool.zorgvorm == row.zorgvorm and row.locatie in ("", pool.locatie)
        if care.ranks[row.doelgroep, pool.naam] == row.voorkeur
    ]
    return list(dict.fromkeys(turns))
