"""The arrays of a program without Pyomo: the same constraints and goals, run on the numbers of columns.

They are those of the Pyomo model bit for bit, at about a third of its time. A plan is made from the Pyomo
model; what is solved again and again (draws, ladders, questions, variants) starts here.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, count, islice

import numpy as np
from scipy import sparse

from finance.collector import collector_off
from models.compiled import INFINITY, Compiled, Model, counted, filled, refuse_bad_scale
from models.formulation import CONSTRAINTS, GOAL_FUNCTIONS, Formulation, goals_of, senses_of
from models.program import Program
from models.variables import Term, Variables, declare


def numbered(program: Program) -> tuple[Variables, int]:
    """The variables of a program as numbers of columns, and how many there are."""
    numbers = count()
    variables = declare(program, lambda _, family: list(islice(numbers, len(family))))
    return variables, next(numbers)


@collector_off()
def arrays_of(program: Program) -> Model:
    """List the arrays of a program.

    Args:
        program: a program, on lines or on groups of lines.

    Raises:
        ScaleError: a coefficient or bound is too large for the solver's tolerances.
    """
    v, width = numbered(program)
    rows = [row for constraint in CONSTRAINTS for row in constraint(program, v)]
    goals = [GOAL_FUNCTIONS[name][0](program, v) for name in goals_of(program)]
    senses = np.array(senses_of(program), dtype=float)
    upper, integer = np.full(width, INFINITY), np.zeros(width, dtype=bool)
    upper[v.x], integer[v.x] = 1.0, True
    compiled = Compiled(
        matrix=_matrix([terms for _, terms, _ in rows], width).tocsc(),
        row_lower=filled([lower for lower, _, _ in rows], -INFINITY),
        row_upper=filled([bound for _, _, bound in rows], INFINITY),
        col_lower=np.zeros(width),
        col_upper=upper,
        integer=integer,
        goals=_matrix([terms for terms, _ in goals], width).toarray() * senses[:, None],
        offsets=np.array([constant for _, constant in goals]) * senses,
        senses=senses_of(program),
    )
    refuse_bad_scale(compiled)
    return Formulation(program, v), compiled


def _matrix(rows: Sequence[Sequence[Term]], width: int) -> sparse.csr_matrix:
    """Rows of terms as a matrix, without coefficients that are zero."""
    values = list(chain.from_iterable(chain.from_iterable(rows)))
    numbers = np.repeat(np.arange(len(rows)), counted(map(len, rows)))
    entries = (np.array(values[::2], dtype=float), (numbers, np.array(values[1::2], dtype=np.int64)))
    matrix = sparse.csr_matrix(entries, shape=(len(rows), width))
    matrix.eliminate_zeros()
    return matrix
