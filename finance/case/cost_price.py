"""The cost price of a group: what it costs a year, full or empty, and what a place in use adds.

Every formula is exact. The letters in the formulas are those of the parameters of the sheet `tarief`.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Final

DAYS: Final = 365
MONTHS: Final = 12
MORNING_HOURS: Final = 8
"""The shift from 07 to 15 h."""
AFTERNOON_HOURS: Final = 7
"""The shift from 15 to 22 h."""
NIGHT_HOURS: Final = 9
"""The shift from 22 to 07 h."""
EVENING_PAID_EXTRA: Final = 3
"""The hours of the afternoon shift with irregular-hours pay: 19 to 22 h (CAO Jeugdzorg)."""
NIGHT_PAID_EXTRA: Final = 8
"""The hours of the night shift with irregular-hours pay: 22 to 06 h (CAO Jeugdzorg)."""


@dataclass(frozen=True)
class CostPrice:
    """The cost of a group of one tariff, size and year; every amount in euros.

    Attributes:
        tarief: the id of the tariff.
        zorgvorm: the care form.
        groepsgrootte: n, places in a group.
        jaar: the calendar year, in whose money the cost is.
        The other attributes are the parameters of the sheet `tarief`, under their own names.
    """

    tarief: str
    zorgvorm: str
    groepsgrootte: int
    jaar: int
    uren_betaald: Fraction
    uren_niet: Fraction
    dienst_ochtend: Fraction
    dienst_middag: Fraction
    dienst_nacht: Fraction
    bruto_maandloon: Fraction
    vakantietoeslag: Fraction
    eindejaarsuitkering: Fraction
    werkgeverslasten: Fraction
    ort_avond: Fraction
    ort_nacht: Fraction
    ort_weekend: Fraction
    teamleiding: Fraction
    behandeling_per_plaats: Fraction
    overig_per_plaats: Fraction
    huisvesting: Fraction
    overhead: Fraction
    risico: Fraction
    index: Fraction
    bezetting: Fraction
    spuk_huisvesting: Fraction

    @property
    def netto(self) -> Fraction:
        """Formula: netto = U - niet, in hours per fte a year."""
        return self.uren_betaald - self.uren_niet

    @property
    def can_work(self) -> bool:
        """Whether an fte has hours to work; without them nothing can be computed."""
        return self.netto > 0

    @property
    def hours(self) -> Fraction:
        """Formula: hours = 365 (8 sA + 7 sB + 9 sN), the roster of a group-year."""
        return DAYS * (
            MORNING_HOURS * self.dienst_ochtend + AFTERNOON_HOURS * self.dienst_middag + NIGHT_HOURS * self.dienst_nacht
        )

    @property
    def fte(self) -> Fraction:
        """Formula: fte = hours / netto."""
        return self.hours / self.netto

    @property
    def wage(self) -> Fraction:
        """Formula: wage = 12 m (1 + h + j)(1 + w), in euros per fte a year."""
        extra = 1 + self.vakantietoeslag + self.eindejaarsuitkering
        return MONTHS * self.bruto_maandloon * extra * (1 + self.werkgeverslasten)

    @property
    def roster_cost(self) -> Fraction:
        """Formula: fte wage, in euros per group-year."""
        return self.fte * self.wage

    @property
    def surcharge(self) -> Fraction:
        """Formula: 365 (3 sB oe + 8 sN on)(12 m / U)(1 + w), evenings and nights in a group-year."""
        hours = (
            EVENING_PAID_EXTRA * self.dienst_middag * self.ort_avond
            + NIGHT_PAID_EXTRA * self.dienst_nacht * self.ort_nacht
        )
        per_hour = MONTHS * self.bruto_maandloon / self.uren_betaald
        return DAYS * hours * per_hour * (1 + self.werkgeverslasten)

    @property
    def ort(self) -> Fraction:
        """Formula: ORT = 365 (3 sB oe + 8 sN on)(12 m / U)(1 + w) + ort_weekend."""
        return self.surcharge + self.ort_weekend

    @property
    def pers(self) -> Fraction:
        """Formula: pers = fte wage + ORT + L + B n, in euros per group-year."""
        return self.roster_cost + self.ort + self.teamleiding + self.treatment

    @property
    def treatment(self) -> Fraction:
        """Formula: B n, in euros per group-year."""
        return self.behandeling_per_plaats * self.groepsgrootte

    @cached_property
    def fixed(self) -> Fraction:
        """Formula: F = (pers (1 + k) + H - S)(1 + i)(1 + g), in euros per group-year."""
        base = self.pers * (1 + self.overhead) + self.huisvesting - self.spuk_huisvesting
        return base * (1 + self.index) * (1 + self.risico)

    @cached_property
    def variable(self) -> Fraction:
        """Formula: V = c (1 + k)(1 + i)(1 + g), in euros per used place-year."""
        return self.overig_per_plaats * (1 + self.overhead) * (1 + self.index) * (1 + self.risico)

    @property
    def leegstand_per_plaats(self) -> Fraction:
        """Formula: F / n, in euros per empty place-year."""
        return self.fixed / self.groepsgrootte

    @property
    def plaatsprijs(self) -> Fraction:
        """Formula: 365 p(b) = F / (n b) + V, in euros per used place-year at the occupancy of the tariff."""
        return self.leegstand_per_plaats / self.bezetting + self.variable

    @property
    def exploitatie_per_plaats(self) -> Fraction:
        """Formula: F / n + V, in euros per used place-year."""
        return self.leegstand_per_plaats + self.variable
