"""How a provider is paid in a year: by an agreement of the case, or by the assumption where it has none."""

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
class Deal:
    """How one provider is paid in one year: by a row of `financiering`, or by the assumption.

    Attributes:
        aanbieder: the provider.
        vorm: the way of paying.
        jaar: the year.
        rij: the row of `financiering`; None for the assumption.
        alleen: the provider that the row is for; empty for all.
        zorgvorm: the care form that it pays for; empty for all together.
        telt: whether it counts: a row with a level, and the assumption for what no such row pays.
        niveau: the places that are agreed; of the assumption the places of the plan.
        prijs: the price of a place-year, in euros; of the assumption not rounded.
        geteld: what the level is held against: the young people of a lump sum, the used (PxQ) or
            available places of all that the row is for.
        eigen: the used or available places of the provider itself; nothing for a lump sum.
        deel: the part of what the row pays that is for the provider.
        gegist: whether that part is an assumption, for want of a key.
        houdt: whether what a lump sum leaves in the year moves on to the next, and is settled at the end.
    """

    aanbieder: str
    vorm: Form
    jaar: int
    rij: Funding | None
    alleen: str
    zorgvorm: str
    telt: bool
    niveau: Fraction
    prijs: Fraction
    geteld: Fraction
    eigen: Fraction
    deel: Fraction
    gegist: bool
    houdt: bool

    @property
    def band(self) -> Fraction:
        """The band around the level of a lump sum."""
        return Fraction(self.rij.bandbreedte) if self.rij else NONE

    @property
    def daalt(self) -> bool:
        """Whether fewer young people than the band allows lower a lump sum."""
        return self.rij is not None and self.rij.onderzijde == "dalend"

    @property
    def places(self) -> Fraction:
        """The places that are paid for to the provider."""
        if not self.telt:
            return NONE
        if self.vorm == "lumpsum":
            return self.deel * banded_level(self.niveau, self.band, self.geteld, declines=self.daalt)
        return self.deel * min(self.geteld, self.niveau)

    @property
    def income(self) -> Fraction:
        """What it brings in, in euros, not rounded."""
        return self.prijs * self.places

    @property
    def opbrengst(self) -> Money:
        """What it brings in, to the cent."""
        return Money.rounded(self.income)
