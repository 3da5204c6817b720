"""The checks of what really happened with places and young people: the sheet `realisatie_plaatsen`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from finance.case.checked import Checked, rows_named
from finance.case.sheets import RealisedPlaces
from finance.findings import Finding

BLAD = "realisatie_plaatsen"


def realised_places(checked: Checked) -> Iterator[Finding]:
    """Find rows about nothing or about two things, a whole year beside its quarters, and rows without one number."""
    groups: dict[tuple[str, str, str, int], list[RealisedPlaces]] = defaultdict(list)
    for row in checked.case.realised_places:
        groups[row.doelgroep, row.locatie, row.zorgvorm, row.jaar].append(row)
        yield from _about(checked, row)
        yield from _one_number(checked, row)
    for (*about, year), rows in groups.items():
        name = " ".join(filter(None, map(str, about)))
        quarters = [row.rij for row in rows if row.kwartaal is not None]
        for row in rows:
            if row.kwartaal is None and quarters:
                yield checked.at(
                    BLAD,
                    row.rij,
                    "kwartaal",
                    f"{name} {year} staat hier voor het hele jaar, en ook per kwartaal (rij {rows_named(quarters)}).",
                    "Houd een van beide: een rij voor het jaar, of een rij per kwartaal.",
                )


def _about(checked: Checked, row: RealisedPlaces) -> Iterator[Finding]:
    places = [name for name in ("locatie", "zorgvorm") if getattr(row, name)]
    if row.doelgroep and places:
        yield checked.at(
            BLAD,
            row.rij,
            places[0],
            "De rij noemt een doelgroep en ook een locatie of zorgvorm.",
            "Houd een van beide: een doelgroep, of een locatie met een zorgvorm.",
        )
    elif row.doelgroep and "doelgroepen" not in checked.book.bladen:
        yield checked.at(
            BLAD,
            row.rij,
            "doelgroep",
            f"De casus heeft geen blad doelgroepen, en deze rij gaat over doelgroep {row.doelgroep}.",
            "Voeg dat blad toe, of noem hier een locatie met een zorgvorm.",
        )
    elif not row.doelgroep and len(places) < len(("locatie", "zorgvorm")):
        yield checked.at(
            BLAD,
            row.rij,
            "locatie",
            "De rij zegt niet waarover zij gaat.",
            "Vul een doelgroep in, of een locatie met een zorgvorm.",
        )
    elif places:
        yield from _known_places(checked, row)


def _known_places(checked: Checked, row: RealisedPlaces) -> Iterator[Finding]:
    case = checked.case
    known = row.locatie in case.location and row.zorgvorm in case.care_form
    if checked.all_read("plaatsen", case.places) and known and (row.locatie, row.zorgvorm) not in case.place:
        yield checked.at(
            BLAD,
            row.rij,
            "locatie",
            f"Het blad plaatsen heeft geen rij voor locatie {row.locatie} en zorgvorm {row.zorgvorm}.",
            "Voeg die rij toe aan plaatsen, of verbeter de locatie of de zorgvorm.",
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
            "Houd een van beide, of zet ze in twee rijen als het over twee jaren of kwartalen gaat.",
        )
