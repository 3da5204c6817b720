"""Every payment of a plan with the verdict of every rule that could forbid it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from finance.case.sheets import Source
from finance.money import ZERO, Money
from finance.plan.allocation import PlaceYear
from finance.rules.entitlement import Permission
from finance.rules.tests import CATEGORY, NO, WHILE_CLOSING, PaymentTest
from finance.statement.lines import Line


@dataclass(frozen=True, slots=True)
class Payment:
    """What one source pays of one cost line.

    Attributes:
        lijn: the cost line.
        bron: the source.
        bedrag: the amount.
        oordelen: the verdict of each test.
        toestemming: the rule on which it rests, or that forbids it.
    """

    lijn: Line
    bron: Source
    bedrag: Money
    oordelen: Mapping[PaymentTest, str]
    toestemming: Permission

    @property
    def mag(self) -> bool:
        """Whether no test says no."""
        return NO not in self.oordelen.values()

    @property
    def strijdig(self) -> Money:
        """The amount that goes against a rule."""
        return ZERO if self.mag else self.bedrag


def vacancy_paid(payments: Iterable[Payment]) -> Mapping[PlaceYear, Money]:
    """What grants pay of vacancy while a closure is under way, where they pay any."""
    totals: dict[PlaceYear, Money] = defaultdict(lambda: ZERO)
    for payment in payments:
        if payment.oordelen[CATEGORY] == WHILE_CLOSING:
            line = payment.lijn.regel
            totals[(line.locatie, line.zorgvorm), line.jaar] += payment.bedrag
    return dict(totals)
