"""The sheet `samenvatting`: what is done when, what it costs, and who pays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, cast

from finance.books.budget import groups, history
from finance.books.budget.chains import Links
from finance.books.budget.cover import Covered, cover_columns
from finance.books.budget.draft import Draft
from finance.books.budget.rows import DemandRow, MeasureRow
from finance.books.budget.summary_rows import (
    OF_CHOSEN,
    OF_GOALS,
    OF_STATE,
    chosen_rows,
    euro_goals,
    group_rows,
    year_rows,
)
from finance.books.budget.totals import FIRST_GOAL, LAST_GOAL, goal_format
from finance.case.sheets import CareForm
from finance.case.words import BURDEN, CHANGES, FLOOR, UNITS
from finance.places import on_grid
from finance.plan.goals import cost_meaning
from finance.tables import live, pasted
from finance.tables.blocks import blocks_of
from finance.tables.columns import or_else, where_it_stood
from finance.tables.grid import Format, Role, Value
from finance.tables.pages import Column, Figure, Page, Table, Target

MEANING: Final = {
    CHANGES: "Besluiten die anders zijn dan in het goedgekeurde plan",
    "tekort_plaatsen": "Jeugdigen voor wie geen plaats is",
    "uitwijk": "Jeugdigen op een plaats van een andere zorgvorm",
    "boven_plafond": "Plaatsen boven het plafond",
    FLOOR: "Plaatsen die onder een ondergrens ontbreken",
    "ongedekt": "Kosten zonder dekking",
    BURDEN: "Betaald door gemeenten, uit welke bron ook",
    "eigen_geld": "Betaald uit eigen geld en door gemeenten",
    "waardering": "Punten van de gekozen maatregelen",
    "spuk_onbesteed": "Uitkering die niet is besteed; wat terug moet staat op het blad sisa",
    "startjaren": "Jaren later begonnen dan kon",
}
"""What each goal means to a reader; that of kosten_ncw depends on closed years."""
CLOSED: Final = ("SLUITEND", "NIET SLUITEND")
"""Whether every euro has cover, in the words of the workbook."""
CHART_ROWS: Final = 14
"""So low that two charts stand on the first page under the verdict."""


def page(draft: Draft, links: Links) -> Page:
    """The sheet `samenvatting`."""
    care = [groups.in_short(draft, CHART_ROWS)] if draft.case.care_groups else _closed_care(draft)
    return Page(
        "samenvatting",
        "Samenvatting",
        "Wat er gebeurt en wanneer, wat het kost, wie het betaalt, en wat het doet met de plaatsen.",
        (
            _state(draft, links),
            _money_chart(draft),
            *(figure for _, figure in care),
            _goals(draft, links),
            _chosen(draft, links),
            _groups(draft, links),
            _years(draft, links),
            *(table for table, _ in care),
        ),
    )


def _closed_care(draft: Draft) -> list[tuple[Table[Any], Figure]]:
    """The places of each closed zorgvorm that young people need."""
    needed = {row.zorgvorm for row in draft.case.demand}
    closed = [row for row in draft.case.care_forms if row.is_closed and row.zorgvorm in needed]
    return [_care(draft, form, f"gesloten_{at}") for at, form in enumerate(closed)]


def _state(draft: Draft, links: Links) -> Table[Draft]:
    lines = "ROWS([lijn.stand])" if draft.statement.lines else "COUNT([lijn.kosten])"
    return Table(
        "slotsom",
        "",
        (draft,),
        (
            live.column(
                "sluitend",
                "Dekking",
                or_else(f'IF(COUNTIF([lijn.stand],"GEDEKT")={lines},"{CLOSED[0]}","{CLOSED[1]}")', CLOSED[1]),
                role=Role.CHECK,
                width=26,
            ),
            live.euro("kosten", "Alle kosten", "[groepdekking.kosten=]", total=False),
            live.euro("betaald", "Betaald", "[lijn.betaald=]", total=False),
            live.euro("ongedekt", "Ongedekt", 'ROUND(SUMIFS([lijn.ongedekt],[lijn.ongedekt],">0"),2)', total=False),
            live.number("maatregelen", "Gekozen maatregelen", 'COUNTIF([plan.gekozen],"ja")', Format.COUNT),
            live.euro("lasten", "Betaald door gemeenten", "[gemeentelast.betaald=]", total=False),
            live.euro("verschuldigd", "Verschuldigd door gemeenten", "[gemeentelast.verschuldigd=]", total=False),
            links.column(lambda _: Target(OF_STATE, "kolom")),
        ),
    )


def _chosen(draft: Draft, links: Links) -> Table[MeasureRow]:
    rows = chosen_rows(draft)
    place = {row.maatregel.maatregel: at for at, row in enumerate(rows)}
    return Table(
        "gekozen",
        "Wat er gebeurt, en wanneer",
        rows,
        (
            pasted.text(
                "maatregel", "Maatregel", lambda row: draft.name("maatregel", row.maatregel.maatregel), width=26
            ),
            live.year("start", "Start", _of_measure("start"), 15),
            live.euro("kosten", "Nominale kosten", _of_measure("kosten")),
            live.number("erbij", "Plaatsen erbij", _of_measure("erbij"), Format.COUNT),
            live.number("eraf", "Plaatsen eraf", _of_measure("eraf"), Format.COUNT),
            links.column(lambda row: Target(OF_CHOSEN, "maatregel", place[row.maatregel.maatregel])),
            live.column(
                "omschrijving",
                "Omschrijving",
                _of_measure("omschrijving"),
                Format.TEXT,
                role=Role.LABEL,
            ),
        ),
        ids=lambda row: (row.maatregel.maatregel,),
        blocks={
            "plan": blocks_of([row.maatregel.maatregel for row in rows], (row.maatregel for row in draft.case.measures))
        },
    )


def _of_measure(column: str) -> str:
    return where_it_stood("[maatregel]", "plan.maatregel", f"plan.{column}")


def _groups(draft: Draft, links: Links) -> Table[Covered[str]]:
    rows = group_rows(draft)
    position = {row.key: at for at, row in enumerate(rows)}
    cover: tuple[Column[Covered[str]], ...] = cover_columns(
        draft, "[rekenlijn.groep],[groep]", "[rekenbetaling.kostengroep],[groep]", "[rekenkrediet.groep],[groep]"
    )
    return Table(
        "groepdekking",
        "Wat het kost, en wie het betaalt",
        rows,
        (
            pasted.text("groep", "Groep", lambda row: row.key, width=26),
            *cover,
            links.row_column("groepdekking", lambda row: position[row.key]),
        ),
        ids=lambda row: (row.key,),
    )


def _years(draft: Draft, links: Links) -> Table[Covered[int]]:
    rows = year_rows(draft)
    position = {row.key: at for at, row in enumerate(rows)}
    cover: tuple[Column[Covered[int]], ...] = cover_columns(
        draft, "[lijn.jaar],[jaar]", "[betaling.jaar],[jaar]", "[krediet.jaar],[jaar]"
    )
    return Table(
        "jaardekking",
        "Geld per jaar en per bron",
        rows,
        (
            live.year("jaar", "Jaar", "IF(N([-jaar])=0,{eerste_jaar},[-jaar]+1)", 26),
            *([history.label()] if draft.has_history else []),
            *cover,
            links.row_column("jaardekking", lambda row: position[row.key]),
        ),
        ids=lambda row: (row.key,),
    )


def _money_chart(draft: Draft) -> Figure:
    keys = tuple(key for key, _ in draft.source_keys)
    return Figure(
        "Geld per jaar, naar bron",
        "euro",
        "jaardekking",
        "jaar",
        (*keys, "ongedekt"),
        stacked=True,
        red=("ongedekt",),
        depth=CHART_ROWS,
    )


@dataclass(frozen=True, slots=True)
class _CareYear:
    """One zorgvorm in one year; nothing is known of a year without demand."""

    jaar: int
    rij: DemandRow | None

    def value(self, name: str) -> Value:
        """A number of the year; 0 where there is none."""
        return 0 if self.rij is None else cast("Value", getattr(self.rij, name))

    @property
    def jeugdigen(self) -> Value:
        """Young people who need this zorgvorm."""
        return 0 if self.rij is None else on_grid(self.rij.vraag.jeugdigen or 0)

    @property
    def plafond(self) -> Value:
        """The ceiling on places; empty where there is none."""
        known = self.rij is not None and self.rij.vraag.plafond is not None
        return self.rij.vraag.plafond if self.rij and known else ""


def _care(draft: Draft, form: CareForm, name: str) -> tuple[Table[_CareYear], Figure]:
    """The places of one closed zorgvorm against its need, as a table and a chart."""
    known = {row.vraag.jaar: row for row in draft.demand_rows if row.vraag.zorgvorm == form.zorgvorm}
    rows = [_CareYear(at, known.get(at)) for at in draft.years]
    limited = all(row.plafond != "" for row in rows)
    lines = ("vraag", "plafond") if limited else ("vraag",)
    return (
        Table(
            name,
            f"Plaatsen: {_called(form)}",
            rows,
            _care_columns(draft, form),
            ids=lambda row: (form.zorgvorm, row.jaar),
            as_data=f"gesloten:{form.zorgvorm}",
        ),
        Figure(
            f"Plaatsen en vraag: {_called(form)}",
            "plaatsen",
            name,
            "jaar",
            ("plaatsen",),
            lines,
            stacked=False,
            depth=CHART_ROWS,
        ),
    )


def _called(form: CareForm) -> str:
    """The name of a zorgvorm; a hybrid one is told apart."""
    return f"{form.naam} (hybride)" if form.is_hybrid else form.naam


def _care_columns(draft: Draft, form: CareForm) -> tuple[Column[_CareYear], ...]:
    key = draft.name("zorgvorm", form.zorgvorm)
    of_form = "[vraagdekking.zorgvorm],[zorgvorm],[vraagdekking.jaar],[jaar]"

    def looked_up(column: str, head: str) -> Column[_CareYear]:
        return live.places(column, head, f"SUMIFS([vraagdekking.{column}],{of_form})")

    return (
        pasted.text("zorgvorm", "Zorgvorm", lambda _: key, width=26),
        live.year("jaar", "Jaar", "IF(N([-jaar])=0,{eerste_jaar},[-jaar]+1)", 15),
        live.places("vraag", "Vraag", f"SUMIFS([vraagdekking.vraag],{of_form})"),
        looked_up("plaatsen", "Plaatsen"),
        looked_up("bezet", "Bezet"),
        looked_up("tekort", "Tekort"),
        live.places(
            "plafond",
            "Plafond",
            f'IF(COUNTIFS({of_form},[vraagdekking.plafond],">=0")=0,"",SUMIFS([vraagdekking.plafond],{of_form}))',
        ),
    )


def _goals(draft: Draft, links: Links) -> Table[str]:
    meaning = {**MEANING, "kosten_ncw": cost_meaning(draft.case)}
    if draft.case.care_groups:
        meaning["uitwijk"] = "Jeugdigen op een plaats met voorkeur 2 of hoger"
    heads, shown = f"[doelwaarde.^{FIRST_GOAL}:{LAST_GOAL}]", euro_goals(draft)
    return Table(
        "doeluitkomst",
        "Doelen, in volgorde",
        [goal.doel for goal in draft.case.goals],
        (
            pasted.text("doel", "Doel", lambda name: name, width=26),
            live.column(
                "waarde",
                "Waarde",
                f"INDEX([doelwaarde.{FIRST_GOAL}:{LAST_GOAL}],1,MATCH([doel],{heads},0))",
                goal_format,
                width=15,
            ),
            pasted.text("eenheid", "Eenheid", lambda name: UNITS[name]),
            links.column(lambda name: Target(OF_GOALS, "doel", shown.index(name)) if name in shown else None),
            pasted.text("betekenis", "Wat het is", lambda name: meaning[name]),
        ),
        ids=lambda name: (name,),
    )
