"""The allocation: what is decided, and what follows from it to the cent.

An allocation holds decisions only: start years, used places, who is served where, payments. All
else (places, costs, revenues, gaps, goals) is computed from the case and these, here, in exact
arithmetic, for a plan of the model and for a hand-made one alike.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import Final

from finance.calendar import YearSpan
from finance.case.case import Case, CostLine, PlaceKey
from finance.case.funding import revenue
from finance.case.sheets import Source
from finance.case.words import CHANGES, OPERATION, POT_SORTS, VACANCY, YEARLY_SORTS
from finance.money import ZERO, Exact, Money

PlaceYear = tuple[PlaceKey, int]
"""A location and zorgvorm, and a calendar year."""

OWN_SORTS: Final = ("eigen", "gemeente")
PER_USED_PLACE: Final = "pxq"
UNITS: Final[Mapping[str, str]] = {
    CHANGES: "besluiten",
    "tekort_plaatsen": "plaatsjaren",
    "uitwijk": "plaatsjaren",
    "boven_plafond": "plaatsjaren",
    "ongedekt": "EUR",
    "eigen_geld": "EUR",
    "waardering": "punten",
    "kosten_ncw": "EUR",
    "spuk_onbesteed": "EUR",
    "startjaren": "jaren",
}
"""The unit of each goal."""


@dataclass(frozen=True)
class Allocation:
    """The decisions of one plan.

    Attributes:
        starts: the start year of each chosen measure.
        used: used places per location, zorgvorm and year, in places; zeros may be left out.
        served: young people who need the first zorgvorm and get a place of the second, per
            (zorgvorm, alternative or itself, year), in places; zeros may be left out.
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
    """

    allocation: Allocation
    status: Status
    proofs: tuple[GoalProof, ...]
    solver: str
    wijzigingen: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """A decision that differs from the approved plan, and what keeping it would cost.

    Attributes:
        maatregel: the measure.
        goedgekeurd: its start year in the approved plan; None where that did not choose it.
        nu: its start year in this plan; None where it is not chosen.
        botst: what clashes with keeping it, in Dutch; empty where it can be kept.
        doel: the first goal that is worse where it is kept; empty where none is, or nothing is known.
        waarde: the value of that goal in this plan.
        bij_behoud: its value where the decision is kept.
        bekend: whether the other plan was worked out before the time was up.
        bewezen: whether both plans are proven.
    """

    maatregel: str
    goedgekeurd: int | None
    nu: int | None
    botst: tuple[str, ...] = ()
    doel: str = ""
    waarde: Exact | Money = 0
    bij_behoud: Exact | Money = 0
    bekend: bool = False
    bewezen: bool = True

    def impossible(self, clashing: Iterable[str]) -> Change:
        """The same change, where keeping the decision leaves no plan."""
        return replace(self, botst=tuple(clashing), bekend=True)

    def priced(self, worse: tuple[str, Exact | Money, Exact | Money] | None, *, proven: bool) -> Change:
        """The same change with the goal that is worse where the decision is kept."""
        known = replace(self, bekend=True, bewezen=proven)
        if worse is None:
            return known
        goal, now, kept = worse
        return replace(known, doel=goal, waarde=now, bij_behoud=kept)


@dataclass(frozen=True)
class YearBalance:
    """The money of one source in one year, or of a pot over its whole window.

    Attributes:
        bron: the source.
        jaar: the year; None for a pot.
        eigen_opbrengst: its own revenue of the year, or the pot.
        ingebracht: what was carried in from earlier years.
        betaald: what it pays.
        over: what is left.
        verkocht: the proceeds of sales that flow into a pot while it can be spent.
    """

    bron: str
    jaar: int | None
    eigen_opbrengst: Money
    ingebracht: Money
    betaald: Money
    over: Money
    verkocht: Money = ZERO

    @property
    def beschikbaar(self) -> Money:
        """What could be paid: its own revenue, what was carried in, and proceeds of sales."""
        return self.eigen_opbrengst + self.ingebracht + self.verkocht


@dataclass(frozen=True)
class PotYear:
    """A pot that gets proceeds of sales, up to and including one year.

    Attributes:
        bron: the source.
        jaar: the calendar year.
        ontvangen: proceeds received in the year.
        beschikbaar: the pot and all proceeds received by the end of the year.
        betaald: what was paid from it by the end of the year.
    """

    bron: str
    jaar: int
    ontvangen: Money
    beschikbaar: Money
    betaald: Money


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
    def places(self) -> Mapping[PlaceYear, int]:
        """C3: places at the start plus the effects that have taken effect."""
        starts = self.allocation.starts
        return {
            (key, year): row.plaatsen
            + sum(
                effect.plaatsen
                for effect in self.case.effects_at.get(key, ())
                if effect.maatregel in starts and starts[effect.maatregel] + effect.na_jaren <= year
            )
            for key, row in self.case.place.items()
            for year in self.case.years
        }

    @cached_property
    def used(self) -> Mapping[PlaceYear, Fraction]:
        """Used places, every location, zorgvorm and year named."""
        given = self.allocation.used
        return {at: Fraction(given.get(at, Decimal(0))) for at in self.places}

    @cached_property
    def empty(self) -> Mapping[PlaceYear, Fraction]:
        """C4: empty places are the places that are not used."""
        return {at: places - self.used[at] for at, places in self.places.items()}

    def new_places(self, key: PlaceKey, year: int) -> int:
        """Places added that take effect in a year (for C5)."""
        starts = self.allocation.starts
        return sum(
            effect.plaatsen
            for effect in self.case.effects_at.get(key, ())
            if effect.plaatsen > 0
            and effect.maatregel in starts
            and starts[effect.maatregel] + effect.na_jaren == year
        )

    def largest_use(self, key: PlaceKey, year: int) -> Fraction:
        """C5: the most places that can be used in a year.

        Formula: bezetting_max x places - (bezetting_max - min(bezetting_max, aanloop_jaar1)) x
        new places of the year.
        """
        form = self.case.care_form[key[1]]
        most = Fraction(form.bezetting_max)
        first_year = min(most, Fraction(form.aanloop_jaar1))
        return most * self.places[key, year] - (most - first_year) * self.new_places(key, year)

    @cached_property
    def short(self) -> Mapping[tuple[str, int], Fraction]:
        """C6: young people of each zorgvorm and year who find no place."""
        helped: dict[tuple[str, int], Fraction] = defaultdict(Fraction)
        for (form, _, year), number in self.allocation.served.items():
            helped[form, year] += Fraction(number)
        return {key: Fraction(row.jeugdigen) - helped[key] for key, row in self.case.demand_in.items()}

    def places_of_form(self, form: str, year: int) -> int:
        """Available places of a zorgvorm over all locations."""
        return sum(self.places[key, year] for key in self.case.place if key[1] == form)

    @cached_property
    def over(self) -> Mapping[tuple[str, int], Fraction]:
        """C7: places above the ceiling, for every zorgvorm and year that has one."""
        return {
            key: max(Fraction(0), self.places_of_form(*key) - Fraction(row.plafond))
            for key, row in self.case.demand_in.items()
            if row.plafond is not None
        }

    @cached_property
    def costs(self) -> Mapping[CostLine, Money]:
        """C8: every cost line that is not zero, rounded to the cent, in a fixed order.

        What a line of a closed year costs is what was paid of it.
        """
        lines = {
            line: amount for line, amount in self.planned_costs.items() if line.jaar not in self.closed_years
        }
        for (line, _), amount in self.case.actual_payments.items():
            lines[line] = lines.get(line, ZERO) + amount
        return {line: amount for line, amount in sorted(lines.items()) if amount != ZERO}

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
    def paid_by_year(self) -> Mapping[tuple[str, int], Money]:
        """What each source pays in each year."""
        totals: dict[tuple[str, int], Money] = {}
        for (line, source), amount in self.allocation.payments.items():
            totals[source, line.jaar] = totals.get((source, line.jaar), ZERO) + amount
        return totals

    @cached_property
    def paid_by_source(self) -> Mapping[str, Money]:
        """What each source pays in all."""
        return {
            row.bron: Money.total(self.paid_by_year.get((row.bron, year), ZERO) for year in self.case.years)
            for row in self.case.sources
        }

    @cached_property
    def balances(self) -> tuple[YearBalance, ...]:
        """C9 and C10: each source's money; a row per pot, and per year of a yearly source."""
        rows: list[YearBalance] = []
        for source in self.case.sources:
            rows += [self._pot(source)] if source.soort in POT_SORTS else self._by_year(source)
        return tuple(rows)

    def _pot(self, source: Source) -> YearBalance:
        pot, paid = source.bedrag or ZERO, self.paid_by_source[source.bron]
        sold = self.proceeds(source, YearSpan(self.case.years.first, source.besteedbaar_tot))
        return YearBalance(source.bron, None, pot, ZERO, paid, pot + sold - paid, sold)

    def _by_year(self, source: Source) -> Iterator[YearBalance]:
        carried = ZERO
        for year in self.case.funding_years(source):
            own = revenue(self.case, source, year, self.places, self.used)
            paid = self.paid_by_year.get((source.bron, year), ZERO)
            left = own + carried - paid
            yield YearBalance(source.bron, year, own, carried, paid, left)
            carried = max(left, ZERO) if self.moves_on(source, year) else ZERO

    def moves_on(self, source: Source, year: int) -> bool:
        """Whether what a year leaves moves on to the next.

        Not what a closed year seems to leave of PxQ: there its revenue is what it can have been at most.
        """
        return source.overdraagbaar and not (source.soort == PER_USED_PLACE and year in self.closed_years)

    def proceeds(self, source: Source, years: YearSpan) -> Money:
        """The proceeds of chosen measures that flow into a pot in some years of the case."""
        starts, span = self.allocation.starts, years.overlap(self.case.years)
        return Money.total(
            row.bedrag
            for row in self.case.proceeds_into.get(source.bron, ())
            if row.maatregel in starts and starts[row.maatregel] + row.na_jaren in span
        )

    def at_close(self, source: Source) -> Money:
        """What a pot has at the end of the closed years: below zero where more was paid than there was."""
        closed = self.closed_years
        paid = Money.total(self.paid_by_year.get((source.bron, year), ZERO) for year in closed)
        return (source.bedrag or ZERO) + self.proceeds(source, closed) - paid

    def kept(self, source: Source) -> Money:
        """What the closed years leave of a pot: never below zero, an excess stays in those years."""
        return max(ZERO, self.at_close(source))

    @cached_property
    def pot_years(self) -> tuple[PotYear, ...]:
        """C9: each pot with proceeds, year by year: none is spent before it is there."""
        return tuple(
            row
            for source in self.case.sources
            if source.bron in self.case.proceeds_into
            for row in self._pot_years(source)
        )

    def _pot_years(self, source: Source) -> Iterator[PotYear]:
        have, paid = source.bedrag or ZERO, ZERO
        for year in self.case.years:
            received = self.proceeds(source, YearSpan(year, year))
            have += received
            paid += self.paid_by_year.get((source.bron, year), ZERO)
            yield PotYear(source.bron, year, received, have, paid)

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
        return measures + places + self.closed_present_cost

    @cached_property
    def closed_present_cost(self) -> Fraction:
        """What was paid in the closed years, discounted to the first year, in euros; exact."""
        return sum(
            (
                amount.euros * self.discount(line.jaar)
                for (line, _), amount in self.case.actual_payments.items()
            ),
            Fraction(0),
        )

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
                (Fraction(n) for (need, got, _), n in self.allocation.served.items() if need != got),
                Fraction(0),
            ),
            "boven_plafond": sum(self.over.values(), Fraction(0)),
            "ongedekt": Money.total(max(ZERO, gap) for gap in self.gaps.values()),
            "eigen_geld": Money.total(
                self.paid_by_source[row.bron] for row in self.case.sources if row.soort in OWN_SORTS
            ),
            "waardering": sum((row.waardering for row in chosen), Decimal(0)),
            "kosten_ncw": Money.rounded(self.net_present_cost),
            "spuk_onbesteed": Money.total(
                max(ZERO, (row.bedrag or ZERO) - self.paid_by_source[row.bron])
                for row in self.case.sources
                if row.soort == "spuk"
            ),
            "startjaren": sum(starts[row.maatregel] - row.vroegste_start for row in chosen),
        }

    @property
    def closed(self) -> bool:
        """Whether every euro has cover (`sluitend`)."""
        return not self.gaps

    def yearly(self, source: str) -> bool:
        """Whether a source has its money per year."""
        return self.case.source[source].soort in YEARLY_SORTS
