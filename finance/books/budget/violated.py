"""The sheet `overtredingen` of an allocation made by hand: what it breaks, by which rule, in which cell."""

from __future__ import annotations

from typing import Final

from finance.books.budget.draft import Draft
from finance.handmade import Violation
from finance.tables import pasted
from finance.tables.pages import Block, Notes, Page, Table

NONE: Final = "Deze toewijzing gaat tegen geen enkele regel of grens in."


def page(draft: Draft) -> Page:
    """The sheet `overtredingen`."""
    found: Block = _violations(draft) if draft.violations else Notes("", (NONE,))
    return Page(
        "overtredingen",
        "Overtredingen",
        "Waar de toewijzing tegen een regel of een grens in gaat, zoals gevonden bij het schrijven, met de"
        " vindplaats van de regel en de cellen van de toewijzing. Op de bladen regels, dekking, capaciteit"
        " en controles staat daar VOLDOET NIET; die oordelen rekenen mee.",
        (found,),
    )


def _violations(draft: Draft) -> Table[Violation]:
    return Table(
        "overtreding",
        "",
        draft.violations,
        (
            pasted.text("waar", "Waar", lambda row: row.waar, width=26, wrap=True),
            pasted.text("wat", "Wat er niet klopt", lambda row: row.wat, width=38, wrap=True),
            pasted.text("waarde", "Waarde", lambda row: row.waarde, width=17),
            pasted.text("grens", "Grens", lambda row: row.grens, width=17),
            pasted.text("te_veel", "Te veel", lambda row: row.te_veel, width=15),
            pasted.text("regel", "Regel", lambda row: row.regel, width=24, wrap=True),
            pasted.text("vindplaats", "Vindplaats", lambda row: row.vindplaats, width=34, wrap=True),
            pasted.text("cellen", "Cellen van de toewijzing", lambda row: row.where, width=26, wrap=True),
        ),
    )
