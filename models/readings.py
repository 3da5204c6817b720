"""What a stricter interpretation of the rules costs: the case planned once more under the wider reading.

Only where that can matter: where the case has a cost that the wider rule lets a grant pay, and something
goes back, is uncovered or is paid from own money. Otherwise no goal in euros can get better: each is at
zero already, and that is the proof.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from finance.case import Case
from finance.case.approval import Decided
from finance.money import ZERO, Money
from finance.plan.allocation import Allocation, Outcome, Plan
from finance.plan.readings import Asked, OtherReading
from finance.rules import Entitlement
from finance.rules.wider import WiderRule, wider_rules
from finance.statement import Statement
from finance.statement.accountability import Accountability
from models.arrays import arrays_of
from models.plan import NOTHING_GIVEN, TimeUpError, make_plan
from models.solver import Clock

AT_ZERO: Final = ("ongedekt", "eigen_geld", "spuk_onbesteed")
"""The goals in euros that a wider reading could lower."""
LONGEST: Final = 120.0
"""Seconds for these questions where no limit is given: a question beside the plan never keeps the plan waiting."""


def other_readings(
    case: Case,
    plan: Plan,
    seconds: float | None,
    tell: Callable[[str], None],
    given: Decided = NOTHING_GIVEN,
) -> tuple[OtherReading, ...]:
    """What each wider reading that is switched off would do to a plan.

    Args:
        case: the case.
        plan: its plan.
        seconds: the time left for all of them together; None for at most `LONGEST`.
        tell: called with the name of each reading when its turn comes.
        given: start years that are decided already.
    """
    clock = Clock(LONGEST if seconds is None else seconds)
    by_reading: dict[str, list[WiderRule]] = defaultdict(list)
    for rule in wider_rules(Entitlement(case)):
        by_reading[rule.lezing].append(rule)
    found = []
    for name, rules in by_reading.items():
        tell(f"lezing {name}")
        found.append(_asked(case, plan, clock, given, rules))
    return tuple(found)


def _asked(case: Case, plan: Plan, clock: Clock, given: Decided, rules: list[WiderRule]) -> OtherReading:
    back = _goes_back(case, plan.allocation)
    unknown = OtherReading(
        rules[0].lezing,
        tuple(dict.fromkeys(rule.streng.id for rule in rules)),
        tuple(dict.fromkeys(rule.ruim.id for rule in rules)),
        Asked.NO_TIME,
        back,
    )
    goals = Outcome(case, plan.allocation).goals
    if back == ZERO and all(goals[name] == ZERO for name in AT_ZERO):
        return replace(unknown, uitkomst=Asked.NOTHING, terug_anders=ZERO)
    if clock.up:
        return unknown
    wider = under(case, rules[0].lezing)
    try:
        other = make_plan(wider, Entitlement(wider), clock.left, given=given, arrays=arrays_of)
    except TimeUpError:
        return unknown
    values = Outcome(wider, other.allocation).goals
    proven = all(proof.bewezen for proof in (*plan.proofs, *other.proofs))
    return replace(
        unknown,
        uitkomst=Asked.PROVEN if proven else Asked.FOUND,
        terug_anders=_goes_back(wider, other.allocation),
        doelen={goal.doel: values[goal.doel] for goal in case.goals},
    )


def under(case: Case, reading: str) -> Case:
    """The case with one more reading switched on."""
    settings = case.settings
    return replace(case, settings=settings.model_copy(update={"lezingen": (*settings.lezingen, reading)}))


def _goes_back(case: Case, allocation: Allocation) -> Money:
    """What goes back of all grants, what is to be corrected included."""
    return Money.total(row.terug for row in Accountability(Statement(case, allocation)).settlements)
