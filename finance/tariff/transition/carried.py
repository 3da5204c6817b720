"""A provider over all years under one way of paying: what comes in, what flows back, what is left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from finance.money import ZERO, Money
from finance.tariff.tariff import Form
from finance.tariff.transition.deals import Deal

AGREED: Final = "afspraak"
ASSUMED: Final = "aanname"
PARTLY: Final = "deels aanname"
DIVIDED: Final = "afspraak, verdeling aangenomen"
NOBODY: Final = "niets betaald"
"""What a result rests on."""


@dataclass(frozen=True)
class FormYear:
    """One provider in one year under one way of paying.

    Attributes:
        jaar: the year.
        opbrengst: what comes in.
        kosten: what is to be paid.
        terug: what flows back of a lump sum.
        cumulatief: the results up to and with this year together.
    """

    jaar: int
    opbrengst: Money
    kosten: Money
    terug: Money
    cumulatief: Money

    @property
    def resultaat(self) -> Money:
        """What is left of the year."""
        return self.opbrengst - self.kosten - self.terug


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
    def terug(self) -> Money:
        """What flows back over all years."""
        return Money.total(row.terug for row in self.jaren)

    @property
    def cumulatief(self) -> Money:
        """The result over all years."""
        return self.opbrengst - self.kosten - self.terug

    @property
    def laagste(self) -> Money:
        """The lowest that the added-up result comes to."""
        return min(row.cumulatief for row in self.jaren)

    @property
    def draagt(self) -> bool:
        """Whether the years together do not end below zero."""
        return self.cumulatief >= ZERO

    @property
    def opslag(self) -> Fraction | None:
        """What every price has to rise by to end at zero, as a fraction; None where nothing comes in."""
        return Fraction(self.kosten.cents, self.opbrengst.cents) - 1 if self.opbrengst.cents else None

    @property
    def berust(self) -> str:
        """What the income rests on: agreements of the case, the assumption, or both; only what pays counts."""
        paying = [deal for deal in self.afspraken if deal.places]
        assumed = [deal for deal in paying if deal.rij is None]
        if assumed or not paying:
            return NOBODY if not paying else ASSUMED if len(assumed) == len(paying) else PARTLY
        return DIVIDED if any(deal.gegist for deal in paying) else AGREED

    @property
    def aanname(self) -> bool:
        """Whether any of it rests on the assumption."""
        return self.berust in (ASSUMED, PARTLY, DIVIDED)


def settled(years: Iterable[tuple[int, Money, Money, bool]], *, lumpsum: bool) -> tuple[FormYear, ...]:
    """The years of a provider, with what flows back of a lump sum.

    What a lump sum leaves is not for the provider. A year of which nothing moves on is settled by itself;
    what moves on is settled at the end, after what later years lack.

    Args:
        years: the year, what comes in, what is to be paid, and whether what is left moves on.
        lumpsum: whether it is a lump sum; of other forms nothing flows back.
    """
    found: list[FormYear] = []
    rows = list(years)
    so_far = moved = ZERO
    for number, (year, income, cost, moves) in enumerate(rows, start=1):
        left = income - cost
        back = ZERO
        if lumpsum:
            moved += left if moves else ZERO
            back = ZERO if moves else max(left, ZERO)
            if number == len(rows):
                back += max(moved, ZERO)
        so_far += left - back
        found.append(FormYear(year, income, cost, back, so_far))
    return tuple(found)
