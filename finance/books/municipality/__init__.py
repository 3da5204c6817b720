"""The workbook of one municipality: her grant decisions out of a whole budget, as live formulas."""

from __future__ import annotations

from typing import Final

from finance.books.budget.draft import Draft as Budget
from finance.books.municipality import account, claims, controls, duties, front
from finance.books.municipality.anchors import anchors_of
from finance.books.municipality.draft import Draft, recipients
from finance.books.quality import with_quality
from finance.case import Case
from finance.plan.allocation import Plan
from finance.provenance import RunInfo
from finance.statement import Statement
from finance.tables.grid import Book
from finance.tables.pages import Page
from finance.tables.painting import book_of
from finance.tables.reconcile import reconcile
from finance.tables.wholeness import COVER, Written

KIND: Final = "gemeente"
"""What such a workbook calls itself in its seal."""


def draft_of(case: Case, plan: Plan, scenario: str, info: RunInfo, town: str) -> Draft:
    """The material of the workbook of one municipality.

    Args:
        case: the case, with the changes of the scenario.
        plan: the finished plan.
        scenario: the name of the scenario.
        info: what made the plan.
        town: a municipality that received a grant, as `recipients` spells it.
    """
    return Draft(Budget(Statement(case, plan.allocation), plan, scenario, info), town)


def municipality_book(draft: Draft) -> Book:
    """Make the workbook of one municipality, without its seal.

    Args:
        draft: the material of the workbook.

    Raises:
        ReconciliationError: a formula comes to something else than the statement says.
    """
    made = pages(draft)
    title = f"Begroting van gemeente {draft.gemeente}, scenario {draft.budget.scenario}"
    book = book_of(title, made, {"soort": KIND})
    reconcile(book, made, anchors_of(draft))
    return book


def pages(draft: Draft) -> tuple[Page, ...]:
    """The sheets of the workbook, in order."""
    counted = (
        account.decisions_page(draft),
        account.sisa_page(draft),
        account.advance_page(draft),
        duties.page(draft),
        duties.delays_page(draft),
        claims.page(draft),
        claims.checklist_page(draft),
        duties.ties_page(draft),
    )

    def with_controls(last: Page, written: Written) -> tuple[Page, ...]:
        others = (*counted, controls.page(draft, (COVER, *counted), written), last)
        return front.page(draft, others), *others

    return with_quality(with_controls)


__all__ = ["Draft", "draft_of", "municipality_book", "pages", "recipients"]
