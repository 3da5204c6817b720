"""The sheet `hulpbronnen`: what several measures use at once, beside what there is."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from finance.books.budget.draft import Draft
from finance.case.sheets import Claim, Resource
from finance.tables import live
from finance.tables.columns import holds, within
from finance.tables.grid import Format
from finance.tables.pages import Page, Table


@dataclass(frozen=True, slots=True)
class ResourceYear:
    """A resource in a year.

    Attributes:
        hulpbron: the row of the input.
        gebruikt: what the chosen measures use of it.
    """

    hulpbron: Resource
    gebruikt: Decimal

    @property
    def over(self) -> Decimal:
        """What is left of it."""
        return self.hulpbron.beschikbaar - self.gebruikt


def pages(draft: Draft) -> tuple[Page, ...]:
    """The sheet `hulpbronnen`; none where the case names no resources."""
    if not draft.case.resources:
        return ()
    return (
        Page(
            "hulpbronnen",
            "Hulpbronnen",
            "Wat maatregelen tegelijk gebruiken en schaars is: in geen jaar meer dan er is. Een gebruik onder nul"
            " levert de hulpbron juist. Wat na het laatste jaar valt, telt niet.",
            (_years(draft), _claims(draft)),
        ),
    )


def _years(draft: Draft) -> Table[ResourceYear]:
    rows = [ResourceYear(row, draft.case.used_by(draft.starts, row.hulpbron, row.jaar)) for row in draft.case.resources]
    used = "SUMIFS([hulpbeslag.in_plan],[hulpbeslag.hulpbron],[hulpbron],[hulpbeslag.jaar],[jaar])"
    return Table(
        "hulpjaar",
        "Per hulpbron en jaar",
        rows,
        (
            live.text("hulpbron", "Hulpbron", "[hulpbronnen.hulpbron@]", 24),
            live.year("jaar", "Jaar", "[hulpbronnen.jaar@]"),
            live.number("beschikbaar", "Beschikbaar", "[hulpbronnen.beschikbaar@]"),
            live.number("gebruikt", "Gebruikt", f"ROUND({used},6)"),
            live.number("over", "Over", "ROUND([beschikbaar]-[gebruikt],6)"),
            live.check("past", "Is er genoeg?", holds(within("[gebruikt]", "[beschikbaar]"))),
        ),
        ids=lambda row: (row.hulpbron.hulpbron, row.hulpbron.jaar),
    )


def _claims(draft: Draft) -> Table[Claim]:
    return Table(
        "hulpbeslag",
        "Per rij van beslag",
        draft.case.claims,
        (
            live.text("maatregel", "Maatregel", "[beslag.maatregel@]", 24),
            live.text("hulpbron", "Hulpbron", "[beslag.hulpbron@]", 14),
            live.year(
                "start", "Start (0: niet gekozen)", "N(INDEX([plan.start],MATCH([maatregel],[plan.maatregel],0)))", 11
            ),
            live.year("jaar", "Jaar van gebruik", "IF([start]=0,0,[start]+[beslag.na_jaren@])", 11),
            live.column("in_plan", "Gebruik in dit plan", "IF([start]=0,0,[beslag.hoeveelheid@])", Format.GENERAL),
        ),
    )
