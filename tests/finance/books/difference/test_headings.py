"""No heading, title or label of a workbook is data: with other words the same plan is the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from finance.books.comparison.comparison import comparison
from finance.books.difference.causes import Choice, Difference
from finance.books.difference.plain import PlainDifference
from finance.books.difference.restored import restored
from finance.books.tariff import tariff_book
from finance.findings import FindingsError
from finance.tables.grid import Book, Cell, Role, Sheet
from finance.xlsx.seal import seal_of
from tests.finance.books.budget import variants
from tests.finance.books.comparison.test_comparison import NOTHING, compared
from tests.finance.books.difference.pairs import budget, read_back
from tests.finance.books.tariff.cases import CASES as TARIFFS
from tests.finance.books.tariff.live import INFO as TARIFF_INFO
from tests.finance.village import allocation, village
from tests.finance.xlsx.version_one import first_seal

WORDS = (Role.TITLE, Role.SECTION, Role.NOTE, Role.HEADER)


def _in_tables(book: Book, sheet: Sheet) -> set[int]:
    places = (place for place in book.tables if place.blad == sheet.naam and place.kop)
    return {row for place in places for row in range(place.eerste, place.eerste + place.rijen)}


def reworded(book: Book) -> Book:
    """The book with other words in every title, heading and note, and before every single fact.

    The units of goals, which stand in a table, become others too.
    """
    units = {
        goals.eerste + at: goals.kolommen.index("eenheid") + 1
        for goals in book.tables
        if goals.naam == "doeluitkomst"
        for at in range(goals.rijen)
    }

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


@pytest.fixture(scope="module")
def book() -> Book:
    return budget(variants.history(), scenario="lagere lumpsum")


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


def _tariffs() -> Book:
    return tariff_book(TARIFFS["bare"](), TARIFF_INFO)


def _scenarios(*order: str) -> Book:
    plans = {"basis": allocation(), "minder": NOTHING, "evenveel": allocation()}
    return comparison(village(), [compared(name, plans[name]) for name in order])


@pytest.mark.parametrize("make", [_tariffs, lambda: _scenarios("basis", "minder")])
def test_other_words_make_no_other_tariff_or_comparison(make: Callable[[], Book]) -> None:
    book = make()
    other = reworded(book)
    assert PlainDifference("a", "b", seal_of(book), seal_of(other)).is_empty
    assert not PlainDifference("a", "b", first_seal(book), first_seal(other)).is_empty


def test_a_difference_is_said_in_the_words_of_its_workbook() -> None:
    one, other = seal_of(_scenarios("basis", "minder")), seal_of(_scenarios("basis", "evenveel"))
    found = PlainDifference("a", "b", one, other).cells
    goal = [cell for cell in found if (cell.tabel, cell.rij) == ("Doelen", "ongedekt")]
    assert {(cell.kolom, cell.oud is None, cell.nieuw is None) for cell in goal} == {
        ("minder", False, True),
        ("evenveel", True, False),
    }


def test_scenarios_in_another_order_are_the_same_scenarios() -> None:
    one, other = (_scenarios("basis", *order) for order in (("minder", "evenveel"), ("evenveel", "minder")))
    found = PlainDifference("a", "b", seal_of(one), seal_of(other)).cells
    assert [cell for cell in found if isinstance(cell.oud, Decimal) or isinstance(cell.nieuw, Decimal)] == []
