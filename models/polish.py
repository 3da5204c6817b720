"""The last linear programs: start years fixed, the goals solved once more without any slack.

With the binaries fixed a goal is a linear program, and it can be held exactly, on its optimal face
(`models.face`). So nothing slips, and what is still equal is decided fairly (`models.fairness`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from finance.findings import SpukError
from models.compiled import INFINITY, Compiled, Vector
from models.face import Face
from models.fairness import decide_fairly
from models.formulation import Formulation
from models.lexicographic import NOTHING, WIDENING, Lexicographic
from models.solver import Columns

LEEWAY: Final = 1e-3
"""How much worse than its held value a goal may come out here: earlier goals no longer slip, and a
ten-millionth of a place is worth some cents. One euro, in thousands of euros."""


class PolishError(SpukError):
    """The solver gave no checked point for the last linear programs; a fault of the toolkit."""


@dataclass(frozen=True)
class Polished:
    """The end point.

    Attributes:
        point: its values.
        eerlijk: whether all that is equal in every goal was decided fairly; else some of it is as a run left it.
    """

    point: Vector
    eerlijk: bool


def polish(state: Lexicographic, formulation: Formulation, compiled: Compiled) -> Polished:
    """Solve the goals once more with the start years fixed, and decide fairly what is still equal.

    Args:
        state: a finished lexicographic solve, of the same case.
        formulation: the model on classes of cost lines.
        compiled: its arrays.

    Returns:
        The one point that is fair, in which every goal is at least as good as it is held. Where no run decides
        fairly, neither on the faces nor within rows, a point with the same goals that says so.

    Raises:
        PolishError: no run gives a point that passes its checks.
    """
    found: list[Polished] = []
    for attempt in (on_faces, _within_rows):
        face = attempt(state, formulation, compiled)
        if face is not None:
            found.append(Polished(decide_fairly(face, formulation), not face.undecided))
            if found[-1].eerlijk:
                return found[-1]
    if found:
        return found[0]
    raise PolishError("De oplosser gaf geen betrouwbaar eindpunt. Meld het aan de makers.")


def _fixed(state: Lexicographic, formulation: Formulation, point: Vector) -> tuple[Columns, Vector]:
    """The binary columns of the model, and the start years at a point of the solve as their values."""
    at = np.array(formulation.variables.x, dtype=np.int_)
    return at, np.round(point[state.formulation.variables.x])


def on_faces(state: Lexicographic, formulation: Formulation, compiled: Compiled) -> Face | None:
    """Solve the goals once more with the start years fixed, and hold each on its optimal face.

    Args:
        state: a finished lexicographic solve.
        formulation: the model whose start years are taken over.
        compiled: its arrays, with the same goals.

    Returns:
        The face on which each goal has the value that it reaches; None where a run fails its checks.
    """
    uppers: list[float | None] = []
    for _ in state.held:
        uppers.append(_upper_without_slip(state, formulation, compiled, uppers))
    face = _down_the_faces(state, formulation, compiled, state.point, uppers)
    if face is None or not _without_speling(face, compiled, uppers):
        return None
    return face


def _without_speling(face: Face, compiled: Compiled, uppers: Sequence[float | None]) -> bool:
    """Hold each goal that later ones had room in at the best value that they leave it."""
    roomy = [costs for costs, upper in zip(compiled.goals, uppers, strict=False) if upper is not None]
    return all(face.minimise(costs) is not None for costs in roomy)


def _upper_without_slip(
    state: Lexicographic, formulation: Formulation, compiled: Compiled, uppers: Sequence[float | None]
) -> float | None:
    """Up to where the next goal may go by its speling; None where it has none.

    Later goals use all of it. So the optimum that it is counted from is solved again without any slip of
    the goals before, with the start years that reached it.
    """
    number = len(uppers)
    held, speling = state.held[number], float(formulation.program.case.goals[number].speling)
    if not speling or abs(held.upper) <= NOTHING:
        return None
    face = _down_the_faces(state, formulation, compiled, held.point, uppers)
    optimum = None if face is None else face.minimise(compiled.goals[number])
    if optimum is None:
        return held.upper
    best = optimum + held.offset
    upper = best + speling * abs(best)
    return upper if abs(upper - held.upper) <= LEEWAY else held.upper


def _down_the_faces(
    state: Lexicographic,
    formulation: Formulation,
    compiled: Compiled,
    point: Vector,
    uppers: Sequence[float | None],
) -> Face | None:
    """The face of the first goals with the start years at a point; None where a run fails its checks.

    Args:
        state: a finished lexicographic solve.
        formulation: the model whose start years are taken over.
        compiled: its arrays.
        point: a point of the solve.
        uppers: for each of the first goals up to where it may go; None to hold it on its optimal face.
    """
    face = Face(compiled, *_fixed(state, formulation, point))
    for upper, costs, held in zip(uppers, compiled.goals, state.held, strict=False):
        if upper is not None:
            face.hold(costs, -INFINITY, upper - held.offset)
            continue
        value = face.minimise(costs)
        if value is None or value > held.row_bound(1.0) + LEEWAY:
            return None
    return face


def _within_rows(state: Lexicographic, formulation: Formulation, compiled: Compiled) -> Face | None:
    """Hold each goal by a row with some slack; None where a run fails its checks."""
    fixed, whole = _fixed(state, formulation, state.point)
    face = Face(compiled, fixed, whole)
    for costs, held in zip(compiled.goals, state.held, strict=True):
        face.hold(costs, -INFINITY, held.row_bound(WIDENING[-1]) + LEEWAY)
    goals = formulation.program.case.goals
    for costs, held, goal in zip(compiled.goals, state.held, goals, strict=True):
        value = face.lowest(costs)
        if value is not None and not goal.speling:
            face.hold(costs, -INFINITY, value + held.slack)
    return face if face.lowest(np.zeros(len(compiled.col_lower))) is not None else None
