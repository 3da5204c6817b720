"""What each group of sources may pay, and in which years: the rules as an accountant reads them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from finance.case.case import CostLine
from finance.case.sheets import Source
from finance.case.words import GRANT
from finance.rules.entitlement import Entitlement
from finance.rules.records import (
    OTHER_SOURCES,
    ActivityRule,
    CategoryRule,
    LinkedClosureRule,
    NotCapitalisedRule,
    Payable,
    Rule,
    ShareCapRule,
    SourceSortRule,
    WindowRule,
)
from finance.rules.tests import ACTIVITY, CONDITIONS, NO, WHILE_CLOSING, YES, PaymentTest

__all__ = ["GRANT", "NO", "WHILE_CLOSING", "YES", "GrantYear", "Post", "Posts"]


_RulesOfPost = tuple[
    CategoryRule | SourceSortRule | None,
    ShareCapRule | None,
    LinkedClosureRule | None,
    NotCapitalisedRule | None,
    NotCapitalisedRule | None,
    ActivityRule | None,
]


@dataclass(frozen=True, slots=True)
class Post:
    """One kostensoort of one group of sources, for the years in which its rules stay the same.

    Attributes:
        groep: the regulation of a grant, or the sort of another source.
        kostensoort: the cost category.
        van: the first year.
        tot: the last year.
        regel: the rule that decides.
        deelplafond: the rule of the share cap that it falls under, or None.
        sluiting: the rule that asks for a linked closure, or None.
        niet_geactiveerd: the rule that only what is not capitalised is paid, or None.
        niet_geactiveerd_herziening: the same for grants from a revision.
        herziening: the rule that lets a revision pay it whose decision does not say what for, or None.
    """

    groep: str
    kostensoort: str
    van: int
    tot: int
    regel: CategoryRule | SourceSortRule
    deelplafond: ShareCapRule | None
    sluiting: LinkedClosureRule | None
    niet_geactiveerd: NotCapitalisedRule | None
    niet_geactiveerd_herziening: NotCapitalisedRule | None
    herziening: ActivityRule | None

    @property
    def betaalbaar(self) -> Payable:
        """What the rule itself says."""
        if isinstance(self.regel, CategoryRule):
            return self.regel.betaalbaar
        named = self.regel.kostensoorten
        return YES if not named or self.kostensoort in named else NO


@dataclass(frozen=True, slots=True)
class GrantYear:
    """One regulation in one year: its spending window and its conditions.

    Attributes:
        regeling: the regulation.
        jaar: the calendar year.
        periode: the rule of the spending window, or None where none applies.
        voorwaarden: the rule of each condition that applies.
    """

    regeling: str
    jaar: int
    periode: WindowRule | None
    voorwaarden: Mapping[PaymentTest, Rule]

    @property
    def besteedbaar(self) -> bool:
        """Whether the year touches the spending window."""
        return self.periode is not None and self.periode.window.touches(self.jaar)


@dataclass(frozen=True)
class Posts:
    """The posts of a case, and the conditions of its grants year by year.

    Attributes:
        rules: the rules as they apply to the case.
    """

    rules: Entitlement

    @cached_property
    def all(self) -> tuple[Post, ...]:
        """What each group of sources may pay: every kostensoort, run of years by run of years."""
        sorts = dict.fromkeys(row.soort for row in self.rules.case.sources if row.soort != GRANT)
        groups = [*self.rules.rule_sets, *sorts]
        return tuple(
            post for group in groups for sort in self.rules.case.cost_sorts for post in self._posts(group, sort)
        )

    def _posts(self, group: str, sort: str) -> Iterator[Post]:
        for rules, span in groupby(self.rules.years, lambda year: self._rules_of(group, sort, year)):
            years = list(span)
            decides, cap, linked, free, free_of_revision, revised = rules
            if decides is not None:
                span_of = (group, sort, years[0], years[-1])
                yield Post(*span_of, decides, cap, linked, free, free_of_revision, revised)

    def _rules_of(self, group: str, sort: str, year: int) -> _RulesOfPost:
        """The rules that decide on one kostensoort of one group in one year."""
        rules = self.rules
        if group not in rules.rule_sets:
            rule = rules.rule(OTHER_SOURCES, f"bronsoort {group}", year)
            return rule if isinstance(rule, SourceSortRule) else None, None, None, None, None, None
        decides = rules.rule(group, f"categorie {sort}", year)
        caps = rules.rules_of(group, ShareCapRule, year)
        linked = rules.rule(group, "gekoppelde sluiting", year)
        free = {rule.herziening: rule for rule in rules.rules_of(group, NotCapitalisedRule, year)}
        limits = {revised: rule for revised, rule in free.items() if sort in rule.kostensoorten}
        revised = rules.rule(group, "activiteit", year) if ACTIVITY in rules.tests else None
        return (
            decides if isinstance(decides, CategoryRule) else None,
            next((cap for cap in caps if sort in cap.kostensoorten), None),
            linked if isinstance(linked, LinkedClosureRule) and sort in linked.kostensoorten else None,
            limits.get(False),
            limits.get(True),
            revised if isinstance(revised, ActivityRule) and sort in revised.kostensoorten else None,
        )

    @cached_property
    def _post_in(self) -> Mapping[tuple[str, str, int], Post]:
        return {
            (post.groep, post.kostensoort, year): post for post in self.all for year in range(post.van, post.tot + 1)
        }

    def post_of(self, source: Source, line: CostLine) -> Post | None:
        """The post that decides whether a source may pay a line; None where no rule names it."""
        group = source.regeling if source.soort == GRANT else source.soort
        return self._post_in.get((group, line.kostensoort, line.jaar))

    @cached_property
    def while_closing(self) -> tuple[Post, ...]:
        """The posts that are payable while a closure is under way."""
        return tuple(post for post in self.all if post.betaalbaar == WHILE_CLOSING)

    @cached_property
    def grant_years(self) -> tuple[GrantYear, ...]:
        """Each regulation in each year of the case."""
        return tuple(self._grant_year(name, year) for name in self.rules.rule_sets for year in self.rules.years)

    def _grant_year(self, name: str, year: int) -> GrantYear:
        window = self.rules.rule(name, "periode", year)
        asked = {test: self.rules.rule(name, f"voorwaarde {test.sleutel}", year) for test in CONDITIONS}
        if ACTIVITY in self.rules.tests:
            asked[ACTIVITY] = self.rules.rule(name, "activiteit", year)
        return GrantYear(
            name,
            year,
            window if isinstance(window, WindowRule) else None,
            {test: rule for test, rule in asked.items() if rule is not None},
        )
