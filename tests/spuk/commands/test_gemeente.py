"""`spuk plan --gemeente`: the workbook of one municipality beside the whole budget."""

from __future__ import annotations

from pathlib import Path

import pytest

from finance.xlsx.verify import verify
from spuk.app import Exit
from spuk.cli import run_command
from tests.models.bare import cost, measure, source
from tests.spuk.cases import tiny
from tests.spuk.planning import planned

Captured = pytest.CaptureFixture[str]


def towns(folder: Path) -> Path:
    """The tiny case with grants of two municipalities."""
    return tiny(
        folder,
        measures=[measure("M1", verplicht="ja"), measure("M2", verplicht="ja")],
        costs=[cost("M1", "verbouwen", 1000), cost("M2", "projectleiding", 10)],
        sources=[
            source("EIGEN", "eigen", 500_000),
            source("S-A", "spuk", 600, gemeente="Arnhem"),
            source("S-U", "spuk", 400, gemeente="Utrecht"),
        ],
    )


def test_it_is_written_beside_the_budget_and_verifies(tmp_path: Path, capsys: Captured) -> None:
    status, folder = planned(towns(tmp_path), "--gemeente", "arnhem")
    assert status == Exit.FINE
    assert {file.name for file in (folder / "basis").iterdir()} == {
        "begroting.xlsx",
        "begroting-Arnhem.xlsx",
        "resultaat.json",
    }
    assert verify(folder / "basis" / "begroting-Arnhem.xlsx").findings == ()
    assert "begroting-Arnhem.xlsx" in capsys.readouterr().out


def test_a_municipality_without_a_grant_is_refused_before_anything_is_solved(tmp_path: Path, capsys: Captured) -> None:
    path = towns(tmp_path)
    status, folder = planned(path, "--gemeente", "Arnhm")
    assert (status, folder.exists()) == (Exit.USAGE, False)
    assert "Gemeente 'Arnhm' kreeg in deze casus geen uitkering. Bedoelt u 'Arnhem'?" in capsys.readouterr().err
    assert run_command(["plan", str(tiny(tmp_path, name="leeg.xlsx")), "--gemeente", "Arnhem"]) == Exit.USAGE
    assert "Geen bron van deze casus is een uitkering." in capsys.readouterr().err
