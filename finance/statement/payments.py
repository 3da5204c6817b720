"""Every payment of a plan with the verdict of every rule that could forbid it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from finance.case.case import Case, CostLine
from finance.case.sheets import Measure, Source
from finance.money import ZERO, Money
from finance.plan.allocation import PlaceYear
from finance.rules.entitlement import Permission
from finance.statement.lines import Line
from finance.statement.posts import GRANT, NO, WHILE_CLOSING, YES, Posts

NOT_APPLICABLE: Final = "n.v.t."


class PaymentTest(StrEnum):
    """The tests of one payment; each answers ja, nee, n.v.t. or (a category) bij_sluiting."""

    CATEGORY = "kostensoort mag"
    PERMITTED = "blad toegestaan"
    PROVIDER = "eigen aanbieder"
    WINDOW = "periode van de bron"
    GRANT_WINDOW = "periode van de regeling"
    TRANSITION = "door de transitie"
    CARE_PLUS = "jeugdhulp plus"
    CLOSURE = "gekoppelde sluiting"


@dataclass(frozen=True, slots=True)
class Payment:
    """What one source pays of one cost line.

    Attributes:
        lijn: the cost line.
        bron: the source.
        bedrag: the amount.
        oordelen: the verdict of each test.
        toestemming: the rule on which it rests, or that forbids it.
    """

    lijn: Line
    bron: Source
    bedrag: Money
    oordelen: Mapping[PaymentTest, str]
    toestemming: Permission

    @property
    def mag(self) -> bool:
        """Whether no test says no."""
        return NO not in self.oordelen.values()

    @property
    def strijdig(self) -> Money:
        """The amount that goes against a rule."""
        return ZERO if self.mag else self.bedrag


@dataclass(frozen=True)
class Verdicts:
    """What the rules say of any payment.

    Attributes:
        posts: what each group of sources may pay.
    """

    posts: Posts

    @property
    def _case(self) -> Case:
        return self.posts.rules.case

    def of(self, source: Source, line: CostLine) -> Mapping[PaymentTest, str]:
        """Let every rule that could forbid it judge whether a source may pay a line."""
        measure = self._case.measure.get(line.maatregel)
        provider = self._case.provider_of(line)
        inside = source.besteedbaar_van <= line.jaar <= source.besteedbaar_tot
        return {
            PaymentTest.CATEGORY: self._category(source, line),
            PaymentTest.PERMITTED: self._permitted(source, line),
            PaymentTest.PROVIDER: _answer(not source.aanbieder or source.aanbieder == provider),
            PaymentTest.WINDOW: _answer(inside),
            PaymentTest.GRANT_WINDOW: self._grant_window(source, line),
            PaymentTest.TRANSITION: self._condition(source, line, measure, "door_transitie"),
            PaymentTest.CARE_PLUS: self._condition(source, line, measure, "jeugdhulpplus"),
            PaymentTest.CLOSURE: self._closure(source, line, measure),
        }

    def _category(self, source: Source, line: CostLine) -> str:
        post = self.posts.post_of(source, line)
        return post.mag if post else NO

    def _permitted(self, source: Source, line: CostLine) -> str:
        narrowed = self._case.permitted_sorts.get(source.bron)
        if source.soort == GRANT or narrowed is None:
            return NOT_APPLICABLE
        return _answer(line.kostensoort in narrowed)

    def _grant_window(self, source: Source, line: CostLine) -> str:
        if source.soort != GRANT:
            return NOT_APPLICABLE
        known = self.posts.grant_year_of(source, line.jaar)
        return _answer(known is not None and known.besteedbaar)

    def _condition(self, source: Source, line: CostLine, measure: Measure | None, eis: str) -> str:
        known = self.posts.grant_year_of(source, line.jaar)
        if source.soort != GRANT or measure is None or known is None or eis not in known.voorwaarden:
            return NOT_APPLICABLE
        return _answer(bool(getattr(measure, eis)))

    def _closure(self, source: Source, line: CostLine, measure: Measure | None) -> str:
        post = self.posts.post_of(source, line)
        if post is None or post.sluiting is None:
            return NOT_APPLICABLE
        return _answer(measure is not None and self.posts.rules.closing[measure.maatregel])


def _answer(yes: bool) -> str:
    return YES if yes else NO


def vacancy_paid(payments: Iterable[Payment]) -> Mapping[PlaceYear, Money]:
    """What grants pay of vacancy while a closure is under way, where they pay any."""
    totals: dict[PlaceYear, Money] = defaultdict(lambda: ZERO)
    for payment in payments:
        if payment.oordelen[PaymentTest.CATEGORY] == WHILE_CLOSING:
            line = payment.lijn.regel
            totals[(line.locatie, line.zorgvorm), line.jaar] += payment.bedrag
    return dict(totals)
