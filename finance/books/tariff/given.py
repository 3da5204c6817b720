"""What the case gives, as columns and keys of the workbook of tariffs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from finance.books.origins import from_input
from finance.books.tariff.draft import Draft
from finance.case.sheets import AllocationKey, Demand, Funding, GroupNeed, IndexYear, Inflow, Places, Provider
from finance.tables.grid import Format, Value
from finance.tables.pages import Column

R = TypeVar("R", AllocationKey, Places, Provider, Demand, GroupNeed, Inflow, Funding, IndexYear)


def key_of(draft: Draft, family: str, name: str) -> str:
    """What an id is called in this workbook; empty for no id."""
    return draft.names.of(family, name)


def given(
    draft: Draft, sheet: str, key: str, head: str, value: Callable[[R], Value], fmt: Format, column: str = ""
) -> Column[R]:
    """A column of numbers of an input sheet.

    Args:
        draft: the material.
        sheet: the sheet of the input.
        key: what formulas call it.
        head: what stands above it.
        value: what a row shows.
        fmt: how it is shown.
        column: the column of the input; the key where it has that name.
    """
    return Column(
        key,
        head,
        value,
        fmt=fmt,
        role=lambda row: draft.role(row.herkomst),
        origin=lambda row: from_input(draft.case, sheet, column or key, row.rij),
    )
