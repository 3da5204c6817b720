"""The anchors of a request for revision: what Python computes of it, without any formula."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter

from finance.books.revision.draft import Draft
from finance.money import Money
from finance.statement.revision_amounts import Cell
from finance.tables.columns import yes
from finance.tables.grid import Value
from finance.tables.reconcile import Anchors


def anchors_of(draft: Draft) -> Anchors:
    """What the cells of the workbook must show.

    Args:
        draft: the material of the workbook.
    """
    revision = draft.revision

    def asked(row: Cell) -> Value:
        return revision.asked[row.plek.naam, row.categorie.nummer]

    cell: dict[str, Callable[[Cell], Value]] = {
        "drempel": attrgetter("drempel"),
        "gerealiseerd": attrgetter("spent.gerealiseerd"),
        "verwacht": attrgetter("spent.verwacht"),
        "besteed": attrgetter("spent.besteed"),
        "gedekt": attrgetter("spent.gedekt"),
        "zorggeld": attrgetter("spent.zorggeld"),
        "ontbreekt": attrgetter("ontbreekt"),
        "haalt": lambda row: yes(row.haalt),
        "kan": attrgetter("kan"),
        "gevraagd": asked,
    }
    shown = ("gerealiseerd", "verwacht", "besteed", "drempel", "haalt", "ontbreekt", "gedekt", "zorggeld", "gevraagd")
    return {
        "tel": {
            "stand": attrgetter("stand"),
            "grens": attrgetter("grens"),
            "besteed": attrgetter("besteed"),
            "gedekt": attrgetter("gedekt"),
            "zorggeld": attrgetter("zorggeld"),
            "groep": lambda row: draft.pool_key(revision.pool_of(row)),
        },
        "samen": {"samen": attrgetter("samen")},
        "deel": {"deel": attrgetter("deel")},
        "cel": {key: value for key, value in cell.items() if key != "ontbreekt"},
        "verdeel": {"dubbel": revision.paid_by_care},
        "stadsom": {
            **{name: attrgetter(name) for name in ("nodig", "tekort", "kan")},
            "gevraagd": lambda row: Money.total(row.gevraagd),
        },
        "toereikend": {
            **{name: attrgetter(name) for name in ("nodig", "basis", "eerder", "tekort", "kan")},
            "gevraagd": lambda row: Money.total(row.gevraagd),
        },
        **{draft.table_of(row, "vijf"): {key: cell[key] for key in shown} for row in revision.thresholds},
    }
