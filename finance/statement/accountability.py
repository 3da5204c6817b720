"""What a municipality accounts for per grant decision: spending, the advance, errors, duties.

A grant decision (beschikking) is accounted for as a whole, with one SiSa code, whatever sources of
the case it is divided over. The advance is received at once; what is not lawfully spent is a liability
(overlopend passief) until it is, or until it is repaid: unlawful spending does not lower it.

    spent          = lawful + errors
    lawful, so far <= the grant
    claimed back   = the grant - lawful = unspent + errors - what was spent above the grant

What of a grant is kept for places outside the case is no part of it here: it is shown, and no more.

Source: SI-1 to SI-3, RG-7, RG-9, RG-10; BBV art. 49 and 52a.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Final

from finance.case.case import Case, CostLine, paid_line
from finance.case.words import GRANT
from finance.money import ZERO, Money
from finance.rules.accounting import AccountingDateRule, ReportingRule
from finance.rules.entitlement import ShareCap
from finance.rules.records import CategoryRule, NotCapitalisedRule
from finance.rules.settlement import DecisionKey, decision_of
from finance.statement import Statement
from finance.statement.decisions import Decision, decisions_of
from finance.statement.payments import Payment

ASSUMPTION: Final = "aanname"
DecisionYearKey = tuple[str, str, int]
"""A regulation, a grant decision and a year."""


@dataclass(frozen=True, slots=True)
class DecisionYear:
    """One grant decision in one year.

    Attributes:
        beschikking: the decision.
        jaar: the calendar year.
        besteed: what was or is going to be spent in the year.
        cumulatief: what is spent up to and including the year.
        binnen_regels: what of that breaks no other rule than that the grant may be passed.
        begin: what of the advance was left at the start of the year.
        ontvangen: what is received in the year.
        apart: what of that is kept for places outside the case.
        strijdig: what is spent against a rule.
        boven_leegstand: what else is spent on vacancy above its limit.
        boven_geactiveerd: what else is spent on what is capitalised, above what is not.
        boven_deelplafond: what else the year adds to the excess over the share cap.
        boven_toegekend: what else the year adds to the excess over the grant.
        onzeker: what was spent in a closed year on the strength of an assumption.
        tolerantie: the rule of the reporting tolerance; None where none applies.
    """

    beschikking: Decision
    jaar: int
    besteed: Money
    cumulatief: Money
    binnen_regels: Money
    begin: Money
    ontvangen: Money
    apart: Money
    strijdig: Money
    boven_leegstand: Money
    boven_geactiveerd: Money
    boven_deelplafond: Money
    boven_toegekend: Money
    onzeker: Money
    tolerantie: ReportingRule | None

    @property
    def rechtmatig_tot(self) -> Money:
        """What of it is lawful by the end of the year: never more than the grant."""
        return min(self.binnen_regels, self.beschikking.pot)

    @property
    def definitief(self) -> bool:
        """Whether the accountability over this year is the final one."""
        return self.jaar == self.beschikking.eindjaar

    @property
    def fouten(self) -> Money:
        """All errors of the year, each euro once: what is to be corrected."""
        return (
            self.strijdig
            + self.boven_leegstand
            + self.boven_geactiveerd
            + self.boven_deelplafond
            + self.boven_toegekend
        )

    @property
    def rechtmatig(self) -> Money:
        """What is lawfully spent in the year: what covers costs out of the advance."""
        return self.besteed - self.fouten

    @property
    def terugbetaald(self) -> Money:
        """What is repaid in the year: all that is left, in the year that the input gives."""
        left = self.begin + self.ontvangen - self.apart - self.rechtmatig
        return max(ZERO, left) if self.jaar == self.beschikking.terugbetaald_in else ZERO

    @property
    def eind(self) -> Money:
        """What of the advance is left at the end of the year: a debt, however it came about."""
        return self.begin + self.ontvangen - self.apart - self.rechtmatig - self.terugbetaald

    @property
    def terug_te_betalen(self) -> Money:
        """What of that goes back: all from the final year on; before, what was unlawfully charged to it."""
        if self.jaar >= self.beschikking.eindjaar:
            return max(ZERO, self.eind)
        return min(self.cumulatief, self.beschikking.pot) - self.rechtmatig_tot

    @property
    def nog_te_besteden(self) -> Money:
        """What of that may still be spent; below zero where more was spent than was received."""
        return self.eind - self.terug_te_betalen

    @property
    def drempel(self) -> Money | None:
        """From what amount errors, and uncertainties, are reported; None where no rule says."""
        return self.tolerantie.threshold(self.besteed) if self.tolerantie else None

    def reported(self, amount: Money) -> bool:
        """Whether errors or uncertainties of this amount are reported."""
        return self.drempel is not None and amount >= self.drempel


@dataclass(frozen=True, slots=True)
class Settlement:
    """One grant decision over all years of the case.

    Attributes:
        beschikking: the decision.
        besteed: what is spent.
        te_corrigeren: what of that is against a rule, a limit or the grant.
        laatste_jaar: the last year of the case.
    """

    beschikking: Decision
    besteed: Money
    te_corrigeren: Money
    laatste_jaar: int

    @property
    def rechtmatig(self) -> Money:
        """What is lawfully spent."""
        return self.besteed - self.te_corrigeren

    @property
    def niet_besteed(self) -> Money:
        """What of the grant is not spent at all, without what is kept for places outside the case."""
        return _above(self.beschikking.pot, self.besteed)

    @property
    def boven_toegekend(self) -> Money:
        """What is spent above the grant: other money pays it, so it cannot be claimed back."""
        return _above(self.besteed, self.beschikking.pot)

    @property
    def nog_te_besteden(self) -> Money:
        """What may still be spent after the last year of the case."""
        return self.niet_besteed if self.beschikking.eindjaar > self.laatste_jaar else ZERO

    @property
    def terug(self) -> Money:
        """What goes back: what is not, and what is unlawfully spent of the grant."""
        return self.niet_besteed + self.te_corrigeren - self.boven_toegekend - self.nog_te_besteden


@dataclass(frozen=True, slots=True)
class Delay:
    """One measure that one grant decision pays for.

    Attributes:
        beschikking: the decision.
        maatregel: the measure.
        betaald: what the decision pays for it in all.
        vroegste: the first year in which it could start.
        start: the year in which it starts.
    """

    beschikking: Decision
    maatregel: str
    betaald: Money
    vroegste: int
    start: int

    @property
    def later(self) -> int:
        """How many years later than it could it starts."""
        return self.start - self.vroegste


@dataclass(frozen=True)
class Accountability:
    """The accountability that follows from one statement.

    Attributes:
        statement: the statement.
    """

    statement: Statement

    @property
    def case(self) -> Case:
        """The case."""
        return self.statement.case

    @cached_property
    def decisions(self) -> tuple[Decision, ...]:
        """The grant decisions, in the order of the input."""
        return decisions_of(self.statement.rules)

    @cached_property
    def rows(self) -> tuple[DecisionYear, ...]:
        """Each grant decision in each year of the case."""
        return tuple(row for decision in self.decisions for row in self._years_of(decision))

    @cached_property
    def delays(self) -> tuple[Delay, ...]:
        """The measures that each grant decision pays for, in the order of the input: their delay is to be reported."""
        paid: dict[tuple[DecisionKey, str], Money] = defaultdict(lambda: ZERO)
        for (regeling, decision, _), payment in self._grant_payments:
            paid[(regeling, decision), payment.lijn.regel.maatregel] += payment.bedrag
        starts = self.statement.allocation.starts
        return tuple(
            Delay(decision, row.maatregel, paid[key, row.maatregel], row.vroegste_start, starts[row.maatregel])
            for decision in self.decisions
            for key in [(decision.regeling, decision.beschikking)]
            for row in self.case.measures
            if (key, row.maatregel) in paid and row.maatregel in starts
        )

    @cached_property
    def settlements(self) -> tuple[Settlement, ...]:
        """Each grant decision over all years of the case."""
        return tuple(self._settlement(decision) for decision in self.decisions)

    def _settlement(self, decision: Decision) -> Settlement:
        rows = [row for row in self.rows if row.beschikking == decision]
        return Settlement(
            decision,
            Money.total(row.besteed for row in rows),
            Money.total(row.fouten for row in rows),
            self.case.years.last,
        )

    def _years_of(self, decision: Decision) -> Iterator[DecisionYear]:
        """Year by year; what is wrong by one rule is not counted again by the next."""
        key, granted = (decision.regeling, decision.beschikking), decision.pot
        spent_so_far, within_rules, capped = ZERO, ZERO, ZERO
        left = self._at_start(decision)
        for year in self.case.years:
            spent, against = self._of(self._spent, key, year), self._of(self._against_rules, key, year)
            vacancy = self._of(self._above_vacancy, key, year)
            capitalised = self._of(self._capitalised, key, year)
            capped_before, capped = capped, self._above_caps(key, year)
            wrong = against + vacancy + capitalised + (capped - capped_before)
            before, within_rules = within_rules, within_rules + (spent - wrong)
            spent_so_far += spent
            row = DecisionYear(
                decision,
                year,
                spent,
                spent_so_far,
                within_rules,
                left,
                decision.received_in(year),
                decision.kept_apart_in(year),
                against,
                vacancy,
                capitalised,
                capped - capped_before,
                _above(within_rules, granted) - _above(before, granted),
                Money.total(self.assumed(source.bron, year) for source in decision.bronnen),
                self.tolerance(year),
            )
            yield row
            left = row.eind

    def _at_start(self, decision: Decision) -> Money:
        """What of the advance is left when the case starts; nothing of what was settled before."""
        repaid, first = decision.terugbetaald_in, self.case.years.first
        return ZERO if repaid is not None and repaid < first else decision.left_before(first)

    def _of(self, amounts: Mapping[DecisionYearKey, Money], key: DecisionKey, year: int) -> Money:
        return amounts.get((*key, year), ZERO)

    @property
    def _grant_payments(self) -> Iterator[tuple[DecisionYearKey, Payment]]:
        for payment in self.statement.payments:
            if payment.bron.soort == GRANT:
                yield (*decision_of(payment.bron), payment.lijn.regel.jaar), payment

    @cached_property
    def _spent(self) -> Mapping[DecisionYearKey, Money]:
        return _added_up((key, payment.bedrag) for key, payment in self._grant_payments)

    @cached_property
    def _against_rules(self) -> Mapping[DecisionYearKey, Money]:
        return _added_up((key, payment.strijdig) for key, payment in self._grant_payments)

    @cached_property
    def _above_vacancy(self) -> Mapping[DecisionYearKey, Money]:
        return self._above_parts_of(CategoryRule)

    @cached_property
    def _capitalised(self) -> Mapping[DecisionYearKey, Money]:
        return self._above_parts_of(NotCapitalisedRule)

    def _above_parts_of(self, kind: type[CategoryRule] | type[NotCapitalisedRule]) -> Mapping[DecisionYearKey, Money]:
        return _added_up(
            (key, self.above_part.get((payment.lijn.regel, payment.bron.bron), ZERO))
            for key, payment in self._grant_payments
            if isinstance(payment.deel, kind)
        )

    @cached_property
    def above_part(self) -> Mapping[tuple[CostLine, str], Money]:
        """What payments pass the part of their line by that is payable: the last sources of the input first.

        That part is of vacancy what is being closed, and of rebuilding what is not capitalised.
        """
        found: dict[tuple[CostLine, str], Money] = {}
        so_far: dict[tuple[CostLine, str], Money] = defaultdict(lambda: ZERO)
        for _, payment in self._grant_payments:
            key = payment.lijn.regel, payment.bron.regeling
            if payment.mag and payment.deel is not None:
                limit = self.statement.part_limit(payment.deel, payment.lijn)
                before, so_far[key] = so_far[key], so_far[key] + payment.bedrag
                found[payment.lijn.regel, payment.bron.bron] = _above(so_far[key], limit) - _above(before, limit)
        return found

    def assumed(self, source: str, year: int) -> Money:
        """What a source has paid in a closed year on the strength of an assumption."""
        return self._assumed.get((source, year), ZERO)

    @cached_property
    def _assumed(self) -> Mapping[tuple[str, int], Money]:
        totals: dict[tuple[str, int], Money] = defaultdict(lambda: ZERO)
        for (line, source), amount in self.assumed_payments.items():
            totals[source, line.jaar] += amount
        return totals

    @property
    def assumed_payments(self) -> Mapping[tuple[CostLine, str], Money]:
        """What is uncertain of what each source has paid of each line of a closed year.

        A correction on an assumption makes its line uncertain as a payment does, and never another
        line certain.
        """
        return {pair: max(amount, -amount) for pair, amount in self.booked_on_assumptions.items()}

    @cached_property
    def booked_on_assumptions(self) -> Mapping[tuple[CostLine, str], Money]:
        """What the rows that rest on an assumption add up to, per line and source; corrections below zero."""
        sorts = {row.code: row.soort for row in self.case.provenance}
        booked: dict[tuple[CostLine, str], Money] = defaultdict(lambda: ZERO)
        for row in self.case.actuals:
            if sorts.get(row.herkomst) == ASSUMPTION:
                booked[paid_line(row), row.bron] += row.bedrag
        return dict(booked)

    def _above_caps(self, key: tuple[str, str], year: int) -> Money:
        """What the decision has spent above its share caps by the end of a year."""
        return Money.total(
            _above(self.capped(cap, year), cap.grens)
            for cap in self.statement.rules.share_caps
            if (cap.regeling, cap.beschikking) == key
        )

    def capped(self, cap: ShareCap, year: int) -> Money:
        """What has been spent of a share cap by the end of a year, without what may not be paid at all."""
        return Money.total(
            payment.bedrag - payment.strijdig
            for _, payment in self._grant_payments
            if cap.counts(payment.lijn.regel, payment.bron.bron) and payment.lijn.regel.jaar <= year
        )

    def tolerance(self, year: int) -> ReportingRule | None:
        """The reporting tolerance of a year."""
        return self.statement.rules.accounting(ReportingRule, year)

    def due_rule(self, year: int) -> AccountingDateRule | None:
        """The rule that says when a year is accounted for."""
        return self.statement.rules.accounting(AccountingDateRule, year)

    def due(self, year: int) -> date | None:
        """The day by which a year is accounted for."""
        rule = self.due_rule(year)
        return date(year + 1, rule.maand, rule.dag) if rule else None

    def determined_by(self, decision: Decision) -> date | None:
        """The day by which the minister determines what a grant comes to, where its account comes on the last day.

        Formula: the day by which its last year is accounted for, and so many weeks; None where no rule says.
        """
        due = self.due(decision.eindjaar)
        return due + timedelta(weeks=decision.vaststelling.weken) if due and decision.vaststelling else None


def _added_up(amounts: Iterable[tuple[DecisionYearKey, Money]]) -> Mapping[DecisionYearKey, Money]:
    totals: dict[DecisionYearKey, Money] = defaultdict(lambda: ZERO)
    for key, amount in amounts:
        totals[key] += amount
    return totals


def _above(amount: Money, limit: Money) -> Money:
    return max(ZERO, amount - limit)
