"""Where output goes: any name of a file will do, and what cannot be written to is told before the solve."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

import models
from finance.findings import OutputError
from spuk import run
from spuk.cli import Exit
from spuk.folders import folder_of, refuse_unwritable
from tests.spuk.cases import tiny
from tests.spuk.planning import FILES, OLD, everything, failing, planned

Captured = pytest.CaptureFixture[str]


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("mijn regio (definitief) é.xlsx", "mijn regio (definitief) é"), (".dorp.xlsx", ".dorp"),
        (".xlsx", ".xlsx"), ("dorp.v2.xlsx", "dorp.v2"), ("DORP.XLSX", "DORP"), ("dorp", "dorp"),
        ("'dorp'.xlsx", "'dorp'"), ("dorp;rm -rf.xlsx", "dorp;rm -rf"),
    ],
)  # fmt: skip
def test_any_name_of_a_file_will_do(name: str, folder: str, tmp_path: Path) -> None:
    checked = run.check(tiny(tmp_path, name="los.xlsx").rename(tmp_path / name))
    assert folder_of(checked.path, tmp_path) == tmp_path / folder
    assert checked.path.name == name


def test_a_name_with_spaces_and_accents_goes_all_the_way(tmp_path: Path) -> None:
    status, folder = planned(
        tiny(tmp_path, name="mijn régio 50% [1].xlsx"), "--out", str(tmp_path / "uit & thuis")
    )
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
    assert capsys.readouterr().err == (
        f"In '{folder}' kan niet worden geschreven. Kies met --out een andere map.\n"
    )


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
