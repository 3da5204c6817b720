"""What a formula comes to is held against a number that no formula made."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from finance.money import Money
from finance.tables.grid import Format
from finance.tables.pages import Column, Page, Table
from finance.tables.painting import book_of
from finance.tables.reconcile import Anchors, ReconciliationError, differences, plain, reconcile

ROWS = (Money(300), Money(-5))


def page(formula: str = "[bedrag]*2") -> Page:
    columns: tuple[Column[Any], ...] = (
        Column("bedrag", "Bedrag", lambda row: row, fmt=Format.EURO),
        Column("dubbel", "Dubbel", None, formula, Format.EURO),
    )
    return Page("blad", "Titel", "Uitleg.", (Table("geld", "", ROWS, columns),))


ANCHORS: Anchors = {"geld": {"dubbel": lambda row: Money(2 * row.cents)}}


def held(formula: str, anchors: Anchors = ANCHORS) -> list[str]:
    pages = [page(formula)]
    return list(differences(book_of("", pages), pages, anchors))


def test_a_formula_that_comes_to_its_anchor_is_right() -> None:
    assert held("[bedrag]+[bedrag]") == []


def test_a_cell_that_differs_is_named_with_its_formula_and_both_values() -> None:
    assert held("[bedrag]*2+IF([bedrag]<0,0.01,0)") == [
        "blad!B6 (geld.dubbel): =A6*2+IF(A6<0,0.01,0) comes to -0.09, the statement says -0.10"
    ]


def test_a_difference_refuses_the_book() -> None:
    pages = [page("[bedrag]*3")]
    with pytest.raises(ReconciliationError, match=r"blad!B5"):
        reconcile(book_of("", pages), pages, ANCHORS)
    pages = [page()]
    reconcile(book_of("", pages), pages, ANCHORS)


def test_an_anchor_without_a_column_is_a_fault() -> None:
    with pytest.raises(ValueError, match="drievoud"):
        held("[bedrag]*2", {"geld": {"drievoud": lambda _: 0}})


def test_values_are_compared_as_what_they_are() -> None:
    assert plain(Money(150)) == Fraction(3, 2) == plain(Fraction(3, 2))
    assert plain(None) == plain("") == ""
    assert plain(date(1900, 3, 1)) == 61
