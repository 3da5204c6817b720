"""The changes of scenarios and draws, carried out on the plain tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from finance.case.declaring import ColumnSpec
from finance.case.sheets import SHEETS, ScenarioChange
from finance.case.table import CellValue, RawBook, RawRow, RawSheet, Touch, Touches, quoted, shown
from finance.findings import Finding, nearest
from finance.scenarios.faults import ChangeError, finding_of
from finance.scenarios.filters import known_column, selected_rows
from finance.scenarios.lineage import changes_of
from finance.scenarios.values import new_values

_SAYS: Final = "dat blad zegt zelf wat er verandert"
_FACT: Final = "staat vast; voor andere feiten is er een andere werkmap"
UNCHANGED: Final[Mapping[str, str]] = {
    "herkomst": "waar een getal vandaan komt, verandert niet met de toekomst",
    "realisatie": f"wat is betaald, {_FACT}",
    "realisatie_plaatsen": f"wat bezet was, {_FACT}",
    "gestart": f"wat is begonnen, {_FACT}",
    "scenarios": _SAYS,
    "onzekerheid": _SAYS,
}
"""The sheets that no change is about, and why."""


def apply_scenario(book: RawBook, changes: Sequence[ScenarioChange], name: str) -> tuple[RawBook, tuple[Finding, ...]]:
    """Carry out the changes of one scenario, from top to bottom, after those of what it starts from.

    Args:
        book: the tables; they stay as they are.
        changes: rows of the sheet `scenarios`; those of other scenarios are passed over.
        name: the scenario.

    Returns:
        The changed tables, and a finding for each row that could not be carried out or changes
        nothing. The changed case as a whole is not checked here.
    """
    return carry_out(book, changes_of(changes, name))


def carry_out(book: RawBook, changes: Iterable[ScenarioChange]) -> tuple[RawBook, tuple[Finding, ...]]:
    """Carry out changes from top to bottom, each on what those above it made.

    Args:
        book: the tables; they stay as they are.
        changes: typed in the sheet `scenarios`, or drawn.

    Returns:
        The changed tables, and a finding for each change that could not be carried out. The changed
        case as a whole is not checked here.
    """
    findings = []
    for change in changes:
        book, finding = _carried_out(book, change)
        findings += [finding] if finding else []
    return book, tuple(findings)


def reached(book: RawBook, changes: Iterable[ScenarioChange]) -> frozenset[tuple[str, int, str]]:
    """The cells that changes are about, as sheet, row number and column.

    Args:
        book: the tables after the changes were carried out.
        changes: rows of the sheet `scenarios`. Where the filter of one fits no row any more, because
            the change itself was about the filtered column, every row of its column counts.
    """
    return frozenset(cell for change in changes for cell in _reached(book, change))


def _reached(book: RawBook, change: ScenarioChange) -> Iterator[tuple[str, int, str]]:
    sheet = book.bladen.get(change.doelblad)
    if sheet is None:
        return
    try:
        rows = selected_rows(sheet, change)
    except ChangeError:
        rows = list(sheet.rijen)
    for row in rows:
        yield sheet.naam, row.nummer, change.kolom


def _carried_out(book: RawBook, change: ScenarioChange) -> tuple[RawBook, Finding | None]:
    try:
        return _changed(book, change), None
    except ChangeError as error:
        return book, finding_of(book, change, error.column, error.wat, error.doen)


def _changed(book: RawBook, change: ScenarioChange) -> RawBook:
    sheet = _target(book, change)
    column = _column(sheet, change)
    rows = selected_rows(sheet, change)
    new = {row.nummer: value for row, value in new_values(sheet, column, rows, change)}
    changed = replace(
        sheet,
        letters=_letters_with(sheet.letters, column.naam),
        rijen=tuple(_with_cell(row, column.naam, new) for row in sheet.rijen),
    )
    touched = _touched(book.geraakt, sheet, column.naam, new, change)
    return replace(book, bladen={**book.bladen, sheet.naam: changed}, geraakt=touched)


def _touched(
    known: Touches, sheet: RawSheet, column: str, new: Mapping[int, CellValue | None], change: ScenarioChange
) -> Touches:
    """What scenarios changed so far, with the cells of one more change."""
    touched = dict(known)
    for row in sheet.rijen:
        if row.nummer in new:
            at = (sheet.naam, column, row.nummer)
            words = (shown(row.cellen.get(column)), shown(new[row.nummer]))
            touched[at] = (*touched.get(at, ()), Touch(change.scenario, change.rij, *words))
    return touched


def _with_cell(row: RawRow, column: str, new: Mapping[int, CellValue | None]) -> RawRow:
    """A row with its new cell, which may be empty; as it stands where nothing is new."""
    if row.nummer not in new:
        return row
    cells = {name: cell for name, cell in row.cellen.items() if name != column}
    value = new[row.nummer]
    return replace(row, cellen=cells if value is None else {**row.cellen, column: value})


def _letters_with(letters: Mapping[str, str], column: str) -> Mapping[str, str]:
    """The columns of a sheet, with a further one after the last where it lacks the column."""
    if column in letters:
        return letters
    last = max((_column_number(letter) for letter in letters.values()), default=0)
    return {**letters, column: _column_letter(last + 1)}


def _column_number(letter: str) -> int:
    number = 0
    for char in letter:
        number = number * 26 + ord(char) - ord("A") + 1
    return number


def _column_letter(number: int) -> str:
    letter = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letter = chr(ord("A") + rest) + letter
    return letter


def _target(book: RawBook, change: ScenarioChange) -> RawSheet:
    name = change.doelblad
    targets = [known for known in SHEETS if known not in UNCHANGED]
    if name in UNCHANGED:
        who = "Een trekking" if change.drawn else "Een scenario"
        what = f"{who} kan het blad {name} niet veranderen: {UNCHANGED[name]}."
        raise ChangeError("doelblad", what, "Noem een ander blad.")
    if name not in targets:
        raise ChangeError("doelblad", f"Het blad {quoted(name)} is onbekend.", nearest(name, targets))
    sheet = book.bladen.get(name)
    if sheet is None or not sheet.rijen:
        raise ChangeError(
            "doelblad", f"Het blad {name} heeft hier geen rijen.", "Vul het blad, of noem een ander blad."
        )
    return sheet


def _column(sheet: RawSheet, change: ScenarioChange) -> ColumnSpec:
    column = known_column(sheet, change.kolom, "kolom", drawn=change.drawn)
    if column.naam not in sheet.letters and not column.optioneel:
        raise ChangeError(
            "kolom", f"De kolom '{column.naam}' ontbreekt in het blad {sheet.naam}.", "Voeg de kolom toe."
        )
    return column
