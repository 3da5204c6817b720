"""`spuk tarief`: what it writes, what it prints, and what it does when it cannot."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from finance.workbook.verifying import verify
from spuk.cli import Exit, run_command
from tests.casebook import small_case, write_xlsx
from tests.finance.workbook.tariff.example import ROSTERS, rows, tables


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return write_xlsx(tables(*(rows(size) for size in ROSTERS)), tmp_path / "regio.xlsx")


def _run(path: Path, *options: str) -> tuple[int, Path]:
    out = path.parent / "uit"
    return run_command(["tarief", str(path), "--out", str(out), *options]), out / path.stem


def test_it_writes_what_every_tariff_comes_to(path: Path) -> None:
    status, folder = _run(path)
    assert status == Exit.FINE
    written = json.loads((folder / "tarief.json").read_text("utf-8"))["tarieven"]
    assert written[0] == {
        "tarief": "T4", "zorgvorm": "kleinschalig", "groepsgrootte": 4, "jaar": 2024, "fte": "7.98",
        "F": "1037723.79", "V": "12204.75", "prijs_etmaal": "823.18", "bezetting": "0.9",
    }  # fmt: skip
    assert [row["prijs_etmaal"] for row in written] == ["823.18", "648.97", "561.86", "533.79"]


def test_what_it_writes_verifies(path: Path) -> None:
    _, folder = _run(path)
    assert verify(folder / "tarief.xlsx").findings == ()
    assert sorted(file.name for file in folder.iterdir()) == ["tarief.json", "tarief.xlsx"]


def test_two_runs_write_the_same_bytes(path: Path) -> None:
    _, folder = _run(path)
    first = {file.name: file.read_bytes() for file in folder.iterdir()}
    _run(path)
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == first


def test_it_prints_a_short_table(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, folder = _run(path)
    printed = capsys.readouterr().out.splitlines()
    assert printed[1].split() == [
        "T4", "kleinschalig", "4", "2024", "7,98", "1.037.723,79", "12.204,75", "823,18", "90%",
    ]  # fmt: skip
    assert printed[-1] == f"geschreven: {folder / 'tarief.xlsx'}"


def test_without_salaries_the_workbook_marks_one_amount(path: Path) -> None:
    status, folder = _run(path, "--zonder-salarissen")
    assert status == Exit.FINE
    sheet = openpyxl.load_workbook(folder / "tarief.xlsx")["uitgangspunten"]
    words = [cell.value for line in sheet.iter_rows() for cell in line]
    assert words.count("personeel_per_fte") == len(ROSTERS)
    assert "bruto_maandloon" not in words
    prices = [row["prijs_etmaal"] for row in json.loads((folder / "tarief.json").read_text())["tarieven"]]
    assert prices == ["823.18", "648.97", "561.86", "533.79"]


def test_without_salaries_no_file_shows_fte_to_the_hundredth(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, folder = _run(path, "--zonder-salarissen")
    written = json.loads((folder / "tarief.json").read_text())["tarieven"]
    assert [row["fte"] for row in written] == ["8.00", "9.00", "10.00", "11.80"]
    assert "7,98" not in capsys.readouterr().out


def test_a_case_without_tariffs_is_a_finding(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, folder = _run(write_xlsx(small_case(), tmp_path / "regio.xlsx"))
    assert (status, folder.exists()) == (Exit.FINDINGS, False)
    assert "tarief: De casus heeft geen tarieven" in capsys.readouterr().err


def test_findings_leave_nothing_behind(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoiled = tables(rows(4, bezetting="1.5", uren_niet="2000"))
    status, folder = _run(write_xlsx(spoiled, tmp_path / "regio.xlsx"))
    assert (status, folder.exists()) == (Exit.FINDINGS, False)
    said = capsys.readouterr().err
    assert "tarief!F3" in said
    assert "tarief!F21" in said
