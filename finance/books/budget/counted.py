"""Totals that are counted along different ways, and what must be equal."""

from __future__ import annotations

from dataclasses import dataclass

from finance.tables.grid import Format


@dataclass(frozen=True, slots=True)
class Total:
    """One total of the plan.

    Attributes:
        key: its column.
        naam: what it is called, here and on the sheet of controls.
        formula: its formula.
        fmt: how it is shown.
    """

    key: str
    naam: str
    formula: str
    fmt: Format


@dataclass(frozen=True, slots=True)
class Totals:
    """Totals about one subject, each with a column of its own, and what must be equal.

    Attributes:
        key: the name of the table.
        titel: the subject.
        totalen: the totals.
        gelijk: what is controlled, and the keys of the two totals that must be equal.
    """

    key: str
    titel: str
    totalen: tuple[Total, ...]
    gelijk: tuple[tuple[str, str, str], ...]


def money(key: str, name: str, formula: str) -> Total:
    """A total in euro."""
    return Total(key, name, f"ROUND({formula},2)", Format.EURO)


def amount(key: str, name: str, formula: str) -> Total:
    """A total of places, to nine decimals."""
    return Total(key, name, f"ROUND({formula},9)", Format.PLACES)


def count(key: str, name: str, formula: str) -> Total:
    """A number of rows or cells."""
    return Total(key, name, formula, Format.COUNT)


def rows_of(key: str, name: str, value: int, column: str, least: int = 1) -> Total:
    """The rows of a table, whatever stands in them.

    A table with fewer records than the least that it keeps has empty rows too: of such a table those that
    hold a number are counted.
    """
    return count(key, name, f"ROWS([{column}])" if value >= least else f"COUNT([{column}])")
