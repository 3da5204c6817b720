"""The sheet `controles`: what must agree in a request for revision, and how much of it does not."""

from __future__ import annotations

from collections.abc import Sequence

from finance.books.revision.draft import OUTSIDE, Draft
from finance.books.verdicts import stand_of_failures
from finance.tables import live
from finance.tables.columns import holds
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
            *stand_of_failures(draft, _verdicts(draft)),
            _sums(draft),
            *controls(others, written),
            *counts(others, written),
        ),
        tab="controle",
    )


def _verdicts(draft: Draft) -> tuple[str, ...]:
    """The columns with a verdict, of the tables that have a row."""
    return (
        "optelling.oordeel",
        "toereikend.oordeel",
        *(
            f"{draft.table_of(row, 'vijf')}.{verdict}"
            for row in draft.revision.thresholds
            for verdict in ("oordeel", "telt")
        ),
        *(["post.eens"] if draft.posts else []),
        *(["samen.klopt"] if draft.revision.shares else []),
    )


def _sums(draft: Draft) -> Table[Draft]:
    """One row, a pair of columns and a verdict for each total."""
    outside = f'SUMIFS([tel.{{}}],[tel.groep],"{OUTSIDE}")'
    return Table(
        "optelling",
        "Totalen, langs twee wegen",
        (draft,),
        (
            live.euro("posten", "Besteed, per post", "SUM([tel.besteed])", total=False),
            live.euro("cellen", "Per categorie", f"SUM([cel.besteed])+{outside.format('besteed')}", total=False),
            live.euro("steden", "Per gemeente", "SUM([stadsom.nodig])", total=False),
            live.euro("betaald", "Uitkering 2024, per post", "SUM([tel.gedekt])", total=False),
            live.euro("gedekt", "Per categorie", f"SUM([cel.gedekt])+{outside.format('gedekt')}", total=False),
            live.euro("gevraagd", "Gevraagd, per categorie", "SUM([cel.gevraagd])", total=False),
            live.euro("mag", "Wat gemeenten mogen vragen", "SUM([stadsom.mag])", total=False),
            live.check(
                "oordeel",
                "Alles gelijk",
                holds(
                    "AND(ROUND([posten]-[cellen],2)=0,ROUND([posten]-[steden],2)=0,"
                    "ROUND([betaald]-[gedekt],2)=0,ROUND([gevraagd]-[mag],2)=0)"
                ),
            ),
        ),
    )
