"""The model as an LP file: read back and solved by HiGHS it gives the goals of the plan."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Final

import highspy
import pytest

from finance.case import Case
from finance.case.approval import Approval, Decided
from finance.findings import NoPlanError
from finance.plan.allocation import Outcome
from finance.rules import Entitlement
from models import formulation
from models.arrays import arrays_of
from models.formulation import goals_of
from models.lp import CONSTRAINTS, FAMILIES, lp_file
from models.plan import make_plan
from models.robust import in_model
from models.variables import declare
from tests.models.bare import Bare, cost, measure, source
from tests.models.hamlet import BOTH, HAMLET, hamlet, program_of
from tests.models.history import random_history
from tests.models.strategies import random_case
from tests.models.test_arrays import FULL

NEAR: Final = 1e-3
"""One euro: payments are in whole cents, and each goal may slip by what the one before was bounded with."""
HELD: Final = 1e-6


def read(content: bytes, folder: Path) -> highspy.Highs:
    path = folder / "model.lp"
    path.write_bytes(content)
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    for tolerance in ("mip_feasibility_tolerance", "primal_feasibility_tolerance"):
        highs.setOptionValue(tolerance, 1e-9)
    for gap in ("mip_rel_gap", "mip_abs_gap"):
        highs.setOptionValue(gap, 0.0)
    assert highs.readModel(str(path)) == highspy.HighsStatus.kOk
    return highs


def goal_values(highs: highspy.Highs, goals: tuple[str, ...]) -> dict[str, float]:
    """The goals one after another, as the head of the file says."""
    names = highs.getLp().col_names_
    found: dict[str, float] = {}
    for name in goals:
        column = names.index(f"doel({name})")
        for at in range(len(names)):
            highs.changeColCost(at, 1.0 if at == column else 0.0)
        down = name != "waardering"
        highs.changeObjectiveSense(highspy.ObjSense.kMinimize if down else highspy.ObjSense.kMaximize)
        highs.run()
        assert highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
        found[name] = value = highs.getInfo().objective_function_value
        bounds = (-highspy.kHighsInf, value + HELD) if down else (value - HELD, highspy.kHighsInf)
        highs.changeColBounds(column, *bounds)
    return found


def planned_values(case: Case, given: Decided) -> dict[str, float] | None:
    """The goals of the plan in units of the model; none where there is no plan."""
    try:
        plan = make_plan(case, Entitlement(case), given=given)
    except NoPlanError:
        return None
    values = Outcome(case, plan.allocation).goals
    found = {row.doel: in_model(row.doel, values[row.doel]) for row in case.goals}
    return {name: -value if name == "waardering" else value for name, value in found.items()}


def exactly(case: Case) -> Case:
    """The same case without speling, which the head of a file tells and its solver does not know."""
    rows = (row.model_copy(update={"speling": Decimal(0)}) for row in case.goal_rows)
    return replace(case, goal_rows=tuple(rows))


def require_same_goals(case: Case, folder: Path, given: Mapping[str, int | None] = {}) -> bool:
    expected = planned_values(case, given)
    if expected is not None:
        found = goal_values(read(lp_file(case, "proef", given), folder), tuple(expected))
        assert found == pytest.approx(expected, abs=NEAR)
    return expected is not None


def test_the_file_of_the_hamlet_has_the_goals_of_its_plan(tmp_path: Path) -> None:
    assert require_same_goals(HAMLET.case(), tmp_path)
    assert require_same_goals(FULL.case(), tmp_path)


def test_the_file_of_random_cases_has_the_goals_of_their_plans(tmp_path: Path) -> None:
    plans = 0
    for seed in range(8):
        for bare in (random_case(seed), random_history(seed)):
            plans += require_same_goals(exactly(bare.case()), tmp_path)
    assert plans > 6


def test_decisions_that_are_given_are_rows(tmp_path: Path) -> None:
    case = HAMLET.case()
    for given in ({"M1": None, "M2": None}, {"M1": 2022, "M2": 2023}):
        assert require_same_goals(case, tmp_path, given)
    text = lp_file(case, "proef", {"M2": 2023}).decode()
    assert "\nc_e_besluit(M2,2022)_:\n+1 start(M2,2022)\n= 0.0\n" in text
    assert "\nc_e_besluit(M2,2023)_:\n+1 start(M2,2023)\n= 1.0\n" in text
    assert "besluit(M1" not in text


def test_a_line_reads_as_what_it_is() -> None:
    text = lp_file(HAMLET.case(), "gehucht.xlsx,\nscenario  basis", {}).decode()
    assert text.startswith("\\ gehucht.xlsx, scenario basis\n")
    row = text.partition("c_e_C8_dekking(M1,verbouwen,2022)_:\n")[2].partition("\n\n")[0]
    assert row.splitlines() == [
        "-120.0 start(M1,2022)",
        "+1 betaalt(SPUK,M1,verbouwen,2022)",
        "+1 betaalt(EIGEN,M1,verbouwen,2022)",
        "+1 ongedekt(M1,verbouwen,2022)",
        "= 0.0",
    ]


def test_the_head_says_the_goals_in_their_order_and_what_may_change() -> None:
    goals = [("waardering", 0.1), ("ongedekt", None)]
    case = hamlet(goals=goals).case()
    lines = lp_file(case, "proef", {}).decode().splitlines()
    assert "\\   1. doel(waardering): zo hoog mogelijk, met speling 0.1" in lines
    assert "\\   2. doel(ongedekt): zo laag mogelijk" in lines
    assert lines[lines.index("max ") + 2] == "+1 doel(waardering)"
    approved = replace(case, approval=Approval({"M1": 2022}, 2))
    text = lp_file(approved, "proef", {}).decode()
    assert "1. doel(wijzigingen): zo laag mogelijk" in text
    assert "Na het eerste mogen er 2 besluiten meer veranderen dan moet." in text


def test_names_are_distinct_and_such_as_every_reader_takes(tmp_path: Path) -> None:
    """Names that differ only in what an LP file cannot hold, and names that are too long for it."""
    long = "M" * 300
    names = ["M+1", "M:1", "M=1", "M<1", "Mé1", "3M", "e5", long, long + "x"]
    bare = Bare(
        last=2023,
        measures=[measure(name, start=BOTH) for name in names],
        costs=[cost(name, "overig", 1_000) for name in names],
        sources=[source("EIGEN:1", "eigen", 9_000, BOTH), source("EIGEN=1", "eigen", 9_000, BOTH)],
    )
    case = bare.case()
    highs = read(lp_file(case, "proef", {}), tmp_path)
    lp = highs.getLp()
    _, compiled = arrays_of(program_of(bare))
    goals = len(case.goals)
    height, width = compiled.matrix.shape
    used = len(set(compiled.matrix.nonzero()[1]))
    assert len(set(lp.col_names_)) == len(lp.col_names_) == lp.num_col_
    assert used + goals <= lp.num_col_ <= width + goals
    assert len(set(lp.row_names_)) == len(lp.row_names_) == lp.num_row_ == height + goals
    for name in (*lp.col_names_, *lp.row_names_):
        assert re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*\([A-Za-z0-9_.,]+\)\w*", name)
        assert len(name) <= 255


def test_every_family_and_every_constraint_has_a_name() -> None:
    families: list[str] = []

    def note(name: str, members: object) -> list[object]:
        families.append(name)
        return list(members)  # type: ignore[call-overload]

    declare(program_of(HAMLET), note)
    assert families == list(FAMILIES)
    assert tuple(CONSTRAINTS) == formulation.CONSTRAINTS
    assert len({name for name, _ in (*FAMILIES.values(), *CONSTRAINTS.values())}) == len(FAMILIES) + len(CONSTRAINTS)


def test_the_same_case_gives_the_same_bytes() -> None:
    assert lp_file(FULL.case(), "proef", {}) == lp_file(FULL.case(), "proef", {})
    assert goals_of(program_of(FULL))[0] == "tekort_plaatsen"
