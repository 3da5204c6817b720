"""The sheet `rekenblad_kosten`: every cost row of the input in the prices of its year."""

from __future__ import annotations

from typing import Final

from finance.books.budget.draft import Draft
from finance.books.budget.parts import asks_capitalised
from finance.books.budget.rows import CostRow
from finance.tables import live, pasted
from finance.tables.columns import found_row
from finance.tables.grid import Format
from finance.tables.pages import Column, Page, Table

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
    return Table(
        "kost",
        "",
        draft.cost_rows,
        (
            live.text("maatregel", "Maatregel", "[kosten.maatregel@]", 16),
            live.text("kostensoort", "Kostensoort", "[kosten.kostensoort@]", 22),
            live.number("rij", "Rij in maatregelen", found_row("[maatregel]", "[maatregelen.maatregel]")),
            live.year("start", "Start (0: niet gekozen)", "INDEX([plan.start],[rij])", 11),
            live.year("jaar", "Jaar van de kosten", "IF([start]=0,0,[start]+[kosten.na_jaren@])", 9),
            live.euro("bedrag", "Bedrag op prijspeil", "[kosten.bedrag@]"),
            live.number("factor", "Prijsfactor", f'IF([start]=0,0,IF([kosten.index@]="",1,{GROWTH}))', Format.FACTOR),
            live.euro("nominaal", "Nominaal bedrag", "ROUND(ROUND([bedrag]*[factor],7),2)"),
            *_not_capitalised(draft),
            live.number(
                "contant",
                "Contant op prijspeil",
                f"IF([start]=0,0,[bedrag]*SUMIFS([{draft.discount_of_plans}],[jaren.jaar],[jaar]))",
                Format.EURO,
            ),
            pasted.text("regel", "Regel in dekking", lambda row: row.lijn.sleutel if row.lijn else ""),
            pasted.row_number("wijzer", "Stond op rij", lambda row: draft.measure_number[row.kosten.maatregel]),
        ),
    )


def _not_capitalised(draft: Draft) -> tuple[Column[CostRow], ...]:
    """What of a row is not capitalised; no column where no grant asks."""
    if not asks_capitalised(draft):
        return ()
    return (live.euro("vrij", "Niet geactiveerd", 'IF([kosten.geactiveerd@]="nee",[nominaal],0)'),)
