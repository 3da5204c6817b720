"""The linter: a sound book has no flaw, and each kind of flaw is found where it was put."""

from __future__ import annotations

from dataclasses import replace

import pytest

from finance.money import Money
from finance.tables.areas import Area, column_number
from finance.tables.grid import Book, Cell, Format, Role, Sheet
from tests.finance.books.examination.blocks import Block, blocks_of
from tests.finance.books.examination.principles import counting, flaws_of
from tests.finance.xlsx.sample import formula, with_cell

Cells = dict[tuple[int, int], Cell]


def headed(cells: Cells) -> Cells:
    """A sheet that starts with its title and what it shows."""
    return {(1, 1): Cell("Titel", Role.TITLE), (2, 1): Cell("Wat het laat zien.", Role.NOTE), **cells}


def given(value: Money | str, role: Role = Role.INPUT_SOURCED) -> Cell:
    return Cell(value, role, Format.EURO)


def verdict(text: str) -> Cell:
    return formula("VOLDOET", text, Format.TEXT, Role.CHECK)


def sound() -> Book:
    """Input, a calculation with a running total, an outcome, a control and a cover: nothing is wrong."""
    cover = headed({(4, 1): verdict("controle!B4")})
    inputs = headed({(row, 1): given(Money(100 * row)) for row in (4, 5, 6)})
    work = {(row, 1): formula(Money(100 * row), f"invoer!A{row}") for row in (4, 5, 6)}
    running = {(4, 400), (5, 900), (6, 1500)}
    work |= {(row, 2): formula(Money(cents), f"N(B{row - 1})+A{row}") for row, cents in running}
    work |= {(7, 1): formula(Money(1500), "ROUND(SUM(A4:A6),2)", role=Role.TOTAL)}
    test = verdict('IF(uitkomst!A4=rekenblad!B6,"VOLDOET","VOLDOET NIET")')
    return Book(
        "t",
        (
            Sheet("voorblad", cover, tab="controle"),
            Sheet("uitkomst", headed({(4, 1): formula(Money(1500), "rekenblad!A7")})),
            Sheet("invoer", inputs, tab="invoer"),
            Sheet("rekenblad", headed(work), tab="berekening"),
            Sheet("controle", headed({(4, 2): test}), tab="controle"),
        ),
    )


def found(book: Book) -> list[tuple[str, str, str]]:
    return [(flaw.principe, flaw.blad, flaw.cel) for flaw in flaws_of(book)]


def test_a_sound_book_has_no_flaw() -> None:
    assert flaws_of(sound()) == ()


