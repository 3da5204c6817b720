"""Need against places before anything is solved: without any further measure, and with all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from finance.case.case import Case, PlaceKey
from finance.case.sheets import Measure
from finance.case.words import MUST
from finance.places import on_grid

NONE = Fraction(0)


def possible_measures(case: Case) -> Mapping[str, tuple[Measure, ...]]:
    """The measures of each project of which one can be chosen, or has started.

    A measure that can start in no year is left out, and so is every other one where one must be chosen.
    """
    possible = {}
    for project, rows in case.projects.items():
        able = [row for row in rows if case.start_years(row)]
        forced = [row for row in able if row.keuze == MUST]
        possible[project] = tuple(forced or able)
    return possible


def brought(case: Case, measure: Measure, start: int, key: PlaceKey, year: int) -> Fraction:
    """The places that a measure adds in a year at a location and zorgvorm, where it starts in a year."""
    effects = case.effects_of.get(measure.maatregel, ())
    return sum(
        (row.plaatsen * row.in_force(start, year) for row in effects if (row.locatie, row.zorgvorm) == key),
        NONE,
    )


def most_places(case: Case) -> Mapping[tuple[PlaceKey, int], Fraction]:
    """The most places that any plan can have at a location and zorgvorm in a year; exact, and never too few.

    Formula: the places at the start, plus of each project what its best measure and start year add there, or
    nothing where the project may be left out.
    """
    most = {}
    for key, place in case.place.items():
        for year in case.years:
            gains = (_gain(case, rows, key, year) for rows in possible_measures(case).values() if rows)
            most[key, year] = on_grid(max(NONE, place.plaatsen + sum(gains, NONE)))
    return most


def _gain(case: Case, rows: tuple[Measure, ...], key: PlaceKey, year: int) -> Fraction:
    all_gains = [brought(case, row, start, key, year) for row in rows for start in case.start_years(row)]
    has_started = any(row.maatregel in case.started for row in rows)
    return max(all_gains) if has_started else max(NONE, *all_gains)


@dataclass(frozen=True)
class FormYear:
    """The need and the places of a zorgvorm in a year, over all locations.

    Attributes:
        jaar: the calendar year.
        nodig: the places that young people need.
        nu: the places without any further measure: those of measures that have started count.
        minst: the places with all projects, each at its earliest, of the variants that leave the fewest.
        meest: likewise of the variants that leave the most.
    """

    jaar: int
    nodig: Fraction
    nu: Fraction
    minst: Fraction
    meest: Fraction


@dataclass(frozen=True)
class FormOutlook:
    """A zorgvorm over the years.

    Attributes:
        zorgvorm: its id; of a case with doelgroepen the id of one of those.
        bezetting_max: the largest share of its places that can be used.
        jaren: each year.
    """

    zorgvorm: str
    bezetting_max: Fraction
    jaren: tuple[FormYear, ...]

    def is_short(self, need: Fraction, places: Fraction) -> bool:
        """Whether more young people need a place than can have one."""
        return need > self.bezetting_max * places


def form_outlooks(case: Case) -> tuple[FormOutlook, ...]:
    """Need against places of every zorgvorm that has either, in the order of the sheet; of every doelgroep instead.

    Of a doelgroep the places are those that suit it without uitwijk, which may suit others too.
    """
    if case.care_groups:
        return tuple(_of_group(case, row.doelgroep) for row in case.care_groups)
    used = {key[1] for key in case.place} | {row.zorgvorm for row in case.demand}
    return tuple(
        FormOutlook(
            form.zorgvorm,
            Fraction(form.bezetting_max),
            tuple(_years(case, form.zorgvorm, [key for key in case.place if key[1] == form.zorgvorm])),
        )
        for form in case.care_forms
        if form.zorgvorm in used
    )


def _of_group(case: Case, group: str) -> FormOutlook:
    care = case.care
    keys = [key for key, pool in care.pool_of.items() if care.suits_best(group, pool)]
    share = max((Fraction(case.care_form[form].bezetting_max) for _, form in keys), default=Fraction(1))
    return FormOutlook(group, share, tuple(_years(case, group, keys)))


def _years(case: Case, who: str, keys: Sequence[PlaceKey]) -> Iterator[FormYear]:
    possible = possible_measures(case)
    for year in case.years:
        needed = case.care.need.get((who, year), NONE)
        now = least = most = Fraction(sum(case.place[key].plaatsen for key in keys))
        for rows in possible.values():
            gains = [
                sum((brought(case, row, case.start_years(row)[0], key, year) for key in keys), NONE) for row in rows
            ]
            if gains and rows[0].maatregel in case.started:
                now += gains[0]
            least, most = least + min(gains, default=NONE), most + max(gains, default=NONE)
        yield FormYear(year, needed, *(max(NONE, row) for row in (now, least, most)))
