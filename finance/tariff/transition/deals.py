"""How a provider is paid in a year: an agreement or the assumption, and how it bends with its level."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from finance.case.funding import banded_level
from finance.case.sheets import Funding
from finance.money import Money
from finance.tariff.tariff import Form

NONE: Final = Fraction(0)
ONCE: Final = Fraction(1)


@dataclass(frozen=True)
class Bend:
    """A piece that what is paid gains on one side of a point, as the factor on the level grows.

    Attributes:
        punt: the factor at which it begins or ends.
        vast: euros that it adds.
        helling: euros that it adds per unit of the factor.
    """

    punt: Fraction
    vast: Fraction
    helling: Fraction

    @classmethod
    def at(cls, counted: Fraction, level: Fraction, weight: Fraction) -> Bend:
        """The piece weight (counted - level f), which is zero where the level meets what is counted."""
        return cls(counted / level, weight * counted, -weight * level)


NO_BEND: Final = Bend(NONE, NONE, NONE)


@dataclass(frozen=True)
class Deal:
    """How one provider is paid in one year: by a row of `financiering`, or by the assumption.

    Attributes:
        aanbieder: the provider.
        vorm: the way of paying.
        jaar: the year.
        rij: the row of `financiering`; None for the assumption.
        alleen: the provider that the row is for; empty for all.
        telt: whether it counts: a row with a level, and the assumption in a year without one.
        niveau: the places that are agreed.
        prijs: the price of a place-year.
        geteld: what the level is held against: the young people of a lump sum, the used (PxQ) or
            available places of all that the row is for.
        eigen: the used or available places of the provider itself; nothing for a lump sum.
        deel: the part of what the row pays that is for the provider.
    """

    aanbieder: str
    vorm: Form
    jaar: int
    rij: Funding | None
    alleen: str
    telt: bool
    niveau: Fraction
    prijs: Money
    geteld: Fraction
    eigen: Fraction
    deel: Fraction

    @property
    def band(self) -> Fraction:
        """The band around the level of a lump sum."""
        return Fraction(self.rij.bandbreedte) if self.rij else NONE

    @property
    def daalt(self) -> bool:
        """Whether fewer young people than the band allows lower a lump sum."""
        return self.rij is not None and self.rij.onderzijde == "dalend"

    def places(self, factor: Fraction = ONCE) -> Fraction:
        """The places that are paid for to the provider.

        Args:
            factor: what the level is multiplied by.
        """
        if not self.telt:
            return NONE
        level = self.niveau * factor
        if self.vorm == "lumpsum":
            return self.deel * banded_level(level, self.band, self.geteld, declines=self.daalt)
        return self.deel * min(self.geteld, level)

    def income(self, factor: Fraction = ONCE) -> Fraction:
        """What it brings in, in euros, not rounded."""
        return self.prijs.euros * self.places(factor)

    @property
    def opbrengst(self) -> Money:
        """What it brings in, to the cent."""
        return Money.rounded(self.income())

    @property
    def gewicht(self) -> Fraction:
        """What a place of the level is worth to the provider, in euros."""
        return self.deel * self.prijs.euros if self.telt else NONE

    @property
    def bends(self) -> tuple[Bend, Bend]:
        """Where what is paid bends as the level grows: a piece below a first point, one above a second.

        Formula: paid = weight (N f + what the pieces add), with f the factor on the level N.
        """
        if not self.telt or not self.niveau:
            return NO_BEND, NO_BEND
        if self.vorm != "lumpsum":
            return NO_BEND, Bend.at(self.geteld, self.niveau, self.gewicht)
        lower = Bend.at(self.geteld, self.niveau * (1 + self.band), self.gewicht)
        declines = self.daalt and self.band < 1
        upper = self.niveau * (1 - self.band)
        return lower, Bend.at(self.geteld, upper, self.gewicht) if declines else NO_BEND
