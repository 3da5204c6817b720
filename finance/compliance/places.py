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
    """C6: nobody is served twice or nowhere; a place of another zorgvorm only where uitwijk says so."""
    for place, number in judged.allocation.served.items():
        yield from _served(judged, *place, Fraction(number))
    for (form, year), short in judged.outcome.short.items():
        if short < 0:
            wat = "Er zijn meer plaatsen gebruikt dan nodig."
            yield Breach("C6", f"{form} {year}", wat, _number(-short), "0", _of_form(judged, form, year))
    yield from _placed(judged)


def _served(judged: Judged, need: str, got: str, year: int, number: Fraction) -> Iterator[Breach]:
    """What is wrong with the young people of one zorgvorm in places of one zorgvorm."""
    allowed = {(row.zorgvorm, row.alternatief) for row in judged.case.alternatives}
    if number < 0:
        wat, over = "Een aantal is onder nul.", _of_form(judged, got, year)
        yield Breach("C6", f"{need} {got} {year}", wat, _number(number), "0", over)
    if number and need != got and (need, got) not in allowed:
        yield Breach("C6", f"{need} {year}", f"Uitwijk naar {got} staat niet in de casus.")
    if number and (need, year) not in judged.case.demand_in:
        yield Breach("C6", f"{need} {year}", "Hiervoor staat geen vraag in de casus.", _number(number), "0")


def _of_form(judged: Judged, form: str, year: int) -> Subject:
    """The used places of a zorgvorm in a year."""
    return Subject(plaatsen=tuple(at for at in judged.outcome.places if (at[0][1], at[1]) == (form, year)))


def _placed(judged: Judged) -> Iterator[Breach]:
    """C6: the young people with a place are as many as the used places, per zorgvorm and year."""
    served: dict[tuple[str, int], Fraction] = defaultdict(Fraction)
    for (_, got, year), number in judged.allocation.served.items():
        served[got, year] += Fraction(number)
    used: dict[tuple[str, int], Fraction] = defaultdict(Fraction)
    for ((_, form), year), places in judged.outcome.used.items():
        used[form, year] += places
    for key in sorted(used.keys() | served.keys()):
        if used[key] != served[key]:
            yield Breach(
                "C6",
                f"{key[0]} {key[1]}",
                "Bezette plaatsen en geplaatste jeugdigen verschillen.",
                _number(used[key]),
                _number(served[key]),
                _of_form(judged, *key),
            )


def _number(value: Exact) -> str:
    return f"{float(Fraction(value)):.9f}".rstrip("0").rstrip(".")
