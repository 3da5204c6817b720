"""Where the pasted numbers of a workbook come from: the input workbook, a scenario, a rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeVar

from finance.case.case import Case
from finance.case.sheets import SHEETS
from finance.case.table import Touch
from finance.rules.records import Rule
from finance.tables.grid import Origin, OriginKind
from finance.tables.pages import Column, Target

R = TypeVar("R")


def from_input(case: Case, sheet: str, column: str, row: int) -> Origin:
    """A cell of the input workbook, with what a scenario did to it."""
    changes = tuple(_change(touch) for touch in case.touches.get((sheet, column, row), ()))
    known = column in case.letters.get(sheet, {})
    return Origin(OriginKind.INPUT if known else OriginKind.DEFAULT, case.cell(sheet, column, row), changes)


def _change(touch: Touch) -> str:
    was, now = touch.was or "leeg", touch.wordt or "leeg"
    return f"scenario {touch.scenario}, scenarios rij {touch.rij}: was {was}, wordt {now}"


def changes_of_row(case: Case, sheet: str, row: int) -> str:
    """What a scenario changed in a row of the input; empty for nothing."""
    return "; ".join(_changes(case, sheet, row))


def _changes(case: Case, sheet: str, row: int) -> Iterator[str]:
    for column in SHEETS[sheet].columns:
        for touch in case.touches.get((sheet, column.naam, row), ()):
            was, now = touch.was or "leeg", touch.wordt or "leeg"
            yield f"{column.naam}: was {was}, wordt {now} (scenarios rij {touch.rij})"


def row_in_input(case: Case, sheet: str, row: int) -> str:
    """The cells of a row of the input workbook, such as `kosten!A12:G12`."""
    letters = list(case.letters.get(sheet, {}).values())
    if not letters:
        return f"{sheet}!rij {row}"
    first, last = (min(letters, key=_place), max(letters, key=_place))
    return f"{sheet}!{first}{row}:{last}{row}"


def _place(letters: str) -> tuple[int, str]:
    return len(letters), letters


def of_rule(rule: Rule | None) -> Origin | None:
    """A parameter of a rule; None where no rule gives it."""
    return Origin(OriginKind.RULE, f"{rule.id}, {rule.vindplaats}") if rule else None


def decided(what: str) -> Origin:
    """A decision of the model."""
    return Origin(OriginKind.DECISION, what)


def linked(column: Column[R], link: Callable[[R], Target | None]) -> Column[R]:
    """The same column with a place that a click on its cells jumps to."""
    return replace(column, link=link)


def traced(
    column: Column[R],
    origin: Callable[[R], Origin | None],
    about: Callable[[R], Target] | None = None,
) -> Column[R]:
    """The same column with where its pasted values come from, and what a decision is about."""
    return replace(column, origin=origin, about=about)
