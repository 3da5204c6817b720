"""Judging an allocation made by hand from the command line: what is written, said, and never done."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any, Final

import openpyxl
import pytest

from finance.handmade import HAND_SHEETS
from finance.xlsx.archive import checked_bytes
from finance.xlsx.read import book_of
from finance.xlsx.verify import verify
from spuk.app import Exit
from spuk.cli import run_command
from tests.casebook import Tables, write_xlsx
from tests.finance.handmade.tables import tables_of
from tests.finance.village import LEAD, VILLAGE, allocation, paying
from tests.spuk.cases import scenario, tiny

Captured = pytest.CaptureFixture[str]
BY_HAND: Final = "MET DE HAND GEMAAKT, NIET GEOPTIMALISEERD"


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The village as a file."""
    return write_xlsx(VILLAGE.tables(), tmp_path_factory.mktemp("dorp") / "dorp.xlsx")


def judge(case: Path, folder: Path, tables: Tables, *options: str) -> tuple[int, Path]:
    """Judge an allocation; the status, and the folder of the allocation."""
    path = write_xlsx(tables, folder / "hand.xlsx")
    out = folder / "uit"
    status = run_command(["toets", str(case), str(path), "--out", str(out), *options])
    return status, out / case.stem / "toets" / path.stem


def result_of(folder: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((folder / "resultaat.json").read_text("utf-8"))
    return read


def texts_of(path: Path) -> list[object]:
    book = openpyxl.load_workbook(path, data_only=True)
    return [cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell]


@pytest.fixture(scope="module")
def judged(village: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an allocation that breaks nothing; beside it what was said."""
    folder = tmp_path_factory.mktemp("hand")
    with redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()) as err:
        status, made = judge(village, folder, tables_of(allocation()))
    assert (status, err.getvalue()) == (Exit.FINE, "")
    assert out.getvalue().startswith(f"basis: VOLDOET, NIET SLUITEND, {BY_HAND}\n")
    return made


def test_an_allocation_that_breaks_nothing_is_written_and_fine(judged: Path) -> None:
    folder = judged
    result = result_of(folder / "basis")
    assert (result["status"], result["overtredingen"]) == ("getoetst", [])
    assert (result["herkomst"]["bewijs"], result["herkomst"]["toewijzing"]["bestand"]) == ([], "hand.xlsx")
    assert verify(folder / "basis" / "begroting.xlsx").findings == ()


def test_a_breach_is_told_written_and_shown(village: Path, tmp_path: Path, capsys: Captured) -> None:
    given = paying(paying(allocation(), LEAD, "SPUK", 1), LEAD, "EIGEN", -1)
    status, folder = judge(village, tmp_path, tables_of(given))
    assert status == Exit.FINDINGS
    said = capsys.readouterr()
    assert "VOLDOET NIET (2)" in said.out
    assert "EUR 0,01 te veel" in said.err
    assert said.err.endswith("2 bevindingen.\n")
    assert [row["regel"] for row in result_of(folder / "basis")["overtredingen"]] == [
        "bedrag van de bron",
        "VT20-deelplafond",
    ]
    report = verify(folder / "basis" / "begroting.xlsx")
    assert (report.changes, report.differences) == ((), ())
    assert {finding.blad for finding in report.failures} >= {"voorblad", "regels", "controles"}


def test_every_sheet_says_that_it_was_made_by_hand(judged: Path) -> None:
    folder = judged
    book = openpyxl.load_workbook(folder / "basis" / "begroting.xlsx", data_only=True)
    notes = {sheet.title: str(sheet["A2"].value) for sheet in book if sheet.title != "zegel"}
    assert [name for name, note in notes.items() if not note.startswith(BY_HAND)] == []
    assert "BEWEZEN OPTIMAAL" not in texts_of(folder / "basis" / "begroting.xlsx")


def test_what_was_read_off_is_said(village: Path, tmp_path: Path, capsys: Captured) -> None:
    status, folder = judge(village, tmp_path, tables_of(allocation(), everything=False))
    assert status == Exit.FINDINGS  # MUST costs nothing, so that no payment tells that it starts
    assert "Startjaar uit de betalingen: M1, M2, M3" in capsys.readouterr().out
    texts = texts_of(folder / "basis" / "begroting.xlsx")
    assert [text for text in texts if "keer niet gegeven" in str(text)]


def test_the_same_files_give_the_same_bytes(village: Path, judged: Path, tmp_path: Path) -> None:
    path = judged.parents[3] / "hand.xlsx"
    run_command(["toets", str(village), str(path), "--out", str(tmp_path)])
    again = tmp_path / "dorp" / "toets" / "hand" / "basis"
    for file in ("begroting.xlsx", "resultaat.json"):
        assert (again / file).read_bytes() == (judged / "basis" / file).read_bytes()


def test_an_allocation_can_be_judged_in_a_scenario(tmp_path: Path, capsys: Captured) -> None:
    case = tiny(tmp_path, scenario("arm", "dekking", "bedrag", "zet", 200_999))
    row = {
        "maatregel": None,
        "locatie": "L1",
        "zorgvorm": "gesloten",
        "kostensoort": "exploitatie",
        "jaar": 2022,
        "bron": "EIGEN",
        "bedrag": 200_000,
    }
    other = {**row, "maatregel": "M1", "locatie": None, "zorgvorm": None, "kostensoort": "verbouwen", "bedrag": 1000}
    assert judge(case, tmp_path, {"toewijzing": [row, other]})[0] == Exit.FINE
    status, folder = judge(case, tmp_path, {"toewijzing": [row, other]}, "--scenario", "arm")
    assert status == Exit.FINDINGS
    assert "EIGEN: De bron betaalt meer dan er is." in capsys.readouterr().err
    assert (folder / "arm" / "begroting.xlsx").exists()
    assert judge(case, tmp_path, {"toewijzing": [row]}, "--scenario", "rijk")[0] == Exit.USAGE


def test_what_nobody_sees_of_an_allocation_is_told_as_that_of_a_case(
    village: Path, tmp_path: Path, capsys: Captured
) -> None:
    path = write_xlsx(tables_of(allocation()), tmp_path / "hand.xlsx")
    book = openpyxl.load_workbook(path)
    book["toewijzing"].row_dimensions[3].hidden = True
    book.save(path)
    told = "LET OP: toewijzing!rij 3: Deze rij is verborgen"
    words = ["toets", str(village), str(path), "--out", str(tmp_path / "uit")]
    assert run_command(words) == Exit.FINE
    assert capsys.readouterr().err.startswith(told)
    book["toewijzing"].append(["Totaal"])
    book.save(path)
    assert run_command(words) == Exit.FINDINGS
    said = capsys.readouterr().err.splitlines()
    assert said[0].startswith(told)
    assert [line.partition(" Haal")[0].partition(": ")[2] for line in said[1:-1]] == [
        f"Rij {book['toewijzing'].max_row} is een totaal."
    ]


def test_findings_of_the_allocation_write_nothing(village: Path, tmp_path: Path, capsys: Captured) -> None:
    tables = tables_of(allocation())
    tables["toewijzing"][0]["bron"] = "SPUKK"
    status, folder = judge(village, tmp_path, tables)
    assert status == Exit.FINDINGS
    assert capsys.readouterr().err.startswith("toewijzing!F2: bron 'SPUKK' staat niet in het blad dekking")
    assert not folder.exists()


def test_a_result_of_the_toolkit_can_be_judged(tmp_path: Path, capsys: Captured) -> None:
    case = tiny(tmp_path)
    assert run_command(["plan", str(case), "--out", str(tmp_path / "uit")]) == Exit.FINE
    made = tmp_path / "uit" / "dorp" / "basis" / "resultaat.json"
    assert run_command(["toets", str(case), str(made), "--out", str(tmp_path / "uit")]) == Exit.FINE
    before, after = result_of(made.parent), result_of(tmp_path / "uit/dorp/toets/resultaat/basis")
    assert {key for key in before if before[key] != after[key]} == {"status", "herkomst"}
    capsys.readouterr()
    document = json.loads(made.read_text("utf-8"))
    document["betalingen"][0]["bedrag_cent"] += 1
    made.write_text(json.dumps(document), "utf-8")
    assert run_command(["toets", str(case), str(made), "--out", str(tmp_path / "uit")]) == Exit.FINDINGS
    said = capsys.readouterr().err
    assert "toewijzing!bedrag 1: M1 verbouwen 2022: Er wordt meer betaald dan het kost." in said


def test_it_never_solves(village: Path, tmp_path: Path) -> None:
    """Neither the model nor a solver is even loaded."""
    path = write_xlsx(tables_of(allocation()), tmp_path / "hand.xlsx")
    code = (
        "import sys; from spuk.cli import run_command;"
        f" status = run_command(['toets', {str(village)!r}, {str(path)!r}, '--out', {str(tmp_path)!r}]);"
        " loaded = {'models', 'pyomo', 'highspy', 'scipy'} & set(sys.modules);"
        " sys.exit(f'{status} {loaded}' if status or loaded else 0)"
    )
    run = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert (run.returncode, run.stderr) == (0, "")


# The template


def test_the_template_is_empty_explained_and_readable(tmp_path: Path) -> None:
    path = tmp_path / "leeg.xlsx"
    assert run_command(["template", "--toewijzing", str(path)]) == Exit.FINE
    book = book_of(path.name, checked_bytes(path), HAND_SHEETS)
    assert list(book.bladen) == ["toewijzing", "gestart", "bezet", "uitwijk", "opvang"]
    texts = texts_of(path)
    assert "Toewijzing: wie betaalt wat, met de hand gemaakt" in texts


def test_the_template_has_drop_downs_of_the_names_of_the_case(village: Path, tmp_path: Path) -> None:
    path = tmp_path / "leeg.xlsx"
    assert run_command(["template", "--toewijzing", "--casus", str(village), str(path)]) == Exit.FINE
    book = openpyxl.load_workbook(path)
    choices = book["_keuzes"]
    heads = {cell.value: cell.column_letter for cell in choices[1]}
    rules = {str(rule.sqref): rule.formula1 for rule in book["toewijzing"].data_validations.dataValidation}
    assert rules["G2:G20000"] == f"'_keuzes'!${heads['dekking']}$2:${heads['dekking']}$7"
    assert [cell.value for cell in choices[heads["dekking"]]][1:7] == [
        "SPUK",
        "LUMP",
        "PXQ",
        "BES",
        "EIGEN",
        "STAD",
    ]


def test_a_case_belongs_to_the_template_of_an_allocation(village: Path, tmp_path: Path) -> None:
    assert run_command(["template", "--casus", str(village), str(tmp_path / "x.xlsx")]) == Exit.USAGE
