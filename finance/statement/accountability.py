"""What a municipality accounts for per grant decision: spending, the advance, errors, duties.

A grant decision (beschikking) is accounted for as a whole, with one SiSa code, whatever sources of
the case it is divided over. The advance is received at once; what is not lawfully spent is a liability
(overlopend passief) until it is, or until it is repaid: unlawful spending does not lower it.

    spent          = lawful + errors
    lawful, so far <= the grant
    claimed back   = the grant - lawful = unspent + errors - what was spent above the grant

Source: SI-1 to SI-3, RG-7, RG-9, RG-10; BBV art. 49 and 52a.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from finance.case.case import Case, CostLine, paid_line
from finance.case.sheets import Source
from finance.case.words import GRANT
from finance.money import ZERO, Money
from finance.rules.accounting import AccountingDateRule, LapseRule, NoticeRule, ReportingRule, WithdrawalRule
from finance.rules.entitlement import ShareCap
from finance.rules.records import WindowRule
from finance.rules.settlement import (
    DecisionKey,
    decision_of,
    final_year,
    sources_of_decisions,
    window_of,
)
from finance.rules.tests import CATEGORY
from finance.statement import Statement
from finance.statement.payments import Payment
from finance.statement.posts import WHILE_CLOSING

ASSUMPTION: Final = "aanname"
DecisionYearKey = tuple[str, str, int]
"""A regulation, a grant decision and a year."""


@dataclass(frozen=True)
class Decision:
    """One grant decision.

    Attributes:
        regeling: the regulation.
        beschikking: the decision; the regulation where the input names none.
        bronnen: its sources, in the order of the input.
        periode: the rule of its spending window in the last year of the case; None where none applies.
        verval: the rule of the lapse of its regulation; None where none is known.
        melding: the rule of what must be reported at once; None where none is known.
        intrekking: the rule by which its regulation was withdrawn; None where it was not.
    """

    regeling: str
    beschikking: str
    bronnen: tuple[Source, ...]
    periode: WindowRule | None
    verval: LapseRule | None
    melding: NoticeRule | None
    intrekking: WithdrawalRule | None = None

    @property
    def toegekend(self) -> Money:
        """What it granted."""
        return Money.total(row.bedrag for row in self.bronnen if row.bedrag is not None)

    @property
    def code(self) -> str:
        """Its SiSa code; empty where the input gives none."""
        return next((row.sisa_code for row in self.bronnen if row.sisa_code), "")

    @property
    def eind_gegeven(self) -> int | None:
        """The year of the final accountability as the input gives it."""
        given = (row.eindverantwoording for row in self.bronnen)
        return next((year for year in given if year is not None), None)

    @property
    def terugbetaald_in(self) -> int | None:
        """The year in which what was left is repaid; None where the input gives none."""
        given = (row.terugbetaald_in for row in self.bronnen)
        return next((year for year in given if year is not None), None)

    @property
    def laatste_jaar(self) -> int:
        """The last year in which any of its sources may be spent."""
        return max(row.besteedbaar_tot for row in self.bronnen)

    @property
    def eindjaar(self) -> int:
        """The year of the final accountability: as given, or the last in which it may be spent."""
        return final_year(self.bronnen, self.periode)

    def received_in(self, year: int) -> Money:
        """The advance that is received in a year."""
        return Money.total(row.bedrag for row in self.bronnen if row.bedrag is not None and received_year(row) == year)

    def received_before(self, year: int) -> Money:
        """The advance that was received before a year."""
        return Money.total(row.bedrag for row in self.bronnen if row.bedrag is not None and received_year(row) < year)


def received_year(source: Source) -> int:
    """The year in which the advance of a grant is received: as given, or the first that it may be spent."""
    return source.besteedbaar_van if source.ontvangen_in is None else source.ontvangen_in


@dataclass(frozen=True, slots=True)
class DecisionYear:
    """One grant decision in one year.

    Attributes:
        beschikking: the decision.
        jaar: the calendar year.
        besteed: what was or is going to be spent in the year.
        cumulatief: what is spent up to and including the year.
        rechtmatig_tot: what of that is lawful; never more than the grant.
        begin: what of the advance was left at the start of the year.
        ontvangen: what is received in the year.
        strijdig: what is spent against a rule.
        boven_leegstand: what else is spent on vacancy above its limit.
        boven_deelplafond: what else the year adds to the excess over the share cap.
        boven_toegekend: what else the year adds to the excess over the grant.
        onzeker: what was spent in a closed year on the strength of an assumption.
        tolerantie: the rule of the reporting tolerance; None where none applies.
    """

    beschikking: Decision
    jaar: int
    besteed: Money
    cumulatief: Money
    rechtmatig_tot: Money
    begin: Money
    ontvangen: Money
    strijdig: Money
    boven_leegstand: Money
    boven_deelplafond: Money
    boven_toegekend: Money
    onzeker: Money
    tolerantie: ReportingRule | None

    @property
    def definitief(self) -> bool:
        """Whether the accountability over this year is the final one."""
        return self.jaar == self.beschikking.eindjaar

    @property
    def fouten(self) -> Money:
        """All errors of the year, each euro once: what is to be corrected."""
        return self.strijdig + self.boven_leegstand + self.boven_deelplafond + self.boven_toegekend

    @property
    def rechtmatig(self) -> Money:
        """What is lawfully spent in the year: what covers costs out of the advance."""
        return self.besteed - self.fouten

    @property
    def terugbetaald(self) -> Money:
        """What is repaid in the year: all that is left, in the year that the input gives."""
        left = self.begin + self.ontvangen - self.rechtmatig
        return max(ZERO, left) if self.jaar == self.beschikking.terugbetaald_in else ZERO

    @property
    def eind(self) -> Money:
        """What of the advance is left at the end of the year: a debt, however it came about."""
        return self.begin + self.ontvangen - self.rechtmatig - self.terugbetaald

    @property
    def terug_te_betalen(self) -> Money:
        """What of that goes back: all from the final year on; before, what was unlawfully charged to it."""
        if self.jaar >= self.beschikking.eindjaar:
            return max(ZERO, self.eind)
        return min(self.cumulatief, self.beschikking.toegekend) - self.rechtmatig_tot

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
        """What of the grant is not spent at all."""
        return _above(self.beschikking.toegekend, self.besteed)

    @property
    def boven_toegekend(self) -> Money:
        """What is spent above the grant: other money pays it, so it cannot be claimed back."""
        return _above(self.besteed, self.beschikking.toegekend)

    @property
    def nog_te_besteden(self) -> Money:
        """What may still be spent after the last year of the case."""
        return self.niet_besteed if self.beschikking.eindjaar > self.laatste_jaar else ZERO

    @property
    def terug(self) -> Money:
        """What goes back: what is not, and what is unlawfully spent of the grant."""
        return self.niet_besteed + self.te_corrigeren - self.boven_toegekend - self.nog_te_besteden


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
        members = sources_of_decisions(self.case.sources)
        return tuple(self._decision(*key, rows) for key, rows in members.items())

    def _decision(self, regeling: str, beschikking: str, sources: tuple[Source, ...]) -> Decision:
        last = self.case.years.last
        lapse = self.statement.rules.rule(regeling, "verval", last)
        notice = self.statement.rules.rule(regeling, "melding", last)
        withdrawn = self.statement.rules.rule(regeling, "intrekking", last)
        return Decision(
            regeling,
            beschikking,
            sources,
            window_of(self.statement.rules, regeling),
            lapse if isinstance(lapse, LapseRule) else None,
            notice if isinstance(notice, NoticeRule) else None,
            withdrawn if isinstance(withdrawn, WithdrawalRule) else None,
        )

    @cached_property
    def rows(self) -> tuple[DecisionYear, ...]:
        """Each grant decision in each year of the case."""
        return tuple(row for decision in self.decisions for row in self._years_of(decision))

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
        key, granted = (decision.regeling, decision.beschikking), decision.toegekend
        spent_so_far, within_rules, capped = ZERO, ZERO, ZERO
        left = self._at_start(decision)
        for year in self.case.years:
            spent, against = self._of(self._spent, key, year), self._of(self._against_rules, key, year)
            vacancy = self._of(self._above_vacancy, key, year)
            capped_before, capped = capped, self._above_caps(key, year)
            before, within_rules = within_rules, within_rules + (spent - against - vacancy - (capped - capped_before))
            spent_so_far += spent
            row = DecisionYear(
                decision,
                year,
                spent,
                spent_so_far,
                min(within_rules, granted),
                left,
                decision.received_in(year),
                against,
                vacancy,
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
        return ZERO if repaid is not None and repaid < first else decision.received_before(first)

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
        above = self.above_vacancy
        return _added_up(
            (key, above.get((payment.lijn.regel, payment.bron.bron), ZERO)) for key, payment in self._grant_payments
        )

    @cached_property
    def above_vacancy(self) -> Mapping[tuple[CostLine, str], Money]:
        """What payments of vacancy pass their limit by: the last sources of the input first."""
        found: dict[tuple[CostLine, str], Money] = {}
        so_far: dict[CostLine, Money] = defaultdict(lambda: ZERO)
        for _, payment in self._grant_payments:
            line = payment.lijn.regel
            if payment.mag and payment.oordelen[CATEGORY] == WHILE_CLOSING:
                limit = self.statement.vacancy_limit(((line.locatie, line.zorgvorm), line.jaar))
                before, so_far[line] = so_far[line], so_far[line] + payment.bedrag
                found[line, payment.bron.bron] = _above(so_far[line], limit) - _above(before, limit)
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


def _added_up(amounts: Iterable[tuple[DecisionYearKey, Money]]) -> Mapping[DecisionYearKey, Money]:
    totals: dict[DecisionYearKey, Money] = defaultdict(lambda: ZERO)
    for key, amount in amounts:
        totals[key] += amount
    return totals


def _above(amount: Money, limit: Money) -> Money:
    return max(ZERO, amount - limit)
