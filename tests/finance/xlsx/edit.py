"""Changing a workbook file by its XML, as somebody with another program could."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

needs_soffice = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not on the path")
"""Only where LibreOffice is installed, as it is in continuous integration."""

RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>
"""
"""The setting with which LibreOffice recalculates every workbook that it opens."""


def edited(data: bytes, changes: Mapping[str, Callable[[str], str]]) -> bytes:
    """The bytes of a workbook with some parts changed; a part that is not there is added."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for name in dict.fromkeys([*old.namelist(), *changes]):
            text = old.read(name) if name in old.namelist() else b""
            new.writestr(name, changes[name](text.decode()).encode() if name in changes else text)
    return result.getvalue()


def sheet_part(number: int) -> str:
    """The part of a sheet, counted from 1."""
    return f"xl/worksheets/sheet{number}.xml"


def with_cell_xml(data: bytes, sheet: int, at: str, change: Callable[[str], str]) -> bytes:
    """The bytes of a workbook in which the XML of one cell is changed."""

    def swap(text: str) -> str:
        found = re.search(rf'<c r="{at}"[^>]*?(/>|>.*?</c>)', text)
        assert found, f"{at} is not in the sheet"
        new = change(found[0])
        assert new != found[0], f"{at} was not changed"
        return text.replace(found[0], new)

    return edited(data, {sheet_part(sheet): swap})


def resaved_by_soffice(path: Path, folder: Path) -> Path:
    """The workbook as LibreOffice saves it after recalculating every formula."""
    (saved,) = saved_together([path], folder)
    return saved


def saved_together(paths: Sequence[Path], folder: Path | None = None) -> list[Path]:
    """Workbooks of one folder as LibreOffice saves them after recalculating every formula, in one start."""
    folder = folder or paths[0].parent
    profile = folder / "profiel"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(RECALCULATE)
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--convert-to",
            "xlsx",
            "--outdir",
            str(folder / "opnieuw"),
            *map(str, paths),
        ],
        check=True,
        capture_output=True,
        timeout=240,
    )
    return [folder / "opnieuw" / path.name for path in paths]


def part_text(data: bytes, part: str) -> str:
    """The text of a part of a workbook."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(part).decode()
