"""The rows of a case as its input gives them, and finding them by what they are about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TypeVar

from finance.calendar import YearSpan
from finance.case.actuals import Actual, Proceeds, RealisedPlaces, Started
from finance.case.approval import Approval
from finance.case.index_chain import TariffIndex
from finance.case.sheets import (
    AllocationKey,
    Alternative,
    CareForm,
    CareGroup,
    Claim,
    Cost,
    Demand,
    Effect,
    Funding,
    Goal,
    GrantDecision,
    GroupNeed,
    IndexYear,
    Inflow,
    Location,
    Measure,
    PlaceBound,
    Places,
    Provenance,
    Provider,
    Region,
    Resource,
    ScenarioChange,
    Setting,
    Settings,
    Source,
    SourcePermit,
    Suitability,
    TariffParameter,
    Uncertainty,
)
from finance.case.table import Touches

PlaceKey = tuple[str, str]
"""A location and a zorgvorm."""

R = TypeVar("R")
K = TypeVar("K", bound=Hashable)


def grouped(rows: Iterable[R], key: Callable[[R], K]) -> Mapping[K, tuple[R, ...]]:
    """Rows by what they are about, in the order in which they come."""
    groups: dict[K, list[R]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return {name: tuple(members) for name, members in groups.items()}


@dataclass(frozen=True)
class Given:
    """The rows of a case, sheet by sheet.

    Attributes:
        settings: the properties of the case.
        letters: the column letter of each column name of each sheet of the input workbook.
        touches: what the scenario changed, by sheet, column and row; empty for the case as it stands.
        approval: the approved plan that is kept where that can be; None for none.
        The other attributes hold the rows of the sheet of that subject, in the order of the sheet.
    """

    settings: Settings
    setting_rows: tuple[Setting, ...]
    provenance: tuple[Provenance, ...]
    providers: tuple[Provider, ...]
    locations: tuple[Location, ...]
    care_forms: tuple[CareForm, ...]
    places: tuple[Places, ...]
    demand: tuple[Demand, ...]
    care_groups: tuple[CareGroup, ...]
    suitabilities: tuple[Suitability, ...]
    group_needs: tuple[GroupNeed, ...]
    inflow: tuple[Inflow, ...]
    place_bounds: tuple[PlaceBound, ...]
    alternatives: tuple[Alternative, ...]
    measures: tuple[Measure, ...]
    effects: tuple[Effect, ...]
    resources: tuple[Resource, ...]
    claims: tuple[Claim, ...]
    costs: tuple[Cost, ...]
    indexes: tuple[IndexYear, ...]
    grant_decisions: tuple[GrantDecision, ...]
    sources: tuple[Source, ...]
    funding: tuple[Funding, ...]
    regions: tuple[Region, ...]
    allocation_keys: tuple[AllocationKey, ...]
    source_permits: tuple[SourcePermit, ...]
    actuals: tuple[Actual, ...]
    started_rows: tuple[Started, ...]
    realised_places: tuple[RealisedPlaces, ...]
    proceeds: tuple[Proceeds, ...]
    goal_rows: tuple[Goal, ...]
    scenario_changes: tuple[ScenarioChange, ...]
    uncertainties: tuple[Uncertainty, ...]
    tariff_parameters: tuple[TariffParameter, ...]
    tariff_indexes: tuple[TariffIndex, ...]
    letters: Mapping[str, Mapping[str, str]] = field(default_factory=dict, compare=False)
    touches: Touches = field(default_factory=dict, compare=False)
    approval: Approval | None = None

    @cached_property
    def years(self) -> YearSpan:
        """The years of the budget."""
        return YearSpan(self.settings.eerste_jaar, self.settings.laatste_jaar)

    @cached_property
    def measure(self) -> Mapping[str, Measure]:
        """The measures by id."""
        return {row.maatregel: row for row in self.measures}

    @cached_property
    def location(self) -> Mapping[str, Location]:
        """The locations by id."""
        return {row.locatie: row for row in self.locations}

    @cached_property
    def care_form(self) -> Mapping[str, CareForm]:
        """The zorgvormen by id."""
        return {row.zorgvorm: row for row in self.care_forms}

    @cached_property
    def place(self) -> Mapping[PlaceKey, Places]:
        """The places by location and zorgvorm."""
        return {(row.locatie, row.zorgvorm): row for row in self.places}

    @cached_property
    def source(self) -> Mapping[str, Source]:
        """The funding sources by id."""
        return {row.bron: row for row in self.sources}

    @cached_property
    def decided_ends(self) -> Mapping[str, date]:
        """The last day on which each grant decision may be spent, of those that say so themselves."""
        return {row.beschikking: row.besteedbaar_tot for row in self.grant_decisions if row.besteedbaar_tot is not None}

    @cached_property
    def grant_decision(self) -> Mapping[str, GrantDecision]:
        """The rows of `beschikkingen` by id."""
        return {row.beschikking: row for row in self.grant_decisions}

    def decision_of(self, source: Source) -> GrantDecision | None:
        """The row of `beschikkingen` of a grant; None where it has none."""
        return self.grant_decision.get(source.beschikking) if source.soort == "spuk" else None

    @cached_property
    def projects(self) -> Mapping[str, tuple[Measure, ...]]:
        """The measures of each project."""
        return grouped(self.measures, lambda row: row.project)

    @cached_property
    def effects_of(self) -> Mapping[str, tuple[Effect, ...]]:
        """The effects of each measure that has any."""
        return grouped(self.effects, lambda row: row.maatregel)

    @cached_property
    def effects_at(self) -> Mapping[PlaceKey, tuple[Effect, ...]]:
        """The effects on each location and zorgvorm that has any."""
        return grouped(self.effects, lambda row: (row.locatie, row.zorgvorm))

    @cached_property
    def claims_on(self) -> Mapping[str, tuple[Claim, ...]]:
        """What measures use of each resource that any uses."""
        return grouped(self.claims, lambda row: row.hulpbron)

    def bounded(self, bound: PlaceBound) -> tuple[PlaceKey, ...]:
        """The locations and zorgvormen that a row of `plaatsgrenzen` counts together."""
        return tuple(
            key
            for key in self.place
            if key[1] in bound.zorgvormen
            and bound.aanbieder in ("", self.location[key[0]].aanbieder)
            and bound.locatie in ("", key[0])
            and bound.gemeente in ("", self.location[key[0]].gemeente)
        )

    def used_by(self, starts: Mapping[str, int], resource: str, year: int) -> Decimal:
        """C12: what measures with these start years use of a resource in a year.

        Args:
            starts: the start year of each chosen measure.
            resource: the resource.
            year: a calendar year.
        """
        claims = self.claims_on.get(resource, ())
        return sum(
            (row.hoeveelheid for row in claims if starts.get(row.maatregel) == year - row.na_jaren),
            Decimal(0),
        )

    @cached_property
    def costs_of(self) -> Mapping[str, tuple[Cost, ...]]:
        """The cost rows of each measure that has any."""
        return grouped(self.costs, lambda row: row.maatregel)

    @cached_property
    def funding_of(self) -> Mapping[tuple[str, int], tuple[Funding, ...]]:
        """The financing rows of each yearly source and year."""
        return grouped(self.funding, lambda row: (row.bron, row.jaar))

    @cached_property
    def demand_in(self) -> Mapping[tuple[str, int], Demand]:
        """The demand rows by zorgvorm and year."""
        return {(row.zorgvorm, row.jaar): row for row in self.demand}
