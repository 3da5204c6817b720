"""Workbooks with a seal of version 1 are read and judged as they were."""

from __future__ import annotations

from pathlib import Path

import pytest

from finance.tables.grid import Cell, Format, Role
from finance.xlsx.contents import read_contents
from finance.xlsx.deviations import Kind
from finance.xlsx.seal import SEAL_SHEET, Seal, read_seal, seal_of
from finance.xlsx.tracing import open_workbook
from finance.xlsx.verify import verify
from finance.xlsx.write import write_book
from spuk.commands.spoor import trail
from tests.finance.xlsx.sample import small_book, with_cell
from tests.finance.xlsx.version_one import content_of, sealed_by_one


@pytest.fixture
def path(tmp_path: Path) -> Path:
    write_book(sealed_by_one(small_book()), tmp_path / "oud.xlsx")
    return tmp_path / "oud.xlsx"


def _seal_in(path: Path) -> Seal:
    cells = read_contents(path.name, path.read_bytes()).sheets[SEAL_SHEET].cells
    return read_seal({at: cell.value for at, cell in cells.items()})


def test_its_seal_holds_the_same_cells(path: Path) -> None:
    seal = _seal_in(path)
    assert (seal.version, seal.content) == (1, content_of(small_book()))
    assert seal.sheets == seal_of(small_book()).sheets
    assert seal.fingerprint != seal_of(small_book()).fingerprint


def test_untouched_it_verifies(path: Path) -> None:
    report = verify(path)
    assert report.deviations == ()
    assert report.formulas > 0


def test_what_was_changed_is_named_by_cell(tmp_path: Path) -> None:
    """The old seal of one book on the sheets of another."""
    old = sealed_by_one(small_book()).sheets[-1]
    book = with_cell(small_book(), "voorblad", (7, 1), Cell("0124"))
    write_book(type(book)(book.title, (*book.sheets, old)), tmp_path / "oud.xlsx")
    [found] = verify(tmp_path / "oud.xlsx").deviations
    assert (found.kind, found.blad, found.cel) == (Kind.TEXT, "voorblad", "A7")


def test_its_amounts_have_a_trail(path: Path) -> None:
    opened = open_workbook(path)
    sheet, at = next(
        (name, at)
        for name, cells in opened.explainer.sheets.items()
        for at, cell in cells.items()
        if cell.formula and cell.fmt is Format.EURO and cell.role is not Role.CHECK
    )
    assert opened.cell(sheet, *at) == (sheet, *at)
    told = trail(path, f"'{sheet}'!{chr(64 + at[1])}{at[0]}")
    assert "GEWIJZIGD" not in told
    assert "= " in told
