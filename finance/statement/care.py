"""The fields of a result that say who has a place, whose place is uitwijk, and who has none."""

from __future__ import annotations

from finance.case import Case
from finance.plan.allocation import Outcome
from finance.statement.optional import Document, number_of


def cared_for(outcome: Outcome) -> Document:
    """Who has a place and who has none; by zorgvorm, or by doelgroep where the case has those."""
    case = outcome.case
    who_is = "doelgroep" if case.care_groups else "zorgvorm"
    served = [(*key, number) for key, number in sorted(outcome.allocation.served.items()) if number]
    found: Document = {
        "tekort": [
            {who_is: who, "jaar": year, "plaatsen": number_of(short)}
            for (who, year), short in outcome.short.items()
            if short
        ],
        "uitwijk": [
            {who_is: who, **_place(case, "alternatief", pool), "jaar": year, "plaatsen": number_of(number)}
            for who, pool, year, number in served
            if case.care.diverts(who, pool)
        ],
    }
    if case.care_groups:
        found["opvang"] = [
            {"doelgroep": who, **_place(case, "zorgvorm", pool), "jaar": year, "plaatsen": number_of(number)}
            for who, pool, year, number in served
        ]
    return found


def _place(case: Case, column: str, name: str) -> Document:
    """The zorgvorm of a pool, and its location where it is of one."""
    pool = case.care.pools.get(name)
    if pool is None:
        return {column: name}
    return {column: pool.zorgvorm, **({"locatie": pool.locatie} if pool.locatie else {})}
