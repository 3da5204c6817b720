"""The mathematics: one function per constraint, one per goal.

Variables, all in places or thousands of euros:

    x[d]        1 if the measure of decision d starts in its year
    places[k]   available places of place-year k (location, zorgvorm, year)
    used[k]     used places;  empty[k] the others
    y[v]        young people served (doelgroep d, pool g of places, year)
    short[d,t]  young people without a place;  over[f,t] places above the ceiling
    above[g,t]  places above a bovengrens;  below[g,t] places missing under an ondergrens
    pay[p]      payment of permitted pair p (cost line, source);  gap[l] what has no cover
    rev[r]      revenue of a financing row that depends on places
    left[j]     what a yearly source carries into its next year
    owed[c]     what is owed on a credit at the end of a year;  repaid[c] what it gets back in it

A constraint is a list of rows (lower, terms, upper), its terms listed outright; what a variable is, it does
not ask. `models.pyomo_model` runs it on the variables of Pyomo, `models.arrays` on the numbers of columns:
the mathematics stands here and nowhere else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from finance.case.words import BURDEN, CHANGES, FLOOR, GRANT
from finance.money import Money
from finance.plan.allocation import OWN_SORTS
from finance.plan.burden import is_municipal
from models.program import Cap, Program, scaled
from models.variables import Row, Term, Variables


@dataclass(frozen=True)
class Formulation:
    """What the arrays of a program stand for.

    Attributes:
        program: the program.
        variables: the numbers of its columns.
    """

    program: Program
    variables: Variables

    @property
    def goals(self) -> tuple[str, ...]:
        """The name of each goal, in the order of the case."""
        return goals_of(self.program)


def goals_of(program: Program) -> tuple[str, ...]:
    """The name of each goal of a program, in the order of the case."""
    return tuple(row.doel for row in program.case.goals)


def senses_of(program: Program) -> tuple[int, ...]:
    """The sense of each goal of a program: 1 to minimise, -1 to maximise."""
    return tuple(GOAL_FUNCTIONS[name][1] for name in goals_of(program))


def c1_one_start_per_project(program: Program, v: Variables) -> list[Row]:
    """C1: sum of x over the decisions of a project <= 1; = 1 where a measure of it is verplicht."""
    return [
        (1.0 if mandatory else None, [(1.0, v.x[d]) for d in decisions], 1.0)
        for decisions, mandatory in program.projects.values()
        if decisions
    ]


def c1_must_be_chosen(program: Program, v: Variables) -> list[Row]:
    """C1: sum of x over the decisions of a measure of which keuze is moet = 1."""
    return [(1.0, [(1.0, v.x[d]) for d in decisions], 1.0) for decisions in program.musts if decisions]


def c2_requirements(program: Program, v: Variables) -> list[Row]:
    """C2: x[d] <= sum of x over the decisions that meet a requirement of d (vereist, wacht_op)."""
    return [(None, [(1.0, v.x[d]), *((-1.0, v.x[other]) for other in others)], 0.0) for d, others in program.needs]


def c3_places(program: Program, v: Variables) -> list[Row]:
    """C3: places[k] - sum of (effect x x[d]) over decisions in force = places at the start."""
    return [
        (
            program.start_places[k],
            [(1.0, v.places[k]), *((-effect, v.x[d]) for d, effect in terms)],
            program.start_places[k],
        )
        for k, terms in enumerate(program.changes)
    ]


def c3_within_years(program: Program, v: Variables) -> list[Row]:
    """C3: -(sum of effect x x[d] over decisions in force on the first of a month) <= places at the start."""
    return [(None, [(-effect, v.x[d]) for d, effect in terms], start) for start, terms in program.within_years]


def c4_used_or_empty(program: Program, v: Variables) -> list[Row]:
    """C4: used[k] + empty[k] - places[k] = 0."""
    return [
        (0.0, [(1.0, v.used[k]), (1.0, v.empty[k]), (-1.0, v.places[k])], 0.0) for k in range(len(program.place_years))
    ]


def c5_occupancy(program: Program, v: Variables) -> list[Row]:
    """C5: used[k] <= bezetting_max places[k] - (bezetting_max - first-year share) new places[k]."""
    return [
        (
            None,
            [
                (1.0, v.used[k]),
                (-program.shares[k][0], v.places[k]),
                *((program.shares[k][1] * new, v.x[d]) for d, new in program.arrivals[k]),
            ],
            0.0,
        )
        for k in range(len(program.place_years))
    ]


def c6_need(program: Program, v: Variables) -> list[Row]:
    """C6: sum over suitable g of y[d,g,t] + short[d,t] = need[d,t].

    Without doelgroepen d is a zorgvorm, and g itself or an alternative.
    """
    terms: dict[tuple[str, int], list[Term]] = {key: [(1.0, v.short[key])] for key in program.need}
    for number, (who, _, year) in enumerate(program.served):
        terms[who, year].append((1.0, v.y[number]))
    return [(need, terms[key], need) for key, need in program.need.items()]


def c6_place(program: Program, v: Variables) -> list[Row]:
    """C6: sum over d of y[d,g,t] = sum of used[k] over the places of pool g."""
    terms: dict[tuple[str, int], list[Term]] = defaultdict(list)
    for number, (_, pool, year) in enumerate(program.served):
        terms[pool, year].append((1.0, v.y[number]))
    for k, (_, year) in enumerate(program.place_years):
        terms[program.pools[k], year].append((-1.0, v.used[k]))
    return [(0.0, parts, 0.0) for parts in terms.values()]


def c7_ceiling(program: Program, v: Variables) -> list[Row]:
    """C7: over[f,t] >= sum over l of places[l,f,t] - plafond[f,t]."""
    terms: dict[tuple[str, int], list[Term]] = {key: [(-1.0, over)] for key, over in v.over.items()}
    for k, ((_, form), year) in enumerate(program.place_years):
        if (form, year) in terms:
            terms[form, year].append((1.0, v.places[k]))
    return [(None, terms[key], program.ceilings[key]) for key in terms]


def c7_most_together(program: Program, v: Variables) -> list[Row]:
    """C7: above[g,t] >= sum of places that a row of `plaatsgrenzen` counts - bovengrens[g,t]."""
    return [
        (None, [*((1.0, v.places[k]) for k in row.places), (-1.0, v.above[row.grens, row.jaar])], row.most)
        for row in program.bounds
        if row.most is not None
    ]


def c7_least_together(program: Program, v: Variables) -> list[Row]:
    """C7: below[g,t] >= ondergrens[g,t] - sum of places that a row of `plaatsgrenzen` counts."""
    return [
        (row.least, [*((1.0, v.places[k]) for k in row.places), (1.0, v.below[row.grens, row.jaar])], None)
        for row in program.bounds
        if row.least is not None
    ]


def c8_cover(program: Program, v: Variables) -> list[Row]:
    """C8: sum over permitted sources of pay + gap = cost, for every cost line."""
    rows: list[Row] = []
    for cost, pairs, gap in zip(program.line_costs, program.pairs_of_line, v.gap, strict=True):
        terms = [(1.0, v.pay[p]) for p in pairs]
        terms.append((1.0, gap))
        terms += [(-amount, v.x[d]) for d, amount in cost.by_decision]
        if cost.credit >= 0:
            terms.append((-1.0, v.repaid[cost.credit]))
        for part in cost.parts or (cost,):
            if part.place >= 0:
                counted = v.empty if part.empty else v.used
                terms.append((-part.price, counted[part.place]))
        rows.append((0.0, terms, 0.0))
    return rows


def c9_pots(program: Program, v: Variables) -> list[Row]:
    """C9: sum of pay from a pot <= bedrag; up to each year t <= bedrag + proceeds received by t."""
    return [_within(cap, v) for cap in program.pots]


def _within(cap: Cap, v: Variables) -> Row:
    """Payments that together stay within a limit, which decisions and empty places may raise."""
    paid = [(1.0, v.pay[p]) for p in cap.pairs]
    raised = [(-add, v.x[d]) for d, add in cap.by_decision] + [(-add, v.empty[k]) for k, add in cap.by_empty]
    return None, [*paid, *raised], cap.limit


def c10_yearly(program: Program, v: Variables) -> list[Row]:
    """C10: pay[t] + left[t] <= revenue[t] + left[t-1]; left only where money moves on."""
    rows: list[Row] = []
    for j, money in enumerate(program.yearly):
        terms = [(1.0, v.pay[p]) for p in money.pairs]
        terms += [(-1.0, variable) for variable in v.revenue[j]]
        if j in v.left:
            terms.append((1.0, v.left[j]))
        if money.carried_from >= 0:
            terms.append((-1.0, v.left[money.carried_from]))
        if terms:
            rows.append((None, terms, money.fixed))
    return rows


def c10_revenue_by_places(program: Program, v: Variables) -> list[Row]:
    """C10: a PxQ or availability row pays at most prijs x the places that it counts."""
    rows: list[Row] = []
    for j, money in enumerate(program.yearly):
        for row, variable in zip(money.rows, v.revenue[j], strict=True):
            counted = v.used if row.used else v.places
            terms = [(1.0, variable), *((-row.price, counted[k]) for k in row.places)]
            rows.append((None, terms, 0.0))
    return rows


def c10_revenue_at_level(program: Program, v: Variables) -> list[Row]:
    """C10: a PxQ or availability row pays at most prijs x niveau."""
    return [
        (None, [(1.0, variable)], row.most)
        for j, money in enumerate(program.yearly)
        for row, variable in zip(money.rows, v.revenue[j], strict=True)
    ]


def c11_caps(program: Program, v: Variables) -> list[Row]:
    """C11: capped payments <= the cap, plus what each decision and each empty place adds to it."""
    return [_within(cap, v) for cap in program.caps]


def c12_resources(program: Program, v: Variables) -> list[Row]:
    """C12: per hulpbron and year, sum of hoeveelheid over the decisions that use it then <= beschikbaar."""
    return [(None, [(used, v.x[d]) for d, used in usage.by_decision], usage.available) for usage in program.usages]


def c13_owed(program: Program, v: Variables) -> list[Row]:
    """C13: owed[t] - (1 + rente) owed[t-1] - sum of pay from the credit + repaid[t] = 0; owed[0] is a fact."""
    rows: list[Row] = []
    for number, row in enumerate(program.credits):
        terms = [(1.0, v.owed[number]), (1.0, v.repaid[number]), *((-1.0, v.pay[p]) for p in row.drawn)]
        if row.before >= 0:
            terms.append((-(1.0 + row.rate), v.owed[row.before]))
        grown = (1.0 + row.rate) * row.owed
        rows.append((grown, terms, grown))
    return rows


def c13_limit(program: Program, v: Variables) -> list[Row]:
    """C13: owed[t] <= bedrag, and 0 at the end of the last year; what is left unpaid of closed years is a gap.

    A credit that owes more than that when its first open year starts may owe as much until its last.
    """
    return [
        (None, [(1.0, v.owed[number])], 0.0 if row.last else row.limit) for number, row in enumerate(program.credits)
    ]


def c13_repaid(program: Program, v: Variables) -> list[Row]:
    """C13: repaid[t] <= (1 + rente) owed[t-1]: nothing is paid back in the year in which it is drawn."""
    return [
        (
            None,
            [(1.0, v.repaid[number]), *([(-(1.0 + row.rate), v.owed[row.before])] if row.before >= 0 else [])],
            (1.0 + row.rate) * row.owed,
        )
        for number, row in enumerate(program.credits)
    ]


def c13_never_uncovered(program: Program, v: Variables) -> list[Row]:
    """C13: gap of what a credit gets back <= what closed years drew and nobody can pay back, else 0."""
    return [(None, [(1.0, v.gap[row.line])], row.left) for row in program.credits if row.line >= 0]


CONSTRAINTS: Final[tuple[Callable[[Program, Variables], list[Row]], ...]] = (
    c1_one_start_per_project,
    c1_must_be_chosen,
    c2_requirements,
    c3_places,
    c3_within_years,
    c4_used_or_empty,
    c5_occupancy,
    c6_need,
    c6_place,
    c7_ceiling,
    c7_most_together,
    c7_least_together,
    c8_cover,
    c9_pots,
    c10_yearly,
    c10_revenue_by_places,
    c10_revenue_at_level,
    c11_caps,
    c12_resources,
    c13_owed,
    c13_limit,
    c13_repaid,
    c13_never_uncovered,
)
"""C11's other half, that only permitted pairs pay, holds by construction of the program."""

