"""The material of one proposal: the statement, and the rows that several sheets share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from finance.books.budget.closed import closed_rows
from finance.books.budget.input_rows import rows_of_input
from finance.books.budget.rows import (
    CostRow,
    DemandRow,
    EffectRow,
    Growth,
    MeasureRow,
    PlaceRow,
)
from finance.books.names import Names, names_of
from finance.case.case import Case, CostLine
from finance.case.cost_price import CostPrice
from finance.case.declaring import Row
from finance.case.index_chain import TariffIndex
from finance.case.pricing import INDEX, TariffKey, empty_prices, key_of, rows_of_tariffs
from finance.case.sheets import SHEETS, Cost, Places, Provenance, Source
from finance.case.words import PLACE_COSTS, VACANCY
from finance.handmade import Violation
from finance.money import ZERO, Money
from finance.plan.allocation import Outcome, Plan, Status
from finance.plan.whatif import DecisionCard
from finance.provenance import RunInfo
from finance.statement import Statement
from finance.statement.accountability import Accountability
from finance.statement.disposals import Disposals
from finance.tables.blocks import Blocks, blocks_of
from finance.tables.grid import Role
from finance.tariff.tariff import Tariff, tariff_of


def source_data_key(source: Source) -> str:
    """What the column of a source is called in data: its place among the sources says nothing there."""
    return f"bron:{source.bron}"


@dataclass(frozen=True)
class Draft:
    """The material of one proposal.

    Attributes:
        statement: the numbers.
        plan: the plan, with its proofs.
        scenario: the scenario.
        provenance: what made it.
        violations: what a plan that was made by hand breaks.
        cards: why each measure is in the plan or not; empty where that was not asked.
    """

    statement: Statement
    plan: Plan
    scenario: str
    provenance: RunInfo
    violations: tuple[Violation, ...] = ()
    cards: tuple[DecisionCard, ...] = ()

    @property
    def by_hand(self) -> bool:
        """Whether a person made the plan, and no model."""
        return self.plan.status is Status.JUDGED

    @property
    def decider(self) -> str:
        """Who decided, for the texts of the sheets."""
        return "de opsteller" if self.by_hand else "het model"

    @property
    def case(self) -> Case:
        """The case."""
        return self.statement.case

    @property
    def outcome(self) -> Outcome:
        """What follows from the decisions."""
        return self.statement.outcome

    @property
    def starts(self) -> Mapping[str, int]:
        """The start year of each chosen measure."""
        return self.plan.allocation.starts

    @property
    def years(self) -> tuple[int, ...]:
        """The years of the case."""
        return tuple(self.case.years)

    @cached_property
    def tariffs(self) -> tuple[Tariff, ...]:
        """The tariffs that prices of places come from, in the order of the input."""
        tariffs = (tariff_of(cost) for cost in self._used_prices)
        return tuple(tariff.without_salaries() if self._hides else tariff for tariff in tariffs)

    @property
    def _hides(self) -> bool:
        return self.provenance.zonder_salarissen

    @property
    def is_closed(self) -> bool:
        """Whether some salary is kept back: without prices from tariffs there is none."""
        return self._hides and bool(self.tariffs)

    @cached_property
    def _used_prices(self) -> tuple[CostPrice, ...]:
        used = set()
        for place in self.case.places:
            if empty_prices(place):
                used |= {self.case.tariff_for(place, year) for year in self.years}
                used.add(self.case.base_tariff_for(place))
        return tuple(cost for cost in self.case.cost_prices.values() if cost in used)

    @cached_property
    def tariff_number(self) -> Mapping[TariffKey, int]:
        """The position of each of these tariffs, counted from 1."""
        return {key_of(tariff): at for at, tariff in enumerate(self.tariffs, start=1)}

    @property
    def chain_rows(self) -> tuple[TariffIndex, ...]:
        """The rows of `tariefindex`, where prices of places rest on it."""
        groups = rows_of_tariffs(self.case.tariff_parameters)
        given = all(any(row.parameter == INDEX for row in groups[key]) for key in self.tariff_number)
        return () if given else self.case.tariff_indexes

    @property
    def has_history(self) -> bool:
        """Whether some year is closed."""
        return len(self.case.closed_years) > 0

    @property
    def discount_of_plans(self) -> str:
        """The column with the worth of a planned euro of each year: none in a closed year."""
        return "jaren.disconto_plan" if self.has_history else "jaren.disconto"

    @cached_property
    def input_rows(self) -> Mapping[str, Sequence[Row]]:
        """The rows of each sheet of the input that a budget rests on."""
        if self.is_closed:
            return closed_rows(self.case, self._open_rows, self.tariffs)
        return self._open_rows

    def shows(self, sheet: str, column: str) -> bool:
        """Whether a column of the input stands in the budget: a rare one only where some row gives it."""
        spec = next(spec for spec in SHEETS[sheet].columns if spec.naam == column)
        return not spec.info.zelden or spec.given(self.input_rows[sheet])

    @property
    def has_hybrid(self) -> bool:
        """Whether some places are hybrid ones."""
        return any(row.is_hybrid for row in self.case.care_forms)

    @property
    def paid_by_month(self) -> bool:
        """Whether some row of `financiering` holds from a later month than January."""
        return self.shows("financiering", "maand")

    @property
    def paid_by_tariff(self) -> bool:
        """Whether some row of `financiering` is for the places of one tariff."""
        return self.shows("financiering", "tarief")

    @cached_property
    def borrows_tariffs(self) -> bool:
        """Whether some price comes from the tariff of another year than its own, prijspeil or the first."""
        known = {self.case.settings.prijspeil, self.case.settings.eerste_jaar}
        return any(
            self.case.base_tariff_for(place).jaar not in known for place in self.case.places if empty_prices(place)
        )

    @property
    def by_month(self) -> bool:
        """Whether some effect takes effect in a later month than January."""
        return self.shows("effecten", "maand")

    @property
    def starts_up(self) -> bool:
        """Whether new places start up otherwise than all of them over their whole first year."""
        return self.by_month or self.shows("effecten", "aanloop")

    @cached_property
    def _open_rows(self) -> Mapping[str, Sequence[Row]]:
        """The same, with what the personnel of each tariff costs."""
        groups = rows_of_tariffs(self.case.tariff_parameters)
        return rows_of_input(self.case, [row for key in self.tariff_number for row in groups[key]], self.chain_rows)

    @property
    def has_decisions(self) -> bool:
        """Whether the input has the sheet `beschikkingen`."""
        return bool(self.case.grant_decisions)

    @property
    def names_recipients(self) -> bool:
        """Whether decisions say which municipality received them: where there are more, or the input has decisions."""
        towns = {row.gemeente.casefold() for row in self.accountability.decisions}
        return self.has_decisions or len(towns) > 1

    @property
    def keeps_apart(self) -> bool:
        """Whether some grant keeps a part for places outside the case."""
        return self.shows("dekking", "buiten_casus")

    @cached_property
    def accountability(self) -> Accountability:
        """What is accounted for, per grant decision."""
        return Accountability(self.statement)

    @cached_property
    def disposals(self) -> Disposals:
        """What this plan disposes of, and what that brings in."""
        return Disposals(self.case, self.outcome)

    @cached_property
    def names(self) -> Names:
        """The keys of all ids."""
        return names_of(self.case, self.input_rows.items())

    def name(self, family: str, name: str) -> str:
        """The key of an id; empty for no id."""
        return self.names.of(family, name)

    @cached_property
    def provenance_of(self) -> Mapping[str, Provenance]:
        """The rows of `herkomst` by code."""
        rows = self.input_rows["herkomst"]
        return {row.code: row for row in rows if isinstance(row, Provenance)}

    def role_of(self, code: str) -> Role:
        """What a value of the input is: from a document, or an assumption or choice."""
        known = self.provenance_of.get(code)
        return Role.INPUT_SOURCED if known and known.soort == "bron" else Role.INPUT_ASSUMED

    @cached_property
    def source_keys(self) -> tuple[tuple[str, Source], ...]:
        """A column key for each source."""
        return tuple((f"bron_{number}", row) for number, row in enumerate(self.case.sources, start=1))

    @cached_property
    def year_keys(self) -> tuple[tuple[str, int], ...]:
        """A column key for each year."""
        return tuple((f"jaar_{year}", year) for year in self.years)

    @cached_property
    def growth(self) -> tuple[Growth, ...]:
        """Each index from prijspeil on, as far as its percentages reach."""
        given = {(row.index, row.jaar): Fraction(row.percentage) for row in self.case.indexes}
        rows = []
        for index in dict.fromkeys(row.index for row in self.case.indexes):
            for year in range(min(self.case.settings.prijspeil, self.years[0]), self.years[-1] + 1):
                if year > self.case.settings.prijspeil and (index, year) not in given:
                    break
                factor = self.case.price_factor(index, year)
                rows.append(Growth(index, year, given.get((index, year), Fraction(0)), factor))
        return tuple(rows)

    @cached_property
    def place_rows(self) -> tuple[PlaceRow, ...]:
        """Each location and zorgvorm in each year."""
        return tuple(self._place_row(row, year) for row in self.case.places for year in self.years)

    def _place_row(self, row: Places, year: int) -> PlaceRow:
        key, outcome = (row.locatie, row.zorgvorm), self.outcome
        wanted = {sort: CostLine("", *key, sort, year) for sort in PLACE_COSTS}
        known = self.statement.line_of
        return PlaceRow(
            row,
            self.case.care_form[row.zorgvorm],
            year,
            outcome.places[key, year],
            outcome.new_places(key, year),
            outcome.used[key, year],
            outcome.largest_use(key, year),
            self.case.price_factor(row.index, year),
            outcome.discount(year),
            {sort: self.case.base_price(row, sort) for sort in PLACE_COSTS},
            {sort: self.case.place_price(row, sort, year) for sort in PLACE_COSTS},
            {sort: known[line] for sort, line in wanted.items() if line in known},
            {sort: outcome.planned_costs[line] for sort, line in wanted.items()},
            year in self.case.closed_years,
        )

    @cached_property
    def demand_rows(self) -> tuple[DemandRow, ...]:
        """Each zorgvorm in each year, in the order of the input."""
        places: dict[tuple[str, int], Fraction] = {}
        used: dict[tuple[str, int], Fraction] = {}
        for row in self.place_rows:
            at = (row.plaats.zorgvorm, row.jaar)
            places[at] = places.get(at, Fraction(0)) + row.plaatsen
            used[at] = used.get(at, Fraction(0)) + row.bezet
        away, here = self._elsewhere
        nothing = Fraction(0)
        return tuple(
            DemandRow(
                row,
                places.get(at, nothing),
                used.get(at, nothing),
                away.get(at, nothing),
                here.get(at, nothing),
                self.outcome.short.get(at, nothing),
                self.outcome.over.get(at, nothing),
            )
            for row in self.case.demand
            for at in ((row.zorgvorm, row.jaar),)
        )

    @cached_property
    def _elsewhere(self) -> tuple[dict[tuple[str, int], Fraction], dict[tuple[str, int], Fraction]]:
        """Places used elsewhere, by the zorgvorm that is needed and by the one that is used."""
        away: dict[tuple[str, int], Fraction] = {}
        here: dict[tuple[str, int], Fraction] = {}
        for (need, got, year), number in self.plan.allocation.served.items():
            if self.case.care.diverts(need, got):
                away[need, year] = away.get((need, year), Fraction(0)) + Fraction(number)
                here[got, year] = here.get((got, year), Fraction(0)) + Fraction(number)
        return away, here

    @cached_property
    def measure_number(self) -> Mapping[str, int]:
        """The position of each measure, counted from 1."""
        return {row.maatregel: at for at, row in enumerate(self.case.measures, start=1)}

    @cached_property
    def line_number(self) -> Mapping[CostLine, int]:
        """The position of each cost line, counted from 1."""
        return {line.regel: at for at, line in enumerate(self.statement.lines, start=1)}

    @cached_property
    def cost_rows(self) -> tuple[CostRow, ...]:
        """Each cost row of the input, in this plan."""
        return tuple(self._cost_row(row) for row in self.case.costs)

    def _cost_row(self, row: Cost) -> CostRow:
        start = self.starts.get(row.maatregel, 0)
        if not start:
            return CostRow(row, 0, Fraction(0), ZERO, Fraction(0), None)
        year = start + row.na_jaren
        return CostRow(
            row,
            start,
            self.case.price_factor(row.index, year),
            self.case.nominal(row, year),
            Fraction(0) if year in self.case.closed_years else row.bedrag.euros * self.outcome.discount(year),
            self.statement.line_of.get(CostLine(row.maatregel, "", "", row.kostensoort, year)),
        )

    @cached_property
    def effect_rows(self) -> tuple[EffectRow, ...]:
        """Each effect of the input, in this plan."""
        forms = self.case.care_form
        return tuple(
            EffectRow(
                row,
                self.case.measure[row.maatregel],
                self.statement.rules.counts_closed(forms[row.zorgvorm]),
                self.starts.get(row.maatregel, 0),
            )
            for row in self.case.effects
        )

    @cached_property
    def blocks_of_lines(self) -> Mapping[str, Blocks]:
        """The payments and the cost rows that belong to each cost line."""
        lines = [line.sleutel for line in self.statement.lines]
        paid = blocks_of(lines, (payment.lijn.sleutel for payment in self.statement.payments))
        spent = blocks_of(lines, (row.lijn.sleutel if row.lijn else "" for row in self.cost_rows))
        return {"betaling": paid, "rekenbetaling": paid, "kost": spent}

    @cached_property
    def blocks_of_payments(self) -> Mapping[str, Blocks]:
        """The payments of the line of each payment."""
        lines = [payment.lijn.sleutel for payment in self.statement.payments]
        together = blocks_of(lines, lines)
        return {"betaling": together, "rekenbetaling": together}

    @cached_property
    def blocks_of_vacancy(self) -> Mapping[str, Blocks]:
        """The cost line of the vacancy of each place, and its payments."""
        keys = [row.lijnen[VACANCY].sleutel if VACANCY in row.lijnen else "" for row in self.place_rows]
        paid = blocks_of(keys, (payment.lijn.sleutel for payment in self.statement.payments))
        lines = blocks_of(keys, (line.sleutel for line in self.statement.lines))
        return {"betaling": paid, "rekenbetaling": paid, "lijn": lines}

    @cached_property
    def blocks_of_measures(self) -> Mapping[str, Blocks]:
        """The cost rows, the effects and the variants that belong to each measure, and its own row."""
        names = [row.maatregel for row in self.case.measures]
        projects = [row.project for row in self.case.measures]
        return {
            "kost": blocks_of(names, (row.maatregel for row in self.case.costs)),
            "effect": blocks_of(names, (row.maatregel for row in self.case.effects)),
            "plan": blocks_of(projects, projects),
        }

    @cached_property
    def measure_rows(self) -> tuple[MeasureRow, ...]:
        """Each measure in this plan, in the order of the input."""
        costs, added, taken = self._measure_totals()
        rules = self.statement.rules
        return tuple(
            MeasureRow(
                row,
                self.starts.get(row.maatregel),
                costs.get(row.maatregel, ZERO),
                added.get(row.maatregel, 0),
                taken.get(row.maatregel, 0),
                rules.closes(row),
                rules.closing[row.maatregel],
            )
            for row in self.case.measures
        )

    def _measure_totals(self) -> tuple[dict[str, Money], dict[str, int], dict[str, int]]:
        """Cost, places added and places taken away, per measure."""
        costs: dict[str, Money] = {}
        added: dict[str, int] = {}
        taken: dict[str, int] = {}
        for line, amount in self.outcome.costs.items():
            costs[line.maatregel] = costs.get(line.maatregel, ZERO) + amount
        for effect in self.effect_rows:
            into = added if effect.in_plan > 0 else taken
            into[effect.effect.maatregel] = into.get(effect.effect.maatregel, 0) + effect.in_plan
        return costs, added, taken
