"""One region with its plan, and which landsdeel its locations, its need and its money are of.

A case is of one landsdeel, by its name or else by its coordinating municipality. A case of the whole country is of
several: each location is of the landsdeel that annex 2 of the regulation of 2024 puts it in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from finance.case.case import Case, CostLine
from finance.case.sheets import Location
from finance.case.table import RawBook, quoted
from finance.findings import Finding
from finance.money import Money
from finance.plan.allocation import Allocation, Outcome
from finance.rules.library import Knowledge
from finance.rules.municipalities import bare_name
from finance.rules.named import setting_cell
from finance.rules.national import is_whole_country, landsdeel_named, landsdeel_of_town, landsdelen
from finance.rules.revision import RevisionRules

NOWHERE: Final = "niet toegedeeld"
"""What stands for a landsdeel where that of a location or a need is not known."""
COUNTRY: Final = "heel Nederland"


@dataclass(frozen=True)
class Region:
    """A case, and the landsdeel that its parts are of.

    Attributes:
        case: a case without findings, in the scenario that is looked at.
    """

    case: Case

    @property
    def national(self) -> bool:
        """Whether it is of the whole country."""
        return is_whole_country(self.case.settings.landsdeel)

    @cached_property
    def own(self) -> str:
        """The landsdeel of the whole case; empty where that is not known, or it is of the whole country."""
        if self.national:
            return ""
        settings = self.case.settings
        found = landsdeel_named(settings.landsdeel) or landsdeel_of_town(bare_name(settings.coordinerende_gemeente))
        return found.naam if found else ""

    @property
    def why(self) -> str:
        """By what the case is of its landsdeel, in Dutch."""
        if self.national:
            return "elke locatie naar bijlage 2"
        return "de naam" if landsdeel_named(self.case.settings.landsdeel) else "de coördinerende gemeente"

    @cached_property
    def landsdelen(self) -> tuple[str, ...]:
        """The landsdelen that something of the case is of, in their order; what is not known comes last."""
        if self.own:
            return (self.own,)
        found = {*self._of_location.values(), *(self.of_need(who) for who, _ in self.case.care.need)}
        found |= {self.of_line(CostLine(row.maatregel, "", "", "", 0)) for row in self.case.measures}
        return tuple(name for name in (*(rule.naam for rule in landsdelen()), NOWHERE) if name in found)

    @cached_property
    def _of_location(self) -> Mapping[str, str]:
        sure = {row.locatie: self.own or self._by_itself(row) for row in self.case.locations}
        by_provider: dict[str, set[str]] = {}
        for row in self.case.locations:
            if sure[row.locatie]:
                by_provider.setdefault(row.aanbieder, set()).add(sure[row.locatie])
        return {
            row.locatie: sure[row.locatie] or _only(by_provider.get(row.aanbieder, ())) for row in self.case.locations
        }

    def _by_itself(self, row: Location) -> str:
        """The landsdeel of a location by annex 2, or by its municipality where that coordinates one."""
        settings = self.case.settings
        rules = RevisionRules(Knowledge(settings.peildatum, frozenset(settings.lezingen)))
        annexed = rules.threshold(row.naam_bijlage2)
        found = landsdeel_of_town(bare_name(annexed.gemeente if annexed else row.gemeente))
        return found.naam if found else ""

    def of_location(self, name: str) -> str:
        """The landsdeel of a location: its own, or else the only one of the other locations of its provider."""
        return self._of_location[name]

    def of_need(self, who: str) -> str:
        """The landsdeel of the need of a doelgroep (or for a zorgvorm): the only one with places that suit it best."""
        best = (key for key, pool in self.case.care.pool_of.items() if self.case.care.suits_best(who, pool))
        return self.own or _only({self.of_location(location) for location, _ in best})

    def of_line(self, line: CostLine) -> str:
        """The landsdeel of a cost line: that of its location, or else the only one of its provider."""
        if self.own:
            return self.own
        location = self.case.location_of(line)
        if location:
            return self.of_location(location)
        if not line.maatregel:
            return NOWHERE
        provider = self.case.provider_of(line)
        return _only({self.of_location(row.locatie) for row in self.case.locations if row.aanbieder == provider})


def _only(names: Iterable[str]) -> str:
    """The one name there is; that nothing is known where there is none, or more than one."""
    found = set(names)
    return found.pop() if len(found) == 1 else NOWHERE


@dataclass(frozen=True)
class RegionPlan:
    """A region with the plan that is shown of it.

    Attributes:
        stem: the name of the file of its case, without its ending.
        invoer_sha256: the SHA-256 of that file.
        scenario: the scenario.
        region: the case in that scenario.
        allocation: the plan.
        vandaan: where the plan comes from, in Dutch.
        bewezen: whether it is proven to be the best plan.
        gevraagd: what it would ask for in a revision; None where it cannot ask for one.
    """

    stem: str
    invoer_sha256: str
    scenario: str
    region: Region
    allocation: Allocation
    vandaan: str
    bewezen: bool
    gevraagd: Money | None = None

    @property
    def case(self) -> Case:
        """The case, in its scenario."""
        return self.region.case

    @cached_property
    def outcome(self) -> Outcome:
        """What follows from the plan."""
        return Outcome(self.case, self.allocation)


def unknown_landsdeel(region: Region, book: RawBook) -> Iterator[Finding]:
    """Find a case of which nobody knows the landsdeel.

    Args:
        region: the region.
        book: the tables that its case came from, for the addresses.
    """
    if region.own or region.national:
        return
    settings = region.case.settings
    names = ", ".join(rule.naam for rule in landsdelen())
    yield Finding(
        "case",
        setting_cell(region.case, book, "landsdeel"),
        f"Het landsdeel {quoted(settings.landsdeel)} is geen landsdeel van bijlage 1 van de regeling van 2024, en de"
        f" coördinerende gemeente {quoted(settings.coordinerende_gemeente)} coördineert er geen.",
        f"Kies uit: {names}; of 'Nederland' voor een casus over het hele land.",
    )
