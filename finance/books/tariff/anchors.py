"""The anchors of a tariff workbook: what Python computes of tariffs and of providers in a plan, without formulas."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from operator import attrgetter
from typing import Any, Final

from finance.books.tariff.calculation import per_place, quantities
from finance.books.tariff.draft import NORM, TESTED, Draft, Numbered
from finance.books.tariff.plan_prices import BY_PLACE, NO_PRICE
from finance.books.tariff.plan_results import NO_INCOME
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
    return {
        "reken": {item.key: _of_tariff(item.shown) for item in shown},
        **({**OF_PLAN, **_of_trials(draft)} if draft.plan else {}),
    }


def _of_tariff(value: Callable[[Tariff], Value]) -> Callable[[Numbered], Value]:
    return lambda row: value(row.tariff)


def _or(value: Fraction | None, otherwise: str) -> Value:
    return otherwise if value is None else value


PRICE: Final[Mapping[str, Callable[[Any], Value]]] = {
    "kosten": attrgetter("kosten"),
    "betaald": attrgetter("betaald"),
    "opbrengst": attrgetter("opbrengst"),
    "prijs": lambda row: _or(row.prijs, NO_PRICE),
    "nodig": lambda row: _or(row.nodig, NO_PRICE),
    "opslag": lambda row: _or(row.opslag, NO_PRICE),
}
OF_PLAN: Final[Anchors] = {
    "betaal": {
        "opbrengst": attrgetter("opbrengst"),
        "precies": attrgetter("income"),
        "betaald": attrgetter("places"),
    },
    "oordeel": {
        **{name: attrgetter(name) for name in ("opbrengst", "kosten", "terug", "cumulatief", "laagste", "berust")},
        "draagt": lambda row: yes(row.draagt),
        "opslag": lambda row: _or(row.opslag, NO_INCOME),
    },
    **{f"prijs_{form}": PRICE for form in BY_PLACE},
}


def _of_trials(draft: Draft) -> Anchors:
    """What is left of each form when places are as full as in a trial."""

    def left(end: str) -> Callable[[Any], Value]:
        found = {(row.aanbieder, row.vorm): row.cumulatief for row in draft.filled[end].carried}
        return lambda row: found[row.aanbieder, row.vorm]

    return {"bestuur": {"plan": attrgetter("cumulatief"), "norm": left(NORM), "proef": left(TESTED)}}
