"""The workbook `landelijk.xlsx`: several regions as one picture, as live formulas held against Python's numbers."""

from __future__ import annotations

from finance.books.national import calculation, controls, front, inputs, outcome
from finance.books.national.anchors import anchors_of
from finance.books.national.draft import Draft
from finance.books.quality import with_quality
from finance.tables.grid import Book
from finance.tables.pages import Page
from finance.tables.painting import book_of
from finance.tables.reconcile import reconcile
from finance.tables.wholeness import COVER, Written


def national_book(draft: Draft) -> Book:
    """Make the workbook of several regions.

    Args:
        draft: the regions with their plans.

    Returns:
        The book, without its seal.

    Raises:
        ReconciliationError: a formula comes to something else than Python computes.
    """
    made = pages(draft)
    book = book_of("Landelijk beeld van de gesloten jeugdhulp", made, {"soort": "landelijk"})
    reconcile(book, made, anchors_of(draft))
    return book


def pages(draft: Draft) -> tuple[Page, ...]:
    """The sheets of the workbook, in order."""
    counted = (
        outcome.money_page(draft),
        outcome.costs_page(draft),
        outcome.places_page(draft),
        outcome.young_page(draft),
        calculation.takeover_page(draft),
        inputs.page(draft),
        inputs.outcomes_page(draft),
        calculation.page(draft),
    )

    def with_controls(last: Page, written: Written) -> tuple[Page, ...]:
        others = (*counted, controls.page(draft, (COVER, *counted), written), last)
        return front.page(draft, others), *others

    return with_quality(with_controls)


__all__ = ["Draft", "national_book", "pages"]
