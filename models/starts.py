"""Whether any choice of start years is possible, and if not, what clashes.

Every plan can leave places unused and costs without cover, so a plan exists exactly where C1, C2, C3
and, with no place used, C5 can be met: a small whole-number problem. Where they cannot, an elastic
solve gathers what has to give way, and leaving out one demand after another keeps those that clash
and no others. No rule of a regulation is among them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import highspy

from finance.calendar import YearSpan
from finance.case import Case
from finance.case.approval import Decided
from finance.case.sheets import Measure
from finance.case.words import MAY, MUST, NOT
from models.decisions import place_changes, requirements, shares, usages, within_years
from models.program import Decision
from models.solver import quiet_highs

Row = tuple[float, list[tuple[int, float]]]
"""A lower bound, and coefficients by the number of a column."""
NOTHING: Final[Decided] = {}
GIVES_WAY: Final = 1e-6
"""A demand whose elastic variable is above this gives way."""


@dataclass(frozen=True, order=True)
class Demand:
    """Something that the start years must meet, and that may be part of a clash.

    Attributes:
        soort: `besluit`, `gestart`, `verplicht`, `keuze`, `vereist`, `wacht_op`, `periode`, `hulpbron`,
            `plaatsen` or `aanloop`.
        wie: the project, the measure or the resource; the location and the zorgvorm for the last two.
    """

    soort: str
    wie: tuple[str, ...]


@dataclass(frozen=True)
class StartProblem:
    """The start years of a case and what they must meet, windows included as demands.

    Attributes:
        case: the case.
        given: start years that are decided already; None for a measure that does not start.
    """

    case: Case
    given: Decided = field(default_factory=dict)

    def starts(self, _: Measure) -> YearSpan:
        """The years in which a measure could start if its window, and what follows a start, gave way."""
        return self.case.years

    @cached_property
    def decisions(self) -> tuple[Decision, ...]:
        """Every measure in every year in which it could start."""
        return tuple((row.maatregel, year) for row in self.case.measures for year in self.starts(row))

    @cached_property
    def number(self) -> Mapping[Decision, int]:
        """The column of each decision."""
        return {decision: at for at, decision in enumerate(self.decisions)}

    def _of_project(self, project: str, sign: float) -> list[tuple[int, float]]:
        rows = self.case.projects[project]
        return [(self.number[row.maatregel, year], sign) for row in rows for year in self.starts(row)]

    @cached_property
    def always(self) -> tuple[Row, ...]:
        """C1, at most one start per project: it never gives way."""
        return tuple((-1.0, self._of_project(project, -1.0)) for project in sorted(self.case.projects))

    @cached_property
    def demands(self) -> Mapping[Demand, tuple[Row, ...]]:
        """The rows of each demand."""
        rows: dict[Demand, list[Row]] = defaultdict(list)
        for project, members in sorted(self.case.projects.items()):
            if any(row.verplicht for row in members):
                rows[Demand("verplicht", (project,))].append((1.0, self._of_project(project, 1.0)))
        for measure in self.case.measures:
            self._choice(measure, rows)
            self._window(measure, rows)
            self._requirements(measure, rows)
        for key in self.case.effects_at:
            self._places(key, rows)
        for usage in usages(self.case, self.number, self.starts):
            terms = [(at, -used) for at, used in usage.by_decision]
            rows[Demand("hulpbron", (usage.hulpbron,))].append((-usage.available, terms))
        for name in self.given:
            self._given(self.case.measure[name], rows)
        return {demand: tuple(members) for demand, members in rows.items()}

    def _choice(self, measure: Measure, rows: dict[Demand, list[Row]]) -> None:
        """A measure that must be chosen starts in some year, one that must not starts in none."""
        if measure.keuze == MAY or measure.maatregel in self.case.started:
            return
        sign, least = (1.0, 1.0) if measure.keuze == MUST else (-1.0, 0.0)
        terms = [(self.number[measure.maatregel, year], sign) for year in self.starts(measure)]
        rows[Demand("keuze", (measure.maatregel,))].append((least, terms))

    def _window(self, measure: Measure, rows: dict[Demand, list[Row]]) -> None:
        if measure.maatregel in self.case.started:
            at = self.number[measure.maatregel, self.case.started[measure.maatregel]]
            rows[Demand("gestart", (measure.maatregel,))].append((1.0, [(at, 1.0)]))
            return
        if measure.keuze == NOT:
            return
        allowed = set(self.case.start_years(measure))
        outside = [year for year in self.starts(measure) if year not in allowed]
        if outside:
            terms = [(self.number[measure.maatregel, year], -1.0) for year in outside]
            rows[Demand("periode", (measure.maatregel,))].append((0.0, terms))

    def _given(self, measure: Measure, rows: dict[Demand, list[Row]]) -> None:
        """The measure starts in its given year and in no other."""
        demand, year = Demand("besluit", (measure.maatregel,)), self.given[measure.maatregel]
        others = [self.number[measure.maatregel, at] for at in self.starts(measure) if at != year]
        rows[demand].append((0.0, [(at, -1.0) for at in others]))
        if year is not None:
            rows[demand].append((1.0, [(self.number[measure.maatregel, year], 1.0)]))

    def _requirements(self, measure: Measure, rows: dict[Demand, list[Row]]) -> None:
        if measure.maatregel in self.case.started:
            return
        for year in self.starts(measure):
            at = self.number[measure.maatregel, year]
            needed = requirements(self.case, measure, year, self.starts)
            for column, others in needed.items():
                terms = [(at, -1.0), *((self.number[other], 1.0) for other in others)]
                rows[Demand(column, (measure.maatregel,))].append((0.0, terms))

    def _places(self, key: tuple[str, str], rows: dict[Demand, list[Row]]) -> None:
        """C3 and C5: neither the places nor the most that can be used of them fall below zero."""
        if all(effect.plaatsen >= 0 for effect in self.case.effects_at[key]):
            return
        at_start = float(self.case.place[key].plaatsen)
        for terms in within_years(self.case, key, self.number, self.starts):
            rows[Demand("plaatsen", key)].append((-at_start, list(terms)))
        share, first_year_loss = shares(self.case, key[1])
        for year in self.case.years:
            in_force, new = place_changes(self.case, (key, year), self.number, self.starts)
            rows[Demand("plaatsen", key)].append((-at_start, list(in_force)))
            if new and first_year_loss:
                usable = {at: share * places for at, places in in_force}
                for at, places in new:
                    usable[at] -= first_year_loss * places
                rows[Demand("aanloop", key)].append((-share * at_start, list(usable.items())))


def _solve(
    problem: StartProblem, hard: Collection[Demand], elastic: Collection[Demand]
) -> tuple[tuple[int, ...], set[Demand]] | None:
    """Find start years that meet the hard demands and break as few elastic ones as can be.

    Returns:
        The chosen columns and the elastic demands that gave way; None where there are none.
    """
    highs = quiet_highs()
    count = len(problem.decisions)
    for _ in range(count):
        highs.addCol(0.0, 0.0, 1.0, 0, [], [])
        highs.changeColIntegrality(highs.getNumCol() - 1, highspy.HighsVarType.kInteger)
    given = sorted(elastic)
    for _ in given:
        highs.addCol(1.0, 0.0, highspy.kHighsInf, 0, [], [])
    for lower, terms in problem.always:
        _add(highs, lower, terms)
    for demand in sorted(hard):
        for lower, terms in problem.demands[demand]:
            _add(highs, lower, terms)
    for position, demand in enumerate(given):
        for lower, terms in problem.demands[demand]:
            _add(highs, lower, [*terms, (count + position, 1.0)])
    highs.run()
    if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    values = highs.getSolution().col_value
    chosen = tuple(at for at in range(count) if values[at] > 0.5)  # noqa: PLR2004 - a binary
    return chosen, {demand for at, demand in enumerate(given) if values[count + at] > GIVES_WAY}


def _add(highs: highspy.Highs, lower: float, terms: list[tuple[int, float]]) -> None:
    highs.addRow(lower, highspy.kHighsInf, len(terms), [at for at, _ in terms], [value for _, value in terms])


def find_starts(case: Case, given: Decided = NOTHING) -> dict[str, int] | None:
    """Start years that meet every demand, or None where there are none."""
    problem = StartProblem(case, given)
    found = _solve(problem, list(problem.demands), [])
    return None if found is None else dict(problem.decisions[at] for at in found[0])


def clash(case: Case, given: Decided = NOTHING) -> tuple[Demand, ...]:
    """Demands that cannot be met together, none of which can be left out.

    Args:
        case: a case for which no plan exists.
        given: start years that are decided already.

    Returns:
        The demands, sorted; empty where a plan exists after all.
    """
    problem = StartProblem(case, given)
    gathered: set[Demand] = set()
    while True:
        found = _solve(problem, gathered, set(problem.demands) - gathered)
        if found is None:
            break
        if not found[1]:
            return ()
        gathered |= found[1]
    for demand in sorted(gathered):
        if _solve(problem, gathered - {demand}, []) is None:
            gathered.discard(demand)
    return tuple(sorted(gathered))


def describe(case: Case, demand: Demand, given: Decided = NOTHING) -> str:
    """A demand as a Dutch half-sentence, with the rows where it stands."""
    name = demand.wie[0]
    if demand.soort == "besluit":
        return f"maatregel {name} begint {'niet' if given[name] is None else f'in {given[name]}'} (besluit)"
    if demand.soort == "verplicht":
        rows = ", ".join(str(row.rij) for row in case.projects[name] if row.verplicht)
        return f"project {name} is verplicht (maatregelen rij {rows})"
    if demand.soort == "hulpbron":
        rows = ", ".join(str(row.rij) for row in case.resources if row.hulpbron == name)
        return f"van hulpbron {name} kan niet meer worden gebruikt dan er is (hulpbronnen rij {rows})"
    if demand.soort in ("plaatsen", "aanloop"):
        return _describe_places(case, demand)
    measure = case.measure[name]
    if demand.soort == "keuze":
        verb = "moet" if measure.keuze == MUST else "mag niet"
        return f"maatregel {name} {verb} worden gekozen (keuze, maatregelen rij {measure.rij})"
    if demand.soort == "gestart":
        row = next(row for row in case.started_rows if row.maatregel == name)
        return f"maatregel {name} is gestart in {row.jaar} (gestart rij {row.rij})"
    if demand.soort == "periode":
        return f"maatregel {name} {_describe_years(case, measure)} (maatregelen rij {measure.rij})"
    verb = "vereist" if demand.soort == "vereist" else "wacht op"
    return f"maatregel {name} {verb} project {getattr(measure, demand.soort)} (maatregelen rij {measure.rij})"


def _describe_years(case: Case, measure: Measure) -> str:
    """When a measure can start, or why it cannot."""
    years = case.start_years(measure)
    if years:
        return f"kan alleen starten in {years[0]} tot en met {years[-1]}"
    if measure.laatste_start in case.closed_years:
        return f"is niet gestart, en {measure.laatste_start} is een afgesloten jaar"
    begun = [row.maatregel for row in case.projects[measure.project] if row.maatregel in case.started]
    if begun:
        return f"kan niet meer starten, want {begun[0]} van hetzelfde project is gestart"
    return "heeft geen startjaar waarbij alle kosten en effecten binnen de casus vallen"


def _describe_places(case: Case, demand: Demand) -> str:
    where = " ".join(demand.wie)
    row = case.place[demand.wie[0], demand.wie[1]]
    if demand.soort == "plaatsen":
        return f"{where} heeft {row.plaatsen} plaatsen en kan niet onder nul (plaatsen rij {row.rij})"
    form = case.care_form[demand.wie[1]]
    return (
        f"{where} kan in een jaar niet meer plaatsen verliezen dan er buiten de nieuwe plaatsen bruikbaar"
        f" zijn (plaatsen rij {row.rij}; aanloop_jaar1, zorgvormen rij {form.rij})"
    )
