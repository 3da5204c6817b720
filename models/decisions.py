"""What can be decided: the start years of measures, what they require, and what they do to places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from finance.case import Case, PlaceKey
from finance.case.sheets import Measure
from finance.plan.allocation import PlaceYear
from models.program import Decision, Terms, Usage


def possible_starts(case: Case) -> tuple[Decision, ...]:
    """Every measure in every year in which it can start, by id and year."""
    rows = sorted(case.measures, key=lambda row: row.maatregel)
    return tuple((row.maatregel, year) for row in rows for year in case.start_years(row))


Starts = Callable[[Measure], Collection[int]]
"""The years in which a measure may start."""


def requirements(case: Case, measure: Measure, year: int, starts: Starts) -> dict[str, list[Decision]]:
    """C2: for a start in a year, the starts of other projects one of which must be made.

    `vereist`: a measure of that project that starts in the same year or earlier. `wacht_op`: one
    whose last added places are there by that year, and before any effect of the measure (one that adds none:
    that has started by then).

    Args:
        case: the case.
        measure: the measure that would start.
        year: the year in which it would.
        starts: in which years other measures may start.
    """
    found: dict[str, list[Decision]] = {}
    if measure.vereist:
        found["vereist"] = [
            (other.maatregel, start)
            for other in case.projects[measure.vereist]
            for start in starts(other)
            if start <= year
        ]
    if measure.wacht_op:
        found["wacht_op"] = [
            (other.maatregel, start)
            for other in case.projects[measure.wacht_op]
            for start in starts(other)
            if case.can_follow(measure, year, case.delivery(other, start))
        ]
    return found


def place_changes(case: Case, at: PlaceYear, number: Mapping[Decision, int], starts: Starts) -> tuple[Terms, Terms]:
    """Places by decision over a year (C3), and those of them that open in it and start up (C5).

    Args:
        case: the case.
        at: location, zorgvorm and year.
        number: the number of each decision.
        starts: in which years a measure may start.
    """
    key, year = at
    in_force: dict[int, Fraction] = defaultdict(Fraction)
    arriving: dict[int, Fraction] = defaultdict(Fraction)
    for effect in case.effects_at.get(key, ()):
        for start in starts(case.measure[effect.maatregel]):
            part = effect.in_force(start, year)
            if part:
                in_force[number[effect.maatregel, start]] += effect.plaatsen * part
            if start + effect.na_jaren == year and effect.plaatsen > 0 and effect.aanloop:
                arriving[number[effect.maatregel, start]] += effect.plaatsen * part
    return _floats(in_force), _floats(arriving)


def _floats(terms: Mapping[int, Fraction]) -> Terms:
    return tuple((decision, float(places)) for decision, places in terms.items())


def within_years(case: Case, key: PlaceKey, number: Mapping[Decision, int], starts: Starts) -> Iterator[Terms]:
    """C3 within a year: places by decision on the first of each later month in which some may go.

    Args:
        case: the case.
        key: location and zorgvorm.
        number: the number of each decision.
        starts: in which years a measure may start.
    """
    effects = case.effects_at.get(key, ())
    months = sorted({row.maand for row in effects})
    if months in ([], [1]) or all(row.plaatsen >= 0 for row in effects):
        return
    for moment in ((year, month) for year in case.years for month in months):
        there: dict[int, float] = defaultdict(float)
        for effect in effects:
            for start in starts(case.measure[effect.maatregel]):
                if effect.moment(start) <= moment:
                    there[number[effect.maatregel, start]] += effect.plaatsen
        if any(places < 0 for places in there.values()):
            yield tuple(there.items())


def usages(case: Case, number: Mapping[Decision, int], starts: Starts) -> Iterator[Usage]:
    """C12: what decisions use of each resource, in the years that are not closed.

    What has started is a fact: what that uses is there, however little there should be.

    Args:
        case: the case.
        number: the number of each decision.
        starts: in which years a measure may start.
    """
    for row in case.resources:
        if row.jaar in case.closed_years:
            continue
        used: dict[int, Decimal] = defaultdict(Decimal)
        for claim in case.claims_on.get(row.hulpbron, ()):
            start = row.jaar - claim.na_jaren
            if start in starts(case.measure[claim.maatregel]):
                used[number[claim.maatregel, start]] += claim.hoeveelheid
        terms = tuple((decision, float(amount)) for decision, amount in used.items() if amount)
        if terms:
            available = max(row.beschikbaar, case.used_by(case.started, row.hulpbron, row.jaar))
            yield Usage(row.hulpbron, row.jaar, terms, float(available))


def shares(case: Case, form_id: str) -> tuple[float, float]:
    """C5: bezetting_max of a zorgvorm, and that less its first-year value."""
    form = case.care_form[form_id]
    first_year = min(form.bezetting_max, form.aanloop_jaar1)
    return float(form.bezetting_max), float(form.bezetting_max - first_year)
