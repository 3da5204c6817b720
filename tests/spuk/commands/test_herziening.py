"""`spuk herziening`: what it writes, what it prints, and what it does when it cannot."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from finance.xlsx.verify import verify
from spuk.app import Exit
from spuk.cli import run_command
from tests.casebook import Tables, write_xlsx
from tests.finance.rotterdam import records, tables

RESULT = "resultaat.json"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_xlsx(tables(), tmp_path_factory.mktemp("in") / "regio.xlsx")


@pytest.fixture(scope="module")
def result(path: Path) -> Path:
    """The result of a plan of the case."""
    folder = Path(tempfile.mkdtemp(dir=path.parent))
    assert run_command(["plan", str(path), "--out", str(folder)]) == Exit.FINE
    return folder / path.stem / "basis" / RESULT


def _run(path: Path, *options: str, out: Path | None = None) -> tuple[int, Path]:
    """Run in a folder of its own, or in one that is given."""
    folder = out or Path(tempfile.mkdtemp(dir=path.parent)) / "uit"
    return run_command(["herziening", str(path), "--out", str(folder), *options]), folder / path.stem


def test_it_writes_the_fields_of_the_format_and_a_workbook_that_verifies(path: Path, result: Path) -> None:
    status, folder = _run(path, "--resultaat", str(result))
    assert status == Exit.FINE
    assert sorted(file.name for file in folder.iterdir()) == ["herziening.json", "herziening.xlsx"]
    written = json.loads((folder / "herziening.json").read_text("utf-8"))
    assert list(written) == ["locaties", "gemeenten", "ontbreekt"]
    assert len(written["locaties"]) == 4 * 5
    assert written["locaties"][1] == {
        "locatie": "RH",
        "gemeente": "Rotterdam",
        "categorie": "afbouw vastgoed",
        "drempel_cent": 540_000_00,
        "gerealiseerd_cent": 0,
        "verwacht_cent": 600_000_00,
        "haalt_drempel": True,
        "gedekt_uit_basis_cent": written["locaties"][1]["gedekt_uit_basis_cent"],
        "gevraagd_cent": written["locaties"][1]["gevraagd_cent"],
    }
    (town,) = written["gemeenten"]
    assert set(town) == {"gemeente", "basis_cent", "nodig_cent", "gevraagd_cent"}
    assert town["gevraagd_cent"] == sum(row["gevraagd_cent"] for row in written["locaties"])
    assert town["gevraagd_cent"] <= max(0, town["nodig_cent"] - town["basis_cent"])
    assert verify(folder / "herziening.xlsx").findings == ()


def test_two_runs_write_the_same_bytes(path: Path, result: Path, tmp_path: Path) -> None:
    _, folder = _run(path, "--resultaat", str(result), out=tmp_path)
    first = {file.name: file.read_bytes() for file in folder.iterdir()}
    _run(path, "--resultaat", str(result), out=tmp_path)
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == first


def test_it_prints_what_is_asked_and_what_is_missing(
    path: Path, result: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, folder = _run(path, "--resultaat", str(result))
    printed = capsys.readouterr().out.splitlines()
    assert printed[0].split() == ["locatie", "categorie", "besteed", "drempel", "gevraagd"]
    assert "Landelijk is er in 2027 EUR 11.666.667,00 voor alle gemeenten samen; daarboven krijgt ieder naar rato." in (
        printed
    )
    assert any(line.startswith("Rotterdam: nodig EUR ") for line in printed)
    assert "- Een verklaring van Jeugdformaat dat zij de aanvraag tot herziening onderschrijft" in "\n".join(printed)
    assert printed[-1] == f"geschreven: {folder / 'herziening.xlsx'}"


def test_the_workbook_can_be_compared_and_followed(path: Path, result: Path, tmp_path: Path) -> None:
    _, folder = _run(path, "--resultaat", str(result), out=tmp_path / "een")
    changed = tables()
    changed["kosten"][0]["bedrag"] = 650_000
    again = write_xlsx(changed, tmp_path / "regio.xlsx")
    _, other = _run(again, out=tmp_path / "twee")
    workbook = folder / "herziening.xlsx"
    assert run_command(["diff", str(workbook), str(other / "herziening.xlsx"), "--out", str(tmp_path)]) == Exit.FINDINGS
    assert run_command(["spoor", str(workbook), "voorblad!A5"]) == Exit.FINE
    assert verify(workbook).findings == ()


def _without_regulation(changed: Tables) -> None:
    changed["case"][3]["waarde"] = "vastgoedtransitie-2020"
    del changed["dekking"][1]
    changed["realisatie"] = [row for row in changed["realisatie"] if row["bron"] != "SPUK24"]


def _nameless(changed: Tables) -> None:
    for row in changed["locaties"]:
        row["naam_bijlage2"] = None


def _one_nameless(changed: Tables) -> None:
    changed["locaties"][3]["naam_bijlage2"] = None


def _misspelt(changed: Tables) -> None:
    changed["locaties"][3]["naam_bijlage2"] = "Schakenbos"


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (
            _without_regulation,
            "case!B5: De casus noemt de regeling transformatie-2024 niet. Een herziening hoort bij een uitkering"
            " daarvan: zet transformatie-2024 bij regelingen, en de uitkering in het blad dekking.",
        ),
        (
            _nameless,
            "locaties: Geen enkele locatie heeft een naam uit bijlage 2 van de regeling, en dus een drempel. Vul"
            " naam_bijlage2 in bij de locaties waarvoor u een herziening wilt vragen.",
        ),
        (
            _one_nameless,
            "locaties!E5: Locatie SB (Schakenbosch) heeft bestedingen die voor een herziening tellen, en geen"
            " naam_bijlage2. Vul in hoe bijlage 2 de locatie noemt waar zij bij hoort, of 'niet genoemd'. Bedoelt u"
            " 'Schakenbosch'?",
        ),
        (
            _misspelt,
            "locaties!E5: naam_bijlage2 'Schakenbos' is geen locatie uit bijlage 2 van de regeling van 2024. Bedoelt u"
            " 'Schakenbosch'?",
        ),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_written(
    spoil: Callable[[Tables], None], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changed = tables()
    spoil(changed)
    status, folder = _run(write_xlsx(changed, tmp_path / "regio.xlsx"), out=tmp_path)
    assert status == Exit.FINDINGS
    assert told in capsys.readouterr().err
    assert not folder.exists()


def test_a_clash_names_the_clash(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    changed = tables()
    for row in changed["maatregelen"][:2]:
        row["verplicht"] = "ja"
        row["vereist"] = "P_GEZIN"
    changed["maatregelen"][4]["vroegste_start"] = changed["maatregelen"][4]["laatste_start"] = 2028
    status, folder = _run(write_xlsx(changed, tmp_path / "regio.xlsx"), out=tmp_path)
    assert status == Exit.FINDINGS
    assert "Er is geen plan, en dus geen aanvraag tot herziening." in capsys.readouterr().err
    assert not folder.exists()


def test_a_scenario_is_asked_for_in_a_folder_of_its_own(tmp_path: Path) -> None:
    changed = tables()
    changed["scenarios"] = records(
        "scenario doelblad kolom filter bewerking waarde",
        ("duurder", "kosten", "bedrag", "maatregel=SLUIT_RH;kostensoort=afstoten", "maal", 2),
    )
    case = write_xlsx(changed, tmp_path / "regio.xlsx")
    status, folder = _run(case, "--scenario", "duurder", out=tmp_path)
    assert status == Exit.FINE
    written = json.loads((folder / "duurder" / "herziening.json").read_text("utf-8"))
    assert written["locaties"][1]["verwacht_cent"] == 1_200_000_00


def test_a_time_limit_ends_without_proof_and_says_so(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whether any plan was found by then hangs on the machine; nothing is written without one."""
    status, folder = _run(path, "--tijdslimiet", "0,0001", out=tmp_path)
    assert status == Exit.UNPROVEN
    told = capsys.readouterr().err.splitlines()[-1]
    if folder.exists():
        assert told == "NIET BEWEZEN OPTIMAAL: met een ander plan is de aanvraag anders."
        assert verify(folder / "herziening.xlsx").findings == ()
    else:
        assert told.startswith("Er is geen plan, en dus geen aanvraag tot herziening. ")


