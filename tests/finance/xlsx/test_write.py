"""Writing: what arrives in the file is what stands in the grid, always in the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from finance.money import Money
from finance.tables.grid import MAX_TEXT, Book, Cell, Chart, Format, Role, Series, Sheet, Value, storable
from finance.xlsx.contents import StoredCells, read_contents
from finance.xlsx.looks import RED, SERIES_COLOURS
from finance.xlsx.write import book_bytes, write_book
from tests.finance.xlsx.sample import formula, small_book, with_cell

LOOKS_LIKE_SOMETHING_ELSE = (
    "=1+1",
    "{=1+1}",
    "+31 10",
    "-5",
    "@SUM(A1)",
    "1234",
    "0123",
    "1e5",
    "12,5",
    "1-1-2024",
    "TRUE",
    "WAAR",
    "http://example.org",
    "internal:A1",
    "mailto:a@b.nl",
    "#N/A",
    "'tekst",
    "<r><t>x</t></r>",
    "<r></r>",
    "_x0041_",
    "a & b < c > d",
    "]]>",
    " spaties ",
    "regel\nregel",
    "tab\tab",
    "é ü \U0001f600",
    "100%",
)


def one_cell(cell: Cell) -> Book:
    return Book("een cel", (Sheet("blad", {(1, 1): cell}),))


def in_file(book: Book) -> dict[str, StoredCells]:
    contents = read_contents("werkmap.xlsx", book_bytes(book))
    return {name: sheet.cells for name, sheet in contents.sheets.items()}


def opened(book: Book, *, values: bool = False) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(book_bytes(book)), data_only=values)


def parts(book: Book) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(book_bytes(book))) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def first_sheet(book: Book) -> Worksheet:
    sheet = opened(book).worksheets[0]
    assert isinstance(sheet, Worksheet)
    return sheet


def test_the_same_book_gives_the_same_bytes() -> None:
    assert book_bytes(small_book()) == book_bytes(small_book())


def test_the_order_in_which_cells_were_made_does_not_matter() -> None:
    book = small_book()
    turned = replace(
        book, sheets=tuple(replace(sheet, cells=dict(reversed(sheet.cells.items()))) for sheet in book.sheets)
    )
    assert turned == book
    assert book_bytes(turned) == book_bytes(book)


def test_no_date_of_today_is_in_the_file() -> None:
    with zipfile.ZipFile(io.BytesIO(book_bytes(small_book()))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert set(re.findall(r"\d{4}-\d\d-\d\dT", parts(small_book())["docProps/core.xml"])) == {"2020-10-01T"}


@pytest.mark.parametrize("text", LOOKS_LIKE_SOMETHING_ELSE)
def test_text_arrives_as_text(text: str) -> None:
    book = one_cell(Cell(text))
    assert in_file(book)["blad"][1, 1][:2] == (text, None)
    cell = first_sheet(book)["A1"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


@given(st.text(max_size=60).filter(lambda text: storable(text) != ""))
def test_any_text_arrives_as_a_workbook_can_hold_it(text: str) -> None:
    book = Book("t", (Sheet("blad", {(1, 1): Cell(text), (1, 2): formula(text, '"x"', Format.TEXT)}),))
    cells = in_file(book)["blad"]
    assert (cells[1, 1].value, cells[1, 2].value) == (storable(text), storable(text))


@pytest.mark.parametrize(
    ("text", "kept"),
    [("a\x00b\x1f", "a\ufffdb\ufffd"), ("a\r\nb\rc", "a\nb\nc"), ("\ud800", "\ufffd"), ("\ufffe", "\ufffd")],
)
def test_what_xml_cannot_hold_is_replaced(text: str, kept: str) -> None:
    assert in_file(one_cell(Cell(text)))["blad"][1, 1].value == kept


@pytest.mark.parametrize("letter", ["x", "\U0001f600"])
def test_text_that_is_too_long_says_that_it_was_cut(letter: str) -> None:
    value = in_file(one_cell(Cell(letter * 40_000)))["blad"][1, 1].value
    assert isinstance(value, str)
    assert value.endswith("x ... (afgekapt)") or value.endswith("\U0001f600 ... (afgekapt)")
    assert MAX_TEXT - 2 <= len(value.encode("utf-16-le")) // 2 <= MAX_TEXT


def test_text_of_the_largest_length_is_whole() -> None:
    assert in_file(one_cell(Cell("x" * MAX_TEXT)))["blad"][1, 1].value == "x" * MAX_TEXT


@pytest.mark.parametrize(
    ("value", "fmt", "kept"),
    [
        (Money.from_euros("7144869.01"), Format.EURO, 7144869.01),
        (Money(-1), Format.EURO, -0.01),
        (2024, Format.YEAR, 2024),
        (Decimal("0.0496"), Format.PERCENT, 0.0496),
        (Fraction(1, 3), Format.FACTOR, 1 / 3),
        (date(2026, 11, 22), Format.DATE, 46348),
        (date(1900, 3, 1), Format.DATE, 61),
    ],
)
def test_a_number_arrives_as_the_nearest_double(value: Value, fmt: Format, kept: float) -> None:
    pasted, computed = one_cell(Cell(value, fmt=fmt)), one_cell(formula(value, "1", fmt))
    assert in_file(pasted)["blad"][1, 1].value == pytest.approx(kept, rel=1e-15)
    assert in_file(computed)["blad"][1, 1].value == kept


@given(st.integers(-(10**14), 10**14))
def test_every_cent_arrives(cents: int) -> None:
    stored = in_file(one_cell(Cell(Money(cents), fmt=Format.EURO)))["blad"][1, 1].value
    assert isinstance(stored, float)
    assert round(stored * 100) == cents


def test_a_date_is_read_back_as_that_date() -> None:
    book = one_cell(Cell(date(2026, 11, 22), fmt=Format.DATE))
    assert first_sheet(book)["A1"].value == datetime(2026, 11, 22)


def test_every_formula_carries_its_value() -> None:
    book = small_book()
    shown, formulas = opened(book, values=True), opened(book)
    for sheet in book.sheets:
        for (row, column), cell in sheet.cells.items():
            if cell.formula:
                assert formulas[sheet.naam].cell(row, column).value == f"={cell.formula}"
                value = shown[sheet.naam].cell(row, column).value
                assert value is not None or cell.value == ""


def test_a_formula_without_text_has_an_empty_text_as_its_value() -> None:
    assert in_file(one_cell(formula("", '""')))["blad"][1, 1] == ("", '""', 1, "str")
    assert 't="str"' in parts(one_cell(formula("", '""')))["xl/worksheets/sheet1.xml"]


@pytest.mark.parametrize("text", LOOKS_LIKE_SOMETHING_ELSE)
def test_the_text_of_a_formula_arrives_as_text(text: str) -> None:
    cell = in_file(one_cell(formula(text, "A2", Format.TEXT)))["blad"][1, 1]
    assert (cell.value, cell.formula) == (text, "A2")


def test_formulas_are_written_as_they_stand() -> None:
    text = 'IF("SWITCH("="",1,FILTERXML("a","b"))'
    assert in_file(one_cell(formula(1, text)))["blad"][1, 1].formula == text


def test_an_empty_cell_keeps_its_look_and_holds_nothing() -> None:
    book = one_cell(Cell(None, Role.INPUT_ASSUMED))
    assert in_file(book)["blad"] == {}
    assert first_sheet(book)["A1"].fill.fgColor.rgb == "FFFFF1CC"


def test_a_link_jumps_and_leaves_the_cell_as_it_is() -> None:
    links = {
        (1, 1): Cell("tekst", link="blad!B9"),
        (2, 1): Cell(Money(150), fmt=Format.EURO, link="mijn blad's!A1"),
        (3, 1): replace(formula(Money(150), "A2"), link="'al goed'!A1"),
    }
    book = Book("t", (Sheet("blad", links),))
    sheet = first_sheet(book)
    assert [sheet.cell(row, 1).value for row in (1, 2, 3)] == ["tekst", 1.5, "=A2"]
    targets = [sheet.cell(row, 1).hyperlink.location for row in (1, 2, 3)]  # type: ignore[union-attr]
    assert targets == ["blad!B9", "'mijn blad''s'!A1", "'al goed'!A1"]


def test_nothing_is_hidden_and_nothing_points_outside() -> None:
    contents = read_contents("werkmap.xlsx", book_bytes(small_book()))
    assert (contents.names, contents.foreign) == ((), ())
    for sheet in contents.sheets.values():
        assert (sheet.hidden, sheet.hidden_rows, sheet.hidden_columns) == (False, (), ())


def test_it_prints_on_a4_one_page_wide_with_repeated_titles() -> None:
    sheet = opened(small_book())["invoer"]
    setup = sheet.page_setup
    assert (setup.orientation, int(setup.paperSize or 0)) == ("landscape", 9)
    assert (setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage) == (0, True)  # type: ignore[union-attr]
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.freeze_panes == "A2"
    assert "&A" in str(sheet.oddFooter.left.text)
    assert "&P van &N" in str(sheet.oddFooter.right.text)


def test_each_colour_means_one_thing() -> None:
    roles = (Role.INPUT_SOURCED, Role.INPUT_ASSUMED, Role.DECISION, Role.FORMULA, Role.TOTAL, Role.HEADER)
    cells = {(row, 1): Cell(1, role) for row, role in enumerate(roles, 1)}
    sheet = first_sheet(Book("t", (Sheet("blad", cells),)))
    colours = [sheet.cell(row, 1).fill.fgColor.rgb for row in range(1, len(roles) + 1)]
    assert len(set(colours)) == len(roles)


def test_a_look_is_made_once() -> None:
    cells = {(row, 1): Cell(row, Role.FORMULA, Format.EURO) for row in range(1, 500)}
    styles = parts(Book("t", (Sheet("blad", cells),)))["xl/styles.xml"]
    assert '<cellXfs count="2">' in styles


def test_checks_turn_green_or_red() -> None:
    cells = {(row, 4): Cell("VOLDOET", Role.CHECK, formula='"VOLDOET"') for row in (5, 6, 7, 9)}
    rules = first_sheet(Book("t", (Sheet("blad", cells),))).conditional_formatting
    area, *others = rules
    assert (str(area.sqref), others) == ("D5:D7 D9", [])
    colours = {rule.formula[0]: rule.dxf.fill.bgColor.rgb for rule in area.rules}  # type: ignore[union-attr]
    assert colours['"VOLDOET"'] != colours['"VOLDOET NIET"'] == colours['"FOUT"']


def test_numbers_that_are_text_get_no_warning() -> None:
    assert 'numberStoredAsText="1"' in parts(one_cell(Cell("0123")))["xl/worksheets/sheet1.xml"]


def test_a_formula_is_never_shown_as_text() -> None:
    assert first_sheet(one_cell(formula("x", '"x"', Format.TEXT)))["A1"].number_format == "General"
    assert first_sheet(one_cell(Cell("x", fmt=Format.TEXT)))["A1"].number_format == "@"


def test_a_note_alone_in_its_row_uses_the_width_of_the_sheet() -> None:
    long, short = Cell("uitleg " * 30, Role.NOTE), Cell("kort", Role.NOTE)
    cells = {(1, 1): long, (2, 4): Cell(1), (3, 1): short, (3, 2): Cell(1)}
    sheet = first_sheet(Book("t", (Sheet("blad", cells),)))
    assert [str(area) for area in sheet.merged_cells.ranges] == ["A1:D1"]
    assert (sheet.row_dimensions[1].height or 0) > 40


def test_heights_and_widths_are_kept() -> None:
    sheet = first_sheet(Book("t", (Sheet("blad", {(2, 1): Cell(1)}, {1: 33}, heights={2: 45}),)))
    assert sheet.row_dimensions[2].height == 45
    assert sheet.column_dimensions["A"].width == pytest.approx(33, abs=1)


def test_a_chart_is_drawn_with_its_numbers() -> None:
    drawing = parts(small_book())["xl/charts/chart1.xml"]
    assert "<c:barChart>" in drawing
    assert "<c:lineChart>" in drawing
    assert '<c:grouping val="stacked"/>' in drawing
    assert "<a:t>Uitgaven per jaar</a:t>" in drawing
    assert "<a:t>euro</a:t>" in drawing
    assert '<c:legendPos val="b"/>' in drawing
    assert "<c:v>129580.24</c:v>" in drawing


def test_a_chart_of_lines_alone_is_drawn() -> None:
    line = Series("blad!$A$1", "blad!$A$1:$A$2", line=True)
    chart = Chart("t", "a", "blad!$A$1:$A$2", (line,), "C3", stacked=False)
    drawing = parts(Book("t", (Sheet("blad", {(1, 1): Cell(1)}, charts=(chart,)),)))["xl/charts/chart1.xml"]
    assert "<c:barChart>" not in drawing
    assert "<c:lineChart>" in drawing


def _drawn(chart: Chart) -> str:
    return parts(Book("t", (Sheet("blad", {(1, 1): Cell(1)}, charts=(chart,)),)))["xl/charts/chart1.xml"]


def test_columns_float_on_a_base_that_is_not_drawn() -> None:
    base = Series("blad!$A$1", "blad!$A$1:$A$2", base=True)
    drawing = _drawn(Chart("t", "a", "blad!$A$1:$A$2", (base, replace(base, base=False)), "C3"))
    first, second = drawing.split("<c:ser>")[1:]
    assert "<c:spPr><a:noFill/>" in first
    assert "<a:noFill/>" not in second.partition("</c:ser>")[0]
    assert '<c:legendEntry><c:idx val="0"/><c:delete val="1"/></c:legendEntry>' in drawing


def test_what_has_no_cover_is_red_and_nothing_else_is() -> None:
    plain = Series("blad!$A$1", "blad!$A$1:$A$2")
    many = (replace(plain, red=True), *[plain] * (2 * len(SERIES_COLOURS)), replace(plain, red=True, line=True))
    found = _drawn(Chart("t", "a", "blad!$A$1:$A$2", many, "C3")).split("<c:ser>")[1:]
    red = [RED.removeprefix("#") in series for series in found]
    assert red == [True, *[False] * (2 * len(SERIES_COLOURS)), True]
    assert RED not in SERIES_COLOURS


def test_an_axis_starts_at_zero_where_that_is_asked() -> None:
    chart = Chart("t", "a", "blad!$A$1:$A$2", (Series("blad!$A$1", "blad!$A$1:$A$2"),), "C3")
    assert "<c:min" not in _drawn(chart)
    assert '<c:min val="0"/>' in _drawn(replace(chart, from_zero=True))


def test_columns_that_lie_flat_have_the_first_label_on_top() -> None:
    series = Series("blad!$A$1", "blad!$A$1:$A$2")
    drawing = _drawn(Chart("t", "euro", "blad!$A$1:$A$2", (series,), "C3", stacked=False, flat=True))
    assert '<c:barDir val="bar"/>' in drawing
    labels = drawing.partition("<c:catAx>")[2].partition("</c:catAx>")[0]
    assert '<c:orientation val="maxMin"/>' in labels
    assert "<a:t>euro</a:t>" in drawing.partition("<c:valAx>")[2]


def test_an_area_is_coloured_from_the_lowest_to_the_highest_number() -> None:
    xml = parts(Book("t", (Sheet("blad", {(1, 1): Cell(1)}, scales=("A1:B2",)),)))["xl/worksheets/sheet1.xml"]
    assert '<conditionalFormatting sqref="A1:B2"><cfRule type="colorScale"' in xml
    assert xml.count("<color rgb=") == 3


@pytest.mark.parametrize(
    "book",
    [
        Book("t", ()),
        *(Book("t", (Sheet(name, {}),)) for name in ("", "a" * 32, "a/b", "a:b", "[a]", "a?", "'a")),
        Book("t", (Sheet("History", {}),)),
        Book("t", (Sheet("Blad", {}), Sheet("blad", {}))),
        Book("t", (Sheet("blad", {(0, 1): Cell(1)}),)),
        Book("t", (Sheet("blad", {(1, 16_385): Cell(1)}),)),
        one_cell(formula(1, "1+" * 5000 + "1")),
        Book("t", (Sheet("blad", {}, charts=(Chart("t", "a", "blad!$A$1", (), "A1"),)),)),
    ],
)
def test_what_cannot_be_a_workbook_is_the_fault_of_the_programmer(book: Book) -> None:
    with pytest.raises(ValueError, match=r".+"):
        book_bytes(book)


def test_a_truth_value_is_refused() -> None:
    with pytest.raises(TypeError):
        book_bytes(one_cell(Cell(True)))


def test_a_sheet_without_cells_can_be_written() -> None:
    assert in_file(Book("t", (Sheet("leeg", {}),))) == {"leeg": {}}


def test_a_book_is_written_in_place_of_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "uit" / "begroting.xlsx"
    for book in (small_book(), with_cell(small_book(), "voorblad", (9, 1), Cell("anders"))):
        write_book(book, path)
        assert path.read_bytes() == book_bytes(book)
    assert [entry.name for entry in path.parent.iterdir()] == ["begroting.xlsx"]
