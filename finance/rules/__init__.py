"""The rules: dated data with its sources, and what it means for one case."""

from finance.rules.ceilings import Ceiling
from finance.rules.checks import check_rules
from finance.rules.entitlement import Entitlement, Likeness, Permission, ShareCap
from finance.rules.library import Knowledge, RuleError, parse_rules, readings, regulations, rule_sets, version
from finance.rules.plausibility import implausible_by_rules

__all__ = [
    "Ceiling",
    "Entitlement",
    "Knowledge",
    "Likeness",
    "Permission",
    "RuleError",
    "ShareCap",
    "check_rules",
    "implausible_by_rules",
    "parse_rules",
    "readings",
    "regulations",
    "rule_sets",
    "version",
]
