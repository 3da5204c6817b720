"""No heading, title or label of a workbook is data: with other words the same plan is the same."""

from __future__ import annotations

from dataclasses import replace

import pytest

from finance.findings import FindingsError
from finance.workbook.difference.causes import Choice, Difference
from finance.workbook.difference.restored import restored
from finance.workbook.grid import Book, Cell, Role, Sheet
from tests.finance.workbook.difference.pairs import budget, read_back
from tests.finance.workbook.proposal import variants
from tests.finance.workbook.version_one import first_seal

WORDS = (Role.TITLE, Role.SECTION, Role.NOTE, Role.HEADER)


def _in_tables(book: Book, sheet: Sheet) -> set[int]:
    places = (place for place in book.tables if place.blad == sheet.naam and place.kop)
    return {row for place in places for row in range(place.eerste, place.eerste + place.rijen)}


def reworded(book: Book) -> Book:
    """The book with other words in every title, heading and note, and before every single fact.

    The units of goals, which stand in a table, become others too.
    """
    [goals] = [place for place in book.tables if place.naam == "doeluitkomst"]
    unit = goals.kolommen.index("eenheid") + 1
    units = {goals.eerste + at: unit for at in range(goals.rijen)}

    def cell(sheet: Sheet, at: tuple[int, int], was: Cell, rows: set[int]) -> Cell:
        is_label = was.role is Role.LABEL and at[1] == 1 and at[0] not in rows
        is_unit = sheet.naam == "samenvatting" and units.get(at[0]) == at[1]
        if was.value in (None, "") or not (was.role in WORDS or is_label or is_unit):
            return was
        return replace(was, value=f"Anders {at[0]}-{at[1]}")

    sheets = tuple(
        replace(sheet, cells={at: cell(sheet, at, was, rows) for at, was in sheet.cells.items()})
        for sheet in book.sheets
        for rows in [_in_tables(book, sheet)]
    )
    return replace(book, sheets=sheets)


@pytest.fixture(scope="module", params=["small", "history"])
def book(request: pytest.FixtureRequest) -> Book:
    return budget(getattr(variants, request.param)(), scenario="lagere lumpsum")


def test_other_words_make_no_other_plan(book: Book) -> None:
    one, other = read_back(book), read_back(reworded(book))
    assert one.shown
    assert set(one.labels.values()) & set(other.labels.values()) == set()
    for found in (Difference(one, other), Difference(other, one)):
        assert found.choice is Choice.SAME
        assert found.keys == found.changes == found.origins == found.rules == ()
        assert found.is_empty


def test_with_a_seal_of_version_one_other_words_are_refused(book: Book) -> None:
    with pytest.raises(FindingsError, match="is niet gevonden"):
        restored("oud.xlsx", first_seal(reworded(book)))
