"""What every sheet of the workbook of one municipality is made from: the whole budget, and what of it is hers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from finance.books.budget.draft import Draft as Budget
from finance.case import Case
from finance.case.words import GRANT
from finance.money import ZERO, Money
from finance.rules.entitlement import ShareCap
from finance.statement.accountability import DecisionYear, Delay, Settlement
from finance.statement.decisions import Decision
from finance.statement.payments import Payment
from finance.tables.grid import Format, Origin, OriginKind, Role, Value
from finance.tables.pages import Column

WHOLE: Final = "begroting.xlsx"
"""The workbook of all municipalities together."""


def recipients(case: Case) -> tuple[str, ...]:
    """The municipalities that received a grant in a case, in the order of the input."""
    towns = (case.grant_municipality(row) for row in case.sources if row.soort == GRANT)
    return tuple({town.casefold(): town for town in reversed(list(towns))}.values())[::-1]


@dataclass(frozen=True)
class Draft:
    """The workbook of one municipality on its way.

    Attributes:
        budget: the whole budget.
        gemeente: the municipality, as the case spells it.
    """

    budget: Budget
    gemeente: str

    def is_hers(self, decision: Decision) -> bool:
        """Whether a decision is that of the municipality."""
        return decision.gemeente.casefold() == self.gemeente.casefold()

    @cached_property
    def decisions(self) -> tuple[Decision, ...]:
        """Her grant decisions."""
        return tuple(filter(self.is_hers, self.budget.accountability.decisions))

    @cached_property
    def years(self) -> tuple[DecisionYear, ...]:
        """Each of them in each year of the case."""
        return tuple(row for row in self.budget.accountability.rows if self.is_hers(row.beschikking))

    @cached_property
    def settlements(self) -> tuple[Settlement, ...]:
        """Each of them over all years."""
        return tuple(row for row in self.budget.accountability.settlements if self.is_hers(row.beschikking))

    @cached_property
    def delays(self) -> tuple[Delay, ...]:
        """The measures that they pay for."""
        return tuple(row for row in self.budget.accountability.delays if self.is_hers(row.beschikking))

    @cached_property
    def caps(self) -> tuple[ShareCap, ...]:
        """The share caps of them."""
        keys = {(row.regeling, row.beschikking) for row in self.decisions}
        caps = self.budget.statement.rules.share_caps
        return tuple(cap for cap in caps if (cap.regeling, cap.beschikking) in keys)

    @cached_property
    def payments(self) -> tuple[Payment, ...]:
        """What her grants pay."""
        mine = {row.bron for decision in self.decisions for row in decision.bronnen}
        return tuple(row for row in self.budget.statement.payments if row.bron.bron in mine)

    @property
    def broken(self) -> bool:
        """Whether closed years broke a rule with her money: then the controls of her workbook say so."""
        paid = self.budget.plan.allocation.payments
        return any(not row.mag for row in self.payments) or any(cap.paid(paid) > cap.grens for cap in self.caps)

    def paid_by_others(self, year: int) -> Money:
        """What grants of other municipalities pay in a year."""
        return self.paid_by_all(year) - _paid(self.payments, year)

    def paid_by_all(self, year: int) -> Money:
        """What all grants pay in a year."""
        return _paid((row for row in self.budget.statement.payments if row.bron.soort == GRANT), year)

    def row_of(self, decision: Decision) -> int:
        """The position of a decision among hers, counted from 1."""
        return self.decisions.index(decision) + 1


def _paid(payments: Iterable[Payment], year: int) -> Money:
    return Money.total((ZERO, *(row.bedrag for row in payments if row.lijn.regel.jaar == year)))


def taken(
    key: str, head: str, value: Callable[[Any], Value], fmt: Format, sheet: str, *, width: float = 14
) -> Column[Any]:
    """A column of numbers that were worked out in the whole budget.

    Args:
        key: its key.
        head: its head.
        value: the number of a row.
        fmt: how it is shown.
        sheet: the sheet of the whole budget on which it stands.
        width: its width.
    """
    origin = Origin(OriginKind.OUTCOME, f"{WHOLE}, blad {sheet}")
    return Column(key, head, value, "", fmt, Role.INPUT_SOURCED, width, origin=lambda _: origin)
