"""The cells of the input in which two cases differ, row beside row.

Rows are matched by the key of their sheet. A sheet without a key matches its rows by what they are
about (a measure and its kostensoort), first with and then without the counts beside it, so that a
cost line that moves a year is one changed cell and not two rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from finance.case.columns import COUNT, LAG, TEXT, YEAR
from finance.case.declaring import ColumnSpec, SheetSpec
from finance.case.sheets import SHEETS
from finance.case.table import CellValue, RawBook, RawRow, RawSheet, shown

COUNTED: Final = (COUNT, LAG, YEAR)
NAMES_ELSEWHERE: Final = ("herkomst", "indexen")
"""Sheets whose ids say something about a row, and not which row it is."""
EMPTY: Final = "leeg"


class How(StrEnum):
    """What was done to a row or a cell; in the order in which changes are carried out."""

    ADDED = "rij toegevoegd"
    CHANGED = "cel gewijzigd"
    REMOVED = "rij verwijderd"


@dataclass(frozen=True, slots=True)
class Change:
    """One cell that differs, or a row that only one of the two has.

    Attributes:
        how: what was done.
        blad: the sheet of the input.
        sleutel: which row, in words.
        kolom: the column; empty for a whole row.
        oud: the old value as a reader sees it.
        nieuw: the new value likewise.
        cel: where it stands on the sheet with the input: in B, or in A where B lacks the row.
        was: the row of A; None where there is none.
        wordt: the row of B; None where there is none.
    """

    how: How
    blad: str
    sleutel: str
    kolom: str
    oud: str
    nieuw: str
    cel: str
    was: RawRow | None
    wordt: RawRow | None


def changes_between(one: RawBook, other: RawBook) -> tuple[Change, ...]:
    """Every change from one input to another: added rows, changed cells, removed rows, sheet by sheet."""
    found = [change for name in SHEETS for change in _of_sheet(SHEETS[name], _sheet(one, name), _sheet(other, name))]
    order = list(How)
    return tuple(sorted(found, key=lambda change: order.index(change.how)))


def _sheet(book: RawBook, name: str) -> RawSheet:
    return book.bladen.get(name, RawSheet(name, {}, ()))


def _of_sheet(spec: SheetSpec, one: RawSheet, other: RawSheet) -> Iterator[Change]:
    pairs = _pairs(spec, one.rijen, other.rijen)
    for was, wordt in pairs:
        if was and wordt:
            yield from _cells(spec, other, was, wordt)
    matched = {id(row) for pair in pairs for row in pair}
    for row in other.rijen:
        if id(row) not in matched:
            yield Change(How.ADDED, spec.naam, _name(spec, row), "", EMPTY, _whole(row), f"rij {row.nummer}", None, row)
    for row in one.rijen:
        if id(row) not in matched:
            yield Change(
                How.REMOVED, spec.naam, _name(spec, row), "", _whole(row), EMPTY, f"rij {row.nummer} (A)", row, None
            )


def _cells(spec: SheetSpec, sheet: RawSheet, was: RawRow, wordt: RawRow) -> Iterator[Change]:
    for column in spec.columns:
        old, new = was.cellen.get(column.naam), wordt.cellen.get(column.naam)
        if _said(column, was) != _said(column, wordt):
            yield Change(
                How.CHANGED,
                spec.naam,
                _name(spec, wordt),
                column.naam,
                shown(old) or EMPTY,
                shown(new) or EMPTY,
                sheet.cell(column.naam, wordt.nummer),
                was,
                wordt,
            )


def _whole(row: RawRow) -> str:
    return "; ".join(f"{name}: {shown(value)}" for name, value in row.cellen.items())


def _name(spec: SheetSpec, row: RawRow) -> str:
    said = (_said(column, row) for column in (_key(spec) or _about(spec)))
    return ", ".join(shown(value) for value in said if value is not None) or f"rij {row.nummer}"


def _said(column: ColumnSpec, row: RawRow) -> CellValue | None:
    """What a row says in a column: nothing where it says what an empty cell would, as older inputs leave it."""
    value = row.cellen.get(column.naam)
    return None if value is None or column.kind.value_of(value) == column.standaard else value


def _key(spec: SheetSpec) -> tuple[ColumnSpec, ...]:
    return tuple(column for name in spec.sleutel for column in spec.columns if column.naam == name)


def _pairs(spec: SheetSpec, one: Sequence[RawRow], other: Sequence[RawRow]) -> list[tuple[RawRow, RawRow]]:
    """The rows that belong together, matched by the finest key first."""
    pairs: list[tuple[RawRow, RawRow]] = []
    left, right = list(one), list(other)
    for columns in _keys(spec):
        found = list(_matched(columns, left, right))
        pairs += found
        taken = {id(row) for pair in found for row in pair}
        left = [row for row in left if id(row) not in taken]
        right = [row for row in right if id(row) not in taken]
    return pairs


def _keys(spec: SheetSpec) -> list[tuple[ColumnSpec, ...]]:
    if spec.sleutel:
        return [_key(spec)]
    about = _about(spec)
    return [spec.columns, about, tuple(column for column in about if column.kind not in COUNTED)]


def _about(spec: SheetSpec) -> tuple[ColumnSpec, ...]:
    """The columns of a sheet without a key that say what a row is about."""
    return tuple(
        column
        for column in spec.columns
        if column.info.ref not in NAMES_ELSEWHERE
        and column.kind != TEXT
        and (not column.kind.getal or column.kind in COUNTED)
    )


def _matched(
    columns: Collection[ColumnSpec], one: Iterable[RawRow], other: Iterable[RawRow]
) -> Iterator[tuple[RawRow, RawRow]]:
    waiting: dict[tuple[CellValue | None, ...], list[RawRow]] = defaultdict(list)
    for row in one:
        waiting[_values(columns, row)].append(row)
    for row in other:
        same = waiting[_values(columns, row)]
        if same:
            yield same.pop(0), row


def _values(columns: Collection[ColumnSpec], row: RawRow) -> tuple[CellValue | None, ...]:
    return tuple(_said(column, row) for column in columns)


ADDED_FROM: Final = 1_000_000
"""Rows that are added get numbers from here on, which no row of a workbook has."""


def carried_out(book: RawBook, change: Change) -> RawBook:
    """An input with one change carried out."""
    sheet = _sheet(book, change.blad)
    letters: Mapping[str, str] = {column.naam: column.naam for column in SHEETS[change.blad].columns}
    changed = replace(sheet, letters=letters, rijen=tuple(_rows(sheet.rijen, change)))
    return replace(book, bladen={**book.bladen, change.blad: changed})


def _rows(rows: Iterable[RawRow], change: Change) -> Iterator[RawRow]:
    for row in rows:
        if change.was is None or row.nummer != change.was.nummer:
            yield row
        elif change.wordt is not None:
            yield _with_cell(row, change.kolom, change.wordt.cellen.get(change.kolom))
    if change.was is None and change.wordt is not None:
        yield replace(change.wordt, nummer=ADDED_FROM + change.wordt.nummer)


def _with_cell(row: RawRow, column: str, value: CellValue | None) -> RawRow:
    cells = {name: cell for name, cell in row.cellen.items() if name != column}
    return replace(row, cellen=cells if value is None else {**cells, column: value})
