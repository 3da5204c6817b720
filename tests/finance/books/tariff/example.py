"""The worked example of the tariff formulas: groups of 4, 6, 8 and 10, each with its own roster."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from finance.case import Case, build_case
from finance.case.words import TARIFF_PARAMETERS
from finance.tariff.tariff import Tariff
from tests.casebook import Record, Tables, raw_book, small_case

ROSTERS: Mapping[int, tuple[str, str, str]] = {
    4: ("1", "2", "1"),
    6: ("1.5", "2", "1"),
    8: ("2", "2", "1"),
    10: ("2", "3", "1"),
}
"""Staff present in the morning, in the afternoon and at night, by group size."""

SAME: Mapping[str, str] = {
    "uren_betaald": "1878",
    "uren_niet": "460.86",
    "bruto_maandloon": "3950",
    "vakantietoeslag": "0.08",
    "eindejaarsuitkering": "0.083",
    "werkgeverslasten": "0.25",
    "ort_avond": "0.25",
    "ort_nacht": "0.45",
    "ort_weekend": "0",
    "teamleiding": "34300",
    "behandeling_per_plaats": "22800",
    "overig_per_plaats": "9500",
    "overhead": "0.2",
    "risico": "0.02",
    "index": "0.0496",
    "bezetting": "0.9",
    "spuk_huisvesting": "0",
}
ASSUMED = ("bruto_maandloon", "teamleiding")


def parameters(size: int, **changes: str) -> dict[str, Decimal]:
    """The parameters of a group size, in the order of the declaration, with changes."""
    roster = dict(zip(("dienst_ochtend", "dienst_middag", "dienst_nacht"), ROSTERS[size], strict=True))
    given = {**SAME, **roster, "huisvesting": str(40_000 + 12_000 * size), **changes}
    return {name: Decimal(given[name]) for name in TARIFF_PARAMETERS}


def tariff(size: int, **changes: str) -> Tariff:
    """The tariff of a group size."""
    values = {name: Fraction(value) for name, value in parameters(size, **changes).items()}
    return Tariff(f"T{size}", "kleinschalig", size, 2024, **values)


def rows(size: int, name: str = "", form: str = "kleinschalig", jaar: int = 2024, **changes: str) -> list[Record]:
    """The rows of the sheet `tarief` for a group size."""
    return [
        {
            "tarief": name or f"T{size}",
            "zorgvorm": form,
            "groepsgrootte": size,
            "jaar": jaar,
            "parameter": parameter,
            "waarde": value,
            "eenheid": TARIFF_PARAMETERS[parameter][1],
            "herkomst": "A1" if parameter in ASSUMED else "B1",
        }
        for parameter, value in parameters(size, **changes).items()
    ]


def tables(*groups: list[Record]) -> Tables:
    """The small case with a sheet `tarief`."""
    return {**small_case(), "tarief": [row for group in groups for row in group]}


def index_rows(*years: tuple[int, str, str, str | None, str | None]) -> list[Record]:
    """Rows of `tariefindex`; without years, 2024 comes to 4.7% provisional plus a correction of 1.6%.

    Args:
        years: the year, OVA and PPC as they were foreseen, and as they turned out.
    """
    known = years or ((2023, "0.04", "0.03", "0.06", "0.01"), (2024, "0.05", "0.02", None, None))
    names = ("ova_voorlopig", "ppc_voorlopig", "ova_definitief", "ppc_definitief")
    return [
        {
            "jaar": year,
            **{name: value and Decimal(value) for name, value in zip(names, values, strict=True)},
            "gewicht_ova": Decimal("0.9"),
            "gewicht_ppc": Decimal("0.1"),
            "herkomst": "A1",
        }
        for year, *values in known
    ]


def case(*groups: list[Record]) -> Case:
    """The small case with tariffs."""
    return build_case(raw_book(tables(*groups)))


def example() -> Case:
    """The small case with the four tariffs of the example."""
    return case(*(rows(size) for size in ROSTERS))
