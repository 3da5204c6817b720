"""Prices of places that the tariffs of the case do not bear out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from finance.case.checked import Checked
from finance.case.pricing import PRICE_COLUMNS, empty_prices
from finance.case.table import shown
from finance.case.tariff_gaps import price_gaps
from finance.case.words import PLACE_COSTS
from finance.findings import Finding
from finance.money import round_half_away


def loose_prices(checked: Checked) -> Iterator[Finding]:
    """A typed price that differs from every tariff of its zorgvorm: a change of the tariff changes no plan."""
    alike: dict[tuple[str, str], list[int]] = defaultdict(list)
    for gap in price_gaps(checked.case):
        if gap.is_wide:
            column = next(PRICE_COLUMNS[sort] for sort in PLACE_COSTS if sort not in empty_prices(gap.plek))
            nearest = f"het tarief dat het dichtst bij komt ({gap.tarief.tarief}, {gap.tarief.jaar})"
            alike[column, f"{nearest} is {_percentage(gap.verschil)} dan deze prijs"].append(gap.plek.rij)
    for (column, what), rows in alike.items():
        yield from checked.at_each(
            "plaatsen",
            rows,
            column,
            f"{what[0].upper()}{what[1:]}.",
            "Maak de prijzen leeg en noem het tarief in de kolom tarief, of kijk welk van beide niet klopt: zolang de"
            " prijs is ingevuld, verandert een ander tarief niets aan plan en resultaat.",
        )


def _percentage(difference: Fraction) -> str:
    tenths = round_half_away(abs(difference) * 1000)
    return f"{shown(Decimal(tenths) / 10)}% {'hoger' if difference > 0 else 'lager'}"
