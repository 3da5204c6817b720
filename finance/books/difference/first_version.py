"""A budget with a seal of version 1: its tables, its input and its decisions, by headings.

The input and the decisions stand in its cells alone, with keys of the workbook in place of the ids that
a lookup could misread; its own table `sleutels` says which id a key is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Final

from finance.books.budget.sealed_plan import SETTING_COLUMNS, SETTINGS
from finance.books.names import family
from finance.case.case import CostLine
from finance.case.declaring import ColumnSpec, SheetSpec
from finance.case.sheets import SHEETS
from finance.case.table import CellValue, RawBook, RawRow, RawSheet
from finance.money import ZERO, Money
from finance.plan.allocation import Allocation, PlaceYear
from finance.tables.grid import column_letters
from finance.xlsx.headings import Headed, headed_facts, headed_tables, known_tables, titled_tables
from finance.xlsx.seal import SealedCells
from finance.xlsx.sealed_tables import SealedRow, SealedTable, SealedTables, value_of

INPUT: Final = "uitgangspunten"
ACCOUNT: Final = "verantwoording"
SHEETS_OF_BUDGET: Final = frozenset({INPUT, ACCOUNT, "betalingen", "capaciteit"})
BETWEEN: Final = " / "
"""What stands between the location and the zorgvorm of a cost line; no key of an id has it."""
ALIASES: Final = "sleutels"
LABELS: Final[Mapping[str, str]] = {
    "Invoerbestand": "invoer",
    "SHA-256 van de invoer": "invoer_sha256",
    "Scenario": "scenario",
    "Toolkit": "toolkit",
    "Solver": "solver",
    "Regelingen": "regelingen",
    "Andere lezingen": "lezingen",
    "Peildatum van de regels": "peildatum",
    "Uitkomst van de solver": "status",
}
"""The keys of what a budget was made from, by their labels."""
LINE: Final = {"waarvoor": "Waarvoor", "kostensoort": "Kostensoort", "jaar": "Jaar"}
COVER: Final = {"kosten": "Kosten", "ongedekt": "Ongedekt"}
BALANCE: Final = {"bron": "Bron", "beschikbaar": "Beschikbaar", "betaald": "Betaald", "over": "Over"}
ELSEWHERE: Final = {"zorgvorm": "Nodig", "alternatief": "Gebruikt", "jaar": "Jaar", "plaatsen": "Plaatsen"}
SCENARIO: Final = {
    "omschrijving": "Omschrijving",
    "blad": "Blad",
    "kolom": "Kolom",
    "filter": "Filter",
    "bewerking": "Bewerking",
    "waarde": "Waarde",
}
RULE: Final = {
    "regel": "Regel",
    "onderwerp": "Onderwerp",
    "van": "Geldt van",
    "tot": "Geldt tot",
    "bekend": "Bekend sinds",
    "uitleg": "Wat de regel zegt",
    "lezing": "Lezing",
    "rang": "Rang",
    "vindplaats": "Vindplaats",
    "feit": "Feit",
}


def is_budget_of_first(sheets: Mapping[str, SealedCells]) -> bool:
    """Whether a workbook with a seal of version 1 is a budget."""
    return set(sheets) >= SHEETS_OF_BUDGET


@dataclass(frozen=True)
class FirstVersion:
    """A budget with a seal of version 1.

    Attributes:
        sheets: its sealed cells.
    """

    sheets: Mapping[str, SealedCells]

    @cached_property
    def tables(self) -> SealedTables:
        """The tables that are read, with the keys of version 2.

        Raises:
            FindingsError: one that every budget has is not found by its headings.
        """
        account = self.sheets[ACCOUNT]
        found = [
            *known_tables(self._wanted, self.sheets),
            headed_facts("gemaakt", ACCOUNT, account, "Gemaakt uit", LABELS),
            *(
                replace(table, place=replace(table.place, naam="scenario"))
                for table in titled_tables(ACCOUNT, account, {"Wat dit scenario verandert": SCENARIO})
            ),
        ]
        return SealedTables({table.place.naam: table for table in found})

    @property
    def _wanted(self) -> Mapping[str, Headed]:
        tables = (
            Headed("slotsom", "samenvatting", {"kosten": "Alle kosten", "betaald": "Betaald", "ongedekt": "Ongedekt"}),
            Headed(
                "doeluitkomst",
                "samenvatting",
                {"doel": "Doel", "waarde": "Waarde", "eenheid": "Eenheid"},
                lambda row: (row.text("doel"),),
            ),
            Headed("groepdekking", "samenvatting", {"groep": "Groep", **COVER}, lambda row: (row.text("groep"),)),
            Headed(
                "jaardekking", "samenvatting", {"jaar": "Jaar", **COVER}, lambda row: (row.text("jaar"),), eerste="Jaar"
            ),
            Headed(
                "betaling",
                "betalingen",
                {**LINE, "bron": "Bron", "bedrag": "Bedrag", "strijdig": "Bedrag in strijd"},
                lambda row: (*self._line(row), self._id_of("bron", row.text("bron"))),
            ),
            Headed("pot", "bronnen", BALANCE, lambda row: (self._id_of("bron", row.text("bron")),), zonder="Jaar"),
            Headed(
                "jaarbron",
                "bronnen",
                {**BALANCE, "jaar": "Jaar"},
                lambda row: (self._id_of("bron", row.text("bron")), row.text("jaar")),
            ),
            Headed(
                "deelplafond",
                "regels",
                {"regel": "Regel", "beschikking": "Beschikking", "waarde": "Betaald", "grens": "Grens"},
                self._cap,
            ),
            Headed("lijn", "dekking", {**LINE, "regel": "Regel", **COVER}, self._line),
            Headed(
                "plan",
                "maatregelen",
                {"maatregel": "Maatregel", "start": "Start"},
                lambda row: (self._id_of("maatregel", row.text("maatregel")),),
            ),
            Headed(
                "bezetting",
                "capaciteit",
                {"locatie": "Locatie", "zorgvorm": "Zorgvorm", "jaar": "Jaar", "bezet": "Bezet"},
                lambda row: (
                    self._id_of("locatie", row.text("locatie")),
                    self._id_of("zorgvorm", row.text("zorgvorm")),
                    row.text("jaar"),
                ),
            ),
            Headed(
                "uitwijkplaats",
                "capaciteit",
                ELSEWHERE,
                lambda row: (
                    self._id_of("zorgvorm", row.text("zorgvorm")),
                    self._id_of("zorgvorm", row.text("alternatief")),
                    row.text("jaar"),
                ),
            ),
            Headed("doel", ACCOUNT, {"doel": "Doel", "bewezen": "Bewezen"}, lambda row: (row.text("doel"),)),
            Headed("regelversie", ACCOUNT, RULE, lambda row: (row.text("regel"),)),
        )
        return {table.naam: table for table in tables}

    @cached_property
    def _input(self) -> Mapping[str, SealedTable]:
        """The tables of the input that are there: an older budget may lack a sheet, or a column."""
        heads = {name: {one.naam: _head(one) for one in spec.columns} for name, spec in SHEETS.items()}
        found = titled_tables(INPUT, self.sheets[INPUT], heads)
        return {table.place.naam: table for table in found}

    @cached_property
    def _ids(self) -> Mapping[tuple[str, str], str]:
        """The id behind each key of the workbook that is none; most workbooks have no such keys."""
        tables = [table for table in headed_tables(INPUT, self.sheets[INPUT]) if table.place.naam == ALIASES]
        return {
            (row.text("soort sleutel"), row.text("sleutel")): row.text("in de invoer")
            for table in tables
            for row in table.rows
        }

    def _id_of(self, its_family: str, key: str) -> str:
        return self._ids.get((its_family, key), key)

    def _line(self, row: SealedRow) -> tuple[str, ...]:
        """The cost line of a row, as the ids of version 2 have it."""
        owner, sort, year = row.text("waarvoor"), row.text("kostensoort"), row.text("jaar")
        location, sign, form = owner.partition(BETWEEN)
        if not sign:
            return self._id_of("maatregel", owner), "", "", sort, year
        return "", self._id_of("locatie", location), self._id_of("zorgvorm", form), sort, year

    def _cap(self, row: SealedRow) -> tuple[str, ...]:
        decision = row.text("beschikking")
        known = self._id_of("beschikking", decision)
        return row.text("regel"), known if known != decision else self._id_of("regeling", known)

    def book(self) -> RawBook:
        """The tables of the input.

        Raises:
            FindingsError: the properties of the case are not found.
        """
        if SETTINGS not in self._input:
            list(known_tables({SETTINGS: Headed(SETTINGS, INPUT, {}, titel=SETTINGS)}, self.sheets))
        return RawBook({name: self._sheet(SHEETS[name], table) for name, table in self._input.items()})

    def _sheet(self, spec: SheetSpec, table: SealedTable) -> RawSheet:
        columns = {
            column.naam: column
            for column in spec.columns
            if column.naam in table.place.kolommen and (spec.naam != SETTINGS or column.naam in SETTING_COLUMNS)
        }
        letters = {name: column_letters(table.place.kolommen.index(name) + 1) for name in columns}
        rows = (RawRow(row.nummer, self._record(spec, columns, row)) for row in table.rows)
        return RawSheet(spec.naam, letters, tuple(rows))

    def _record(self, spec: SheetSpec, columns: Mapping[str, ColumnSpec], row: SealedRow) -> Mapping[str, CellValue]:
        found = {name: row.cells.get(name) for name in columns}
        record = {name: value_of(cell) for name, cell in found.items() if cell and cell.exact}
        for name, value in record.items():
            its_family = family(spec.naam, columns[name]) or _family_of_setting(record, name)
            if its_family and isinstance(value, str):
                record[name] = self._id_of(its_family, value)
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
            {row.id(0): int(row.text("start")) for row in self.tables.rows("plan") if row.text("start")},
            {at: number for at, number in used.items() if number},
            {at: number for at, number in served.items() if number},
            self._payments(),
        )

    def _used(self) -> dict[PlaceYear, Decimal]:
        rows = self.tables.rows("bezetting")
        return {((row.id(0), row.id(1)), int(row.id(2))): row.number("bezet") for row in rows}

    def _elsewhere(self) -> tuple[dict[tuple[str, str, int], Decimal], dict[tuple[str, int], Decimal]]:
        """Who uses a place of another zorgvorm, and how many places of each are used so."""
        served: dict[tuple[str, str, int], Decimal] = {}
        here: dict[tuple[str, int], Decimal] = {}
        for row in self.tables.rows("uitwijkplaats"):
            need, got, year = row.id(0), row.id(1), int(row.id(2))
            number = row.number("plaatsen")
            served[need, got, year] = number
            here[got, year] = here.get((got, year), Decimal(0)) + number
        return served, here

    def _payments(self) -> dict[tuple[CostLine, str], Money]:
        paid: dict[tuple[CostLine, str], Money] = {}
        for row in self.tables.rows("betaling"):
            line = CostLine(row.id(0), row.id(1), row.id(2), row.id(3), int(row.id(4)))
            key = (line, row.id(5))
            paid[key] = paid.get(key, ZERO) + Money.from_euros(row.number("bedrag"))
        return paid


def _head(column: ColumnSpec) -> str:
    """What stands above a column of the input in the workbook."""
    return column.naam.replace("_", " ")


def _family_of_setting(record: Mapping[str, CellValue], name: str) -> str:
    """The family of the one setting that is an id with a key of its own."""
    return "gemeente" if name == "waarde" and record.get("sleutel") == "coordinerende_gemeente" else ""
