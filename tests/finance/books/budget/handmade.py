"""Plans made by hand: a start for some measures, and the rest filled in from top to bottom.

Nothing is optimised. Places are used until the need or the places run out; each cost line is paid
by the first sources that may and can. What the checks of a workbook say of such a plan can be
followed with pen and paper, and no solver is needed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from finance.case import Case, CostLine
from finance.case.credit import credit_years
from finance.case.funding import revenue
from finance.case.sheets import Source
from finance.case.words import CREDIT, POT_SORTS
from finance.handmade.filling import fill
from finance.money import ZERO, Money
from finance.plan.allocation import Allocation, GoalProof, Outcome, Plan, Status
from finance.provenance import RunInfo
from finance.rules import Entitlement
from finance.statement import Statement

Payments = dict[tuple[CostLine, str], Money]
INFO = RunInfo("klein", "ab" * 32, "0.0.1", "met de hand", ("vastgoedtransitie-2020",))


def hand_plan(case: Case, starts: Mapping[str, int]) -> Plan:
    """A plan with these starts, filled in from top to bottom."""
    bare = Outcome(case, Allocation(starts, {}, {}, {}))
    used, served = fill(case, starts, {}, {}) if case.care_groups else _use(case, bare)
    outcome = Outcome(case, Allocation(starts, used, served, {}))
    payments = _Purse(case, Entitlement(case), outcome).payments()
    proofs = tuple(GoalProof(goal.doel, True, "met de hand gemaakt", Decimal(0)) for goal in case.goals)
    return Plan(Allocation(starts, used, served, payments), Status.OPTIMAL, proofs, "met de hand")


def hand_statement(case: Case, starts: Mapping[str, int]) -> Statement:
    """The statement of such a plan."""
    return Statement(case, hand_plan(case, starts).allocation)


Used = dict[tuple[tuple[str, str], int], Decimal]
Served = dict[tuple[str, str, int], Decimal]


def _use(case: Case, outcome: Outcome) -> tuple[Used, Served]:
    """First everyone in the zorgvorm that is needed, then those who are left elsewhere."""
    used: Used = defaultdict(Decimal)
    served: Served = defaultdict(Decimal)
    wanted = {key: row.jeugdigen or Decimal(0) for key, row in case.demand_in.items()}
    pairs = [(form.zorgvorm, form.zorgvorm) for form in case.care_forms]
    pairs += [(row.zorgvorm, row.alternatief) for row in case.alternatives]
    for need, got in pairs:
        for key, year in outcome.places:
            if key[1] == got:
                room = _decimal(outcome.largest_use(key, year)) - used[key, year]
                number = min(room, wanted.get((need, year), Decimal(0)))
                used[key, year] += number
                served[need, got, year] += number
                wanted[need, year] = wanted.get((need, year), Decimal(0)) - number
    return dict(used), dict(served)


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


@dataclass
class _Purse:
    """What is left to pay from, while paying."""

    case: Case
    rules: Entitlement
    outcome: Outcome
    spent: dict[tuple[str, int | None], Money] = field(default_factory=lambda: defaultdict(lambda: ZERO))

    def payments(self) -> dict[tuple[CostLine, str], Money]:
        """Pay what was paid, then each other line in order of the years, from each source in turn."""
        paid = dict(self.case.actual_payments)
        for (line, bron), amount in paid.items():
            self._spend(bron, line, amount)
        parts: dict[tuple[CostLine, str], Money] = defaultdict(lambda: ZERO)
        planned = [pair for pair in self.outcome.costs.items() if pair[0].jaar not in self.case.closed_years]
        planned = [pair for pair in planned if not pair[0].krediet]
        year = self.case.closed_through
        for line, cost in sorted(planned, key=lambda item: item[0].jaar):
            if line.jaar > year:
                year = line.jaar
                self._pay_back(year, paid)
            left = cost
            for source in self.case.sources:
                permission = self.rules.permission(source, line)
                if permission.mag:
                    credit = source.soort == CREDIT
                    amount = min(
                        left, self._to_lend(source, line.jaar, paid) if credit else self._left(source.bron, line)
                    )
                    if permission.tot is not None:
                        amount = min(
                            amount,
                            self.rules.part(permission.tot, self.starts, line, cost) - parts[line, source.regeling],
                        )
                        parts[line, source.regeling] += amount
                    if amount > ZERO:
                        paid[line, source.bron] = amount
                        self._spend(source.bron, line, amount)
                        left -= amount
        return paid

    def _to_lend(self, source: Source, year: int, paid: Payments) -> Money:
        """What a credit can still lend: nothing in its last year, in which it gets all back."""
        rows = [row for row in credit_years(self.case, paid) if (row.bron, row.jaar) == (source, year)]
        return max(ZERO, rows[0].limiet - rows[0].eind) if rows and year < rows[0].einde else ZERO

    def _pay_back(self, year: int, paid: Payments) -> None:
        """Pay back what was owed when the year began, with its interest, as far as sources can."""
        for row in credit_years(self.case, paid):
            if row.jaar != year:
                continue
            left = row.hoogste_aflossing
            for source in self.case.sources:
                if self.rules.permission(source, row.regel).mag:
                    amount = min(left, self._left(source.bron, row.regel))
                    if amount > ZERO:
                        paid[row.regel, source.bron] = amount
                        self._spend(source.bron, row.regel, amount)
                        left -= amount

    @property
    def starts(self) -> dict[str, int]:
        """The start year of each chosen measure."""
        return dict(self.outcome.allocation.starts)

    def _spend(self, source: str, line: CostLine, amount: Money) -> None:
        self.spent[source, None] += amount
        self.spent[source, line.jaar] += amount
        for number, cap in enumerate(self.rules.share_caps):
            if source in cap.bronnen and line.kostensoort in cap.regel.kostensoorten:
                self.spent["cap", number] += amount

    def _left(self, name: str, line: CostLine) -> Money:
        source = self.case.source[name]
        room = source.pot - self.spent[name, None] if source.soort in POT_SORTS else self._of_year(name, line.jaar)
        for number, cap in enumerate(self.rules.share_caps):
            if name in cap.bronnen and line.kostensoort in cap.regel.kostensoorten:
                room = min(room, cap.grens - self.spent["cap", number])
        return room

    def _of_year(self, name: str, year: int) -> Money:
        """The revenue of the year and, where it moves on, what is left of earlier years."""
        source, left = self.case.source[name], ZERO
        for at in self.case.funding_years(source):
            own = revenue(self.case, source, at, self.outcome.places, self.outcome.used)
            left = own + (left if source.overdraagbaar else ZERO) - self.spent[name, at]
            if at == year:
                return left
            left = max(left, ZERO) if self.outcome.ledger.moves_on(source, at) else ZERO
        return ZERO
