"""The model around what has happened, against the oracle that tries everything."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from finance.case import Case
from finance.compliance import check_allocation
from finance.findings import NoPlanError
from finance.plan.allocation import Outcome
from finance.rules import Entitlement
from models import make_plan
from tests.models.bare import Bare
from tests.models.brute import brute_force
from tests.models.history import histories, random_history
from tests.models.test_brute import compare


@given(histories())
@settings(max_examples=25, deadline=None, derandomize=True)
def test_the_plan_around_a_history_is_the_best_one(bare: Bare) -> None:
    judge(bare)


@pytest.mark.parametrize("seed", range(100))
def test_the_plan_around_a_random_history_is_the_best_one(seed: int) -> None:
    judge(random_history(seed))


def judge(bare: Bare) -> None:
    """Refuse a plan that is not the best one, breaks what no fact breaks, or changes a fact."""
    case = bare.case()
    entitlement = Entitlement(case)
    optimum = brute_force(case, entitlement)
    if optimum is None:
        with pytest.raises(NoPlanError):
            make_plan(case, entitlement)
        return
    plan = make_plan(case, entitlement)
    assert all(row.feit for row in check_allocation(case, plan.allocation))
    assert all(proof.bewezen for proof in plan.proofs)
    keeps_the_facts(case, Outcome(case, plan.allocation))
    compare(case, Outcome(case, plan.allocation), optimum)


def keeps_the_facts(case: Case, outcome: Outcome) -> None:
    """What was paid in closed years is what the plan pays there, and nothing of it is without cover."""
    allocation = outcome.allocation
    closed = {pair: paid for pair, paid in allocation.payments.items() if pair[0].jaar in case.closed_years}
    assert closed == case.actual_payments
    assert {name: allocation.starts.get(name) for name in case.started} == case.started
    early = {name for name, year in allocation.starts.items() if year in case.closed_years}
    assert early == set(case.started)
    assert not any(line.jaar in case.closed_years for line in outcome.gaps)
