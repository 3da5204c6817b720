"""A provider over all years under one way of paying, and what it needs to end at zero."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import ceil

from finance.case.cost_price import DAYS
from finance.money import CENTS_PER_EURO, ZERO, Money
from finance.tariff.tariff import Form
from finance.tariff.transition.deals import NONE, Deal


@dataclass(frozen=True)
class FormYear:
    """One provider in one year under one way of paying.

    Attributes:
        jaar: the year.
        opbrengst: what comes in.
        kosten: what is to be paid.
        cumulatief: the results up to and with this year together.
    """

    jaar: int
    opbrengst: Money
    kosten: Money
    cumulatief: Money

    @property
    def resultaat(self) -> Money:
        """What is left of the year."""
        return self.opbrengst - self.kosten


@dataclass(frozen=True)
class Carried:
    """One provider over all years under one way of paying: does it carry the transition?

    Attributes:
        aanbieder: the provider.
        vorm: the way of paying.
        afspraken: how it is paid, row by row.
        jaren: the years, in order.
    """

    aanbieder: str
    vorm: Form
    afspraken: tuple[Deal, ...]
    jaren: tuple[FormYear, ...]

    @property
    def kosten(self) -> Money:
        """What is to be paid over all years."""
        return Money.total(row.kosten for row in self.jaren)

    @property
    def opbrengst(self) -> Money:
        """What comes in over all years."""
        return Money.total(row.opbrengst for row in self.jaren)

    @property
    def cumulatief(self) -> Money:
        """The result over all years."""
        return self.opbrengst - self.kosten

    @property
    def laagste(self) -> Money:
        """The lowest that the added-up result comes to."""
        return min(row.cumulatief for row in self.jaren)

    @property
    def draagt(self) -> bool:
        """Whether the years together do not end below zero."""
        return self.cumulatief >= ZERO

    @property
    def aanname(self) -> bool:
        """Whether any of it rests on the assumption."""
        return any(deal.telt and deal.rij is None for deal in self.afspraken)

    @cached_property
    def places(self) -> Fraction:
        """The place-years that are paid for."""
        return sum((deal.places() for deal in self.afspraken), NONE)

    @property
    def average_price(self) -> Fraction | None:
        """What a place-year that is paid for brings in on average, in euros."""
        return sum((deal.income() for deal in self.afspraken), NONE) / self.places if self.places else None

    @property
    def needed_price(self) -> Money | None:
        """The lowest price of a place-year, the same for all, at which the years together end at zero.

        Formula: the costs / the place-years that are paid for, rounded up to the cent.

        Returns:
            None ("nooit") where no place is paid for.
        """
        return _up(self.kosten.euros / self.places) if self.places else None

    @property
    def needed_day_price(self) -> Money | None:
        """The lowest price of an etmaal, the same for all, at which the years together end at zero."""
        return _up(self.kosten.euros / (DAYS * self.places)) if self.places else None

    def balance(self, factor: Fraction) -> Fraction:
        """The result over all years with every level multiplied, in euros, not rounded."""
        return sum((deal.income(factor) for deal in self.afspraken), NONE) - self.kosten.euros

    @property
    def bends(self) -> tuple[Fraction, ...]:
        """The factors at which the result bends; between two of them it is a straight line."""
        points = {bend.punt for deal in self.afspraken for bend in deal.bends}
        return tuple(sorted(points | {NONE}))

    @cached_property
    def last_short(self) -> Fraction | None:
        """The highest factor among the bends at which the result is below zero; None where it never is."""
        return max((point for point in self.bends if self.balance(point) < 0), default=None)

    def slope(self, factor: Fraction) -> Fraction:
        """How the result grows to the right of a factor, in euros per unit of the factor."""
        total = NONE
        for deal in self.afspraken:
            below, above = deal.bends
            total += deal.gewicht * deal.niveau
            total += below.helling if factor < below.punt else NONE
            total += above.helling if factor >= above.punt else NONE
        return total

    @cached_property
    def needed_factor(self) -> Fraction | None:
        """What every level has to be multiplied by for the years together to end at exactly zero.

        From this factor on the result stays above zero. The result is a straight line between two
        bends, so the factor follows from the last bend at which it is below zero.

        Returns:
            0 where the result is never below zero; None ("nooit") where no level is enough.
        """
        if self.last_short is None:
            return NONE
        slope = self.slope(self.last_short)
        return self.last_short - self.balance(self.last_short) / slope if slope > 0 else None


def _up(euros: Fraction) -> Money:
    """An amount of euros rounded up to the cent."""
    return Money(ceil(euros * CENTS_PER_EURO))