Goal = tuple[list[Term], float]
"""The terms of a goal and its constant."""


def goal_shortage(_: Program, v: Variables) -> Goal:
    """Goal `tekort_plaatsen`: sum of short, in place-years."""
    return [(1.0, variable) for variable in v.short.values()], 0.0


def goal_diversion(program: Program, v: Variables) -> Goal:
    """Goal `uitwijk`: sum of y[d,g,t] with g of voorkeur 2 or higher for d, in place-years."""
    diverts = program.case.care.diverts
    return [(1.0, v.y[n]) for n, (who, pool, _) in enumerate(program.served) if diverts(who, pool)], 0.0


def goal_over_ceiling(_: Program, v: Variables) -> Goal:
    """Goal `boven_plafond`: sum of over and above, in place-years."""
    return [(1.0, variable) for variable in (*v.over.values(), *v.above.values())], 0.0


def goal_under_floor(_: Program, v: Variables) -> Goal:
    """Goal `onder_vloer`: sum of below, in place-years."""
    return [(1.0, variable) for variable in v.below.values()], 0.0


def goal_uncovered(_: Program, v: Variables) -> Goal:
    """Goal `ongedekt`: sum of gap, in thousands of euros nominal."""
    return [(1.0, variable) for variable in v.gap], 0.0


