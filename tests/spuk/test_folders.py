"""Where output goes: any name of a file will do, and what cannot be written to is told before the solve."""

from __future__ import annotations

import json
import os
import sys
import unicodedata
from pathlib import Path

import pytest

import models
from finance.filenames import existing
from finance.findings import OutputError
from spuk import run
from spuk.app import Exit
from spuk.cli import run_command
from spuk.folders import folder_of, refuse_unwritable
from tests.spuk.cases import tiny
from tests.spuk.planning import FILES, OLD, everything, failing, planned

Captured = pytest.CaptureFixture[str]


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("mijn regio (definitief) é.xlsx", "mijn regio (definitief) é"),
        (".dorp.xlsx", ".dorp"),
        (".xlsx", ".xlsx"),
        ("dorp.v2.xlsx", "dorp.v2"),
        ("DORP.XLSX", "DORP"),
        ("dorp", "dorp"),
        ("'dorp'.xlsx", "'dorp'"),
        ("dorp;rm -rf.xlsx", "dorp;rm -rf"),
    ],
)
def test_any_name_of_a_file_will_do(name: str, folder: str, tmp_path: Path) -> None:
    checked = run.check(tiny(tmp_path, name="los.xlsx").rename(tmp_path / name))
    assert folder_of(checked.path, tmp_path) == tmp_path / folder
    assert checked.path.name == name


def test_a_name_with_spaces_and_accents_goes_all_the_way(tmp_path: Path) -> None:
    status, folder = planned(tiny(tmp_path, name="mijn régio 50% [1].xlsx"), "--out", str(tmp_path / "uit & thuis"))
    assert (status, folder.exists()) == (Exit.FINE, False)
    found = everything(tmp_path / "uit & thuis")
    assert list(found) == [f"mijn régio 50% [1]/basis/{name}" for name in FILES]
    assert json.loads(found["mijn régio 50% [1]/basis/resultaat.json"])["case"] == "mijn régio 50% [1]"


@pytest.mark.parametrize("name", ["...xlsx", "..xlsx"])
def test_a_name_that_is_no_folder_of_its_own_is_refused(name: str, tmp_path: Path, capsys: Captured) -> None:
    tiny(tmp_path, name="los.xlsx").rename(tmp_path / name)
    before = everything(tmp_path)
    status, _ = planned(tmp_path / name)
    assert (status, everything(tmp_path)) == (Exit.USAGE, before)
    assert f"'{name}'" in capsys.readouterr().err


@pytest.fixture
def unsolved(monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that starts to solve has gone too far."""
    monkeypatch.setattr(models, "make_plan", failing(AssertionError("it was solved first")))


@pytest.mark.usefixtures("unsolved")
def test_an_out_that_is_a_file_is_told_before_the_solve(tmp_path: Path, capsys: Captured) -> None:
    path = tiny(tmp_path)
    (tmp_path / "uit").write_bytes(OLD)
    status, folder = planned(path)
    assert (status, (tmp_path / "uit").read_bytes()) == (Exit.FINDINGS, OLD)
    assert capsys.readouterr().err == (f"In '{folder}' kan niet worden geschreven. Kies met --out een andere map.\n")


@pytest.mark.usefixtures("unsolved")
def test_a_folder_that_may_not_be_written_to_is_told_before_the_solve(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    access = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: access(path, mode) and mode != os.W_OK)
    status, folder = planned(tiny(tmp_path))
    assert (status, folder.exists()) == (Exit.FINDINGS, False)
    assert "Kies met --out een andere map." in capsys.readouterr().err


def test_a_folder_that_can_be_made_is_not_made_yet(tmp_path: Path) -> None:
    refuse_unwritable(tmp_path / "a" / "b")
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "a").write_bytes(OLD)
    with pytest.raises(OutputError):
        refuse_unwritable(tmp_path / "a" / "b")


NFC, NFD = (unicodedata.normalize(form, "één dorp.xlsx") for form in ("NFC", "NFD"))


@pytest.mark.parametrize(("stands", "asked"), [(NFC, NFD), (NFD, NFC), (NFD, NFD)])
def test_a_name_is_the_same_in_either_unicode_form(stands: str, asked: str, tmp_path: Path) -> None:
    """A Mac and Windows spell an accent differently; what is written is called the same."""
    tiny(tmp_path, name="los.xlsx").rename(tmp_path / stands)
    assert run_command(["plan", str(tmp_path / asked), "--out", str(tmp_path / "uit")]) == Exit.FINE
    found = everything(tmp_path / "uit")
    stem = NFC.removesuffix(".xlsx")
    assert list(found) == [f"{stem}/basis/{name}" for name in FILES]
    assert json.loads(found[f"{stem}/basis/resultaat.json"])["case"] == stem


def test_a_folder_is_found_in_either_unicode_form(tmp_path: Path) -> None:
    there = tmp_path / unicodedata.normalize("NFD", "café") / "dorp.xlsx"
    there.parent.mkdir()
    there.touch()
    assert existing(tmp_path / "café" / "dorp.xlsx") == there
    assert existing(tmp_path / "cafë" / "é.xlsx") == tmp_path / "cafë" / "é.xlsx"
    assert existing(Path("weg") / "é") == Path("weg") / "é"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere every name is text")
def test_a_name_that_is_no_text_goes_all_the_way(tmp_path: Path, capsys: Captured) -> None:
    path = tiny(tmp_path, name="los.xlsx").rename(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.xlsx"))
    assert run_command(["plan", str(path), "--out", str(tmp_path / "uit")]) == Exit.FINE
    result = tmp_path / "uit" / "caf_" / "basis" / "resultaat.json"
    assert json.loads(result.read_bytes())["case"] == "caf_"
    given = result.rename(os.fsdecode(os.fsencode(tmp_path) + b"/r\xe9s.json"))
    for how in ("--besluiten", "--vanaf"):
        assert run_command(["plan", str(path), how, str(given), "--out", str(tmp_path)]) == Exit.FINE
    assert run_command(["toets", str(path), str(given), "--out", str(tmp_path)]) == Exit.FINE
    assert (tmp_path / "caf_" / "toets" / "r_s" / "basis").is_dir()
    capsys.readouterr()


def test_a_name_that_is_too_long_is_told_before_the_solve(unsolved: None, tmp_path: Path, capsys: Captured) -> None:
    path = tiny(tmp_path)
    assert run_command(["plan", str(path), "--out", str(tmp_path / ("x" * 300))]) == Exit.FINDINGS
    assert "is te lang. Kies met --out een kortere map." in capsys.readouterr().err
    for command in ("check", "verify", "template"):
        assert run_command([command, str(tmp_path / f"{'x' * 300}.xlsx")]) == Exit.FINDINGS
        said = capsys.readouterr()
        assert (said.out, "toolkit zelf" in said.err, "xxx" in said.err) == ("", False, True)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the folder one stands in cannot be removed")
def test_a_working_folder_that_is_gone_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    gone = tmp_path / "weg"
    gone.mkdir()
    path = tiny(tmp_path)
    monkeypatch.chdir(gone)
    gone.rmdir()
    for command in (["plan", str(path)], ["check", "x.xlsx"], ["diff", "a.xlsx", "b.xlsx"]):
        assert run_command(command) == Exit.FINDINGS
        assert "toolkit zelf" not in capsys.readouterr().err
