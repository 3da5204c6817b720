"""A small table and the sheets that it makes."""

from __future__ import annotations

from finance.tables.grid import Sheet
from finance.tables.pages import Column, Page, Table
from finance.tables.painting import book_of

Row = tuple[str, int]
ROWS: tuple[Row, ...] = (("a", 2), ("b", 3), ("c", 5))


def table(formula: str, name: str = "eigen", rows: tuple[Row, ...] = ROWS) -> Table[Row]:
    return Table(
        name,
        "Kop",
        rows,
        (
            Column("naam", "Naam", lambda row: row[0]),
            Column("aantal", "Aantal", lambda row: row[1], total=True),
            Column("uit", "Uitkomst", lambda row: row[1], formula),
        ),
    )


def settings() -> Table[str]:
    columns = (Column[str]("sleutel", "sleutel", str), Column[str]("waarde", "waarde", lambda _: 7))
    return Table("case", "", ("discontovoet",), columns, fact=str)


def sheets(*tables: Table[Row]) -> dict[str, Sheet]:
    pages = [Page(f"blad{number}", "Titel", "Uitleg.", (block,)) for number, block in enumerate(tables)]
    book = book_of("proef", [*pages, Page("invoer", "Invoer", "Uitleg.", (settings(),))])
    return {sheet.naam: sheet for sheet in book.sheets}
