"""A hamlet: one case small enough to write every row of its model by hand, and names for its variables.

Two years. L1 has 4 closed places and none of the open form; M1 can start in 2022 only, as its effects
come a year later, and M2, which requires M1's project, in both years. Every sort of source is there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

from finance.rules import Entitlement
from models.arrays import numbered
from models.compiling import compile_program
from models.formulation import Goal
from models.program import Program
from models.variables import Row, Term, Variables
from tests.models.bare import Bare, cost, effect, financed, measure, places, source

BOTH: Final = (2022, 2023)
HAMLET: Final = Bare(
    last=2023,
    places=[places("L1", "gesloten", 4, index="ova"), places("L1", "open", 0, (80_000, 0))],
    need={("gesloten", 2022): 3, ("gesloten", 2023): (2, 1), ("open", 2023): Decimal("1.5")},
    measures=[
        measure("M1", "P1", BOTH, waardering=3),
        measure("M2", "P2", BOTH, vereist="P1", waardering=Decimal("0.5")),
    ],
    effects=[effect("M1", "L1", "gesloten", -3, 1), effect("M1", "L1", "open", 2, 1)],
    costs=[cost("M1", "verbouwen", 120_000), cost("M2", "projectleiding", 50_000, index="ova")],
    indexes={("ova", 2023): Decimal("0.1")},
    sources=[
        source("SPUK", "spuk", 1_000_000, BOTH),
        source("LUMP", "lumpsum", None, BOTH, overdraagbaar="ja"),
        source("PXQ", "pxq", None, BOTH),
        source("BES", "beschikbaarheid", None, (2023, 2023)),
        source("EIGEN", "eigen", 70_000, BOTH),
    ],
    funding=[
        financed("LUMP", 2022, 3, 90_000),
        financed("LUMP", 2023, 3, 95_000),
        financed("PXQ", 2022, 2, 10_000),
        financed("PXQ", 2023, 2, 10_000, zorgvorm="gesloten"),
        financed("PXQ", 2023, 1, 20_000, zorgvorm="open"),
        financed("BES", 2023, 3, 5_000, zorgvorm="gesloten"),
    ],
    permits=[("LUMP", "exploitatie"), ("PXQ", "leegstand"), ("BES", "exploitatie")],
    alternatives=[("gesloten", "open")],
    forms={"open": {"bezetting_max": Decimal("0.9"), "aanloop_jaar1": Decimal("0.5")}},
)

Written = tuple[float | None, dict[str, float], float | None]
"""A row with its variables by name: lower bound, coefficients, upper bound."""


def program_of(bare: Bare) -> Program:
    """The program of a bare case."""
    case = bare.case()
    return compile_program(case, Entitlement(case))


def variable_names(program: Program, v: Variables) -> dict[int, str]:
    """What each variable stands for, by the number of its column."""
    names = {x: f"{name} {year}" for x, (name, year) in zip(v.x, program.decisions, strict=True)}
    for kind, listed in (("places", v.places), ("used", v.used), ("empty", v.empty)):
        for variable, ((place, form), year) in zip(listed, program.place_years, strict=True):
            names[variable] = f"{kind} {place} {form} {year}"
    for variable, (need, got, year) in zip(v.y, program.served, strict=True):
        names[variable] = f"{need} in {got} {year}"
    names |= {variable: f"short {form} {year}" for (form, year), variable in v.short.items()}
    names |= {variable: f"over {form} {year}" for (form, year), variable in v.over.items()}
    names |= {variable: f"above {grens} {year}" for (grens, year), variable in v.above.items()}
    names |= {variable: f"below {grens} {year}" for (grens, year), variable in v.below.items()}
    lines = [
        f"{line.krediet or line.maatregel or line.locatie} {line.zorgvorm or line.kostensoort} {line.jaar}"
        f"{' ' + line.kostensoort if line.zorgvorm else ''}"
        for line in program.lines
    ]
    for variable, (line, bron) in zip(v.pay, program.pairs, strict=True):
        names[variable] = f"{program.case.sources[bron].bron} pays {lines[line]}"
    names |= {variable: f"gap {line}" for variable, line in zip(v.gap, lines, strict=True)}
    for money, variables in zip(program.yearly, v.revenue, strict=True):
        for at, variable in enumerate(variables):
            names[variable] = f"revenue {money.bron} {money.jaar} {at}"
    for number, variable in v.left.items():
        names[variable] = f"left {program.yearly[number].bron} {program.yearly[number].jaar}"
    for money, owed, repaid in zip(program.credits, v.owed, v.repaid, strict=True):
        names |= {owed: f"owed {money.bron} {money.jaar}", repaid: f"repaid {money.bron} {money.jaar}"}
    return names


def _by_name(terms: list[Term], names: Mapping[int, str]) -> dict[str, float]:
    listed = [(names[variable], coefficient) for coefficient, variable in terms]
    assert len({name for name, _ in listed}) == len(listed), "a variable stands twice in one row"
    return {name: coefficient for name, coefficient in listed if coefficient}


def rows_of(constraint: Callable[[Program, Variables], list[Row]], bare: Bare) -> list[Written]:
    """The rows that a constraint function writes for a case."""
    program = program_of(bare)
    v, _ = numbered(program)
    names = variable_names(program, v)
    return [(lower, _by_name(terms, names), upper) for lower, terms, upper in constraint(program, v)]


def goal_of(goal: Callable[[Program, Variables], Goal], bare: Bare) -> tuple[dict[str, float], float]:
    """The terms that a goal function writes for a case, and its constant."""
    program = program_of(bare)
    v, _ = numbered(program)
    terms, constant = goal(program, v)
    return _by_name(terms, variable_names(program, v)), constant


def hamlet(**changes: Any) -> Bare:
    """The hamlet with some sheets changed."""
    return replace(HAMLET, **changes)
