"""The cost prices that the sheet `tarief` gives: its rows as the parameters of each tariff."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from finance.case.sheets import TariffParameter
from finance.cost_price import CostPrice


def rows_of_tariffs(rows: Iterable[TariffParameter]) -> tuple[tuple[TariffParameter, ...], ...]:
    """The rows of each tariff, group size and year, in the order in which each first appears."""
    groups: dict[tuple[str, str, int, int], list[TariffParameter]] = {}
    for row in rows:
        groups.setdefault((row.tarief, row.zorgvorm, row.groepsgrootte, row.jaar), []).append(row)
    return tuple(tuple(members) for members in groups.values())


def cost_price(rows: tuple[TariffParameter, ...]) -> CostPrice:
    """The cost price that the rows of one tariff, group size and year give.

    Args:
        rows: a row for every parameter.
    """
    first = rows[0]
    given = {row.parameter: Fraction(row.waarde) for row in rows}
    return CostPrice(first.tarief, first.zorgvorm, first.groepsgrootte, first.jaar, **given)
