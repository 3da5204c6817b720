"""The money, the past and the what-ifs of the case that says all that a case can say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from tests.casebook import Record, Tables
from tests.finance.books.tariff import example
from tests.spuk.sweeps import uncertain

YEARS: Final = range(2024, 2032)
OLD, NEW = "vastgoedtransitie-2020", "transformatie-2024"


def rows(columns: str, *rows: Sequence[object], **same: object) -> list[Record]:
    """Rows of a sheet under these column names; `same` holds what is the same in all of them."""
    return [dict(zip(columns.split(), row, strict=True)) | same for row in rows]


def money() -> Tables:
    """Grants with and without a decision, yearly money of every sort, a credit, and the order of goals."""
    yearly = [
        (year, source, month, form, level, tariff, price, band, side)
        for at, year in enumerate(YEARS)
        for source, month, form, level, tariff, price, band, side in (
            (
                "LUMP",
                None,
                None,
                126 - 10 * at,
                None,
                92_000 + 11_000 * at,
                Decimal("0.1"),
                "dalend" if at > 4 else "vast",
            ),
            ("PXQ", None, "klein", 40, "K6", None, None, None),
            ("PXQ", 1, "gezin", 30, None, 96_000, None, None),
            ("PXQ", 7, "gezin", 30, None, Decimal("99000.50"), None, None),
            ("BESCH", None, "gesloten", 30, None, 21_000, None, None),
        )
    ]
    source = (
        "bron soort regeling beschikking aanbieder gemeente bedrag buiten_casus rente besteedbaar_van besteedbaar_tot"
        " overdraagbaar sisa_code ontvangen_in eindverantwoording terugbetaald_in"
    )
    none = (None,) * 4
    return {
        "beschikkingen": [
            {
                "beschikking": "BES-20",
                "gemeente": "Rotterdam",
                "regeling": OLD,
                "datum": date(2020, 12, 1),
                "bedrag": 5_000_000,
                "ontvangen_in": 2020,
                "vastgesteld_in": 2028,
                "terugbetaald_in": 2028,
                "sisa_code": "H99",
                "herkomst": "B1",
            },
            {
                "beschikking": "BES-24",
                "gemeente": "Rotterdam",
                "regeling": NEW,
                "soort": "basis",
                "verleend_in": 2024,
                "bedrag": 9_000_000,
                "besteedbaar_tot": date(2028, 12, 31),
                "herkomst": "B1",
            },
            {
                "beschikking": "HZ-25",
                "gemeente": "Rotterdam",
                "regeling": NEW,
                "soort": "herziening",
                "verleend_in": 2025,
                "locatie": "SB",
                "kostensoorten": "afstoten, leegstand",
                "bedrag": 1_000_000,
                "herkomst": "B1",
            },
            {
                "beschikking": "BES-X",
                "gemeente": "Zwolle",
                "regeling": OLD,
                "bedrag": 50_000,
                "maximum": 60_000,
                "herkomst": "A1",
            },
        ],
        "dekking": rows(
            source,
            (
                "SPUK20",
                "spuk",
                OLD,
                "BES-20",
                None,
                "Rotterdam",
                5_000_000,
                Decimal("200000.05"),
                None,
                2024,
                2026,
                None,
                *none,
            ),
            ("SPUK24", "spuk", NEW, "BES-24", None, None, 9_000_000, None, None, 2024, 2028, None, *none),
            ("SPUK24H", "spuk", NEW, "HZ-25", "JF", None, 1_000_000, None, None, 2025, 2028, None, *none),
            (
                "SPUK20X",
                "spuk",
                OLD,
                None,
                "JF",
                "Utrecht",
                500_000,
                None,
                None,
                2024,
                2025,
                None,
                "H11",
                2021,
                2026,
                2027,
            ),
            ("LUMP", "lumpsum", None, None, None, None, None, None, None, 2024, 2031, "ja", *none),
            ("PXQ", "pxq", None, None, None, None, None, None, None, 2024, 2031, None, *none),
            ("BESCH", "beschikbaarheid", None, None, "IHUB", None, None, None, None, 2024, 2031, None, *none),
            ("BRUG", "krediet", None, None, "IHUB", None, 1_500_000, None, Decimal("0.0425"), 2025, 2030, None, *none),
            ("EIGEN", "eigen", None, None, "JF", None, 2_000_000, None, None, 2024, 2031, None, *none),
            ("GEM", "gemeente", None, None, None, "Rotterdam", 2_000_000, None, None, 2024, 2031, None, *none),
            herkomst="A1",
        ),
        "financiering": rows(
            "jaar bron maand zorgvorm niveau tarief prijs bandbreedte onderzijde", *yearly, herkomst="A1"
        ),
        "verdeelsleutel": rows(
            "bron aanbieder aandeel", ("LUMP", "IHUB", Decimal("0.6")), ("LUMP", "JF", Decimal("0.4")), herkomst="A1"
        ),
        "toegestaan": rows(
            "bron kostensoort",
            *(
                ("GEM", sort)
                for sort in (
                    "exploitatie",
                    "leegstand",
                    "opstart",
                    "overig",
                    "huisvesting_regulier",
                    "verbouwen",
                    "afstoten",
                    "rente_en_aflossing",
                )
            ),
        ),
        "doelen": rows(
            "doel volgorde speling",
            *(
                (goal, at, leeway)
                for at, (goal, leeway) in enumerate(
                    (
                        ("tekort_plaatsen", None),
                        ("uitwijk", None),
                        ("onder_vloer", None),
                        ("boven_plafond", None),
                        ("ongedekt", None),
                        ("eigen_geld", None),
                        ("lasten_gemeenten", Decimal("0.01")),
                        ("waardering", None),
                        ("kosten_ncw", None),
                        ("spuk_onbesteed", None),
                        ("startjaren", None),
                    ),
                    start=1,
                )
            ),
        ),
        "tarief": [
            row
            for row in example.rows(6, "K6", "klein", YEARS[0], spuk_huisvesting="12000.5")
            if row["parameter"] != "index"  # which the sheet tariefindex gives
        ],
        "tariefindex": example.index_rows((2023, "0.04", "0.03", "0.06", "0.01"), (2024, "0.05", "0.02", None, None)),
    }


def past() -> Tables:
    """What was paid, begun and used in the closed year, and what sales bring."""
    return {
        "realisatie": rows(
            "bron maatregel locatie zorgvorm krediet kostensoort jaar bedrag",
            ("SPUK20", "RH-DICHT", None, None, None, "afstoten", 2024, 600_000),
            ("SPUK20", "IH-PLAN", None, None, None, "vastgoedplan", 2024, 65_000),
            ("SPUK20", "IH-PLAN", None, None, None, "vastgoedplan", 2024, Decimal("-4999.99")),
            ("LUMP", None, "RH", "gesloten", None, "exploitatie", 2024, Decimal("5123456.78")),
            ("LUMP", None, "BB", "gesloten", None, "exploitatie", 2024, 4_650_000),
            herkomst="B1",
        ),
        "gestart": rows("maatregel jaar", ("RH-DICHT", 2024), ("IH-PLAN", 2024), herkomst="B1"),
        "realisatie_plaatsen": rows(
            "doelgroep locatie zorgvorm jaar kwartaal jeugdigen etmalen",
            (None, "RH", "gesloten", 2024, None, Decimal("33.5"), None),
            (None, "BB", "gesloten", 2024, 1, None, 2500),
            ("MET", None, None, 2024, 2, 97, None),
            herkomst="B1",
        ),
        "opbrengsten": rows(
            "maatregel na_jaren bedrag bron",
            ("RH-DICHT", 2, 400_000, "GEM"),
            ("SB-DICHT", 1, 500_000, "EIGEN"),
            herkomst="A1",
        ),
    }


def what_if() -> Tables:
    """Scenarios of which one starts from another, one leaves out readings, and one makes the credit dear; two draws."""
    changes = (
        ("laag", "Minder instroom", None, "instroom", "instroom", "doelgroep=MET;jaar=2026", "maal", Decimal("0.8")),
        ("laag", None, None, "instroom", "instroom", "doelgroep=MET;jaar=2027", "maal", Decimal("0.8")),
        (
            "laag + plan 2023",
            "En het plan van 2023",
            "laag",
            "maatregelen",
            "keuze",
            "maatregel=SB-DICHT",
            "zet",
            "moet",
        ),
        ("laag + plan 2023", None, None, "maatregelen", "keuze", "maatregel=BB-NIEUW", "zet", "niet"),
        ("duur krediet", "Rente van negen procent", None, "dekking", "rente", "bron=BRUG", "zet", Decimal("0.09")),
        ("strenge lezing", "Zonder lezingen", None, "case", "waarde", "sleutel=lezingen", "zet", "geen"),
        ("bouwkosten", "Een kwart meer", None, "kosten", "bedrag", "index=bouw", "maal", Decimal("1.25")),
        (
            "meer zonder",
            "Meer jeugdigen zonder",
            None,
            "behoefte",
            "jeugdigen",
            "doelgroep=ZONDER;groep=elders",
            "plus",
            4,
        ),
    )
    return {
        "scenarios": rows("scenario omschrijving vanaf doelblad kolom filter bewerking waarde", *changes),
        "onzekerheid": [
            uncertain(
                "instroom",
                "instroom",
                "instroom",
                "uniform",
                "0,8; 1,1",
                filter="doelgroep=MET;groep=regio",
                correlatiegroep="zorg",
            ),
            uncertain(
                "bouwkosten",
                "kosten",
                "bedrag",
                "driehoek",
                "0,9; 1; 1,3",
                filter="index=bouw",
                bewerking="maal",
                correlatiegroep="zorg",
            ),
        ],
    }
