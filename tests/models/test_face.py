"""The optimal face: what a goal fixes, what one value has, and the smallest largest share after share."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from models.compiled import INFINITY, Compiled
from models.face import Face, Item

NOBODY: Final = np.zeros(0, dtype=np.int_)


def face_of(rows: Sequence[tuple[Sequence[float], float, float]], uppers: Sequence[float]) -> Face:
    """A face of some rows (coefficients, lower, upper) over columns from zero up to a bound."""
    size = len(uppers)
    compiled = Compiled(
        matrix=sparse.csc_matrix(np.array([terms for terms, _, _ in rows], dtype=float).reshape(-1, size)),
        row_lower=np.array([lower for _, lower, _ in rows], dtype=float),
        row_upper=np.array([upper for _, _, upper in rows], dtype=float),
        col_lower=np.zeros(size),
        col_upper=np.array(uppers, dtype=float),
        integer=np.zeros(size, dtype=bool),
        goals=np.zeros((0, size)),
        offsets=np.zeros(0),
        senses=(),
    )
    return Face(compiled, NOBODY, np.zeros(0))


def total(number: float, size: int) -> tuple[Sequence[float], float, float]:
    """A row: all columns add up to a number."""
    return [1.0] * size, number, number


def test_a_goal_fixes_what_has_a_price_and_what_follows_from_it() -> None:
    """x + y + z = 6, at most 4 each; the least of x leaves the division over y and z, then that of y none."""
    face = face_of([total(6, 3)], [4, 4, 4])
    assert face.minimise(face.costs([(0, 1.0)])) == 0
    assert not face.settle([1, 2])
    assert face.minimise(face.costs([(1, 1.0)])) == pytest.approx(2)
    assert not face.is_free([0, 1, 2])
    assert list(face.point) == pytest.approx([0, 2, 4])


def test_columns_whose_sums_could_cancel_are_not_settled() -> None:
    """x - y may be anything: a + b + c + d with a = c and b = d moves along many directions."""
    face = face_of([([1, 0, 1, 0], 2, 2), ([0, 1, 0, 1], 2, 2)], [2, 2, 2, 2])
    assert not face.settle(range(4))


def test_what_no_point_of_the_face_has_is_not_fixed() -> None:
    face = face_of([total(6, 2)], [4, 4])
    assert not face.fix(np.array([0]), np.array([1.0]))
    assert face.is_free([0, 1])
    assert face.fix(np.array([0]), np.array([2.5]))
    assert list(face.point) == pytest.approx([2.5, 3.5])


def test_what_cannot_be_is_said_of_columns_that_leave_nothing_free_as_well() -> None:
    face = face_of([total(6, 2)], [4, 4])
    assert not face.fix(np.array([0, 1]), np.array([2.0, 3.0]))


def test_a_goal_that_is_held_by_a_row_may_go_up_to_it() -> None:
    face = face_of([total(6, 2)], [6, 6])
    face.hold(face.costs([(0, 1.0)]), -INFINITY, 2.0)
    assert face.minimise(face.costs([(0, -1.0)])) == pytest.approx(-2)


def level(bounds: Sequence[int], weights: Sequence[int], number: Fraction) -> list[Fraction]:
    """Shares in proportion to weights, none above its bound: what one cannot take, the others share."""
    shares = [Fraction(0)] * len(bounds)
    left, weight = number, Fraction(sum(weights))
    for at in sorted(range(len(bounds)), key=lambda at: Fraction(bounds[at], weights[at])):
        shares[at] = min(Fraction(bounds[at]), left * weights[at] / weight)
        left, weight = left - shares[at], weight - weights[at]
    return shares


@given(
    st.lists(st.tuples(st.integers(0, 20), st.integers(1, 5)), min_size=2, max_size=6),
    st.fractions(0, 1, max_denominator=20),
)
@settings(max_examples=60, deadline=None, derandomize=True)
def test_the_largest_share_is_the_smallest_that_can_be_then_the_next(
    pairs: list[tuple[int, int]], part: Fraction
) -> None:
    """Whatever the order of the columns and of the items."""
    bounds, weights = [bound for bound, _ in pairs], [weight for _, weight in pairs]
    number = part * sum(bounds)
    expected = [float(share) for share in level(bounds, weights, number)]
    for order in (list(range(len(pairs))), list(range(len(pairs)))[::-1]):
        face = face_of([total(float(number), len(pairs))], [bounds[at] for at in order])
        face.even_out([Item((column,), weights[at]) for column, at in enumerate(order)])
        assert [float(face.point[order.index(at)]) for at in range(len(pairs))] == pytest.approx(expected, abs=1e-7)
        assert not face.is_free(range(len(pairs)))


def test_items_of_several_columns_are_held_together() -> None:
    """a + b and c in proportion 2 to 1; how a and b divide their part is left."""
    face = face_of([total(9, 3)], [9, 9, 9])
    face.even_out([Item((0, 1), 2), Item((2,), 1)])
    assert face.point[2] == pytest.approx(3)
    assert face.is_free([0])
    assert face.minimise(face.costs([(0, 1.0)])) == pytest.approx(0, abs=1e-7)
    assert face.point[1] == pytest.approx(6)


def test_small_and_large_weights_get_their_share_alike() -> None:
    """A line of ten euros beside one of a hundred million: a third of either is paid, to far below a cent."""
    face = face_of([total((0.01 + 100_000) / 3, 2)], [0.01, 100_000])
    face.even_out([Item((0,), 0.01), Item((1,), 100_000)])
    assert face.point[0] == pytest.approx(0.01 / 3, abs=1e-8)


def test_a_constant_counts_as_part_of_an_item() -> None:
    face = face_of([total(10, 2)], [10, 10])
    face.even_out([Item((0,), 1, constant=-4), Item((1,), 1)])
    assert list(face.point) == pytest.approx([7, 3])
