"""The rules as they stand for one case: which version of what applies in which year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from finance.calendar import Period
from finance.case.case import Case
from finance.case.sheets import Source
from finance.rules.base import RuleBase
from finance.rules.library import Knowledge, by_subject, regulations, rule_sets, version
from finance.rules.records import ACCOUNTING, OTHER_SOURCES, Rule, RuleSet, WindowRule

R = TypeVar("R", bound=RuleBase)


@dataclass(frozen=True)
class RulesInForce:
    """The rules of the regulations of a case, as known on its peildatum and under its readings.

    Attributes:
        case: the case.
        verlengd: for how many years every spending window is taken to go on under the rules of its last
            year; a question to the model and never a rule.
    """

    case: Case
    verlengd: int = 0

    @cached_property
    def known(self) -> Knowledge:
        """The peildatum and the readings of the case."""
        settings = self.case.settings
        return Knowledge(settings.peildatum, frozenset(settings.lezingen))

    @cached_property
    def rule_sets(self) -> Mapping[str, RuleSet]:
        """The regulations that the case names and the toolkit knows."""
        named = self.case.settings.regelingen
        return {name: rule_sets()[name] for name in named if name in regulations()}

    @cached_property
    def _versions(self) -> Mapping[tuple[str, str], tuple[Rule, ...]]:
        sets = [*self.rule_sets.values(), rule_sets()[OTHER_SOURCES], rule_sets()[ACCOUNTING]]
        return {
            (rules.id, subject): versions for rules in sets for subject, versions in by_subject(rules.regel).items()
        }

    @cached_property
    def _applied(self) -> dict[tuple[str, str, int], Rule | None]:
        return {}

    def rule(self, regeling: str, subject: str, year: int) -> Rule | None:
        """The version of a subject of a regulation that applies in a year, or None."""
        key = (regeling, subject, self.judged_as(regeling, year))
        if key not in self._applied:
            self._applied[key] = self._version(*key)
        return self._applied[key]

    def _version(self, regeling: str, subject: str, year: int) -> Rule | None:
        return version(self._versions.get((regeling, subject), ()), year, self.known)

    def under_readings(self, regeling: str, subject: str, year: int) -> Iterator[Rule]:
        """The versions of a subject that would apply in a year under a reading that is switched off."""
        versions = self._versions.get((regeling, subject), ())
        for reading in sorted({rule.lezing for rule in versions} - {"", *self.known.lezingen}):
            rule = version(versions, year, replace(self.known, lezingen=self.known.lezingen | {reading}))
            if rule is not None and rule.lezing == reading:
                yield rule

    def judged_as(self, regeling: str, year: int) -> int:
        """The year by whose rules a year is judged: its own, but where the window is taken to be longer."""
        last = self.last_year(regeling) if self.verlengd else None
        return year if last is None or not last < year <= last + self.verlengd else last

    def last_year(self, regeling: str) -> int | None:
        """The last year of the case that touches the spending window of a regulation; None for none."""
        touched = [
            year
            for year in self.case.years
            if isinstance(rule := self._version(regeling, "periode", year), WindowRule) and rule.window.touches(year)
        ]
        return max(touched, default=None)

    def rules_of(self, regeling: str, kind: type[R], year: int) -> Iterator[R]:
        """The rules of one kind of a regulation that apply in a year, a version of each subject."""
        for name, subject in self._versions:
            if name == regeling:
                rule = self.rule(regeling, subject, year)
                if isinstance(rule, kind):
                    yield rule

    def window_of(self, source: Source, rule: WindowRule) -> Period:
        """When a grant may be spent: as its regulation says, to the day that its own decision names, where it does.

        Args:
            source: a grant.
            rule: the rule of the spending window of its regulation.
        """
        decided = self.case.decided_ends.get(source.beschikking)
        return rule.window if decided is None else Period(rule.venster_van, decided)

    def accounting(self, kind: type[R], year: int) -> R | None:
        """The rule of one kind on accounting for a year; None where none applies.

        Args:
            kind: a kind of which at most one applies at a time.
            year: the spending year.
        """
        return next(self.rules_of(ACCOUNTING, kind, year), None)
