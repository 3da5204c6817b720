"""Places that come where they should go, go where there are none, or make no whole groups."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

from finance.case.case import Case, PlaceKey
from finance.case.checked import Checked, rows_named
from finance.case.sheets import Demand, Effect, GroupNeed, Measure
from finance.case.table import listed, shown
from finance.findings import Finding

FAR_MORE: Final = Fraction(3, 2)
"""A need of more than this many times the places that can ever be there is hardly one of places."""
NONE: Final = 0
Gains = Mapping[PlaceKey, Mapping[str, int]]
"""The most places that each project brings to a location and zorgvorm."""


def disposals_that_add(checked: Checked) -> Iterator[Finding]:
    """A measure of soort afstoten that adds places: a minus sign that was forgotten?"""
    for measure in checked.case.measures:
        rows = checked.case.effects_of.get(measure.maatregel, ())
        if measure.soort != "afstoten":
            continue
        more = sum(row.plaatsen for row in rows) > NONE
        for row in rows:
            if row.plaatsen > NONE and (more or row.locatie == measure.locatie):
                yield checked.at(
                    "effecten",
                    row.rij,
                    "plaatsen",
                    f"{measure.maatregel} is van soort afstoten, maar geeft hier {row.plaatsen} plaatsen erbij.",
                    f"Typ -{row.plaatsen} als ze eraf gaan.",
                )


def impossible(checked: Checked) -> Iterator[Finding]:
    """Measures that can never be chosen: no place is left to take away, or no year to start in."""
    gains = _gains(checked.case)
    open_measures = [row for row in checked.case.measures if not _decided(checked.case, row)]
    for measure in open_measures:
        yield from _too_many_away(checked, measure, gains)
    yield from _no_year(checked, open_measures)


def _too_many_away(checked: Checked, measure: Measure, gains: Gains) -> Iterator[Finding]:
    case = checked.case
    for key, rows in _by_place(case.effects_of.get(measure.maatregel, ())).items():
        away = -sum(row.plaatsen for row in rows)
        most = case.place[key].plaatsen + sum(
            gain for project, gain in gains.get(key, {}).items() if project != measure.project
        )
        if away > most:
            location, form = key
            down = next(row for row in rows if row.plaatsen < NONE)
            yield checked.at(
                "effecten",
                down.rij,
                "plaatsen",
                f"{measure.maatregel} neemt {away} plaatsen {form} weg op {location}, en meer dan {most}"
                " kunnen er nooit zijn: deze maatregel kan nooit worden gekozen.",
                "Verbeter dit aantal, of de plaatsen in het blad plaatsen.",
            )


def _no_year(checked: Checked, measures: Sequence[Measure]) -> Iterator[Finding]:
    case = checked.case
    late = [row for row in measures if case.years.last - case.lag(row) < row.vroegste_start]
    if late:
        many = len(late) > 1
        yield checked.at(
            "maatregelen",
            late[0].rij,
            "vroegste_start",
            f"{listed([row.maatregel for row in late])} {'kunnen' if many else 'kan'} in geen enkel jaar"
            f" beginnen: kosten of plaatsen zouden na {case.years.last} vallen (bij {late[0].maatregel}"
            f" {case.lag(late[0])} jaar na een start vanaf {late[0].vroegste_start}).",
            "Verleng de casus, laat de maatregel eerder beginnen, of verlaag na_jaren.",
        )


def bounds_out_of_reach(checked: Checked) -> Iterator[Finding]:
    """Bounds that count no place at all, and floors above all places that can ever be there."""
    case, gains = checked.case, _gains(checked.case)
    for row in case.place_bounds:
        keys = case.bounded(row)
        if not keys:
            yield checked.at(
                "plaatsgrenzen",
                row.rij,
                "grens",
                f"Bij grens {row.grens} hoort geen enkele rij van het blad plaatsen.",
                "Kijk of zorgvormen, aanbieder, locatie en gemeente samen kloppen.",
            )
            continue
        by_project: dict[str, int] = defaultdict(int)
        for key in keys:
            for project, gain in gains.get(key, {}).items():
                by_project[project] += gain
        most = sum(case.place[key].plaatsen for key in keys) + sum(by_project.values())
        if row.ondergrens is not None and row.ondergrens > most:
            yield checked.at(
                "plaatsgrenzen",
                row.rij,
                "ondergrens",
                f"Grens {row.grens} vraagt {shown(row.ondergrens)} plaatsen, en meer dan {most} kunnen er nooit zijn:"
                " elk plan blijft eronder.",
                "Verlaag de ondergrens, of voeg een maatregel toe die plaatsen geeft.",
            )


def _decided(case: Case, measure: Measure) -> bool:
    """Whether a measure of the project has started, so that nothing of it is to be chosen any more."""
    return any(other.maatregel in case.started for other in case.projects[measure.project])


def _by_place(effects: Sequence[Effect]) -> Mapping[PlaceKey, list[Effect]]:
    rows: dict[PlaceKey, list[Effect]] = defaultdict(list)
    for row in effects:
        rows[row.locatie, row.zorgvorm].append(row)
    return rows


def _gains(case: Case) -> Gains:
    """The most places that each project can bring to a location and zorgvorm, at any time."""
    most: dict[PlaceKey, dict[str, int]] = defaultdict(dict)
    for measure in case.measures:
        for key, rows in _by_place(case.effects_of.get(measure.maatregel, ())).items():
            gain = sum(row.plaatsen for row in rows if row.plaatsen > NONE)
            if gain > most[key].get(measure.project, NONE):
                most[key][measure.project] = gain
    return most


def inflow_as_places(checked: Checked) -> Iterator[Finding]:
    """A need far above all places that can ever be there: young people who enter, typed as places?"""
    case = checked.case
    blad, rows = ("behoefte", case.group_needs) if case.care_groups else ("vraag", case.demand)
    there = _most_for(case)
    found: dict[str, list[GroupNeed | Demand]] = defaultdict(list)
    for row in rows:
        who = row.doelgroep if isinstance(row, GroupNeed) else row.zorgvorm
        if (row.jeugdigen or NONE) > FAR_MORE * there.get(who, NONE):
            found[who].append(row)
    for who, far in found.items():
        years = listed(sorted({row.jaar for row in far}))
        if case.care_groups and not there.get(who):
            continue  # That nothing suits is told by itself.
        whom = f"van doelgroep {who} een plaats" if case.care_groups else f"een plaats {who}"
        yield checked.at(
            blad,
            far[0].rij,
            "jeugdigen",
            f"In {years} hebben meer jeugdigen {whom} nodig ({shown(far[0].jeugdigen or Decimal(NONE))} in"
            f" {far[0].jaar}) dan anderhalf keer alle plaatsen die er ooit kunnen zijn ({there.get(who, NONE)}).",
            "Tel de plaatsen die tegelijk nodig zijn: de instroom van een jaar maal het verblijf in"
            " maanden, gedeeld door 12.",
        )


def _most_for(case: Case) -> Mapping[str, int]:
    """The most places that can ever be there for each doelgroep (or zorgvorm, with its alternatives)."""
    gains = _gains(case)
    most: dict[str, int] = defaultdict(int)
    for key, place in case.place.items():
        most[case.care.pool_of[key]] += place.plaatsen + sum(gains.get(key, {}).values())
    return {who: sum(most[pool] for pool in pools) for who, pools in case.care.pools_for.items()}


def part_groups(checked: Checked) -> Iterator[Finding]:
    """Places that make no whole groups: those at the start, and those that measures bring."""
    case = checked.case
    added = [row for row in case.effects if row.plaatsen > NONE]
    for blad, rows in (("plaatsen", case.places), ("effecten", added)):
        broken = [row for row in rows if not whole_groups(row.plaatsen, _sizes(case, row.zorgvorm))]
        if broken:
            first = broken[0]
            sizes = _sizes(case, first.zorgvorm)
            groups = f" ({shown(round(Decimal(first.plaatsen) / sizes[0], 2))})" if len(sizes) == 1 else ""
            others = f" Ook in rij {rows_named([row.rij for row in broken[1:]])}." if len(broken) > 1 else ""
            yield checked.at(
                blad,
                first.rij,
                "plaatsen",
                f"{first.plaatsen} plaatsen {first.zorgvorm} zijn geen hele groepen van"
                f" {' of '.join(map(str, sizes))}{groups}.",
                f"Kijk of plaatsen en groepsgrootte kloppen.{others}",
            )


def _sizes(case: Case, form: str) -> tuple[int, ...]:
    """The sizes of groups that a zorgvorm has: its own, and those of its tariffs."""
    of_tariffs = {key.groepsgrootte for key in case.tariff_keys if key.zorgvorm == form}
    return tuple(sorted({case.care_form[form].groepsgrootte or NONE, *of_tariffs} - {NONE}))


def whole_groups(places: int, sizes: Sequence[int]) -> bool:
    """Whether places can be made up of whole groups of some sizes; always where there are none."""
    reached = {NONE}
    for count in range(1, places + 1) if sizes else ():
        if any(count - size in reached for size in sizes):
            reached.add(count)
    return not sizes or places in reached
