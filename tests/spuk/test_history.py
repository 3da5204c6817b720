"""Random cases with a history, from the tables to a workbook that verifies and says what was broken."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from finance.books.budget import proposal
from finance.case import build_case
from finance.compliance import broken_facts, require_compliance
from finance.findings import FindingsError, NoPlanError
from finance.money import Money
from finance.plan.allocation import Outcome, facts_of
from finance.provenance import RunInfo
from finance.rules import Entitlement
from finance.statement.result import result_document
from models import make_plan
from spuk.app import Exit
from spuk.cli import run_command
from spuk.facts import AFTER_ALL, SHOWN, never_in_time, told, too_late, unpaid
from spuk.output import write_verified
from spuk.run import case_of, check
from tests.casebook import Record, raw_book, small_built_case, small_case, write_xlsx
from tests.finance.books.budget import variants
from tests.finance.books.budget.handmade import hand_plan
from tests.models.history import random_history

INFO = RunInfo("verleden", "ab" * 32, "spuk 0", "proef", ())


@pytest.mark.parametrize("seed", [208, *range(210, 217), 218, 234])
def test_a_plan_around_a_random_history_has_a_workbook_that_verifies(seed: int, tmp_path: Path) -> None:
    """Every cell recalculates; where closed years broke something, and only there, a control fails."""
    case = random_history(seed).case()
    rules = Entitlement(case)
    try:
        plan = make_plan(case, rules)
    except NoPlanError:
        pytest.skip("no choice of start years is possible")
    broken = require_compliance(case, plan.allocation)
    write_verified(proposal(case, plan, "basis", INFO), tmp_path / "begroting.xlsx", fails=bool(broken))
    assert set(broken_facts(case)) <= set(broken)
    made = [row for row in result_document(case, plan, "basis", INFO)["betalingen"] if row["realisatie"]]  # type: ignore[union-attr, index]
    assert sum(row["bedrag_cent"] for row in made) == sum(row.bedrag.cents for row in case.actuals)


# What the user is told


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The case with a history as a workbook."""
    return write_xlsx(variants.history_tables(), tmp_path_factory.mktemp("verleden") / "dorp.xlsx")


