"""Every payment of a plan with the verdict of every rule that could forbid it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from finance.case.case import CostLine
from finance.case.sheets import Source
from finance.money import ZERO, Money
from finance.rules.entitlement import PartOfLine, Permission
from finance.rules.tests import NO, PaymentTest
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
        deel: the rule that lets grants of its regulation pay only a part of the line, or None.
    """

    lijn: Line
    bron: Source
    bedrag: Money
    oordelen: Mapping[PaymentTest, str]
    toestemming: Permission
    deel: PartOfLine | None = None

    @property
    def mag(self) -> bool:
        """Whether no test says no."""
        return NO not in self.oordelen.values()

    @property
    def strijdig(self) -> Money:
        """The amount that goes against a rule."""
        return ZERO if self.mag else self.bedrag


@dataclass(frozen=True, slots=True)
class PartPaid:
    """What grants of one regulation pay of a line of which they may pay only a part.

    Attributes:
        lijn: the cost line.
        regeling: the regulation.
        regel: the rule.
        bronnen: the grants of that regulation.
        betaald: what they pay of it.
        grens: the part that they may pay.
    """

    lijn: Line
    regeling: str
    regel: PartOfLine
    bronnen: tuple[str, ...]
    betaald: Money
    grens: Money


def parts_paid(payments: Iterable[Payment]) -> Mapping[tuple[CostLine, str], Money]:
    """What grants of each regulation pay of the part of a line that they may pay, where they pay any."""
    totals: dict[tuple[CostLine, str], Money] = defaultdict(lambda: ZERO)
    for payment in payments:
        if payment.deel is not None:
            totals[payment.lijn.regel, payment.bron.regeling] += payment.bedrag
    return dict(totals)
