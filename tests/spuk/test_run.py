"""The run: what is written where, what it says, and that nothing is ever half written."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import models
from finance.findings import OutputError
from finance.money import Money
from finance.workbook import verifying
from finance.workbook.verifying import Deviation, Kind, VerifyReport, verify
from spuk import run
from spuk.cli import Exit, run_command
from tests.casebook import small_case, write_xlsx
from tests.spuk.cases import clashing, endless, scenario, tiny, tiny_tables

Captured = pytest.CaptureFixture[str]
OLD = b"van vorig jaar"
FILES = ("begroting.xlsx", "resultaat.json")


def planned(path: Path, *options: str) -> tuple[int, Path]:
    """Plan a case into a folder beside it; the status, and the folder of the case."""
    out = path.parent / "uit"
    return run_command(["plan", str(path), "--out", str(out), *options]), out / path.stem


def everything(folder: Path) -> dict[str, bytes]:
    """Every file under a folder, hidden ones too."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def result_of(folder: Path) -> dict[str, Any]:
    """The result that a run wrote."""
    read: dict[str, Any] = json.loads((folder / "resultaat.json").read_text("utf-8"))
    return read


def texts_of(path: Path) -> list[object]:
    """The values of every cell of a workbook."""
    book = openpyxl.load_workbook(path, data_only=True)
    return [
        cell
        for sheet in book
        for row in sheet.iter_rows(values_only=True)
        for cell in row
        if cell is not None
    ]


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


@pytest.mark.parametrize(("text", "status"), [("{}", Exit.FINE), ("[]", Exit.FINE), ("{", Exit.FINDINGS)])
def test_a_result_that_names_no_seal_says_nothing_and_one_that_is_broken_is_a_finding(
    small: Path, tmp_path: Path, text: str, status: Exit
) -> None:
    shutil.copy(small / "basis" / "begroting.xlsx", tmp_path)
    (tmp_path / "resultaat.json").write_text(text)
    assert run_command(["verify", str(tmp_path / "begroting.xlsx")]) == status


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


def two_scenarios(folder: Path, name: str = "dorp.xlsx") -> Path:
    """The tiny case with two scenarios."""
    dear = scenario("duur", "kosten", "bedrag", "maal", 2)
    return tiny(folder, dear, scenario("arm", "dekking", "bedrag", "zet", 0), name=name)


@pytest.mark.parametrize(
    ("options", "folders"),
    [
        ((), ["basis"]),
        (("--scenario", "duur"), ["duur"]),
        (
            ("--scenario", "arm", "--scenario", "basis", "--scenario", "arm"),
            ["arm", "basis", "vergelijking.xlsx"],
        ),
    ],
    ids=["basis alone", "one", "two, one of them twice"],
)
def test_the_scenarios_that_were_asked_for_are_planned(
    options: tuple[str, ...], folders: list[str], tmp_path: Path
) -> None:
    status, folder = planned(two_scenarios(tmp_path), *options)
    assert (status, sorted(path.name for path in folder.iterdir())) == (Exit.FINE, folders)


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


def test_where_the_comparison_stands_is_told_last(tmp_path: Path, capsys: Captured) -> None:
    status, folder = planned(two_scenarios(tmp_path), "--scenario", "arm", "--scenario", "duur")
    out = capsys.readouterr().out.splitlines()
    assert status == Exit.FINE
    assert [line for line in out if not line.startswith(" ")] == [
        "arm: NIET SLUITEND, BEWEZEN OPTIMAAL",
        "duur: SLUITEND, BEWEZEN OPTIMAAL",
        f"De scenario's naast elkaar staan in {folder / 'vergelijking.xlsx'}.",
    ]


