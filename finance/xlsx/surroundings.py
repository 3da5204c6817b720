"""What was done to a workbook besides its cells: to its sheets, rows, columns, names and links."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from finance.tables.areas import Area
from finance.tables.grid import Role, address, column_letters
from finance.xlsx.contents import Contents, StoredSheet
from finance.xlsx.deviations import Deviation, Kind
from finance.xlsx.moves import Moves, move_deviations, runs, span
from finance.xlsx.seal import SEAL_SHEET, SealedCells

Sheets = Mapping[str, SealedCells]

SHOWN: Final = 5
"""The most cells that are named one by one."""


def deviations_around(
    contents: Contents, was: Sheets, moved: Sheets, moves: Moves, *, with_colours: bool
) -> Iterator[Deviation]:
    """Say what is different in a file besides what its cells hold.

    Args:
        contents: the file.
        was: the sheets as they were sealed.
        moved: those that are still there, under the names and at the places that they have now.
        moves: what moved.
        with_colours: whether to look for verdicts that lost their colours, where the seal does not keep
            what is seen.
    """
    for name in was:
        if name not in contents.sheets and name not in moves:
            yield Deviation(Kind.SHEET, name, "", "het blad is verwijderd.")
    yield from move_deviations(was, moves)
    for name, sheet in contents.sheets.items():
        if name != SEAL_SHEET and name not in moved:
            yield Deviation(Kind.SHEET, name, "", "het blad is toegevoegd.")
        yield from _hidden(sheet)
        yield from _unusual(sheet, moved.get(name, {}))
    yield from _order(list(moved), [name for name in contents.sheets if name in moved])
    for name, cells in moved.items() if with_colours else ():
        yield from _uncoloured(name, cells, contents.sheets[name].coloured)
    for name in contents.names:
        yield Deviation(Kind.FOREIGN, "", "", f"de naam '{name}' is gedefinieerd.")
    for what in contents.foreign:
        yield Deviation(Kind.FOREIGN, "", "", f"{what}.")


def _unusual(sheet: StoredSheet, was: SealedCells) -> Iterator[Deviation]:
    """Formulas that calculate over more cells at once, and cells that hold an empty text."""
    for place, shared in sheet.shared.items():
        if shared.kind != "shared":
            wat = f"een formule die in een keer over {shared.ref or 'meer cellen'} rekent."
            yield Deviation(Kind.FORMULA, sheet.naam, address(*place), wat)
    for place in sheet.blank:
        if place not in was:
            wat = "een lege tekst: wat links ervan staat loopt hier niet meer door."
            yield Deviation(Kind.ADDED, sheet.naam, address(*place), wat)


def _order(was: Sequence[str], now: Sequence[str]) -> Iterator[Deviation]:
    if was != now:
        yield Deviation(Kind.SHEET, "", "", f"de bladen stonden in deze volgorde: {', '.join(was)}.")


def _uncoloured(name: str, cells: SealedCells, areas: Sequence[Area]) -> Iterator[Deviation]:
    """Verdicts that no longer turn red: whoever looks for red thinks that all is well."""
    bare = [
        address(*at)
        for at, cell in cells.items()
        if cell.role is Role.CHECK and not any(area.holds(*at) for area in areas)
    ]
    if bare:
        more = f" en {len(bare) - SHOWN} andere" if len(bare) > SHOWN else ""
        where = ", ".join(bare[:SHOWN])
        yield Deviation(Kind.FORMAT, name, where, f"kleurt niet meer met het oordeel mee{more}.")


def _hidden(sheet: StoredSheet) -> Iterator[Deviation]:
    if sheet.hidden:
        yield Deviation(Kind.HIDDEN, sheet.naam, "", "het blad is verborgen.")
    for first, last in runs(sheet.hidden_rows):
        where = span("rij", str(first), str(last)) if last else "rijen zonder eigen hoogte"
        yield Deviation(Kind.HIDDEN, sheet.naam, where, "niet te zien.")
    used = max((column for _, column in sheet.cells), default=0)
    for first, last in sheet.hidden_columns:
        if first <= used:
            where = span("kolom", column_letters(first), column_letters(min(last, used)))
            yield Deviation(Kind.HIDDEN, sheet.naam, where, "niet te zien.")
