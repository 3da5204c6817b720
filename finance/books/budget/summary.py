"""The sheet `samenvatting`: what is done when, what it costs, and who pays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, cast

from finance.books.budget import history
from finance.books.budget.chains import trail_column
from finance.books.budget.cover import Covered, cover_columns
from finance.books.budget.draft import Draft
from finance.books.budget.rows import DemandRow, MeasureRow
from finance.books.budget.sum_chains import (
    OF_CHOSEN,
    OF_GOALS,
    OF_STATE,
    chain_of_group,
    chain_of_year,
    goal_chains,
)
from finance.books.budget.summary_rows import chosen_rows, group_rows, year_rows
from finance.books.budget.totals import FIRST_GOAL, LAST_GOAL, goal_format
from finance.case.sheets import CareForm
from finance.case.words import CHANGES, UNITS
from finance.money import ZERO, Money
from finance.plan.goals import cost_meaning
from finance.tables.columns import euro, number, or_else, places, text, year
from finance.tables.grid import Format, Role, Value
from finance.tables.pages import Column, Figure, Page, Table, Target

MEANING: Final = {
    CHANGES: "Besluiten die anders zijn dan in het goedgekeurde plan",
    "tekort_plaatsen": "Jeugdigen voor wie geen plaats is",
    "uitwijk": "Jeugdigen op een plaats van een andere zorgvorm",
    "boven_plafond": "Plaatsen boven het plafond",
    "ongedekt": "Kosten zonder dekking",
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
MEASURE_ROW: Final = "MATCH([maatregel],[plan.maatregel],0)"


def page(draft: Draft) -> Page:
    """The sheet `samenvatting`."""
    needed = {row.zorgvorm for row in draft.case.demand}
    closed = [row for row in draft.case.care_forms if row.gesloten and row.zorgvorm in needed]
    care = [_care(draft, form, f"gesloten_{at}") for at, form in enumerate(closed)]
    return Page(
        "samenvatting",
        "Samenvatting",
        "Wat er gebeurt en wanneer, wat het kost, wie het betaalt, en wat het doet met de plaatsen.",
        (
            _state(draft),
            _money_chart(draft),
            *(figure for _, figure in care),
            _goals(draft),
            _chosen(draft),
            _groups(draft),
            _years(draft),
            *(table for table, _ in care),
        ),
    )


def _state(draft: Draft) -> Table[Draft]:
    total = Money.total(line.kosten for line in draft.statement.lines)
    paid = Money.total(line.betaald for line in draft.statement.lines)
    gap = Money.total(max(ZERO, line.ongedekt) for line in draft.statement.lines)
    lines = "ROWS([lijn.stand])" if draft.statement.lines else "COUNT([lijn.kosten])"
    return Table(
        "slotsom",
        "",
        (draft,),
        (
            Column("sluitend", "Dekking", lambda _: closing_word(draft),
                   or_else(f'IF(COUNTIF([lijn.stand],"GEDEKT")={lines},"{CLOSED[0]}","{CLOSED[1]}")',
                           CLOSED[1]), role=Role.CHECK, width=26),
            euro("kosten", "Alle kosten", lambda _: total, "[groepdekking.kosten=]", total=False),
            euro("betaald", "Betaald", lambda _: paid, "[lijn.betaald=]", total=False),
            euro("ongedekt", "Ongedekt", lambda _: gap,
                 'ROUND(SUMIFS([lijn.ongedekt],[lijn.ongedekt],">0"),2)', total=False),
            number("maatregelen", "Gekozen maatregelen", lambda _: len(draft.starts),
                   'COUNTIF([plan.gekozen],"ja")', Format.COUNT),
            trail_column(lambda _: Target(OF_STATE, "kolom")),
        ),
    )  # fmt: skip


def closing_word(draft: Draft) -> str:
    """Whether every euro has cover, in the words of the workbook."""
    return CLOSED[0] if draft.outcome.closed else CLOSED[1]


def _chosen(draft: Draft) -> Table[MeasureRow]:
    rows = chosen_rows(draft)
    place = {row.maatregel.maatregel: at for at, row in enumerate(rows)}
    return Table(
        "gekozen",
        "Wat er gebeurt, en wanneer",
        rows,
        (
            text("maatregel", "Maatregel", lambda row: draft.name("maatregel", row.maatregel.maatregel),
                 width=26),
            year("start", "Start", lambda row: row.start, f"INDEX([plan.start],{MEASURE_ROW})", 15),
            euro("kosten", "Nominale kosten", lambda row: row.kosten, f"INDEX([plan.kosten],{MEASURE_ROW})"),
            number("erbij", "Plaatsen erbij", lambda row: row.erbij, f"INDEX([plan.erbij],{MEASURE_ROW})",
                   Format.COUNT),
            number("eraf", "Plaatsen eraf", lambda row: row.eraf, f"INDEX([plan.eraf],{MEASURE_ROW})",
                   Format.COUNT),
            trail_column(lambda row: Target(OF_CHOSEN, "maatregel", place[row.maatregel.maatregel])),
            Column("omschrijving", "Omschrijving", lambda row: row.maatregel.omschrijving,
                   f"INDEX([plan.omschrijving],{MEASURE_ROW})", Format.TEXT, Role.LABEL),
        ),
        ids=lambda row: (row.maatregel.maatregel,),
    )  # fmt: skip


def _groups(draft: Draft) -> Table[Covered[str]]:
    trails = chain_of_group(draft)
    cover: tuple[Column[Covered[str]], ...] = cover_columns(
        draft, "[rekenlijn.groep],[groep]", "[rekenbetaling.kostengroep],[groep]"
    )
    return Table(
        "groepdekking",
        "Wat het kost, en wie het betaalt",
        group_rows(draft),
        (
            text("groep", "Groep", lambda row: row.key, width=26),
            *cover,
            trail_column(lambda row: trails.get(row.key)),
        ),
        ids=lambda row: (row.key,),
    )


def _years(draft: Draft) -> Table[Covered[int]]:
    trails = chain_of_year(draft)
    cover: tuple[Column[Covered[int]], ...] = cover_columns(
        draft, "[lijn.jaar],[jaar]", "[betaling.jaar],[jaar]"
    )
    return Table(
        "jaardekking",
        "Geld per jaar en per bron",
        year_rows(draft),
        (
            year("jaar", "Jaar", lambda row: row.key, "IF(N([-jaar])=0,{eerste_jaar},[-jaar]+1)", 26),
            *([history.label(draft, lambda row: row.key)] if draft.has_history else []),
            *cover,
            trail_column(lambda row: trails.get(row.key)),
        ),
        ids=lambda row: (row.key,),
    )


def _money_chart(draft: Draft) -> Figure:
    keys = tuple(key for key, _ in draft.source_keys)
    return Figure(
        "Geld per jaar, naar bron", "euro", "jaardekking", "jaar", (*keys, "ongedekt"), stacked=True,
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
        return 0 if self.rij is None else self.rij.vraag.nodig

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
        Table(name, f"Plaatsen: {form.naam}", rows, _care_columns(draft, form),
              ids=lambda row: (form.zorgvorm, row.jaar), as_data=f"gesloten:{form.zorgvorm}"),
        Figure(f"Plaatsen en vraag: {form.naam}", "plaatsen", name, "jaar", ("plaatsen",), lines,
               stacked=False, depth=CHART_ROWS),
    )  # fmt: skip


def _care_columns(draft: Draft, form: CareForm) -> tuple[Column[_CareYear], ...]:
    key = draft.name("zorgvorm", form.zorgvorm)
    of_form = "[vraagdekking.zorgvorm],[zorgvorm],[vraagdekking.jaar],[jaar]"

    def looked_up(column: str, head: str, name: str) -> Column[_CareYear]:
        return places(column, head, lambda row: row.value(name), f"SUMIFS([vraagdekking.{column}],{of_form})")

    return (
        text("zorgvorm", "Zorgvorm", lambda _: key, width=26),
        year("jaar", "Jaar", lambda row: row.jaar, "IF(N([-jaar])=0,{eerste_jaar},[-jaar]+1)", 15),
        places("vraag", "Vraag", lambda row: row.jeugdigen, f"SUMIFS([vraagdekking.vraag],{of_form})"),
        looked_up("plaatsen", "Plaatsen", "plaatsen"),
        looked_up("bezet", "Bezet", "bezet"),
        looked_up("tekort", "Tekort", "tekort"),
        places("plafond", "Plafond", lambda row: row.plafond,
               f'IF(COUNTIFS({of_form},[vraagdekking.plafond],">=0")=0,"",'
               f"SUMIFS([vraagdekking.plafond],{of_form}))"),
    )  # fmt: skip


def _goals(draft: Draft) -> Table[str]:
    values, meaning = draft.outcome.goals, {**MEANING, "kosten_ncw": cost_meaning(draft.case)}
    heads, shown = f"[doelwaarde.^{FIRST_GOAL}:{LAST_GOAL}]", goal_chains(draft)
    return Table(
        "doeluitkomst",
        "Doelen, in volgorde",
        [goal.doel for goal in draft.case.goals],
        (
            text("doel", "Doel", lambda name: name, width=26),
            Column("waarde", "Waarde", lambda name: values[name],
                   f"INDEX([doelwaarde.{FIRST_GOAL}:{LAST_GOAL}],1,MATCH([doel],{heads},0))",
                   goal_format, width=15),
            text("eenheid", "Eenheid", lambda name: UNITS[name]),
            trail_column(lambda name: Target(OF_GOALS, "doel", shown.index(name)) if name in shown else None),
            text("betekenis", "Wat het is", lambda name: meaning[name]),
        ),
        ids=lambda name: (name,),
    )  # fmt: skip
