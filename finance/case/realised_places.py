"""The checks of places that were really used: the sheet `realisatie_plaatsen`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from finance.case.checked import Checked, rows_named
from finance.case.sheets import RealisedPlaces
from finance.findings import Finding

BLAD = "realisatie_plaatsen"


def realised_places(checked: Checked) -> Iterator[Finding]:
    """Find places that the case does not have, and a whole year beside its quarters, and rows without one number."""
    groups: dict[tuple[str, str, int], list[RealisedPlaces]] = defaultdict(list)
    whole = checked.all_read("plaatsen", checked.case.places)
    for row in checked.case.realised_places:
        groups[row.locatie, row.zorgvorm, row.jaar].append(row)
        known = row.locatie in checked.case.location and row.zorgvorm in checked.case.care_form
        if whole and known and (row.locatie, row.zorgvorm) not in checked.case.place:
            yield checked.at(
                BLAD,
                row.rij,
                "locatie",
                f"Het blad plaatsen heeft geen rij voor locatie {row.locatie} en zorgvorm {row.zorgvorm}.",
                "Voeg die rij toe aan plaatsen, of verbeter de locatie of de zorgvorm.",
            )
    for row in checked.case.realised_places:
        yield from _one_number(checked, row)
    for (location, form, year), rows in groups.items():
        quarters = [row.rij for row in rows if row.kwartaal is not None]
        for row in rows:
            if row.kwartaal is None and quarters:
                yield checked.at(
                    BLAD,
                    row.rij,
                    "kwartaal",
                    f"{location} {form} {year} staat hier voor het hele jaar, en ook per kwartaal"
                    f" (rij {rows_named(quarters)}).",
                    "Houd een van beide: een rij voor het jaar, of een rij per kwartaal.",
                )


def _one_number(checked: Checked, row: RealisedPlaces) -> Iterator[Finding]:
    if row.jeugdigen is None and row.etmalen is None:
        yield checked.at(
            BLAD,
            row.rij,
            "jeugdigen",
            "Er staan geen jeugdigen en geen etmalen.",
            "Vul een van beide in: leeg is geen nul.",
        )
    elif row.jeugdigen is not None and row.etmalen is not None:
        yield checked.at(
            BLAD,
            row.rij,
            "etmalen",
            "Er staan jeugdigen en ook etmalen.",
            "Houd een van beide: etmalen gedeeld door de dagen zijn al jeugdigen.",
        )
