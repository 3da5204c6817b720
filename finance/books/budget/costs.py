"""The sheet `rekenblad_kosten`: every cost row of the input in the prices of its year."""

from __future__ import annotations

from typing import Final

from finance.books.budget.draft import Draft
from finance.books.budget.rows import CostRow
from finance.tables.columns import euro, number, text, year
from finance.tables.grid import Format
from finance.tables.pages import Page, Table

GROWTH: Final = "SUMIFS([factoren.factor],[factoren.index],[kosten.index@],[factoren.jaar],[jaar])"


def page(draft: Draft) -> Page:
    """The sheet `rekenblad_kosten`."""
    return Page(
        "rekenblad_kosten",
        "Rekenblad: kosten van maatregelen",
        "Elke rij van het invoerblad kosten: in welk jaar zij in dit plan valt en wat zij dan kost.",
        (_table(draft),),
        tab="berekening",
    )


def _table(draft: Draft) -> Table[CostRow]:
    measures = draft.measure_number
    return Table(
        "kost",
        "",
        draft.cost_rows,
        (
            text("maatregel", "Maatregel", lambda row: draft.name("maatregel", row.kosten.maatregel),
                 "[kosten.maatregel@]", 16),
            text("kostensoort", "Kostensoort", lambda row: row.kosten.kostensoort,
                 "[kosten.kostensoort@]", 22),
            number("rij", "Rij in maatregelen", lambda row: measures[row.kosten.maatregel],
                   "MATCH([maatregel],[maatregelen.maatregel],0)"),
            year("start", "Start (0: niet gekozen)", lambda row: row.start, "INDEX([plan.start],[rij])", 11),
            year("jaar", "Jaar van de kosten", lambda row: row.jaar,
                 "IF([start]=0,0,[start]+[kosten.na_jaren@])", 9),
            euro("bedrag", "Bedrag op prijspeil", lambda row: row.kosten.bedrag, "[kosten.bedrag@]"),
            number("factor", "Prijsfactor", lambda row: row.factor,
                   f'IF([start]=0,0,IF([kosten.index@]="",1,{GROWTH}))', Format.FACTOR),
            euro("nominaal", "Nominaal bedrag", lambda row: row.nominaal,
                 "ROUND(ROUND([bedrag]*[factor],7),2)"),
            number("contant", "Contant op prijspeil", lambda row: row.contant,
                   f"IF([start]=0,0,[bedrag]*SUMIFS([{draft.discount_of_plans}],[jaren.jaar],[jaar]))",
                   Format.EURO),
            text("regel", "Regel in dekking", lambda row: row.lijn.sleutel if row.lijn else ""),
        ),
    )  # fmt: skip
