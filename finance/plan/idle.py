"""Places that stand empty because PxQ or availability pays for them: municipalities do, and no cost shows it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from finance.case import CostLine
from finance.case.table import listed
from finance.case.words import BURDEN, VACANCY
from finance.findings import Finding
from finance.money import ZERO, Money
from finance.plan.allocation import Outcome
from finance.plan.burden import BILLED


@dataclass(frozen=True)
class IdleYear:
    """A zorgvorm with so many places empty in a year that a whole location could be missed.

    Attributes:
        zorgvorm, jaar: the zorgvorm and the year.
        locatie: the largest location that everybody there could do without.
        bronnen: the sources of municipalities that alone pay for the empty places.
        bedrag: what these pay for them.
    """

    zorgvorm: str
    jaar: int
    locatie: str
    bronnen: tuple[str, ...]
    bedrag: Money


def idle_years(outcome: Outcome) -> Iterator[IdleYear]:
    """The zorgvormen and years of a plan in which PxQ or availability alone pays for a location too many.

    A location can be missed where no more places of it could be used than all locations of the zorgvorm
    leave unused of those that could.
    """
    payers: dict[CostLine, list[str]] = defaultdict(list)
    for line, bron in outcome.allocation.payments:
        payers[line].append(bron)
    for form in outcome.case.care_forms:
        for year in outcome.case.years:
            if year not in outcome.closed_years:
                yield from _idle(outcome, payers, form.zorgvorm, year)


def _idle(outcome: Outcome, payers: Mapping[CostLine, list[str]], form: str, year: int) -> Iterator[IdleYear]:
    keys = [key for key in outcome.case.place if key[1] == form]
    lines = [line for line in (CostLine("", *key, VACANCY, year) for key in keys) if line in outcome.costs]
    sources = sorted({bron for line in lines for bron in payers.get(line, ())})
    billed = all(outcome.case.source[bron].soort in BILLED for bron in sources)
    if not sources or not billed or any(line in outcome.gaps for line in lines):
        return
    could = {key: outcome.largest_use(key, year) for key in keys}
    unused = sum(could.values(), Fraction(0)) - sum((outcome.used[key, year] for key in keys), Fraction(0))
    missed = [(most, key) for key, most in could.items() if 0 < most <= unused]
    if missed:
        amount = Money.total(outcome.paid.get(line, ZERO) for line in lines)
        yield IdleYear(form, year, max(missed)[1][0], tuple(sources), amount)


def idle_places(outcome: Outcome) -> tuple[Finding, ...]:
    """What the reader of a plan must know of places that only PxQ or availability keeps, in Dutch."""
    groups: dict[tuple[str, str, tuple[str, ...]], list[IdleYear]] = defaultdict(list)
    for row in idle_years(outcome):
        groups[row.zorgvorm, row.locatie, row.bronnen].append(row)
    named = any(goal.doel == BURDEN for goal in outcome.case.goals)
    remedy = (
        f"Het doel {BURDEN} telt dit mee; kijk of het niveau in financiering past bij de vraag."
        if named
        else f"Gemeenten betalen dit en geen doel telt het: zet {BURDEN} op het blad doelen, na eigen_geld, of kijk of"
        " het niveau in financiering past bij de vraag."
    )
    return tuple(
        Finding(
            "financiering",
            "",
            f"In {listed([row.jaar for row in rows])} staat van {form} zoveel leeg dat locatie {place} kan worden"
            f" gemist. Alleen {listed(sources)} betaalt die leegstand, samen {_together(rows).dutch()}.",
            remedy,
        )
        for (form, place, sources), rows in groups.items()
    )


def _together(rows: list[IdleYear]) -> Money:
    return Money.total(row.bedrag for row in rows)
