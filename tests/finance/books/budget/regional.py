"""The rich case with what regions say besides: choices that are made already."""

from __future__ import annotations

from collections.abc import Mapping

from finance.case import Case, build_case
from tests.casebook import Tables, raw_book
from tests.finance.books.budget import variants

STARTS: Mapping[str, int] = {"M5": 2022, "M1": 2022, "M4": 2023, "M6": 2023}
"""A plan of it."""


def regional() -> Case:
    """The case."""
    return build_case(raw_book(regional_tables()))


def regional_tables() -> Tables:
    """Its tables."""
    tables = variants.rich_tables()
    _choices(tables)
    return tables


def _choices(tables: Tables) -> None:
    """The wing is given up for sure, the Brink is not disposed of; an empty cell leaves the others free."""
    chosen = {"M1": "moet", "M3": "niet", "M4": "mag"}
    for row in tables["maatregelen"]:
        row["keuze"] = chosen.get(str(row["maatregel"]))