def test_a_result_that_breaks_a_rule_is_refused(
    path: Path, result: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A cent of care is moved to the grant of 2024, which pays none: that would be counted as covered."""
    data = json.loads(result.read_text("utf-8"))
    care = next(row for row in data["betalingen"] if row["kostensoort"] == "exploitatie" and not row["realisatie"])
    data["betalingen"].append(care | {"bron": "SPUK24", "bedrag_cent": 1})
    care["bedrag_cent"] -= 1
    changed = tmp_path / RESULT
    changed.write_text(json.dumps(data), "utf-8")
    status, folder = _run(path, "--resultaat", str(changed))
    alone, told = capsys.readouterr().err.split("\n", 1)
    assert status == Exit.FINDINGS
    assert alone.startswith("LET OP: naast resultaat.json staat begroting.xlsx niet.")
    assert told.startswith("resultaat.json!betalingen: ")
    assert "TG24-exploitatie" in told
    assert "Maak een nieuw plan, of laat --resultaat weg." in told
    assert not folder.exists()


@pytest.mark.parametrize("name", [RESULT, "goedgekeurd.json"])
def test_a_lawful_result_without_its_budget_is_told_and_stands_on_the_front(
    path: Path, result: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    """Only the budget beside it can show whether a result was changed."""
    alone = tmp_path / name
    alone.write_bytes(result.read_bytes())
    for plan, said in ((result, "het resultaat is zoals het met de werkmap ernaast is geschreven"), (alone, "staat")):
        status, folder = _run(path, "--resultaat", str(plan), out=tmp_path / plan.parent.name)
        told = capsys.readouterr().err
        assert status == Exit.FINE
        assert ("Of het resultaat nog is wat het programma schreef" in told) is (plan is alone)
        front = openpyxl.load_workbook(folder / "herziening.xlsx", read_only=True)["voorblad"]
        facts = {str(row[0]): str(row[1]) for row in front.iter_rows(values_only=True) if row[0]}
        assert said in facts["Werkmap van dat plan"]
