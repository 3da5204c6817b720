"""`spuk tarief`: what it writes, what it prints, and what it does when it cannot."""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Callable, Mapping
from contextlib import redirect_stdout
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest

from finance.plan.allocation import Plan
from finance.tariff.tariff import FORMS
from finance.xlsx.verify import verify
from spuk.app import Exit
from spuk.cli import run_command
from tests.casebook import small_case, write_xlsx
from tests.finance.books.tariff.example import ROSTERS, rows, tables

ALONE = "--alleen-tarief"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_xlsx(tables(*(rows(size) for size in ROSTERS)), tmp_path_factory.mktemp("in") / "regio.xlsx")


@pytest.fixture(scope="module")
def result(path: Path) -> Path:
    """The result of a plan of the case."""
    return _planned(path) / "basis" / "resultaat.json"


class Ran(NamedTuple):
    """A run of the command.

    Attributes:
        status: the exit status.
        folder: the folder of the case, with what it wrote.
        out: what it printed.
    """

    status: int
    folder: Path
    out: str


def _ran(path: Path, *options: str) -> Ran:
    with redirect_stdout(io.StringIO()) as printed:
        status, folder = _run(path, *options)
    return Ran(status, folder, printed.getvalue())


@pytest.fixture(scope="module")
def alone(path: Path) -> Ran:
    """The tariffs alone."""
    return _ran(path, ALONE)


@pytest.fixture(scope="module")
def followed(path: Path) -> Ran:
    """The tariffs with every provider followed through a plan, which is solved for it."""
    return _ran(path)


@pytest.fixture(scope="module")
def from_result(path: Path, result: Path) -> Ran:
    """The same, of a plan that was made before."""
    return _ran(path, "--resultaat", str(result))


def _run(path: Path, *options: str, out: Path | None = None) -> tuple[int, Path]:
    """Run in a folder of its own, or in one that is given."""
    folder = out or Path(tempfile.mkdtemp(dir=path.parent)) / "uit"
    return run_command(["tarief", str(path), "--out", str(folder), *options]), folder / path.stem


def test_it_writes_what_every_tariff_comes_to(alone: Ran) -> None:
    assert alone.status == Exit.FINE
    written = json.loads((alone.folder / "tarief.json").read_text("utf-8"))["tarieven"]
    assert written[0] == {
        "tarief": "T4",
        "zorgvorm": "kleinschalig",
        "groepsgrootte": 4,
        "jaar": 2024,
        "fte": "7.98",
        "F": "1037723.79",
        "V": "12204.75",
        "prijs_etmaal": "823.18",
        "bezetting": "0.9",
    }
    assert [row["prijs_etmaal"] for row in written] == ["823.18", "648.97", "561.86", "533.79"]


def test_what_it_writes_verifies(followed: Ran) -> None:
    assert verify(followed.folder / "tarief.xlsx").findings == ()
    assert sorted(file.name for file in followed.folder.iterdir()) == ["tarief.json", "tarief.xlsx"]


def test_two_runs_write_the_same_bytes(path: Path, result: Path, from_result: Ran) -> None:
    folder = from_result.folder
    first = {file.name: file.read_bytes() for file in folder.iterdir()}
    _run(path, "--resultaat", str(result), out=folder.parent)
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == first


def test_it_prints_a_short_table(alone: Ran) -> None:
    printed = alone.out.splitlines()
    assert printed[1].split() == [
        "T4",
        "kleinschalig",
        "4",
        "2024",
        "7,98",
        "1.037.723,79",
        "12.204,75",
        "823,18",
        "90%",
    ]
    assert printed[-1] == f"geschreven: {alone.folder / 'tarief.xlsx'}"


def test_without_salaries_the_workbook_marks_one_amount_and_no_file_shows_fte_to_the_hundredth(path: Path) -> None:
    status, folder, printed = _ran(path, "--zonder-salarissen")
    assert status == Exit.FINE
    assert "7,98" not in printed
    sheet = openpyxl.load_workbook(folder / "tarief.xlsx")["uitgangspunten"]
    words = [cell.value for line in sheet.iter_rows() for cell in line]
    assert words.count("personeel_per_fte") == len(ROSTERS)
    assert "bruto_maandloon" not in words
    written = json.loads((folder / "tarief.json").read_text())["tarieven"]
    assert [row["prijs_etmaal"] for row in written] == ["823.18", "648.97", "561.86", "533.79"]
    assert [row["fte"] for row in written] == ["8.00", "9.00", "10.00", "11.80"]


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


def _parts(folder: Path) -> dict[str, object]:
    parts: dict[str, object] = json.loads((folder / "tarief.json").read_text("utf-8"))
    return parts


def test_it_follows_every_provider_through_a_plan(followed: Ran) -> None:
    assert followed.status == Exit.FINE
    rows = _parts(followed.folder)["aanbieders"]
    assert isinstance(rows, list)
    assert [(row["aanbieder"], row["vorm"]) for row in rows] == [
        (provider, form) for provider in ("DELINDE", "BAKEN") for form in FORMS
    ]
    for row in rows:
        assert [year["jaar"] for year in row["jaren"]] == [2022, 2023, 2024]
        assert row["resultaat"] == row["jaren"][-1]["opgeteld"]
        assert sum(Decimal(year["resultaat"]) for year in row["jaren"]) == Decimal(row["resultaat"])
    printed = followed.out.splitlines()
    assert [line.split()[0] for line in printed[-4:-2]] == ["DELINDE", "BAKEN"]
    assumed = {row["aanbieder"] for row in rows if row["aanname"]}
    assert {line.split()[0] for line in printed[-4:-2] if " *" in line} == assumed
    assert printed[-2].startswith("* Hierover is niets afgesproken")


