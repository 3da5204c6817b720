"""A formula as a tree: what binds to what, and which cells it reads."""

from __future__ import annotations

from fractions import Fraction

import pytest

from finance.tables.engine.expressions import Area, Call, Constant, ExpressionError, area_of, parsed

ONE, TWO, THREE = (Constant(Fraction(number)) for number in (1, 2, 3))
A1 = Area("blad", 1, 1, 1, 1)


@pytest.mark.parametrize(
    ("formula", "tree"),
    [
        ("1+2*3", Call("+", (ONE, Call("*", (TWO, THREE))))),
        ("(1+2)*3", Call("*", (Call("+", (ONE, TWO)), THREE))),
        ("1-2-3", Call("-", (Call("-", (ONE, TWO)), THREE))),
        ("-1^2", Call("^", (Call("NEG", (ONE,)), TWO))),
        ("1+2=3", Call("=", (Call("+", (ONE, TWO)), THREE))),
        ('"<="&1', Call("&", (Constant("<="), ONE))),
        ('"zeg ""ja"""', Constant('zeg "ja"')),
        ("TRUE", Constant(True)),
        ("N(A1)", Call("N", (A1,))),
        ("$A$1", A1),
        ("'een blad'!B2:$C$4", Area("een blad", 2, 2, 4, 3)),
        ("'d''r'!B2", Area("d'r", 2, 2, 2, 2)),
        ("rekenblad_a!AA10", Area("rekenblad_a", 10, 27, 10, 27)),
        ("ROUND( 1 , 2 )", Call("ROUND", (ONE, TWO))),
        ("_xlfn.CONCAT(1)", Call("CONCAT", (ONE,))),
        ("1%", Call("/", (ONE, Constant(Fraction(100))))),
        ("1.5E+2", Constant(Fraction(150))),
    ],
)
def test_a_formula_reads_as_excel_reads_it(formula: str, tree: object) -> None:
    assert parsed(formula, "blad") == tree


@pytest.mark.parametrize("formula", ["", "1+", "SUM(1", "1)", "A1:", "{1}", "naam", "SUM(1;2)", '"open'])
def test_what_is_not_understood_is_said_to_be(formula: str) -> None:
    with pytest.raises(ExpressionError):
        parsed(formula, "blad")


def test_a_range_counts_its_cells_row_by_row() -> None:
    area = area_of("B2:C3", "blad")
    assert (area.rows, area.columns) == (2, 2)
    assert list(area.places()) == [(2, 2), (2, 3), (3, 2), (3, 3)]
