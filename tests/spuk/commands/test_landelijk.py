"""`spuk landelijk`: what it writes, what it prints, and what it does when it cannot."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from finance.xlsx.verify import verify
from spuk.app import Exit
from spuk.cli import run_command
from tests.casebook import Tables, write_xlsx
from tests.finance.national.regions import NORTH, SOUTH, WEST, Made
from tests.spuk.cases import clashing, endless
from tests.spuk.planning import spoken

RESULT = "resultaat.json"
Captured = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("regio's")
    for name, made in (("noord", NORTH), ("zuid", SOUTH), ("west", WEST)):
        write_xlsx(made.tables, found / f"{name}.xlsx")
    return found


@pytest.fixture(scope="module")
def written(folder: Path) -> Path:
    """The picture of two regions that were solved for it."""
    out = Path(tempfile.mkdtemp(dir=folder))
    assert run_command(["landelijk", *_cases(folder, "noord", "zuid"), "--out", str(out)]) == Exit.FINE
    return out / "landelijk.xlsx"


def _cases(folder: Path, *names: str) -> list[str]:
    return [str(folder / f"{name}.xlsx") for name in names]


def test_it_writes_one_workbook_that_verifies_and_can_be_followed(written: Path) -> None:
    assert [file.name for file in written.parent.iterdir()] == ["landelijk.xlsx"]
    assert verify(written).findings == ()
    assert run_command(["spoor", str(written), "voorblad!C5"]) == Exit.FINE


def test_results_give_the_same_picture_as_solving(folder: Path, written: Path, capsys: Captured) -> None:
    out = Path(tempfile.mkdtemp(dir=folder))
    assert run_command(["plan", str(folder / "zuid.xlsx"), "--out", str(out)]) == Exit.FINE
    result = out / "zuid" / "basis" / RESULT
    capsys.readouterr()
    status, said, told = spoken(
        capsys, "landelijk", *_cases(folder, "noord", "zuid"), "--resultaat", str(result), "--out", str(out)
    )
    assert (status, told) == (Exit.FINE, "")
    assert said.splitlines()[:2] == [
        "Noord-Nederland: van 12,0 gesloten en hybride plaatsen in 2024 naar 12,0 in 2026.",
        "Zuid-Holland: van 22,0 gesloten en hybride plaatsen in 2024 naar 22,0 in 2026.",
    ]
    status, _, _ = spoken(capsys, "diff", str(written), str(out / "landelijk.xlsx"), "--out", str(out))
    assert status == Exit.FINDINGS, "the one says that it was solved, the other from which file it comes"


def test_two_runs_write_the_same_bytes(folder: Path, written: Path) -> None:
    out = Path(tempfile.mkdtemp(dir=folder))
    run_command(["landelijk", *_cases(folder, "noord", "zuid"), "--out", str(out)])
    assert (out / "landelijk.xlsx").read_bytes() == written.read_bytes()


def test_what_falls_short_and_what_is_free_elsewhere_is_told(folder: Path, tmp_path: Path, capsys: Captured) -> None:
    status, said, _ = spoken(capsys, "landelijk", *_cases(folder, "noord", "west"), "--out", str(tmp_path))
    assert status == Exit.FINE
    assert "2024: 2,0 jongeren zonder plaats; elders is er plaats voor 2,0." in said
    assert "Uitkering van 2024: van EUR 175.999.998,00 landelijk is hier EUR 1.000.000,00 verleend" in said
    assert said.endswith(f"geschreven: {tmp_path / 'landelijk.xlsx'}\n")


# --- what is refused -------------------------------------------------------------------------


def _twice(folder: Path) -> list[str]:
    (folder / "anders").mkdir()
    return [str(write_xlsx(NORTH.tables, place / "noord.xlsx")) for place in (folder, folder / "anders")]


def _double(folder: Path) -> list[str]:
    other = replace(SOUTH, grant=0, gemeente="Roosendaal", landsdeel="Zuid-West")
    return [str(write_xlsx(made.tables, folder / f"{name}.xlsx")) for name, made in (("een", SOUTH), ("twee", other))]


def _nowhere(folder: Path) -> list[str]:
    tables = replace(SOUTH, landsdeel="Ergens", grant=0).tables
    tables["case"][2]["waarde"] = "Delft"
    return [str(write_xlsx(tables, folder / "een.xlsx"))]


def _both_wrong(folder: Path) -> list[str]:
    def spoiled(made: Made) -> Tables:
        return {**made.tables, "onbekend": [{"kolom": 1}]}

    pairs = (("een", NORTH), ("twee", SOUTH))
    return [str(write_xlsx(spoiled(made), folder / f"{name}.xlsx")) for name, made in pairs]


@pytest.mark.parametrize(
    ("make", "status", "told"),
    [
        (_twice, Exit.USAGE, ["De casus 'noord' is meer dan een keer gegeven."]),
        (_double, Exit.FINDINGS, ["twee.xlsx, locaties!C2: Locatie L1 (Oord) staat ook in een.xlsx"]),
        (
            _nowhere,
            Exit.FINDINGS,
            ["een.xlsx, case!B3: Het landsdeel 'Ergens' is geen landsdeel van bijlage 1", "Kies uit: Noord-Nederland"],
        ),
        (_both_wrong, Exit.FINDINGS, ["een.xlsx, onbekend", "twee.xlsx, onbekend", "2 bevindingen."]),
        (lambda folder: [str(clashing(folder))], Exit.FINDINGS, ["M1"]),
    ],
    ids=["twee keer", "locatie in beide", "geen landsdeel", "bevindingen van alle", "geen plan"],
)
def test_what_is_wrong_is_told_and_nothing_is_written(
    make: Callable[[Path], list[str]], status: Exit, told: list[str], tmp_path: Path, capsys: Captured
) -> None:
    found, _, err = spoken(capsys, "landelijk", *make(tmp_path), "--out", str(tmp_path / "uit"))
    assert found == status
    assert [text for text in told if text not in err] == []
    assert not (tmp_path / "uit").exists()


def test_a_result_of_another_case_or_a_second_one_is_refused(folder: Path, tmp_path: Path, capsys: Captured) -> None:
    assert run_command(["plan", str(folder / "noord.xlsx"), "--out", str(tmp_path)]) == Exit.FINE
    result = str(tmp_path / "noord" / "basis" / RESULT)
    for words, told in (
        (["zuid", result], "is een resultaat van de casus 'noord', en die is niet gegeven."),
        (["noord", result, result], "Van de casus 'noord' zijn twee resultaten gegeven"),
    ):
        name, *results = words
        options = [word for path in results for word in ("--resultaat", path)]
        status, _, err = spoken(capsys, "landelijk", *_cases(folder, name), *options, "--out", str(tmp_path / "uit"))
        assert status == Exit.USAGE
        assert told in err
    assert not (tmp_path / "uit").exists()


def test_a_time_limit_ends_without_proof_and_says_so(tmp_path: Path, capsys: Captured) -> None:
    """Whether any plan was found by then hangs on the machine; nothing is written without one."""
    case = endless(tmp_path)
    status, _, err = spoken(capsys, "landelijk", str(case), "--tijdslimiet", "1", "--out", str(tmp_path / "uit"))
    assert status == Exit.UNPROVEN
    written = tmp_path / "uit" / "landelijk.xlsx"
    if written.exists():
        assert "NIET BEWEZEN OPTIMAAL: met betere plannen is het beeld anders." in err
        assert verify(written).findings == ()
    else:
        assert "er is geen plan." in err
