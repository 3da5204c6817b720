"""What is owed on credits (C13), worked out a second time in whole cents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from finance.case import Case, CostLine
from finance.case.sheets import Source
from finance.case.words import CREDIT
from finance.compliance.breach import Breach, Judged, Subject, of_payments
from finance.money import Money

Payments = Mapping[tuple[CostLine, str], Money]


@dataclass(frozen=True)
class _Year:
    """A credit in one year, in cents."""

    jaar: int
    begin: int
    rente: int
    opgenomen: int
    afgelost: int

    @property
    def eind(self) -> int:
        return self.begin + self.rente + self.opgenomen - self.afgelost


def debts(judged: Judged) -> Iterator[Breach]:
    """C13: a debt stays within its limit, is paid back no sooner than it is owed, and is gone at its end."""
    for source in judged.case.sources:
        if source.soort == CREDIT:
            yield from _debt(judged, source)


def _debt(judged: Judged, source: Source) -> Iterator[Breach]:
    case, limit = judged.case, Money(0 if source.bedrag is None else source.bedrag.cents)
    made = {row.jaar: row for row in _years(case, source, case.actual_payments)}
    row = None
    for row in _years(case, source, judged.allocation.payments):
        where, over = f"{source.bron} {row.jaar}", _of_year(judged, source, row.jaar)
        if row.eind > limit.cents:
            wat, feit = "Er staat meer open dan het krediet groot is.", row.eind <= made[row.jaar].eind
            yield Breach("C13", where, wat, str(Money(row.eind)), str(limit), over, feit=feit)
        most = row.begin + row.rente
        if row.afgelost > most:
            wat = "Er wordt meer afgelost dan wat aan het begin van het jaar openstond, met de rente daarover."
            feit = row.jaar in case.closed_years
            yield Breach("C13", where, wat, str(Money(row.afgelost)), str(Money(most)), over, feit=feit)
    if row is not None and row.eind > 0:
        over = of_payments(pair for pair in judged.allocation.payments if source.bron in (pair[0].krediet, pair[1]))
        wat, left = f"Na {row.jaar} staat er nog krediet open.", str(Money(row.eind))
        yield Breach("C13", source.bron, wat, left, "0.00", over, feit=row.eind <= made[row.jaar].eind)


def _years(case: Case, source: Source, payments: Payments) -> Iterator[_Year]:
    """The debt of a credit in each year, interest on what is owed at the start rounded half away from zero."""
    numerator, denominator = source.rente.as_integer_ratio() if source.rente else (0, 1)
    owed = 0
    for year in range(max(source.besteedbaar_van, case.years.first), min(source.besteedbaar_tot, case.years.last) + 1):
        interest = (2 * abs(owed) * numerator + denominator) // (2 * denominator) * (1 if owed >= 0 else -1)
        of_year = [(line, bron, paid.cents) for (line, bron), paid in payments.items() if line.jaar == year]
        row = _Year(
            year,
            owed,
            interest,
            sum(cents for _, bron, cents in of_year if bron == source.bron),
            sum(cents for line, _, cents in of_year if line.krediet == source.bron),
        )
        yield row
        owed = row.eind


def _of_year(judged: Judged, source: Source, year: int) -> Subject:
    """The payments out of a credit in a year, and of what it gets back."""
    paid = judged.allocation.payments
    return of_payments(pair for pair in paid if pair[0].jaar == year and source.bron in (pair[0].krediet, pair[1]))
