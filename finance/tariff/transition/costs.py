"""What a provider is to pay in a year: its places, and the one-off costs of its measures."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from finance.case import CostLine
from finance.case.cost_price import CostPrice
from finance.case.sheets import Places
from finance.case.words import EMPTY_BUILDING, FRICTION, GRANT, TEMPORARY_HOUSING
from finance.money import Money

START_UP: Final = "opstart"
PROVIDER_SORTS: Final = (*FRICTION, START_UP, EMPTY_BUILDING, TEMPORARY_HOUSING)
"""The one-off costs of a measure that its provider bears."""
HELPING_SORTS: Final = (GRANT, "gemeente")
"""The sources that can take such a cost off a provider, whatever way its places are paid."""


@dataclass(frozen=True)
class PlaceYearCost:
    """The places of one location and zorgvorm in one year, and what they cost.

    Attributes:
        plek: the row of `plaatsen`.
        aanbieder: whose location it is.
        jaar: the year.
        plaatsen: the places that are there.
        bezet: the places in use.
        bezetprijs: what a used place costs in the year, in euros.
        leegprijs: what an empty place costs in the year, in euros.
        tarief: the tariff that a price comes from; None where `plaatsen` gives both.
        volheid: b, the occupancy that a cost-covering price counts on, above 0.
    """

    plek: Places
    aanbieder: str
    jaar: int
    plaatsen: Fraction
    bezet: Fraction
    bezetprijs: Fraction
    leegprijs: Fraction
    tarief: CostPrice | None
    volheid: Fraction

    @property
    def leeg(self) -> Fraction:
        """The places that are empty."""
        return self.plaatsen - self.bezet

    @property
    def exploitatie(self) -> Money:
        """The cost line of the used places, as the model makes it."""
        return Money.rounded(self.bezet * self.bezetprijs)

    @property
    def leegstand(self) -> Money:
        """The cost line of the empty places, as the model makes it."""
        return Money.rounded(self.leeg * self.leegprijs)

    @property
    def kosten(self) -> Money:
        """What the places cost: the two cost lines."""
        return self.exploitatie + self.leegstand

    @property
    def vast(self) -> Money:
        """What the groups cost, full or empty: (places / n) F."""
        return Money.rounded(self.plaatsen * self.leegprijs)

    @property
    def variabel(self) -> Money:
        """What the used places cost on top: V used, to the cent what makes the cost lines."""
        return self.kosten - self.vast

    @property
    def bijkomend(self) -> Fraction:
        """V, what a place in use costs on top of an empty one, in euros."""
        return self.bezetprijs - self.leegprijs

    @property
    def kostprijs(self) -> Fraction:
        """A used place-year at the price that covers its cost. Formula: F / (n b) + V, in euros."""
        return self.leegprijs / self.volheid + self.bijkomend

    @property
    def beschikbaar(self) -> Fraction:
        """An available place-year at the price that covers its cost. Formula: F / n + b V, in euros.

        At occupancy b it brings in what the price of a used place does, neither more nor less.
        """
        return self.leegprijs + self.volheid * self.bijkomend


@dataclass(frozen=True)
class ExtraCost:
    """A one-off cost of a provider in a year, or what another pays of a cost of it.

    Attributes:
        aanbieder: the provider.
        lijn: the line.
        bedrag: what it costs; nothing for vacancy, which the places count.
        bijdrage: what a SPUK pays of it, or for a one-off cost also a municipality.
    """

    aanbieder: str
    lijn: CostLine
    bedrag: Money
    bijdrage: Money
