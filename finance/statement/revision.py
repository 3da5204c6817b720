"""A request for revision (herziening) of one plan: what is spent, what is asked, and why, to the cent.

Per location of annex 2 and category: spent = realised + planned; the threshold is reached where spent is no
less. Asked where it is: spent - what the grants of 2024 pay of it, and under the reading `boven-drempel` no
more than lies above the threshold; reduced in proportion, so that a municipality asks no more than its
shortfall = max(0, spent - basic amounts - earlier revisions).

Source: art. 5 and 7 and annex 2 of the regulation of 2024 (RG-13 to RG-18).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from finance.case.case import Case
from finance.case.sheets import Location, Source
from finance.case.words import GRANT
from finance.money import ZERO, Money, apportioned
from finance.plan.allocation import Allocation
from finance.rules.library import Knowledge, by_subject, rule_sets, version
from finance.rules.municipalities import bare_name
from finance.rules.records import CeilingRule, RevisionCategoryRule
from finance.rules.revision import REGULATION, RevisionRules, Threshold, outside_annex
from finance.statement.revision_amounts import (
    PORTIONS,
    Cell,
    Moment,
    Municipality,
    Payer,
    Pool,
    Portions,
    Share,
    Spent,
    portions_of,
    spent_of,
)
from finance.statement.revision_posts import COUNTS, RevisionPost, RevisionPosts
from finance.statement.statement import Statement


@dataclass(frozen=True)
class Revision:
    """The request for revision of one plan.

    Attributes:
        case: the case.
        allocation: the plan.
    """

    case: Case
    allocation: Allocation

    @cached_property
    def statement(self) -> Statement:
        """The statement of the plan."""
        return Statement(self.case, self.allocation)

    @cached_property
    def known(self) -> Knowledge:
        """From where the rules are looked at."""
        return self.statement.rules.known

    @cached_property
    def rules(self) -> RevisionRules:
        """The rules of the request."""
        return RevisionRules(self.known)

    @cached_property
    def posts(self) -> RevisionPosts:
        """What the plan spends in the categories, line by line."""
        return RevisionPosts(self.statement, self.rules)

    @cached_property
    def counted(self) -> tuple[RevisionPost, ...]:
        """The lines that count."""
        return tuple(post for post in self.posts.posts if post.stand == COUNTS)

    @cached_property
    def annexed(self) -> Mapping[str, Threshold]:
        """The location in the annex of each location of the case that it names."""
        found = ((row.locatie, self.rules.threshold(row.naam_bijlage2)) for row in self.case.locations)
        return {name: threshold for name, threshold in found if threshold is not None}

    @cached_property
    def thresholds(self) -> tuple[Threshold, ...]:
        """The locations in the annex that the case has, in the order of the annex."""
        names = {row.naam for row in self.annexed.values()}
        return tuple(row for row in self.rules.thresholds if row.naam in names)

    def locations_of(self, threshold: Threshold) -> tuple[Location, ...]:
        """The locations of the case that stand for a location in the annex."""
        return tuple(
            row
            for row in self.case.locations
            if row.locatie in self.annexed and self.annexed[row.locatie].naam == threshold.naam
        )

    @property
    def coordinating(self) -> str:
        """The coordinating municipality of the case, in the spelling of the annex where that knows it."""
        name = bare_name(self.case.settings.coordinerende_gemeente)
        return next((row.gemeente for row in self.rules.thresholds if row.gemeente.casefold() == name.casefold()), name)

    def pool_of(self, post: RevisionPost) -> Pool:
        """The locations that what is spent in a line is for.

        That of the line or of its measure; without one the locations of the provider, and where it has
        none in the annex those of the municipality (an assumption).
        """
        location = self.location_of(post)
        if location:
            return Pool((self.annexed[location].naam,) if location in self.annexed else ())
        provider = self._annexed_of(row for row in self.case.locations if row.aanbieder == post.lijn.aanbieder)
        if provider:
            return Pool(provider, samen=True, aanbieder=post.lijn.aanbieder)
        town = tuple(row.naam for row in self.thresholds if row.gemeente == self.coordinating)
        every = town or tuple(row.naam for row in self.thresholds)
        return Pool(every, samen=True)

    def location_of(self, post: RevisionPost) -> str:
        """The location of a line or of its measure; empty for none."""
        line = post.regel
        return self.case.measure[line.maatregel].locatie if line.maatregel else line.locatie

    def _annexed_of(self, locations: Iterable[Location]) -> tuple[str, ...]:
        mine = {self.annexed[row.locatie].naam for row in locations if row.locatie in self.annexed}
        return tuple(row.naam for row in self.thresholds if row.naam in mine)

    @cached_property
    def pools(self) -> Mapping[tuple[Pool, RevisionCategoryRule], Portions]:
        """What is spent for each group of locations, per category, in the order of the lines."""
        found: dict[tuple[Pool, RevisionCategoryRule], dict[tuple[Moment, Payer], Money]] = {}
        for post in self.counted:
            portions = found.setdefault((self.pool_of(post), post.categorie), dict.fromkeys(PORTIONS, ZERO))
            for key, amount in portions_of(post).items():
                portions[key] += amount
        return found

    @cached_property
    def shares(self) -> tuple[Share, ...]:
        """How what is spent for several locations together is divided over them."""
        places = {row.naam: row.plaatsen for row in self.thresholds}
        return tuple(
            Share(pool, category, name, places[name], *key, portions[key], part)
            for (pool, category), portions in self.pools.items()
            if pool.samen and pool.plekken
            for key in PORTIONS
            for name, part in zip(
                pool.plekken, apportioned(portions[key], [places[name] for name in pool.plekken]), strict=True
            )
        )

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """Every category of every location, in the order of the annex."""
        totals: dict[tuple[str, int], Spent] = defaultdict(Spent)
        for (pool, category), portions in self.pools.items():
            if pool.plekken and not pool.samen:
                key = pool.plekken[0], category.nummer
                totals[key] = totals[key].plus(spent_of(portions))
        for share in self.shares:
            key = share.plek, share.categorie.nummer
            totals[key] = totals[key].plus(spent_of({(share.tijd, share.wie): share.deel}))
        above = self.rules.asked is not None and self.rules.asked.boven_drempel
        return tuple(
            Cell(row, category, totals[row.naam, category.nummer], above)
            for row in self.thresholds
            for category in self.rules.categories
        )

    @cached_property
    def outside(self) -> Spent:
        """What is spent at locations that the annex does not name."""
        found = Spent()
        for (pool, _), portions in self.pools.items():
            if not pool.plekken:
                found = found.plus(spent_of(portions))
        return found

    @cached_property
    def municipalities(self) -> tuple[Municipality, ...]:
        """The coordinating municipalities of the locations, in the order of the annex."""
        names = list(dict.fromkeys(row.gemeente for row in self.thresholds))
        if self.outside != Spent() and self.coordinating not in names:
            names.append(self.coordinating)
        return tuple(
            Municipality(
                name,
                self.basic_amount(name),
                self.revised(name),
                self.outside if name == self.coordinating else Spent(),
                tuple(cell for cell in self.cells if cell.plek.gemeente == name),
            )
            for name in names
        )

    def grants_of(self, municipality: str) -> tuple[Source, ...]:
        """The grants of 2024 that the case has of a municipality."""
        return tuple(
            row
            for row in self.case.sources
            if row.soort == GRANT
            and row.regeling == REGULATION
            and bare_name(self.case.grant_municipality(row)).casefold() == municipality.casefold()
        )

    def revised(self, municipality: str) -> Money:
        """What earlier revisions granted a municipality."""
        return Money.total(
            row.bedrag
            for row in self.case.grant_decisions
            if row.soort == "herziening"
            and row.regeling == REGULATION
            and bare_name(row.gemeente).casefold() == municipality.casefold()
        )

    def granted(self, municipality: str) -> Money:
        """What the case says that a municipality was granted."""
        return Money.total(row.bedrag for row in self.grants_of(municipality) if row.bedrag is not None)

    def basic_amount(self, municipality: str) -> Money:
        """The amounts of art. 5.1 of a municipality together; what the case granted where they are not known."""
        rule = self.basic_rule(municipality)
        if rule is None:
            return self.granted(municipality)
        return Money.from_euros({name.casefold(): most for name, most in rule.maxima.items()}[municipality.casefold()])

    def basic_rule(self, municipality: str) -> CeilingRule | None:
        """The rule with the amounts of a municipality; None where the regulation gives none."""
        versions = by_subject(rule_sets()[REGULATION].regel)["plafond"]
        rule = version(versions, max(self.known.peildatum.year, self.case.years.first), self.known)
        known = isinstance(rule, CeilingRule) and municipality.casefold() in map(str.casefold, rule.maxima)
        return rule if known and isinstance(rule, CeilingRule) else None

    @cached_property
    def asked(self) -> Mapping[tuple[str, int], Money]:
        """What is asked, by the name of the location in the annex and the number of the category."""
        return {
            (cell.plek.naam, cell.categorie.nummer): amount
            for town in self.municipalities
            for cell, amount in zip(town.cellen, town.gevraagd, strict=True)
        }

    def asked_of(self, cell: Cell) -> Money:
        """What is asked for one category of one location."""
        return self.asked[cell.plek.naam, cell.categorie.nummer]

    def paid_by_care(self, cell: Cell) -> Money:
        """What money for care pays now of what is asked for one category of one location, at most."""
        return min(self.asked_of(cell), cell.spent.zorggeld)

    @property
    def total_asked(self) -> Money:
        """What is asked in all."""
        return Money.total(self.asked.values())

    @property
    def unnamed(self) -> tuple[str, ...]:
        """The locations at which something counts and that do not say what the annex calls them."""
        used = {self.location_of(post) for post in self.counted if post.besteed != ZERO}
        return tuple(
            row.locatie
            for row in self.case.locations
            if row.locatie in used and row.locatie not in self.annexed and not outside_annex(row.naam_bijlage2)
        )
