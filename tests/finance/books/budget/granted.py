"""The rich case with the grant decisions behind its grants."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from finance.case import Case, build_case
from tests.casebook import Tables, raw_book
from tests.finance.books.budget import variants

STARTS: Mapping[str, int] = {"M5": 2022, "M2": 2022, "M3": 2024, "M6": 2023}
"""A plan of it."""


def granted() -> Case:
    """The case."""
    return build_case(raw_book(granted_tables()))


def granted_tables() -> Tables:
    """Its tables: a decision that says all of itself, with money kept apart; and a revision for one location."""
    tables = variants.rich_tables()
    tables["beschikkingen"] = [
        {
            "beschikking": "BES-1",
            "gemeente": "Rotterdam",
            "regeling": "vastgoedtransitie-2020",
            "datum": date(2020, 12, 1),
            "bedrag": 2_500_000,
            "besteedbaar_tot": date(2024, 6, 30),
            "ontvangen_in": 2020,
            "vastgesteld_in": 2026,
            "terugbetaald_in": 2026,
            "sisa_code": "H99",
            "herkomst": "B1",
        },
        {
            "beschikking": "HZ-1",
            "gemeente": "Delft",
            "regeling": "transformatie-2024",
            "soort": "herziening",
            "verleend_in": 2025,
            "locatie": "L2",
            "kostensoorten": "leegstand, afstoten",
            "bedrag": 90_000,
            "maximum": 100_000,
            "herkomst": "A1",
        },
        {
            "beschikking": "BES-2",
            "gemeente": "Zwolle",
            "regeling": "vastgoedtransitie-2020",
            "bedrag": 5_000,
            "maximum": 6_000,
            "herkomst": "A1",
        },
    ]
    tables["dekking"].sort(key=lambda row: row["bron"] != "SPUK-24")
    for row in tables["dekking"]:
        if row["bron"] == "SPUK":
            row["buiten_casus"] = Decimal("20000.05")
        if row["bron"] == "SPUK-24":
            row |= {"beschikking": "HZ-1", "bedrag": 60_000}
    return tables
