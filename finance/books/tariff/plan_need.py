"""The young people who need a place, on the sheet `plan`: by zorgvorm, or by doelgroep where the case has those."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from finance.books.tariff.draft import Draft
from finance.books.tariff.given import given, key_of
from finance.case.sheets import Demand, GroupNeed, Inflow
from finance.tables import live, pasted
from finance.tables.grid import Format
from finance.tables.pages import Block, Table

OF_FORMS: Final = "SUMIFS([vraag.jeugdigen],[vraag.jaar],[jaar])"
OF_GROUPS: Final = (
    "SUMIFS([behoefte.jeugdigen],[behoefte.jaar],[jaar])+SUMIFS([instroom.plaatsen],[instroom.jaar],[jaar])"
)


def young_people(draft: Draft) -> str:
    """The formula of all who need a place in a year."""
    return OF_GROUPS if draft.case.care_groups else OF_FORMS


def need_tables(draft: Draft) -> Iterator[Block]:
    """The tables of the need."""
    if draft.case.care_groups:
        yield _of_groups(draft)
        yield _inflow(draft)
    else:
        yield _of_forms(draft)


def _of_forms(draft: Draft) -> Table[Demand]:
    return Table(
        "vraag",
        "Jeugdigen die een plaats nodig hebben",
        draft.case.demand,
        (
            pasted.text("zorgvorm", "Zorgvorm", lambda row: key_of(draft, "zorgvorm", row.zorgvorm), width=22),
            given(draft, "vraag", "jaar", "Jaar", lambda row: row.jaar, Format.YEAR),
            given(draft, "vraag", "jeugdigen", "Jeugdigen", lambda row: row.jeugdigen, Format.PLACES),
            pasted.text("herkomst", "Herkomst", lambda row: row.herkomst),
        ),
    )


def _of_groups(draft: Draft) -> Table[GroupNeed]:
    return Table(
        "behoefte",
        "Jeugdigen die een plaats nodig hebben",
        draft.case.group_needs,
        (
            pasted.text("doelgroep", "Doelgroep", lambda row: key_of(draft, "doelgroep", row.doelgroep), width=22),
            given(draft, "behoefte", "jaar", "Jaar", lambda row: row.jaar, Format.YEAR),
            given(draft, "behoefte", "jeugdigen", "Jeugdigen", lambda row: row.jeugdigen, Format.PLACES),
            pasted.text("groep", "Groep", lambda row: row.groep),
            pasted.text("herkomst", "Herkomst", lambda row: row.herkomst),
        ),
    )


def _inflow(draft: Draft) -> Table[Inflow]:
    return Table(
        "instroom",
        "Jeugdigen die instromen, en hoe lang zij blijven",
        draft.case.inflow,
        (
            pasted.text("doelgroep", "Doelgroep", lambda row: key_of(draft, "doelgroep", row.doelgroep), width=22),
            given(draft, "instroom", "jaar", "Jaar", lambda row: row.jaar, Format.YEAR),
            given(draft, "instroom", "instroom", "Instroom", lambda row: row.instroom, Format.GENERAL),
            given(
                draft,
                "instroom",
                "doorlooptijd_maanden",
                "Doorlooptijd, maanden",
                lambda row: row.doorlooptijd_maanden,
                Format.GENERAL,
            ),
            pasted.text("groep", "Groep", lambda row: row.groep),
            live.places("plaatsen", "Jeugdigen tegelijk", "[instroom]*[doorlooptijd_maanden]/{maanden}"),
            pasted.text("herkomst", "Herkomst", lambda row: row.herkomst),
        ),
    )
