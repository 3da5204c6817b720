"""What the cells of a change become."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

from finance.case.cells import CellError, read_number
from finance.case.columns import ANY, EURO, Kind
from finance.case.declaring import ColumnSpec, columns_of
from finance.case.sheets import ScenarioChange, Settings
from finance.case.table import CellValue, RawRow, RawSheet, Unreadable, blank, quoted, shown
from finance.money import round_half_away
from finance.scenarios.faults import ChangeError

DECIMALS: Final = 12
"""Numbers that are not amounts keep this many decimals, so that a chain of factors stays finite."""
NOTHING: Final = "geen"
"""What a scenario sets a cell to that is to be empty."""
SHOWN: Final = 3
"""A message quotes no more cells than this."""


def new_values(
    sheet: RawSheet, column: ColumnSpec, rows: Sequence[RawRow], change: ScenarioChange
) -> list[tuple[RawRow, CellValue | None]]:
    """The cells that change, each with its new value; never none unless the value was drawn.

    `geen` empties a cell that may be empty; where it is a word of the column, it stays that word.
    """
    if change.bewerking != "zet":
        rows = _with_number(sheet, column.naam, rows, change)
    changed: list[tuple[RawRow, CellValue | None]] = []
    for row in rows:
        spec = _spec_of(sheet, column, row)
        kind = spec.kind if spec else ANY
        old = row.cellen.get(column.naam)
        new = _set_to(kind, change, spec) if change.bewerking == "zet" else _calculated(kind, old, change)
        if not _same(kind, old, new):
            changed.append((row, new))
    if not changed and not change.drawn:
        raise ChangeError(
            "waarde",
            f"Deze rij verandert niets: {column.naam} in het blad {sheet.naam}"
            f" blijft {_few(shown(row.cellen.get(column.naam)) for row in rows)}.",
            "Verander de waarde of het filter, of haal de rij weg.",
        )
    return changed


def _few(words: Iterable[str]) -> str:
    different = [quoted(word) for word in dict.fromkeys(words)]
    return ", ".join(different[:SHOWN]) + (" enzovoort" if len(different) > SHOWN else "")


def kind_of(sheet: RawSheet, column: ColumnSpec, row: RawRow) -> Kind:
    """What the cell can hold; in the sheet `case` the key of the row says so."""
    spec = _spec_of(sheet, column, row)
    return spec.kind if spec else ANY


def _spec_of(sheet: RawSheet, column: ColumnSpec, row: RawRow) -> ColumnSpec | None:
    """What declares the cell; None for a key that nobody knows."""
    if sheet.naam != "case" or column.naam != "waarde":
        return column
    key = shown(row.cellen.get("sleutel")).strip()
    return next((known for known in columns_of(Settings) if known.naam == key), None)


def _with_number(sheet: RawSheet, column: str, rows: Sequence[RawRow], change: ScenarioChange) -> list[RawRow]:
    """The rows whose cell is not empty, all of them numbers."""
    filled = [row for row in rows if not blank(row.cellen.get(column))]
    if not filled:
        raise ChangeError(
            "kolom",
            f"De kolom {column} in het blad {sheet.naam} is leeg in elke rij van dit filter;"
            f" {change.bewerking} kan alleen met getallen.",
            "Gebruik zet, of kies een andere kolom.",
        )
    for row in filled:
        _number(row.cellen[column], "kolom", f"{sheet.naam}!{sheet.cell(column, row.nummer)}: ")
    return filled


def _number(cell: CellValue | None, at: str, where: str = "") -> Decimal:
    if isinstance(cell, Unreadable):
        raise ChangeError(at, f"{where}De cel heeft geen waarde.", "Herstel eerst die cel.")
    try:
        return read_number(cell if cell is not None else "")
    except CellError as error:
        other = " Of kies een kolom met getallen." if where else ""
        raise ChangeError(at, where + error.wat, error.doen + other) from error


def _set_to(kind: Kind, change: ScenarioChange, spec: ColumnSpec | None) -> CellValue | None:
    value = change.waarde
    if isinstance(value, str) and value.strip().casefold() == NOTHING and spec and spec.optioneel and not change.drawn:
        return None
    if change.drawn and isinstance(value, Decimal) and kind.decimalen is not None:
        value = rounded_to(Fraction(value), kind.decimalen)
    try:
        kind.value_of(value)
    except CellError as error:
        raise ChangeError("waarde", f"{change.kolom}: {error.wat}", error.doen) from error
    return value.strip() if isinstance(value, str) else value


def _calculated(kind: Kind, old: CellValue | None, change: ScenarioChange) -> Decimal:
    """The outcome of `maal` or `plus`, half away from zero: an amount to the cent.

    With a drawn value also a whole number stays whole; with a typed one that is a finding.
    """
    cell, by = Fraction(_number(old, "kolom")), Fraction(_number(change.waarde, "waarde"))
    exact = cell * by if change.bewerking == "maal" else cell + by
    known = kind.decimalen if change.drawn or kind == EURO else None
    return rounded_to(exact, DECIMALS if known is None else known)


def rounded_to(exact: Fraction, decimals: int) -> Decimal:
    """Round a number to so many decimals, half away from zero."""
    return Decimal(round_half_away(exact * 10**decimals)).scaleb(-decimals)


def _same(kind: Kind, old: CellValue | None, new: CellValue | None) -> bool:
    """Whether two cells mean the same in their column."""
    try:
        return bool(kind.value_of(old) == kind.value_of(new))
    except CellError:
        return old == new
