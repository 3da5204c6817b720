"""The command line at work: every exit status, in Dutch, each word on its own stream."""

from __future__ import annotations

import errno
import logging
import signal
import sys
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import NoReturn

import openpyxl
import pytest

from finance.findings import Finding, FindingsError
from finance.xlsx.engines import libreoffice as with_libreoffice
from spuk import run
from spuk.app import Exit
from spuk.cli import main
from tests.casebook import small_case, write_xlsx
from tests.spuk.cases import clashing, scenario, tiny, tiny_tables
from tests.spuk.planning import spoken

Captured = pytest.CaptureFixture[str]


def test_template_writes_a_workbook_that_stays_as_it_is(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "mijn regio.xlsx"
    assert spoken(capsys, "template", str(path)) == (Exit.FINE, f"Het sjabloon staat in {path}.\n", "")
    before = path.read_bytes()
    status, out, err = spoken(capsys, "template", str(path))
    assert (status, out) == (Exit.USAGE, "")
    assert err == f"'{path}' bestaat al. Kies een andere naam, of verplaats het bestand.\n"
    assert path.read_bytes() == before


GROUPS = (
    "LET OP: plaatsen!C2: 20 plaatsen gesloten zijn geen hele groepen van 8 (2,5). Kijk of plaatsen en"
    " groepsgrootte kloppen. Ook in rij 4."
)


def test_check_counts_what_it_read(tmp_path: Path, capsys: Captured) -> None:
    path = write_xlsx(small_case(), tmp_path / "klein.xlsx")
    assert spoken(capsys, "check", str(path)) == (
        Exit.FINE,
        "klein.xlsx: geen bevindingen (6 maatregelen, 2 scenario's).\n",
        f"{GROUPS}\n",
    )


def test_check_tells_what_is_hardly_meant_and_in_which_scenario(tmp_path: Path, capsys: Captured) -> None:
    """What the case itself has, is not told again of a scenario; what it brings, is."""
    tables = small_case()
    tables["indexen"][2]["percentage"] = Decimal("0.5")
    change = tables["scenarios"][0]
    tables["scenarios"] = [
        change | {"scenario": "dubbel", "kolom": "bedrag", "filter": None, "waarde": 2},
        change
        | {
            "scenario": "loon",
            "doelblad": "indexen",
            "kolom": "percentage",
            "filter": "index=ova",
            "bewerking": "plus",
            "waarde": Decimal("0.3"),
        },
        change
        | {
            "scenario": "bouw",
            "doelblad": "indexen",
            "kolom": "percentage",
            "filter": "index=bouw;jaar=2023",
            "bewerking": "zet",
            "waarde": Decimal("0.6"),
        },
    ]
    status, out, err = spoken(capsys, "check", str(write_xlsx(tables, tmp_path / "klein.xlsx")))
    assert (status, "geen bevindingen" in out) == (Exit.FINE, True)
    assert err.splitlines() == [
        GROUPS,
        "LET OP: indexen!C4: percentage 0,5 is een verandering van 50% in een jaar. Is 0,5% bedoeld, typ dan 0,005.",
        "LET OP: [scenario loon] indexen!C2: percentage 0,3496 is een verandering van 34,96% in een jaar. Is"
        " 0,3496% bedoeld, typ dan 0,003496. Ook in rij 3 en 4. Deze cel is veranderd door rij 3 van het"
        " blad scenarios.",
    ]


def test_check_counts_one_as_one(tmp_path: Path, capsys: Captured) -> None:
    path = tiny(tmp_path, scenario("duur", "kosten", "bedrag", "maal", 2))
    assert spoken(capsys, "check", str(path))[1] == "dorp.xlsx: geen bevindingen (1 maatregel, 1 scenario).\n"


def spoiled(folder: Path) -> Path:
    """A case with a fault in a cell, in how cells hang together, in the rules, and in two scenarios."""
    tables = tiny_tables(
        scenario("niets", "kosten", "bedrag", "maal", 1),
        scenario("mis", "dekking", "besteedbaar_tot", "zet", 2021),
        scenario("wel", "kosten", "bedrag", "maal", 2),
    )
    tables["maatregelen"][0]["vereist"] = "P-M1"
    tables["kosten"][0]["kostensoort"] = "verbowen"
    tables["case"].append({"sleutel": "lezingen", "waarde": "verlenging-2062"})
    return write_xlsx(tables, folder / "dorp.xlsx")


@pytest.mark.parametrize("command", ["check", "plan"])
def test_every_finding_is_told_at_once_and_nothing_is_written(
    command: str, tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    status, out, err = spoken(capsys, command, str(spoiled(tmp_path)))
    assert (status, out) == (Exit.FINDINGS, "")
    *lines, count = err.splitlines()
    assert count == f"{len(lines)} bevindingen."
    places = [line.partition(": ")[0] for line in lines]
    assert {"maatregelen!J2", "kosten!B2", "scenarios!G2", "case!B10"} <= set(places)
    assert [place for place in places if place.startswith("[scenario mis] dekking!")]
    assert sum(place.startswith("[scenario wel]") for place in places) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["dorp.xlsx"]


def test_a_rule_that_nobody_knows_is_a_finding_too(tmp_path: Path, capsys: Captured) -> None:
    path = tiny(tmp_path, settings={"lezingen": "verlenging-2062"})
    status, _, err = spoken(capsys, "check", str(path))
    assert status == Exit.FINDINGS
    assert "verlenging-2026" in err
    assert err.endswith("\n1 bevinding.\n")


UNREADABLE: dict[str, tuple[Callable[[Path], Path], str]] = {
    "absent": (lambda folder: folder / "weg.xlsx", "bestaat niet. Controleer de naam en de map."),
    "a folder": (lambda folder: folder, "is een map en geen werkmap."),
    "no workbook": (lambda folder: _written(folder / "brief.xlsx", b"Geachte"), "is geen Excel-werkmap"),
    "empty": (lambda folder: _written(folder / "leeg.xlsx", b""), "is leeg (0 bytes)."),
}


def _written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("command", ["check", "plan", "tarief", "verify"])
@pytest.mark.parametrize("name", UNREADABLE)
def test_a_file_that_cannot_be_read_is_one_finding(name: str, command: str, tmp_path: Path, capsys: Captured) -> None:
    make, words = UNREADABLE[name]
    status, out, err = spoken(capsys, command, str(make(tmp_path)))
    assert (status, out) == (Exit.FINDINGS, "")
    assert words in err
    assert err.endswith("\n1 bevinding.\n")


def test_an_unknown_scenario_is_wrong_usage_with_the_nearest(tmp_path: Path, capsys: Captured) -> None:
    path = write_xlsx(small_case(), tmp_path / "klein.xlsx")
    status, out, err = spoken(capsys, "plan", str(path), "--scenario", "lagere lumpsom")
    assert (status, out) == (Exit.USAGE, "")
    assert err == "Het scenario 'lagere lumpsom' staat niet in de casus. Bedoelt u 'lagere lumpsum'?\n"


def test_a_clash_is_named_and_nothing_is_written(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    status, out, err = spoken(capsys, "plan", str(clashing(tmp_path)))
    assert (status, out) == (Exit.FINDINGS, "")
    first, *named, last = err.splitlines()
    assert first == "Er is geen plan mogelijk: dit kan niet samen."
    assert [line for line in named if "M2" in line and "P-M1" in line]
    assert last.startswith("Maak een project niet verplicht")
    assert [path.name for path in tmp_path.iterdir()] == ["dorp.xlsx"]


def test_a_plan_is_told_in_a_few_lines(tmp_path: Path, capsys: Captured) -> None:
    status, out, err = spoken(capsys, "plan", str(tiny(tmp_path)), "--out", str(tmp_path / "uit"))
    assert (status, err) == (Exit.FINE, "")
    assert out.splitlines() == [
        "basis: SLUITEND, BEWEZEN OPTIMAAL",
        "  tekort_plaatsen  0 plaatsjaren",
        "  uitwijk          0 plaatsjaren",
        "  boven_plafond    0 plaatsjaren",
        "  ongedekt         EUR 0,00",
        "  eigen_geld       EUR 201.000,00",
        "  waardering       0 punten",
        "  kosten_ncw       EUR 201.000,00",
        "  spuk_onbesteed   EUR 0,00",
        "  startjaren       0 jaren",
        "  gekozen          M1 (2022)",
        f"  geschreven       {tmp_path / 'uit' / 'dorp' / 'basis'}",
    ]


def test_a_workbook_that_was_changed_does_not_verify(tmp_path: Path, capsys: Captured) -> None:
    spoken(capsys, "plan", str(tiny(tmp_path)), "--out", str(tmp_path))
    path = tmp_path / "dorp" / "basis" / "begroting.xlsx"
    status, out, err = spoken(capsys, "verify", str(path))
    assert (status, err) == (Exit.FINE, "")
    assert out.startswith("begroting.xlsx: ")
    book = openpyxl.load_workbook(path)
    book["voorblad"]["A1"] = "Realisatie"
    book.save(path)
    status, out, err = spoken(capsys, "verify", str(path))
    assert status == Exit.FINDINGS
    assert out.startswith("begroting.xlsx: ")
    assert " afwijkingen; " in out
    assert "voorblad!A1: " in err
    assert "'Realisatie'" in err
    assert err.splitlines()[-1].endswith(" bevindingen.")


def test_many_workbooks_are_verified_though_one_cannot_be_read(tmp_path: Path, capsys: Captured) -> None:
    spoken(capsys, "plan", str(tiny(tmp_path)), "--out", str(tmp_path))
    path = tmp_path / "dorp" / "basis" / "begroting.xlsx"
    status, out, err = spoken(capsys, "verify", str(tmp_path / "weg.xlsx"), str(path))
    assert status == Exit.FINDINGS
    assert out.startswith(f"{path}: ")
    assert "herberekend door IronCalc" in out
    assert err.splitlines()[0] == f"{tmp_path / 'weg.xlsx'}:"
    assert "bestaat niet" in err.splitlines()[1]


def test_an_engine_that_is_not_there_is_a_finding(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    def absent() -> NoReturn:
        raise FindingsError([Finding("", "", "LibreOffice is er niet.", "Installeer het.")])

    monkeypatch.setattr(with_libreoffice, "find_libreoffice", absent)
    path = str(tmp_path / "begroting.xlsx")
    status, out, err = spoken(capsys, "verify", "--engine", "LibreOffice", path)
    assert (status, out) == (Exit.FINDINGS, "")
    assert err.splitlines() == ["LibreOffice is er niet. Installeer het.", "1 bevinding."]


def test_a_workbook_of_another_program_does_not_verify(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "ander.xlsx"
    openpyxl.Workbook().save(path)
    status, out, err = spoken(capsys, "verify", str(path))
    assert (status, out) == (Exit.FINDINGS, "")
    assert "zegel" in err


def test_check_tells_what_nobody_sees(tmp_path: Path, capsys: Captured) -> None:
    path = tiny(tmp_path)
    book = openpyxl.load_workbook(path)
    book["kosten"].row_dimensions[2].hidden = True
    book["vraag"].row_dimensions[2].hidden = book["vraag"].row_dimensions[3].hidden = True
    book["dekking"].sheet_state = "hidden"
    book.save(path)
    status, out, err = spoken(capsys, "check", str(path))
    assert (status, "geen bevindingen" in out) == (Exit.FINE, True)
    assert sorted(err.splitlines()) == [
        "LET OP: dekking: Het blad is verborgen; wat erop staat, telt gewoon mee.",
        "LET OP: kosten!rij 2: Deze rij is verborgen (of weggefilterd), maar telt gewoon mee. Verwijder wat"
        " niet mee mag tellen.",
        "LET OP: vraag!rij 2 en 3: Deze rijen zijn verborgen (of weggefilterd), maar tellen gewoon mee."
        " Verwijder wat niet mee mag tellen.",
    ]


def test_what_nobody_sees_is_told_before_findings_that_may_come_from_it(tmp_path: Path, capsys: Captured) -> None:
    path = tiny(tmp_path)
    book = openpyxl.load_workbook(path)
    book["kosten"].row_dimensions[2].hidden = True
    book["kosten"]["D2"] = -1
    book.save(path)
    status, _, err = spoken(capsys, "toets", str(path), str(path))
    first, second, last = err.splitlines()
    assert status == Exit.FINDINGS
    assert first.startswith("LET OP: kosten!rij 2: Deze rij is verborgen")
    assert second.startswith("kosten!D2:")
    assert last == "1 bevinding."


@pytest.mark.parametrize("command", ["check", "plan"])
def test_a_budget_is_no_input(command: str, tmp_path: Path, capsys: Captured) -> None:
    book = openpyxl.Workbook()
    for name in ("voorblad", "maatregelen", "dekking", "zegel"):
        book.create_sheet(name)
    book.save(tmp_path / "begroting.xlsx")
    status, out, err = spoken(capsys, command, str(tmp_path / "begroting.xlsx"))
    assert (status, out) == (Exit.FINDINGS, "")
    assert err.splitlines() == [
        "'begroting.xlsx' is een werkmap die spuk heeft geschreven, en hier hoort de invoer van een casus."
        " Noem de invoerwerkmap waaruit zij is gemaakt.",
        "1 bevinding.",
    ]


def test_the_log_names_the_stages_and_goes_to_standard_error(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    status, out, err = spoken(capsys, "--logboek", "check", str(tiny(tmp_path)))
    assert (status, out.count("\n")) == (Exit.FINE, 1)
    assert "spuk.run: lezen: " in err
    assert "spuk.run: controleren: " in err
    assert spoken(capsys, "check", str(tiny(tmp_path)))[2] == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ("--logboek", "plan", "PAD", "--out", "UIT"),
        ("plan", "PAD", "--out", "UIT", "--logboek"),
        ("plan", "--logboek", "PAD", "--out", "UIT"),
        ("waarom", "PAD", "M1", "--out", "UIT", "--logboek"),
        ("ladder", "PAD", "--out", "UIT", "--logboek"),
    ],
)
def test_the_log_may_be_asked_for_anywhere_and_names_every_step(
    arguments: tuple[str, ...], tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    case, out = str(tiny(tmp_path)), str(tmp_path / "uit")
    words = [{"PAD": case, "UIT": out}.get(word, word) for word in arguments]
    status, _, err = spoken(capsys, *words)
    assert status == Exit.FINE
    assert ("spuk.run: basis: ongedekt" if "plan" in arguments else "spuk.run: het plan zelf") in err
    if "--logboek" in arguments[:1]:
        assert "spuk.run:" not in spoken(capsys, *words[1:])[2]


def test_a_scenario_is_found_in_either_unicode_form(capsys: Captured, tmp_path: Path) -> None:
    case = {**small_case(), "scenarios": [{**row, "scenario": "één"} for row in small_case()["scenarios"]]}
    path = write_xlsx(case, tmp_path / "klein.xlsx")
    name = unicodedata.normalize("NFD", "één")
    assert spoken(capsys, "plan", str(path), "--scenario", name, "--out", str(tmp_path))[0] == Exit.FINE
    assert (tmp_path / "klein" / "één" / "resultaat.json").exists()


def test_a_fault_of_the_system_is_no_fault_of_the_toolkit(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: Path) -> None:
        raise OSError(errno.EIO, "Input/output error", "x.xlsx")

    monkeypatch.setattr(run, "check", fail)
    status, out, err = spoken(capsys, "check", "x.xlsx")
    assert (status, out) == (Exit.FINDINGS, "")
    assert err.startswith("Dat lukt niet met 'x.xlsx': het systeem zegt 'Input/output error'.")


def left_with(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> object:
    """The exit status with which a process would end."""
    monkeypatch.setattr(sys, "argv", ["spuk", *arguments])
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    with pytest.raises(SystemExit) as left:
        main()
    return left.value.code


def test_the_process_ends_with_the_exit_status(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert left_with(monkeypatch, "check", str(tiny(tmp_path))) == 0
    assert left_with(monkeypatch, "check", str(tmp_path)) == 1
    assert left_with(monkeypatch, "chek") == 2


def test_a_fault_of_the_toolkit_is_a_sentence_and_in_the_log_a_traceback(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Path) -> None:
        raise ZeroDivisionError("door nul")

    monkeypatch.setattr(run, "check", fail)
    assert left_with(monkeypatch, "check", "x.xlsx") == 1
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert said.err.startswith("Er ging iets mis in de toolkit zelf (ZeroDivisionError: door nul).")
    assert left_with(monkeypatch, "--logboek", "check", "x.xlsx") == 1
    assert "Traceback" in capsys.readouterr().err


def test_ctrl_c_is_one_line(tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(_: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(run, "check", stop)
    assert spoken(capsys, "check", "x.xlsx") == (
        Exit.FINDINGS,
        "",
        "Afgebroken. Er is niets half geschreven.\n",
    )


def test_markup_in_a_name_is_shown_as_it_is(tmp_path: Path, capsys: Captured) -> None:
    status, out, _ = spoken(capsys, "check", str(tiny(tmp_path, name="[bold]x :smile:.xlsx")))
    assert (status, out) == (
        Exit.FINE,
        "[bold]x :smile:.xlsx: geen bevindingen (1 maatregel, 0 scenario's).\n",
    )
