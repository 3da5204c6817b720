"""`spuk diff`: what it prints, what it writes, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from finance.books.budget import proposal
from finance.books.comparison.comparison import comparison
from finance.tables.grid import Cell, Role
from finance.tables.painting import _Painter
from finance.xlsx.seal import sealed
from finance.xlsx.verify import verify
from finance.xlsx.write import write_book
from spuk.app import Exit
from spuk.cli import run_command
from tests.casebook import small_case, write_xlsx
from tests.finance.books.budget import variants
from tests.finance.books.budget.handmade import INFO, hand_plan
from tests.finance.books.comparison.test_comparison import compared
from tests.finance.books.difference.pairs import changed, setting
from tests.finance.village import allocation, village
from tests.finance.xlsx.version_one import sealed_by_one


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("boeken")
    cases = {
        "oud": variants.small(),
        "nieuw": changed(setting("kosten", "bedrag", 61_000, maatregel="M5", kostensoort="vastgoedplan")),
    }
    made = {name: folder / name / "begroting.xlsx" for name in cases}
    for name, case in cases.items():
        made[name].parent.mkdir()
        write_book(sealed(proposal(case, hand_plan(case, variants.STARTS), "basis", INFO)), made[name])
    for name, plans in (("een", [allocation()]), ("twee", [allocation(), allocation()])):
        made[name] = folder / f"{name}.xlsx"
        done = [compared(f"s{at}", plan) for at, plan in enumerate(plans)]
        write_book(sealed(comparison(village(), done)), made[name])
    return made


def _diff(one: Path, other: Path, out: Path) -> int:
    return run_command(["diff", str(one), str(other), "--out", str(out)])


def test_a_file_does_not_differ_from_itself(
    books: dict[str, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _diff(books["oud"], books["oud"], tmp_path / "uit") == Exit.FINE
    assert capsys.readouterr().out == "Geen verschil.\n"
    assert not (tmp_path / "uit").exists()


def test_a_difference_is_said_and_written(
    books: dict[str, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _diff(books["oud"], books["nieuw"], tmp_path) == Exit.FINDINGS
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "A: oud/begroting.xlsx    B: nieuw/begroting.xlsx    verschil = B min A"
    at = next(at for at, line in enumerate(lines) if line.startswith("samenvatting hele plan, kosten"))
    assert lines[at].endswith("(+1.000,00)")
    assert lines[at + 1].split() == ["gewijzigde", "invoer", "+1.000,00"]
    assert "  kosten, M5, vastgoedplan, 0, bedrag: 60000 -> 61000" in lines
    assert lines[-1] == f"geschreven: {tmp_path / 'verschil.xlsx'}"
    assert verify(tmp_path / "verschil.xlsx").findings == ()


def _other_titles(self: _Painter, title: str, row: int) -> None:
    if title:
        self.cells[row, 1] = Cell(f"{title} (anders gezegd)", Role.SECTION)


def test_other_titles_make_no_difference(
    books: dict[str, Path],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(_Painter, "_heading", _other_titles)
    case = variants.small()
    book = proposal(case, hand_plan(case, variants.STARTS), "basis", INFO)
    assert "Doelen, in volgorde (anders gezegd)" in {
        cell.value for sheet in book.sheets for cell in sheet.cells.values()
    }
    write_book(sealed(book), tmp_path / "begroting.xlsx")
    assert _diff(books["oud"], tmp_path / "begroting.xlsx", tmp_path / "uit") == Exit.FINE
    assert capsys.readouterr().out == "Geen verschil.\n"


def test_a_budget_of_an_older_toolkit_is_compared_and_said(
    books: dict[str, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = variants.small()
    old = tmp_path / "toen" / "begroting.xlsx"
    old.parent.mkdir()
    write_book(sealed_by_one(proposal(case, hand_plan(case, variants.STARTS), "basis", INFO)), old)
    assert _diff(old, books["nieuw"], tmp_path / "uit") == Exit.FINDINGS
    lines = capsys.readouterr().out.splitlines()
    assert "  kosten, M5, vastgoedplan, 0, bedrag: 60000 -> 61000" in lines
    assert [line for line in lines if line.startswith("LET OP")] == [
        "LET OP: toen/begroting.xlsx is met een oudere toolkit gemaakt (zegel van versie 1). Haar tabellen"
        " zijn op hun koppen teruggevonden."
    ]


def test_differences_can_be_compared_too(
    books: dict[str, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _diff(books["een"], books["twee"], tmp_path) == Exit.FINDINGS
    out = capsys.readouterr().out
    assert "cellen verschillen" in out
    assert "uitkomst: vergelijking" in out
    assert "Rijen bij het schrijven" not in out


def test_a_workbook_that_was_changed_is_refused_by_cell(
    books: dict[str, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = openpyxl.load_workbook(books["nieuw"])
    book["betalingen"]["F5"] = 1
    book.save(tmp_path / "gewijzigd.xlsx")
    assert _diff(books["oud"], tmp_path / "gewijzigd.xlsx", tmp_path / "uit") == Exit.FINDINGS
    told = capsys.readouterr()
    assert "is niet meer zoals de toolkit haar schreef" in told.err
    assert "betalingen!F5: Besluit gewijzigd" in told.err
    assert told.out == ""
    assert not (tmp_path / "uit").exists()


def test_a_budget_and_a_comparison_are_not_of_one_kind(
    books: dict[str, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _diff(books["oud"], books["een"], tmp_path) == Exit.USAGE
    assert "niet van dezelfde soort" in capsys.readouterr().err


@pytest.mark.parametrize("order", [1, -1])
def test_an_input_is_not_compared_but_says_what_is(
    books: dict[str, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str], order: int
) -> None:
    case = write_xlsx(small_case(), tmp_path / "casus.xlsx")
    assert _diff(*(books["oud"], case)[::order], tmp_path / "uit") == Exit.FINDINGS
    said = capsys.readouterr().err
    assert said.startswith("'casus.xlsx' is de invoer van een casus, en hier hoort een werkmap die spuk")
    assert "Maak van beide invoerwerkmappen een begroting met 'spuk plan' en vergelijk die twee" in said
    assert "Herstel wat hieronder staat" not in said


def test_a_file_that_is_not_there_is_a_finding(
    books: dict[str, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _diff(books["oud"], tmp_path / "weg.xlsx", tmp_path) == Exit.FINDINGS
    assert "weg.xlsx" in capsys.readouterr().err
