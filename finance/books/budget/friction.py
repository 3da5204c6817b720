"""The sheet `frictiekosten`: the cost of the change itself, by year, with its cover."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from finance.books.budget.cover import Covered, cover_columns, covered
from finance.books.budget.draft import Draft
from finance.case.words import FRICTION
from finance.money import ZERO, Money
from finance.statement.lines import GROUP_OF, Line
from finance.tables import live, pasted
from finance.tables.pages import Column, Page, Table

GROUP: Final = GROUP_OF[FRICTION[0]]
LINE_ROW: Final = "[rij]"


def page(draft: Draft) -> Page:
    """The sheet `frictiekosten`."""
    return Page(
        "frictiekosten",
        "Frictiekosten",
        "De kosten van de verandering zelf: plannen maken, pilots, processen en systemen, opleiding,"
        " dubbel aanbod en personeel; per jaar, en wie ze betaalt.",
        (_by_year(draft), _cover(draft), _lines(draft)),
    )


@dataclass(frozen=True, slots=True)
class _Sort:
    """One kind of friction, by year."""

    kostensoort: str
    per_jaar: dict[int, Money]


def _by_year(draft: Draft) -> Table[_Sort]:
    totals: dict[str, dict[int, Money]] = {sort: defaultdict(lambda: ZERO) for sort in FRICTION}
    for line in draft.statement.lines:
        if line.regel.kostensoort in totals:
            totals[line.regel.kostensoort][line.regel.jaar] += line.kosten

    keys = [key for key, _ in draft.year_keys]
    cost = "ROUND(SUMIFS([lijn.kosten],[lijn.kostensoort],[kostensoort],[lijn.jaar],[^]),2)"
    return Table(
        "frictie",
        "Per soort en jaar",
        [_Sort(sort, dict(years)) for sort, years in totals.items()],
        (
            pasted.text("kostensoort", "Kostensoort", lambda row: row.kostensoort, width=24),
            *(live.euro(key, at, cost, head_formula="IF(N([<])=0,{eerste_jaar},[<]+1)") for key, at in draft.year_keys),
            live.euro("totaal", "Totaal", f"SUM([{keys[0]}:{keys[-1]}])"),
        ),
    )


def _cover(draft: Draft) -> Table[Covered[int]]:
    lines = f'[lijn.jaar],[jaar],[rekenlijn.groep],"{GROUP}"'
    payments = f'[betaling.jaar],[jaar],[rekenbetaling.kostengroep],"{GROUP}"'
    cover: tuple[Column[Covered[int]], ...] = cover_columns(draft, lines, payments)
    rows = covered(
        draft,
        draft.years,
        lambda line: line.regel.jaar if line.regel.kostensoort in FRICTION else None,
    )
    return Table(
        "frictiedekking",
        "Wie betaalt het",
        rows,
        (live.year("jaar", "Jaar", "IF(N([-jaar])=0,{eerste_jaar},[-jaar]+1)"), *cover),
    )


def _lines(draft: Draft) -> Table[Line]:
    rows = [line for line in draft.statement.lines if line.regel.kostensoort in FRICTION]
    return Table(
        "frictielijn",
        "Regel voor regel",
        rows,
        (
            live.text("regel", "Regel", f"INDEX([lijn.regel],{LINE_ROW})"),
            live.text("waarvoor", "Waarvoor", f"INDEX([lijn.waarvoor],{LINE_ROW})", 18),
            live.text("kostensoort", "Kostensoort", f"INDEX([lijn.kostensoort],{LINE_ROW})", 21),
            live.year("jaar", "Jaar", f"INDEX([lijn.jaar],{LINE_ROW})"),
            live.euro("kosten", "Kosten", f"INDEX([lijn.kosten],{LINE_ROW})"),
            live.euro("betaald", "Betaald", f"INDEX([lijn.betaald],{LINE_ROW})"),
            live.euro("ongedekt", "Ongedekt", f"INDEX([lijn.ongedekt],{LINE_ROW})"),
            pasted.row_number("rij", "Rij in dekking", lambda row: draft.line_number[row.regel]),
        ),
    )
