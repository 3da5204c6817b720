"""Reading back what a file holds, however another program spells it."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from finance.findings import FindingsError
from finance.tables.grid import Book, Cell, Format, Sheet
from finance.xlsx.contents import Contents, StoredCell, read_contents
from finance.xlsx.write import book_bytes
from tests.finance.xlsx.edit import edited, sheet_part
from tests.finance.xlsx.sample import formula, small_book

TINY = book_bytes(Book("t", (Sheet("blad", {(1, 1): Cell("tekst"), (2, 2): formula(3, "1+2", Format.EURO)}),)))

PARTS = zipfile.ZipFile(io.BytesIO(TINY)).namelist()


def read(data: bytes) -> Contents:
    return read_contents("werkmap.xlsx", data)


def rows(xml: str) -> Contents:
    """What a workbook holds of which the first sheet has these rows."""

    def swap(text: str) -> str:
        head, _, tail = text.partition("<sheetData>")
        return f"{head}<sheetData>{xml}</sheetData>{tail.partition('</sheetData>')[2]}"

    return read(edited(TINY, {sheet_part(1): swap}))


@pytest.mark.parametrize(
    ("xml", "cell"),
    [
        ('<c r="A1"><v>1.5</v></c>', (1.5, None, 0)),
        ('<c r="A1" s="1"><v>-1E-3</v></c>', (-0.001, None, 1)),
        ('<c r="A1" t="s"><v>0</v></c>', ("tekst", None, 0)),
        ('<c r="A1" t="b"><v>1</v></c>', (True, None, 0)),
        ('<c r="A1" t="e"><v>#REF!</v></c>', ("#REF!", None, 0)),
        ('<c r="A1" t="d"><v>2026-11-22T00:00:00</v></c>', (46348.0, None, 0)),
        ('<c r="A1" t="inlineStr"><is><t>een</t></is></c>', ("een", None, 0)),
        (
            '<c r="A1" t="inlineStr"><is><r><t>een</t></r><r><t xml:space="preserve"> twee</t></r>'
            "<rPh><t>niet</t></rPh></is></c>",
            ("een twee", None, 0),
        ),
        ('<c r="A1" t="str"><f>A2</f><v>a_x0041_</v></c>', ("aA", "A2", 0)),
        ('<c r="A1" t="str"><f>A2</f><v></v></c>', ("", "A2", 0)),
        ('<c r="A1"><f>A2</f><v></v></c>', (None, "A2", 0)),
        ('<c r="A1"><f>A2</f></c>', (None, "A2", 0)),
        ('<c r="A1"><f t="shared" si="0"/><v>2</v></c>', (2.0, "", 0)),
        ("<c><v>7</v></c>", (7.0, None, 0)),
    ],
)
def test_a_cell_is_what_it_is_however_it_is_stored(xml: str, cell: StoredCell) -> None:
    found = rows(f"<row>{xml}</row>").sheets["blad"].cells
    assert {at: each[:3] for at, each in found.items()} == {(1, 1): cell}


@pytest.mark.parametrize("xml", ['<c r="A1" s="1"/>', '<c r="A1" t="inlineStr"><is><t></t></is></c>'])
def test_an_empty_cell_is_no_cell(xml: str) -> None:
    assert rows(f"<row>{xml}</row>").sheets["blad"].cells == {}


@pytest.mark.parametrize(
    "xml",
    [
        '<row r="1"><c r="A1"><v>tien</v></c></row>',
        '<row r="1"><c r="A1"><v>NaN</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>99</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
        '<row r="1"><c r="A2"><v>1</v></c></row>',
        '<row r="1"><c r="A1" s="x"><v>1</v></c></row>',
        '<row r="1"',
    ],
)
def test_a_cell_that_cannot_be_is_damage(xml: str) -> None:
    with pytest.raises(FindingsError, match="beschadigd"):
        rows(xml)


@pytest.mark.parametrize(
    ("xml", "where"),
    [
        ('<row r="3"><c r="B3"><v>1</v></c><c r="D3"><v>NaN</v></c></row>', "(blad 'blad', bij cel D3)"),
        ('<row r="3"><c r="B3" t="s"><v>99</v></c></row>', "(blad 'blad', bij cel B3)"),
        ('<row r="4"/><row r="x"/>', "(blad 'blad', bij rij 4)"),
        ('<row r="x"/>', "(blad 'blad')"),
    ],
)
def test_damage_is_told_with_the_cell(xml: str, where: str) -> None:
    with pytest.raises(FindingsError) as refused:
        rows(xml)
    assert where in refused.value.findings[0].wat


def test_a_sheet_without_its_part_is_damage() -> None:
    change = {"xl/workbook.xml": lambda text: text.replace('r:id="rId1"', 'r:id="rId99"')}
    with pytest.raises(FindingsError, match="niet allemaal te vinden"):
        read(edited(TINY, change))


def test_what_is_hidden_is_seen() -> None:
    changes = {
        sheet_part(2): lambda text: text.replace('<row r="3"', '<row r="3" hidden="1"').replace(
            '<row r="5"', '<row r="5" ht="0" customHeight="1"'
        ),
        sheet_part(3): lambda text: text.replace("<sheetFormatPr", '<sheetFormatPr zeroHeight="1"'),
        sheet_part(4): lambda text: text.replace('<col min="2"', '<col hidden="true" min="2"'),
        "xl/workbook.xml": lambda text: text.replace('sheetId="1"', 'sheetId="1" state="veryHidden"'),
    }
    sheets = read(edited(book_bytes(small_book()), changes)).sheets
    assert [sheet.hidden for sheet in sheets.values()] == [True, False, False, False]
    assert [sheet.hidden_rows for sheet in sheets.values()] == [(), (3, 5), (0,), ()]
    assert [bool(sheet.hidden_columns) for sheet in sheets.values()] == [False, False, False, True]


def test_what_the_toolkit_never_writes_is_named() -> None:
    target = 'Type="x/externalLinkPath" Target="file:///c:/geheim.xlsx" TargetMode="External"'
    relation = f'<Relationship Id="rX" {target}/>'
    changes = {
        "xl/vbaProject.bin": lambda _: "macro",
        "xl/externalLinks/externalLink1.xml": lambda _: "<a/>",
        "xl/_rels/workbook.xml.rels": lambda text: text.replace("</Relationships>", f"{relation}</Relationships>"),
        "xl/workbook.xml": lambda text: text.replace("<workbookPr", '<workbookPr date1904="1"').replace(
            "<calcPr", '<definedNames><definedName name="btw">0.21</definedName></definedNames><calcPr'
        ),
    }
    found = read(edited(TINY, changes))
    assert found.names == ("btw",)
    said = " ".join(found.foreign)
    for word in ("macro", "koppeling met een ander bestand", "geheim.xlsx", "1904"):
        assert word in said


def test_each_style_has_its_format() -> None:
    found = read(TINY)
    assert found.formats[found.sheets["blad"].cells[2, 2].style] == "#,##0.00"


def test_a_workbook_of_another_program_reads_the_same() -> None:
    buffer = io.BytesIO()
    openpyxl.load_workbook(io.BytesIO(book_bytes(small_book()))).save(buffer)
    one, other = read(book_bytes(small_book())), read(buffer.getvalue())
    for name, sheet in one.sheets.items():
        pasted = {at: cell.value for at, cell in sheet.cells.items() if cell.formula is None}
        assert {at: other.sheets[name].cells[at].value for at in pasted} == pasted


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("text", ["", "<a>", "<a/>"])
def test_a_part_that_is_spoiled_is_refused_or_means_nothing(part: str, text: str) -> None:
    with suppress(FindingsError):
        read(edited(TINY, {part: lambda _: text}))


@given(st.integers(0, len(TINY) - 1), st.integers(1, 255))
@example(0, 1)
def test_any_changed_byte_is_read_or_refused(at: int, change: int) -> None:
    with suppress(FindingsError):
        read(TINY[:at] + bytes([TINY[at] ^ change]) + TINY[at + 1 :])


@given(st.sampled_from(PARTS), st.data())
def test_any_changed_letter_of_the_xml_is_read_or_refused(part: str, data: st.DataObject) -> None:
    def change(text: str) -> str:
        at = data.draw(st.integers(0, len(text) - 1))
        return text[:at] + data.draw(st.sampled_from('<>/"&;=-09aAr')) + text[at + 1 :]

    with suppress(FindingsError):
        read(edited(TINY, {part: change}))
