"""The workbook of a sweep that is too large to hold every draw: the same numbers, and few draws."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from finance.books.uncertainty import Swept, uncertainty_book
from finance.tables.grid import Cell, Role, Sheet
from finance.xlsx.seal import sealed
from finance.xlsx.verify import verify
from finance.xlsx.write import write_book
from tests.finance.books.examination.principles import counting, flaws_of
from tests.finance.sweeping import swept

SHOWN = 3


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> Swept:
    """The sweep made by hand, where six draws are the most that a workbook holds."""
    for module in ("tally", "draft", "front"):
        monkeypatch.setattr(f"finance.books.uncertainty.{module}.RANKED_UP_TO", 6)
        monkeypatch.setattr(f"finance.books.uncertainty.{module}.SHOWN", SHOWN)
    return swept()


def numbers_of(sheet: Sheet) -> Iterator[tuple[tuple[int, int], Cell]]:
    """The cells with a number, by their place from the last row: a large sweep may have a line more above."""
    last = max(row for row, _ in sheet.cells)
    for (row, column), cell in sheet.cells.items():
        if not isinstance(cell.value, str | None):
            yield (row - last, column), cell


COUNTING = ("doelen", "verdeling", "invloed", "maatregelen", "bronnen", "onzeker")
"""The sheets that count draws; `controles` also says how much the sheets with draws hold."""


def test_every_number_is_that_of_a_workbook_with_all_draws(large: Swept, monkeypatch: pytest.MonkeyPatch) -> None:
    few = {sheet.naam: sheet for sheet in uncertainty_book(large).sheets}
    monkeypatch.undo()
    every = {sheet.naam: sheet for sheet in uncertainty_book(swept()).sheets}
    assert set(every) - set(few) == {"rekenblad"}
    for name in COUNTING:
        found, expected = ({at: cell.value for at, cell in numbers_of(sheets[name])} for sheets in (few, every))
        assert (name, found) == (name, expected)


def test_it_verifies_and_is_well_made(large: Swept, tmp_path: Path) -> None:
    book = uncertainty_book(large)
    write_book(sealed(book), tmp_path / "o.xlsx")
    assert verify(tmp_path / "o.xlsx").findings == ()
    assert counting(flaws_of(book)) == ()


def test_what_is_counted_is_an_outcome_that_says_over_what(large: Swept) -> None:
    (goals,) = [sheet for sheet in uncertainty_book(large).sheets if sheet.naam == "doelen"]
    pasted = [cell for _, cell in numbers_of(goals) if cell.role is Role.DECISION]
    assert len(pasted) == 5 + 6 * len(large.goals)
    assert all("onzekerheid.parquet" in str(cell.origin) for cell in pasted)


def test_it_shows_the_first_draws_and_says_so(large: Swept, tmp_path: Path) -> None:
    write_book(uncertainty_book(large), tmp_path / "o.xlsx")
    book = openpyxl.load_workbook(tmp_path / "o.xlsx")
    drawn = [row[0].value for row in book["trekkingen"].iter_rows(min_row=5)]
    assert drawn == [1, 2, 3]
    said = "Hier staan de eerste 3; alle 7 staan in onzekerheid.parquet."
    assert said in str(book["trekkingen"]["A2"].value)
    told = [cell.value for row in book["voorblad"].iter_rows() for cell in row if cell.value]
    assert "Niet elke trekking staat in deze werkmap" in told
    assert len(large.results) == SHOWN
