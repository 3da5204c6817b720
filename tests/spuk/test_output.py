"""What is written is verified first, and nothing is ever half written."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import models
from finance.money import Money
from finance.xlsx import verify as verifying
from finance.xlsx.verify import Deviation, Kind, VerifyReport
from spuk.app import Exit
from spuk.output import LISTED
from tests.spuk.cases import tiny
from tests.spuk.planning import FILES, OLD, everything, failing, planned, two_scenarios

Captured = pytest.CaptureFixture[str]


def prepared(folder: Path) -> Path:
    """The tiny case, and the files of last year where its own are to stand."""
    path = tiny(folder)
    for name in FILES:
        target = folder / "uit" / "dorp" / "basis" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(OLD)
    return path


@pytest.fixture
def old(tmp_path: Path) -> Iterator[Path]:
    """A case whose output was there already; afterwards that is as it was, and nothing is beside it."""
    path = prepared(tmp_path)
    yield path
    assert everything(tmp_path / "uit") == {f"dorp/basis/{name}": OLD for name in FILES}


def test_a_full_disk_leaves_the_old_files(old: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", failing(OSError(errno.ENOSPC, "No space left on device")))
    assert planned(old)[0] == Exit.FINDINGS
    named = Path("basis", "begroting.xlsx")
    assert f"{named}' is niet geschreven: de schijf is vol. Maak ruimte vrij" in capsys.readouterr().err


def test_a_workbook_that_is_open_elsewhere_leaves_both_old_files(
    old: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows: the workbook cannot be replaced while Excel has it; the result then stays too."""
    put = os.replace

    def locked(source: Any, target: Any, **rest: Any) -> None:
        if Path(target).name == "begroting.xlsx" and Path(source).suffix == ".tmp":
            raise PermissionError(errno.EACCES, "Access is denied", str(source), None, str(target))
        put(source, target, **rest)

    monkeypatch.setattr(os, "replace", locked)
    assert planned(old)[0] == Exit.FINDINGS
    err = capsys.readouterr().err
    assert "begroting.xlsx' is niet geschreven: " in err
    assert "Sluit het bestand als het in Excel open staat" in err


def test_ctrl_c_while_writing_leaves_the_old_files(
    old: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verifying, "verify_written", failing(KeyboardInterrupt()))
    assert planned(old)[0] == Exit.FINDINGS
    assert capsys.readouterr().err == "Afgebroken. Er is niets half geschreven.\n"


def test_a_workbook_that_does_not_verify_is_not_put_in_place(
    old: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = [Deviation(Kind.CONTROL, "controles", f"F{row}", "VOLDOET NIET.") for row in range(5, 30)]
    monkeypatch.setattr(verifying, "verify_written", lambda *_: VerifyReport(tuple(wrong), 1, ""))
    assert planned(old)[0] == Exit.FINDINGS
    first, *listed = capsys.readouterr().err.splitlines()
    assert first == "De werkmap is niet geschreven, want ze klopt niet. Meld het aan de makers."
    assert len(listed) == LISTED
    assert listed[0].startswith("  - controles!F5: ")


def test_a_plan_that_breaks_a_rule_is_not_written(old: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    make_plan = models.make_plan

    def greedy(*given: Any) -> Any:
        plan = make_plan(*given)
        payments = {pair: amount + Money(1) for pair, amount in plan.allocation.payments.items()}
        return replace(plan, allocation=replace(plan.allocation, payments=payments))

    monkeypatch.setattr(models, "make_plan", greedy)
    assert planned(old)[0] == Exit.FINDINGS
    err = capsys.readouterr().err
    assert err.startswith("Het plan is niet geschreven: de onafhankelijke toets vond dit.")
    assert "C8, M1 verbouwen 2022: Er wordt meer betaald dan het kost. (1000.01, grens 1000.00)" in err


def test_a_comparison_that_cannot_be_written_leaves_the_scenarios_and_the_old_one(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = two_scenarios(tmp_path)
    target = tmp_path / "uit" / "dorp" / "vergelijking.xlsx"
    target.parent.mkdir(parents=True)
    target.write_bytes(OLD)
    put = os.replace

    def locked(source: Any, target: Any, **rest: Any) -> None:
        if Path(target).name == "vergelijking.xlsx":
            raise PermissionError(errno.EACCES, "Access is denied", str(source), None, str(target))
        put(source, target, **rest)

    monkeypatch.setattr(os, "replace", locked)
    status, folder = planned(path, "--scenario", "basis", "--scenario", "duur")
    assert (status, target.read_bytes()) == (Exit.FINDINGS, OLD)
    assert list(everything(folder)) == [
        *(f"{name}/{file}" for name in ("basis", "duur") for file in FILES),
        "vergelijking.xlsx",
    ]
    assert "vergelijking.xlsx' is niet geschreven: " in capsys.readouterr().err


def test_a_comparison_that_does_not_verify_is_not_put_in_place(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = VerifyReport((Deviation(Kind.STATEMENT, "vergelijking", "C9", "anders."),), 1, "")
    fine = VerifyReport((), 1, "")
    monkeypatch.setattr(
        verifying, "verify_written", lambda name, _: wrong if name.startswith(".vergelijking") else fine
    )
    status, folder = planned(two_scenarios(tmp_path), "--scenario", "basis", "--scenario", "duur")
    assert (status, sorted(path.name for path in folder.iterdir())) == (Exit.FINDINGS, ["basis", "duur"])
    assert "vergelijking!C9" in capsys.readouterr().err


def test_a_target_that_is_a_folder_is_named(tmp_path: Path, capsys: Captured) -> None:
    path = tiny(tmp_path)
    (tmp_path / "uit" / "dorp" / "basis" / "begroting.xlsx").mkdir(parents=True)
    status, folder = planned(path)
    assert (status, everything(folder)) == (Exit.FINDINGS, {})
    assert "begroting.xlsx' is niet geschreven: er staat een map met die naam." in capsys.readouterr().err
