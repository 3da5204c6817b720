"""Whether the sources of a case hang together with their years, grants and prices."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from finance.calendar import YearSpan
from finance.case.checked import Checked
from finance.case.funding import places_paid
from finance.case.sheets import Funding, Source
from finance.case.table import listed
from finance.case.words import AMOUNT_SORTS, CREDIT, GRANT, YEARLY_SORTS
from finance.findings import Finding, nearest
from finance.money import ZERO


def _sources(checked: Checked) -> Iterator[Finding]:
    for row in checked.case.sources:
        if row.besteedbaar_tot < row.besteedbaar_van:
            yield checked.at(
                "dekking",
                row.rij,
                "besteedbaar_tot",
                f"besteedbaar_tot {row.besteedbaar_tot} ligt voor besteedbaar_van {row.besteedbaar_van}.",
                "Verander een van beide jaren.",
            )
        yield from _source_amount(checked, row)
        yield from _source_grant(checked, row)
        yield from _source_rate(checked, row)
        yield from _source_accounting(checked, row)


def _source_accounting(checked: Checked, row: Source) -> Iterator[Finding]:
    """Find years of advance and final account that would make a remainder out of nothing."""
    if row.soort != GRANT or row.besteedbaar_tot < row.besteedbaar_van:
        return
    if row.ontvangen_in is not None and row.ontvangen_in > row.besteedbaar_tot:
        yield checked.at(
            "dekking",
            row.rij,
            "ontvangen_in",
            f"ontvangen_in {row.ontvangen_in} ligt na besteedbaar_tot {row.besteedbaar_tot}.",
            "Noem het jaar waarin het voorschot kwam, of maak de cel leeg.",
        )
    end = checked.case.decided_ends.get(row.beschikking)
    last = row.besteedbaar_tot if end is None else min(row.besteedbaar_tot, end.year)
    if row.eindverantwoording is not None and row.eindverantwoording < last:
        yield checked.at(
            "dekking",
            row.rij,
            "eindverantwoording",
            f"eindverantwoording {row.eindverantwoording} ligt voor besteedbaar_tot {last}:"
            " wat daarna wordt besteed, zou niet worden verantwoord.",
            "Verander een van beide jaren, of maak de cel leeg: dan telt het laatste jaar waarin besteed mag worden.",
        )


def _source_amount(checked: Checked, row: Source) -> Iterator[Finding]:
    if row.soort in AMOUNT_SORTS and row.bedrag is None:
        what = "de hoogste schuld" if row.soort == CREDIT else "het bedrag voor de hele periode"
        yield checked.at(
            "dekking",
            row.rij,
            "bedrag",
            f"Een bron van soort {row.soort} heeft een bedrag nodig.",
            f"Vul {what} in; leeg is geen nul.",
        )
    if row.soort in YEARLY_SORTS and row.bedrag is not None:
        yield checked.at(
            "dekking",
            row.rij,
            "bedrag",
            f"Een bron van soort {row.soort} krijgt zijn geld per jaar, uit het blad financiering.",
            "Maak dit bedrag leeg.",
        )


def _source_rate(checked: Checked, row: Source) -> Iterator[Finding]:
    """Find a credit without its rate of interest, and a rate of what is no credit."""
    if row.soort == CREDIT and row.rente is None:
        yield checked.at(
            "dekking",
            row.rij,
            "rente",
            f"Krediet {row.bron} heeft geen rente.",
            "Vul de rente per jaar in als breuk, zoals 0,0425; kost het krediet niets, vul dan 0 in.",
        )
    if row.soort != CREDIT and row.rente is not None:
        yield checked.at(
            "dekking",
            row.rij,
            "rente",
            "rente geldt alleen voor een bron van soort krediet.",
            "Maak de cel leeg of verander de soort.",
        )
    if row.soort == CREDIT and row.overdraagbaar:
        yield checked.at(
            "dekking",
            row.rij,
            "overdraagbaar",
            "Een krediet heeft geen geld per jaar dat over kan blijven.",
            "Maak de cel leeg; de hoogste schuld staat in bedrag.",
        )


GRANT_ONLY: Final = (
    "regeling",
    "beschikking",
    "buiten_casus",
    "sisa_code",
    "ontvangen_in",
    "eindverantwoording",
    "terugbetaald_in",
)
"""The columns of a source that only a grant has."""


OF_DECISION: Final = ("sisa_code", "eindverantwoording", "terugbetaald_in")
"""The columns that all sources of one grant decision share."""


def _outside(checked: Checked) -> Iterator[Finding]:
    """Find grants that keep more for places outside the case than there is."""
    for row in checked.case.sources:
        if row.soort == "spuk" and row.pot < ZERO and row.bedrag is not None and row.buiten_casus is not None:
            yield checked.at(
                "dekking",
                row.rij,
                "buiten_casus",
                f"buiten_casus {row.buiten_casus.dutch()} is meer dan het bedrag van {row.bron}, {row.bedrag.dutch()}.",
                "Het is een deel van bedrag; verander een van beide.",
            )


def _one_decision(checked: Checked) -> Iterator[Finding]:
    """Find sources of one grant decision that contradict each other on what it is accounted for by."""
    first: dict[tuple[str, str, str], Source] = {}
    for row in checked.case.sources:
        decision = row.beschikking or row.regeling
        for name in OF_DECISION if row.soort == GRANT else ():
            value = getattr(row, name)
            known = first.setdefault((row.regeling, decision, name), row) if value else row
            if getattr(known, name) != value:
                yield checked.at(
                    "dekking",
                    row.rij,
                    name,
                    f"{name} {value} is anders dan die van {known.bron}, uit dezelfde beschikking.",
                    "Maak ze gelijk: een beschikking wordt in haar geheel verantwoord.",
                )


def _source_grant(checked: Checked, row: Source) -> Iterator[Finding]:
    """Find what only a grant has; which regulation it may name, the rules say."""
    for name in GRANT_ONLY if row.soort != GRANT else ():
        if getattr(row, name):
            yield checked.at(
                "dekking",
                row.rij,
                name,
                f"{name} geldt alleen voor een bron van soort spuk.",
                "Maak de cel leeg of verander de soort.",
            )


def _funding(checked: Checked) -> Iterator[Finding]:
    for row in checked.case.funding:
        source = checked.case.source.get(row.bron)
        if source is not None:
            yield from _funding_row(checked, row, source)


def _funding_row(checked: Checked, row: Funding, source: Source) -> Iterator[Finding]:
    if source.soort not in YEARLY_SORTS:
        yield checked.at(
            "financiering",
            row.rij,
            "bron",
            f"Bron {row.bron} is van soort {source.soort} en heeft geen financiering per jaar.",
            "Haal de rij weg of verander de soort in het blad dekking.",
        )
    elif _outside_window(checked, row.jaar, source):
        yield checked.at(
            "financiering",
            row.rij,
            "jaar",
            f"{row.jaar} ligt buiten de jaren waarin {row.bron} besteedbaar is"
            f" ({source.besteedbaar_van} tot en met {source.besteedbaar_tot}).",
            "Haal de rij weg of verruim de periode in het blad dekking.",
        )
    yield from _funding_price(checked, row, source)
    if source.soort == "lumpsum" and row.zorgvorm:
        yield checked.at(
            "financiering",
            row.rij,
            "zorgvorm",
            "Een lumpsum geldt voor alle zorgvormen samen.",
            "Maak de cel leeg.",
        )


def _funding_price(checked: Checked, row: Funding, source: Source) -> Iterator[Finding]:
    """Find rows that nothing prices, and tariffs that price no place that the row pays for."""
    if not row.tarief:
        if row.prijs is None:
            doen = "Vul de prijs in, of noem in de kolom tarief het tarief waar zij uit komt."
            yield checked.at("financiering", row.rij, "prijs", "prijs is leeg.", doen)
        return
    if source.soort == "lumpsum":
        yield checked.at(
            "financiering", row.rij, "tarief", "Een lumpsum geldt voor alle plaatsen samen.", "Maak de cel leeg."
        )
        return
    case = checked.case
    if not checked.all_read("plaatsen", case.places):
        return
    paid = [case.place[key] for key in places_paid(case, source, row) if key[0] in case.location]
    if not paid:
        named = sorted({place.tarief for place in case.places if place.tarief})
        yield checked.at(
            "financiering",
            row.rij,
            "tarief",
            f"Geen plaats waarvoor {row.bron} betaalt, noemt tarief {row.tarief} op het blad plaatsen.",
            nearest(row.tarief, named) if named else "Noem het tarief in de kolom tarief van het blad plaatsen.",
        )
    elif len({place.zorgvorm for place in paid}) > 1:
        yield checked.at(
            "financiering",
            row.rij,
            "zorgvorm",
            f"Plaatsen van meer dan één zorgvorm noemen tarief {row.tarief}.",
            "Geef een rij per zorgvorm, en noem haar hier.",
        )
    elif row.prijs is None and len({place.index for place in paid}) > 1:
        yield checked.at(
            "financiering",
            row.rij,
            "prijs",
            f"prijs is leeg, en de plaatsen met tarief {row.tarief} hebben niet alle dezelfde index.",
            "Vul de prijs in, of geef die plaatsen dezelfde index.",
        )


def _outside_window(checked: Checked, year: int, source: Source) -> bool:
    """Whether a year of the case lies outside a window that makes sense."""
    window = YearSpan(source.besteedbaar_van, source.besteedbaar_tot)
    return checked.years is not None and year in checked.years and len(window) > 0 and year not in window


def _funding_complete(checked: Checked) -> Iterator[Finding]:
    if checked.years is None or not checked.has("financiering"):
        return
    known = checked.ids("dekking", "bron"), checked.years
    given = checked.pairs("financiering", ("bron", "jaar"), known)
    for source in checked.case.sources:
        absent = [year for year in checked.case.funding_years(source) if given.lack(source.bron, year)]
        if absent:
            yield checked.at(
                "dekking",
                source.rij,
                "bron",
                f"Bron {source.bron} heeft geen rij in het blad financiering voor {listed(absent)}.",
                "Voeg voor elk jaar van de casus waarin de bron besteedbaar is een rij toe.",
            )


def _source_permits(checked: Checked) -> Iterator[Finding]:
    for row in checked.case.source_permits:
        source = checked.case.source.get(row.bron)
        if source is not None and source.soort == GRANT:
            yield checked.at(
                "toegestaan",
                row.rij,
                "bron",
                f"Bron {row.bron} is een spuk; wat daaruit mag, staat in de regeling.",
                "Haal deze rij weg.",
            )


SOURCE_CHECKS: Final = (_sources, _funding, _funding_complete, _source_permits, _outside, _one_decision)
"""The checks, in the order in which findings are told."""
