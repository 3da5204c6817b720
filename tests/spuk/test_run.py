"""The run: which plans are made and written, and what is said of them."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import models
from finance.money import Money
from finance.xlsx.verify import verify
from spuk import run
from spuk.app import Exit
from spuk.cli import run_command
from tests.casebook import small_case, write_xlsx
from tests.spuk.cases import clashing, endless, scenario, tiny, tiny_tables
from tests.spuk.planning import FILES, everything, planned, result_of, two_scenarios

Captured = pytest.CaptureFixture[str]


def texts_of(path: Path) -> list[object]:
    """The values of every cell of a workbook."""
    book = openpyxl.load_workbook(path, data_only=True)
    return [cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small case, planned with all its scenarios; the folder that was written."""
    path = write_xlsx(small_case(), tmp_path_factory.mktemp("klein") / "klein.xlsx")
    status, folder = planned(path, "--all")
    assert status == Exit.FINE
    return folder


def test_each_scenario_has_its_folder_and_they_are_compared(small: Path) -> None:
    names = ["basis", "bouwkosten +10%", "lagere lumpsum"]
    assert list(everything(small)) == sorted(
        ["vergelijking.xlsx", *(f"{name}/{file}" for name in names for file in FILES)]
    )


def test_the_result_and_the_workbook_say_what_they_are_of(small: Path) -> None:
    for name in ("basis", "lagere lumpsum"):
        result = result_of(small / name)
        assert (result["case"], result["scenario"], result["status"]) == ("klein", name, "optimaal")
        shown = texts_of(small / name / "begroting.xlsx")
        assert name in shown
        assert result["herkomst"]["invoer_sha256"] in shown


def test_the_result_names_the_bytes_that_were_read(small: Path) -> None:
    data = (small.parent.parent / "klein.xlsx").read_bytes()
    assert result_of(small / "basis")["herkomst"]["invoer_sha256"] == hashlib.sha256(data).hexdigest()


def test_a_result_names_the_seal_of_its_workbook(small: Path, tmp_path: Path, capsys: Captured) -> None:
    fingerprints = {}
    for name in ("basis", "lagere lumpsum"):
        fingerprints[name] = verify(small / name / "begroting.xlsx").fingerprint
        assert result_of(small / name)["herkomst"]["werkmap_zegel"] == fingerprints[name]
    assert len(set(fingerprints.values())) == 2
    for name, status in (("basis", Exit.FINE), ("lagere lumpsum", Exit.FINDINGS)):
        shutil.copy(small / "basis" / "begroting.xlsx", tmp_path)
        shutil.copy(small / name / "resultaat.json", tmp_path)
        assert run_command(["verify", str(tmp_path / "begroting.xlsx")]) == status
    assert "De werkmap hoort niet bij 'resultaat.json' in dezelfde map." in capsys.readouterr().err


@pytest.mark.parametrize("text", ["{}", "[]", "{", "", "\x00"])
def test_a_result_that_is_none_of_this_workbook_is_a_finding(small: Path, tmp_path: Path, text: str) -> None:
    shutil.copy(small / "basis" / "begroting.xlsx", tmp_path)
    (tmp_path / "resultaat.json").write_text(text)
    assert run_command(["verify", str(tmp_path / "begroting.xlsx")]) == Exit.FINDINGS


def test_a_scenario_changes_the_plan(small: Path) -> None:
    assert result_of(small / "basis")["sluitend"] is True
    assert result_of(small / "lagere lumpsum")["sluitend"] is False
    assert "NIET SLUITEND" in texts_of(small / "lagere lumpsum" / "begroting.xlsx")


def test_every_workbook_of_the_run_verifies(small: Path) -> None:
    for path in small.rglob("*.xlsx"):
        assert verify(path).findings == ()


