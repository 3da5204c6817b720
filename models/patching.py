"""Patched models: the arrays of a program that differs from a known one in its numbers only.

A scenario or a draw mostly changes numbers: costs, prices, needs, grants. Where each number of a program
stands in the arrays is found once, by having the constraints of `models.formulation` list their rows for
numbers that remember where they came from. After that a changed program costs some array operations instead
of a Pyomo model. What is not a mere change of numbers (other years, pairs or lines, a coefficient that
becomes or stops being zero) is built anew.
A pattern is tried before it is used, on a program in which every number is another one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Final, Self

import numpy as np
from scipy import sparse

from models.compiled import Compiled, Ids, Vector, build, refuse_bad_scale
from models.formulation import CONSTRAINTS, GOAL_FUNCTIONS, Formulation, Goal, Row, Variables
from models.lexicographic import spread
from models.numbers import Numbers, numbers_of, with_numbers
from models.program import Program

Model = tuple[Formulation, Compiled]
"""A model and its arrays."""
ONE: Final = -1
"""The place of the number 1, behind all numbers of a program."""


class PatternError(Exception):
    """A pattern does not give the arrays that Pyomo gives; a fault of the toolkit."""


class Marked(float):
    """A number of a program, or its opposite or a product of two, that knows where it came from.

    Attributes:
        sign: 1 or -1.
        first, second: the places of its factors; ONE for none.
    """

    __slots__ = ("first", "second", "sign")
    sign: float
    first: int
    second: int

    @classmethod
    def at(cls, value: float, sign: float, first: int, second: int = ONE) -> Self:
        """Mark a number."""
        marked = cls(value)
        marked.sign, marked.first, marked.second = sign, first, second
        return marked

    def __neg__(self) -> Marked:
        return Marked.at(-float(self), -self.sign, self.first, self.second)

    def __mul__(self, other: float) -> Marked:
        if not isinstance(other, Marked) or self.second != ONE or other.second != ONE:
            raise PatternError("only two numbers of a program can be multiplied")
        value = float(self) * float(other)
        return Marked.at(value, self.sign * other.sign, self.first, other.first)


def _numbered(formulation: Formulation, compiled: Compiled) -> Variables:
    """The variables of a model as numbers of columns."""
    v, column = formulation.variables, compiled.column
    return Variables(
        x=list(map(column, v.x)),
        places=list(map(column, v.places)),
        used=list(map(column, v.used)),
        empty=list(map(column, v.empty)),
        y=list(map(column, v.y)),
        short={key: column(variable) for key, variable in v.short.items()},
        over={key: column(variable) for key, variable in v.over.items()},
        pay=list(map(column, v.pay)),
        gap=list(map(column, v.gap)),
        revenue=[list(map(column, variables)) for variables in v.revenue],
        left={key: column(variable) for key, variable in v.left.items()},
    )


@dataclass(frozen=True)
class Marks:
    """Where numbers of a program stand in a list of numbers: to[i] holds sign[i] * first[i] * second[i].

    Attributes:
        to: places in the list.
        sign: 1 or -1.
        first, second: places among the numbers of the program.
    """

    to: Ids
    sign: Vector
    first: Ids
    second: Ids

    @classmethod
    def of(cls, values: Sequence[float]) -> Self:
        """The marks of the numbers that have one."""
        found = [(at, value) for at, value in enumerate(values) if isinstance(value, Marked)]
        whole = np.array([(at, mark.first, mark.second) for at, mark in found], dtype=np.int64).reshape(-1, 3)
        signs = np.array([mark.sign for _, mark in found])
        return cls(whole[:, 0], signs, whole[:, 1], whole[:, 2])

    def read(self, numbers: Vector) -> Vector:
        """What stands at the places; behind the numbers stands 1."""
        return self.sign * numbers[self.first] * numbers[self.second]

    def __getitem__(self, chosen: Any) -> Marks:  # noqa: ANN401 - any index of numpy
        return Marks(*(getattr(self, field.name)[chosen] for field in fields(self)))


@dataclass(frozen=True)
class Pattern:
    """A model, and where the numbers of its program stand in its arrays.

    Attributes:
        formulation, compiled: the model.
        frame: what another program must have in common with that of the model.
        data: where coefficients that are numbers of the program stand among those of the matrix.
        absent: coefficients that are zero, and so not in the matrix.
        lower, upper: the same for the bounds of the rows.
        goals, offsets: the same for the goals, one after another, and for their constants.
    """

    formulation: Formulation
    compiled: Compiled
    frame: tuple[object, ...]
    data: Marks
    absent: Marks
    lower: Marks
    upper: Marks
    goals: Marks
    offsets: Marks

    @classmethod
    def of(cls, program: Program) -> Self:
        """Build the model of a program and find its pattern.

        Raises:
            PatternError: a number of the program reaches the arrays in a way that leaves no mark.
        """
        formulation, compiled = build(program)
        numbers = numbers_of(program)
        marked = with_numbers(program, [Marked.at(value, 1.0, at) for at, value in enumerate(numbers.values)])
        variables = _numbered(formulation, compiled)
        rows = [row for constraint in CONSTRAINTS for row in constraint(marked, variables)]
        goals = [GOAL_FUNCTIONS[name][0](marked, variables) for name in formulation.goals]
        data, absent = _matrix_marks(rows, compiled)
        pattern = cls(
            formulation=replace(formulation, model=None),
            compiled=compiled,
            frame=numbers.frame,
            data=data,
            absent=absent,
            lower=Marks.of([0.0 if lower is None else lower for lower, _, _ in rows]),
            upper=Marks.of([0.0 if upper is None else upper for _, _, upper in rows]),
            goals=_goal_marks(formulation, goals, len(compiled.col_lower)),
            offsets=_offset_marks(formulation, goals),
        )
        pattern._try(program, np.array(numbers.values))
        return pattern

    def _try(self, program: Program, known: Vector) -> None:
        """Patch in other numbers throughout and compare with what Pyomo makes of them."""
        apart = np.array([spread(at + 1) for at in range(len(known))])
        # A zero stays one where it would change the shape of the matrix.
        free = np.append(known == 0.0, False)
        for marks in (self.data, self.absent):
            free[marks.first] = free[marks.second] = False
        other = known * (1.0 - apart / 2) + np.where(free[:-1], apart, 0.0)
        changed = with_numbers(program, other.tolist())
        patched = self.patched(changed, numbers_of(changed))
        if patched is None or not same_arrays(patched[1], build(changed)[1]):
            raise PatternError("the patched arrays are not those that are built anew")

    def patched(self, program: Program, found: Numbers) -> Model | None:
        """The model of another program; None where more than numbers changed.

        Args:
            program: a program, on lines or groups as that of the pattern.
            found: the same program, taken apart.
        """
        if found.frame != self.frame:
            return None
        numbers = np.array([*found.values, 1.0])
        coefficients = self.data.read(numbers)
        if not coefficients.all() or self.absent.read(numbers).any():
            return None
        compiled = replace(
            self.compiled,
            matrix=self._matrix(coefficients),
            row_lower=_written(self.compiled.row_lower, self.lower, numbers),
            row_upper=_written(self.compiled.row_upper, self.upper, numbers),
            goals=_written(self.compiled.goals, self.goals, numbers),
            offsets=_written(self.compiled.offsets, self.offsets, numbers),
        )
        refuse_bad_scale(compiled)
        return replace(self.formulation, program=program), compiled

    def _matrix(self, coefficients: Vector) -> sparse.csc_matrix:
        known = self.compiled.matrix
        data = known.data.copy()
        data[self.data.to] = coefficients
        return sparse.csc_matrix((data, known.indices, known.indptr), shape=known.shape)


def _written(known: Vector, marks: Marks, numbers: Vector) -> Vector:
    changed = known.copy()
    changed.flat[marks.to] = marks.read(numbers)
    return changed


def _turned(sense: int, value: float) -> float:
    """A number of a goal in the sense to minimise; it keeps its mark."""
    return -value if sense < 0 else value


def _goal_marks(formulation: Formulation, goals: Sequence[Goal], width: int) -> Marks:
    """The marks in the goals, which stand one after another."""
    entries = [
        (at * width + column, _turned(sense, value))
        for at, (sense, (terms, _)) in enumerate(zip(formulation.senses, goals, strict=True))
        for value, column in terms
    ]
    marks = Marks.of([value for _, value in entries])
    places = np.array([place for place, _ in entries], dtype=np.int64)
    return replace(marks, to=places[marks.to])


def _offset_marks(formulation: Formulation, goals: Sequence[Goal]) -> Marks:
    constants = [constant for _, constant in goals]
    return Marks.of([_turned(*pair) for pair in zip(formulation.senses, constants, strict=True)])


def _matrix_marks(rows: Sequence[Row], compiled: Compiled) -> tuple[Marks, Marks]:
    """The marks in the matrix, by the place of each coefficient in its data, and of those that are zero."""
    entries = [(at, column, value) for at, (_, terms, _) in enumerate(rows) for value, column in terms]
    row, column, values = (list(part) for part in zip(*entries, strict=True))
    numbered = np.arange(len(values), dtype=np.int64)
    there = np.array(values, dtype=float) != 0.0
    at = (np.array(row)[there], np.array(column)[there])
    order = sparse.csr_matrix((numbered[there] + 1, at), shape=compiled.matrix.shape).tocsc()
    same = np.array_equal(order.indptr, compiled.matrix.indptr) and np.array_equal(
        order.indices, compiled.matrix.indices
    )
    if not same:
        raise PatternError("the rows do not have the shape of the matrix")
    place = np.full(len(values), -1, dtype=np.int64)
    place[order.data - 1] = np.arange(len(order.data))
    marks = Marks.of(values)
    kept = place[marks.to] >= 0
    return replace(marks[kept], to=place[marks.to[kept]]), marks[~kept]


def same_arrays(one: Compiled, other: Compiled) -> bool:
    """Whether two models are the same, coefficient by coefficient."""
    return (
        all(
            np.array_equal(getattr(one.matrix, name), getattr(other.matrix, name))
            for name in ("indptr", "indices", "data")
        )
        and all(
            np.array_equal(getattr(one, name), getattr(other, name))
            for name in ("row_lower", "row_upper", "col_lower", "col_upper", "integer", "goals", "offsets")
        )
        and one.senses == other.senses
    )
