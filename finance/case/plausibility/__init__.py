"""What is possible in a case but hardly meant: told to the reader, never a reason to stop.

One function for each subject. Each looks at a case without findings, and says what was read, where,
and what to do if something else was meant. `SUBJECTS` is the only list of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Final

from finance.case.case import Case
from finance.case.checked import Checked
from finance.case.plausibility.care import suiting_nobody
from finance.case.plausibility.credits import never_repaid
from finance.case.plausibility.grants import default_decisions, unnamed_decisions, without_provider
from finance.case.plausibility.money import small_costs, small_prices, small_sources
from finance.case.plausibility.names import slips
from finance.case.plausibility.places import (
    bounds_out_of_reach,
    disposals_that_add,
    impossible,
    inflow_as_places,
    part_groups,
)
from finance.case.plausibility.rates import high_rates, late_price_level, low_occupancy
from finance.case.plausibility.rows import equal_rows, retired_sheets
from finance.case.plausibility.tariffs import loose_prices
from finance.case.table import RawBook
from finance.findings import Finding

Subject = Callable[[Checked], Iterator[Finding]]
"""Yields what is hardly meant in a case."""

SUBJECTS: Final[tuple[Subject, ...]] = (
    late_price_level,
    high_rates,
    low_occupancy,
    equal_rows,
    slips,
    small_prices,
    loose_prices,
    small_costs,
    small_sources,
    without_provider,
    default_decisions,
    unnamed_decisions,
    never_repaid,
    disposals_that_add,
    impossible,
    inflow_as_places,
    suiting_nobody,
    part_groups,
    bounds_out_of_reach,
    retired_sheets,
)


def implausible(case: Case, book: RawBook, today: date) -> tuple[Finding, ...]:
    """Everything in a case that is hardly meant.

    Args:
        case: a case without findings.
        book: the tables that it came from.
        today: the day on which it is asked; nothing else depends on it than whether a date is to come.
    """
    checked = Checked(case, book, frozenset())
    return (*_to_come(checked, today), *(finding for subject in SUBJECTS for finding in subject(checked)))


def _to_come(checked: Checked, today: date) -> Iterator[Finding]:
    """A peildatum after today: rules that nobody knows yet would count as known."""
    day = checked.case.settings.peildatum
    if day > today:
        yield checked.setting(
            "peildatum",
            f"De peildatum {day.day}-{day.month}-{day.year} ligt in de toekomst: welke regels dan bekend"
            " zijn, weet nog niemand.",
            "Noem de dag waarop u rekent, of een eerdere.",
        )
