"""Formulas as text: copied to another cell, and what in them is known."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.formula.translate import Translator

from finance.tables.grid import address
from finance.xlsx.relative import copied, functions_in, is_understood

FORMULAS = [
    "A1",
    "$A$1",
    "A$1+$B2",
    "SUM(A1:B3)",
    "SUM($A$1:A1)",
    "'Blad 1'!C3*blad!$D4",
    'A1&"B2"&C3',
    "LOG10(A1)",
    "SUM(C:C)+SUM($D:E)",
    "SUM(3:3)+SUM($4:5)",
    "ROUND(btw_2*A1,2)",
    "1E5*A1",
    "'it''s A1'!B2",
    'IF(A1="",0,B1)',
    "Tarief_A1+B2",
]


@pytest.mark.parametrize("formula", FORMULAS)
@pytest.mark.parametrize(("down", "right"), [(0, 0), (1, 0), (0, 2), (7, 30), (100, 1)])
def test_a_formula_is_copied_as_spreadsheets_do(formula: str, down: int, right: int) -> None:
    other = Translator(f"={formula}", origin="A1").translate_formula(address(1 + down, 1 + right))
    assert copied(formula, down, right) == other.removeprefix("=")


@pytest.mark.parametrize(
    ("formula", "down", "right", "becomes"),
    [
        ("B2", -1, -1, "A1"),
        ("B2", -2, 0, "#REF!"),
        ("B2", 0, -2, "#REF!"),
        ("A1:B2", -1, 0, "#REF!:B1"),
        ("XFD1", 0, 1, "#REF!"),
        ("A1048576", 1, 0, "#REF!"),
        ("B:C", 0, -2, "#REF!"),
        ("$A$1", -5, -5, "$A$1"),
    ],
)
def test_a_reference_off_the_sheet_is_lost(formula: str, down: int, right: int, becomes: str) -> None:
    assert copied(formula, down, right) == becomes


@given(st.sampled_from(FORMULAS), st.integers(0, 500), st.integers(0, 500))
def test_copying_there_and_back_is_nothing(formula: str, down: int, right: int) -> None:
    assert copied(copied(formula, down, right), -down, -right) == formula


def test_the_functions_of_a_formula_are_found_but_for_those_in_texts() -> None:
    assert set(functions_in("IF(_xlfn.XLOOKUP(A1,'SUM(x)'!B:B,C:C)>0,sum(A1),\"MAX(\")")) == {
        "IF",
        "_XLFN.XLOOKUP",
        "SUM",
    }


@pytest.mark.parametrize(
    "formula",
    [
        "1",
        "A1",
        "-A1*1.5E-3%",
        "'Blad 1'!$A$1+blad!B2",
        "SUM(A:A,1:1)",
        'IF(btw>=.2,"#?[x]",TRUE)',
        "#REF!+1",
        "(A1:B2)",
        "A1<>B1",
        "blad!A1:B2",
    ],
)
def test_a_formula_of_what_is_known_is_understood(formula: str) -> None:
    assert is_understood(formula, {"SUM", "IF"}, {"BTW"})


@pytest.mark.parametrize(
    "formula",
    [
        "MAX(A1)",
        "SUM(onbekend)",
        "SUM(Tabel1[bedrag])",
        "[1]Blad!A1",
        "'[oud.xlsx]Blad'!A1",
        "SUM(een:drie!A1)",
        "SUM('een:drie'!A1)",
        "A1#",
        "{1,2}",
        "@A1",
        "SUM(BTW_2)",
        "A1:OFFSET(A1,1,0)",
    ],
)
def test_a_formula_of_anything_else_is_not(formula: str) -> None:
    assert not is_understood(formula, {"SUM", "IF"}, {"BTW"})
