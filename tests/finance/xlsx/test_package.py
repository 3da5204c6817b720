"""The parts of a workbook file: their names, how they refer to each other, and the bounds on reading."""

from __future__ import annotations

import io
import struct
import zipfile
from xml.parsers.expat import ExpatError

import pytest

from finance.findings import FindingsError
from finance.xlsx import package
from finance.xlsx.package import Package, Relation, TooLargeError, part_name
from finance.xlsx.write import book_bytes
from tests.finance.xlsx.sample import small_book

DATA = book_bytes(small_book())
EXTRA = "xl/extra.bin"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def with_part(name: str, text: bytes) -> bytes:
    buffer = io.BytesIO(DATA)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as workbook:
        workbook.writestr(name, text)
    return buffer.getvalue()


def zipped(parts: dict[str, str]) -> Package:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name, text in parts.items():
            file.writestr(name, text)
    return Package("werkmap.xlsx", buffer.getvalue())


def opened(data: bytes) -> Package:
    return Package("werkmap.xlsx", data)


@pytest.mark.parametrize(
    "name",
    [
        "xl/worksheets/blad 1.xml",
        "/xl/worksheets/blad 1.xml",
        r"xl\worksheets\blad 1.xml",
        r"\XL\Worksheets\Blad 1.XML",
        "xl/worksheets/blad%201.xml",
        "xl/./charts/../worksheets/blad 1.xml",
    ],
)
def test_a_part_has_one_name_however_it_is_spelt(name: str) -> None:
    assert part_name(name) == "xl/worksheets/blad 1.xml"
    assert zipped({name: "<a/>"}).read("xl/worksheets/blad 1.xml") == b"<a/>"


@pytest.mark.parametrize(
    ("target", "mode", "part", "external"),
    [
        ("worksheets/sheet1.xml", "", "xl/worksheets/sheet1.xml", False),
        ("/xl/worksheets/sheet1.xml", "", "xl/worksheets/sheet1.xml", False),
        ("xl/worksheets/sheet1.xml", "", "xl/worksheets/sheet1.xml", False),
        (r"worksheets\Sheet1.xml", "", "xl/worksheets/sheet1.xml", False),
        ("../xl/worksheets/./sheet1.xml", "Internal", "xl/worksheets/sheet1.xml", False),
        ("file:///C:/geheim.xlsx", "External", "file:///C:/geheim.xlsx", True),
    ],
)
def test_a_relation_leads_to_its_part(target: str, mode: str, part: str, external: bool) -> None:
    mode = f'TargetMode="{mode}"' if mode else ""
    relation = f'<x:Relationship Id="r7" Type="a/b/worksheet" Target="{target}" {mode}/>'
    file = zipped(
        {
            "xl/worksheets/sheet1.xml": "<a/>",
            "xl/_rels/workbook.xml.rels": f'<x:Relationships xmlns:x="{RELATIONS}">{relation}</x:Relationships>',
        }
    )
    assert file.relations("xl/workbook.xml") == (Relation("r7", "worksheet", part, external),)
    assert file.relations("xl/styles.xml") == ()


def test_the_main_part_is_what_the_package_says_or_the_usual_one() -> None:
    relation = '<Relationship Id="a" Type="x/officeDocument" Target="boek/werkmap.xml"/>'
    listing = f'<Relationships xmlns="{RELATIONS}">{relation}</Relationships>'
    assert zipped({"boek/werkmap.xml": "<a/>", "_rels/.rels": listing}).main == "boek/werkmap.xml"
    assert zipped({"xl/workbook.xml": "<a/>"}).main == "xl/workbook.xml"
    for parts, words in (
        ({"word/document.xml": "<a/>"}, "geen Excel-werkmap"),
        ({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}, "OpenDocument"),
    ):
        with pytest.raises(FindingsError, match=words):
            _ = zipped(parts).main


def test_a_binary_workbook_is_told() -> None:
    relation = '<Relationship Id="a" Type="x/officeDocument" Target="xl/workbook.bin"/>'
    listing = f'<Relationships xmlns="{RELATIONS}">{relation}</Relationships>'
    with pytest.raises(FindingsError, match=r"xlsb"):
        _ = zipped({"xl/workbook.bin": "", "_rels/.rels": listing}).main


