"""The tables of a workbook with a seal of version 1, found by their headings as a reader sees them.

Such a seal says nothing of tables. Only here is a Dutch heading read back, and only from workbooks of
that version, whose headings no longer change. What is found gets the keys that version 2 seals, so
that all other code reads keys. A heading that is needed and is not found is said, never read as
nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from finance.findings import Finding, FindingsError
from finance.tables.grid import Role, TablePlace
from finance.tables.painting import NOTHING
from finance.tables.places import FACT_COLUMNS
from finance.xlsx.seal import SealedCell, SealedCells
from finance.xlsx.sealed_tables import SealedRow, SealedTable

PROVENANCE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "herkomst die geldt": "herkomst_geldt",
        "herkomst": "herkomst",
        "bron of aanname": "soort_herkomst",
        "document": "document",
    }
)
"""The keys of the columns that say where a row of the input comes from, by their headings."""
AGAIN: Final = "Maak haar met deze versie van de toolkit opnieuw vanuit haar casus."

Row = Mapping[int, SealedCell]
IdsOf = Callable[[SealedRow], tuple[str, ...]]
"""What a row is about, in ids of the input."""


@dataclass(frozen=True)
class Headed:
    """A table as its headings tell it from the others of its sheet.

    Attributes:
        naam: the name that version 2 gives it.
        blad: its sheet.
        heads: the heading of each of its columns that are read, by the key that version 2 gives it.
        ids: what a row is about; None where that is not read.
        titel: the title above it; empty where any will do.
        eerste: the heading of its first column; empty where any will do.
        zonder: a heading that it does not have; empty for none.
    """

    naam: str
    blad: str
    heads: Mapping[str, str]
    ids: IdsOf | None = None
    titel: str = ""
    eerste: str = ""
    zonder: str = ""

    def matches(self, title: str, heads: Mapping[str, int]) -> bool:
        """Whether a table is this one."""
        return (
            self.titel in ("", title)
            and self.eerste in ("", next(iter(heads)))
            and (not self.zonder or self.zonder not in heads)
            and all(head in heads for head in self.heads.values())
        )


@dataclass
class _Open:
    """A table while its rows are found."""

    title: str
    title_row: int
    head: int
    heads: dict[str, int]
    first: int = 0
    count: int = 0

    def add(self, number: int, row: Row) -> None:
        shown = [row[at].exact for at in self.heads.values() if at in row]
        if any(text not in ("", NOTHING) for text in shown):
            self.first = self.first or number
            self.count = number - self.first + 1

    def place(self, naam: str, blad: str, keys: Mapping[str, str] | None = None) -> TablePlace:
        """Where it stands, with a key for each heading; without keys every heading is its own."""
        columns = [""] * max(self.heads.values(), default=0)
        for head, at in self.heads.items():
            columns[at - 1] = head if keys is None else keys.get(head, "")
        first = self.first or self.head + 1
        return TablePlace(naam, blad, self.title_row, self.head, first, self.count, tuple(columns))


def provenance_columns(heads: Mapping[int, str]) -> Mapping[str, int]:
    """The columns of a row that say where it comes from, by the keys of version 2.

    Args:
        heads: what stands above each column of the row.
    """
    return {PROVENANCE[head.lower()]: column for column, head in heads.items() if head.lower() in PROVENANCE}


def headed_tables(sheet: str, cells: SealedCells) -> tuple[SealedTable, ...]:
    """Every table of a sheet, from top to bottom, with each heading as the key of its column."""
    found = enumerate(_found(_by_row(cells)), start=1)
    return tuple(SealedTable(one.place(one.title or f"tabel {at}", sheet), cells) for at, one in found)


def known_tables(wanted: Mapping[str, Headed], sheets: Mapping[str, SealedCells]) -> Iterator[SealedTable]:
    """The tables that are known by their headings, with the keys of version 2.

    Args:
        wanted: the tables, by name.
        sheets: the sealed cells of each sheet.

    Raises:
        FindingsError: one is not there, or lacks a heading.
    """
    open_tables = {sheet: list(_found(_by_row(cells))) for sheet, cells in sheets.items()}
    for one in wanted.values():
        there = [table for table in open_tables.get(one.blad, ()) if one.matches(table.title, table.heads)]
        if not there:
            raise _not_found(one)
        keys = {head: key for key, head in one.heads.items()}
        table = SealedTable(there[0].place(one.naam, one.blad, keys), sheets[one.blad])
        yield _with_ids(table, one.ids)


def titled_tables(sheet: str, cells: SealedCells, heads: Mapping[str, Mapping[str, str]]) -> Iterator[SealedTable]:
    """The tables of a sheet that are there, by their titles, with the keys of version 2.

    Args:
        sheet: the sheet.
        cells: its sealed cells.
        heads: for each title the heading of each column, by its key; a column without one is left out.
    """
    for table in _found(_by_row(cells)):
        if table.title in heads:
            keys = {head: key for key, head in heads[table.title].items()}
            yield SealedTable(table.place(table.title, sheet, keys), cells)


def _with_ids(table: SealedTable, ids: IdsOf | None) -> SealedTable:
    if ids is None:
        return table
    return replace(table, place=replace(table.place, sleutels=tuple(ids(row) for row in table.rows)))


def _not_found(one: Headed) -> FindingsError:
    heads = ", ".join(f"'{head}'" for head in one.heads.values())
    named = f"'{one.titel}' met de koppen" if one.titel else "met de koppen"
    wat = (
        f"De tabel {named} {heads} is niet gevonden; deze werkmap heeft een zegel van versie 1, en daarin"
        " zijn tabellen alleen aan hun koppen te herkennen."
    )
    return FindingsError([Finding(one.blad, "", wat, AGAIN)])


def headed_facts(naam: str, sheet: str, cells: SealedCells, title: str, keys: Mapping[str, str]) -> SealedTable:
    """The single facts under a heading, with the keys of version 2; a label without one is its own key.

    Raises:
        FindingsError: the heading is not there.
    """
    rows = _by_row(cells)
    top = next((row for row, found in rows.items() if 1 in found and found[1].exact == title), 0)
    if not top:
        raise _not_found(Headed(naam, sheet, {}, titel=title))
    last = top
    while last + 1 in rows and 1 in rows[last + 1]:
        last += 1
    labels = (rows[row][1].exact for row in range(top + 1, last + 1))
    ids = tuple((keys.get(label, label),) for label in labels)
    return SealedTable(TablePlace(naam, sheet, top, 0, top + 1, last - top, FACT_COLUMNS, ids), cells)


def _by_row(cells: SealedCells) -> Mapping[int, Row]:
    rows: dict[int, dict[int, SealedCell]] = {}
    for (row, column), cell in sorted(cells.items(), key=lambda item: item[0]):
        rows.setdefault(row, {})[column] = cell
    return rows


def _found(rows: Mapping[int, Row]) -> Iterator[_Open]:
    """A table begins with a row of heads, and ends with a total or an empty row."""
    title, title_row, before, table = "", 0, 0, None
    for number, row in rows.items():
        if number != before + 1 or _all(row, Role.TOTAL):
            if table:
                yield table
            title, title_row, table = "", 0, None
        before = number
        if _all(row, Role.HEADER):
            table = _Open(title, title_row, number, _heads(row))
        elif table:
            table.add(number, row)
        elif _all(row, Role.SECTION):
            title, title_row = next(iter(row.values())).exact, number
    if table:
        yield table


def _all(row: Row, role: Role) -> bool:
    return all(cell.role is role for cell in row.values())


def _heads(row: Row) -> dict[str, int]:
    """The column of each heading; of two equal ones the first."""
    heads: dict[str, int] = {}
    for column, cell in row.items():
        heads.setdefault(cell.exact, column)
    return heads
