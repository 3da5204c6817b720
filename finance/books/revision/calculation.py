"""The sheet `berekening`: per location and category what is spent, whether the threshold is met, what is asked."""

from __future__ import annotations

from typing import Final

from finance.books.revision.draft import OUTSIDE, Draft
from finance.statement.revision_amounts import Cell, Municipality, Payer
from finance.statement.revision_posts import COUNTS
from finance.tables import live
from finance.tables.grid import Format
from finance.tables.pages import Page, Table

OWN: Final = "[tel.groep],[plek],[tel.categorie],[categorie]"
SHARED: Final = "[deel.plek],[plek],[deel.categorie],[categorie]"
TOWN_ROW: Final = "MATCH([gemeente],[stadsom.gemeente],0)"


def page(draft: Draft) -> Page:
    """The sheet `berekening`."""
    return Page(
        "berekening",
        "Berekening van de aanvraag",
        "Van boven naar beneden: eerst of een gemeente tekortkomt, dan per locatie en categorie wat kan worden"
        " gevraagd en wat wordt gevraagd.",
        (_towns(draft), _cells(draft), _reduced(draft), _missed(draft)),
        tab="berekening",
    )


def _towns(draft: Draft) -> Table[Municipality]:
    outside = f'IF([stad.zetel@]="ja",SUMIFS([tel.besteed],[tel.groep],"{OUTSIDE}"),0)'
    return Table(
        "stadsom",
        "Per coördinerende gemeente",
        draft.revision.municipalities,
        (
            live.text("gemeente", "Gemeente", "[stad.gemeente@]", 34),
            live.euro(
                "besteed",
                "Besteed op locaties van bijlage 2",
                "SUMIFS([cel.besteed],[cel.gemeente],[gemeente])",
                width=12,
            ),
            live.euro("buiten", "Op locaties daarbuiten", outside, width=12),
            live.euro("nodig", "Nodig voor a en b", "[besteed]+[buiten]", width=12),
            live.euro("basis", "Bedragen van artikel 5", "[stad.basis@]", width=12),
            live.euro("eerder", "Eerdere herzieningen", "[stad.eerder@]", width=12),
            live.euro("tekort", "Komt tekort", "MAX(0,ROUND([nodig]-[basis]-[eerder],2))", width=12),
            live.euro("kan", "Kan worden gevraagd", "SUMIFS([cel.kan],[cel.gemeente],[gemeente])", width=12),
            live.euro("mag", "Mag worden gevraagd", "MIN([kan],[tekort])", width=12),
            live.euro("gevraagd", "Gevraagd", "SUMIFS([cel.gevraagd],[cel.gemeente],[gemeente])", width=12),
        ),
    )


def _cells(draft: Draft) -> Table[Cell]:
    def spent(when: str) -> str:
        return f'SUMIFS([tel.besteed],{OWN},[tel.tijd],"{when}")+SUMIFS([deel.deel],{SHARED},[deel.tijd],"{when}")'

    able = 'IF([haalt]="ja",IF({boven_drempel}=1,MIN([open],ROUND([besteed]-[drempel],2)),[open]),0)'
    return Table(
        "cel",
        "Per locatie en categorie",
        draft.revision.cells,
        (
            live.text("plek", "Locatie", "[drempel.plek@]", 34),
            live.text("categorie", "Categorie", "[drempel.categorie@]", 19),
            live.text("gemeente", "Gemeente", "INDEX([plek.gemeente],MATCH([plek],[plek.plek],0))", 10),
            live.euro("drempel", "Drempel", "[drempel.bedrag@]", total=False, width=12),
            live.euro("gerealiseerd", "Gerealiseerd", f"ROUND({spent('gerealiseerd')},2)", width=12),
            live.euro("verwacht", "Verwacht", f"ROUND({spent('verwacht')},2)", width=12),
            live.euro("besteed", "Samen", "ROUND([gerealiseerd]+[verwacht],2)", width=12),
            live.text("haalt", "Haalt de drempel", 'IF([besteed]>=[drempel],"ja","nee")', 8),
            live.euro(
                "gedekt",
                "Betaald door uitkering 2024",
                f'ROUND(SUMIFS([tel.gedekt],{OWN})+SUMIFS([deel.deel],{SHARED},[deel.wie],"{Payer.GRANT}"),2)',
                width=12,
            ),
            live.euro(
                "zorggeld",
                "Betaald uit zorggeld",
                f'ROUND(SUMIFS([tel.zorggeld],{OWN})+SUMIFS([deel.deel],{SHARED},[deel.wie],"{Payer.CARE}"),2)',
                width=12,
            ),
            live.euro("open", "Niet betaald", "MAX(0,ROUND([besteed]-[gedekt],2))", width=12),
            live.euro("kan", "Kan worden gevraagd", able, width=12),
            live.euro("gevraagd", "Gevraagd", "[verdeel.gevraagd@]", width=12),
        ),
    )


