"""Growth, discount and bands that are hardly meant as fractions, and a price level of later."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from finance.case.cells import PER_CENT
from finance.case.checked import Checked, rows_named
from finance.case.table import shown
from finance.findings import Finding

HIGH: Final = Decimal("0.25")
"""Growth, discount and bands beyond this are hardly meant."""
LOW_OCCUPANCY: Final = Decimal("0.5")
RATES: Final = (
    ("indexen", "percentage"),
    ("financiering", "bandbreedte"),
    ("tariefindex", "ova_voorlopig"),
    ("tariefindex", "ppc_voorlopig"),
    ("tariefindex", "ova_definitief"),
    ("tariefindex", "ppc_definitief"),
)
"""The columns that hold the growth of a year, or a band."""
GROWTH: Final = frozenset(column for blad, column in RATES if blad != "financiering") | {"index"}
PARAMETERS: Final = ("index", "risico")
"""The parameters of a tariff that do."""


def high_rates(checked: Checked) -> Iterator[Finding]:
    """Growth, discount or a band above a quarter: 0,5 for half a percent is half of everything."""
    discount = checked.case.settings.discontovoet
    if discount > HIGH:
        yield checked.setting("discontovoet", *_says("discontovoet", discount))
    for blad, column in RATES:
        cells = [(row, value) for row, value in checked.cells(blad, column) if isinstance(value, Decimal)]
        yield from _first(checked, blad, column, cells)
    parameters = [(row.rij, row.waarde, row.parameter) for row in checked.case.tariff_parameters]
    for name in PARAMETERS:
        yield from _first(checked, "tarief", "waarde", [row[:2] for row in parameters if row[2] == name], name)


def _first(
    checked: Checked, blad: str, column: str, cells: list[tuple[int, Decimal]], name: str = ""
) -> Iterator[Finding]:
    """One line for all cells of a column that are too high, at the first of them."""
    high = [(row, value) for row, value in cells if abs(value) > HIGH]
    if high:
        wat, doen = _says(name or column, high[0][1])
        others = f" Ook in rij {rows_named([row for row, _ in high[1:]])}." if len(high) > 1 else ""
        yield checked.at(blad, high[0][0], column, wat, doen + others)


def _says(name: str, value: Decimal) -> tuple[str, str]:
    return (
        f"{name} {shown(value)} is{' een verandering van' if name in GROWTH else ''}"
        f" {shown(value * PER_CENT)}%{' in een jaar' if name in GROWTH else ''}.",
        f"Is {shown(value)}% bedoeld, typ dan {shown(value / PER_CENT)}.",
    )


def low_occupancy(checked: Checked) -> Iterator[Finding]:
    """A zorgvorm of which less than half can be used."""
    for form in checked.case.care_forms:
        if form.bezetting_max < LOW_OCCUPANCY:
            yield checked.at(
                "zorgvormen",
                form.rij,
                "bezetting_max",
                f"bezetting_max {shown(form.bezetting_max)} is {shown(form.bezetting_max * PER_CENT)}%: meer"
                f" dan de helft van de plaatsen van {form.zorgvorm} staat dan altijd leeg.",
                "Kijk of dat bedoeld is; 90% is 0,9.",
            )


def late_price_level(checked: Checked) -> Iterator[Finding]:
    """A price level after years that are still planned: their amounts are not brought back to their year."""
    case = checked.case
    level, first = case.settings.prijspeil, max(case.years.first, case.closed_through + 1)
    last = min(level - 1, case.years.last)
    if first <= last:
        years = f"{first}" if first == last else f"{first} tot en met {last}"
        yield checked.setting(
            "prijspeil",
            f"prijspeil {level} ligt na {first}: bedragen en prijzen van {years} tellen op het peil van"
            f" {level} mee, want terugrekenen gebeurt niet.",
            f"Zet prijspeil op {first} of eerder, met de indexcijfers van de jaren erna.",
        )
