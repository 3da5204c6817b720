"""Budgets made by hand and read back, for comparing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from finance.books.budget import proposal
from finance.books.difference.restored import Restored, restored
from finance.case import Case, build_case
from finance.plan.allocation import Plan
from finance.tables.grid import Book
from finance.xlsx.seal import seal_of
from tests.casebook import Record, Tables, raw_book, small_case
from tests.finance.books.budget import variants
from tests.finance.books.budget.handmade import INFO, hand_plan


def written(
    case: Case,
    plan: Plan | None = None,
    *,
    starts: Mapping[str, int] = variants.STARTS,
    scenario: str = "basis",
    **made: Any,
) -> Restored:
    """A budget read back from the workbook that a plan makes."""
    return read_back(budget(case, plan, starts=starts, scenario=scenario, **made))


def budget(
    case: Case,
    plan: Plan | None = None,
    *,
    starts: Mapping[str, int] = variants.STARTS,
    scenario: str = "basis",
    **made: Any,
) -> Book:
    """The workbook that a plan makes."""
    return proposal(case, plan or hand_plan(case, starts), scenario, replace(INFO, **made))


def read_back(book: Book) -> Restored:
    """A budget read back from its seal."""
    return restored("begroting.xlsx", seal_of(book))


def changed(*edits: Callable[[Tables], object]) -> Case:
    """The small case with some edits of its tables."""
    tables = small_case()
    for edit in edits:
        edit(tables)
    return build_case(raw_book(tables))


def row(tables: Tables, sheet: str, **where: object) -> Record:
    """The first row of a sheet with these cells."""
    return next(row for row in tables[sheet] if all(row[name] == value for name, value in where.items()))


def setting(sheet: str, column: str, value: object, **where: object) -> Callable[[Tables], None]:
    """An edit of one cell."""

    def edit(tables: Tables) -> None:
        row(tables, sheet, **where)[column] = value

    return edit
