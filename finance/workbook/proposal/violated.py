"""The sheet `overtredingen` of an allocation made by hand: what it breaks, by which rule, in which cell."""

from __future__ import annotations

from finance.handmade import Violation
from finance.workbook.grid import Format
from finance.workbook.proposal.columns import check, number, text, verdict
from finance.workbook.proposal.controls import failures
from finance.workbook.proposal.draft import Draft
from finance.workbook.proposal.layout import Block, Notes, Page, Table

NONE = "Deze toewijzing gaat tegen geen enkele regel of grens in."


def page(draft: Draft) -> Page:
    """The sheet `overtredingen`."""
    found: Block = _violations(draft) if draft.violations else Notes("", (NONE,))
    return Page(
        "overtredingen",
        "Overtredingen",
        "Waar de toewijzing tegen een regel of een grens in gaat, zoals gevonden bij het schrijven, met de"
        " vindplaats van de regel en de cellen van de toewijzing. De tabel eronder rekent mee.",
        (found, _now(draft)),
        widths={} if draft.violations else {1: 30},
    )


def _violations(draft: Draft) -> Table[Violation]:
    return Table(
        "overtreding",
        "",
        draft.violations,
        (
            text("waar", "Waar", lambda row: row.waar, width=26, wrap=True),
            text("wat", "Wat er niet klopt", lambda row: row.wat, width=38, wrap=True),
            text("waarde", "Waarde", lambda row: row.waarde, width=17),
            text("grens", "Grens", lambda row: row.grens, width=17),
            text("te_veel", "Te veel", lambda row: row.te_veel, width=15),
            text("regel", "Regel", lambda row: row.regel, width=24, wrap=True),
            text("vindplaats", "Vindplaats", lambda row: row.vindplaats, width=34, wrap=True),
            text("cellen", "Cellen van de toewijzing", lambda row: row.where, width=26, wrap=True),
        ),
    )


def _now(draft: Draft) -> Table[Draft]:
    """The state of all checks of the workbook, which follow every change."""
    failed = failures(draft)
    broken = sum(not row.voldoet for row in draft.statement.checks)
    return Table(
        "overtredingstand",
        "Stand van alle regels en controles in deze werkmap",
        (draft,),
        (
            number("regels", "Regels waaraan niet is voldaan", lambda _: broken, "[stand.regels!]",
                   Format.COUNT),
            number("controles", "Controles die niet kloppen", lambda _: failed, "[stand.controles!]",
                   Format.COUNT),
            check("oordeel", "Oordeel over alles", lambda _: verdict(failed + broken == 0),
                  "[stand.oordeel!]"),
        ),
    )  # fmt: skip
