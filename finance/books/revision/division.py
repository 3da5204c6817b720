"""The sheet `toedeling`: what is spent for several locations together, divided over them to the cent."""

from __future__ import annotations

from typing import Final

from finance.books.revision.draft import Draft
from finance.statement.revision_amounts import Payer, Share
from finance.statement.revision_posts import COUNTS
from finance.tables import live, pasted
from finance.tables.columns import holds
from finance.tables.grid import Format
from finance.tables.pages import Notes, Page, Table

OF_GROUP: Final = "[tel.groep],[groep],[tel.categorie],[categorie],[tel.tijd],[tijd]"
SET: Final = "MATCH([sleutel],[samen.sleutel],0)"
"""The row of what a share is a part of."""


def page(draft: Draft) -> Page:
    """The sheet `toedeling`."""
    return Page(
        "toedeling",
        "Wat voor meer locaties samen is",
        "Een maatregel zonder locatie telt bij alle locaties van haar aanbieder, of bij die van de gemeente als de"
        " aanbieder er geen heeft. De plaatsen van bijlage 2 verdelen: een aanname van deze berekening.",
        (_together(draft), _shares(draft), Notes("Hoe er wordt verdeeld", NOTES)),
        tab="berekening",
    )


NOTES: Final = (
    "Ieder krijgt zijn aandeel, naar beneden afgerond op de cent. De centen die overblijven gaan naar de grootste"
    " resten; bij gelijke resten naar de eerste. Zo telt alles op de cent op.",
    "Klopt deze verdeling niet? Geef de maatregel in de casus een locatie, of splits haar in een maatregel per"
    " locatie.",
)


def _together(draft: Draft) -> Table[Share]:
    """What is divided: a row for each group of locations, category, moment and payer."""
    paid = f"SUMIFS([tel.gedekt],{OF_GROUP})"
    care = f"SUMIFS([tel.zorggeld],{OF_GROUP})"
    sums = (
        f'IF([wie]="{Payer.GRANT}",{paid},IF([wie]="{Payer.CARE}",{care},'
        f"ROUND(SUMIFS([tel.besteed],{OF_GROUP})-{paid}-{care},2)))"
    )
    return Table(
        "samen",
        "Wat er te verdelen is",
        draft.divided,
        (
            pasted.text("sleutel", "Nr", draft.divided_key, width=7),
            pasted.text("groep", "Voor", lambda row: draft.pool_key(row.pool), width=30, wrap=True),
            pasted.text("categorie", "Categorie", lambda row: row.categorie.categorie, width=20),
            pasted.text("tijd", "Wanneer", lambda row: row.tijd.value, width=13),
            pasted.text("wie", "Wie betaalt", lambda row: row.wie.value, width=12),
            live.euro("samen", "Te verdelen", sums),
            live.number("plaatsen", "Plaatsen samen", "SUMIFS([deel.plaatsen],[deel.sleutel],[sleutel])", Format.COUNT),
            live.number(
                "over",
                "Centen over",
                "ROUND(([samen]-SUMIFS([deel.omlaag],[deel.sleutel],[sleutel]))/{cent},0)",
                Format.COUNT,
            ),
            live.euro("verdeeld", "Verdeeld", "SUMIFS([deel.deel],[deel.sleutel],[sleutel])"),
            live.check("klopt", "Telt op", holds("ROUND([verdeeld]-[samen],2)=0")),
        ),
    )


def _shares(draft: Draft) -> Table[Share]:
    def of_set(key: str) -> str:
        return f"INDEX([samen.{key}],{SET})"

    same = "([deel.sleutel]=[sleutel])"
    lines = f'[tel.groep],[groep],[tel.categorie],[categorie],[tel.stand],"{COUNTS}",[post.eerder],">0"'
    earlier = f'IF(COUNTIFS({lines})>0,"ja","nee")'
    return Table(
        "deel",
        "Wat elke locatie krijgt",
        draft.revision.shares,
        (
            pasted.text("sleutel", "Nr", draft.divided_key, width=7),
            pasted.text("plek", "Locatie", lambda row: row.plek, width=30, wrap=True),
            live.text("categorie", "Categorie", of_set("categorie"), 20),
            live.text("tijd", "Wanneer", of_set("tijd"), 13),
            live.text("wie", "Wie betaalt", of_set("wie"), 12),
            live.number("plaatsen", "Plaatsen", "INDEX([plek.plaatsen],MATCH([plek],[plek.plek],0))", Format.COUNT),
            live.number(
                "precies", "Aandeel", f"ROUND({of_set('samen')}*[plaatsen]/{of_set('plaatsen')},6)", Format.FACTOR
            ),
            live.euro("omlaag", "Naar beneden", "ROUNDDOWN([precies],2)", total=False),
            live.number("rest", "Rest", "ROUND([precies]-[omlaag],6)", Format.FACTOR),
            live.number("nr", "Rij", "N([-nr])+1", Format.COUNT),
            live.column(
                "rang",
                "Volgorde",
                f"SUMPRODUCT({same}*([deel.rest]>[rest]))+SUMPRODUCT({same}*([deel.rest]=[rest])*([deel.nr]<=[nr]))",
                Format.COUNT,
                width=8,
            ),
            live.text("groep", "Deel van", of_set("groep"), 18, wrap=True),
            live.text("eerder", "Ook uit 2020 of 2021", earlier, 6),
            live.euro("deel", "Deel", f"ROUND([omlaag]+IF([rang]<={of_set('over')},{{cent}},0),2)"),
        ),
    )
