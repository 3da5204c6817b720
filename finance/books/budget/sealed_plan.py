"""The input and the decisions of a budget as data: what its seal keeps beside the cells.

Everything is in the ids of the input, and every number is exact, so that case and plan can be made
again without reading what the sheets say about them. The input is what stands on `uitgangspunten`:
a budget without salaries holds none here either.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict

from finance.books.budget.draft import Draft
from finance.case.approval import Approval
from finance.case.case import Case, CostLine
from finance.case.declaring import columns_of
from finance.case.sheets import SHEETS, Settings
from finance.case.table import CellValue, RawBook, RawRow, RawSheet
from finance.money import Money
from finance.plan.allocation import Allocation
from finance.tables.columns import yes
from finance.tables.grid import TablePlace, Value, column_letters
from finance.xlsx.seal import canonical

BUDGET: Final = "begroting"
"""What a budget calls itself in its seal."""
SETTINGS: Final = "case"
SETTING_COLUMNS: Final = ("sleutel", "waarde", "herkomst")

SealedValue = str | tuple[Literal["n", "d"], str] | None
"""A cell of the input: a text; a `n`umber or `d`ate with its spelling; None for an empty cell."""


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SealedSheet(_Record):
    """A sheet of the input: its columns, and its rows in their order."""

    kolommen: tuple[str, ...]
    rijen: tuple[tuple[SealedValue, ...], ...]


class SealedStart(_Record):
    """A chosen measure and its start year."""

    maatregel: str
    start: int


class SealedUse(_Record):
    """Used places of a location and zorgvorm in a year."""

    locatie: str
    zorgvorm: str
    jaar: int
    bezet: Decimal


class SealedServed(_Record):
    """Young people who need a zorgvorm and get a place of it, or of another, in a year."""

    zorgvorm: str
    alternatief: str
    jaar: int
    plaatsen: Decimal


class SealedPayment(_Record):
    """What a source pays of a cost line, in cents."""

    maatregel: str = ""
    locatie: str = ""
    zorgvorm: str = ""
    krediet: str = ""
    kostensoort: str
    jaar: int
    bron: str
    bedrag_cent: int


class SealedApproval(_Record):
    """The approved plan that was kept where that could be."""

    maatregelen: tuple[SealedStart, ...]
    ruimte: int


class SealedPlan(_Record):
    """A case and the decisions of a plan."""

    invoer: Mapping[str, SealedSheet]
    maatregelen: tuple[SealedStart, ...]
    plaatsen: tuple[SealedUse, ...]
    opvang: tuple[SealedServed, ...]
    betalingen: tuple[SealedPayment, ...]
    goedgekeurd: SealedApproval | None = None

    def book(self, places: Mapping[str, TablePlace]) -> RawBook:
        """The tables of the input, each row and column where the workbook shows it.

        Args:
            places: where the tables stand.
        """
        return RawBook({name: _raw_sheet(name, sheet, places[name]) for name, sheet in self.invoer.items()})

    @property
    def allocation(self) -> Allocation:
        """The decisions."""
        return Allocation(
            _starts(self.maatregelen),
            {((row.locatie, row.zorgvorm), row.jaar): row.bezet for row in self.plaatsen},
            {(row.zorgvorm, row.alternatief, row.jaar): row.plaatsen for row in self.opvang},
            {(_line(row), row.bron): Money.from_cents(row.bedrag_cent) for row in self.betalingen},
        )

    @property
    def approval(self) -> Approval | None:
        """The approved plan; None for none."""
        kept = self.goedgekeurd
        return Approval(_starts(kept.maatregelen), kept.ruimte) if kept else None


def _starts(rows: Sequence[SealedStart]) -> dict[str, int]:
    return {row.maatregel: row.start for row in rows}


def _line(row: SealedPayment) -> CostLine:
    return CostLine(row.maatregel, row.locatie, row.zorgvorm, row.kostensoort, row.jaar, row.krediet)


def _raw_sheet(name: str, sheet: SealedSheet, place: TablePlace) -> RawSheet:
    letters = {column: column_letters(place.kolommen.index(column) + 1) for column in sheet.kolommen}
    rows = (
        RawRow(number, _raw_cells(zip(sheet.kolommen, row, strict=True)))
        for number, row in enumerate(sheet.rijen, start=place.eerste)
    )
    return RawSheet(name, letters, tuple(rows))


def _raw_cells(cells: Iterator[tuple[str, SealedValue]]) -> Mapping[str, CellValue]:
    return {column: _read(value) for column, value in cells if value is not None}


def _read(value: SealedValue) -> CellValue:
    match value:
        case ("n", text):
            return Decimal(text)
        case ("d", text):
            return date.fromisoformat(text)
        case _:
            return str(value)


def sealed_plan(draft: Draft) -> Mapping[str, object]:
    """A case and the decisions of its plan, as JSON.

    Args:
        draft: the material of the budget.
    """
    given = draft.plan.allocation
    sheets = {name: _sheet(draft, name) for name in draft.input_rows}
    plan: dict[str, object] = {
        "invoer": {SETTINGS: _settings(draft.case), **sheets},
        "maatregelen": _sealed_starts(given.starts),
        "plaatsen": [
            {"locatie": location, "zorgvorm": form, "jaar": year, "bezet": _text(number)}
            for ((location, form), year), number in sorted(given.used.items())
            if number
        ],
        "opvang": [
            {"zorgvorm": need, "alternatief": got, "jaar": year, "plaatsen": _text(number)}
            for (need, got, year), number in sorted(given.served.items())
            if number
        ],
        "betalingen": [
            {
                **_owner(line),
                "kostensoort": line.kostensoort,
                "jaar": line.jaar,
                "bron": source,
                "bedrag_cent": amount.cents,
            }
            for (line, source), amount in sorted(given.payments.items(), key=lambda item: item[0])
        ],
    }
    kept = draft.case.approval
    if kept:
        plan["goedgekeurd"] = {"maatregelen": _sealed_starts(kept.starts), "ruimte": kept.ruimte}
    return plan


def _sealed_starts(starts: Mapping[str, int]) -> list[dict[str, object]]:
    return [{"maatregel": name, "start": year} for name, year in sorted(starts.items())]


def _owner(line: CostLine) -> Mapping[str, str]:
    if line.krediet:
        return {"krediet": line.krediet}
    if line.maatregel:
        return {"maatregel": line.maatregel}
    return {"locatie": line.locatie, "zorgvorm": line.zorgvorm}


def _text(number: Decimal) -> str:
    return f"{number:f}"


def _settings(case: Case) -> Mapping[str, object]:
    """Every property of the case, those that were not given included: what they stand for may change."""
    origin = {row.sleutel: row.herkomst for row in case.setting_rows}
    rows = [
        [column.naam, _sealed(getattr(case.settings, column.naam)), origin.get(column.naam) or None]
        for column in columns_of(Settings)
    ]
    return {"kolommen": SETTING_COLUMNS, "rijen": rows}


def _sheet(draft: Draft, name: str) -> Mapping[str, object]:
    columns = [column.naam for column in SHEETS[name].columns if draft.shows(name, column.naam)]
    rows = [[_sealed(getattr(row, column)) for column in columns] for row in draft.input_rows[name]]
    return {"kolommen": columns, "rijen": rows}


def _sealed(raw: object) -> object:
    match raw:
        case None | "" | ():
            return None
        case bool():
            return yes(raw)
        case tuple():
            return ", ".join(raw)
        case str() | int() | Decimal() | Money() | date():
            return _spelled(raw)
        case _:
            raise TypeError(f"a cell of the input holds {type(raw).__name__}")


def _spelled(value: Value) -> object:
    kind, text = canonical(value)
    return text if kind == "t" else (kind, text)
