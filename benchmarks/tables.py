"""The index sets of a program as arrays: what a model that is written in whole arrays starts from.

Both rivals, linopy and plain arrays, take their data from here: they state the same model from the
same source, and neither loops over rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import numpy.typing as npt

from models.program import LineCost, Program, RevenueRow, Terms

Numbers = npt.NDArray[np.int32]
Reals = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Entries:
    """The coefficients of one family of variables in one family of rows.

    Attributes:
        row: the number of the row.
        column: the number of the variable.
        value: the coefficient.
    """

    row: Numbers
    column: Numbers
    value: Reals


@dataclass(frozen=True)
class Places:
    """C3 to C7: the arrays of places and of those who need them.

    Attributes:
        changes: C3: places by decision; start: places at the start.
        arrivals: C5: new places by decision; share, share_less: the two shares of C5.
        group: zorgvorm and year of each place-year.
        served_need, served_place: zorgvorm and year of those served, and of their place.
        need: young people by zorgvorm and year; capped: where there is a ceiling; ceiling: what it is.
    """

    changes: Entries
    start: Reals
    arrivals: Entries
    share: Reals
    share_less: Reals
    group: Numbers
    served_need: Numbers
    served_place: Numbers
    need: Reals
    capped: Numbers
    ceiling: Reals


@dataclass(frozen=True)
class Money:
    """C8 to C11: the arrays of costs, cover and caps.

    Attributes:
        lines: the number of cost lines.
        pair_line: C8: the line of each payment.
        by_decision, by_used, by_empty: C8: what each line costs.
        pots: C9: the payments of each pot; pot_limit: its money.
        yearly: C10: the payments of each yearly source and year; fixed: what it brings in any case.
        revenue_row: C10: source and year of each revenue; revenue_most: what it is at most.
        revenue_used, revenue_places: C10: the places that a revenue counts, at their price.
        left_from, left_to: C10: the rows that unspent money leaves and enters.
        capped: C11: the payments under each cap; cap_added: what decisions add; cap_limit: the rest.
    """

    lines: int
    pair_line: Numbers
    by_decision: Entries
    by_used: Entries
    by_empty: Entries
    pots: Entries
    pot_limit: Reals
    yearly: Entries
    fixed: Reals
    revenue_row: Numbers
    revenue_most: Reals
    revenue_used: Entries
    revenue_places: Entries
    left_from: Numbers
    left_to: Numbers
    capped: Entries
    cap_added: Entries
    cap_limit: Reals


@dataclass(frozen=True)
class Tables:
    """A program as arrays.

    Attributes:
        projects: C1: the decisions of each project; project_least: how many are taken at least.
        needing: C2: the decision of each row; needed: those that meet its requirement.
        places: C3 to C7.
        money: C8 to C11.
    """

    projects: Entries
    project_least: Reals
    needing: Numbers
    needed: Entries
    places: Places
    money: Money


def whole(values: Iterable[int]) -> Numbers:
    """An array of numbers."""
    return np.fromiter(values, dtype=np.int32)


def real(values: Iterable[float]) -> Reals:
    """An array of coefficients."""
    return np.fromiter(values, dtype=np.float64)


def weighted(rows: Sequence[Terms]) -> Entries:
    """Entries from the terms of each row."""
    terms = real(chain.from_iterable(chain.from_iterable(rows))).reshape(-1, 2)
    return Entries(_row_numbers(rows), terms[:, 0].astype(np.int32), terms[:, 1])


def ones(rows: Sequence[tuple[int, ...]]) -> Entries:
    """Entries of coefficient 1 from the columns of each row."""
    columns = whole(chain.from_iterable(rows))
    return Entries(_row_numbers(rows), columns, np.ones(len(columns)))


def _row_numbers(rows: Sequence[Sequence[object]]) -> Numbers:
    return np.repeat(np.arange(len(rows), dtype=np.int32), whole(map(len, rows)))


def tabulate(program: Program) -> Tables:
    """Turn the index sets of a program into arrays."""
    projects = [(columns, float(least)) for columns, least in program.projects.values() if columns]
    return Tables(
        projects=ones([columns for columns, _ in projects]),
        project_least=real(least for _, least in projects),
        needing=whole(decision for decision, _ in program.needs),
        needed=ones([others for _, others in program.needs]),
        places=_places(program),
        money=_money(program),
    )


def _places(program: Program) -> Places:
    number = {key: at for at, key in enumerate(program.demand)}
    ceilings = [(at, most) for at, (_, most) in enumerate(program.demand.values()) if most is not None]
    return Places(
        changes=weighted(program.changes),
        start=real(program.start_places),
        arrivals=weighted(program.arrivals),
        share=real(share for share, _ in program.shares),
        share_less=real(less for _, less in program.shares),
        group=whole(number[form, year] for (_, form), year in program.place_years),
        served_need=whole(number[form, year] for form, _, year in program.served),
        served_place=whole(number[other, year] for _, other, year in program.served),
        need=real(need for need, _ in program.demand.values()),
        capped=whole(at for at, _ in ceilings),
        ceiling=real(most for _, most in ceilings),
    )


def _money(program: Program) -> Money:
    moving = [(money.carried_from, at) for at, money in enumerate(program.yearly) if money.carried_from >= 0]
    revenues = [(at, row) for at, money in enumerate(program.yearly) for row in money.rows]
    return Money(
        lines=len(program.lines),
        pair_line=whole(line for line, _ in program.pairs),
        by_decision=weighted([cost.by_decision for cost in program.line_costs]),
        by_used=_by_places(program.line_costs, empty=False),
        by_empty=_by_places(program.line_costs, empty=True),
        pots=ones([pot.pairs for pot in program.pots]),
        pot_limit=real(pot.limit for pot in program.pots),
        yearly=ones([money.pairs for money in program.yearly]),
        fixed=real(money.fixed for money in program.yearly),
        revenue_row=whole(at for at, _ in revenues),
        revenue_most=real(row.most for _, row in revenues),
        revenue_used=weighted([_counted(row, used=True) for _, row in revenues]),
        revenue_places=weighted([_counted(row, used=False) for _, row in revenues]),
        left_from=whole(at for at, _ in moving),
        left_to=whole(at for _, at in moving),
        capped=ones([cap.pairs for cap in program.caps]),
        cap_added=weighted([cap.by_decision for cap in program.caps]),
        cap_limit=real(cap.limit for cap in program.caps),
    )


def _counted(row: RevenueRow, *, used: bool) -> Terms:
    return tuple((place, row.price) for place in row.places if row.used is used)


def _by_places(costs: Sequence[LineCost], *, empty: bool) -> Entries:
    rows = [at for at, cost in enumerate(costs) if cost.place >= 0 and cost.empty is empty]
    return Entries(whole(rows), whole(costs[at].place for at in rows), real(costs[at].price for at in rows))
