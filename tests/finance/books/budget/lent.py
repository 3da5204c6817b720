"""The regional case with credits: what is short in the first year is lent, and paid back with interest."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from finance.case import Case, build_case
from tests.casebook import Tables, raw_book
from tests.finance.books.budget import regional, variants

STARTS: Mapping[str, int] = regional.STARTS
"""A plan of it."""


def lent() -> Case:
    """The case: one credit is for all, another for one provider only and longer than the case."""
    return build_case(raw_book(lent_tables()))


def lent_tables() -> Tables:
    """Its tables."""
    tables = regional.regional_tables()
    del tables["regios"]
    _lend(tables)
    return tables


def replanned() -> Case:
    """The case two years on: in the closed year was drawn, and nothing paid back yet."""
    tables = variants.history_tables()
    _lend(tables)
    tables["realisatie"] = [row | {"krediet": None} for row in tables["realisatie"]]
    paid = tables["realisatie"][5]
    tables["realisatie"].append(paid | {"bron": "BRUG", "bedrag": Decimal("45678.91")})
    return build_case(raw_book(tables))


def paid_back_early() -> Case:
    """The case three years on: what was drawn in one closed year was partly paid back in the next."""
    tables = variants.history_tables()
    _lend(tables)
    tables["case"].append({"sleutel": "afgesloten_tot", "waarde": 2023})
    tables["realisatie"] = [row | {"krediet": None} for row in tables["realisatie"]]
    paid = tables["realisatie"][5]
    tables["realisatie"] += [
        paid | {"bron": "BRUG", "bedrag": Decimal("45678.91")},
        paid
        | {"locatie": None, "zorgvorm": None, "krediet": "BRUG", "kostensoort": "rente_en_aflossing"}
        | {"jaar": 2023, "bedrag": Decimal("20000.02")},
    ]
    return build_case(raw_book(tables))


def _lend(tables: Tables) -> None:
    credit = {"soort": "krediet", "besteedbaar_van": 2022, "herkomst": "A1"}
    rows = [
        credit | {"bron": "BRUG", "bedrag": Decimal("250000.11"), "rente": Decimal("0.0425"), "besteedbaar_tot": 2024},
        credit
        | {"bron": "BRUG-B", "bedrag": Decimal("33333.33"), "rente": Decimal("0.04125"), "besteedbaar_tot": 2030}
        | {"aanbieder": "BAKEN"},
    ]
    tables["dekking"] = [*tables["dekking"][:-1], *rows, tables["dekking"][-1]]
    for row in tables["financiering"]:
        if row["bron"] == "LUMP" and row["jaar"] == 2022:
            row["prijs"] = 95_000
