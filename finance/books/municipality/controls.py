"""The sheet `controles` of one municipality: what must hold, and how much of it does not."""

from __future__ import annotations

from collections.abc import Sequence

from finance.books.municipality.draft import Draft
from finance.books.verdicts import stand
from finance.tables import live
from finance.tables.columns import failing
from finance.tables.grid import Format
from finance.tables.pages import Page, Table
from finance.tables.wholeness import Written, controls, counts


def page(draft: Draft, others: Sequence[Page], written: Written) -> Page:
    """The sheet `controles`.

    Args:
        draft: the material.
        others: the sheets that are counted.
        written: how much each of them held when the workbook was written.
    """
    return Page(
        "controles",
        "Controles",
        "Wat op hetzelfde moet uitkomen, en wat niet mag. Alles hier rekent mee.",
        (
            stand(draft, "SUM([falen.f0:strijdig])"),
            _failures(draft),
            *controls(others, written),
            *counts(others, written),
        ),
        tab="controle",
    )


def _failures(draft: Draft) -> Table[Draft]:
    """One row, a column for each column of verdicts: how many of them are not met."""
    verdicts = ("aansluiting.oordeel", *(["deelplafond.oordeel"] if draft.caps else []))
    return Table(
        "falen",
        "Oordelen die niet VOLDOET zijn",
        (draft,),
        (
            *(
                live.number(f"f{at}", column.replace(".", ", "), failing(column), Format.COUNT)
                for at, column in enumerate(verdicts)
            ),
            live.number("strijdig", "Betalingen die niet mogen", 'COUNTIF([betaling.mag],"nee")', Format.COUNT),
        ),
    )
