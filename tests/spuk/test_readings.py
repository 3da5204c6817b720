"""The stricter reading of the rules, from the case to the result, the cover and the summary of the run."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from spuk.app import Exit
from tests.casebook import write_xlsx
from tests.models.test_readings import CLOSING, READING
from tests.spuk.planning import planned, result_of


def test_a_plan_says_what_the_strict_reading_costs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """200,000 goes back now, and nothing under the reading: by hand, see the test of the model."""
    path = write_xlsx(CLOSING.tables(), tmp_path / "dorp.xlsx")
    status, folder = planned(path)
    assert status == Exit.FINE
    said = "met de lezing leegstand-door-transitie moet EUR 0,00 terug in plaats van EUR 200.000,00"
    assert said in capsys.readouterr().out
    (found,) = result_of(folder / "basis")["andere_lezingen"]
    assert {key: found[key] for key in ("lezing", "regels", "terug_cent", "terug_anders_cent", "scheelt_cent")} == {
        "lezing": READING,
        "regels": ["VT20-leegstand"],
        "terug_cent": 20_000_000,
        "terug_anders_cent": 0,
        "scheelt_cent": 20_000_000,
    }
    assert {"doel": "eigen_geld", "waarde": "120000.00", "eenheid": "EUR"} in found["doelen"]
    cover = openpyxl.load_workbook(folder / "basis" / "begroting.xlsx", data_only=True)["voorblad"]
    (row,) = [line for line in cover.iter_rows(values_only=True) if line[0] == READING]
    assert row[1:7] == ("berekend en bewezen", 200_000, 0, 200_000, 0, 120_000)
