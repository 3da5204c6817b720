"""The checks of places that were really used: the sheet `realisatie_plaatsen`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from finance.case.checked import Checked, rows_named
from finance.case.sheets import RealisedPlaces
from finance.findings import Finding

BLAD = "realisatie_plaatsen"


def realised_places(checked: Checked) -> Iterator[Finding]:
    """Find places that the case does not have, and a whole year beside its months."""
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
    for (location, form, year), rows in groups.items():
        months = [row.rij for row in rows if row.maand is not None]
        for row in rows:
            if row.maand is None and months:
                yield checked.at(
                    BLAD,
                    row.rij,
                    "maand",
                    f"{location} {form} {year} staat hier voor het hele jaar, en ook per maand"
                    f" (rij {rows_named(months)}).",
                    "Houd een van beide: een rij voor het jaar, of een rij per maand.",
                )
