"""Tables as frames: nothing is rounded, and what a column holds is what its docstring says."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from finance.money import Money
from finance.tables import live, pasted
from finance.tables.frames import IN_CENTS, LARGEST, frame, frames
from finance.tables.grid import Book, Format, Value
from finance.tables.pages import Column, Page, Table
from finance.tables.painting import book_of
from tests.finance.books import shelf


def book(values: list[Value], fmt: Format = Format.GENERAL) -> Book:
    column: Column[Value] = Column("waarde", "Waarde", lambda value: value, "", fmt)
    table = Table("t", "Tabel", values, (column, pasted.text("leeg", "", lambda _: "")))
    page = Page("blad", "Blad", "Een blad.", (table,))
    return book_of("t", (page,))


@pytest.mark.parametrize(
    ("values", "fmt", "dtype", "found"),
    [
        ([Money(1), Money(-250)], Format.EURO, "int64", [1, -250]),
        ([Money(1), None], Format.EURO, "Int64", [1, None]),
        ([Decimal("1.25"), 2], Format.EURO, "int64", [125, 200]),
        ([Fraction(1, 3), Money(50)], Format.EURO, "object", [Fraction(100, 3), Fraction(50)]),
        ([2024, 2025], Format.YEAR, "int64", [2024, 2025]),
        ([Decimal("3.0"), Fraction(4)], Format.PLACES, "int64", [3, 4]),
        ([Decimal("0.1"), 1, None], Format.PLACES, "object", [Fraction(1, 10), Fraction(1), None]),
        ([LARGEST - 1, 0], Format.COUNT, "int64", [LARGEST - 1, 0]),
        ([LARGEST, 0], Format.COUNT, "object", [LARGEST, 0]),
        (["a", "b"], Format.TEXT, "str", ["a", "b"]),
        (["nooit", 3], Format.GENERAL, "object", ["nooit", 3]),
        ([date(2026, 3, 1)], Format.DATE, "object", [date(2026, 3, 1)]),
        ([None, ""], Format.TEXT, "object", [None, None]),
    ],
)
def test_a_column_holds_what_its_cells_are_worth(
    values: list[Value], fmt: Format, dtype: str, found: list[object]
) -> None:
    made = frame(book(values, fmt), "t")["waarde"]
    assert made.dtype == dtype
    assert [None if value is pd.NA else value for value in made.tolist()] == found


@given(st.lists(st.integers(-(10**14), 10**14), min_size=1))
def test_every_cent_arrives_and_adds_up(cents: list[int]) -> None:
    made = frame(book([Money(value) for value in cents], Format.EURO), "t")
    assert made["waarde"].tolist() == cents
    assert made["waarde"].sum() == sum(cents)
    assert made.attrs[IN_CENTS] == ("waarde",)


def test_rows_go_by_their_row_in_the_sheet_and_the_total_is_none_of_them() -> None:
    table: Table[int] = Table(
        "t",
        "Tabel",
        (100, 250),
        (
            pasted.euro("bedrag", "Bedrag", Money),
            live.euro("derde", "Een derde", "[bedrag]/3", total=True),
        ),
    )
    book = book_of("t", (Page("blad", "Blad", "Een blad.", (table,)),))
    made = frame(book, "t")
    assert list(made.columns) == ["bedrag", "derde"]
    assert made["derde"].tolist() == [Fraction(100, 3), Fraction(250, 3)]
    assert [book.sheets[0].cells[row, 1].value for row in made.index] == [Money(100), Money(250)]
    with pytest.raises(KeyError):
        frame(book, "anders")


def test_an_empty_table_is_a_frame_without_rows() -> None:
    assert frame(book([]), "t").shape == (0, 2)


def test_every_table_of_a_budget_and_of_tariffs_is_a_frame_without_a_float() -> None:
    for made in (shelf.budget("rich"), shelf.tariffs("rich")):
        found = frames(made)
        assert set(found) == {place.naam for place in made.tables}
        for name, table in found.items():
            assert not [key for key in table if pd.api.types.is_float_dtype(table[key])], name
    lines = frames(shelf.budget("rich"))["lijn"]
    assert (lines["kosten"] == lines["betaald"] + lines["ongedekt"]).all()
