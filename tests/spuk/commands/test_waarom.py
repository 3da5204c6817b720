"""The questions: why, what one more euro is worth, and which other plans are nearly as good."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest

from finance.findings import SpukError
from finance.money import Money
from finance.plan.whatif import Slack
from finance.xlsx.verify import verify
from spuk.app import Exit
from spuk.cli import run_command
from spuk.commands.alternatieven import slack_of
from spuk.commands.amounts import amount_of
from spuk.commands.waarom import all_money
from tests.casebook import small_built_case, small_case, write_xlsx
from tests.spuk.cases import clashing

Captured = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_xlsx(small_case(), tmp_path_factory.mktemp("klein") / "klein.xlsx")


def asked(small: Path, folder: Path, *words: str) -> tuple[int, Path]:
    """Ask a question about the small case; the status, and the folder of the scenario."""
    command, *options = words
    return run_command([command, str(small), "--out", str(folder), *options]), folder / "klein" / "basis"


def rows_of(path: Path, sheet: str) -> list[list[object]]:
    book = openpyxl.load_workbook(path, data_only=True)
    return [[cell for cell in row if cell is not None] for row in book[sheet].iter_rows(values_only=True)]


def test_a_card_says_why_and_what_turns_the_choice(small: Path, tmp_path: Path, capsys: Captured) -> None:
    status, folder = asked(small, tmp_path, "waarom", "M2", "M1", "--omslag", "5000000")
    told = capsys.readouterr().out
    assert status == Exit.FINE
    assert "M2: gekozen, start 2022\n" in told
    assert "M1: niet gekozen\n" in told
    assert "extra SPUK: " in told
    assert verify(folder / "waarom.xlsx").findings == ()
    assert [row[0] for row in rows_of(folder / "waarom.xlsx", "waarom") if row[:1] in (["M1"], ["M2"])]


def test_without_a_name_every_measure_has_its_card(small: Path, tmp_path: Path, capsys: Captured) -> None:
    status, folder = asked(small, tmp_path, "waarom")
    shown = [row[0] for row in rows_of(folder / "waarom.xlsx", "waarom") if row]
    names = [row.maatregel for row in small_built_case().measures]
    assert status == Exit.FINE
    assert [name for name in shown if name in names] == names
    assert "extra " not in capsys.readouterr().out


def test_a_ladder_has_its_steps_and_curves(small: Path, tmp_path: Path, capsys: Captured) -> None:
    status, folder = asked(small, tmp_path, "ladder", "--bron", "SPUK", "--stap", "1000", "--stap", "0,01")
    assert status == Exit.FINE
    assert "SPUK:\n  + EUR 1.000,00 " in capsys.readouterr().out
    assert verify(folder / "ladder.xlsx").findings == ()
    rows = rows_of(folder / "ladder.xlsx", "ladder")
    assert [row[2] for row in rows if row[:2] == ["SPUK", "EUR"]] == [1000, 0.01] * 2


def test_the_ladders_of_all_sources_have_the_caps_too(small: Path, tmp_path: Path, capsys: Captured) -> None:
    status, _ = asked(small, tmp_path, "ladder", "--stap", "1000")
    told = capsys.readouterr().out
    assert status == Exit.FINE
    for name in ("SPUK", "LUMP in 2022", "deelplafond "):
        assert f"\n{name}" in f"\n{told}"


def test_alternatives_stand_side_by_side(small: Path, tmp_path: Path, capsys: Captured) -> None:
    wide = ["--speling", "0,5", "--speling", "boven_plafond=+99", "--speling", "startjaren=+9"]
    status, folder = asked(small, tmp_path, "alternatieven", "--aantal", "2", *wide)
    told = capsys.readouterr().out
    assert status == Exit.FINE
    assert told.startswith("beste plan: M2, M3, M5, M6\nalternatief 1: ")
    assert "in elk bijna-best plan: " in told
    assert verify(folder / "alternatieven.xlsx").findings == ()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["waarom", "M22"], "De maatregel 'M22' staat niet in de casus."),
        (["waarom", "M2", "--omslag", "veel"], "Achter --omslag hoort een bedrag in euro"),
        (["ladder", "--bron", "SPUR"], "De bron 'SPUR' staat niet in de casus."),
        (["ladder", "--stap", "-5"], "Achter --stap hoort een bedrag in euro"),
        (["alternatieven", "--speling", "kosten=0,1"], "Achter --speling staat geen doel van de casus."),
        (["alternatieven", "--speling", "-0,1"], "Achter --speling hoort een deel"),
        (["alternatieven", "--speling", "5"], "Achter --speling hoort een deel van 0 tot en met 1"),
        (["alternatieven", "--speling", "uitwijk=+1.500"], "Typ 1500 of 1,5."),
        (["alternatieven", "--speling", "eigen_geld=+0,001"], "Achter --speling hoort een deel"),
        (["alternatieven", "--speling", "+1.500"], "Typ 1500 of 1,5."),
        (["ladder", "--stap", "250,000"], "'250,000' kan meer dan een getal betekenen. Typ 250000."),
        (["alternatieven", "--aantal", "0"], "Achter --aantal hoort een geheel getal"),
        (["waarom", "--scenario", "niets"], "Het scenario 'niets' staat niet in de casus."),
    ],
)
def test_what_cannot_be_asked_is_said_and_nothing_is_written(
    small: Path, tmp_path: Path, capsys: Captured, words: list[str], message: str
) -> None:
    status, _ = asked(small, tmp_path / "uit", *words)
    assert (status, (tmp_path / "uit").exists()) == (Exit.USAGE, False)
    assert message in capsys.readouterr().err


@pytest.mark.parametrize("command", ["waarom", "ladder", "alternatieven"])
def test_a_clash_is_named(tmp_path: Path, capsys: Captured, command: str) -> None:
    status = run_command([command, str(clashing(tmp_path)), "--out", str(tmp_path / "uit")])
    assert (status, (tmp_path / "uit").exists()) == (Exit.FINDINGS, False)
    assert "Er is geen plan mogelijk" in capsys.readouterr().err


def test_slack_is_read_for_all_goals_or_for_one() -> None:
    case = small_built_case()
    found = slack_of(case, ["0.05", "waardering=0,25", "uitwijk=+10"])
    assert found["kosten_ncw"] == Slack(deel=Fraction(1, 20))
    assert found["waardering"] == Slack(deel=Fraction(1, 4))
    assert found["uitwijk"] == Slack(plus=Fraction(10))


@pytest.mark.parametrize(
    ("text", "plus"),
    [
        ("kosten_ncw=+100.000", 100_000),
        ("Kosten_NCW = + € 100.000,00", 100_000),
        ("kosten_ncw=+0.5", Fraction(1, 2)),
        ("eigen_geld=+1.000,50", Fraction(2001, 2)),
    ],
)
def test_slack_of_a_goal_in_euros_is_an_amount_as_in_cells(text: str, plus: Fraction) -> None:
    name = text.partition("=")[0].strip().lower()
    assert slack_of(small_built_case(), [text])[name] == Slack(plus=Fraction(plus))


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("250000", 25_000_000),
        ("1.000,50", 100_050),
        ("0,01", 1),
        ("250000.50", 25_000_050),
        ("0.01", 1),
        ("250.000", 25_000_000),
    ],
)
def test_an_amount_is_read_as_it_is_written(text: str, cents: int) -> None:
    assert amount_of(text) == Money.from_cents(cents)


@pytest.mark.parametrize("text", ["0", "-1", "0,001", "tien", "", "250,000", "1,250.50", "1e6"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(SpukError):
        amount_of(text)


def test_all_money_is_more_than_anything_costs() -> None:
    case = small_built_case()
    assert all_money(case).cents > 2 * sum(row.bedrag.cents for row in case.costs)


@pytest.mark.parametrize("command", ["waarom", "ladder", "alternatieven"])
def test_a_question_tells_what_reading_noticed(tmp_path: Path, capsys: Captured, command: str) -> None:
    """A row that nobody sees counts: a question says so as a plan does, and then that nothing can be planned."""
    path = clashing(tmp_path)
    book = openpyxl.load_workbook(path)
    book["maatregelen"].row_dimensions[2].hidden = True
    book.save(path)
    assert run_command([command, str(path), "--out", str(tmp_path)]) == Exit.FINDINGS
    assert capsys.readouterr().err.startswith("LET OP: maatregelen!rij 2: Deze rij is verborgen")
