"""Allocations typed by hand that break a rule by a cent: named, at their cell, and shown by a live check."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from finance.books.budget import proposal
from finance.case import Case
from finance.compliance import check_allocation
from finance.handmade import Handmade, Violation, read_handmade, violations
from finance.plan.allocation import Allocation, Plan, Status
from finance.tables.grid import Book, Role
from finance.xlsx.seal import sealed
from finance.xlsx.verify import verify
from finance.xlsx.write import write_book
from tests.casebook import raw_book
from tests.finance.compliance.changing import all_of, moving, starting, using
from tests.finance.compliance.test_check import ALLOWED, SMALLEST, paid_vacancy, vacant
from tests.finance.handmade.tables import tables_of
from tests.finance.village import GESLOTEN, INFO, LEAD, allocation, of_places, village

CASE: Final = village()
UNTYPABLE: Final = {
    "C4 less than nothing used",
    "C6 fewer than nobody",
    "C6 in a place that is no alternative",
    "C6 a young person without a place",
    "C6 nobody in a place that is no alternative",
    "C8 a payment below zero",
}
"""What a cell refuses, and what follows from used places and so cannot be wrong."""
TYPED: Final = [name for name in SMALLEST if name not in UNTYPABLE]
SHOWN_AT: Final = {
    "C1": "controles",
    "C2": "controles",
    "C3": "capaciteit",
    "C4": "capaciteit",
    "C5": "capaciteit",
    "C6": "controles",
    "C8": "dekking",
    "C9": "regels",
    "C10": "regels",
    "C11": "regels",
}
"""The sheet with the live check of each constraint; rules stand on the sheet regels."""
LUMP_2025: Final = (of_places(GESLOTEN, 2025), "LUMP")
WRONG: Final = all_of(
    starting(M1B=2022, MUST=None, WAIT=2022),
    using((GESLOTEN, 2023), 5),
    moving(10_000_000, (LEAD, "SPUK", 1), (LEAD, "LUMP", 1), (*LUMP_2025, 1)),
)
RECALCULATED: Final = (
    "C1 a second variant",
    "C2 without what it requires",
    "C3 one place below zero",
    "C6 more served than there are",
    "C8 more than it costs",
    "C10 what an earlier year was to leave",
    "C11 a year after the window of the source",
    "the share cap",
)
"""One of each kind goes through the other engine; more would say the same again."""


def typed(given: Allocation, case: Case = CASE) -> Handmade:
    """An allocation as it comes out of the tables that a person typed."""
    return read_handmade(raw_book(tables_of(given)), case)


def judged(given: Allocation, case: Case = CASE) -> tuple[Violation, ...]:
    return violations(case, typed(given, case))


def workbook(given: Allocation, case: Case = CASE) -> Book:
    """The workbook of an allocation made by hand."""
    plan = Plan(typed(given, case).allocation, Status.JUDGED, (), "geen")
    return proposal(case, plan, "basis", INFO, judged(given, case))


def failing(book: Book) -> set[str]:
    """The sheets on which a check says VOLDOET NIET, besides those that only count them."""
    counting = {"voorblad", "overtredingen"}
    return {
        sheet.naam
        for sheet in book.sheets
        for cell in sheet.cells.values()
        if cell.role is Role.CHECK and cell.value == "VOLDOET NIET" and sheet.naam not in counting
    }


def test_what_is_typed_is_what_is_judged() -> None:
    given = typed(allocation()).allocation
    assert check_allocation(CASE, given) == ()
    assert given.payments == allocation().payments
    assert given.starts == allocation().starts


@pytest.mark.parametrize("name", TYPED)
def test_each_breach_of_a_cent_is_named_as_the_check_names_it(name: str) -> None:
    change, expected = SMALLEST[name]
    breaches = check_allocation(CASE, change(allocation()))
    found = judged(change(allocation()))
    assert [row.waar for row in found] == [row.waar for row in breaches]
    assert len(found) == len(expected)
    assert all(row.vindplaats for row in found)


@pytest.mark.parametrize("name", [name for name in ALLOWED if name not in UNTYPABLE])
def test_a_step_inside_the_limits_breaks_nothing(name: str) -> None:
    assert judged(ALLOWED[name](allocation())) == ()


@pytest.mark.parametrize("name", TYPED)
def test_each_breach_has_a_failing_check_in_the_workbook(name: str) -> None:
    change, expected = SMALLEST[name]
    wanted = {SHOWN_AT.get(rule, "regels") for rule, _ in expected}
    assert wanted <= failing(workbook(change(allocation())))


def test_without_a_breach_no_check_fails() -> None:
    assert failing(workbook(allocation())) == set()


@pytest.mark.parametrize("name", [*RECALCULATED, "alles"])
def test_the_other_engine_finds_the_same_checks_failing(name: str, tmp_path: Path) -> None:
    change = WRONG if name == "alles" else SMALLEST[name][0]
    path = tmp_path / "begroting.xlsx"
    write_book(sealed(workbook(change(allocation()))), path)
    report = verify(path)
    assert (report.changes, report.differences) == ((), ())
    assert report.failures


def test_the_cells_of_a_breach_are_those_of_its_decisions() -> None:
    change, _ = SMALLEST["the share cap"]
    rows = tables_of(change(allocation()))["toewijzing"]
    at = next(n for n, row in enumerate(rows, start=2) if (row["maatregel"], row["bron"]) == ("M2", "SPUK"))
    (found,) = judged(change(allocation()))
    assert found.cellen == (("toewijzing", f"G{at}"),)
    assert (found.waarde, found.grens, found.te_veel) == ("EUR 26.315,80", "EUR 26.315,79", "EUR 0,01")
    assert str(found.finding) == (
        f"toewijzing!G{at}: vastgoedtransitie-2020: Projectleiding en bovenregionaal plan samen hooguit 5%"
        " van het toegekende bedrag van de beschikking. Het is EUR 26.315,80 en de grens is EUR 26.315,79;"
        f" dat is EUR 0,01 te veel. Regel: {found.regel} ({found.vindplaats})."
    )


def test_a_start_and_a_used_place_are_pointed_at_too() -> None:
    late = judged(starting(MUST=2024, AFTER=2024)(allocation()))
    assert [(row.regel, row.cellen) for row in late] == [
        ("een maatregel per project, in zijn eigen jaren", (("gestart", "B6"),))
    ]
    full = judged(SMALLEST["C5 fuller than bezetting_max"][0](allocation()))
    assert [row.where for row in full] == ["bezet!D3"]
    assert "3,600000001 plaatsen en de grens is 3,6 plaatsen" in str(full[0].finding)


def test_what_nobody_typed_has_no_cell() -> None:
    (found,) = judged(starting(MUST=None, AFTER=None)(allocation()))
    assert (found.waar, found.cellen, str(found.finding)[:6]) == ("PMUST", (), "PMUST:")


def test_a_payment_outside_the_years_of_a_yearly_source_is_counted_nowhere_as_its_money() -> None:
    given = replace(allocation(), used={**allocation().used, (GESLOTEN, 2025): 1})
    found = judged(moving(1, (*LUMP_2025, 1))(given))
    assert [row.waar for row in found] == ["gesloten 2025", "L1 gesloten exploitatie 2025 uit LUMP"]


@pytest.mark.parametrize(("cents", "count"), [(6_766_665, 0), (6_766_666, 1)])
def test_vacancy_of_closing_places_to_the_cent(cents: int, count: int) -> None:
    case = vacant()
    found = judged(paid_vacancy(2023, cents), case)
    assert len(found) == count
    assert ("regels" in failing(workbook(paid_vacancy(2023, cents), case))) is bool(count)
