"""The model of `models.formulation` as bare arrays for HiGHS: the least that any modelling layer costs."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import accumulate

import highspy
import numpy as np
from scipy import sparse

from benchmarks.tables import Entries, Money, Numbers, Places, Reals, Tables

Part = tuple[Entries, int, float]
"""Coefficients, the number of the first variable of their family, and their sign."""
FREE = float("inf")


@dataclass
class Rows:
    """The rows so far."""

    count: int = 0
    row: list[Numbers] = field(default_factory=list)
    column: list[Numbers] = field(default_factory=list)
    value: list[Reals] = field(default_factory=list)
    lower: list[Reals] = field(default_factory=list)
    upper: list[Reals] = field(default_factory=list)

    def add(self, lower: Reals | float, upper: Reals, *parts: Part) -> None:
        """Add rows lower <= sum of parts <= upper."""
        for entries, first, sign in parts:
            self.row.append(entries.row + self.count)
            self.column.append(entries.column + first)
            self.value.append(sign * entries.value)
        self.upper.append(upper)
        self.lower.append(np.broadcast_to(lower, upper.shape))
        self.count += len(upper)

    def matrix(self, columns: int) -> sparse.csr_matrix:
        """The coefficients."""
        at = np.concatenate(self.row), np.concatenate(self.column)
        return sparse.csr_matrix((np.concatenate(self.value), at), shape=(self.count, columns))


@dataclass(frozen=True)
class Firsts:
    """The number of the first variable of each family, in the order of `models.formulation`."""

    x: int
    places: int
    used: int
    empty: int
    y: int
    short: int
    over: int
    pay: int
    gap: int
    rev: int
    left: int
    end: int


def firsts(tables: Tables) -> Firsts:
    """Where each family begins."""
    care, money = tables.places, tables.money
    count = len(care.start)
    sizes = (
        len(tables.projects.row),
        count,
        count,
        count,
        len(care.served_need),
        len(care.need),
        len(care.capped),
        len(money.pair_line),
        money.lines,
        len(money.revenue_row),
        len(money.left_from),
    )
    return Firsts(*accumulate((0, *sizes)))


def hand_over(tables: Tables) -> highspy.Highs:
    """Build the arrays and hand them to HiGHS."""
    rows, at = Rows(), firsts(tables)
    free = np.full(len(tables.project_least), 1.0)
    rows.add(np.where(tables.project_least > 0, 1.0, -FREE), free, (tables.projects, at.x, 1))
    wanting = np.zeros(len(tables.needing))
    rows.add(-FREE, wanting, (_each(tables.needing), at.x, 1), (tables.needed, at.x, -1))
    _add_places(rows, tables.places, at)
    _add_money(rows, tables.money, at)
    return _passed(rows, at)


def _each(columns: Numbers) -> Entries:
    return Entries(np.arange(len(columns), dtype=np.int32), columns, np.ones(len(columns)))


def _all(count: int, values: Reals | None = None) -> Entries:
    every = np.arange(count, dtype=np.int32)
    return Entries(every, every, np.ones(count) if values is None else values)


def _by_row(row: Numbers) -> Entries:
    return Entries(row, np.arange(len(row), dtype=np.int32), np.ones(len(row)))


def _add_places(rows: Rows, care: Places, at: Firsts) -> None:
    """C3 to C7."""
    count, zero = len(care.start), np.zeros(len(care.start))
    rows.add(care.start, care.start, (_all(count), at.places, 1), (care.changes, at.x, -1))
    rows.add(zero, zero, (_all(count), at.used, 1), (_all(count), at.empty, 1), (_all(count), at.places, -1))
    arrivals = care.arrivals
    late = Entries(arrivals.row, arrivals.column, arrivals.value * care.share_less[arrivals.row])
    used, shared = (_all(count), at.used, 1), (_all(count, care.share), at.places, -1)
    rows.add(-FREE, zero, used, shared, (late, at.x, 1))
    groups, none = len(care.need), np.zeros(len(care.need))
    rows.add(care.need, care.need, (_all(groups), at.short, 1), (_by_row(care.served_need), at.y, 1))
    rows.add(none, none, (_by_row(care.served_place), at.y, 1), (_by_row(care.group), at.used, -1))
    member = np.flatnonzero(np.isin(care.group, care.capped)).astype(np.int32)
    row = np.searchsorted(care.capped, care.group[member]).astype(np.int32)
    stock = Entries(row, member, np.ones(len(member)))
    rows.add(-FREE, care.ceiling, (_all(len(care.capped)), at.over, -1), (stock, at.places, 1))


def _add_money(rows: Rows, money: Money, at: Firsts) -> None:
    """C8 to C11."""
    zero = np.zeros(money.lines)
    rows.add(
        zero,
        zero,
        (_by_row(money.pair_line), at.pay, 1),
        (_all(money.lines), at.gap, 1),
        (money.by_decision, at.x, -1),
        (money.by_used, at.used, -1),
        (money.by_empty, at.empty, -1),
    )
    rows.add(-FREE, money.pot_limit, (money.pots, at.pay, 1))
    rows.add(
        -FREE,
        money.fixed,
        (money.yearly, at.pay, 1),
        (_by_row(money.revenue_row), at.rev, -1),
        (_by_row(money.left_from), at.left, 1),
        (_by_row(money.left_to), at.left, -1),
    )
    revenues = len(money.revenue_row)
    rows.add(
        -FREE,
        np.zeros(revenues),
        (_all(revenues), at.rev, 1),
        (money.revenue_used, at.used, -1),
        (money.revenue_places, at.places, -1),
    )
    rows.add(-FREE, money.revenue_most, (_all(revenues), at.rev, 1))
    rows.add(-FREE, money.cap_limit, (money.capped, at.pay, 1), (money.cap_added, at.x, -1))


def _passed(rows: Rows, at: Firsts) -> highspy.Highs:
    matrix = rows.matrix(at.end)
    upper, costs = np.full(at.end, FREE), np.zeros(at.end)
    upper[: at.places] = 1.0
    costs[at.gap : at.rev] = 1.0
    whole = np.zeros(at.end, dtype=np.int32)
    whole[: at.places] = 1
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    highs.passModel(
        at.end,
        rows.count,
        matrix.nnz,
        int(highspy.MatrixFormat.kRowwise),
        int(highspy.ObjSense.kMinimize),
        0.0,
        costs,
        np.zeros(at.end),
        upper,
        np.concatenate(rows.lower),
        np.concatenate(rows.upper),
        matrix.indptr,
        matrix.indices,
        matrix.data,
        whole,
    )
    return highs
