"""Scenarios: what-if changes, carried out on the plain tables before a cell means anything.

A row of the sheet `scenarios` names a sheet, a column and, with a filter, the rows that change.
Rows with the same name make one scenario and are carried out from top to bottom, each on what the
rows above it made. A row that changes nothing is a finding: the reader meant something by it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Final

from finance.case.build import read_case
from finance.case.case import Case
from finance.case.columns import ANY, EURO, CellError, Kind, read_number
from finance.case.declaring import ColumnSpec, columns_of
from finance.case.sheets import SHEETS, ScenarioChange, Settings
from finance.case.table import (
    CellValue,
    RawBook,
    RawRow,
    RawSheet,
    Touch,
    Touches,
    Unreadable,
    blank,
    one_line,
    quoted,
    shown,
)
from finance.case.uncertainties import advise_drawable
from finance.findings import Finding, FindingsError, nearest
from finance.money import round_half_away

BASE: Final = "basis"
"""The name of the case as it stands."""
LONGEST_NAME: Final = 60
NAME_MARKS: Final = " ._-+%"
DECIMALS: Final = 12
"""Numbers that are not amounts keep this many decimals, so that a chain of factors stays finite."""
DEVICE_NAMES: Final = frozenset(
    {"con", "prn", "aux", "nul"} | {f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10)}
)
"""What Windows keeps for devices: no folder can have such a name, whatever follows a dot in it."""
_SAYS: Final = "dat blad zegt zelf wat er verandert"
_FACT: Final = "staat vast; voor andere feiten is er een andere werkmap"
UNCHANGED: Final[Mapping[str, str]] = {
    "herkomst": "waar een getal vandaan komt, verandert niet met de toekomst",
    "realisatie": f"wat is betaald, {_FACT}",
    "gestart": f"wat is begonnen, {_FACT}",
    "scenarios": _SAYS,
    "onzekerheid": _SAYS,
}
"""The sheets that no change is about, and why."""
SHOWN: Final = 3
"""A message quotes no more cells than this."""
COMPARISON: Final = "vergelijking.xlsx"
"""The file that stands beside the folders of the scenarios."""

CaseCheck = Callable[[Case, RawBook], Iterable[Finding]]
"""A check of a case whose rows hang together, such as that of the rules."""

_NUMBER: Final = re.compile(r"[+-]?\d+(?:[.,]\d+)?")


class _ChangeError(Exception):
    """A row of `scenarios` cannot be carried out: the column at fault, and the words for it."""

    def __init__(self, column: str, wat: str, doen: str) -> None:
        self.column, self.wat, self.doen = column, wat, doen
        super().__init__(wat)


def apply_scenario(
    book: RawBook, changes: Sequence[ScenarioChange], name: str
) -> tuple[RawBook, tuple[Finding, ...]]:
    """Carry out the changes of one scenario, from top to bottom.

    Args:
        book: the tables; they stay as they are.
        changes: rows of the sheet `scenarios`; those of other scenarios are passed over.
        name: the scenario.

    Returns:
        The changed tables, and a finding for each row that could not be carried out or changes
        nothing. The changed case as a whole is not checked here.
    """
    return carry_out(book, [change for change in changes if change.scenario == name])


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


def scenario_book(book: RawBook, case: Case, name: str) -> RawBook:
    """The tables of one scenario; those of `basis` are the tables themselves.

    Raises:
        FindingsError: the scenario is unknown, or a row of it cannot be carried out.
    """
    if name == BASE:
        return book
    if name not in case.scenarios:
        known = [BASE, *case.scenarios]
        wat = f"Scenario {quoted(name)} staat niet in het blad scenarios."
        raise FindingsError([Finding("scenarios", "", wat, nearest(name, known))])
    changed, refused = apply_scenario(book, case.scenarios[name], name)
    fault = _name_findings(book, case).get(name)
    if fault or refused:
        raise FindingsError([*([fault] if fault else []), *refused])
    return changed


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
        rows = _selected(sheet, change)
    except _ChangeError:
        rows = list(sheet.rijen)
    for row in rows:
        yield sheet.naam, row.nummer, change.kolom


def check_scenarios(book: RawBook, case: Case, also: CaseCheck | None = None) -> list[Finding]:
    """Carry out every scenario and check the case that each one makes.

    Args:
        book: the tables.
        case: what was read from them.
        also: a further check of each changed case whose rows hang together.

    Returns:
        The findings of the sheet `scenarios`, and those of the changed cases that the case as it
        stands does not have, with the scenario named.
    """
    base = frozenset(_findings_of(book, also))
    findings = list(_name_findings(book, case).values())
    for name, changes in case.scenarios.items():
        changed, refused = apply_scenario(book, changes, name)
        findings += without_consequences(book, changes, refused)
        found = dict.fromkeys(_findings_of(changed, also))
        findings += [replace(item, scenario=name) for item in found if item not in base]
    return findings


def without_consequences(
    book: RawBook, changes: Iterable[ScenarioChange], refused: Iterable[Finding]
) -> list[Finding]:
    """Leave out what follows from a fault of the sheet that a row is about: that is a finding already.

    Args:
        book: the tables as they stand.
        changes: the rows that were to be carried out.
        refused: the finding of each row that could not be.
    """
    follow = {change.rij for change in changes if _is_about_fault(book, change)}
    return [item for item in refused if int(re.sub(r"\D", "", item.cel)) not in follow]


def _is_about_fault(book: RawBook, change: ScenarioChange) -> bool:
    spec, sheet = SHEETS.get(change.doelblad), book.bladen.get(change.doelblad)
    if spec is None or spec.naam in UNCHANGED:
        return False
    if sheet is None or not sheet.letters:
        return not spec.optioneel
    asked = {change.kolom, *(part.partition("=")[0].strip() for part in change.filter.split(";"))}
    return any(_is_faulty(sheet, column) for column in spec.columns if column.naam in asked)


def _is_faulty(sheet: RawSheet, column: ColumnSpec) -> bool:
    """Whether a column is absent though it is needed, or has a cell that cannot be read."""
    if column.naam not in sheet.letters:
        return column.needed
    return any(_cannot_be_read(_kind(sheet, column, row), row.cellen.get(column.naam)) for row in sheet.rijen)


def _cannot_be_read(kind: Kind, cell: CellValue | None) -> bool:
    try:
        kind.value_of(cell)
    except CellError:
        return not blank(cell)
    return False


def _findings_of(book: RawBook, also: CaseCheck | None) -> tuple[Finding, ...]:
    case, findings = read_case(book)
    if findings or case is None or also is None:
        return findings
    return tuple(also(case, book))


def _name_findings(book: RawBook, case: Case) -> dict[str, Finding]:
    """The scenarios whose name cannot be a folder, or would share one, each with its finding."""
    findings = {}
    first: dict[str, str] = {}
    for name, changes in case.scenarios.items():
        fault = _name_fault(name, first)
        if fault:
            findings[name] = _finding(book, changes[0], "scenario", *fault)
        first.setdefault(name.casefold(), name)
    return findings


def _name_fault(name: str, others: Mapping[str, str]) -> tuple[str, str] | None:
    """What is wrong with the name of a scenario and what to do, or None.

    Args:
        name: the name.
        others: the names before it, by their casefolded form.
    """
    if name.casefold() == BASE:
        return f"'{BASE}' is de casus zoals die is.", "Geef het scenario een andere naam."
    if len(name) > LONGEST_NAME:
        return f"De naam heeft {len(name)} tekens.", f"Houd het op hooguit {LONGEST_NAME}."
    wrong = [char for char in name if not (char.isalpha() or char.isdecimal() or char in NAME_MARKS)]
    if wrong:
        return (
            f"In de naam '{name}' kan het teken {wrong[0]!r} niet.",
            "Gebruik letters, cijfers, spaties en . _ - + %.",
        )
    if not _can_be_folder(name):
        return f"'{name}' kan geen mapnaam zijn.", "Kies een andere naam, zonder punt aan het eind."
    other = others.get(name.casefold())
    if other:
        return (
            f"De namen '{other}' en '{name}' verschillen alleen in hoofdletters.",
            "Schrijf ze gelijk als het één scenario is; geef het anders een andere naam.",
        )
    return None


def _can_be_folder(name: str) -> bool:
    """Whether every system can have a folder of this name beside the comparison."""
    device = name.split(".", maxsplit=1)[0].strip().casefold()
    return (
        bool(name.strip(" ."))
        and name[-1] not in " ."
        and device not in DEVICE_NAMES
        and name.casefold() != COMPARISON
    )


def _finding(book: RawBook, change: ScenarioChange, column: str, wat: str, doen: str) -> Finding:
    sheet = book.bladen.get(change.blad)
    column = "parameters" if change.drawn and column == "waarde" else column
    cell = sheet.cell(column, change.rij) if sheet else f"rij {change.rij}"
    return Finding(change.blad, cell, wat, doen)


def _carried_out(book: RawBook, change: ScenarioChange) -> tuple[RawBook, Finding | None]:
    try:
        return _changed(book, change), None
    except _ChangeError as error:
        return book, _finding(book, change, error.column, error.wat, error.doen)


def _changed(book: RawBook, change: ScenarioChange) -> RawBook:
    sheet = _target(book, change)
    column = _column(sheet, change)
    rows = _selected(sheet, change)
    new = {row.nummer: value for row, value in _new_values(sheet, column, rows, change)}
    changed = replace(
        sheet,
        letters=_letters_with(sheet.letters, column.naam),
        rijen=tuple(_with_cell(row, column.naam, new.get(row.nummer)) for row in sheet.rijen),
    )
    touched = _touched(book.geraakt, sheet, column.naam, new, change)
    return replace(book, bladen={**book.bladen, sheet.naam: changed}, geraakt=touched)


def _touched(
    known: Touches, sheet: RawSheet, column: str, new: Mapping[int, CellValue], change: ScenarioChange
) -> Touches:
    """What scenarios changed so far, with the cells of one more change."""
    touched = dict(known)
    for row in sheet.rijen:
        if row.nummer in new:
            at = (sheet.naam, column, row.nummer)
            words = (shown(row.cellen.get(column)), shown(new[row.nummer]))
            touched[at] = (*touched.get(at, ()), Touch(change.scenario, change.rij, *words))
    return touched


def _with_cell(row: RawRow, column: str, value: CellValue | None) -> RawRow:
    return row if value is None else replace(row, cellen={**row.cellen, column: value})


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
        raise _ChangeError("doelblad", what, "Noem een ander blad.")
    if name not in targets:
        raise _ChangeError("doelblad", f"Het blad {quoted(name)} is onbekend.", nearest(name, targets))
    sheet = book.bladen.get(name)
    if sheet is None or not sheet.rijen:
        raise _ChangeError(
            "doelblad", f"Het blad {name} heeft hier geen rijen.", "Vul het blad, of noem een ander blad."
        )
    return sheet


def _column(sheet: RawSheet, change: ScenarioChange) -> ColumnSpec:
    column = _known_column(sheet, change.kolom, "kolom", drawn=change.drawn)
    if column.naam not in sheet.letters and not column.optioneel:
        raise _ChangeError(
            "kolom", f"De kolom '{column.naam}' ontbreekt in het blad {sheet.naam}.", "Voeg de kolom toe."
        )
    return column


def _known_column(sheet: RawSheet, name: str, at: str, *, drawn: bool = False) -> ColumnSpec:
    spec = SHEETS[sheet.naam]
    columns = {column.naam: column for column in spec.columns}
    if name not in columns:
        wat = f"Het blad {sheet.naam} heeft geen kolom {quoted(name)}."
        raise _ChangeError(at, wat, advise_drawable(spec, name) if drawn else nearest(name, columns))
    return columns[name]


@dataclass(frozen=True, slots=True)
class _Pair:
    """One `column=value` of a filter.

    Attributes:
        column: the column name.
        value: the value, without blanks around it; empty for an empty cell.
    """

    column: str
    value: str

    def matches(self, row: RawRow) -> bool:
        """Whether the cell shows this value; two numbers compare as numbers.

        A decimal point is as good as a decimal comma; thousands have no mark.
        """
        cell = row.cellen.get(self.column)
        if isinstance(cell, Unreadable):
            return False
        if isinstance(cell, Decimal) and _NUMBER.fullmatch(self.value):
            return cell == Decimal(self.value.replace(",", "."))
        return one_line(shown(cell)).strip() == self.value


def _pairs(sheet: RawSheet, text: str) -> Iterator[_Pair]:
    for part in filter(None, (part.strip() for part in text.split(";"))):
        column, sign, value = (piece.strip() for piece in part.partition("="))
        if not sign:
            raise _ChangeError(
                "filter", f"{quoted(part)} is geen filter.", "Schrijf kolom=waarde, met ; ertussen."
            )
        yield _Pair(_known_column(sheet, column, "filter").naam, value)


def _selected(sheet: RawSheet, change: ScenarioChange) -> list[RawRow]:
    pairs = list(_pairs(sheet, change.filter))
    rows = [row for row in sheet.rijen if all(pair.matches(row) for pair in pairs)]
    if not rows:
        raise _ChangeError(
            "filter",
            f"Het filter {quoted(change.filter)} past op geen enkele rij van het blad {sheet.naam}.",
            _why_no_row(sheet, pairs),
        )
    return rows


def _why_no_row(sheet: RawSheet, pairs: Sequence[_Pair]) -> str:
    for pair in pairs:
        unread = [row for row in sheet.rijen if isinstance(row.cellen.get(pair.column), Unreadable)]
        if unread:
            cell = sheet.cell(pair.column, unread[0].nummer)
            return f"Herstel eerst {sheet.naam}!{cell}: die cel kan niet worden gelezen."
        if not any(pair.matches(row) for row in sheet.rijen):
            return _advise_value(sheet, pair)
    return "Elk deel komt voor, maar niet samen in één rij."


def _advise_value(sheet: RawSheet, pair: _Pair) -> str:
    if sheet.naam == "case" and pair.value in Settings.model_fields:
        return f"Voeg aan het blad case een rij {pair.value} toe, desnoods met een lege waarde."
    values = {one_line(shown(row.cellen.get(pair.column))).strip() for row in sheet.rijen} - {""}
    return f"Geen rij heeft {pair.column}={pair.value}. {nearest(pair.value, values)}"


def _new_values(
    sheet: RawSheet, column: ColumnSpec, rows: Sequence[RawRow], change: ScenarioChange
) -> list[tuple[RawRow, CellValue]]:
    """The cells that change, each with its new value; never none unless the value was drawn."""
    if change.bewerking != "zet":
        rows = _with_number(sheet, column.naam, rows, change)
    changed = []
    for row in rows:
        kind = _kind(sheet, column, row)
        old = row.cellen.get(column.naam)
        new = _set_to(kind, change) if change.bewerking == "zet" else _calculated(kind, old, change)
        if not _same(kind, old, new):
            changed.append((row, new))
    if not changed and not change.drawn:
        raise _ChangeError(
            "waarde",
            f"Deze rij verandert niets: {column.naam} in het blad {sheet.naam}"
            f" blijft {_few(shown(row.cellen.get(column.naam)) for row in rows)}.",
            "Verander de waarde of het filter, of haal de rij weg.",
        )
    return changed


def _few(words: Iterable[str]) -> str:
    different = [quoted(word) for word in dict.fromkeys(words)]
    return ", ".join(different[:SHOWN]) + (" enzovoort" if len(different) > SHOWN else "")


def _kind(sheet: RawSheet, column: ColumnSpec, row: RawRow) -> Kind:
    """What the cell can hold; in the sheet `case` the key of the row says so."""
    if sheet.naam != "case" or column.naam != "waarde":
        return column.kind
    key = shown(row.cellen.get("sleutel")).strip()
    return next((known.kind for known in columns_of(Settings) if known.naam == key), ANY)


def _with_number(
    sheet: RawSheet, column: str, rows: Sequence[RawRow], change: ScenarioChange
) -> list[RawRow]:
    """The rows whose cell is not empty, all of them numbers."""
    filled = [row for row in rows if not blank(row.cellen.get(column))]
    if not filled:
        raise _ChangeError(
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
        raise _ChangeError(at, f"{where}De cel heeft geen waarde.", "Herstel eerst die cel.")
    try:
        return read_number(cell if cell is not None else "")
    except CellError as error:
        other = " Of kies een kolom met getallen." if where else ""
        raise _ChangeError(at, where + error.wat, error.doen + other) from error


def _set_to(kind: Kind, change: ScenarioChange) -> CellValue:
    value = change.waarde
    if change.drawn and isinstance(value, Decimal) and kind.decimalen is not None:
        value = rounded_to(Fraction(value), kind.decimalen)
    try:
        kind.value_of(value)
    except CellError as error:
        raise _ChangeError("waarde", f"{change.kolom}: {error.wat}", error.doen) from error
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


def _same(kind: Kind, old: CellValue | None, new: CellValue) -> bool:
    """Whether two cells mean the same in their column."""
    try:
        return bool(kind.value_of(old) == kind.value_of(new))
    except CellError:
        return old == new
