"""What the sheet `controles` of every book but the budget begins with: how many verdicts are not met."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from finance.tables import live
from finance.tables.columns import failing, holds
from finance.tables.grid import Format
from finance.tables.pages import Table
from finance.tables.wholeness import VERDICTS

D = TypeVar("D")
"""The draft of a book."""


def stand(draft: D, failed: str) -> Table[D]:
    """The verdict over all controls: one row.

    Args:
        draft: the material.
        failed: a formula that counts what is not met.
    """
    return Table(
        "stand",
        "",
        (draft,),
        (
            live.number("niet", "Controles die niet kloppen", failed, Format.COUNT),
            live.number("heel", "Bladen en tabellen die niet heel zijn", failing(*VERDICTS), Format.COUNT),
            live.check(
                "oordeel", "Oordeel over alles", holds("AND(ISNUMBER([niet]),[niet]=0,ISNUMBER([heel]),[heel]=0)")
            ),
        ),
    )


def stand_of_failures(draft: D, verdicts: Sequence[str]) -> tuple[Table[D], Table[D]]:
    """The same where each column of verdicts has a count of its own, and the table of those counts: one row.

    Args:
        draft: the material.
        verdicts: the columns with a verdict, of the tables that have a row.
    """
    columns = tuple(
        live.column(f"f{at}", column.replace(".", ", "), failing(column), Format.COUNT, width=7, turned=True)
        for at, column in enumerate(verdicts)
    )
    counted = Table("falen", "Oordelen die niet VOLDOET zijn, per tabel en kolom", (draft,), columns)
    return stand(draft, f"SUM([falen.f0:f{len(columns) - 1}])"), counted
