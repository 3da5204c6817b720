"""The fast ways of the evaluator come to what the plain ones come to: sums, roundings, and rows that meet criteria."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finance.tables.engine.calculating import Calculator
from finance.tables.engine.cells import CellFaultError, Known, traced_cells
from finance.tables.engine.criteria import Column
from finance.tables.engine.expressions import ExpressionError, moved, parsed
from finance.tables.engine.programs import Programs
from finance.tables.engine.values import Value, total_of
from finance.tables.grid import Cell

FRACTIONS = st.fractions(min_value=-(10**6), max_value=10**6, max_denominator=1000)


@given(st.lists(FRACTIONS, max_size=30))
def test_a_sum_by_denominators_is_the_sum(numbers: list[Fraction]) -> None:
    assert total_of(numbers) == sum(numbers, Fraction(0))


WAYS = {"ROUND": ROUND_HALF_UP, "ROUNDDOWN": ROUND_DOWN, "ROUNDUP": ROUND_UP}


@pytest.mark.parametrize("name", WAYS)
@given(cents=st.integers(-(10**7), 10**7), digits=st.integers(-3, 4))
def test_rounding_is_that_of_a_decimal(name: str, cents: int, digits: int) -> None:
    """A number with four decimals, below, at and above each half."""
    number = Decimal(cents) / 10_000
    cells = {(1, 1): Cell(number), (1, 2): Cell(None, formula=f"{name}(A1,{digits})")}
    found = Calculator({"blad": traced_cells(cells)}).worked_out(("blad", 1, 2)).value
    assert found == Fraction(number.quantize(Decimal(1).scaleb(-digits), WAYS[name]))


VALUES = st.one_of(st.none(), st.integers(0, 3).map(Fraction), st.sampled_from(["a", "A", "b", "2"]))
CRITERIA = st.sampled_from(["a", "b", "<>a", ">=1", "<2", "<>0", "2", "", "*"])


@given(
    rows=st.lists(st.tuples(VALUES, VALUES, st.integers(1, 9)), min_size=1, max_size=12),
    first=CRITERIA,
    second=CRITERIA,
)
def test_rows_meet_both_criteria_whichever_allows_fewer(
    rows: list[tuple[Known, Known, int]], first: str, second: str
) -> None:
    cells = {(at, 3): Cell(amount) for at, (_, _, amount) in enumerate(rows, start=1)}
    for at, (one, other, _) in enumerate(rows, start=1):
        cells |= {(at, column): Cell(value) for column, value in ((1, one), (2, other)) if value is not None}
    last = len(rows)
    ranges = ",".join(f'{letter}1:{letter}{last},"{asked}"' for letter, asked in (("A", first), ("B", second)))
    cells[1, 5] = Cell(None, formula=f"SUMIFS(C1:C{last},{ranges})")
    cells[1, 6] = Cell(None, formula=f"COUNTIFS({ranges})")
    calculator = Calculator({"blad": traced_cells(cells)})
    both = set(Column([row[0] for row in rows]).meeting(first)) & set(Column([row[1] for row in rows]).meeting(second))
    assert calculator.worked_out(("blad", 1, 5)).value == sum(rows[at][2] for at in both)
    assert calculator.worked_out(("blad", 1, 6)).value == len(both)


FORMULAS = (
    "A1+B1",
    "A1-B1",
    "A1*B1",
    "A1/B1",
    "-A1",
    "A1&B1",
    *(f"A1{sign}B1" for sign in ("=", "<>", "<", ">", "<=", ">=")),
    "IF(A1,B1)",
    "IF(A1=0,B1,C1)",
    "IFERROR(A1/B1,C1)",
    "AND(A1,B1)",
    "OR(A1=0,B1/0)",
    "NOT(A1)",
    "ISNUMBER(A1)",
    "N(A1)",
    "ROUND(A1/7,2)",
    "ROUNDDOWN(A1)",
    "SUM(A1:C1,A1,2)",
    "MAX(A1,B1,C1)",
    "MIN(A1:C1)",
    "MIN(A1+1,B1)",
    "INDEX(A1:C1,B1)",
    "INDEX($A$1:$A$3,A1)",
    "INDEX(A1:C3,A1,B1)",
    "MATCH(A1,$B$1:$B$3,0)",
    "MATCH(A1,$B$1:$B$3,1)",
    "SUMIFS($A$1:$A$3,$B$1:$B$3,B1,$C$1:$C$3,C1)",
    'COUNTIFS($A$1:$A$3,">="&A1)',
    "COUNTIF($A$1:$A$3,A1)",
    "SUMPRODUCT(($A$1:$A$3=B1)+0)",
    "SUMPRODUCT(($A$1:$A$3=B1)*($B$1:$B$3<>C1))",
    "SUMPRODUCT((A1:C1=A1)+(A1:C1=$B$1:$B$1))",
    "SUMPRODUCT($A$1:$A$3,$B$1:$B$3)",
    "SUMPRODUCT($A$1:$A$3-$B$1:$C$1)",
)


@pytest.mark.parametrize("formula", FORMULAS)
@given(st.lists(st.lists(VALUES, min_size=3, max_size=3), min_size=3, max_size=3))
@settings(max_examples=15)
def test_a_program_comes_to_what_the_formula_is_worth(formula: str, rows: list[list[Known]]) -> None:
    """In each row, of the formula that was read in the first one."""
    cells = {(at, column): Cell(value) for at, row in enumerate(rows, 1) for column, value in enumerate(row, 1)}
    calculator = Calculator({"blad": traced_cells(cells)})
    tree = parsed(formula, "blad")
    for down in range(3):
        assert _found(lambda down=down: Programs(calculator).of(tree)(down)) == _found(
            lambda down=down: calculator.value(moved(tree, down))
        )


def _found(work: Callable[[], Value]) -> Value:
    """What a formula comes to, or which error."""
    try:
        return work()
    except CellFaultError as fault:
        return f"fout {fault}"
    except ExpressionError:
        return "niet begrepen"
