"""Planning on an earlier result: its decisions given, or kept, with what was changed and why."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from finance.books.budget.kept import MORE
from finance.case import build_case
from finance.case.approval import Approval
from finance.xlsx.verify import verify
from spuk.app import Exit
from spuk.cli import run_command
from tests.casebook import Record, Tables, raw_book, write_xlsx
from tests.models.bare import cost, measure, source
from tests.spuk.cases import scenario, tiny_tables

Captured = pytest.CaptureFixture[str]
MEASURES = [
    measure("M1", start=(2022, 2023), waardering=2, verplicht="ja"),
    measure("M2", start=(2022, 2023), waardering=1),
]
LATER = scenario("later", "maatregelen", "vroegste_start", "zet", 2023, "maatregel=M1")
DEARER = scenario("duurder", "kosten", "bedrag", "plus", Decimal("91.25"), "maatregel=M1")
POORER = scenario("armer", "dekking", "bedrag", "zet", 401_500)


def village(folder: Path, *more: Record) -> Path:
    """Two measures that the pot can pay; in `later` M1 can only start in 2023, in `armer` M2 has no money."""
    return write_xlsx(village_tables(*more), folder / "dorp.xlsx")


def village_tables(*more: Record) -> Tables:
    """Its tables."""
    return tiny_tables(
        LATER,
        DEARER,
        POORER,
        *more,
        last=2023,
        measures=MEASURES,
        need={("gesloten", 2022): 2, ("gesloten", 2023): 2},
        costs=[cost("M1", "verbouwen", 1000), cost("M2", "verbouwen", 5000)],
        sources=[source("EIGEN", "eigen", 500_000, (2022, 2023))],
        goals=[(name, None) for name in ("tekort_plaatsen", "ongedekt", "waardering", "startjaren")],
    )


def plan(case: Path, *options: str) -> int:
    return run_command(["plan", str(case), "--out", str(case.parent / "uit"), *options])


def result_of(folder: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((folder / "resultaat.json").read_text("utf-8"))
    return read


def texts_of(path: Path) -> list[object]:
    book = openpyxl.load_workbook(path, data_only=True)
    return [cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell]


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The village, with its basis planned; no test writes there."""
    path = village(tmp_path_factory.mktemp("gepland"))
    assert plan(path) == Exit.FINE
    return path


@pytest.fixture
def case(planned: Path, tmp_path: Path) -> Path:
    """A copy of the village, with its basis planned."""
    return shutil.copytree(planned.parent, tmp_path / "casus") / planned.name


@pytest.fixture
def made(case: Path) -> Path:
    """The result of the basis."""
    return case.parent / "uit" / "dorp" / "basis" / "resultaat.json"


def starts_of(result: dict[str, Any]) -> dict[str, int]:
    return {row["maatregel"]: row["start"] for row in result["maatregelen"]}


def test_given_decisions_are_tested_under_another_scenario(case: Path, made: Path, capsys: Captured) -> None:
    before = made.read_bytes()
    capsys.readouterr()
    assert plan(case, "--besluiten", str(made), "--scenario", "armer") == Exit.FINE
    first = capsys.readouterr().out.splitlines()[0]
    assert first == "armer: NIET SLUITEND, BEWEZEN OPTIMAAL BIJ GEGEVEN BESLUITEN"
    folder = case.parent / "uit" / "dorp" / "besluiten" / "armer"
    result = result_of(folder)
    assert starts_of(result) == {"M1": 2022, "M2": 2022}
    assert result["herkomst"]["besluiten"]["bestand"] == "resultaat.json"
    assert "wijzigingen" not in result
    texts = texts_of(folder / "begroting.xlsx")
    assert "BEWEZEN OPTIMAAL BIJ GEGEVEN BESLUITEN" in texts
    assert verify(folder / "begroting.xlsx").findings == ()
    assert made.read_bytes() == before


