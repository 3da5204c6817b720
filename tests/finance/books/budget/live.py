"""A proposal as a living workbook: a cell is found by table, column and row, set, and recalculated."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from pathlib import Path
from typing import Self

import ironcalc

from finance.books.budget import pages
from finance.books.budget.draft import Draft
from finance.case import Case
from finance.provenance import RunInfo
from finance.statement import Statement
from finance.tables.grid import Book, column_letters
from finance.tables.pages import Page, Table
from finance.tables.painting import book_of
from finance.tables.places import Places, places_of
from finance.xlsx.write import write_book
from tests.finance.books.budget.handmade import INFO, hand_plan


class Live:
    """A proposal that an independent engine recalculates.

    Attributes:
        draft: what the proposal was made from.
        book: the proposal.
        places: where its tables stand.
        path: the file.
        model: the engine.
    """

    def __init__(
        self, case: Case, starts: Mapping[str, int], path: Path, scenario: str = "basis", *, info: RunInfo = INFO
    ) -> None:
        plan = hand_plan(case, starts)
        self.draft = Draft(Statement(case, plan.allocation), plan, scenario, info)
        self.pages: tuple[Page, ...] = pages(self.draft)
        self.book: Book = book_of("proef", self.pages)
        self.places: Places = places_of(self.pages)
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

    def table(self, name: str) -> Table[object]:
        """A table by its name."""
        blocks = [block for page in self.pages for block in page.blocks]
        return next(block for block in blocks if isinstance(block, Table) and block.name == name)

    def at(self, table: str, column: str, row: int) -> tuple[int, int, int]:
        """Sheet (from 0), row and column (from 1) of a cell; rows of a table count from 0."""
        spot = self.places.spot(table)
        sheet = [page.naam for page in self.pages].index(spot.sheet)
        letters = [column_letters(number) for number in range(1, 100)]
        return sheet, spot.first + row, letters.index(spot.letter(column)) + 1

    def get(self, table: str, column: str, row: int = 0) -> object:
        """The value of a cell after recalculation."""
        return self.model.get_cell_value(*self.at(table, column, row))

    def column(self, table: str, column: str) -> list[object]:
        """The values of a column after recalculation."""
        return [self.get(table, column, row) for row in range(len(self.table(table).rows))]

    def find(self, table: str, **wanted: object) -> int:
        """The first row of a table in which columns have these values."""
        for row in range(len(self.table(table).rows)):
            if all(self.get(table, column, row) == value for column, value in wanted.items()):
                return row
        raise LookupError(f"{table} has no row with {wanted}")

    def put(self, table: str, column: str, row: int, value: str | float) -> None:
        """Type something in a cell and recalculate."""
        self.model.set_user_input(*self.at(table, column, row), str(value))
        self.model.evaluate()
