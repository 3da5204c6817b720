"""The proposal in short, for who decides: what happens, what it costs, who pays, and what may go wrong."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from finance.books.budget.draft import Draft
from finance.books.budget.eligibility import claims
from finance.case.words import SOURCE_SORTS
from finance.money import Money
from finance.tables.columns import euro, number, places, text
from finance.tables.grid import Format
from finance.tables.pages import Table

PAYERS: Final = {
    "spuk": "het Rijk, met een specifieke uitkering (SPUK)",
    "lumpsum": "de regio, een vast bedrag per jaar (lumpsum)",
    "pxq": "de regio, per gebruikte plaats (PxQ)",
    "beschikbaarheid": "de regio, per beschikbare plaats",
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


def in_short(draft: Draft) -> tuple[Table[Draft], Table[Payer], Table[Draft]]:
    """The tables for the cover."""
    return _what(draft), _who(draft), _risks(draft)


def _what(draft: Draft) -> Table[Draft]:
    costs = Money.total(line.kosten for line in draft.statement.lines)
    return Table(
        "kort",
        "Wat er gebeurt, en wat het kost",
        (draft,),
        (
            number("maatregelen", "Maatregelen die starten", lambda _: len(draft.starts),
                   "[slotsom.maatregelen!]", Format.COUNT),
            euro("kosten", "Kosten, alle jaren samen, in euro", lambda _: costs, "[slotsom.kosten!]",
                 total=False),
            number("erbij", "Plaatsen erbij", lambda _: sum(row.erbij for row in draft.measure_rows),
                   "[plan.erbij=]", Format.COUNT),
            number("eraf", "Plaatsen eraf", lambda _: sum(row.eraf for row in draft.measure_rows),
                   "[plan.eraf=]", Format.COUNT),
        ),
    )  # fmt: skip


def _who(draft: Draft) -> Table[Payer]:
    given = {row.soort for row in draft.case.sources}
    costs = Money.total(line.kosten for line in draft.statement.lines)
    rows = [
        Payer(
            sort,
            Money.total(row.bedrag for row in draft.statement.payments if row.bron.soort == sort),
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
            text("soort", "Soort bron", lambda row: row.soort, width=34),
            text("wie", "Wie", lambda row: PAYERS[row.soort], width=56),
            euro("betaald", "Betaalt, in euro", lambda row: row.betaald,
                 "ROUND(SUMIFS([betaling.bedrag],[rekenbetaling.soort],[soort]),2)"),
            number("deel", "Deel van de kosten", lambda row: row.deel,
                   "IF([slotsom.kosten!]=0,0,[betaald]/[slotsom.kosten!])", Format.PERCENT),
        ),
    )  # fmt: skip


def _risks(draft: Draft) -> Table[Draft]:
    settled = draft.accountability.settlements
    assumed = Money.total(row.betaling.bedrag for row in claims(draft) if row.soort == "aanname")
    short = sum((row.tekort for row in draft.demand_rows), Fraction(0))
    return Table(
        "risico",
        "Waar op te letten",
        (draft,),
        (
            places("tekort", "Jeugdigen zonder plaats, in plaatsjaren", lambda _: short,
                   "[vraagdekking.tekort=]"),
            euro("terug", "Uitkering die terug moet, in euro",
                 lambda _: Money.total(row.terug for row in settled), "[afrekening.terug=]", total=False),
            euro("corrigeren", "Uit een uitkering, te corrigeren, in euro",
                 lambda _: Money.total(row.te_corrigeren for row in settled), "[afrekening.corrigeren=]",
                 total=False),
            euro("aanname", "Uit een uitkering, op een aanname, in euro",
                 lambda _: assumed, "[rechtstand.uit_aanname!]", total=False),
        ),
        "Nul is goed. Een uitgave uit een uitkering die op een aanname rust, vraagt nog om een document.",
    )  # fmt: skip
