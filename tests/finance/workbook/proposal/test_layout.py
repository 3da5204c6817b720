"""Templates become formulas; tables know where they stand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from finance.money import Money
from finance.workbook.grid import Cell, Format, Role, Sheet
from finance.workbook.proposal.layout import (
    NOTHING,
    Column,
    Fact,
    Facts,
    Figure,
    LayoutError,
    Notes,
    Page,
    Table,
    book_of,
)

Row = tuple[str, int]
ROWS: tuple[Row, ...] = (("a", 2), ("b", 3), ("c", 5))


def _table(formula: str, name: str = "eigen", rows: tuple[Row, ...] = ROWS) -> Table[Row]:
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


def _settings() -> Table[str]:
    columns = (Column[str]("sleutel", "sleutel", str), Column[str]("waarde", "waarde", lambda _: 7))
    return Table("case", "", ("discontovoet",), columns, fact=str)


def _sheets(*tables: Table[Row]) -> dict[str, Sheet]:
    pages = [Page(f"blad{number}", "Titel", "Uitleg.", (table,)) for number, table in enumerate(tables)]
    book = book_of("proef", [*pages, Page("invoer", "Invoer", "Uitleg.", (_settings(),))])
    return {sheet.naam: sheet for sheet in book.sheets}


def _formulas(template: str) -> list[str]:
    """The formulas of the three rows of a table, which stands in rows 6 to 8."""
    sheet = _sheets(_table(template), _table("", "ander"))["blad0"]
    return [sheet.cells[row, 3].formula for row in (6, 7, 8)]


@pytest.mark.parametrize(
    ("template", "first", "last"),
    [
        ("[aantal]*1", "B6*1", "B8*1"),
        ("N([-uit])+[aantal]", "N(C5)+B6", "N(C7)+B8"),
        ("[+aantal]", "B7", "B9"),
        ("SUM([naam:aantal])", "SUM(A6:B6)", "SUM(A8:B8)"),
        ("[^]", "C$5", "C$5"),
        ("[^aantal]", "B$5", "B$5"),
        ("SUM([eigen.aantal])", "SUM($B$6:$B$8)", "SUM($B$6:$B$8)"),
        ("SUM([ander.naam:aantal])", "SUM(blad1!$A$6:$B$8)", "SUM(blad1!$A$6:$B$8)"),
        ("[ander.aantal@]", "blad1!$B6", "blad1!$B8"),
        ("[ander.aantal!]", "blad1!$B$6", "blad1!$B$6"),
        ("[ander.aantal=]", "blad1!$B$9", "blad1!$B$9"),
        ("MATCH(0,[ander.^naam:uit],0)", "MATCH(0,blad1!$A$5:$C$5,0)", "MATCH(0,blad1!$A$5:$C$5,0)"),
        ("[aantal]*{discontovoet}", "B6*invoer!$B$5", "B8*invoer!$B$5"),
    ],
)
def test_a_template_becomes_one_formula_per_row(template: str, first: str, last: str) -> None:
    formulas = _formulas(template)
    assert (formulas[0], formulas[2]) == (first, last)


def test_aligned_tables_keep_their_distance_when_they_stand_in_different_rows() -> None:
    low = Page("laag", "Titel", "Uitleg.", (Notes("Kop", ("regel",)), _table("[hoog.aantal@]", "laag")))
    high = Page("hoog", "Titel", "Uitleg.", (_table("", "hoog"),))
    sheet = book_of("proef", [low, high]).sheets[0]
    assert [sheet.cells[row, 3].formula for row in (9, 11)] == ["hoog!$B6", "hoog!$B8"]


@pytest.mark.parametrize(
    "template", ["[weg]", "[weg.aantal]", "[eigen.weg]", "{weg}", "[^weg]", "[aantal:weg]"]
)
def test_a_name_that_is_not_there_is_refused(template: str) -> None:
    with pytest.raises(LayoutError, match="weg"):
        _formulas(template)


def test_two_tables_of_one_name_are_refused() -> None:
    with pytest.raises(LayoutError, match="eigen stands twice"):
        _sheets(_table(""), _table(""))


def test_a_table_has_heads_cells_and_a_total() -> None:
    cells = _sheets(_table("[aantal]"))["blad0"].cells
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
    sheet = _sheets(_table("[aantal]", rows=()), _table("SUM([eigen.aantal])", "ander"))
    assert sheet["blad0"].cells[6, 1].value == NOTHING
    assert sheet["blad0"].cells[7, 2].value == 0
    assert sheet["blad1"].cells[6, 3].formula == "SUM(blad0!$B$6:$B$6)"


def test_heads_count_on_from_the_head_before_them() -> None:
    head = "IF(N([<])=0,{discontovoet},[<]+1)"
    years = tuple(Column[str](f"jaar_{year}", year, lambda _: 0, head_formula=head) for year in (2022, 2023))
    page = Page("blad", "Titel", "Uitleg.", (
        Table("t", "", ("x",), (Column[str]("naam", "Naam", str), *years)), _settings(),
    ))  # fmt: skip
    cells = book_of("proef", [page]).sheets[0].cells
    assert [cells[4, column].formula for column in (2, 3)] == [
        "IF(N(A4)=0,$B$8,A4+1)",
        "IF(N(B4)=0,$B$8,B4+1)",
    ]


def test_a_chart_refers_to_heads_and_columns() -> None:
    figure = Figure("Grafiek", "plaatsen", "eigen", "naam", ("aantal",), ("uit",), stacked=False)
    page = Page("blad", "Titel", "Uitleg.", (_table("[aantal]"), figure))
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
    alone = Page("een", "Titel", "Uitleg.", (_table(""),))
    pair = Page("twee", "Titel", "Uitleg.", (_table("", "x"), _table("", "y")))
    assert [sheet.frozen for sheet in book_of("proef", [alone, pair]).sheets] == [5, 1]


def test_long_heads_and_texts_get_room() -> None:
    column = Column[str]("tekst", "Een kop van heel veel woorden", str, width=12, wrap=True)
    page = Page("blad", "Titel", "Uitleg.", (Table("t", "", ("kort", "lang " * 12), (column,)),))
    sheet = book_of("proef", [page]).sheets[0]
    assert sheet.heights[4] > 2 * 13.5
    assert 5 not in sheet.heights
    assert sheet.heights[6] > 4 * 13.5
