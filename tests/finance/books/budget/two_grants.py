"""A case with grants of two regulations: rebuilding that is partly capitalised, and vacancy while closing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Final

from finance.case import Case
from tests.casebook import Record
from tests.models.bare import FIRST, Bare, cost, effect, measure, places, source, spent

OF_2020: Final = "vastgoedtransitie-2020"
OF_2024: Final = "transformatie-2024"
YEAR: Final = FIRST + 2
"""2024: both regulations pay."""
STARTS: Mapping[str, int] = {"OMBOUW": YEAR, "TEAM": YEAR}
"""The plan: rebuilding, and a team that starts elsewhere."""


def two_grants() -> Case:
    """The case."""
    return bare().case()


def with_a_closed_year() -> Case:
    """The same case when 2024 is over; it cost less than planned, and NIEUW paid what is not capitalised."""
    return replace(
        bare(),
        settings=bare().settings | {"afgesloten_tot": YEAR},
        started={"OMBOUW": YEAR, "TEAM": YEAR},
        actuals=[
            spent("NIEUW", "OMBOUW", "verbouwen", YEAR, Decimal("30000.01")),
            spent("OUD", "OMBOUW", "verbouwen", YEAR, 50_000),
            spent("NIEUW", "TEAM", "opstart", YEAR, 8_000),
            spent("NIEUW", "OMBOUW", "tijdelijke_huisvesting", YEAR, 4_000),
        ],
    ).case()


def with_a_revision() -> Case:
    """The same case under the reading, with a revision that pays besides."""
    given = bare()
    revision = source("HERZIEN", "spuk", 30_000, (YEAR, YEAR + 1), regeling=OF_2024, beschikking="HZ")
    decisions: list[Record] = [
        {
            "beschikking": name,
            "gemeente": "Rotterdam",
            "regeling": OF_2024,
            "soort": sort,
            "verleend_in": YEAR,
            "bedrag": amount,
            "kostensoorten": what,
            "herkomst": "B1",
        }
        for name, sort, amount, what in (
            ("BASIS", "basis", 400_000, None),
            ("HZ", "herziening", 30_000, "opstart, verbouwen"),
        )
    ]
    sources = [row | {"beschikking": "BASIS"} if row["bron"] == "NIEUW" else row for row in given.sources]
    return replace(
        given,
        sources=[revision, *sources],
        settings=given.settings | {"lezingen": "geactiveerd-2024, verlenging-2026"},
        more={"beschikkingen": decisions},
    ).case()


def bare() -> Bare:
    """The case in the making."""
    return Bare(
        last=YEAR + 1,
        places=[
            places("L1", "gesloten", 6) | {"huisvesting_per_plaats": Decimal("16001.50")},
            places("L1", "open", 0) | {"huisvesting_per_plaats": None},
        ],
        need={("gesloten", YEAR): 4, ("gesloten", YEAR + 1): 4},
        measures=[
            measure("OMBOUW", start=(YEAR, YEAR), locatie="L1", verplicht="ja"),
            measure("TEAM", start=(YEAR, YEAR), soort="alternatief", verplicht="ja"),
        ],
        effects=[effect("OMBOUW", "L1", "gesloten", -2, 1), effect("TEAM", "L1", "open", 2, 1)],
        costs=[*_costs()],
        sources=[
            source("NIEUW", "spuk", 400_000, (YEAR, YEAR + 1), regeling=OF_2024),
            source("OUD", "spuk", 200_000, (FIRST, YEAR + 1), regeling=OF_2020),
            source("EIGEN", "eigen", 9_000_000, (FIRST, YEAR + 1)),
        ],
        settings={
            "regelingen": f"{OF_2020}, {OF_2024}",
            "lezingen": "leegstand-door-transitie, verlenging-2026",
        },
    )


def _costs() -> list[Record]:
    rows = (
        ("OMBOUW", "verbouwen", Decimal("100000.01"), 0, "ja"),
        ("OMBOUW", "verbouwen", 60_000, 0, "nee"),
        ("OMBOUW", "verbouwen", 25_000, 1, "nee"),
        ("OMBOUW", "leegstand_gebouw", 9_000, 1, None),
        ("OMBOUW", "tijdelijke_huisvesting", 4_000, 0, None),
        ("TEAM", "opstart", 8_000, 0, None),
    )
    return [cost(*row[:4]) | {"geactiveerd": row[4]} for row in rows]
