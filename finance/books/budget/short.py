"""The proposal in short, for who decides: what happens, what it costs, who pays, and what may go wrong."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from finance.books.budget import groups, need, timeline
from finance.books.budget.draft import Draft
from finance.case.words import CREDIT, SOURCE_SORTS
from finance.money import Money
from finance.tables import live, pasted
from finance.tables.grid import Format
from finance.tables.pages import Table

PAYERS: Final = {
    "spuk": "het Rijk, met een specifieke uitkering (SPUK)",
    "lumpsum": "de regio, een vast bedrag per jaar (lumpsum)",
    "pxq": "de regio, per gebruikte plaats (PxQ)",
    "beschikbaarheid": "de regio, per beschikbare plaats",
    "krediet": "een geldgever, die het met rente terugkrijgt (krediet)",
    "eigen": "eigen geld",
    "gemeente": "gemeenten",
}
"""Who pays with each sort of source."""


@dataclass(frozen=True)
class Payer:
    """What all sources of one sort pay together.

    Attributes:
        soort: the sort.
        betaald: what they pay.
        kosten: all costs.
    """

    soort: str
    betaald: Money
    kosten: Money

    @property
    def deel(self) -> Fraction:
        """Their share of all costs; 0 where there are none."""
        return Fraction(self.betaald.cents, self.kosten.cents) if self.kosten.cents else Fraction(0)


def in_short(draft: Draft) -> tuple[Table[Any], ...]:
    """The tables for the cover."""
    return timeline.table(draft), *need.tables(draft), _who(draft), _risks(draft)


def _who(draft: Draft) -> Table[Payer]:
    given = {row.soort for row in draft.case.sources}
    costs = Money.total(line.kosten for line in draft.statement.lines)
    rows = [
        Payer(
            sort,
            Money.total(row.bedrag for row in draft.statement.payments if row.bron.soort == sort)
            - Money.total(line.hoofdsom for line in draft.statement.lines if sort == CREDIT),
            costs,
        )
        for sort in SOURCE_SORTS
        if sort in given
    ]
    return Table(
        "betaler",
        "Wie het betaalt",
        rows,
        (
            pasted.text("soort", "Soort bron", lambda row: row.soort, width=30),
            pasted.text("wie", "Wie", lambda row: PAYERS[row.soort], width=50),
            live.euro("betaald", "Betaalt, in euro", f"ROUND({_paid(draft)},2)"),
            live.number(
                "deel", "Deel van de kosten", "IF([slotsom.kosten!]=0,0,[betaald]/[slotsom.kosten!])", Format.PERCENT
            ),
        ),
    )


def _paid(draft: Draft) -> str:
    """What sources of a sort pay; a credit pays less what it gets back of the loan itself."""
    paid = "SUMIFS([betaling.bedrag],[rekenbetaling.soort],[soort])"
    return f'{paid}-IF([soort]="{CREDIT}",SUM([krediet.hoofdsom]),0)' if draft.case.credits else paid


def _risks(draft: Draft) -> Table[Draft]:
    shortage = groups.SHORTAGE if draft.case.care_groups else "[vraagdekking.tekort=]"
    return Table(
        "risico",
        "Waar op te letten",
        (draft,),
        (
            live.places("tekort", "Jeugdigen zonder plaats, in plaatsjaren", shortage),
            live.euro("terug", "Uitkering die terug moet, in euro", "[afrekening.terug=]", total=False),
            live.euro(
                "corrigeren", "Uit een uitkering, te corrigeren, in euro", "[afrekening.corrigeren=]", total=False
            ),
            live.euro(
                "aanname", "Uit een uitkering, op een aanname, in euro", "[rechtstand.uit_aanname!]", total=False
            ),
        ),
        "Nul is goed. Een uitgave uit een uitkering die op een aanname rust, vraagt nog om een document.",
    )
