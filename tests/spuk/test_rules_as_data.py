"""A second share cap, and a new condition on measures, added as data: the whole program follows."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import openpyxl
import pytest

from finance.case import CostLine
from finance.compliance import check_allocation
from finance.money import Money
from finance.plan.allocation import Allocation
from finance.statement import Statement
from finance.statement.checks import CheckKind
from models import make_plan
from models.ladders import ladder_steps
from spuk.cli import run_command
from spuk.options import ENGINES
from tests.casebook import Tables, write_xlsx
from tests.finance.books.budget.live import Live
from tests.finance.rules.added import added_rule, share_cap
from tests.models.bare import Bare, cost, effect, measure, places, source
from tests.models.hamlet import BOTH

ROOT: Final = Path(__file__).parents[2]
REGULATION: Final = "finance/rules/vastgoedtransitie-2020.toml"
CONDITION: Final = """
[[regel]]
id = "PROEF-akkoord"
soort = "voorwaarde"
eis = "akkoord_gemeente"
van = 2020-10-01
bekend_sinds = 2020-09-16
artikel = "art. 2"
publicatie = "Proef"
feit = "proef"
rang = "regeling"
uitleg = "Alleen maatregelen waar de gemeente akkoord mee is."
"""
ENTRY: Final = """    condition(
        "akkoord_gemeente", "akkoord gemeente", "Betaald voor een maatregel zonder akkoord van de gemeente"
    ),
