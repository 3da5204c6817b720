"""The outcome of one draw of a sweep: small, exact, and the same whoever computed it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Final

from pydantic import BaseModel, ConfigDict

from finance.case import Case
from finance.money import ZERO, Money
from finance.plan.allocation import Outcome, Plan, Status
from finance.plan.goals import goal_text

LONGEST_MESSAGE: Final = 1_000
"""The longest message of a failed draw that is kept, in characters."""


class DrawStatus(StrEnum):
    """How a draw ended."""

    OPTIMAL = "optimaal"
    TIME_LIMIT = "tijdslimiet"
    FAILED = "mislukt"


class DrawResult(BaseModel):
    """The outcome of one draw; of a failed one only its number and why.

    Attributes:
        nummer: the number of the draw, from 1.
        status: how it ended.
        melding: why it failed; empty where it did not.
        maker: the versions of toolkit and solver that computed it.
        sluitend: whether every euro has cover.
        doelen: the value of each goal of the case; money in euros, exact.
        kloof: for each goal that is not proven, how far it may be from its optimum.
        starts: the start year of each chosen measure.
        betaald: what each source pays in all, in eurocents.
        over: what is left of each source and lapses, in eurocents; of an SPUK what is claimed back.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    nummer: int
    status: DrawStatus
    melding: str = ""
    maker: str = ""
    sluitend: bool = False
    doelen: Mapping[str, Decimal] = {}
    kloof: Mapping[str, Decimal] = {}
    starts: Mapping[str, int] = {}
    betaald: Mapping[str, int] = {}
    over: Mapping[str, int] = {}

    @property
    def proven(self) -> bool:
        """Whether it counts in statistics: every goal is proven to be at its optimum."""
        return self.status is DrawStatus.OPTIMAL


def result_of(nummer: int, case: Case, plan: Plan, maker: str) -> DrawResult:
    """The outcome of a draw that has a plan.

    Args:
        nummer: the number of the draw.
        case: the case as the draw made it.
        plan: its plan.
        maker: the versions of toolkit and solver.
    """
    outcome = Outcome(case, plan.allocation)
    return DrawResult(
        nummer=nummer,
        status=DrawStatus.OPTIMAL if plan.status is Status.OPTIMAL else DrawStatus.TIME_LIMIT,
        maker=maker,
        sluitend=outcome.closed,
        doelen={row.doel: Decimal(goal_text(outcome.goals[row.doel])) for row in case.goals},
        kloof={proof.doel: proof.kloof for proof in plan.proofs if not proof.bewezen},
        starts=dict(sorted(plan.allocation.starts.items())),
        betaald={name: amount.cents for name, amount in outcome.paid_by_source.items()},
        over={row.bron: left_of(outcome, row.bron).cents for row in case.sources},
    )


def left_of(outcome: Outcome, bron: str) -> Money:
    """What lapses of a source: what is left at its end, and of every year where it does not carry over."""
    source = outcome.case.source[bron]
    own = outcome.case.funding_years(source)
    left = [row.over for row in outcome.balances if row.bron == bron and (row.jaar is None or row.jaar in own)]
    if outcome.ledger.yearly(bron) and not source.overdraagbaar:
        return Money.total(left)
    return left[-1] if left else ZERO


def failed_draw(nummer: int, melding: str, maker: str) -> DrawResult:
    """The outcome of a draw that has no plan.

    Args:
        nummer: the number of the draw.
        melding: why, in Dutch.
        maker: the versions of toolkit and solver.
    """
    return DrawResult(nummer=nummer, status=DrawStatus.FAILED, melding=melding[:LONGEST_MESSAGE], maker=maker)
