"""What the rules say of a payment, worked out a second time on purpose.

The model and the statement ask `Entitlement`. A finished plan is judged here, straight from the rule
records and from the registry of tests, so that a mistake in one of the two shows. Only a test of a new
kind needs a judge of its own; a condition on the measure is judged from its entry.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final, TypeVar

from finance.case import Case, CostLine
from finance.case.sheets import Measure, Source
from finance.case.words import GRANT
from finance.rules.base import RuleBase
from finance.rules.library import rule_sets
from finance.rules.records import (
    OTHER_SOURCES,
    ActivityRule,
    CategoryRule,
    ConditionRule,
    LinkedClosureRule,
    NotCapitalisedRule,
    Rule,
    SourceSortRule,
    WindowRule,
)
from finance.rules.tests import (
    ACTIVITY,
    CATEGORY,
    CLOSURE,
    CONDITIONS,
    GRANT_WINDOW,
    PERMITTED,
    PROVIDER,
    REFUSALS,
    SCOPE,
    WHILE_CLOSING,
    WINDOW,
    PaymentTest,
    ended,
)

R = TypeVar("R", bound=RuleBase)


@dataclass(frozen=True)
class Records:
    """The rule records of the regulations of a case, and which of them apply in a year.

    Attributes:
        case: the case.
    """

    case: Case

    @cached_property
    def _kept(self) -> dict[tuple[str, type[RuleBase], int], tuple[RuleBase, ...]]:
        return {}

    def of(self, name: str, kind: type[R], year: int) -> tuple[R, ...]:
        """The rules of one kind of a rule set that apply on the last day of a year.

        Of rules about the same subject one applies: an alternative reading that is switched on before
        the ordinary one, and then the one that became known last.
        """
        key = (name, kind, year)
        if key not in self._kept:
            self._kept[key] = tuple(self._applying(name, kind, date(year, 12, 31)).values())
        return tuple(rule for rule in self._kept[key] if isinstance(rule, kind))

    def _applying(self, name: str, kind: type[R], day: date) -> dict[str, R]:
        best: dict[str, R] = {}
        if name != OTHER_SOURCES and name not in self.case.settings.regelingen:
            return best
        known = rule_sets().get(name)
        for rule in known.regel if known else ():
            if isinstance(rule, kind) and self._applies(rule, day):
                before = best.get(rule.subject)
                if before is None or _goes_before(rule, before):
                    best[rule.subject] = rule
        return best

    def _applies(self, rule: RuleBase, day: date) -> bool:
        settings = self.case.settings
        in_force = rule.van <= day and (rule.tot is None or day <= rule.tot)
        read_so = not rule.lezing or rule.lezing in settings.lezingen
        return in_force and read_so and rule.bekend_sinds <= settings.peildatum


def _goes_before(rule: RuleBase, other: RuleBase) -> bool:
    return (rule.lezing != "", rule.bekend_sinds) > (other.lezing != "", other.bekend_sinds)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a source may not pay a line.

    Attributes:
        waarom: the reason, in Dutch.
        regel: the rule that forbids it; None where the input does.
    """

    waarom: str
    regel: Rule | None


Opinion = tuple[bool, Rule | None]
"""Whether a test lets a payment be, and the rule that it rests on."""


def refusal(records: Records, source: Source, line: CostLine) -> Refusal | None:
    """The first test that forbids a source to pay a line; None where it may (C11 and the rules)."""
    for test in REFUSALS:
        if test in CONDITIONS:
            fine, rule = _condition(records, test, source, line)
        else:
            fine, rule = JUDGES[test](records, source, line)
        if not fine:
            decided = _decided_end(records, source) if test is GRANT_WINDOW else None
            if rule and decided:
                return Refusal(ended(source.beschikking, decided), rule)
            return Refusal(rule.uitleg if rule else test.weigering(source, line), rule)
    return None


def category_rule(records: Records, source: Source, line: CostLine) -> CategoryRule | None:
    """What the regulation of a grant says of a kostensoort; None for another source."""
    if source.soort != GRANT:
        return None
    rules = records.of(source.regeling, CategoryRule, line.jaar)
    return next((rule for rule in rules if rule.kostensoort == line.kostensoort), None)


def _category(records: Records, source: Source, line: CostLine) -> Opinion:
    if source.soort != GRANT:
        sorts = records.of(OTHER_SOURCES, SourceSortRule, line.jaar)
        (own,) = (rule for rule in sorts if rule.bronsoort == source.soort)
        return own.kostensoorten == () or line.kostensoort in own.kostensoorten, own
    rule = category_rule(records, source, line)
    return rule is not None and rule.betaalbaar != "nee", rule


def part_rule(records: Records, source: Source, line: CostLine) -> CategoryRule | NotCapitalisedRule | None:
    """The rule that lets a grant pay only a part of a line; None where there is none."""
    category = category_rule(records, source, line)
    if category is not None and category.betaalbaar == WHILE_CLOSING:
        return category if (line.locatie, line.zorgvorm) in records.case.place else None
    for rule in records.of(source.regeling, NotCapitalisedRule, line.jaar) if source.soort == GRANT else ():
        if rule.herziening == _revised(records.case, source) and line.kostensoort in rule.kostensoorten:
            return rule
    return None


