"""The allocation: what is decided, and what follows from it to the cent.

An allocation holds decisions only: start years, used places, who is served where, payments. All
else (places, costs, revenues, gaps, goals) is computed from the case and these, here, in exact
arithmetic, for a plan of the model and for a hand-made one alike.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import Final

from finance.calendar import YearSpan
from finance.case.case import Case, CostLine, PlaceKey
from finance.case.credit import CreditYear, credit_years
from finance.case.sheets import PlaceBound, Source
from finance.case.words import BURDEN, CHANGES, FLOOR, GRANT, OPERATION, VACANCY
from finance.money import ZERO, Exact, Money
from finance.places import on_grid
from finance.plan.burden import Burden, RegionBurden, burdens, by_region
from finance.plan.changes import ApprovedAmounts, Change
from finance.plan.ledger import Ledger, YearBalance
from finance.plan.readings import OtherReading

PlaceYear = tuple[PlaceKey, int]
"""A location and zorgvorm, and a calendar year."""

OWN_SORTS: Final = ("eigen", "gemeente")


@dataclass(frozen=True)
class Allocation:
    """The decisions of one plan.

    Attributes:
        starts: the start year of each chosen measure.
        used: used places per location, zorgvorm and year, in places; zeros may be left out.
        served: young people of a doelgroep who get a place of a pool (`finance.case.care`), per
            (doelgroep, pool, year), in places; zeros may be left out. Without doelgroepen both are a zorgvorm:
            the one that is needed, and itself or an alternative.
        payments: what each source pays of each cost line; never zero.
    """

    starts: Mapping[str, int]
    used: Mapping[PlaceYear, Decimal]
    served: Mapping[tuple[str, str, int], Decimal]
    payments: Mapping[tuple[CostLine, str], Money]


class Status(StrEnum):
    """How far a solve came; a plan that a person made was never solved."""

    OPTIMAL = "optimaal"
    TIME_LIMIT = "tijdslimiet"
    JUDGED = "getoetst"


@dataclass(frozen=True, slots=True)
class GoalProof:
    """What the solver proved of one goal.

    Attributes:
        doel: the goal.
        bewezen: whether its optimum is proven.
        bewijs: how, in Dutch.
        kloof: the absolute distance to the best proven bound, in the goal's unit; 0 where proven.
    """

    doel: str
    bewezen: bool
    bewijs: str
    kloof: Decimal


@dataclass(frozen=True)
class Plan:
    """A finished plan of the model, or one that a person made.

    Attributes:
        allocation: the decisions.
        status: optimal, stopped by the time limit, or made by hand and judged.
        proofs: per goal, in the order of the case, what was proven.
        solver: name and version of the solver.
        wijzigingen: the decisions that differ from an approved plan; empty where there is none.
        goedgekeurd: what that approved plan came to; None where there is none, or it does not say.
        lezingen: what it would come to under readings that are wider than a rule which applies.
    """

    allocation: Allocation
    status: Status
    proofs: tuple[GoalProof, ...]
    solver: str
    wijzigingen: tuple[Change, ...] = ()
    goedgekeurd: ApprovedAmounts | None = None
    lezingen: tuple[OtherReading, ...] = ()


def facts_of(case: Case) -> Allocation:
    """What has happened: the measures that have started, and what was paid in the closed years."""
    return Allocation(case.started, {}, {}, case.actual_payments)


@dataclass(frozen=True)
class Outcome:
    """What follows from an allocation: places, costs, cover, gaps, balances, goals.

    Attributes:
        case: the case.
        allocation: the decisions.
    """

    case: Case
    allocation: Allocation

    @cached_property
    def places(self) -> Mapping[PlaceYear, Fraction]:
        """C3: places at the start plus the effects that have taken effect, over the year, on the grid of places.

        An effect counts in its first year for the months from its own on.
        """
        starts = self.allocation.starts
        return {
            (key, year): on_grid(
                row.plaatsen
                + sum(
                    effect.plaatsen * effect.in_force(starts[effect.maatregel], year)
                    for effect in self.case.effects_at.get(key, ())
                    if effect.maatregel in starts
                )
            )
            for key, row in self.case.place.items()
            for year in self.case.years
        }

    def places_in(self, key: PlaceKey, moment: tuple[int, int]) -> int:
        """C3: places on the first of a month, as year and month."""
        starts = self.allocation.starts
        return self.case.place[key].plaatsen + sum(
            effect.plaatsen
            for effect in self.case.effects_at.get(key, ())
            if effect.maatregel in starts and effect.moment(starts[effect.maatregel]) <= moment
        )

    @cached_property
    def used(self) -> Mapping[PlaceYear, Fraction]:
        """Used places, every location, zorgvorm and year named."""
        given = self.allocation.used
        return {at: Fraction(given.get(at, Decimal(0))) for at in self.places}

    @cached_property
    def empty(self) -> Mapping[PlaceYear, Fraction]:
        """C4: empty places are the places that are not used."""
        return {at: places - self.used[at] for at, places in self.places.items()}

    def new_places(self, key: PlaceKey, year: int) -> Fraction:
        """Places that open in a year and are new to the young people, over that year (for C5)."""
        starts = self.allocation.starts
        return on_grid(
            sum(
                effect.plaatsen * effect.deel
                for effect in self.case.effects_at.get(key, ())
                if effect.plaatsen > 0 and effect.aanloop and effect.maatregel in starts
                if starts[effect.maatregel] + effect.na_jaren == year
            )
        )

    def largest_use(self, key: PlaceKey, year: int) -> Fraction:
        """C5: the most places that can be used in a year, on the grid of places.

        Formula: bezetting_max x places - (bezetting_max - min(bezetting_max, aanloop_jaar1)) x
        new places of the year.
        """
        form = self.case.care_form[key[1]]
        most = Fraction(form.bezetting_max)
        first_year = min(most, Fraction(form.aanloop_jaar1))
        return on_grid(most * self.places[key, year] - (most - first_year) * self.new_places(key, year))

    @cached_property
    def short(self) -> Mapping[tuple[str, int], Fraction]:
        """C6: young people of each doelgroep (or zorgvorm) and year who find no place."""
        helped: dict[tuple[str, int], Fraction] = defaultdict(Fraction)
        for (who, _, year), number in self.allocation.served.items():
            helped[who, year] += Fraction(number)
        return {key: number - helped[key] for key, number in self.case.care.need.items()}

    def places_of_form(self, form: str, year: int) -> Fraction:
        """Available places of a zorgvorm over all locations."""
        return sum((self.places[key, year] for key in self.case.place if key[1] == form), Fraction(0))

    @cached_property
    def over(self) -> Mapping[tuple[str, int], Fraction]:
        """C7: places above the ceiling, for every zorgvorm and year that has one."""
        return {
            key: max(Fraction(0), on_grid(self.places_of_form(*key) - Fraction(row.plafond)))
            for key, row in self.case.demand_in.items()
            if row.plafond is not None
        }

    def places_within(self, bound: PlaceBound) -> Fraction:
        """Available places that a row of `plaatsgrenzen` counts together."""
        keys = self.case.bounded(bound)
        return sum((self.places[key, bound.jaar] for key in keys), Fraction(0))

    @cached_property
    def over_bounds(self) -> Mapping[tuple[str, int], Fraction]:
        """C7: places above bovengrens, for every row of `plaatsgrenzen` that has one."""
        return {
            (row.grens, row.jaar): max(Fraction(0), on_grid(self.places_within(row) - Fraction(row.bovengrens)))
            for row in self.case.place_bounds
            if row.bovengrens is not None
        }

    @cached_property
    def under_bounds(self) -> Mapping[tuple[str, int], Fraction]:
        """C7: places missing below ondergrens, for every row of `plaatsgrenzen` that has one."""
        return {
            (row.grens, row.jaar): max(Fraction(0), on_grid(Fraction(row.ondergrens) - self.places_within(row)))
            for row in self.case.place_bounds
            if row.ondergrens is not None
        }

    @cached_property
    def costs(self) -> Mapping[CostLine, Money]:
        """C8: every cost line that is not zero, rounded to the cent, in a fixed order.

        What a line of a closed year costs is what was paid of it; what a credit gets back is what the plan
        pays of it, and in its last year all that is owed.
        """
        lines = {line: amount for line, amount in self.planned_costs.items() if line.jaar not in self.closed_years}
        for (line, _), amount in self.case.actual_payments.items():
            lines[line] = lines.get(line, ZERO) + amount
        for row in self.credits:
            if row.jaar not in self.closed_years:
                lines[row.regel] = row.te_betalen
        return {line: amount for line, amount in sorted(lines.items()) if amount != ZERO}

    @cached_property
    def credits(self) -> tuple[CreditYear, ...]:
        """C13: what is owed on each credit, year by year."""
        return credit_years(self.case, self.allocation.payments)

    @cached_property
    def counted_costs(self) -> Mapping[CostLine, Money]:
        """What counts as cost: every line, but of a credit only the interest, in the year over which it is due."""
        of_credits = {row.regel: row.rente for row in self.credits}
        return {
            line: amount
            for line in dict.fromkeys((*self.costs, *of_credits))
            if (amount := of_credits.get(line, self.costs.get(line, ZERO))) != ZERO
        }

    @cached_property
    def closed_years(self) -> YearSpan:
        """The years of which the payments are facts."""
        return self.case.closed_years

    @cached_property
    def planned_costs(self) -> Mapping[CostLine, Money]:
        """What every line would cost at the prices of the plan, in closed years too."""
        lines: dict[CostLine, Money] = {}
        for name, start in self.allocation.starts.items():
            for row in self.case.costs_of.get(name, ()):
                year = start + row.na_jaren
                line = CostLine(name, "", "", row.kostensoort, year)
                lines[line] = lines.get(line, ZERO) + self.case.nominal(row, year)
        for (key, year), number in self.used.items():
            for sort, count in ((OPERATION, number), (VACANCY, self.empty[key, year])):
                price = self.case.place_price(self.case.place[key], sort, year)
                lines[CostLine("", *key, sort, year)] = Money.rounded(price * count)
        return lines

    @property
    def unpaid(self) -> Mapping[CostLine, Money]:
        """What the plan would make of lines of closed years of which nothing was paid."""
        closed, costs = self.closed_years, self.costs
        return {
            line: amount
            for line, amount in self.planned_costs.items()
            if line.jaar in closed and amount != ZERO and line not in costs
        }

    @cached_property
    def paid(self) -> Mapping[CostLine, Money]:
        """What all sources together pay of each line that is paid at all."""
        totals: dict[CostLine, Money] = {}
        for (line, _), amount in self.allocation.payments.items():
            totals[line] = totals.get(line, ZERO) + amount
        return totals

    @cached_property
    def gaps(self) -> Mapping[CostLine, Money]:
        """C8: what stays without cover, per line, where not zero; below zero where too much is paid."""
        lines = dict.fromkeys((*self.costs, *self.paid))
        gaps = {line: self.costs.get(line, ZERO) - self.paid.get(line, ZERO) for line in lines}
        return {line: amount for line, amount in gaps.items() if amount != ZERO}

    @cached_property
    def ledger(self) -> Ledger:
        """C9 and C10: the money of every source."""
        allocation = self.allocation
        return Ledger(self.case, allocation.starts, allocation.payments, self.places, self.used)

    @property
    def balances(self) -> tuple[YearBalance, ...]:
        """Each source's money: a row per pot, and per year of a yearly source."""
        return self.ledger.balances

    @property
    def paid_by_source(self) -> Mapping[str, Money]:
        """What each source pays in all."""
        return self.ledger.paid_by_source

    def kept(self, source: Source) -> Money:
        """What the closed years leave of a pot."""
        return self.ledger.kept(source)

    def discount(self, year: int) -> Fraction:
        """The worth in the first year of one euro in a year: 1 / (1 + discontovoet)^(t - first)."""
        rate = 1 + Fraction(self.case.settings.discontovoet)
        return 1 / rate ** (year - self.case.years.first)

    @cached_property
    def net_present_cost(self) -> Fraction:
        """All costs in prices of prijspeil, discounted to the first year, in euros; exact.

        What was paid in a closed year counts as it was paid.
        """
        measures = sum(
            (
                row.bedrag.euros * self.discount(start + row.na_jaren)
                for name, start in self.allocation.starts.items()
                for row in self.case.costs_of.get(name, ())
                if start + row.na_jaren not in self.closed_years
            ),
            Fraction(0),
        )
        places = sum(
            (
                self.discount(year)
                * (
                    number * self.case.base_price(self.case.place[key], OPERATION)
                    + self.empty[key, year] * self.case.base_price(self.case.place[key], VACANCY)
                )
                for (key, year), number in self.used.items()
                if year not in self.closed_years
            ),
            Fraction(0),
        )
        interest = (
            row.rente.euros * self.discount(row.jaar) for row in self.credits if row.jaar not in self.closed_years
        )
        return measures + places + sum(interest, Fraction(0)) + self.closed_present_cost

    @cached_property
    def closed_present_cost(self) -> Fraction:
        """What was paid in the closed years, and of credits the interest, discounted to the first year; exact."""
        paid = (
            amount.euros * self.discount(line.jaar)
            for (line, _), amount in self.case.actual_payments.items()
            if not line.krediet
        )
        interest = (row.rente.euros * self.discount(row.jaar) for row in self.credits if row.jaar in self.closed_years)
        return sum((*paid, *interest), Fraction(0))

    @cached_property
    def burdens(self) -> tuple[Burden, ...]:
        """What municipalities pay and owe on each of their sources."""
        return burdens(self.ledger)

    @cached_property
    def region_burdens(self) -> tuple[RegionBurden, ...]:
        """What each region of the case bears of that; nothing where it names none."""
        return by_region(self.case.regions, self.burdens)

    @cached_property
    def goals(self) -> Mapping[str, Exact | Money]:
        """The value of each goal, money as Money."""
        starts = self.allocation.starts
        chosen = [self.case.measure[name] for name in starts]
        changes = {CHANGES: len(self.case.changed(starts))} if self.case.approval else {}
        return {
            **changes,
            "tekort_plaatsen": sum(self.short.values(), Fraction(0)),
            "uitwijk": sum(
                (
                    Fraction(n)
                    for (who, pool, _), n in self.allocation.served.items()
                    if self.case.care.diverts(who, pool)
                ),
                Fraction(0),
            ),
            "boven_plafond": sum((*self.over.values(), *self.over_bounds.values()), Fraction(0)),
            FLOOR: sum(self.under_bounds.values(), Fraction(0)),
            "ongedekt": Money.total(max(ZERO, gap) for gap in self.gaps.values()),
            "eigen_geld": Money.total(
                self.paid_by_source[row.bron] for row in self.case.sources if row.soort in OWN_SORTS
            ),
            BURDEN: Money.total(row.betaald for row in self.burdens),
            "waardering": sum((row.waardering for row in chosen), Decimal(0)),
            "kosten_ncw": Money.rounded(self.net_present_cost),
            "spuk_onbesteed": Money.total(
                max(ZERO, row.pot - self.paid_by_source[row.bron]) for row in self.case.sources if row.soort == GRANT
            ),
            "startjaren": sum(starts[row.maatregel] - row.vroegste_start for row in chosen),
        }

    @property
    def closed(self) -> bool:
        """Whether every euro has cover (`sluitend`)."""
        return not self.gaps
