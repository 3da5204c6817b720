"""The rule sets: loading them, refusing gaps and overlaps, and finding the version that applies."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources
from itertools import combinations, pairwise

from finance.rules.records import (
    ACCOUNTING,
    NATIONAL,
    OTHER_SOURCES,
    REVISION,
    ConditionRule,
    Rule,
    RuleSet,
    ShareCapRule,
)
from finance.rules.tests import CONDITIONS


class RuleError(Exception):
    """A rule file is wrong: a gap, an overlap, a name that nothing has. The programmer's fault."""


@dataclass(frozen=True)
class Knowledge:
    """From where the rules are looked at.

    Attributes:
        peildatum: only what was known on this day counts.
        lezingen: the alternative readings that are switched on.
    """

    peildatum: date
    lezingen: frozenset[str] = frozenset()


def parse_rules(text: str) -> RuleSet:
    """Read one rule file and refuse it where the version of a day would not be certain.

    Raises:
        RuleError: a gap, an overlap, a repeated id, a condition that no test of a payment knows, or share
            caps that share a kostensoort.
        pydantic.ValidationError: a field is missing, unknown or of the wrong kind.
    """
    rules = RuleSet.model_validate(tomllib.loads(text))
    ids = [rule.id for rule in rules.regel]
    repeated = {name for name in ids if ids.count(name) > 1}
    if repeated:
        raise RuleError(f"{rules.id}: ids given twice: {sorted(repeated)}")
    _refuse_unknown_conditions(rules)
    _refuse_shared_caps(rules)
    for subject, versions in by_subject(rules.regel).items():
        _refuse_overlap(rules.id, subject, versions)
        _refuse_gap(rules.id, subject, [rule for rule in versions if not rule.lezing])
    return rules


def by_subject(rules: Iterable[Rule]) -> Mapping[str, tuple[Rule, ...]]:
    """The versions of each subject."""
    groups: dict[str, list[Rule]] = defaultdict(list)
    for rule in rules:
        groups[rule.subject].append(rule)
    return {subject: tuple(versions) for subject, versions in groups.items()}


def _refuse_unknown_conditions(rules: RuleSet) -> None:
    """A condition that nothing tests would silently not hold."""
    known = {test.sleutel for test in CONDITIONS}
    for rule in rules.regel:
        if isinstance(rule, ConditionRule) and rule.eis not in known:
            raise RuleError(f"{rules.id}: {rule.id} asks for {rule.eis!r}, which no test of a payment knows")


def _refuse_shared_caps(rules: RuleSet) -> None:
    """A kostensoort stands under one share cap at a time: what passes two would be counted twice."""
    caps = [rule for rule in rules.regel if isinstance(rule, ShareCapRule)]
    ids = {rule.id for rule in caps}
    for cap in caps:
        if cap.versie_van and cap.versie_van not in ids:
            raise RuleError(f"{rules.id}: {cap.id} is a version of {cap.versie_van!r}, which is no share cap")
    for one, other in combinations(caps, 2):
        shared = set(one.kostensoorten) & set(other.kostensoorten)
        if one.subject != other.subject and shared and one.force.meets(other.force):
            raise RuleError(f"{rules.id}: {one.id} and {other.id} both cap {', '.join(sorted(shared))}")


def _refuse_overlap(name: str, subject: str, versions: Sequence[Rule]) -> None:
    """Two versions known since the same day, or two readings at once, must not meet on a day."""
    layers: dict[tuple[bool, date], list[Rule]] = defaultdict(list)
    for rule in versions:
        layers[bool(rule.lezing), rule.bekend_sinds].append(rule)
    for layer in layers.values():
        ordered = sorted(layer, key=lambda rule: rule.van)
        for before, after in pairwise(ordered):
            if before.tot is None or before.tot >= after.van:
                raise RuleError(f"{name}, {subject}: {before.id} and {after.id} overlap")


def _refuse_gap(name: str, subject: str, versions: Sequence[Rule]) -> None:
    """Whatever is known, the versions must follow one another without a day between."""
    for known in {rule.bekend_sinds for rule in versions}:
        ordered = sorted((rule for rule in versions if rule.bekend_sinds <= known), key=lambda rule: rule.van)
        reached: date | None = ordered[0].van
        for rule in ordered:
            if reached is not None and rule.van > reached:
                raise RuleError(f"{name}, {subject}: nothing applies just before {rule.van}")
            if reached is not None:
                end = None if rule.tot is None else rule.tot + timedelta(days=1)
                reached = None if end is None else max(reached, end)


def rule_files() -> tuple[str, ...]:
    """The texts of all rule files of the toolkit, in the order of their names."""
    folder = resources.files("finance.rules")
    files = sorted(item.name for item in folder.iterdir() if item.name.endswith(".toml"))
    return tuple((folder / name).read_text(encoding="utf-8") for name in files)


@cache
def rule_sets() -> Mapping[str, RuleSet]:
    """All rule sets of the toolkit, by id."""
    return {rules.id: rules for rules in map(parse_rules, rule_files())}


def regulations() -> tuple[str, ...]:
    """The ids of the grant regulations that a case can name."""
    return tuple(name for name in rule_sets() if name not in (OTHER_SOURCES, ACCOUNTING, REVISION, NATIONAL))


def readings() -> tuple[str, ...]:
    """The ids of all alternative readings."""
    found = {rule.lezing for rules in rule_sets().values() for rule in rules.regel if rule.lezing}
    return tuple(sorted(found))


def version(versions: Collection[Rule], year: int, known: Knowledge) -> Rule | None:
    """The version of one subject that applies in a spending year.

    Args:
        versions: the versions of one subject.
        year: the spending year; the version in force on its last day counts.
        known: the peildatum and the readings.

    Returns:
        The version, or None where none was known or in force.
    """
    day = date(year, 12, 31)
    possible = [
        rule
        for rule in versions
        if rule.bekend_sinds <= known.peildatum
        and rule.force.contains(day)
        and (not rule.lezing or rule.lezing in known.lezingen)
    ]
    return max(possible, key=lambda rule: (bool(rule.lezing), rule.bekend_sinds), default=None)
