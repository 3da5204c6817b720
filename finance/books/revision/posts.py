"""The sheets `posten` and `meetellen`: every line of the plan in a category, and what counts of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from finance.books.origins import decided, traced
from finance.books.revision.draft import TOGETHER, Draft
from finance.case.words import VACANCY
from finance.money import Money
from finance.statement.revision_posts import COUNTS, OPEN_PLACES, OUTSIDE_WINDOW, RevisionPost
from finance.tables import live, pasted
from finance.tables.columns import holds
from finance.tables.grid import Format, Origin, OriginKind, Role, Value
from finance.tables.pages import Column, Page, Table

REALISED: Final = "gerealiseerd"
EXPECTED: Final = "verwacht"
PLACES: Final = "lege plaatsen"
"""What a line of places is for."""
OF_MEASURE: Final = "MATCH([post.maatregel@],[maatregel.maatregel],0)"


def page(draft: Draft) -> Page:
    """The sheet `posten`."""
    return Page(
        "posten",
        "De posten achter de aanvraag",
        "Elke regel van het plan met een kostensoort die in een categorie telt: wat zij kost, en wat uitkeringen ervan"
        " betalen. Paars is een besluit van het plan, blauw is realisatie.",
        (_posts(draft),),
        tab="besluit",
    )


def counted_page(draft: Draft) -> Page:
    """The sheet `meetellen`."""
    return Page(
        "meetellen",
        "Wat er van elke post meetelt",
        "Wat een uitkering van 2020 of 2021 betaalde, telt niet: die euro is al vergoed (artikel 4). Leegstand telt tot"
        " wat een gekozen maatregel aan plaatsen aan het sluiten is, en alternatieven tellen niet.",
        (_counted(draft),),
        tab="berekening",
    )


def _posts(draft: Draft) -> Table[RevisionPost]:
    return Table(
        "post",
        "",
        draft.posts,
        (
            pasted.text("sleutel", "Regel", lambda row: row.lijn.sleutel, width=8),
            pasted.text("maatregel", "Maatregel", lambda row: draft.key("maatregel", row.regel.maatregel), width=16),
            pasted.text("plaats", "Locatie van plaatsen", lambda row: draft.key("locatie", row.regel.locatie)),
            pasted.text("zorgvorm", "Zorgvorm", lambda row: draft.key("zorgvorm", row.regel.zorgvorm)),
            pasted.text("kostensoort", "Kostensoort", lambda row: row.regel.kostensoort, width=20),
            _pasted("jaar", "Jaar", lambda row: row.regel.jaar, Format.YEAR, 8),
            _pasted("kosten", "Kosten", lambda row: row.lijn.kosten, Format.EURO),
            _pasted("geactiveerd", "Daarvan op de balans", lambda row: row.geactiveerd, Format.EURO),
            _pasted("mag", "Leegstand die hooguit telt", _vacancy, Format.EURO),
            _pasted("eerder", "Betaald door uitkering 2020 of 2021", lambda row: row.eerder, Format.EURO),
            _pasted("basis", "Betaald door uitkering 2024", lambda row: row.basis, Format.EURO),
            _pasted("zorg", "Betaald uit zorggeld", lambda row: row.zorg, Format.EURO),
            live.check("eens", "Elke euro een keer", holds("ROUND([eerder]+[basis]+[zorg]-[kosten],2)<=0")),
        ),
        ids=lambda row: (row.lijn.sleutel,),
    )


def _counted(draft: Draft) -> Table[RevisionPost]:
    where = (
        f'IF([waar]="",IF(COUNTIFS([locatie.aanbieder],[aanbieder],[locatie.genoemd],"ja")>0,'
        f'"aanbieder "&[aanbieder],"{TOGETHER}"),INDEX([locatie.plek],MATCH([waar],[locatie.locatie],0)))'
    )
    stand = (
        f'IF(OR([post.jaar@]<{{venster_van}},[post.jaar@]>{{venster_tot}}),"{OUTSIDE_WINDOW}",IF([post.maatregel@]="",'
        f'IF(INDEX([vorm.gesloten],MATCH([post.zorgvorm@],[vorm.zorgvorm],0))="ja","{COUNTS}","{OPEN_PLACES}"),'
        f"INDEX([maatregel.stand],{OF_MEASURE})))"
    )
    limit = (
        f'IF([kostensoort]="{VACANCY}",MIN([post.kosten@],[post.mag@]),[post.kosten@]-IF('
        'INDEX([categorie.niet_geactiveerd],MATCH([categorie],[categorie.categorie],0))="ja",[post.geactiveerd@],0))'
    )
    provider = (
        'IF([post.maatregel@]="",INDEX([locatie.aanbieder],MATCH([post.plaats@],[locatie.locatie],0)),'
        f"INDEX([maatregel.aanbieder],{OF_MEASURE}))"
    )
    place = f'IF([post.maatregel@]="",[post.plaats@]&"",INDEX([maatregel.locatie],{OF_MEASURE})&"")'
    return Table(
        "tel",
        "",
        draft.posts,
        (
            live.text("sleutel", "Regel", "[post.sleutel@]", 8),
            live.text("kostensoort", "Kostensoort", "[post.kostensoort@]", 20),
            live.text("tijd", "Stand", f'IF([post.jaar@]<={{afgesloten_tot}},"{REALISED}","{EXPECTED}")', 13),
            live.text(
                "categorie", "Categorie", "INDEX([soort.categorie],MATCH([kostensoort],[soort.kostensoort],0))", 20
            ),
            live.text("waar", "Locatie", place, 12),
            live.text("aanbieder", "Aanbieder", provider, 12),
            live.text("waarvoor", "Waarvoor", f'IF([post.maatregel@]="","{PLACES}",[post.maatregel@])', 16),
            live.text("groep", "Telt bij", where, 22, wrap=True),
            live.text("stand", "Waarom", stand, 18, wrap=True),
            live.euro("grens", "Telt hooguit", limit, width=12),
            live.euro(
                "besteed", "Telt mee", f'IF([stand]="{COUNTS}",MAX(0,MIN([grens],[post.kosten@]-[post.eerder@])),0)'
            ),
            live.euro("gedekt", "Daarvan uit de uitkering 2024", "MIN([post.basis@],[besteed])"),
            live.euro("zorggeld", "Daarvan uit zorggeld", "MIN([post.zorg@],ROUND([besteed]-[gedekt],2))"),
        ),
        ids=lambda row: (row.lijn.sleutel,),
    )


def _vacancy(row: RevisionPost) -> Money | None:
    return row.grens if row.regel.kostensoort == VACANCY else None


def _pasted(
    key: str, head: str, value: Callable[[RevisionPost], Value], fmt: Format, width: float = 12
) -> Column[RevisionPost]:
    """What was paid in a closed year, or what the plan decided."""
    column = Column(key, head, value, fmt=fmt, role=_role, width=width, total=fmt is Format.EURO)
    return traced(column, lambda row: _origin(row, head))


def _role(row: RevisionPost) -> Role:
    return Role.INPUT_SOURCED if row.gerealiseerd else Role.DECISION


def _origin(row: RevisionPost, head: str) -> Origin:
    if row.gerealiseerd:
        return Origin(OriginKind.INPUT, "realisatie")
    return decided(f"{head.casefold()} in het plan")
