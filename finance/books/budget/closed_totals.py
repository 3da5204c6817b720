"""Totals of what was paid in closed years, in the plan and in the input."""

from __future__ import annotations

from typing import Final

from finance.books.budget.counted import Totals, count, money, rows_of
from finance.books.budget.draft import Draft
from finance.books.budget.payments import COLUMN

MADE: Final = (
    ("Elke betaling van een afgesloten jaar is zoals betaald", "zoals_betaald", "aantal"),
    ("Alle realisatie staat in betalingen", "gerealiseerd", "realisatie"),
    ("Nergens is meer teruggeboekt dan betaald", "niet_teruggeboekt", "geboekt"),
)
"""What the payments of closed years must hold to."""


def totals_of_closed_years(draft: Draft) -> Totals:
    """The payments of closed years, counted along both ways."""
    return Totals(
        "sluittotaal",
        "Totalen van afgesloten jaren",
        (
            rows_of("aantal", "aantal betalingen", len(draft.statement.payments), "betaling.bedrag", COLUMN),
            count("zoals_betaald", "betalingen die nog komen, of zijn zoals betaald", 'COUNTIF([betaling.feit],"ja")'),
            money(
                "gerealiseerd",
                "betalingen van afgesloten jaren",
                'SUMIFS([betaling.bedrag],[betaling.jaar],"<="&{laatste_afgesloten})',
            ),
            money("realisatie", "realisatie volgens de invoer", "SUM([realisatie.bedrag])"),
            count("geboekt", "rijen van realisatie", "COUNT([realisatie.bedrag])"),
            count(
                "niet_teruggeboekt",
                "rijen waarvan regel en bron samen niet onder nul komen",
                'COUNTIF([rekenrealisatie.samen],">=0")',
            ),
        ),
        MADE,
    )
