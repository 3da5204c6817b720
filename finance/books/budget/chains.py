"""The chains from a cost line to the input: which rows of the input it rests on, in this plan."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final, TypeVar

from finance.books.budget.draft import Draft
from finance.books.budget.rows import CostRow, PlaceRow
from finance.books.origins import changes_of_row, linked
from finance.case.actuals import Actual
from finance.case.case import paid_line
from finance.case.sheets import Effect
from finance.statement.lines import Line
from finance.tables import pasted
from finance.tables.pages import Column, Target

R = TypeVar("R")

OF_COSTS: Final = "spoorkosten"
OF_PLACES: Final = "spoorplaatsen"
OF_ACTUALS: Final = "spoorrealisatie"
OF_PAYMENTS: Final = "spoorbetalingen"
OF_POTS: Final = "spoorpotten"
OF_REVENUE: Final = "spooropbrengsten"
"""The tables of chains on the sheet `spoor`."""


@dataclass(frozen=True, slots=True)
class CostChain:
    """A cost line and one row of `kosten` that it rests on.

    Attributes:
        lijn: the cost line.
        kost: the row of the input, in this plan.
        nummer: the position of that row, counted from 0.
    """

    lijn: Line
    kost: CostRow
    nummer: int


@dataclass(frozen=True, slots=True)
class PlaceChain:
    """A cost line and the row of `plaatsen` and the effects that it rests on.

    Attributes:
        lijn: the cost line, of exploitatie or leegstand.
        plaats: the location and zorgvorm in its year.
        soort: exploitatie or leegstand.
        nummer: the position of the location, zorgvorm and year, counted from 0.
        effecten: the effects that have taken effect by then.
    """

    lijn: Line
    plaats: PlaceRow
    soort: str
    nummer: int
    effecten: tuple[Effect, ...]


@dataclass(frozen=True, slots=True)
class ActualChain:
    """A cost line of a closed year and one row of `realisatie` that it rests on.

    Attributes:
        lijn: the cost line.
        betaald: the row of the input.
        nummer: the position of that row, counted from 0.
    """

    lijn: Line
    betaald: Actual
    nummer: int


def cost_chains(draft: Draft) -> tuple[CostChain, ...]:
    """The chains of planned costs of measures, line by line."""
    closed = draft.case.closed_years
    found = [
        CostChain(row.lijn, row, at) for at, row in enumerate(draft.cost_rows) if row.lijn and row.jaar not in closed
    ]
    return tuple(sorted(found, key=lambda row: (row.lijn.sleutel, row.nummer)))


def actual_chains(draft: Draft) -> tuple[ActualChain, ...]:
    """The chains of what was paid in closed years, line by line."""
    lines = draft.statement.line_of
    found = [
        ActualChain(lines[paid_line(row)], row, at)
        for at, row in enumerate(draft.case.actuals)
        if paid_line(row) in lines
    ]
    return tuple(sorted(found, key=lambda row: (row.lijn.sleutel, row.nummer)))


def place_chains(draft: Draft) -> tuple[PlaceChain, ...]:
    """The chains of planned exploitatie and leegstand, line by line."""
    found = [
        PlaceChain(line, row, sort, at, _in_force(draft, row))
        for at, row in enumerate(draft.place_rows)
        if not row.afgesloten
        for sort, line in row.lijnen.items()
    ]
    return tuple(sorted(found, key=lambda row: row.lijn.sleutel))


def _in_force(draft: Draft, row: PlaceRow) -> tuple[Effect, ...]:
    effects = draft.case.effects_at.get(row.key, ())
    starts = draft.starts
    return tuple(one for one in effects if one.maatregel in starts and starts[one.maatregel] + one.na_jaren <= row.jaar)


def chain_of_line(draft: Draft) -> Mapping[str, Target]:
    """Where the chain of each cost line starts, by the key of the line."""
    found: dict[str, Target] = {}
    tables: tuple[tuple[str, Iterable[CostChain | PlaceChain | ActualChain]], ...] = (
        (OF_COSTS, cost_chains(draft)),
        (OF_PLACES, place_chains(draft)),
        (OF_ACTUALS, actual_chains(draft)),
    )
    for table, chains in tables:
        for at, chain in enumerate(chains):
            found.setdefault(chain.lijn.sleutel, Target(table, "regel", at))
    return found


def chain_of_balance(draft: Draft) -> Mapping[tuple[str, int | None], Target]:
    """Where the chain of a source, or of a source in a year, starts."""
    pots = [row.bron for row in draft.outcome.balances if row.jaar is None]
    found: dict[tuple[str, int | None], Target] = {
        (name, None): Target(OF_POTS, "bron", at) for at, name in enumerate(pots)
    }
    for at, row in enumerate(draft.case.funding):
        found.setdefault((row.bron, row.jaar), Target(OF_REVENUE, "bron", at))
    return found


def trail_column(link: Callable[[R], Target | None]) -> Column[R]:
    """A column that leads to the trail of a row."""
    return linked(pasted.text("spoor", "Spoor", lambda row: "spoor" if link(row) else "", width=7), link)


def scenario_columns(draft: Draft, sheet: str, row_of: Callable[[R], int]) -> tuple[Column[R], ...]:
    """What the scenario did to a row of the input; no column where it changed nothing on that sheet."""
    if all(touched != sheet for touched, _, _ in draft.case.touches):
        return ()
    return (
        pasted.text(
            "scenario",
            "Wat het scenario verandert",
            lambda row: changes_of_row(draft.case, sheet, row_of(row)),
            width=34,
            wrap=True,
        ),
    )


MOST_RUNS: Final = 8
"""More runs of cost lines than this are told by how many there are, and where to find them."""


def said(draft: Draft, what: str, lines: Sequence[Line], where: str) -> str:
    """The cost lines behind an amount: their keys or, where they are many, what they share.

    Args:
        draft: the material.
        what: what they are.
        lines: the cost lines.
        where: what they share on the sheet `dekking`.
    """
    keys = spans(draft, lines)
    if keys.count(",") < MOST_RUNS:
        return f"{what} {keys}".strip()
    first, last = keys.split(", ")[0].split(" ")[0], keys.split(" ")[-1]
    return f"{what} {first} t/m {last}, {len(set(lines))} in getal; filter op dekking: {where}"


def spans(draft: Draft, lines: Iterable[Line]) -> str:
    """The keys of cost lines, with runs shortened.

    Example: `R0001 t/m R0004, R0009`.
    """
    numbered = sorted((draft.line_number[line.regel], line.sleutel) for line in dict.fromkeys(lines))
    runs = (list(run) for _, run in groupby(enumerate(numbered), key=lambda item: item[1][0] - item[0]))
    return ", ".join(_run([key for _, (_, key) in run]) for run in runs)


def _run(keys: list[str]) -> str:
    return ", ".join(keys) if len(keys) <= 2 else f"{keys[0]} t/m {keys[-1]}"  # noqa: PLR2004
