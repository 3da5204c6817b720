"""Workbooks that many tests read: each is made once in a process, and no test changes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Final

from finance.books.budget import proposal
from finance.books.tariff import PlanBasis, tariff_book
from finance.books.uncertainty import uncertainty_book
from finance.case import Case
from finance.tables.grid import Book
from tests.finance.books.budget import variants
from tests.finance.books.budget.handmade import INFO, hand_plan
from tests.finance.books.tariff.cases import CASES, PLANNED
from tests.finance.books.tariff.live import INFO as TARIFF_INFO
from tests.finance.sweeping import swept

BUDGETS: Final[Mapping[str, tuple[Callable[[], Case], Mapping[str, int]]]] = {
    "small": (variants.small, variants.STARTS),
    "rich": (variants.rich, variants.STARTS),
    "odd": (variants.odd, variants.ODD_STARTS),
    "history": (variants.history, variants.STARTS),
    "closed": (variants.closed, {"M5": 2023}),
    "coupled": (variants.coupled, variants.STARTS),
    "short": (variants.short, variants.STARTS),
    "bare": (variants.bare, {"M5": 2022}),
}


@cache
def budget(name: str) -> Book:
    """The budget of a plan by hand of one of the variants of the small case."""
    make, starts = BUDGETS[name]
    case = make()
    return proposal(case, hand_plan(case, starts), "basis", INFO)


@cache
def tariffs(name: str) -> Book:
    """The tariffs of a case, whose providers are followed through a plan."""
    case, allocation = PLANNED[name]()
    return tariff_book(case, TARIFF_INFO, plan=PlanBasis(allocation, "basis", "met de hand", bewezen=True))


@cache
def tariffs_alone(name: str, *, salaries: bool = True) -> Book:
    """The tariffs of a case without a plan."""
    return tariff_book(CASES[name](), TARIFF_INFO, salaries=salaries)


@cache
def uncertainty() -> Book:
    """The workbook of the sweep that was made by hand."""
    return uncertainty_book(swept())
