"""The start years of an allocation made by hand: given, or read off from what is paid."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from finance.case import Case
from finance.case.table import RawBook, listed
from finance.findings import Finding
from finance.handmade.sheets import PAID, STARTED, HandPayment, HandStart

GIVE: str = "Zet het startjaar in het blad gestart, of verbeter de kostensoort of het jaar."


@dataclass(frozen=True)
class Starts:
    """The start years.

    Attributes:
        jaren: the start year of each measure that starts.
        afgeleid: the measures whose year was read off from their payments.
        cellen: where the year of each measure is given, or the first payment that it rests on.
    """

    jaren: Mapping[str, int]
    afgeleid: tuple[str, ...]
    cellen: Mapping[str, tuple[str, str]]


def possible_years(case: Case, name: str, paid: Sequence[tuple[str, int]]) -> tuple[int, ...]:
    """The start years of a measure in which each paid kostensoort and year is one of its cost lines.

    Where some of them lie in the window of the measure, the others do not count.
    """
    rows = case.costs_of.get(name, ())
    fits = [year for year in case.years if set(paid) <= {(row.kostensoort, year + row.na_jaren) for row in rows}]
    window = case.start_years(case.measure[name])
    return tuple(year for year in fits if year in window) or tuple(fits)


def find_starts(
    case: Case, book: RawBook, payments: Sequence[HandPayment], given: Sequence[HandStart]
) -> tuple[Starts, tuple[Finding, ...]]:
    """Find the start year of every measure, with a finding for each that stays unknown or cannot be.

    What has started according to the case needs no year here; another year than that is for the verdict.
    """
    years = {**case.started, **{row.maatregel: row.jaar for row in given}}
    cells = {row.maatregel: (STARTED, book.bladen[STARTED].cell("jaar", row.rij)) for row in given}
    paid: dict[str, list[HandPayment]] = defaultdict(list)
    for row in payments:
        if row.maatregel:
            paid[row.maatregel].append(row)
    findings: list[Finding] = []
    derived = []
    for name, rows in paid.items():
        if name in years:
            continue
        cells[name] = (PAID, book.bladen[PAID].cell("maatregel", rows[0].rij))
        found = possible_years(case, name, [(row.kostensoort, row.jaar) for row in rows])
        if len(found) == 1:
            years[name] = found[0]
            derived.append(name)
        else:
            findings.append(_unclear(name, cells[name], found))
    starts = Starts(years, tuple(derived), cells)
    return starts, (*findings, *_too_late(case, starts), *_lineless(case, book, payments, starts))


def _unclear(name: str, cell: tuple[str, str], found: Sequence[int]) -> Finding:
    if found:
        wat = f"De betalingen van maatregel {name} passen bij meer dan een startjaar: {listed(found)}."
    else:
        wat = f"De betalingen van maatregel {name} passen samen bij geen enkel startjaar."
    return Finding(*cell, wat, GIVE)


def _too_late(case: Case, starts: Starts) -> Iterator[Finding]:
    """Starts of which the consequences cannot be known: after the last year, or without a price."""
    for name in starts.cellen:
        start = starts.jaren.get(name)
        if start is None:
            continue
        lags = [row.na_jaren for row in case.effects_of.get(name, ())]
        lags += [row.na_jaren for row in case.costs_of.get(name, ())]
        if start + max(lags, default=0) > case.years.last:
            wat = f"Bij een start in {start} vallen kosten of effecten van {name} na {case.years.last}."
            yield Finding(*starts.cellen[name], wat, "Kies een eerder jaar, of verleng de casus.")
            continue
        for index in _without_price(case, name, start):
            wat = f"Bij een start in {start} mist index {index} een percentage voor de kosten van {name}."
            yield Finding(*starts.cellen[name], wat, "Vul het blad indexen van de casus aan.")


def _without_price(case: Case, name: str, start: int) -> Iterator[str]:
    for index in dict.fromkeys(row.index for row in case.costs_of.get(name, ())):
        last = max(row.na_jaren for row in case.costs_of[name] if row.index == index)
        try:
            case.price_factor(index, start + last)
        except KeyError:
            yield index


def _lineless(case: Case, book: RawBook, payments: Sequence[HandPayment], starts: Starts) -> Iterator[Finding]:
    """Payments of a kostensoort in a year in which the measure, with its start, has no such costs."""
    sheet = book.bladen.get(PAID)
    for row in payments:
        start = starts.jaren.get(row.maatregel)
        if start is None or sheet is None:
            continue
        if row.jaar in case.closed_years:
            yield from _never_paid(case, row, sheet.cell("jaar", row.rij))
            continue
        costs = case.costs_of.get(row.maatregel, ())
        if (row.kostensoort, row.jaar) not in {(cost.kostensoort, start + cost.na_jaren) for cost in costs}:
            wat = (
                f"Maatregel {row.maatregel} heeft bij een start in {start} geen kosten van de soort"
                f" {row.kostensoort} in {row.jaar}."
            )
            yield Finding(PAID, sheet.cell("jaar", row.rij), wat, GIVE)


def _never_paid(case: Case, row: HandPayment, cell: str) -> Iterator[Finding]:
    """A payment of a closed year for a line of which nothing was paid."""
    paid = {(line.maatregel, line.kostensoort, line.jaar) for line, _ in case.actual_payments}
    if (row.maatregel, row.kostensoort, row.jaar) not in paid:
        wat = (
            f"{row.jaar} is afgesloten, en het blad realisatie van de casus heeft voor maatregel"
            f" {row.maatregel} geen betaling van de soort {row.kostensoort}."
        )
        yield Finding(PAID, cell, wat, "Haal de rij weg, of zet de betaling in het blad realisatie.")
