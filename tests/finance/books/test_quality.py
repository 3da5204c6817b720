"""The sheet `kwaliteit`: it counts the workbook that it stands in, and its words are what is measured."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import pytest

from finance.books.quality import KINDS, LONG, NOT_MET, TESTED, quality_page, with_quality
from finance.tables import live, pasted
from finance.tables.grid import Book, Format, Role
from finance.tables.pages import Column, Page, Table
from finance.tables.painting import book_of
from tests.finance.books import shelf
from tests.finance.books.examination.blocks import blocks_of
from tests.finance.books.examination.principles import DEEPEST, LONGEST, PRINCIPLES

CODE: Final = re.compile(r"\d\.\d\d-\d\d|FAST \d\.\d\d(?!-)|ICAEW \d+")


@pytest.fixture(scope="module")
def budget() -> Book:
    """A budget in which every table occurs."""
    return shelf.budget("rich")


def shown(book: Book) -> dict[str, int]:
    """The counts that the sheet shows."""
    (sheet,) = (sheet for sheet in book.sheets if sheet.naam == "kwaliteit")
    rows = {row: cell.value for (row, column), cell in sheet.cells.items() if column == 1}
    counts = {row: cell.value for (row, column), cell in sheet.cells.items() if column == 2}
    return {str(rows[row]): value for row, value in counts.items() if isinstance(value, int)}


def paragraphs(sort: tuple[str, ...]) -> Iterator[str]:
    yield from (code for line in sort for code in CODE.findall(line))


def test_it_counts_what_stands_in_the_workbook_itself_included() -> None:
    table: Table[int] = Table(
        "t",
        "Tabel",
        (1, 2),
        (
            pasted.decision("besluit", "Besluit", lambda row: row, Format.COUNT),
            Column("gegeven", "Gegeven", lambda row: row, "", Format.COUNT, Role.INPUT_ASSUMED),
            live.number("som", "Som", "+".join(["[besluit]"] * 70), Format.COUNT),
            pasted.text("woord", "Woord", str),
        ),
    )
    page = Page("blad", "Blad", "Een blad.", (table,))
    book = book_of("t", with_quality(lambda last, _: (page, last)))
    assert shown(book) == {
        "Bladen": 2,
        "Cellen met een formule": 2,
        "Kolommen met een formule": 1,
        "Tekens van de langste formule": 70 * len("A5") + 69,
        f"Formules van meer dan {LONG} tekens": 2,
        "Getallen uit een bron": 8,
        "Getallen die een aanname zijn": 2,
        "Getallen die het model besloot": 2,
    }


def test_the_counts_of_a_budget_are_those_of_its_cells(budget: Book) -> None:
    cells = [cell for sheet in budget.sheets for cell in sheet.cells.values()]
    counts = shown(budget)
    assert counts["Bladen"] == len(budget.sheets)
    assert counts["Cellen met een formule"] == sum(bool(cell.formula) for cell in cells)
    assert counts["Tekens van de langste formule"] == max(len(cell.formula) for cell in cells)
    for wat, role in KINDS.items():
        typed = [cell for cell in cells if cell.role is role and not cell.formula]
        assert counts[wat] == sum(not isinstance(cell.value, str | None) for cell in typed) > 0


def test_what_every_workbook_is_tested_for_is_told_with_where_it_is_asked() -> None:
    told = set(paragraphs(TESTED))
    asked = {code for each in PRINCIPLES if each.telt for code in CODE.findall(each.bron)}
    assert told == asked - set(paragraphs(NOT_MET))


def test_what_is_said_not_to_be_met_is_not_met(budget: Book) -> None:
    """Where one of these fails, the words may say less: `NOT_MET` tells what the workbooks do not do."""
    blocks = list(blocks_of(budget))
    names = [sheet.naam for sheet in budget.sheets]
    assert names.index("bronnen") < names.index("uitgangspunten") < names.index("rekenblad_kosten")  # 1.02-01
    assert LONG < max(len(block.formula) for block in blocks) <= LONGEST  # 3.03-01
    assert 1 < max(block.depth for block in blocks) <= DEEPEST == 3  # 3.03-07
    linked = {block.area: block for block in blocks if re.fullmatch(r"\w+![$A-Z0-9]+", block.formula)}
    assert any(area in linked for block in linked.values() for area in block.references)  # 3.06-02
    (capacity,) = (sheet for sheet in budget.sheets if sheet.naam == "capaciteit")
    years = {at for at, cell in capacity.cells.items() if cell.fmt is Format.YEAR and cell.value == 2022}
    assert len({row for row, _ in years}) > 1  # 2.01-02
    assert "drie diep" in " ".join(NOT_MET)
    assert f"{LONGEST} tekens" in " ".join(NOT_MET)


def test_the_sheet_stands_on_its_own_in_any_workbook() -> None:
    (sheet,) = book_of("t", [quality_page(())]).sheets
    words = {cell.value for cell in sheet.cells.values()}
    assert {*NOT_MET, *TESTED} <= words
