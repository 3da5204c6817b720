"""Reading an input workbook: what cannot be used is refused with a finding, and costs no time."""

from __future__ import annotations

import io
import os
import random
import time
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.chart import BarChart
from openpyxl.workbook import Workbook

from finance.case import RawBook, RawSheet, read_case
from finance.findings import FindingsError
from finance.xlsx import package, worksheet
from finance.xlsx.read import read_book
from tests.casebook import raw_book, small_case
from tests.finance.xlsx.reading.files import COSTS, COSTS_PART, edited, refusal, rezipped, with_part, with_rows

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
