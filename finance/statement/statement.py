"""The statement of one plan: the outcome of its allocation beside the rules.

Every cost line with its cover, every payment with the verdict of every rule that could forbid it, and
every rule with both its sides. The workbook shows these numbers beside live formulas;
`resultaat.json` carries the checks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from finance.case.case import Case, CostLine
from finance.case.words import GRANT, VACANCY
from finance.money import ZERO, Money
from finance.plan.allocation import Allocation, Outcome, PlaceYear
from finance.rules.entitlement import Entitlement
from finance.rules.records import Rule
from finance.statement.checks import (
    PaymentChecks,
    RuleCheck,
    balance_check,
    ceiling_check,
    pot_year_check,
    share_cap_check,
    vacancy_check,
)
from finance.statement.lines import Line, lines_of
from finance.statement.payments import Payment, vacancy_paid
from finance.statement.posts import Posts


@dataclass(frozen=True)
class Statement:
    """The statement of one allocation.

    Attributes:
        case: the case.
        allocation: the decisions.
    """

    case: Case
    allocation: Allocation

    @cached_property
    def outcome(self) -> Outcome:
        """What follows from the decisions."""
        return Outcome(self.case, self.allocation)

    @cached_property
    def rules(self) -> Entitlement:
        """The rules as they apply to the case."""
        return Entitlement(self.case)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Every cost line: those of measures first, in the order of the input."""
        return lines_of(self.case, self.outcome)

    @cached_property
    def line_of(self) -> Mapping[CostLine, Line]:
        """The lines by what they are for."""
        return {line.regel: line for line in self.lines}

    @cached_property
    def posts(self) -> Posts:
        """What each group of sources may pay."""
        return Posts(self.rules)

    @cached_property
    def payments(self) -> tuple[Payment, ...]:
        """Every payment with its verdicts, in the order of the lines and of the sources."""
        order = {row.bron: number for number, row in enumerate(self.case.sources)}
        made = [
            (self.line_of[line], self.case.source[name], amount)
            for (line, name), amount in self.allocation.payments.items()
        ]
        made.sort(key=lambda item: (item[0].sleutel, order[item[1].bron]))
        return tuple(
            Payment(
                line, source, amount, self.rules.verdicts(source, line.regel), self.rules.permission(source, line.regel)
            )
            for line, source, amount in made
        )

    @cached_property
    def checks(self) -> tuple[RuleCheck, ...]:
        """Every rule with both its sides, for this plan."""
        of_payments = PaymentChecks(self.rules, self.payments)
        return (
            *(check for source in self.case.sources for check in of_payments.of(source)),
            *(share_cap_check(cap, self.allocation.payments) for cap in self.rules.share_caps),
            *map(ceiling_check, self.rules.ceilings),
            *self._vacancy_checks(),
            *map(balance_check, self.outcome.balances),
            *map(pot_year_check, self.outcome.ledger.pot_years),
        )

    def vacancy_limit(self, at: PlaceYear) -> Money:
        """The most that grants may pay of the vacancy of a location, zorgvorm and year."""
        return self.rules.vacancy_limit(self.allocation.starts, *at)

    @cached_property
    def vacancy_paid(self) -> Mapping[PlaceYear, Money]:
        """What grants pay of vacancy while a closure is under way, where they pay any."""
        return vacancy_paid(self.payments)

    def _vacancy_checks(self) -> Iterator[RuleCheck]:
        grants = [row.bron for row in self.case.sources if row.soort == GRANT]
        for line in self.lines:
            rule = self._while_closing(line.regel)
            if rule is None:
                continue
            at = ((line.regel.locatie, line.regel.zorgvorm), line.regel.jaar)
            limit, paid = self.vacancy_limit(at), self.vacancy_paid.get(at, ZERO)
            if limit != ZERO or paid != ZERO:
                yield vacancy_check(line, rule, grants, paid, limit)

    def _while_closing(self, line: CostLine) -> Rule | None:
        """The first rule under which the vacancy of a line is payable while a closure is under way."""
        posts = self.posts.while_closing if line.kostensoort == VACANCY else ()
        return next((post.regel for post in posts if post.van <= line.jaar <= post.tot), None)
