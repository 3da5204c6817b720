"""The empty input workbook: complete, explained, accepted once it is filled."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from finance.books.template import CHOICES, EXPLANATION, template_bytes, write_template
from finance.case import RawBook, RawSheet, read_case
from finance.case.declaring import ColumnSpec, columns_of
from finance.case.sheets import SHEETS, Settings
from finance.case.words import COST_SORTS, ONE_OFF_SORTS
from finance.xlsx.read import read_book
from tests.casebook import raw_book, small_case
from tests.spoiling import told

ROOT = Path(__file__).parents[3]
COMMITTED = ROOT / "templates" / "invoer.xlsx"


@pytest.fixture(scope="module")
def template() -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(template_bytes()))


def parts(data: bytes) -> dict[str, bytes]:
    """The parts of a workbook in their order; how they were packed differs from machine to machine."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_template_has_the_same_bytes_every_time() -> None:
    assert template_bytes() == template_bytes()


def test_the_committed_template_is_the_one_that_follows_from_the_declaration() -> None:
    committed, made = parts(COMMITTED.read_bytes()), parts(template_bytes())
    assert list(committed.items()) == list(made.items()), "run `python -m templates`"


def test_writing_gives_the_bytes(tmp_path: Path) -> None:
    write_template(tmp_path / "leeg.xlsx")
    assert (tmp_path / "leeg.xlsx").read_bytes() == template_bytes()


def test_the_sheets_are_the_declared_ones_between_explanation_and_choices(template: Workbook) -> None:
    assert template.sheetnames == [EXPLANATION, *SHEETS, CHOICES]
    assert {sheet.sheet_state for sheet in template.worksheets} == {"visible"}
    assert template.active is not None
    assert template.active.title == EXPLANATION


def test_an_untouched_template_misses_only_the_values_of_the_case() -> None:
    case, findings = read_case(read_book(COMMITTED))
    required = [column.naam for column in columns_of(Settings) if not column.optioneel]
    assert case is None
    assert [item.wat for item in findings] == [f"{name} is leeg." for name in required]
    assert [f"{item.blad}!{item.cel}" for item in findings] == [f"case!B{row}" for row in range(2, 2 + len(required))]


COLUMNS = [(name, column) for name, spec in SHEETS.items() for column in spec.columns]


@pytest.mark.parametrize(("blad", "column"), COLUMNS, ids=lambda item: getattr(item, "naam", item))
def test_a_column_is_named_explained_and_shaped(template: Workbook, blad: str, column: ColumnSpec) -> None:
    sheet = template[blad]
    at = [known.naam for known in SHEETS[blad].columns].index(column.naam)
    head = sheet.cell(1, at + 1)
    assert head.value == column.naam
    assert head.font.b == column.needed
    assert bool(head.font.i) != column.needed
    assert head.comment is not None
    assert column.info.uitleg in head.comment.text
    assert bool(_rule(sheet, head.column_letter)) == bool(column.kind.opties or column.info.ref)
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref is None


def _rule(sheet: Worksheet, letter: str) -> str:
    """What the drop-down of the second cell of a column shows; empty where it has none."""
    rules = [rule for rule in sheet.data_validations.dataValidation if f"{letter}2" in rule.cells]
    return str(rules[0].formula1) if rules else ""


def _words(template: Workbook, rule: str) -> list[object]:
    blad, _, cells = rule.partition("!")
    return [cell.value for (cell,) in template[blad.strip("'")][cells.replace("$", "")]]


DROP_DOWNS = [
    ("herkomst", "B", ["bron", "aanname"]),
    ("zorgvormen", "C", ["ja", "nee", "hybride"]),
    ("kosten", "B", list(ONE_OFF_SORTS)),
    ("toegestaan", "B", list(COST_SORTS)),
    ("scenarios", "G", ["zet", "maal", "plus"]),
]


@pytest.mark.parametrize(("blad", "letter", "words"), DROP_DOWNS)
def test_a_choice_shows_its_words(template: Workbook, blad: str, letter: str, words: list[str]) -> None:
    assert _words(template, _rule(template[blad], letter)) == words


REFERENCES = [
    ("kosten", "A", "'maatregelen'!$A$2:"),
    ("maatregelen", "K", "'maatregelen'!$B$2:"),
    ("plaatsen", "F", "'indexen'!$A$2:"),
    ("case", "C", "'herkomst'!$A$2:"),
]


@pytest.mark.parametrize(("blad", "letter", "start"), REFERENCES)
def test_a_reference_shows_the_names_of_the_other_sheet(template: Workbook, blad: str, letter: str, start: str) -> None:
    assert _rule(template[blad], letter).startswith(start)


def test_the_keys_of_the_case_are_there_with_their_explanation(template: Workbook) -> None:
    rows = list(template["case"].iter_rows(min_row=2, max_col=4))
    assert [row[0].value for row in rows] == [column.naam for column in columns_of(Settings)]
    assert all(row[1].value is None and row[3].value for row in rows)
    assert next(row[1].number_format for row in rows if row[0].value == "peildatum") == "d-m-yyyy"


def test_every_sheet_and_column_is_explained_on_the_first_sheet(template: Workbook) -> None:
    lines = list(template[EXPLANATION].iter_rows(values_only=True))
    blad, explained = "", []
    for line in lines:
        blad = str(line[0]) if line[0] in SHEETS else blad
        explained.append((blad, line[1]))
    assert all((name, column.naam) in explained for name, column in COLUMNS)


def test_numbers_formats_follow_the_kind(template: Workbook) -> None:
    formats = {name: template["plaatsen"].column_dimensions[name].number_format for name in "ACD"}
    assert formats == {"A": "@", "C": "0", "D": "#,##0.00"}


def _filled(path: Path) -> RawBook:
    """The template with the small case typed into it, column by column under its own name."""
    book = openpyxl.load_workbook(COMMITTED)
    for name, rows in small_case().items():
        sheet = book[name]
        letters = {cell.value: cell.column for cell in sheet[1]}
        for number, row in enumerate(rows, start=2):
            for column, value in row.items():
                sheet.cell(number, letters[column]).value = value  # type: ignore[assignment]
    book.save(path)
    return read_book(path)


def _filled_cells(sheet: RawSheet) -> list[tuple[int, dict[str, object]]]:
    """The cells of each row; a key of the case that nobody filled is not one."""
    unfilled = {"sleutel", "toelichting"}
    return [
        (row.nummer, dict(row.cellen))
        for row in sheet.rijen
        if row.cellen.keys() != unfilled or row.cellen["sleutel"] not in {"afgesloten_tot", "vastgoedplan"}
    ]


def test_a_filled_template_is_accepted_as_it_was_typed(tmp_path: Path) -> None:
    filled, typed = _filled(tmp_path / "casus.xlsx"), raw_book(small_case())
    case, findings = read_case(filled)
    assert told(findings) == []
    assert case is not None
    assert set(filled.bladen) == set(SHEETS)
    for name, sheet in typed.bladen.items():
        assert _filled_cells(filled.bladen[name]) == _filled_cells(sheet)
