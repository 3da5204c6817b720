"""The variables of the model, and what a row over them is; `models.formulation` says what they are and obey."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from models.program import Program

Term = tuple[float, Any]
"""A coefficient and a variable: one of Pyomo, or the number of a column."""
Row = tuple[float | None, list[Term], float | None]
"""Lower bound, terms, upper bound."""


@dataclass(frozen=True)
class Variables:
    """The variables of the model as plain lists, in the order of the program.

    Attributes are named as in `models.formulation`; `revenue` lists the rev variables of each
    yearly source and year.
    """

    x: list[Any]
    places: list[Any]
    used: list[Any]
    empty: list[Any]
    y: list[Any]
    short: dict[tuple[str, int], Any]
    over: dict[tuple[str, int], Any]
    above: dict[tuple[str, int], Any]
    below: dict[tuple[str, int], Any]
    pay: list[Any]
    gap: list[Any]
    revenue: list[list[Any]]
    left: dict[int, Any]
    owed: list[Any]
    repaid: list[Any]


Make = Callable[[str, Sequence[Any]], list[Any]]
"""Makes the variables of a family: of its name and what each stands for."""


def declare(program: Program, make: Make) -> Variables:
    """Make all variables of a program; the order is that of the columns.

    Args:
        program: the program.
        make: makes a family; x is binary, all others are at least zero and have no upper bound.
    """
    years = program.place_years
    ceilings = list(program.ceilings)
    carrying = sorted({money.carried_from for money in program.yearly} - {-1})
    x = make("x", program.decisions)
    places, used, empty = make("places", years), make("used", years), make("empty", years)
    y = make("y", program.served)
    short, over = make("short", list(program.need)), make("over", ceilings)
    tops = [(row.grens, row.jaar) for row in program.bounds if row.most is not None]
    floors = [(row.grens, row.jaar) for row in program.bounds if row.least is not None]
    above, below = make("above", tops), make("below", floors)
    pay, gap = make("pay", program.pairs), make("gap", program.lines)
    rows = [(j, i) for j, money in enumerate(program.yearly) for i in range(len(money.rows))]
    revenue = iter(make("rev", rows))
    left = make("left", carrying)
    owed, repaid = make("owed", program.credits), make("repaid", program.credits)
    return Variables(
        x=x,
        places=places,
        used=used,
        empty=empty,
        y=y,
        short=dict(zip(program.need, short, strict=True)),
        over=dict(zip(ceilings, over, strict=True)),
        above=dict(zip(tops, above, strict=True)),
        below=dict(zip(floors, below, strict=True)),
        pay=pay,
        gap=gap,
        revenue=[list(islice(revenue, len(money.rows))) for money in program.yearly],
        left=dict(zip(carrying, left, strict=True)),
        owed=owed,
        repaid=repaid,
    )
