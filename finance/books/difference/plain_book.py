"""The workbook of a difference without causes: every cell in which two workbooks differ."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Final

from finance.books.difference.plain import CellDifference, PlainDifference
from finance.books.quality import with_quality
from finance.case.table import CellValue
from finance.tables import live, pasted
from finance.tables.grid import Book, Role, Value
from finance.tables.pages import Column, Page, Table
from finance.tables.painting import book_of


def plain_book(found: PlainDifference) -> Book:
    """Make the workbook of a difference without causes."""
    page = Page(
        "verschil",
        "Verschil tussen twee werkmappen",
        f"Elke cel waarin A ({found.naam_a}) en B ({found.naam_b}) verschillen: eerst de invoer, dan wat eruit komt.",
        (Table("verschil", "", found.cells, _plain_columns()),),
    )
    pages = with_quality(lambda last, _: (page, last))
    return book_of("Verschil tussen twee werkmappen", pages, {"soort": "celverschil"})


def _plain_columns() -> tuple[Column[CellDifference], ...]:
    def side(key: str, head: str, value: Callable[[CellDifference], CellValue | None]) -> Column[CellDifference]:
        return Column(key, head, lambda row: _plain(value(row)), "", lambda row: row.fmt, Role.DECISION, 20)

    return (
        pasted.text("soort", "Soort", lambda row: row.soort, width=10),
        pasted.text("blad", "Blad", lambda row: row.blad, width=18),
        pasted.text("tabel", "Tabel", lambda row: row.tabel, width=28, wrap=True),
        pasted.text("rij", "Rij", lambda row: row.rij, width=34, wrap=True),
        pasted.text("kolom", "Kolom", lambda row: row.kolom, width=22, wrap=True),
        side("a", "In A", lambda row: row.oud),
        side("b", "In B", lambda row: row.nieuw),
        live.column(
            "verschil",
            "Verschil",
            'IF(AND(ISNUMBER([a]),ISNUMBER([b])),ROUND([b]-[a],6),"")',
            lambda row: row.fmt,
            width=16,
        ),
    )


DECIMALS: Final = 6


def _plain(value: CellValue | None) -> Value:
    return value if isinstance(value, str | Decimal | date) else None