def test_check_tells_what_was_paid_against_a_rule_and_stops_nothing(
    village: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command(["check", str(village)]) == Exit.FINE
    said = capsys.readouterr()
    assert "geen bevindingen" in said.out
    assert [line for line in said.err.splitlines() if "plaatsen!C2" not in line] == [
        "LET OP: dekking!C5: besteedbaar_van 2022 ligt buiten de jaren waarin transformatie-2024 ooit besteed"
        " mag worden (2024 tot en met 2030). In de jaren daarbuiten betaalt de uitkering niets; kijk of het"
        " jaar klopt.",
        "LET OP: realisatie!G5: M1 frictie_pilot 2022 uit SPUK: Frictiekosten zijn geen vastgoed en vallen"
        " buiten de uitkering. Het gaat om EUR 12,34. Regel: VT20-frictie_pilot (Werkagenda Jeugdhulp Plus"
        " Zuidwest 2020/21, par. 4.7, niet toegestaan).",
        "LET OP: gestart!B2: M5 begon in 2022, buiten de eigen jaren (2023 tot en met 2023). Dat telt gewoon"
        " mee; kijk of het jaar klopt.",
        "LET OP: opbrengsten!B3: De opbrengst van M4 (EUR 5.000,00) komt op zijn vroegst in 2026, na 2024"
        " (het laatste jaar van de casus), en kan dus niets betalen. Klopt dat niet, verander dan na_jaren,"
        " of verleng de casus of de bron.",
    ]


def test_plan_writes_its_files_and_says_what_reality_broke(
    village: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command(["plan", str(village), "--out", str(tmp_path)]) == Exit.FINE
    said = capsys.readouterr()
    assert "basis: SLUITEND, BEWEZEN OPTIMAAL, REALISATIE VOLDOET NIET" in said.out
    assert said.err.splitlines()[-1] == AFTER_ALL
    assert "uit beschikking BES-1 is EUR 12,34 besteed dat niet mag of boven een grens uitgaat." in said.err
    assert "van 6 kostenregels in de afgesloten jaren staat niets in realisatie" in said.err
    assert "samen EUR 2.793.000,00" in said.err
    folder = tmp_path / "dorp" / "basis"
    result = json.loads((folder / "resultaat.json").read_text("utf-8"))
    assert (result["afgesloten_tot"], result["opbrengsten"]) == (
        2022,
        [
            {"maatregel": "M1", "bron": "EIGEN", "jaar": 2023, "bedrag_cent": 30_000_025},
            {"maatregel": "M4", "bron": "EIGEN", "jaar": 2026, "bedrag_cent": 500_000},
        ],
    )
    grant = result["beschikkingen"][0]
    assert (grant["beschikking"], grant["te_corrigeren_cent"]) == ("BES-1", 1234)
    assert grant["terug_cent"] == grant["niet_besteed_cent"] + 1234
    assert f"moet {Money(grant['terug_cent']).dutch()} terug" in said.err
    made = [row for row in result["betalingen"] if row["realisatie"]]
    assert ("projectleiding", "SPUK", 8_000_003) in [
        (row["kostensoort"], row["bron"], row["bedrag_cent"]) for row in made
    ]
    assert {row["jaar"] for row in result["betalingen"] if not row["realisatie"]} == {2023, 2024}
    assert {sheet.title for sheet in openpyxl.load_workbook(folder / "begroting.xlsx").worksheets} >= {
        "realisatie",
        "opbrengsten",
        "rekenblad_realisatie",
        "rekenblad_opbrengsten",
    }


@pytest.mark.parametrize(
    ("na_jaren", "besteedbaar_tot", "never", "late"),
    [
        (1, 2024, [], []),
        (2, 2024, [], ["in 2025, na 2024 (het laatste jaar van de casus)"]),
        (3, 2024, ["op zijn vroegst in 2025, na 2024 (het"], ["in 2026, na 2024 (het"]),
        (0, 2023, [], []),
        (1, 2023, [], ["in 2024, na 2023 (besteedbaar_tot van EIGEN)"]),
        (2, 2023, ["op zijn vroegst in 2024, na 2023 (bes"], ["in 2025, na 2023 (besteedbaar_tot"]),
        (9, 2031, ["op zijn vroegst in 2031, na 2024 (het"], ["in 2032, na 2024 (het"]),
    ],
)
def test_proceeds_that_come_too_late_are_told(
    na_jaren: int, besteedbaar_tot: int, never: list[str], late: list[str]
) -> None:
    """M4 can start in 2022 or 2023; the plan starts it in 2023."""
    tables = small_case()
    tables["dekking"][2]["besteedbaar_tot"] = besteedbaar_tot
    tables["opbrengsten"] = [
        {"maatregel": name, "na_jaren": na_jaren, "bedrag": 5_000, "bron": "EIGEN", "herkomst": "A1"}
        for name in ("M4", "M2")
    ]
    case = build_case(raw_book(tables))
    plan = hand_plan(case, {"M4": 2023})
    told_of = [line.partition(" komt ")[2] for line in too_late(Outcome(case, plan.allocation))]
    assert [text in line for text, line in zip(late, told_of, strict=True)] == [True] * len(late)
    before = [line.partition(" komt ")[2] for line in never_in_time(case) if "M4" in line]
    assert [text in line for text, line in zip(never, before, strict=True)] == [True] * len(never)


def test_a_scenario_cannot_change_what_has_happened(tmp_path: Path) -> None:
    tables = variants.history_tables()
    tables["scenarios"] = [
        changed("realisatie", "bedrag", "maatregel=M5;kostensoort=overig", "maal", 2),
        changed("gestart", "jaar", "maatregel=M5", "plus", 1),
    ]
    with pytest.raises(FindingsError) as error:
        check(write_xlsx(tables, tmp_path / "dorp.xlsx"))
    assert [str(row) for row in error.value.findings] == [
        "scenarios!C2: Een scenario kan het blad realisatie niet veranderen: wat is betaald, staat vast; voor"
        " andere feiten is er een andere werkmap. Noem een ander blad.",
        "scenarios!C3: Een scenario kan het blad gestart niet veranderen: wat is begonnen, staat vast; voor"
        " andere feiten is er een andere werkmap. Noem een ander blad.",
    ]


def test_a_scenario_may_close_a_year_and_change_what_a_sale_brings_in(tmp_path: Path) -> None:
    tables = variants.history_tables()
    tables["case"].append({"sleutel": "afgesloten_tot", "waarde": 2022})
    tables["scenarios"] = [
        changed("case", "waarde", "sleutel=afgesloten_tot", "zet", 2023),
        changed("opbrengsten", "bedrag", "maatregel=M1", "zet", 1),
    ]
    case = case_of(check(write_xlsx(tables, tmp_path / "dorp.xlsx")), "anders")
    assert (case.closed_through, str(case.proceeds[0].bedrag)) == (2023, "1.00")


def test_a_scenario_that_makes_nonsense_of_what_has_happened_is_a_finding(tmp_path: Path) -> None:
    tables = variants.history_tables()
    tables["case"].append({"sleutel": "afgesloten_tot", "waarde": 2023})
    tables["gestart"][0]["jaar"] = 2023
    tables["scenarios"] = [changed("case", "waarde", "sleutel=afgesloten_tot", "zet", 2022)]
    with pytest.raises(FindingsError) as error:
        check(write_xlsx(tables, tmp_path / "dorp.xlsx"))
    assert [str(row) for row in error.value.findings] == [
        "[scenario anders] gestart!B2: 2023 is geen afgesloten jaar: afgesloten is tot en met 2022."
        " Verander het jaar, of zet afgesloten_tot in het blad case op 2023."
    ]


def changed(blad: str, kolom: str, filters: str, bewerking: str, waarde: object) -> Record:
    """A row of the scenario `anders`."""
    return {
        "scenario": "anders",
        "omschrijving": None,
        "doelblad": blad,
        "kolom": kolom,
        "filter": filters,
        "bewerking": bewerking,
        "waarde": waarde,
    }


def test_what_is_told_of_many_facts_is_cut_off() -> None:
    case = variants.history()
    breach = broken_facts(case)[0]
    lines = told(case, [replace(breach, waar=f"regel {at}") for at in range(30)])
    assert len(lines) == SHOWN + 1
    assert lines[-1] == "LET OP: en nog 11 feiten van deze soort."


def test_a_case_without_history_is_told_nothing() -> None:
    case = small_built_case()
    assert told(case, ()) == ()
    assert unpaid(Outcome(case, facts_of(case))) == ()
