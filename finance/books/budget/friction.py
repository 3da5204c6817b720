"""The sheet `frictiekosten`: the cost of the change itself, by year, with its cover."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from finance.books.budget.cover import Covered, cover_columns, covered
from finance.books.budget.draft import Draft
from finance.books.budget.lines import purpose
from finance.case.words import FRICTION
from finance.money import ZERO, Money
from finance.statement.lines import GROUP_OF, Line
from finance.tables.columns import euro, number, text, year
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

    @property
    def totaal(self) -> Money:
        """Over all years."""
        return Money.total(self.per_jaar.values())


def _by_year(draft: Draft) -> Table[_Sort]:
    totals: dict[str, dict[int, Money]] = {sort: defaultdict(lambda: ZERO) for sort in FRICTION}
    for line in draft.statement.lines:
        if line.regel.kostensoort in totals:
            totals[line.regel.kostensoort][line.regel.jaar] += line.kosten

    def in_year(at: int) -> Callable[[_Sort], Money]:
        return lambda row: row.per_jaar.get(at, ZERO)

    keys = [key for key, _ in draft.year_keys]
    cost = "ROUND(SUMIFS([lijn.kosten],[lijn.kostensoort],[kostensoort],[lijn.jaar],[^]),2)"
    return Table(
        "frictie",
        "Per soort en jaar",
        [_Sort(sort, dict(years)) for sort, years in totals.items()],
        (
            text("kostensoort", "Kostensoort", lambda row: row.kostensoort, width=24),
            *(
                euro(key, at, in_year(at), cost, head_formula="IF(N([<])=0,{eerste_jaar},[<]+1)")
                for key, at in draft.year_keys
            ),
            euro("totaal", "Totaal", lambda row: row.totaal, f"SUM([{keys[0]}:{keys[-1]}])"),
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
        (year("jaar", "Jaar", lambda row: row.key, "IF(N([-jaar])=0,{eerste_jaar},[-jaar]+1)"),
         *cover),
    )  # fmt: skip


def _lines(draft: Draft) -> Table[Line]:
    rows = [line for line in draft.statement.lines if line.regel.kostensoort in FRICTION]
    return Table(
        "frictielijn",
        "Regel voor regel",
        rows,
        (
            text("regel", "Regel", lambda row: row.sleutel),
            text("waarvoor", "Waarvoor", lambda row: purpose(draft, row.regel),
                 f"INDEX([lijn.waarvoor],{LINE_ROW})", 18),
            text("kostensoort", "Kostensoort", lambda row: row.regel.kostensoort,
                 f"INDEX([lijn.kostensoort],{LINE_ROW})", 21),
            year("jaar", "Jaar", lambda row: row.regel.jaar, f"INDEX([lijn.jaar],{LINE_ROW})"),
            euro("kosten", "Kosten", lambda row: row.kosten, f"INDEX([lijn.kosten],{LINE_ROW})"),
            euro("betaald", "Betaald", lambda row: row.betaald, f"INDEX([lijn.betaald],{LINE_ROW})"),
            euro("ongedekt", "Ongedekt", lambda row: row.ongedekt, f"INDEX([lijn.ongedekt],{LINE_ROW})"),
            number("rij", "Rij in dekking", lambda row: draft.line_number[row.regel],
                   "MATCH([regel],[lijn.regel],0)"),
        ),
    )  # fmt: skip
