"""Reading input workbooks: every kind of cell, every fault of a sheet, and files that mean harm."""

from __future__ import annotations

import io
import os
import random
import re
import time
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from datetime import time as clock
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.workbook import Workbook

from finance.case import CellValue, RawBook, RawSheet, Unreadable, read_case
from finance.findings import FindingsError
from finance.xlsx import package, worksheet
from finance.xlsx.cell_values import A_TIME, NO_DATE, NO_NUMBER, NO_RESULT, decimal_of
from finance.xlsx.formats import shows_nothing
from finance.xlsx.read import read_book
from tests.casebook import columns_of_rows, raw_book, small_case, write_xlsx
from tests.spoiling import told

COSTS = "kosten"
COSTS_PART = f"xl/worksheets/sheet{list(small_case()).index(COSTS) + 1}.xml"


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small case as a workbook."""
    return write_xlsx(small_case(), tmp_path_factory.mktemp("plain") / "casus.xlsx")


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small case as another program writes it: all texts stand together in one part."""
    path = tmp_path_factory.mktemp("shared") / "casus.xlsx"
    with xlsxwriter.Workbook(path, {"default_date_format": "d-m-yyyy"}) as book:
        for name, rows in small_case().items():
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, columns_of_rows(rows))
            for number, row in enumerate(rows, start=1):
                sheet.write_row(number, 0, list(row.values()))
    return path


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "casus.xlsx"


def edited(source: Path, target: Path, change: Callable[[Workbook], object]) -> RawBook:
    """Read a workbook after a change made with the library."""
    book = openpyxl.load_workbook(source)
    change(book)
    book.save(target)
    return read_book(target)


