"""Columns that a formula fills: what a cell shows is what its formula comes to, worked out exactly."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from finance.tables.grid import Format, Role
from finance.tables.pages import Column, Target


def column(  # noqa: PLR0913 - a parameter for each way in which columns differ
    key: str,
    head: str | int,
    formula: str,
    fmt: Format | Callable[[Any], Format] = Format.GENERAL,
    *,
    role: Role | Callable[[Any], Role] | None = None,
    width: float = 12,
    total: bool = False,
    head_formula: str = "",
    wrap: bool = False,
    clip: bool = False,
    link: Callable[[Any], Target | None] | None = None,
    turned: bool = False,
    as_data: str = "",
) -> Column[Any]:
    """A column of any kind; see `Column` for what each parameter says."""
    return Column(
        key,
        head,
        None,
        formula,
        fmt,
        role,
        width,
        total,
        head_formula,
        wrap,
        clip,
        link,
        turned=turned,
        as_data=as_data,
    )


def text(key: str, head: str, formula: str, width: float = 14, *, wrap: bool = False) -> Column[Any]:
    """A column of text."""
    return column(key, head, formula, Format.TEXT, width=width, wrap=wrap)


def year(key: str, head: str, formula: str, width: float = 8) -> Column[Any]:
    """A column of calendar years."""
    return column(key, head, formula, Format.YEAR, width=width)


def euro(
    key: str,
    head: str | int,
    formula: str,
    *,
    total: bool = True,
    width: float = 14,
    head_formula: str = "",
) -> Column[Any]:
    """A column of amounts."""
    return column(key, head, formula, Format.EURO, width=width, total=total, head_formula=head_formula)


def places(
    key: str,
    head: str | int,
    formula: str,
    *,
    total: bool = False,
    width: float = 10,
    head_formula: str = "",
) -> Column[Any]:
    """A column of numbers of places."""
    return column(key, head, formula, Format.PLACES, width=width, total=total, head_formula=head_formula)


def number(key: str, head: str, formula: str, fmt: Format = Format.GENERAL) -> Column[Any]:
    """A column of other numbers."""
    return column(key, head, formula, fmt, width=11)


def check(key: str, head: str, formula: str) -> Column[Any]:
    """A column that says VOLDOET or VOLDOET NIET."""
    return column(key, head, formula, Format.TEXT, role=Role.CHECK, width=14)
