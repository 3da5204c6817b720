"""The rows of the five sheets of the strategic real-estate plan, as the plan computes them without formulas."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from finance.books.budget.draft import Draft
from finance.books.budget.rows import DemandRow, MeasureRow
from finance.case.columns import YES_NO
from finance.case.sheets import CareForm, Location
from finance.money import Money
from finance.places import on_grid


def needed(need: Decimal | None, most: Decimal) -> Fraction:
    """The places that a need asks for.

    Formula: need / bezetting_max, on the grid of places; none where nobody needs one.
    """
    return on_grid(Fraction(need) / Fraction(most)) if need else Fraction(0)


@dataclass(frozen=True, slots=True)
class FormNow:
    """A zorgvorm in the first year.

    Attributes:
        vorm: the row of the input.
        nodig: places that the need asks for.
        aanbod: places at the start.
    """

    vorm: CareForm
    nodig: Fraction
    aanbod: int

    @property
    def verschil(self) -> Fraction:
        """Places too many, or below zero: too few."""
        return self.aanbod - self.nodig


@dataclass(frozen=True, slots=True)
class Future:
    """A zorgvorm in a year: what is needed, beside what is there now and in the plan.

    Attributes:
        vraag: the zorgvorm in that year.
        begin: its need in the first year.
        nodig: places that the need asks for.
        aanbod: places at the start, as if nothing were done.
    """

    vraag: DemandRow
    begin: Decimal
    nodig: Fraction
    aanbod: int

    @property
    def erbij(self) -> Decimal:
        """How many more young people need a place than in the first year."""
        return (self.vraag.vraag.jeugdigen or Decimal(0)) - self.begin

    @property
    def verschil(self) -> Fraction:
        """Places too many when nothing is done, or below zero: too few."""
        return self.aanbod - self.nodig

    @property
    def verschil_plan(self) -> Fraction:
        """Places too many in the plan, or below zero: too few."""
        return self.vraag.plaatsen - self.nodig


@dataclass(frozen=True, slots=True)
class VariantRow:
    """A measure as a variant: what it does and costs wherever it is chosen.

    Attributes:
        rij: the measure in this plan.
        eraf: places that it takes away.
        erbij: places that it adds.
        kosten: what it costs at the price level.
        plek: its place among the variants of its project by points, 1 for the most.
    """

    rij: MeasureRow
    eraf: int
    erbij: int
    kosten: Money
    plek: int


@dataclass(frozen=True, slots=True)
class Step:
    """The whole portfolio in a year.

    Attributes:
        jaar: the year.
        begonnen: measures that start.
        plaatsen: all places, averaged over the year.
        nodig: places that the need asks for.
        kosten: what the measures cost that year.
    """

    jaar: int
    begonnen: int
    plaatsen: Fraction
    nodig: Fraction
    kosten: Money


@dataclass(frozen=True, slots=True)
class Building:
    """A location in a year.

    Attributes:
        locatie: the row of the input.
        jaar: the year.
        plaatsen: its places of all kinds, averaged over the year.
        begonnen: the measures that start there.
    """

    locatie: Location
    jaar: int
    plaatsen: Fraction
    begonnen: int


def asked(draft: Draft) -> bool:
    """Whether the case asks for the plan."""
    return draft.case.settings.vastgoedplan == YES_NO[0]


def forms_now(draft: Draft) -> tuple[FormNow, ...]:
    """Each zorgvorm with places or need in the first year."""
    case, first = draft.case, draft.years[0]
    return tuple(
        FormNow(
            form,
            needed(case.demand_in[form.zorgvorm, first].jeugdigen, form.bezetting_max),
            sum(row.plaatsen for row in case.places if row.zorgvorm == form.zorgvorm),
        )
        for form in case.care_forms
        if (form.zorgvorm, first) in case.demand_in
    )


def future(draft: Draft) -> tuple[Future, ...]:
    """Each zorgvorm in each year, in the order of the sheet `vraag`."""
    now = {row.vorm.zorgvorm: row for row in forms_now(draft)}
    case, first = draft.case, draft.years[0]
    return tuple(
        Future(
            row,
            case.demand_in[row.vraag.zorgvorm, first].jeugdigen or Decimal(0),
            needed(row.vraag.jeugdigen, now[row.vraag.zorgvorm].vorm.bezetting_max),
            now[row.vraag.zorgvorm].aanbod,
        )
        for row in draft.demand_rows
    )


def variants(draft: Draft) -> tuple[VariantRow, ...]:
    """Each measure as a variant."""
    effects, costs, projects = draft.case.effects, draft.case.costs, draft.case.projects
    return tuple(
        VariantRow(
            row,
            sum(min(0, one.plaatsen) for one in effects if one.maatregel == measure.maatregel),
            sum(max(0, one.plaatsen) for one in effects if one.maatregel == measure.maatregel),
            Money.total(one.bedrag for one in costs if one.maatregel == measure.maatregel),
            1 + sum(other.waardering > measure.waardering for other in projects[measure.project]),
        )
        for row in draft.measure_rows
        for measure in (row.maatregel,)
    )


def places_now(draft: Draft, location: Location) -> int:
    """The places of a location at the start."""
    return sum(row.plaatsen for row in draft.case.places if row.locatie == location.locatie)


def steps(draft: Draft) -> tuple[Step, ...]:
    """The portfolio in each year."""
    begun = list(draft.starts.values())
    ahead = future(draft)
    return tuple(
        Step(
            year,
            begun.count(year),
            sum((row.plaatsen for row in draft.place_rows if row.jaar == year), Fraction(0)),
            sum((row.nodig for row in ahead if row.vraag.vraag.jaar == year), Fraction(0)),
            Money.total(
                line.kosten for line in draft.statement.lines if line.regel.maatregel and line.regel.jaar == year
            ),
        )
        for year in draft.years
    )


def buildings(draft: Draft) -> tuple[Building, ...]:
    """Each location that ever has places, in each year."""
    begun = [(draft.case.measure[name].locatie, year) for name, year in draft.starts.items()]
    used = {row.key[0] for row in draft.place_rows if row.plaatsen}
    return tuple(
        Building(
            location,
            year,
            sum(
                (row.plaatsen for row in draft.place_rows if (row.key[0], row.jaar) == (location.locatie, year)),
                Fraction(0),
            ),
            begun.count((location.locatie, year)),
        )
        for location in draft.case.locations
        if location.locatie in used
        for year in draft.years
    )
