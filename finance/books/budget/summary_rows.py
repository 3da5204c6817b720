"""The rows of the tables on the sheet `samenvatting`, which the sheet `spoor` follows."""

from __future__ import annotations

from typing import Final

from finance.books.budget.cover import Covered, covered
from finance.books.budget.draft import Draft
from finance.books.budget.rows import MeasureRow
from finance.case.words import PLACE_COSTS, REPAYMENT, UNITS
from finance.statement.lines import COST_GROUPS, GROUP_OF

OF_STATE: Final = "spoorslotsom"
OF_GOALS: Final = "spoordoelen"
OF_CHOSEN: Final = "spoorgekozen"
"""The tables of the sheet `spoor` to which these tables lead, row by row."""


def euro_goals(draft: Draft) -> tuple[str, ...]:
    """The goals in euros."""
    return tuple(goal.doel for goal in draft.case.goals if UNITS[goal.doel] == "EUR")


def chosen_rows(draft: Draft) -> tuple[MeasureRow, ...]:
    """The chosen measures in the order in which they start."""
    rows = [row for row in draft.measure_rows if row.start is not None]
    return tuple(sorted(rows, key=lambda row: (row.start or 0, row.maatregel.rij)))


def group_rows(draft: Draft) -> tuple[Covered[str], ...]:
    """The groups of costs that the case can have, with their cover."""
    sorts = {row.kostensoort for row in draft.case.costs} | set(PLACE_COSTS)
    sorts |= {row.kostensoort for row in draft.case.actuals}
    sorts |= {REPAYMENT} if draft.case.credits else set()
    possible = {GROUP_OF[sort] for sort in sorts}
    groups = [group for group in COST_GROUPS if group in possible]
    return covered(draft, groups, lambda line: GROUP_OF[line.regel.kostensoort])


def year_rows(draft: Draft) -> tuple[Covered[int], ...]:
    """The years with their costs and cover."""
    return covered(draft, draft.years, lambda line: line.regel.jaar)
