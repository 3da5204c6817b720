"""Formulas as patterns, and the words that a careful workbook does without."""

from __future__ import annotations

import re
from typing import Final

REFERENCE: Final = re.compile(r"(?<![A-Za-z_\"])(\$?)([A-Z]{1,3})(\$?)(\d+)(?![\d(A-Za-z_])")
TEXT: Final = re.compile(r'"[^"]*"')
NUMBER: Final = re.compile(r"(?<![A-Za-z_$\d.])\d+(?:\.\d+)?(?![\d(A-Za-z_])")
ROUNDING: Final = re.compile(r",(?:2|6|7|9)\)")
FUNCTION: Final = re.compile(r"([A-Z][A-Z.]+)\(")

KNOWN_FUNCTIONS: Final = frozenset(
    {
        "SUM",
        "SUMIFS",
        "SUMPRODUCT",
        "COUNT",
        "COUNTIF",
        "COUNTIFS",
        "INDEX",
        "MATCH",
        "IF",
        "IFERROR",
        "AND",
        "OR",
        "ISNUMBER",
        "ISERROR",
        "COUNTA",
        "ROWS",
        "COLUMNS",
        "MIN",
        "MAX",
        "ROUND",
        "ROUNDDOWN",
        "ROUNDUP",
        "INT",
        "AVERAGE",
        "N",
        "YEAR",
        "DATE",
    }
)
"""The functions that are used: all in every Excel since 2007, none volatile, none an array."""


def column_number(letters: str) -> int:
    """The number of a column, counted from 1."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def pattern(formula: str, row: int, column: int, *, rows: bool = True) -> str:
    """A formula with every reference relative to its cell, as R1C1 notation has it.

    Args:
        formula: the formula.
        row: the row of its cell.
        column: the column of its cell.
        rows: whether it matters which rows it names that do not move along.
    """

    def relative(match: re.Match[str]) -> str:
        fixed_column, letters, fixed_row, digits = match.groups()
        across = f"C{column_number(letters)}" if fixed_column else f"C[{column_number(letters) - column}]"
        down = f"R{digits if rows else '#'}" if fixed_row else f"R[{int(digits) - row}]"
        return down + across

    return REFERENCE.sub(relative, formula)


def constants(formula: str) -> list[str]:
    """The numbers in a formula, without references, texts and the digits of roundings."""
    bare = TEXT.sub('""', formula)
    bare = REFERENCE.sub("", bare)
    bare = ROUNDING.sub(")", bare)
    return NUMBER.findall(bare)


def functions(formula: str) -> set[str]:
    """The functions in a formula."""
    return set(FUNCTION.findall(TEXT.sub('""', formula)))
