"""What an approved plan came to, what differs from it, and what keeping it would cost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from finance.money import Exact, Money


@dataclass(frozen=True)
class ApprovedAmounts:
    """What an approved plan came to.

    Attributes:
        doelen: the value of each goal; money in euros.
        betaald: what each source pays.
        kosten: the cost of each kostensoort, what is not covered included.
        ongedekt: what nobody pays.
    """

    doelen: Mapping[str, Decimal]
    betaald: Mapping[str, Money]
    kosten: Mapping[str, Money]
    ongedekt: Money


@dataclass(frozen=True, slots=True)
class Change:
    """A decision that differs from the approved plan, and what keeping it would cost.

    Attributes:
        maatregel: the measure.
        goedgekeurd: its start year in the approved plan; None where that did not choose it.
        nu: its start year in this plan; None where it is not chosen.
        botst: what clashes with keeping it, in Dutch; empty where it can be kept.
        doel: the first goal that is worse where it is kept; empty where none is, or nothing is known.
        waarde: the value of that goal in this plan.
        bij_behoud: its value where the decision is kept.
        bekend: whether the other plan was worked out before the time was up.
        bewezen: whether both plans are proven.
    """

    maatregel: str
    goedgekeurd: int | None
    nu: int | None
    botst: tuple[str, ...] = ()
    doel: str = ""
    waarde: Exact | Money = 0
    bij_behoud: Exact | Money = 0
    bekend: bool = False
    bewezen: bool = True

    def impossible(self, clashing: Iterable[str]) -> Change:
        """The same change, where keeping the decision leaves no plan."""
        return replace(self, botst=tuple(clashing), bekend=True)

    def priced(self, worse: tuple[str, Exact | Money, Exact | Money] | None, *, proven: bool) -> Change:
        """The same change with the goal that is worse where the decision is kept."""
        known = replace(self, bekend=True, bewezen=proven)
        if worse is None:
            return known
        goal, now, kept = worse
        return replace(known, doel=goal, waarde=now, bij_behoud=kept)
