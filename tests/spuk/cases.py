"""Cases for the command line: one that is planned in a moment, and one that no solver is done with soon."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from tests.casebook import Record, Tables, write_xlsx
from tests.models.bare import Bare, cost, measure, places, source

TINY: Final = Bare(
    places=[places("L1", "gesloten", 2)],
    need={("gesloten", 2022): 2},
    measures=[measure("M1", verplicht="ja")],
    costs=[cost("M1", "verbouwen", 1000)],
    sources=[source("EIGEN", "eigen", 500_000)],
)
"""Two full places and one measure, paid from own money: 201,000 euros."""


def scenario(name: str, blad: str, kolom: str, verb: str, value: object, where: object = None) -> Record:
    """A row of `scenarios`."""
    return {
        "scenario": name,
        "omschrijving": None,
        "doelblad": blad,
        "kolom": kolom,
        "filter": where,
        "bewerking": verb,
        "waarde": value,
    }


def tiny_tables(*scenarios: Record, **changes: Any) -> Tables:
    """The tables of the tiny case, with some sheets changed and some scenarios."""
    tables = {blad: [dict(row) for row in rows] for blad, rows in replace(TINY, **changes).tables().items()}
    return {**tables, "scenarios": list(scenarios)} if scenarios else tables


def tiny(folder: Path, *scenarios: Record, name: str = "dorp.xlsx", **changes: Any) -> Path:
    """Write the tiny case."""
    return write_xlsx(tiny_tables(*scenarios, **changes), folder / name)


def clashing(folder: Path) -> Path:
    """Write the tiny case with two mandatory projects, of which M2 must wait for one that starts later."""
    return tiny(
        folder,
        last=2023,
        measures=[
            measure("M1", verplicht="ja", start=(2023, 2023)),
            measure("M2", verplicht="ja", start=(2022, 2022), vereist="P-M1"),
        ],
    )


def endless_tables() -> Tables:
    """A case that is read in a moment and takes hours to solve: a knapsack to be filled to the cent."""
    rng = random.Random(1)
    names = [f"M{number}" for number in range(40)]
    amounts = [Decimal(rng.randrange(1_000_000, 10_000_000)) / 100 for _ in names]
    bare = Bare(
        places=[places("L1", "gesloten", 0)],
        measures=[measure(name) for name in names],
        costs=[cost(name, "verbouwen", amount) for name, amount in zip(names, amounts, strict=True)],
        sources=[source("SPUK", "spuk", sum(amounts) // 2)],
        goals=[("ongedekt", None), ("spuk_onbesteed", None)],
    )
    return bare.tables()


def endless(folder: Path) -> Path:
    """Write the case that takes hours."""
    return write_xlsx(endless_tables(), folder / "rugzak.xlsx")
