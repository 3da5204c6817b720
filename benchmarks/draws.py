"""A sweep outside HiGHS: from changed cases to models in HiGHS; without Pyomo, with it, as others do it."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from statistics import median

import highspy

from benchmarks import with_arrays, with_linopy
from benchmarks.building import require_same_model
from benchmarks.cases import Row, Rows, Size, case_of, tables
from benchmarks.report import Section, number, target, times
from benchmarks.tables import tabulate
from benchmarks.timing import hushed, in_turn
from finance.case import Case
from finance.rules import Entitlement
from models.arrays import arrays_of
from models.compiled import Compiled
from models.compiling import compile_program
from models.grouping import grouped
from models.program import Program
from models.pyomo_model import build
from models.solver import Solver

OURS, PYOMO, LINOPY, ARRAYS = "this toolkit", "this toolkit, through Pyomo", "linopy", "arrays"
BOTH, COMPILED = "both models of a draw", "compiling the changed case"
MOST = 0.5
"""The target: at most so many times Pyomo."""
SIZES = ((100, 9), (300, 5), (1000, 3))
"""Projects and rounds."""
SCENARIOS = 8
"""Scenarios that a round goes through."""


def scenarios(size: Size, count: int = SCENARIOS) -> list[Case]:
    """Cases that differ in costs, prices, needs, grants and growth, as those of a sweep do."""
    return [case_of(_drawn(tables(size, goals=("ongedekt",)), number)) for number in range(count)]


def _drawn(rows: Rows, seed: int) -> Rows:
    rng = random.Random(seed)
    costs, prices, need, grants = (rng.uniform(0.85, 1.15) for _ in range(4))
    growth = round(rng.uniform(0.02, 0.06), 4)
    factors = {
        "kosten": ("bedrag", costs),
        "plaatsen": ("exploitatie_per_plaats", prices),
        "vraag": ("jeugdigen", need),
        "financiering": ("prijs", grants),
    }
    changed = {name: [_times(row, *by) for row in rows[name]] for name, by in factors.items()}
    return {**rows, **changed, "indexen": [{**row, "percentage": growth} for row in rows["indexen"]]}


def _times(row: Row, column: str, factor: float) -> Row:
    return {**row, column: round(float(str(row[column])) * factor)}


def _handed_over(compiled: Compiled) -> Solver:
    solver = Solver(compiled)
    solver.minimise(compiled.goals[0], float(compiled.offsets[0]))
    return solver


def _ours(program: Program) -> Solver:
    """What a draw does for one model."""
    return _handed_over(arrays_of(program)[1])


def _both(program: Program) -> object:
    return _ours(grouped(program)), _ours(program)


def _arrays(program: Program) -> highspy.Highs:
    return with_arrays.hand_over(tabulate(program))


def _linopy(program: Program) -> highspy.Highs:
    return with_linopy.hand_over(tabulate(program), sparse=False)


def _all(run: Callable[[Program], object], programs: Sequence[Program]) -> None:
    for program in programs:
        run(program)


def measure() -> Section:
    """Hand the scenarios of a sweep to HiGHS, one after another."""
    found = [_measured(projects, rounds) for projects, rounds in SIZES]
    return Section(
        "A sweep, outside HiGHS",
        f"{SCENARIOS} scenarios that differ in costs, prices, needs, revenue and growth. Per scenario, from"
        " the compiled program to the model in HiGHS, as times bare arrays (lowest - highest round); the"
        f" models are equal in all, row by row. Target: at most {MOST} times what Pyomo takes:"
        f" **{target(all(each.met for each in found))}**.",
        ("projects", OURS, BOTH, PYOMO, LINOPY, COMPILED, "arrays, CPU ms"),
        [each.row for each in found],
        [
            "linopy builds the model of each scenario anew, as PyPSA does. A draw of this toolkit needs two"
            " models, on groups of alike cost lines and line by line; the others are measured on one, line by"
            " line. Compiling makes the index sets and numbers from which all of them start.",
        ],
    )


@dataclass(frozen=True)
class Measured:
    """What one size took.

    Attributes:
        row: a row of the table.
        met: whether it kept within the target.
    """

    row: tuple[str, ...]
    met: bool


def _measured(projects: int, rounds: int) -> Measured:
    programs = [compile_program(case, Entitlement(case)) for case in scenarios(Size(projects))]
    candidates: dict[str, Callable[[Program], object]] = {
        OURS: _ours,
        BOTH: _both,
        PYOMO: lambda program: _handed_over(build(program)[1]),
        LINOPY: _linopy,
        COMPILED: lambda program: compile_program(program.case, Entitlement(program.case)),
        ARRAYS: _arrays,
    }
    with hushed():
        _require_same(programs[-1])
        taken = in_turn({name: partial(_all, run, programs) for name, run in candidates.items()}, rounds)
    each = taken.median(ARRAYS) / len(programs)
    shown = [times(taken.ratios(name, ARRAYS)) for name in candidates if name != ARRAYS]
    row = (number(projects), *shown, f"{1000 * each:.1f}")
    return Measured(row, median(taken.ratios(OURS, PYOMO)) <= MOST)


def _require_same(program: Program) -> None:
    for rival in (_arrays(program), _linopy(program)):
        require_same_model(arrays_of(program)[1], rival)
