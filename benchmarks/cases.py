"""Made-up cases of any size, the same for the same arguments: nothing in them is sourced."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from string import ascii_uppercase

import xlsxwriter

from finance.case import Case, RawBook, RawRow, RawSheet, read_case
from finance.case.sheets import SHEETS

FIRST = 2021
Row = dict[str, object]
Rows = dict[str, list[Row]]
"""Rows by sheet."""


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


def tables(size: Size, goals: Sequence[str] = (), seed: int = 1) -> Rows:
    """The sheets of a made-up case as rows.

    Args:
        size: how large it is.
        goals: the goals that count; all of them where none is named.
        seed: another number makes another case.
    """
    rng = random.Random(seed)
    last = FIRST + size.years - 1
    locations = max(1, size.projects // size.per_location)
    providers = [f"P{n + 1}" for n in range(max(2, min(20, locations // 10)))]
    home = {n: rng.choice(providers) for n in range(locations)}
    rows: Rows = {name: [] for name in SHEETS}
    _settings(rows, size, providers, last)
    rows["doelen"] = [{"doel": goal, "volgorde": number} for number, goal in enumerate(goals, start=1)]
    for n in range(locations):
        _location(rows, rng, n, home[n])
    for n in range(size.projects):
        _project(rows, rng, n, n % locations, home[n % locations], size, last)
    closed = sum(int(str(row["plaatsen"])) for row in rows["plaatsen"])
    _demand(rows, closed, last)
    _sources(rows, providers, closed, last)
    return rows


def _settings(rows: Rows, size: Size, providers: Sequence[str], last: int) -> None:
    settings = {
        "naam": f"meetcasus {size.projects}",
        "landsdeel": "nergens",
        "coordinerende_gemeente": "Rotterdam",
        "regelingen": "vastgoedtransitie-2020",
        "eerste_jaar": FIRST,
        "laatste_jaar": last,
        "prijspeil": FIRST,
        "peildatum": date(2024, 1, 1),
        "lezingen": "leegstand-door-transitie",
    }
    rows["case"] = [{"sleutel": key, "waarde": value} for key, value in settings.items()]
    rows["herkomst"] = [{"code": "A", "soort": "aanname", "document": "meetcasus", "vindplaats": "verzonnen"}]
    rows["aanbieders"] = [
        {"aanbieder": name, "naam": name, "gemeente": "Rotterdam", "herkomst": "A"} for name in providers
    ]
    rows["zorgvormen"] = [
        {"zorgvorm": "gesloten", "naam": "Gesloten", "gesloten": "ja", "bezetting_max": 0.9, "herkomst": "A"},
        {"zorgvorm": "klein", "naam": "Kleinschalig", "gesloten": "nee", "aanloop_jaar1": 0.5, "herkomst": "A"},
    ]
    rows["indexen"] = [
        {"index": "bouw", "jaar": year, "percentage": 0.04, "herkomst": "A"} for year in range(FIRST, last + 1)
    ]


def _demand(rows: Rows, closed: int, last: int) -> None:
    """Fewer young people in closed care every year, under a falling ceiling, and more outside it."""
    for year in range(FIRST, last + 1):
        left = closed * (1 - 0.08 * (year - FIRST))
        rows["vraag"] += [
            {"zorgvorm": "gesloten", "jaar": year, "jeugdigen": int(left * 0.8), "plafond": int(left), "herkomst": "A"},
            {"zorgvorm": "klein", "jaar": year, "jeugdigen": int(closed * 0.02 * (year - FIRST)), "herkomst": "A"},
        ]


def _location(rows: Rows, rng: random.Random, n: int, provider: str) -> None:
    name = f"L{n}"
    rows["locaties"].append({"locatie": name, "aanbieder": provider, "naam": name, "gemeente": "X", "herkomst": "A"})
    for form, places in (("gesloten", rng.randint(12, 40)), ("klein", 0)):
        price = rng.randint(120_000, 200_000)
        rows["plaatsen"].append(
            {
                "locatie": name,
                "zorgvorm": form,
                "plaatsen": places,
                "exploitatie_per_plaats": price,
                "leegstand_per_plaats": price // 2,
                "index": "bouw",
                "herkomst": "A",
            }
        )


def _project(rows: Rows, rng: random.Random, n: int, location: int, provider: str, size: Size, last: int) -> None:
    for variant in range(size.variants):
        name = f"M{n}.{variant}"
        start = FIRST + rng.randint(0, 2)
        rows["maatregelen"].append(
            {
                "maatregel": name,
                "project": f"PR{n}",
                "aanbieder": provider,
                "locatie": f"L{location}",
                "soort": "verbouwen",
                "omschrijving": f"variant {variant}",
                "vroegste_start": start,
                "laatste_start": last,
                "door_transitie": "ja",
                "jeugdhulpplus": "ja",
                "waardering": rng.randint(0, 5),
                "vereist": f"PR{n - 1}" if n % 10 == 9 else "",
                "herkomst": "A",
            }
        )
        lag = rng.randint(0, 2)
        places = rng.randint(1, 3)
        for form, change in (("gesloten", -places), ("klein", max(0, places - variant))):
            if change:
                rows["effecten"].append(
                    {
                        "maatregel": name,
                        "locatie": f"L{location}",
                        "zorgvorm": form,
                        "plaatsen": change,
                        "na_jaren": lag,
                    }
                )
        for sort, lag_cost in (("verbouwen", 0), ("opstart", 1), ("frictie_personeel", 1)):
            rows["kosten"].append(
                {
                    "maatregel": name,
                    "kostensoort": sort,
                    "na_jaren": lag_cost,
                    "bedrag": rng.randint(50_000, 900_000),
                    "index": "bouw",
                    "herkomst": "A",
                }
            )


def _sources(rows: Rows, providers: list[str], closed: int, last: int) -> None:
    pots = (("SPUK", "spuk", 10_000_000), ("EIGEN", "eigen", 5_000_000))
    for name, sort, amount in pots:
        rows["dekking"].append(
            {
                "bron": name,
                "soort": sort,
                "bedrag": amount,
                "besteedbaar_van": FIRST,
                "besteedbaar_tot": last,
                "regeling": "vastgoedtransitie-2020" if sort == "spuk" else "",
                "herkomst": "A",
            }
        )
    rows["dekking"].append(
        {
            "bron": "LUMPSUM",
            "soort": "lumpsum",
            "besteedbaar_van": FIRST,
            "besteedbaar_tot": last,
            "overdraagbaar": "ja",
            "herkomst": "A",
        }
    )
    rows["dekking"].append(
        {
            "bron": "PXQ",
            "soort": "pxq",
            "aanbieder": providers[0],
            "besteedbaar_van": FIRST,
            "besteedbaar_tot": last,
            "herkomst": "A",
        }
    )
    for year in range(FIRST, last + 1):
        rows["financiering"] += [
            {
                "bron": "LUMPSUM",
                "jaar": year,
                "niveau": round(closed * 0.9, 1),
                "prijs": 150_000,
                "bandbreedte": 0.05,
                "herkomst": "A",
            },
            {"bron": "PXQ", "jaar": year, "zorgvorm": "klein", "niveau": 50, "prijs": 180_000, "herkomst": "A"},
        ]


def case_of(rows: Rows) -> Case:
    """The case that the tables make.

    Raises:
        ValueError: it has findings; a fault of this module.
    """
    case, findings = read_case(raw_book(rows))
    if case is None or findings:
        raise ValueError(f"the made-up case has findings: {findings[:3]}")
    return case


def raw_book(rows: Rows) -> RawBook:
    """The tables as the reader would give them."""
    sheets = {}
    for name, spec in SHEETS.items():
        letters = {column.naam: ascii_uppercase[at] for at, column in enumerate(spec.columns)}
        numbered = enumerate(rows[name], start=2)
        sheets[name] = RawSheet(name, letters, tuple(RawRow(at, _cells(row)) for at, row in numbered))
    return RawBook(sheets)


def _cells(row: Row) -> Row:
    return {name: _read(value) for name, value in row.items() if value != ""}


def _read(value: object) -> object:
    return Decimal(format(value, ".15g")) if isinstance(value, (int, float)) else value


def write_case(rows: Rows, path: Path) -> None:
    """Write the tables as an input workbook."""
    with xlsxwriter.Workbook(path) as workbook:
        day = workbook.add_format({"num_format": "d-m-yyyy"})
        for name, spec in SHEETS.items():
            if not rows[name]:
                continue
            sheet = workbook.add_worksheet(name)
            columns = [column.naam for column in spec.columns]
            sheet.write_row(0, 0, columns)
            for at, row in enumerate(rows[name], start=1):
                for column, value in row.items():
                    look = day if isinstance(value, date) else None
                    sheet.write(at, columns.index(column), value, look)
