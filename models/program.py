"""The program: a case as index sets and scaled numbers, ready for the mathematics.

The case speaks of municipalities and buildings in cents; the program speaks of rows and columns in
thousands of euros. Only permitted (line, source) pairs exist in it, and every set is listed once,
so that no constraint has to scan a product of sets. `models.compiling` makes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from finance.case import Case, CostLine
from finance.money import Exact, Money
from finance.plan.allocation import Outcome, PlaceYear
from finance.rules import Entitlement

EUROS_PER_UNIT: Final = 1000
"""The model counts money in thousands of euros."""
CENTS_PER_UNIT: Final = 100 * EUROS_PER_UNIT

Decision = tuple[str, int]
"""A measure and its start year."""
Served = tuple[str, str, int]
"""Doelgroep (or needed zorgvorm), pool of the place, year."""
Terms = tuple[tuple[int, float], ...]
"""Coefficients by the number of a variable."""


def scaled(amount: Money) -> float:
    """An amount in thousands of euros."""
    return amount.cents / CENTS_PER_UNIT


def scaled_price(euros: Exact) -> float:
    """A price in thousands of euros."""
    return float(Fraction(euros) / EUROS_PER_UNIT)


@dataclass(frozen=True)
class LineCost:
    """What a cost line costs: a sum over decisions, a price times used or empty places, or what a credit gets back.

    Attributes:
        by_decision: thousands of euros per decision, by its number.
        place: the number of the place-year; -1 for a line of a measure.
        empty: whether the empty places count (leegstand) or the used ones (exploitatie).
        price: thousands of euros per place.
        credit: the number of the credit and year that is paid back; -1 for none.
        parts: the costs of places that a group of lines adds up; empty for a single line.
    """

    by_decision: Terms = ()
    place: int = -1
    empty: bool = False
    price: float = 0.0
    credit: int = -1
    parts: tuple[LineCost, ...] = ()


@dataclass(frozen=True)
class RevenueRow:
    """One financing row that depends on places (pxq, beschikbaarheid).

    Attributes:
        places: the numbers of the place-years that it looks at.
        used: whether used places count (pxq) or available ones (beschikbaarheid).
        price: thousands of euros per place.
        most: thousands of euros at niveau.
    """

    places: tuple[int, ...]
    used: bool
    price: float
    most: float


@dataclass(frozen=True)
class YearlyMoney:
    """A yearly source in one year.

    Attributes:
        bron: the source.
        jaar: the year.
        fixed: thousands of euros that are data (a lump sum, what closed years leave).
        rows: the financing rows that depend on places.
        pairs: the payments of that source in that year.
        carried_from: the number of the year before, where unspent money moves on; -1 for none.
    """

    bron: str
    jaar: int
    fixed: float
    rows: tuple[RevenueRow, ...]
    pairs: tuple[int, ...]
    carried_from: int


@dataclass(frozen=True)
class CreditMoney:
    """C13: a credit in one open year of its window.

    Attributes:
        bron: the credit.
        jaar: the year.
        rate: the interest of a year on what is owed when it starts.
        limit: thousands of euros that may be owed.
        drawn: the payments from it in that year.
        line: the number of the cost line of what it gets back; -1 in a year in which nothing can be.
        before: the number of the year before; -1 for none.
        owed: thousands of euros that are owed when its first open year starts; 0 in later years.
        last: whether nothing may be owed any more when the year ends.
        left: the most that may stay unpaid in that year: what closed years drew and nobody pays back.
    """

    bron: str
    jaar: int
    rate: float
    limit: float
    drawn: tuple[int, ...]
    line: int
    before: int
    owed: float
    last: bool
    left: float


@dataclass(frozen=True)
class Cap:
    """Payments that together stay within an amount.

    Attributes:
        name: what it is, for messages.
        pairs: the payments.
        limit: thousands of euros.
        by_decision: what each decision adds to the limit.
        by_empty: what each empty place adds to it, by the number of its place-year.
    """

    name: str
    pairs: tuple[int, ...]
    limit: float
    by_decision: Terms = ()
    by_empty: Terms = ()


@dataclass(frozen=True)
class Bounded:
    """Places that a row of `plaatsgrenzen` counts together.

    Attributes:
        grens: the bound.
        jaar: the year.
        places: the numbers of their place-years.
        least: the fewest there must be; None for no floor.
        most: the most there may be; None for no ceiling.
    """

    grens: str
    jaar: int
    places: tuple[int, ...]
    least: float | None
    most: float | None


@dataclass(frozen=True)
class Usage:
    """What the chosen measures use of a resource in a year.

    Attributes:
        hulpbron: the resource.
        jaar: the year.
        by_decision: what each decision uses; below zero where it provides.
        available: how much there is.
    """

    hulpbron: str
    jaar: int
    by_decision: Terms
    available: float


@dataclass(frozen=True)
class Worth:
    """What the goals count, beside variables that count for themselves.

    Attributes:
        points: waardering by decision.
        delays: years after vroegste_start by decision.
        costs: present cost by decision, in thousands of euros in prices of prijspeil.
        prices: the same for a used and for an empty place, by the number of the place-year; open years only.
        interest: the same for a euro of interest, by the number of the credit and year.
        closed_cost: what was paid in the closed years, the same way.
        own_paid: what own money paid in the closed years, in thousands of euros.
        granted: what the closed years leave of all grants, in thousands of euros.
    """

    points: tuple[float, ...]
    delays: tuple[float, ...]
    costs: tuple[float, ...]
    prices: tuple[tuple[int, tuple[float, float]], ...]
    interest: tuple[float, ...]
    closed_cost: float
    own_paid: float
    granted: float


@dataclass(frozen=True)
class Program:
    """The index sets and numbers of one case.

    Attributes:
        case: the case.
        entitlement: the rules applied to it.
        decisions: every measure in every year in which it can start; the order breaks ties.
        projects: per project the numbers of its decisions, and whether one must be chosen.
        musts: the decisions of each measure that must be chosen, one of which is taken.
        needs: C2: per decision that needs another project, the decisions one of which must be taken.
        usages: C12: what is used of each resource in each open year in which something can be.
        place_years: location, zorgvorm and year.
        start_places: places at the start, by place-year.
        changes: C3: places by decision in force, by place-year.
        within_years: C3: places at the start, and by decision, on the first of a month later than January.
        arrivals: C5: new places by decision in their first year, by place-year.
        shares: C5: bezetting_max, and that less its first-year value, by place-year.
        need: the need of each doelgroep (or zorgvorm) and year, in places.
        ceilings: the ceiling on places of each zorgvorm and year that has one.
        bounds: C7: places that are bounded together.
        served: who may be served where.
        pools: the pool of each place-year.
        facts: what follows from what has happened; the payments of closed years are in no line or pair.
        lines: the cost lines of the years that are not closed.
        line_costs: their cost.
        pairs: permitted payments: the numbers of a line and of a source.
        pairs_of_line: the payments of each line.
        pots: C9, with what the closed years leave; up to each year where a pot gets proceeds of sales.
        yearly: C10.
        credits: C13.
        caps: the share caps and the limits to a part of a line (vacancy while closing, what is not capitalised).
        worth: what the goals count.
    """

    case: Case
    entitlement: Entitlement
    decisions: tuple[Decision, ...]
    projects: Mapping[str, tuple[tuple[int, ...], bool]]
    musts: tuple[tuple[int, ...], ...]
    needs: tuple[tuple[int, tuple[int, ...]], ...]
    usages: tuple[Usage, ...]
    place_years: tuple[PlaceYear, ...]
    start_places: tuple[float, ...]
    changes: tuple[Terms, ...]
    within_years: tuple[tuple[float, Terms], ...]
    arrivals: tuple[Terms, ...]
    shares: tuple[tuple[float, float], ...]
    need: Mapping[tuple[str, int], float]
    ceilings: Mapping[tuple[str, int], float]
    bounds: tuple[Bounded, ...]
    served: tuple[Served, ...]
    pools: tuple[str, ...]
    facts: Outcome
    lines: tuple[CostLine, ...]
    line_costs: tuple[LineCost, ...]
    pairs: tuple[tuple[int, int], ...]
    pairs_of_line: tuple[tuple[int, ...], ...]
    pots: tuple[Cap, ...]
    yearly: tuple[YearlyMoney, ...]
    credits: tuple[CreditMoney, ...]
    caps: tuple[Cap, ...]
    worth: Worth
