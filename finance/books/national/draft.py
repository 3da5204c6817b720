"""What every sheet of `landelijk.xlsx` is made from: the plans of the regions, and what they are called here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Final

from finance.books.quantities import Fixed
from finance.case.sheets import GrantDecision
from finance.money import ZERO, Money
from finance.national.picture import AreaYear, National
from finance.national.region import NOWHERE, RegionPlan
from finance.rules.library import Knowledge
from finance.rules.national import NationalGrant, landsdelen, national_counts
from finance.rules.records import RevisionRoundRule
from finance.rules.revision import RevisionRules
from finance.tables.grid import Format, Origin, OriginKind

THOUSAND: Final = Fixed("duizend", "een bedrag in duizend euro", Fraction(1000), "EUR", Format.COUNT, "kalender", True)
MIDDLE: Final = (7, 1)
"""Month and day in the middle of a year: what a year has on average is held against the path on that day."""
BASIC: Final = "basis"


@dataclass(frozen=True)
class Part:
    """A part of a national grant with a ceiling of its own.

    Attributes:
        uitkering: the grant.
        naam: the part, as the rule names it.
        bedrag: its ceiling.
    """

    uitkering: NationalGrant
    naam: str
    bedrag: Money

    @property
    def soort(self) -> str:
        """The sort of decisions that it is for."""
        return "herziening" if self.naam.startswith("herziening") else BASIC

    @property
    def jaar(self) -> int | None:
        """The year of granting that it is for; None for all years."""
        return int(self.naam.split()[-1]) if self.soort != BASIC else None


@dataclass(frozen=True)
class Town:
    """The maximum of one municipality under a national grant.

    Attributes:
        uitkering: the grant.
        naam: the municipality.
        maximum: its maximum.
        bekend: whether a rule knows it; else the input says it.
    """

    uitkering: NationalGrant
    naam: str
    maximum: Money
    bekend: bool


@dataclass(frozen=True)
class Taken:
    """What one landsdeel may take over from another in a year; nothing too, where it could."""

    jaar: int
    van: str
    naar: str


@dataclass(frozen=True)
class Draft:
    """Several regions on their way to a workbook.

    Attributes:
        national: the regions with their plans.
        toolkit: the version of the toolkit.
    """

    national: National
    toolkit: str

    @property
    def plans(self) -> tuple[RegionPlan, ...]:
        """The plans."""
        return self.national.plans

    def key(self, plan: RegionPlan) -> str:
        """What a case is called in formulas."""
        return f"C{self.plans.index(plan) + 1}"

    def outcome(self, plan: RegionPlan) -> Origin:
        """Where an outcome of a plan can be followed."""
        return Origin(OriginKind.OUTCOME, f"{plan.stem}/{plan.scenario}/begroting.xlsx")

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """The parts of the national grants."""
        return tuple(
            Part(grant, name, amount) for grant in self.national.grants for name, amount in grant.parts.items()
        )

    @cached_property
    def towns(self) -> tuple[Town, ...]:
        """The municipalities of each grant: those that the rules know, and others that received it in a case."""
        found = [
            Town(grant, name, most, bekend=True)
            for grant in self.national.grants
            for name, most in grant.maxima.items()
        ]
        known = {(town.uitkering.regel.regeling, town.naam) for town in found}
        for row in self.national.grant_rows:
            key = (row.uitkering.regel.regeling, row.gemeente)
            if key not in known:
                known.add(key)
                found.append(Town(row.uitkering, row.gemeente, self._maximum(*key), bekend=False))
        return tuple(found)

    def _maximum(self, regulation: str, town: str) -> Money:
        decisions: list[GrantDecision] = [
            row
            for plan in self.plans
            for row in plan.case.grant_decisions
            if (row.regeling, row.gemeente.casefold()) == (regulation, town.casefold())
        ]
        return max((row.maximum for row in decisions if row.maximum is not None), default=ZERO)

    @cached_property
    def sorts(self) -> tuple[str, ...]:
        """The kostensoorten of the transition that occur, in alphabetical order."""
        return tuple(sorted({row.kostensoort for row in self.national.cost_rows}))

    @property
    def counted_years(self) -> tuple[int, ...]:
        """The years that lie after the first count of the country."""
        return tuple(year for year in self.national.years if middle(year) >= national_counts()[0].op)

    @cached_property
    def exchanging(self) -> tuple[AreaYear, ...]:
        """The landsdelen and years that can give or get."""
        return tuple(row for row in self.national.area_years if row.landsdeel != NOWHERE)

    @cached_property
    def taken(self) -> tuple[Taken, ...]:
        """Every pair of landsdelen of which one can give and the other get, by year."""
        return tuple(
            Taken(year, giver, taker)
            for year, problem in self.national.transports.items()
            for giver, taker in problem.pairs
        )

    def price(self, row: AreaYear) -> int:
        """The price of a place of a landsdeel in a year, in borders; 0 where nothing is taken over."""
        problem = self.national.transports.get(row.jaar)
        return problem.prices.get(row.landsdeel, 0) if problem else 0

    @cached_property
    def spans(self) -> Mapping[str, tuple[int, int]]:
        """The first and last year of each landsdeel."""
        found: dict[str, tuple[int, int]] = {}
        for row in self.national.area_years:
            first, last = found.get(row.landsdeel, (row.jaar, row.jaar))
            found[row.landsdeel] = min(first, row.jaar), max(last, row.jaar)
        return found

    @property
    def missing(self) -> tuple[str, ...]:
        """The landsdelen of which no case is."""
        return tuple(rule.naam for rule in landsdelen() if rule.naam not in self.national.landsdelen)

    @cached_property
    def round(self) -> RevisionRoundRule:
        """The round in which the next requests are filed, as known on the latest peildatum of the cases."""
        day = max(plan.case.settings.peildatum for plan in self.plans)
        rounds = RevisionRules(Knowledge(date.max)).rounds
        return next((row for row in rounds if day <= row.indienen_tot), rounds[-1])


def middle(year: int) -> date:
    """The day in the middle of a year."""
    return date(year, *MIDDLE)
