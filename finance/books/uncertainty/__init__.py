"""The workbook `onzekerheid.xlsx`: what many draws came to, as live formulas over the table of draws."""

from __future__ import annotations

from collections.abc import Iterator

from finance.books.quality import with_quality
from finance.books.uncertainty import choices, draws, front, goals, influence
from finance.books.uncertainty.condensed import condensed
from finance.books.uncertainty.draft import SweepInfo, Swept
from finance.tables.grid import Book
from finance.tables.pages import Page
from finance.tables.painting import book_of
from finance.tables.wholeness import COVER, Written


def uncertainty_book(swept: Swept) -> Book:
    """Make the workbook of a sweep.

    Args:
        swept: the draws and their outcomes.

    Returns:
        The book, without its seal.
    """
    return book_of(f"Onzekerheid {swept.case.settings.naam}", pages(swept), {"soort": "onzekerheid"})


def pages(swept: Swept) -> tuple[Page, ...]:
    """The sheets of the workbook, in order."""
    counted = tuple(_others(swept))

    def with_controls(last: Page, written: Written) -> tuple[Page, ...]:
        control = front.controls_page(swept, (COVER, *counted), written)
        others = (*counted, _whole_or_condensed(swept, control), last)
        return front.front_page(swept, others), *others

    return with_quality(with_controls)


def _whole_or_condensed(swept: Swept, page: Page) -> Page:
    return page if swept.whole else condensed(page)


def _others(swept: Swept) -> Iterator[Page]:
    """The sheets that count draws, and those with draws."""
    *counting, asked = (_whole_or_condensed(swept, page) for page in _counting(swept))
    yield from counting
    yield draws.lost_page(swept)
    yield asked
    yield draws.draws_page(swept)
    if swept.case.measures:
        yield draws.starts_page(swept)
    if swept.case.sources:
        yield draws.money_page(swept)
    if swept.whole:
        yield draws.calculation_page(swept)


def _counting(swept: Swept) -> Iterator[Page]:
    yield goals.goals_page(swept)
    yield goals.spread_page(swept)
    yield influence.page(swept)
    if swept.case.measures:
        yield choices.measures_page(swept)
    if swept.case.sources:
        yield choices.sources_page(swept)
    yield front.inputs_page(swept)


__all__ = ["SweepInfo", "Swept", "pages", "uncertainty_book"]