def test_out_is_a_folder_called_outputs_where_nothing_else_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tiny(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert run_command(["plan", "dorp.xlsx"]) == Exit.FINE
    assert sorted(everything(tmp_path / "outputs" / "dorp" / "basis")) == list(FILES)


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


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("mijn regio (definitief) é.xlsx", "mijn regio (definitief) é"), (".dorp.xlsx", ".dorp"),
        (".xlsx", ".xlsx"), ("dorp.v2.xlsx", "dorp.v2"), ("DORP.XLSX", "DORP"), ("dorp", "dorp"),
        ("'dorp'.xlsx", "'dorp'"), ("dorp;rm -rf.xlsx", "dorp;rm -rf"),
    ],
)  # fmt: skip
def test_any_name_of_a_file_will_do(name: str, folder: str, tmp_path: Path) -> None:
    tiny(tmp_path, name="los.xlsx").rename(tmp_path / name)
    checked = run.check(tmp_path / name)
    assert run.folder_of(checked, tmp_path) == tmp_path / folder
    assert checked.path.name == name


def test_a_name_with_spaces_and_accents_goes_all_the_way(tmp_path: Path) -> None:
    status, folder = planned(
        tiny(tmp_path, name="mijn régio 50% [1].xlsx"), "--out", str(tmp_path / "uit & thuis")
    )
    assert (status, folder.exists()) == (Exit.FINE, False)
    found = everything(tmp_path / "uit & thuis")
    assert list(found) == [f"mijn régio 50% [1]/basis/{name}" for name in FILES]
    assert json.loads(found["mijn régio 50% [1]/basis/resultaat.json"])["case"] == "mijn régio 50% [1]"


@pytest.mark.parametrize("name", ["...xlsx", "..xlsx"])
def test_a_name_that_is_no_folder_of_its_own_is_refused(name: str, tmp_path: Path, capsys: Captured) -> None:
    tiny(tmp_path, name="los.xlsx").rename(tmp_path / name)
    before = everything(tmp_path)
    status, _ = planned(tmp_path / name)
    assert (status, everything(tmp_path)) == (Exit.USAGE, before)
    assert f"'{name}'" in capsys.readouterr().err


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
    assert (
        said.err == "NIET BEWEZEN OPTIMAAL: er kan een beter plan zijn. Geef meer tijd met --tijdslimiet.\n"
    )
    assert said.out.startswith("basis: SLUITEND, NIET BEWEZEN OPTIMAAL\n")
    result = result_of(folder / "basis")
    assert result["status"] == "tijdslimiet"
    first, second = result["herkomst"]["bewijs"]
    assert (first["doel"], first["bewezen"], first["kloof"]) == ("ongedekt", True, "0")
    assert (second["doel"], second["bewezen"]) == ("spuk_onbesteed", False)
    assert float(second["kloof"]) > 0
    assert "gestopt door de tijdslimiet" in second["bewijs"]
    shown = texts_of(folder / "basis" / "begroting.xlsx")
    assert "NIET BEWEZEN OPTIMAAL" in shown
    assert [
        text for text in shown if isinstance(text, str) and text.startswith("spuk_onbesteed: niet bewezen")
    ]
    line = next(line for line in said.out.splitlines() if "spuk_onbesteed" in line)
    assert "(niet bewezen: hooguit EUR " in line


