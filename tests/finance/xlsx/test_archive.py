"""What a file is that is no workbook; the other refusals are tested through the reader."""

from __future__ import annotations

from pathlib import Path

import pytest

from finance.findings import Finding, FindingsError
from finance.xlsx import archive
from finance.xlsx.archive import checked_bytes
from finance.xlsx.write import book_bytes
from tests.finance.xlsx.sample import small_book

DATA = book_bytes(small_book())
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)


def refused(path: Path, data: bytes) -> Finding:
    path.write_bytes(data)
    with pytest.raises(FindingsError) as raised:
        checked_bytes(path)
    (finding,) = raised.value.findings
    assert finding.doen
    return finding


def stream(name: str) -> bytes:
    """The name of a stream in an OLE file."""
    return name.encode("utf-16-le") + bytes(64)


def test_the_bytes_of_a_workbook_are_given_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "werkmap.xlsx"
    path.write_bytes(DATA)
    assert checked_bytes(path) == DATA


def test_a_file_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_FILE", len(DATA))
    path = tmp_path / "werkmap.xlsx"
    path.write_bytes(DATA)
    assert checked_bytes(path) == DATA
    assert "groter dan" in refused(path, DATA + b"x").wat


@pytest.mark.parametrize(
    ("streams", "wat", "doen"),
    [
        (["EncryptionInfo", "StrongEncryptionDataSpace", "EncryptedPackage"], "wachtwoord", "het wachtwoord"),
        (["DataSpaces", "DRMEncryptedDataSpace", "EncryptedPackage"], "vertrouwelijkheidslabel", "een label"),
        (
            ["DataSpaces", "DRMEncryptedTransform", "EncryptedPackage", "LabelInfo"],
            "vertrouwelijkheidslabel",
            "Vertrouwelijkheid",
        ),
        (["\tDRMContent", "Workbook"], "vertrouwelijkheidslabel", "Vertrouwelijkheid"),
        (["Workbook"], "oude Excel-werkmap", "Sla het op"),
    ],
)
def test_what_encrypts_a_file_is_told(tmp_path: Path, streams: list[str], wat: str, doen: str) -> None:
    found = refused(tmp_path / "casus.xlsx", OLE + b"".join(map(stream, streams)))
    assert wat in found.wat
    assert doen.lower() in found.doen.lower()


@pytest.mark.parametrize("name", ["~$casus.xlsx", ".~lock.casus.xlsx#"])
@pytest.mark.parametrize("data", [b"", b"\x05J. de Vries" + bytes(150), b",jdv,pc,1-12-2026 10:00,file:///x;"])
def test_a_lock_file_is_told_with_the_workbook_that_it_is_of(tmp_path: Path, name: str, data: bytes) -> None:
    found = refused(tmp_path / name, data)
    assert found.wat == f"'{name}' is geen werkmap, maar het vergrendelbestand van 'casus.xlsx', die open is (of was)."
    assert found.doen == "Noem de werkmap zelf ('casus.xlsx')."
    (tmp_path / "casus.xlsx").write_bytes(DATA)
    assert refused(tmp_path / name, data).doen == f"Noem '{tmp_path / 'casus.xlsx'}'."


def test_a_workbook_with_the_name_of_a_lock_file_is_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "~$casus.xlsx"
    path.write_bytes(DATA)
    assert checked_bytes(path) == DATA


def test_a_lock_file_that_may_not_be_read_is_told_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def deny(*_: object, **__: object) -> None:
        raise PermissionError

    path = tmp_path / "~$casus.xlsx"
    path.write_bytes(b"x")
    monkeypatch.setattr(Path, "open", deny)
    with pytest.raises(FindingsError, match="vergrendelbestand"):
        checked_bytes(path)
