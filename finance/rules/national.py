"""The country as a whole: which landsdeel a case or a location is of, what grants there are, and the path of places.

Source: RG-3, RG-13, RG-14, RG-18 to RG-20, CA-1.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from finance.case.table import tidy
from finance.money import Money
from finance.rules.base import RuleBase
from finance.rules.library import rule_sets
from finance.rules.national_records import BordersRule, CountRule, CountryRule, LandsdeelRule, NationalGrantRule
from finance.rules.records import NATIONAL, CeilingRule, NationalRule, Rule

R = TypeVar("R", bound=RuleBase)


def _of(kind: type[R]) -> tuple[R, ...]:
    return tuple(rule for rule in rule_sets()[NATIONAL].regel if isinstance(rule, kind))


@cache
def landsdelen() -> tuple[LandsdeelRule, ...]:
    """The landsdelen, in the order of the annex."""
    return tuple(sorted(_of(LandsdeelRule), key=lambda rule: rule.nummer))


@cache
def _named() -> Mapping[str, LandsdeelRule]:
    return {_bare(name): rule for rule in landsdelen() for name in (rule.naam, *rule.ook)}


@cache
def _coordinated() -> Mapping[str, LandsdeelRule]:
    return {_bare(name): rule for rule in landsdelen() for name in (rule.gemeente, *rule.eerder)}


def _bare(text: str) -> str:
    """A name without what people write differently: capitals, blanks around it and around a dash or slash."""
    plain = tidy(text).casefold().replace("\N{EN DASH}", "-")
    return plain.replace(" - ", "-").replace(" / ", "/").removeprefix("landsdeel ").strip()


def landsdeel_named(text: str) -> LandsdeelRule | None:
    """The landsdeel that a name surely means; None for none.

    `Zuidwest` means none: in the documents of 2020 it is Zuid-Holland, and since 2024 Zuid-West is another.

    Example:
        >>> found = landsdeel_named("zuid-holland")
        >>> found.gemeente if found else None, landsdeel_named("Zuidwest")
        ('Rotterdam', None)
    """
    return _named().get(_bare(text))


def landsdeel_of_town(town: str) -> LandsdeelRule | None:
    """The landsdeel that a municipality coordinates, now or under an earlier regulation; None for none.

    Example:
        >>> found = landsdeel_of_town("Leeuwarden")
        >>> found.naam if found else None
        'Noord-Nederland'
    """
    return _coordinated().get(_bare(town))


def is_whole_country(text: str) -> bool:
    """Whether a name means the whole country."""
    return any(_bare(text) == _bare(name) for rule in _of(CountryRule) for name in rule.namen)


@cache
def borders() -> BordersRule:
    """Which landsdelen have a border in common."""
    (rule,) = _of(BordersRule)
    return rule


@cache
def steps_between() -> Mapping[tuple[str, str], int]:
    """How many borders lie between two landsdelen on the shortest way, by their names; 0 for one and the same."""
    near: dict[str, set[str]] = {rule.naam: set() for rule in landsdelen()}
    for name, others in borders().grenst.items():
        for other in others:
            near[name].add(other)
            near[other].add(name)
    return {(name, other): count for name in near for other, count in _distances(name, near).items()}


def _distances(start: str, near: Mapping[str, Iterable[str]]) -> Mapping[str, int]:
    found, reached = {start: 0}, [start]
    for name in reached:
        for other in sorted(near[name]):
            if other not in found:
                found[other] = found[name] + 1
                reached.append(other)
    return found


@dataclass(frozen=True)
class NationalGrant:
    """What there is of one grant for all municipalities together.

    Attributes:
        regel: the rule.
        plafond: the rule with the national ceilings.
    """

    regel: NationalGrantRule
    plafond: NationalRule

    @property
    def parts(self) -> Mapping[str, Money]:
        """The national ceiling of each part."""
        return {part: Money.from_euros(self.plafond.bedragen[part]) for part in self.regel.delen}

    @property
    def revisions(self) -> Mapping[int, Money]:
        """What there is for the revisions of each year of granting."""
        return {int(part.split()[-1]): most for part, most in self.parts.items() if part.startswith("herziening")}

    @property
    def total(self) -> Money:
        """All of it."""
        return Money.total(self.parts.values())

    @property
    def ceilings(self) -> CeilingRule:
        """The rule with the maximum of each municipality."""
        rules = (rule for rule in rule_sets()[self.regel.regeling].regel if isinstance(rule, CeilingRule))
        return next(rules)

    @property
    def maxima(self) -> Mapping[str, Money]:
        """The maximum of each municipality, over all years together."""
        return {town: Money.from_euros(most) for town, most in self.ceilings.maxima.items()}


@cache
def national_grants() -> tuple[NationalGrant, ...]:
    """The grants, the oldest first."""
    rules: dict[str, Rule] = {rule.id: rule for rules in rule_sets().values() for rule in rules.regel}
    found = []
    for rule in sorted(_of(NationalGrantRule), key=lambda rule: rule.jaar):
        ceilings = rules[rule.plafond]
        if not isinstance(ceilings, NationalRule):
            raise TypeError(f"{rule.plafond} holds no national ceilings")
        found.append(NationalGrant(rule, ceilings))
    return tuple(found)


@cache
def national_counts() -> tuple[CountRule, ...]:
    """Places and young people in the country, by day; the goal is the last."""
    return tuple(sorted(_of(CountRule), key=lambda rule: rule.op))
