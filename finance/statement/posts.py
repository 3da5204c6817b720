"""What each group of sources may pay, and in which years: the rules as an accountant reads them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from finance.case.case import CostLine
from finance.case.sheets import Source
from finance.case.words import COST_SORTS, GRANT
from finance.rules.entitlement import Entitlement
from finance.rules.records import (
    OTHER_SOURCES,
    CategoryRule,
    LinkedClosureRule,
    Payable,
    Rule,
    ShareCapRule,
    SourceSortRule,
    WindowRule,
)
from finance.rules.tests import AS_INPUT_SAYS, CONDITIONS, NO, WHILE_CLOSING, YES, PaymentTest

__all__ = ["AS_INPUT_SAYS", "GRANT", "NO", "WHILE_CLOSING", "YES", "GrantYear", "Post", "Posts"]


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
        in_invoer: whether the sheet `regelingsposten` names it.
    """

    groep: str
    kostensoort: str
    van: int
    tot: int
    regel: CategoryRule | SourceSortRule
    deelplafond: ShareCapRule | None
    sluiting: LinkedClosureRule | None
    in_invoer: bool

    @property
    def betaalbaar(self) -> Payable:
        """What the rule itself says."""
        if isinstance(self.regel, CategoryRule):
            return self.regel.betaalbaar
        named = self.regel.kostensoorten
        return YES if not named or self.kostensoort in named else NO

    @property
    def mag(self) -> str:
        """What it comes to: ja, nee or bij_sluiting."""
        if self.betaalbaar != AS_INPUT_SAYS:
            return self.betaalbaar
        return YES if self.in_invoer else NO


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
        return tuple(post for group in groups for sort in COST_SORTS for post in self._posts(group, sort))

    @cached_property
    def _in_input(self) -> frozenset[tuple[str, str]]:
        return frozenset((row.regeling, row.kostensoort) for row in self.rules.case.grant_permits)

    def _posts(self, group: str, sort: str) -> Iterator[Post]:
        for rules, span in groupby(self.rules.years, lambda year: self._rules_of(group, sort, year)):
            years = list(span)
            decides, cap, linked = rules
            if decides is not None:
                named = (group, sort) in self._in_input
                yield Post(group, sort, years[0], years[-1], decides, cap, linked, named)

    def _rules_of(
        self, group: str, sort: str, year: int
    ) -> tuple[CategoryRule | SourceSortRule | None, ShareCapRule | None, LinkedClosureRule | None]:
        """The rules that decide on one kostensoort of one group in one year."""
        if group not in self.rules.rule_sets:
            rule = self.rules.rule(OTHER_SOURCES, f"bronsoort {group}", year)
            return rule if isinstance(rule, SourceSortRule) else None, None, None
        decides = self.rules.rule(group, f"categorie {sort}", year)
        caps = self.rules.rules_of(group, ShareCapRule, year)
        linked = self.rules.rule(group, "gekoppelde sluiting", year)
        return (
            decides if isinstance(decides, CategoryRule) else None,
            next((cap for cap in caps if sort in cap.kostensoorten), None),
            linked if isinstance(linked, LinkedClosureRule) and sort in linked.kostensoorten else None,
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
        return tuple(post for post in self.all if post.mag == WHILE_CLOSING)

    @cached_property
    def grant_years(self) -> tuple[GrantYear, ...]:
        """Each regulation in each year of the case."""
        return tuple(self._grant_year(name, year) for name in self.rules.rule_sets for year in self.rules.years)

    def _grant_year(self, name: str, year: int) -> GrantYear:
        window = self.rules.rule(name, "periode", year)
        asked = {test: self.rules.rule(name, f"voorwaarde {test.sleutel}", year) for test in CONDITIONS}
        return GrantYear(
            name,
            year,
            window if isinstance(window, WindowRule) else None,
            {test: rule for test, rule in asked.items() if rule is not None},
        )
