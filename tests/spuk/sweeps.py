"""Cases for the sweep, and what a sweep wrote."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
from pyarrow import parquet

from tests.casebook import Record, Tables, write_xlsx
from tests.spuk.cases import tiny_tables


def uncertain(what: str, blad: str, kolom: str, verdeling: str, parameters: str, **more: object) -> Record:
    """A row of `onzekerheid`."""
    return {
        "omschrijving": what,
        "doelblad": blad,
        "kolom": kolom,
        "filter": None,
        "bewerking": None,
        "verdeling": verdeling,
        "parameters": parameters,
        "correlatiegroep": None,
        "herkomst": "B1",
        **more,
    }


PRICE = uncertain("prijs", "plaatsen", "exploitatie_per_plaats", "uniform", "1; 5")
"""A place costs 100,000 to 500,000 euros; there are two, and half a million to pay them from."""
NEED = uncertain("vraag", "vraag", "jeugdigen", "uniform", "0,5; 1,5", filter="zorgvorm=gesloten")


def sweep_tables(*rows: Record) -> Tables:
    """The tiny case with some rows of `onzekerheid`."""
    return {**tiny_tables(), "onzekerheid": [dict(row) for row in (rows or (PRICE, NEED))]}


def sweep_case(folder: Path, *rows: Record, name: str = "dorp.xlsx") -> Path:
    """Write the tiny case with some rows of `onzekerheid`."""
    return write_xlsx(sweep_tables(*rows), folder / name)


def sometimes_invalid() -> Record:
    """Places that are fewer than none in one draw of four."""
    return uncertain("plaatsen", "plaatsen", "plaatsen", "uniform", "-4; 9", bewerking="zet")


def written(folder: Path) -> dict[str, bytes]:
    """The two files of a sweep."""
    return {name: (folder / name).read_bytes() for name in ("onzekerheid.xlsx", "onzekerheid.parquet")}


def rows_of(folder: Path) -> pa.Table:
    """The outcomes of a sweep."""
    return parquet.read_table(folder / "onzekerheid.parquet")
