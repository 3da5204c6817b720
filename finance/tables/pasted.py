"""Columns of pasted values: input, decisions of the model, and the words that name a row."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

from finance.tables.grid import Format, Origin, OriginKind, Role, Value
from finance.tables.pages import Column

R = TypeVar("R")
AS_PLACED: Final = Origin(OriginKind.PLACE, "waar de rij stond bij het schrijven van deze werkmap")


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


def row_number(key: str, head: str, value: Callable[[R], int]) -> Column[R]:
    """A column that says in which row of another table something stands, counted from 1; 0 for in none.

    It saves looking a key up among all rows of that table for every row of this one, which takes the square of their
    number. Nothing is trusted that is found by it: a formula compares the key there, or shows what stands there.
    """
    return Column(key, head, value, "", Format.GENERAL, Role.INPUT_SOURCED, 11, origin=lambda _: AS_PLACED)


def decision(
    key: str, head: str, value: Callable[[R], Value], fmt: Format, *, total: bool = False, width: float = 11
) -> Column[R]:
    """A column that the model decided."""
    return Column(key, head, value, "", fmt, Role.DECISION, width, total)
