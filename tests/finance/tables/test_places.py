"""Templates become formulas; tables know where they stand."""

from __future__ import annotations

import pytest

from finance.tables.pages import Column, Notes, Page, Table
from finance.tables.painting import book_of
from finance.tables.places import LayoutError
from tests.finance.tables.sample import settings, sheets, table


def _formulas(template: str) -> list[str]:
    """The formulas of the three rows of a table, which stands in rows 6 to 8."""
    sheet = sheets(table(template), table("", "ander"))["blad0"]
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
    low = Page("laag", "Titel", "Uitleg.", (Notes("Kop", ("regel",)), table("[hoog.aantal@]", "laag")))
    high = Page("hoog", "Titel", "Uitleg.", (table("", "hoog"),))
    sheet = book_of("proef", [low, high]).sheets[0]
    assert [sheet.cells[row, 3].formula for row in (9, 11)] == ["hoog!$B6", "hoog!$B8"]


@pytest.mark.parametrize("template", ["[weg]", "[weg.aantal]", "[eigen.weg]", "{weg}", "[^weg]", "[aantal:weg]"])
def test_a_name_that_is_not_there_is_refused(template: str) -> None:
    with pytest.raises(LayoutError, match="weg"):
        _formulas(template)


def test_two_tables_of_one_name_are_refused() -> None:
    with pytest.raises(LayoutError, match="eigen stands twice"):
        sheets(table(""), table(""))


def test_heads_count_on_from_the_head_before_them() -> None:
    head = "IF(N([<])=0,{discontovoet},[<]+1)"
    years = tuple(Column[str](f"jaar_{year}", year, lambda _: 0, head_formula=head) for year in (2022, 2023))
    page = Page(
        "blad",
        "Titel",
        "Uitleg.",
        (
            Table("t", "", ("x",), (Column[str]("naam", "Naam", str), *years)),
            settings(),
        ),
    )
    cells = book_of("proef", [page]).sheets[0].cells
    assert [cells[4, column].formula for column in (2, 3)] == [
        "IF(N(A4)=0,$B$8,A4+1)",
        "IF(N(B4)=0,$B$8,B4+1)",
    ]
