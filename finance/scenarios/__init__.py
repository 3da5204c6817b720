"""Scenarios: what-if changes, carried out on the plain tables before a cell means anything.

A row of the sheet `scenarios` names a sheet, a column and, with a filter, the rows that change.
Rows with the same name make one scenario and are carried out from top to bottom, each on what the
rows above it made. A row that changes nothing is a finding: the reader meant something by it.
"""

from finance.scenarios.changing import apply_scenario, carry_out, reached
from finance.scenarios.checking import check_scenarios, in_scenario, scenario_book, without_consequences
from finance.scenarios.lineage import changes_of
from finance.scenarios.names import BASE, COMPARISON
from finance.scenarios.values import rounded_to

__all__ = [
    "BASE",
    "COMPARISON",
    "apply_scenario",
    "carry_out",
    "changes_of",
    "check_scenarios",
    "in_scenario",
    "reached",
    "rounded_to",
    "scenario_book",
    "without_consequences",
]
