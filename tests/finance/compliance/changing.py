"""Small changes of the plan of the village, and what the check finds of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from finance.case import Case, CostLine
from finance.compliance import Breach, check_allocation
from finance.plan.allocation import Allocation
from tests.finance.village import of_measure, paying, village

CASE = village()
BIT = Decimal("1e-9")
Change = Callable[[Allocation], Allocation]
OTHER = of_measure("OTHER", "verbouwen", 2024)
PLUS = of_measure("PLUS", "verbouwen", 2024)
NEW = of_measure("NEW", "vervangende_nieuwbouw", 2024)
BEGIN_2023 = of_measure("M4", "opstart", 2023)
LATE = (of_measure("LATE", "verbouwen", 2024), of_measure("LATE", "verbouwen", 2025))
UNKNOWN_PLACE = CostLine("", "L9", "gesloten", "exploitatie", 2022)


def judged(given: Allocation, case: Case = CASE) -> tuple[Breach, ...]:
    """What the check finds."""
    return check_allocation(case, given)


def named(given: Allocation, case: Case = CASE) -> list[tuple[str, str]]:
    """The rule and the place of each breach."""
    return sorted((breach.regel, breach.waar) for breach in judged(given, case))


def starting(**starts: int | None) -> Change:
    """Start measures in other years, or not at all."""

    def changed(given: Allocation) -> Allocation:
        years = {**given.starts, **starts}
        return replace(given, starts={name: year for name, year in years.items() if year is not None})

    return changed


def using(at: Any, more: Decimal) -> Change:
    """Use some more places."""

    def changed(given: Allocation) -> Allocation:
        return replace(given, used={**given.used, at: given.used.get(at, Decimal(0)) + more})

    return changed


def serving(need: str, got: str, year: int, more: Decimal) -> Change:
    """Serve some more young people."""

    def changed(given: Allocation) -> Allocation:
        before = given.served.get((need, got, year), Decimal(0))
        return replace(given, served={**given.served, (need, got, year): before + more})

    return changed


def moving(cents: int, *moves: tuple[CostLine, str, int]) -> Change:
    """Pay some cents more (1) or fewer (-1) of lines."""

    def changed(given: Allocation) -> Allocation:
        for line, bron, sign in moves:
            given = paying(given, line, bron, sign * cents)
        return given

    return changed


def all_of(*changes: Change) -> Change:
    """Several changes, one after another."""

    def changed(given: Allocation) -> Allocation:
        for change in changes:
            given = change(given)
        return given

    return changed


def less(line: CostLine, bron: str) -> tuple[CostLine, str, int]:
    """A cent fewer."""
    return line, bron, -1


def more(line: CostLine, bron: str) -> tuple[CostLine, str, int]:
    """A cent more."""
    return line, bron, 1
