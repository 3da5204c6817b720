"""A tariff workbook as a living one: cells are set, and an independent engine recalculates."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from pathlib import Path
from typing import Self

import ironcalc

from finance.books.tariff import Draft, PlanBasis, TariffInfo, pages
from finance.case import Case
from finance.plan.allocation import Allocation
from finance.tables.grid import Book, Cell, Format, Sheet
from finance.tables.pages import Page, Table
from finance.tables.painting import book_of
from finance.tables.places import Places, places_of
from finance.xlsx.write import stored, write_book
from tests.finance.books.budget.r1c1 import column_number

INFO = TariffInfo("voorbeeld", "0" * 64, "spuk proef")


class Live:
    """A tariff workbook with an engine.

    Attributes:
        draft: what it was made from.
        pages: its pages.
        places: where its tables stand.
        book: its cells.
        path: the file.
        model: the engine.
    """

    def __init__(self, case: Case, path: Path, *, salaries: bool = True, allocation: Allocation | None = None) -> None:
        plan = PlanBasis(allocation, "basis", "met de hand", bewezen=True) if allocation else None
        self.draft = Draft(case, INFO, salaries, plan)
        self.pages: tuple[Page, ...] = pages(self.draft)
        self.places: Places = places_of(self.pages)
        self.book: Book = book_of("proef", self.pages)
        write_book(self.book, path)
        self.path = path
        self._load()

    def _load(self) -> None:
        self.model = ironcalc.load_from_xlsx(str(self.path), "en", "UTC", "en")
        self.model.evaluate()

    def anew(self) -> Self:
        """The same workbook as it was written, to be changed by itself."""
        other = copy(self)
        other._load()
        return other

    def tables(self) -> Iterator[tuple[int, Table[object]]]:
        """Every table with the number of its sheet."""
        for number, page in enumerate(self.pages):
            for block in page.blocks:
                if isinstance(block, Table):
                    yield number, block

    def formulas(self) -> Iterator[tuple[int, Sheet, tuple[int, int], Cell]]:
        """Every formula cell with the number of its sheet."""
        for number, sheet in enumerate(self.book.sheets):
            for at, cell in sheet.cells.items():
                if cell.formula:
                    yield number, sheet, at, cell

    def got(self, number: int, at: tuple[int, int]) -> object:
        """What the engine makes of a cell."""
        return self.model.get_cell_value(number, *at)

    def set(self, table: str, column: str, row: int, value: str) -> None:
        """Type a value in a cell of a table, its rows counted from 0, and recalculate."""
        self.type(table, column, row, value)
        self.model.evaluate()

    def type(self, table: str, column: str, row: int, value: str) -> None:
        """Type a value in a cell of a table, its rows counted from 0."""
        spot = self.places.spot(table)
        number = [page.naam for page in self.pages].index(spot.sheet)
        letters = spot.letter(column)
        self.model.set_user_input(number, spot.first + row, column_number(letters), value)

    def shown(self, name: str) -> dict[object, list[Cell]]:
        """The rows of a table, by their first cell."""
        spot = self.places.spot(name)
        sheet = next(sheet for sheet in self.book.sheets if sheet.naam == spot.sheet)
        table = next(table for _, table in self.tables() if table.name == name)
        rows = range(spot.first, spot.first + len(table.rows))
        cells = [[sheet.cells[row, at] for at in range(1, len(table.columns) + 1)] for row in rows]
        return {(row[0].value, at): row for at, row in enumerate(cells)}


def agrees(cell: Cell, got: object) -> bool:
    """Whether an engine found what Python did."""
    want = stored(cell.value)
    if isinstance(want, str):
        return (got or "") == want
    if not isinstance(got, int | float):
        return False
    allowed = 0.005 if cell.fmt is Format.EURO else 1e-9 * max(1.0, abs(want))
    return abs(got - want) < allowed
