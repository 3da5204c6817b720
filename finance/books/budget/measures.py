"""The sheet `maatregelen`, and the calculation sheet with its conditions."""

from __future__ import annotations

from typing import Final

from finance.books.budget import timeline
from finance.books.budget.draft import Draft
from finance.books.budget.rows import MeasureRow
from finance.books.origins import decided, from_input, traced
from finance.rules.activities import ALTERNATIVE_SORT, shows_activity
from finance.tables import live, pasted
from finance.tables.grid import Format, Origin
from finance.tables.pages import Column, Page, Table

OF_MEASURE: Final = "[effect.rij~],[rekenplan.rij@]"
REQUIRED: Final = "[maatregelen.vereist@]"
AWAITED: Final = "[maatregelen.wacht_op@]"
BEGUN: Final = "COUNTIFS([gestart.maatregel],[plan.maatregel@])"
ALL_CLOSE: Final = f'COUNTIFS([plan.project],{REQUIRED})=COUNTIFS([plan.project],{REQUIRED},[plan.sluit],"ja")'


def page(draft: Draft) -> Page:
    """The sheet `maatregelen`."""
    columns = _properties(draft) + _choice(draft) + _window() + _meaning(draft)
    table = Table(
        "plan",
        "",
        draft.measure_rows,
        columns,
        ids=lambda row: (row.maatregel.maatregel,),
        blocks=draft.blocks_of_measures,
    )
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
        live.text("maatregel", "Maatregel", "[maatregelen.maatregel@]", 18),
        live.text("project", "Variant van project", "[maatregelen.project@]", 18),
        live.text("omschrijving", "Omschrijving", '[maatregelen.omschrijving@]&""', 44),
        live.text("aanbieder", "Aanbieder", "[maatregelen.aanbieder@]"),
        live.text("gekozen", "Gekozen", 'IF([start]=0,"nee","ja")', 9),
        traced(
            pasted.decision("start", "Start", lambda row: row.start, Format.YEAR, width=8),
            lambda row: _decided(draft, row),
        ),
    )


def _choice(draft: Draft) -> tuple[Column[MeasureRow], ...]:
    """What the input says of choosing; nothing where it leaves every choice free."""
    if not draft.shows("maatregelen", "keuze"):
        return ()
    return (live.text("keuze", "Keuze in de invoer", "[maatregelen.keuze@]", 9),)


def _decided(draft: Draft, row: MeasureRow) -> Origin:
    """A start is a decision of the model, or a fact."""
    begun = {known.maatregel: known.rij for known in draft.case.started_rows}
    if row.maatregel.maatregel in begun:
        return from_input(draft.case, "gestart", "jaar", begun[row.maatregel.maatregel])
    return decided("startjaar" if row.start else "niet gekozen")


def _window() -> tuple[Column[MeasureRow], ...]:
    return (
        live.year("vroegste", "Vroegste start", "[maatregelen.vroegste_start@]", 9),
        live.year("laatste", "Laatste start", "[maatregelen.laatste_start@]", 9),
        _counted("later", "Jaren later dan vroegste", "IF([start]=0,0,[start]-[vroegste])"),
    )


def _meaning(draft: Draft) -> tuple[Column[MeasureRow], ...]:
    costs = "SUMIFS([kost.nominaal~],[kost.rij~],[rekenplan.rij@])"
    if draft.has_history:
        costs = "ROUND(SUMIFS([lijn.kosten],[rekenlijn.rij_maatregel],[rekenplan.rij@]),2)"
    return (
        live.euro("kosten", "Nominale kosten", costs),
        _counted("erbij", "Plaatsen erbij", f"SUMIFS([effect.nieuw~],{OF_MEASURE})"),
        _counted("eraf", "Plaatsen eraf", f"SUMIFS([effect.in_plan~],{OF_MEASURE})-[erbij]"),
        _counted("waardering", "Waardering", "IF([start]=0,0,[maatregelen.waardering@])", Format.GENERAL),
        live.text("sluit", "Sluit gesloten plaatsen", f'IF(SUMIFS([effect.gesloten~],{OF_MEASURE})<0,"ja","nee")', 10),
        live.text(
            "gekoppeld",
            "Gekoppeld aan sluiting",
            f'IF([sluit]="ja","ja",IF({REQUIRED}="","nee",IF({ALL_CLOSE},"ja","nee")))',
            10,
        ),
        *_activity(draft),
    )