@pytest.mark.parametrize(
    ("sheet", "at", "cell", "flaw"),
    [
        ("rekenblad", (9, 3), formula(3, "invoer!A4*1.05"), ("constanten", "C9", "bevat 1.05")),
        ("rekenblad", (9, 3), formula(3, "invoer!A4+365*1"), ("constanten", "C9", "bevat 365")),
        ("rekenblad", (9, 3), formula(3, "ROUND(2,0)"), ("constanten", "C9", "bevat 2")),
        ("rekenblad", (9, 3), formula(3, "SUM(A4,2)"), ("constanten", "C9", "bevat 2")),
        ("rekenblad", (9, 3), formula(3, "A4+1E6"), ("constanten", "C9", "bevat 1E6")),
        ("rekenblad", (5, 1), formula(Money(500), "invoer!A4"), ("patroon", "A5", "=invoer!A4 wijkt af")),
        ("rekenblad", (6, 2), formula(Money(0), "A6-N(B5)"), ("patroon", "B6", "wijkt af van")),
        ("rekenblad", (5, 1), given(Money(500), Role.FORMULA), ("vaste getallen", "A5", "formule")),
        ("rekenblad", (9, 3), Cell(7), ("vaste getallen", "C9", "label")),
        ("rekenblad", (9, 3), formula(3, "uitkomst!A4"), ("richting", "C9", "uitkomst")),
        ("invoer", (9, 3), formula(3, "SUM(rekenblad!$A$4:$B$6)"), ("richting", "C9", "rekenblad")),
        ("uitkomst", (9, 3), formula(3, "controle!B4"), ("richting", "C9", "controle")),
        ("rekenblad", (9, 3), formula(3, "C9"), ("kringen", "C9", "=C9")),
        ("rekenblad", (9, 3), formula(3, "SUM(C8:D10)"), ("kringen", "C9", "SUM")),
        ("rekenblad", (9, 3), formula(3, "TODAY()"), ("vluchtig", "C9", "TODAY")),
        ("rekenblad", (9, 3), formula(3, "SUM(OFFSET(A4,1,0))"), ("vluchtig", "C9", "OFFSET")),
        ("rekenblad", (9, 3), formula(3, "XLOOKUP(1,A4:A6,B4:B6)"), ("functies", "C9", "XLOOKUP")),
        ("rekenblad", (9, 3), formula(3, "+".join(["A4"] * 250)), ("eenvoud", "C9", "749 tekens")),
        (
            "rekenblad",
            (9, 3),
            formula(3, "IF(A4=0,0,IF(A4=1,0,IF(A4=0,0,IF(A4=1,0,1))))"),
            ("eenvoud", "C9", "4 diep"),
        ),
        ("invoer", (4, 3), given("12,50"), ("getal als tekst", "C4", "12,50")),
        ("rekenblad", (9, 3), formula(3, "[ander.xlsx]blad!A1"), ("naar buiten", "C9", "ander.xlsx")),
        ("rekenblad", (9, 3), Cell("zie", link="https://example.org"), ("naar buiten", "C9", "example.org")),
        ("rekenblad", (9, 3), verdict('IF(A4=A5,"VOLDOET","VOLDOET NIET")'), ("controles", "C9", "niet meetelt")),
        ("uitkomst", (2, 1), Cell(None), ("uitleg", "A1", "begint niet")),
        ("invoer", (4, 3), given(Money(7), Role.INPUT_ASSUMED), ("ongebruikte invoer", "C4", "geen")),
    ],
)
def test_each_kind_of_flaw_is_found_where_it_is(
    sheet: str, at: tuple[int, int], cell: Cell, flaw: tuple[str, str, str]
) -> None:
    principle, where, words = flaw
    flaws = [item for item in flaws_of(with_cell(sound(), sheet, at, cell)) if item.principe == principle]
    assert [(item.blad, item.cel) for item in flaws[:1]] == [(sheet, where)]
    assert words in flaws[0].wat


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("ROUND(ROUNDDOWN(ROUND(SUM(A4:A6),7),2),2)", "decimals of a rounding"),
        ('IF(A4=0,"12",1)', "a number in a text"),
        ("SUM($A$4:$A$6)+rekenblad!$A$4", "references"),
        ("IF(A4=0,0,IF(A4=1,0,IF(A4=0,0,1)))", "as deep as may be"),
        ("INDEX($A$4:$A$6,COLUMNS(A$1:C$1))", "a range that says how wide it is, itself included"),
    ],
)
def test_what_looks_like_a_flaw_and_is_none(text: str, why: str) -> None:
    assert counting(flaws_of(with_cell(sound(), "rekenblad", (9, 3), formula(1, text)))) == (), why


@pytest.mark.parametrize(
    ("first", "second", "flaws"),
    [
        ("SUMIFS($A$4:$A$5,$B$4:$B$5,A8)", "SUMIFS($A$6:$A$6,$B$6:$B$6,A9)", 0),
        ("SUMIFS($A$4:$A$5,$B$4:$B$5,A8)", "SUMIFS($A$6:$A$6,$B$6:$B$6,A8)", 1),
        ("SUMIFS($A$4:$A$5,$B$4:$B$5,A8)", "SUMIFS($B$6:$B$6,$A$6:$A$6,A9)", 1),
        ("SUM($A$4:$A$5)", "SUM($A$6:$A$6)", 1),
    ],
)
def test_a_formula_that_asks_for_a_key_names_the_rows_in_which_it_stood(first: str, second: str, flaws: int) -> None:
    book = with_cell(sound(), "rekenblad", (8, 3), formula(1, first))
    book = with_cell(book, "rekenblad", (9, 3), formula(1, second))
    assert [principle for principle, *_ in found(book)] == ["patroon"] * flaws


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("SUMIFS(A4:A6,B4:B6,1)", []),
        ("SUMIFS(A4:A6,B4:B5,1)", ["C9"]),
        ("ROUND(SUMIFS($A$4:$A$6,B4:B6,IF(A4:B4=0,A4,A5),$B$4:$B$6,A4),2)", []),
        ("COUNTIFS(A4:A6,1)+COUNTIFS(A4:A5,1)", []),
        ("IF(A4=0,0,COUNTIFS(A4:A6,1,A4:B6,1))", ["C9"]),
    ],
)
def test_ranges_of_one_call_are_of_one_size(text: str, found: list[str]) -> None:
    flaws = flaws_of(with_cell(sound(), "rekenblad", (9, 3), formula(1, text)))
    assert [flaw.cel for flaw in flaws if flaw.principe == "bereiken"] == found


