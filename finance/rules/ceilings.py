"""What a municipality was granted beside the most that it may be: basic amounts, and revisions of a year.

Source: RG-4, RG-13, RG-14; art. 5 of the regulations of 2021 and 2024.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from finance.case.sheets import GrantDecision, Source
from finance.case.words import DECISION_SORTS, GRANT
from finance.money import Money
from finance.rules.force import RulesInForce
from finance.rules.records import CeilingRule, Rule
from finance.rules.revision import REGULATION, RevisionRules

BASIC, REVISION, REMAINDER = DECISION_SORTS
ALL_TOWNS: Final = "alle"
"""What stands for a municipality where a ceiling is of all together."""


@dataclass(frozen=True)
class Ceiling:
    """The largest total grant of one regulation: the basic amounts of a municipality, or the revisions of a year.

    Attributes:
        regel: the rule.
        regeling: the regulation.
        gemeente: the municipality that received the grants; `alle` for all together.
        bronnen: the sources, in the order of the input.
        bedrag: what was granted; a decision counts as a whole, whatever of it is in `dekking`.
        maximum: the largest total; None where neither the rule nor the input knows the municipality.
        soort: the sort of decisions that it is about.
        jaar: the year of granting that it is about; None for all years together.
        besluiten: the rows of `beschikkingen`, in their order.
        uit_invoer: whether the maximum is that of the sheet `beschikkingen`.
    """

    regel: Rule
    regeling: str
    gemeente: str
    bronnen: tuple[str, ...]
    bedrag: Money
    maximum: Money | None
    soort: str = BASIC
    jaar: int | None = None
    besluiten: tuple[GrantDecision, ...] = ()
    uit_invoer: bool = False

    @property
    def gekend(self) -> tuple[str, ...]:
        """The municipalities whose maximum its rule knows."""
        return tuple(sorted(self.regel.maxima)) if isinstance(self.regel, CeilingRule) else ()

    @property
    def wat(self) -> str:
        """What is held against the maximum, in Dutch."""
        if self.soort == REVISION:
            return f"Herzieningen, verleend in {self.jaar}"
        return f"Toegekend aan {self.gemeente}" + (f" in {self.jaar}" if self.jaar else "")


@dataclass(frozen=True)
class _Granted:
    """What was granted together: decisions as a whole, and sources without one."""

    besluiten: tuple[GrantDecision, ...]
    bronnen: tuple[Source, ...]

    @property
    def bedrag(self) -> Money:
        named = {row.beschikking for row in self.besluiten}
        loose = (row.bedrag for row in self.bronnen if row.bedrag is not None and row.beschikking not in named)
        return Money.total((*(row.bedrag for row in self.besluiten), *loose))

    @property
    def gemeente(self) -> str:
        return self.besluiten[0].gemeente if self.besluiten else ""

    @property
    def maximum(self) -> Money | None:
        """What the input says is the maximum of the municipality."""
        return next((row.maximum for row in self.besluiten if row.maximum is not None), None)


def ceilings_of(rules: RulesInForce) -> tuple[Ceiling, ...]:
    """The grants of each regulation and municipality beside their maximum, and revisions beside what there is.

    Args:
        rules: the rules as they apply to the case.
    """
    return (*_basic(rules), *_revisions(rules))


def _basic(rules: RulesInForce) -> Iterator[Ceiling]:
    for (regeling, town), granted in _by_town(rules).items():
        rule = rules.rule(regeling, "plafond", max(rules.known.peildatum.year, rules.case.years.first))
        if isinstance(rule, CeilingRule):
            known = {name.casefold(): most for name, most in rule.maxima.items()}.get(town)
            most = granted.maximum if known is None else Money.from_euros(known)
            yield Ceiling(
                rule,
                regeling,
                granted.gemeente or rules.case.grant_municipality(granted.bronnen[0]),
                tuple(row.bron for row in granted.bronnen),
                granted.bedrag,
                most,
                besluiten=granted.besluiten,
                uit_invoer=known is None and most is not None,
            )
            yield from _by_year(rule, regeling, granted, rules)


def _by_year(rule: CeilingRule, regeling: str, granted: _Granted, rules: RulesInForce) -> Iterator[Ceiling]:
    """The basic amounts of each year of granting, where the rule has a maximum for each."""
    yearly = {name.casefold(): amounts for name, amounts in rule.maxima_per_jaar.items()}
    for year, most in yearly.get(granted.gemeente.casefold(), {}).items():
        rows = tuple(row for row in granted.besluiten if row.jaar == year)
        if rows:
            yield Ceiling(
                rule,
                regeling,
                granted.gemeente,
                _sources_of(rules, rows),
                Money.total(row.bedrag for row in rows),
                Money.from_euros(most),
                jaar=year,
                besluiten=rows,
            )


def _by_town(rules: RulesInForce) -> Mapping[tuple[str, str], _Granted]:
    """What each municipality was granted as a basic amount, by regulation; in the order of the sources."""
    case = rules.case
    sources: dict[tuple[str, str], list[Source]] = defaultdict(list)
    decisions: dict[tuple[str, str], list[GrantDecision]] = defaultdict(list)
    for source in case.sources:
        row = case.decision_of(source)
        if source.soort == GRANT and (row is None or row.soort == BASIC):
            sources[source.regeling, case.grant_municipality(source).casefold()].append(source)
    for row in case.grant_decisions:
        if row.soort == BASIC:
            decisions[row.regeling, row.gemeente.casefold()].append(row)
    return {
        key: _Granted(tuple(decisions[key]), tuple(sources[key]))
        for key in dict.fromkeys([*sources, *decisions])
        if key[0] in rules.rule_sets
    }


def _revisions(rules: RulesInForce) -> Iterator[Ceiling]:
    """The revisions granted in each year, of all municipalities in the case, beside what there is for all."""
    rounds = {row.jaar: row for row in RevisionRules(rules.known).rounds}
    by_year: dict[int, list[GrantDecision]] = defaultdict(list)
    for row in rules.case.grant_decisions:
        if row.regeling == REGULATION and row.soort == REVISION and row.jaar in rounds:
            by_year[row.jaar].append(row)
    for year, rows in sorted(by_year.items()):
        yield Ceiling(
            rounds[year],
            REGULATION,
            ALL_TOWNS,
            _sources_of(rules, rows),
            Money.total(row.bedrag for row in rows),
            Money.from_euros(rounds[year].plafond),
            REVISION,
            year,
            tuple(rows),
        )


def _sources_of(rules: RulesInForce, rows: Sequence[GrantDecision]) -> tuple[str, ...]:
    named = {row.beschikking for row in rows}
    return tuple(row.bron for row in rules.case.sources if row.soort == GRANT and row.beschikking in named)
