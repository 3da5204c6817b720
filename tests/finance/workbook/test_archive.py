"""The bounds on a zip that lies about itself; the other refusals are tested through the reader."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest

from finance.findings import FindingsError
from finance.workbook import archive
from finance.workbook.archive import checked_bytes
from finance.workbook.writing import book_bytes
from tests.finance.workbook.sample import small_book

DATA = book_bytes(small_book())


def with_part(name: str, text: bytes) -> bytes:
    buffer = io.BytesIO(DATA)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as workbook:
        workbook.writestr(name, text)
    return buffer.getvalue()


def refused(folder: Path, data: bytes) -> str:
    path = folder / "werkmap.xlsx"
    path.write_bytes(data)
    with pytest.raises(FindingsError) as raised:
        checked_bytes(path)
    (finding,) = raised.value.findings
    assert finding.doen
    return finding.wat


def test_the_bytes_of_a_workbook_are_given_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "werkmap.xlsx"
    path.write_bytes(DATA)
    assert checked_bytes(path) == DATA


@pytest.mark.parametrize("said", [0, 10, 999_999, 2_000_000])
def test_a_part_that_is_not_as_large_as_it_says_is_refused(tmp_path: Path, said: int) -> None:
    data = with_part("xl/extra.bin", b"x" * 1_000_000)
    honest, lying = struct.pack("<I", 1_000_000), struct.pack("<I", said)
    assert honest in data
    assert "beschadigd" in refused(tmp_path, data.replace(honest, lying))


def test_a_bomb_that_says_it_is_small_is_stopped_while_unpacking(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MAX_PART", 2_000_000)
    data = with_part("xl/extra.bin", b"x" * 20_000_000)
    honest, lying = struct.pack("<I", 20_000_000), struct.pack("<I", 100)
    assert "onredelijk groot" in refused(tmp_path, data.replace(honest, lying))


@pytest.mark.parametrize(
    ("bound", "value"), [("MAX_PARTS", 3), ("MAX_PART", 100), ("MAX_TOTAL", 1000), ("MAX_FILE", 1000)]
)
def test_each_bound_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bound: str, value: int) -> None:
    monkeypatch.setattr(archive, bound, value)
    assert "groot" in refused(tmp_path, DATA) or "groter" in refused(tmp_path, DATA)


def test_a_part_that_unpacks_to_far_more_is_refused(tmp_path: Path) -> None:
    assert "onredelijk groot" in refused(tmp_path, with_part("xl/extra.bin", bytes(5_000_000)))


@pytest.mark.parametrize("name", ["xl/workbook.xml", "XL/Workbook.xml"])
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_part_that_is_there_twice_is_refused(tmp_path: Path, name: str) -> None:
    assert "twee keer" in refused(tmp_path, with_part(name, b"<a/>"))
