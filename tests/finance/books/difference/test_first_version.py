"""Budgets with a seal of version 1: as they were written then, and with headings that are not found."""

from __future__ import annotations

import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from finance.books.difference.amounts import amounts_of
from finance.books.difference.causes import Choice, Difference
from finance.books.difference.restored import is_budget, restored
from finance.findings import FindingsError
from finance.tables.grid import Book
from finance.xlsx.seal import Seal
from tests.finance.books.budget import variants
from tests.finance.books.difference.pairs import budget, read_back
from tests.finance.xlsx.version_one import first_seal

WRITTEN_THEN = Path(__file__).with_name("version_one_history.json.zlib")
"""What a toolkit that sealed in version 1 wrote of the case with closed years: the sheets that are read."""


def test_a_budget_of_then_is_read() -> None:
    seal = Seal(zlib.decompress(WRITTEN_THEN.read_bytes()), version=1)
    assert is_budget(seal)
    found = restored("oud.xlsx", seal)
    assert found.shown == amounts_of(found.statement)
    assert found.allocation.starts == variants.STARTS
    assert len(found.allocation.payments) > 20
    assert found.case.closed_through == 2022
    assert found.origin["invoer_sha256"] == "ab" * 32
    assert found.proven
    assert "VT20-deelplafond" in found.rules


@pytest.fixture(scope="module")
def book() -> Book:
    return budget(variants.small())


def test_old_and_new_of_one_plan_do_not_differ(book: Book) -> None:
    for found in (
        Difference(restored("oud.xlsx", first_seal(book)), read_back(book)),
        Difference(read_back(book), restored("oud.xlsx", first_seal(book))),
    ):
        assert found.choice is Choice.SAME
        assert found.is_empty


def _retitled(book: Book, sheet: str, old: str) -> Book:
    """The book with another word for every text on a sheet that is exactly this."""
    [of] = [one for one in book.sheets if one.naam == sheet]
    cells = {at: replace(cell, value="Iets anders") if cell.value == old else cell for at, cell in of.cells.items()}
    assert cells != of.cells
    sheets = tuple(replace(one, cells=cells) if one is of else one for one in book.sheets)
    return replace(book, sheets=sheets)


@pytest.mark.parametrize(
    ("sheet", "heading"),
    [
        ("samenvatting", "Alle kosten"),
        ("samenvatting", "Doel"),
        ("samenvatting", "Groep"),
        ("samenvatting", "Jaar"),
        ("samenvatting", "Ongedekt"),
        ("betalingen", "Bedrag"),
        ("betalingen", "Bedrag in strijd"),
        ("bronnen", "Beschikbaar"),
        ("regels", "Beschikking"),
        ("dekking", "Waarvoor"),
        ("maatregelen", "Start"),
        ("capaciteit", "Bezet"),
        ("capaciteit", "Gebruikt"),
        ("verantwoording", "Gemaakt uit"),
        ("verantwoording", "Bewezen"),
        ("verantwoording", "Regel"),
        ("uitgangspunten", "case"),
    ],
)
def test_a_heading_that_is_not_found_is_said(book: Book, sheet: str, heading: str) -> None:
    seal = first_seal(_retitled(book, sheet, heading))
    with pytest.raises(FindingsError) as raised:
        restored("oud.xlsx", seal)
    assert raised.value.findings[0].blad == sheet
    assert heading in raised.value.findings[0].wat
    assert "zegel van versie 1" in raised.value.findings[0].wat
