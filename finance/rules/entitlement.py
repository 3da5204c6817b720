"""What may be paid from what: the rules applied to one case.

The model's constraints, the workbook's live checks and the texts that say why all ask here, so that
they cannot disagree. Compliance does not: it judges a finished plan by itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from finance.calendar import YearSpan
from finance.case.case import CostLine, PlaceKey
from finance.case.sheets import CareForm, Effect, Measure, Source
from finance.case.words import GRANT, VACANCY
from finance.money import CENTS_PER_EURO, Money, round_down
from finance.rules.activities import is_revision
from finance.rules.capitalised import not_capitalised
from finance.rules.ceilings import Ceiling, ceilings_of
from finance.rules.force import RulesInForce
from finance.rules.library import readings
from finance.rules.records import (
    NOT_CAPITALISED_OF,
    CategoryRule,
    LinkedClosureRule,
    NotCapitalisedRule,
    Rule,
    ShareCapRule,
    WindowRule,
)
from finance.rules.tests import (
    CATEGORY,
    NO,
    REFUSALS,
    SCOPE,
    TESTS,
    WHILE_CLOSING,
    PaymentTest,
)

PartOfLine = CategoryRule | NotCapitalisedRule
"""A rule that lets a grant pay only a part of a line: vacancy while closing, or what is not capitalised."""
Likeness = tuple[str, str, int, tuple[bool, ...], str]
"""The provider, kostensoort and year of a line, what rules ask of its measure, and its location if a test asks that."""


@dataclass(frozen=True, slots=True)
class Permission:
    """Whether a source may pay a line, and why.

    Attributes:
        mag: whether it may.
        waarom: the reason, in Dutch.
        regel: the rule that decides; None where a property of the source itself does.
        tot: the rule that lets it pay a part of the line only; None where it may pay all.
    """

    mag: bool
    waarom: str
    regel: Rule | None = None
    tot: PartOfLine | None = None

    @property
    def bij_sluiting(self) -> bool:
        """Whether it may pay only up to what a chosen measure is closing."""
        return isinstance(self.tot, CategoryRule)


@dataclass(frozen=True)
class ShareCap:
    """A cap on some kostensoorten of one grant decision.

    Attributes:
        regel: the rule.
        regeling: the regulation.
        beschikking: the grant decision.
        bronnen: the sources of that decision.
        jaren: the years in which this version of the rule applies.
        grens: the cap: a share of the granted amount, rounded down to the cent.
        toegekend: what the decision granted.
    """

    regel: ShareCapRule
    regeling: str
    beschikking: str
    bronnen: tuple[str, ...]
    jaren: tuple[int, ...]
    grens: Money
    toegekend: Money

    def counts(self, line: CostLine, bron: str) -> bool:
        """Whether a payment of a source for a line falls under the cap."""
        capped = bron in self.bronnen and line.kostensoort in self.regel.kostensoorten
        return capped and line.jaar in self.jaren

    def paid(self, payments: Mapping[tuple[CostLine, str], Money]) -> Money:
        """What some payments take of the cap."""
        return Money.total(amount for pair, amount in payments.items() if self.counts(*pair))


@dataclass(frozen=True)
class Entitlement(RulesInForce):
    """What the rules come to in one case."""

    @cached_property
    def hybrid_rule(self) -> LinkedClosureRule | None:
        """The rule that says what a hybrid place is for linked closure; None where no grant asks for one."""
        regulations = dict.fromkeys(row.regeling for row in self.case.sources if row.soort == GRANT)
        rules = [
            rule
            for regulation in regulations
            for year in self.case.years
            for rule in self.rules_of(regulation, LinkedClosureRule, year)
        ]
        return next((rule for rule in rules if rule.hybride == "open"), rules[0] if rules else None)

    def counts_closed(self, form: CareForm) -> bool:
        """Whether places of a zorgvorm are closed ones for linked closure: hybrid ones unless a reading opens them."""
        rule = self.hybrid_rule
        return form.is_closed and not (form.is_hybrid and rule is not None and rule.hybride == "open")

    def closes(self, measure: Measure) -> bool:
        """Whether a measure takes away closed places on balance."""
        effects = self.case.effects_of.get(measure.maatregel, ())
        forms = self.case.care_form
        return sum(row.plaatsen for row in effects if self.counts_closed(forms[row.zorgvorm])) < 0

    @cached_property
    def closing(self) -> Mapping[str, bool]:
        """Whether each measure is linked to a closure: its own, or that of what it requires.

        It closes itself, or its `vereist` project has only measures that close.
        """
        own = {row.maatregel: self.closes(row) for row in self.case.measures}
        return {
            row.maatregel: own[row.maatregel]
            or (bool(row.vereist) and all(own[other.maatregel] for other in self.case.projects[row.vereist]))
            for row in self.case.measures
        }

    def grant_years(self, source: Source) -> tuple[int, ...]:
        """The years of the case in which a grant pays: its own, that touch the spending window."""
        return tuple(
            year
            for year in self.case.source_years(source)
            if isinstance(rule := self.rule(source.regeling, "periode", year), WindowRule)
            and self.window_of(source, rule).touches(self.judged_as(source.regeling, year))
        )

    @cached_property
    def paying_years(self) -> Mapping[str, frozenset[int]]:
        """The years in which each source may pay at all."""
        return {
            row.bron: frozenset(self.grant_years(row) if row.soort == GRANT else self.case.source_years(row))
            for row in self.case.sources
        }

    def permission(self, source: Source, line: CostLine) -> Permission:
        """Whether a source may pay a line, by constraint C11 and the rules."""
        key = (source.bron, self.likeness(line))
        known = self._permissions.get(key)
        if known is None:
            known = self._permissions[key] = self._judged(source, line)
        return known

    def likeness(self, line: CostLine) -> Likeness:
        """All that permissions depend on: what may pay a line may pay every line that is alike."""
        measure = self.case.measure.get(line.maatregel)
        place = self.case.location_of(line) if SCOPE in self.tests else ""
        return self.case.provider_of(line), line.kostensoort, line.jaar, self._facts(measure), place

    @cached_property
    def _permissions(self) -> dict[tuple[str, Likeness], Permission]:
        return {}

    def _facts(self, measure: Measure | None) -> tuple[bool, ...]:
        if measure is None:
            return ()
        return tuple(test.feit(self, measure) for test in self.tests if test.feit)

    def _judged(self, source: Source, line: CostLine) -> Permission:
        """The first test that refuses decides; where none does, the rule on the kostensoort."""
        paid = Permission(True, "")
        for test in REFUSALS:
            if test not in self.tests:
                continue
            verdict = test.oordeel(self, source, line)
            why = verdict.waarom or (verdict.regel.uitleg if verdict.regel else "")
            if verdict.woord == NO:
                return Permission(False, why or test.weigering(source, line), verdict.regel)
            if test is CATEGORY:
                paid = Permission(True, why, verdict.regel, self.part_rule(source, line))
        return paid

    def part_rule(self, source: Source, line: CostLine) -> PartOfLine | None:
        """The rule that lets a grant pay only a part of a line; None where there is none.

        What grants of one regulation pay of a line together stays within that part.
        """
        if source.soort != GRANT:
            return None
        category = self.rule(source.regeling, f"categorie {line.kostensoort}", line.jaar)
        if isinstance(category, CategoryRule) and category.betaalbaar == WHILE_CLOSING:
            return category
        rule = self.rule(source.regeling, NOT_CAPITALISED_OF[is_revision(self.case, source)], line.jaar)
        named = isinstance(rule, NotCapitalisedRule) and line.kostensoort in rule.kostensoorten
        return rule if isinstance(rule, NotCapitalisedRule) and named else None

    def part(self, rule: PartOfLine, starts: Mapping[str, int], line: CostLine, cost: Money) -> Money:
        """The part of a line that a rule lets grants of its regulation pay.

        Of vacancy what is being closed, and where a rule pays housing alone no more than the housing of the
        places that are empty.

        Args:
            rule: the rule.
            starts: the start year of each chosen measure.
            line: the cost line.
            cost: what it costs.
        """
        if isinstance(rule, NotCapitalisedRule):
            return not_capitalised(self.case, starts, line, cost)
        key = line.locatie, line.zorgvorm
        limit = self.vacancy_limit(starts, key, line.jaar, rule)
        housing = self.case.housing_of_vacancy(self.case.place[key], line.jaar, cost)
        return min(limit, housing) if rule.alleen_huisvesting else limit

    def verdicts(self, source: Source, line: CostLine) -> Mapping[PaymentTest, str]:
        """What each test says of whether a source may pay a line, in the order of their columns."""
        return {test: test.oordeel(self, source, line).woord for test in self.tests}

    @cached_property
    def tests(self) -> tuple[PaymentTest, ...]:
        """The tests that the case asks for, in the order of their columns."""
        return tuple(test for test in TESTS if test.gevraagd(self.case))

    @cached_property
    def share_caps(self) -> tuple[ShareCap, ...]:
        """The caps per grant decision, one for each version of each rule that applies in the case."""
        decisions: dict[tuple[str, str], list[Source]] = defaultdict(list)
        for row in self.case.sources:
            if row.soort == GRANT:
                decisions[row.regeling, row.beschikking or row.regeling].append(row)
        return tuple(
            cap
            for (regeling, decision), members in decisions.items()
            for cap in self._caps(regeling, decision, members)
        )

    def _caps(self, regeling: str, decision: str, members: list[Source]) -> list[ShareCap]:
        years: dict[ShareCapRule, list[int]] = {}
        for year in self.case.years:
            for rule in self.rules_of(regeling, ShareCapRule, year):
                years.setdefault(rule, []).append(year)
        granted = Money.total(row.bedrag for row in members if row.bedrag is not None)
        names = tuple(row.bron for row in members)
        return [
            ShareCap(rule, regeling, decision, names, tuple(span), granted.share_down(rule.aandeel), granted)
            for rule, span in years.items()
        ]

    @cached_property
    def ceilings(self) -> tuple[Ceiling, ...]:
        """What was granted beside the most that may be."""
        return ceilings_of(self)

    @cached_property
    def closures(self) -> Mapping[PlaceKey, tuple[Effect, ...]]:
        """The effects of measures by the transition that take places away, per location and zorgvorm."""
        return {
            key: tuple(row for row in rows if row.plaatsen < 0 and self.case.measure[row.maatregel].door_transitie)
            for key, rows in self.case.effects_at.items()
        }

    def closing_places(self, starts: Mapping[str, int], key: PlaceKey, year: int) -> Fraction:
        """The places that chosen measures by the transition are closing in a year.

        Formula: the sum of -plaatsen over the effects with start <= year < start + na_jaren, and of
        -plaatsen x (maand - 1) / 12 in the year of closing itself.

        Args:
            starts: the start year of each chosen measure.
            key: location and zorgvorm.
            year: a calendar year.
        """
        return -sum(
            (
                row.plaatsen * (1 - row.in_force(starts[row.maatregel], year))
                for row in self.closures.get(key, ())
                if row.maatregel in starts and starts[row.maatregel] <= year
            ),
            Fraction(0),
        )

    def vacancy_price(self, key: PlaceKey, year: int, rule: CategoryRule | None) -> Fraction:
        """What a grant pays of one empty place-year, in euros: its price, or by some rules its housing part."""
        place = self.case.place[key]
        if rule is not None and rule.alleen_huisvesting:
            return self.case.payable_vacancy(place, year)
        return self.case.place_price(place, VACANCY, year)

    def vacancy_limit(
        self, starts: Mapping[str, int], key: PlaceKey, year: int, rule: CategoryRule | None = None
    ) -> Money:
        """The most that grants of one regulation pay of the vacancy of a place in a year.

        Formula: the places that chosen measures by the transition are closing there, times the price of
        an empty place of that year (or the housing part of it), rounded down to the cent.

        Args:
            starts: the start year of each chosen measure.
            key: location and zorgvorm.
            year: a calendar year.
            rule: the rule that lets them; None for the whole price of an empty place.
        """
        price = self.vacancy_price(key, year, rule)
        return Money(round_down(self.closing_places(starts, key, year) * price * CENTS_PER_EURO))

    @property
    def unknown_readings(self) -> tuple[str, ...]:
        """Readings that the case switches on and no rule has."""
        return tuple(name for name in self.case.settings.lezingen if name not in readings())

    @property
    def years(self) -> YearSpan:
        """The years of the case."""
        return self.case.years
