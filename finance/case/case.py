"""The case: one input workbook as typed records, with the questions that the model asks of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Final

from finance.calendar import YearSpan
from finance.case.actuals import Proceeds
from finance.case.approval import Decided
from finance.case.care import Care, care_of
from finance.case.cells import MONTHS
from finance.case.cost_line import CostLine, line_ids, paid_line
from finance.case.cost_price import CostPrice
from finance.case.given import Given, PlaceKey, grouped
from finance.case.index_chain import IndexChain
from finance.case.pricing import (
    TariffChoice,
    TariffKey,
    cost_price,
    given_price,
    rows_of_tariffs,
    tariff_price,
    tariffs_for,
)
from finance.case.sheets import (
    Cost,
    Funding,
    Goal,
    Measure,
    Places,
    ScenarioChange,
    Source,
)
from finance.case.words import (
    BUDGET,
    CHANGES,
    COST_SORTS,
    CREDIT,
    FLOOR,
    FORECAST,
    GOALS,
    NOT,
    REALISED,
    REPAYMENT,
    VACANCY,
    YEARLY_SORTS,
)
from finance.money import ZERO, Money, round_down_nearly

__all__ = ["Case", "CostLine", "PlaceKey", "line_ids", "paid_line"]

OVER: Final = "boven_plafond"
_FIRST_GOAL: Final = (Goal.model_construct(rij=0, doel=CHANGES, volgorde=0, speling=Decimal(0)),)


@dataclass(frozen=True)
class Case(Given):
    """A region's problem: its rows, and what follows from them."""

    @cached_property
    def _months_of_funding(self) -> Mapping[int, int]:
        """For how many months each row of `financiering` holds, by its row."""
        months: dict[int, int] = {}
        for rows in grouped(self.funding, lambda row: (row.bron, row.jaar, row.zorgvorm, row.tarief)).values():
            until = MONTHS + 1
            for row in sorted(rows, key=lambda row: row.maand, reverse=True):
                months[row.rij], until = until - row.maand, row.maand
        return months

    def part_of_year(self, row: Funding) -> Fraction:
        """For which part of its year a row of `financiering` holds: until the next one of its kind."""
        return Fraction(self._months_of_funding[row.rij], MONTHS)

    @cached_property
    def care(self) -> Care:
        """Who needs care, and where they can be."""
        return care_of(self)

    @cached_property
    def goals(self) -> tuple[Goal, ...]:
        """The goals in the order in which they are optimised."""
        return (*_FIRST_GOAL, *self._goals_of_input) if self.approval else self._goals_of_input

    @cached_property
    def _goals_of_input(self) -> tuple[Goal, ...]:
        if self.goal_rows:
            return tuple(sorted(self.goal_rows, key=lambda row: row.volgorde))
        behind = {OVER: (FLOOR,)} if any(row.ondergrens is not None for row in self.place_bounds) else {}
        names = [name for goal in GOALS for name in (goal, *behind.get(goal, ()))]
        return tuple(Goal(rij=0, doel=name, volgorde=number) for number, name in enumerate(names, start=1))

    @cached_property
    def approved(self) -> Decided:
        """The approved decision on each measure that is still open; empty where no plan is approved.

        What has started is a fact, which decides on the other measures of its project too; and what
        should have started in a closed year and did not cannot be kept any more: none is a decision.
        """
        if self.approval is None:
            return {}
        begun = {row.project for row in self.measures if row.maatregel in self.started}
        starts = {
            row.maatregel: self.approval.starts.get(row.maatregel) for row in self.measures if row.project not in begun
        }
        return {name: year for name, year in starts.items() if year not in self.closed_years}

    def changed(self, starts: Mapping[str, int]) -> tuple[str, ...]:
        """The measures on which a plan decides otherwise than the approved plan, in order of the input."""
        return tuple(name for name, year in self.approved.items() if starts.get(name) != year)

    @cached_property
    def scenarios(self) -> Mapping[str, tuple[ScenarioChange, ...]]:
        """The changes of each scenario, from top to bottom."""
        return grouped(self.scenario_changes, lambda row: row.scenario)

    @cached_property
    def permitted_sorts(self) -> Mapping[str, frozenset[str]]:
        """The kostensoorten to which `toegestaan` narrows a source; only sources it names."""
        groups = grouped(self.source_permits, lambda row: row.bron)
        return {name: frozenset(row.kostensoort for row in rows) for name, rows in groups.items()}

    @cached_property
    def key_shares(self) -> Mapping[str, Mapping[str, Fraction]]:
        """The share of each provider in each source that `verdeelsleutel` divides."""
        groups = grouped(self.allocation_keys, lambda row: row.bron)
        return {name: {row.aanbieder: Fraction(row.aandeel) for row in rows} for name, rows in groups.items()}

    @cached_property
    def cost_prices(self) -> Mapping[TariffKey, CostPrice]:
        """The tariffs, in the order of the sheet."""
        groups = rows_of_tariffs(self.tariff_parameters)
        return {key: cost_price(key, rows, self.index_chain) for key, rows in groups.items()}

    @cached_property
    def index_chain(self) -> IndexChain:
        """The index of tariffs over the years."""
        return IndexChain({row.jaar: row for row in self.tariff_indexes})

    @cached_property
    def _tariff_choices(self) -> Mapping[PlaceKey, TariffChoice]:
        return {key: self.tariff_choice(place) for key, place in self.place.items()}

    def tariff_choice(self, place: Places) -> TariffChoice:
        """The tariffs that the prices of a row of `plaatsen` can come from."""
        form = self.care_form.get(place.zorgvorm)
        keys = tariffs_for(self.tariff_keys, place, form.groepsgrootte if form else None)
        return TariffChoice(keys, self.settings.prijspeil, self.settings.eerste_jaar)

    @cached_property
    def tariff_keys(self) -> tuple[TariffKey, ...]:
        """What tells the tariffs apart, in the order of the sheet."""
        return tuple(rows_of_tariffs(self.tariff_parameters))

    def tariff_for(self, place: Places, year: int) -> CostPrice:
        """The tariff that the prices of a row of `plaatsen` rest on in a year, where it leaves any empty.

        That of the year itself, else that of prijspeil or of the only other year, whose price is still
        to grow with the index of the row.

        Raises:
            ValueError: no tariff, or more than one, can be meant; a finding of the checks.
        """
        (key,) = self._tariff_choices[place.locatie, place.zorgvorm].of_year(year)
        return self.cost_prices[key]

    def base_tariff_for(self, place: Places) -> CostPrice:
        """The tariff behind a price without growth: of prijspeil, else of the first year, else of another year.

        Raises:
            ValueError: no tariff, or more than one, can be meant; a finding of the checks.
        """
        (key,) = self._tariff_choices[place.locatie, place.zorgvorm].of_base
        return self.cost_prices[key]

    @cached_property
    def closed_through(self) -> int:
        """The last closed year; the year before the first where no year is closed.

        It is `afgesloten_tot`, or else the last year that `realisatie` names.
        """
        if self.settings.afgesloten_tot is not None:
            return self.settings.afgesloten_tot
        return max((row.jaar for row in self.actuals), default=self.years.first - 1)

    @cached_property
    def closed_years(self) -> YearSpan:
        """The years of which the payments are facts."""
        return YearSpan(self.years.first, self.closed_through)

    def label_of(self, year: int) -> str:
        """What the amounts of a year are: realised where it is closed, else a budget.

        Where some year is closed, the later ones are a forecast.
        """
        if year in self.closed_years:
            return REALISED
        return FORECAST if self.closed_years else BUDGET

    @cached_property
    def started(self) -> Mapping[str, int]:
        """The year in which each measure of `gestart` has started."""
        return {row.maatregel: row.jaar for row in self.started_rows}

    @cached_property
    def actual_payments(self) -> Mapping[tuple[CostLine, str], Money]:
        """What each source has paid of each line of a closed year; never zero."""
        paid: dict[tuple[CostLine, str], Money] = {}
        for row in self.actuals:
            pair = paid_line(row), row.bron
            paid[pair] = paid.get(pair, ZERO) + row.bedrag
        return {pair: amount for pair, amount in sorted(paid.items()) if amount != ZERO}

    @cached_property
    def proceeds_into(self) -> Mapping[str, tuple[Proceeds, ...]]:
        """The proceeds that flow into each source that gets any."""
        return grouped(self.proceeds, lambda row: row.bron)

    @cached_property
    def _growth_of_year(self) -> Mapping[tuple[str, int], Fraction]:
        return {(row.index, row.jaar): Fraction(row.percentage) for row in self.indexes}

    @cached_property
    def _factors(self) -> dict[tuple[str, int], Fraction]:
        return {}

    def cell(self, sheet: str, column: str, row: int) -> str:
        """The address of a cell in the input workbook, such as `kosten!D12`.

        Where the sheet lacks the column, only the row is named.
        """
        return f"{sheet}!{self.letters.get(sheet, {}).get(column, 'rij ')}{row}"

    def price_factor(self, index: str, year: int) -> Fraction:
        """Growth of prices from prijspeil to a year.

        Formula: the product of (1 + percentage) over the years prijspeil + 1 .. year; 1 without
        an index and for a year not after prijspeil.

        Args:
            index: the index, or empty for none.
            year: a calendar year.

        Raises:
            KeyError: the index has no percentage for a year that is needed.
        """
        if not index or year <= self.settings.prijspeil:
            return Fraction(1)
        known = self._factors.get((index, year))
        if known is None:
            known = self.price_factor(index, year - 1) * (1 + self._growth_of_year[index, year])
            self._factors[index, year] = known
        return known

    def nominal(self, cost: Cost, year: int) -> Money:
        """The amount of a cost row when it is spent in a year, rounded to the cent."""
        return cost.bedrag.times(self.price_factor(cost.index, year))

    def place_price(self, place: Places, sort: str, year: int) -> Fraction:
        """The price in euros of one used (exploitatie) or empty (leegstand) place-year; exact.

        This price grows with its index but is not rounded; the cost line is. A price that is left
        empty is that of the tariff; the tariff of the year itself is in money of that year.
        """
        given = given_price(place, sort)
        if given is not None:
            return given.euros * self.price_factor(place.index, year)
        tariff = self.tariff_for(place, year)
        return tariff_price(tariff, sort) * self.tariff_growth(place, tariff, year)

    def payable_vacancy(self, place: Places, year: int) -> Fraction:
        """What one empty place-year costs in so far as it is housing, in euros; exact.

        The part that `huisvesting_per_plaats` gives, grown with the index of the row; without it the
        whole price of an empty place.
        """
        if place.huisvesting_per_plaats is None:
            return self.place_price(place, VACANCY, year)
        return place.huisvesting_per_plaats.euros * self.price_factor(place.index, year)

    def housing_of_vacancy(self, place: Places, year: int, cost: Money) -> Money:
        """What of the cost of empty places is housing: all of it where `huisvesting_per_plaats` is not given.

        Formula: the cost x what one empty place-year costs in so far as it is housing / its price, rounded
        to a millionth of a euro (as a workbook can) and then down to the cent.

        Args:
            place: the row of the places.
            year: a calendar year.
            cost: what its empty places cost in that year.
        """
        price = self.place_price(place, VACANCY, year)
        if place.huisvesting_per_plaats is None or not price:
            return cost
        return Money(round_down_nearly(cost.cents * self.payable_vacancy(place, year) / price))

    def tariff_growth(self, place: Places, tariff: CostPrice, year: int) -> Fraction:
        """Growth of the price of a tariff to a year, forth or back: none in its own year.

        Formula: growth from prijspeil to the year / growth from prijspeil to the year of the tariff.
        """
        if tariff.jaar == year:
            return Fraction(1)
        return self.price_factor(place.index, year) / self.price_factor(place.index, tariff.jaar)

    def paid_price(self, row: Funding) -> Money:
        """What a row of `financiering` pays for a place-year: as given, else what its tariff asks.

        Formula: 365 times the price of an etmaal at the occupancy of the tariff, with the index of the
        places to the year of the row, rounded to the cent.

        Raises:
            ValueError: neither a price nor a tariff that prices places; a finding of the checks.
        """
        if row.prijs is not None:
            return row.prijs
        place = next((place for place in self.places if self._priced_by(place, row)), None)
        if place is None:
            raise ValueError(f"financiering row {row.rij} has no price")
        tariff = self.tariff_for(place, row.jaar)
        return Money.rounded(tariff.plaatsprijs * self.tariff_growth(place, tariff, row.jaar))

    def paid_form(self, row: Funding) -> str:
        """The zorgvorm that a row of `financiering` pays for, its own or that of its tariff; empty for all together."""
        named = (place.zorgvorm for place in self.places if self._priced_by(place, row))
        return row.zorgvorm or next(named, "")

    def _priced_by(self, place: Places, row: Funding) -> bool:
        """Whether a row of `financiering` takes its price from the tariff of these places."""
        return bool(row.tarief) and place.tarief == row.tarief and row.zorgvorm in ("", place.zorgvorm)

    def base_price(self, place: Places, sort: str) -> Fraction:
        """The price in euros of one used or empty place-year without growth; exact."""
        given = given_price(place, sort)
        if given is not None:
            return given.euros
        tariff = self.base_tariff_for(place)
        grown = 1 if tariff.jaar == self.settings.eerste_jaar else self.price_factor(place.index, tariff.jaar)
        return tariff_price(tariff, sort) / grown

    def start_years(self, measure: Measure) -> tuple[int, ...]:
        """The years in which a measure can start.

        A year in which a cost line or an effect would fall after the last year is not available, nor
        is a closed one: what has started there is a fact, whatever its window, and then no other
        measure of its project can. A measure that must not be chosen has no year.
        """
        if measure.maatregel in self.started:
            return (self.started[measure.maatregel],)
        if measure.keuze == NOT or any(other.maatregel in self.started for other in self.projects[measure.project]):
            return ()
        first = max(measure.vroegste_start, self.closed_through + 1)
        last = min(measure.laatste_start, self.years.last - self.lag(measure))
        return tuple(range(first, last + 1))

    def lag(self, measure: Measure) -> int:
        """Years from the start of a measure until its last cost and effect."""
        lags = [row.na_jaren for row in self.effects_of.get(measure.maatregel, ())]
        lags += [row.na_jaren for row in self.costs_of.get(measure.maatregel, ())]
        return max(lags, default=0)

    def delivery(self, measure: Measure, start: int) -> tuple[int, int]:
        """The year and month in which the last places that a measure adds are there; else its start."""
        effects = self.effects_of.get(measure.maatregel, ())
        return max((row.moment(start) for row in effects if row.plaatsen > 0), default=(start, 1))

    def can_follow(self, measure: Measure, start: int, delivered: tuple[int, int]) -> bool:
        """Whether a start waits long enough: what it waits for is there in its year, and before its own effects."""
        effects = self.effects_of.get(measure.maatregel, ())
        return delivered[0] <= start and all(row.moment(start) >= delivered for row in effects)

    def source_years(self, source: Source) -> YearSpan:
        """The years of the case in which a source may be spent by its own window."""
        return YearSpan(source.besteedbaar_van, source.besteedbaar_tot).overlap(self.years)

    def funding_years(self, source: Source) -> YearSpan:
        """The years of the case in which a source has money of its own; empty for a pot."""
        if source.soort not in YEARLY_SORTS:
            return YearSpan(1, 0)
        return self.source_years(source)

    def balance_years(self, source: Source) -> YearSpan:
        """The years of a yearly source that have a balance: its own, and those around them in which it paid.

        What was paid in a closed year outside its own years is a fact, and no sum may miss it.
        """
        first, last = source.besteedbaar_van, source.besteedbaar_tot
        paid = {line.jaar for line, bron in self.actual_payments if bron == source.bron}
        if any(year < first for year in paid):
            first = self.years.first
        if any(year > last for year in paid):
            last = self.closed_through
        return YearSpan(first, last).overlap(self.years)

    @cached_property
    def credits(self) -> tuple[Source, ...]:
        """The sources that are lent, in the order of the input."""
        return tuple(row for row in self.sources if row.soort == CREDIT)

    @cached_property
    def cost_sorts(self) -> tuple[str, ...]:
        """The kostensoorten that the case can have: without a credit there is nothing to pay back."""
        return COST_SORTS if self.credits else tuple(sort for sort in COST_SORTS if sort != REPAYMENT)

    def grant_municipality(self, source: Source) -> str:
        """The municipality that received a grant."""
        return source.gemeente or self.settings.coordinerende_gemeente

    def provider_of(self, line: CostLine) -> str:
        """The provider whose cost a line is; empty for what a credit for all gets back."""
        if line.krediet:
            return self.source[line.krediet].aanbieder
        if line.maatregel:
            return self.measure[line.maatregel].aanbieder
        return self.location[line.locatie].aanbieder

    def location_of(self, line: CostLine) -> str:
        """The location whose cost a line is; empty for that of a measure without one."""
        return self.measure[line.maatregel].locatie if line.maatregel else line.locatie
