"""Cases whose tariff workbook must come out right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal

from finance.case import Case, build_case
from finance.case.sheets import AllocationKey
from finance.plan.allocation import Allocation
from tests.casebook import raw_book
from tests.finance import village
from tests.finance.books.budget import regional, variants
from tests.finance.books.budget.handmade import hand_plan
from tests.finance.books.tariff.example import case, example, index_rows, rows, tables

COSTS = (
    "dienst_ochtend",
    "dienst_middag",
    "dienst_nacht",
    "ort_weekend",
    "teamleiding",
    "behandeling_per_plaats",
    "overig_per_plaats",
    "huisvesting",
)
NOTHING = dict.fromkeys(COSTS, "0")


def odd() -> Case:
    """Names that a workbook could misread, a full group, housing paid by a grant, hours that run out."""
    return case(
        rows(4, "<5", spuk_huisvesting="12000.5", bezetting="1"),
        rows(6, "=1+1", "gesloten", uren_niet="1800", teamleiding="34300.005"),
        rows(8, "*~?", overig_per_plaats="0", index="0.12345"),
        rows(10, "*~?", spuk_huisvesting="160000"),
    )


def bare() -> Case:
    """A tariff that costs nothing, beside one that does."""
    return case(rows(4, "niets", **NOTHING), rows(6, bezetting="0.05"))


def ties() -> Case:
    """Prices and results that lie exactly between two cents."""
    plain = {**NOTHING, "overhead": "0.5", "index": "0", "risico": "0.02"}
    return case(
        rows(4, **plain | {"overig_per_plaats": "182.5", "huisvesting": "81668.75", "bezetting": "0.95"}),
        rows(6, **plain | {"huisvesting": "194362.5", "bezetting": "1"}),
        rows(8, **plain | {"huisvesting": "9132.3", "index": "0.05", "bezetting": "0.8"}),
    )


def chained() -> Case:
    """Tariffs of which one says its index, one says what the two steps come to, and one leaves it to them."""
    unsaid = [row for row in rows(4) if row["parameter"] != "index"]
    agreed = rows(8, jaar=2024, index="0.06300")
    return build_case(raw_book(tables(unsaid, rows(6, jaar=2023), agreed) | {"tariefindex": index_rows()}))


def with_tariffs(case: Case) -> Case:
    """A case with the tariffs of the example, for the last of its zorgvormen."""
    form = {"zorgvorm": case.care_forms[-1].zorgvorm}
    return replace(case, tariff_parameters=tuple(row.model_copy(update=form) for row in example().tariff_parameters))


def with_key(case: Case) -> Case:
    """A case in which the first lump sum is divided by a key, and nothing of it is for the last provider."""
    bron = next(row.bron for row in case.sources if row.soort == "lumpsum")
    shares = dict.fromkeys((row.aanbieder for row in case.providers), Decimal(0)) | {
        case.providers[0].aanbieder: Decimal(1)
    }
    keys = (
        AllocationKey(rij=at, bron=bron, aanbieder=name, aandeel=share, herkomst="A1")
        for at, (name, share) in enumerate(shares.items(), start=2)
    )
    return replace(case, allocation_keys=tuple(keys))


CASES: Mapping[str, Callable[[], Case]] = {
    "example": example,
    "one": lambda: case(rows(8)),
    "odd": odd,
    "bare": bare,
    "ties": ties,
    "chain": chained,
}


def _by_hand(case: Case, starts: Mapping[str, int] = variants.STARTS) -> tuple[Case, Allocation]:
    return case, hand_plan(case, starts).allocation


PLANNED: Mapping[str, Callable[[], tuple[Case, Allocation]]] = {
    "regional": lambda: _by_hand(with_key(with_tariffs(regional.regional())), regional.STARTS),
    "grouped": lambda: _by_hand(with_tariffs(regional.grouped()), regional.STARTS),
    "rich": lambda: _by_hand(with_tariffs(variants.rich())),
    "coupled": lambda: _by_hand(variants.coupled()),
    "priced": lambda: _by_hand(regional.priced()),
    "odd ids": lambda: _by_hand(with_tariffs(variants.odd()), variants.ODD_STARTS),
    "village": lambda: (with_tariffs(village.village()), village.allocation()),
    "no money": lambda: _by_hand(with_tariffs(variants.bare()), {}),
}
"""Cases with a plan, whose providers are followed through its years."""
