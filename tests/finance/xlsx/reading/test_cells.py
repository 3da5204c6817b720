"""Reading an input workbook: what its cells hold."""

from __future__ import annotations

import re
from datetime import date, datetime
from datetime import time as clock
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.workbook import Workbook

from finance.case import CellValue, Unreadable, read_case
from finance.xlsx.cell_values import A_TIME, NO_DATE, NO_NUMBER, NO_RESULT
from finance.xlsx.read import read_book
from tests.casebook import columns_of_rows, raw_book, small_case
from tests.finance.xlsx.reading.files import COSTS, COSTS_PART, costs, edited, with_part, with_rows
from tests.spoiling import told


def test_a_workbook_gives_the_tables_that_were_written(plain: Path) -> None:
    assert read_book(plain) == raw_book(small_case())


def test_a_workbook_of_another_program_gives_the_same_tables(shared: Path) -> None:
    assert read_book(shared) == raw_book(small_case())


def test_a_workbook_of_the_small_case_has_no_findings(plain: Path) -> None:
    case, findings = read_case(read_book(plain))
    assert case is not None
    assert not findings


@pytest.mark.parametrize(
    ("above", "wat", "doen"),
    [
        ([["Kosten van de maatregelen"]], "rij 2", "Verwijder rij 1; wat daar"),
        ([[], []], "rij 3", "Verwijder rij 1 tot en met 2."),
        ([["Kosten"], ["van het plan"], [], [], [], [], [], [], ["hier:"]], "rij 10", "Verwijder rij 1 tot"),
        (
            [["Toelichting"], *([[f"regel {number}"] for number in range(28)])],
            "rij 30",
            "Verwijder rij 1 tot",
        ),
    ],
)
def test_column_names_below_a_title_are_one_finding(
    plain: Path, target: Path, above: list[list[str]], wat: str, doen: str
) -> None:
    def change(book: Workbook) -> None:
        book[COSTS].insert_rows(1, len(above))
        for number, texts in enumerate(above, start=1):
            for column, text in enumerate(texts, start=1):
                book[COSTS].cell(number, column).value = text

    _, findings = read_case(edited(plain, target, change))
    (finding,) = findings
    assert (finding.blad, finding.cel, finding.wat) == (
        COSTS,
        wat,
        f"De kolomnamen staan in {wat}, en horen in rij 1.",
    )
    assert finding.doen.startswith(doen)


BROKEN = Unreadable("Hier staat de foutwaarde #REF!.", "Herstel de formule of typ de waarde.")
CELLS = [
    (12, "General", Decimal(12)),
    (1234.5600000000002, "General", Decimal("1234.56")),
    (0.1 + 0.2, "General", Decimal("0.3")),
    (-0.0, "General", Decimal(0)),
    (999_999_999_999_999, "General", Decimal(999_999_999_999_999)),
    (10**15, "General", NO_NUMBER),
    (1e300, "General", NO_NUMBER),
    (0.9, "0%", Decimal("0.9")),
    (250_000, '_-"€" * #,##0.00_-', Decimal(250_000)),
    (250_000, '#,##0.00 "duizend"', Decimal(250_000)),
    (True, "General", True),
    ("tekst ", "General", "tekst "),
    ("  \n\t ", "General", None),
    ("\u00a0", "General", None),
    ("\u00adEIGEN\u00a0HZ\u200b", "General", "EIGEN HZ"),
    ("Cafe\u0301", "General", "Caf\u00e9"),
    ("De Hoeve,\nRotterdam", "General", "De Hoeve,\nRotterdam"),
    ("007", "@", "007"),
    (date(2023, 7, 1), "d-m-yyyy", date(2023, 7, 1)),
    (datetime(2023, 7, 1, 23, 59, 59), "d-m-yyyy", date(2023, 7, 1)),
    (45108, "d-m-yyyy", date(2023, 7, 1)),
    (45108, "[$-413]d mmmm yyyy", date(2023, 7, 1)),
    (-1, "d-m-yyyy", NO_DATE),
    (59, "d-m-yyyy", date(1900, 2, 28)),
    (61, "d-m-yyyy", date(1900, 3, 1)),
    (2_958_465, "d-m-yyyy", date(9999, 12, 31)),
    (2_958_466, "d-m-yyyy", NO_DATE),
    (12, '0 "dagen"', Decimal(12)),
    (3_000_000, "d-m-yyyy", NO_DATE),
    (clock(12, 30), "hh:mm", A_TIME),
    (1.5, "[h]:mm", A_TIME),
    ("#REF!", "General", BROKEN),
    (CellRichText("ten ", TextBlock(InlineFont(b=True), "dele")), "General", "ten dele"),
]


