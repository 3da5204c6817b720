"""The workbook `tarief.xlsx`: what an etmaal costs, as live formulas, held against Python's numbers."""

from __future__ import annotations

from finance.books.quality import with_quality
from finance.books.tariff import (
    calculation,
    controls,
    financing,
    front,
    index,
    inputs,
    plan_board,
    plan_deals,
    plan_housing,
    plan_inputs,
    plan_prices,
    plan_results,
    price,
    risk,
    sensitivity,
    waterfall,
)
from finance.books.tariff.anchors import anchors_of
from finance.books.tariff.draft import Draft, PlanBasis, TariffInfo
from finance.case import Case
from finance.tables.grid import Book
from finance.tables.pages import Page
from finance.tables.painting import book_of
from finance.tables.reconcile import reconcile
from finance.tables.wholeness import COVER, Written


def tariff_book(
    case: Case, info: TariffInfo, *, salaries: bool = True, plan: PlanBasis | None = None, without: str = ""
) -> Book:
    """Make the tariff workbook of a case.

    Args:
        case: a case without findings.
        info: what made the workbook.
        salaries: whether the salaries are shown; else one amount per fte stands for them.
        plan: the plan over whose years the results of the providers are shown; None for tariffs alone.
        without: why there is no plan, in Dutch; empty where nobody asked for one.

    Returns:
        The book, without its seal.

    Raises:
        FindingsError: the case has no tariff.
        ReconciliationError: a formula comes to something else than Python computes.
    """
    draft = Draft(case, info, salaries, plan, without)
    made = pages(draft)
    book = book_of(f"Tarieven {case.settings.naam}", made, {"soort": "tarief"})
    reconcile(book, made, anchors_of(draft))
    return book


def pages(draft: Draft) -> tuple[Page, ...]:
    """The sheets of the workbook, in order."""
    results = (
        (plan_board.page(draft), plan_results.page(draft), plan_prices.page(draft), plan_housing.page(draft))
        if draft.plan
        else ()
    )
    years = (plan_inputs.page(draft), plan_deals.page(draft), plan_deals.trial_page(draft)) if draft.plan else ()
    counted = (
        *results,
        price.cost_page(draft),
        price.build_up_page(draft),
        waterfall.page(draft),
        price.occupancy_page(draft),
        risk.page(draft),
        sensitivity.page(draft),
        financing.page(draft),
        inputs.page(draft),
        *([index.page(draft)] if draft.case.tariff_indexes else []),
        calculation.page(draft),
        sensitivity.calculation_page(draft),
        *years,
    )

    def with_controls(last: Page, written: Written) -> tuple[Page, ...]:
        others = (*counted, controls.page(draft, (COVER, *counted), written), last)
        return front.page(draft, others), *others

    return with_quality(with_controls)


__all__ = ["Draft", "PlanBasis", "TariffInfo", "pages", "tariff_book"]
