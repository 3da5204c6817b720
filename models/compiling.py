"""Compiling a case and its rules to its program."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from operator import attrgetter
from typing import Final

from finance.case import Case, CostLine
from finance.case.credit import CreditYear
from finance.case.funding import lumpsum_revenue, places_paid, price_of_months
from finance.case.sheets import Funding, Measure, Source
from finance.case.words import MUST, OPERATION, POT_SORTS, VACANCY
from finance.collector import collector_off
from finance.money import ZERO, Money
from finance.plan.allocation import Outcome, PlaceYear, facts_of
from finance.rules import Entitlement, Likeness
from finance.rules.records import CategoryRule, NotCapitalisedRule
from models.decisions import place_changes, possible_starts, requirements, shares, usages, within_years
from models.parts import parts_of_line
from models.program import (
    Bounded,
    Cap,
    CreditMoney,
    Decision,
    LineCost,
    Program,
    RevenueRow,
    Served,
    Terms,
    YearlyMoney,
    scaled,
    scaled_price,
)
from models.worth import worth_of

Costs = list[tuple[CostLine, LineCost]]
"""Cost lines and what they cost."""
LINE_ORDER: Final = attrgetter("maatregel", "locatie", "zorgvorm", "kostensoort", "jaar", "krediet")
"""The order of the lines: that of the records, compared as tuples."""


@collector_off()
def compile_program(case: Case, entitlement: Entitlement) -> Program:
    """Compile a case and its rules to its program.

    Args:
        case: a case without findings.
        entitlement: the rules applied to it.
    """
    return Compilation(case, entitlement).program()


@dataclass(frozen=True)
class Compilation:
    """A case on its way to its program; each index set is made once, and every part reads it here.

    Attributes:
        case: the case.
        entitlement: the rules applied to it.
    """

    case: Case
    entitlement: Entitlement

    def program(self) -> Program:
        """The program."""
        case = self.case
        changes = [place_changes(case, place_year, self.number, self.starts) for place_year in self.place_years]
        return Program(
            case=case,
            entitlement=self.entitlement,
            decisions=self.decisions,
            projects=self._projects(),
            musts=tuple(
                tuple(self.number[row.maatregel, year] for year in self.starts(row))
                for row in case.measures
                if row.keuze == MUST
            ),
            needs=self._needs(),
            usages=tuple(usages(case, self.number, self.starts)),
            place_years=self.place_years,
            start_places=tuple(float(case.place[key].plaatsen) for key, _ in self.place_years),
            changes=tuple(in_force for in_force, _ in changes),
            within_years=tuple(
                (float(row.plaatsen), terms)
                for key, row in sorted(case.place.items())
                for terms in within_years(case, key, self.number, self.starts)
            ),
            arrivals=tuple(arriving for _, arriving in changes),
            shares=tuple(shares(case, form) for (_, form), _ in self.place_years),
            need={key: float(number) for key, number in sorted(case.care.need.items())},
            ceilings={
                key: float(row.plafond) for key, row in sorted(case.demand_in.items()) if row.plafond is not None
            },
            bounds=tuple(self._bounds()),
            served=self._served(),
            pools=tuple(case.care.pool_of[key] for key, _ in self.place_years),
            facts=self.facts,
            lines=self.lines,
            line_costs=tuple(cost for _, cost in self._costs),
            pairs=self.pairs,
            pairs_of_line=self.pairs_of_line,
            pots=tuple(self._pots()),
            yearly=self._yearly(),
            credits=self._credits,
            caps=(*self._share_caps(), *self._parts_of_lines()),
            worth=worth_of(self.facts, self.decisions, self.place_years, self._credits),
        )

    # Index sets

    @cached_property
    def decisions(self) -> tuple[Decision, ...]:
        """Every measure in every year in which it can start."""
        return possible_starts(self.case)

    @cached_property
    def number(self) -> Mapping[Decision, int]:
        """The number of each decision."""
        return {decision: number for number, decision in enumerate(self.decisions)}

    @cached_property
    def _start_years(self) -> Mapping[str, Collection[int]]:
        return {row.maatregel: self.case.start_years(row) for row in self.case.measures}

    def starts(self, measure: Measure) -> Collection[int]:
        """The years in which a measure can start; every part asks for them, so they are worked out once."""
        return self._start_years[measure.maatregel]

    @cached_property
    def facts(self) -> Outcome:
        """What follows from what has happened."""
        return Outcome(self.case, facts_of(self.case))

    @cached_property
    def place_years(self) -> tuple[PlaceYear, ...]:
        """Location, zorgvorm and year."""
        return tuple((key, year) for key in sorted(self.case.place) for year in self.case.years)

    @cached_property
    def _place_number(self) -> Mapping[PlaceYear, int]:
        return {place_year: number for number, place_year in enumerate(self.place_years)}

    @cached_property
    def _costs(self) -> Costs:
        costs = [*self._measure_lines(), *self._place_lines(), *self._credit_lines()]
        return sorted(costs, key=lambda cost: LINE_ORDER(cost[0]))

    @cached_property
    def lines(self) -> tuple[CostLine, ...]:
        """The cost lines of the years that are not closed."""
        return tuple(line for line, _ in self._costs)

    @cached_property
    def pairs(self) -> tuple[tuple[int, int], ...]:
        """The permitted payments: the numbers of a line and of a source.

        Lines that are alike are judged once.
        """
        alike: dict[Likeness, tuple[int, ...]] = {}
        pairs: list[tuple[int, int]] = []
        for number, line in enumerate(self.lines):
            likeness = self.entitlement.likeness(line)
            if likeness not in alike:
                alike[likeness] = self._payers(line)
            pairs += [(number, source) for source in alike[likeness]]
        return tuple(pairs)

    def _payers(self, line: CostLine) -> tuple[int, ...]:
        """The numbers of the sources that may pay a line."""
        rules = self.entitlement
        return tuple(
            number
            for number, source in enumerate(self.case.sources)
            if line.jaar in rules.paying_years[source.bron] and rules.permission(source, line).mag
        )

    @cached_property
    def pairs_of_line(self) -> tuple[tuple[int, ...], ...]:
        """The numbers of the payments of each line."""
        found: list[list[int]] = [[] for _ in self.lines]
        for pair, (line, _) in enumerate(self.pairs):
            found[line].append(pair)
        return tuple(map(tuple, found))

    @cached_property
    def _pairs_of_source(self) -> Mapping[str, Sequence[int]]:
        """The numbers of the payments of each source that pays anything."""
        names = [row.bron for row in self.case.sources]
        found: dict[str, list[int]] = defaultdict(list)
        for pair, (_, source) in enumerate(self.pairs):
            found[names[source]].append(pair)
        return dict(found)

    @cached_property
    def _pairs_of_year(self) -> Mapping[tuple[str, int], Sequence[int]]:
        """The same by source and year."""
        found: dict[tuple[str, int], list[int]] = defaultdict(list)
        for source, pairs in self._pairs_of_source.items():
            for pair in pairs:
                found[source, self._line_of(pair).jaar].append(pair)
        return dict(found)

    def _line_of(self, pair: int) -> CostLine:
        """The line that a payment pays."""
        return self.lines[self.pairs[pair][0]]

    # Decisions and young people

    def _projects(self) -> dict[str, tuple[tuple[int, ...], bool]]:
        return {
            project: (
                tuple(self.number[row.maatregel, year] for row in rows for year in self.starts(row)),
                any(row.verplicht or row.keuze == MUST or row.maatregel in self.case.started for row in rows),
            )
            for project, rows in sorted(self.case.projects.items())
        }

    def _needs(self) -> tuple[tuple[int, tuple[int, ...]], ...]:
        """C2 for each start that is still to be decided; one that has been made is a fact."""
        case = self.case
        return tuple(
            (number, tuple(self.number[other] for other in others))
            for (name, year), number in self.number.items()
            if name not in case.started
            for others in requirements(case, case.measure[name], year, self.starts).values()
        )

    def _bounds(self) -> Iterator[Bounded]:
        for row in self.case.place_bounds:
            places = tuple(self._place_number[key, row.jaar] for key in self.case.bounded(row))
            least, most = (None if limit is None else float(limit) for limit in (row.ondergrens, row.bovengrens))
            yield Bounded(row.grens, row.jaar, places, least, most)

    def _served(self) -> tuple[Served, ...]:
        care = self.case.care
        return tuple((who, pool, year) for who, year in sorted(care.need) for pool in care.pools_for.get(who, ()))

    # Costs

    def _measure_lines(self) -> Iterator[tuple[CostLine, LineCost]]:
        case = self.case
        for name, rows in case.costs_of.items():
            amounts: dict[tuple[str, int], dict[int, Money]] = defaultdict(dict)
            for start in self.starts(case.measure[name]):
                decision = self.number[name, start]
                for row in rows:
                    year = start + row.na_jaren
                    if year not in case.closed_years:
                        parts = amounts[row.kostensoort, year]
                        parts[decision] = parts.get(decision, ZERO) + case.nominal(row, year)
            for (sort, year), parts in amounts.items():
                paid = {decision: amount for decision, amount in parts.items() if amount.cents}
                if paid:
                    terms = tuple((decision, scaled(amount)) for decision, amount in paid.items())
                    yield CostLine(name, "", "", sort, year), LineCost(terms)

    def _place_lines(self) -> Iterator[tuple[CostLine, LineCost]]:
        case = self.case
        for number, (key, year) in enumerate(self.place_years):
            for sort in () if year in case.closed_years else (OPERATION, VACANCY):
                price = case.place_price(case.place[key], sort, year)
                if price:
                    cost = LineCost(place=number, empty=sort == VACANCY, price=scaled_price(price))
                    yield CostLine("", *key, sort, year), cost

    @cached_property
    def _credit_years(self) -> tuple[CreditYear, ...]:
        """The open years of each credit; what is owed in them, were nothing drawn or paid back any more."""
        return tuple(row for row in self.facts.credits if row.jaar not in self.case.closed_years)

    def _credit_lines(self) -> Iterator[tuple[CostLine, LineCost]]:
        """What a credit gets back: nothing in its first year, unless closed years have drawn on it."""
        for number, row in enumerate(self._credit_years):
            if row.begin != ZERO or row.jaar > self.case.source_years(row.bron).first:
                yield row.regel, LineCost(credit=number)

    # Money

    @cached_property
    def _credits(self) -> tuple[CreditMoney, ...]:
        """C13: each credit in each open year of its window."""
        lines = {line: number for number, line in enumerate(self.lines)}
        rows = self._credit_years
        found: list[CreditMoney] = []
        old = 0.0
        for number, row in enumerate(rows):
            first = not number or rows[number - 1].bron is not row.bron
            rate = float(row.bron.rente or 0)
            # What closed years have drawn, were nothing of it paid back; the model does not round its interest.
            old = max((1.0 + rate) * (scaled(row.begin) if first else old), scaled(row.begin + row.rente))
            found.append(
                CreditMoney(
                    bron=row.bron.bron,
                    jaar=row.jaar,
                    rate=rate,
                    # Above the limit that stays, and may grow, until it is paid back.
                    limit=max(scaled(row.limiet), old),
                    drawn=tuple(self._pairs_of_year.get((row.bron.bron, row.jaar), ())),
                    line=lines.get(row.regel, -1),
                    before=-1 if first else number - 1,
                    owed=scaled(row.begin) if first else 0.0,
                    last=row.laatste,
                    left=old if row.laatste else 0.0,
                )
            )
        return tuple(found)

    def _pots(self) -> Iterator[Cap]:
        """C9: what each pot may pay in all, and up to each year after which proceeds can come in."""
        case = self.case
        for source in case.sources:
            pairs = self._pairs_of_source.get(source.bron, ())
            if source.soort not in POT_SORTS or not pairs:
                continue
            gifts = self._proceeds(source)
            years = {case.years.last, *(year - 1 for year, _, _ in gifts)} - set(case.closed_years)
            for last in sorted(years):
                paid = tuple(pair for pair in pairs if self._line_of(pair).jaar <= last)
                if paid:
                    yield Cap(source.bron, paid, scaled(self.facts.kept(source)), _received(gifts, last))

    def _proceeds(self, source: Source) -> list[tuple[int, int, Money]]:
        """What flows into a pot in years that are not closed: the year, the decision, the amount."""
        case = self.case
        return [
            (start + row.na_jaren, self.number[row.maatregel, start], row.bedrag)
            for row in case.proceeds_into.get(source.bron, ())
            for start in self.starts(case.measure[row.maatregel])
            if case.closed_through < start + row.na_jaren <= case.years.last
        ]

    def _yearly(self) -> tuple[YearlyMoney, ...]:
        case = self.case
        brought = {(row.bron, row.jaar): row.ingebracht for row in self.facts.balances}
        found: list[YearlyMoney] = []
        for source in case.sources:
            open_years = [year for year in case.funding_years(source) if year not in case.closed_years]
            for position, year in enumerate(open_years):
                rows = case.funding_of.get((source.bron, year), ())
                lump = source.soort == "lumpsum"
                fixed = Money.total(lumpsum_revenue(case, row) for row in rows) if lump else ZERO
                fixed += ZERO if position else brought[source.bron, year]
                found.append(
                    YearlyMoney(
                        source.bron,
                        year,
                        scaled(fixed),
                        () if lump else self._revenue_rows(source, rows),
                        tuple(self._pairs_of_year.get((source.bron, year), ())),
                        len(found) - 1 if source.overdraagbaar and position > 0 else -1,
                    )
                )
        return tuple(found)

    def _revenue_rows(self, source: Source, rows: tuple[Funding, ...]) -> tuple[RevenueRow, ...]:
        return tuple(
            RevenueRow(
                tuple(self._place_number[key, row.jaar] for key in places_paid(self.case, source, row)),
                source.soort == "pxq",
                scaled_price(price_of_months(self.case, row)),
                scaled(Money.rounded(price_of_months(self.case, row) * Fraction(row.niveau))),
            )
            for row in rows
        )

    def _share_caps(self) -> Iterator[Cap]:
        for cap in self.entitlement.share_caps:
            paying = ((pair, bron) for bron in cap.bronnen for pair in self._pairs_of_source.get(bron, ()))
            members = tuple(sorted(pair for pair, bron in paying if cap.counts(self._line_of(pair), bron)))
            if members:
                room = max(ZERO, cap.grens - cap.paid(self.facts.allocation.payments))
                yield Cap(f"{cap.regel.id} {cap.beschikking}", members, scaled(room))

    def _parts_of_lines(self) -> Iterator[Cap]:
        """The part of a line that grants of a regulation may pay: vacancy while closing, what is not capitalised."""
        sources = self.case.sources
        for line, numbers in zip(self.lines, self.pairs_of_line, strict=True):
            payers = ((pair, sources[self.pairs[pair][1]]) for pair in numbers)
            for regeling, (rule, pairs) in parts_of_line(self.entitlement, line, payers).items():
                if isinstance(rule, NotCapitalisedRule):
                    yield Cap(f"niet geactiveerd {regeling} {line}", pairs, 0.0, self._not_capitalised(line))
                else:
                    yield Cap(f"leegstand {regeling} {line}", pairs, 0.0, self._closing(line, rule))
                    if housing := self._housing(line, rule):
                        yield Cap(f"huisvesting {regeling} {line}", pairs, 0.0, by_empty=housing)

    def _not_capitalised(self, line: CostLine) -> Terms:
        """What of a line each decision makes that is not capitalised."""
        case = self.case
        free: dict[int, float] = defaultdict(float)
        for row in case.costs_of.get(line.maatregel, ()):
            for start in self.starts(case.measure[line.maatregel]):
                of_line = (row.kostensoort, start + row.na_jaren) == (line.kostensoort, line.jaar)
                if of_line and not row.geactiveerd:
                    free[self.number[line.maatregel, start]] += scaled(case.nominal(row, line.jaar))
        return tuple(free.items())

    def _closing(self, line: CostLine, rule: CategoryRule) -> Terms:
        """What the places of a line cost that each decision is closing in its year."""
        case, key = self.case, (line.locatie, line.zorgvorm)
        price = scaled_price(self.entitlement.vacancy_price(key, line.jaar, rule))
        closing: dict[int, float] = defaultdict(float)
        for effect in self.entitlement.closures.get(key, ()):
            for start in self.starts(case.measure[effect.maatregel]):
                part = 1 - effect.in_force(start, line.jaar)
                if start <= line.jaar and part:
                    closing[self.number[effect.maatregel, start]] -= float(effect.plaatsen * part) * price
        return tuple(closing.items())

    def _housing(self, line: CostLine, rule: CategoryRule) -> Terms:
        """What an empty place of a line costs in so far as it is housing; none where a rule pays its whole price."""
        key = line.locatie, line.zorgvorm
        if not rule.alleen_huisvesting or self.case.place[key].huisvesting_per_plaats is None:
            return ()
        price = scaled_price(self.entitlement.vacancy_price(key, line.jaar, rule))
        return ((self._place_number[key, line.jaar], price),)


def _received(gifts: Iterable[tuple[int, int, Money]], last: int) -> Terms:
    """What each decision brings a pot up to a year."""
    terms: dict[int, float] = defaultdict(float)
    for year, decision, amount in gifts:
        if year <= last:
            terms[decision] += scaled(amount)
    return tuple(terms.items())
