"""Which measures start, and when (C1, C2)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from finance.case import plain
from finance.case.sheets import Measure
from finance.compliance.breach import Breach, Judged, of_measures


def project_choice(judged: Judged) -> Iterator[Breach]:
    """C1: at most one measure per project, exactly one where it is mandatory, in a year that it can."""
    starts = judged.allocation.starts
    for name, year in starts.items():
        measure = judged.case.measure.get(name)
        if measure is None:
            yield Breach("C1", name, "Deze maatregel staat niet in de casus.", over=of_measures(name))
        elif measure.keuze == "niet":
            wat = "De maatregel mag niet worden gekozen (keuze)."
            yield Breach("C1", name, wat, over=of_measures(name))
        elif year not in judged.case.start_years(measure):
            yield Breach("C1", name, f"De maatregel kan niet starten in {year}.", over=of_measures(name))
    for project, rows in judged.case.projects.items():
        chosen = [row.maatregel for row in rows if row.maatregel in starts]
        if len(chosen) > 1:
            wat = f"Er zijn er meer dan een gekozen: {', '.join(chosen)}."
            yield Breach("C1", project, wat, over=of_measures(*chosen))
        if not chosen and any(row.verplicht for row in rows):
            yield Breach("C1", project, "Het project is verplicht en niet gekozen.")
    yield from _choices(judged)
    for name, year in judged.case.started.items():
        if name not in starts:
            wat = f"De maatregel is gestart in {year}, maar niet gekozen."
            yield Breach("C1", name, wat, over=of_measures(name))


def _choices(judged: Judged) -> Iterator[Breach]:
    """C1: what must be chosen is; a measure that must not be has no year in which it can start."""
    for row in judged.case.measures:
        if row.keuze == "moet" and row.maatregel not in judged.allocation.starts:
            wat = "De maatregel moet worden gekozen (keuze) en is het niet."
            yield Breach("C1", row.maatregel, wat, over=of_measures(row.maatregel))


def resources(judged: Judged) -> Iterator[Breach]:
    """C12: measures use no more of a resource than there is; what has started by itself is a fact."""
    case, starts = judged.case, judged.allocation.starts
    for row in case.resources:
        using = [
            claim
            for claim in case.claims
            if claim.hulpbron == row.hulpbron and starts.get(claim.maatregel) == row.jaar - claim.na_jaren
        ]
        used = sum((claim.hoeveelheid for claim in using), Decimal(0))
        begun = sum((claim.hoeveelheid for claim in using if claim.maatregel in case.started), Decimal(0))
        if used > row.beschikbaar:
            wat = "Er wordt meer gebruikt dan er is."
            over = of_measures(*dict.fromkeys(claim.maatregel for claim in using))
            feit = row.jaar in case.closed_years or used <= begun
            where = f"{row.hulpbron} {row.jaar}"
            yield Breach("C12", where, wat, plain(used), plain(row.beschikbaar), over, feit=feit)


def requirements(judged: Judged) -> Iterator[Breach]:
    """C2: what a chosen measure requires has started, what it waits for has been delivered."""
    for name, year in judged.allocation.starts.items():
        measure = judged.case.measure.get(name)
        if measure is None:
            continue
        if measure.vereist and not _begun(judged, measure.vereist, year):
            wat = f"Project {measure.vereist} is niet in {year} of eerder gestart."
            yield Breach("C2", name, wat, over=of_measures(name), feit=_began(judged, name, year))
        if measure.wacht_op and not _delivered(judged, measure, year):
            wat = f"De plaatsen van project {measure.wacht_op} zijn er in {year} nog niet."
            yield Breach("C2", name, wat, over=of_measures(name), feit=_began(judged, name, year))


def _began(judged: Judged, name: str, year: int) -> bool:
    """Whether a start is a fact."""
    return judged.case.started.get(name) == year


def _begun(judged: Judged, project: str, year: int) -> bool:
    starts = judged.allocation.starts
    return any(starts.get(row.maatregel, year + 1) <= year for row in judged.case.projects.get(project, ()))


def _delivered(judged: Judged, measure: Measure, year: int) -> bool:
    """Whether the last places of what a start waits for are there in its year, and before its own effects."""
    case, starts = judged.case, judged.allocation.starts
    own = [year * 12 + 12 * row.na_jaren + row.maand for row in case.effects if row.maatregel == measure.maatregel]
    for other in case.projects.get(measure.wacht_op, ()):
        start = starts.get(other.maatregel)
        if start is None:
            continue
        added = [row for row in case.effects if row.maatregel == other.maatregel and row.plaatsen > 0]
        last = max((12 * (start + row.na_jaren) + row.maand for row in added), default=12 * start + 1)
        if last <= 12 * year + 12 and all(moment >= last for moment in own):
            return True
    return False