def test_a_circle_over_sheets_is_found_with_all_who_have_a_part_in_it() -> None:
    book = with_cell(sound(), "rekenblad", (9, 1), formula(1, "rekenblad!B9"))
    book = with_cell(book, "rekenblad", (9, 2), formula(1, "controle!A9"))
    book = with_cell(book, "controle", (9, 1), formula(1, "SUM(rekenblad!A8:A10)"))
    book = with_cell(book, "controle", (9, 3), formula(1, "A9"))
    circle = [(blad, cel) for principe, blad, cel in found(book) if principe == "kringen"]
    assert circle == [("rekenblad", "A9"), ("rekenblad", "B9"), ("controle", "A9")]


def test_a_column_that_reads_the_row_above_is_no_circle_and_one_that_reads_below_is_none_either() -> None:
    cells = {(row, 3): formula(0, f"N(C{row + 1})+A{row}") for row in (4, 5, 6)}
    sheets = [
        replace(sheet, cells={**sheet.cells, **cells}) if sheet.naam == "rekenblad" else sheet
        for sheet in sound().sheets
    ]
    assert found(Book("t", tuple(sheets))) == []


@pytest.mark.parametrize(("change", "where"), [({"widths": {3: 0.2}}, "C1"), ({"heights": {7: 0}}, "A7")])
def test_what_is_too_small_to_see_is_found(change: dict[str, dict[int, float]], where: str) -> None:
    first, *others = sound().sheets
    assert found(Book("t", (replace(first, **change), *others))) == [("verborgen", "voorblad", where)]


def test_a_merged_note_in_a_range_that_is_summed_is_found() -> None:
    book = with_cell(sound(), "rekenblad", (8, 1), Cell("Een regel uitleg.", Role.NOTE))
    assert found(book) == []
    book = with_cell(book, "rekenblad", (9, 2), formula(0, "SUM(A8:A8)"))
    assert found(book) == [("samengevoegd", "rekenblad", "A8")]


def test_unused_input_is_told_and_does_not_count() -> None:
    book = with_cell(sound(), "invoer", (4, 3), given(Money(7), Role.INPUT_ASSUMED))
    assert [flaw.principe for flaw in flaws_of(book)] == ["ongebruikte invoer"]
    assert counting(flaws_of(book)) == ()


def blocks(cells: Cells) -> list[Block]:
    return list(blocks_of(Book("t", (Sheet("blad", cells), Sheet("mijn blad", {})))))


def test_cells_with_one_formula_are_one_block_and_others_are_not() -> None:
    cells = {(row, 2): formula(0, f'IF($A{row}="A{row}",B$1,Z{row})') for row in (3, 4)}
    cells |= {(row, 3): formula(0, f"$A{row - 1}+A$9") for row in (3, 4, 5, 7)}
    found = [(block.where, block.formula) for block in blocks(cells)]
    assert found == [
        ("B3", 'IF($A3="A3",B$1,Z3)'),
        ("B4", 'IF($A4="A4",B$1,Z4)'),
        ("C3:C5", "$A2+A$9"),
        ("C7", "$A6+A$9"),
    ]


def test_a_block_reads_what_any_of_its_cells_reads() -> None:
    cells = {(row, 1): formula(0, f"SUM($C$1:$D$2)+'mijn blad'!B{row}+SUM(E$1:E{row})") for row in (4, 5, 6)}
    (block,) = blocks(cells)
    assert block.references == (
        Area("blad", 1, 3, 2, 4),
        Area("mijn blad", 4, 2, 6, 2),
        Area("blad", 1, 5, 6, 5),
    )
    assert block.areas_of(5)[1:] == (Area("mijn blad", 5, 2, 5, 2), Area("blad", 1, 5, 5, 5))


def test_columns_have_numbers() -> None:
    assert [column_number(letters) for letters in ("A", "Z", "AA", "XFD")] == [1, 26, 27, 16384]
