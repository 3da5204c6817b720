"""The model against an oracle that tries everything: the same optimum, or both find no plan."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

import pytest
from hypothesis import given, settings

from finance.case import Case
from finance.case.words import UNITS
from finance.compliance import check_allocation
from finance.findings import NoPlanError
from finance.money import Money
from finance.plan.allocation import Outcome
from finance.rules import Entitlement, check_rules
from models import make_plan
from tests.casebook import raw_book
from tests.finance.rules.added import added_rule, share_cap
from tests.models.bare import Bare
from tests.models.brute import Optimum, brute_force, room_to_change
from tests.models.strategies import cases, random_case

PLACE: Final = Fraction(1, 10**6)
"""How near place-years, points and years must be."""
BOUND_BY_A_SECOND_CAP: Final = (60, 76, 149)


@given(cases())
@settings(max_examples=50, deadline=None, derandomize=True)
def test_the_plan_is_the_best_of_all_plans(bare: Bare) -> None:
    """Cases that Hypothesis chooses: it begins with the simplest, and shrinks what fails."""
    judge(bare)


@pytest.mark.parametrize("seed", range(150))
def test_the_plan_is_the_best_of_all_plans_in_a_random_case(seed: int) -> None:
    """Cases that differ more; a number that fails is a case that can be looked at again."""
    judge(random_case(seed))


@pytest.mark.parametrize("seed", BOUND_BY_A_SECOND_CAP)
def test_a_second_share_cap_is_held_like_the_first(seed: int) -> None:
    """Rules as data: these are cases in which the second cap takes something away."""
    bare = random_case(seed)
    before = make_plan(bare.case(), Entitlement(bare.case()))
    with added_rule(share_cap("PROEF-tweede", "0.02", "verbouwen", "afstoten")):
        judge(bare)
        assert check_allocation(bare.case(), before.allocation) != ()


def judge(bare: Bare) -> None:
    """Refuse a plan that is not the best one, not allowed, not proven, or not the same the second time."""
    case = bare.case()
    assert not check_rules(case, raw_book(bare.tables()))
    entitlement = Entitlement(case)
    optimum = brute_force(case, entitlement)
    if optimum is None:
        with pytest.raises(NoPlanError):
            make_plan(case, entitlement)
        return
    plan = make_plan(case, entitlement)
    assert check_allocation(case, plan.allocation) == ()
    assert [proof.bewezen for proof in plan.proofs] == [True] * len(case.goals)
    compare(case, Outcome(case, plan.allocation), optimum)
    assert make_plan(case, entitlement) == plan


def compare(case: Case, outcome: Outcome, optimum: Optimum) -> None:
    """Refuse a plan that is worse than the optimum in any goal, or better, for then the oracle is wrong.

    A goal that was held with some slack may let a later one be better, so that this ends the comparing.
    """
    cents = len(outcome.allocation.payments) + len(outcome.gaps)
    slipped = False
    for row in case.goals:
        found, best = in_euros(outcome, row.doel), optimum.goals[row.doel]
        money = UNITS[row.doel] == "EUR"
        near = Fraction(cents, 100) if money else PLACE
        most = best + Fraction(row.speling) * abs(best) + room_to_change(case, row.doel)
        assert found <= most + near, (row.doel, float(found), float(best))
        assert slipped or found >= best - near - 1, (row.doel, float(found), float(best))
        slipped = slipped or (not money and found > most)


def in_euros(outcome: Outcome, name: str) -> Fraction:
    """The value of a goal, to minimise; money in euros."""
    value = outcome.goals[name]
    plain = value.euros if isinstance(value, Money) else Fraction(value)
    return -plain if name == "waardering" else plain
