"""`spuk spoor`: a tree that an accountant can read, and messages that say what to do."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from finance.books.budget import proposal
from finance.books.tariff import TariffInfo, tariff_book
from finance.tables.grid import Book, address
from finance.xlsx.seal import sealed
from finance.xlsx.write import write_book
from spuk.cli import run_command
from spuk.commands.spoor import place_of, trail
from spuk.errors import WrongUsageError
from tests.finance.books.budget.handmade import INFO, hand_plan
from tests.finance.books.budget.variants import STARTS
from tests.finance.books.tariff.example import example
from tests.finance.books.test_origins import in_scenario


def cell_of(book: Book, sheet: str, head: str, *row: object) -> str:
    """The cell under a head in the first row that holds these values."""
    cells = next(one for one in book.sheets if one.naam == sheet).cells
    for number in sorted({row for row, _ in cells}):
        if set(row) <= {cell.value for (at, _), cell in cells.items() if at == number}:
            above = [at for at, cell in cells.items() if cell.value == head and at[0] < number]
            return f"{sheet}!{address(number, max(above)[1])}"
    raise LookupError(row)


@pytest.fixture(scope="module")
def book() -> Book:
    case = in_scenario("bouwkosten +10%")
    return proposal(case, hand_plan(case, STARTS), "bouwkosten +10%", INFO)


@pytest.fixture(scope="module")
def path(book: Book, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("spoor") / "begroting.xlsx"
    write_book(sealed(book), path)
    return path


def test_a_cost_leads_to_the_cell_of_the_input_the_scenario_the_index_and_the_decision(book: Book, path: Path) -> None:
    text = trail(path, cell_of(book, "dekking", "Kosten", "vervangende_nieuwbouw"))
    assert text.startswith("1.732.500,29  dekking!")
    for said in (
        "x 1.650.000,28  uitgangspunten!",
        "invoer: kosten!D6",
        "scenario bouwkosten +10%, scenarios rij 3: was 1500000,25, wordt 1650000,28",
        "x 0,05  uitgangspunten!",
        "invoer: indexen!C",
        "rust ook op 2023  maatregelen!",
        "besluit: startjaar",
        "rust ook op 'bouw'",
        "herkomst: A1 (aanname): ",
    ):
        assert said in text


def test_what_a_source_pays_leads_to_the_rule_and_its_publication(book: Book, path: Path) -> None:
    text = trail(path, cell_of(book, "bronnen", "Betaald", "SPUK"))
    assert "besluit: betaling uit SPUK; rust op regel VT20-" in text
    assert "Werkagenda Jeugdhulp Plus Zuidwest 2020/21" in text
    assert "voor 1.732.500,29  rekenblad_kosten!" in text
    assert "(via dekking!" in text


def test_every_step_shows_its_formula(book: Book, path: Path) -> None:
    cell = cell_of(book, "samenvatting", "Kosten", "Leegstand")
    lines = trail(path, cell).splitlines()
    assert lines[1].startswith("   = ROUND(SUMIFS(dekking!$")


def test_a_long_sum_folds_its_small_terms(book: Book, path: Path) -> None:
    cell = cell_of(book, "samenvatting", "Alle kosten", "SLUITEND")
    assert "(met --alles staan ze er alle)" in trail(path, cell)
    assert "--alles" not in trail(path, cell, whole=True)
    assert len(trail(path, cell, whole=True)) > len(trail(path, cell))


@pytest.mark.parametrize("written", ["dekking!F5", "'dekking'!F5", "dekking!$F$5", "dekking!f5", " dekking!F5 "])
def test_a_cell_may_be_written_in_each_way_that_excel_does(written: str) -> None:
    assert place_of(written) == ("dekking", 5, 6)


@pytest.mark.parametrize("written", ["F5", "dekking", "dekking!", "dekking!5F", "dekking!F5:F9", "!F5", ""])
def test_what_is_no_cell_is_wrong_usage(written: str) -> None:
    with pytest.raises(WrongUsageError, match=r"is geen cel\. Schrijf het blad, een uitroepteken"):
        place_of(written)


@pytest.mark.parametrize(
    ("cell", "status", "said"),
    [
        ("F5", 2, "'F5' is geen cel."),
        ("dekkng!F5", 1, "De werkmap heeft geen blad 'dekkng'. Bedoelt u 'dekking'?"),
        ("dekking!ZZ999", 1, "dekking!ZZ999: Deze cel is leeg. Noem een cel met een bedrag"),
        ("dekking!A1", 1, "Deze cel is een vaste tekst ('Dekking') en rust dus nergens op."),
    ],
)
def test_a_wrong_cell_says_what_to_do(
    cell: str, status: int, said: str, path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command(["spoor", str(path), cell]) == status
    assert said in capsys.readouterr().err


def test_a_file_without_a_seal_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "ander.xlsx"
    openpyxl.Workbook().save(other)
    assert run_command(["spoor", str(other), "Sheet!A1"]) == 1
    assert "'ander.xlsx' heeft geen zegel" in capsys.readouterr().err


def test_a_changed_workbook_says_so(book: Book, path: Path, tmp_path: Path) -> None:
    changed = tmp_path / "gewijzigd.xlsx"
    cell = cell_of(book, "uitgangspunten", "bedrag", "M4", "vervangende_nieuwbouw")
    opened = openpyxl.load_workbook(path)
    opened["uitgangspunten"][cell.split("!")[1]] = 1
    opened.save(changed)
    text = trail(changed, cell)
    assert "1.650.000,28" in text
    assert "[GEWIJZIGD: nu 1,00]" in text
    assert "LET OP: deze werkmap is na het schrijven gewijzigd" in text
    assert "LET OP" not in trail(path, cell)


def test_an_input_leads_to_the_cell_of_the_input_at_once(book: Book, path: Path) -> None:
    cell = cell_of(book, "uitgangspunten", "bedrag", "M5", "vastgoedplan")
    assert trail(path, cell).splitlines()[1:] == [
        "   invoer: kosten!D7",
        "   herkomst: B1 (bron): Voorbeeldplan",
    ]


def test_a_tariff_is_followed_to_its_parameters(tmp_path: Path) -> None:
    path = tmp_path / "tarief.xlsx"
    book = tariff_book(example(), TariffInfo("voorbeeld", "ab" * 32, "0.0.1"))
    write_book(sealed(book), path)
    text = trail(path, "kostprijs!D15", whole=True)
    assert "invoer: tarief!" in text
    assert "vast getal: " in text
