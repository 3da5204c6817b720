"""The checks of the sheet `beschikkingen`: each decision by itself, and beside the sources that it pays for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Final

from finance.case.checked import Checked
from finance.case.sheets import GrantDecision, Source
from finance.case.table import listed, shown
from finance.findings import Finding
from finance.money import Money

BLAD: Final = "beschikkingen"
REVISION: Final = "herziening"
ONLY_REVISION: Final = ("locatie", "kostensoorten")
"""The columns that say what a revision was granted for."""
SAID_TWICE: Final = ("sisa_code", "ontvangen_in", "terugbetaald_in")
"""The columns that `dekking` has too: said twice, they say the same."""


def grant_decisions(checked: Checked) -> Iterator[Finding]:
    """Find decisions that contradict themselves, or the rows of `dekking` that name them."""
    members: dict[str, list[Source]] = defaultdict(list)
    for source in checked.case.sources:
        members[source.beschikking].append(source)
    for row in checked.case.grant_decisions:
        yield from _scope(checked, row)
        yield from _granted(checked, row)
        yield from _order(checked, row)
        for source in members[row.beschikking]:
            yield from _belongs(checked, row, source)
            yield from _window(checked, row, source)
            yield from _twice(checked, row, source)
        yield from _together(checked, row, members[row.beschikking])


def _scope(checked: Checked, row: GrantDecision) -> Iterator[Finding]:
    for name in ONLY_REVISION if row.soort != REVISION else ():
        if getattr(row, name):
            yield checked.at(
                BLAD,
                row.rij,
                name,
                f"{name} zegt waarvoor een herziening is verleend, en {row.beschikking} is van soort {row.soort}.",
                "Maak de cel leeg, of kies bij soort herziening.",
            )


def _granted(checked: Checked, row: GrantDecision) -> Iterator[Finding]:
    if row.datum and row.verleend_in not in (None, row.datum.year):
        yield checked.at(
            BLAD,
            row.rij,
            "verleend_in",
            f"verleend_in {row.verleend_in} is een ander jaar dan dat van datum ({shown(row.datum)}).",
            "Maak ze gelijk, of maak een van beide leeg.",
        )


def _order(checked: Checked, row: GrantDecision) -> Iterator[Finding]:
    """Find a decision that ends, or is settled, before it was granted, and a settlement in the wrong order."""
    granted, end = row.jaar, row.besteedbaar_tot
    if granted is not None and end is not None and end < (row.datum or date(granted, 1, 1)):
        yield checked.at(
            BLAD,
            row.rij,
            "besteedbaar_tot",
            f"besteedbaar_tot {shown(end)} ligt voor de verlening ({shown(row.datum) if row.datum else granted}).",
            "Verander een van beide.",
        )
    for name in ("ontvangen_in", "vastgesteld_in"):
        year = getattr(row, name)
        if granted is not None and year is not None and year < granted:
            yield checked.at(
                BLAD,
                row.rij,
                name,
                f"{name} {year} ligt voor het jaar van verlening, {granted}.",
                "Verander een van beide jaren.",
            )
    if row.vastgesteld_in is not None and row.terugbetaald_in is not None and row.terugbetaald_in < row.vastgesteld_in:
        yield checked.at(
            BLAD,
            row.rij,
            "terugbetaald_in",
            f"terugbetaald_in {row.terugbetaald_in} ligt voor vastgesteld_in {row.vastgesteld_in}: wat terug moet,"
            " staat pas vast bij de vaststelling.",
            "Verander een van beide jaren.",
        )


def _belongs(checked: Checked, row: GrantDecision, source: Source) -> Iterator[Finding]:
    """Find a source of another regulation or municipality than its decision."""
    for name in ("regeling", "gemeente"):
        own, its = getattr(source, name), getattr(row, name)
        if own and own.casefold() != its.casefold():
            yield checked.at(
                "dekking",
                source.rij,
                name,
                f"{name} {own} van {source.bron} is een andere dan die van beschikking {row.beschikking} in het blad"
                f" {BLAD}: {its}.",
                "Maak ze gelijk, of noem bij beschikking een andere.",
            )


def _window(checked: Checked, row: GrantDecision, source: Source) -> Iterator[Finding]:
    """Find an end that `dekking` says otherwise: in years, a decision can only take it forward."""
    end = row.besteedbaar_tot
    if row.ontvangen_in is not None and row.ontvangen_in > source.besteedbaar_tot:
        yield checked.at(
            BLAD,
            row.rij,
            "ontvangen_in",
            f"ontvangen_in {row.ontvangen_in} ligt na besteedbaar_tot {source.besteedbaar_tot} van {source.bron}.",
            "Verander een van beide jaren.",
        )
    if end is None or source.besteedbaar_tot < source.besteedbaar_van:
        return
    if end.year > source.besteedbaar_tot:
        yield checked.at(
            "dekking",
            source.rij,
            "besteedbaar_tot",
            f"besteedbaar_tot {source.besteedbaar_tot} is een ander einde dan dat van beschikking"
            f" {row.beschikking} in het blad {BLAD}: {shown(end)}.",
            f"Zet hier {end.year}, of verander de datum daar.",
        )
    if end.year < source.besteedbaar_van:
        yield checked.at(
            BLAD,
            row.rij,
            "besteedbaar_tot",
            f"besteedbaar_tot {shown(end)} ligt voor besteedbaar_van {source.besteedbaar_van} van {source.bron}.",
            "Verander een van beide.",
        )


def _twice(checked: Checked, row: GrantDecision, source: Source) -> Iterator[Finding]:
    for name in SAID_TWICE:
        own, its = getattr(source, name), getattr(row, name)
        if own and its and own != its:
            yield checked.at(
                "dekking",
                source.rij,
                name,
                f"{name} {own} is anders dan die van beschikking {row.beschikking} in het blad {BLAD}: {its}.",
                "Laat de cel hier leeg: dan geldt wat bij de beschikking staat.",
            )


def _together(checked: Checked, row: GrantDecision, sources: list[Source]) -> Iterator[Finding]:
    """Find sources that are together more than their decision granted."""
    together = Money.total(source.bedrag for source in sources if source.bedrag is not None)
    if together > row.bedrag:
        names = listed([source.bron for source in sources])
        said = f"Bron {names} is" if len(sources) == 1 else f"De bronnen {names} zijn samen"
        yield checked.at(
            "dekking",
            sources[-1].rij,
            "bedrag",
            f"{said} {together.dutch()}, meer dan de {row.bedrag.dutch()} van beschikking {row.beschikking}.",
            f"Verlaag de bedragen, of verander het bedrag in het blad {BLAD}.",
        )
