"""The anchors of a tariff workbook: what Python computes of tariffs and of providers in a plan, without formulas."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from operator import attrgetter
from typing import Final

from finance.books.tariff.calculation import NEVER, per_place, quantities
from finance.books.tariff.draft import Draft, Numbered
from finance.money import Money
from finance.tables.columns import yes
from finance.tables.grid import Value
from finance.tables.reconcile import Anchors
from finance.tariff.tariff import Tariff


def anchors_of(draft: Draft) -> Anchors:
    """What the cells of a tariff workbook must show.

    Args:
        draft: the material of the workbook.
    """
    shown = (*quantities(draft), *per_place(draft))
    return {"reken": {item.key: _of_tariff(item.shown) for item in shown}, **(OF_PLAN if draft.plan else {})}


def _of_tariff(value: Callable[[Tariff], Value]) -> Callable[[Numbered], Value]:
    return lambda row: value(row.tariff)


def _or_never(value: Money | Fraction | None) -> Value:
    return NEVER if value is None else value


OF_PLAN: Final[Anchors] = {
    "betaal": {
        "opbrengst": lambda row: row.deal.opbrengst,
        "precies": lambda row: row.deal.income(),
        "betaald": lambda row: row.deal.places(),
    },
    "oordeel": {
        **{name: attrgetter(name) for name in ("opbrengst", "kosten", "cumulatief", "laagste")},
        "draagt": lambda row: yes(row.draagt),
        "aanname": lambda row: yes(row.aanname),
    },
    "nodig": {"factor": lambda row: _or_never(row.needed_factor)},
    "behoefte": {
        "plaatsjaren": attrgetter("places"),
        "gemiddeld": lambda row: _or_never(row.average_price),
        "nodig": lambda row: _or_never(row.needed_price),
        "nodig_etmaal": lambda row: _or_never(row.needed_day_price),
    },
}
