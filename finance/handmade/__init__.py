"""Allocations that a person made: read, completed where a rule says how, and judged; never solved."""

from finance.handmade.checks import known_ids
from finance.handmade.reading import Handmade, as_handmade, read_handmade
from finance.handmade.sheets import HAND_SHEETS
from finance.handmade.verdict import Violation, violation, violations

__all__ = [
    "HAND_SHEETS",
    "Handmade",
    "Violation",
    "as_handmade",
    "known_ids",
    "read_handmade",
    "violation",
    "violations",
]
