"""The view without salaries: what it holds fits any salary, and no fit to its numbers finds the right one."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from numpy.typing import NDArray

from finance.books.tariff import Draft, tariff_book
from finance.case import Case
from finance.case.words import TARIFF_PARAMETERS
from finance.tariff.tariff import STAFF_PARAMETERS, tariffs_of
from finance.xlsx.seal import sealed
from finance.xlsx.write import book_bytes, write_book
from spuk.commands.tarief import document_bytes, tariff_document
from tests.finance.books.tariff.example import ROSTERS, case, example, rows
from tests.finance.books.tariff.live import INFO

MONTHLY = 3950
ON_TOP = 12 * 1.163 * 1.25
"""What a gross month wage comes to a year, by public percentages: all that an outsider can look up."""


def closed_bytes(made: Case) -> bytes:
    return book_bytes(sealed(tariff_book(made, INFO, salaries=False)))


def paying(monthly: int) -> Case:
    """Three groups with a salary; what it is lower than 3,950 goes to the team leader, to the cent.

    An fte works 1,460 of 1,800 hours, so that the 7.75, 8.75 and 9.75 fte are whole quarters.
    """
    groups = []
    for size, fte in ((4, "7.75"), (6, "8.75"), (8, "9.75")):
        per_month = Fraction(fte) * 12 * Fraction("1.163") * Fraction("1.25") + Fraction("15.5125")
        leader = 34_300 + (MONTHLY - monthly) * per_month
        groups.append(
            rows(
                size,
                uren_betaald="1800",
                uren_niet="340",
                bruto_maandloon=str(monthly),
                teamleiding=str(Decimal(leader.numerator) / leader.denominator),
            )
        )
    return case(*groups)


def test_two_salaries_with_the_same_cost_give_the_same_file() -> None:
    assert [tariff.pers for tariff in tariffs_of(paying(2950))] == [
        tariff.pers for tariff in tariffs_of(paying(MONTHLY))
    ]
    assert closed_bytes(paying(2950)) == closed_bytes(paying(MONTHLY))
    documents = {
        document_bytes(tariff_document(tariffs_of(paying(monthly), salaries=False)))
        for monthly in (2000, 2950, MONTHLY, 4100)
    }
    assert len(documents) == 1


def test_another_roster_with_the_same_cost_and_fte_gives_the_same_file() -> None:
    """A morning shift of 0.625 more takes the place of one of 0.625 of 8 hours in the afternoon and night."""
    free = {"ort_avond": "0", "ort_nacht": "0"}
    one = case(rows(4, dienst_ochtend="1", dienst_middag="2", dienst_nacht="1", **free))
    other = case(rows(4, dienst_ochtend="1.875", dienst_middag="1", dienst_nacht="1", **free))
    assert closed_bytes(one) == closed_bytes(other)


Numbers = NDArray[np.float64]

LARGER = {5: ("1", "2", "1"), 7: ("2", "2", "1"), 9: ("2", "2.5", "1"), 12: ("3", "3", "1.5")}


def many() -> Case:
    """Eight groups with one salary: as many equations as an outsider could wish for."""
    shifts = ("dienst_ochtend", "dienst_middag", "dienst_nacht")
    larger = [
        rows(4, f"T{size}", **dict(zip(shifts, staff, strict=True)), huisvesting=str(40_000 + 12_000 * size))
        for size, staff in LARGER.items()
    ]
    for size, group in zip(LARGER, larger, strict=True):
        for row in group:
            row["groepsgrootte"] = size
    return case(*(rows(size) for size in ROSTERS), *larger)


def numbers_of(made: Case, path: Path) -> list[tuple[str, list[float]]]:
    """Every column of numbers of the closed workbook, as a reader without Python sees it."""
    write_book(sealed(tariff_book(made, INFO, salaries=False)), path)
    book = openpyxl.load_workbook(path, data_only=True)
    found = []
    for sheet in book:
        for line in sheet.iter_cols():
            values = [float(cell.value) for cell in line if type(cell.value) in (int, float)]
            found.append((f"{sheet.title}!{line[0].column_letter}", values))
    return found


def read(path: Path, made: Case) -> Numbers:
    """Group size, fte and cost of personnel of each tariff, out of the closed workbook."""
    write_book(sealed(tariff_book(made, INFO, salaries=False)), path)
    sheet = openpyxl.load_workbook(path, data_only=True)["rekenblad"]
    head = next(line for line in sheet.iter_rows() if line[0].value == "Nr")
    columns = {str(cell.value): cell.column for cell in head}
    wanted = [columns[name] for name in ("Groepsgrootte (n)", "fte_per_groep", "Personeel")]
    first = head[0].row + 1
    lines = range(first, first + len(tariffs_of(made)))
    return np.array([[float(sheet.cell(line, column).value) for column in wanted] for line in lines])


@pytest.mark.parametrize("make", [example, many])
def test_a_fit_to_the_numbers_of_the_file_misses_the_salary(make: Callable[[], Case], tmp_path: Path) -> None:
    """Cost of personnel as so much per fte, per place and per group: the slope is not the wage."""
    made = make()
    size, fte, cost = read(tmp_path / "tarief.xlsx", made).T
    one = np.ones_like(size)
    for known in ([fte, size, one], [fte, one], [fte, size], [fte]):
        (per_fte, *_), *_ = np.linalg.lstsq(np.array(known).T, cost, rcond=None)
        assert abs(per_fte / ON_TOP / MONTHLY - 1) > 0.03, (len(known), per_fte / ON_TOP)


def test_no_number_of_the_file_is_a_salary_or_a_step_towards_it(tmp_path: Path) -> None:
    made = many()
    tariffs = tariffs_of(made)
    secrets = {float(MONTHLY), MONTHLY * 1.25, MONTHLY * 12.0, *(float(each.wage) for each in tariffs)}
    for name in ("wage", "roster_cost", "surcharge", "netto", "hours", "teamleiding", "treatment"):
        secrets |= {float(getattr(each, name)) for each in tariffs}
    for where, values in numbers_of(made, tmp_path / "tarief.xlsx"):
        near = [value for value in values for secret in secrets if abs(value - secret) < 1e-6 * secret]
        assert not near, where


def test_the_file_names_no_parameter_of_personnel() -> None:
    book = sealed(tariff_book(example(), INFO, salaries=False))
    cells = [cell for sheet in book.sheets for cell in sheet.cells.values()]
    assert not {str(cell.value) for cell in cells} & set(STAFF_PARAMETERS)


def test_what_it_costs_is_the_same() -> None:
    for shut, whole in zip(tariffs_of(many(), salaries=False), tariffs_of(many()), strict=True):
        assert (shut.fixed, shut.variable, shut.asked) == (whole.fixed, whole.variable, whole.asked)
        assert shut.elements == whole.elements


def test_what_is_left_is_every_other_parameter() -> None:
    left = Draft(example(), INFO, salaries=False).parameters
    assert left[:2] == ("fte_per_groep", "personeel_per_fte")
    assert set(left[2:]) == set(TARIFF_PARAMETERS) - set(STAFF_PARAMETERS)


def test_a_group_without_a_roster_still_carries_its_personnel() -> None:
    bare = case(rows(4, dienst_ochtend="0", dienst_middag="0", dienst_nacht="0"))
    (shut,), (whole,) = tariffs_of(bare, salaries=False), tariffs_of(bare)
    assert shut.fte == Fraction(1, 10)
    assert shut.fixed == whole.fixed
