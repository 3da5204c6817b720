"""The numbers of a program, apart from its index sets: what a scenario or a draw mostly changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from models.program import LineCost, Program, Terms, Worth


@dataclass(frozen=True)
class Numbers:
    """A program taken apart.

    Attributes:
        values: its numbers, in a fixed order.
        frame: all else that decides what its arrays look like.
    """

    values: list[float]
    frame: tuple[object, ...]


def _flat(rows: Iterable[Terms]) -> tuple[list[Any], list[Any]]:
    """The numbers of variables in some rows of terms, and the coefficients."""
    mixed = list(chain.from_iterable(chain.from_iterable(rows)))
    return mixed[::2], mixed[1::2]


def _parts(costs: Iterable[LineCost]) -> Iterator[LineCost]:
    """The costs of places: each of a group, or a line itself."""
    return chain.from_iterable(cost.parts or (cost,) for cost in costs)


def _terms(program: Program) -> tuple[Sequence[Terms], ...]:
    """All terms of a program, by family."""
    costs, caps = program.line_costs, (*program.pots, *program.caps)
    return (
        program.changes,
        program.arrivals,
        [cost.by_decision for cost in costs],
        [cap.by_decision for cap in caps],
    )


def _scalars(program: Program) -> Iterator[float]:
    """All other numbers of a program, in the order in which `with_numbers` takes them."""
    rows = chain.from_iterable(money.rows for money in program.yearly)
    return chain(
        program.start_places,
        chain.from_iterable(program.shares),
        (number for pair in program.demand.values() for number in pair if number is not None),
        (part.price for part in _parts(program.line_costs)),
        (cap.limit for cap in (*program.pots, *program.caps)),
        (money.fixed for money in program.yearly),
        chain.from_iterable((row.price, row.most) for row in rows),
        program.worth.points,
        program.worth.delays,
        program.worth.costs,
        chain.from_iterable(prices for _, prices in program.worth.prices),
        (program.worth.closed_cost, program.worth.own_paid, program.worth.granted),
    )


def numbers_of(program: Program) -> Numbers:
    """Take a program apart.

    Args:
        program: a program, on lines or on groups of lines.
    """
    numbers: list[float] = []
    frame: list[object] = []
    for rows in _terms(program):
        variables, coefficients = _flat(rows)
        numbers += coefficients
        frame += [variables, list(map(len, rows))]
    numbers += _scalars(program)
    return Numbers(numbers, (*frame, *_frame(program)))


def _frame(program: Program) -> tuple[object, ...]:
    """What is no number and no term."""
    return (
        program.decisions,
        program.projects,
        program.needs,
        program.place_years,
        program.served,
        [(key, ceiling is None) for key, (_, ceiling) in program.demand.items()],
        [line.jaar for line in program.lines],
        program.pairs,
        program.pairs_of_line,
        [(part.place, part.empty) for part in _parts(program.line_costs)],
        [cap.pairs for cap in (*program.pots, *program.caps)],
        [(money.bron, money.jaar, money.pairs, money.carried_from) for money in program.yearly],
        [[(row.places, row.used) for row in money.rows] for money in program.yearly],
        [at for at, _ in program.worth.prices],
        [row.doel for row in program.case.goals],
        [row.soort for row in program.case.sources],
        program.case.approved,
    )


def with_numbers(program: Program, numbers: Iterable[float]) -> Program:
    """The same program with other numbers.

    Args:
        program: a program, on lines or on groups of lines.
        numbers: as many numbers as it has, in the order of `numbers_of`.
    """
    take = iter(numbers)
    changes, arrivals, costs, added = (
        [tuple((variable, next(take)) for variable, _ in terms) for terms in rows] for rows in _terms(program)
    )
    starts = tuple(next(take) for _ in program.start_places)
    shares = tuple((next(take), next(take)) for _ in program.shares)
    demand = {
        key: (next(take), None if ceiling is None else next(take))
        for key, (_, ceiling) in program.demand.items()
    }
    line_costs = tuple(
        _priced(replace(cost, by_decision=terms), take)
        for cost, terms in zip(program.line_costs, costs, strict=True)
    )
    caps = [
        replace(cap, by_decision=terms, limit=next(take))
        for cap, terms in zip((*program.pots, *program.caps), added, strict=True)
    ]
    yearly = [replace(money, fixed=next(take)) for money in program.yearly]
    yearly = [
        replace(money, rows=tuple(replace(row, price=next(take), most=next(take)) for row in money.rows))
        for money in yearly
    ]
    return replace(
        program,
        changes=tuple(changes),
        arrivals=tuple(arrivals),
        start_places=starts,
        shares=shares,
        demand=demand,
        line_costs=line_costs,
        pots=tuple(caps[: len(program.pots)]),
        caps=tuple(caps[len(program.pots) :]),
        yearly=tuple(yearly),
        worth=_with_worth(program.worth, take),
    )


def _with_worth(worth: Worth, take: Iterator[float]) -> Worth:
    return Worth(
        points=tuple(next(take) for _ in worth.points),
        delays=tuple(next(take) for _ in worth.delays),
        costs=tuple(next(take) for _ in worth.costs),
        prices=tuple((at, (next(take), next(take))) for at, _ in worth.prices),
        closed_cost=next(take),
        own_paid=next(take),
        granted=next(take),
    )


def _priced(cost: LineCost, take: Iterator[float]) -> LineCost:
    if not cost.parts:
        return replace(cost, price=next(take))
    return replace(cost, parts=tuple(replace(part, price=next(take)) for part in cost.parts))
