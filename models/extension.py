"""A compiled model with rows and columns of its own added: for questions that are no plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import numpy as np
from scipy import sparse

from models.compiled import Compiled, Vector

Terms = Iterable[tuple[int, float]]
"""Coefficients by the number of a column."""


@dataclass
class Extension:
    """Columns and rows that are added to a compiled model.

    Attributes:
        base: the model.
    """

    base: Compiled
    _columns: list[tuple[float, float, bool]] = field(default_factory=list)
    _rows: list[tuple[list[tuple[int, float]], float, float]] = field(default_factory=list)

    def column(self, lower: float, upper: float, *, whole: bool = False) -> int:
        """Add a column.

        Args:
            lower: its lower bound.
            upper: its upper bound.
            whole: whether it is a binary.

        Returns:
            Its number.
        """
        self._columns.append((lower, upper, whole))
        return len(self.base.col_lower) + len(self._columns) - 1

    def row(self, terms: Terms, lower: float, upper: float) -> None:
        """Add a row: lower <= sum of the terms <= upper."""
        self._rows.append((list(terms), lower, upper))

    @property
    def size(self) -> int:
        """The number of columns."""
        return len(self.base.col_lower) + len(self._columns)

    def costs(self, terms: Terms) -> Vector:
        """An objective over all columns."""
        found = np.zeros(self.size)
        for column, value in terms:
            found[column] += value
        return found

    def compiled(self) -> Compiled:
        """The model with all that was added; goals do not count the new columns."""
        base, more = self.base, len(self._columns)
        added = np.array([(lower, upper) for lower, upper, _ in self._columns]).reshape(-1, 2)
        return replace(
            base,
            matrix=sparse.vstack([self._widened(), self._below()], format="csc"),
            row_lower=np.append(base.row_lower, [lower for _, lower, _ in self._rows]),
            row_upper=np.append(base.row_upper, [upper for _, _, upper in self._rows]),
            col_lower=np.append(base.col_lower, added[:, 0]),
            col_upper=np.append(base.col_upper, added[:, 1]),
            integer=np.append(base.integer, np.array([whole for _, _, whole in self._columns], dtype=bool)),
            goals=np.hstack([base.goals, np.zeros((len(base.goals), more))]),
        )

    def _widened(self) -> sparse.csc_matrix:
        """The rows of the model, with empty columns behind them."""
        matrix, more = self.base.matrix, len(self._columns)
        starts = np.append(matrix.indptr, np.full(more, matrix.indptr[-1], dtype=matrix.indptr.dtype))
        return sparse.csc_matrix((matrix.data, matrix.indices, starts), shape=(matrix.shape[0], self.size))

    def _below(self) -> sparse.csc_matrix:
        entries = [(at, *term) for at, (terms, _, _) in enumerate(self._rows) for term in terms]
        rows, columns, values = zip(*entries, strict=True) if entries else ((), (), ())
        return sparse.csc_matrix((values, (rows, columns)), shape=(len(self._rows), self.size))
