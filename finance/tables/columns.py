"""The kinds of columns that tables are made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final, TypeVar

from finance.tables.grid import Format, Role, Value
from finance.tables.pages import Column, Table

R = TypeVar("R")

HOLDS: Final = "VOLDOET"
FAILS: Final = "VOLDOET NIET"
UNTESTED: Final = "NIET GETOETST"
NARROW: Final = 9
MANY: Final = 12
"""A table with more columns than this has its heads on their side."""


def verdict(passed: bool | None) -> str:
    """The word for a test that is passed or failed; None where nothing was tested."""
    return UNTESTED if passed is None else HOLDS if passed else FAILS


def holds(condition: str) -> str:
    """A formula that says VOLDOET where a condition holds; an error in what it tests is a failure too."""
    return or_else(f'IF({condition},"{HOLDS}","{FAILS}")', FAILS)


def within(value: str, limit: str) -> str:
    """The condition that a value is no more than its limit; a text is larger than any number."""
    return f"AND(ISNUMBER({value}),ISNUMBER({limit}),{value}<={limit})"


def or_else(formula: str, word: str) -> str:
    """A formula of a verdict, with the word that it says where what it tests is an error."""
    return f'IFERROR({formula},"{word}")'


def found_row(key: str, column: str, there: str = "[wijzer]") -> str:
    """A formula for the row of a table in which a key stands: the row where it stood, or else wherever it is.

    Looking a key up among all rows, for every row, takes the square of their number; comparing it with what stands in
    one row takes no time. What is found is right either way.

    Args:
        key: the key.
        column: the whole column of keys.
        there: the row in which the key stood when the workbook was written.
    """
    return f"IF(INDEX({column},{there})={key},{there},MATCH({key},{column},0))"


def where_it_stood(key: str, named: str, column: str) -> str:
    """A formula for what stands beside a key in another table: where the key stood, or else wherever it is.

    The row where it stood is one of the blocks of the table with the formula.

    Args:
        key: the key.
        named: the column of keys of the other table, as in `plan.maatregel`.
        column: the column that is asked, as in `plan.start`.
    """
    elsewhere = f"INDEX([{column}],MATCH({key},[{named}],0))"
    return f"IF([{named}*]={key},[{column}*],{elsewhere})"


def failing(*columns: str) -> str:
    """How many verdicts of some columns are not VOLDOET: what is something else, or empty, has failed."""
    return "+".join(f'ROWS([{column}])-COUNTIF([{column}],"{HOLDS}")' for column in columns) or "0"


def yes(answer: bool) -> str:
    """The word for a truth value."""
    return "ja" if answer else "nee"


def text(
    key: str,
    head: str,
    value: Callable[[R], Value],
    formula: str = "",
    width: float = 14,
    *,
    wrap: bool = False,
) -> Column[R]:
    """A column of text."""
    return Column(key, head, value, formula, Format.TEXT, width=width, wrap=wrap)


def upright(column: Column[R], width: float = 8) -> Column[R]:
    """The same column, no wider than its numbers, with its head on its side: a table of many columns."""
    return replace(column, width=width, turned=True)


def tight(table: Table[R]) -> Table[R]:
    """The same table on a sheet of many columns: each no wider than what it holds."""
    many = len(table.columns) > MANY
    columns = (
        replace(column, width=min(column.width, NARROW), turned=column.turned or many) for column in table.columns
    )
    return replace(table, columns=tuple(columns))


def year(key: str, head: str, value: Callable[[R], Value], formula: str, width: float = 8) -> Column[R]:
    """A column of calendar years."""
    return Column(key, head, value, formula, Format.YEAR, width=width)


def euro(
    key: str,
    head: str | int,
    value: Callable[[R], Value],
    formula: str,
    *,
    total: bool = True,
    width: float = 14,
    head_formula: str = "",
) -> Column[R]:
    """A column of amounts."""
    return Column(key, head, value, formula, Format.EURO, None, width, total, head_formula)


def places(
    key: str,
    head: str | int,
    value: Callable[[R], Value],
    formula: str,
    *,
    total: bool = False,
    width: float = 10,
    head_formula: str = "",
) -> Column[R]:
    """A column of numbers of places."""
    return Column(key, head, value, formula, Format.PLACES, None, width, total, head_formula)


def number(key: str, head: str, value: Callable[[R], Value], formula: str, fmt: Format = Format.GENERAL) -> Column[R]:
    """A column of other numbers."""
    return Column(key, head, value, formula, fmt, width=11)


def decision(
    key: str, head: str, value: Callable[[R], Value], fmt: Format, *, total: bool = False, width: float = 11
) -> Column[R]:
    """A column that the model decided."""
    return Column(key, head, value, "", fmt, Role.DECISION, width, total)


def check(key: str, head: str, value: Callable[[R], Value], formula: str) -> Column[R]:
    """A column that says VOLDOET, VOLDOET NIET or NIET GETOETST."""
    return Column(key, head, value, formula, Format.TEXT, Role.CHECK, 14)
