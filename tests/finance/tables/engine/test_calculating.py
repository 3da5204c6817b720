"""Formulas worked out from pasted cells alone: in order, exactly, without looking at what they hold."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from finance.tables.engine.calculating import Calculator, CircularError
from finance.tables.engine.cells import CellFaultError, Known, Sheets, TracedCell, cells_of_book
from finance.tables.engine.expressions import parsed
from finance.tables.grid import Format, Role
from tests.finance.xlsx.sample import small_book

LONG = 20_000


def cells(**given: Known | str) -> Sheets:
    """One sheet; a text that starts with `=` is a formula that holds a wrong number."""
    found = {}
    for name, value in given.items():
        formula = value.removeprefix("=") if isinstance(value, str) and value.startswith("=") else ""
        at = (int(name[1:]), ord(name[0]) - ord("A") + 1)
        held = Fraction(-1) if formula else value
        found[at] = TracedCell(held, formula, Role.FORMULA, Format.GENERAL, None)
    return {"blad": found}


def value(sheets: Sheets, row: int, column: int) -> Known:
    return Calculator(sheets).worked_out(("blad", row, column)).value


def test_what_a_formula_cell_holds_is_never_looked_at() -> None:
    sheets = cells(A1=Fraction(2), A2="=A1*3", A3="=A2+A1")
    assert value(sheets, 3, 1) == 8


def test_a_long_chain_needs_no_recursion() -> None:
    chain = {f"A{row}": f"=A{row - 1}+1" for row in range(2, LONG + 1)}
    assert value(cells(A1=Fraction(0), **chain), LONG, 1) == LONG - 1


def test_a_column_is_read_after_all_its_cells_are_worked_out() -> None:
    sheets = cells(B1="=SUM(A1:A3)", A1=Fraction(1), A2="=A1+A3", A3="=A1*10")
    assert value(sheets, 1, 2) == 22


def test_an_empty_outcome_and_a_truth_value_are_numbers() -> None:
    sheets = cells(A1="=B1", A2="=1=1")
    assert [value(sheets, row, 1) for row in (1, 2)] == [0, 1]


def test_a_circle_is_named() -> None:
    with pytest.raises(CircularError, match="reads itself"):
        value(cells(A1="=A2", A2="=A1"), 1, 1)


def test_an_error_names_its_cell_and_formula() -> None:
    with pytest.raises(CellFaultError, match=r"'blad', 1, 1.*=1/B1"):
        value(cells(A1="=1/B1"), 1, 1)


def test_a_formula_that_was_parsed_once_is_moved_and_not_parsed_again() -> None:
    first = parsed("A1*$B$1", "blad")
    sheets = cells(A1=Fraction(2), A2=Fraction(5), B1=Fraction(10), C1="=A1*$B$1", C2="=A2*$B$1")
    copies = {("blad", 1, 3): (first, 0), ("blad", 2, 3): (first, 1)}
    assert [cell.value for cell in Calculator(sheets, copies).all().values()] == [20, 50]


def test_a_small_book_comes_to_what_python_says() -> None:
    written = cells_of_book(small_book())
    bare = {
        name: {at: replace(cell, value=None) if cell.formula else cell for at, cell in found.items()}
        for name, found in written.items()
    }
    for at, cell in Calculator(bare).all().items():
        assert cell.value == written[at[0]][at[1:]].value, at