def goal_own_money(program: Program, v: Variables) -> Goal:
    """Goal `eigen_geld`: paid from eigen and gemeente, in thousands of euros nominal."""
    own = {n for n, row in enumerate(program.case.sources) if row.soort in OWN_SORTS}
    terms = [(1.0, v.pay[p]) for p, (_, source) in enumerate(program.pairs) if source in own]
    return terms, program.worth.own_paid


def goal_burden(program: Program, v: Variables) -> Goal:
    """Goal `lasten_gemeenten`: paid from sources of municipalities, in thousands of euros nominal."""
    bearing = {n for n, row in enumerate(program.case.sources) if is_municipal(row)}
    terms = [(1.0, v.pay[p]) for p, (_, source) in enumerate(program.pairs) if source in bearing]
    return terms, scaled(Money.total(row.betaald for row in program.facts.burdens))


def goal_points(program: Program, v: Variables) -> Goal:
    """Goal `waardering`: sum of waardering of the chosen measures; to maximise."""
    return list(zip(program.worth.points, v.x, strict=True)), 0.0


def goal_present_cost(program: Program, v: Variables) -> Goal:
    """Goal `kosten_ncw`: costs in prices of prijspeil / (1 + discontovoet)^(t - eerste_jaar).

    What was paid in a closed year counts as it was paid: a constant. Of a credit only the interest counts.
    """
    worth = program.worth
    terms = list(zip(worth.costs, v.x, strict=True))
    for k, (used, empty) in worth.prices:
        terms += [(used, v.used[k]), (empty, v.empty[k])]
    constant = worth.closed_cost
    for row, interest in zip(program.credits, worth.interest, strict=True):
        if row.before >= 0:
            terms.append((interest, v.owed[row.before]))
        constant += interest * row.owed
    return terms, constant


