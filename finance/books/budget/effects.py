"""The sheet `rekenblad_effecten`: what each effect of the input does in this plan."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from finance.books.budget.draft import Draft
from finance.books.budget.rows import EffectRow
from finance.tables.columns import number, text, year
from finance.tables.grid import Format
from finance.tables.pages import Column, Page, Table

IS_CLOSED: Final = 'INDEX([zorgvormen.gesloten],MATCH([zorgvorm],[zorgvormen.zorgvorm],0))="ja"'
BY_TRANSITION: Final = 'INDEX([maatregelen.door_transitie],[rij])="ja"'


def page(draft: Draft) -> Page:
    """The sheet `rekenblad_effecten`."""
    table = Table("effect", "", draft.effect_rows, _keys(draft) + _figures(draft))
    return Page(
        "rekenblad_effecten",
        "Rekenblad: effecten op plaatsen",
        "Elke rij van het invoerblad effecten, met het jaar waarin zij in dit plan ingaat.",
        (table,),
        tab="berekening",
    )


def _keys(draft: Draft) -> tuple[Column[EffectRow], ...]:
    return (
        text("maatregel", "Maatregel", lambda row: draft.name("maatregel", row.maatregel.maatregel),
             "[effecten.maatregel@]", 16),
        text("project", "Project", lambda row: draft.name("project", row.maatregel.project),
             "INDEX([maatregelen.project],[rij])", 16),
        text("locatie", "Locatie", lambda row: draft.name("locatie", row.effect.locatie),
             "[effecten.locatie@]"),
        text("zorgvorm", "Zorgvorm", lambda row: draft.name("zorgvorm", row.effect.zorgvorm),
             "[effecten.zorgvorm@]"),
    )  # fmt: skip


def _figures(draft: Draft) -> tuple[Column[EffectRow], ...]:
    measures = draft.measure_number
    return (
        number("rij", "Rij in maatregelen", lambda row: measures[row.effect.maatregel],
               "MATCH([maatregel],[maatregelen.maatregel],0)"),
        _whole("plaatsen", "Plaatsen", lambda row: row.effect.plaatsen, "[effecten.plaatsen@]"),
        year("start", "Start (0: niet gekozen)", lambda row: row.start,
             "INDEX([plan.start],[rij])", 11),
        year("ingang", "Jaar van ingang", lambda row: row.ingang,
             "IF([start]=0,0,[start]+[effecten.na_jaren@])", 9),
        _whole("in_plan", "Plaatsen in dit plan", lambda row: row.in_plan, "IF([start]=0,0,[plaatsen])"),
        _whole("nieuw", "Waarvan nieuw", lambda row: max(0, row.in_plan), "MAX(0,[in_plan])"),
        _whole("gesloten", "Gesloten plaatsen", lambda row: row.effect.plaatsen * row.gesloten,
               f"IF({IS_CLOSED},[plaatsen],0)"),
        _whole("sluitend", "Sluit door de transitie", lambda row: row.sluitend,
               f"IF({BY_TRANSITION},MAX(0,-[in_plan]),0)"),
    )  # fmt: skip


def _whole(key: str, head: str, value: Callable[[EffectRow], int], formula: str) -> Column[EffectRow]:
    return number(key, head, value, formula, Format.COUNT)
