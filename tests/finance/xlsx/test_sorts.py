"""Recognising workbooks of another sort by their sheets."""

from __future__ import annotations

from pathlib import Path

import pytest

from finance.case.sheets import SHEETS
from finance.findings import FindingsError
from finance.handmade import HAND_SHEETS
from finance.xlsx.archive import checked_bytes
from finance.xlsx.read import book_of
from finance.xlsx.seal import SEAL_SHEET
from finance.xlsx.sorts import ADVICE, CASE_SHEETS, HAND_SHEET, Sort, refuse_other, sort_of
from finance.xlsx.verify import verify
from tests.casebook import small_case, write_xlsx

NAMES = {
    Sort.CASE: tuple(SHEETS),
    Sort.HAND: tuple(HAND_SHEETS),
    Sort.MADE: ("voorblad", "maatregelen", "dekking", SEAL_SHEET),
}


@pytest.mark.parametrize("wanted", Sort)
@pytest.mark.parametrize("found", Sort)
def test_another_sort_is_refused_with_its_own_advice(wanted: Sort, found: Sort) -> None:
    assert sort_of(NAMES[found]) is found
    if wanted is found:
        refuse_other("a.xlsx", NAMES[found], wanted)
        return
    with pytest.raises(FindingsError) as caught:
        refuse_other("a.xlsx", NAMES[found], wanted)
    (finding,) = caught.value.findings
    assert finding.wat == f"'a.xlsx' is {found.value}, en hier hoort {wanted.value}."
    assert finding.doen == ADVICE[wanted, found]


@pytest.mark.parametrize("names", [("Blad1",), ("case",), (*SHEETS, SEAL_SHEET), (*SHEETS, HAND_SHEET), ()])
def test_what_is_not_clear_is_left_to_the_findings_of_its_sheets(names: tuple[str, ...]) -> None:
    assert sort_of(names) is None
    refuse_other("a.xlsx", names, Sort.CASE)


def test_the_sheets_that_are_recognised_exist() -> None:
    assert set(SHEETS) >= CASE_SHEETS
    assert HAND_SHEET in HAND_SHEETS


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_xlsx(small_case(), tmp_path_factory.mktemp("soorten") / "casus.xlsx")


def test_an_input_cannot_be_verified(case: Path) -> None:
    with pytest.raises(FindingsError, match="Maak er met 'spuk plan' een begroting van"):
        verify(case)


def test_an_input_is_no_allocation(case: Path) -> None:
    with pytest.raises(FindingsError, match="Noem eerst de casus en dan de toewijzing"):
        book_of("casus.xlsx", checked_bytes(case), HAND_SHEETS)
