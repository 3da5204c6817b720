"""What must and what must not be chosen: choices that contradict each other or what has happened."""

from __future__ import annotations

from collections.abc import Iterator

from finance.case.checked import Checked
from finance.case.sheets import Measure
from finance.case.words import MUST, NOT
from finance.findings import Finding


def choices(checked: Checked) -> Iterator[Finding]:
    """Find choices of one project that cannot go together, or come after the fact."""
    for project, rows in checked.case.projects.items():
        yield from _two_musts(checked, project, rows)
        yield from _nothing_left(checked, project, rows)
        yield from _after_the_fact(checked, project, rows)


def _two_musts(checked: Checked, project: str, rows: tuple[Measure, ...]) -> Iterator[Finding]:
    musts = [row for row in rows if row.keuze == MUST]
    for row in musts[1:]:
        yield _at_choice(
            checked,
            row,
            f"In project {project} moet {musts[0].maatregel} al worden gekozen (rij {musts[0].rij}), en van een"
            " project wordt er hooguit een gekozen.",
            "Laat bij een van beide mag staan.",
        )


def _nothing_left(checked: Checked, project: str, rows: tuple[Measure, ...]) -> Iterator[Finding]:
    # A variant in a row that could not be read may be the one that can be chosen.
    if not checked.all_read("maatregelen", checked.case.measures) or any(row.keuze != NOT for row in rows):
        return
    mandatory = next((row for row in rows if row.verplicht), None)
    if mandatory:
        yield _at_choice(
            checked,
            mandatory,
            f"Project {project} is verplicht, maar geen maatregel ervan mag worden gekozen.",
            "Laat bij een van de maatregelen mag staan, of maak het project niet verplicht.",
        )


def _after_the_fact(checked: Checked, project: str, rows: tuple[Measure, ...]) -> Iterator[Finding]:
    begun = next((row for row in rows if row.maatregel in checked.case.started), None)
    if begun is None:
        return
    for row in rows:
        if row.keuze == (NOT if row is begun else MUST):
            yield _at_choice(
                checked,
                row,
                f"{begun.maatregel} van project {project} is gestart (blad gestart): dan kan keuze {row.keuze}"
                f" bij {row.maatregel} niet.",
                "Maak de cel leeg; wat is gestart, staat vast.",
            )


def _at_choice(checked: Checked, row: Measure, wat: str, doen: str) -> Finding:
    return checked.at("maatregelen", row.rij, "keuze", wat, doen)
