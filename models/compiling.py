"""Compiling a case and its rules to its program."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Final

from finance.case import Case, CostLine
from finance.case.funding import lumpsum_revenue, places_paid
from finance.case.sheets import Funding, Measure, Places, Source
from finance.case.words import OPERATION, POT_SORTS, VACANCY
from finance.money import ZERO, Money
from finance.plan.allocation import OWN_SORTS, Outcome, PlaceYear, facts_of
from finance.rules import Entitlement, Likeness
from models.collector import collector_off
from models.decisions import Starts, place_changes, possible_starts, requirements, shares
from models.program import (
    Cap,
    Decision,
    LineCost,
    Program,
    RevenueRow,
    Served,
    Worth,
    YearlyMoney,
    scaled,
    scaled_price,
)


def _needs(
    case: Case, number: Mapping[Decision, int], starts: Starts
) -> tuple[tuple[int, tuple[int, ...]], ...]:
    """C2 for each start that is still to be decided; one that has been made is a fact."""
    return tuple(
        (at, tuple(number[other] for other in others))
        for (name, year), at in number.items()
        if name not in case.started
        for others in requirements(case, case.measure[name], year, starts).values()
    )


def _projects(
    case: Case, number: Mapping[Decision, int], starts: Starts
) -> dict[str, tuple[tuple[int, ...], bool]]:
    return {
        project: (
            tuple(number[row.maatregel, year] for row in rows for year in starts(row)),
            any(row.verplicht or row.maatregel in case.started for row in rows),
        )
        for project, rows in sorted(case.projects.items())
    }


def _served(case: Case) -> tuple[Served, ...]:
    options: dict[str, list[str]] = defaultdict(list)
    for row in case.alternatives:
        if row.alternatief != row.zorgvorm:
            options[row.zorgvorm].append(row.alternatief)
    offered = {key[1] for key in case.place}
    return tuple(
        (form, other, year)
        for form, year in sorted(case.demand_in)
        for other in (form, *sorted(options[form]))
        if other in offered
    )


Costs = list[tuple[CostLine, LineCost]]
"""Cost lines and what they cost."""
LINE_ORDER: Final = attrgetter("maatregel", "locatie", "zorgvorm", "kostensoort", "jaar")
"""The order of the lines: that of the records, compared as tuples."""


def _measure_lines(case: Case, number: Mapping[Decision, int], starts: Starts) -> Costs:
    lines: Costs = []
    for name, rows in case.costs_of.items():
        amounts: dict[tuple[str, int], dict[int, Money]] = defaultdict(dict)
        for start in starts(case.measure[name]):
            at = number[name, start]
            for row in rows:
                year = start + row.na_jaren
                if year not in case.closed_years:
                    parts = amounts[row.kostensoort, year]
                    parts[at] = parts.get(at, ZERO) + case.nominal(row, year)
        for (sort, year), parts in amounts.items():
            terms = tuple((at, scaled(amount)) for at, amount in parts.items() if amount.cents)
            if terms:
                lines.append((CostLine(name, "", "", sort, year), LineCost(terms)))
    return lines


def _place_lines(case: Case, place_years: tuple[PlaceYear, ...]) -> Costs:
    lines: Costs = []
    for at, (key, year) in enumerate(place_years):
        for sort in () if year in case.closed_years else (OPERATION, VACANCY):
            price = case.place_price(case.place[key], sort, year)
            if price:
                cost = LineCost(place=at, empty=sort == VACANCY, price=scaled_price(price))
                lines.append((CostLine("", *key, sort, year), cost))
    return lines


def _pairs(entitlement: Entitlement, lines: tuple[CostLine, ...]) -> tuple[tuple[int, int], ...]:
    """The permitted payments; lines that are alike are judged once."""
    alike: dict[Likeness, tuple[int, ...]] = {}
    pairs: list[tuple[int, int]] = []
    for number, line in enumerate(lines):
        likeness = entitlement.likeness(line)
        if likeness not in alike:
            alike[likeness] = _payers(entitlement, line)
        pairs += [(number, source) for source in alike[likeness]]
    return tuple(pairs)


def _payers(entitlement: Entitlement, line: CostLine) -> tuple[int, ...]:
    return tuple(
        number
        for number, source in enumerate(entitlement.case.sources)
        if line.jaar in entitlement.paying_years[source.bron] and entitlement.permission(source, line).mag
    )


def _revenue_rows(
    case: Case, source: Source, rows: tuple[Funding, ...], number: Mapping[PlaceYear, int]
) -> tuple[RevenueRow, ...]:
    return tuple(
        RevenueRow(
            tuple(number[key, row.jaar] for key in places_paid(case, source, row)),
            source.soort == "pxq",
            scaled_price(row.prijs.euros),
            scaled(row.prijs.times(row.niveau)),
        )
        for row in rows
    )


def _yearly(
    facts: Outcome,
    number: Mapping[PlaceYear, int],
    pairs_of: Mapping[tuple[str, int], list[int]],
) -> tuple[YearlyMoney, ...]:
    case = facts.case
    brought = {(row.bron, row.jaar): row.ingebracht for row in facts.balances}
    found: list[YearlyMoney] = []
    for source in case.sources:
        open_years = [year for year in case.funding_years(source) if year not in case.closed_years]
        for position, year in enumerate(open_years):
            rows = case.funding_of.get((source.bron, year), ())
            lump = source.soort == "lumpsum"
            fixed = Money.total(lumpsum_revenue(case, row) for row in rows) if lump else ZERO
            fixed += ZERO if position else brought[source.bron, year]
            carried = len(found) - 1 if source.overdraagbaar and position > 0 else -1
            found.append(
                YearlyMoney(
                    source.bron,
                    year,
                    scaled(fixed),
                    () if lump else _revenue_rows(case, source, rows, number),
                    tuple(pairs_of.get((source.bron, year), ())),
                    carried,
                )
            )
    return tuple(found)


def _pots(
    facts: Outcome,
    lines: tuple[CostLine, ...],
    pairs: tuple[tuple[int, int], ...],
    pairs_of: Mapping[str, list[int]],
    number: Mapping[Decision, int],
    starts: Starts,
) -> tuple[Cap, ...]:
    """C9: what each pot may pay in all, and up to each year after which proceeds can come in."""
    case = facts.case
    caps = []
    for source in case.sources:
        if source.soort not in POT_SORTS or not pairs_of[source.bron]:
            continue
        gifts = _proceeds(case, source, number, starts)
        years = {case.years.last, *(year - 1 for year, _, _ in gifts)} - set(case.closed_years)
        for last in sorted(years):
            paid = tuple(pair for pair in pairs_of[source.bron] if lines[pairs[pair][0]].jaar <= last)
            terms: dict[int, float] = defaultdict(float)
            for year, at, amount in gifts:
                if year <= last:
                    terms[at] += scaled(amount)
            if paid:
                caps.append(Cap(source.bron, paid, scaled(facts.kept(source)), tuple(terms.items())))
    return tuple(caps)


def _proceeds(
    case: Case, source: Source, number: Mapping[Decision, int], starts: Starts
) -> list[tuple[int, int, Money]]:
    """What flows into a pot in years that are not closed: the year, the decision, the amount."""
    return [
        (start + row.na_jaren, number[row.maatregel, start], row.bedrag)
        for row in case.proceeds_into.get(source.bron, ())
        for start in starts(case.measure[row.maatregel])
        if case.closed_through < start + row.na_jaren <= case.years.last
    ]


def _share_caps(
    pairs: tuple[tuple[int, int], ...],
    lines: tuple[CostLine, ...],
    pairs_of: Mapping[str, list[int]],
    entitlement: Entitlement,
    facts: Outcome,
) -> list[Cap]:
    caps = []
    for cap in entitlement.share_caps:
        paying = ((pair, bron) for bron in cap.bronnen for pair in pairs_of.get(bron, ()))
        members = tuple(sorted(pair for pair, bron in paying if cap.counts(lines[pairs[pair][0]], bron)))
        if members:
            room = max(ZERO, cap.grens - cap.paid(facts.allocation.payments))
            caps.append(Cap(f"{cap.regel.id} {cap.beschikking}", members, scaled(room)))
    return caps


def _vacancy_limits(
    pairs: tuple[tuple[int, int], ...],
    lines: tuple[CostLine, ...],
    pairs_of_line: Sequence[Sequence[int]],
    entitlement: Entitlement,
    number: Mapping[Decision, int],
    starts: Starts,
) -> list[Cap]:
    """The empty places that a chosen measure is closing, at their price."""
    case = entitlement.case
    caps = []
    for line, members in zip(lines, pairs_of_line, strict=True):
        limited = line.kostensoort == VACANCY and tuple(
            pair
            for pair in members
            if entitlement.permission(case.sources[pairs[pair][1]], line).bij_sluiting
        )
        if not limited:
            continue
        key = (line.locatie, line.zorgvorm)
        price = scaled_price(case.place_price(case.place[key], VACANCY, line.jaar))
        closing: dict[int, float] = defaultdict(float)
        for effect in entitlement.closures.get(key, ()):
            for start in starts(case.measure[effect.maatregel]):
                if start <= line.jaar < start + effect.na_jaren:
                    closing[number[effect.maatregel, start]] -= effect.plaatsen * price
        caps.append(Cap(f"leegstand {line}", limited, 0.0, tuple(closing.items())))
    return caps


def _worth(facts: Outcome, decisions: tuple[Decision, ...], place_years: tuple[PlaceYear, ...]) -> Worth:
    case = facts.case
    points = {row.maatregel: float(row.waardering) for row in case.measures}
    first = {row.maatregel: row.vroegste_start for row in case.measures}
    discounts: dict[int, float] = {}

    def present(name: str, start: int) -> float:
        total = 0.0
        for row, amount in costs[name]:
            year = start + row.na_jaren
            if year not in discounts:
                discounts[year] = _discount(case, year)
            total += amount / discounts[year] if year > case.closed_through else 0.0
        return total

    costs = {name: [(row, scaled(row.bedrag)) for row in case.costs_of.get(name, ())] for name in points}
    spent = (facts.paid_by_source[row.bron] for row in case.sources if row.soort in OWN_SORTS)
    return Worth(
        points=tuple(points[name] for name, _ in decisions),
        delays=tuple(float(year - first[name]) for name, year in decisions),
        costs=tuple(present(*decision) for decision in decisions),
        prices=tuple(
            (at, _present_prices(case, case.place[key], year))
            for at, (key, year) in enumerate(place_years)
            if year not in case.closed_years
        ),
        closed_cost=scaled_price(facts.closed_present_cost),
        own_paid=sum(map(scaled, spent), 0.0),
        granted=sum((scaled(facts.kept(row)) for row in case.sources if row.soort == "spuk"), 0.0),
    )


def _discount(case: Case, year: int) -> float:
    """By what an amount of a year is divided: (1 + discontovoet)^(t - eerste_jaar)."""
    return (1.0 + float(case.settings.discontovoet)) ** (year - case.years.first)


def _present_prices(case: Case, place: Places, year: int) -> tuple[float, float]:
    used, empty = (scaled_price(case.base_price(place, sort)) for sort in (OPERATION, VACANCY))
    return used / _discount(case, year), empty / _discount(case, year)


@collector_off()
def compile_program(case: Case, entitlement: Entitlement) -> Program:
    """Compile a case and its rules to its program.

    Args:
        case: a case without findings.
        entitlement: the rules applied to it.
    """
    decisions = possible_starts(case)
    number = {decision: at for at, decision in enumerate(decisions)}
    # Every part asks for the start years of every measure; they are worked out once.
    years = {row.maatregel: case.start_years(row) for row in case.measures}

    def starts(measure: Measure) -> Iterable[int]:
        return years[measure.maatregel]

    facts = Outcome(case, facts_of(case))
    place_years = tuple((key, year) for key in sorted(case.place) for year in case.years)
    place_number = {at: position for position, at in enumerate(place_years)}
    changes = [place_changes(case, at, number, starts) for at in place_years]
    costs = [*_measure_lines(case, number, starts), *_place_lines(case, place_years)]
    costs.sort(key=lambda cost: LINE_ORDER(cost[0]))
    lines = tuple(line for line, _ in costs)
    pairs = _pairs(entitlement, lines)
    pairs_of_line: list[list[int]] = [[] for _ in lines]
    pairs_of_source: dict[str, list[int]] = defaultdict(list)
    pairs_of_year: dict[tuple[str, int], list[int]] = defaultdict(list)
    names = [row.bron for row in case.sources]
    for at, (line, source) in enumerate(pairs):
        pairs_of_line[line].append(at)
        pairs_of_source[names[source]].append(at)
        pairs_of_year[names[source], lines[line].jaar].append(at)
    return Program(
        case=case,
        entitlement=entitlement,
        decisions=decisions,
        projects=_projects(case, number, starts),
        needs=_needs(case, number, starts),
        place_years=place_years,
        start_places=tuple(float(case.place[key].plaatsen) for key, _ in place_years),
        changes=tuple(in_force for in_force, _ in changes),
        arrivals=tuple(arriving for _, arriving in changes),
        shares=tuple(shares(case, key[1]) for key, _ in place_years),
        demand={
            key: (float(row.nodig), None if row.plafond is None else float(row.plafond))
            for key, row in sorted(case.demand_in.items())
        },
        served=_served(case),
        facts=facts,
        lines=lines,
        line_costs=tuple(cost for _, cost in costs),
        pairs=pairs,
        pairs_of_line=tuple(tuple(members) for members in pairs_of_line),
        pots=_pots(facts, lines, pairs, pairs_of_source, number, starts),
        yearly=_yearly(facts, place_number, pairs_of_year),
        caps=(
            *_share_caps(pairs, lines, pairs_of_source, entitlement, facts),
            *_vacancy_limits(pairs, lines, pairs_of_line, entitlement, number, starts),
        ),
        worth=_worth(facts, decisions, place_years),
    )
