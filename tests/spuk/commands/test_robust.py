"""One choice of start years for several scenarios, from the command line; and why, in the workbook."""

from __future__ import annotations

import io
import json
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from finance.xlsx.verify import verify
from spuk.app import Exit
from spuk.cli import run_command
from tests.casebook import small_built_case, small_case, write_xlsx
from tests.spuk.cases import clashing, tiny

Captured = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_xlsx(small_case(), tmp_path_factory.mktemp("klein") / "klein.xlsx")


def planned(path: Path, folder: Path, *options: str) -> tuple[int, Path]:
    return run_command(["plan", str(path), "--out", str(folder), *options]), folder / path.stem


def result_of(folder: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((folder / "resultaat.json").read_text("utf-8"))
    return read


def texts_of(path: Path, sheet: str) -> list[object]:
    rows = openpyxl.load_workbook(path, data_only=True)[sheet].iter_rows(values_only=True)
    return [cell for row in rows for cell in row if cell is not None]


@pytest.fixture(scope="module", params=["slechtste", "gemiddelde"])
def robust(request: pytest.FixtureRequest, small: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of one choice for all scenarios."""
    folder = tmp_path_factory.mktemp(request.param)
    with redirect_stdout(io.StringIO()) as said:
        status, made = planned(small, folder, "--all", "--robuust", request.param)
    assert status == Exit.FINE
    assert "Een keuze voor 3 scenario's samen" in said.getvalue()
    assert [path.name for path in made.iterdir()] == [f"robuust-{request.param}"]
    return made / f"robuust-{request.param}"


def test_every_scenario_gets_a_proposal_with_the_same_start_years(robust: Path) -> None:
    names = ("basis", "bouwkosten +10%", "lagere lumpsum")
    starts = [result_of(robust / name)["maatregelen"] for name in names]
    assert starts.count(starts[0]) == len(names)
    assert starts[0]
    books = [*robust.rglob("*.xlsx")]
    assert len(books) == len(names) + 1
    assert [verify(path).findings for path in books] == [()] * len(books)


def test_the_workbook_says_what_the_choice_served(robust: Path) -> None:
    shown = texts_of(robust / "basis" / "begroting.xlsx", "voorblad")
    assert "Een keuze voor meer scenario's samen" in shown
    assert any("basis, bouwkosten +10%, lagere lumpsum" in str(text) for text in shown)
    assert any("BIJ GEGEVEN BESLUITEN" in str(text) for text in shown)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--robuust", "slechtste"], "vraagt meer scenario's"),
        (["--robuust", "beste", "--all"], "Achter --robuust hoort slechtste of gemiddelde, en niet 'beste'."),
        (["--robuust", "slechtste", "--all", "--waarom"], "gaat niet samen"),
    ],
)
def test_what_cannot_be_asked_is_said(tmp_path: Path, capsys: Captured, options: list[str], message: str) -> None:
    status, folder = planned(tiny(tmp_path), tmp_path / "uit", *options)
    assert (status, folder.exists()) == (Exit.USAGE, False)
    assert message in capsys.readouterr().err


def test_a_clash_is_named_and_nothing_is_written(tmp_path: Path, capsys: Captured) -> None:
    path = clashing(tmp_path)
    status, folder = planned(path, tmp_path / "uit", "--all", "--robuust", "slechtste")
    assert (status in (Exit.FINDINGS, Exit.USAGE), folder.exists()) == (True, False)
    assert capsys.readouterr().err


def test_the_workbook_says_of_every_measure_why(small: Path, tmp_path: Path) -> None:
    status, folder = planned(small, tmp_path, "--waarom")
    assert status == Exit.FINE
    path = folder / "basis" / "begroting.xlsx"
    shown = texts_of(path, "waarom")
    assert {row.maatregel for row in small_built_case().measures} <= set(shown)
    assert verify(path).findings == ()
    formula = openpyxl.load_workbook(path)["andere_keuzes"]["C6"].value
    assert str(formula).startswith("=INDEX(samenvatting!")


def test_without_being_asked_the_workbook_does_not_say_why(tmp_path: Path) -> None:
    _, folder = planned(tiny(tmp_path), tmp_path / "uit")
    names = openpyxl.load_workbook(folder / "basis" / "begroting.xlsx").sheetnames
    assert not {"waarom", "andere_keuzes"} & set(names)
