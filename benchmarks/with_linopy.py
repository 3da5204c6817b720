"""The model of `models.formulation` in linopy, in whole arrays, as its users would write it.

Rows and columns come in the order of `models.formulation`, so that the two can be compared.
"""

from __future__ import annotations

import highspy
import linopy
import numpy as np
import pandas as pd
import xarray as xr

from benchmarks.tables import Entries, Money, Numbers, Places, Reals, Tables

linopy.options["semantics"] = "v1"


def hand_over(tables: Tables, *, sparse: bool = False) -> highspy.Highs:
    """Build the model and hand it to HiGHS; `sparse` takes linopy's sparse backing."""
    model = linopy.Model(sparse=sparse)
    x = model.add_variables(binary=True, coords=[_index("d", len(tables.projects.row))], name="x")
    _add_starts(model, tables, x)
    used, empty, places = _add_places(model, tables.places, x)
    _add_money(model, tables.money, x, used, empty, places)
    model.add_objective((1 * model.variables["gap"]).sum())
    return model.to_highspy()


def _add_starts(model: linopy.Model, tables: Tables, x: linopy.Variable) -> None:
    """C1 and C2."""
    chosen = _summed(x, tables.projects, "project")
    must = tables.project_least > 0
    for name, members, sign in (("must", must, "="), ("may", ~must, "<=")):
        if members.any():
            model.add_constraints(chosen.isel(project=np.flatnonzero(members)), sign, 1, name=f"c1_{name}")
    wanting = _picked(x, tables.needing, "need")
    model.add_constraints(wanting.sub(_summed(x, tables.needed, "need"), join="left"), "<=", 0, name="c2")


def _add_places(
    model: linopy.Model, tables: Places, x: linopy.Variable
) -> tuple[linopy.Variable, linopy.Variable, linopy.Variable]:
    """C3 to C7."""
    count, groups = len(tables.start), len(tables.need)
    places, used, empty = (_positive(model, name, "k", count) for name in ("places", "used", "empty"))
    y = _positive(model, "y", "v", len(tables.served_need))
    short = _positive(model, "short", "g", groups)
    over = _positive(model, "over", "c", len(tables.capped))
    changes, arrivals = _summed(x, tables.changes, "k"), _summed(x, tables.arrivals, "k")
    start, share = _array("k", tables.start), _array("k", tables.share)
    model.add_constraints((1 * places).sub(changes, join="left"), "=", start, name="c3")
    model.add_constraints(used + empty - places, "=", 0, name="c4")
    late = arrivals * _array("k", tables.share_less).sel(k=arrivals.indexes["k"])
    model.add_constraints((used - share * places).add(late, join="left"), "<=", 0, name="c5")
    need = _array("g", tables.need)
    served = _by_group(y, tables.served_need, "g")
    model.add_constraints((1 * short).add(served, join="left"), "=", need, name="c6_need")
    taken = _by_group(used, tables.group, "g")
    model.add_constraints(_by_group(y, tables.served_place, "g").sub(taken), "=", 0, name="c6_place")
    member = np.flatnonzero(np.isin(tables.group, tables.capped)).astype(np.int32)
    row = np.searchsorted(tables.capped, tables.group[member]).astype(np.int32)
    stock = _summed(places, Entries(row, member, np.ones(len(member))), "c")
    model.add_constraints(stock - over, "<=", _array("c", tables.ceiling), name="c7")
    return used, empty, places


def _add_money(
    model: linopy.Model,
    tables: Money,
    x: linopy.Variable,
    used: linopy.Variable,
    empty: linopy.Variable,
    places: linopy.Variable,
) -> None:
    """C8 to C11."""
    pay = _positive(model, "pay", "p", len(tables.pair_line))
    gap = _positive(model, "gap", "l", tables.lines)
    rev = _positive(model, "rev", "r", len(tables.revenue_row))
    left = _positive(model, "left", "m", len(tables.left_from))
    lhs = (1 * gap).add(_by_group(pay, tables.pair_line, "l"), join="left")
    for counted, price in ((x, tables.by_decision), (used, tables.by_used), (empty, tables.by_empty)):
        lhs = lhs.sub(_summed(counted, price, "l"), join="left")
    model.add_constraints(lhs, "=", 0, name="c8")
    model.add_constraints(_summed(pay, tables.pots, "pot"), "<=", _array("pot", tables.pot_limit), name="c9")
    lhs = _summed(pay, tables.yearly, "j")
    lhs = lhs.sub(_by_group(rev, tables.revenue_row, "j"), join="left")
    lhs = lhs.add(_by_group(left, tables.left_from, "j"), join="left")
    lhs = lhs.sub(_by_group(left, tables.left_to, "j"), join="left")
    model.add_constraints(lhs, "<=", _array("j", tables.fixed), name="c10_yearly")
    counted = (1 * rev).sub(_summed(used, tables.revenue_used, "r"), join="left")
    if len(tables.revenue_places.row):
        counted = counted.sub(_summed(places, tables.revenue_places, "r"), join="left")
    model.add_constraints(counted, "<=", 0, name="c10_places")
    model.add_constraints(1 * rev, "<=", _array("r", tables.revenue_most), name="c10_level")
    lhs = _summed(pay, tables.capped, "cap").sub(_summed(x, tables.cap_added, "cap"), join="left")
    model.add_constraints(lhs, "<=", _array("cap", tables.cap_limit), name="c11")


def _index(name: str, size: int) -> pd.RangeIndex:
    return pd.RangeIndex(size, name=name)


def _positive(model: linopy.Model, name: str, dimension: str, size: int) -> linopy.Variable:
    return model.add_variables(lower=0, coords=[_index(dimension, size)], name=name)


def _array(dimension: str, values: Reals) -> xr.DataArray:
    return xr.DataArray(values, coords=[_index(dimension, len(values))])


def _picked(
    variable: linopy.Variable, at: Numbers, dimension: str, value: xr.DataArray | int = 1
) -> linopy.LinearExpression:
    """Coefficient times variable, for the variables that stand at some places."""
    (name,) = map(str, variable.dims)
    picker = xr.DataArray(at, coords=[_index(dimension, len(at))])
    terms: linopy.LinearExpression = variable.isel({name: picker}) * value
    return terms.drop_vars(name)


def _summed(variable: linopy.Variable, entries: Entries, dimension: str) -> linopy.LinearExpression:
    """The sum of coefficient times variable over the entries of each row that has any."""
    terms = _picked(variable, entries.column, "entry", _array("entry", entries.value))
    return terms.groupby(pd.Series(entries.row, index=terms.indexes["entry"], name=dimension)).sum()


def _by_group(variable: linopy.Variable, row: Numbers, dimension: str) -> linopy.LinearExpression:
    """The sum of a variable over the members of each row."""
    (name,) = map(str, variable.dims)
    return variable.groupby(pd.Series(row, index=variable.indexes[name], name=dimension)).sum()
