"""What a part of a formula comes to, with the cells that it comes from; and how such parts combine."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Final

from finance.tables.engine import values
from finance.tables.engine.cells import At, CellFaultError, Known
from finance.tables.engine.criteria import COMPARED
from finance.tables.engine.values import total_of
from finance.tables.grid import FIRST_DAY

MONTHS: Final = 12
"""In a year."""


class Way(StrEnum):
    """How a cell takes part in a formula."""

    TERM = "telt mee"
    FACTOR = "factor"
    CHOICE = "bepaalt"
    ABOUT = "gaat over"


@dataclass(frozen=True, slots=True)
class Flow:
    """A cell that took part.

    Attributes:
        at: the cell.
        way: how.
        share: what it adds to the outcome; None where it is no term, or a text.
    """

    at: At
    way: Way
    share: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Worth:
    """What a part of a formula comes to.

    Attributes:
        value: its value.
        flows: the cells that took part.
    """

    value: Known | bool
    flows: tuple[Flow, ...] = ()


OPERATORS: Final = frozenset({"+", "-", "*", "/", "^", "&", "NEG", *COMPARED})


def number(worth: Worth) -> Fraction:
    """The number that a part of a formula comes to; an empty cell counts as 0.

    Raises:
        CellFaultError: it is a text.
    """
    return values.number(worth.value)


def truth(worth: Worth) -> bool:
    """Whether a part of a formula holds."""
    return bool(number(worth))


def day_of(year: int, month: int, day: int) -> int:
    """A day as a workbook numbers it; a month beyond the twelfth is one of a later year.

    Raises:
        CellFaultError: there is no such day.
    """
    try:
        return date(year + (month - 1) // MONTHS, (month - 1) % MONTHS + 1, day).toordinal() - FIRST_DAY
    except ValueError as fault:
        raise CellFaultError("#WAARDE!") from fault


def year_of(day: int) -> int:
    """The year of a day as a workbook numbers it."""
    return date.fromordinal(FIRST_DAY + day).year


def operated(name: str, parts: Sequence[Worth]) -> Worth:
    """What an operator makes of its operands."""
    match name:
        case "+":
            return summed(parts)
        case "NEG":
            return scaled(parts[0], Fraction(-1))
        case "-":
            return summed([parts[0], scaled(parts[1], Fraction(-1))])
        case "*":
            return _multiplied(*parts)
        case "/":
            return _divided(*parts)
        case "^":
            return Worth(values.power(parts[0].value, parts[1].value), factors(parts))
        case "&":
            return Worth(
                "".join(values.text(part.value) for part in parts), tuple(flow for part in parts for flow in part.flows)
            )
        case _:
            return Worth(values.compared(name, parts[0].value, parts[1].value), choices(parts))


def summed(parts: Sequence[Worth]) -> Worth:
    """A sum: each cell adds what it adds to its part."""
    return Worth(total_of(map(number, parts)), tuple(flow for part in parts for flow in part.flows))


def scaled(part: Worth, by: Fraction) -> Worth:
    """A part times a number that comes from no cell."""
    flows = tuple(flow if flow.share is None else replace(flow, share=flow.share * by) for flow in part.flows)
    return Worth(number(part) * by, flows)


def _multiplied(left: Worth, right: Worth) -> Worth:
    for one, other in ((left, right), (right, left)):
        if not _carries(one):
            product = scaled(other, number(one))
            return Worth(product.value, (*product.flows, *one.flows))
    return Worth(number(left) * number(right), factors([left, right]))


def _divided(left: Worth, right: Worth) -> Worth:
    by = number(right)
    if not by:
        raise CellFaultError("#DEEL/0!")
    if not _carries(right):
        quotient = scaled(left, 1 / by)
        return Worth(quotient.value, (*quotient.flows, *right.flows))
    return Worth(number(left) / by, factors([left, right]))


def best(parts: Sequence[Worth], *, largest: bool) -> Worth:
    """The largest or smallest; the others decide that it is."""
    if not parts:
        return Worth(Fraction(0))
    chosen = (max if largest else min)(parts, key=number)
    others = [part for part in parts if part is not chosen]
    return Worth(number(chosen), (*chosen.flows, *choices(others)))


def _carries(part: Worth) -> bool:
    """Whether a cell takes part with its value, and not only as a choice."""
    return any(flow.way is not Way.CHOICE for flow in part.flows)


def factors(parts: Iterable[Worth]) -> tuple[Flow, ...]:
    """The cells of parts that multiply each other: none of them adds an amount of its own."""
    return tuple(flow if flow.way is Way.CHOICE else Flow(flow.at, Way.FACTOR) for part in parts for flow in part.flows)


def choices(parts: Iterable[Worth]) -> tuple[Flow, ...]:
    """The cells of parts that only decide which others take part."""
    return tuple(Flow(flow.at, Way.CHOICE) for part in parts for flow in part.flows)