def _revised(case: Case, source: Source) -> bool:
    """Whether a grant comes from a revision."""
    kinds = {row.beschikking: row.soort for row in case.grant_decisions}
    return kinds.get(source.beschikking) == "herziening"


def _permitted(records: Records, source: Source, line: CostLine) -> Opinion:
    named = records.case.permitted_sorts.get(source.bron, ())
    return source.soort == GRANT or not named or line.kostensoort in named, None


def _provider(records: Records, source: Source, line: CostLine) -> Opinion:
    if not source.aanbieder:
        return True, None
    if line.krediet:
        # A credit for all is nobody's own: only a source for all pays it back.
        return source.aanbieder == records.case.source[line.krediet].aanbieder, None
    measure = records.case.measure.get(line.maatregel)
    owner = measure.aanbieder if measure else records.case.location[line.locatie].aanbieder
    return source.aanbieder == owner, None


def _window(records: Records, source: Source, line: CostLine) -> Opinion:
    inside = source.besteedbaar_van <= line.jaar <= source.besteedbaar_tot
    return inside and line.jaar in records.case.years, None


def _grant_window(records: Records, source: Source, line: CostLine) -> Opinion:
    if source.soort != GRANT:
        return True, None
    decided = _decided_end(records, source)
    for rule in records.of(source.regeling, WindowRule, line.jaar):
        return rule.venster_van.year <= line.jaar <= (decided or rule.venster_tot).year, rule
    return False, None


def _decided_end(records: Records, source: Source) -> date | None:
    """The last day on which a grant may be spent, where its own decision names one."""
    own = (row.besteedbaar_tot for row in records.case.grant_decisions if row.beschikking == source.beschikking)
    return next((day for day in own if day is not None), None)


def _scope(records: Records, source: Source, line: CostLine) -> Opinion:
    """A revision pays only where, and what, it was granted for."""
    measure = records.case.measure.get(line.maatregel)
    where = measure.locatie if measure else line.locatie
    for decision in records.case.grant_decisions if source.soort == GRANT else ():
        if decision.beschikking == source.beschikking:
            elsewhere = decision.locatie and decision.locatie != where
            other = decision.kostensoorten and line.kostensoort not in decision.kostensoorten
            return not (elsewhere or other), None
    return True, None


def _condition(records: Records, test: PaymentTest, source: Source, line: CostLine) -> Opinion:
    measure = records.case.measure.get(line.maatregel)
    if source.soort != GRANT or measure is None:
        return True, None
    _, column = test.cel
    for rule in records.of(source.regeling, ConditionRule, line.jaar):
        if rule.eis == column and getattr(measure, column) is not True:
            return False, rule
    return True, None


def _activity(records: Records, source: Source, line: CostLine) -> Opinion:
    """A revision pays for closing and converting alone, and where its decision names none in five categories."""
    measure = records.case.measure.get(line.maatregel)
    if source.soort != GRANT or measure is None or not _revised(records.case, source):
        return True, None
    for rule in records.of(source.regeling, ActivityRule, line.jaar):
        named = {row.beschikking: row.kostensoorten for row in records.case.grant_decisions}[source.beschikking]
        within = bool(named) or line.kostensoort in rule.kostensoorten
        return _letter(records.case, measure) in rule.activiteiten and within, rule
    return True, None


def _letter(case: Case, measure: Measure) -> str:
    """The letter in art. 3 of what a measure is for; without effects, what it goes with."""
    effects = case.effects_of.get(measure.maatregel, ())
    closed = [row.plaatsen for row in effects if case.care_form[row.zorgvorm].gesloten != "nee"]
    if sum(closed) < 0:
        return "a"
    if max(closed, default=0) > 0:
        return "b"
    return "c" if effects or measure.soort == "alternatief" else "a"


def _closure(records: Records, source: Source, line: CostLine) -> Opinion:
    for rule in records.of(source.regeling, LinkedClosureRule, line.jaar) if source.soort == GRANT else ():
        measure = records.case.measure.get(line.maatregel)
        if line.kostensoort in rule.kostensoorten and not (measure and _linked(records.case, measure, rule.hybride)):
            return False, rule
    return True, None


def _linked(case: Case, measure: Measure, hybrid: str) -> bool:
    """Whether a measure closes, or requires a project of which every measure does."""
    required = case.projects[measure.vereist] if measure.vereist else ()
    return _closes(case, measure, hybrid) or (bool(required) and all(_closes(case, row, hybrid) for row in required))


def _closes(case: Case, measure: Measure, hybrid: str) -> bool:
    """Whether a measure takes closed places away on balance; hybrid ones count as the rule says."""
    closed = ("ja", "hybride") if hybrid == "gesloten" else ("ja",)
    effects = case.effects_of.get(measure.maatregel, ())
    return sum(row.plaatsen for row in effects if case.care_form[row.zorgvorm].gesloten in closed) < 0


JUDGES: Final[Mapping[PaymentTest, Callable[[Records, Source, CostLine], Opinion]]] = {
    PROVIDER: _provider,
    WINDOW: _window,
    GRANT_WINDOW: _grant_window,
    SCOPE: _scope,
    ACTIVITY: _activity,
    CATEGORY: _category,
    PERMITTED: _permitted,
    CLOSURE: _closure,
}
"""The judge of each test that is not a condition on the measure."""
