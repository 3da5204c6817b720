"""What the rules make unlikely in a case: told to the reader, never a reason to stop."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from finance.calendar import YearSpan
from finance.case.case import Case
from finance.case.checked import Checked, rows_named
from finance.case.plausibility.money import small_sources
from finance.case.sheets import Source
from finance.case.table import RawBook, quoted
from finance.case.words import GRANT
from finance.findings import Finding, closest
from finance.rules.entitlement import Entitlement
from finance.rules.library import readings, rule_sets
from finance.rules.municipalities import KEY, bare_name, municipalities, named_in
from finance.rules.readings import without_effect
from finance.rules.records import WindowRule
from finance.rules.revision_plausibility import implausible_revision

SMALL_GRANT: Final = Fraction(1, 100)
"""What a municipality received below this share of its maximum is hardly meant."""


def implausible_by_rules(case: Case, book: RawBook) -> tuple[Finding, ...]:
    """What is possible in a case but hardly meant, seen from the rules.

    Args:
        case: a case without findings.
        book: the tables that it came from.
    """
    checked, entitlement = Checked(case, book, frozenset()), Entitlement(case)
    return (
        *_coordinating_name(checked),
        *_small_grants(checked, entitlement),
        *_outside_window(checked),
        *_idle_readings(checked, entitlement),
        *implausible_revision(checked, entitlement),
    )


def _idle_readings(checked: Checked, entitlement: Entitlement) -> Iterator[Finding]:
    """Readings that are switched on and change nothing."""
    for reading in checked.case.settings.lezingen:
        why = without_effect(entitlement, reading) if reading in readings() else ""
        if why:
            yield checked.setting(
                "lezingen",
                f"De lezing {reading} verandert niets: {why}.",
                "Klopt dat, dan kan zij weg; anders past iets anders in de casus niet bij deze lezing.",
            )


def _coordinating_name(checked: Checked) -> Iterator[Finding]:
    """A coordinating municipality that nearly has a name that the rules know, where no grant asks for it."""
    text = checked.case.settings.coordinerende_gemeente
    if text.casefold() in map(str.casefold, municipalities()):
        return
    asked = any(row.soort == GRANT and not row.gemeente for row in checked.case.sources)
    meant = named_in(text, municipalities()) or (closest(bare_name(text), municipalities()),)
    if meant[0] and not asked:
        yield checked.setting(
            KEY,
            f"De regels kennen de gemeente {quoted(text)} niet.",
            f"Bedoelt u {quoted(meant[0])}? Zo staat zij op het voorblad.",
        )


def _small_grants(checked: Checked, entitlement: Entitlement) -> Iterator[Finding]:
    """Grants of a municipality that are together next to nothing beside its maximum: thousands?"""
    told = {finding.cel for finding in small_sources(checked)}
    for ceiling in entitlement.ceilings:
        if not ceiling.bronnen or ceiling.jaar:
            continue
        row = checked.case.source[ceiling.bronnen[0]]
        most, granted = ceiling.maximum, ceiling.bedrag
        found = checked.at(
            "dekking",
            row.rij,
            "bedrag",
            f"De uitkeringen van {ceiling.gemeente} uit {ceiling.regeling} zijn samen {granted.dutch()},"
            f" minder dan 1% van het maximum van {most.dutch() if most else ''}.",
            "Bedragen zijn in euro, niet in duizenden; kijk of het klopt.",
        )
        if most is not None and 0 < granted.cents < SMALL_GRANT * most.cents and found.cel not in told:
            yield found


def _outside_window(checked: Checked) -> Iterator[Finding]:
    """Years in which a grant can never be spent, under no reading of its regulation."""
    for column in ("besteedbaar_van", "besteedbaar_tot"):
        outside: dict[tuple[str, YearSpan, int], list[int]] = defaultdict(list)
        for row in checked.case.sources:
            spendable, year = _spendable(checked.case, row), getattr(row, column)
            if spendable is not None and year not in spendable:
                outside[row.regeling, spendable, year].append(row.rij)
        for (regulation, years, year), rows in outside.items():
            others = f" Ook in rij {rows_named(rows[1:])}." if len(rows) > 1 else ""
            yield checked.at(
                "dekking",
                rows[0],
                column,
                f"{column} {year} ligt buiten de jaren waarin {regulation} ooit besteed mag worden"
                f" ({years.first} tot en met {years.last}).",
                f"In de jaren daarbuiten betaalt de uitkering niets; kijk of het jaar klopt.{others}",
            )


def _spendable(case: Case, source: Source) -> YearSpan | None:
    """The years in which some reading lets a grant be spent; None where no rule says, or it is none.

    Where its own decision names an end, that decides, and takes the years of the source forward.
    """
    rules = rule_sets()[source.regeling].regel if source.soort == GRANT else ()
    windows = [rule for rule in rules if isinstance(rule, WindowRule)]
    if not windows:
        return None
    first = min(rule.venster_van.year for rule in windows)
    decided = case.decided_ends.get(source.beschikking)
    last = max(rule.venster_tot.year for rule in windows)
    return YearSpan(first, max(decided.year, source.besteedbaar_tot) if decided else last)
