"""Names by which rows belong together that differ in a slip of the pen."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Final

from finance.case.checked import Checked
from finance.case.references import GROUPING
from finance.case.table import quoted
from finance.findings import Finding

SHORTEST: Final = 4
"""Shorter names differ in one letter by design."""


def slips(checked: Checked) -> Iterator[Finding]:
    """Two names of one column of which one is the other with a letter left out, doubled or swapped."""
    for blad, column in GROUPING:
        first: dict[str, int] = {}
        for row, cell in checked.cells(blad, column):
            first.setdefault(str(cell), row)
        for one, other in combinations(first, 2):
            if is_slip(one.casefold(), other.casefold()):
                yield checked.at(
                    blad,
                    first[other],
                    column,
                    f"{column} {quoted(other)} lijkt op {quoted(one)} in rij {first[one]}, maar is een andere naam.",
                    "Schrijf ze gelijk als hetzelfde is bedoeld.",
                )


def is_slip(one: str, other: str) -> bool:
    """Whether two different names differ by one letter inside a word, left out or added, or by two swapped.

    Example:
        >>> is_slip("pella", "pela"), is_slip("pella", "plela"), is_slip("hoeve-a", "hoeve-b")
        (True, True, False)
    """
    short, long = sorted((one, other), key=len)
    if len(short) < SHORTEST or len(long) - len(short) > 1:
        return False
    at = next((at for at, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) == len(long):
        swapped = short[:at] + short[at + 1 : at + 2] + short[at : at + 1] + short[at + 2 :]
        return swapped == long and short[at : at + 2].isalpha()
    left_out = short[:at] + long[at] + short[at:] == long
    inside = at > 0 and (at < len(short) or long[at] == long[at - 1])
    return left_out and inside and long[at - 1 : at + 2].isalpha()
