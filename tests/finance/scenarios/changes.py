"""Rows of the sheet `scenarios`, and what becomes of them."""

from __future__ import annotations

from decimal import Decimal

from finance.case import Case, CellValue, RawBook, read_case
from finance.findings import Finding
from finance.scenarios import apply_scenario
from tests.casebook import Record, Tables, raw_book, small_case

NAME = "proef"
COLUMNS = ("scenario", "omschrijving", "doelblad", "kolom", "filter", "bewerking", "waarde")
Change = tuple[str, str, str | None, str, object]
"""Sheet, column, filter, operation and value."""


def change_rows(*changes: Change, name: str = NAME) -> list[Record]:
    """Rows of `scenarios`."""
    return [dict(zip(COLUMNS, (name, None, *change), strict=True)) for change in changes]


def with_changes(*changes: Change, tables: Tables | None = None, name: str = NAME) -> Tables:
    """The small case, or other tables, with one scenario."""
    return {**(tables or small_case()), "scenarios": change_rows(*changes, name=name)}


def read(book: RawBook) -> Case:
    """The case of some tables, which may have findings."""
    case, _ = read_case(book)
    assert case is not None
    return case


def carried_out(*changes: Change, tables: Tables | None = None) -> tuple[RawBook, tuple[Finding, ...]]:
    """The small case after one scenario, and the findings of its rows."""
    book = raw_book(with_changes(*changes, tables=tables))
    return apply_scenario(book, read(book).scenario_changes, NAME)


def changed(*changes: Change, tables: Tables | None = None) -> RawBook:
    """The small case after one scenario that has no findings."""
    book, findings = carried_out(*changes, tables=tables)
    assert findings == ()
    return book


def refused(*changes: Change, tables: Tables | None = None) -> Finding:
    """The one finding of a scenario of which no row can be carried out."""
    book, findings = carried_out(*changes, tables=tables)
    assert book == raw_book(with_changes(*changes, tables=tables))
    (finding,) = findings
    assert finding.blad == "scenarios"
    return finding


def column(book: RawBook, sheet: str, name: str) -> list[CellValue | None]:
    """The cells of a column, from top to bottom."""
    return [row.cellen.get(name) for row in book.bladen[sheet].rijen]


def setting(book: RawBook, key: str) -> CellValue | None:
    """The value of a key of the sheet `case`."""
    return next(row.cellen.get("waarde") for row in book.bladen["case"].rijen if row.cellen["sleutel"] == key)


def several(*changes: Change) -> Tables:
    """The small case with all its demand in one row that a filter can meet in many ways."""
    tables = with_changes(*changes)
    tables["vraag"][0] |= {"jeugdigen": Decimal("0.9"), "plafond": Decimal("1000.5")}
    return tables


def without(sheet: str, name: str) -> Tables:
    """The small case without one column."""
    tables = small_case()
    tables[sheet] = [{key: value for key, value in row.items() if key != name} for row in tables[sheet]]
    return tables