def goal_unspent_grant(program: Program, v: Variables) -> Goal:
    """Goal `spuk_onbesteed`: sum over SPUK sources of bedrag - paid, in thousands of euros."""
    grants = {n for n, row in enumerate(program.case.sources) if row.soort == GRANT}
    terms = [(-1.0, v.pay[p]) for p, (_, source) in enumerate(program.pairs) if source in grants]
    return terms, program.worth.granted


def goal_start_years(program: Program, v: Variables) -> Goal:
    """Goal `startjaren`: sum over chosen measures of start - vroegste_start, in years."""
    return list(zip(program.worth.delays, v.x, strict=True)), 0.0


def goal_changes(program: Program, v: Variables) -> Goal:
    """Goal `wijzigingen`: decisions that differ from those of the approved plan.

    A measure that the approved plan starts in year t counts 1 - x[m,t]; another one sum of x[m,s].
    """
    approved = program.case.approved
    terms = [
        (-1.0 if year == approved[name] else 1.0, v.x[d])
        for d, (name, year) in enumerate(program.decisions)
        if name in approved and approved[name] in (None, year)
    ]
    return terms, float(sum(year is not None for year in approved.values()))


GOAL_FUNCTIONS: Final[dict[str, tuple[Callable[[Program, Variables], Goal], int]]] = {
    CHANGES: (goal_changes, 1),
    "tekort_plaatsen": (goal_shortage, 1),
    "uitwijk": (goal_diversion, 1),
    "boven_plafond": (goal_over_ceiling, 1),
    FLOOR: (goal_under_floor, 1),
    "ongedekt": (goal_uncovered, 1),
    "eigen_geld": (goal_own_money, 1),
    BURDEN: (goal_burden, 1),
    "waardering": (goal_points, -1),
    "kosten_ncw": (goal_present_cost, 1),
    "spuk_onbesteed": (goal_unspent_grant, 1),
    "startjaren": (goal_start_years, 1),
}
"""Each goal and its sense: 1 to minimise, -1 to maximise."""
