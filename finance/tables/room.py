"""How much room a value takes in a column, in characters: a number that does not fit shows as ###."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from finance.tables.grid import Cell, Format, Number, Role, as_float

SHOWN: Final[Mapping[Format, Callable[[float], str]]] = {
    Format.EURO: "{:,.2f}".format,
    Format.COUNT: "{:,.0f}".format,
    Format.PLACES: "{:,.1f}".format,
    Format.FACTOR: "{:.6f}".format,
    Format.PERCENT: lambda share: f"{100 * share:.2f}%",
    Format.WHOLE_PERCENT: lambda share: f"{100 * share:.0f}%",
}
"""What a number looks like; the other formats show as much of it as there is room for."""
NARROW: Final = frozenset(",.-")
BOLD_ROLES: Final = frozenset({Role.TOTAL, Role.CHECK})
BOLD_DIGITS: Final = 1.08
SMALLER: Final = 10 / 11
"""Widths are counted in digits of 11 points; the cells are of 10."""
EDGES: Final = 1.5
INDENT: Final = 1.5
"""Texts keep this much off the edge of their cell."""
WIDEST_WORD: Final = 30
"""A longer word than this is broken."""


def number_room(cell: Cell) -> float:
    """The room that the number of a cell takes; 0 where it has none or is shown as far as it fits."""
    if cell.fmt not in SHOWN or not isinstance(cell.value, Number):
        return 0
    shown = SHOWN[cell.fmt](as_float(cell.value))
    digits = sum(0.5 if letter in NARROW else 1 for letter in shown)
    return digits * SMALLER * (BOLD_DIGITS if cell.role in BOLD_ROLES else 1) + EDGES


def text_room(cell: Cell) -> float:
    """The room that the text of a cell takes on one line; 0 where it has none."""
    return _letters(cell.value, cell.role) if isinstance(cell.value, str) else 0


def word_room(cell: Cell) -> float:
    """The room that the longest word of a cell takes, as far as it is not broken."""
    if not isinstance(cell.value, str):
        return 0
    return min(max((_letters(word, cell.role) for word in cell.value.split()), default=0), WIDEST_WORD)


def _letters(text: str, role: Role) -> float:
    longest = max(map(len, text.split("\n")), default=0)
    return longest * (BOLD_DIGITS if role in BOLD_ROLES else 1) + INDENT if longest else 0
