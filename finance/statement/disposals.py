"""Which measures of a plan dispose of which location, and to which location proceeds of a sale belong.

What a measure is called (its soort) decides nothing. A chosen measure disposes of a location where it
pays a cost line `afstoten` for its own location, or where it takes places away from a location at which
none are left at the end of the case.

Source: BBV art. 65.3 (what is taken out of use is written down to what it is still worth).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from finance.case.actuals import Proceeds
from finance.case.case import Case
from finance.case.cells import MONTHS
from finance.case.sheets import Location, Measure
from finance.money import ZERO, Money
from finance.plan.allocation import Outcome

DISPOSING: Final = "afstoten"
"""The kostensoort of taking a building out of use."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A measure that can dispose of a location, in this plan.

    Attributes:
        maatregel: the measure.
        locatie: the location.
        kostenregels: its cost rows of kostensoort afstoten, where the location is its own.
        eraf: what it changes there in this plan, in places; below zero where it takes away.
        over: the places that are left there in the last year of the case.
        start: its start year; 0 where it is not chosen.
    """

    maatregel: str
    locatie: str
    kostenregels: int
    eraf: int
    over: int
    start: int

    @property
    def telt(self) -> bool:
        """Whether it disposes of the location in this plan."""
        return self.start > 0 and (self.kostenregels > 0 or (self.eraf < 0 and self.over == 0))


@dataclass(frozen=True)
class Disposal:
    """A location, with what this plan disposes of there and what that brings in.

    Attributes:
        locatie: the location; None for proceeds that belong to none.
        maatregelen: how many chosen measures dispose of it.
        opbrengst: the proceeds that belong to it, whenever they come.
    """

    locatie: Location | None
    maatregelen: int
    opbrengst: Money

    @property
    def boekwaarde(self) -> Money:
        """The book value that goes; 0 where nothing is disposed of, or where it is not given."""
        return self._book_value or ZERO

    @property
    def _book_value(self) -> Money | None:
        return self.locatie.boekwaarde if self.locatie and self.maatregelen else None

    @property
    def resultaat(self) -> Money | None:
        """Proceeds less book value, below zero a loss; None where that cannot be known.

        Without a book value, or with proceeds of what is not disposed of, there is no result to tell:
        the proceeds are not all profit.
        """
        if not self.maatregelen and self.opbrengst == ZERO:
            return ZERO
        return None if self._book_value is None else self.opbrengst - self._book_value


@dataclass(frozen=True)
class Disposals:
    """The disposals of one plan.

    Attributes:
        case: the case.
        outcome: what follows from the decisions.
    """

    case: Case
    outcome: Outcome

    @property
    def starts(self) -> Mapping[str, int]:
        """The start year of each chosen measure."""
        return self.outcome.allocation.starts

    @cached_property
    def candidates(self) -> tuple[Candidate, ...]:
        """Every measure that can dispose of a location, once per location, in the order of the input."""
        return tuple(self._candidate(row, name) for row in self.case.measures for name in self._could_leave(row))

    def _could_leave(self, measure: Measure) -> tuple[str, ...]:
        """Its own location where it pays for disposal, and those where it takes places away."""
        own = (measure.locatie,) if self._cost_rows(measure, measure.locatie) else ()
        effects = self.case.effects_of.get(measure.maatregel, ())
        return tuple(dict.fromkeys((*own, *(row.locatie for row in effects if row.plaatsen < 0))))

    def _cost_rows(self, measure: Measure, location: str) -> int:
        rows = self.case.costs_of.get(measure.maatregel, ())
        return sum(row.kostensoort == DISPOSING for row in rows) if location == measure.locatie != "" else 0

    def _candidate(self, measure: Measure, location: str) -> Candidate:
        start = self.starts.get(measure.maatregel, 0)
        effects = self.case.effects_of.get(measure.maatregel, ())
        changes = sum(row.plaatsen for row in effects if row.locatie == location)
        return Candidate(
            measure.maatregel,
            location,
            self._cost_rows(measure, location),
            changes if start else 0,
            self._left.get(location, 0),
            start,
        )

    @cached_property
    def _left(self) -> Mapping[str, int]:
        """The places of each location at the end of the case."""
        left: dict[str, int] = {}
        for key in self.case.place:
            left[key[0]] = left.get(key[0], 0) + self.outcome.places_in(key, (self.case.years.last, MONTHS))
        return left

    def disposed_by(self, measure: str) -> tuple[str, ...]:
        """The locations of which a measure disposes in this plan."""
        return tuple(row.locatie for row in self.candidates if row.maatregel == measure and row.telt)

    def place_of(self, row: Proceeds) -> str:
        """The location to which proceeds belong; empty for none.

        That is the one location of which the measure disposes; the measure's own where it disposes
        of that too, or of several or none.
        """
        own, gone = self.case.measure[row.maatregel].locatie, self.disposed_by(row.maatregel)
        return gone[0] if len(gone) == 1 else own

    @cached_property
    def rows(self) -> tuple[Disposal, ...]:
        """Each location that some measure can dispose of or brings something in for; at last, none."""
        owners = [self.case.measure[row.maatregel].locatie for row in self.case.proceeds]
        named = {row.locatie for row in self.candidates} | set(owners)
        rows = [self._disposal(row) for row in self.case.locations if row.locatie in named]
        return (*rows, *([self._disposal(None)] if "" in owners else []))

    def _disposal(self, location: Location | None) -> Disposal:
        name = location.locatie if location else ""
        chosen = [row for row in self.case.proceeds if row.maatregel in self.starts]
        return Disposal(
            location,
            sum(row.telt for row in self.candidates if row.locatie == name),
            Money.total(row.bedrag for row in chosen if self.place_of(row) == name),
        )