@pytest.mark.parametrize(("value", "fmt", "expected"), CELLS, ids=lambda item: repr(item)[:30])
def test_a_cell_is_read_as_what_it_is(
    plain: Path, target: Path, value: object, fmt: str, expected: CellValue | None
) -> None:
    def change(book: Workbook) -> None:
        cell = book[COSTS]["D2"]
        cell.value, cell.number_format = value, fmt  # type: ignore[assignment]

    row = edited(plain, target, change).bladen[COSTS].rijen[0]
    assert row.cellen.get("bedrag") == expected
    assert type(row.cellen.get("bedrag")) is type(expected)


def test_text_that_looks_like_a_formula_stays_text(plain: Path, target: Path) -> None:
    def change(book: Workbook) -> None:
        book[COSTS]["D2"].value = "=1+1"
        book[COSTS]["D2"].data_type = "s"

    assert edited(plain, target, change).bladen[COSTS].rijen[0].cellen["bedrag"] == "=1+1"


def test_a_workbook_that_counts_days_from_1904_gives_the_same_dates(plain: Path, target: Path) -> None:
    def change(book: Workbook) -> None:
        book.epoch = CALENDAR_MAC_1904

    assert edited(plain, target, change).bladen["case"] == raw_book(small_case()).bladen["case"]


XML_CELLS = [
    ('<c r="D2" t="inlineStr"><is><t>tekst</t></is></c>', "tekst"),
    ('<c r="D2" t="inlineStr"><is><r><t>ten </t></r><r><t>dele</t></r></is></c>', "ten dele"),
    ('<c r="D2" t="str"><v>tekst</v></c>', "tekst"),
    ('<c r="D2" t="d"><v>2023-07-01T00:00:00</v></c>', date(2023, 7, 1)),
    ('<c r="D2"><v>1.2345600000000001E3</v></c>', Decimal("1234.56")),
    ('<c r="D2"><v>1E999</v></c>', NO_NUMBER),
    ('<c r="D2"><v>' + "9" * 5000 + "</v></c>", NO_NUMBER),
    ('<c r="D2" t="b"><v>0</v></c>', False),
    ('<c r="D2" s="0"/>', None),
    ('<c r="D2"><v></v></c>', None),
    ('<c r="D2"><f>1+1</f><v>2</v></c>', Decimal(2)),
    ('<c r="D2"><f>1+1</f></c>', NO_RESULT),
    ('<c r="D2"><f>1+1</f><v/></c>', NO_RESULT),
    ('<c r="D2"><f>1+1</f><v></v></c>', NO_RESULT),
    ('<c r="D2" t="str"><f>""</f><v></v></c>', None),
    ('<c r="D2" t="str"><f>"a"&amp;"b"</f><v>ab</v></c>', "ab"),
    ('<c r="D2" t="str"><f>""</f></c>', NO_RESULT),
    ('<c r="D2"><f t="array" ref="D2:D3">A2:A3</f><v>7</v></c>', Decimal(7)),
    (
        '<c r="D2" t="e"><f>A0</f><v>#NAME?</v></c>',
        Unreadable("Hier staat de foutwaarde #NAME?.", "Herstel de formule of typ de waarde."),
    ),
    ('<c r="D2" t="e"><v>#REF!</v></c>', BROKEN),
    ('<c r="D2" t="inlineStr"><is><t>#REF!</t></is></c>', BROKEN),
    ('<c r="D2" t="e"><f>A0</f><v/></c>', NO_RESULT),
    (
        '<c r="D2" t="inlineStr"><is><t>#N/B</t></is></c>',
        Unreadable("Hier staat de foutwaarde #N/B.", "Herstel de formule of typ de waarde."),
    ),
    (
        '<c r="D2" t="inlineStr"><is><t> #verw! </t></is></c>',
        Unreadable("Hier staat de foutwaarde #verw!.", "Herstel de formule of typ de waarde."),
    ),
    ('<c r="D2" t="inlineStr"><is><t>#2</t></is></c>', "#2"),
    (
        '<c r="D2" t="e"><v>#FIELD!</v></c>',
        Unreadable("Hier staat de foutwaarde #FIELD!.", "Herstel de formule of typ de waarde."),
    ),
]
NAMES = "".join(
    f'<c r="{letter}1" t="inlineStr"><is><t>{name}</t></is></c>'
    for letter, name in zip("ABCDEF", columns_of_rows(small_case()[COSTS]), strict=True)
)
KEY = '<c r="A2" t="inlineStr"><is><t>M1</t></is></c>'


