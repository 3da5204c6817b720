"""What a grant decision is settled by: its sources, its last year, and when a remainder is repaid.

Source: RG-7 (what is not or wrongly spent is claimed back), SI-1.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from finance.case.sheets import Source
from finance.case.table import RawBook
from finance.case.words import GRANT
from finance.findings import Finding
from finance.rules.entitlement import Entitlement
from finance.rules.records import WindowRule

DecisionKey = tuple[str, str]
"""A regulation and a grant decision."""


def decision_of(source: Source) -> DecisionKey:
    """The regulation and the decision of a grant."""
    return source.regeling, source.beschikking or source.regeling


def sources_of_decisions(sources: Sequence[Source]) -> Mapping[DecisionKey, tuple[Source, ...]]:
    """The sources of each grant decision, in the order of the input."""
    members: dict[DecisionKey, list[Source]] = defaultdict(list)
    for row in sources:
        if row.soort == GRANT:
            members[decision_of(row)].append(row)
    return {key: tuple(rows) for key, rows in members.items()}


def window_of(entitlement: Entitlement, regulation: str) -> WindowRule | None:
    """The rule of the spending window of a regulation in the last year of the case; None for none."""
    window = entitlement.rule(regulation, "periode", entitlement.case.years.last)
    return window if isinstance(window, WindowRule) else None


def final_year(sources: Sequence[Source], last_day: date | None) -> int:
    """The year of the final account of a decision: as given, or the last in which it may be spent.

    Args:
        sources: its sources.
        last_day: the last day of its spending window; None where none is known.
    """
    given = next((row.eindverantwoording for row in sources if row.eindverantwoording is not None), None)
    if given is not None:
        return given
    last = max(row.besteedbaar_tot for row in sources)
    return last if last_day is None else min(last, last_day.year)


def last_day(entitlement: Entitlement, source: Source) -> date | None:
    """The last day on which a grant may be spent: that of its decision, else that of its regulation."""
    window = window_of(entitlement, source.regeling)
    return entitlement.case.decided_ends.get(source.beschikking) or (window.venster_tot if window else None)


def repaid_too_early(entitlement: Entitlement, book: RawBook) -> Iterator[Finding]:
    """Repayments in a year in which nobody can know yet what is left of a grant."""
    sheet = book.bladen.get("dekking")
    for sources in sources_of_decisions(entitlement.case.sources).values():
        last = final_year(sources, last_day(entitlement, sources[0]))
        for row in sources:
            if sheet is not None and row.terugbetaald_in is not None and row.terugbetaald_in <= last:
                yield Finding(
                    "dekking",
                    sheet.cell("terugbetaald_in", row.rij),
                    f"terugbetaald_in {row.terugbetaald_in} van {row.bron} ligt niet na {last}, het jaar van"
                    " de eindverantwoording: pas daarna staat vast wat terug moet.",
                    f"Noem een jaar na {last}, of maak de cel leeg zolang er niet is terugbetaald.",
                )
