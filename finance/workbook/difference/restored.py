"""A budget read back from its workbook: the input, the decisions, what made it, what it shows.

Everything comes from the seal, which keeps each number exactly as it was written. A workbook that
was changed afterwards is refused: what it shows is no longer what the toolkit computed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Final

from finance.allocation import Allocation, PlaceYear
from finance.case.build import read_case
from finance.case.case import Case, CostLine
from finance.case.declaring import ColumnSpec, SheetSpec
from finance.case.sheets import SHEETS, ScenarioChange
from finance.case.table import CellValue, RawBook, RawRow, RawSheet
from finance.findings import Finding, FindingsError
from finance.money import ZERO, Money
from finance.statement import Statement
from finance.workbook.difference.amounts import Amounts, Shown
from finance.workbook.difference.tables import ReadRow, ReadTable, facts_of, tables_of, value_of
from finance.workbook.grid import column_letters
from finance.workbook.proposal.names import family
from finance.workbook.seal import SealedCells

INPUT: Final = "uitgangspunten"
ACCOUNT: Final = "verantwoording"
SETTINGS: Final = ("sleutel", "waarde", "herkomst")
"""The columns of `case` that come from the input; the explanation beside them may be the toolkit's."""
BETWEEN: Final = " / "
"""What stands between the location and the zorgvorm of a cost line; no key of an id has it."""


@dataclass(frozen=True)
class Restored:
    """A budget as its workbook holds it.

    Attributes:
        naam: the name of the file.
        vingerafdruk: the SHA-256 of the sealed content.
        cells: the sealed cells of each sheet.
        book: the tables of the input.
        case: the case.
        allocation: the decisions.
    """

    naam: str
    vingerafdruk: str
    cells: Mapping[str, SealedCells]
    book: RawBook
    case: Case
    allocation: Allocation

    @cached_property
    def statement(self) -> Statement:
        """What this version of the toolkit makes of it."""
        return Statement(self.case, self.allocation)

    @cached_property
    def _reading(self) -> _Reading:
        return _Reading(self.cells)

    @cached_property
    def shown(self) -> Amounts:
        """The amounts as the workbook shows them."""
        reading = self._reading
        return Shown(reading.tables, reading.id_of, reading.line_of).amounts()

    @cached_property
    def origin(self) -> Mapping[str, str]:
        """What it was made from and with, by the labels of the sheet `verantwoording`."""
        return facts_of(self.cells.get(ACCOUNT, {}), "Gemaakt uit")

    @cached_property
    def rules(self) -> Mapping[str, str]:
        """Each version of a rule that applied, in words, by its id."""
        return {
            row.text("Regel"): "; ".join(cell.exact for cell in row.cells.values() if cell.exact)
            for row in self._reading.rows(ACCOUNT, "Regels zoals ze golden")
        }

    @cached_property
    def changes(self) -> tuple[ScenarioChange, ...]:
        """What the scenario changed in the case, from top to bottom."""
        rows = self._reading.rows(ACCOUNT, "Wat dit scenario verandert")
        return tuple(
            ScenarioChange(
                rij=0, scenario=self.scenario, omschrijving=row.text("Omschrijving"),
                doelblad=row.text("Blad"), kolom=row.text("Kolom"), filter=row.text("Filter"),
                bewerking=row.text("Bewerking"), waarde=row.text("Waarde"),
            )
            for row in rows
        )  # fmt: skip

    @property
    def scenario(self) -> str:
        """The scenario."""
        return self.origin.get("Scenario", "")

    @cached_property
    def proven(self) -> bool:
        """Whether every goal was proven to be optimal."""
        rows = self._reading.rows(ACCOUNT, "Doelen, zoals de berekening ze opleverde")
        return all(row.text("Bewezen") == "ja" for row in rows)


def is_budget(cells: Mapping[str, SealedCells]) -> bool:
    """Whether a workbook is a budget."""
    return {INPUT, ACCOUNT, "betalingen", "capaciteit"} <= set(cells)


def restored(naam: str, fingerprint: str, cells: Mapping[str, SealedCells]) -> Restored:
    """Read a budget back from its sealed cells.

    Raises:
        FindingsError: this version of the toolkit finds faults in the input that the workbook holds.
    """
    reading = _Reading(cells)
    book = reading.book()
    case, findings = read_case(book)
    if case is None or findings:
        wat = f"De invoer in {naam} past niet bij deze versie van de toolkit ({len(findings)} bevindingen)."
        doen = "Maak de werkmap opnieuw vanuit haar casus en vergelijk dan."
        raise FindingsError([Finding("", "", wat, doen), *findings])
    return Restored(naam, fingerprint, cells, book, case, reading.allocation())


