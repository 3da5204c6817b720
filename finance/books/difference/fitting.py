"""Decisions of one plan put on the input of another, as far as they fit it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from finance.case.case import Case, CostLine
from finance.places import DECIMALS, steps
from finance.plan.allocation import Allocation, Outcome


def fitting(case: Case, given: Allocation) -> Allocation:
    """The decisions that a case has room for; what it no longer knows falls away.

    A measure stays chosen where the case has it and all its costs and effects fall within the years.
    Used places stay as far as there are places, young people as far as there is need. Payments stay
    what was decided, also where the cost is another or is gone: the difference then shows as without
    cover, or as paid too much.

    Args:
        case: the case.
        given: decisions, possibly made for another case.
    """
    starts = {name: year for name, year in given.starts.items() if _is_possible(case, name, year)}
    places = Outcome(case, Allocation(starts, {}, {}, {})).places
    room = {at: Decimal(steps(max(Fraction(0), there))).scaleb(-DECIMALS) for at, there in places.items()}
    used = {at: min(number, room[at]) for at, number in given.used.items() if at in room}
    payments = {
        (line, source): amount
        for (line, source), amount in given.payments.items()
        if source in case.source and _is_known(case, line)
    }
    return Allocation(starts, used, _served(case, given), payments)


def _is_known(case: Case, line: CostLine) -> bool:
    """Whether a case has what a line is for, in that year."""
    if line.krediet:
        return any(row.bron == line.krediet for row in case.credits) and line.jaar in case.years
    owner = line.maatregel in case.measure or (line.locatie, line.zorgvorm) in case.place
    return owner and line.jaar in case.years


def _is_possible(case: Case, name: str, year: int) -> bool:
    lags = [row.na_jaren for row in case.effects_of.get(name, ())]
    lags += [row.na_jaren for row in case.costs_of.get(name, ())]
    last = year + max(lags, default=0)
    return name in case.measure and year in case.years and last in case.years


def _served(case: Case, given: Allocation) -> dict[tuple[str, str, int], Decimal]:
    """Who finds a place, as far as there is need; those whose place is no uitwijk first."""
    care = case.care
    left = {key: Decimal(steps(number)).scaleb(-DECIMALS) for key, number in care.need.items()}
    served = {}
    for (who, pool, year), number in sorted(given.served.items(), key=lambda item: care.diverts(*item[0][:2])):
        if (who, year) in left and pool in care.pools:
            served[who, pool, year] = min(number, left[who, year])
            left[who, year] -= served[who, pool, year]
    return served
