"""What is put side by side in `vergelijking.xlsx`: the outcome of a scenario, and columns of outcomes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, TypeVar

from finance.money import Exact, Money
from finance.plan.allocation import Outcome
from finance.tables import live
from finance.tables.grid import Format, Origin, OriginKind, Role, Value
from finance.tables.pages import Column

R = TypeVar("R")
K = TypeVar("K")

WIDTH: Final = 16
"""The width of the column of a scenario."""


@dataclass(frozen=True)
class Compared:
    """The outcome of one scenario.

    Attributes:
        scenario: its name.
        outcome: what follows from its plan.
        bewezen: whether every goal is proven.
    """

    scenario: str
    outcome: Outcome
    bewezen: bool

    @property
    def data_key(self) -> str:
        """What its column is called in data: its place among the scenarios says nothing there."""
        return f"scenario:{self.scenario}"


def outcomes(
    done: Sequence[Compared],
    value: Callable[[Compared, R], Value],
    fmt: Format | Callable[[R], Format],
    *,
    total: bool = False,
) -> tuple[Column[R], ...]:
    """A column of pasted outcomes for each scenario."""

    def of(item: Compared) -> Callable[[R], Value]:
        return lambda row: value(item, row)

    return tuple(
        Column(
            f"s{at}",
            item.scenario,
            of(item),
            "",
            fmt,
            Role.DECISION,
            WIDTH,
            total,
            origin=origin_in(item),
            as_data=item.data_key,
        )
        for at, item in enumerate(done)
    )


def origin_in(item: Compared) -> Callable[[object], Origin]:
    """An outcome stands in the workbook of its scenario, and can be followed there."""
    return lambda _: Origin(OriginKind.OUTCOME, f"{item.scenario}/begroting.xlsx")


def differences(
    done: Sequence[Compared],
    table: str,
    value: Callable[[Compared, R], Value],
    fmt: Format | Callable[[R], Format],
) -> tuple[Column[R], ...]:
    """A column for each scenario with what it has more than the first, computed from a table of outcomes."""

    def of(item: Compared) -> Callable[[R], Value]:
        return lambda row: difference(value(item, row), value(done[0], row))

    return tuple(
        live.column(
            f"s{at}",
            item.scenario,
            f"ROUND([{table}.s{at}@]-[{table}.s0@],6)",
            fmt,
            role=None,
            width=WIDTH,
            as_data=item.data_key,
        )
        for at, item in enumerate(done)
    )


def difference(here: Value, first: Value) -> Value:
    """How much one outcome is above another; what is not there counts as zero."""
    if isinstance(here, Money) and isinstance(first, Money):
        return here - first
    return _exact(here) - _exact(first)


def _exact(value: Value | Exact) -> Fraction:
    if isinstance(value, Money):
        return value.euros
    return Fraction(0) if value is None or not isinstance(value, Exact) else Fraction(value)


def first_seen(names: Iterable[K]) -> list[K]:
    """Each name once, in the order in which it first appears."""
    return list(dict.fromkeys(names))