EARLIER_PAID: Final = (
    f'COUNTIFS([tel.groep],[plek],[tel.categorie],[categorie],[tel.stand],"{COUNTS}",[post.eerder],">0")'
    '+COUNTIFS([deel.plek],[plek],[deel.categorie],[categorie],[deel.eerder],"ja")'
)
"""The lines of a category of a location of which a grant of 2020 or 2021 paid, and its shares of such lines."""
MISSED: Final = (
    f'IF([cel.haalt@]="ja","",IF({EARLIER_PAID}>0,'
    'IF([cel.besteed@]=0,"een uitkering van 2020 of 2021 betaalde dit: telt niet",'
    '"haalt de drempel niet; wat een uitkering van 2020 of 2021 betaalde telt niet"),'
    'IF([cel.besteed@]=0,"niets besteed","haalt de drempel niet")))'
)


def _missed(draft: Draft) -> Table[Cell]:
    return Table(
        "gemist",
        "Waarom een drempel is gemist",
        draft.revision.cells,
        (
            live.text("plek", "Locatie", "[cel.plek@]", 34),
            live.text("categorie", "Categorie", "[cel.categorie@]", 19),
            live.text("waarom", "Waarom", MISSED, 12),
        ),
    )


def _reduced(draft: Draft) -> Table[Cell]:
    same = "([verdeel.gemeente]=[gemeente])"
    return Table(
        "verdeel",
        "Verlaagd tot wat de gemeente tekortkomt",
        draft.revision.cells,
        (
            live.text("plek", "Locatie", "[cel.plek@]", 34),
            live.text("categorie", "Categorie", "[cel.categorie@]", 19),
            live.text("gemeente", "Gemeente", "[cel.gemeente@]", 10),
            live.column("nr", "Nr", "N([-nr])+1", Format.COUNT, width=8),
            live.euro("samen", "Gemeente: kan", f"INDEX([stadsom.kan],{TOWN_ROW})", total=False, width=12),
            live.euro("mag", "Gemeente: mag", f"INDEX([stadsom.mag],{TOWN_ROW})", total=False, width=12),
            live.number("precies", "Aandeel", "IF([samen]=0,0,ROUND([mag]*[cel.kan@]/[samen],6))", Format.FACTOR),
            live.euro("omlaag", "Naar beneden", "ROUNDDOWN([precies],2)", width=12),
            live.number("rest", "Rest", "ROUND([precies]-[omlaag],6)", Format.FACTOR),
            live.number(
                "over",
                "Centen over",
                "ROUND(([mag]-SUMIFS([verdeel.omlaag],[verdeel.gemeente],[gemeente]))/{cent},0)",
                Format.COUNT,
            ),
            live.number(
                "rang",
                "Volgorde",
                f"SUMPRODUCT({same}*([verdeel.rest]>[rest]))+SUMPRODUCT({same}*([verdeel.rest]=[rest])*([verdeel.nr]<=[nr]))",
                Format.COUNT,
            ),
            live.euro("gevraagd", "Gevraagd", "ROUND([omlaag]+IF([rang]<=[over],{cent},0),2)", width=12),
            live.euro("dubbel", "Daarvan nu uit zorggeld", "MIN([gevraagd],[cel.zorggeld@])", width=12),
        ),
        "Wat kan worden gevraagd, naar verhouding verlaagd; de centen die overblijven gaan naar de grootste resten, en"
        " bij gelijke resten naar de eerste.",
    )
