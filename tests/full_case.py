"""A region that says all that a case can say: a row or more of every sheet, a value in every column.

Two providers with six locations, three zorgvormen, three doelgroepen, 25 measures, the years 2024 to 2031 of
which 2024 is closed, and scenarios of every kind. `uitwijk` alone is left out: it does not go with doelgroepen.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from finance.case import Case, build_case
from finance.case.sheets import SHEETS
from tests.casebook import Tables, raw_book
from tests.full_money import NEW, OLD, YEARS, money, past, rows, what_if

MEASURES: Final = (
    # measure, project, provider, location, sort, years of start, places by zorgvorm, costs by kostensoort
    ("RH-DICHT", "RH", "IHUB", "RH", "afstoten", (2024, 2024), {"gesloten": -36}, {"afstoten": 610_000}),
    ("RH-DEEL", "RH", "IHUB", "RH", "verbouwen", (2024, 2026), {"gesloten": -30, "klein": 6}, {"verbouwen": 900_000}),
    (
        "BB-HEEL",
        "BB",
        "IHUB",
        "BB",
        "verbouwen",
        (2025, 2028),
        {"gesloten": -24, "klein": 12},
        {"verbouwen": 2_100_000},
    ),
    ("BB-HALF", "BB", "IHUB", "BB", "verbouwen", (2025, 2027), {"gesloten": -12, "klein": 6}, {"verbouwen": 1_200_000}),
    (
        "BB-NIEUW",
        "BB",
        "IHUB",
        "BB",
        "vervangen",
        (2025, 2026),
        {"gesloten": -30, "klein": 18},
        {"vervangende_nieuwbouw": 4_400_000},
    ),
    ("AH-DICHT", "AH", "IHUB", "AH", "afstoten", (2026, 2029), {"gesloten": -20}, {"afstoten": 450_000}),
    (
        "AH-KLEIN",
        "AH",
        "IHUB",
        "AH",
        "verbouwen",
        (2025, 2027),
        {"gesloten": -16, "klein": 12},
        {"verbouwen": 1_750_000},
    ),
    ("SB-DICHT", "SB", "JF", "SB", "afstoten", (2027, 2029), {"gesloten": -40}, {"afstoten": 1_500_000}),
    ("SB-DEEL", "SB", "JF", "SB", "afstoten", (2026, 2028), {"gesloten": -24}, {"afstoten": 700_000}),
    ("SB-GEZIN", "SB", "JF", "SB", "verbouwen", (2025, 2027), {"gesloten": -24, "gezin": 8}, {"verbouwen": 1_600_000}),
    ("DH-GEZIN", "DH", "JF", "DH", "alternatief", (2025, 2028), {"gezin": 6}, {"opstart": 120_000}),
    ("DH-KLEIN", "DH", "JF", "DH", "vervangen", (2025, 2027), {"klein": 6}, {"vervangende_nieuwbouw": 1_300_000}),
    ("KW-GEZIN", "KW", "JF", "KW", "alternatief", (2025, 2029), {"gezin": 4}, {"opstart": 90_000}),
    ("KW-KLEIN", "KW", "JF", "KW", "verbouwen", (2026, 2028), {"gezin": -4, "klein": 6}, {"verbouwen": 650_000}),
    ("IH-PLAN", "IH-PLAN", "IHUB", None, "plan", (2024, 2024), {}, {"vastgoedplan": 60_000}),
    ("JF-PLAN", "JF-PLAN", "JF", None, "plan", (2025, 2025), {}, {"vastgoedplan": 55_000}),
    ("LEIDING", "LEIDING", "IHUB", None, "ondersteuning", (2025, 2025), {}, {"projectleiding": 180_000}),
    ("BOVEN", "BOVEN", "JF", None, "plan", (2025, 2026), {}, {"bovenregionaal_plan": 70_000}),
    ("OPLEIDEN", "OPLEIDEN", "IHUB", None, "ondersteuning", (2025, 2027), {}, {"frictie_opleiding": 95_000}),
    ("PROCES", "PROCES", "JF", None, "ondersteuning", (2025, 2027), {}, {"frictie_processen": 45_000}),
    ("PILOT", "PILOT", "JF", "KW", "alternatief", (2025, 2026), {}, {"frictie_pilot": 180_000}),
    ("PLANNEN", "PLANNEN", "IHUB", None, "ondersteuning", (2025, 2026), {}, {"frictie_planvorming": 40_000}),
    ("TIJDELIJK", "TIJDELIJK", "IHUB", "AH", "ondersteuning", (2025, 2027), {}, {"tijdelijke_huisvesting": 240_000}),
    ("HUUR", "HUUR", "JF", "DH", "overig", (2025, 2027), {}, {"huisvesting_regulier": 85_000}),
    ("SYSTEEM", "SYSTEEM", "JF", None, "overig", (2025, 2028), {}, {"overig": 30_000}),
)
POINTS: Final = {
    "BB-HEEL": 6,
    "BB-NIEUW": 7,
    "BB-HALF": 3,
    "AH-KLEIN": 5,
    "SB-GEZIN": 4,
    "DH-GEZIN": Decimal("2.5"),
} | dict.fromkeys(("KW-GEZIN", "PILOT", "OPLEIDEN", "PROCES", "PLANNEN", "BOVEN", "SYSTEEM", "HUUR"), 1)
STARTS: Final[Mapping[str, int]] = {
    "RH-DICHT": 2024,
    "IH-PLAN": 2024,
    "BB-HEEL": 2025,
    "AH-KLEIN": 2026,
    "SB-GEZIN": 2026,
    "DH-GEZIN": 2025,
    "KW-GEZIN": 2026,
    "JF-PLAN": 2025,
    "LEIDING": 2025,
    "PILOT": 2025,
    "TIJDELIJK": 2025,
    "OPLEIDEN": 2026,
}
"""A plan of it."""


def full_case() -> Case:
    """Build the case."""
    return build_case(raw_book(full_tables()))


def full_tables() -> Tables:
    """Its tables, fresh, so that a test may change them."""
    tables = {**_subject(), **_care(), **_measures(), **money(), **past(), **what_if()}
    return {sheet: tables[sheet] for sheet in SHEETS if sheet in tables}


def _subject() -> Tables:
    settings = {
        "naam": "Alles tegelijk",
        "landsdeel": "Zuid-Holland",
        "coordinerende_gemeente": "Rotterdam",
        "regelingen": f"{OLD}, {NEW}",
        "peildatum": date(2026, 12, 1),
        "eerste_jaar": YEARS[0],
        "laatste_jaar": YEARS[-1],
        "prijspeil": YEARS[0],
        "discontovoet": Decimal("0.0225"),
        "lezingen": "leegstand-door-transitie, tijdelijke-huisvesting, verlenging-2026",
        "afgesloten_tot": 2024,
    }
    return {
        "case": [
            {"sleutel": key, "waarde": value, "herkomst": "B1", "toelichting": "keuze"}
            for key, value in settings.items()
        ],
        "herkomst": rows(
            "code soort document vindplaats toelichting",
            ("B1", "bron", "Strategisch ontwikkelplan", "hoofdstuk 4", None),
            ("A1", "aanname", "Werksessie", "verslag", "nog te bevestigen"),
        ),
        "aanbieders": rows(
            "aanbieder naam gemeente liquide_middelen rente",
            ("IHUB", "iHUB", "Rotterdam", 900_000, Decimal("0.03")),
            ("JF", "Jeugdformaat", "Rijswijk", 2_500_000, None),
            herkomst="B1",
        ),
        "locaties": rows(
            "locatie aanbieder naam gemeente boekwaarde naam_bijlage2",
            ("RH", "IHUB", "Rijnhove", "Alphen aan den Rijn", 1_250_000, "Horizon Rijnhove, Alphen a/d Rijn"),
            ("BB", "IHUB", "Bergse Bos", "Rotterdam", None, "Bergse Bos"),
            ("AH", "IHUB", "Harreveld", "Oost Gelre", Decimal("880000.50"), "'t Anker Harreveld"),
            ("SB", "JF", "Schakenbosch", "Leidschendam-Voorburg", None, "Schakenbosch"),
            ("DH", "JF", "De Hof", "Delft", None, None),
            ("KW", "JF", "Kwintsheul", "Westland", None, None),
            herkomst="B1",
        ),
        "zorgvormen": rows(
            "zorgvorm naam gesloten groepsgrootte bezetting_max aanloop_jaar1",
            ("gesloten", "Gesloten jeugdhulp", "ja", 8, Decimal("0.95"), None),
            ("klein", "Kleinschalig", "hybride", 6, None, Decimal("0.5")),
            ("gezin", "Gezinshuis", "nee", None, None, None),
            herkomst="B1",
        ),
        "regios": rows(
            "regio naam sleutel",
            ("RIJN", "Rijnmond", 5),
            ("HAAG", "Haaglanden", 3),
            ("HOLL", "Holland", 2),
            herkomst="A1",
        ),
    }


def _care() -> Tables:
    inflow = (118, 104, 92, 80, 70, 62, 56, 50)
    return {
        "plaatsen": rows(
            "locatie zorgvorm plaatsen exploitatie_per_plaats leegstand_per_plaats index tarief huisvesting_per_plaats",
            ("RH", "gesloten", 36, 168_000, 70_000, "ova", None, 16_000),
            ("RH", "klein", 0, None, None, "ova", "K6", None),
            ("BB", "gesloten", 30, 165_000, 68_000, "ova", None, None),
            ("BB", "klein", 0, None, None, "ova", "K6", None),
            ("AH", "gesloten", 20, 171_000, 72_000, "ova", None, Decimal("15500.50")),
            ("AH", "klein", 0, None, None, "ova", "K6", None),
            ("SB", "gesloten", 40, 162_000, 66_000, "ova", None, 14_000),
            ("SB", "gezin", 0, 98_000, 21_000, "ova", None, None),
            ("DH", "klein", 12, None, None, "ova", "K6", None),
            ("DH", "gezin", 4, 97_000, 20_000, "ova", None, None),
            ("KW", "gezin", 8, Decimal("96500.50"), 20_000, None, None, None),
            ("KW", "klein", 0, None, None, "ova", "K6", None),
            herkomst="A1",
        ),
        "vraag": [
            {"zorgvorm": "gesloten", "jaar": year, "jeugdigen": None, "plafond": ceiling, "herkomst": "B1"}
            for year, ceiling in zip(YEARS, (126, 110, 96, 80, 66, 56, 50, 44), strict=True)
        ],
        "doelgroepen": rows(
            "doelgroep naam",
            ("MET", "met machtiging"),
            ("ZONDER", "zonder machtiging"),
            ("GEZIN", "gezinsvorm"),
            herkomst="B1",
        ),
        "geschikt": rows(
            "doelgroep zorgvorm locatie voorkeur",
            ("MET", "gesloten", None, 1),
            ("MET", "klein", None, 1),
            ("ZONDER", "klein", None, 1),
            ("ZONDER", "gezin", "KW", 2),
            ("GEZIN", "gezin", None, 1),
            ("GEZIN", "klein", "DH", 3),
        ),
        "behoefte": [
            row
            for at, year in enumerate(YEARS)
            for row in rows(
                "doelgroep jaar jeugdigen groep",
                ("ZONDER", year, 7 + at, "regio"),
                ("ZONDER", year, Decimal("2.5"), "elders"),
                ("GEZIN", year, 9 + at, None),
                herkomst="B1",
            )
        ],
        "instroom": rows(
            "doelgroep jaar instroom doorlooptijd_maanden groep",
            *(
                ("MET", year, number, 10 - at // 3, "regio")
                for at, (year, number) in enumerate(zip(YEARS, inflow, strict=True))
            ),
            *(("MET", year, 5, Decimal("5.5"), "AMV") for year in YEARS[2:]),
            herkomst="A1",
        ),
        "plaatsgrenzen": rows(
            "grens zorgvormen aanbieder locatie gemeente jaar ondergrens bovengrens",
            *(("DELFT", "klein, gezin", None, None, "Delft", year, 14, 26) for year in YEARS),
            *(("JF", "gesloten, klein", "JF", None, None, year, None, Decimal("40.5")) for year in YEARS[4:]),
            *(("AH", "gesloten, klein", None, "AH", None, year, 10, None) for year in YEARS[5:]),
            herkomst="A1",
        ),
    }


def _measures() -> Tables:
    friction = {"BB-HEEL": "frictie_dubbel_aanbod", "SB-DICHT": "frictie_personeel", "RH-DICHT": "frictie_personeel"}
    kept = {"RH-DICHT": "leegstand_gebouw", "SB-GEZIN": "leegstand_gebouw"}
    costs = [
        (name, sort, 0, amount, "bouw" if amount > 300_000 else None, None)
        for name, *_, paid in MEASURES
        for sort, amount in paid.items()
    ]
    costs += [(name, sort, 1, Decimal("150000.25"), "ova", None) for name, sort in friction.items()]
    costs += [(name, sort, 1, 60_000, None, None) for name, sort in kept.items()]
    costs += [
        ("BB-NIEUW", "vervangende_nieuwbouw", 1, 300_000, "bouw", "ja"),
        ("BB-NIEUW", "vervangende_nieuwbouw", 1, 100_000, "bouw", "nee"),
        ("DH-KLEIN", "vervangende_nieuwbouw", 1, 200_000, "bouw", "ja"),
    ]
    must = {"JF-PLAN": "ja", "IH-PLAN": "ja"}
    choice = {"LEIDING": "moet", "SB-DEEL": "niet", "BOVEN": "mag"}
    months = {"BB-HEEL": 7, "DH-GEZIN": 4, "AH-KLEIN": 10}
    return {
        "maatregelen": [
            {
                "maatregel": name,
                "project": project,
                "aanbieder": provider,
                "locatie": place,
                "soort": sort,
                "omschrijving": f"{name} uitvoeren",
                "vroegste_start": first,
                "laatste_start": last,
                "verplicht": must.get(name),
                "keuze": choice.get(name),
                "vereist": {"KW": "JF-PLAN", "OPLEIDEN": "LEIDING"}.get(project),
                "wacht_op": "BB" if name == "AH-DICHT" else None,
                "door_transitie": "ja",
                "jeugdhulpplus": "nee" if place in ("DH", "KW") else "ja",
                "waardering": POINTS.get(name),
                "herkomst": "A1",
            }
            for name, project, provider, place, sort, (first, last), _, _ in MEASURES
        ],
        "effecten": [
            {
                "maatregel": name,
                "locatie": place,
                "zorgvorm": form,
                "plaatsen": change,
                "na_jaren": 1,
                "maand": months.get(name),
                "aanloop": "nee" if name in ("BB-HEEL", "KW-KLEIN") else None,
            }
            for name, _, _, place, _, _, changes, _ in MEASURES
            for form, change in changes.items()
        ],
        "kosten": rows("maatregel kostensoort na_jaren bedrag index geactiveerd", *costs, herkomst="A1"),
        "indexen": rows(
            "index jaar percentage",
            *(
                (index, year, growth)
                for index, growth in (("ova", Decimal("0.031")), ("bouw", Decimal("0.027")))
                for year in YEARS[1:]
            ),
            herkomst="B1",
        ),
        "hulpbronnen": rows(
            "hulpbron jaar beschikbaar", *(("WISSELPLEK", year, Decimal("12.5")) for year in YEARS), herkomst="A1"
        ),
        "beslag": rows(
            "maatregel hulpbron na_jaren hoeveelheid",
            ("BB-HEEL", "WISSELPLEK", 0, 12),
            ("BB-HALF", "WISSELPLEK", 0, 6),
            ("AH-KLEIN", "WISSELPLEK", 0, Decimal("10.5")),
            ("SB-GEZIN", "WISSELPLEK", 0, 8),
            ("TIJDELIJK", "WISSELPLEK", 1, -10),
        ),
    }
