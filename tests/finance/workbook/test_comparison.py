"""Scenarios side by side: each outcome under its name, and live differences with the first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from finance.allocation import Allocation, Outcome
from finance.case import Case
from finance.workbook.comparison import Compared, comparison
from finance.workbook.grid import Book, Role
from finance.workbook.seal import sealed
from finance.workbook.verifying import verify
from finance.workbook.writing import book_bytes, write_book
from tests.finance.village import VILLAGE, allocation, village

NOTHING = Allocation({"MUST": 2022}, {}, {}, {})


def compared(name: str, plan: Allocation, case: Case | None = None, *, proven: bool = True) -> Compared:
    """The outcome of a plan made by hand."""
    return Compared(name, Outcome(case or village(), plan), proven)


def written(done: Sequence[Compared], folder: Path) -> tuple[Book, list[list[object]]]:
    """The book of a comparison, and its rows as the cached values of a verified file show them."""
    book = comparison(village(), done)
    path = folder / "vergelijking.xlsx"
    write_book(sealed(book), path)
    assert verify(path).findings == ()
    sheet = openpyxl.load_workbook(path, data_only=True)["vergelijking"]
    return book, [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]


@pytest.fixture
def rows(tmp_path: Path) -> list[list[object]]:
    """The plan of the village, covered in all years, beside doing next to nothing."""
    covered = village(
        last=2024, measures=VILLAGE.measures[:8], effects=VILLAGE.effects[:3], costs=VILLAGE.costs[:4]
    )
    starts = {name: year for name, year in allocation().starts.items() if name in covered.measure}
    payments = {
        pair: amount for pair, amount in allocation().payments.items()
        if not pair[0].maatregel or pair[0].maatregel in starts
    }  # fmt: skip
    whole = replace(allocation(), starts=starts, payments=payments)
    return written([compared("basis", whole, covered), compared("2024", NOTHING, proven=False)], tmp_path)[1]


def test_it_says_loudly_what_does_not_close_or_is_not_proven(rows: list[list[object]]) -> None:
    assert rows[4:7] == [
        ["Scenario", "Dekking", "Bewijs"],
        ["basis", "SLUITEND", "BEWEZEN OPTIMAAL"],
        ["2024", "NIET SLUITEND", "NIET BEWEZEN OPTIMAAL"],
    ]


def test_goals_stand_side_by_side_and_then_their_differences(rows: list[list[object]]) -> None:
    values, differences = [row for row in rows if row[:1] == ["waardering"]]
    assert (values[1:], differences[1:]) == (["punten", 2.5, 0], ["punten", 0, -2.5])
    values, differences = [row for row in rows if row[:1] == ["eigen_geld"]]
    assert (values[1:], differences[1:]) == (["EUR", 33684.21, 0], ["EUR", 0, -33684.21])


def test_measures_show_their_start_and_nothing_where_they_are_not_chosen(rows: list[list[object]]) -> None:
    assert [row for row in rows if row[:1] in (["MUST"], ["M1"], ["M1B"])] == [
        ["M1", "P1", 2022], ["M1B", "P1"], ["MUST", "PMUST", 2023, 2022],
    ]  # fmt: skip


def test_sources_show_what_they_pay_and_the_total(rows: list[list[object]]) -> None:
    head = rows.index(["Betaald uit elke bron"])
    paid = {row[0]: row[2:] for row in rows[head + 2 : head + 8]}
    assert paid["SPUK"] == [526_315.8, 0]
    assert paid["PXQ"] == [1_100_000, 0]
    assert rows[head + 8] == ["Totaal", pytest.approx(sum(row[0] for row in paid.values())), 0]


def test_what_a_scenario_calls_otherwise_is_not_lost(tmp_path: Path) -> None:
    measures = [row | ({"maatregel": "M1C"} if row["maatregel"] == "M1B" else {}) for row in VILLAGE.measures]
    sources = [row | ({"bron": "RIJK"} if row["bron"] == "SPUK" else {}) for row in VILLAGE.sources]
    other = compared(
        "anders", Allocation({"M1C": 2022}, {}, {}, {}), village(measures=measures, sources=sources)
    )
    _, rows = written([compared("basis", NOTHING), other], tmp_path)
    assert ["M1C", "P1", 2022] in rows
    assert ["M1B", "P1"] in rows
    assert ["RIJK", "spuk", 0, 0] in rows


def test_only_outcomes_are_pasted(tmp_path: Path) -> None:
    book, _ = written([compared("basis", allocation()), compared("niets", NOTHING)], tmp_path)
    pasted = [
        cell for cell in book.sheets[0].cells.values()
        if not cell.formula and not isinstance(cell.value, str | None) and cell.role is not Role.DECISION
    ]  # fmt: skip
    assert pasted == []


def test_equal_outcomes_give_equal_bytes() -> None:
    done = [compared("basis", allocation()), compared("niets", NOTHING)]
    again = [compared("basis", allocation()), compared("niets", NOTHING)]
    assert book_bytes(comparison(village(), done)) == book_bytes(comparison(village(), again))
