"""Input workbooks with something changed in the file itself."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from finance.case import RawBook, RawSheet
from finance.findings import FindingsError
from finance.xlsx.read import read_book
from tests.casebook import small_case

COSTS = "kosten"


COSTS_PART = f"xl/worksheets/sheet{list(small_case()).index(COSTS) + 1}.xml"


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
