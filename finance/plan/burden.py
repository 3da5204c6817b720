"""What municipalities pay: care and buildings alike, by whichever source the money comes.

PxQ, availability and a lump sum are the money of the same taxpayers as that of a source `gemeente`. So a
plan says what they bear together, and what they owe: PxQ and availability are billed for every place that
counts, whether or not a plan needs all of it to cover a cost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from finance.case.sheets import Region, Source
from finance.case.words import YEARLY_SORTS
from finance.money import ZERO, Money, apportioned
from finance.plan.ledger import PER_USED_PLACE, Ledger

BILLED: Final = (PER_USED_PLACE, "beschikbaarheid")
"""Sources that are billed per place: what they bring in above the costs does not flow back."""


def is_municipal(source: Source) -> bool:
    """Whether municipalities pay a source: all that is no grant, and no own money of a provider."""
    return source.soort in (*YEARLY_SORTS, "gemeente") or (source.soort == "eigen" and not source.aanbieder)


@dataclass(frozen=True)
class Burden:
    """What municipalities pay and owe on one source, over all years of the case.

    Attributes:
        bron: the source.
        betaald: what it pays of cost lines.
        opbrengst: what is due before anything flows back.
        terug: what flows back: what a lump sum leaves, which is there for the costs alone.
    """

    bron: Source
    betaald: Money
    opbrengst: Money
    terug: Money

    @property
    def verschuldigd(self) -> Money:
        """What they owe in the end."""
        return self.opbrengst - self.terug


def burdens(ledger: Ledger) -> tuple[Burden, ...]:
    """What municipalities pay and owe on each of their sources.

    Of a pot they owe what it pays, of a lump sum too, for the rest flows back; of PxQ and availability its
    revenue. What a closed year owed is what was paid.

    Args:
        ledger: the money of every source.
    """
    return tuple(_burden(ledger, source) for source in ledger.case.sources if is_municipal(source))


def _burden(ledger: Ledger, source: Source) -> Burden:
    paid, closed = ledger.paid_by_source[source.bron], ledger.case.closed_years
    if not ledger.yearly(source.bron):
        return Burden(source, paid, paid, ZERO)
    # What was paid in a closed year may lie outside the years of the source, and then has no balance.
    owed = Money.total(ledger.paid_by_year.get((source.bron, year), ZERO) for year in closed)
    due = owed + Money.total(
        row.eigen_opbrengst
        for row in ledger.balances
        if row.bron == source.bron and row.jaar is not None and row.jaar not in closed
    )
    return Burden(source, paid, due, ZERO if source.soort in BILLED else due - paid)


@dataclass(frozen=True)
class RegionBurden:
    """The share of a region in what municipalities pay and owe.

    Attributes:
        regio: the row of the input.
        betaald: what it pays of cost lines.
        verschuldigd: what it owes.
    """

    regio: Region
    betaald: Money
    verschuldigd: Money


def by_region(regions: Sequence[Region], found: Sequence[Burden]) -> tuple[RegionBurden, ...]:
    """What each region bears, in proportion to its key; the shares add up to the cent.

    Args:
        regions: the rows of `regios`.
        found: what municipalities pay and owe on each of their sources.
    """
    if not regions:
        return ()
    keys = [row.sleutel for row in regions]
    paid = apportioned(Money.total(row.betaald for row in found), keys)
    owed = apportioned(Money.total(row.verschuldigd for row in found), keys)
    return tuple(RegionBurden(*row) for row in zip(regions, paid, owed, strict=True))
