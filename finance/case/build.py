"""From plain tables to a case: every cell read, every fault found, nothing guessed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, TypeVar

from pydantic import ValidationError

from finance.case.case import Case
from finance.case.checks import check_case
from finance.case.columns import CellError
from finance.case.declaring import Row, columns_of
from finance.case.layout import check_layout
from finance.case.settings import read_settings
from finance.case.sheets import (
    SHEETS,
    Alternative,
    CareForm,
    Cost,
    Demand,
    Effect,
    Funding,
    Goal,
    GrantPermit,
    IndexYear,
    Location,
    Measure,
    Places,
    Provenance,
    Provider,
    ScenarioChange,
    Setting,
    Settings,
    Source,
    SourcePermit,
    TariffParameter,
)
from finance.case.table import RawBook, RawRow, RawSheet, blank, listed
from finance.findings import Finding, FindingsError

R = TypeVar("R", bound=Row)

INCOMPLETE: Final = 3
"""A row that misses so many required cells is one finding, not one for each cell."""


@dataclass
class _Reading:
    """The state of one reading: the book, and what was found so far."""

    book: RawBook
    findings: list[Finding] = field(default_factory=list)

    def rows(self, record: type[R]) -> tuple[R, ...]:
        """Read the sheet of a record; rows with a fault are left out and reported."""
        spec = next(item for item in SHEETS.values() if item.record is record)
        sheet = self.book.bladen.get(spec.naam)
        if sheet is None:
            return ()
        rows = (self._row(sheet, record, raw) for raw in sheet.rijen)
        return tuple(row for row in rows if row is not None)

    def _row(self, sheet: RawSheet, record: type[R], raw: RawRow) -> R | None:
        known = {
            name: value
            for name, value in raw.cellen.items()
            if name in record.model_fields and not blank(value)
        }
        try:
            return record.model_validate({"rij": raw.nummer, **known})
        except ValidationError as error:
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


def read_case(book: RawBook) -> tuple[Case | None, tuple[Finding, ...]]:
    """Read a workbook's tables into a case.

    Args:
        book: the tables.

    Returns:
        The case, or None where it could not be made; and every finding of the cells and of how
        they hang together, in the order of the workbook.
    """
    reading = _Reading(book, [*book.bevindingen, *check_layout(book)])
    read = read_settings(book)
    case = _case(reading, read.settings)
    reading.findings += [*read.findings, *check_case(case, book, read.unread)]
    return None if read.unread else case, in_order(reading.findings, book)


def _case(reading: _Reading, settings: Settings) -> Case:
    return Case(
        settings=settings,
        setting_rows=reading.rows(Setting),
        provenance=reading.rows(Provenance),
        providers=reading.rows(Provider),
        locations=reading.rows(Location),
        care_forms=reading.rows(CareForm),
        places=reading.rows(Places),
        demand=reading.rows(Demand),
        alternatives=reading.rows(Alternative),
        measures=reading.rows(Measure),
        effects=reading.rows(Effect),
        costs=reading.rows(Cost),
        indexes=reading.rows(IndexYear),
        sources=reading.rows(Source),
        funding=reading.rows(Funding),
        source_permits=reading.rows(SourcePermit),
        grant_permits=reading.rows(GrantPermit),
        goal_rows=reading.rows(Goal),
        scenario_changes=reading.rows(ScenarioChange),
        tariff_parameters=reading.rows(TariffParameter),
    )


def in_order(findings: Sequence[Finding], book: RawBook) -> tuple[Finding, ...]:
    """Sort findings in the order of the workbook, without repeats; those of the whole file first."""
    sheets = {name: number for number, name in enumerate(book.bladen)}

    def place(finding: Finding) -> tuple[int, int, int, str]:
        first = re.match(r"([A-Z]*)\D*(\d+)", finding.cel)
        letters, row = (first[1], int(first[2])) if first else ("", 0)
        sheet = sheets.get(finding.blad, len(sheets)) if finding.blad else -1
        return sheet, row, len(letters), letters

    return tuple(sorted(dict.fromkeys(findings), key=place))


def build_case(book: RawBook) -> Case:
    """Read a workbook's tables into a case that has no findings.

    Raises:
        FindingsError: the tables have findings; it carries all of them.
    """
    case, findings = read_case(book)
    if findings or case is None:
        raise FindingsError(findings)
    return case
