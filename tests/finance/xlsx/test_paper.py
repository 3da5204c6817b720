"""Every workbook on paper: one page wide and readable, nothing cut off, no chart over two pages."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from typing import Final

import openpyxl
import pytest

from finance.books.budget import pages
from finance.tables.grid import Book, Cell, Chart, Format, Role, Series, Sheet, address
from finance.tables.painting import book_of
from finance.tables.room import number_room, text_room
from finance.xlsx.paper import A3, A4, LINE_HEIGHT, READABLE, ROW_HEIGHT, merged_notes, page_breaks, paper_of
from finance.xlsx.write import book_bytes
from tests.finance.books import shelf
from tests.finance.books.budget.granted import granted
from tests.finance.books.budget.test_granted import draft_of

SMALLEST: Final = 0.5
"""Letters of ten points are printed no smaller than at half their size."""
STILL_SMALL: Final = frozenset(
    (
        *("uitgangspunten", "rechtmatigheid"),
        *("rekenblad", "rekenblad_betalingen", "rekenblad_controles", "rekenblad_financiering", "rekenblad_tarief"),
        *("rekengevoelig", "rekenplan"),
    )
)
"""Sheets whose letters are below seven points on an A3: the whole input, its evidence, and wide calculations."""


BOOKS: Final[Mapping[str, Callable[[], Book]]] = {
    "rich": lambda: shelf.budget("rich"),
    "coupled": lambda: shelf.budget("coupled"),
    "history": lambda: shelf.budget("history"),
    "granted": lambda: book_of("", pages(draft_of(granted()))),
    "tariffs": lambda: shelf.tariffs("rich"),
    "uncertainty": shelf.uncertainty,
}


@pytest.fixture(scope="module", params=BOOKS)
def book(request: pytest.FixtureRequest) -> Book:
    return BOOKS[request.param]()


def heights(sheet: Sheet, last: int) -> list[float]:
    """The height of each row up to the last; a note is as high as the lines that it is given."""
    notes = {row for row, _, _ in merged_notes(sheet)}
    return [sheet.heights.get(row, LINE_HEIGHT if row in notes else ROW_HEIGHT) for row in range(1, last + 1)]


def test_every_sheet_can_be_read_one_page_wide(book: Book) -> None:
    """No letter below seven points, but for what stands in the list; and none below five anywhere."""
    scales = {sheet.naam: paper_of(sheet).scale(sheet) for sheet in book.sheets}
    assert {name for name, scale in scales.items() if scale < READABLE} <= STILL_SMALL
    assert [name for name, scale in scales.items() if scale < SMALLEST] == []


def test_every_number_fits_in_its_column(book: Book) -> None:
    assert [
        f"{sheet.naam}!{address(*at)}: {cell.value}"
        for sheet in book.sheets
        for at, cell in sheet.cells.items()
        if at[1] in sheet.widths and number_room(cell) > sheet.widths[at[1]]
    ] == []


def test_no_text_is_cut_off_by_the_next_cell(book: Book) -> None:
    assert list(_cut(book)) == []


def _cut(book: Book) -> Iterator[str]:
    apart = {Role.TITLE, Role.SECTION, Role.NOTE, Role.HEADER}
    for sheet in book.sheets:
        for (row, column), cell in sheet.cells.items():
            covered = (row, column + 1) in sheet.cells and cell.role not in apart
            if covered and not cell.wrap and text_room(cell) > sheet.widths[column]:
                yield f"{sheet.naam}!{address(row, column)}: {cell.value}"


def test_no_chart_runs_over_a_page(book: Book) -> None:
    for sheet in book.sheets:
        breaks = list(page_breaks(sheet))
        room = paper_of(sheet).room(sheet)
        for chart in sheet.charts:
            top = openpyxl.utils.cell.coordinate_from_string(chart.anchor)[1]
            start = max([row for row in breaks if row <= top], default=1)
            above = sum(heights(sheet, top)[start - 1 : top - 1])
            # A table of more than a page may stand above it on its page.
            assert above % room + chart.height * 0.75 <= room, (sheet.naam, chart.title)


def test_the_heads_of_a_long_last_table_repeat() -> None:
    made = shelf.budget("rich")
    read = openpyxl.load_workbook(io.BytesIO(book_bytes(made)))
    long = [sheet for sheet in made.sheets if sheet.repeated]
    assert "controles" in {sheet.naam for sheet in long}
    for sheet in long:
        assert sheet.cells[sheet.repeated, 1].role is Role.HEADER
        assert read[sheet.naam].print_title_rows == f"${sheet.repeated}:${sheet.repeated}"


def table(*groups: tuple[tuple[int, int], ...], columns: int = 4, frozen: int = 1) -> Sheet:
    """A sheet of numbers of 15 points a row, with groups that stay together."""
    last = groups[-1][-1][1]
    cells = {
        (row, column): Cell(row, Role.FORMULA, Format.COUNT)
        for row in range(1, last + 1)
        for column in range(1, columns + 1)
    }
    return Sheet("blad", cells, dict.fromkeys(range(1, columns + 1), 12), frozen, together=groups)


def test_a_block_that_does_not_fit_starts_a_page() -> None:
    """An A4 has 516 points: with some to spare, 32 rows of 15; the next page has one row of title."""
    assert list(page_breaks(table(((2, 20),), ((22, 32),)))) == []
    assert list(page_breaks(table(((2, 20),), ((22, 33),)))) == [22]
    assert list(page_breaks(table(((2, 20),), ((22, 33),), ((35, 53),)))) == [22, 35]


def test_a_table_goes_with_its_chart_where_both_fit() -> None:
    assert list(page_breaks(table(((2, 12),), ((14, 25), (27, 40))))) == [14]
    assert list(page_breaks(table(((2, 12),), ((14, 30), (32, 50))))) == [32]


def test_an_almost_empty_page_takes_a_table_without_its_chart() -> None:
    assert list(page_breaks(table(((2, 5),), ((7, 20), (22, 35))))) == [22]


def test_a_block_that_starts_where_a_page_ends_starts_the_next_one() -> None:
    """Whatever program prints: it does not depend on where a page that is just full ends."""
    for full in (30, 31, 32):
        assert list(page_breaks(table(((2, full),), ((full + 2, full + 12),)))) == [full + 2]


def test_a_table_of_more_than_a_page_starts_where_there_is_room() -> None:
    assert list(page_breaks(table(((2, 10),), ((12, 80),)))) == []
    assert list(page_breaks(table(((2, 27),), ((29, 99),)))) == [29]


@pytest.mark.parametrize(("columns", "paper"), [(10, A4), (16, A4), (17, A3), (30, A3)])
def test_a_wide_sheet_gets_larger_paper(columns: int, paper: object) -> None:
    assert paper_of(table(((1, 5),), columns=columns)) is paper


def test_papers_reach_the_file() -> None:
    chart = Chart("t", "x", "blad!$A$1:$A$2", (Series("blad!$A$1", "blad!$A$1:$A$2"),), "A30")
    wide = table(((2, 20),), ((22, 40),), columns=30)
    flat = Sheet("smal", wide.cells | {(1, 1): Cell("x")}, {1: 10}, charts=(chart,), together=wide.together)
    read = openpyxl.load_workbook(io.BytesIO(book_bytes(Book("t", (wide, flat)))))
    for sheet, made in zip(read, (wide, flat), strict=True):
        assert sheet.page_setup.paperSize == paper_of(made).code
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert [one.id + 1 for one in sheet.row_breaks.brk] == list(page_breaks(made))
