"""Pages become cells, with heads, totals and room for long texts."""

from __future__ import annotations

from fractions import Fraction

from finance.money import Money
from finance.tables.grid import Cell, Format, Role
from finance.tables.pages import Column, Fact, Facts, Figure, Page, Table
from finance.tables.painting import NOTHING, book_of
from tests.finance.tables.sample import sheets, table


def test_a_table_has_heads_cells_and_a_total() -> None:
    cells = sheets(table("[aantal]"))["blad0"].cells
    assert cells[1, 1] == Cell("Titel", Role.TITLE)
    assert cells[4, 1] == Cell("Kop", Role.SECTION)
    assert cells[5, 2].role is Role.HEADER
    assert cells[6, 3] == Cell(2, Role.FORMULA, Format.GENERAL, "B6")
    assert cells[9, 1] == Cell("Totaal", Role.TOTAL)
    assert (cells[9, 2].value, cells[9, 2].formula) == (Fraction(10), "SUM(B6:B8)")
    assert cells[9, 3] == Cell(None, Role.TOTAL)


def test_a_total_of_money_is_rounded_to_the_cent() -> None:
    column = Column[Money]("bedrag", "Bedrag", lambda row: row, fmt=Format.EURO, total=True)
    page = Page("blad", "Titel", "Uitleg.", (Table("geld", "", (Money(105), Money(-5)), (column,)),))
    total = book_of("proef", [page]).sheets[0].cells[7, 1]
    assert (total.value, total.formula) == (Money(100), "ROUND(SUM(A5:A6),2)")


def test_an_empty_table_keeps_a_row_for_its_ranges() -> None:
    sheet = sheets(table("[aantal]", rows=()), table("SUM([eigen.aantal])", "ander"))
    assert sheet["blad0"].cells[6, 1].value == NOTHING
    assert sheet["blad0"].cells[7, 2].value == 0
    assert sheet["blad1"].cells[6, 3].formula == "SUM(blad0!$B$6:$B$6)"


def test_a_chart_refers_to_heads_and_columns() -> None:
    figure = Figure("Grafiek", "plaatsen", "eigen", "naam", ("aantal",), ("uit",), stacked=False)
    page = Page("blad", "Titel", "Uitleg.", (table("[aantal]"), figure))
    chart = book_of("proef", [page]).sheets[0].charts[0]
    assert chart.categories == "blad!$A$6:$A$8"
    assert [(one.name, one.values, one.line) for one in chart.series] == [
        ("blad!$B$5", "blad!$B$6:$B$8", False),
        ("blad!$C$5", "blad!$C$6:$C$8", True),
    ]
    assert chart.anchor == "A11"


def test_facts_stand_below_each_other() -> None:
    block = Facts("Kop", (Fact("Casus", "Zuidwest"), Fact("naar", "daar", link="regels!A1", note="zie")))
    cells = book_of("proef", [Page("blad", "Titel", "Uitleg.", (block,))]).sheets[0].cells
    assert [cells[row, 1].value for row in (4, 5, 6)] == ["Kop", "Casus", "naar"]
    assert (cells[6, 1].link, cells[6, 3].value) == ("regels!A1", "zie")


def test_only_a_page_of_one_table_freezes_its_heads() -> None:
    alone = Page("een", "Titel", "Uitleg.", (table(""),))
    pair = Page("twee", "Titel", "Uitleg.", (table("", "x"), table("", "y")))
    assert [sheet.frozen for sheet in book_of("proef", [alone, pair]).sheets] == [5, 1]


def test_long_heads_and_texts_get_room() -> None:
    column = Column[str]("tekst", "Een kop van heel veel woorden", str, width=12, wrap=True)
    page = Page("blad", "Titel", "Uitleg.", (Table("t", "", ("kort", "lang " * 12), (column,)),))
    sheet = book_of("proef", [page]).sheets[0]
    assert sheet.heights[4] > 2 * 13.5
    assert 5 not in sheet.heights
    assert sheet.heights[6] > 4 * 13.5


def test_a_formula_without_a_value_is_worked_out_with_its_total() -> None:
    columns = (
        Column[Money]("bedrag", "Bedrag", lambda row: row, fmt=Format.EURO),
        Column[Money]("dubbel", "Dubbel", None, "[bedrag]*2", Format.EURO, total=True),
        Column[Money]("deel", "Deel", None, "[bedrag]/[geld.bedrag!]", Format.PERCENT),
    )
    page = Page("blad", "Titel", "Uitleg.", (Table("geld", "", (Money(300), Money(-5)), columns),))
    cells = book_of("proef", [page]).sheets[0].cells
    assert [cells[row, 2].value for row in (5, 6, 7)] == [Money(600), Money(-10), Money(590)]
    assert [cells[row, 3].value for row in (5, 6)] == [1, Fraction(-1, 60)]
    assert cells[4, 2].fmt is Format.EURO
