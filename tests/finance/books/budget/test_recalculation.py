"""Every formula comes to what Python computed, and every column has one pattern."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import openpyxl
import pytest

from finance.case import Case
from finance.tables.grid import Book, Cell, Format, Role, Sheet, address
from finance.tables.pages import Table
from finance.xlsx.write import book_bytes, stored
from tests.finance.books.budget import granted, lent, regional, two_grants, variants
from tests.finance.books.budget.live import Live
from tests.finance.books.budget.r1c1 import KNOWN_FUNCTIONS, constants, functions, pattern

CASES: Mapping[str, tuple[Callable[[], Case], Mapping[str, int]]] = {
    "small": (variants.small, variants.STARTS),
    "rich": (variants.rich, variants.STARTS),
    "other start": (variants.rich, {"M5": 2022, "M2": 2023, "M3": 2024}),
    "odd": (variants.odd, variants.ODD_STARTS),
    "coupled": (variants.coupled, variants.STARTS),
    "bare": (variants.bare, {"M5": 2022}),
    "history": (variants.history, variants.STARTS),
    "closed": (variants.closed, {"M5": 2023}),
    "regional": (regional.regional, regional.STARTS),
    "grouped": (regional.grouped, regional.STARTS),
    "lent": (lent.lent, lent.STARTS),
    "lent, a closed year": (lent.paid_back_early, lent.STARTS),
    "granted": (granted.granted, granted.STARTS),
    "two grants": (two_grants.two_grants, two_grants.STARTS),
    "two grants, a closed year": (two_grants.with_a_closed_year, two_grants.STARTS),
}


@pytest.fixture(scope="module", params=CASES)
def live(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Live:
    make, starts = CASES[request.param]
    return Live(make(), starts, tmp_path_factory.mktemp("proposal") / "begroting.xlsx")


def _formula_cells(book: Book) -> Iterator[tuple[int, Sheet, tuple[int, int], Cell]]:
    for number, sheet in enumerate(book.sheets):
        for at, cell in sheet.cells.items():
            if cell.formula:
                yield number, sheet, at, cell


def _agrees(cell: Cell, got: object) -> bool:
    want = stored(cell.value)
    if isinstance(want, str):
        return (got or "") == want
    if not isinstance(got, int | float):
        return False
    allowed = 0.005 if cell.fmt is Format.EURO else 1e-9 * max(1.0, abs(want))
    return abs(got - want) < allowed


def test_an_independent_engine_agrees_with_every_cell(live: Live) -> None:
    wrong = [
        f"{sheet.naam}!{address(*at)}: {live.model.get_cell_value(number, *at)!r}, not {cell.value!r}"
        for number, sheet, at, cell in _formula_cells(live.book)
        if not _agrees(cell, live.model.get_cell_value(number, *at))
    ]
    assert wrong == []


def test_a_column_of_a_table_has_one_pattern(live: Live) -> None:
    """But for the rows of another table that belong to each of its rows."""
    sheets = {sheet.naam: sheet for sheet in live.book.sheets}
    for page in live.pages:
        for block in page.blocks:
            if isinstance(block, Table):
                spot = live.places.spot(block.name)
                for column in range(1, len(block.columns) + 1):
                    own_rows = re.search(r"[~*]\]", block.columns[column - 1].formula)
                    found = {
                        pattern(sheets[page.naam].cells[row, column].formula, row, column, rows=not own_rows)
                        for row in range(spot.first, spot.first + len(block.rows))
                    }
                    assert len(found) <= 1, (block.name, column, found)


def test_no_formula_holds_a_number_of_its_own(live: Live) -> None:
    found = {
        f"{sheet.naam}!{address(*at)}: {cell.formula}"
        for _, sheet, at, cell in _formula_cells(live.book)
        if set(constants(cell.formula)) - {"0", "1"}
    }
    assert found == set()


def test_formulas_use_only_functions_that_every_excel_has(live: Live) -> None:
    used = {name for *_, cell in _formula_cells(live.book) for name in functions(cell.formula)}
    assert used <= KNOWN_FUNCTIONS


def test_only_input_and_decisions_are_pasted_numbers(live: Live) -> None:
    pasted = {Role.INPUT_SOURCED, Role.INPUT_ASSUMED, Role.DECISION}
    found = [
        f"{sheet.naam}!{address(*at)}: {cell.value!r}"
        for sheet in live.book.sheets
        for at, cell in sheet.cells.items()
        if not cell.formula and not isinstance(cell.value, str | None) and cell.role not in pasted
    ]
    assert found == []


def test_no_cell_shows_an_error(live: Live) -> None:
    shown = {live.model.get_cell_value(number, *at) for number, _, at, _ in _formula_cells(live.book)}
    assert not [value for value in shown if isinstance(value, str) and value.startswith("#")]


def test_two_builds_are_the_same_bytes(tmp_path: Path) -> None:
    books = [Live(variants.rich(), variants.STARTS, tmp_path / f"{number}.xlsx").book for number in (1, 2)]
    assert book_bytes(books[0]) == book_bytes(books[1])


def test_text_that_looks_like_a_formula_arrives_as_text(tmp_path: Path) -> None:
    path = tmp_path / "begroting.xlsx"
    live = Live(variants.odd(), variants.ODD_STARTS, path)
    row = live.find("maatregelen", maatregel=live.draft.name("maatregel", "<5"))
    spot = live.places.spot("maatregelen")
    cell = openpyxl.load_workbook(path)["uitgangspunten"][f"{spot.letter('omschrijving')}{spot.first + row}"]
    assert (cell.value, cell.data_type) == ("=HYPERLINK(1)", "s")
