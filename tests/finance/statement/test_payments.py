"""Payments and their verdicts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from finance.case import Case, CostLine
from finance.case.words import COST_SORTS
from finance.plan.allocation import Allocation
from finance.statement import Statement
from finance.statement.posts import NO
from tests.finance.books.budget import variants
from tests.finance.books.budget.handmade import hand_plan


@pytest.mark.parametrize("make", [variants.small, variants.rich, variants.odd])
def test_verdicts_and_permission_never_disagree(make: Callable[[], Case]) -> None:
    case = make()
    statement = Statement(case, Allocation({}, {}, {}, {}))
    for source in case.sources:
        for line in _possible_lines(case):
            allowed = NO not in statement.rules.verdicts(source, line).values()
            assert allowed == statement.rules.permission(source, line).mag, (source.bron, line)


def _possible_lines(case: Case) -> list[CostLine]:
    own = [sort for sort in COST_SORTS if sort not in ("exploitatie", "leegstand")]
    of_measures = [
        CostLine(row.maatregel, "", "", sort, year) for row in case.measures for sort in own for year in case.years
    ]
    return of_measures + [
        CostLine("", *key, sort, year)
        for key in case.place
        for sort in ("exploitatie", "leegstand")
        for year in case.years
    ]


def test_the_order_of_payments_is_that_of_lines_and_sources(rich: Statement) -> None:
    order = [row.bron for row in rich.case.sources]
    made = [(payment.lijn.sleutel, order.index(payment.bron.bron)) for payment in rich.payments]
    assert made == sorted(made)
    assert len(made) == len(hand_plan(rich.case, variants.STARTS).allocation.payments)
