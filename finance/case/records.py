"""The rows of a sheet as records: every cell read, every fault found, nothing guessed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, TypeVar, cast

from pydantic import ValidationError

from finance.case.cells import CellError
from finance.case.checked import ONE_BY_ONE, rows_named
from finance.case.declaring import Row, SheetSpec, columns_of
from finance.case.table import RawBook, RawRow, RawSheet, blank, listed
from finance.case.total_rows import AWAY, total_column
from finance.findings import Finding

R = TypeVar("R", bound=Row)

DIGITS: Final = "0123456789"
LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ rij"
_SAID: Final = re.compile(r"'.*'|[-\d.,]+")
"""The value that a message quotes: two faults that differ in it only are the same."""
INCOMPLETE: Final = 3
"""A row that misses so many required cells is one finding, not one for each cell."""


@dataclass
class RowReader:
    """The state of one reading.

    Attributes:
        book: the tables.
        sheets: the declaration of the sheets that the book should have.
        findings: what was found so far.
    """

    book: RawBook
    sheets: Mapping[str, SheetSpec]
    findings: list[Finding] = field(default_factory=list)

    def rows(self, record: type[R]) -> tuple[R, ...]:
        """Read the sheet of a record, or of a kind of it; rows with a fault are left out and reported."""
        spec = next(item for item in self.sheets.values() if issubclass(item.record, record))
        kind = cast("type[R]", spec.record)
        sheet = self.book.bladen.get(spec.naam)
        if sheet is None:
            return ()
        before = len(self.findings)
        rows = tuple(self._row(sheet, kind, raw) for raw in sheet.rijen)
        self.findings[before:] = _folded(self.findings[before:])
        return tuple(row for row in rows if row is not None)

    def _row(self, sheet: RawSheet, record: type[R], raw: RawRow) -> R | None:
        known = {name: value for name, value in raw.cellen.items() if name in record.model_fields and not blank(value)}
        try:
            return record.model_validate({"rij": raw.nummer, **known})
        except ValidationError as error:
            total = total_column(columns_of(record), raw)
            if total:
                self._find(sheet, total, raw.nummer, CellError(f"Rij {raw.nummer} is een totaal.", AWAY))
            else:
                self._refuse(sheet, record, raw.nummer, error)
            return None

    def _refuse(self, sheet: RawSheet, record: type[Row], row: int, error: ValidationError) -> None:
        faults = {str(detail["loc"][0]): (detail.get("ctx") or {}).get("error") for detail in error.errors()}
        absent = [name for name, fault in faults.items() if fault is None and name in sheet.letters]
        if len(absent) >= INCOMPLETE:
            wat = f"Rij {row} is onvolledig: {listed(absent)} zijn leeg."
            doen = "Vul de rij aan, of maak haar helemaal leeg."
            self._find(sheet, absent[0], row, CellError(wat, doen))
        else:
            self._refuse_empty(sheet, record, row, absent)
        for name, fault in faults.items():
            if isinstance(fault, CellError) and fault.wat:
                self._find(sheet, name, row, CellError(f"{name}: {fault.wat}", fault.doen))

    def _refuse_empty(self, sheet: RawSheet, record: type[Row], row: int, absent: Sequence[str]) -> None:
        numbers = {column.naam for column in columns_of(record) if column.kind.getal}
        for name in absent:
            doen = "Vul de cel in; leeg is geen nul." if name in numbers else "Vul de cel in."
            self._find(sheet, name, row, CellError(f"{name} is leeg.", doen))

    def _find(self, sheet: RawSheet, name: str, row: int, fault: CellError) -> None:
        self.findings.append(Finding(sheet.naam, sheet.cell(name, row), fault.wat, fault.doen))


def _folded(findings: Sequence[Finding]) -> Iterator[Finding]:
    """The same fault in many rows of a column as one finding that names the rows."""
    alike: dict[tuple[str, str, str], list[Finding]] = defaultdict(list)
    for item in findings:
        alike[item.cel.rstrip(DIGITS), _SAID.sub("", item.wat), item.doen].append(item)
    for same in alike.values():
        if len(same) <= ONE_BY_ONE:
            yield from same
        else:
            rows = [int(item.cel.lstrip(LETTERS)) for item in same[1:]]
            yield replace(same[0], doen=f"{same[0].doen} Ook in rij {rows_named(rows)}.")
