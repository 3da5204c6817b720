"""The view without salaries: what stands for personnel in a workbook that others may read.

The workbooks of tariffs and of plans share it: the same words, and the same two numbers per tariff.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from finance.books.quantities import COST_FIXED, Quantity
from finance.tables.grid import Format
from finance.tariff.tariff import FTE, STAFF_PER_FTE, Tariff

CONFIDENTIAL: Final = "VERTROUWELIJK"
CLOSED: Final = (FTE, STAFF_PER_FTE)
"""The numbers that the view without salaries is given in place of the parameters of personnel."""
CLOSED_UNITS: Final[Mapping[str, tuple[str, str]]] = {
    FTE: ("fte", "fte"),
    STAFF_PER_FTE: ("pers", "EUR per fte per jaar"),
}
"""The letter and the unit of each."""
CLOSED_NOTE: Final = (
    f"{CONFIDENTIAL}. In deze werkmap staan geen salarissen. Al het personeel van een groep (loon, lasten,"
    " toeslagen, teamleiding en behandeling) is één bedrag per fte, paars op het blad uitgangspunten. De"
    " opbouw staat er niet in, en rooster en uren evenmin."
)
"""What the cover says of it."""
CLOSED_LEGEND: Final = "vertrouwelijk bedrag, als geheel overgenomen"
CLOSED_TEXTS: Final = {
    FTE: "Afgerond op een tiende; rooster en uren staan niet in deze werkmap.",
    STAFF_PER_FTE: "Al het personeel van de groep, per fte; de opbouw staat niet in deze werkmap.",
}
"""What is said of the numbers that stand for personnel."""
STAFF_FIXED: Final = frozenset(row.naam for row in COST_FIXED) - {"dagen"}
"""The fixed numbers about hours and pay, which this view does not need."""
CLOSED_STAFF: Final[tuple[Quantity[Tariff], ...]] = (
    Quantity("fte", "Fte per groep", "afgerond", "fte", lambda t: t.fte, f"[{FTE}]+0", Format.FACTOR),
    Quantity(
        "pers",
        "Personeel",
        "fte x personeel per fte",
        "EUR per groep per jaar",
        lambda t: t.pers,
        f"[fte]*[{STAFF_PER_FTE}]",
    ),
)
"""What stands for hours, pay and rosters."""


def unguarded(item: Quantity[Tariff]) -> Quantity[Tariff]:
    """A quantity where the fte are given, and not computed from hours."""
    return replace(item, fte=False)
