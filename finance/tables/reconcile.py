"""Anchors: what Python computes apart from any formula, held against what the formulas of a book come to.

Formulas are worked out by the toolkit's own evaluator, and a formula can be wrong. So the numbers that
matter (a cost line, a balance, a cap, a goal) are computed once more from the plan, by code that reads no
formula, and a book of which one differs is refused before anything is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, Final

from finance.money import Money
from finance.tables.grid import Book, Value, address, serial
from finance.tables.pages import Page, Table
from finance.tables.places import places_of

Anchors = Mapping[str, Mapping[str, Callable[[Any], Value]]]
"""By table and column: what the cell of a record must show."""
NAMED: Final = 20
"""The most differences that an error names."""


class ReconciliationError(Exception):
    """A formula comes to something else than the statement. The programmer's fault."""


def reconcile(book: Book, pages: Sequence[Page], anchors: Anchors) -> None:
    """Hold the cells of a book against its anchors, exactly.

    Args:
        book: the book that was made of the pages.
        pages: its pages.
        anchors: what cells must show.

    Raises:
        ReconciliationError: a cell shows something else; it names cell, formula and both values.
    """
    found = list(differences(book, pages, anchors))
    if found:
        more = f" and {len(found) - NAMED} more" if len(found) > NAMED else ""
        raise ReconciliationError("\n".join(found[:NAMED]) + more)


def differences(book: Book, pages: Sequence[Page], anchors: Anchors) -> Iterator[str]:
    """The cells that show something else than their anchor, with formula and both values.

    Raises:
        ValueError: a table lacks a column that has an anchor.
    """
    cells = {sheet.naam: sheet.cells for sheet in book.sheets}
    places = places_of(pages)
    for table in (block for page in pages for block in page.blocks if isinstance(block, Table)):
        spot = places.spot(table.name)
        columns = list(spot.letters)
        for key, expected in anchors.get(table.name, {}).items():
            at = columns.index(key) + 1
            for row, record in enumerate(table.rows, start=spot.first):
                cell = cells[spot.sheet][row, at]
                value = expected(record)
                if plain(cell.value) != plain(value):
                    where = f"{spot.sheet}!{address(row, at)} ({table.name}.{key})"
                    yield f"{where}: ={cell.formula} comes to {cell.value}, the statement says {value}"


def plain(value: Value) -> Fraction | str:
    """A value to compare: an exact number (an amount in euros, a day as its number), or a text."""
    match value:
        case None:
            return ""
        case str():
            return value
        case Money():
            return value.euros
        case date():
            return Fraction(serial(value))
        case _:
            return Fraction(value)
