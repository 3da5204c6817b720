"""The model as a file beside a plan, from the command line."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from models.lp import lp_file
from spuk.app import Exit
from spuk.cli import run_command
from spuk.run import check
from tests.casebook import small_case, write_xlsx
from tests.spuk.cases import clashing, tiny

Captured = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny(tmp_path_factory.mktemp("proef"))


def planned(path: Path, folder: Path, *options: str) -> int:
    return run_command(["plan", str(path), "--out", str(folder / "uit"), *options])


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_model_stands_where_it_was_asked_and_the_plan_is_what_it_was(
    path: Path, tmp_path: Path, capsys: Captured
) -> None:
    assert planned(path, tmp_path / "zonder") == Exit.FINE
    capsys.readouterr()
    target = tmp_path / "nieuwe map" / "Model.LP"
    assert planned(path, tmp_path / "met", "--model", str(target)) == Exit.FINE
    assert capsys.readouterr().out.splitlines()[-1] == f"Het model staat in {target}."
    assert [file.name for file in target.parent.iterdir()] == [target.name]
    assert target.read_text("utf-8").startswith(f"\\ {path.name}, scenario basis\n")
    assert files(tmp_path / "met") == files(tmp_path / "zonder")


def test_a_scenario_has_a_model_of_its_own(tmp_path: Path) -> None:
    case = write_xlsx(small_case(), tmp_path / "klein.xlsx")
    target = tmp_path / "model.lp"
    assert planned(case, tmp_path, "--scenario", "lagere lumpsum", "--model", str(target)) == Exit.FINE
    other = target.read_text("utf-8")
    assert other.startswith("\\ klein.xlsx, scenario lagere lumpsum\n")
    basis = lp_file(check(case).case, "klein.xlsx, scenario basis", {}).decode()
    assert basis.splitlines()[1:] != other.splitlines()[1:]


@pytest.mark.parametrize(
    "options",
    [
        ["--all"],
        ["--scenario", "basis", "--scenario", "lagere lumpsum"],
        ["--robuust", "slechtste", "--scenario", "basis"],
    ],
)
def test_one_file_is_for_one_scenario(path: Path, tmp_path: Path, capsys: Captured, options: list[str]) -> None:
    assert planned(path, tmp_path, *options, "--model", str(tmp_path / "model.lp")) == Exit.USAGE
    assert "--model schrijft het model van één scenario" in capsys.readouterr().err
    assert files(tmp_path) == {}


@pytest.mark.parametrize("name", ["model.xlsx", "model", ".lp", "model.lp.txt"])
def test_another_name_is_refused_so_that_no_other_file_is_lost(
    path: Path, tmp_path: Path, capsys: Captured, name: str
) -> None:
    assert planned(path, tmp_path, "--model", str(tmp_path / name)) == Exit.USAGE
    assert "eindigt" in capsys.readouterr().err
    assert files(tmp_path) == {}


def test_what_cannot_be_written_is_said_with_the_option_that_helps(
    path: Path, tmp_path: Path, capsys: Captured
) -> None:
    (tmp_path / "bestand").write_text("")
    assert planned(path, tmp_path, "--model", str(tmp_path / "bestand" / "model.lp")) == Exit.FINDINGS
    assert "Kies met --model een andere map." in capsys.readouterr().err
    (tmp_path / "map.lp").mkdir()
    assert planned(path, tmp_path, "--model", str(tmp_path / "map.lp")) == Exit.FINDINGS
    assert "er staat een map met die naam" in capsys.readouterr().err
    assert list(files(tmp_path)) == ["bestand"]


def test_where_no_plan_is_possible_there_is_no_model(tmp_path: Path) -> None:
    case = clashing(tmp_path)
    assert planned(case, tmp_path, "--model", str(tmp_path / "model.lp")) == Exit.FINDINGS
    assert not (tmp_path / "model.lp").exists()


def test_another_process_writes_the_same_bytes(path: Path) -> None:
    command = (
        "from pathlib import Path; import sys; from spuk.run import check; from models.lp import lp_file;"
        "sys.stdout.buffer.write(lp_file(check(Path(sys.argv[1])).case, 'proef', {}))"
    )
    there = subprocess.run(
        [sys.executable, "-c", command, str(path)],
        env={**os.environ, "PYTHONHASHSEED": "1"},
        check=True,
        stdout=subprocess.PIPE,
    ).stdout
    assert there == lp_file(check(path).case, "proef", {})
    assert there.endswith(b"end\n")
