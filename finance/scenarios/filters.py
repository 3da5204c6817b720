"""The rows that a change is about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from finance.case.declaring import ColumnSpec
from finance.case.sheets import SHEETS, ScenarioChange, Settings
from finance.case.table import RawRow, RawSheet, Unreadable, one_line, quoted, shown
from finance.case.uncertainties import advise_drawable
from finance.findings import nearest
from finance.scenarios.faults import ChangeError

_NUMBER: Final = re.compile(r"[+-]?\d+(?:[.,]\d+)?")


def known_column(sheet: RawSheet, name: str, at: str, *, drawn: bool = False) -> ColumnSpec:
    """A column that a change names.

    Args:
        sheet: the sheet.
        name: the name of the column.
        at: the column of the change that names it.
        drawn: whether the change was drawn.

    Raises:
        ChangeError: the sheet has none of that name.
    """
    spec = SHEETS[sheet.naam]
    columns = {column.naam: column for column in spec.columns}
    if name not in columns:
        wat = f"Het blad {sheet.naam} heeft geen kolom {quoted(name)}."
        raise ChangeError(at, wat, advise_drawable(spec, name) if drawn else nearest(name, columns))
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
            raise ChangeError("filter", f"{quoted(part)} is geen filter.", "Schrijf kolom=waarde, met ; ertussen.")
        yield _Pair(known_column(sheet, column, "filter").naam, value)


def selected_rows(sheet: RawSheet, change: ScenarioChange) -> list[RawRow]:
    """The rows that the filter of a change fits; never none.

    Raises:
        ChangeError: it cannot be read, or fits no row.
    """
    pairs = list(_pairs(sheet, change.filter))
    rows = [row for row in sheet.rijen if all(pair.matches(row) for pair in pairs)]
    if not rows:
        raise ChangeError(
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
