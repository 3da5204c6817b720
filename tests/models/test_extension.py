"""Columns and rows added to a compiled model, written out by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from models.compiled import INFINITY
from models.extension import Extension
from tests.models.test_bounds import model

BASE = replace(
    model([[1, 2, 0], [0, 0, 3], [0, 0, 0]], [4, 5, 6], [7, 8, 9]),
    integer=np.array([True, False, False]),
)


def test_without_additions_the_model_is_the_same() -> None:
    found = Extension(BASE).compiled()
    assert found.matrix.toarray().tolist() == BASE.matrix.toarray().tolist()
    assert (found.row_upper.tolist(), found.col_upper.tolist()) == ([4, 5, 6], [3, 3, 3])
    assert found.goals.tolist() == [[7, 8, 9]]


def test_columns_are_numbered_behind_those_of_the_model_and_keep_their_bounds_and_kind() -> None:
    extension = Extension(BASE)
    assert extension.column(-1.0, 2.0) == 3
    assert extension.column(0.0, 1.0, whole=True) == 4
    assert extension.size == 5
    found = extension.compiled()
    assert found.col_lower.tolist() == [0, 0, 0, -1, 0]
    assert found.col_upper.tolist() == [3, 3, 3, 2, 1]
    assert found.integer.tolist() == [True, False, False, False, True]
    assert found.goals.tolist() == [[7, 8, 9, 0, 0]]


def test_rows_stand_below_those_of_the_model_over_old_and_new_columns() -> None:
    """A row may speak of a column that is added after it."""
    extension = Extension(BASE)
    extension.row([(0, 2.0), (3, -1.0)], -INFINITY, 10.0)
    extension.row([(2, 4.0)], 1.0, INFINITY)
    extension.column(0.0, 1.0)
    found = extension.compiled()
    assert found.matrix.toarray().tolist() == [
        [1, 2, 0, 0],
        [0, 0, 3, 0],
        [0, 0, 0, 0],
        [2, 0, 0, -1],
        [0, 0, 4, 0],
    ]
    assert found.row_lower.tolist() == [*[-INFINITY] * 4, 1.0]
    assert found.row_upper.tolist() == [4, 5, 6, 10, INFINITY]


def test_terms_of_the_same_column_add_up_in_a_row_and_in_an_objective() -> None:
    extension = Extension(BASE)
    added = extension.column(0.0, 1.0)
    extension.row([(0, 1.0), (added, 2.0), (0, 0.5)], 0.0, 0.0)
    assert extension.compiled().matrix.toarray()[-1].tolist() == [1.5, 0, 0, 2]
    assert extension.costs([(added, 1.0), (1, 2.0), (added, -3.0)]).tolist() == [0, 2, 0, -2]


def test_what_is_added_leaves_the_model_itself_alone() -> None:
    extension = Extension(BASE)
    extension.row([(extension.column(0.0, 1.0), 1.0)], 0.0, 0.0)
    extension.compiled()
    assert BASE.matrix.shape == (3, 3)
    assert Extension(BASE).size == 3