"""
COLUMN: Final = """    akkoord_gemeente: Annotated[bool, YES] = column("Is de gemeente akkoord?")
"""

PLANNING: Final = Bare(
    last=2023,
    places=[places("L1", "gesloten", 2, (0, 0))],
    measures=[measure("M", start=BOTH, verplicht="ja")],
    costs=[
        cost("M", "vastgoedplan", 40_000),
        cost("M", "projectleiding", 90_000),
        cost("M", "bovenregionaal_plan", 20_000),
        cost("M", "verbouwen", 300_000),
    ],
    sources=[
        source("S1", "spuk", 1_000_000, BOTH, beschikking="B1"),
        source("S2", "spuk", Decimal("200000.01"), BOTH, beschikking="B2", aanbieder="B"),
        source("EIGEN", "eigen", 900_000, BOTH),
    ],
)
"""Of B1 the first cap is 50,000 and the second 25,000; of B2, which pays only provider B, nothing."""


@pytest.fixture
def second_cap() -> Iterator[None]:
    """The rules with a second share cap in the regulation of 2020."""
    with added_rule(share_cap("PROEF-tweede", "0.025", "vastgoedplan")):
        yield


def of_m(sort: str, year: int = 2022) -> CostLine:
    return CostLine("M", "", "", sort, year)


@pytest.mark.usefixtures("second_cap")
def test_the_model_holds_both_caps_and_compliance_finds_a_cent_above_either() -> None:
    case = PLANNING.case()
    statement = Statement(case, make_plan(case, Statement(case, Allocation({}, {}, {}, {})).rules).allocation)
    assert [(cap.regel.id, cap.beschikking, str(cap.grens)) for cap in statement.rules.share_caps] == [
        ("VT20-deelplafond", "B1", "50000.00"),
        ("PROEF-tweede", "B1", "25000.00"),
        ("VT20-deelplafond", "B2", "10000.00"),
        ("PROEF-tweede", "B2", "5000.00"),
    ]
    paid = [cap.paid(statement.allocation.payments) for cap in statement.rules.share_caps]
    assert [str(amount) for amount in paid] == ["50000.00", "25000.00", "0.00", "0.00"]
    checks = [row for row in statement.checks if row.soort is CheckKind.SHARE_CAP]
    assert [(row.regel, row.onderwerp) for row in checks] == [
        (cap.regel.id, cap.beschikking) for cap in statement.rules.share_caps
    ]
    assert [row.waarde for row in checks] == paid
    assert all(row.voldoet for row in checks)
    assert check_allocation(case, statement.allocation) == ()
    for sort, rule in (("vastgoedplan", "PROEF-tweede"), ("projectleiding", "VT20-deelplafond")):
        over = {(of_m(sort), "S1"): Money(2_500_001 if rule == "PROEF-tweede" else 5_000_001)}
        broken = check_allocation(case, Allocation({"M": 2022}, {}, {}, over))
        assert [(row.regel, row.waar) for row in broken if row.regel != "C8"] == [(rule, "B1")]


@pytest.mark.usefixtures("second_cap")
def test_a_ladder_tells_the_caps_of_one_decision_apart() -> None:
    names = [step.naam for step in ladder_steps(PLANNING.case(), [Money(100)]) if step.soort == "deelplafond"]
    assert names == ["B1 (VT20-deelplafond)", "B1 (PROEF-tweede)", "B2 (VT20-deelplafond)", "B2 (PROEF-tweede)"]


@pytest.mark.usefixtures("second_cap")
def test_both_caps_stand_in_a_plan_and_every_engine_agrees(tmp_path: Path) -> None:
    """The excess is counted once, per cap and year, and turning a cell turns the right check."""
    path = write_xlsx(PLANNING.tables(), tmp_path / "dorp.xlsx")
    assert run_command(["plan", str(path), "--out", str(tmp_path / "uit")]) == 0
    made = tmp_path / "uit/dorp/basis"
    caps = [row for row in result(made)["regels"] if row["regel"] in ("VT20-deelplafond", "PROEF-tweede")]
    assert [(row["regel"], row["waarde_cent"], row["grens_cent"]) for row in caps][:2] == [
        ("VT20-deelplafond", 5_000_000, 5_000_000),
        ("PROEF-tweede", 2_500_000, 2_500_000),
    ]
    for engine in ENGINES:
        if engine == "ironcalc" or shutil.which("soffice"):
            book = str(made / "begroting.xlsx")
            assert run_command(["verify", book, "--engine", engine]) == 0


@pytest.mark.usefixtures("second_cap")
def test_turning_a_cell_turns_the_check_of_that_cap_alone(tmp_path: Path) -> None:
    live = Live(PLANNING.case(), {"M": 2022}, tmp_path / "begroting.xlsx")
    rows = {
        name: live.find("deelplafond", regel=name, beschikking="B1") for name in ("VT20-deelplafond", "PROEF-tweede")
    }
    assert [live.get("deelplafond", "oordeel", row) for row in rows.values()] == ["VOLDOET"] * 2
    paid = live.find("betaling", kostensoort="vastgoedplan", bron="S1")
    live.put("betaling", "bedrag", paid, 25_000.01)
    assert [live.get("deelplafond", "oordeel", row) for row in rows.values()] == ["VOLDOET", "VOLDOET NIET"]
    above = live.find("bovenplafond", regel="PROEF-tweede", beschikking="B1", jaar=2022)
    assert live.get("bovenplafond", "boven", above) == pytest.approx(0.01)
    assert live.get("bovenplafond", "boven", live.find("bovenplafond", regel="VT20-deelplafond")) == 0
    post = live.find("post", groep="vastgoedtransitie-2020", kostensoort="vastgoedplan")
    assert live.get("post", "deelplafond", post) == "PROEF-tweede"
    live.put("post", "deelplafond", post, "nee")
    assert [live.get("deelplafond", "oordeel", row) for row in rows.values()] == ["VOLDOET"] * 2


def result(folder: Path) -> Any:
    return json.loads((folder / "resultaat.json").read_text("utf-8"))


@dataclass(frozen=True)
class Edited:
    """A copy of the program, with some texts put into its files."""

    root: Path

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the program of the copy."""
        command = [sys.executable, "-m", "spuk", *arguments]
        return subprocess.run(command, cwd=self.root, capture_output=True, text=True, check=False)


