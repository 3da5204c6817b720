"""Made-up cases of any size, the same for the same arguments: nothing in them is sourced."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from finance.case import RawBook, RawRow, RawSheet
from finance.case.sheets import SHEETS

FIRST = 2021
ROWS = dict[str, list[dict[str, object]]]


@dataclass(frozen=True)
class Size:
    """How large a case is.

    Attributes:
        projects: number of projects.
        variants: measures per project.
        years: years of the case.
        per_location: projects that share a location.
    """

    projects: int
    variants: int = 4
    years: int = 8
    per_location: int = 4


def tables(size: Size, seed: int = 1) -> ROWS:
    """The sheets of a made-up case as rows."""
    rng = random.Random(seed)
    last = FIRST + size.years - 1
    locations = max(1, size.projects // size.per_location)
    providers = [f"P{n + 1}" for n in range(max(2, min(20, locations // 10)))]
    home = {n: rng.choice(providers) for n in range(locations)}
    rows: ROWS = {name: [] for name in SHEETS}
    rows["case"] = [
        {"sleutel": key, "waarde": value}
        for key, value in {
            "naam": f"meetcasus {size.projects}", "landsdeel": "nergens", "coordinerende_gemeente": "Rotterdam",
            "regelingen": "vastgoedtransitie-2020", "eerste_jaar": FIRST, "laatste_jaar": last,
            "prijspeil": FIRST, "peildatum": "2024-01-01", "lezingen": "leegstand-door-transitie",
        }.items()
    ]  # fmt: skip
    rows["herkomst"] = [{"code": "A", "soort": "aanname", "document": "meetcasus", "vindplaats": "verzonnen"}]
    rows["aanbieders"] = [
        {"aanbieder": p, "naam": p, "gemeente": "Rotterdam", "herkomst": "A"} for p in providers
    ]
    rows["zorgvormen"] = [
        {"zorgvorm": "gesloten", "naam": "Gesloten", "gesloten": "ja", "bezetting_max": 0.9, "herkomst": "A"},
        {
            "zorgvorm": "klein",
            "naam": "Kleinschalig",
            "gesloten": "nee",
            "aanloop_jaar1": 0.5,
            "herkomst": "A",
        },
    ]
    rows["indexen"] = [
        {"index": "bouw", "jaar": year, "percentage": 0.04, "herkomst": "A"}
        for year in range(FIRST, last + 1)
    ]
    for n in range(locations):
        _location(rows, rng, n, home[n])
    for n in range(size.projects):
        _project(rows, rng, n, n % locations, home[n % locations], size, last)
    closed = sum(int(str(row["plaatsen"])) for row in rows["plaatsen"])
    for year in range(FIRST, last + 1):
        left = closed * (1 - 0.08 * (year - FIRST))
        rows["vraag"] += [
            {
                "zorgvorm": "gesloten",
                "jaar": year,
                "jeugdigen": int(left * 0.8),
                "plafond": int(left),
                "herkomst": "A",
            },
            {
                "zorgvorm": "klein",
                "jaar": year,
                "jeugdigen": int(closed * 0.02 * (year - FIRST)),
                "herkomst": "A",
            },
        ]
    _sources(rows, providers, closed, last)
    return rows


def _location(rows: ROWS, rng: random.Random, n: int, provider: str) -> None:
    name = f"L{n}"
    rows["locaties"].append(
        {"locatie": name, "aanbieder": provider, "naam": name, "gemeente": "X", "herkomst": "A"}
    )
    for form, places in (("gesloten", rng.randint(12, 40)), ("klein", 0)):
        price = rng.randint(120_000, 200_000)
        rows["plaatsen"].append(
            {"locatie": name, "zorgvorm": form, "plaatsen": places, "exploitatie_per_plaats": price,
             "leegstand_per_plaats": price // 2, "index": "bouw", "herkomst": "A"}
        )  # fmt: skip


def _project(
    rows: ROWS, rng: random.Random, n: int, location: int, provider: str, size: Size, last: int
) -> None:
    for variant in range(size.variants):
        name = f"M{n}.{variant}"
        start = FIRST + rng.randint(0, 2)
        rows["maatregelen"].append(
            {"maatregel": name, "project": f"PR{n}", "aanbieder": provider, "locatie": f"L{location}",
             "soort": "verbouwen", "omschrijving": f"variant {variant}", "vroegste_start": start,
             "laatste_start": last, "door_transitie": "ja", "jeugdhulpplus": "ja",
             "waardering": rng.randint(0, 5), "vereist": f"PR{n - 1}" if n % 10 == 9 else "", "herkomst": "A"}
        )  # fmt: skip
        lag = rng.randint(0, 2)
        places = rng.randint(1, 3)
        for form, change in (("gesloten", -places), ("klein", max(0, places - variant))):
            if change:
                rows["effecten"].append(
                    {"maatregel": name, "locatie": f"L{location}", "zorgvorm": form, "plaatsen": change,
                     "na_jaren": lag}
                )  # fmt: skip
        for sort, lag_cost in (("verbouwen", 0), ("opstart", 1), ("frictie_personeel", 1)):
            rows["kosten"].append(
                {"maatregel": name, "kostensoort": sort, "na_jaren": lag_cost,
                 "bedrag": rng.randint(50_000, 900_000), "index": "bouw", "herkomst": "A"}
            )  # fmt: skip


def _sources(rows: ROWS, providers: list[str], closed: int, last: int) -> None:
    pots = (("SPUK", "spuk", 10_000_000), ("EIGEN", "eigen", 5_000_000))
    for name, sort, amount in pots:
        rows["dekking"].append(
            {"bron": name, "soort": sort, "bedrag": amount, "besteedbaar_van": FIRST, "besteedbaar_tot": last,
             "regeling": "vastgoedtransitie-2020" if sort == "spuk" else "", "herkomst": "A"}
        )  # fmt: skip
    rows["dekking"].append(
        {"bron": "LUMPSUM", "soort": "lumpsum", "besteedbaar_van": FIRST, "besteedbaar_tot": last,
         "overdraagbaar": "ja", "herkomst": "A"}
    )  # fmt: skip
    rows["dekking"].append(
        {"bron": "PXQ", "soort": "pxq", "aanbieder": providers[0], "besteedbaar_van": FIRST,
         "besteedbaar_tot": last, "herkomst": "A"}
    )  # fmt: skip
    for year in range(FIRST, last + 1):
        rows["financiering"] += [
            {
                "bron": "LUMPSUM",
                "jaar": year,
                "niveau": closed * 0.9,
                "prijs": 150_000,
                "bandbreedte": 0.05,
                "herkomst": "A",
            },
            {
                "bron": "PXQ",
                "jaar": year,
                "zorgvorm": "klein",
                "niveau": 50,
                "prijs": 180_000,
                "herkomst": "A",
            },
        ]


def raw_book(rows: ROWS) -> RawBook:
    """The tables as the reader would give them."""
    sheets = {}
    for name, spec in SHEETS.items():
        columns = [column.naam for column in spec.columns]
        letters = {column: chr(ord("A") + at) for at, column in enumerate(columns)}
        sheets[name] = RawSheet(
            name, letters, tuple(RawRow(at, _cells(row)) for at, row in enumerate(rows[name], start=2))
        )
    return RawBook(sheets)


def _cells(row: dict[str, object]) -> dict[str, object]:
    cells: dict[str, object] = {}
    for name, value in row.items():
        if value == "":
            continue
        if isinstance(value, (int, float)):
            cells[name] = Decimal(format(value, ".15g"))
        elif value == "2024-01-01":
            cells[name] = date(2024, 1, 1)
        else:
            cells[name] = value
    return cells
