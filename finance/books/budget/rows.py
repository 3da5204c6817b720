"""The rows that several sheets of a proposal share: the case seen through one plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from finance.case.case import PlaceKey
from finance.case.sheets import CareForm, Cost, Demand, Effect, Measure, Places
from finance.money import Money
from finance.statement.lines import Line


@dataclass(frozen=True, slots=True)
class Growth:
    """One index in one year.

    Attributes:
        index: the index.
        jaar: the calendar year.
        percentage: its growth over the year before; 0 where none is given.
        factor: growth of prices since prijspeil.
    """

    index: str
    jaar: int
    percentage: Fraction
    factor: Fraction


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One location and zorgvorm in one year.

    Attributes:
        plaats: the row of the input.
        vorm: the zorgvorm.
        jaar: the calendar year.
        plaatsen: places.
        nieuw: places that are added in this year.
        bezet: used places.
        hoogste: the most places that can be used.
        factor: growth of prices since prijspeil.
        disconto: the worth in the first year of one euro in this year.
        basis: the price of a used (exploitatie) and an empty (leegstand) place without growth, in euros.
        prijs: the same in this year, not rounded.
        lijnen: the cost line of exploitatie and of leegstand, where there is one.
        kosten: the cost of exploitatie and of leegstand at the prices of the plan.
        afgesloten: whether the year is closed, so that what was paid counts and not this cost.
    """

    plaats: Places
    vorm: CareForm
    jaar: int
    plaatsen: Fraction
    nieuw: Fraction
    bezet: Fraction
    hoogste: Fraction
    factor: Fraction
    disconto: Fraction
    basis: Mapping[str, Fraction]
    prijs: Mapping[str, Fraction]
    lijnen: Mapping[str, Line]
    kosten: Mapping[str, Money]
    afgesloten: bool

    @property
    def key(self) -> PlaceKey:
        """Location and zorgvorm."""
        return self.plaats.locatie, self.plaats.zorgvorm

    @property
    def leeg(self) -> Fraction:
        """Empty places."""
        return self.plaatsen - self.bezet


@dataclass(frozen=True, slots=True)
class DemandRow:
    """One zorgvorm in one year.

    Attributes:
        vraag: the row of the input.
        plaatsen: places over all locations.
        bezet: used places over all locations.
        naar_elders: young people who need this and use another zorgvorm.
        van_elders: young people who need another zorgvorm and use this.
        tekort: young people who find no place.
        boven_plafond: places above the ceiling.
    """

    vraag: Demand
    plaatsen: Fraction
    bezet: Fraction
    naar_elders: Fraction
    van_elders: Fraction
    tekort: Fraction
    boven_plafond: Fraction

    @property
    def eigen(self) -> Fraction:
        """Used places of this zorgvorm by young people who need it."""
        return self.bezet - self.van_elders


@dataclass(frozen=True, slots=True)
class CostRow:
    """One cost row of the input, in this plan.

    Attributes:
        kosten: the row of the input.
        start: the start of its measure; 0 where it is not chosen.
        factor: growth of prices since prijspeil; 0 where it is not spent.
        nominaal: the amount in the prices of its year.
        contant: the amount at prijspeil, discounted, in euros; 0 in a closed year.
        lijn: the cost line that it belongs to; None where it is not spent.
    """

    kosten: Cost
    start: int
    factor: Fraction
    nominaal: Money
    contant: Fraction
    lijn: Line | None

    @property
    def jaar(self) -> int:
        """The year in which it is spent; 0 where it is not."""
        return self.start + self.kosten.na_jaren if self.start else 0


@dataclass(frozen=True, slots=True)
class EffectRow:
    """One effect of the input, in this plan.

    Attributes:
        effect: the row of the input.
        maatregel: its measure.
        gesloten: whether its zorgvorm is a closed one.
        start: the start of its measure; 0 where it is not chosen.
    """

    effect: Effect
    maatregel: Measure
    gesloten: bool
    start: int

    @property
    def in_plan(self) -> int:
        """The change of places in this plan."""
        return self.effect.plaatsen if self.start else 0

    @property
    def sluitend(self) -> int:
        """The places that it takes away by the transition."""
        return max(0, -self.in_plan) if self.maatregel.door_transitie else 0


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One measure in this plan.

    Attributes:
        maatregel: the row of the input.
        start: its start year; None where it is not chosen.
        kosten: what it costs in this plan.
        erbij: places that it adds in this plan.
        eraf: places that it takes away in this plan, below zero.
        sluit: whether it takes away closed places on balance.
        gekoppeld: whether it is linked to a closure, its own or that of what it requires.
    """

    maatregel: Measure
    start: int | None
    kosten: Money
    erbij: int
    eraf: int
    sluit: bool
    gekoppeld: bool

    @property
    def later(self) -> int:
        """Years that it starts after the earliest year; 0 where it is not chosen."""
        return 0 if self.start is None else self.start - self.maatregel.vroegste_start

    @property
    def waardering(self) -> Decimal:
        """Its points, where it is chosen."""
        return Decimal(0) if self.start is None else self.maatregel.waardering
