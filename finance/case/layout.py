"""Which sheets and columns a workbook has, against those that it should have."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain
from typing import Final

from finance.case.declaring import SheetSpec
from finance.case.sheets import SHEETS
from finance.case.table import RawBook, RawSheet, quoted
from finance.findings import Finding, closest

RETIRED: Final[Mapping[str, str]] = {
    "regelingsposten": "wat transformatie-2024 betaalt, staat nu in de regels zelf; geen regeling vraagt het de casus"
}
"""Sheets that older cases have and that count for nothing any more: they are read over, with why."""
TEMPLATE: Final = "spuk template"
"""The command that writes an empty input workbook."""


def meant(unknown: Iterable[str], absent: Collection[str]) -> dict[str, str]:
    """Pair misspelt names with the absent names that they were most likely meant to be.

    A name that is misspelt is then one finding, and not an unknown name and an absent one.

    Args:
        unknown: the names that are not known.
        absent: the known names that are not there.

    Returns:
        For an unknown name the absent one; each absent name at most once.
    """
    free = dict.fromkeys(absent)
    pairs: dict[str, str] = {}
    for name in unknown:
        close = closest(name.strip(), free)
        if close is not None:
            pairs[name] = close
            free.pop(close)
    return pairs


def check_layout(book: RawBook, sheets: Mapping[str, SheetSpec] = SHEETS, command: str = TEMPLATE) -> list[Finding]:
    """Find unknown and absent sheets and columns.

    Args:
        book: the tables.
        sheets: the sheets that it should have.
        command: the command that writes an empty workbook of that kind.
    """
    present = (_check_sheet(sheet, sheets[name], book) for name, sheet in book.bladen.items() if name in sheets)
    return [*_check_names(book, sheets, command), *chain.from_iterable(present)]


def _check_names(book: RawBook, sheets: Mapping[str, SheetSpec], command: str) -> Iterator[Finding]:
    unknown = [name for name in book.bladen if name not in sheets and name not in RETIRED]
    absent = [name for name in sheets if name not in book.bladen]
    pairs = meant(unknown, absent)
    for name in unknown:
        advice = (
            f"Bedoelt u '{pairs[name]}'?"
            if name in pairs
            else "Verwijder het blad, of laat de naam met _ beginnen: dan wordt het overgeslagen."
        )
        yield Finding(name, "", f"Het blad {quoted(name)} is onbekend.", advice)
    for name in absent:
        spec = sheets[name]
        if not spec.optioneel and name not in pairs.values():
            yield Finding(
                name,
                "",
                f"Het blad '{name}' ontbreekt.",
                f"Voeg het toe, of begin met het sjabloon van '{command}'. Betekenis: {spec.uitleg}",
            )


def _check_sheet(sheet: RawSheet, spec: SheetSpec, book: RawBook) -> Iterator[Finding]:
    if sheet.letters:
        yield from _check_columns(sheet, spec)
    elif not spec.optioneel and not any(found.blad == sheet.naam for found in book.bevindingen):
        names = ", ".join(column.naam for column in spec.columns)
        yield Finding(
            sheet.naam,
            "rij 1",
            f"Het blad '{sheet.naam}' is leeg.",
            f"Zet in rij 1 de kolomnamen: {names}.",
        )


def _check_columns(sheet: RawSheet, spec: SheetSpec) -> Iterator[Finding]:
    columns = {column.naam: column for column in spec.columns}
    unknown = [name for name in sheet.letters if name not in columns]
    absent = [name for name in columns if name not in sheet.letters]
    pairs = meant(unknown, absent)
    for name in unknown:
        yield Finding(
            sheet.naam,
            f"{sheet.letters[name]}1",
            f"De kolom {quoted(name)} is onbekend.",
            _advise_column(name, pairs, absent),
        )
    for name in absent:
        if columns[name].needed and name not in pairs.values():
            yield Finding(
                sheet.naam,
                "rij 1",
                f"De kolom '{name}' ontbreekt.",
                f"Zet '{name}' in rij 1. Betekenis: {columns[name].info.uitleg}",
            )


def _advise_column(name: str, pairs: Mapping[str, str], absent: Collection[str]) -> str:
    if name in pairs:
        return f"Bedoelt u '{pairs[name]}'?"
    if not absent:
        return "Verwijder de kolom; alle kolommen van dit blad zijn er al."
    return f"Verwijder de kolom, of gebruik een naam die nog vrij is: {', '.join(absent)}."
