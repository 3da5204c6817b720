"""From a case to a finished plan: compile, formulate, solve, polish, make exact."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from finance.case import Case
from finance.case.approval import Decided
from finance.case.words import MUST
from finance.findings import NoPlanError, SpukError
from finance.plan.allocation import Allocation, GoalProof, Outcome, Plan, Status
from finance.rules import Entitlement
from models.arrays import arrays_of
from models.classes import Classes, classes_of, dealt_out
from models.compiled import INFINITY, Build, Compiled, Vector, with_decisions
from models.compiling import compile_program
from models.exact import exact_payments, read_point
from models.exact_places import equally_full, exact_places
from models.extension import Extension
from models.formulation import Formulation
from models.grouping import grouped
from models.lexicographic import Lexicographic
from models.polish import polish
from models.program import Program
from models.pyomo_model import build
from models.solver import Clock, Solver, solver_name
from models.starts import clash, describe, find_starts

log = logging.getLogger(__name__)


class TimeUpError(SpukError):
    """The time limit came before any plan was found."""


NOTHING_GIVEN: Final[Decided] = {}


def _silent(_: str) -> None:
    """Tell nobody."""


def make_plan(
    case: Case,
    entitlement: Entitlement,
    seconds: float | None = None,
    tell: Callable[[str], None] = _silent,
    given: Decided = NOTHING_GIVEN,
    arrays: Build = build,
) -> Plan:
    """Find the best plan of a case.

    Args:
        case: a case without findings.
        entitlement: the rules applied to it.
        seconds: the time limit; None for none.
        tell: called with the name of each goal when its turn comes.
        given: start years that are decided already; None for a measure that does not start.
        arrays: how a program becomes arrays; the plan does not depend on it, the time does.

    Returns:
        The plan; its status says whether the time limit stopped it.

    Raises:
        NoPlanError: no choice of start years is possible; the message says what clashes.
        TimeUpError: the time was up before a first plan was found.
    """
    program = compile_program(case, entitlement)
    state = searched(program, Clock(seconds), tell, given=given, arrays=arrays)
    return finished(program, state, arrays=arrays)


def finished(program: Program, state: Lexicographic, ceilings: Sequence[float] = (), arrays: Build = arrays_of) -> Plan:
    """Make the plan of a finished solve: the goals once more on classes of lines, and exact payments.

    Args:
        program: the program, line by line.
        state: its solve, on groups of lines.
        ceilings: the worst value of each goal, as for `searched`.
        arrays: how the program becomes arrays.
    """
    classes = classes_of(program)
    formulation, compiled = arrays(classes.program)
    polished = polish(state, formulation, within(compiled, ceilings))
    stopped = any(not proof.bewezen for proof in state.proofs)
    return Plan(
        allocation=exact_allocation(classes, formulation, polished.point),
        status=Status.TIME_LIMIT if stopped else Status.OPTIMAL,
        proofs=_told(state.proofs, fair=polished.eerlijk),
        solver=solver_name(),
    )


UNFAIR: Final = "wat daarna gelijk bleef, kon niet geheel eerlijk worden verdeeld"
"""What the last proof says where no run decided fairly what is equal in every goal."""


def _told(proofs: Sequence[GoalProof], *, fair: bool) -> tuple[GoalProof, ...]:
    """The proofs; the last one says so where what is equal in every goal was not decided fairly."""
    *others, last = proofs
    return tuple(proofs) if fair else (*others, replace(last, bewijs=f"{last.bewijs}; {UNFAIR}"))


def searched(
    program: Program,
    clock: Clock,
    tell: Callable[[str], None] = _silent,
    starts: Mapping[str, int] | None = None,
    ceilings: Sequence[float] = (),
    given: Decided = NOTHING_GIVEN,
    arrays: Build = arrays_of,
) -> Lexicographic:
    """Solve the goals of a program one after another, on groups of alike cost lines.

    Args:
        program: the program, line by line.
        clock: the time left.
        tell: called with the name of each goal when its turn comes.
        starts: the start year of each measure that starts, where that is decided already; None where
            it is to be found.
        ceilings: the worst value that each goal may have, in the sense to minimise, in units of the
            model; empty for none.
        given: start years of some measures that are decided already; None for one that does not start.
        arrays: how the program becomes arrays.

    Raises:
        NoPlanError: the start years clash.
        TimeUpError: the time was up before a first plan was found.
    """
    formulation, free = arrays(grouped(program))
    compiled = with_decisions(within(free, ceilings), formulation, given)
    if starts is not None:
        compiled = with_starts(formulation, compiled, starts)
    first = first_point(formulation.program, formulation, compiled, starts, given)
    state = Lexicographic(formulation, compiled, first, clock, tell)
    state.solve()
    return state


def within(compiled: Compiled, ceilings: Sequence[float]) -> Compiled:
    """The model with a row for each goal that keeps it at most at a value.

    Args:
        compiled: the model.
        ceilings: the worst value of each goal, its constant included; empty for no rows.
    """
    extension = Extension(compiled)
    for costs, offset, ceiling in zip(compiled.goals, compiled.offsets, ceilings, strict=False):
        at = np.flatnonzero(costs)
        extension.row(zip(at.tolist(), costs[at].tolist(), strict=True), -INFINITY, ceiling - float(offset))
    return extension.compiled() if ceilings else compiled


def with_starts(formulation: Formulation, compiled: Compiled, starts: Mapping[str, int]) -> Compiled:
    """The model with its start years decided.

    Raises:
        NoPlanError: a measure cannot start in its year.
    """
    starting(formulation, compiled, starts)
    every = {name: starts.get(name) for name, _ in formulation.program.decisions}
    return with_decisions(compiled, formulation, every)


def starting(formulation: Formulation, compiled: Compiled, starts: Mapping[str, int]) -> Vector:
    """A vector that is 1 at the decisions of some start years, and 0 elsewhere.

    Raises:
        NoPlanError: a measure cannot start in its year.
    """
    whole = np.zeros(len(compiled.col_lower))
    decisions = formulation.program.decisions
    missing = set(starts.items()) - set(decisions)
    if missing:
        name, year = min(missing)
        raise NoPlanError(f"Er is geen plan mogelijk: maatregel {name} kan niet starten in {year}.")
    for decision, column in zip(decisions, formulation.variables.x, strict=True):
        if starts.get(decision[0]) == decision[1]:
            whole[column] = 1.0
    return whole


def first_point(
    program: Program,
    formulation: Formulation,
    compiled: Compiled,
    starts: Mapping[str, int] | None = None,
    given: Decided = NOTHING_GIVEN,
) -> Vector:
    """A first plan: it exists wherever the start years go together.

    Args:
        program: the program.
        formulation: its model.
        compiled: the arrays of that.
        starts: the start years, where they are decided already.
        given: those of some measures, where they are.

    Raises:
        NoPlanError: the start years clash.
        TimeUpError: the time was up first.
    """
    if starts is None and not given:
        starts = _quick_starts(program)
    if starts is None:
        starts = find_starts(program.case, given)
    if starts is None:
        raise NoPlanError(clash_text(program.case, given))
    solver = Solver(compiled, relaxed=True)
    at = np.flatnonzero(compiled.integer)
    whole = starting(formulation, compiled, starts)
    solver.bound_columns(at, whole[at], whole[at])
    solver.minimise(compiled.goals[0])
    for presolve in (True, False):
        run = solver.run(presolve=presolve)
        if run.point is not None:
            run.point[at] = whole[at]
            return run.point
    raise TimeUpError("Er is geen eerste plan gevonden.")


def _quick_starts(program: Program) -> Mapping[str, int] | None:
    """Nothing at all, where nothing is mandatory: always possible."""
    return None if any(mandatory for _, mandatory in program.projects.values()) else {}


def clash_of(case: Case, given: Decided = NOTHING_GIVEN) -> str:
    """What clashes, in Dutch, where no plan of a case is possible; empty where one is."""
    demanding = given or case.started or any(row.verplicht or row.keuze == MUST for row in case.measures)
    return clash_text(case, given) if demanding and find_starts(case, given) is None else ""


def clashing(case: Case, given: Decided = NOTHING_GIVEN) -> list[str]:
    """What cannot go together, in Dutch half-sentences."""
    return [describe(case, demand, given) for demand in clash(case, given)]


def clash_text(case: Case, given: Decided = NOTHING_GIVEN) -> str:
    """What clashes, in Dutch."""
    listed = "\n".join(f"  - {text}" for text in clashing(case, given))
    other = (
        "Kies andere besluiten, of verander de casus."
        if given
        else ("Maak een project niet verplicht, een keuze vrij, verruim een periode of haal een verwijzing weg.")
    )
    return f"Er is geen plan mogelijk: dit kan niet samen.\n{listed}\n{other}"


def exact_allocation(classes: Classes, formulation: Formulation, point: Vector) -> Allocation:
    """Make a point of the model exact: places without noise, payments of each line in whole cents.

    Args:
        classes: the program and its classes of cost lines.
        formulation: the model on classes.
        point: a point of it.
    """
    program = classes.lines
    values = read_point(formulation, point)
    used, served = exact_places(program, values)
    bare = Allocation(values.starts, equally_full(program, values, used), served, program.facts.allocation.payments)
    outcome = Outcome(program.case, bare)
    planned = exact_payments(program, dealt_out(classes, values, outcome.costs), outcome)
    return replace(bare, payments={**bare.payments, **planned})
