"""The sheet `rekenblad_effecten`: what each effect of the input does in this plan."""

from __future__ import annotations

from typing import Final

from finance.books.budget.draft import Draft
from finance.books.budget.rows import EffectRow
from finance.tables import live, pasted
from finance.tables.columns import found_row
from finance.tables.grid import Format
from finance.tables.pages import Column, Page, Table

IS_CLOSED: Final = 'INDEX([zorgvormen.gesloten],MATCH([zorgvorm],[zorgvormen.zorgvorm],0))="ja"'
BY_TRANSITION: Final = 'INDEX([maatregelen.door_transitie],[rij])="ja"'


def page(draft: Draft) -> Page:
    """The sheet `rekenblad_effecten`."""
    table = Table("effect", "", draft.effect_rows, (*_keys(), *_figures(), _pointer(draft)))
    return Page(
        "rekenblad_effecten",
        "Rekenblad: effecten op plaatsen",
        "Elke rij van het invoerblad effecten, met het jaar waarin zij in dit plan ingaat.",
        (table,),
        tab="berekening",
    )


def _keys() -> tuple[Column[EffectRow], ...]:
    return (
        live.text("maatregel", "Maatregel", "[effecten.maatregel@]", 16),
        live.text("project", "Project", "INDEX([maatregelen.project],[rij])", 16),
        live.text("locatie", "Locatie", "[effecten.locatie@]"),
        live.text("zorgvorm", "Zorgvorm", "[effecten.zorgvorm@]"),
    )


def _figures() -> tuple[Column[EffectRow], ...]:
    return (
        live.number("rij", "Rij in maatregelen", found_row("[maatregel]", "[maatregelen.maatregel]")),
        _whole("plaatsen", "Plaatsen", "[effecten.plaatsen@]"),
        live.year("start", "Start (0: niet gekozen)", "INDEX([plan.start],[rij])", 11),
        live.year("ingang", "Jaar van ingang", "IF([start]=0,0,[start]+[effecten.na_jaren@])", 9),
        _whole("in_plan", "Plaatsen in dit plan", "IF([start]=0,0,[plaatsen])"),
        _whole("nieuw", "Waarvan nieuw", "MAX(0,[in_plan])"),
        _whole("gesloten", "Gesloten plaatsen", f"IF({IS_CLOSED},[plaatsen],0)"),
        _whole("sluitend", "Sluit door de transitie", f"IF({BY_TRANSITION},MAX(0,-[in_plan]),0)"),
    )


def _pointer(draft: Draft) -> Column[EffectRow]:
    return pasted.row_number("wijzer", "Stond op rij", lambda row: draft.measure_number[row.effect.maatregel])


def _whole(key: str, head: str, formula: str) -> Column[EffectRow]:
    return live.number(key, head, formula, Format.COUNT)