def test_tariffs_alone_need_no_plan(alone: Ran) -> None:
    assert (alone.status, _parts(alone.folder)["aanbieders"]) == (Exit.FINE, [])
    assert "resultaat" not in openpyxl.load_workbook(alone.folder / "tarief.xlsx").sheetnames


def _planned(path: Path, *options: str) -> Path:
    out = path.parent / "plannen"
    assert run_command(["plan", str(path), "--out", str(out), *options]) == Exit.FINE
    return out / path.stem


def test_a_result_gives_what_solving_gives(followed: Ran, from_result: Ran) -> None:
    assert (from_result.status, _parts(from_result.folder)) == (Exit.FINE, _parts(followed.folder))
    front = openpyxl.load_workbook(from_result.folder / "tarief.xlsx")["voorblad"]
    words = " ".join(str(cell.value) for line in front.iter_rows() for cell in line)
    assert "van dezelfde invoer" in words
    assert "BEWEZEN OPTIMAAL" in words


def test_a_result_brings_its_scenario(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = "lagere lumpsum"
    lower = _planned(path, "--scenario", name) / name / "resultaat.json"
    status, folder = _run(path, "--resultaat", str(lower))
    assert (status, sorted(file.name for file in folder.iterdir())) == (Exit.FINE, [name])
    capsys.readouterr()
    status, _ = _run(path, "--resultaat", str(lower), "--scenario", "basis")
    assert status == Exit.FINDINGS
    assert "Dit is het resultaat van het scenario 'lagere lumpsum'" in capsys.readouterr().err


def _spoiled(result: Path, folder: Path, spoil: Callable[[dict[str, Any]], None]) -> Path:
    document = json.loads(result.read_text("utf-8"))
    spoil(document)
    other = folder / "ander.json"
    other.write_text(json.dumps(document), encoding="utf-8")
    return other


SPOILED: Mapping[str, tuple[Callable[[dict[str, Any]], None], str]] = {
    "another case": (lambda it: it.update(case="elders"), "Dit is een resultaat van de casus 'elders'"),
    "another scenario": (lambda it: it.update(scenario="nacht"), "en dat staat niet in de casus"),
    "too many places": (lambda it: it["plaatsen"][0].update(bezet=21), "20"),
    "an unknown place": (lambda it: it["plaatsen"][0].update(locatie="LX"), "LX"),
    "an unknown measure": (lambda it: it["maatregelen"][0].update(maatregel="M0"), "M0"),
    "no places": (lambda it: it.pop("plaatsen"), "geen volledig resultaat"),
}


@pytest.mark.parametrize("name", SPOILED)
def test_a_result_that_does_not_fit_is_a_finding(
    name: str, path: Path, result: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil, said = SPOILED[name]
    other = _spoiled(result, tmp_path, spoil)
    capsys.readouterr()
    status, folder = _run(path, "--resultaat", str(other))
    assert (status, folder.exists()) == (Exit.FINDINGS, False)
    assert said in capsys.readouterr().err


def test_a_result_of_an_earlier_input_says_so(path: Path, result: Path, tmp_path: Path) -> None:
    other = _spoiled(result, tmp_path, lambda it: it["herkomst"].update(invoer_sha256="ab" * 32))
    status, folder = _run(path, "--resultaat", str(other))
    assert status == Exit.FINE
    front = openpyxl.load_workbook(folder / "tarief.xlsx")["voorblad"]
    assert any("ANDERE VERSIE" in str(cell.value) for line in front.iter_rows() for cell in line)


def test_where_no_plan_is_possible_the_tariffs_are_written_and_it_says_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = tables(rows(4))
    for row in given["maatregelen"]:
        if row["maatregel"] in ("M5", "M6"):
            row |= {"verplicht": "ja", "vereist": None}
    given["maatregelen"][4] |= {"vereist": "ANKER"}
    given["maatregelen"][5] |= {"vroegste_start": 2023}
    status, folder = _run(write_xlsx(given, tmp_path / "regio.xlsx"))
    assert status == Exit.FINDINGS
    assert (folder / "tarief.xlsx").exists()
    assert _parts(folder)["aanbieders"] == []
    said = capsys.readouterr().err
    assert "ontbreekt, want er is geen plan" in said
    assert "kan niet samen" in said


def test_options_that_exclude_each_other_are_wrong_usage(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for options in (("--alleen-tarief", "--tijdslimiet", "5"), ("--resultaat", "x.json", "--alleen-tarief")):
        assert _run(path, *options)[0] == Exit.USAGE
    assert "hooguit een van" in capsys.readouterr().err


def test_a_plan_that_is_not_proven_is_written_and_said(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import models

    def unproven(*arguments: Any) -> Plan:
        plan = make_plan(*arguments)
        return replace(plan, proofs=tuple(replace(proof, bewezen=False) for proof in plan.proofs))

    make_plan = models.make_plan
    monkeypatch.setattr(models, "make_plan", unproven)
    status, folder = _run(path)
    assert (status, (folder / "tarief.xlsx").exists()) == (Exit.UNPROVEN, True)
    assert "NIET BEWEZEN OPTIMAAL" in capsys.readouterr().err
