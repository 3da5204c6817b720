"""Every check in its order, of any allocation."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from finance.case import Case
from finance.compliance.breach import Breach, ComplianceError, Judged
from finance.compliance.credits import debts
from finance.compliance.judgement import Records
from finance.compliance.measures import project_choice, requirements, resources
from finance.compliance.payments import actuals, balances, cover, early
from finance.compliance.places import capacity, need
from finance.compliance.rules import ceilings, parts_of_lines, permissions, share_caps
from finance.plan.allocation import Allocation, Outcome, facts_of

CHECKS: Final[tuple[Callable[[Judged], Iterator[Breach]], ...]] = (
    project_choice,
    requirements,
    resources,
    capacity,
    need,
    cover,
    actuals,
    balances,
    early,
    debts,
    permissions,
    share_caps,
    parts_of_lines,
    ceilings,
)


def _has_prices(case: Case, name: str, start: int) -> bool:
    """Whether what a start costs can be known: the case has no prices for years that no start needs."""
    costs = [(row.index, start + row.na_jaren) for row in case.costs_of.get(name, ())]
    if any(year > case.years.last for _, year in costs):
        return False
    try:
        for index, year in costs:
            case.price_factor(index, year)
    except KeyError:
        return False
    return True


def check_allocation(case: Case, allocation: Allocation) -> tuple[Breach, ...]:
    """Check an allocation against every constraint and rule, in exact arithmetic.

    It judges by itself, and asks nothing of what the model asks.

    Args:
        case: the case.
        allocation: any allocation, hand-made ones included.

    Returns:
        The breaches; empty where there are none.
    """
    priced = {name: year for name, year in allocation.starts.items() if _has_prices(case, name, year)}
    outcome = Outcome(case, replace(allocation, starts=priced))
    judged = Judged(case, Records(case), allocation, outcome)
    return tuple(breach for check in CHECKS for breach in check(judged))


def require_compliance(case: Case, allocation: Allocation) -> tuple[Breach, ...]:
    """Refuse an allocation that breaks anything itself.

    Returns:
        What closed years broke: facts, which no allocation can undo.

    Raises:
        ComplianceError: it carries every breach that is not a fact.
    """
    found = check_allocation(case, allocation)
    breaches = tuple(row for row in found if not row.feit)
    if breaches:
        raise ComplianceError(breaches)
    return found


def broken_facts(case: Case) -> tuple[Breach, ...]:
    """What closed years broke; it is known without a plan."""
    return tuple(row for row in check_allocation(case, facts_of(case)) if row.feit)
