"""The statement of one plan: the outcome of its allocation beside the rules.

Every cost line with its cover, every payment with the verdict of every rule that could forbid it, and
every rule with both its sides. The workbook shows these numbers beside live formulas;
`resultaat.json` carries the checks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from finance.case.case import Case, CostLine
from finance.case.sheets import Source
from finance.case.words import GRANT, VACANCY
from finance.money import ZERO, Money
from finance.plan.allocation import Allocation, Outcome, PlaceYear
from finance.rules.entitlement import Entitlement, PartOfLine
from finance.rules.records import CategoryRule, NotCapitalisedRule
from finance.statement.checks import (
    PaymentChecks,
    RuleCheck,
    balance_check,
    ceiling_check,
    debt_checks,
    decision_check,
    part_check,
    pot_year_check,
    share_cap_check,
)
from finance.statement.lines import Line, lines_of
from finance.statement.payments import PartPaid, Payment, parts_paid
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
                line,
                source,
                amount,
                self.rules.verdicts(source, line.regel),
                self.rules.permission(source, line.regel),
                self.rules.part_rule(source, line.regel),
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
            *(decision_check(self.case, row) for row in self.case.grant_decisions),
            *self._part_checks(),
            *map(balance_check, self.outcome.balances),
            *map(pot_year_check, self.outcome.ledger.pot_years),
            *(check for row in self.outcome.credits for check in debt_checks(row)),
        )

    def vacancy_limit(self, at: PlaceYear, regeling: str) -> Money:
        """The most that grants of a regulation may pay of the vacancy of a location, zorgvorm and year."""
        (locatie, zorgvorm), year = at
        rule = self.rules.rule(regeling, f"categorie {VACANCY}", year)
        if not isinstance(rule, CategoryRule):
            return ZERO
        line = CostLine("", locatie, zorgvorm, VACANCY, year)
        return self.rules.part(rule, self.allocation.starts, line, self.outcome.costs.get(line, ZERO))

    def part_limit(self, rule: PartOfLine, line: Line) -> Money:
        """The part of a line that a rule lets grants of its regulation pay."""
        return self.rules.part(rule, self.allocation.starts, line.regel, line.kosten)

    @cached_property
    def parts_paid(self) -> Mapping[tuple[CostLine, str], Money]:
        """What grants of each regulation pay of the part of a line that they may pay, where they pay any."""
        return parts_paid(self.payments)

    @cached_property
    def parts(self) -> tuple[PartPaid, ...]:
        """What grants of each regulation pay of each line of which they may pay a part, with that part."""
        return tuple(self._parts())

    def _parts(self) -> Iterator[PartPaid]:
        grants: dict[str, list[Source]] = defaultdict(list)
        for source in self.case.sources:
            if source.soort == GRANT:
                grants[source.regeling].append(source)
        for line in self.lines:
            for regeling, sources in grants.items():
                rules = (self.rules.part_rule(source, line.regel) for source in sources)
                rule = next((rule for rule in rules if rule is not None), None)
                if rule is not None:
                    paid = self.parts_paid.get((line.regel, regeling), ZERO)
                    names = tuple(source.bron for source in sources)
                    yield PartPaid(line, regeling, rule, names, paid, self.part_limit(rule, line))

    def _part_checks(self) -> Iterator[RuleCheck]:
        """Of vacancy only where there is any to pay; what is capitalised can be changed in every line."""
        for part in self.parts:
            if isinstance(part.regel, NotCapitalisedRule) or part.grens != ZERO or part.betaald != ZERO:
                yield part_check(part)
