"""The numbers of the sheet `regelingen_naast_elkaar` as the statement of the plan computes them, without formulas."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from finance.books.budget.draft import Draft
from finance.books.budget.overlap import (
    GrantRow,
    grant_rows,
    opens_beside,
    overlaps,
    regulation_keys,
    shared_years,
    year_keys,
)
from finance.money import ZERO, Money
from finance.tables.grid import Value
from finance.tables.reconcile import Anchors


def anchors(draft: Draft) -> Anchors:
    """What the cells of the sheet must show; nothing where it is not there."""
    if not overlaps(draft):
        return {}
    rows = grant_rows(draft)

    def paid(row: GrantRow, first: int, last: int) -> Money:
        return Money.total(
            payment.bedrag
            for payment in draft.statement.payments
            if payment.bron.bron == row.bron.bron and first <= payment.lijn.regel.jaar <= last
        )

    def between(first: int, last: int) -> Callable[[Any], Value]:
        return lambda row: paid(row, first, last)

    years = shared_years(draft)
    spans = {key: (year, year) for key, year in year_keys(draft)}
    if years:
        spans |= {"eerder": (0, years[0] - 1), "later": (years[-1] + 1, draft.years[-1])}
    else:
        spans["betaald"] = (0, draft.years[-1])

    def of_regulation(name: str) -> Callable[[Any], Value]:
        return lambda row: row.betaald.get(name, ZERO)

    return {
        "naastpost": {
            "kostensoort": lambda row: row.post.kostensoort,
            "regeling": lambda row: draft.name("regeling", row.post.groep),
            "mag": lambda row: row.post.betaalbaar,
            "van": lambda row: row.post.van,
            "tot": lambda row: row.post.tot,
            "open": lambda row: row.open,
            "betaald": lambda row: row.betaald,
            "vindplaats": lambda row: row.post.regel.vindplaats,
        },
        "naastbron": {
            "regeling": lambda row: draft.name("regeling", row.bron.regeling),
            "van": lambda row: row.van,
            "venster": lambda row: row.besluit.venster_tot,
            "tot": lambda row: row.tot,
            "beslist": lambda row: row.beslist,
            "toegekend": lambda row: row.bron.bedrag,
            "volgorde": lambda row: 1 + sum(other.tot < row.tot for other in rows),
            "samen": lambda row: opens_beside(draft, row),
            "gemeente": lambda row: draft.name("gemeente", draft.case.grant_municipality(row.bron)),
        },
        "naastbetaald": {
            "bron": lambda row: draft.name("bron", row.bron.bron),
            "regeling": lambda row: draft.name("regeling", row.bron.regeling),
            **({"buiten_casus": lambda row: row.bron.buiten_casus or ZERO} if draft.keeps_apart else {}),
            "beschikbaar": lambda row: row.saldo.beschikbaar,
            **{key: between(*span) for key, span in spans.items()},
            "over": lambda row: row.saldo.over,
        },
        "naastmaatregel": {
            "maatregel": lambda row: draft.name("maatregel", row.maatregel),
            "omschrijving": lambda row: draft.case.measure[row.maatregel].omschrijving or "",
            **{key: of_regulation(name) for key, name in regulation_keys(draft)},
            "let_op": lambda row: row.let_op,
        },
    }