def rezipped(source: Path, target: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """Copy a workbook part by part, each changed."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, change(part, old.read(part)))
    return target


def with_part(source: Path, target: Path, name: str, change: Callable[[bytes], bytes]) -> Path:
    return rezipped(source, target, lambda part, data: change(data) if part == name else data)


def with_rows(source: Path, target: Path, rows: str) -> Path:
    """The workbook with other XML for the rows of the sheet kosten, saved by a program that calculates."""

    def change(part: str, data: bytes) -> bytes:
        if part != COSTS_PART:
            return data.replace(b'fullCalcOnLoad="1"', b"")
        head, _, rest = data.partition(b"<sheetData>")
        return head + b"<sheetData>" + rows.encode() + b"</sheetData>" + rest.partition(b"</sheetData>")[2]

    return rezipped(source, target, change)


def costs(path: Path) -> RawSheet:
    return read_book(path).bladen[COSTS]


def refusal(path: Path) -> str:
    """The one finding for which a file is refused, about the file as a whole."""
    with pytest.raises(FindingsError) as caught:
        read_book(path)
    (finding,) = caught.value.findings
    assert (finding.blad, finding.cel) == ("", "")
    assert finding.doen.endswith(".")
    return finding.wat


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


def _merge_down(book: Workbook) -> None:
    book[COSTS].merge_cells("A3:A4")


def _merge_across(book: Workbook) -> None:
    book["aanbieders"].merge_cells("B2:C3")


def _merge_beside_an_empty_cell(book: Workbook) -> None:
    book[COSTS].merge_cells("A3:A4")
    book[COSTS]["D4"].value = book[COSTS]["A7"].value = None


def _merge_at_the_edge(book: Workbook) -> None:
    book[COSTS].merge_cells("F2:G2")
    book[COSTS].merge_cells("F11:F12")


def test_hidden_rows_and_sheets_are_read_and_known(plain: Path, target: Path) -> None:
    def change(book: Workbook) -> None:
        for row in (3, 5, 400):
            book[COSTS].row_dimensions[row].hidden = True
        book["vraag"].sheet_state = "hidden"
        book["indexen"].sheet_state = "veryHidden"

    book = edited(plain, target, change)
    assert book == raw_book(small_case())
    assert [(item.blad, item.cel) for item in book.opgemerkt] == [
        ("vraag", ""),
        ("kosten", "rij 3 en 5"),
        ("indexen", ""),
    ]
    assert read_book(plain).opgemerkt == ()


@pytest.mark.parametrize(
    ("hidden", "told"),
    [
        ("D", "kosten!kolom D: Deze kolom is verborgen, maar telt gewoon mee."),
        ("AD", "kosten!kolom A en D: Deze kolommen zijn verborgen, maar tellen gewoon mee."),
        ("H", ""),
    ],
)
def test_hidden_columns_are_told_as_hidden_rows_are(plain: Path, target: Path, hidden: str, told: str) -> None:
    def change(book: Workbook) -> None:
        for letter in hidden:
            book[COSTS].column_dimensions[letter].hidden = True

    book = edited(plain, target, change)
    assert [str(item) for item in book.opgemerkt] == ([f"{told} Verwijder wat niet mee mag tellen."] if told else [])


@pytest.mark.parametrize(
    ("code", "value", "is_hidden"),
    [
        (";;;", 5, True),
        (";;;", "tekst", True),
        ('""', 5, False),
        ('"";"";""', 5, True),
        ("0;;;@", -5, True),
        ("0;;;@", 5, False),
        ("0;-0;;@", 0, False),
        (";;;@", "tekst", False),
        ('[=0]"";General', 5, False),
        ('_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', 5, False),
    ],
)
def test_a_format_that_shows_nothing_is_known(code: str, value: str | float, is_hidden: bool) -> None:
    assert shows_nothing(code, value) is is_hidden


def test_cells_that_show_nothing_are_told_as_hidden_rows_are(plain: Path, target: Path) -> None:
    def change(book: Workbook) -> None:
        for cell in ("D3", "B2"):
            book[COSTS][cell].number_format = ";;;"
        book[COSTS]["H9"].number_format = ";;;"

    book = edited(plain, target, change)
    assert book == raw_book(small_case())
    assert list(map(str, book.opgemerkt)) == [
        "kosten!B2: B2 en D3 tonen niets, door de getalopmaak, maar tellen mee. Geef een andere getalopmaak, of"
        " verwijder wat niet meetelt."
    ]


def test_rows_and_columns_without_a_size_are_hidden_too(plain: Path, target: Path) -> None:
    def change(book: Workbook) -> None:
        book[COSTS].row_dimensions[4].height = 0.1
        book[COSTS].column_dimensions["B"].width = 0.1

    assert [item.cel for item in edited(plain, target, change).opgemerkt] == ["rij 4", "kolom B"]


def test_rows_that_are_hidden_unless_they_have_a_height_are_told(plain: Path, target: Path) -> None:
    hidden = b'</sheetPr><sheetFormatPr zeroHeight="1"/>'
    with_part(plain, target, COSTS_PART, lambda data: data.replace(b"</sheetPr>", hidden))
    (found,) = read_book(target).opgemerkt
    assert (found.cel, found.wat) == (
        "rijen zonder eigen hoogte",
        "Deze rijen zijn verborgen (of weggefilterd), maar tellen gewoon mee.",
    )


@pytest.mark.parametrize("cells", ["", '<c r="A{0}" s="1"/>', '<c r="A{0}" s="1"/><c r="B{0}" s="1"/>'])
def test_looks_down_to_the_last_row_are_no_data(
    plain: Path, target: Path, monkeypatch: pytest.MonkeyPatch, cells: str
) -> None:
    rows = "".join(f'<row r="{row}" s="1">{cells.format(row)}</row>' for row in range(3000, 23_000))
    with_part(plain, target, COSTS_PART, lambda data: data.replace(b"</sheetData>", f"{rows}</sheetData>".encode()))
    assert read_book(target) == raw_book(small_case())
    monkeypatch.setattr(package, "MAX_TAGS", 20_000)
    with pytest.raises(FindingsError) as caught:
        read_book(target)
    (finding,) = caught.value.findings
    assert (finding.blad, finding.cel) == (COSTS, "rij 12")
    assert re.fullmatch(r"Het blad heeft opmaak tot rij \d+ of verder, maar is leeg vanaf rij 12\.", finding.wat)
    assert finding.doen.startswith("Verwijder rij 12 en alles daaronder")


@pytest.mark.parametrize("name", small_case())
def test_of_a_sheet_whose_column_names_stand_too_low_only_that_is_said(plain: Path, target: Path, name: str) -> None:
    def change(book: Workbook) -> None:
        sheet = book[name]
        sheet.insert_rows(1, 2)
        sheet["A1"].value, sheet["C1"].value = "Invoer 2024", "concept"
        sheet["Z5"].value = "losse opmerking"
        sheet.cell(4, 1).value = "=1/0"
        book["kosten" if name != "kosten" else "vraag"]["A2"].value = "=1/0"

    _, findings = read_case(edited(plain, target, change))
    assert findings[0].blad == name
    assert findings[0].wat == "De kolomnamen staan in rij 3, en horen in rij 1."
    assert [item.blad for item in findings].count(name) == 1


def test_column_names_that_stand_too_low_come_before_everything_else(plain: Path, target: Path) -> None:
    def change(book: Workbook) -> None:
        book["case"]["B2"].value = None
        book["dekking"].insert_rows(1)
        book["dekking"]["A1"].value = "Wie betaalt"

    _, findings = read_case(edited(plain, target, change))
    assert [item.blad for item in findings] == ["dekking", "case"]


def _merge_without_names(book: Workbook) -> None:
    book["uitwijk"].insert_rows(1)
    book["uitwijk"].merge_cells("A3:B3")


def _name_twice(book: Workbook) -> None:
    book[COSTS]["G1"].value = " bedrag "
    book[COSTS]["G2"].value = 5


def _name_in_error(book: Workbook) -> None:
    book[COSTS]["G1"].value = "=A1"
    book[COSTS]["G3"].value = 5


def _nameless_values(book: Workbook) -> None:
    book[COSTS]["H4"].value = "let op"
    book[COSTS]["H9"].value = "ook hier"
    book[COSTS]["J2"].value = 0


def _no_names(book: Workbook) -> None:
    for cell in book[COSTS][1]:
        cell.value = None


def _names_in_row_2(book: Workbook) -> None:
    book["uitwijk"].insert_rows(1)


def _required_names_in_row_2(book: Workbook) -> None:
    book[COSTS].insert_rows(1)


def _far_away(book: Workbook) -> None:
    for at in ("IV2", "IW3", "XFD1048576"):
        book[COSTS][at].value = "verdwaald"


UNMERGE = "Hef het samenvoegen op en vul elke cel."
FAULTS = [
    (_merge_down, [("kosten!A3:A4", "Deze cellen zijn samengevoegd.", UNMERGE)]),
    (_merge_across, [("aanbieders!B2:C3", "Deze cellen zijn samengevoegd.", UNMERGE)]),
    (
        _merge_beside_an_empty_cell,
        [
            ("kosten!A3:A4", "Deze cellen zijn samengevoegd.", UNMERGE),
            ("kosten!D4", "bedrag is leeg.", "Vul de cel in; leeg is geen nul."),
            ("kosten!A7", "maatregel is leeg.", "Vul de cel in."),
        ],
    ),
    (
        _merge_at_the_edge,
        [
            ("kosten!F2:G2", "Deze cellen zijn samengevoegd.", UNMERGE),
            ("kosten!F11:F12", "Deze cellen zijn samengevoegd.", UNMERGE),
        ],
    ),
    (
        _merge_without_names,
        [
            ("uitwijk!rij 2", "De kolomnamen staan in rij 2, en horen in rij 1.", "Verwijder rij 1."),
        ],
    ),
    (
        _name_twice,
        [
            ("kosten!G1", "De kolomnaam 'bedrag' staat ook in D1.", "Verwijder een van beide kolommen."),
        ],
    ),
    (_name_in_error, [("kosten!G1", NO_RESULT.wat, "Typ hier een kolomnaam.")]),
    (
        _nameless_values,
        [
            (
                "kosten!J2",
                "Hier staat een waarde, maar kolom J heeft geen naam in rij 1.",
                "Maak de cellen in kolom J leeg of zet de kolomnaam in J1.",
            ),
            (
                "kosten!H4",
                "Hier staat een waarde (ook in rij 9), maar kolom H heeft geen naam in rij 1.",
                "Maak de cellen in kolom H leeg of zet de kolomnaam in H1.",
            ),
        ],
    ),
    (
        _no_names,
        [
            (
                "kosten!rij 1",
                "Rij 1 is leeg, maar daaronder staan wel gegevens.",
                "Zet de kolomnamen in rij 1 en de gegevens vanaf rij 2.",
            ),
        ],
    ),
    (
        _required_names_in_row_2,
        [
            ("kosten!rij 2", "De kolomnamen staan in rij 2, en horen in rij 1.", "Verwijder rij 1."),
        ],
    ),
    (
        _names_in_row_2,
        [
            ("uitwijk!rij 2", "De kolomnamen staan in rij 2, en horen in rij 1.", "Verwijder rij 1."),
        ],
    ),
    (
        _far_away,
        [
            (
                "kosten!IV2",
                "Hier staat een waarde, maar kolom IV heeft geen naam in rij 1.",
                "Maak de cellen in kolom IV leeg of zet de kolomnaam in IV1.",
            ),
            ("kosten!IW3", "Hier staat een waarde, ver buiten de tabel.", "Maak de cel leeg."),
            ("kosten!XFD1048576", "Hier staat een waarde, ver buiten de tabel.", "Maak de cel leeg."),
        ],
    ),
]


@pytest.mark.parametrize(("change", "expected"), FAULTS, ids=lambda item: getattr(item, "__name__", ""))
def test_a_fault_of_a_sheet_is_one_finding_and_causes_no_other(
    plain: Path, target: Path, change: Callable[[Workbook], object], expected: list[tuple[str, str, str]]
) -> None:
    _, findings = read_case(edited(plain, target, change))
    assert told(findings) == expected


@pytest.mark.parametrize(("ranges", "left"), [(50, []), (51, [1]), (62, [12])])
def test_many_merged_ranges_are_summed_up(plain: Path, target: Path, ranges: int, left: list[int]) -> None:
    def change(book: Workbook) -> None:
        for row in range(2, ranges + 2):
            book["vraag"].cell(row, 1).value = "gesloten"
            book["vraag"].merge_cells(start_row=row, end_row=row, start_column=3, end_column=4)

    found = edited(plain, target, change).bevindingen
    assert len(found) == 50 + len(left)
    assert [item.wat for item in found[50:]] == [f"Er zijn nog {more} samengevoegde bereiken." for more in left]


@pytest.mark.parametrize("ref", ["B:B", "3:4", "B3"])
def test_a_merged_range_may_be_named_in_short(plain: Path, target: Path, ref: str) -> None:
    merged = f'</sheetData><mergeCells><mergeCell ref="{ref}"/></mergeCells>'.encode()
    with_part(plain, target, COSTS_PART, lambda data: data.replace(b"</sheetData>", merged))
    assert [(item.cel, item.wat) for item in read_book(target).bevindingen] == [(ref, "Deze cellen zijn samengevoegd.")]


def test_merged_cells_outside_the_table_are_decoration(plain: Path, target: Path) -> None:
    def change(book: Workbook) -> None:
        book[COSTS].merge_cells("H2:K4")
        book[COSTS].merge_cells("A40:C50")
        book.create_sheet("_notities").merge_cells("A1:B2")

    assert edited(plain, target, change) == raw_book(small_case())


def test_an_optional_sheet_without_anything_is_as_good_as_absent(plain: Path, target: Path) -> None:
    def change(book: Workbook) -> None:
        book.create_sheet("doelen")
        book.create_sheet("tarief")["Z9"].number_format = "0.00"

    book = edited(plain, target, change)
    assert book.bladen["doelen"] == RawSheet("doelen", {}, ())
    assert read_case(book)[1] == ()


def test_hidden_sheets_rows_and_columns_are_read_as_any_other(plain: Path, target: Path) -> None:
    def change(book: Workbook) -> None:
        book[COSTS].sheet_state = "veryHidden"
        book[COSTS].row_dimensions[3].hidden = True
        book[COSTS].column_dimensions["D"].hidden = True
        book[COSTS].auto_filter.ref = "A1:F11"

    assert edited(plain, target, change) == raw_book(small_case())


def test_a_sheet_whose_name_starts_with_an_underscore_is_ignored(plain: Path, target: Path) -> None:
    def change(book: Workbook) -> None:
        book.create_sheet("_uitleg", 0)["B7"].value = "=nergens"
        book.create_chartsheet("_grafiek").add_chart(BarChart())

    assert edited(plain, target, change) == raw_book(small_case())


def test_an_unknown_sheet_is_known_by_its_name_only(plain: Path, target: Path) -> None:
    def change(book: Workbook) -> None:
        notes = book.create_sheet("Blad1")
        notes["C3"].value = "losse opmerking"
        notes.merge_cells("C3:D9")
        book.create_chartsheet("Grafiek1").add_chart(BarChart())

    book = edited(plain, target, change)
    assert book.bladen["Blad1"] == RawSheet("Blad1", {}, ())
    assert book.bladen["Grafiek1"] == RawSheet("Grafiek1", {}, ())
    assert not book.bevindingen


def test_rows_without_values_are_skipped_and_rows_keep_their_number(plain: Path, target: Path) -> None:
    def change(book: Workbook) -> None:
        sheet = book[COSTS]
        sheet.insert_rows(4, 3)
        sheet["A5"].value = "   "
        sheet["B6"].number_format = "0.00"
        sheet["A1048576"].number_format = "0.00"

    rows = edited(plain, target, change).bladen[COSTS].rijen
    assert [row.nummer for row in rows] == [2, 3, *range(7, 15)]


def test_a_dimension_that_lies_is_not_trusted(plain: Path, target: Path) -> None:
    for ref in (b"A1", b"A1:B2", b"A1:XFD1048576"):
        with_part(
            plain,
            target,
            COSTS_PART,
            lambda data, ref=ref: data.replace(b'<dimension ref="A1:F11"', b'<dimension ref="' + ref + b'"'),
        )
        assert read_book(target) == raw_book(small_case())


def test_a_cell_in_the_last_corner_costs_no_time(plain: Path, target: Path) -> None:
    def change(book: Workbook) -> None:
        for sheet in book.worksheets:
            sheet["XFD1048576"].value = 1

    started = time.process_time()
    assert len(edited(plain, target, change).bevindingen) == len(small_case())
    assert time.process_time() - started < 10


@pytest.mark.parametrize("suffix", ["xlsx", "xlsm"])
def test_a_macro_workbook_is_read_too(plain: Path, tmp_path: Path, suffix: str) -> None:
    macro = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    usual = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    kind = b"application/vnd.ms-office.vbaProject"
    code = b'<Override PartName="/xl/vbaProject.bin" ContentType="' + kind + b'"/></Types>'
    target = with_part(
        plain,
        tmp_path / f"casus.{suffix}",
        "[Content_Types].xml",
        lambda data: data.replace(usual, macro).replace(b"</Types>", code),
    )
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr("xl/vbaProject.bin", bytes(range(256)))
    assert read_book(target) == raw_book(small_case())


def test_names_of_columns_are_stripped(plain: Path, target: Path) -> None:
    def change(book: Workbook) -> None:
        book[COSTS]["D1"].value = "  bedrag\n"

    assert edited(plain, target, change) == raw_book(small_case())


@given(st.decimals(min_value=0, max_value=10**12, places=2, allow_nan=False))
def test_every_amount_of_whole_cents_survives_its_binary_form(amount: Decimal) -> None:
    assert decimal_of(float(amount)) == amount


# Files that cannot be used. What the archive itself refuses is tested here through the front door.


def _ole(*_: Path) -> bytes:
    return bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)


def _encrypted(*_: Path) -> bytes:
    return _ole() + "EncryptedPackage".encode("utf-16-le") + bytes(100)


NOT_A_WORKBOOK = [
    (b"", "is leeg"),
    (b"maatregel;kosten\r\nM1;5\r\n", "geen Excel-werkmap"),
    (b"\xef\xbb\xbfmaatregel,kosten\n", "geen Excel-werkmap"),
    (b"<html><table></table></html>", "geen Excel-werkmap"),
    (_ole(), "oude Excel-werkmap (.xls)"),
    (_encrypted(), "wachtwoord"),
    (b"PK\x03\x04" + bytes(200), "beschadigd"),
    (bytes(range(256)) * 9, "geen Excel-werkmap"),
]


@pytest.mark.parametrize(("data", "words"), NOT_A_WORKBOOK)
def test_what_is_no_workbook_is_refused(target: Path, data: bytes, words: str) -> None:
    target.write_bytes(data)
    assert words in refusal(target)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert "bestaat niet" in refusal(tmp_path / "weg.xlsx")


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert "is een map" in refusal(tmp_path)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_that_may_not_be_read_is_refused(target: Path) -> None:
    target.write_bytes(b"x")
    target.chmod(0)
    assert "mag niet worden gelezen" in refusal(target)


def test_a_file_that_may_not_be_read_is_refused_for_anyone(plain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def deny(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "open", deny)
    assert "mag niet worden gelezen" in refusal(plain)


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.999])
def test_a_truncated_workbook_is_refused(plain: Path, target: Path, part: float) -> None:
    data = plain.read_bytes()
    target.write_bytes(data[: int(len(data) * part)])
    assert "beschadigd" in refusal(target)


def test_another_kind_of_zip_is_refused(target: Path) -> None:
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("brief.txt", "geen werkmap")
    assert "geen Excel-werkmap" in refusal(target)


def test_a_zip_bomb_is_refused_quickly(plain: Path, target: Path) -> None:
    with_part(plain, target, COSTS_PART, lambda data: data.replace(b"<sheetData>", b"<sheetData>" + b" " * 10**8))
    started = time.process_time()
    assert "onredelijk groot" in refusal(target)
    assert time.process_time() - started < 5


def test_a_bomb_of_many_cells_is_refused(plain: Path, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_TAGS", 100_000)
    one = "<c><v>1</v></c>"
    with_rows(plain, target, f"<row>{one * 9000}</row>" + f"<row>{one}</row>" * 20_000)
    assert "veel meer cellen" in refusal(target)


def test_a_bomb_of_many_texts_is_refused(shared: Path, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_TAGS", 100_000)
    texts = b"<si/>" * 100_000 + b"</sst>"
    with_part(shared, target, "xl/sharedStrings.xml", lambda data: data.replace(b"</sst>", texts))
    assert "veel meer cellen" in refusal(target)


def test_the_usual_workbook_stays_far_below_the_bounds(plain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_TAGS", package.MAX_TAGS // 100)
    monkeypatch.setattr(package, "MAX_DEPTH", package.MAX_DEPTH // 5)
    assert read_book(plain).bladen


UNREAD = ("[Content_Types].xml", "docProps/", "xl/theme/")


def _size(path: Path) -> tuple[int, int]:
    """The number of tags in the parts that are read, and how deep elements lie at most."""
    tags = deepest = 0
    with zipfile.ZipFile(path) as archive:
        for part in archive.namelist():
            if not part.startswith(UNREAD):
                depth = 0
                tags += archive.read(part).count(b"<")
                for event, _ in ElementTree.iterparse(archive.open(part), ("start", "end")):
                    depth += 1 if event == "start" else -1
                    deepest = max(deepest, depth)
    return tags, deepest


@pytest.mark.parametrize("bound", ["MAX_TAGS", "MAX_DEPTH"])
def test_a_workbook_just_within_the_bounds_is_read(plain: Path, monkeypatch: pytest.MonkeyPatch, bound: str) -> None:
    size = dict(zip(("MAX_TAGS", "MAX_DEPTH"), _size(plain), strict=True))[bound]
    for module in (package, worksheet):
        monkeypatch.setattr(module, bound, size, raising=False)
    assert read_book(plain) == raw_book(small_case())
    for module in (package, worksheet):
        monkeypatch.setattr(module, bound, size - 1, raising=False)
    assert "veel meer cellen" in refusal(plain)


def test_elements_that_lie_too_deep_are_refused(plain: Path, target: Path) -> None:
    with_rows(plain, target, "<row>" + "<c>" * 200 + "</c>" * 200 + "</row>")
    assert "veel meer cellen" in refusal(target)


ENTITIES = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize(
    "part", [COSTS_PART, "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml", "_rels/.rels"]
)
@pytest.mark.parametrize("declaration", [ENTITIES, OUTSIDE])
def test_a_document_type_is_refused(shared: Path, target: Path, part: str, declaration: bytes) -> None:
    def change(data: bytes) -> bytes:
        start = data.index(b"?>") + 2 if data.startswith(b"<?xml") else 0
        return data[:start] + declaration + data[start:]

    with_part(shared, target, part, change)
    assert "documenttype" in refusal(target)


def test_a_document_type_in_another_encoding_is_refused(plain: Path, target: Path) -> None:
    def change(data: bytes) -> bytes:
        text = data.decode().removeprefix("<?xml version='1.0' encoding='utf-8'?>")
        return ('<?xml version="1.0" encoding="utf-16"?>' + ENTITIES.decode() + text).encode("utf-16")

    with_part(plain, target, COSTS_PART, change)
    assert "documenttype" in refusal(target)


DAMAGED = [
    '<row r="3"/><row r="2"/>',
    '<row r="2"/><row r="2"/>',
    '<row r="0"/>',
    '<row r="1048577"/>',
    '<row r="x"/>',
    '<row r="1"><c r="B1"/><c r="A1"/></row>',
    '<row r="1"><c r="A1"/><c r="A1"/></row>',
    '<row r="1"><c r="A2"/></row>',
    '<row r="1"><c r="XFE1"/></row>',
    '<row r="1"><c r="?"/></row>',
    '<row r="1"><c r="A1" t="s"><v>99999</v></c></row>',
    '<row r="1"><c r="A1"><v>twaalf</v></c></row>',
    '<row r="1"><c r="A1" t="d"><v>gisteren</v></c></row>',
    '<row r="1"><c></row>',
    "<row>&onbekend;</row>",
]


@pytest.mark.parametrize("rows", DAMAGED, ids=lambda rows: rows[:40])
def test_rows_that_cannot_be_are_refused(plain: Path, target: Path, rows: str) -> None:
    with_rows(plain, target, rows)
    assert "beschadigd" in refusal(target)


def renamed(source: Path, target: Path, old: str, new: str) -> Path:
    """Copy a workbook with a part under another name, named so wherever it is referred to."""
    was, becomes = Path(old).name, Path(new).name
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as after:
        for part in before.namelist():
            data = before.read(part).replace(was.encode(), becomes.encode())
            after.writestr(part.replace(was, becomes), data)
    return target


@pytest.mark.parametrize("part", [COSTS_PART, "xl/sharedStrings.xml", "xl/workbook.xml"])
@pytest.mark.parametrize("suffix", ["_2.XML", ".dat"])
def test_a_part_may_have_any_name(shared: Path, target: Path, part: str, suffix: str) -> None:
    assert read_book(renamed(shared, target, part, part.replace(".xml", suffix))) == read_book(shared)


def test_a_chart_under_the_name_of_a_sheet_is_a_sheet_without_columns(plain: Path, target: Path) -> None:
    def change(book: Workbook) -> None:
        book.remove(book[COSTS])
        book.create_chartsheet(COSTS).add_chart(BarChart())

    book = edited(plain, target, change)
    assert book.bladen[COSTS] == RawSheet(COSTS, {}, ())
    assert [item.wat for item in read_case(book)[1]] == ["Het blad 'kosten' is leeg."]


def test_a_workbook_without_sheets_is_refused(plain: Path, target: Path) -> None:
    with_part(
        plain,
        target,
        "xl/workbook.xml",
        lambda data: data.partition(b"<sheets>")[0] + b"<sheets/>" + data.partition(b"</sheets>")[2],
    )
    assert "niet allemaal te vinden" in refusal(target)


def test_a_strict_workbook_is_read(plain: Path, target: Path) -> None:
    usual, strict = b"http://schemas.openxmlformats.org/", b"http://purl.oclc.org/ooxml/"
    names = [
        (usual + b"spreadsheetml/2006/main", strict + b"spreadsheetml/main"),
        (usual + b"officeDocument/2006/relationships", strict + b"officeDocument/relationships"),
    ]

    def change(_: str, data: bytes) -> bytes:
        for old, new in names:
            data = data.replace(old, new)
        return data

    assert read_book(rezipped(plain, target, change)) == raw_book(small_case())


def test_a_workbook_that_lost_a_sheet_is_refused(plain: Path, target: Path) -> None:
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(target, "w") as new:
        for part in old.namelist():
            if part != COSTS_PART:
                new.writestr(part, old.read(part))
    assert "niet allemaal te vinden" in refusal(target)


def test_two_sheets_of_one_name_are_refused(plain: Path, target: Path) -> None:
    with_part(plain, target, "xl/workbook.xml", lambda data: data.replace(b'"locaties"', b'"kosten"'))
    assert "niet allemaal te vinden" in refusal(target)


def outcome(data: bytes, path: Path) -> RawBook | FindingsError:
    """What reading some bytes gives; any other exception is a failure of the test."""
    path.write_bytes(data)
    try:
        return read_book(path)
    except FindingsError as refused:
        return refused


SLOWLY = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@SLOWLY
@given(data=st.binary(max_size=3000), head=st.sampled_from([b"", b"PK\x03\x04", b"PK\x05\x06"]))
def test_any_bytes_are_refused(target: Path, data: bytes, head: bytes) -> None:
    assert isinstance(outcome(head + data, target), FindingsError)


@SLOWLY
@given(seed=st.integers(0, 2**32), spots=st.integers(1, 40))
def test_a_workbook_with_changed_bytes_is_read_or_refused(plain: Path, target: Path, seed: int, spots: int) -> None:
    outcome(_spoilt(plain.read_bytes(), random.Random(seed), spots), target)


@SLOWLY
@given(seed=st.integers(0, 2**32), spots=st.integers(1, 6))
def test_a_workbook_with_changed_parts_is_read_or_refused(plain: Path, target: Path, seed: int, spots: int) -> None:
    chance = random.Random(seed)
    with zipfile.ZipFile(plain) as archive:
        chosen = chance.choice(archive.namelist())
    rezipped(plain, target, lambda part, data: _spoilt(data, chance, spots) if part == chosen else data)
    read = outcome(target.read_bytes(), target)
    if isinstance(read, RawBook):
        read_case(read)


def _spoilt(data: bytes, chance: random.Random, spots: int) -> bytes:
    """Overwrite, take away or repeat a few bytes here and there."""
    spoilt = bytearray(data)
    for _ in range(spots):
        at, length = chance.randrange(len(spoilt)), chance.randrange(1, 12)
        match chance.randrange(3):
            case 0:
                spoilt[at : at + length] = chance.randbytes(length)
            case 1:
                del spoilt[at : at + length]
            case _:
                spoilt[at:at] = spoilt[max(0, at - length) : at]
    return bytes(spoilt or b"x")


def test_reading_writes_nothing_to_the_terminal(
    plain: Path, target: Path, capfd: pytest.CaptureFixture[str], recwarn: pytest.WarningsRecorder
) -> None:
    def change(book: Workbook) -> None:
        book[COSTS]["D2"].value = -5
        book[COSTS]["D2"].number_format = "d-m-yyyy"

    edited(plain, target, change)
    assert not recwarn.list
    assert capfd.readouterr() == ("", "")


def test_a_stream_of_the_same_bytes_reads_the_same(plain: Path, target: Path) -> None:
    target.write_bytes(io.BytesIO(plain.read_bytes()).getvalue())
    assert read_book(target) == read_book(plain)