def edited(root: Path, edits: Mapping[str, tuple[str, str]]) -> Edited:
    """Copy the program, and put a text behind a text of some files (at the end where that is empty)."""
    for package in ("finance", "models", "spuk"):
        shutil.copytree(ROOT / package, root / package, ignore=shutil.ignore_patterns("__pycache__"))
    for name, (after, added) in edits.items():
        text = (root / name).read_text("utf-8")
        assert text.count(after) == 1 or not after
        (root / name).write_text(text.replace(after, after + added) if after else text + added, "utf-8")
    return Edited(root)


ROWS: Final = "finance/case/rows/measures.py"
EDITS: Final = {
    REGULATION: ("", CONDITION),
    "finance/rules/tests.py": ("CONDITIONS: Final = (\n", ENTRY),
    ROWS: ('column("Is de maatregel voor jeugdhulp plus? Een spuk kan dat eisen.")\n', COLUMN),
}
"""All that a new condition asks for: a rule, an entry and a column."""


def agreed() -> Tables:
    """A case of two measures, of which the municipality agrees with one."""
    bare = Bare(
        places=[places("L1", "gesloten", 2, (0, 0))],
        measures=[
            measure("JA", verplicht="ja", akkoord_gemeente="ja"),
            measure("NEE", verplicht="ja", akkoord_gemeente="nee"),
        ],
        effects=[effect("JA", "L1", "gesloten", -1)],
        costs=[cost("JA", "verbouwen", 1000), cost("NEE", "verbouwen", 2000)],
        sources=[source("SPUK", "spuk", 500_000), source("EIGEN", "eigen", 500_000)],
    )
    return bare.tables()


def test_a_condition_is_one_entry_one_column_and_one_rule(tmp_path: Path) -> None:
    """The model, compliance, checks, columns and checklist of a copy with only those know it."""
    program = edited(tmp_path / "program", EDITS)
    path = write_xlsx(agreed(), tmp_path / "dorp.xlsx")
    done = program.run("plan", str(path), "--out", str(tmp_path / "uit"))
    assert done.returncode == 0, done.stderr
    made = tmp_path / "uit/dorp/basis"
    assert {(row["maatregel"], row["bron"]) for row in result(made)["betalingen"]} == {
        ("JA", "SPUK"),
        ("NEE", "EIGEN"),
    }
    (check,) = (row for row in result(made)["regels"] if row["regel"] == "PROEF-akkoord")
    assert (check["bron"], check["voldoet"]) == ("SPUK", True)
    book = openpyxl.load_workbook(made / "begroting.xlsx")
    for sheet in ("betalingen", "rechtmatigheid"):
        words = {cell.value for row in book[sheet].iter_rows() for cell in row}
        assert "akkoord gemeente" in words
    shown = {cell.value for row in book["regels"].iter_rows() for cell in row}
    assert {"Eist akkoord gemeente", "Betaald voor een maatregel zonder akkoord van de gemeente"} <= shown
    assert any(
        "Akkoord gemeente: Proef, art. 2" in str(cell.value)
        for row in book["rechtmatigheid"].iter_rows()
        for cell in row
    )
    done = program.run("verify", str(made / "begroting.xlsx"))
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("left_out", "said"),
    [
        ("finance/rules/tests.py", "asks for 'akkoord_gemeente', which no test of a payment knows"),
        (ROWS, "no column akkoord_gemeente"),
    ],
)
def test_a_condition_that_is_only_half_there_stops_the_program(tmp_path: Path, left_out: str, said: str) -> None:
    program = edited(tmp_path / "program", {name: edit for name, edit in EDITS.items() if name != left_out})
    tables = agreed()
    for row in tables["maatregelen"]:
        row.pop("akkoord_gemeente")
    done = program.run("check", str(write_xlsx(tables, tmp_path / "dorp.xlsx")))
    assert (done.returncode, said in done.stderr) == (1, True)
