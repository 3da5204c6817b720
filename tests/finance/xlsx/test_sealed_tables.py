"""The tables of a sealed workbook, read by key: they are what the layout was made of."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from finance.books.budget import pages
from finance.books.budget.draft import Draft
from finance.findings import FindingsError
from finance.money import Money
from finance.statement import Statement
from finance.tables.grid import Book, TablePlace
from finance.tables.pages import Column, Fact, Facts, Page, Table
from finance.tables.painting import book_of
from finance.tables.places import LayoutError
from finance.xlsx.seal import canonical, seal_of
from finance.xlsx.sealed_tables import SealedTables, sealed_tables, value_of
from tests.finance.books.budget import variants
from tests.finance.books.budget.handmade import INFO, hand_plan


def tables_of(book: Book) -> SealedTables:
    seal = seal_of(book)
    return sealed_tables(seal.sections.tabellen, seal.sheets)


def _amounts(name: str = "bedrag", title: str = "Kop", **more: object) -> Table[tuple[str, Money]]:
    columns = (
        Column[tuple[str, Money]]("naam", "Naam", lambda row: row[0]),
        Column[tuple[str, Money]]("euro", "Bedrag", lambda row: row[1], total=True),
    )
    rows = (("a", Money(150)), ("b", Money(-5)))
    return Table(name, title, rows, columns, **more)  # type: ignore[arg-type]  # a test varies the rest


def _book(*blocks: Table[tuple[str, Money]] | Facts) -> Book:
    return book_of("proef", [Page("blad", "Titel", "Uitleg.", blocks)], {"soort": "proef"})


@pytest.fixture(scope="module", params=["rich", "history"])
def material(request: pytest.FixtureRequest) -> tuple[Page, ...]:
    case = getattr(variants, request.param)()
    plan = hand_plan(case, variants.STARTS)
    return pages(Draft(Statement(case, plan.allocation), plan, "basis", INFO))


@pytest.fixture(scope="module")
def read(material: tuple[Page, ...]) -> SealedTables:
    """What the seal of the material holds."""
    return tables_of(book_of("t", material))


def _tables(material: tuple[Page, ...]) -> Iterator[Table[object]]:
    return (block for page in material for block in page.blocks if isinstance(block, Table))


def test_every_table_of_a_budget_gives_its_rows_back(material: tuple[Page, ...], read: SealedTables) -> None:
    compared = 0
    for table in _tables(material):
        found = read.table(table.as_data or table.name)
        assert len({*found.place.kolommen}) == len(table.columns)
        assert [row.ids for row in found.rows] == list(table.row_ids or [()] * len(table.rows))
        for record, row in zip(table.rows, found.rows, strict=True):
            for column in table.columns:
                cell = row.cells.get(column.data_key)
                value = column.value(record) if column.value else None
                if value not in (None, ""):
                    assert cell is not None
                    assert (cell.exact, cell.fmt, cell.role) == (
                        canonical(value)[1],
                        column.format_of(record),
                        column.role_of(record),
                    )
                    compared += 1
    assert compared > 1_000  # pasted values; those of formulas are held by anchors and engines


def test_titles_and_heads_are_there_to_be_said(material: tuple[Page, ...], read: SealedTables) -> None:
    for table in _tables(material):
        found = read.table(table.as_data or table.name)
        assert found.title == table.title
        assert [found.head(column.data_key) for column in table.columns] == [
            str(column.head) for column in table.columns
        ]


def test_a_table_is_its_rows_without_the_total() -> None:
    found = tables_of(_book(_amounts(ids=lambda row: (row[0], 2024)))).table("bedrag")
    assert [row.ids for row in found.rows] == [("a", "2024"), ("b", "2024")]
    assert [row.number("euro") for row in found.rows] == [Decimal("1.50"), Decimal("-0.05")]
    assert (found.title, found.head("euro")) == ("Kop", "Bedrag")
    assert [value_of(row.cells["naam"]) for row in found.rows] == ["a", "b"]


def test_an_empty_table_has_no_rows() -> None:
    table = _amounts()
    empty = Table(table.name, table.title, (), table.columns)
    found = tables_of(_book(empty)).table("bedrag")
    assert found.rows == ()
    assert found.cells[found.place.eerste, 1].exact == "(geen)"


def test_single_facts_are_read_by_their_keys_where_they_have_them() -> None:
    facts = Facts("Feiten", (Fact("Een", 1, key="een"), Fact("Twee", "b", note="let op", key="twee")), "feit")
    found = tables_of(_book(facts, Facts("Bladen", (Fact("x", 1),)))).table("feit")
    said = {row.id(0): [row.text(column) for column in found.place.kolommen] for row in found.rows}
    assert said == {"een": ["Een", "1", ""], "twee": ["Twee", "b", "let op"]}


def test_what_is_not_there_is_said() -> None:
    read = tables_of(_book(_amounts()))
    assert read.get("anders") is None
    assert read.rows("anders") == ()
    [row, _] = read.table("bedrag").rows
    for ask, words in (
        (lambda: read.table("anders"), "geen tabel 'anders'"),
        (lambda: row.text("kosten"), "geen kolom 'kosten'"),
        (lambda: row.id(0), "zegt niet waar haar rijen over gaan"),
        (lambda: row.number("naam"), "staat geen getal"),
    ):
        with pytest.raises(FindingsError, match=words):
            ask()


def test_a_place_beyond_the_sheet_is_not_walked_to_its_end() -> None:
    """A seal that somebody made may name any number of rows."""
    read = sealed_tables([TablePlace("t", "weg", 0, 1, 2, 10**12, ("a",))], {})
    assert read.table("t").rows == ()


def test_in_data_two_tables_or_columns_are_not_called_the_same() -> None:
    with pytest.raises(LayoutError, match="stands twice"):
        _book(_amounts("een", as_data="zelfde"), _amounts("twee", as_data="zelfde"))
    table = _amounts()
    one, other = table.columns
    twice = Table("t", "", table.rows, (one, Column("x", "X", lambda row: row[1], as_data=one.key), other))
    with pytest.raises(LayoutError, match="called the same in data"):
        _book(twice)


def test_the_columns_of_sources_go_by_the_source(read: SealedTables) -> None:
    """With the sources in another order a column is still that of its source."""
    paying = {row.ids[0] for name in ("pot", "jaarbron") for row in read.table(name).rows}
    assert len(paying) > 4
    assert {f"bron:{name}" for name in paying} <= set(read.table("lijn").place.kolommen)
    assert {f"bron:{name}" for name in paying} <= set(read.table("jaardekking").place.kolommen)


def test_a_seal_says_what_its_workbook_is() -> None:
    assert seal_of(_book(_amounts())).sections.gegevens == {"soort": "proef"}