def test_an_approved_plan_is_kept_in_every_scenario_as_far_as_it_can(case: Path, made: Path, capsys: Captured) -> None:
    capsys.readouterr()
    assert plan(case, "--vanaf", str(made), "--all") == Exit.FINE
    said = capsys.readouterr().out
    assert "gewijzigd        niets: het goedgekeurde plan blijft" in said
    assert (
        "gewijzigd        M1: 2022 wordt 2023; prijs van behouden: niet mogelijk. Kan niet blijven:"
        " maatregel M1 begint in 2022 (besluit); maatregel M1 kan alleen starten in 2023 tot en met 2023"
    ) in said
    folder = case.parent / "uit" / "dorp" / "vanaf"
    result = result_of(folder / "later")
    assert result["doelen"][0] == {"doel": "wijzigingen", "waarde": "1", "eenheid": "besluiten"}
    (change,) = result["wijzigingen"]
    assert (change["maatregel"], change["goedgekeurd"], change["nu"]) == ("M1", 2022, 2023)
    assert (change["prijs"], change["doel"]) == ("niet mogelijk", None)
    assert result_of(folder / "armer")["wijzigingen"] == []
    assert (folder / "vergelijking.xlsx").exists()
    for path in folder.rglob("*.xlsx"):
        assert verify(path).findings == ()


def test_amounts_that_differ_are_told_though_no_decision_does(case: Path, made: Path, capsys: Captured) -> None:
    """Two full places cost 200,000 a year; M1 costs 1,000, now 91.25 more, and M2 5,000."""
    capsys.readouterr()
    assert plan(case, "--vanaf", str(made), "--scenario", "duurder") == Exit.FINE
    said = capsys.readouterr().out.splitlines()
    assert [line for line in said if line.startswith(("  gewij", "  bedrag", "  let op"))] == [
        "  gewijzigd        geen besluiten: alle startjaren blijven; de bedragen zijn anders",
        "  bedragen         kosten: EUR 406.000,00 wordt EUR 406.091,25 (verschil EUR 91,25)",
        "  bedragen         uit EIGEN: EUR 406.000,00 wordt EUR 406.091,25 (verschil EUR 91,25)",
    ]
    folder = case.parent / "uit" / "dorp" / "vanaf" / "duurder"
    assert result_of(folder)["wijzigingen"] == []
    beside = result_of(folder)["naast_goedgekeurd"]
    assert beside["kosten"] == [
        {"kostensoort": "verbouwen", "goedgekeurd_cent": 600_000, "nu_cent": 609_125},
        {"kostensoort": "exploitatie", "goedgekeurd_cent": 40_000_000, "nu_cent": 40_000_000},
    ]
    assert beside["betaald"] == [
        {"bron": "EIGEN", "goedgekeurd_cent": 40_600_000, "nu_cent": 40_609_125},
        {"bron": "(ongedekt)", "goedgekeurd_cent": 0, "nu_cent": 0},
    ]
    assert {"doel": "ongedekt", "goedgekeurd": "0.00", "nu": "0.00"} in beside["doelen"]
    assert kept_rows(folder)["EIGEN"] == [406_000, 406_091.25, 91.25]
    assert verify(folder / "begroting.xlsx").findings == ()


def test_a_measure_that_did_not_begin_in_a_closed_year_is_told(case: Path, made: Path, capsys: Captured) -> None:
    """M2 was approved for 2022, and nothing of it began; M1 began a year late: neither is a decision any more."""
    approved = result_of(made.parent)
    approved["maatregelen"] = [row | {"start": 2022} for row in approved["maatregelen"]]
    made.write_text(json.dumps(approved), "utf-8")
    tables = village_tables()
    tables["case"].append({"sleutel": "afgesloten_tot", "waarde": 2023})
    tables["gestart"] = [{"maatregel": "M1", "jaar": 2023}]
    write_xlsx(tables, case)
    capsys.readouterr()
    assert plan(case, "--vanaf", str(made)) == Exit.FINE
    said = capsys.readouterr().out.splitlines()
    assert [line for line in said if line.startswith("  gewij")] == [
        f"  gewijzigd        {name}: 2022 wordt {now};"
        " dit ligt vast door wat tot en met 2023 is begonnen, en is geen besluit meer"
        for name, now in (("M1", 2023), ("M2", "niet"))
    ]


def test_a_plan_that_does_not_close_says_that_more_changes_may(case: Path, made: Path, capsys: Captured) -> None:
    capsys.readouterr()
    assert plan(case, "--vanaf", str(made), "--scenario", "armer") == Exit.FINE
    said = capsys.readouterr().out
    assert "  bedragen         (ongedekt): EUR 0,00 wordt EUR 4.500,00 (verschil EUR 4.500,00)" in said
    assert "misschien sluit het met meer: --wijzigingen" in said
    folder = case.parent / "uit" / "dorp" / "vanaf" / "armer"
    assert MORE in texts_of(folder / "begroting.xlsx")
    assert kept_rows(folder)["(ongedekt)"] == [0, 4_500, 4_500]
    assert plan(case, "--vanaf", str(made), "--scenario", "armer", "--wijzigingen", "1") == Exit.FINE
    assert "misschien sluit" not in capsys.readouterr().out


