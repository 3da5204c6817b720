"""How near a goal is to the best possible: the bound, and the share in words."""

from __future__ import annotations

from decimal import Decimal

import pytest

from finance.money import Exact, Money
from finance.plan.allocation import GoalProof
from finance.plan.nearness import bound_of, nearness, share_of_best


def proof(goal: str, gap: str) -> GoalProof:
    return GoalProof(goal, False, "gestopt door de tijdslimiet", Decimal(gap))


@pytest.mark.parametrize(
    ("goal", "value", "gap", "bound", "words"),
    [
        ("ongedekt", Money.from_cents(10_004_00), "4", "10000.00", "binnen 0,04% van het best mogelijke"),
        ("ongedekt", Money.from_cents(10_004_01), "4.01", "10000.00", "binnen 0,05% van het best mogelijke"),
        ("ongedekt", Money.from_cents(300_00), "200", "100.00", ""),
        ("ongedekt", Money.from_cents(200_00), "100", "100.00", "binnen 100% van het best mogelijke"),
        ("ongedekt", Money.from_cents(500_00), "500", "0.00", ""),
        ("waardering", 40, "10", "50", "binnen 20% van het best mogelijke"),
        ("uitwijk", Decimal("12.5"), "0.5", "12.0", "binnen 4,17% van het best mogelijke"),
    ],
)
def test_the_share_is_of_the_best_possible_and_never_less_than_it_is(
    goal: str, value: Exact | Money, gap: str, bound: str, words: str
) -> None:
    """A goal that is maximised has its bound above it; a share is rounded up."""
    assert bound_of(proof(goal, gap), value) == Decimal(bound)
    assert nearness(proof(goal, gap), value) == words


def test_where_nothing_is_known_nothing_is_said() -> None:
    unknown = proof("kosten_ncw", "Infinity")
    assert bound_of(unknown, Money.from_cents(1)) is None
    assert share_of_best(unknown, Money.from_cents(1)) is None
    assert nearness(unknown, Money.from_cents(1)) == ""
