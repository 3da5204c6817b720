"""Bridging credit: what is owed, year by year, to the cent.

A credit pays costs now and is paid back with interest in later years of the plan, by sources that may pay
`rente_en_aflossing`. What it pays is no income: only the interest counts as cost.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from finance.case.case import Case, CostLine
from finance.case.sheets import Source
from finance.case.words import REPAYMENT
from finance.money import ZERO, Money


@dataclass(frozen=True, slots=True)
class CreditYear:
    """A credit in one year of its window.

    Attributes:
        bron: the credit.
        jaar: the calendar year.
        begin: what is owed at the start of the year.
        rente: the interest on that, rounded half away from zero to the cent.
        opgenomen: what the credit pays in the year.
        afgelost: what it gets back, interest included.
        laatste: whether all that is owed is to be paid back in this year.
        einde: the last year of its window in the case.
    """

    bron: Source
    jaar: int
    begin: Money
    rente: Money
    opgenomen: Money
    afgelost: Money
    laatste: bool
    einde: int

    @property
    def eind(self) -> Money:
        """What is owed at the end of the year.

        Formula (C13): owed at the start + interest + drawn - repaid.
        """
        return self.begin + self.rente + self.opgenomen - self.afgelost

    @property
    def hoofdsom(self) -> Money:
        """What is to be paid back of the loan itself; below zero where interest is added to it."""
        return self.te_betalen - self.rente

    @property
    def te_betalen(self) -> Money:
        """What is to be paid back in the year: what the plan decides, and in the last year all that is owed."""
        return self.hoogste_aflossing if self.laatste else self.afgelost

    @property
    def limiet(self) -> Money:
        """The most that may be owed."""
        return self.bron.bedrag or ZERO

    @property
    def hoogste_aflossing(self) -> Money:
        """The most that may be paid back: nothing is, in the year in which it is drawn."""
        return self.begin + self.rente

    @property
    def regel(self) -> CostLine:
        """The cost line of what is paid back in the year."""
        return repayment_line(self.bron, self.jaar)


def repayment_line(source: Source, year: int) -> CostLine:
    """The cost line of what a credit gets back in a year."""
    return CostLine("", "", "", REPAYMENT, year, source.bron)


def interest(source: Source, owed: Money) -> Money:
    """The interest of a year on what is owed when it starts, rounded half away from zero to the cent."""
    return owed.times(source.rente or 0)


def credit_years(case: Case, payments: Mapping[tuple[CostLine, str], Money]) -> tuple[CreditYear, ...]:
    """What is owed on each credit in each year of its window.

    Args:
        case: the case.
        payments: what each source pays of each cost line.
    """
    drawn: dict[tuple[str, int], Money] = defaultdict(lambda: ZERO)
    repaid: dict[tuple[str, int], Money] = defaultdict(lambda: ZERO)
    for (line, bron), amount in payments.items() if case.credits else ():
        drawn[bron, line.jaar] += amount
        if line.krediet:
            repaid[line.krediet, line.jaar] += amount
    rows: list[CreditYear] = []
    for source in case.credits:
        owed, years = ZERO, case.source_years(source)
        for year in years:
            at = source.bron, year
            last = year == years.last and year > case.closed_through
            row = CreditYear(source, year, owed, interest(source, owed), drawn[at], repaid[at], last, years.last)
            rows.append(row)
            owed = row.eind
    return tuple(rows)
