"""The sheet `capaciteit`, and the calculation sheet beside it: places, their use and their cost."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from finance.books.budget.coupling import base_formula, choice_columns, origin, price_formula
from finance.books.budget.draft import Draft
from finance.books.budget.rows import DemandRow, PlaceRow
from finance.books.origins import decided, traced
from finance.case.sheets import Alternative
from finance.case.words import OPERATION, VACANCY
from finance.tables.columns import check, decision, euro, holds, number, places, text, verdict, year
from finance.tables.grid import Format, Value
from finance.tables.pages import Column, Page, Table

NEXT_YEAR: Final = "IF(OR(N([-jaar])=0,[-jaar]={laatste_jaar}),{eerste_jaar},[-jaar]+1)"
"""The years of the case, over and over; above the first row stands a head, which counts as 0."""
IN_FORCE: Final = '[effect.locatie],[locatie],[effect.zorgvorm],[zorgvorm],[effect.ingang],"<="&[jaar]'
THIS_YEAR: Final = "[effect.locatie],[locatie],[effect.zorgvorm],[zorgvorm],[effect.ingang],[jaar]"
PLACE: Final = "[rekenplaats.rij@]"
OF_DEMAND: Final = "[bezetting.zorgvorm],[zorgvorm],[bezetting.jaar],[jaar]"


def page(draft: Draft) -> Page:
    """The sheet `capaciteit`."""
    return Page(
        "capaciteit",
        "Capaciteit",
        "Hoeveel plaatsen er zijn, hoeveel daarvan bezet en leeg, of dat genoeg is voor de vraag, en wat"
        f" de plaatsen kosten. Bezette plaatsen en uitwijk zijn besluiten van {draft.decider}.",
        (_demand(draft), _elsewhere(draft), _places(draft)),
        tab="besluit",
    )


def calculation_page(draft: Draft) -> Page:
    """The sheet `rekenblad_capaciteit`."""
    table = Table("rekenplaats", "", draft.place_rows, _occupation(draft) + _prices(draft))
    return Page(
        "rekenblad_capaciteit",
        "Rekenblad: prijzen van plaatsen",
        "De prijs van een bezette en een lege plaats per jaar, en hoe vol een plaats kan zijn. Elke rij"
        " hoort bij dezelfde rij van de tabel per locatie op het blad capaciteit.",
        (table,),
        tab="berekening",
    )


def _occupation(draft: Draft) -> tuple[Column[PlaceRow], ...]:
    row_of_form = "MATCH(INDEX([plaatsen.zorgvorm],[rij]),[zorgvormen.zorgvorm],0)"
    provider = {row.locatie: row.aanbieder for row in draft.case.locations}
    order = {key: number for number, key in enumerate(draft.case.place, start=1)}
    return (
        year("jaar", "Jaar", lambda row: row.jaar, NEXT_YEAR),
        number("rij", "Rij in plaatsen", lambda row: order[row.key],
               "IF(N([-rij])=0,1,IF([jaar]={eerste_jaar},[-rij]+1,[-rij]))"),
        text("aanbieder", "Aanbieder", lambda row: draft.name("aanbieder", provider[row.plaats.locatie]),
             "INDEX([locaties.aanbieder],MATCH(INDEX([plaatsen.locatie],[rij]),[locaties.locatie],0))"),
        text("index", "Index", lambda row: draft.name("index", row.plaats.index),
             'INDEX([plaatsen.index],[rij])&""'),
        number("bezetting", "Grootste bezetting", lambda row: row.vorm.bezetting_max,
               f"INDEX([zorgvormen.bezetting_max],{row_of_form})", Format.PERCENT),
        number("aanloop", "Bezetting in eerste jaar", lambda row: row.vorm.aanloop_jaar1,
               f"INDEX([zorgvormen.aanloop_jaar1],{row_of_form})", Format.PERCENT),
    )  # fmt: skip


def _prices(draft: Draft) -> tuple[Column[PlaceRow], ...]:
    growth = "SUMIFS([factoren.factor],[factoren.index],[index],[factoren.jaar],[jaar])"
    used, empty = "[bezetting.bezet@]", "[bezetting.leeg@]"
    return (
        number("factor", "Prijsfactor", lambda row: row.factor, f'IF([index]="",1,{growth})', Format.FACTOR),
        *(choice_columns(draft) if draft.tariffs else ()),
        euro("basis_bezet", "Bezet, op prijspeil", lambda row: row.basis[OPERATION],
             base_formula(draft, OPERATION), total=False),
        euro("basis_leeg", "Leeg, op prijspeil", lambda row: row.basis[VACANCY],
             base_formula(draft, VACANCY), total=False),
        number("contant", "Contant op prijspeil", lambda row: row.contant,
               f"({used}*[basis_bezet]+{empty}*[basis_leeg])"
               f"*SUMIFS([{draft.discount_of_plans}],[jaren.jaar],[jaar])",
               Format.EURO),
    )  # fmt: skip


def _places(draft: Draft) -> Table[PlaceRow]:
    return Table(
        "bezetting",
        "Per locatie, zorgvorm en jaar",
        draft.place_rows,
        _place_keys(draft) + _place_numbers() + _place_costs(draft),
        "Plaatsen bij de start plus de effecten die in het jaar zijn ingegaan. De kosten staan als regel"
        " in het blad dekking.",
        ids=lambda row: (*row.key, row.jaar),
    )


def _place_keys(draft: Draft) -> tuple[Column[PlaceRow], ...]:
    return (
        text("locatie", "Locatie", lambda row: draft.name("locatie", row.plaats.locatie),
             f"INDEX([plaatsen.locatie],{PLACE})", 16),
        text("zorgvorm", "Zorgvorm", lambda row: draft.name("zorgvorm", row.plaats.zorgvorm),
             f"INDEX([plaatsen.zorgvorm],{PLACE})", 16),
        year("jaar", "Jaar", lambda row: row.jaar, "[rekenplaats.jaar@]"),
    )  # fmt: skip


def _place_numbers() -> tuple[Column[PlaceRow], ...]:
    most, new = "[rekenplaats.bezetting@]", "[nieuw]"
    first_year = "MIN([rekenplaats.bezetting@],[rekenplaats.aanloop@])"
    return (
        places("plaatsen", "Plaatsen", lambda row: row.plaatsen,
               f"INDEX([plaatsen.plaatsen],{PLACE})+SUMIFS([effect.in_plan],{IN_FORCE})"),
        places("nieuw", "Waarvan nieuw", lambda row: row.nieuw, f"SUMIFS([effect.nieuw],{THIS_YEAR})"),
        traced(decision("bezet", "Bezet", lambda row: row.bezet, Format.PLACES),
               lambda _: decided("bezette plaatsen")),
        places("hoogste", "Hoogste bezetting", lambda row: row.hoogste,
               f"ROUND({most}*[plaatsen]-({most}-{first_year})*{new},9)"),
        places("leeg", "Leeg", lambda row: row.leeg, "ROUND([plaatsen]-[bezet],9)"),
        check("past", "Past het?", lambda row: verdict(row.past),
              holds("AND(ISNUMBER([bezet]),[bezet]<=[hoogste],[bezet]>=0,[leeg]>=0)")),
    )  # fmt: skip


def _place_costs(draft: Draft) -> tuple[Column[PlaceRow], ...]:
    return (
        number("prijs_bezet", "Prijs bezette plaats", lambda row: row.prijs[OPERATION],
               price_formula(draft, OPERATION), Format.EURO),
        number("prijs_leeg", "Prijs lege plaats", lambda row: row.prijs[VACANCY],
               price_formula(draft, VACANCY), Format.EURO),
        euro("exploitatie", "Exploitatie", lambda row: row.kosten[OPERATION],
             "ROUND(ROUND([bezet]*[prijs_bezet],7),2)"),
        euro("leegstand", "Leegstand", lambda row: row.kosten[VACANCY],
             "ROUND(ROUND([leeg]*[prijs_leeg],7),2)"),
        text("regel_exploitatie", "Regel exploitatie", lambda row: _line(row, OPERATION), width=11),
        text("regel_leegstand", "Regel leegstand", lambda row: _line(row, VACANCY), width=11),
        *([origin(draft)] if draft.tariffs else []),
    )  # fmt: skip


def _line(row: PlaceRow, sort: str) -> str:
    return row.lijnen[sort].sleutel if sort in row.lijnen else ""


def _demand(draft: Draft) -> Table[DemandRow]:
    return Table(
        "vraagdekking",
        "Vraag en aanbod per zorgvorm en jaar",
        draft.demand_rows,
        (
            text("zorgvorm", "Zorgvorm", lambda row: draft.name("zorgvorm", row.vraag.zorgvorm),
                 "[vraag.zorgvorm@]", 16),
            year("jaar", "Jaar", lambda row: row.vraag.jaar, "[vraag.jaar@]"),
            places("vraag", "Vraag", lambda row: row.vraag.nodig, "ROUND([vraag.jeugdigen@],9)"),
            *_supply(),
            _ceiling(),
            places("boven", "Boven plafond", lambda row: row.boven_plafond,
                   'IF([plafond]="",0,MAX(0,ROUND([plaatsen]-[plafond],9)))', total=True),
        ),
        "Vraag = eigen zorgvorm + naar elders + tekort, in plaatsen over een heel jaar.",
    )  # fmt: skip


def _supply() -> tuple[Column[DemandRow], ...]:
    return (
        places("bezet", "Bezet", lambda row: row.bezet, f"SUMIFS([bezetting.bezet],{OF_DEMAND})"),
        places("van_elders", "Waarvan van elders", lambda row: row.van_elders,
               "SUMIFS([uitwijkplaats.plaatsen],[uitwijkplaats.alternatief],[zorgvorm],"
               "[uitwijkplaats.jaar],[jaar])"),
        places("eigen", "Eigen zorgvorm", lambda row: row.eigen, "ROUND([bezet]-[van_elders],9)"),
        places("naar_elders", "Naar elders", lambda row: row.naar_elders,
               "SUMIFS([uitwijkplaats.plaatsen],[uitwijkplaats.zorgvorm],[zorgvorm],"
               "[uitwijkplaats.jaar],[jaar])", total=True),
        places("tekort", "Tekort", lambda row: row.tekort, "ROUND([vraag]-[eigen]-[naar_elders],9)",
               total=True),
        places("plaatsen", "Plaatsen", lambda row: row.plaatsen, f"SUMIFS([bezetting.plaatsen],{OF_DEMAND})"),
    )  # fmt: skip


def _ceiling() -> Column[DemandRow]:
    def ceiling(row: DemandRow) -> Value:
        return "" if row.vraag.plafond is None else row.vraag.plafond

    return places("plafond", "Plafond", ceiling, 'IF([vraag.plafond@]="","",[vraag.plafond@])')


@dataclass(frozen=True, slots=True)
class _Elsewhere:
    """Young people of one zorgvorm on places of another, in one year."""

    paar: Alternative
    jaar: int
    plaatsen: Decimal


def _elsewhere(draft: Draft) -> Table[_Elsewhere]:
    served = draft.plan.allocation.served
    rows = [
        _Elsewhere(pair, year, served.get((pair.zorgvorm, pair.alternatief, year), Decimal(0)))
        for pair in draft.case.alternatives
        for year in draft.years
    ]
    return Table(
        "uitwijkplaats",
        "Uitwijk: wie geen plaats vindt en een andere zorgvorm gebruikt",
        rows,
        (
            text("zorgvorm", "Nodig", lambda row: draft.name("zorgvorm", row.paar.zorgvorm), width=16),
            text("alternatief", "Gebruikt", lambda row: draft.name("zorgvorm", row.paar.alternatief)),
            year("jaar", "Jaar", lambda row: row.jaar, NEXT_YEAR),
            traced(decision("plaatsen", "Plaatsen", lambda row: row.plaatsen, Format.PLACES, total=True),
                   lambda _: decided("uitwijk naar een andere zorgvorm")),
        ),
        ids=lambda row: (row.paar.zorgvorm, row.paar.alternatief, row.jaar),
    )  # fmt: skip