@pytest.mark.parametrize(("xml", "expected"), XML_CELLS)
def test_a_cell_is_read_however_it_is_stored(plain: Path, target: Path, xml: str, expected: CellValue | None) -> None:
    with_rows(plain, target, f'<row r="1">{NAMES}</row><row r="2">{KEY}{xml}</row>')
    (row,) = costs(target).rijen
    assert row.cellen.get("bedrag") == expected
    assert type(row.cellen.get("bedrag")) is type(expected)


def test_rows_and_cells_without_an_address_count_on(plain: Path, target: Path) -> None:
    names = NAMES.replace(' r="A1"', "").replace(' r="B1"', "")
    cell = '<c t="inlineStr"><is><t>M1</t></is></c>'
    with_rows(plain, target, f'<row>{names}</row><row r="5">{cell}</row><row>{cell}<c><f>1</f></c></row>')
    first, second = costs(target).rijen
    assert (first.nummer, dict(first.cellen)) == (5, {"maatregel": "M1"})
    assert (second.nummer, dict(second.cellen)) == (6, {"maatregel": "M1", "kostensoort": NO_RESULT})


def test_elements_may_carry_the_prefix_of_their_namespace(plain: Path, target: Path) -> None:
    rows = f'<row r="1">{NAMES}</row><row r="2">{KEY}<c r="D2"><f>1+1</f></c></row>'
    merged = '<mergeCells><mergeCell ref="A2:B2"/></mergeCells>'
    sheet = f"<worksheet><sheetData>{rows}</sheetData>{merged}</worksheet>"
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    prefixed = re.sub(rb"<(/?)(\w)", rb"<\1x:\2", sheet.encode())
    xml = prefixed.replace(b"<x:worksheet", b'<x:worksheet xmlns:x="' + main + b'"')
    with_part(plain, target, COSTS_PART, lambda _: xml)
    book = read_book(target)
    (row,) = book.bladen[COSTS].rijen
    assert row.cellen["bedrag"] == NO_RESULT
    assert [item.cel for item in book.bevindingen] == ["A2:B2"]


def test_an_unreadable_cell_is_one_finding_at_its_address(plain: Path, target: Path) -> None:
    def change(book: Workbook) -> None:
        book[COSTS]["D3"].value = "=1/0"
        book["case"]["B6"].value = "=TODAY()"
        book["aanbieders"]["A2"].value = "=B2"

    _, findings = read_case(edited(plain, target, change))
    assert told(findings) == [
        ("case!B6", f"waarde: {NO_RESULT.wat}", NO_RESULT.doen),
        ("aanbieders!A2", f"aanbieder: {NO_RESULT.wat}", NO_RESULT.doen),
        ("kosten!D3", f"bedrag: {NO_RESULT.wat}", NO_RESULT.doen),
    ]
