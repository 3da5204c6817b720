"""Money against need before anything is solved: what is asked, and what each source could pay at most."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from finance.case.case import Case, CostLine
from finance.case.funding import revenue
from finance.case.sheets import Measure, Source
from finance.case.words import CREDIT, POT_SORTS, YEARLY_SORTS
from finance.money import ZERO, Money
from finance.places import GRID, steps
from finance.plan.allocation import Allocation, Outcome, PlaceYear
from finance.plan.outlook.places import NONE, most_places, possible_measures
from finance.rules.entitlement import Entitlement

Costs = Mapping[CostLine, Money]


@dataclass(frozen=True)
class YearOutlook:
    """The money of one year.

    Attributes:
        jaar: the calendar year.
        nu: what places and started measures cost without any further measure.
        plaatsen: what places cost with all projects.
        maatregelen: what measures cost with all projects.
        hooguit: the most that yearly sources bring in, by sort.
    """

    jaar: int
    nu: Money
    plaatsen: Money
    maatregelen: Money
    hooguit: Mapping[str, Money]

    @property
    def gevraagd(self) -> Money:
        """What all that together asks."""
        return self.plaatsen + self.maatregelen

    @property
    def jaargeld(self) -> Money:
        """The most that yearly sources bring in together."""
        return Money.total(self.hooguit.values())


@dataclass(frozen=True)
class SourceOutlook:
    """The money of one source over the years of the case.

    Attributes:
        bron: the source.
        soort: its sort.
        hooguit: the most that it could pay.
        gevraagd: what all projects ask that it may pay.
    """

    bron: str
    soort: str
    hooguit: Money
    gevraagd: Money


@dataclass(frozen=True)
class MoneyOutlook:
    """What is asked with all projects, each at its earliest and in its dearest variant, and what could pay it.

    The young people of a zorgvorm are spread over its locations so that all are equally full, at most as full
    as they can be. What was paid in closed years is a fact.

    Attributes:
        entitlement: the rules and the case.
    """

    entitlement: Entitlement

    @property
    def case(self) -> Case:
        """The case."""
        return self.entitlement.case

    @cached_property
    def starts(self) -> Mapping[str, int]:
        """The dearest measure of every project at its earliest start; of equally dear ones the first."""
        dearest = [max(rows, key=self._cost) for rows in possible_measures(self.case).values() if rows]
        return {row.maatregel: self.case.start_years(row)[0] for row in dearest}

    def _cost(self, measure: Measure) -> Money:
        start = self.case.start_years(measure)[0]
        rows = self.case.costs_of.get(measure.maatregel, ())
        return Money.total(self.case.nominal(row, start + row.na_jaren) for row in rows)

    @cached_property
    def costs_now(self) -> Costs:
        """Every cost line without any further measure."""
        return _costs(self.case, self.case.started)

    @cached_property
    def costs(self) -> Costs:
        """Every cost line with all projects."""
        return _costs(self.case, self.starts)

    @cached_property
    def _revenue(self) -> Mapping[tuple[str, int], Money]:
        """The most that each yearly source brings in in each year: every place there that can be, and in use."""
        most = most_places(self.case)
        shares = {form: Fraction(row.bezetting_max) for form, row in self.case.care_form.items()}
        used = {(key, year): shares[key[1]] * places for (key, year), places in most.items()}
        return {
            (source.bron, year): revenue(self.case, source, year, most, used)
            for source in self.case.sources
            for year in self.case.funding_years(source)
        }

    @property
    def jaren(self) -> tuple[YearOutlook, ...]:
        """What every year asks and brings in."""
        return tuple(
            YearOutlook(
                year,
                _total(self.costs_now, year),
                Money.total(amount for line, amount in self.costs.items() if line.jaar == year and not line.maatregel),
                Money.total(amount for line, amount in self.costs.items() if line.jaar == year and line.maatregel),
                {
                    sort: Money.total(
                        self._revenue.get((source.bron, year), ZERO)
                        for source in self.case.sources
                        if source.soort == sort
                    )
                    for sort in YEARLY_SORTS
                    if any(source.soort == sort for source in self.case.sources)
                },
            )
            for year in self.case.years
        )

    @property
    def bronnen(self) -> tuple[SourceOutlook, ...]:
        """What every source could pay and is asked, in the order of the sheet."""
        return tuple(
            SourceOutlook(row.bron, row.soort, self._at_most(row), self._asked(row)) for row in self.case.sources
        )

    def _at_most(self, source: Source) -> Money:
        if source.soort in POT_SORTS:
            return source.pot + self._proceeds(source)
        if source.soort == CREDIT:
            # Owed is never more than its limit, so drawn in a year neither; and nothing in the last one.
            years = len(self.case.source_years(source))
            return (source.bedrag or ZERO).times(max(0, years - 1))
        return Money.total(self._revenue[source.bron, year] for year in self.case.funding_years(source))

    def _proceeds(self, source: Source) -> Money:
        """The most that sales bring into a pot: of each project the measure that brings most."""
        best: dict[str, Money] = defaultdict(lambda: ZERO)
        by_measure: dict[str, Money] = defaultdict(lambda: ZERO)
        for row in self.case.proceeds_into.get(source.bron, ()):
            by_measure[row.maatregel] += row.bedrag
        for project, rows in possible_measures(self.case).items():
            best[project] = max((by_measure[row.maatregel] for row in rows), default=ZERO)
        return Money.total(best.values())

    def _asked(self, source: Source) -> Money:
        """What all projects ask that a source may pay; of some lines it may pay a part only."""
        asked = ZERO
        for line, amount in self.costs.items():
            permission = self.entitlement.permission(source, line)
            if permission.mag:
                tot = permission.tot
                part = amount if tot is None else self.entitlement.part(tot, self.starts, line, amount)
                asked += min(amount, part)
        return asked


def _total(costs: Costs, year: int) -> Money:
    return Money.total(amount for line, amount in costs.items() if line.jaar == year)


def _costs(case: Case, starts: Mapping[str, int]) -> Costs:
    """Every cost line where some measures start; what was paid in closed years is what those cost."""
    outcome = Outcome(case, Allocation(starts, _spread(case, starts), {}, {}))
    return {line: max(ZERO, amount) for line, amount in outcome.costs.items()}


def _spread(case: Case, starts: Mapping[str, int]) -> Mapping[PlaceYear, Decimal]:
    """The young people of each zorgvorm over its locations, so that all are equally full.

    Formula: the need, at most what can be used, times what a location can use / what all can use. Doelgroepen
    take the places that suit them without uitwijk one after another.
    """
    empty, care = Outcome(case, Allocation(starts, {}, {}, {})), case.care
    used = {}
    for year in case.years:
        room = {key: max(NONE, empty.largest_use(key, year)) for key in case.place}
        together: dict[str, Fraction] = defaultdict(Fraction)
        for key, most in room.items():
            together[care.pool_of[key]] += most
        taken: dict[str, Fraction] = defaultdict(Fraction)
        for (who, at), number in care.need.items():
            left = number if at == year else NONE
            for pool in care.pools_for.get(who, ()):
                if not care.diverts(who, pool):
                    more = min(left, together[pool] - taken[pool])
                    taken[pool], left = taken[pool] + more, left - more
        for key, most in room.items():
            pool = care.pool_of[key]
            share = taken[pool] / together[pool] if together[pool] else NONE
            used[key, year] = Decimal(steps(share * most)) / GRID
    return used
