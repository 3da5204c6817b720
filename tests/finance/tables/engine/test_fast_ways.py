"""The fast ways of the evaluator come to what the plain ones come to: sums, roundings, and rows that meet criteria."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finance.tables.engine.calculating import Calculator
from finance.tables.engine.cells import Known, traced_cells
from finance.tables.engine.criteria import Column
from finance.tables.engine.worth import total_of
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
