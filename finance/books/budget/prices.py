"""The sheet `rekenblad_indexen`: growth of prices, discounting, and totals per year."""

from __future__ import annotations

from typing import Final

from finance.books.budget import groups
from finance.books.budget.draft import Draft
from finance.books.budget.rows import Growth
from finance.case.words import FORECAST, REALISED
from finance.tables import live, pasted
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
    return Table(
        "jaren",
        "Jaren van de begroting",
        draft.years,
        (
            live.year("jaar", "Jaar", "IF(N([-jaar])=0,{eerste_jaar},[-jaar]+1)", 14),
            live.number(
                "disconto", "Contante waarde van 1 euro", "1/(1+{discontovoet})^([jaar]-{eerste_jaar})", Format.FACTOR
            ),
            _young_people(draft),
            live.places(
                "niveau",
                "Niveau van alle lumpsums",
                f"SUMIFS([opbrengst.{'weging' if draft.paid_by_month else 'niveau_lumpsum'}],[opbrengst.jaar],[jaar])",
                width=12,
            ),
            *(_closed() if draft.has_history else ()),
        ),
    )


def _young_people(draft: Draft) -> Column[int]:
    """All who need a place in a year."""
    if draft.case.care_groups:
        return live.places("jeugdigen", "Jeugdigen, alle doelgroepen", groups.ALL_NEED, width=12)
    of_year = "SUMIFS([vraag.jeugdigen],[vraag.jaar],[jaar])"
    return live.places("jeugdigen", "Jeugdigen, alle zorgvormen", of_year, width=12)


def _closed() -> tuple[Column[int], ...]:
    """What a closed year is: its numbers are facts, and nothing planned counts in it."""
    return (
        live.text("cijfer", "Soort cijfer", f'IF([jaar]<={{laatste_afgesloten}},"{REALISED}","{FORECAST}")'),
        live.number(
            "disconto_plan",
            "Contante waarde, alleen plan",
            "IF([jaar]<={laatste_afgesloten},0,[disconto])",
            Format.FACTOR,
        ),
    )


def _growth(draft: Draft) -> Table[Growth]:
    return Table(
        "factoren",
        "Prijsfactor per index en jaar",
        draft.growth,
        (
            pasted.text("index", "Index", lambda row: draft.name("index", row.index)),
            live.year("jaar", "Jaar", f"IF({SAME_INDEX},[-jaar]+1,MIN({{prijspeil}},{{eerste_jaar}}))"),
            live.number(
                "percentage",
                "Groei in het jaar",
                "SUMIFS([indexen.percentage],[indexen.index],[index],[indexen.jaar],[jaar])",
                Format.PERCENT,
            ),
            live.number(
                "factor",
                "Prijsfactor vanaf prijspeil",
                f"IF([jaar]<={{prijspeil}},1,IF({SAME_INDEX},[-factor],1)*(1+[percentage]))",
                Format.FACTOR,
            ),
        ),
        "Tot en met het prijspeil is de factor 1; daarna groeit hij met het percentage van elk jaar.",
    )
