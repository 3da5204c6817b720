"""Columns of pasted values: input, decisions of the model, and the words that name a row."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from finance.tables.grid import Format, Role, Value
from finance.tables.pages import Column

R = TypeVar("R")


def text(key: str, head: str, value: Callable[[R], Value], width: float = 14, *, wrap: bool = False) -> Column[R]:
    """A column of text."""
    return Column(key, head, value, "", Format.TEXT, width=width, wrap=wrap)


def year(key: str, head: str, value: Callable[[R], Value], width: float = 8) -> Column[R]:
    """A column of calendar years."""
    return Column(key, head, value, "", Format.YEAR, width=width)


def euro(key: str, head: str | int, value: Callable[[R], Value], *, total: bool = True, width: float = 14) -> Column[R]:
    """A column of amounts."""
    return Column(key, head, value, "", Format.EURO, width=width, total=total)


def places(
    key: str, head: str | int, value: Callable[[R], Value], *, total: bool = False, width: float = 10
) -> Column[R]:
    """A column of numbers of places."""
    return Column(key, head, value, "", Format.PLACES, width=width, total=total)


def number(key: str, head: str, value: Callable[[R], Value], fmt: Format = Format.GENERAL) -> Column[R]:
    """A column of other numbers."""
    return Column(key, head, value, "", fmt, width=11)


def decision(
    key: str, head: str, value: Callable[[R], Value], fmt: Format, *, total: bool = False, width: float = 11
) -> Column[R]:
    """A column that the model decided."""
    return Column(key, head, value, "", fmt, Role.DECISION, width, total)
