"""The sheet `leegstand`, and the calculation sheet of what a grant may pay of it."""

from __future__ import annotations

from typing import Final

from finance.books.budget.cover import Covered, cover_columns, covered
from finance.books.budget.draft import Draft
from finance.books.budget.parts import Closing, closing_regulations
from finance.books.budget.rows import PlaceRow
from finance.case.words import VACANCY
from finance.statement.lines import GROUP_OF, Line
from finance.tables import live, pasted
from finance.tables.columns import holds, where_it_stood, within
from finance.tables.grid import Format
from finance.tables.pages import Column, Page, Table

GROUP: Final = GROUP_OF[VACANCY]
BY_MONTH: Final = (
    "+SUMIFS([effect.sluit_deel],[effect.locatie],[locatie],[effect.zorgvorm],[zorgvorm],[effect.ingang],[jaar])"
)
"""In the year of closing the places count until the month in which they close."""
LINE_COST: Final = ('IF([bezetting.regel_leegstand@]="",0,{})').format(
    where_it_stood("[bezetting.regel_leegstand@]", "lijn.regel", "lijn.kosten")
)
HOUSING_COST: Final = (
    f"IF([bezetting.prijs_leeg@]=0,{LINE_COST},{LINE_COST}*[prijs_huisvesting]/[bezetting.prijs_leeg@])"
)
"""What of the cost of the empty places is housing: of so many places as are empty, and no more."""
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
        (live.year("jaar", "Jaar", "IF(N([-jaar])=0,{eerste_jaar},[-jaar]+1)"), *cover),
    )


def _lines(draft: Draft) -> Table[Line]:
    rows = [line for line in draft.statement.lines if line.regel.kostensoort == VACANCY]
    return Table(
        "leegstandlijn",
        "Per plek en jaar",
        rows,
        (
            live.text("regel", "Regel", f"INDEX([lijn.regel],{LINE_ROW})"),
            live.text("locatie", "Locatie", f"INDEX([bezetting.locatie],{PLACE_ROW})"),
            live.text("zorgvorm", "Zorgvorm", f"INDEX([bezetting.zorgvorm],{PLACE_ROW})"),
            live.year("jaar", "Jaar", f"INDEX([lijn.jaar],{LINE_ROW})"),
            live.places("leeg", "Lege plaatsen", f"INDEX([bezetting.leeg],{PLACE_ROW})", total=True),
            live.places("sluitend", "Sluit door de transitie", f"INDEX([rekenleeg.sluitend],{PLACE_ROW})", total=True),
            live.euro("kosten", "Kosten", f"INDEX([lijn.kosten],{LINE_ROW})"),
            live.euro("betaald", "Betaald", f"INDEX([lijn.betaald],{LINE_ROW})"),
            live.euro("ongedekt", "Ongedekt", f"INDEX([lijn.ongedekt],{LINE_ROW})"),
            pasted.row_number("rij", "Rij in dekking", lambda row: draft.line_number[row.regel]),
        ),
    )


def _limits(draft: Draft) -> tuple[Column[PlaceRow], ...]:
    """The most that grants of each regulation may pay of the vacancy of a place, and what they pay."""
    known = closing_regulations(draft)
    columns: tuple[Column[PlaceRow], ...] = ()
    if any(regulation.alleen_huisvesting for regulation in known):
        housing = "INDEX([plaatsen.huisvesting_per_plaats],[rekenplaats.rij@])"
        price = f'IF({housing}="",[bezetting.prijs_leeg@],{housing}*[rekenplaats.factor@])'
        columns = (
            live.number("prijs_huisvesting", "Waarvan huisvesting", price, Format.EURO),
            live.number("huisvesting", "Huisvesting in de kosten", HOUSING_COST, Format.EURO),
        )
    for regulation in known or (Closing("", "", None),):
        housed = "MIN([sluitend]*[prijs_huisvesting],[huisvesting])"
        most = housed if regulation.alleen_huisvesting else "[sluitend]*[bezetting.prijs_leeg@]"
        several = len(known) > 1
        named = f": {regulation.naam}" if several else ""
        only = f',[rekenbetaling.regeling~],"{regulation.naam}"' if several else ""
        paid = f"SUMIFS([rekenbetaling.leegstand_uitkering~],[betaling.regel~],[bezetting.regel_leegstand@]{only})"
        columns += (
            live.euro(
                f"grens{regulation.achtervoegsel}",
                f"Hoogste bedrag uit uitkeringen{named}",
                f"ROUNDDOWN(ROUND({most},6),2)",
            ),
            live.euro(
                f"betaald{regulation.achtervoegsel}",
                f"Betaald uit uitkeringen{named}",
                f'IF([bezetting.regel_leegstand@]="",0,ROUND({paid},2))',
            ),
        )
    each = [within(f"[betaald{row.achtervoegsel}]", f"[grens{row.achtervoegsel}]") for row in known]
    inside = f"AND({','.join(each)})" if len(each) > 1 else within("[betaald]", "[grens]")
    return (*columns, live.check("binnen", "Binnen de grens?", holds(inside)))


def calculation_page(draft: Draft) -> Page:
    """The sheet `rekenblad_leegstand`: the vacancy that belongs to a closure under way."""
    closing = (
        '[effect.ingang],">"&[jaar],[effect.start],"<="&[jaar],[effect.locatie],[locatie],[effect.zorgvorm],[zorgvorm]'
    )
    table: Table[PlaceRow] = Table(
        "rekenleeg",
        "",
        draft.place_rows,
        (
            live.text("locatie", "Locatie", "[bezetting.locatie@]"),
            live.text("zorgvorm", "Zorgvorm", "[bezetting.zorgvorm@]"),
            live.year("jaar", "Jaar", "[bezetting.jaar@]"),
            live.number(
                "sluitend",
                "Plaatsen die door de transitie sluiten",
                f"SUMIFS([effect.sluitend],{closing})" + (BY_MONTH if draft.by_month else ""),
                Format.PLACES if draft.by_month else Format.COUNT,
            ),
            *_limits(draft),
        ),
        blocks=draft.blocks_of_vacancy,
    )
    return Page(
        "rekenblad_leegstand",
        "Rekenblad: leegstand bij sluiting",
        "Hoeveel lege plaatsen er staan omdat een gekozen maatregel ze door de transitie gaat sluiten, van"
        " de start tot de sluiting, en wat uitkeringen daarvan hooguit mogen betalen waar een regeling of een"
        " lezing dat toestaat. Elke rij hoort bij dezelfde rij van de tabel per locatie op het blad capaciteit.",
        (table,),
        tab="berekening",
    )
