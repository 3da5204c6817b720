"""Rows, columns and sheets that another program moved: told as such, and nothing else with them.

The moves are made by IronCalc, which rewrites formulas as Excel does.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import ironcalc
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finance.tables.grid import Cell, Format, Role
from finance.xlsx.deviations import Deviation, Kind
from finance.xlsx.moves import STILL, Move, Moves, Shift, rewritten, runs, span
from finance.xlsx.seal import sealed
from finance.xlsx.verify import verify
from finance.xlsx.write import book_bytes
from tests.finance.xlsx.sample import small_book, with_cell

# This engine takes a text for a formula or a number when it moves it; Excel does not.
BOOK: Final = with_cell(
    with_cell(small_book(), "invoer", (6, 1), Cell("haven", Role.INPUT_SOURCED, Format.TEXT)),
    "voorblad",
    (7, 1),
    Cell("kade"),
)
DATA: Final = book_bytes(sealed(BOOK))
SHEETS: Final = {sheet.naam: number for number, sheet in enumerate(BOOK.sheets)}
ROWS: Final = [(sheet.naam, row) for sheet in BOOK.sheets for row in range(1, max(r for r, _ in sheet.cells))]
AFTERMATH: Final = {Kind.CONSEQUENCE, Kind.CONTROL}

Change = Callable[[ironcalc.Model], object]


def after(folder: Path, change: Change) -> list[Deviation]:
    """What verifying finds after somebody did something in another program, which recalculated."""
    before, path = folder / "voor.xlsx", folder / "begroting.xlsx"
    before.write_bytes(DATA)
    model = ironcalc.load_from_xlsx(str(before), "en", "UTC", "en")
    change(model)
    model.evaluate()
    path.unlink(missing_ok=True)
    model.save_to_xlsx(str(path))
    return list(verify(path).deviations)


def said(found: list[Deviation]) -> list[tuple[Kind, str, str]]:
    return [(item.kind, item.blad, item.cel) for item in found if item.kind not in AFTERMATH]


def test_nothing_is_found_where_nothing_was_done(tmp_path: Path) -> None:
    assert after(tmp_path, lambda _: None) == []


@settings(max_examples=20)
@given(st.sampled_from(ROWS), st.integers(1, 3))
def test_inserted_rows_are_told_once_and_change_nothing(
    tmp_path_factory: pytest.TempPathFactory, at: tuple[str, int], number: int
) -> None:
    name, row = at
    found = after(tmp_path_factory.mktemp("w"), lambda model: model.insert_rows(SHEETS[name], row, number))
    (only,) = found
    assert (only.kind, only.blad, only.wat) == (Kind.MOVED, name, "ingevoegd.")
    # Which of some empty rows is the new one cannot be seen.
    assert only.cel.startswith("rij ")


@settings(max_examples=15)
@given(st.sampled_from(list(SHEETS)), st.integers(1, 2))
def test_inserted_columns_are_told_once_and_change_nothing(
    tmp_path_factory: pytest.TempPathFactory, name: str, column: int
) -> None:
    found = after(tmp_path_factory.mktemp("w"), lambda model: model.insert_columns(SHEETS[name], column, 1))
    assert said(found) == [(Kind.MOVED, name, f"kolom {'AB'[column - 1]}")]
    assert len(found) == 1


def test_the_place_of_an_inserted_row_is_told(tmp_path: Path) -> None:
    found = after(tmp_path, lambda model: model.insert_rows(SHEETS["invoer"], 4, 2))
    assert said(found) == [(Kind.MOVED, "invoer", "rij 4 tot en met 5")]


def test_a_removed_row_is_told_with_what_stood_there(tmp_path: Path) -> None:
    found = after(tmp_path, lambda model: model.delete_rows(SHEETS["invoer"], 3, 1))
    assert said(found) == [(Kind.MOVED, "invoer", "rij 3 van toen")]
    assert found[0].wat == "verwijderd; hier stond 'steenstraat', 'verbouwen', 2025, ...."
    assert {item.kind for item in found[1:]} <= AFTERMATH
    assert len(found) > 1


@pytest.mark.parametrize("name", list(SHEETS))
def test_another_name_of_a_sheet_is_told_and_its_formulas_are_the_same(tmp_path: Path, name: str) -> None:
    found = after(tmp_path, lambda model: model.rename_sheet(SHEETS[name], "Mijn blad"))
    assert said(found) == [(Kind.SHEET, name, "")]
    assert found[0].wat == "het blad heet nu 'Mijn blad'."
    assert len(found) == 1


def test_a_change_in_what_moved_is_told_at_its_new_place(tmp_path: Path) -> None:
    def change(model: ironcalc.Model) -> None:
        model.insert_rows(SHEETS["invoer"], 3, 1)
        model.set_user_input(SHEETS["invoer"], 5, 4, "7")
        model.insert_rows(SHEETS["berekening"], 2, 1)
        model.set_user_input(SHEETS["berekening"], 4, 2, "=invoer!D4*2")
        model.rename_sheet(SHEETS["samenvatting blad"], "overzicht")

    found = after(tmp_path, change)
    assert sorted(said(found)) == sorted(
        [
            (Kind.SHEET, "samenvatting blad", ""),
            (Kind.MOVED, "invoer", "rij 3"),
            (Kind.MOVED, "berekening", "rij 2"),
            (Kind.INPUT, "invoer", "D5"),
            (Kind.FORMULA, "berekening", "B4"),
        ]
    )


def test_a_sheet_that_shows_something_else_is_another_sheet(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(DATA))
    book.remove(book["samenvatting blad"])
    book.create_sheet("nieuw")["A1"] = "iets anders"
    path = tmp_path / "begroting.xlsx"
    book.save(path)
    assert [(item.blad, item.wat) for item in verify(path).deviations if item.kind is Kind.SHEET] == [
        ("samenvatting blad", "het blad is verwijderd."),
        ("nieuw", "het blad is toegevoegd."),
    ]


INSERTED: Final = Shift({**{n: n for n in range(1, 5)}, **{n: n + 2 for n in range(5, 11)}}, (5, 6), ())
REMOVED: Final = Shift({**{n: n for n in range(1, 5)}, **{n: n - 2 for n in range(7, 11)}}, (), (5, 6))


@pytest.mark.parametrize(
    ("rows", "columns", "formula", "expected"),
    [
        (INSERTED, STILL, "A4+$A$5+A$6*$A7", "A4+$A$7+A$8*$A9"),
        (INSERTED, STILL, "SUM(A4:A6)+SUM($A$5:$B$6)", "SUM(A4:A8)+SUM($A$7:$B$8)"),
        (INSERTED, STILL, 'ander!A9&"A9"', 'ander!A9&"A9"'),
        (INSERTED, STILL, "blad!A40", "blad!A42"),
        (REMOVED, STILL, "A4+A7", "A4+A5"),
        (REMOVED, STILL, "A5+1", "#REF!+1"),
        (REMOVED, STILL, "SUM(A4:A8)+SUM(A5:A8)+SUM(A3:A6)", "SUM(A4:A6)+SUM(A5:A6)+SUM(A3:A4)"),
        (REMOVED, STILL, "SUM($A5:$A6)", "SUM(#REF!)"),
        (STILL, INSERTED, "D9+$E$9+SUM(D:E)+LOG10(4)", "D9+$G$9+SUM(D:E)+LOG10(4)"),
    ],
)
def test_a_formula_is_rewritten_as_a_program_does(rows: Shift, columns: Shift, formula: str, expected: str) -> None:
    moves: Moves = {"blad": Move("blad", rows, columns)}
    assert rewritten(formula, "blad", moves) == expected


@pytest.mark.parametrize(("name", "expected"), [("nieuw", "nieuw!A1"), ("mijn 'blad'", "'mijn ''blad'''!A1")])
def test_a_formula_follows_the_name_of_a_sheet(name: str, expected: str) -> None:
    moves: Mapping[str, Move] = {"oud blad": Move(name, STILL, STILL)}
    assert rewritten("'oud blad'!A1", "ander", moves) == expected


def test_numbers_that_follow_each_other_are_one_run() -> None:
    assert list(runs((3, 4, 5, 9))) == [(3, 5), (9, 9)]
    assert (span("rij", "3", "5"), span("rij", "9", "9")) == ("rij 3 tot en met 5", "rij 9")
