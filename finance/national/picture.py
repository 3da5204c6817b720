"""Several regions with their plans as one picture: places and young people by landsdeel and year, and money."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Final

from finance.case.case import Case, PlaceKey
from finance.case.words import GRANT, OPERATION, REPAYMENT
from finance.money import ZERO, Money
from finance.national.region import NOWHERE, RegionPlan
from finance.national.transport import Transport
from finance.rules.ceilings import BASIC
from finance.rules.library import Knowledge
from finance.rules.municipalities import bare_name
from finance.rules.national import (
    NationalGrant,
    landsdeel_of_town,
    landsdelen,
    national_counts,
    national_grants,
    steps_between,
)
from finance.rules.revision import RevisionRules

NONE: Final = Fraction(0)
CARE: Final = frozenset({OPERATION, REPAYMENT})
"""What is no cost of the transition: care itself, and paying back what was borrowed for costs that count already."""


@dataclass(frozen=True)
class PlaceRow:
    """Places and young people of one landsdeel in one year, in one plan; all in place-years.

    Attributes:
        plan: the plan.
        landsdeel: the landsdeel.
        jaar: the calendar year.
        gesloten: places for closed youth care, without hybrid ones.
        hybride: hybrid places.
        open: all other places.
        bezet: young people on closed and hybrid places.
        bezet_open: young people on other places.
        vrij: closed and hybrid places that could be used and are not.
        tekort: young people who need a closed or hybrid place and have none, also not of another zorgvorm.
        tekort_open: the same of the other zorgvormen.
    """

    plan: RegionPlan
    landsdeel: str
    jaar: int
    gesloten: Fraction
    hybride: Fraction
    open: Fraction
    bezet: Fraction
    bezet_open: Fraction
    vrij: Fraction
    tekort: Fraction
    tekort_open: Fraction

    @property
    def holds_something(self) -> bool:
        """Whether there are places, or young people without one."""
        return any((self.gesloten, self.hybride, self.open, self.tekort, self.tekort_open))


@dataclass(frozen=True)
class CostRow:
    """What the transition costs in one landsdeel and year, of one kostensoort, in one plan, and who pays it.

    Attributes:
        plan: the plan.
        landsdeel: the landsdeel.
        kostensoort: the kostensoort.
        jaar: the calendar year.
        kosten: what it costs.
        uit: what each national grant pays of it, in their order.
        anders: what all other sources pay of it.
    """

    plan: RegionPlan
    landsdeel: str
    kostensoort: str
    jaar: int
    kosten: Money
    uit: tuple[Money, ...]
    anders: Money


@dataclass(frozen=True)
class GrantRow:
    """One source of a plan that is a grant under one of the national ones.

    Attributes:
        plan: the plan.
        uitkering: the national grant.
        bron: the source.
        gemeente: the municipality that received it, as the regulation spells it where it knows it.
        landsdeel: the landsdeel of that municipality.
        soort: basis, herziening or restant.
        verleend: what was granted, without what is kept for places outside the case.
        verkocht: proceeds of sales that flow into it.
        besteed: what it pays.
    """

    plan: RegionPlan
    uitkering: NationalGrant
    bron: str
    gemeente: str
    landsdeel: str
    soort: str
    jaar: int | None
    verleend: Money
    verkocht: Money
    besteed: Money


@dataclass(frozen=True)
class AreaYear:
    """A landsdeel in a year, all plans together.

    Attributes:
        landsdeel: the landsdeel.
        jaar: the calendar year.
        rows: what each plan has there.
    """

    landsdeel: str
    jaar: int
    rows: tuple[PlaceRow, ...]

    def total(self, name: str) -> Fraction:
        """The sum of an attribute of the rows."""
        return sum((getattr(row, name) for row in self.rows), NONE)

    @property
    def left(self) -> Fraction:
        """Free places that remain when its own young people take them, in another zorgvorm if need be."""
        return max(NONE, self.total("vrij") - self.total("tekort"))

    @property
    def lacking(self) -> Fraction:
        """Young people without a place when its own free places are used."""
        return max(NONE, self.total("tekort") - self.total("vrij"))


@dataclass(frozen=True)
class National:
    """Plans of several regions together.

    Attributes:
        plans: the plans, in the order in which their cases were given.
    """

    plans: tuple[RegionPlan, ...]

    @cached_property
    def grants(self) -> tuple[NationalGrant, ...]:
        """The national grants."""
        return national_grants()

    @cached_property
    def years(self) -> tuple[int, ...]:
        """Every year of some plan."""
        return tuple(sorted({year for plan in self.plans for year in plan.case.years}))

    @cached_property
    def landsdelen(self) -> tuple[str, ...]:
        """The landsdelen that something is of, in their order; what is not known comes last."""
        found = {row.landsdeel for row in self.place_rows} | {row.landsdeel for row in self.cost_rows}
        return tuple(name for name in (*(rule.naam for rule in landsdelen()), NOWHERE) if name in found)

    @cached_property
    def place_rows(self) -> tuple[PlaceRow, ...]:
        """Places and young people of each plan, by landsdeel and year; of no landsdeel only what there is."""
        rows = (
            _place_row(plan, name, year)
            for plan in self.plans
            for name in plan.region.landsdelen
            for year in plan.case.years
        )
        return tuple(row for row in rows if row.landsdeel != NOWHERE or row.holds_something)

    @cached_property
    def area_years(self) -> tuple[AreaYear, ...]:
        """Every landsdeel with every year, all plans together."""
        found: dict[tuple[str, int], list[PlaceRow]] = defaultdict(list)
        for row in self.place_rows:
            found[row.landsdeel, row.jaar].append(row)
        return tuple(
            AreaYear(name, year, tuple(found[name, year]))
            for name in self.landsdelen
            for year in self.years
            if (name, year) in found
        )

    @cached_property
    def cost_rows(self) -> tuple[CostRow, ...]:
        """What the transition costs, line by line of a landsdeel, kostensoort and year of a plan."""
        return tuple(row for plan in self.plans for row in _cost_rows(plan, self.grants))

    @cached_property
    def grant_rows(self) -> tuple[GrantRow, ...]:
        """The sources that are grants under a national one."""
        return tuple(row for plan in self.plans for row in _grant_rows(plan, self.grants))

    @cached_property
    def transports(self) -> Mapping[int, Transport]:
        """What could be taken over in each year in which somebody falls short and somebody else has places free."""
        found = {}
        for year in self.years:
            areas = [row for row in self.area_years if row.jaar == year and row.landsdeel != NOWHERE]
            free = {row.landsdeel: row.left for row in areas if row.left}
            short = {row.landsdeel: row.lacking for row in areas if row.lacking}
            if free and short:
                found[year] = Transport(free, short, steps_between())
        return found

    @cached_property
    def keys(self) -> Mapping[str, int]:
        """The places of each landsdeel that the thresholds of annex 2 come to: a key, and never a norm (RG-19)."""
        found = dict.fromkeys((rule.naam for rule in landsdelen()), 0)
        for row in RevisionRules(Knowledge(date.max)).thresholds:
            area = landsdeel_of_town(row.gemeente)
            if area:
                found[area.naam] += row.plaatsen
        return found

    def country_on(self, day: date, what: str) -> Fraction | None:
        """Places or young people in the country on a day: on a straight line between two counts, or to the goal.

        Args:
            day: the day.
            what: `plaatsen` or `jongeren`.

        Returns:
            The number; None for a day before the first count.
        """
        counts = national_counts()
        before = [row for row in counts if row.op <= day]
        after = [row for row in counts if row.op > day]
        if not before:
            return None
        low = Fraction(getattr(before[-1], what))
        if not after:
            return low
        part = Fraction((day - before[-1].op).days, (after[0].op - before[-1].op).days)
        return low + (Fraction(getattr(after[0], what)) - low) * part


def _place_row(plan: RegionPlan, area: str, year: int) -> PlaceRow:
    case, outcome, region = plan.case, plan.outcome, plan.region
    keys = [key for key in case.place if region.of_location(key[0]) == area]
    closed = [key for key in keys if case.care_form[key[1]].is_closed]
    hybrid = [key for key in closed if case.care_form[key[1]].is_hybrid]

    def places(these: Iterable[PlaceKey]) -> Fraction:
        return sum((outcome.places[key, year] for key in these), NONE)

    def used(these: Iterable[PlaceKey]) -> Fraction:
        return sum((outcome.used[key, year] for key in these), NONE)

    free = sum((max(NONE, outcome.largest_use(key, year) - outcome.used[key, year]) for key in closed), NONE)
    short = {True: NONE, False: NONE}
    for (who, in_year), number in outcome.short.items():
        if in_year == year and region.of_need(who) == area:
            short[_needs_closed(case, who)] += number
    return PlaceRow(
        plan,
        area,
        year,
        places(closed) - places(hybrid),
        places(hybrid),
        places(keys) - places(closed),
        used(closed),
        used(keys) - used(closed),
        free,
        short[True],
        short[False],
    )


def _needs_closed(case: Case, who: str) -> bool:
    """Whether a doelgroep needs a closed or hybrid place: no other suits it best; or whether a zorgvorm is one."""
    if not case.care_groups:
        return case.care_form[who].is_closed
    best = [key[1] for key, pool in case.care.pool_of.items() if case.care.suits_best(who, pool)]
    return bool(best) and all(case.care_form[form].is_closed for form in best)


def _cost_rows(plan: RegionPlan, grants: tuple[NationalGrant, ...]) -> Iterable[CostRow]:
    """Costs of measures and of vacancy, and whatever else a grant pays; structural care is left out."""
    case, outcome, region = plan.case, plan.outcome, plan.region
    numbers = {grant.regel.regeling: number for number, grant in enumerate(grants)}
    by_key: dict[tuple[str, str, int], list[Money]] = defaultdict(lambda: [ZERO] * (len(grants) + 2))
    lines = dict.fromkeys((*outcome.costs, *(line for line, _ in plan.allocation.payments)))
    paid: dict[object, list[Money]] = defaultdict(lambda: [ZERO] * (len(grants) + 1))
    for (line, name), amount in plan.allocation.payments.items():
        source = case.source[name]
        number = numbers.get(source.regeling, len(grants)) if source.soort == GRANT else len(grants)
        paid[line][number] += amount
    for line in lines:
        from_grants = any(amount != ZERO for amount in paid[line][:-1])
        if line.kostensoort not in CARE or from_grants:
            sums = by_key[region.of_line(line), line.kostensoort, line.jaar]
            for number, amount in enumerate((outcome.costs.get(line, ZERO), *paid[line])):
                sums[number] += amount
    order = {name: number for number, name in enumerate(region.landsdelen)}
    for (area, sort, year), (cost, *shares, other) in sorted(
        by_key.items(), key=lambda item: (order[item[0][0]], item[0][1], item[0][2])
    ):
        yield CostRow(plan, area, sort, year, cost, tuple(shares), other)


def _grant_rows(plan: RegionPlan, grants: tuple[NationalGrant, ...]) -> Iterable[GrantRow]:
    case = plan.case
    by_regulation = {grant.regel.regeling: grant for grant in grants}
    pots = {row.bron: row for row in plan.outcome.balances if row.jaar is None}
    for source in case.sources:
        if source.soort == GRANT and source.regeling in by_regulation:
            grant = by_regulation[source.regeling]
            town = case.grant_municipality(source)
            known = {name.casefold(): name for name in grant.maxima}
            area = landsdeel_of_town(bare_name(town))
            decision = case.decision_of(source)
            pot = pots[source.bron]
            yield GrantRow(
                plan,
                grant,
                source.bron,
                known.get(town.casefold(), town),
                area.naam if area else NOWHERE,
                decision.soort if decision else BASIC,
                decision.jaar if decision else None,
                pot.eigen_opbrengst,
                pot.verkocht,
                pot.betaald,
            )
