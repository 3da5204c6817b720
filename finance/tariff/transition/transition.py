"""What a plan does to the result of a provider, year by year, under three ways of paying.

The costs are those of the plan: its places at the prices of the case, and the frictiekosten and the
start-up of the measures of the provider. Against them stands what each way of paying brings in: by
what `financiering` agrees, with the formulas of the model, or by an assumption where it agrees nothing.
Every amount of a year is in whole cents; prices are exact.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Literal

from finance.case import Case, CostLine
from finance.case.pricing import empty_prices
from finance.case.sheets import Places
from finance.case.words import GRANT, OPERATION, VACANCY
from finance.money import ZERO, Money
from finance.plan.allocation import Allocation, Outcome
from finance.tariff.tariff import FORMS, Form
from finance.tariff.transition.agreements import Agreements
from finance.tariff.transition.carried import Carried, settled
from finance.tariff.transition.costs import HELPING_SORTS, PROVIDER_SORTS, ExtraCost, PlaceYearCost
from finance.tariff.transition.deals import ONCE, Deal
from finance.tariff.transition.prices import FormPrice, prices


@dataclass(frozen=True)
class Transition:
    """The providers of a case over the years of a plan.

    Attributes:
        case: the case.
        allocation: the plan.
        bezetting: how full the places are: as in the plan, as full as their price counts on, or a share
            of the places, the same for all.
    """

    case: Case
    allocation: Allocation
    bezetting: Fraction | Literal["plan", "norm"] = "plan"

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
        full = tariff.bezetting if tariff else self._fullest(row)
        places = self.outcome.places[key, year]
        share = full if self.bezetting == "norm" else self.bezetting
        return PlaceYearCost(
            plek=row,
            aanbieder=self.case.location[row.locatie].aanbieder,
            jaar=year,
            plaatsen=places,
            bezet=self.outcome.used[key, year] if share == "plan" else share * places,
            bezetprijs=self.case.place_price(row, OPERATION, year),
            leegprijs=self.case.place_price(row, VACANCY, year),
            tarief=tariff,
            volheid=full,
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

    @cached_property
    def deals(self) -> tuple[Deal, ...]:
        """How every provider is paid: its rows of `financiering`, then the assumption."""
        agreements = Agreements(self.case, self.places, self.part)
        return tuple(deal for provider in self.providers for deal in agreements.of(provider))

    def part(self, provider: str, year: int) -> Fraction:
        """The part of a provider in what a lump sum for all without a key pays in a year: that in the cost.

        Where nobody has a cost, every provider has an equal part.

        Args:
            provider: the provider.
            year: a year of the case.
        """
        every = Money.total(self.cost(one, year) for one in self.providers)
        if every.cents:
            return Fraction(self.cost(provider, year).cents, every.cents)
        return Fraction(1, len(self.providers))

    @cached_property
    def carried(self) -> tuple[Carried, ...]:
        """Every provider under every way of paying."""
        return tuple(self._carried(provider, form) for provider in self.providers for form in FORMS)

    def _carried(self, provider: str, form: Form) -> Carried:
        deals = tuple(deal for deal in self.deals if deal.aanbieder == provider and deal.vorm == form)

        def years() -> Iterator[tuple[int, Money, Money, bool]]:
            for year in self.case.years:
                paid = [deal for deal in deals if deal.jaar == year]
                moves = all(deal.houdt for deal in paid if deal.telt)
                yield year, Money.total(deal.opbrengst for deal in paid), self.cost(provider, year), moves

        return Carried(provider, form, deals, settled(years(), lumpsum=form == "lumpsum"))

    @cached_property
    def prices(self) -> tuple[FormPrice, ...]:
        """What a place is paid under PxQ and beschikbaarheid, and what it must be paid."""
        extra = {
            (provider, year): self._extra_cost[provider, year]
            for provider in self.providers
            for year in self.case.years
        }
        return tuple(prices(self.carried, self.places, extra))
