"""Spoiling a proposal as a hand can: a text in a cell, a name that is changed, a row that is gone.

Drawn over every pasted cell of every table: input, parameters of rules, decisions, and the names by which
formulas look things up.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import ironcalc

from finance.tables.grid import Cell, Role
from finance.tables.pages import Table
from tests.finance.books.budget.live import Live

PASTED = {Role.INPUT_SOURCED, Role.INPUT_ASSUMED, Role.DECISION}
KEY_COLUMNS = 3
"""The columns of a table in which the names stand by which formulas look up."""
COUNTING = {"controles", "rekenblad_controles", "rekenblad_namen", "kwaliteit"}
"""Sheets that say how the others stand; no amount of the plan is on them."""
TOTALS = {"samenvatting", "dekking", "bronnen"}
TEXT = "fout"
Values = Mapping[tuple[str, int, int], object]


class Way(StrEnum):
    """How a cell is spoiled."""

    TEXT = "een tekst"
    RENAMED = "een andere naam"
    EMPTIED = "een leeggemaakte rij"
    REMOVED = "een verwijderde rij"


@dataclass(frozen=True)
class Spoil:
    """One spoiled cell, or the row that it stands in."""

    way: Way
    sheet: str
    table: str
    row: int
    column: int
    value: object

    def __str__(self) -> str:
        return f"{self.way} in {self.table} ({self.sheet} rij {self.row}, kolom {self.column}: {self.value})"


def drawn(live: Live, seed: int, number: int) -> list[Spoil]:
    """Draw so many spoiled cells."""
    cells = list(_pasted(live))
    dice = random.Random(seed)
    found = []
    for _ in range(number):
        sheet, table, row, column, cell = dice.choice(cells)
        way = dice.choice(list(Way))
        if way is Way.RENAMED and not isinstance(cell.value, str):
            way = Way.TEXT
        found.append(Spoil(way, sheet, table, row, column, cell.value))
    return found


def _pasted(live: Live) -> Iterator[tuple[str, str, int, int, Cell]]:
    for page, sheet in zip(live.pages, live.book.sheets, strict=True):
        if page.naam in COUNTING:
            continue
        for block in page.blocks:
            if isinstance(block, Table):
                first = live.places.spot(block.name).first
                for (row, column), cell in sheet.cells.items():
                    inside = first <= row < first + len(block.rows) and column <= len(block.columns)
                    if inside and not cell.formula and _is_pasted(cell, column):
                        yield page.naam, block.name, row, column, cell


def _is_pasted(cell: Cell, column: int) -> bool:
    named = cell.role is Role.LABEL and isinstance(cell.value, str) and cell.value and column <= KEY_COLUMNS
    return cell.role in PASTED or bool(named)


def spoiled(live: Live, spoil: Spoil) -> ironcalc.Model:
    """The workbook with one thing spoiled, recalculated."""
    model = ironcalc.load_from_xlsx(str(live.path), "en", "UTC", "en")
    sheet = [page.naam for page in live.pages].index(spoil.sheet)
    match spoil.way:
        case Way.TEXT:
            model.update_cell_with_text(sheet, spoil.row, spoil.column, TEXT)
        case Way.RENAMED:
            model.update_cell_with_text(sheet, spoil.row, spoil.column, f"{spoil.value}x")
        case Way.REMOVED:
            model.delete_rows(sheet, spoil.row, 1)
        case Way.EMPTIED:
            for column in range(1, len(live.table(spoil.table).columns) + 1):
                if not live.book.sheets[sheet].cells[spoil.row, column].formula:
                    model.clear_cell_contents(sheet, spoil.row, column)
    model.evaluate()
    return model


def asked(live: Live) -> list[tuple[str, int, int]]:
    """Every formula cell."""
    return [(sheet.naam, *at) for sheet in live.book.sheets for at, cell in sheet.cells.items() if cell.formula]


def now(spoil: Spoil, at: tuple[str, int, int]) -> tuple[str, int, int] | None:
    """Where a cell stands after the spoiling; None where it is gone."""
    sheet, row, column = at
    if spoil.way is not Way.REMOVED or sheet != spoil.sheet or row < spoil.row:
        return at
    return None if row == spoil.row else (sheet, row - 1, column)


def values_of(live: Live, model: ironcalc.Model, places: Sequence[tuple[str, int, int]]) -> Values:
    """What an engine makes of some cells."""
    number = {page.naam: at for at, page in enumerate(live.pages)}
    return {(name, *at): model.get_cell_value(number[name], *at) for name, *at in places}  # type: ignore[misc]


def stays_green(live: Live, values: Values) -> bool:
    """Whether every verdict on the cover is as it was."""
    spot, sheet = live.places.spot("voorbladstand"), live.book.sheets[0]
    columns = [
        at for at, column in enumerate(live.table("voorbladstand").columns, start=1) if column.role is Role.CHECK
    ]
    return all(
        values.get(("voorblad", spot.first, at), sheet.cells[spot.first, at].value) == sheet.cells[spot.first, at].value
        for at in columns
    )


def faults(before: Values, after: Values, spoil: Spoil) -> list[str]:
    """The error values anywhere, and the numbers that are not what they were on the sheets with totals.

    A text, an unknown name and a row that is gone say nothing about an amount: no other total is right.
    """
    found = []
    for at, old in before.items():
        place = now(spoil, at)
        new = None if place is None else after[place]
        if isinstance(new, str) and new.startswith("#"):
            found.append(f"{at}: {new}")
        elif at[0] in TOTALS and isinstance(old, int | float) and not _alike(old, new):
            found.append(f"{at}: {old} is {new}")
    return found


def _alike(old: float, new: object) -> bool:
    return isinstance(new, int | float) and abs(new - old) < 1e-6 * max(1.0, abs(old))


def saved(model: ironcalc.Model, path: Path) -> bytes:
    """The bytes of a workbook as the engine saves it."""
    model.save_to_xlsx(str(path))
    return path.read_bytes()
