"""Building the model and handing it to HiGHS: this toolkit, linopy and bare arrays, on the same model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial
from statistics import median

import highspy
import numpy as np
from scipy import sparse

from benchmarks import with_arrays, with_linopy
from benchmarks.cases import Size, case_of, tables
from benchmarks.report import Section, number, target, times
from benchmarks.tables import tabulate
from benchmarks.timing import Times, hushed, in_turn
from finance.rules import Entitlement
from models.compiled import Compiled
from models.compiling import compile_program
from models.program import Program
from models.pyomo_model import build
from models.solver import Solver

OURS, LINOPY, SPARSE, ARRAYS = "this toolkit", "linopy", "linopy, sparse", "arrays"
COMPILING = "compiling the case"
MOST = 2.0
"""The target: at most so many times linopy."""
MEASURED, ROUNDS = Size(1000), 7
GROWTH = ((100, 7), (300, 5), (1000, 3), (3000, 2), (10_000, 1))
"""Projects and rounds; the larger a case, the less the rounds differ."""

WHOLE = highspy.HighsVarType.kInteger

Written = tuple[float, float, tuple[int, ...], tuple[float, ...]]
"""A row: lower and upper bound, columns and coefficients."""


def program_of(size: Size) -> Program:
    """A made-up case, compiled; its only goal is one that any modelling tool can state as well."""
    case = case_of(tables(size, goals=("ongedekt",)))
    return compile_program(case, Entitlement(case))


def hand_over(program: Program) -> Solver:
    """What a run does: formulate in Pyomo, compile to arrays, pass to HiGHS, set the first goal."""
    _, compiled = build(program)
    solver = Solver(compiled)
    solver.minimise(compiled.goals[0], float(compiled.offsets[0]))
    return solver


def _linopy(program: Program, *, sparse_backing: bool) -> highspy.Highs:
    return with_linopy.hand_over(tabulate(program), sparse=sparse_backing)


def _arrays(program: Program) -> highspy.Highs:
    return with_arrays.hand_over(tabulate(program))


def _candidates(program: Program) -> dict[str, Callable[[], object]]:
    return {
        OURS: partial(hand_over, program),
        LINOPY: partial(_linopy, program, sparse_backing=False),
        SPARSE: partial(_linopy, program, sparse_backing=True),
        ARRAYS: partial(_arrays, program),
    }


def require_same_model(compiled: Compiled, highs: highspy.Highs) -> None:
    """Refuse to compare times of models that differ: columns in one order, rows in any.

    Raises:
        ValueError: they differ.
    """
    lp = highs.getLp()
    same = (
        np.array_equal(lp.col_lower_, compiled.col_lower)
        and np.array_equal(lp.col_upper_, compiled.col_upper)
        and np.array_equal(lp.col_cost_, compiled.goals[0])
        and np.array_equal([kind == WHOLE for kind in lp.integrality_], compiled.integer)
        and _rows(compiled.matrix, compiled.row_lower, compiled.row_upper)
        == _rows(_matrix(lp), np.array(lp.row_lower_), np.array(lp.row_upper_))
    )
    if not same:
        raise ValueError("the models differ: their times cannot be compared")


def _matrix(lp: highspy.HighsLp) -> sparse.spmatrix:
    stored = lp.a_matrix_
    by_row = stored.format_ == highspy.MatrixFormat.kRowwise
    kind = sparse.csr_matrix if by_row else sparse.csc_matrix
    return kind((stored.value_, stored.index_, stored.start_), shape=(lp.num_row_, lp.num_col_))


def _rows(matrix: sparse.spmatrix, lower: np.ndarray, upper: np.ndarray) -> Counter[Written]:
    rows = matrix.tocsr()
    rows.sort_indices()
    ends, columns, values = rows.indptr.tolist(), rows.indices.tolist(), rows.data.tolist()
    return Counter(
        (low, high, tuple(columns[first:last]), tuple(values[first:last]))
        for low, high, first, last in zip(lower.tolist(), upper.tolist(), ends, ends[1:], strict=False)
    )


def measure() -> Section:
    """Build and hand over one model in four ways."""
    program = program_of(MEASURED)
    _, compiled = build(program)
    candidates = _candidates(program)
    for name in (LINOPY, SPARSE, ARRAYS):
        with hushed():
            rival = candidates[name]()
        if isinstance(rival, highspy.Highs):
            require_same_model(compiled, rival)
    with hushed():
        taken = in_turn(candidates, ROUNDS)
    rivals = (LINOPY, SPARSE, ARRAYS)
    rows = [(name, times(taken.ratios(OURS, name)), f"{taken.median(name):.2f}") for name in rivals]
    met = median(taken.ratios(OURS, LINOPY)) <= MOST
    height, width = compiled.matrix.shape
    return Section(
        "Building a model and handing it to HiGHS",
        f"{_described(MEASURED)}: {number(height)} rows, {number(width)} columns, "
        f"{number(compiled.matrix.nnz)} nonzeros, equal in all four, row by row. From the compiled case to "
        f"a model in HiGHS; {ROUNDS} rounds in turn. Target: at most {MOST:.0f} times linopy: "
        f"**{target(met)}**.",
        ("compared with", "this toolkit takes, times (lowest - highest round)", "CPU s of the other"),
        rows,
        [f"This toolkit itself: {taken.median(OURS):.2f} CPU s."],
    )


def _described(size: Size) -> str:
    return f"{number(size.projects)} projects x {size.variants} variants x {size.years} years"


def measure_growth() -> Section:
    """Build and hand over models of growing size."""
    rows: list[tuple[str, ...]] = []
    first: list[float] = []
    for projects, rounds in GROWTH:
        taken, nonzeros = _grown(projects, rounds)
        each = [taken.median(name) / nonzeros for name in (COMPILING, OURS, LINOPY)]
        first = first or each
        relative = [f"{one / other:.2f}" for one, other in zip(each, first, strict=True)]
        against = f"{median(taken.ratios(OURS, LINOPY)):.2f}"
        rows.append((number(projects), number(nonzeros), *relative, against))
    return Section(
        "Growth",
        "CPU time per nonzero as a multiple of that of the smallest case: 1.00 throughout is exactly linear.",
        ("projects", "nonzeros", COMPILING, "building, handing over", "the same with linopy", "times linopy"),
        rows,
        [
            "Compiling makes index sets and numbers of a case and its rules; linopy starts from them too. "
            "linopy pays a fixed price per constraint family and little per nonzero, Pyomo nothing fixed and "
            "an object per row, variable and term: the larger the case, the worse for this toolkit."
        ],
    )


def _grown(projects: int, rounds: int) -> tuple[Times, int]:
    case = case_of(tables(Size(projects), goals=("ongedekt",)))
    program = compile_program(case, Entitlement(case))
    candidates: dict[str, Callable[[], object]] = {
        COMPILING: lambda: compile_program(case, Entitlement(case)),
        OURS: partial(hand_over, program),
        LINOPY: partial(_linopy, program, sparse_backing=False),
    }
    with hushed():
        return in_turn(candidates, rounds), int(build(program)[1].matrix.nnz)
