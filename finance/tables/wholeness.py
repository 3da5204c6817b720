"""Whether a workbook is still whole: no row gone, no cell emptied, no text for a number, no error value.

Controls of totals compare amounts; what makes all of them wrong alike, or makes errors of them, they do
not see. So each sheet is counted, beside how it was written: its rows, the cells that are filled, and
whether an error value is among them. And in each table with pasted numbers the cells are counted that hold
no number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any, Final

from finance.tables import live, pasted
from finance.tables.columns import holds
from finance.tables.grid import Book, Format, Number, Origin, OriginKind, Role, Sheet, Value
from finance.tables.pages import Column, Page, Table

PASTED: Final = frozenset({Role.INPUT_SOURCED, Role.INPUT_ASSUMED, Role.DECISION})
AS_WRITTEN: Final = Origin(OriginKind.FIXED, "geteld bij het schrijven van deze werkmap")
COUNTING: Final = frozenset({"bladrij", "bladgevuld", "bladfout", "tabelgetal", "bladgaaf", "tabelgaaf", "kwaliteit"})
"""The tables that count the workbook itself; they say nothing of what it is about."""
VERDICTS: Final = ("bladgaaf.oordeel", "tabelgaaf.oordeel")
"""The columns with the verdicts of `controls`."""
ROWS: Final = "ROWS([#{}])"
FILLED: Final = "COUNTA([#{}])"
# A sum of cells is an error where one of them is. Counting them takes an array, which not every engine has.
ERRORS: Final = "IF(ISERROR(SUM([#{}])),1,0)"


@dataclass(frozen=True, slots=True)
class Extent:
    """How much a sheet holds.

    Attributes:
        rijen: its rows, from the first to the last in use.
        gevuld: the cells that hold something.
    """

    rijen: int
    gevuld: int


@dataclass(frozen=True)
class Written:
    """How much each sheet held when the workbook was written; nothing while it is being measured."""

    bladen: Mapping[str, Extent] = field(default_factory=dict)

    def of(self, sheet: str) -> Extent:
        """How much a sheet held."""
        return self.bladen.get(sheet, Extent(0, 0))


def measured(book: Book, pages: Sequence[Page]) -> Written:
    """Count what every sheet holds."""
    return Written(
        {
            page.naam: Extent(page.last - page.first + 1, _filled(sheet, page.first))
            for page, sheet in zip(pages, book.sheets, strict=True)
        }
    )


def _filled(sheet: Sheet, first: int) -> int:
    return sum(
        bool(cell.formula) or cell.value not in (None, "") for (row, _), cell in sheet.cells.items() if row >= first
    )


@dataclass(frozen=True)
class Pasted:
    """A table with pasted numbers.

    Attributes:
        naam: the name of the table.
        blad: its sheet.
        formula: how many of the cells for numbers hold no number.
    """

    naam: str
    blad: str
    formula: str


COVER: Final = Page("voorblad", "", "", ())
"""The cover, of which only the name is known before its links to the other sheets are."""


def counts(pages: Sequence[Page], written: Written) -> tuple[Table[None], ...]:
    """The tables of one row that count: for each sheet its rows, its filled cells, and any error."""
    names = [page.naam for page in pages]
    tables = pasted_tables(pages)
    return (
        _row("bladrij", "Rijen per blad", names, ROWS, lambda name: written.of(name).rijen),
        _row("bladgevuld", "Gevulde cellen per blad", names, FILLED, lambda name: written.of(name).gevuld),
        _row("bladfout", "Bladen met een foutwaarde (1: ja)", names, ERRORS, lambda _: 0),
        _one_row(
            "tabelgetal",
            "Cellen zonder getal waar een getal hoort, per tabel",
            [(row.naam, row.formula, 0) for row in tables],
        ),
    )


def _row(key: str, title: str, names: Sequence[str], formula: str, of: Callable[[str], int]) -> Table[None]:
    return _one_row(key, title, [(name, formula.format(name), of(name)) for name in names])


def _one_row(key: str, title: str, cells: Sequence[tuple[str, str, int]]) -> Table[None]:
    """A table of one row, in which every column counts something of its own."""

    def value(count: int) -> Callable[[None], Value]:
        return lambda _: count

    columns = tuple(
        Column(f"t{at}", name, value(count), formula, Format.COUNT, width=7, turned=True)
        for at, (name, formula, count) in enumerate(cells)
    )
    return Table(key, title, (None,), columns)


def controls(pages: Sequence[Page], written: Written) -> tuple[Table[Any], ...]:
    """The tables with a verdict on each sheet, and on each table with pasted numbers."""
    return _sheets(pages, written), _tables(pages)


def _sheets(pages: Sequence[Page], written: Written) -> Table[Page]:
    def as_written(key: str, head: str, of: Callable[[Extent], int]) -> Column[Page]:
        return Column(
            key,
            head,
            lambda page: of(written.of(page.naam)),
            "",
            Format.COUNT,
            Role.INPUT_SOURCED,
            11,
            origin=lambda _: AS_WRITTEN,
        )

    def now(key: str, head: str, table: str) -> Column[Page]:
        found = _found(table, len(pages), "blad")
        return live.number(key, head, found, Format.COUNT)

    whole = "AND([rijen_nu]=[rijen],[gevuld_nu]>=[gevuld],ISNUMBER([fouten]),[fouten]=0)"
    return Table(
        "bladgaaf",
        "Elk blad is nog heel",
        pages,
        (
            pasted.text("blad", "Blad", lambda page: page.naam, width=50),
            as_written("rijen", "Rijen bij het schrijven", lambda extent: extent.rijen),
            now("rijen_nu", "Rijen nu", "bladrij"),
            as_written("gevuld", "Gevulde cellen bij het schrijven", lambda extent: extent.gevuld),
            now("gevuld_nu", "Gevulde cellen nu", "bladgevuld"),
            now("fouten", "Met een foutwaarde (1: ja)", "bladfout"),
            live.check("oordeel", "Oordeel", holds(whole)),
        ),
        "Wie een rij weghaalt of toevoegt, of een cel leegmaakt, rekent niet meer met alles. Een foutwaarde"
        " (#N/B, #WAARDE!) telt nergens mee.",
    )


def _tables(pages: Sequence[Page]) -> Table[Pasted]:
    tables = pasted_tables(pages)
    return Table(
        "tabelgaaf",
        "Waar een getal hoort, staat een getal",
        tables,
        (
            pasted.text("tabel", "Tabel", lambda row: row.naam, width=50),
            pasted.text("blad", "Blad", lambda row: row.blad, width=18),
            live.number("geen_getal", "Cellen zonder getal", _found("tabelgetal", len(tables), "tabel"), Format.COUNT),
            live.check("oordeel", "Oordeel", holds("AND(ISNUMBER([geen_getal]),[geen_getal]=0)")),
        ),
        "Een tekst in de plaats van een getal telt in een som als niets.",
    )


def _found(table: str, columns: int, key: str) -> str:
    """The count of a row in the table of one row, by its head."""
    last = f"t{max(columns - 1, 0)}"
    return f"INDEX([{table}.t0:{last}],1,MATCH([{key}],[{table}.^t0:{last}],0))"


def pasted_tables(pages: Sequence[Page]) -> tuple[Pasted, ...]:
    """The tables with pasted numbers, in order."""
    found = []
    for page in pages:
        for block in page.blocks:
            if isinstance(block, Table) and block.rows:
                formula = "+".join((*_columns(block), *_facts(block)))
                if formula:
                    found.append(Pasted(block.name, page.naam, formula))
    return tuple(found)


def _columns(table: Table[Any]) -> Iterator[str]:
    """What counts the cells without a number: of columns that are full, and of those that need not be."""
    kinds = [(_kind(table, column), column.key) for column in table.columns]
    for kind, group in groupby(kinds, key=lambda pair: pair[0]):
        keys = [key for _, key in group]
        area = f"[{table.name}.{keys[0]}:{keys[-1]}]"
        if kind == "vol":
            yield f"ROWS({area})*COLUMNS({area})-COUNT({area})"
        elif kind == "deels":
            yield f"COUNTA({area})-COUNT({area})"


def _kind(table: Table[Any], column: Column[Any]) -> str:
    """Whether a column holds pasted numbers, and all of its rows do; empty for another column."""
    if column.formula or column.value is None or (table.fact and not isinstance(column.fmt, Format)):
        return ""
    values = [column.value(row) for row in table.rows]
    pasted = any(column.role_of(row) in PASTED for row in table.rows)
    is_text = any(column.format_of(row) is Format.TEXT for row in table.rows)
    if not pasted or is_text or any(isinstance(value, str) and value for value in values):
        return ""
    return "vol" if all(_is_number(value) for value in values) and len(values) == table.body else "deels"


def _facts(table: Table[Any]) -> Iterator[str]:
    """The numbers among facts of different kinds below each other."""
    if table.fact is None:
        return
    column = next(column for column in table.columns if column.key == "waarde")
    if isinstance(column.fmt, Format) or column.value is None:
        return
    for row in table.rows:
        if table.fact(row) and _is_number(column.value(row)):
            yield f"1-COUNT({{{table.fact(row)}}})"


def _is_number(value: Value) -> bool:
    return isinstance(value, Number | date)
