"""What stands in two of the cases that are put together, and would be counted twice: a location, a grant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from finance.calendar import YearSpan
from finance.case.case import Case
from finance.case.sheets import Location, Source
from finance.case.table import RawBook, listed, tidy
from finance.case.words import GRANT
from finance.findings import Finding
from finance.money import Money
from finance.rules.ceilings import BASIC, REVISION
from finance.rules.municipalities import bare_name
from finance.rules.national import national_grants
from finance.rules.revision import named_location


@dataclass(frozen=True)
class Given:
    """A case that is put together with others.

    Attributes:
        naam: the name of its file.
        case: the case.
        book: the tables that it came from, for the addresses.
    """

    naam: str
    case: Case
    book: RawBook

    @cached_property
    def used(self) -> tuple[Location, ...]:
        """The locations that have places or measures."""
        known = {location for location, _ in self.case.place} | {row.locatie for row in self.case.measures}
        return tuple(row for row in self.case.locations if row.locatie in known)

    def cell(self, sheet: str, column: str, row: int) -> str:
        """An address in its workbook."""
        return self.book.bladen[sheet].cell(column, row)


def doubles(given: Sequence[Given]) -> Iterator[Finding]:
    """Find what would be counted twice: locations in overlapping years, and grants above the maximum.

    Args:
        given: the cases.
    """
    for one, other in combinations(given, 2):
        years = one.case.years.overlap(other.case.years)
        if len(years):
            yield from _double_locations(one, other, years)
    yield from _double_grants(given)


# --- locations -------------------------------------------------------------------------------


def _double_locations(one: Given, other: Given, years: YearSpan) -> Iterator[Finding]:
    for row in other.used:
        same = [mine for mine in one.used if _same(one.case, mine, other.case, row)]
        if same:
            named = listed([f"{mine.locatie} ({mine.naam})" for mine in same])
            yield Finding(
                f"{other.naam}, locaties",
                other.cell("locaties", "naam", row.rij),
                f"Locatie {row.locatie} ({row.naam}) staat ook in {one.naam}, als {named}; in {_span(years)} zouden"
                " haar plaatsen en kosten twee keer tellen.",
                "Laat een van de casussen weg, haal de locatie uit een van beide, of laat hun jaren op elkaar"
                " aansluiten en niet overlappen.",
            )


def _same(one_case: Case, one: Location, other_case: Case, other: Location) -> bool:
    """Whether two locations are one.

    They are where annex 2 of the regulation of 2024 is said to call them the same; or, in the same municipality,
    where they have the same name, or where both have closed places and the one is called as the provider of the
    other is: buildings of a provider that is named after its only location.
    """
    annexed = named_location(one.naam_bijlage2), named_location(other.naam_bijlage2)
    if annexed[0] is not None and annexed[1] is not None:
        return annexed[0] == annexed[1]
    if bare_name(one.gemeente).casefold() != bare_name(other.gemeente).casefold():
        return False
    own, theirs = _names(one), _names(other)
    if own & theirs:
        return True
    closed = _has_closed(one_case, one) and _has_closed(other_case, other)
    return closed and (_provider(other_case, other) in own or _provider(one_case, one) in theirs)


def alike(given: Sequence[Given]) -> Iterator[str]:
    """Tell of locations that may be one: the annex names the one after the provider of the other.

    Args:
        given: the cases; what is surely the same in two of them is a finding of `doubles`.
    """
    for one, other in combinations(given, 2):
        if len(one.case.years.overlap(other.case.years)):
            yield from _alike(one, other)
            yield from _alike(other, one)


def _alike(one: Given, other: Given) -> Iterator[str]:
    """Closed locations of one case beside those of another that the annex names after their provider."""
    for provider in one.case.providers:
        rows = [row for row in one.used if row.aanbieder == provider.aanbieder and _has_closed(one.case, row)]
        named = [
            row
            for row in other.used
            if (named_location(row.naam_bijlage2) or "").casefold().startswith(f"{provider.naam.casefold()} ")
            and _has_closed(other.case, row)
            and not any(_same(one.case, mine, other.case, row) for mine in rows)
        ]
        if rows and named:
            yield (
                f"LET OP: {listed([row.locatie for row in rows])} van {provider.naam} in {one.naam} en"
                f" {listed([row.locatie for row in named])} in {other.naam} kunnen dezelfde locaties zijn. Kijk of hun"
                " plaatsen twee keer tellen."
            )


def _has_closed(case: Case, row: Location) -> bool:
    return any(location == row.locatie and case.care_form[form].is_closed for location, form in case.place)


def _names(row: Location) -> frozenset[str]:
    """What a location is called: its own name, and that of the annex where one of its names is known there."""
    known = (named_location(row.naam_bijlage2), named_location(row.naam))
    return frozenset(_bare(name) for name in (row.naam, *known) if name)


def _provider(case: Case, row: Location) -> str:
    name = next(provider.naam for provider in case.providers if provider.aanbieder == row.aanbieder)
    return _bare(named_location(name) or name)


def _bare(text: str) -> str:
    return " ".join(tidy(text).casefold().split())


def _span(years: YearSpan) -> str:
    return f"{years.first}" if years.first == years.last else f"{years.first} tot en met {years.last}"


# --- grants ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Granted:
    """A grant in one of the cases."""

    given: Given
    source: Source

    @property
    def town(self) -> str:
        return self.given.case.grant_municipality(self.source).casefold()

    @property
    def soort(self) -> str:
        decision = self.given.case.decision_of(self.source)
        return decision.soort if decision else BASIC

    @property
    def jaar(self) -> int | None:
        decision = self.given.case.decision_of(self.source)
        return decision.jaar if decision else None


def _double_grants(given: Sequence[Given]) -> Iterator[Finding]:
    for grant in national_grants():
        name = grant.regel.regeling
        granted = [
            _Granted(one, source)
            for one in given
            for source in one.case.sources
            if source.soort == GRANT and source.regeling == name
        ]
        basic = [row for row in granted if row.soort == BASIC]
        for town, most in grant.maxima.items():
            of_town = [row for row in basic if row.town == town.casefold()]
            yield from _above(of_town, most, f"uitkering van {town} onder {name}, en haar maximum is")
        for year, most in grant.revisions.items():
            rows = [row for row in granted if row.soort == REVISION and row.jaar == year]
            yield from _above(rows, most, f"herziening, verleend in {year}, en landelijk is er")
        yield from _above(granted, grant.total, f"uitkering onder {name}, en landelijk is er", least=1)


def _above(rows: Sequence[_Granted], most: Money, what: str, least: int = 2) -> Iterator[Finding]:
    """Find grants that together are more than there is; what only one case has is mostly looked at with that case."""
    total = Money.total(row.source.pot for row in rows)
    files = list(dict.fromkeys(row.given.naam for row in rows))
    if total > most and len(files) >= least:
        last = rows[-1]
        yield Finding(
            f"{last.given.naam}, dekking",
            last.given.cell("dekking", "bedrag", last.source.rij),
            f"{listed(files)}: samen {total.dutch()} {what} {most.dutch()}.",
            "Zet in elke casus bij buiten_casus wat voor plaatsen buiten die casus is, of laat een casus weg.",
        )


def same_names(names: Sequence[str]) -> Mapping[str, int]:
    """The names that are given more than once, with how often."""
    return {name: names.count(name) for name in dict.fromkeys(names) if names.count(name) > 1}
