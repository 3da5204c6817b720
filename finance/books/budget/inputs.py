"""The sheet `uitgangspunten`: every number that was put in, and where it comes from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, TypeVar, cast

from finance.books.budget.closed import OF_CLOSED, is_closed_row
from finance.books.budget.coupling import fixed_numbers, tariff_number
from finance.books.budget.draft import Draft
from finance.books.budget.effects import month_numbers
from finance.books.names import Alias, family
from finance.books.origins import changes_of_row, from_input, row_in_input
from finance.books.quantities import CENT, QUARTERS_OF_YEAR
from finance.case.actuals import Started
from finance.case.columns import (
    COUNT,
    DATE,
    EURO,
    GROWTH,
    LAG,
    MONTH,
    ORDER,
    POINTS,
    QUANTITY,
    QUARTER,
    RATE,
    SHARE,
    SIGNED,
    SIZE,
    SMALL,
    SMALL_SIGNED,
    YEAR,
    Kind,
)
from finance.case.declaring import ColumnSpec as InputColumn
from finance.case.declaring import Row, columns_of
from finance.case.declaring import SheetSpec as InputSheet
from finance.case.sheets import SHEETS, Claim, Cost, Effect, Settings
from finance.money import Money
from finance.tables import live, pasted
from finance.tables.blocks import Blocks, blocks_of
from finance.tables.columns import where_it_stood, yes
from finance.tables.grid import Format, Origin, OriginKind, Role, Value
from finance.tables.pages import Block, Column, Page, Table

R = TypeVar("R")

CHOICE: Final = "keuze"
"""The word for input that names neither a document nor an assumption."""
FORMATS: Final[Mapping[Kind, Format]] = {
    EURO: Format.EURO,
    YEAR: Format.YEAR,
    GROWTH: Format.PERCENT,
    SHARE: Format.PERCENT,
    RATE: Format.PERCENT,
    DATE: Format.DATE,
}
COUNTS: Final = (COUNT, LAG, MONTH, QUARTER, SIGNED, ORDER, SIZE, QUANTITY, POINTS, SMALL, SMALL_SIGNED)
WIDTHS: Final = {"omschrijving": 40, "toelichting": 40, "naam": 16, "document": 24, "vindplaats": 18}
FOLLOWING: Final = (Claim, Cost, Effect, Started)
"""The rows that may leave their origin to their measure."""
WRAPPED: Final = ("document", "vindplaats", "toelichting")
SHEETS_AT_ONCE: Final = 18
"""So many sheets are counted in one formula, so that it can be read."""


def page(draft: Draft) -> Page:
    """The sheet `uitgangspunten`."""
    tables: list[Block] = [_settings(draft), *(_table(draft, sheet) for sheet in draft.input_rows)]
    if draft.tariffs and not draft.is_closed:
        tables.append(fixed_numbers())
    elif draft.by_month or draft.paid_by_month or draft.case.realised_places or draft.case.care_groups:
        tables.append(month_numbers())
    if draft.case.realised_places:
        tables.append(fixed_numbers("vast_kwartalen", "kwartalen in een jaar", (QUARTERS_OF_YEAR,)))
    if draft.case.regions:
        tables.append(fixed_numbers("vast_regios", "verdeling over regio's", (CENT,)))
    if draft.names.aliases:
        tables.append(_aliases(draft))
    return Page(
        "uitgangspunten",
        "Uitgangspunten",
        "Alle invoer, tabel onder tabel zoals in de invoerwerkmap. Blauw komt uit een bron, geel is een"
        " aanname of een keuze; het woord staat erachter. Alle andere bladen rekenen hiermee.",
        tuple(tables),
        tab="invoer",
    )


@dataclass(frozen=True, slots=True)
class _Setting:
    """One property of the case; `naam` is its key."""

    naam: str
    value: Value
    fmt: Format
    herkomst: str
    toelichting: str
    rij: int


def _settings(draft: Draft) -> Table[_Setting]:
    given = {row.sleutel: row for row in draft.case.setting_rows}
    rows = []
    for column in columns_of(Settings):
        row = given.get(column.naam)
        rows.append(
            _Setting(
                column.naam,
                _setting_value(draft, column),
                _format(column.kind),
                row.herkomst if row else "",
                (row.toelichting if row else "standaardwaarde") or column.info.uitleg,
                row.rij if row else 0,
            )
        )
    return Table(
        "case",
        "case",
        rows,
        (
            pasted.text("sleutel", "sleutel", lambda row: row.naam, width=22),
            Column(
                "waarde",
                "waarde",
                lambda row: row.value,
                fmt=lambda row: row.fmt,
                role=lambda row: draft.role_of(row.herkomst),
                width=18,
                origin=lambda row: _setting_origin(draft, row),
            ),
            Column(
                "herkomst",
                "herkomst",
                lambda row: draft.name("herkomst", row.herkomst),
                role=lambda row: draft.role_of(row.herkomst),
            ),
            *_live_source(draft, lambda row: row.herkomst, "[herkomst]"),
            pasted.text("toelichting", "toelichting", lambda row: row.toelichting, width=40, wrap=True),
            *_in_input(draft, "case", lambda row: row.rij),
        ),
        fact=lambda row: row.naam,
    )


def _setting_origin(draft: Draft, row: _Setting) -> Origin:
    if not row.rij:
        return Origin(OriginKind.DEFAULT, f"case, sleutel {row.naam} is niet gegeven")
    return from_input(draft.case, "case", "waarde", row.rij)


def _setting_value(draft: Draft, column: InputColumn) -> Value:
    value = getattr(draft.case.settings, column.naam)
    if column.naam == "coordinerende_gemeente":
        return draft.name("gemeente", value)
    if isinstance(value, tuple):
        return ", ".join(value)
    return cast("Value", value)


def _table(draft: Draft, sheet: str) -> Table[Row]:
    spec = SHEETS[sheet]
    columns = tuple(_column(draft, sheet, column) for column in spec.columns if draft.shows(sheet, column.naam))
    if sheet == "herkomst":
        columns = (*columns[:-1], *_uses(draft), columns[-1])
    if sheet == "tarief":
        columns = (*columns, tariff_number())
    columns += (*_provenance(draft, sheet), *_in_input(draft, sheet, lambda row: row.rij))
    return Table(
        sheet, sheet, draft.input_rows[sheet], columns, spec.uitleg, ids=_ids(spec), blocks=_measures(draft, sheet)
    )


def _measures(draft: Draft, sheet: str) -> Mapping[str, Blocks]:
    """The measure of each row that follows it."""
    if SHEETS[sheet].record not in FOLLOWING:
        return {}
    named = [row.maatregel for row in draft.input_rows[sheet] if isinstance(row, Claim | Cost | Effect | Started)]
    return {"maatregelen": blocks_of(named, (row.maatregel for row in draft.case.measures))}


def _ids(spec: InputSheet) -> Callable[[Row], tuple[object, ...]] | None:
    """The cells that together are given once, as they stand in the input; None for a sheet without."""
    if not spec.sleutel:
        return None
    return lambda row: tuple(getattr(row, column) for column in spec.sleutel)


def _in_input(draft: Draft, sheet: str, row_of: Callable[[R], int]) -> tuple[Column[R], ...]:
    """Where a row stands in the input workbook, and what the scenario did to it."""
    case = draft.case

    def cells(row: R) -> str:
        return row_in_input(case, sheet, row_of(row)) if row_of(row) else ""

    where = pasted.text("in_invoer", "cellen in de invoer", cells, width=20)
    if all(touched != sheet for touched, _, _ in case.touches):
        return (where,)
    return where, pasted.text(
        "scenario",
        "wat het scenario verandert",
        lambda row: changes_of_row(case, sheet, row_of(row)),
        width=34,
        wrap=True,
    )


def _uses(draft: Draft) -> tuple[Column[Row], ...]:
    """How many rows of the input rest on a document or assumption; counted in parts where there are many sheets."""
    ranges = [
        "case.herkomst",
        *(f"{sheet}.{_origin_column(sheet)}" for sheet in draft.input_rows if _has_origin(sheet)),
    ]
    parts = [ranges[at : at + SHEETS_AT_ONCE] for at in range(0, len(ranges), SHEETS_AT_ONCE)]
    counts = ["+".join(f"COUNTIF([{column}],[code])" for column in part) for part in parts]
    if len(counts) == 1:
        return (live.number("gebruikt", "rijen die erop rusten", counts[0]),)
    columns = tuple(
        live.number(f"gebruikt_{at}", f"rijen die erop rusten, bladen deel {at}", count)
        for at, count in enumerate(counts, start=1)
    )
    return *columns, live.number("gebruikt", "rijen die erop rusten", "+".join(f"[{row.key}]" for row in columns))


def _has_origin(sheet: str) -> bool:
    record = SHEETS[sheet].record
    return record in (Claim, Effect) or "herkomst" in record.model_fields


def _origin_column(sheet: str) -> str:
    """The column with the code that holds: cost rows and effects may follow their measure."""
    return "herkomst_geldt" if SHEETS[sheet].record in FOLLOWING else "herkomst"


def _column(draft: Draft, sheet: str, column: InputColumn) -> Column[Row]:
    its_family = family(sheet, column)

    def value(row: Row) -> Value:
        raw = getattr(row, column.naam)
        if isinstance(raw, tuple):
            return ", ".join(draft.name(its_family, name) if its_family else name for name in raw)
        return draft.name(its_family, raw) if its_family else _shown(raw)

    return Column(
        column.naam,
        column.naam.replace("_", " "),
        value,
        fmt=_format(column.kind),
        role=lambda row: Role.DECISION if is_closed_row(row) else draft.role_of(_origin(draft, row)),
        origin=lambda row: OF_CLOSED if is_closed_row(row) else from_input(draft.case, sheet, column.naam, row.rij),
        width=WIDTHS.get(column.naam, 11),
        wrap=column.naam in WRAPPED,
    )


def _format(kind: Kind) -> Format:
    """How a kind of cell is shown; what is neither money, a year nor a share shows all its decimals."""
    return FORMATS.get(kind, Format.GENERAL if kind in COUNTS else Format.TEXT)


def _shown(raw: object) -> Value:
    if isinstance(raw, bool):
        return yes(raw)
    if isinstance(raw, tuple):
        return ", ".join(raw)
    if raw is None or isinstance(raw, str | int | Decimal | Money | date):
        return raw
    raise TypeError(f"a cell of the input holds {type(raw).__name__}")


def _origin(draft: Draft, row: Row) -> str:
    """The code of where a row comes from; cost rows, effects and starts follow their measure."""
    own = getattr(row, "herkomst", "") or getattr(row, "code", "")
    if not own and isinstance(row, Claim | Cost | Effect | Started):
        return draft.case.measure[row.maatregel].herkomst
    return str(own)


def _provenance(draft: Draft, sheet: str) -> tuple[Column[Row], ...]:
    """The live columns that say where a row comes from."""
    record = SHEETS[sheet].record
    if sheet == "herkomst":
        return ()
    if record in FOLLOWING:
        return (_followed(record), *_live_source(draft, lambda row: _origin(draft, row), "[herkomst_geldt]"))
    if "herkomst" in record.model_fields:
        return _live_source(draft, lambda row: _origin(draft, row), "[herkomst]")
    return (pasted.text("soort_herkomst", "bron of aanname", lambda _: CHOICE, width=10),)


def _followed(record: type[Row]) -> Column[Row]:
    """The code of a row that follows its measure where it names none itself."""
    of_measure = where_it_stood("[maatregel]", "maatregelen.maatregel", "maatregelen.herkomst")
    formula = of_measure if record in (Claim, Effect) else f'IF([herkomst]="",{of_measure},[herkomst])'
    return live.text(
        "herkomst_geldt",
        "herkomst die geldt",
        formula,
        13,
    )


def _live_source(draft: Draft, code_of: Callable[[R], str], cell: str) -> tuple[Column[R], ...]:
    """Columns that look up the sort and the document behind a code."""
    row_of = f"MATCH({cell},[herkomst.code],0)"

    def sort(row: R) -> str:
        known = draft.provenance_of.get(code_of(row))
        return known.soort if known else CHOICE

    def document(row: R) -> str:
        known = draft.provenance_of.get(code_of(row))
        return known.document if known else ""

    return (
        live.text(
            "soort_herkomst", "bron of aanname", f'IF({cell}="","{CHOICE}",INDEX([herkomst.soort],{row_of}))', 10
        ),
        live.column(
            "document",
            "document",
            f'IF({cell}="","",INDEX([herkomst.document],{row_of})&"")',
            Format.TEXT,
            width=12,
            clip=True,
        ),
    )


def _aliases(draft: Draft) -> Table[Alias]:
    return Table(
        "sleutels",
        "sleutels",
        draft.names.aliases,
        (
            pasted.text("sleutel", "sleutel", lambda row: row.sleutel),
            pasted.text("familie", "soort sleutel", lambda row: row.familie),
            pasted.text("invoer", "in de invoer", lambda row: row.invoer, width=22),
        ),
        "Deze namen uit de invoer hebben hier een eigen sleutel, omdat opzoeken in Excel ze met andere"
        " zou kunnen verwarren.",
    )
