"""`verschil.xlsx`: live, sealed, and without a rest."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from finance.books.difference.book import difference_book
from finance.books.difference.causes import Difference
from finance.books.difference.plain import PlainDifference
from finance.books.difference.plain_book import plain_book
from finance.tables.grid import Book, Role
from finance.xlsx.seal import Seal, seal_of, sealed
from finance.xlsx.verify import verify
from finance.xlsx.write import book_bytes, write_book
from tests.finance.books.budget import variants
from tests.finance.books.budget.handmade import INFO
from tests.finance.books.difference.pairs import budget, changed, read_back, setting, written
from tests.finance.books.examination.principles import counting, flaws_of
from tests.finance.xlsx.version_one import first_seal


@pytest.fixture(scope="module")
def books() -> tuple[Book, Book]:
    other = changed(setting("kosten", "bedrag", 61_000, maatregel="M5"))
    starts = {"M5": 2022, "M4": 2023}
    return budget(variants.small()), budget(other, starts=starts, scenario="lagere lumpsum")


@pytest.fixture(scope="module")
def found(books: tuple[Book, Book]) -> Difference:
    one, other = books
    return Difference(read_back(one), read_back(other))


@pytest.fixture(scope="module")
def book(found: Difference) -> Book:
    return difference_book(found)


def _rows(book: Book, name: str) -> list[list[object]]:
    cells = next(sheet for sheet in book.sheets if sheet.naam == name).cells
    numbers = sorted({row for row, _ in cells})
    return [[cells[at].value for at in sorted(cells) if at[0] == row] for row in numbers]


def test_it_recalculates_to_what_was_computed(book: Book, tmp_path: Path) -> None:
    write_book(sealed(book), tmp_path / "verschil.xlsx")
    assert verify(tmp_path / "verschil.xlsx").findings == ()


def test_without_any_difference_in_amounts_it_recalculates_too(tmp_path: Path) -> None:
    same = Difference(written(variants.small()), written(variants.small(), toolkit="0.0.2"))
    assert same.versions == (("Toolkit", INFO.toolkit, "0.0.2"),)
    assert not same.is_empty
    assert same.keys == ()
    write_book(sealed(difference_book(same)), tmp_path / "verschil.xlsx")
    assert verify(tmp_path / "verschil.xlsx").findings == ()


def test_it_holds_to_the_conventions_for_spreadsheets(book: Book) -> None:
    assert counting(flaws_of(book)) == ()
    assert book.sheets[-1].naam == "kwaliteit"


def test_the_same_pair_gives_the_same_bytes(found: Difference, book: Book) -> None:
    assert book_bytes(sealed(book)) == book_bytes(sealed(difference_book(Difference(found.a, found.b))))


def test_every_amount_that_differs_has_a_row_with_its_verdict(found: Difference, book: Book) -> None:
    rows = [row for row in _rows(book, "verschil") if row[0] in ("doel", "bron", "kostenregel", "jaar")]
    assert {tuple(row[:3]) for row in rows} <= {(key.soort, key.naam, key.wat) for key in found.keys}
    assert len(rows) > 20
    assert {row[-1] for row in rows} == {"VOLDOET"}


def test_changed_cells_are_named_with_their_place(book: Book) -> None:
    rows = [row for row in _rows(book, "wijzigingen") if "kosten: M5, vastgoedplan, 0" in row]
    [row] = rows
    assert row[3:7] == ["bedrag", "cel gewijzigd", "60000", "61000"]
    assert str(row[7]).startswith("D")


def test_only_states_and_decisions_are_pasted(book: Book) -> None:
    pasted = {
        sheet.naam
        for sheet in book.sheets
        for cell in sheet.cells.values()
        if cell.role is Role.DECISION and not cell.formula
    }
    assert pasted == {"tussenstanden", "wijzigingen", "besluiten"}


@pytest.mark.parametrize("content", [(seal_of, seal_of), (seal_of, first_seal), (first_seal, first_seal)])
def test_other_workbooks_are_compared_cell_by_cell(
    books: tuple[Book, Book], tmp_path: Path, content: tuple[Callable[[Book], Seal], ...]
) -> None:
    seals = [make(book) for make, book in zip(content, books, strict=True)]
    plain = PlainDifference("a.xlsx", "b.xlsx", *seals)
    [cell] = [cell for cell in plain.cells if cell.kolom == "bedrag" and cell.blad == "uitgangspunten"]
    assert (cell.soort, cell.verschil) == ("invoer", 1000)
    assert [item.soort for item in plain.cells] == sorted(item.soort for item in plain.cells)
    write_book(sealed(plain_book(plain)), tmp_path / "verschil.xlsx")
    assert verify(tmp_path / "verschil.xlsx").findings == ()
    assert PlainDifference("a", "a", *(make(books[0]) for make in content)).is_empty
