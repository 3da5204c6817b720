"""The sheet `leegstand`, and the calculation sheet of what a grant may pay of it."""

from __future__ import annotations

from typing import Final

from finance.books.budget.cover import Covered, cover_columns, covered
from finance.books.budget.draft import Draft
from finance.books.budget.rows import PlaceRow
from finance.case.words import VACANCY
from finance.money import ZERO
from finance.statement.lines import GROUP_OF, Line
from finance.tables.columns import check, euro, holds, number, places, text, verdict, within, year
from finance.tables.grid import Format
from finance.tables.pages import Column, Page, Table

GROUP: Final = GROUP_OF[VACANCY]
LINE_ROW: Final = "[rij]"
PLACE_ROW: Final = "INDEX([rekenlijn.rij_leegstand],[rij])"


def page(draft: Draft) -> Page:
    """The sheet `leegstand`."""
    return Page(
        "leegstand",
        "Leegstand",
        "Wat lege plaatsen kosten, per jaar en per plek, en wie dat betaalt. Sluit een plek door de"
        " transitie, dan staat erbij hoeveel lege plaatsen daarbij horen.",
        (_by_year(draft), _lines(draft)),
    )


def _by_year(draft: Draft) -> Table[Covered[int]]:
    lines = f'[lijn.jaar],[jaar],[rekenlijn.groep],"{GROUP}"'
    payments = f'[betaling.jaar],[jaar],[rekenbetaling.kostengroep],"{GROUP}"'
    cover: tuple[Column[Covered[int]], ...] = cover_columns(draft, lines, payments)
    rows = covered(
        draft,
        draft.years,
        lambda line: line.regel.jaar if line.regel.kostensoort == VACANCY else None,
    )
    return Table(
        "leegstandjaar",
        "Per jaar, en wie het betaalt",
        rows,
        (year("jaar", "Jaar", lambda row: row.key, "IF(N([-jaar])=0,{eerste_jaar},[-jaar]+1)"),
         *cover),
    )  # fmt: skip


def _lines(draft: Draft) -> Table[Line]:
    places_at = {row.lijnen[VACANCY].sleutel: row for row in draft.place_rows if VACANCY in row.lijnen}
    rows = [line for line in draft.statement.lines if line.regel.kostensoort == VACANCY]
    return Table(
        "leegstandlijn",
        "Per plek en jaar",
        rows,
        (
            text("regel", "Regel", lambda row: row.sleutel),
            text("locatie", "Locatie", lambda row: draft.name("locatie", row.regel.locatie),
                 f"INDEX([bezetting.locatie],{PLACE_ROW})"),
            text("zorgvorm", "Zorgvorm", lambda row: draft.name("zorgvorm", row.regel.zorgvorm),
                 f"INDEX([bezetting.zorgvorm],{PLACE_ROW})"),
            year("jaar", "Jaar", lambda row: row.regel.jaar, f"INDEX([lijn.jaar],{LINE_ROW})"),
            places("leeg", "Lege plaatsen", lambda row: places_at[row.sleutel].leeg,
                   f"INDEX([bezetting.leeg],{PLACE_ROW})", total=True),
            places("sluitend", "Sluit door de transitie",
                   lambda row: _closing(draft, places_at[row.sleutel]),
                   f"INDEX([rekenleeg.sluitend],{PLACE_ROW})", total=True),
            euro("kosten", "Kosten", lambda row: row.kosten, f"INDEX([lijn.kosten],{LINE_ROW})"),
            euro("betaald", "Betaald", lambda row: row.betaald, f"INDEX([lijn.betaald],{LINE_ROW})"),
            euro("ongedekt", "Ongedekt", lambda row: row.ongedekt, f"INDEX([lijn.ongedekt],{LINE_ROW})"),
            number("rij", "Rij in dekking", lambda row: draft.line_number[row.regel],
                   "MATCH([regel],[lijn.regel],0)"),
        ),
    )  # fmt: skip


def _closing(draft: Draft, row: PlaceRow) -> int:
    return draft.statement.rules.closing_places(draft.starts, row.key, row.jaar)


def calculation_page(draft: Draft) -> Page:
    """The sheet `rekenblad_leegstand`: the vacancy that belongs to a closure under way."""
    statement = draft.statement
    closing = (
        "[effect.locatie],[locatie],[effect.zorgvorm],[zorgvorm],"
        '[effect.start],"<="&[jaar],[effect.ingang],">"&[jaar]'
    )
    table: Table[PlaceRow] = Table(
        "rekenleeg",
        "",
        draft.place_rows,
        (
            text("locatie", "Locatie", lambda row: draft.name("locatie", row.plaats.locatie),
                 "[bezetting.locatie@]"),
            text("zorgvorm", "Zorgvorm", lambda row: draft.name("zorgvorm", row.plaats.zorgvorm),
                 "[bezetting.zorgvorm@]"),
            year("jaar", "Jaar", lambda row: row.jaar, "[bezetting.jaar@]"),
            number("sluitend", "Plaatsen die door de transitie sluiten", lambda row: _closing(draft, row),
                   f"SUMIFS([effect.sluitend],{closing})", Format.COUNT),
            euro("grens", "Hoogste bedrag uit uitkeringen",
                 lambda row: statement.vacancy_limit((row.key, row.jaar)),
                 "ROUNDDOWN(ROUND([sluitend]*[bezetting.prijs_leeg@],6),2)"),
            euro("betaald", "Betaald uit uitkeringen",
                 lambda row: statement.vacancy_paid.get((row.key, row.jaar), ZERO),
                 'IF([bezetting.regel_leegstand@]="",0,ROUND(SUMIFS([rekenbetaling.leegstand_uitkering],'
                 "[betaling.regel],[bezetting.regel_leegstand@]),2))"),
            check("binnen", "Binnen de grens?", lambda row: verdict(_within(draft, row)),
                  holds(within("[betaald]", "[grens]"))),
        ),
    )  # fmt: skip
    return Page(
        "rekenblad_leegstand",
        "Rekenblad: leegstand bij sluiting",
        "Hoeveel lege plaatsen er staan omdat een gekozen maatregel ze door de transitie gaat sluiten, van"
        " de start tot de sluiting, en wat uitkeringen daarvan hooguit mogen betalen waar een lezing dat"
        " toestaat. Elke rij hoort bij dezelfde rij van de tabel per locatie op het blad capaciteit.",
        (table,),
        tab="berekening",
    )


def _within(draft: Draft, row: PlaceRow) -> bool:
    at = (row.key, row.jaar)
    return draft.statement.vacancy_paid.get(at, ZERO) <= draft.statement.vacancy_limit(at)
