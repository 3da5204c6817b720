"""Who needs care, and which places suit them.

With `doelgroepen` the need is theirs, and `geschikt` says where they can be. Without, each zorgvorm is a
doelgroep of its own: its places suit best, and those of its alternatives count as uitwijk.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from finance.case.given import Given, PlaceKey
from finance.case.sheets import Suitability
from finance.places import on_grid

Need = tuple[str, int]
"""A doelgroep (or a zorgvorm, where the case has none) and a year."""
BEST = 1
"""The voorkeur of a place that suits as well as can be."""
SECOND = 2
"""The voorkeur of an alternative of `uitwijk`."""


@dataclass(frozen=True, slots=True)
class Pool:
    """Places that suit everybody alike, so that it does not count which of them is used.

    Attributes:
        naam: what tells it from the others.
        zorgvorm: the zorgvorm of its places.
        locatie: their location; empty for all locations.
    """

    naam: str
    zorgvorm: str
    locatie: str = ""


@dataclass(frozen=True)
class Care:
    """Who needs care in a case, and where they can be.

    Attributes:
        exact: the need of each doelgroep and year, in places; exact.
        pools: the pools by name.
        pool_of: the pool that the places of a location and zorgvorm are in.
        ranks: the voorkeur of each pool that suits a doelgroep, by both.
    """

    exact: Mapping[Need, Fraction]
    pools: Mapping[str, Pool]
    pool_of: Mapping[PlaceKey, str]
    ranks: Mapping[tuple[str, str], int]

    @cached_property
    def need(self) -> Mapping[Need, Fraction]:
        """The need on the grid of places: as the places that meet it are counted."""
        return {key: on_grid(number) for key, number in self.exact.items()}

    def young_people(self, year: int) -> Fraction:
        """How many young people need a place in a year, all together; exact."""
        return sum((number for (_, at), number in self.exact.items() if at == year), Fraction(0))

    def pool_at(self, form: str, location: str) -> str:
        """The name of the pool of a zorgvorm, or of one location of it where those are apart; empty for none."""
        return next(
            (pool.naam for pool in self.pools.values() if pool.zorgvorm == form and pool.locatie in ("", location)), ""
        )

    def suits(self, who: str, pool: str) -> bool:
        """Whether somebody can be in a pool."""
        return (who, pool) in self.ranks

    def suits_best(self, who: str, pool: str) -> bool:
        """Whether somebody can be in a pool without uitwijk."""
        return self.suits(who, pool) and not self.diverts(who, pool)

    def diverts(self, who: str, pool: str) -> bool:
        """Whether a place there counts as uitwijk; what does not suit at all does where it is called otherwise."""
        return self.ranks.get((who, pool), BEST if who == pool else SECOND) > BEST

    @cached_property
    def pools_for(self) -> Mapping[str, tuple[str, ...]]:
        """The pools with places that suit each doelgroep: first those that are no uitwijk, each sort by name."""
        offered = set(self.pool_of.values())
        found: dict[str, list[str]] = defaultdict(list)
        for who, pool in sorted(self.ranks, key=lambda pair: (self.diverts(*pair), pair[1])):
            if pool in offered:
                found[who].append(pool)
        return {who: tuple(pools) for who, pools in found.items()}


def care_of(given: Given) -> Care:
    """Read off who needs care, and where they can be.

    Args:
        given: the rows of a case.
    """
    return _of_groups(given) if given.care_groups else _of_forms(given)


def _of_forms(given: Given) -> Care:
    """Each zorgvorm as its own doelgroep."""
    forms = dict.fromkeys((*given.care_form, *(form for _, form in given.place)))
    ranks = {(form, form): BEST for form in dict.fromkeys((*forms, *(row.zorgvorm for row in given.demand)))}
    ranks.update(
        ((row.zorgvorm, row.alternatief), SECOND) for row in given.alternatives if row.alternatief != row.zorgvorm
    )
    return Care(
        {(row.zorgvorm, row.jaar): Fraction(row.jeugdigen or 0) for row in given.demand},
        {form: Pool(form, form) for form in forms},
        {key: key[1] for key in given.place},
        ranks,
    )


def _of_groups(given: Given) -> Care:
    """The doelgroepen, in the order of their sheet."""
    need = {(row.doelgroep, year): Fraction(0) for row in given.care_groups for year in given.years}
    for row in given.group_needs:
        need[row.doelgroep, row.jaar] = need.get((row.doelgroep, row.jaar), Fraction(0)) + Fraction(row.jeugdigen)
    for entry in given.inflow:
        at = (entry.doelgroep, entry.jaar)
        need[at] = need.get(at, Fraction(0)) + entry.nodig
    pools = pools_of(given.suitabilities, given.place)
    pool_of = {
        key: next(pool.naam for pool in pools if pool.zorgvorm == key[1] and pool.locatie in ("", key[0]))
        for key in given.place
    }
    return Care(need, {pool.naam: pool for pool in pools}, pool_of, _ranks(given.suitabilities, pools))


def pools_of(rows: Iterable[Suitability], places: Iterable[PlaceKey]) -> list[Pool]:
    """The pools of a case: each location apart of a zorgvorm of which some row names one, else the zorgvorm."""
    apart = {row.zorgvorm for row in rows if row.locatie}
    whole = dict.fromkeys(Pool(form, form) for _, form in places if form not in apart)
    return [*whole, *(Pool(f"{form} @ {location}", form, location) for location, form in places if form in apart)]


def _ranks(rows: Iterable[Suitability], pools: Iterable[Pool]) -> dict[tuple[str, str], int]:
    """The voorkeur of each pool for each doelgroep; a row for a location goes before one without."""
    said = {(row.doelgroep, row.zorgvorm, row.locatie): row.voorkeur for row in rows}
    ranks: dict[tuple[str, str], int] = {}
    for who in dict.fromkeys(name for name, _, _ in said):
        for pool in pools:
            anywhere = said.get((who, pool.zorgvorm, ""))
            voorkeur = said.get((who, pool.zorgvorm, pool.locatie), anywhere)
            if voorkeur is not None:
                ranks[who, pool.naam] = voorkeur
    return ranks
