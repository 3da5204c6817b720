"""The decision cards as a workbook of their own."""

from __future__ import annotations

from collections.abc import Sequence

from finance.whatif import DecisionCard
from finance.workbook.grid import Book
from finance.workbook.layout.painting import book_of
from finance.workbook.proposal.cards import card_pages
from finance.workbook.proposal.quality import with_quality


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
