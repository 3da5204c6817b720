"""The workbook `herziening.xlsx`: a request for revision as live formulas, held against Python's numbers."""

from __future__ import annotations

from finance.books.quality import with_quality
from finance.books.revision import calculation, controls, division, front, inputs, locations, outcome, posts
from finance.books.revision.anchors import anchors_of
from finance.books.revision.draft import Draft, RevisionInfo
from finance.case import Case
from finance.plan.allocation import Allocation
from finance.tables.grid import Book
from finance.tables.pages import Page
from finance.tables.painting import book_of
from finance.tables.reconcile import reconcile
from finance.tables.wholeness import COVER, Written


def revision_book(case: Case, allocation: Allocation, info: RevisionInfo) -> Book:
    """Make the workbook of a request for revision.

    Args:
        case: a case without findings, of which each location where something counts names the annex.
        allocation: the plan whose spending it shows.
        info: what made the workbook.

    Returns:
        The book, without its seal.

    Raises:
        ReconciliationError: a formula comes to something else than Python computes.
    """
    draft = Draft(case, allocation, info)
    made = pages(draft)
    book = book_of(f"Aanvraag tot herziening {case.settings.naam}", made, {"soort": "herziening"})
    reconcile(book, made, anchors_of(draft))
    return book


def pages(draft: Draft) -> tuple[Page, ...]:
    """The sheets of the workbook, in order."""
    counted = (
        outcome.municipalities_page(draft),
        *locations.location_pages(draft),
        outcome.pot_page(draft),
        outcome.missing_page(draft),
        inputs.thresholds_page(draft),
        inputs.page(draft),
        posts.page(draft),
        posts.counted_page(draft),
        division.page(draft),
        calculation.page(draft),
    )

    def with_controls(last: Page, written: Written) -> tuple[Page, ...]:
        others = (*counted, controls.page(draft, (COVER, *counted), written), last)
        return front.page(draft, others), *others

    return with_quality(with_controls)


__all__ = ["Draft", "RevisionInfo", "pages", "revision_book"]
