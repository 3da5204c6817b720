"""The keys of the sheet `case`, read one by one into the settings of a case."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from finance.case.cells import CellError
from finance.case.declaring import ColumnSpec, columns_of
from finance.case.layout import meant
from finance.case.sheets import Settings
from finance.case.table import RawBook, RawRow, RawSheet, Unreadable, blank, quoted, shown
from finance.findings import Finding

BLAD: Final = "case"
STAND_INS: Final[Mapping[str, object]] = {
    "naam": "?",
    "landsdeel": "?",
    "coordinerende_gemeente": "?",
    "regelingen": (),
    "peildatum": date(2000, 1, 1),
    "eerste_jaar": 2000,
    "laatste_jaar": 2000,
    "prijspeil": 2000,
}
"""What stands for a key that cannot be read, so that the rest of the case can still be checked."""


@dataclass(frozen=True, slots=True)
class ReadSettings:
    """The settings as far as they could be read.

    Attributes:
        settings: the settings; a stand-in for each key that could not be read.
        unread: the keys that could not be read; empty where the settings can be used.
        findings: what was found.
    """

    settings: Settings
    unread: frozenset[str]
    findings: tuple[Finding, ...]


def read_settings(book: RawBook) -> ReadSettings:
    """Read the keys of the sheet `case`.

    Args:
        book: the tables; without that sheet, or without its columns, no key can be read.
    """
    sheet = book.bladen.get(BLAD)
    if sheet is None or not {"sleutel", "waarde"} <= sheet.letters.keys():
        return ReadSettings(Settings.model_validate({"rij": 1, **STAND_INS}), frozenset(STAND_INS), ())
    rows = _rows_by_key(sheet)
    known = {column.naam: column for column in columns_of(Settings)}
    pairs = meant([key for key in rows if key not in known], [key for key in known if key not in rows])
    findings = list(_unknown(sheet, rows, known, pairs))
    absent = {key for key, column in known.items() if not column.optioneel and key not in rows}
    unnamed = sum(not shown(row.cellen.get("sleutel")).strip() for row in sheet.rijen)
    told = {*pairs.values(), *(absent if len(absent) <= unnamed else ())}
    values: dict[str, object] = {}
    unread = set()
    for key, column in known.items():
        try:
            values |= _read_key(rows.get(key), column)
        except CellError as fault:
            unread.add(key)
            if fault.wat and key not in told:
                findings.append(_finding(sheet, rows.get(key), column, fault))
    settings = Settings.model_validate({"rij": 1, **STAND_INS, **values})
    return ReadSettings(settings, frozenset(unread), tuple(findings))


def _rows_by_key(sheet: RawSheet) -> dict[str, RawRow]:
    """The first row of each key; a second one is found with the other repeated keys."""
    rows: dict[str, RawRow] = {}
    for row in sheet.rijen:
        key = row.cellen.get("sleutel")
        if isinstance(key, str):
            rows.setdefault(key.strip(), row)
    return rows


def _unknown(
    sheet: RawSheet, rows: Mapping[str, RawRow], known: Collection[str], pairs: Mapping[str, str]
) -> Iterator[Finding]:
    for key, row in rows.items():
        if key not in known:
            advice = (
                f"Bedoelt u '{pairs[key]}'?"
                if key in pairs
                else f"Haal de rij weg; de sleutels zijn: {', '.join(known)}."
            )
            cell = sheet.cell("sleutel", row.nummer)
            yield Finding(BLAD, cell, f"De sleutel {quoted(key)} is onbekend.", advice)


def _read_key(row: RawRow | None, column: ColumnSpec) -> dict[str, object]:
    """Read the value of one key; nothing for an optional one that is empty.

    Raises:
        CellError: the value cannot be used; without words where the fault was reported with its row.
    """
    cell = row.cellen.get("waarde") if row else None
    if isinstance(cell, Unreadable):
        raise CellError("", "")
    if not blank(cell):
        return {column.naam: column.kind.value_of(cell)}
    if column.optioneel:
        return {}
    meaning = f"Betekenis: {column.info.uitleg}"
    if row is None:
        raise CellError(f"De sleutel '{column.naam}' ontbreekt.", f"Voeg een rij toe. {meaning}")
    raise CellError(f"{column.naam} is leeg.", f"Vul de waarde in. {meaning}")


def _finding(sheet: RawSheet, row: RawRow | None, column: ColumnSpec, fault: CellError) -> Finding:
    cell = sheet.cell("waarde", row.nummer) if row else ""
    named = row is None or fault.wat.startswith(column.naam)
    return Finding(BLAD, cell, fault.wat if named else f"{column.naam}: {fault.wat}", fault.doen)
