"""The money of every source: what it has, what comes in, what it pays, and what is left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Final

from finance.calendar import YearSpan
from finance.case.case import Case, CostLine, PlaceKey
from finance.case.funding import revenue
from finance.case.sheets import Source
from finance.case.words import POT_SORTS, YEARLY_SORTS
from finance.money import ZERO, Money

PER_USED_PLACE: Final = "pxq"


@dataclass(frozen=True)
class YearBalance:
    """The money of one source in one year, or of a pot over its whole window.

    Attributes:
        bron: the source.
        jaar: the year; None for a pot.
        eigen_opbrengst: its own revenue of the year, or the pot.
        ingebracht: what was carried in from earlier years.
        betaald: what it pays.
        over: what is left.
        verkocht: the proceeds of sales that flow into a pot while it can be spent.
        buiten_casus: what of a grant is kept for places outside the case; None for nothing said.
    """

    bron: str
    jaar: int | None
    eigen_opbrengst: Money
    ingebracht: Money
    betaald: Money
    over: Money
    verkocht: Money = ZERO
    buiten_casus: Money | None = None

    @property
    def beschikbaar(self) -> Money:
        """What could be paid: its own revenue, what was carried in, and proceeds of sales."""
        return self.eigen_opbrengst + self.ingebracht + self.verkocht


@dataclass(frozen=True)
class PotYear:
    """A pot that gets proceeds of sales, up to and including one year.

    Attributes:
        bron: the source.
        jaar: the calendar year.
        ontvangen: proceeds received in the year.
        beschikbaar: the pot and all proceeds received by the end of the year.
        betaald: what was paid from it by the end of the year.
    """

    bron: str
    jaar: int
    ontvangen: Money
    beschikbaar: Money
    betaald: Money


@dataclass(frozen=True)
class Ledger:
    """The money of every source under some decisions.

    Attributes:
        case: the case.
        starts: the start year of each chosen measure.
        payments: what each source pays of each cost line.
        places: places per location, zorgvorm and year.
        used: used places, likewise.
    """

    case: Case
    starts: Mapping[str, int]
    payments: Mapping[tuple[CostLine, str], Money]
    places: Mapping[tuple[PlaceKey, int], Fraction]
    used: Mapping[tuple[PlaceKey, int], Fraction]

    @cached_property
    def paid_by_year(self) -> Mapping[tuple[str, int], Money]:
        """What each source pays in each year."""
        totals: dict[tuple[str, int], Money] = {}
        for (line, source), amount in self.payments.items():
            totals[source, line.jaar] = totals.get((source, line.jaar), ZERO) + amount
        return totals

    @cached_property
    def paid_by_source(self) -> Mapping[str, Money]:
        """What each source pays in all."""
        return {
            row.bron: Money.total(self.paid_by_year.get((row.bron, year), ZERO) for year in self.case.years)
            for row in self.case.sources
        }

    @cached_property
    def balances(self) -> tuple[YearBalance, ...]:
        """C9 and C10: each source's money; a row per pot, and per year of a yearly source; a credit has none."""
        rows: list[YearBalance] = []
        for source in self.case.sources:
            if source.soort in POT_SORTS:
                rows.append(self._pot(source))
            elif source.soort in YEARLY_SORTS:
                rows += self._by_year(source)
        return tuple(rows)

    def _pot(self, source: Source) -> YearBalance:
        pot, paid = source.pot, self.paid_by_source[source.bron]
        sold = self.proceeds(source, YearSpan(self.case.years.first, source.besteedbaar_tot))
        return YearBalance(source.bron, None, pot, ZERO, paid, pot + sold - paid, sold, source.buiten_casus)

    def _by_year(self, source: Source) -> Iterator[YearBalance]:
        carried = ZERO
        within = self.case.funding_years(source)
        for year in self.case.balance_years(source):
            own = revenue(self.case, source, year, self.places, self.used) if year in within else ZERO
            paid = self.paid_by_year.get((source.bron, year), ZERO)
            left = own + carried - paid
            yield YearBalance(source.bron, year, own, carried, paid, left)
            carried = max(left, ZERO) if self.moves_on(source, year) else ZERO

    def moves_on(self, source: Source, year: int) -> bool:
        """Whether what a year leaves moves on to the next: never out of the years of the source.

        Nor what a closed year seems to leave of PxQ: there its revenue is what it can have been at most.
        """
        at_most = source.soort == PER_USED_PLACE and year in self.case.closed_years
        return source.overdraagbaar and not at_most and year < source.besteedbaar_tot

    def proceeds(self, source: Source, years: YearSpan) -> Money:
        """The proceeds of chosen measures that flow into a pot in some years of the case."""
        starts, span = self.starts, years.overlap(self.case.years)
        return Money.total(
            row.bedrag
            for row in self.case.proceeds_into.get(source.bron, ())
            if row.maatregel in starts and starts[row.maatregel] + row.na_jaren in span
        )

    def at_close(self, source: Source) -> Money:
        """What a pot has at the end of the closed years: below zero where more was paid than there was."""
        closed = self.case.closed_years
        paid = Money.total(self.paid_by_year.get((source.bron, year), ZERO) for year in closed)
        return source.pot + self.proceeds(source, closed) - paid

    def kept(self, source: Source) -> Money:
        """What the closed years leave of a pot: never below zero, an excess stays in those years."""
        return max(ZERO, self.at_close(source))

    @cached_property
    def pot_years(self) -> tuple[PotYear, ...]:
        """C9: each pot with proceeds, year by year: none is spent before it is there."""
        return tuple(
            row
            for source in self.case.sources
            if source.bron in self.case.proceeds_into
            for row in self._pot_years(source)
        )

    def _pot_years(self, source: Source) -> Iterator[PotYear]:
        have, paid = source.pot, ZERO
        for year in self.case.years:
            received = self.proceeds(source, YearSpan(year, year))
            have += received
            paid += self.paid_by_year.get((source.bron, year), ZERO)
            yield PotYear(source.bron, year, received, have, paid)

    def yearly(self, source: str) -> bool:
        """Whether a source has its money per year."""
        return self.case.source[source].soort in YEARLY_SORTS
