"""The checks of doelgroepen: a need for each of them and each year, and one way to say it."""

from __future__ import annotations

from collections.abc import Iterator

from finance.case.checked import Checked
from finance.case.sheets import names_groups
from finance.case.table import listed
from finance.findings import Finding

GROUPS, SUITED, NEED, INFLOW, DEMAND = "doelgroepen", "geschikt", "behoefte", "instroom", "vraag"


def care_groups(checked: Checked) -> Iterator[Finding]:
    """Find doelgroepen without a need, and what says beside them again who can go where."""
    if not names_groups(checked.book):
        return
    yield from _need_complete(checked)
    yield from _said_twice(checked)
    yield from _places(checked)


def _need_complete(checked: Checked) -> Iterator[Finding]:
    if checked.years is None:
        return
    known = checked.ids(GROUPS, "doelgroep"), checked.years
    given = [checked.pairs(blad, ("doelgroep", "jaar"), known) for blad in (NEED, INFLOW)]
    for row, name in checked.cells(GROUPS, "doelgroep"):
        absent = [year for year in checked.years if all(pairs.lack(name, year) for pairs in given)]
        if absent:
            yield checked.at(
                GROUPS,
                row,
                "doelgroep",
                f"Voor doelgroep {name} ontbreekt de behoefte in {listed(absent)}.",
                "Voeg voor elk jaar van de casus een rij toe in behoefte of in instroom, desnoods met 0 jeugdigen.",
            )


def _said_twice(checked: Checked) -> Iterator[Finding]:
    filled = [row for row, _ in checked.cells(DEMAND, "jeugdigen")]
    if filled:
        yield from checked.at_each(
            DEMAND,
            filled,
            "jeugdigen",
            "In een casus met doelgroepen staat hier geen aantal: hun behoefte staat in behoefte en instroom.",
            "Maak de cel leeg; het blad vraag houdt alleen het plafond.",
        )
    diverted = [row for row, _ in checked.cells("uitwijk", "zorgvorm")]
    if diverted:
        yield from checked.at_each(
            "uitwijk",
            diverted,
            "zorgvorm",
            "Uitwijk tussen zorgvormen staat hier naast doelgroepen: geschikt zegt al waar elke doelgroep terechtkan.",
            "Haal deze rij weg, en zet in geschikt een rij met voorkeur 2.",
        )


def _places(checked: Checked) -> Iterator[Finding]:
    """A location that has no places of the zorgvorm of its row."""
    case = checked.case
    if not checked.all_read("plaatsen", case.places):
        return
    for row in case.suitabilities:
        known = row.locatie in case.location and row.zorgvorm in case.care_form
        if known and (row.locatie, row.zorgvorm) not in case.place:
            yield checked.at(
                SUITED,
                row.rij,
                "locatie",
                f"Het blad plaatsen heeft geen rij voor locatie {row.locatie} en zorgvorm {row.zorgvorm}.",
                "Voeg die rij toe aan plaatsen, desnoods met 0 plaatsen, of verbeter de locatie of de zorgvorm.",
            )