def kept_rows(folder: Path) -> dict[object, list[object]]:
    """The rows of the sheet of changes with three numbers behind a name."""
    sheet = openpyxl.load_workbook(folder / "begroting.xlsx", data_only=True)["wijzigingen"]
    rows = [list(row[:4]) for row in sheet.iter_rows(values_only=True)]
    return {row[0]: row[1:] for row in rows if all(isinstance(cell, int | float) for cell in row[1:])}


def test_what_a_started_project_has_not_chosen_is_no_decision_any_more(tmp_path: Path) -> None:
    """Of one project the first variant has started: the second, though never approved, is not open."""
    measures = [measure("M1"), measure("M2", "P-M1", (2022, 2023)), measure("M3", start=(2022, 2023))]
    made = tiny_tables(
        last=2023,
        measures=measures,
        need={("gesloten", 2022): 2, ("gesloten", 2023): 2},
        costs=[],
        sources=[source("EIGEN", "eigen", 500_000, (2022, 2023))],
    )
    made["case"].append({"sleutel": "afgesloten_tot", "waarde": 2022})
    made["gestart"] = [{"maatregel": "M1", "jaar": 2022}]
    known = replace(build_case(raw_book(made)), approval=Approval({"M1": 2022, "M2": 2023}))
    assert known.approved == {"M3": None}
    assert known.changed({"M1": 2022}) == ()
    assert known.changed({"M1": 2022, "M3": 2023}) == ("M3",)


def test_with_room_a_change_has_a_price(case: Path, made: Path, capsys: Captured) -> None:
    assert plan(case, "--vanaf", str(made), "--scenario", "armer", "--wijzigingen", "1") == Exit.FINE
    folder = case.parent / "uit" / "dorp" / "vanaf" / "armer"
    (change,) = result_of(folder)["wijzigingen"]
    assert (change["maatregel"], change["nu"], change["doel"]) == ("M2", None, "ongedekt")
    assert (change["waarde"], change["bij_behoud"], change["prijs"]) == ("0.00", "4500.00", "EUR 4.500,00")
    assert "prijs van behouden: EUR 4.500,00. Blijft dit zoals het was, dan is" in capsys.readouterr().out
    rows = texts_of(folder / "begroting.xlsx")
    assert "vervallen" in rows
    assert "EUR 4.500,00" in rows
    assert verify(folder / "begroting.xlsx").findings == ()


def test_a_fresh_plan_on_itself_changes_nothing(case: Path, made: Path) -> None:
    """With the decisions of the optimum given, or kept, the optimum comes out again, payments and all."""
    assert plan(case, "--besluiten", str(made)) == plan(case, "--vanaf", str(made)) == Exit.FINE
    before = result_of(made.parent)
    for use in ("besluiten", "vanaf"):
        after = result_of(case.parent / "uit" / "dorp" / use / "basis")
        assert {key for key in before if before[key] != after[key]} <= {"herkomst", "doelen"}
        assert [row for row in after["doelen"] if row["doel"] != "wijzigingen"] == before["doelen"]


def test_without_the_options_nothing_is_said_of_earlier_plans(made: Path) -> None:
    result = result_of(made.parent)
    assert not {"wijzigingen", "overtredingen"} & set(result)
    assert not {"besluiten", "vanaf", "toewijzing"} & set(result["herkomst"])
    assert "wijzigingen" not in openpyxl.load_workbook(made.parent / "begroting.xlsx").sheetnames


# What is refused


def spoil(made: Path, **changes: Any) -> Path:
    document = {**result_of(made.parent), **changes}
    made.write_text(json.dumps(document), "utf-8")
    return made


def refusal(capsys: Captured) -> str:
    """What was said after the line that tells that the result was changed."""
    first, rest = capsys.readouterr().err.split("\n", 1)
    assert first.startswith("LET OP: begroting.xlsx naast resultaat.json: ")
    return rest


