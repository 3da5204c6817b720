"""The sheet `capaciteit`, and the calculation sheet beside it: places, their use and their cost."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from finance.books.budget import groups
from finance.books.budget.coupling import base_formula, choice_columns, origin, price_formula
from finance.books.budget.draft import Draft
from finance.books.budget.rows import DemandRow, PlaceRow
from finance.books.origins import decided, traced
from finance.case.sheets import Alternative
from finance.case.words import OPERATION, VACANCY
from finance.tables import live, pasted
from finance.tables.columns import holds
from finance.tables.grid import Format, Value
from finance.tables.pages import Block, Column, Page, Table

NEXT_YEAR: Final = "IF(OR(N([-jaar])=0,[-jaar]={laatste_jaar}),{eerste_jaar},[-jaar]+1)"
"""The years of the case, over and over; above the first row stands a head, which counts as 0."""
IN_FORCE: Final = '[effect.locatie],[locatie],[effect.zorgvorm],[zorgvorm],[effect.ingang],"<="&[jaar]'
THIS_YEAR: Final = "[effect.ingang],[jaar],[effect.locatie],[locatie],[effect.zorgvorm],[zorgvorm]"
BEFORE: Final = IN_FORCE.replace("<=", "<")
PLACE: Final = "[rekenplaats.rij@]"
OF_DEMAND: Final = "[bezetting.zorgvorm],[zorgvorm],[bezetting.jaar],[jaar]"


def page(draft: Draft) -> Page:
    """The sheet `capaciteit`."""
    return Page(
        "capaciteit",
        "Capaciteit",
        "Hoeveel plaatsen er zijn, hoeveel daarvan bezet en leeg, of dat genoeg is voor de vraag, en wat"
        f" de plaatsen kosten. Bezette plaatsen en uitwijk zijn besluiten van {draft.decider}.",
        (*_cared_for(draft), _places(draft)),
        tab="besluit",
    )


def _cared_for(draft: Draft) -> tuple[Block, ...]:
    """Who needs care and who is where, by doelgroep or by zorgvorm."""
    return groups.blocks(draft) if draft.case.care_groups else (_demand(draft), _elsewhere(draft))


def calculation_page(draft: Draft) -> Page:
    """The sheet `rekenblad_capaciteit`."""
    columns = _occupation(draft) + groups.place_columns(draft) + _prices(draft)
    table = Table("rekenplaats", "", draft.place_rows, columns)
    return Page(
        "rekenblad_capaciteit",
        "Rekenblad: prijzen van plaatsen",
        "De prijs van een bezette en een lege plaats per jaar, en hoe vol een plaats kan zijn. Elke rij"
        " hoort bij dezelfde rij van de tabel per locatie op het blad capaciteit.",
        (table, *groups.calculation_blocks(draft)),
        tab="berekening",
    )


def _occupation(draft: Draft) -> tuple[Column[PlaceRow], ...]:
    row_of_form = "MATCH(INDEX([plaatsen.zorgvorm],[rij]),[zorgvormen.zorgvorm],0)"
    return (
        live.year("jaar", "Jaar", NEXT_YEAR),
        live.number("rij", "Rij in plaatsen", "IF(N([-rij])=0,1,IF([jaar]={eerste_jaar},[-rij]+1,[-rij]))"),
        live.text(
            "aanbieder",
            "Aanbieder",
            "INDEX([locaties.aanbieder],MATCH(INDEX([plaatsen.locatie],[rij]),[locaties.locatie],0))",
        ),
        *_town(draft),
        live.text("index", "Index", 'INDEX([plaatsen.index],[rij])&""'),
        live.number(
            "bezetting", "Grootste bezetting", f"INDEX([zorgvormen.bezetting_max],{row_of_form})", Format.PERCENT
        ),
        live.number(
            "aanloop", "Bezetting in eerste jaar", f"INDEX([zorgvormen.aanloop_jaar1],{row_of_form})", Format.PERCENT
        ),
    )


def _town(draft: Draft) -> tuple[Column[PlaceRow], ...]:
    """The town of the location, where bounds on places may ask for it."""
    if not draft.case.place_bounds:
        return ()
    row_of_location = "MATCH(INDEX([plaatsen.locatie],[rij]),[locaties.locatie],0)"
    return (live.text("gemeente", "Gemeente", f"INDEX([locaties.gemeente],{row_of_location})"),)


def _prices(draft: Draft) -> tuple[Column[PlaceRow], ...]:
    growth = "SUMIFS([factoren.factor],[factoren.index],[index],[factoren.jaar],[jaar])"
    used, empty = "[bezetting.bezet@]", "[bezetting.leeg@]"
    return (
        live.number("factor", "Prijsfactor", f'IF([index]="",1,{growth})', Format.FACTOR),
        *(choice_columns(draft) if draft.tariffs else ()),
        live.euro("basis_bezet", "Bezet, op prijspeil", base_formula(draft, OPERATION), total=False),
        live.euro("basis_leeg", "Leeg, op prijspeil", base_formula(draft, VACANCY), total=False),
        live.number(
            "contant",
            "Contant op prijspeil",
            f"({used}*[basis_bezet]+{empty}*[basis_leeg])*SUMIFS([{draft.discount_of_plans}],[jaren.jaar],[jaar])",
            Format.EURO,
        ),
    )


def _places(draft: Draft) -> Table[PlaceRow]:
    return Table(
        "bezetting",
        "Per locatie, zorgvorm en jaar",
        draft.place_rows,
        _place_keys() + _place_numbers(draft) + _place_costs(draft),
        "Plaatsen bij de start plus de effecten die in het jaar zijn ingegaan. De kosten staan als regel"
        " in het blad dekking.",
        ids=lambda row: (*row.key, row.jaar),
    )


def _place_keys() -> tuple[Column[PlaceRow], ...]:
    return (
        live.text("locatie", "Locatie", f"INDEX([plaatsen.locatie],{PLACE})", 16),
        live.text("zorgvorm", "Zorgvorm", f"INDEX([plaatsen.zorgvorm],{PLACE})", 16),
        live.year("jaar", "Jaar", "[rekenplaats.jaar@]"),
    )


def _place_numbers(draft: Draft) -> tuple[Column[PlaceRow], ...]:
    most, new = "[rekenplaats.bezetting@]", "[nieuw]"
    first_year = "MIN([rekenplaats.bezetting@],[rekenplaats.aanloop@])"
    return (
        live.places("plaatsen", "Plaatsen", _there(draft)),
        live.places("nieuw", *_new(draft)),
        traced(
            pasted.decision("bezet", "Bezet", lambda row: row.bezet, Format.PLACES),
            lambda _: decided("bezette plaatsen"),
        ),
        live.places("hoogste", "Hoogste bezetting", f"ROUND({most}*[plaatsen]-({most}-{first_year})*{new},9)"),
        live.places("leeg", "Leeg", "ROUND([plaatsen]-[bezet],9)"),
        live.check("past", "Past het?", holds("AND(ISNUMBER([bezet]),[bezet]<=[hoogste],[bezet]>=0,[leeg]>=0)")),
    )


def _there(draft: Draft) -> str:
    """The formula of places over a year."""
    start = f"INDEX([plaatsen.plaatsen],{PLACE})"
    if not draft.by_month:
        return f"{start}+SUMIFS([effect.in_plan],{IN_FORCE})"
    return f"ROUND({start}+SUMIFS([effect.in_plan],{BEFORE})+SUMIFS([effect.eerste],{THIS_YEAR}),9)"


def _new(draft: Draft) -> tuple[str, str]:
    """The head and the formula of the places that are new in a year."""
    if not draft.starts_up:
        return "Waarvan nieuw", f"SUMIFS([effect.nieuw],{THIS_YEAR})"
    return "Waarvan in hun aanloop", f"ROUND(SUMIFS([effect.aanlopend],{THIS_YEAR}),9)"


def _place_costs(draft: Draft) -> tuple[Column[PlaceRow], ...]:
    return (
        live.number("prijs_bezet", "Prijs bezette plaats", price_formula(draft, OPERATION), Format.EURO),
        live.number("prijs_leeg", "Prijs lege plaats", price_formula(draft, VACANCY), Format.EURO),
        live.euro("exploitatie", "Exploitatie", "ROUND(ROUND([bezet]*[prijs_bezet],7),2)"),
        live.euro("leegstand", "Leegstand", "ROUND(ROUND([leeg]*[prijs_leeg],7),2)"),
        pasted.text("regel_exploitatie", "Regel exploitatie", lambda row: _line(row, OPERATION), width=11),
        pasted.text("regel_leegstand", "Regel leegstand", lambda row: _line(row, VACANCY), width=11),
        *([origin()] if draft.tariffs else []),
    )


def _line(row: PlaceRow, sort: str) -> str:
    return row.lijnen[sort].sleutel if sort in row.lijnen else ""


def _demand(draft: Draft) -> Table[DemandRow]:
    return Table(
        "vraagdekking",
        "Vraag en aanbod per zorgvorm en jaar",
        draft.demand_rows,
        (
            live.text("zorgvorm", "Zorgvorm", "[vraag.zorgvorm@]", 16),
            live.year("jaar", "Jaar", "[vraag.jaar@]"),
            live.places("vraag", "Vraag", "ROUND([vraag.jeugdigen@],9)"),
            *_supply(),
            _ceiling(),
            live.places(
                "boven", "Boven plafond", 'IF([plafond]="",0,MAX(0,ROUND([plaatsen]-[plafond],9)))', total=True
            ),
        ),
        "Vraag = eigen zorgvorm + in een andere zorgvorm + tekort, in plaatsen over een heel jaar.",
    )


def _supply() -> tuple[Column[DemandRow], ...]:
    return (
        live.places("bezet", "Bezet", f"SUMIFS([bezetting.bezet],{OF_DEMAND})"),
        live.places(
            "van_elders",
            "Waarvan uit een andere zorgvorm",
            "SUMIFS([uitwijkplaats.plaatsen],[uitwijkplaats.alternatief],[zorgvorm],[uitwijkplaats.jaar],[jaar])",
        ),
        live.places("eigen", "Eigen zorgvorm", "ROUND([bezet]-[van_elders],9)"),
        live.places(
            "naar_elders",
            "In een andere zorgvorm",
            "SUMIFS([uitwijkplaats.plaatsen],[uitwijkplaats.zorgvorm],[zorgvorm],[uitwijkplaats.jaar],[jaar])",
            total=True,
        ),
        live.places("tekort", "Tekort", "ROUND([vraag]-[eigen]-[naar_elders],9)", total=True),
        live.places("plaatsen", "Plaatsen", f"SUMIFS([bezetting.plaatsen],{OF_DEMAND})"),
    )


def _ceiling() -> Column[DemandRow]:
    def ceiling(row: DemandRow) -> Value:
        return "" if row.vraag.plafond is None else row.vraag.plafond

    return live.places("plafond", "Plafond", 'IF([vraag.plafond@]="","",[vraag.plafond@])')


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
            pasted.text("zorgvorm", "Nodig", lambda row: draft.name("zorgvorm", row.paar.zorgvorm), width=16),
            pasted.text("alternatief", "Gebruikt", lambda row: draft.name("zorgvorm", row.paar.alternatief)),
            live.year("jaar", "Jaar", NEXT_YEAR),
            traced(
                pasted.decision("plaatsen", "Plaatsen", lambda row: row.plaatsen, Format.PLACES, total=True),
                lambda _: decided("uitwijk naar een andere zorgvorm"),
            ),
        ),
        ids=lambda row: (row.paar.zorgvorm, row.paar.alternatief, row.jaar),
    )
