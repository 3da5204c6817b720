"""Places, and the young people in them (C3 to C6)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

from finance.compliance.breach import Breach, Judged, Subject
from finance.money import Exact
from finance.plan.allocation import PlaceYear


def capacity(judged: Judged) -> Iterator[Breach]:
    """C3, C4, C5: places, used and empty places not below zero; no fuller than may be."""
    known = set(judged.outcome.places)
    for at in judged.allocation.used:
        if at not in known:
            wat = "Deze plaatsen staan niet in de casus."
            yield Breach("C4", _where(at), wat, over=Subject(plaatsen=(at,)))
    for at, places in judged.outcome.places.items():
        where, used = _where(at), judged.outcome.used[at]
        if places < 0:
            over = Subject(_taking(judged, at))
            yield Breach("C3", where, "Het aantal plaatsen is onder nul.", _number(places), "0", over)
        yield from _on_first_of_months(judged, at)
        over = Subject(plaatsen=(at,))
        if used < 0 or used > places:
            wat = "Bezet ligt niet tussen nul en de plaatsen."
            yield Breach("C4", where, wat, _number(used), _number(places), over)
        most = judged.outcome.largest_use(*at)
        if used > most:
            wat = "Er zijn meer plaatsen bezet dan kan."
            yield Breach("C5", where, wat, _number(used), _number(most), over)


def _on_first_of_months(judged: Judged, at: PlaceYear) -> Iterator[Breach]:
    """C3 within a year: what goes in a later month than January may not be more than is there."""
    (key, year), starts = at, judged.allocation.starts
    effects = [row for row in judged.case.effects_at.get(key, ()) if row.maatregel in starts]
    for month in sorted({row.maand for row in effects if starts[row.maatregel] + row.na_jaren == year}):
        there = judged.case.place[key].plaatsen + sum(
            row.plaatsen for row in effects if (starts[row.maatregel] + row.na_jaren, row.maand) <= (year, month)
        )
        if there < 0 and (month > 1 or judged.outcome.places[at] >= 0):
            wat = f"Het aantal plaatsen is onder nul op de eerste van maand {month}."
            yield Breach("C3", _where(at), wat, _number(there), "0", Subject(_taking(judged, at)))


def _where(at: PlaceYear) -> str:
    return f"{' '.join(at[0])} {at[1]}"


def _taking(judged: Judged, at: PlaceYear) -> tuple[str, ...]:
    """The started measures that take places away there."""
    effects = judged.case.effects_at.get(at[0], ())
    taking = dict.fromkeys(row.maatregel for row in effects if row.plaatsen < 0)
    return tuple(name for name in taking if name in judged.allocation.starts)


def need(judged: Judged) -> Iterator[Breach]:
    """C6: nobody is served twice or nowhere; only in places that suit, or that uitwijk names."""
    for place, number in judged.allocation.served.items():
        yield from _served(judged, *place, Fraction(number))
    for (who, year), short in judged.outcome.short.items():
        if short < 0:
            wat = "Er zijn meer plaatsen gebruikt dan nodig."
            yield Breach("C6", f"{who} {year}", wat, _number(-short), "0", _of_need(judged, who, year))
    yield from _placed(judged)


def _served(judged: Judged, who: str, pool: str, year: int, number: Fraction) -> Iterator[Breach]:
    """What is wrong with the young people of one doelgroep (or zorgvorm) in places of one pool."""
    if number < 0:
        wat, over = "Een aantal is onder nul.", _of_pool(judged, pool, year)
        yield Breach("C6", f"{who} {pool} {year}", wat, _number(number), "0", over)
    if number and not _can_be(judged, who, pool):
        wat = f"Uitwijk naar {pool} staat niet in de casus."
        if judged.case.care_groups:
            wat = f"Volgens de casus is {pool} niet geschikt voor {who}."
        yield Breach("C6", f"{who} {year}", wat)
    if number and not _has_need(judged, who, year):
        yield Breach("C6", f"{who} {year}", "Hiervoor staat geen vraag in de casus.", _number(number), "0")


def _can_be(judged: Judged, who: str, pool: str) -> bool:
    """Whether the input lets a doelgroep use a pool; read from its rows, as the model reads them from `Care`."""
    case = judged.case
    if not case.care_groups:
        return who == pool or any((row.zorgvorm, row.alternatief) == (who, pool) for row in case.alternatives)
    known = case.care.pools.get(pool)
    return known is not None and any(
        row.doelgroep == who and row.zorgvorm == known.zorgvorm and row.locatie in ("", known.locatie)
        for row in case.suitabilities
    )


def _has_need(judged: Judged, who: str, year: int) -> bool:
    """Whether the input has a row on the need of a doelgroep (or zorgvorm) in a year."""
    case = judged.case
    if not case.care_groups:
        return (who, year) in case.demand_in
    given = {(row.doelgroep, row.jaar) for row in case.group_needs}
    return (who, year) in given | {(row.doelgroep, row.jaar) for row in case.inflow}


def _of_pool(judged: Judged, pool: str, year: int) -> Subject:
    """The used places of a pool in a year."""
    pool_of = judged.case.care.pool_of
    return Subject(plaatsen=tuple(at for at in judged.outcome.places if (pool_of[at[0]], at[1]) == (pool, year)))


def _of_need(judged: Judged, who: str, year: int) -> Subject:
    """The used places in a year of all pools where a doelgroep is, or of its own zorgvorm."""
    pool_of = judged.case.care.pool_of
    used = {pool for (one, pool, at), number in judged.allocation.served.items() if (one, at) == (who, year) and number}
    pools = used if judged.case.care_groups else {who}
    return Subject(plaatsen=tuple(at for at in judged.outcome.places if at[1] == year and pool_of[at[0]] in pools))


def _placed(judged: Judged) -> Iterator[Breach]:
    """C6: the young people with a place are as many as the used places, per pool and year."""
    served: dict[tuple[str, int], Fraction] = defaultdict(Fraction)
    for (_, pool, year), number in judged.allocation.served.items():
        served[pool, year] += Fraction(number)
    used: dict[tuple[str, int], Fraction] = defaultdict(Fraction)
    for (place, year), places in judged.outcome.used.items():
        used[judged.case.care.pool_of[place], year] += places
    for key in sorted(used.keys() | served.keys()):
        if used[key] != served[key]:
            yield Breach(
                "C6",
                f"{key[0]} {key[1]}",
                "Bezette plaatsen en geplaatste jeugdigen verschillen.",
                _number(used[key]),
                _number(served[key]),
                _of_pool(judged, *key),
            )


def _number(value: Exact) -> str:
    return f"{float(Fraction(value)):.9f}".rstrip("0").rstrip(".")
