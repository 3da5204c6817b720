"""The sheet `lasten_gemeenten`: what municipalities pay and owe, by whichever source the money comes."""

from __future__ import annotations

from typing import Final

from finance.books.budget.draft import Draft
from finance.plan.burden import BILLED, Burden
from finance.tables import live, pasted
from finance.tables.pages import Page, Table

OWED: Final = " of ".join(BILLED)


def page(draft: Draft) -> Page:
    """The sheet `lasten_gemeenten`."""
    return Page(
        "lasten_gemeenten",
        "Wat gemeenten betalen",
        "Wat de gemeenten samen dragen: lumpsum, PxQ, beschikbaarheid, geld van gemeenten, en eigen geld dat van geen"
        " aanbieder is. Betaald is wat er aan kosten uit gaat; verschuldigd is wat de afspraken vragen, min wat"
        f" terugvloeit. Uit een {OWED} vloeit niets terug: die betaalt elke plaats die telt.",
        (_sources(draft),),
    )


def _sources(draft: Draft) -> Table[Burden]:
    of_source = "[betaling.bedrag],[betaling.bron],[bron]"
    due = "SUMIFS([opbrengst.opbrengst],[opbrengst.bron],[bron])"
    if draft.has_history:
        later, made = '[opbrengst.jaar],">"&{laatste_afgesloten}', '[betaling.jaar],"<="&{laatste_afgesloten}'
        due = f"SUMIFS([opbrengst.opbrengst],[opbrengst.bron],[bron],{later})+SUMIFS({of_source},{made})"
    billed = ",".join(f'[soort]="{sort}"' for sort in BILLED)
    return Table(
        "gemeentelast",
        "Per bron, over alle jaren",
        draft.outcome.burdens,
        (
            pasted.text("bron", "Bron", lambda row: draft.name("bron", row.bron.bron), width=18),
            live.text("soort", "Soort", "INDEX([dekking.soort],MATCH([bron],[dekking.bron],0))", 16),
            live.euro("betaald", "Betaald aan kosten", f"ROUND(SUMIFS({of_source}),2)"),
            live.euro(
                "opbrengst",
                "Gevraagd",
                f'IF(OR([soort]="eigen",[soort]="gemeente"),[betaald],ROUND({due},2))',
            ),
            live.euro("terug", "Vloeit terug", f"IF(OR({billed}),0,ROUND([opbrengst]-[betaald],2))"),
            live.euro("verschuldigd", "Verschuldigd", "ROUND([opbrengst]-[terug],2)"),
        ),
        ids=lambda row: (row.bron.bron,),
    )
