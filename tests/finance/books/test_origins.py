"""Every pasted number says where it comes from: a cell of the input, a rule, a decision."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from finance.books.budget import proposal
from finance.case import Case, build_case
from finance.money import Money
from finance.scenarios import scenario_book
from finance.tables.grid import Book, Cell, OriginKind, Role
from finance.xlsx.seal import seal_of
from tests.casebook import Tables, raw_book, small_case
from tests.finance.books import shelf
from tests.finance.books.budget import variants
from tests.finance.books.budget.handmade import INFO, hand_plan

INPUTS = (Role.INPUT_SOURCED, Role.INPUT_ASSUMED)


def book_of(case: Case) -> Book:
    """The proposal of a plan by hand."""
    return proposal(case, hand_plan(case, variants.STARTS), "basis", INFO)


def in_scenario(name: str) -> Case:
    """The small case with the changes of a scenario."""
    book = raw_book(small_case())
    return build_case(scenario_book(book, build_case(book), name))


def cells_of(book: Book, sheet: str) -> list[Cell]:
    """The cells of a sheet."""
    return list(next(one for one in book.sheets if one.naam == sheet).cells.values())


@pytest.fixture(scope="module")
def book() -> Book:
    return shelf.budget("rich")


def test_every_pasted_number_says_where_it_comes_from(book: Book) -> None:
    silent = [
        (sheet.naam, at)
        for sheet in book.sheets
        for at, cell in sheet.cells.items()
        if isinstance(cell.value, int | Decimal | Money | date) and not cell.formula and cell.origin is None
    ]
    # Only the amount that may go against a rule, 0, comes from nowhere: it is what a rule means.
    assert [sheet for sheet, _ in silent] == ["regels"]


def test_the_cells_of_the_input_hold_what_the_workbook_shows(book: Book) -> None:
    tables, letters = variants.rich_tables(), variants.rich().letters
    seen = 0
    for cell in cells_of(book, "uitgangspunten"):
        if cell.origin and cell.origin.kind is OriginKind.INPUT and isinstance(cell.value, Money):
            sheet, _, place = cell.origin.waar.partition("!")
            column = next(name for name, letter in letters[sheet].items() if letter == place[0])
            given = tables[sheet][int(place[1:]) - 2][column]
            assert Money.from_euros(Decimal(str(given))) == cell.value
            seen += 1
    assert seen > 30


def test_a_changed_cell_names_the_row_of_the_scenario() -> None:
    found = [
        cell.origin
        for cell in cells_of(book_of(in_scenario("lagere lumpsum")), "uitgangspunten")
        if cell.origin and cell.origin.bij
    ]
    assert [(origin.waar, origin.bij) for origin in found] == [
        ("financiering!E2", ("scenario lagere lumpsum, scenarios rij 4: was 125000, wordt 112500",)),
        ("financiering!E3", ("scenario lagere lumpsum, scenarios rij 4: was 135000, wordt 121500",)),
        ("financiering!E4", ("scenario lagere lumpsum, scenarios rij 4: was 130000, wordt 117000",)),
    ]


def test_the_sheet_of_inputs_shows_rows_and_changes() -> None:
    words = {cell.value for cell in cells_of(book_of(in_scenario("lagere lumpsum")), "uitgangspunten")}
    assert "financiering!A2:H2" in words
    assert "prijs: was 125000, wordt 112500 (scenarios rij 4)" in words
    assert "wat het scenario verandert" in words
    base = {cell.value for cell in cells_of(shelf.budget("small"), "uitgangspunten")}
    assert "wat het scenario verandert" not in base


def test_two_rows_of_a_scenario_on_one_cell_are_told_in_order() -> None:
    tables: Tables = small_case()
    change = tables["scenarios"][2]
    tables["scenarios"].append({**change, "bewerking": "plus", "waarde": 100})
    book = raw_book(tables)
    case = build_case(scenario_book(book, build_case(book), "lagere lumpsum"))
    touches = case.touches["financiering", "prijs", 2]
    assert [(touch.rij, touch.was, touch.wordt) for touch in touches] == [
        (4, "125000", "112500"),
        (5, "112500", "112600"),
    ]


def test_a_setting_that_was_not_given_is_a_default() -> None:
    tables = small_case()
    tables["case"] = [row for row in tables["case"] if row["sleutel"] != "discontovoet"]
    cells = cells_of(book_of(build_case(raw_book(tables))), "uitgangspunten")
    found = [cell.origin.waar for cell in cells if cell.origin and cell.origin.kind is OriginKind.DEFAULT]
    assert "case, sleutel discontovoet is niet gegeven" in found


def test_a_payment_names_the_rule_and_its_publication(book: Book) -> None:
    said = [cell.origin.waar for cell in cells_of(book, "betalingen") if cell.origin]
    assert said
    assert all("rust op regel" in text for text in said)
    assert any("VT20-" in text and "Werkagenda" in text for text in said)


def test_parameters_of_rules_name_rule_and_publication(book: Book) -> None:
    origins = [cell.origin for cell in cells_of(book, "regels") if cell.role in INPUTS and cell.origin]
    assert {origin.kind for origin in origins} == {OriginKind.RULE}
    assert any("RG-" in origin.waar or "Stcrt." in origin.waar for origin in origins)


def test_the_seal_keeps_every_origin(book: Book) -> None:
    sealed = seal_of(book).sheets
    for sheet in book.sheets:
        for at, cell in sheet.cells.items():
            if cell.origin and cell.value not in (None, ""):
                assert sealed[sheet.naam][at].origin == cell.origin
