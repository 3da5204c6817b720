"""A budget without salaries: prices as ever, and nothing in the file by which a salary could be found."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest

from finance.books.budget import proposal
from finance.books.confidential import CLOSED, CLOSED_NOTE, CONFIDENTIAL
from finance.case import Case, build_case
from finance.scenarios import scenario_book
from finance.statement.result import result_bytes, result_document
from finance.tables.grid import Book, Role, Sheet
from finance.tariff.tariff import STAFF_PARAMETERS
from finance.xlsx.seal import sealed
from finance.xlsx.write import book_bytes
from spuk.app import Exit
from spuk.cli import run_command
from spuk.output import write_verified
from tests.casebook import Tables, raw_book, write_xlsx
from tests.finance.books.budget import variants
from tests.finance.books.budget.handmade import INFO, hand_plan
from tests.finance.books.budget.live import Live
from tests.finance.books.budget.test_coupling import prices, shown

HIDING = replace(INFO, zonder_salarissen=True)
FTE = {4: "7.75", 6: "8.75", 8: "9.75", 10: "11.5"}
"""The fte of a roster where an fte works 1,460 hours a year."""
AFTERNOON = {4: 2, 6: 2, 8: 2, 10: 3}
MONTHLY = 3950


def paying(monthly: int) -> Tables:
    """The coupled case at a salary; what it is lower than 3,950 goes to the team leader, to the cent."""
    tables = variants.coupled_tables()
    for row in tables["tarief"]:
        size = int(str(row["groepsgrootte"]))
        surcharge = 365 * (3 * AFTERNOON[size] * Fraction("0.25") + 8 * Fraction("0.45")) * Fraction(12, 1800)
        month = (Fraction(FTE[size]) * 12 * Fraction("1.163") + surcharge) * Fraction("1.25")
        leader = 34_300 + (MONTHLY - monthly) * month
        changed = {
            "uren_betaald": 1800,
            "uren_niet": 340,
            "bruto_maandloon": monthly,
            "teamleiding": Decimal(leader.numerator) / leader.denominator,
        }
        row["waarde"] = changed.get(str(row["parameter"]), row["waarde"])
    return tables


def rostered(morning: str, afternoon: str) -> Tables:
    """The coupled case with one roster for all, and no pay by the hour of the day."""
    tables = variants.coupled_tables()
    changed = {
        "dienst_ochtend": morning,
        "dienst_middag": afternoon,
        "dienst_nacht": "1",
        "ort_avond": "0",
        "ort_nacht": "0",
    }
    for row in tables["tarief"]:
        row["waarde"] = Decimal(changed.get(str(row["parameter"]), str(row["waarde"])))
    return tables


def book_of(tables: Tables, scenario: str = "basis") -> Book:
    raw = raw_book(tables)
    case = build_case(raw)
    if scenario != "basis":
        case = build_case(scenario_book(raw, case, scenario))
    return sealed(proposal(case, hand_plan(case, variants.STARTS), scenario, HIDING))


def sheet_of(book: Book, name: str) -> Sheet:
    return next(sheet for sheet in book.sheets if sheet.naam == name)


def words(book: Book) -> set[str]:
    return {str(cell.value) for sheet in book.sheets for cell in sheet.cells.values()}


def test_two_salaries_with_the_same_cost_give_the_same_file() -> None:
    one, other = paying(2950), paying(MONTHLY)
    assert prices(build_case(raw_book(one))) == prices(build_case(raw_book(other)))
    assert book_bytes(book_of(one)) == book_bytes(book_of(other))


def test_two_salaries_with_the_same_cost_give_the_same_result() -> None:
    documents = set()
    for monthly in (2950, MONTHLY):
        case = build_case(raw_book(paying(monthly)))
        plan = hand_plan(case, variants.STARTS)
        documents.add(result_bytes(result_document(case, plan, "basis", HIDING)))
    assert len(documents) == 1


def test_another_roster_with_the_same_cost_and_fte_gives_the_same_file() -> None:
    """A morning shift of 8 hours, 0.875 times more, takes the place of one afternoon shift of 7 hours."""
    assert book_bytes(book_of(rostered("1", "2"))) == book_bytes(book_of(rostered("1.875", "1")))


def test_with_salaries_those_files_do_differ() -> None:
    books = []
    for monthly in (2950, MONTHLY):
        case = build_case(raw_book(paying(monthly)))
        books.append(book_bytes(sealed(proposal(case, hand_plan(case, variants.STARTS), "basis", INFO))))
    assert books[0] != books[1]


def test_the_file_names_no_parameter_of_personnel() -> None:
    book = book_of(variants.coupled_tables())
    assert not words(book) & {*STAFF_PARAMETERS, *(f"Uren {of}" for of in ("per fte", "van het rooster"))}
    assert set(CLOSED) <= words(book)
    assert CLOSED_NOTE in {cell.value for cell in sheet_of(book, "voorblad").cells.values()}


def test_the_confidential_amounts_are_marked() -> None:
    cells = sheet_of(book_of(variants.coupled_tables()), "uitgangspunten").cells
    rows = [row for (row, _), cell in cells.items() if cell.value == "personeel_per_fte"]
    assert rows
    for row in rows:
        line = [cell for (at, _), cell in cells.items() if at == row]
        assert Role.DECISION in {cell.role for cell in line}
        assert CONFIDENTIAL in {cell.value for cell in line}


def test_where_only_a_salary_came_from_is_left_out() -> None:
    tables = variants.coupled_tables()
    tables["herkomst"].append(
        {
            "code": "LOON",
            "soort": "bron",
            "document": "Salarisadministratie",
            "vindplaats": "schaal 9",
            "toelichting": "3.950 per maand",
        }
    )
    for row in tables["tarief"]:
        if row["parameter"] == "bruto_maandloon":
            row["herkomst"] = "LOON"
    assert not words(book_of(tables)) & {"LOON", "Salarisadministratie", "schaal 9", "3.950 per maand"}


@pytest.mark.parametrize("parameter", ["bruto_maandloon", "overhead"])
def test_a_scenario_that_changes_a_salary_does_not_tell_it(parameter: str) -> None:
    tables = paying(MONTHLY)
    tables["scenarios"] = [
        {
            "scenario": "hoger",
            "omschrijving": "Meer",
            "doelblad": "tarief",
            "kolom": "waarde",
            "filter": f"parameter={parameter}",
            "bewerking": "plus",
            "waarde": Decimal("0.0625"),
        }
    ]
    told = words(book_of(tables, "hoger"))
    assert ("(vertrouwelijk)" in told) is (parameter == "bruto_maandloon")
    assert (f"parameter={parameter}" in told) is (parameter == "overhead")


def test_prices_and_every_formula_stay(tmp_path: Path) -> None:
    case: Case = variants.coupled()
    live = Live(case, variants.STARTS, tmp_path / "begroting.xlsx", info=HIDING)
    assert shown(live) == pytest.approx(prices(case), rel=1e-12)
    at = live.find("tarief", tarief="T8", parameter="personeel_per_fte")
    before = shown(live)
    live.put("tarief", "waarde", at, 100_000)
    assert shown(live) != before


def test_the_file_verifies(tmp_path: Path) -> None:
    case = variants.coupled()
    book = proposal(case, hand_plan(case, variants.STARTS), "basis", HIDING)
    assert write_verified(book, tmp_path / "begroting.xlsx")


def test_the_command_keeps_salaries_out_of_the_files(tmp_path: Path) -> None:
    path = write_xlsx(variants.coupled_tables(), tmp_path / "dorp.xlsx")
    out = tmp_path / "uit"
    assert run_command(["plan", str(path), "--out", str(out), "--zonder-salarissen"]) == Exit.FINE
    folder = out / "dorp" / "basis"
    book = openpyxl.load_workbook(folder / "begroting.xlsx")
    told = {str(cell.value) for sheet in book for line in sheet.iter_rows() for cell in line}
    assert set(CLOSED) <= told
    assert not told & set(STAFF_PARAMETERS)
    assert not [name for name in STAFF_PARAMETERS if name in (folder / "resultaat.json").read_text("utf-8")]


def test_a_budget_without_tariffs_is_the_same_either_way() -> None:
    case = variants.small()
    plan = hand_plan(case, variants.STARTS)
    assert book_bytes(proposal(case, plan, "basis", HIDING)) == book_bytes(proposal(case, plan, "basis", INFO))
