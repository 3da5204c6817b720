"""A workbook of a request for revision as a living one: cells are set, and an independent engine recalculates."""

from __future__ import annotations

from pathlib import Path

from finance.books.revision import Draft, pages
from finance.tables.painting import book_of
from finance.tables.places import places_of
from finance.xlsx.write import write_book
from tests.finance.books.revision.cases import INFO, Asked
from tests.finance.books.tariff.live import Live


class LiveRequest(Live):
    """A workbook of a request with an engine."""

    def __init__(self, asked: Asked, path: Path) -> None:
        self.request = Draft(*asked, INFO)
        self.pages = pages(self.request)
        self.places = places_of(self.pages)
        self.book = book_of("proef", self.pages)
        write_book(self.book, path)
        self.path = path
        self._load()

    def row(self, table: str, **wanted: str) -> int:
        """The position of the row of a table with these texts in some columns, as the engine has them."""
        body = self.places.spot(table).body
        return next(
            at for at in range(body) if all(self.value(table, column, at) == text for column, text in wanted.items())
        )

    def value(self, table: str, column: str, row: int = 0) -> object:
        """What the engine makes of a cell of a table, its rows counted from 0."""
        spot = self.places.spot(table)
        number = [page.naam for page in self.pages].index(spot.sheet)
        return self.got(number, (spot.first + row, list(spot.letters).index(column) + 1))
