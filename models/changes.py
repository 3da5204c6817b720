"""Why a plan changes decisions of the approved plan, and what it would cost to keep each of them.

Each changed decision is put back by itself, and the case is planned again: what then gets worse is the
reason for the change and its price; where no plan is left, what clashes is the reason.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Final

from finance.case import Case
from finance.findings import NoPlanError
from finance.money import Exact, Money
from finance.plan.allocation import Outcome, Plan
from finance.plan.changes import Change
from finance.rules import Entitlement
from models.arrays import arrays_of
from models.plan import TimeUpError, clashing, make_plan
from models.solver import Clock

SAME_PLACES: Final = Fraction(1, 10**6)
"""Values of a goal that is not in euros count as equal below this difference."""


def explain_changes(
    case: Case,
    entitlement: Entitlement,
    plan: Plan,
    seconds: float | None,
    tell: Callable[[str], None],
) -> tuple[Change, ...]:
    """Find the reason and the price of each changed decision.

    Args:
        case: a case with an approved plan.
        entitlement: the rules applied to it.
        plan: the new plan.
        seconds: the time limit for all of them together; None for none.
        tell: called with the name of each measure when its turn comes.
    """
    clock = Clock(seconds)
    changes = []
    for name in case.changed(plan.allocation.starts):
        tell(name)
        changes.append(_explain(case, entitlement, plan, name, None if seconds is None else clock.left))
    return tuple(changes)


def _explain(case: Case, entitlement: Entitlement, plan: Plan, name: str, left: float | None) -> Change:
    kept = {name: case.approved[name]}
    change = Change(name, case.approved[name], plan.allocation.starts.get(name))
    if left is not None and left <= 0:
        return change
    try:
        other = make_plan(case, entitlement, left, given=kept, arrays=arrays_of)
    except NoPlanError:
        return change.impossible(clashing(case, kept))
    except TimeUpError:
        return change
    proven = all(proof.bewezen for proof in (*plan.proofs, *other.proofs))
    worse = first_worse(case, Outcome(case, plan.allocation), Outcome(case, other.allocation))
    return change.priced(worse, proven=proven)


def first_worse(case: Case, now: Outcome, kept: Outcome) -> tuple[str, Exact | Money, Exact | Money] | None:
    """The first goal that is worse where a decision is kept, with its value now and then; None for none.

    More changes elsewhere count as worse where no room for changes was given; with room, a change
    fewer is what keeping it means, and the price is in the other goals.
    """
    cents = len(now.allocation.payments) + len(kept.allocation.payments)
    for row in case.goals:
        before, after = now.goals[row.doel], kept.goals[row.doel]
        if isinstance(before, Money) and isinstance(after, Money):
            if after - before > Money(cents):
                return row.doel, before, after
            continue
        if isinstance(before, Money) or isinstance(after, Money):
            raise TypeError(f"{row.doel} is an amount in one plan and a number in the other")
        sign = -1 if row.doel == "waardering" else 1
        if sign * (Fraction(after) - Fraction(before)) > SAME_PLACES:
            return row.doel, before, after
    return None
