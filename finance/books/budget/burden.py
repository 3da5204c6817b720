"""The sheet `lasten_gemeenten`: what municipalities pay and owe, by whichever source the money comes."""

from __future__ import annotations

from typing import Final

from finance.books.budget.draft import Draft
from finance.case.words import BURDEN
from finance.plan.burden import BILLED, Burden, RegionBurden
from finance.tables import live, pasted
from finance.tables.grid import Format
from finance.tables.pages import Column, Page, Table

OWED: Final = " of ".join(BILLED)


def page(draft: Draft) -> Page:
    """The sheet `lasten_gemeenten`."""
    return Page(
        "lasten_gemeenten",
        "Wat gemeenten betalen",
        "Wat de gemeenten samen dragen: lumpsum, PxQ, beschikbaarheid, geld van gemeenten, en eigen geld dat van geen"
        " aanbieder is. Betaald is wat er aan kosten uit gaat; verschuldigd is wat de afspraken vragen, min wat"
        f" terugvloeit. Uit een {OWED} vloeit niets terug: die betaalt elke plaats die telt.",
        (_sources(draft), *_regions(draft)),
        tab="besluit" if any(goal.doel == BURDEN for goal in draft.case.goals) else "uitvoer",
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


def _regions(draft: Draft) -> tuple[Table[RegionBurden], ...]:
    """What each region bears; no table where the case names no regions."""
    if not draft.case.regions:
        return ()
    names = (
        live.text("regio", "Regio", "[regios.regio@]", 18),
        live.text("naam", "Naam", "[regios.naam@]", 24),
        live.number("nr", "Nr", "N([-nr])+1", Format.COUNT),
        live.number("sleutel", "Sleutel", "[regios.sleutel@]"),
    )
    return (
        Table(
            "regiolast",
            "Per regio, naar haar sleutel",
            draft.outcome.region_burdens,
            (*names, *_share("betaald", "Betaald"), *_share("verschuldigd", "Verschuldigd")),
            "Ieders deel wordt naar beneden afgerond; de centen die overblijven gaan naar de grootste resten, en bij"
            " gelijke resten naar de eerste.",
            ids=lambda row: (row.regio.regio,),
        ),
    )


def _share(amount: str, head: str) -> tuple[Column[RegionBurden], ...]:
    """An amount of all sources divided over regions by largest remainder.

    What is left is worked out before it is divided: a program that keeps fifteen digits would round a share of
    tens of millions twice, and then another sixth decimal stands there than in the exact number.
    """
    keys = "SUM([regiolast.sleutel])"
    total, rest, order = f"[gemeentelast.{amount}=]", f"{amount}_rest", f"{amount}_rang"
    exact, down = f"{amount}_precies", f"{amount}_omlaag"
    return (
        live.number(exact, f"{head}: aandeel", f"ROUND({total}*[sleutel]/{keys},6)", Format.FACTOR),
        live.euro(down, f"{head}: naar beneden", f"ROUNDDOWN([{exact}],2)", total=False),
        live.number(
            rest, f"{head}: rest", f"ROUND(ROUND({total}*[sleutel]-[{down}]*{keys},6)/{keys},6)", Format.FACTOR
        ),
        live.number(
            order,
            f"{head}: volgorde",
            f'COUNTIFS([regiolast.{rest}],">"&[{rest}])+COUNTIFS([regiolast.{rest}],[{rest}],[regiolast.nr],"<="&[nr])',
            Format.COUNT,
        ),
        live.euro(
            amount,
            head,
            f"ROUND([{down}]+IF([{order}]<=ROUND(SUM([regiolast.{rest}])/{{cent}},0),{{cent}},0),2)",
        ),
    )
