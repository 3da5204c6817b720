"""The sheet `maatregelen`, and the calculation sheet with its conditions."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Final

from finance.books.budget.draft import Draft
from finance.books.budget.rows import ConditionRow, MeasureRow
from finance.books.origins import decided, from_input, traced
from finance.tables.columns import decision, euro, number, text, year, yes
from finance.tables.grid import Format, Origin
from finance.tables.pages import Column, Page, Table

OF_MEASURE: Final = "[effect.rij],[rekenplan.rij@]"
REQUIRED: Final = "[maatregelen.vereist@]"
AWAITED: Final = "[maatregelen.wacht_op@]"
BEGUN: Final = "COUNTIFS([gestart.maatregel],[plan.maatregel@])"
ALL_CLOSE: Final = (
    f'COUNTIFS([plan.project],{REQUIRED})=COUNTIFS([plan.project],{REQUIRED},[plan.sluit],"ja")'
)


def page(draft: Draft) -> Page:
    """The sheet `maatregelen`."""
    columns = _properties(draft) + _window() + _meaning(draft)
    table = Table("plan", "", draft.measure_rows, columns, ids=lambda row: (row.maatregel.maatregel,))
    return Page(
        "maatregelen",
        "Maatregelen",
        "Alle maatregelen waaruit gekozen kon worden, welke er gekozen zijn, wanneer ze beginnen en wat"
        " ze kosten en doen. Per project is er hooguit een gekozen; het startjaar is een besluit.",
        (table,),
        tab="besluit",
    )


def _properties(draft: Draft) -> tuple[Column[MeasureRow], ...]:
    return (
        text("maatregel", "Maatregel", lambda row: draft.name("maatregel", row.maatregel.maatregel),
             "[maatregelen.maatregel@]", 18),
        text("project", "Variant van project", lambda row: draft.name("project", row.maatregel.project),
             "[maatregelen.project@]", 18),
        text("omschrijving", "Omschrijving", lambda row: row.maatregel.omschrijving,
             '[maatregelen.omschrijving@]&""', 44),
        text("aanbieder", "Aanbieder", lambda row: draft.name("aanbieder", row.maatregel.aanbieder),
             "[maatregelen.aanbieder@]"),
        text("gekozen", "Gekozen", lambda row: yes(row.start is not None), 'IF([start]=0,"nee","ja")', 9),
        traced(decision("start", "Start", lambda row: row.start, Format.YEAR, width=8),
               lambda row: _decided(draft, row)),
    )  # fmt: skip


def _decided(draft: Draft, row: MeasureRow) -> Origin:
    """A start is a decision of the model, or a fact."""
    begun = {known.maatregel: known.rij for known in draft.case.started_rows}
    if row.maatregel.maatregel in begun:
        return from_input(draft.case, "gestart", "jaar", begun[row.maatregel.maatregel])
    return decided("startjaar" if row.start else "niet gekozen")


def _window() -> tuple[Column[MeasureRow], ...]:
    return (
        year("vroegste", "Vroegste start", lambda row: row.maatregel.vroegste_start,
             "[maatregelen.vroegste_start@]", 9),
        year("laatste", "Laatste start", lambda row: row.maatregel.laatste_start,
             "[maatregelen.laatste_start@]", 9),
        _counted("later", "Jaren later dan vroegste", lambda row: row.later,
                 "IF([start]=0,0,[start]-[vroegste])"),
    )  # fmt: skip


def _meaning(draft: Draft) -> tuple[Column[MeasureRow], ...]:
    costs = "SUMIFS([kost.nominaal],[kost.rij],[rekenplan.rij@])"
    if draft.has_history:
        costs = "ROUND(SUMIFS([lijn.kosten],[rekenlijn.rij_maatregel],[rekenplan.rij@]),2)"
    return (
        euro("kosten", "Nominale kosten", lambda row: row.kosten, costs),
        _counted("erbij", "Plaatsen erbij", lambda row: row.erbij, f"SUMIFS([effect.nieuw],{OF_MEASURE})"),
        _counted("eraf", "Plaatsen eraf", lambda row: row.eraf,
                 f"SUMIFS([effect.in_plan],{OF_MEASURE})-[erbij]"),
        _counted("waardering", "Waardering", lambda row: row.waardering,
                 "IF([start]=0,0,[maatregelen.waardering@])", Format.GENERAL),
        text("sluit", "Sluit gesloten plaatsen", lambda row: yes(row.sluit),
             f'IF(SUMIFS([effect.gesloten],{OF_MEASURE})<0,"ja","nee")', 10),
        text("gekoppeld", "Gekoppeld aan sluiting", lambda row: yes(row.gekoppeld),
             f'IF([sluit]="ja","ja",IF({REQUIRED}="","nee",IF({ALL_CLOSE},"ja","nee")))', 10),
    )  # fmt: skip


def _counted(
    key: str,
    head: str,
    value: Callable[[MeasureRow], int | Decimal],
    formula: str,
    fmt: Format = Format.COUNT,
) -> Column[MeasureRow]:
    return Column(key, head, value, formula, fmt, width=11, total=True)


def calculation_page(draft: Draft) -> Page:
    """The sheet `rekenblad_maatregelen`: whether the start years keep to the conditions."""
    return Page(
        "rekenblad_maatregelen",
        "Rekenblad: voorwaarden aan maatregelen",
        "Of elke gekozen maatregel begint in zijn eigen jaren, alleen staat in zijn project, en wacht op"
        " wat eerst moet. Elke rij hoort bij dezelfde rij van het blad maatregelen.",
        (Table("rekenplan", "", draft.condition_rows, _conditions(draft) + _facts(draft)),),
        tab="berekening",
    )


def _conditions(draft: Draft) -> tuple[Column[ConditionRow], ...]:
    start, project = "[plan.start@]", "[plan.project@]"
    begun = f'[plan.project],{{p}},[plan.start],">0",[plan.start],"<="&{start}'
    undelivered = f'[effect.project],{AWAITED},[effect.nieuw],">0",[effect.ingang],">"&{start}'
    required = begun.replace("{p}", REQUIRED)
    awaited = begun.replace("{p}", AWAITED)
    window = f'IF(OR({start}=0,AND({start}>=[plan.vroegste@],{start}<=[plan.laatste@])),"ja","nee")'
    if draft.has_history:
        window = f'IF({BEGUN}>0,"ja",{window})'
    return (
        text("maatregel", "Maatregel", lambda row: draft.name("maatregel", row.maatregel.maatregel.maatregel),
             "[plan.maatregel@]", 18),
        number("rij", "Rij", lambda row: draft.measure_number[row.maatregel.maatregel.maatregel],
               "N([-rij])+1", Format.COUNT),
        text("in_venster", "Start in eigen jaren", lambda row: yes(row.in_venster), window),
        number("in_project", "Gekozen in project", lambda row: row.maatregel.in_project,
               f'COUNTIFS([plan.project],{project},[plan.gekozen],"ja")', Format.COUNT),
        text("enkel", "Hooguit een", lambda row: yes(row.enkel), 'IF([in_project]<=1,"ja","nee")'),
        text("verplicht", "Verplicht gekozen", lambda row: yes(row.verplicht),
             'IF(AND([maatregelen.verplicht@]="ja",[in_project]=0),"nee","ja")'),
        text("vereist", "Vereiste is begonnen", lambda row: yes(row.vereist),
             f'IF(OR({start}=0,{REQUIRED}=""),"ja",IF(COUNTIFS({required})>0,"ja","nee"))'),
        text("wacht_op", "Plaatsen zijn er", lambda row: yes(row.wacht_op),
             f'IF(OR({start}=0,{AWAITED}=""),"ja",'
             f'IF(AND(COUNTIFS({awaited})>0,COUNTIFS({undelivered})=0),"ja","nee"))'),
    )  # fmt: skip


def _facts(draft: Draft) -> tuple[Column[ConditionRow], ...]:
    """What has started starts in its year, and nothing else starts in a closed year."""
    if not draft.has_history:
        return ()
    year_begun = "SUMIFS([gestart.jaar],[gestart.maatregel],[plan.maatregel@])"
    later = "OR([plan.start@]=0,[plan.start@]>{laatste_afgesloten})"
    return (
        text("feit", "Begonnen zoals het is", lambda row: yes(row.feit),
             f'IF(IF({BEGUN}>0,[plan.start@]={year_begun},{later}),"ja","nee")'),
    )  # fmt: skip