def _activity(draft: Draft) -> tuple[Column[MeasureRow], ...]:
    """The activity of art. 3 of the regulation of 2024; no column where no grant of the case is one of 2024."""
    if not shows_activity(draft.case):
        return ()
    places = "[effect.af_of_ombouw~]" if draft.has_hybrid else "[effect.gesloten~]"
    other = f'OR(COUNTIFS({OF_MEASURE})>0,[maatregelen.soort@]="{ALTERNATIVE_SORT}")'
    opens = f'COUNTIFS({OF_MEASURE},{places},">0")>0'
    formula = f'IF(SUMIFS({places},{OF_MEASURE})<0,"a",IF({opens},"b",IF({other},"c","a")))'
    return (live.text("activiteit", "Activiteit (2024, art. 3)", formula, 10),)


def _counted(key: str, head: str, formula: str, fmt: Format = Format.COUNT) -> Column[MeasureRow]:
    return live.column(key, head, formula, fmt, width=11, total=True)


def calculation_page(draft: Draft) -> Page:
    """The sheet `rekenblad_maatregelen`: whether the start years keep to the conditions."""
    return Page(
        "rekenblad_maatregelen",
        "Rekenblad: voorwaarden aan maatregelen",
        "Of elke gekozen maatregel begint in zijn eigen jaren, alleen staat in zijn project, en wacht op"
        " wat eerst moet. Elke rij hoort bij dezelfde rij van het blad maatregelen.",
        (
            Table(
                "rekenplan",
                "",
                draft.measure_rows,
                _conditions(draft) + _facts(draft),
                blocks=draft.blocks_of_measures,
            ),
        ),
        tab="berekening",
    )


def _conditions(draft: Draft) -> tuple[Column[MeasureRow], ...]:
    start, project = "[plan.start@]", "[plan.project@]"
    begun = f'[plan.project],{{p}},[plan.start],">0",[plan.start],"<="&{start}'
    undelivered = f'[effect.project],{AWAITED},[effect.nieuw],">0",[effect.ingang],">"&{start}'
    chosen_of_project = f'SUMPRODUCT(([plan.project~]={project})*([plan.gekozen~]="ja"))'
    early = f",SUMIFS([effect.te_vroeg~],{OF_MEASURE})=0" if draft.by_month else ""
    required = begun.replace("{p}", REQUIRED)
    awaited = begun.replace("{p}", AWAITED)
    window = f'IF(OR({start}=0,AND({start}>=[plan.vroegste@],{start}<=[plan.laatste@])),"ja","nee")'
    if draft.has_history:
        window = f'IF({BEGUN}>0,"ja",{window})'
    return (
        live.text("maatregel", "Maatregel", "[plan.maatregel@]", 18),
        live.number("rij", "Rij", "N([-rij])+1", Format.COUNT),
        live.text("in_venster", "Start in eigen jaren", window),
        live.number(
            "in_project",
            "Gekozen in project",
            chosen_of_project,
            Format.COUNT,
        ),
        live.text("enkel", "Hooguit een", 'IF([in_project]<=1,"ja","nee")'),
        live.text("verplicht", "Verplicht gekozen", 'IF(AND([maatregelen.verplicht@]="ja",[in_project]=0),"nee","ja")'),
        live.text(
            "vereist",
            "Vereiste is begonnen",
            f'IF(OR({start}=0,{REQUIRED}=""),"ja",IF(COUNTIFS({required})>0,"ja","nee"))',
        ),
        live.text(
            "wacht_op",
            "Plaatsen zijn er",
            f'IF(OR({start}=0,{AWAITED}=""),"ja",IF(AND(COUNTIFS({awaited})>0,COUNTIFS({undelivered})=0{early}),"ja",'
            '"nee"))',
        ),
        *([_chosen()] if draft.shows("maatregelen", "keuze") else []),
        *timeline.measure_columns(draft),
    )


def _chosen() -> Column[MeasureRow]:
    """What must be chosen is, and what must not be is not."""
    fine = 'OR([plan.keuze@]="mag",[plan.keuze@]=IF([plan.start@]=0,"niet","moet"))'
    return live.text("keuze", "Keuze is gevolgd", f'IF({fine},"ja","nee")')


def _facts(draft: Draft) -> tuple[Column[MeasureRow], ...]:
    """What has started starts in its year, and nothing else starts in a closed year."""
    if not draft.has_history:
        return ()
    year_begun = "SUMIFS([gestart.jaar],[gestart.maatregel],[plan.maatregel@])"
    later = "OR([plan.start@]=0,[plan.start@]>{laatste_afgesloten})"
    return (
        live.text("feit", "Begonnen zoals het is", f'IF(IF({BEGUN}>0,[plan.start@]={year_begun},{later}),"ja","nee")'),
    )
