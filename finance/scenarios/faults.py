"""A change that cannot be carried out."""

from __future__ import annotations

from finance.case.sheets import ScenarioChange
from finance.case.table import RawBook
from finance.findings import Finding


class ChangeError(Exception):
    """A row of `scenarios` cannot be carried out: the column at fault, and the words for it."""

    def __init__(self, column: str, wat: str, doen: str) -> None:
        self.column, self.wat, self.doen = column, wat, doen
        super().__init__(wat)


def finding_of(book: RawBook, change: ScenarioChange, column: str, wat: str, doen: str) -> Finding:
    """A finding at a cell of the row of a change."""
    sheet = book.bladen.get(change.blad)
    column = "parameters" if change.drawn and column == "waarde" else column
    cell = sheet.cell(column, change.rij) if sheet else f"rij {change.rij}"
    return Finding(change.blad, cell, wat, doen)
