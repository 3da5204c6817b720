"""The rich case with what regions say besides: choices that are made already, and what is short."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from finance.case import Case, build_case
from tests.casebook import Tables, raw_book
from tests.finance.books.budget import variants

STARTS: Mapping[str, int] = {"M5": 2022, "M1": 2022, "M4": 2023, "M6": 2023}
"""A plan of it."""


def regional() -> Case:
    """The case."""
    return build_case(raw_book(regional_tables()))


def priced() -> Case:
    """The case with prices of places from tariffs, and what is said of months."""
    return build_case(raw_book(priced_tables()))


def priced_tables() -> Tables:
    """Its tables: the tariff of closed places is of a later year, and PxQ pays by tariff from one month on."""
    tables = variants.coupled_tables()
    _months(tables)
    for row in tables["tarief"]:
        if row["groepsgrootte"] == 8:
            row["jaar"] = 2023
    source = dict.fromkeys(tables["dekking"][0])
    tables["dekking"].append(
        source | {"bron": "PXQ", "soort": "pxq", "besteedbaar_van": 2022, "besteedbaar_tot": 2024, "herkomst": "A1"}
    )
    tables["financiering"] = [{**row, "tarief": None} for row in tables["financiering"]]
    empty = dict.fromkeys(tables["financiering"][0]) | {"bron": "PXQ", "herkomst": "A1"}
    for year in (2022, 2023, 2024):
        tables["financiering"] += [
            empty | {"jaar": year, "zorgvorm": "gesloten", "tarief": "T1*", "niveau": 8},
            empty | {"jaar": year, "tarief": "<6", "niveau": 3, "prijs": 250_000 if year == 2023 else None},
        ]
    return tables


def replanned() -> Case:
    """The case two years on, and what is said of months."""
    tables = variants.history_tables()
    _months(tables)
    _prices_by_month(tables)
    return build_case(raw_book(tables))


def grouped() -> Case:
    """The case with doelgroepen."""
    return build_case(raw_book(grouped_tables()))


def grouped_tables() -> Tables:
    """Its tables, where the young people are told by doelgroep and not by zorgvorm."""
    tables = regional_tables()
    with_groups(tables)
    return tables


def with_groups(tables: Tables) -> None:
    """Doelgroepen of which places suit two, one only near by, one nobody; inflow and need, in parts or whole."""
    tables["doelgroepen"] = [
        {"doelgroep": name, "naam": told, "herkomst": "A1"}
        for name, told in (("MET", "met machtiging"), ("ZONDER", "zonder"), ("THUIS", "thuis"), ("NERGENS", "AMV"))
    ]
    tables["geschikt"] = [
        {"doelgroep": who, "zorgvorm": form, "locatie": location, "voorkeur": rank}
        for who, form, location, rank in (
            ("MET", "gesloten", None, 1),
            ("MET", "kleinschalig", "L2", 1),
            ("ZONDER", "kleinschalig", "L3", 1),
            ("ZONDER", "kleinschalig", None, 2),
            ("ZONDER", "gesloten", None, 3),
            ("THUIS", "ambulant", None, 1),
        )
    ]
    needs = (
        ("ZONDER", (2022, 2023, 2024), 5, "regio"),
        ("ZONDER", (2022, 2023, 2024), Decimal("1.5"), "elders"),
        ("THUIS", (2022, 2024), 11, None),
        ("NERGENS", (2022, 2023, 2024), Decimal("0.5"), None),
        ("MET", (2023,), 2, None),
    )
    tables["behoefte"] = [
        {"doelgroep": who, "jaar": year, "jeugdigen": number, "groep": group, "herkomst": "A1"}
        for who, years, number, group in needs
        for year in years
    ]
    entering = (("MET", 2022, 40, 7), ("MET", 2023, 25, Decimal("7.5")), ("MET", 2024, 17, 7), ("THUIS", 2023, 31, 5))
    tables["instroom"] = [
        {"doelgroep": who, "jaar": year, "instroom": number, "doorlooptijd_maanden": stay, "herkomst": "B1"}
        for who, year, number, stay in entering
    ]
    # The plan for real estate compares by zorgvorm, and of doelgroepen there is no need by zorgvorm.
    tables["case"] = [row for row in tables["case"] if row["sleutel"] != "vastgoedplan"]
    tables["uitwijk"] = []
    tables["vraag"] = [row | {"jeugdigen": None} for row in tables["vraag"] if row["plafond"] is not None]
    beside = (("MET", 2022, 2, 9, None), ("ZONDER", 2023, None, 6, None), ("THUIS", 2024, 3, None, 900))
    tables["realisatie_plaatsen"] += [
        {"doelgroep": who, "jaar": year, "kwartaal": quarter, "jeugdigen": number, "etmalen": days, "herkomst": "B1"}
        for who, year, quarter, number, days in beside
    ]


def regional_tables() -> Tables:
    """Its tables."""
    tables = variants.rich_tables()
    _choices(tables)
    _hybrid(tables)
    _months(tables)
    _prices_by_month(tables)
    _realised(tables)
    _resources(tables)
    _bounds(tables)
    _regions(tables)
    tables["case"].append({"sleutel": "vastgoedplan", "waarde": "ja"})
    return tables


def _regions(tables: Tables) -> None:
    """Regions of three sizes with keys that divide no amount, two alike, and one that bears nothing."""
    keys = {"NOORD": 5, "ZUID": 5, "LEEG": 0, "WEST": 4, "OOST": 3}
    tables["regios"] = [
        {"regio": name, "naam": f"Jeugdregio {name}", "sleutel": key, "herkomst": "A1"} for name, key in keys.items()
    ]


def _choices(tables: Tables) -> None:
    """The wing is given up for sure, the Brink is not disposed of; an empty cell leaves the others free."""
    chosen = {"M1": "moet", "M3": "niet", "M4": "mag"}
    for row in tables["maatregelen"]:
        row["keuze"] = chosen.get(str(row["maatregel"]))


def _hybrid(tables: Tables) -> None:
    """A place in a small group is for young people with and without an authorisation."""
    tables["zorgvormen"][1]["gesloten"] = "hybride"


def _months(tables: Tables) -> None:
    """Some effects come later in their year; the places of M6 are not new to the young people."""
    months = {"M4": 10, "M6": 3}
    for row in tables["effecten"]:
        row["maand"] = months.get(str(row["maatregel"]))
        row["aanloop"] = "nee" if row["maatregel"] == "M6" else None
    tables["effecten"][4]["maand"] = 4


def _prices_by_month(tables: Tables) -> None:
    """The lump sum of 2023 changes in July; PxQ of 2024 begins in March and changes in October."""
    for row in list(tables["financiering"]):
        changes = {("LUMP", 2023): ((None, 1), (7, Decimal("1.02"))), ("PXQ", 2024): ((3, 1), (10, Decimal("0.9")))}
        for month, factor in changes.get((str(row["bron"]), int(str(row["jaar"]))), ()):
            changed = row | {"maand": month, "prijs": round(Decimal(str(row["prijs"])) * factor, 2)}
            if factor == 1:
                row["maand"] = month
            else:
                tables["financiering"].append(changed | {"niveau": Decimal(str(row["niveau"])) + 1})


def _realised(tables: Tables) -> None:
    """What was really used: a whole year, and two quarters of a leap year, one in etmalen."""
    used = (
        ("L1", "gesloten", 2022, None, Decimal("17.25"), None),
        ("L3", "ambulant", 2024, 1, None, 1000),
        ("L3", "ambulant", 2024, 2, 9, None),
    )
    tables["realisatie_plaatsen"] = [
        {
            "locatie": place,
            "zorgvorm": form,
            "jaar": year,
            "kwartaal": quarter,
            "jeugdigen": number,
            "etmalen": days,
            "herkomst": "B1",
        }
        for place, form, year, quarter, number, days in used
    ]


def _resources(tables: Tables) -> None:
    """Builders are short: M4 needs all of them, and the team of M6 lends one in its second year."""
    there = ((2022, 2), (2023, Decimal("1.5")), (2024, Decimal("0.5")))
    tables["hulpbronnen"] = [
        {"hulpbron": "BOUWERS", "jaar": year, "beschikbaar": number, "herkomst": "A1"} for year, number in there
    ]
    claims = (("M1", 0, 1), ("M4", 0, Decimal("1.5")), ("M4", 1, Decimal("1.1")), ("M6", 1, Decimal("-0.6")))
    tables["beslag"] = [
        {"maatregel": name, "hulpbron": "BOUWERS", "na_jaren": lag, "hoeveelheid": number}
        for name, lag, number in claims
    ]


def _bounds(tables: Tables) -> None:
    """What Delft must keep and may have, and what one provider may have of two zorgvormen together."""
    tables["plaatsgrenzen"] = [
        {
            "grens": name,
            "zorgvormen": forms,
            "aanbieder": provider,
            "locatie": location,
            "gemeente": town,
            "jaar": year,
            "ondergrens": low,
            "bovengrens": high,
            "herkomst": "A1",
        }
        for name, forms, provider, location, town, years, low, high in (
            ("DELFT", "kleinschalig", None, None, "Delft", (2022, 2023, 2024), Decimal("4.5"), 6),
            ("LINDE", "gesloten, kleinschalig", "DELINDE", None, None, (2023, 2024), None, Decimal("20.5")),
            ("L3", "ambulant, kleinschalig", None, "L3", None, (2024,), 19, None),
        )
        for year in years
    ]