def test_a_tree_has_plain_names_and_the_plain_form_of_what_has_more() -> None:
    tree = zipped(
        {
            "a.xml": '<x:a xmlns:x="u" xmlns:mc="v" x:id="1"><mc:AlternateContent><mc:Choice Requires="x14">'
            "<x:b/></mc:Choice><mc:Fallback><x:c r:d='2' d='3' xmlns:r='w'>tekst</x:c></mc:Fallback>"
            "</mc:AlternateContent></x:a>"
        }
    ).parse("a.xml")
    assert (tree.tag, tree.get("id"), [child.tag for child in tree]) == ("a", "1", ["c"])
    assert (tree[0].text, tree[0].get("d"), tree[0].get("r:d")) == ("tekst", "3", "2")


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", ""),
        ("utf-8", "utf8"),
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "UTF-16"),
        ("utf-16", "utf-16"),
        ("iso-8859-1", "ISO-8859-1"),
        ("cp1252", "windows-1252"),
    ],
)
def test_a_part_is_read_in_its_encoding(encoding: str, declared: str) -> None:
    head = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    file = Package("w.xlsx", _one("a.xml", (head + "<a>Caf\u00e9</a>").encode(encoding)))
    assert file.parse("a.xml").text == "Caf\u00e9"


def _one(name: str, data: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr(name, data)
    return buffer.getvalue()


def test_a_blank_line_before_the_declaration_is_nothing() -> None:
    file = zipped({"a.xml": '\n <?xml version="1.0"?><a/>'})
    assert file.parse("a.xml").tag == "a"


@pytest.mark.parametrize("said", [0, 10, 999_999, 2_000_000])
def test_a_part_that_is_not_as_large_as_it_says_is_damaged(said: int) -> None:
    data = with_part(EXTRA, b"<a/>" * 250_000)
    honest, lying = struct.pack("<I", 1_000_000), struct.pack("<I", said)
    assert honest in data
    with pytest.raises(zipfile.BadZipFile):
        opened(data.replace(honest, lying)).read(EXTRA)


def test_a_bomb_that_says_it_is_small_is_stopped_while_unpacking(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_PART", 2_000_000)
    data = with_part(EXTRA, bytes(range(1, 256)) * 80_000)
    honest, lying = struct.pack("<I", 20_400_000), struct.pack("<I", 100)
    assert honest in data
    with pytest.raises((FindingsError, TooLargeError)):
        opened(data.replace(honest, lying)).read(EXTRA)


@pytest.mark.parametrize(("bound", "value"), [("MAX_PART", 100), ("MAX_TOTAL", 1000), ("MAX_TAGS", 5)])
def test_each_bound_holds(monkeypatch: pytest.MonkeyPatch, bound: str, value: int) -> None:
    monkeypatch.setattr(package, bound, value)
    with pytest.raises(TooLargeError):
        opened(DATA).parse("xl/styles.xml")


def test_a_file_of_far_too_many_parts_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_PARTS", 4)
    with pytest.raises(FindingsError, match="onredelijk groot"):
        opened(DATA)


def test_a_part_that_unpacks_to_far_more_is_refused() -> None:
    with pytest.raises(FindingsError, match="onredelijk groot"):
        opened(with_part(EXTRA, bytes(5_000_000))).read(EXTRA)


def test_tags_that_are_packed_well_are_no_bomb() -> None:
    text = b"<row/>" * 1_000_000
    assert opened(with_part(EXTRA, text)).read(EXTRA) == text


def test_elements_that_lie_too_deep_are_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    deep = {"a.xml": "<a>" * 5 + "</a>" * 5}
    monkeypatch.setattr(package, "MAX_DEPTH", 5)
    assert zipped(deep).parse("a.xml").tag == "a"
    monkeypatch.setattr(package, "MAX_DEPTH", 4)
    with pytest.raises(TooLargeError):
        zipped(deep).parse("a.xml")


@pytest.mark.parametrize("name", ["xl/workbook.xml", "XL/Workbook.xml", r"xl\workbook.xml"])
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_part_that_is_there_twice_is_refused_where_it_is_read(name: str) -> None:
    file = opened(with_part(name, b"<a/>"))
    assert file.parse("xl/styles.xml").tag == "styleSheet"
    with pytest.raises(FindingsError, match="twee keer"):
        file.read("xl/workbook.xml")


def test_a_document_type_is_refused() -> None:
    with pytest.raises(FindingsError, match="documenttype"):
        zipped({"a.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}).parse("a.xml")


@pytest.mark.parametrize("text", ["", "<a>", "<a/><b/>", "tekst", "<a>&b;</a>"])
def test_what_is_no_xml_is_damaged(text: str) -> None:
    with pytest.raises((ExpatError, ValueError)):
        zipped({"a.xml": text}).parse("a.xml")
