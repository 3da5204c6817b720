"""The sheet `toedeling`: what is spent for several locations together, divided over them to the cent."""

from __future__ import annotations

from typing import Final

from finance.books.revision.draft import Draft, Part
from finance.tables import live, pasted
from finance.tables.columns import holds
from finance.tables.grid import Format
from finance.tables.pages import Notes, Page, Table

OF_GROUP: Final = "[tel.groep],[groep],[tel.categorie],[categorie]"


def page(draft: Draft) -> Page:
    """The sheet `toedeling`."""
    return Page(
        "toedeling",
        "Wat voor meer locaties samen is",
        "Een maatregel zonder locatie telt bij alle locaties van haar aanbieder, of bij die van de gemeente als de"
        " aanbieder er geen heeft. De plaatsen van bijlage 2 verdelen: een aanname van deze berekening.",
        (_parts(draft), Notes("Hoe er wordt verdeeld", NOTES)),
        tab="berekening",
    )


NOTES: Final = (
    "Ieder krijgt zijn aandeel, naar beneden afgerond op de cent. De centen die overblijven gaan naar de grootste"
    " resten; bij gelijke resten naar de eerste. Zo telt alles op de cent op.",
    "Klopt deze verdeling niet? Geef de maatregel in de casus een locatie, of splits haar in een maatregel per"
    " locatie.",
)


def _parts(draft: Draft) -> Table[Part]:
    same = "[deel.groep],[groep],[deel.categorie],[categorie],[deel.wat],[wat]"
    alike = "([deel.groep]=[groep])*([deel.categorie]=[categorie])*([deel.wat]=[wat])"
    sums = (
        f'IF([wat]="gedekt",SUMIFS([tel.gedekt],{OF_GROUP}),IF([wat]="zorggeld",SUMIFS([tel.zorggeld],{OF_GROUP}),'
        f"SUMIFS([tel.besteed],{OF_GROUP},[tel.tijd],[wat])))"
    )
    return Table(
        "deel",
        "",
        draft.parts,
        (
            live.column("nr", "Nr", "N([-nr])+1", Format.COUNT, width=6),
            pasted.text("groep", "Voor", lambda row: draft.pool_key(row.share.pool), width=18, wrap=True),
            pasted.text("categorie", "Categorie", lambda row: row.share.categorie.categorie, width=18),
            pasted.text("plek", "Locatie", lambda row: row.share.plek, width=22, wrap=True),
            pasted.text("wat", "Wat", lambda row: row.wat, width=12),
            live.column(
                "plaatsen", "Plaatsen", "INDEX([plek.plaatsen],MATCH([plek],[plek.plek],0))", Format.COUNT, width=9
            ),
            live.column("samen_plaatsen", "Plaatsen samen", f"SUMIFS([deel.plaatsen],{same})", Format.COUNT, width=9),
            live.euro("samen", "Te verdelen", sums, total=False),
            live.number("precies", "Aandeel", "ROUND([samen]*[plaatsen]/[samen_plaatsen],6)", Format.FACTOR),
            live.euro("omlaag", "Naar beneden", "ROUNDDOWN([precies],2)", total=False),
            live.number("rest", "Rest", "ROUND([precies]-[omlaag],6)", Format.FACTOR),
            live.column(
                "over",
                "Centen over",
                f"ROUND(([samen]-SUMIFS([deel.omlaag],{same}))/{{cent}},0)",
                Format.COUNT,
                width=8,
            ),
            live.column(
                "rang",
                "Volgorde",
                f"SUMPRODUCT({alike}*([deel.rest]>[rest]))+SUMPRODUCT({alike}*([deel.rest]=[rest])*([deel.nr]<=[nr]))",
                Format.COUNT,
                width=9,
            ),
            live.euro("deel", "Deel", "ROUND([omlaag]+IF([rang]<=[over],{cent},0),2)", total=False),
            live.check("klopt", "Telt op", holds(f"ROUND(SUMIFS([deel.deel],{same})-[samen],2)=0")),
        ),
    )


def share_of(row: Part) -> object:
    """What a share comes to, as Python computes it."""
    return getattr(row.share.deel, row.wat)


def shared_of(row: Part) -> object:
    """What is divided, as Python computes it."""
    return getattr(row.share.samen, row.wat)
