"""Rectangles of cells, and references to them as formulas write them."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from finance.tables.grid import LETTERS

TEXT: Final = re.compile(r'"(?:[^"]|"")*"')
REFERENCE: Final = re.compile(
    r"(?<![\w.$!'])(?:('(?:[^']|'')+'|[^\W\d][\w.]*)!)?"
    r"\$?([A-Z]{1,3})(\$?)(\d{1,7})(?::\$?([A-Z]{1,3})(\$?)(\d{1,7}))?(?![\w(.!])"
)
"""A reference to a cell or a range, on this sheet or another."""


class Area(NamedTuple):
    """A rectangle of cells of one sheet; rows and columns counted from 1, both ends included."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int

    def holds(self, row: int, column: int) -> bool:
        """Whether a cell of the sheet lies in it."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right


def column_number(letters: str) -> int:
    """The number of a column, counted from 1.

    Example:
        >>> column_number("A"), column_number("AB")
        (1, 28)
    """
    number = 0
    for letter in letters:
        number = number * LETTERS + ord(letter) - ord("A") + 1
    return number
