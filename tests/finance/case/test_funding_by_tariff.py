"""Rows of `financiering` that name a tariff: which places they pay, and at which price."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import pytest

from finance.case import Case, build_case, read_case
from finance.case.funding import places_paid
from finance.case.sheets import Funding
from finance.money import Money
from tests.casebook import Record, Tables, raw_book, small_case
from tests.finance.books.tariff.example import rows, tariff
from tests.spoiling import told

PAID: Record = {
    "bron": "PXQ",
    "jaar": 2023,
    "zorgvorm": None,
    "tarief": "T4",
    "niveau": 10,
    "prijs": None,
    "bandbreedte": None,
    "onderzijde": None,
    "herkomst": "A1",
}


def tables(*paid: Record, sort: str = "pxq", named: Sequence[int] = (1,)) -> Tables:
    """The small case with a source that pays by tariff, of which some rows of `plaatsen` name T4."""
    made = small_case() | {"tarief": rows(4, jaar=2022) + rows(6, jaar=2022)}
    for at, place in enumerate(made["plaatsen"]):
        place["tarief"] = None
        if at in named:
            place |= {"tarief": "T4", "exploitatie_per_plaats": None, "leegstand_per_plaats": None}
    source = dict.fromkeys(made["dekking"][0])
    years = {"besteedbaar_van": 2023, "besteedbaar_tot": 2023}
    made["dekking"].append(source | {"bron": "PXQ", "soort": sort, "herkomst": "A1", **years})
    made["financiering"] = [{"tarief": None, **row} for row in made["financiering"]] + [PAID | row for row in paid]
    return made


def case(*paid: Record, named: Sequence[int] = (1,)) -> tuple[Case, list[Funding]]:
    """The case, and the rows of the source."""
    made = build_case(raw_book(tables(*paid, named=named)))
    return made, [row for row in made.funding if row.bron == "PXQ"]


def test_without_a_price_it_pays_the_price_of_the_tariff_with_the_index_to_its_year() -> None:
    made, (row,) = case({})
    cost = tariff(4)
    of_etmaal = cost.price(cost.bezetting)
    assert made.paid_price(row) == Money.rounded(365 * of_etmaal * Fraction("1.0496"))


def test_a_price_that_is_given_counts() -> None:
    made, (row,) = case({"prijs": 12_345})
    assert made.paid_price(row) == Money.from_euros(12_345)


def test_only_places_that_name_the_tariff_are_paid() -> None:
    made, (row,) = case({}, named=(1, 3))
    assert places_paid(made, made.source["PXQ"], row) == (("L1", "kleinschalig"), ("L2", "kleinschalig"))


def test_rows_of_two_tariffs_stand_side_by_side_for_the_whole_year() -> None:
    other: Record = {"tarief": None, "zorgvorm": None, "prijs": 1_000}
    made, found = case({}, other)
    assert [made.part_of_year(row) for row in found] == [1, 1]


NAMELESS: Record = {"tarief": None}


@pytest.mark.parametrize(
    ("paid", "sort", "named", "wanted"),
    [
        ([NAMELESS], "pxq", (1,), ("F5", "prijs is leeg.")),
        ([{"tarief": "T5"}], "pxq", (1,), ("A5", "Geen plaats waarvoor PXQ betaalt, noemt tarief T5")),
        ([{"zorgvorm": "gesloten"}], "pxq", (1,), ("A5", "Geen plaats waarvoor PXQ betaalt, noemt tarief T4")),
        ([{"prijs": 5}], "lumpsum", (1,), ("A5", "Een lumpsum geldt voor alle plaatsen samen.")),
        ([{}, {}], "pxq", (1,), ("B6", "Dubbele rij: bron PXQ, jaar 2023, tarief T4 staat ook in rij 5.")),
    ],
)
def test_a_row_that_nothing_prices_is_a_finding(
    paid: list[Record], sort: str, named: Sequence[int], wanted: tuple[str, str]
) -> None:
    found = told(read_case(raw_book(tables(*paid, sort=sort, named=named)))[1])
    assert len(found) == 1
    ((cell, what, _),) = found
    assert cell == f"financiering!{wanted[0]}"
    assert what.startswith(wanted[1])


def test_without_a_price_the_places_must_share_an_index() -> None:
    made = tables({}, named=(1, 3))
    made["plaatsen"][3]["index"] = "bouw"
    assert [cell for cell, *_ in told(read_case(raw_book(made))[1])] == ["financiering!F5"]
    made["financiering"][-1]["prijs"] = Decimal(1_000)
    assert told(read_case(raw_book(made))[1]) == []
