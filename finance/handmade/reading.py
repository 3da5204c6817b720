"""An allocation made by hand, from tables to decisions that can be judged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from finance.case import Case, CostLine, RawBook, in_order
from finance.case.checked import Checked
from finance.case.layout import check_layout
from finance.case.records import RowReader
from finance.findings import FindingsError
from finance.handmade.checks import check_rows
from finance.handmade.filling import fill
from finance.handmade.sheets import (
    HAND_SHEETS,
    PAID,
    USED,
    HandCare,
    HandDiversion,
    HandPayment,
    HandStart,
    HandUse,
)
from finance.handmade.starts import find_starts
from finance.money import ZERO, Money
from finance.plan.allocation import Allocation, PlaceYear

TEMPLATE: Final = "spuk template --toewijzing"
Paid = tuple[CostLine, str]
"""A cost line and the source that pays it."""
Cell = tuple[str, str]
"""A sheet and an address."""


@dataclass(frozen=True)
class Handmade:
    """An allocation that a person made, and where each decision stands.

    Attributes:
        allocation: the decisions.
        startjaren_afgeleid: the measures whose start year was read off from their payments.
        bezetting_afgeleid: how many place-years were filled by the rule for places that nobody gave.
        betalingen: the cells of each payment.
        gestart: the cell on which the start of each measure rests.
        bezet: the cell of each used place-year that was given.
        uit_realisatie: how many payments of closed years the case itself gives.
    """

    allocation: Allocation
    startjaren_afgeleid: tuple[str, ...]
    bezetting_afgeleid: int
    betalingen: Mapping[Paid, tuple[Cell, ...]]
    gestart: Mapping[str, Cell]
    bezet: Mapping[PlaceYear, Cell]
    uit_realisatie: int = 0


def as_handmade(allocation: Allocation) -> Handmade:
    """An allocation without cells, such as one from an earlier result."""
    return Handmade(allocation, (), 0, {}, {}, {})


def read_handmade(book: RawBook, case: Case) -> Handmade:
    """Read the tables of an allocation made by hand, and complete what it leaves open.

    Args:
        book: the tables.
        case: the case that it is an allocation of, in the scenario in which it is judged.

    Raises:
        FindingsError: it names what the case does not have, or leaves open what no rule fills.
    """
    found = [*book.bevindingen, *check_layout(book, HAND_SHEETS, TEMPLATE)]
    reader = RowReader(book, HAND_SHEETS, found)
    payments, given = reader.rows(HandPayment), reader.rows(HandStart)
    used, diverted, cared = reader.rows(HandUse), reader.rows(HandDiversion), reader.rows(HandCare)
    findings = [*reader.findings, *check_rows(Checked(case, book, frozenset(), HAND_SHEETS))]
    if findings:
        raise FindingsError(in_order(findings, book), book.opgemerkt)
    starts, doubts = find_starts(case, book, payments, given)
    if doubts:
        raise FindingsError(in_order(doubts, book), book.opgemerkt)
    known = {((row.locatie, row.zorgvorm), row.jaar): row.bezet for row in used}
    elsewhere = {(row.zorgvorm, row.alternatief, row.jaar): row.plaatsen for row in diverted}
    pools = {(row.doelgroep, case.care.pool_at(row.zorgvorm, row.locatie), row.jaar): row.plaatsen for row in cared}
    elsewhere.update(((who, pool, year), number) for (who, pool, year), number in pools.items() if pool)
    filled, served = fill(case, starts.jaren, known, elsewhere)
    paid = dict(_paid(payments))
    made = _made(case, paid)
    return Handmade(
        Allocation(starts.jaren, filled, served, {**made, **paid}),
        starts.afgeleid,
        len(case.place) * len(case.years) - len(known),
        _payment_cells(book, payments),
        starts.cellen,
        {((row.locatie, row.zorgvorm), row.jaar): (USED, book.bladen[USED].cell("bezet", row.rij)) for row in used},
        len(made),
    )


def _made(case: Case, paid: Mapping[Paid, Money]) -> Mapping[Paid, Money]:
    """What was paid in closed years of the lines that an allocation leaves to the case."""
    named = {line for line, _ in paid}
    return {pair: amount for pair, amount in case.actual_payments.items() if pair[0] not in named}


def line_of(row: HandPayment) -> CostLine:
    """The cost line that a row pays."""
    return CostLine(row.maatregel, row.locatie, row.zorgvorm, row.kostensoort, row.jaar, row.krediet)


def _paid(rows: Sequence[HandPayment]) -> Iterator[tuple[Paid, Money]]:
    """What each source pays of each line: rows of the same add up, and an amount of 0 is no payment."""
    totals: dict[Paid, Money] = defaultdict(lambda: ZERO)
    for row in rows:
        totals[line_of(row), row.bron] += row.bedrag
    return ((pair, amount) for pair, amount in totals.items() if amount != ZERO)


def _payment_cells(book: RawBook, rows: Sequence[HandPayment]) -> Mapping[Paid, tuple[Cell, ...]]:
    cells: dict[Paid, list[Cell]] = defaultdict(list)
    for row in rows:
        cells[line_of(row), row.bron].append((PAID, book.bladen[PAID].cell("bedrag", row.rij)))
    return {pair: tuple(found) for pair, found in cells.items()}