def test_one_unproven_scenario_makes_the_whole_run_unproven(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
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


def test_a_clash_in_one_scenario_is_named_with_it_before_any_other_is_planned(
    tmp_path: Path, capsys: Captured
) -> None:
    path = tiny(tmp_path, scenario("te laat", "maatregelen", "laatste_start", "zet", 2022, "maatregel=M2"),
                **_later_start())  # fmt: skip
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


def failing(fault: BaseException) -> Callable[..., Any]:
    """What fails whenever it is called."""

    def fail(*_: Any, **__: Any) -> Any:
        raise fault

    return fail


def test_a_full_disk_leaves_the_old_files(
    old: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", failing(OSError(errno.ENOSPC, "No space left on device")))
    assert planned(old)[0] == Exit.FINDINGS
    assert "is niet geschreven: de schijf is vol. Maak ruimte vrij" in capsys.readouterr().err


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
    monkeypatch.setattr(verifying, "verify", failing(KeyboardInterrupt()))
    assert planned(old)[0] == Exit.FINDINGS
    assert capsys.readouterr().err == "Afgebroken. Er is niets half geschreven.\n"


def test_a_workbook_that_does_not_verify_is_not_put_in_place(
    old: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = [Deviation(Kind.CONTROL, "controles", f"F{row}", "VOLDOET NIET.") for row in range(5, 30)]
    monkeypatch.setattr(verifying, "verify", lambda _: VerifyReport(tuple(wrong), 1, ""))
    assert planned(old)[0] == Exit.FINDINGS
    first, *listed = capsys.readouterr().err.splitlines()
    assert first == "De werkmap is niet geschreven, want ze klopt niet. Meld het aan de makers."
    assert len(listed) == run.LISTED
    assert listed[0].startswith("  - controles!F5: ")


def test_a_plan_that_breaks_a_rule_is_not_written(
    old: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
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
        *(f"{name}/{file}" for name in ("basis", "duur") for file in FILES), "vergelijking.xlsx",
    ]  # fmt: skip
    assert "vergelijking.xlsx' is niet geschreven: " in capsys.readouterr().err


def test_a_comparison_that_does_not_verify_is_not_put_in_place(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = VerifyReport((Deviation(Kind.STATEMENT, "vergelijking", "C9", "anders."),), 1, "")
    fine = VerifyReport((), 1, "")
    monkeypatch.setattr(
        verifying, "verify", lambda path: wrong if path.name.startswith(".vergelijking") else fine
    )
    status, folder = planned(two_scenarios(tmp_path), "--scenario", "basis", "--scenario", "duur")
    assert (status, sorted(path.name for path in folder.iterdir())) == (Exit.FINDINGS, ["basis", "duur"])
    assert "vergelijking!C9" in capsys.readouterr().err


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


@pytest.fixture
def unsolved(monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that starts to solve has gone too far."""
    monkeypatch.setattr(models, "make_plan", failing(AssertionError("it was solved first")))


@pytest.mark.usefixtures("unsolved")
def test_an_out_that_is_a_file_is_told_before_the_solve(tmp_path: Path, capsys: Captured) -> None:
    path = tiny(tmp_path)
    (tmp_path / "uit").write_bytes(OLD)
    status, folder = planned(path)
    assert (status, (tmp_path / "uit").read_bytes()) == (Exit.FINDINGS, OLD)
    assert capsys.readouterr().err == (
        f"In '{folder}' kan niet worden geschreven. Kies met --out een andere map.\n"
    )


@pytest.mark.usefixtures("unsolved")
def test_a_folder_that_may_not_be_written_to_is_told_before_the_solve(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    access = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: access(path, mode) and mode != os.W_OK)
    status, folder = planned(tiny(tmp_path))
    assert (status, folder.exists()) == (Exit.FINDINGS, False)
    assert "Kies met --out een andere map." in capsys.readouterr().err


def test_a_folder_that_can_be_made_is_not_made_yet(tmp_path: Path) -> None:
    run.refuse_unwritable(tmp_path / "a" / "b")
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "a").write_bytes(OLD)
    with pytest.raises(OutputError):
        run.refuse_unwritable(tmp_path / "a" / "b")


def test_a_target_that_is_a_folder_is_named(tmp_path: Path, capsys: Captured) -> None:
    path = tiny(tmp_path)
    (tmp_path / "uit" / "dorp" / "basis" / "begroting.xlsx").mkdir(parents=True)
    status, folder = planned(path)
    assert (status, everything(folder)) == (Exit.FINDINGS, {})
    assert "begroting.xlsx' is niet geschreven: er staat een map met die naam." in capsys.readouterr().err


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
