"""What a municipality accounts for per grant decision: spending, the advance, errors, duties.

A grant decision (beschikking) is accounted for as a whole, with one SiSa code, whatever sources of
the case it is divided over. The advance is received at once; what is not spent is a liability
(overlopend passief) until it is spent or goes back.

Source: SI-1 to SI-3, RG-7, RG-9, RG-10.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from finance.case.case import Case, CostLine, paid_line
from finance.case.sheets import Source
from finance.money import ZERO, Money
from finance.rules.entitlement import ShareCap
from finance.rules.library import ACCOUNTING
from finance.rules.records import AccountingDateRule, LapseRule, NoticeRule, ReportingRule, WindowRule
from finance.statement import Statement
from finance.statement.posts import GRANT

ASSUMPTION: Final = "aanname"


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
    """

    regeling: str
    beschikking: str
    bronnen: tuple[Source, ...]
    periode: WindowRule | None
    verval: LapseRule | None
    melding: NoticeRule | None

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
    def laatste_jaar(self) -> int:
        """The last year in which any of its sources may be spent."""
        return max(row.besteedbaar_tot for row in self.bronnen)

    @property
    def eindjaar(self) -> int:
        """The year of the final accountability: as given, or the last in which it may be spent."""
        if self.eind_gegeven is not None:
            return self.eind_gegeven
        if self.periode is None:
            return self.laatste_jaar
        return min(self.laatste_jaar, self.periode.venster_tot.year)

    def received_in(self, year: int) -> Money:
        """The advance that is received in a year."""
        return Money.total(
            row.bedrag for row in self.bronnen if row.bedrag is not None and received_year(row) == year
        )

    def received_before(self, year: int) -> Money:
        """The advance that was received before a year."""
        return Money.total(
            row.bedrag for row in self.bronnen if row.bedrag is not None and received_year(row) < year
        )


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
        begin: what of the advance was left at the start of the year.
        ontvangen: what is received in the year.
        vrijval: what is released or goes back at the end of the year.
        strijdig: what is spent against a rule.
        boven_deelplafond: what the year adds to the excess over the share cap.
        boven_toegekend: what the year adds to the excess over the grant.
        onzeker: what was spent in a closed year on the strength of an assumption.
        tolerantie: the rule of the reporting tolerance; None where none applies.
    """

    beschikking: Decision
    jaar: int
    besteed: Money
    cumulatief: Money
    begin: Money
    ontvangen: Money
    vrijval: Money
    strijdig: Money
    boven_deelplafond: Money
    boven_toegekend: Money
    onzeker: Money
    tolerantie: ReportingRule | None

    @property
    def definitief(self) -> bool:
        """Whether the accountability over this year is the final one."""
        return self.jaar == self.beschikking.eindjaar

    @property
    def eind(self) -> Money:
        """What of the advance is left at the end of the year."""
        return self.begin + self.ontvangen - self.besteed - self.vrijval

    @property
    def fouten(self) -> Money:
        """All errors of the year."""
        return self.strijdig + self.boven_deelplafond + self.boven_toegekend

    @property
    def drempel(self) -> Money | None:
        """From what amount errors, and uncertainties, are reported; None where no rule says."""
        return self.tolerantie.threshold(self.besteed) if self.tolerantie else None

    def reported(self, amount: Money) -> bool:
        """Whether errors or uncertainties of this amount are reported."""
        return self.drempel is not None and amount >= self.drempel


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
        members: dict[tuple[str, str], list[Source]] = defaultdict(list)
        for row in self.case.sources:
            if row.soort == GRANT:
                members[decision_of(row)].append(row)
        return tuple(self._decision(*key, tuple(rows)) for key, rows in members.items())

    def _decision(self, regeling: str, beschikking: str, sources: tuple[Source, ...]) -> Decision:
        last = self.case.years.last
        window = self.statement.rules.rule(regeling, "periode", last)
        lapse = self.statement.rules.rule(regeling, "verval", last)
        notice = self.statement.rules.rule(regeling, "melding", last)
        return Decision(
            regeling,
            beschikking,
            sources,
            window if isinstance(window, WindowRule) else None,
            lapse if isinstance(lapse, LapseRule) else None,
            notice if isinstance(notice, NoticeRule) else None,
        )

    @cached_property
    def rows(self) -> tuple[DecisionYear, ...]:
        """Each grant decision in each year of the case."""
        return tuple(row for decision in self.decisions for row in self._years_of(decision))

    def _years_of(self, decision: Decision) -> Iterator[DecisionYear]:
        key, first = (decision.regeling, decision.beschikking), self.case.years.first
        total, capped = ZERO, ZERO
        left = decision.received_before(first)
        for year in self.case.years:
            spent, received = self._spent.get((*key, year), ZERO), decision.received_in(year)
            before, total = total, total + spent
            capped_before, capped = capped, self._above_caps(key, year)
            rest = left + received - spent
            released = rest if year >= decision.eindjaar else ZERO
            yield DecisionYear(
                decision, year, spent, total, left, received, released,
                self._against_rules.get((*key, year), ZERO),
                capped - capped_before,
                _above(total, decision.toegekend) - _above(before, decision.toegekend),
                Money.total(self.assumed(row.bron, year) for row in decision.bronnen),
                self.tolerance(year),
            )  # fmt: skip
            left = rest - released

    @cached_property
    def _key_of(self) -> Mapping[str, tuple[str, str]]:
        return {row.bron: decision_of(row) for row in self.case.sources if row.soort == GRANT}

    @cached_property
    def _spent(self) -> Mapping[tuple[str, str, int], Money]:
        totals: dict[tuple[str, str, int], Money] = defaultdict(lambda: ZERO)
        for (line, source), amount in self.statement.allocation.payments.items():
            if source in self._key_of:
                totals[*self._key_of[source], line.jaar] += amount
        return totals

    @cached_property
    def _against_rules(self) -> Mapping[tuple[str, str, int], Money]:
        totals: dict[tuple[str, str, int], Money] = defaultdict(lambda: ZERO)
        for payment in self.statement.payments:
            if payment.bron.bron in self._key_of:
                totals[*self._key_of[payment.bron.bron], payment.lijn.regel.jaar] += payment.strijdig
        return totals

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
        """What has been spent of a share cap by the end of a year."""
        return Money.total(
            amount
            for (line, source), amount in self.statement.allocation.payments.items()
            if cap.counts(line, source) and line.jaar <= year
        )

    def tolerance(self, year: int) -> ReportingRule | None:
        """The reporting tolerance of a year."""
        rule = self.statement.rules.rule(ACCOUNTING, "rapporteringstolerantie", year)
        return rule if isinstance(rule, ReportingRule) else None

    def due_rule(self, year: int) -> AccountingDateRule | None:
        """The rule that says when a year is accounted for."""
        rule = self.statement.rules.rule(ACCOUNTING, "verantwoordingsdatum", year)
        return rule if isinstance(rule, AccountingDateRule) else None

    def due(self, year: int) -> date | None:
        """The day by which a year is accounted for."""
        rule = self.due_rule(year)
        return date(year + 1, rule.maand, rule.dag) if rule else None


def decision_of(source: Source) -> tuple[str, str]:
    """The regulation and the decision of a grant."""
    return source.regeling, source.beschikking or source.regeling


def _above(amount: Money, limit: Money) -> Money:
    return max(ZERO, amount - limit)
