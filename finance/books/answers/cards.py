"""The decision cards as a workbook of their own."""

from __future__ import annotations

from collections.abc import Sequence

from finance.books.answers.card_pages import card_pages
from finance.books.quality import with_quality
from finance.plan.whatif import DecisionCard
from finance.tables.grid import Book
from finance.tables.painting import book_of


def cards_book(name: str, scenario: str, cards: Sequence[DecisionCard]) -> Book:
    """The decision cards as a workbook of their own.

    Args:
        name: the name of the case.
        scenario: the scenario.
        cards: one or more cards of one plan.
    """
    pages = card_pages(cards, name, scenario)
    made = with_quality(lambda last, _: (*pages, last))
    return book_of(f"Waarom: {name}, scenario {scenario}", made, {"soort": "waarom"})
