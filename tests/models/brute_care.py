"""Who needs care and who may be where, read off from the rows once more for the oracle that tries everything."""

from __future__ import annotations

from fractions import Fraction

from finance.case import Case, PlaceKey


def needs(case: Case) -> dict[tuple[str, int], Fraction]:
    """The need of each doelgroep and year; of each zorgvorm where the case has no doelgroepen."""
    found: dict[tuple[str, int], Fraction] = {}
    if not case.care_groups:
        return {(row.zorgvorm, row.jaar): Fraction(str(row.jeugdigen)) for row in case.demand}
    for row in case.group_needs:
        found[row.doelgroep, row.jaar] = found.get((row.doelgroep, row.jaar), Fraction(0)) + Fraction(row.jeugdigen)
    for entry in case.inflow:
        years = Fraction(entry.doorlooptijd_maanden) / 12
        at = (entry.doelgroep, entry.jaar)
        found[at] = found.get(at, Fraction(0)) + Fraction(entry.instroom) * years
    return found


def rank(case: Case, who: str, key: PlaceKey) -> int | None:
    """How well the places of a location and zorgvorm suit somebody; None where they do not."""
    location, form = key
    if not case.care_groups:
        away = any((row.zorgvorm, row.alternatief) == (who, form) for row in case.alternatives)
        return 1 if who == form else 2 if away else None
    rows = [row for row in case.suitabilities if (row.doelgroep, row.zorgvorm) == (who, form)]
    near = [row.voorkeur for row in rows if row.locatie == location]
    anywhere = [row.voorkeur for row in rows if not row.locatie]
    return next(iter(near + anywhere), None)
