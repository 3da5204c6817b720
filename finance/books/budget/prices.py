"""The sheet `rekenblad_indexen`: growth of prices, discounting, and totals per year."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from finance.books.budget.draft import Draft
from finance.books.budget.rows import Growth
from finance.case.words import FORECAST, REALISED
from finance.tables.columns import number, places, text, year
from finance.tables.grid import Format
from finance.tables.pages import Column, Page, Table

SAME_INDEX: Final = "AND(N([-jaar])>0,[index]=[-index])"
"""Whether the row above is the same index a year earlier; above the first row stands a head."""


def page(draft: Draft) -> Page:
    """The sheet `rekenblad_indexen`."""
    return Page(
        "rekenblad_indexen",
        "Rekenblad: prijzen per jaar",
        "Hoe prijzen groeien vanaf het prijspeil, en wat een euro van elk jaar nu waard is.",
        (_years(draft), _growth(draft)),
        tab="berekening",
    )


def _years(draft: Draft) -> Table[int]:
    demand, levels = _demand_by_year(draft), _levels_by_year(draft)
    return Table(
        "jaren",
        "Jaren van de begroting",
        draft.years,
        (
            year("jaar", "Jaar", lambda row: row, "IF(N([-jaar])=0,{eerste_jaar},[-jaar]+1)", 14),
            number("disconto", "Contante waarde van 1 euro", draft.outcome.discount,
                   "1/(1+{discontovoet})^([jaar]-{eerste_jaar})", Format.FACTOR),
            places("jeugdigen", "Jeugdigen, alle zorgvormen", lambda row: demand.get(row, Fraction(0)),
                   "SUMIFS([vraag.jeugdigen],[vraag.jaar],[jaar])", width=12),
            places("niveau", "Niveau van alle lumpsums", lambda row: levels.get(row, Fraction(0)),
                   "SUMIFS([opbrengst.niveau_lumpsum],[opbrengst.jaar],[jaar])", width=12),
            *(_closed(draft) if draft.has_history else ()),
        ),
    )  # fmt: skip


def _closed(draft: Draft) -> tuple[Column[int], ...]:
    """What a closed year is: its numbers are facts, and nothing planned counts in it."""
    closed = draft.case.closed_years
    return (
        text("cijfer", "Soort cijfer", draft.case.label_of,
             f'IF([jaar]<={{laatste_afgesloten}},"{REALISED}","{FORECAST}")'),
        number("disconto_plan", "Contante waarde, alleen plan",
               lambda row: Fraction(0) if row in closed else draft.outcome.discount(row),
               "IF([jaar]<={laatste_afgesloten},0,[disconto])", Format.FACTOR),
    )  # fmt: skip


def _demand_by_year(draft: Draft) -> dict[int, Fraction]:
    totals: dict[int, Fraction] = {}
    for row in draft.case.demand:
        totals[row.jaar] = totals.get(row.jaar, Fraction(0)) + Fraction(row.jeugdigen)
    return totals


def _levels_by_year(draft: Draft) -> dict[int, Fraction]:
    totals: dict[int, Fraction] = {}
    for row in draft.case.funding:
        if draft.case.source[row.bron].soort == "lumpsum":
            totals[row.jaar] = totals.get(row.jaar, Fraction(0)) + Fraction(row.niveau)
    return totals


def _growth(draft: Draft) -> Table[Growth]:
    return Table(
        "factoren",
        "Prijsfactor per index en jaar",
        draft.growth,
        (
            text("index", "Index", lambda row: draft.name("index", row.index)),
            year("jaar", "Jaar", lambda row: row.jaar,
                 f"IF({SAME_INDEX},[-jaar]+1,MIN({{prijspeil}},{{eerste_jaar}}))"),
            number("percentage", "Groei in het jaar", lambda row: row.percentage,
                   "SUMIFS([indexen.percentage],[indexen.index],[index],[indexen.jaar],[jaar])",
                   Format.PERCENT),
            number("factor", "Prijsfactor vanaf prijspeil", lambda row: row.factor,
                   f"IF([jaar]<={{prijspeil}},1,IF({SAME_INDEX},[-factor],1)*(1+[percentage]))",
                   Format.FACTOR),
        ),
        "Tot en met het prijspeil is de factor 1; daarna groeit hij met het percentage van elk jaar.",
    )  # fmt: skip