def test_the_comparison_puts_the_goals_side_by_side(small: Path) -> None:
    sheet = openpyxl.load_workbook(small / "vergelijking.xlsx", data_only=True)["vergelijking"]
    rows = [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
    assert ["Doel", "Eenheid", "basis", "bouwkosten +10%", "lagere lumpsum"] in rows
    uncovered = [row[2:] for row in rows if row[:2] == ["ongedekt", "EUR"]]
    expected = [
        float(goal["waarde"])
        for name in ("basis", "bouwkosten +10%", "lagere lumpsum")
        for goal in result_of(small / name)["doelen"]
        if goal["doel"] == "ongedekt"
    ]
    assert uncovered == [expected, [value - expected[0] for value in expected]]


def test_the_same_input_gives_the_same_bytes(small: Path, tmp_path: Path) -> None:
    path = tmp_path / "klein.xlsx"
    shutil.copy(small.parent.parent / "klein.xlsx", path)
    names = ("--scenario", "lagere lumpsum", "--scenario", "basis")
    status, folder = planned(path, *names)
    assert status == Exit.FINE
    again, first = everything(folder), everything(small)
    assert "vergelijking.xlsx" in again
    assert {name: data for name, data in again.items() if name != "vergelijking.xlsx"} == {
        name: data for name, data in first.items() if name.startswith(("basis/", "lagere lumpsum/"))
    }


def test_one_scenario_that_was_asked_for_is_planned_and_nothing_is_compared(tmp_path: Path) -> None:
    status, folder = planned(two_scenarios(tmp_path), "--scenario", "duur")
    assert (status, [path.name for path in folder.iterdir()]) == (Exit.FINE, ["duur"])


def test_scenarios_are_chosen_once_and_the_basis_goes_first(tmp_path: Path) -> None:
    case = run.check(two_scenarios(tmp_path)).case
    assert run.choose_scenarios(case, [], everything=False) == ("basis",)
    assert run.choose_scenarios(case, ["arm"], everything=False) == ("arm",)
    assert run.choose_scenarios(case, ["arm", "basis", "duur", "arm"], everything=False) == (
        "basis",
        "arm",
        "duur",
    )
    assert run.choose_scenarios(case, ["arm"], everything=True) == ("basis", "duur", "arm")


def test_two_scenarios_one_asked_for_twice_are_planned_and_compared_and_that_is_told_last(
    tmp_path: Path, capsys: Captured
) -> None:
    status, folder = planned(two_scenarios(tmp_path), "--scenario", "arm", "--scenario", "duur", "--scenario", "arm")
    out = capsys.readouterr().out.splitlines()
    assert status == Exit.FINE
    assert sorted(path.name for path in folder.iterdir()) == ["arm", "duur", "vergelijking.xlsx"]
    assert [line for line in out if not line.startswith(" ")] == [
        "arm: NIET SLUITEND, BEWEZEN OPTIMAAL",
        "duur: SLUITEND, BEWEZEN OPTIMAAL",
        f"De scenario's naast elkaar staan in {folder / 'vergelijking.xlsx'}.",
    ]


def test_the_basis_goes_to_a_folder_called_outputs_where_nothing_else_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    two_scenarios(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert run_command(["plan", "dorp.xlsx"]) == Exit.FINE
    assert sorted(everything(tmp_path / "outputs" / "dorp")) == [f"basis/{name}" for name in FILES]


def test_the_hash_is_of_the_bytes_that_were_read_though_the_file_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tiny(tmp_path)
    read = path.read_bytes()
    book_of = run.book_of

    def slow(name: str, data: bytes) -> Any:
        path.write_bytes(b"someone saved the file just now")
        return book_of(name, data)

    monkeypatch.setattr(run, "book_of", slow)
    assert run.check(path).sha256 == hashlib.sha256(read).hexdigest()


LOOKALIKES = (
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    '{"a"}',
    "{=1}",
    "https://x.nl",
    "1e5",
    "TRUE",
)


def test_text_that_looks_like_a_formula_arrives_as_text(tmp_path: Path) -> None:
    tables = tiny_tables()
    tables["maatregelen"] = [
        row | {"maatregel": f"M{number}", "project": f"P{number}", "omschrijving": text}
        for number, text in enumerate(LOOKALIKES, start=1)
        for row in tables["maatregelen"]
    ]
    tables["case"][0]["waarde"] = "=2+5"
    path = write_xlsx(tables, tmp_path / "dorp.xlsx")
    _as_text(path)
    status, folder = planned(path)
    assert status == Exit.FINE
    for data_only in (True, False):
        book = openpyxl.load_workbook(folder / "basis" / "begroting.xlsx", data_only=data_only)
        kinds = {
            cell.value: cell.data_type
            for sheet in book
            for row in sheet.iter_rows()
            for cell in row
            if cell.value in {*LOOKALIKES, "=2+5"}
        }
        assert kinds == dict.fromkeys([*LOOKALIKES, "=2+5"], "s")


def _as_text(path: Path) -> None:
    """Make a text of what openpyxl took for a formula or an error."""
    book = openpyxl.load_workbook(path)
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type in ("f", "e"):
                    cell.data_type = "s"
    book.save(path)


def test_the_time_limit_gives_a_plan_that_says_it_is_not_proven(tmp_path: Path, capsys: Captured) -> None:
    status, folder = planned(endless(tmp_path), "--tijdslimiet", "0,3")
    said = capsys.readouterr()
    assert status == Exit.UNPROVEN
    assert said.err == "NIET BEWEZEN OPTIMAAL: er kan een beter plan zijn. Geef meer tijd met --tijdslimiet.\n"
    assert said.out.startswith("basis: SLUITEND, NIET BEWEZEN OPTIMAAL\n")
    result = result_of(folder / "basis")
    assert result["status"] == "tijdslimiet"
    first, second = result["herkomst"]["bewijs"]
    assert (first["doel"], first["bewezen"], first["kloof"]) == ("ongedekt", True, "0")
    assert (second["doel"], second["bewezen"]) == ("spuk_onbesteed", False)
    assert float(second["kloof"]) > 0
    spent = next(row["waarde"] for row in result["doelen"] if row["doel"] == "spuk_onbesteed")
    assert Decimal(second["grens"]) == Decimal(spent) - Decimal(second["kloof"])
    assert "gestopt door de tijdslimiet" in second["bewijs"]
    shown = texts_of(folder / "basis" / "begroting.xlsx")
    assert "NIET BEWEZEN OPTIMAAL" in shown
    assert [text for text in shown if isinstance(text, str) and text.startswith("spuk_onbesteed: niet bewezen")]
    line = next(line for line in said.out.splitlines() if "spuk_onbesteed" in line)
    assert "(niet bewezen: hooguit EUR " in line


def test_one_unproven_scenario_makes_the_whole_run_unproven(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_plan = models.make_plan

    def unsure(case: Any, *rest: Any) -> Any:
        plan = make_plan(case, *rest)
        proven = [replace(proof, bewezen=case.source["EIGEN"].bedrag == Money(0)) for proof in plan.proofs]
        return replace(plan, proofs=tuple(proven))

    monkeypatch.setattr(models, "make_plan", unsure)
    status, folder = planned(two_scenarios(tmp_path), "--scenario", "basis", "--scenario", "arm")
    assert status == Exit.UNPROVEN
    sheet = openpyxl.load_workbook(folder / "vergelijking.xlsx", data_only=True)["vergelijking"]
    rows = [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
    assert ["basis", "SLUITEND", "NIET BEWEZEN OPTIMAAL"] in rows
    assert ["arm", "NIET SLUITEND", "BEWEZEN OPTIMAAL"] in rows


def test_a_clash_in_one_scenario_is_named_with_it_before_any_other_is_planned(tmp_path: Path, capsys: Captured) -> None:
    path = tiny(
        tmp_path, scenario("te laat", "maatregelen", "laatste_start", "zet", 2022, "maatregel=M2"), **_later_start()
    )
    status, folder = planned(path, "--all")
    said = capsys.readouterr()
    assert (status, said.out, folder.exists()) == (Exit.FINDINGS, "", False)
    assert said.err.startswith("[scenario te laat] Er is geen plan mogelijk: dit kan niet samen.\n")
    assert planned(path)[0] == Exit.FINE


def _later_start() -> dict[str, Any]:
    from tests.models.bare import measure

    return {
        "last": 2023,
        "measures": [
            measure("M1", verplicht="ja", start=(2023, 2023)),
            measure("M2", verplicht="ja", start=(2022, 2023), vereist="P-M1"),
        ],
    }


def test_a_scenario_that_fails_leaves_those_before_it(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_plan = models.make_plan

    def interrupted(case: Any, *rest: Any) -> Any:
        if case.source["EIGEN"].bedrag == Money(0):
            raise KeyboardInterrupt
        return make_plan(case, *rest)

    monkeypatch.setattr(models, "make_plan", interrupted)
    status, folder = planned(two_scenarios(tmp_path), "--all")
    assert status == Exit.FINDINGS
    assert list(everything(folder)) == [f"{name}/{file}" for name in ("basis", "duur") for file in FILES]
    assert capsys.readouterr().err == "Afgebroken. Er is niets half geschreven.\n"


def test_the_steps_that_are_told_are_as_many_as_were_foretold(tmp_path: Path) -> None:
    checked = run.check(two_scenarios(tmp_path))
    told: list[str] = []
    names = ("basis", "arm")
    done = list(run.plan_all(checked, names, tmp_path / "uit", None, told.append))
    assert [item.scenario for item in done] == list(names)
    assert len(told) == len(names) * run.steps(checked.case)
    assert told[0] == "basis: tekort_plaatsen"
    assert told[-1] == "arm: werkmap"


def test_a_plan_for_which_nothing_is_possible_leaves_no_folder(tmp_path: Path) -> None:
    status, folder = planned(clashing(tmp_path))
    assert (status, folder.parent.exists()) == (Exit.FINDINGS, False)
