"""Reading an input workbook: its sheets, rows and column names, and what is wrong with them."""

from __future__ import annotations

import re
import time
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.chart import BarChart
from openpyxl.workbook import Workbook

from finance.case import RawSheet, read_case
from finance.findings import FindingsError
from finance.xlsx import package
from finance.xlsx.cell_values import NO_RESULT, decimal_of
from finance.xlsx.formats import shows_nothing
from finance.xlsx.read import read_book
from tests.casebook import raw_book, small_case
from tests.finance.xlsx.reading.files import COSTS, COSTS_PART, edited, with_part
from tests.spoiling import told


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
