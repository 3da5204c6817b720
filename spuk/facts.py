"""What happened and should not have: told to the user, never a reason to stop.

A payment of a closed year that breaks a rule is no fault of the input, and no plan can undo it. The
workbook shows it as VOLDOET NIET; these lines say so where nobody can overlook it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final

from finance.case import Case, RawBook, in_order, read_case
from finance.case.case import paid_line
from finance.case.plausibility import implausible as implausible_in
from finance.compliance import Breach
from finance.findings import Finding
from finance.handmade import violation
from finance.money import ZERO, Money
from finance.plan.allocation import Outcome
from finance.plan.idle import idle_places
from finance.rules import implausible_by_rules
from finance.scenarios import BASE, in_scenario, scenario_book
from finance.statement import Statement
from finance.statement.accountability import Accountability

SHOWN: Final = 20
"""The most facts that are told one by one."""
AFTER_ALL: Final = (
    "LET OP: de realisatie gaat tegen een regel in. Dat is gebeurd en blijft staan: de werkmap toont"
    " VOLDOET NIET, en de jaren daarna zijn eromheen gepland."
)
"""What the reader must know at the end of a run in which closed years broke something."""


def told(case: Case, breaches: Iterable[Breach]) -> tuple[str, ...]:
    """The lines that tell what closed years broke, and what began outside its window; nothing for nothing."""
    found = [*(violation(row, _cells(case, row)).finding for row in breaches), *_early_or_late(case)]
    lines = [f"LET OP: {item}" for item in dict.fromkeys(found)]
    if len(lines) > SHOWN:
        lines = [*lines[:SHOWN], f"LET OP: en nog {len(lines) - SHOWN} feiten van deze soort."]
    return tuple(lines)


def unpaid(outcome: Outcome) -> tuple[str, ...]:
    """A line that tells that realisatie may not be complete; nothing where each line has some."""
    lines = outcome.unpaid
    if not lines:
        return ()
    total = Money.total(lines.values()).dutch()
    which = "een kostenregel" if len(lines) == 1 else f"{len(lines)} kostenregels"
    return (
        f"LET OP: van {which} in de afgesloten jaren staat niets in realisatie; met de prijzen van de invoer"
        f" was het samen {total}. Vul aan wat ontbreekt (blad realisatie van de werkmap), en zet wat later"
        " wordt uitgegeven in het blad kosten met een hogere na_jaren.",
    )


def claimed_back(outcome: Outcome) -> tuple[str, ...]:
    """The lines that tell what goes back of grants that paid what they may not; nothing where none did."""
    settled = Accountability(Statement(outcome.case, outcome.allocation)).settlements
    return tuple(
        f"LET OP: uit beschikking {row.beschikking.beschikking} is {row.te_corrigeren.dutch()} besteed dat"
        f" niet mag of boven een grens uitgaat. Corrigeert u dat niet, dan moet {row.terug.dutch()} terug:"
        " wat niet en wat onrechtmatig is besteed (blad sisa van de werkmap)."
        for row in settled
        if row.te_corrigeren > ZERO
    )


def noticed(found: Iterable[Finding]) -> tuple[str, ...]:
    """The lines that tell what reading noticed, such as data that nobody sees though it counts."""
    return tuple(f"LET OP: {item}" for item in found)


def implausible(book: RawBook, case: Case, scenarios: Iterable[str], today: date) -> tuple[str, ...]:
    """The lines that tell what is possible but hardly meant, in the case and in scenarios that cause it.

    Args:
        book: the tables.
        case: the case as it stands, without findings.
        scenarios: the scenarios that are asked for; a line that the case itself has is not repeated.
        today: the day on which it is asked.
    """
    found = dict.fromkeys(_hardly_meant(book, case, today))
    base = set(map(_about, found))
    for name in scenarios:
        if name != BASE:
            changed = scenario_book(book, case, name)
            made, _ = read_case(changed)
            own = _hardly_meant(changed, made, today) if made else ()
            new = (in_scenario(item, changed, name) for item in own if _about(item) not in base)
            found |= dict.fromkeys(new)
    return tuple(f"LET OP: {item}" for item in found)


def _about(item: Finding) -> tuple[str, str, str]:
    """What a line is about, whatever the numbers are: the cell, and the advice."""
    return item.blad, item.cel, re.sub(r"[\d.,]+", "", item.doen.partition(" Ook in")[0])


def _hardly_meant(book: RawBook, case: Case, today: date) -> tuple[Finding, ...]:
    return in_order((*implausible_in(case, book, today), *implausible_by_rules(case, book)), book)


def never_in_time(case: Case) -> tuple[str, ...]:
    """The lines that tell which proceeds come too late to be spent, however early their measure starts."""
    years = {measure.maatregel: case.start_years(measure) for measure in case.measures}
    earliest = {name: min(possible) for name, possible in years.items() if possible}
    return tuple(f"LET OP: {item}" for item in _late(case, earliest, "op zijn vroegst "))


def idle(outcome: Outcome) -> tuple[str, ...]:
    """The lines that tell which places of a plan only the PxQ or availability of municipalities keeps."""
    return tuple(f"LET OP: {item}" for item in idle_places(outcome))


def too_late(outcome: Outcome) -> tuple[str, ...]:
    """The lines that tell which proceeds of a plan come too late to be spent."""
    return tuple(f"LET OP: {item}" for item in _late(outcome.case, outcome.allocation.starts))


def _late(case: Case, starts: Mapping[str, int], when: str = "") -> Iterator[Finding]:
    """What comes after the last year in which its source can be spent, with these start years."""
    for row in case.proceeds:
        source, last = case.source[row.bron], case.years.last
        until = min(last, source.besteedbaar_tot)
        came = starts.get(row.maatregel, until) + row.na_jaren
        if row.maatregel in starts and came > until:
            why = "het laatste jaar van de casus" if until == last else f"besteedbaar_tot van {row.bron}"
            yield Finding(
                "opbrengsten",
                _place(case, "opbrengsten", "na_jaren", row.rij),
                f"De opbrengst van {row.maatregel} ({row.bedrag.dutch()}) komt {when}in {came}, na {until}"
                f" ({why}), en kan dus niets betalen.",
                "Klopt dat niet, verander dan na_jaren, of verleng de casus of de bron.",
            )


def _cells(case: Case, breach: Breach) -> Iterator[tuple[str, str]]:
    """The cells of the input that a breach is about."""
    for row in case.started_rows:
        if row.maatregel in breach.over.maatregelen:
            yield "gestart", _place(case, "gestart", "jaar", row.rij)
    pairs = set(breach.over.betalingen)
    for actual in case.actuals:
        if (paid_line(actual), actual.bron) in pairs:
            yield "realisatie", _place(case, "realisatie", "bedrag", actual.rij)


def _place(case: Case, sheet: str, column: str, row: int) -> str:
    return case.cell(sheet, column, row).rpartition("!")[2]


def _early_or_late(case: Case) -> Iterator[Finding]:
    """Starts outside the own window of a measure: they count, and are worth a look."""
    for row in case.started_rows:
        measure = case.measure[row.maatregel]
        if not measure.vroegste_start <= row.jaar <= measure.laatste_start:
            yield Finding(
                "gestart",
                _place(case, "gestart", "jaar", row.rij),
                f"{row.maatregel} begon in {row.jaar}, buiten de eigen jaren"
                f" ({measure.vroegste_start} tot en met {measure.laatste_start}).",
                "Dat telt gewoon mee; kijk of het jaar klopt.",
            )
