"""What the goals count: points, delays, and costs in prices of prijspeil, discounted to the first year."""

from __future__ import annotations

from finance.case import Case
from finance.case.sheets import Places
from finance.case.words import GRANT, OPERATION, VACANCY
from finance.plan.allocation import OWN_SORTS, Outcome, PlaceYear
from models.program import CreditMoney, Decision, Worth, scaled, scaled_price


def worth_of(
    facts: Outcome,
    decisions: tuple[Decision, ...],
    place_years: tuple[PlaceYear, ...],
    credit_years: tuple[CreditMoney, ...],
) -> Worth:
    """What the goals count, beside variables that count for themselves.

    Args:
        facts: what follows from what has happened.
        decisions: the decisions of the program.
        place_years: its place-years.
        credit_years: its credits, year by year.
    """
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
        interest=tuple(row.rate / _discount(case, row.jaar) for row in credit_years),
        closed_cost=scaled_price(facts.closed_present_cost),
        own_paid=sum(map(scaled, spent), 0.0),
        granted=sum((scaled(facts.kept(row)) for row in case.sources if row.soort == GRANT), 0.0),
    )


def _discount(case: Case, year: int) -> float:
    """By what an amount of a year is divided: (1 + discontovoet)^(t - eerste_jaar)."""
    return (1.0 + float(case.settings.discontovoet)) ** (year - case.years.first)


def _present_prices(case: Case, place: Places, year: int) -> tuple[float, float]:
    used, empty = (scaled_price(case.base_price(place, sort)) for sort in (OPERATION, VACANCY))
    return used / _discount(case, year), empty / _discount(case, year)
