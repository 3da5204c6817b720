"""How near a goal is to the best possible, where its optimum is not proven."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal
from fractions import Fraction
from typing import Final

from finance.case.table import shown
from finance.money import Exact, Money
from finance.plan.allocation import GoalProof
from finance.plan.goals import goal_text

HUNDREDTH: Final = Decimal("0.01")
ALL: Final = 100
"""Above this many percents a share says nothing."""


def bound_of(proof: GoalProof, value: Exact | Money) -> Decimal | None:
    """The best that any plan could reach: the value and the gap that is not closed.

    Args:
        proof: what was proven.
        value: the value of the goal in the plan.

    Returns:
        The bound in the unit of the goal (euros, place-years, points, years); None where nothing is known.
    """
    if not proof.kloof.is_finite():
        return None
    number = Decimal(goal_text(value))
    return number + proof.kloof if proof.doel == "waardering" else number - proof.kloof


def share_of_best(proof: GoalProof, value: Exact | Money) -> Decimal | None:
    """How far a goal is from the best possible at most, in percents of that; rounded up to a hundredth.

    Returns:
        None where there is no such share: nothing is known, or the best possible is zero.
    """
    bound = bound_of(proof, value)
    if not bound:
        return None
    share = Fraction(proof.kloof) / abs(Fraction(bound)) * 100
    return (Decimal(share.numerator) / Decimal(share.denominator)).quantize(HUNDREDTH, ROUND_CEILING)


def nearness(proof: GoalProof, value: Exact | Money) -> str:
    """In Dutch: `binnen 0,04% van het best mogelijke`; empty where that says nothing."""
    share = share_of_best(proof, value)
    return "" if share is None or share > ALL else f"binnen {shown(share)}% van het best mogelijke"