@pytest.mark.parametrize("option", ["--besluiten", "--vanaf"])
def test_a_result_of_another_case_is_refused(option: str, case: Path, made: Path, capsys: Captured) -> None:
    capsys.readouterr()
    assert plan(case, option, str(spoil(made, case="stad"))) == Exit.FINDINGS
    assert refusal(capsys) == (
        "resultaat.json: Dit is een resultaat van de casus 'stad', en niet van 'dorp'. Kies het resultaat van"
        " deze casus, of noem het invoerbestand stad.xlsx.\n1 bevinding.\n"
    )


def test_a_measure_that_is_no_longer_there_is_named(case: Path, made: Path, capsys: Captured) -> None:
    capsys.readouterr()
    rows = [{"maatregel": "M3", "start": 2022}, {"maatregel": "M1", "start": 1999}]
    assert plan(case, "--vanaf", str(spoil(made, maatregelen=rows))) == Exit.FINDINGS
    said = refusal(capsys).splitlines()
    assert said[0].startswith("resultaat.json!maatregelen: Maatregel 'M3' staat niet meer in de casus.")
    assert said[1].startswith("resultaat.json!maatregelen: Het startjaar 1999 van M1 ligt buiten de casus.")


@pytest.mark.parametrize("text", ["", "[]", "{}", "{", "[" * 100_000, '{"schema": "1.0", "case": 3}'])
def test_what_is_no_result_is_refused(text: str, case: Path, capsys: Captured) -> None:
    other = case.parent / "anders.json"
    other.write_text(text, "utf-8")
    capsys.readouterr()
    assert plan(case, "--vanaf", str(other)) == Exit.FINDINGS
    assert "anders.json: Dit is geen volledig resultaat van deze toolkit." in capsys.readouterr().err


def test_a_result_of_a_later_format_is_refused(case: Path, made: Path, capsys: Captured) -> None:
    assert plan(case, "--vanaf", str(spoil(made, schema="2.0"))) == Exit.FINDINGS
    assert "Deze versie van het resultaat (2.0) is niet bekend." in capsys.readouterr().err


def test_a_file_that_is_not_there(case: Path, capsys: Captured) -> None:
    assert plan(case, "--vanaf", "weg.json") == Exit.FINDINGS
    assert "'weg.json' bestaat niet." in capsys.readouterr().err


def test_given_decisions_that_clash_write_nothing(case: Path, made: Path, capsys: Captured) -> None:
    capsys.readouterr()
    assert plan(case, "--besluiten", str(made), "--scenario", "later") == Exit.FINDINGS
    said = capsys.readouterr().err
    assert said.startswith("[scenario later] Er is geen plan mogelijk: dit kan niet samen.\n")
    assert "maatregel M1 begint in 2022 (besluit)" in said
    assert not (case.parent / "uit" / "dorp" / "besluiten").exists()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--besluiten", "a", "--vanaf", "b"), "Kies --besluiten of --vanaf, niet allebei."),
        (("--wijzigingen", "1"), "--wijzigingen hoort bij --vanaf."),
        (("--vanaf", "a", "--wijzigingen", "-1"), "Achter --wijzigingen hoort een geheel getal van 0"),
        (("--vanaf", "a", "--wijzigingen", "veel"), "Achter --wijzigingen hoort een geheel getal van 0"),
    ],
)
def test_options_that_do_not_go_together(options: tuple[str, ...], message: str, capsys: Captured) -> None:
    assert run_command(["plan", "casus.xlsx", *options]) == Exit.USAGE
    assert message in capsys.readouterr().err


def test_a_result_that_is_not_what_its_budget_says_is_told(case: Path, made: Path, capsys: Captured) -> None:
    capsys.readouterr()
    assert plan(case, "--besluiten", str(made)) == Exit.FINE
    assert "LET OP" not in capsys.readouterr().err
    paid = result_of(made.parent)["betalingen"]
    paid[0]["bedrag_cent"] += 1
    assert plan(case, "--besluiten", str(spoil(made, betalingen=paid))) == Exit.FINE
    assert "zegt iets anders dan toen de werkmap werd verzegeld" in capsys.readouterr().err.splitlines()[0]
    (made.parent / "begroting.xlsx").unlink()
    assert plan(case, "--besluiten", str(made)) == Exit.FINE
    assert capsys.readouterr().err.splitlines()[0] == (
        "LET OP: naast resultaat.json staat begroting.xlsx niet. Of het resultaat nog is wat het programma schreef, is"
        " dan niet te zien. Zet ze bij elkaar."
    )
