"""What a plan does to the result of a provider, year by year, under three ways of paying.

The costs are those of the plan: its places at the prices of the case, and the frictiekosten and the
start-up of the measures of the provider. Against them stands what each way of paying brings in: by
what `financiering` agrees, with the formulas of the model, or by an assumption where it agrees nothing.
Every amount of a year is in whole cents; what is needed to break even is solved from exact numbers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import cast

from finance.case import Case, CostLine
from finance.case.cost_price import DAYS
from finance.case.funding import lumpsum_share
from finance.case.pricing import empty_prices
from finance.case.sheets import Funding, Places
from finance.case.words import GRANT, OPERATION, VACANCY
from finance.money import ZERO, Money
from finance.plan.allocation import Allocation, Outcome
from finance.tariff.tariff import FORMS, Form, to_cents
from finance.tariff.transition.carried import Carried, FormYear
from finance.tariff.transition.costs import HELPING_SORTS, PROVIDER_SORTS, ExtraCost, PlaceYearCost, weight_of
from finance.tariff.transition.deals import NONE, ONCE, Deal


@dataclass(frozen=True)
class Transition:
    """The providers of a case over the years of a plan.

    Attributes:
        case: the case.
        allocation: the plan.
    """

    case: Case
    allocation: Allocation

    @cached_property
    def outcome(self) -> Outcome:
        """What follows from the plan."""
        return Outcome(self.case, self.allocation)

    @cached_property
    def providers(self) -> tuple[str, ...]:
        """The providers, in the order of the case."""
        return tuple(row.aanbieder for row in self.case.providers)

    @cached_property
    def places(self) -> tuple[PlaceYearCost, ...]:
        """The places of every location and zorgvorm in every year, in the order of the case."""
        return tuple(self._place_year(row, year) for row in self.case.places for year in self.case.years)

    def _place_year(self, row: Places, year: int) -> PlaceYearCost:
        key = (row.locatie, row.zorgvorm)
        tariff = self.case.tariff_for(row, year) if empty_prices(row) else None
        return PlaceYearCost(
            plek=row,
            aanbieder=self.case.location[row.locatie].aanbieder,
            jaar=year,
            plaatsen=self.outcome.places[key, year],
            bezet=self.outcome.used[key, year],
            bezetprijs=self.case.place_price(row, OPERATION, year),
            leegprijs=self.case.place_price(row, VACANCY, year),
            tarief=tariff,
            volheid=tariff.bezetting if tariff else self._fullest(row),
        )

    def _fullest(self, row: Places) -> Fraction:
        """How full places can be at most; full where the case says that they cannot be used at all."""
        return Fraction(self.case.care_form[row.zorgvorm].bezetting_max) or ONCE

    @cached_property
    def extra_costs(self) -> tuple[ExtraCost, ...]:
        """Frictiekosten and start-up of each provider, and what a grant pays of its vacancy."""
        rows: list[ExtraCost] = []
        for line, amount in self.outcome.costs.items():
            own = line.kostensoort in PROVIDER_SORTS
            helped = self._helped.get(line, ZERO)
            if own or helped != ZERO:
                rows.append(ExtraCost(self.case.provider_of(line), line, amount if own else ZERO, helped))
        return tuple(sorted(rows, key=lambda row: (self.providers.index(row.aanbieder), row.lijn)))

    @cached_property
    def _helped(self) -> Mapping[CostLine, Money]:
        """What others pay: a SPUK or a municipality of one-off costs, a SPUK of vacancy."""
        helped: dict[CostLine, Money] = defaultdict(lambda: ZERO)
        for (line, source), amount in self.allocation.payments.items():
            sort = self.case.source[source].soort
            one_off = line.kostensoort in PROVIDER_SORTS and sort in HELPING_SORTS
            if one_off or (line.kostensoort == VACANCY and sort == GRANT):
                helped[line] += amount
        return helped

    def cost(self, provider: str, year: int) -> Money:
        """What a provider is to pay in a year: its places and its one-off costs, less what others pay."""
        return self._place_cost[provider, year] + self._extra_cost[provider, year]

    @cached_property
    def _place_cost(self) -> Mapping[tuple[str, int], Money]:
        costs: dict[tuple[str, int], Money] = defaultdict(lambda: ZERO)
        for row in self.places:
            costs[row.aanbieder, row.jaar] += row.exploitatie + row.leegstand
        return costs

    @cached_property
    def _extra_cost(self) -> Mapping[tuple[str, int], Money]:
        costs: dict[tuple[str, int], Money] = defaultdict(lambda: ZERO)
        for row in self.extra_costs:
            costs[row.aanbieder, row.lijn.jaar] += row.bedrag - row.bijdrage
        return costs

    def start_places(self, provider: str = "") -> int:
        """The places at the start of the case; of all providers where none is named."""
        return sum(
            row.plaatsen for row in self.case.places if provider in ("", self.case.location[row.locatie].aanbieder)
        )

    @cached_property
    def deals(self) -> tuple[Deal, ...]:
        """How every provider is paid: its rows of `financiering`, then the assumption by form and year."""
        return tuple(deal for provider in self.providers for deal in self._deals_of(provider))

    def _deals_of(self, provider: str) -> Iterator[Deal]:
        agreed = [self._agreed(provider, row) for row in self._funding_of(provider)]
        counted = {(deal.vorm, deal.jaar) for deal in agreed if deal.telt}
        yield from agreed
        for form in FORMS:
            for year in self.case.years:
                yield self._assumed(provider, form, year, counts=(form, year) not in counted)

    def _funding_of(self, provider: str) -> Iterable[Funding]:
        return (
            row
            for row in self.case.funding
            if row.jaar in self.case.years and self.case.source[row.bron].aanbieder in ("", provider)
        )

    def _agreed(self, provider: str, row: Funding) -> Deal:
        source = self.case.source[row.bron]
        form = cast("Form", source.soort)
        own = self._counted(form, row.jaar, provider, row.zorgvorm)
        counted = (
            lumpsum_share(self.case, row)
            if form == "lumpsum"
            else self._counted(form, row.jaar, source.aanbieder, row.zorgvorm)
        )
        # What is paid grows in proportion to level and places: a row for half a year is one with half of both.
        part = self.case.part_of_year(row)
        return Deal(
            aanbieder=provider,
            vorm=form,
            jaar=row.jaar,
            rij=row,
            alleen=source.aanbieder,
            telt=row.niveau > 0,
            niveau=Fraction(row.niveau) * part,
            prijs=row.prijs,
            geteld=counted * part,
            eigen=own * part,
            deel=ONCE if source.aanbieder else self._part(provider, form, own, counted),
        )

    def _part(self, provider: str, form: Form, own: Fraction, counted: Fraction) -> Fraction:
        """The part of a provider in a source for all: by places at the start, or by what is counted."""
        if form == "lumpsum":
            return self._start_part(provider)
        return own / counted if counted else NONE

    def _start_part(self, provider: str) -> Fraction:
        every = self.start_places()
        return Fraction(self.start_places(provider), every) if every else NONE

    def _counted(self, form: Form, year: int, provider: str, care_form: str) -> Fraction:
        """The used (PxQ) or available places of a year; nothing for a lump sum."""
        if form == "lumpsum":
            return NONE
        return sum(
            (
                row.bezet if form == "pxq" else Fraction(row.plaatsen)
                for row in self.places
                if row.jaar == year and provider in ("", row.aanbieder) and care_form in ("", row.plek.zorgvorm)
            ),
            NONE,
        )

    def _assumed(self, provider: str, form: Form, year: int, *, counts: bool) -> Deal:
        """The assumption: as many places as at the start, at the price that covers their cost."""
        own = self._counted(form, year, provider, "")
        young_people = sum((Fraction(row.jeugdigen) for row in self.case.demand if row.jaar == year), NONE)
        return Deal(
            aanbieder=provider,
            vorm=form,
            jaar=year,
            rij=None,
            alleen=provider,
            telt=counts,
            niveau=Fraction(self.start_places(provider)),
            prijs=self.covering_price(provider, form, year),
            geteld=young_people * self._start_part(provider) if form == "lumpsum" else own,
            eigen=own,
            deel=ONCE,
        )

    def covering_price(self, provider: str, form: Form, year: int) -> Money:
        """The price of a place-year that covers the cost of the places that a form pays, on average.

        Formula: 365 times the mean of F / (n b) + V per etmaal, to the cent; weighed by the places at
        the start for a lump sum, the used places for PxQ and the available ones for beschikbaarheid.
        """
        weighed = [
            (weight_of(form, row), row.kostprijs)
            for row in self.places
            if row.aanbieder == provider and row.jaar == year
        ]
        weight = sum((number for number, _ in weighed), NONE)
        if not weight:
            return ZERO
        mean = sum((number * price for number, price in weighed), NONE) / weight
        return to_cents(mean / DAYS).times(DAYS)

    @cached_property
    def carried(self) -> tuple[Carried, ...]:
        """Every provider under every way of paying."""
        return tuple(self._carried(provider, form) for provider in self.providers for form in FORMS)

    def _carried(self, provider: str, form: Form) -> Carried:
        deals = tuple(deal for deal in self.deals if deal.aanbieder == provider and deal.vorm == form)
        years: list[FormYear] = []
        so_far = ZERO
        for year in self.case.years:
            income = Money.total(deal.opbrengst for deal in deals if deal.jaar == year)
            cost = self.cost(provider, year)
            so_far += income - cost
            years.append(FormYear(year, income, cost, so_far))
        return Carried(provider, form, deals, tuple(years))
