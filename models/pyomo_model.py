"""The mathematics in Pyomo, and its arrays read off from it.

Pyomo's own compiler walks every expression; here the rows list their terms outright, so that the arrays
can be read off at a third of the time. What is not such a list is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, count, islice
from typing import Any, TypeVar

import numpy as np
import pyomo.environ as pyo
from pyomo.core.expr import (
    EqualityExpression,
    InequalityExpression,
    LinearExpression,
    MonomialTermExpression,
)
from scipy import sparse

from finance.collector import collector_off
from models.compiled import INFINITY, Compiled, Ids, Model, Vector, counted, filled, refuse_bad_scale
from models.formulation import CONSTRAINTS, GOAL_FUNCTIONS, Formulation, goals_of, senses_of
from models.program import Program
from models.variables import Row, Term, Variables, declare

T = TypeVar("T")


class NotLinearError(Exception):
    """The model holds an expression that is not a plain list of linear terms."""


@dataclass(frozen=True)
class PyomoModel:
    """A program in Pyomo.

    Attributes:
        program: the program.
        model: the model, a component for each family of variables and each constraint.
        variables: its variables.
    """

    program: Program
    model: Any
    variables: Variables


def linear(terms: Iterable[Term], constant: float = 0.0) -> Any:  # noqa: ANN401 - Pyomo carries no types
    """A linear expression from its terms, several times faster than adding them up with operators."""
    # A variable stands for itself where its coefficient is 1: most do, and an object less is made.
    parts = [
        variable if coefficient == 1.0 else MonomialTermExpression((coefficient, variable))
        for coefficient, variable in terms
    ]
    return LinearExpression([constant, *parts] if constant else parts)


def relation(row: Row) -> Any:  # noqa: ANN401
    """A row as a relation: what Pyomo would make of it, without its doubts about each."""
    lower, terms, upper = row
    body = linear(terms)
    if lower is None:
        return InequalityExpression((body, upper), strict=False)
    return EqualityExpression((body, upper)) if lower == upper else (lower, body, upper)


def formulate(program: Program) -> PyomoModel:
    """Write a program as a Pyomo model with one objective per goal of the case."""
    model = pyo.ConcreteModel()
    variables = declare(program, partial(_family, model))
    for constraint in CONSTRAINTS:
        add_rows(model, constraint.__name__, constraint(program, variables))
    model.goals = pyo.ObjectiveList()
    for name in goals_of(program):
        model.goals.add(linear(*GOAL_FUNCTIONS[name][0](program, variables)))
    return PyomoModel(program, model, variables)


def _family(model: Any, name: str, members: Sequence[Any]) -> list[Any]:  # noqa: ANN401
    """Declare the variables of a family; they share one domain, and none has bounds of its own."""
    domain = pyo.Binary if name == "x" else pyo.NonNegativeReals
    family = pyo.Var(range(len(members)), domain=domain)
    model.add_component(name, family)
    return list(family.values())


def add_rows(model: Any, name: str, rows: Sequence[Row]) -> None:  # noqa: ANN401
    """Add rows to a model under a name."""
    model.add_component(name, pyo.Constraint(range(len(rows)), rule=lambda _, number: relation(rows[number])))


@collector_off()
def build(program: Program) -> Model:
    """Write a program in Pyomo and read its arrays off.

    Args:
        program: a program, on lines or on groups of lines.

    Raises:
        ScaleError: a coefficient or bound is too large for the solver's tolerances.
    """
    written = formulate(program)
    compiled = compile_model(written)
    numbers = count()
    families = {
        family.local_name: list(islice(numbers, len(family))) for family in written.model.component_objects(pyo.Var)
    }
    return Formulation(program, declare(program, lambda name, _: families[name])), compiled


def compile_model(written: PyomoModel) -> Compiled:
    """The arrays of a Pyomo model; the columns are its variables, in the order of their making.

    Raises:
        NotLinearError: a row or a goal is not a plain list of terms.
        ScaleError: a coefficient or bound is too large for the solver's tolerances.
    """
    model = written.model
    families = [list(family.values()) for family in model.component_objects(pyo.Var)]
    ids = _ids(chain.from_iterable(families))
    rows = [row.to_bounded_expression() for row in model.component_data_objects(pyo.Constraint)]
    matrix, constants = _coefficients([body for _, body, _ in rows], ids)
    goals, offsets = _coefficients([goal.expr for goal in model.component_data_objects(pyo.Objective)], ids)
    senses = np.array(senses_of(written.program), dtype=float)
    compiled = Compiled(
        matrix=matrix.tocsc(),
        row_lower=filled([lower for lower, _, _ in rows], -INFINITY) - constants,
        row_upper=filled([upper for _, _, upper in rows], INFINITY) - constants,
        col_lower=filled(_of_families(families, lambda first: first.lb), -INFINITY),
        col_upper=filled(_of_families(families, lambda first: first.ub), INFINITY),
        integer=np.array(_of_families(families, lambda first: first.domain.isdiscrete()), dtype=bool),
        goals=goals.toarray() * senses[:, None],
        offsets=offsets * senses,
        senses=senses_of(written.program),
    )
    refuse_bad_scale(compiled)
    return compiled


def _of_families(families: Iterable[Sequence[Any]], ask: Callable[[Any], T]) -> list[T]:
    """A property of every variable; the first of a family speaks for all, as they are declared together."""
    return [answer for family in families if family for answer in [ask(family[0])] * len(family)]


def _coefficients(bodies: Sequence[Any], ids: Ids) -> tuple[sparse.csr_matrix, Vector]:
    """The matrix of linear expressions, a row each, and their constants."""
    if any(body.__class__ is not LinearExpression for body in bodies):
        raise NotLinearError("an expression of the model is not a list of terms")
    row = np.repeat(np.arange(len(bodies)), counted(body.nargs() for body in bodies))
    terms = list(chain.from_iterable(body.args for body in bodies))
    column, value = _find(terms, ids), np.ones(len(terms))
    # A variable with coefficient 1 is its own term; what is not a variable has to be opened.
    closed = np.flatnonzero(column < 0)
    opened = [_opened(terms[at]) for at in closed.tolist()]
    value[closed] = [coefficient for coefficient, _ in opened]
    column[closed] = _find([variable for _, variable in opened], ids)
    if any(opened[at][1] is not None for at in np.flatnonzero(column[closed] < 0)):
        raise NotLinearError("a term of the model has no variable of it")
    constant = column < 0
    constants = np.zeros(len(bodies))
    np.add.at(constants, row[constant], value[constant])
    entries = (value[~constant], (row[~constant], column[~constant]))
    matrix = sparse.csr_matrix(entries, shape=(len(bodies), len(ids)))
    matrix.eliminate_zeros()
    return matrix, constants


def _opened(term: Any) -> tuple[float, Any]:  # noqa: ANN401 - Pyomo's expressions carry no types
    """Coefficient and variable of a term; no variable for a constant."""
    if term.__class__ is MonomialTermExpression:
        coefficient, variable = term.args
        return coefficient, variable
    if isinstance(term, (int, float)):
        return term, None
    raise NotLinearError(f"not a linear term: {term}")


def _ids(objects: Iterable[Any]) -> Ids:
    return counted(map(id, objects))


def _find(objects: Sequence[Any], ids: Ids) -> Ids:
    """The place of each object among ids; -1 for one that is not there."""
    # Searching sorted ids is several times faster than a dictionary here: what is made together
    # stands together in memory.
    wanted, order = _ids(objects), np.argsort(ids)
    place = order[np.searchsorted(ids, wanted, sorter=order).clip(max=len(ids) - 1)]
    return np.where(ids[place] == wanted, place, -1)
