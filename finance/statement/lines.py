"""Every cost line of a plan with its cover, in the order of the input, and the groups of kostensoorten."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from finance.case.case import Case, CostLine
from finance.case.words import COST_SORTS, EMPTY_BUILDING, FRICTION, OPERATION, REPAYMENT, TEMPORARY_HOUSING, VACANCY
from finance.money import ZERO, Money
from finance.plan.allocation import Outcome

COST_GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    "Verbouwing": ("verbouwen",),
    "Overig vastgoed": ("afstoten", "vervangende_nieuwbouw", "vastgoedplan"),
    "Projectleiding en plan": ("projectleiding", "bovenregionaal_plan"),
    "Opstart": ("opstart",),
    "Frictiekosten": FRICTION,
    "Leegstand": (VACANCY,),
    "Exploitatie": (OPERATION,),
    "Leegstaand gebouw": (EMPTY_BUILDING,),
    "Tijdelijke huisvesting": (TEMPORARY_HOUSING,),
    "Reguliere huisvesting": ("huisvesting_regulier",),
    "Overig": ("overig",),
    "Rente en aflossing": (REPAYMENT,),
}
"""The groups of kostensoorten in which a reader thinks."""
GROUP_OF: Final[Mapping[str, str]] = {sort: group for group, sorts in COST_GROUPS.items() for sort in sorts}


@dataclass(frozen=True, slots=True)
class Line:
    """One cost line with its cover.

    Attributes:
        sleutel: its key in the workbook, such as `R0012`.
        regel: what it is for.
        aanbieder: whose cost it is.
        kosten: the cost; of what a credit gets back only the interest.
        betaald: what all sources pay of that.
        hoofdsom: what a credit gets back besides, of the loan itself; below zero where interest is added to it.
    """

    sleutel: str
    regel: CostLine
    aanbieder: str
    kosten: Money
    betaald: Money
    hoofdsom: Money = ZERO

    @property
    def ongedekt(self) -> Money:
        """What stays without cover."""
        return self.kosten - self.betaald


def lines_of(case: Case, outcome: Outcome) -> tuple[Line, ...]:
    """Every cost line: those of measures first, in the order of the input.

    A payment without a cost has a line too.
    """
    costs, paid = outcome.counted_costs, outcome.paid
    loans = {row.regel: row.hoofdsom for row in outcome.credits}
    ordered = sorted({*outcome.costs, *costs, *paid}, key=_order_of(case))
    width = max(4, len(str(len(ordered))))
    return tuple(
        Line(
            f"R{number:0{width}d}",
            line,
            case.provider_of(line),
            costs.get(line, ZERO),
            paid.get(line, ZERO) - loans.get(line, ZERO),
            loans.get(line, ZERO),
        )
        for number, line in enumerate(ordered, start=1)
    )


def _order_of(case: Case) -> Callable[[CostLine], tuple[int, int, int, int]]:
    """What cost lines are sorted by: measures, then places, then credits, all in the order of the input."""
    measures = {row.maatregel: number for number, row in enumerate(case.measures)}
    places = {key: number for number, key in enumerate(case.place)}
    credit = {name: number for number, name in enumerate(case.source)}

    def place_of(line: CostLine) -> tuple[int, int, int, int]:
        sort = COST_SORTS.index(line.kostensoort)
        if line.maatregel:
            return 0, measures[line.maatregel], line.jaar, sort
        if line.krediet:
            return 2, credit[line.krediet], line.jaar, sort
        return 1, places[line.locatie, line.zorgvorm], line.jaar, sort

    return place_of