@dataclass(frozen=True)
class _Reading:
    """The sealed cells of a budget, and where to find what in them."""

    cells: Mapping[str, SealedCells]

    @cached_property
    def tables(self) -> Mapping[str, tuple[ReadTable, ...]]:
        """The tables of each sheet."""
        return {name: tables_of(cells) for name, cells in self.cells.items()}

    def table(self, sheet: str, title: str) -> ReadTable | None:
        """The table with a title; None where there is none."""
        return next((table for table in self.tables.get(sheet, ()) if table.titel == title), None)

    def rows(self, sheet: str, title: str) -> tuple[ReadRow, ...]:
        """The rows of the table with a title; none where there is no such table."""
        table = self.table(sheet, title)
        return table.rows if table else ()

    @cached_property
    def _ids(self) -> Mapping[tuple[str, str], str]:
        rows = self.rows(INPUT, "sleutels")
        return {(row.text("soort sleutel"), row.text("sleutel")): row.text("in de invoer") for row in rows}

    def id_of(self, its_family: str, key: str) -> str:
        """The id of the input behind a key of the workbook."""
        return self._ids.get((its_family, key), key)

    def line_of(self, row: ReadRow) -> CostLine:
        """The cost line that a row is about."""
        owner, sort, year = row.text("Waarvoor"), row.text("Kostensoort"), int(row.text("Jaar"))
        location, sign, form = owner.partition(BETWEEN)
        if not sign:
            return CostLine(self.id_of("maatregel", owner), "", "", sort, year)
        return CostLine("", self.id_of("locatie", location), self.id_of("zorgvorm", form), sort, year)

    def book(self) -> RawBook:
        """The tables of the input."""
        made = ((spec, self.table(INPUT, name)) for name, spec in SHEETS.items())
        return RawBook({spec.naam: self._sheet(spec, table) for spec, table in made if table})

    def _sheet(self, spec: SheetSpec, table: ReadTable) -> RawSheet:
        columns = {
            column.naam: column
            for column in spec.columns
            if _head(column) in table.columns and (spec.naam != "case" or column.naam in SETTINGS)
        }
        letters = {name: column_letters(table.columns[_head(column)]) for name, column in columns.items()}
        rows = (RawRow(row.nummer, self._record(spec, columns, row)) for row in table.rows)
        return RawSheet(spec.naam, letters, tuple(rows))

    def _record(
        self, spec: SheetSpec, columns: Mapping[str, ColumnSpec], row: ReadRow
    ) -> Mapping[str, CellValue]:
        found = {name: row.cells.get(_head(column)) for name, column in columns.items()}
        record = {name: value_of(cell) for name, cell in found.items() if cell and cell.exact}
        for name, value in record.items():
            its_family = family(spec.naam, columns[name]) or _family_of_setting(record, name)
            if its_family and isinstance(value, str):
                record[name] = self.id_of(its_family, value)
        return record

    def allocation(self) -> Allocation:
        """The decisions."""
        used = self._used()
        served, here = self._elsewhere()
        places: dict[tuple[str, int], Decimal] = {}
        for ((_, form), year), number in used.items():
            places[form, year] = places.get((form, year), Decimal(0)) + number
        for (form, year), number in places.items():
            served[form, form, year] = number - here.get((form, year), Decimal(0))
        return Allocation(
            self._starts(),
            {at: number for at, number in used.items() if number},
            {at: number for at, number in served.items() if number},
            self._payments(),
        )

    def _starts(self) -> dict[str, int]:
        rows = (row for table in self.tables["maatregelen"] for row in table.rows if row.text("Start"))
        return {self.id_of("maatregel", row.text("Maatregel")): int(row.text("Start")) for row in rows}

    def _used(self) -> dict[PlaceYear, Decimal]:
        rows = self.rows("capaciteit", "Per locatie, zorgvorm en jaar")
        return {
            (
                (self.id_of("locatie", row.text("Locatie")), self.id_of("zorgvorm", row.text("Zorgvorm"))),
                int(row.text("Jaar")),
            ): row.number("Bezet")
            for row in rows
        }

    def _elsewhere(self) -> tuple[dict[tuple[str, str, int], Decimal], dict[tuple[str, int], Decimal]]:
        """Who uses a place of another zorgvorm, and how many places of each are used so."""
        served: dict[tuple[str, str, int], Decimal] = {}
        here: dict[tuple[str, int], Decimal] = {}
        tables = (table for table in self.tables["capaciteit"] if "Gebruikt" in table.columns)
        for row in (row for table in tables for row in table.rows):
            need, got = (self.id_of("zorgvorm", row.text(head)) for head in ("Nodig", "Gebruikt"))
            year, number = int(row.text("Jaar")), row.number("Plaatsen")
            served[need, got, year] = number
            here[got, year] = here.get((got, year), Decimal(0)) + number
        return served, here

    def _payments(self) -> dict[tuple[CostLine, str], Money]:
        paid: dict[tuple[CostLine, str], Money] = {}
        for row in (row for table in self.tables["betalingen"] for row in table.rows):
            key = (self.line_of(row), self.id_of("bron", row.text("Bron")))
            paid[key] = paid.get(key, ZERO) + Money.from_euros(row.number("Bedrag"))
        return paid


def _head(column: ColumnSpec) -> str:
    """What stands above a column of the input in the workbook."""
    return column.naam.replace("_", " ")


def _family_of_setting(record: Mapping[str, CellValue], name: str) -> str:
    """The family of the one setting that is an id with a key of its own."""
    return "gemeente" if name == "waarde" and record.get("sleutel") == "coordinerende_gemeente" else ""
