"""The arrays without Pyomo against those that are read off from the Pyomo model, bit for bit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import numpy as np
import pytest
from hypothesis import given, settings

from finance.case import Case
from finance.case.approval import Approval
from finance.case.words import FLOOR, GOALS
from finance.findings import NoPlanError
from finance.plan.allocation import Plan
from finance.rules import Entitlement
from models import arrays
from models.arrays import arrays_of
from models.compiled import Compiled, Model
from models.compiling import compile_program
from models.formulation import CONSTRAINTS, GOAL_FUNCTIONS
from models.grouping import grouped
from models.plan import make_plan
from models.program import Program
from models.pyomo_model import build
from spuk.run import case_of, check
from tests.casebook import small_built_case
from tests.models.bare import Bare, bound, claim, cost, credit, measure, resource, sold, source
from tests.models.hamlet import BOTH, HAMLET, program_of
from tests.models.history import histories, random_history
from tests.models.strategies import cases, random_case

ZUIDWEST: Final = Path("inputs/zuidwest.xlsx")
FULL: Final = replace(
    HAMLET,
    costs=[*HAMLET.costs, cost("M1", "verbouwen", 30_000, index="ova"), cost("M2", "opstart", 10_000)],
    sources=[*HAMLET.sources, source("GEM", "gemeente", 25_000, BOTH), credit("K", 40_000, Decimal("0.04"), BOTH)],
    proceeds=[sold("M1", "EIGEN", 40_000)],
    settings={"discontovoet": Decimal("0.03"), "lezingen": "leegstand-door-transitie"},
    measures=[HAMLET.measures[0] | {"keuze": "moet"}, *HAMLET.measures[1:]],
    effects=[row | {"maand": 7} for row in HAMLET.effects],
    more={
        "hulpbronnen": resource("BOUW", 2, 1),
        "beslag": [claim("M2", "BOUW", 1)],
        "plaatsgrenzen": [bound("A", "gesloten, open", 2023, 2, 3)],
    },
    goals=[(goal, None) for goal in (*GOALS, FLOOR)],
)
"""The hamlet with something of everything that reaches the arrays."""


def bits(compiled: Compiled) -> dict[str, object]:
    """All that stands in arrays, as bytes, so that not even the sign of a zero may differ."""
    found: dict[str, object] = {"shape": compiled.matrix.shape, "senses": compiled.senses}
    for name in ("indptr", "indices", "data"):
        found[f"matrix.{name}"] = _bytes(getattr(compiled.matrix, name))
    for field in fields(compiled):
        if field.name not in ("matrix", "senses"):
            found[field.name] = _bytes(getattr(compiled, field.name))
    return found


def _bytes(array: Any) -> tuple[str, bytes]:
    return str(array.dtype), array.tobytes()


def unlike(one: Model, other: Model) -> list[str]:
    """What differs between two models: names of arrays, and whether a column stands for something else."""
    first, second = bits(one[1]), bits(other[1])
    found = [name for name in first if first[name] != second[name]]
    return found + ["columns"] * (one[0].variables != other[0].variables)


def require_same(case: Case) -> None:
    """Compare both models of a case, line by line and on groups of lines."""
    program = compile_program(case, Entitlement(case))
    for each in (program, grouped(program)):
        assert unlike(arrays_of(each), build(each)) == []


@pytest.fixture(scope="module")
def zuidwest() -> Mapping[str, Case]:
    checked = check(ZUIDWEST)
    return {name: case_of(checked, name) for name in ("basis", *checked.case.scenarios)}


def test_a_region_and_all_its_scenarios_have_the_arrays_of_pyomo(zuidwest: Mapping[str, Case]) -> None:
    assert len(zuidwest) > 1
    for case in zuidwest.values():
        require_same(case)


def test_a_region_with_an_approved_plan_has_the_arrays_of_pyomo(zuidwest: Mapping[str, Case]) -> None:
    case = zuidwest["basis"]
    starts = {row.maatregel: row.vroegste_start for row in case.measures[::2]}
    approved = replace(case, approval=Approval(starts))
    assert approved.goals[0].doel != case.goals[0].doel
    require_same(approved)


@pytest.mark.parametrize("case", [small_built_case(), HAMLET.case(), FULL.case(), Bare().case()])
def test_small_cases_have_the_arrays_of_pyomo(case: Case) -> None:
    require_same(case)


@pytest.mark.parametrize("part", range(2))
def test_random_cases_with_and_without_closed_years_have_the_arrays_of_pyomo(part: int) -> None:
    closed = 0
    for seed in range(part, 60, 2):
        require_same(random_case(seed).case())
        history = random_history(seed).case()
        closed += bool(history.closed_years)
        require_same(history)
    assert closed > 10


@given(cases())
@settings(max_examples=25)
def test_any_tiny_case_has_the_arrays_of_pyomo(bare: Bare) -> None:
    require_same(bare.case())


@given(histories())
@settings(max_examples=25)
def test_any_tiny_case_with_a_history_has_the_arrays_of_pyomo(bare: Bare) -> None:
    require_same(bare.case())


# That the comparison sees a difference


@pytest.mark.parametrize("constraint", CONSTRAINTS, ids=lambda constraint: constraint.__name__)
def test_a_constraint_that_is_left_out_is_seen(
    monkeypatch: pytest.MonkeyPatch, constraint: Callable[..., object]
) -> None:
    others = tuple(each for each in CONSTRAINTS if each is not constraint)
    monkeypatch.setattr(arrays, "CONSTRAINTS", others)
    program = program_of(FULL)
    assert {"shape", "row_upper"} <= set(unlike(arrays_of(program), build(program)))


@pytest.mark.parametrize("name", GOAL_FUNCTIONS)
def test_a_goal_that_counts_otherwise_is_seen(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    honest, sense = GOAL_FUNCTIONS[name]

    def moved(program: Program, v: Any) -> Any:
        terms, constant = honest(program, v)
        return [*terms, (1.0, v.x[0])], constant + 1.0

    monkeypatch.setattr(arrays, "GOAL_FUNCTIONS", {**GOAL_FUNCTIONS, name: (moved, sense)})
    program = program_of(FULL)
    assert unlike(arrays_of(program), build(program)) == (["goals", "offsets"] if name in (*GOALS, FLOOR) else [])


def test_arrays_that_differ_in_one_bit_are_not_the_same() -> None:
    formulation, compiled = build(program_of(HAMLET))
    for name in ("row_lower", "row_upper", "col_lower", "col_upper", "integer", "goals", "offsets"):
        array = getattr(compiled, name).copy()
        array.flat[-1] = ~array.flat[-1] if name == "integer" else np.nextafter(array.flat[-1], 77)
        changed = replace(compiled, **{name: array})
        assert unlike((formulation, changed), (formulation, compiled)) == [name]
    negative = replace(compiled, col_lower=-compiled.col_lower)
    assert unlike((formulation, negative), (formulation, compiled)) == ["col_lower"]
    matrix = compiled.matrix.copy()
    matrix.data[-1] = np.nextafter(matrix.data[-1], 77)
    assert unlike((formulation, replace(compiled, matrix=matrix)), (formulation, compiled)) == ["matrix.data"]
    other = replace(formulation.variables, used=formulation.variables.empty)
    assert unlike((replace(formulation, variables=other), compiled), (formulation, compiled)) == ["columns"]


# What is made of them


def planned(case: Case, how: Callable[[Program], Model]) -> Plan | str:
    """The plan, or why there is none."""
    try:
        return make_plan(case, Entitlement(case), arrays=how)
    except NoPlanError as error:
        return str(error)


@pytest.mark.parametrize("seed", range(8))
def test_a_plan_does_not_depend_on_how_its_arrays_were_made(seed: int) -> None:
    for bare in (random_case(seed), random_history(seed)):
        case = bare.case()
        assert planned(case, arrays_of) == planned(case, build)


def test_measures_without_anything_have_arrays_too() -> None:
    formulation, compiled = arrays_of(program_of(Bare(measures=[measure("M")])))
    assert formulation.variables.x == [0]
    assert compiled.col_upper[0] == 1.0
