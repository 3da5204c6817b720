"""What municipalities pay and owe, worked out on paper: every sort of source, carried money, closed years."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from finance.case.sheets import Source
from finance.plan.allocation import Outcome
from finance.plan.burden import Burden, is_municipal
from tests.models.bare import FIRST, Bare, cost, financed, measure, places, solved, source, spent

BOTH = (FIRST, FIRST + 1)


def of_source(outcome: Outcome, bron: str) -> Burden:
    """What municipalities pay and owe on one source."""
    (found,) = (row for row in outcome.burdens if row.bron.bron == bron)
    return found


def amounts(row: Burden) -> list[str]:
    """What is paid, asked, flows back and is owed."""
    return [str(amount) for amount in (row.betaald, row.opbrengst, row.terug, row.verschuldigd)]


@pytest.mark.parametrize(
    ("soort", "aanbieder", "theirs"),
    [
        ("lumpsum", None, True),
        ("lumpsum", "A", True),
        ("pxq", "A", True),
        ("beschikbaarheid", None, True),
        ("gemeente", None, True),
        ("gemeente", "A", True),
        ("eigen", None, True),
        ("eigen", "A", False),
        ("spuk", None, False),
        ("spuk", "A", False),
    ],
)
def test_own_money_of_a_provider_and_grants_are_not_of_municipalities(
    soort: str, aanbieder: str | None, *, theirs: bool
) -> None:
    yearly = soort in ("lumpsum", "pxq", "beschikbaarheid")
    bare = Bare(
        sources=[source("S", soort, None if yearly else 100, aanbieder=aanbieder)],
        funding=[financed("S", FIRST, 1, 100)] if yearly else [],
    )
    row: Source = bare.case().source["S"]
    assert is_municipal(row) is theirs


CARE = Bare(places=[places("L1", "open", 2)], need={("open", FIRST): 1})
"""A used place of 100,000 and an empty one of 40,000."""


@pytest.mark.parametrize(
    ("soort", "price", "expected"),
    [
        ("lumpsum", 80_000, ["140000.00", "160000.00", "20000.00", "140000.00"]),
        ("lumpsum", 60_000, ["120000.00", "120000.00", "0.00", "120000.00"]),
        ("pxq", 150_000, ["140000.00", "150000.00", "0.00", "150000.00"]),
        ("pxq", 90_000, ["90000.00", "90000.00", "0.00", "90000.00"]),
        ("beschikbaarheid", 90_000, ["140000.00", "180000.00", "0.00", "180000.00"]),
    ],
)
def test_a_lump_sum_flows_back_and_what_is_billed_per_place_does_not(
    soort: str, price: int, expected: list[str]
) -> None:
    """A lump sum for two places below its band, PxQ for the used place, availability for both."""
    bare = replace(CARE, sources=[source("S", soort)], funding=[financed("S", FIRST, 2, price, bandbreedte=1)])
    if soort != "lumpsum":
        bare = replace(bare, funding=[financed("S", FIRST, 2, price)])
    assert amounts(of_source(solved(bare), "S")) == expected


def test_of_a_pot_they_owe_what_it_pays() -> None:
    bare = replace(CARE, sources=[source("S", "gemeente", 500_000), source("T", "eigen", 1, aanbieder="B")])
    outcome = solved(bare)
    assert amounts(of_source(outcome, "S")) == ["140000.00", "140000.00", "0.00", "140000.00"]
    assert [row.bron.bron for row in outcome.burdens] == ["S"]
    assert str(outcome.goals["lasten_gemeenten"]) == "140000.00"


def test_what_a_lump_sum_carries_flows_back_once() -> None:
    """Two years of 160,000 for costs of 140,000 and then none: 180,000 goes back, whatever moved on between."""
    bare = replace(
        CARE,
        last=FIRST + 1,
        places=[places("L1", "open", 2)],
        need={("open", FIRST): 1, ("open", FIRST + 1): 1},
        sources=[source("S", "lumpsum", None, BOTH, overdraagbaar="ja")],
        funding=[financed("S", year, 2, 80_000, bandbreedte=1) for year in BOTH],
    )
    assert amounts(of_source(solved(bare), "S")) == ["280000.00", "320000.00", "40000.00", "280000.00"]


def test_a_closed_year_owed_what_was_paid() -> None:
    """PxQ of 150,000 a year; 130,000 was paid of the closed year, for that is all that is known."""
    bare = replace(
        CARE,
        last=FIRST + 1,
        need={("open", FIRST): 1, ("open", FIRST + 1): 1},
        sources=[source("S", "pxq", None, BOTH)],
        funding=[financed("S", year, 2, 150_000) for year in BOTH],
        actuals=[spent("S", ("L1", "open"), "exploitatie", FIRST, 130_000)],
        settings={"afgesloten_tot": FIRST},
    )
    assert amounts(of_source(solved(bare), "S")) == ["270000.00", "280000.00", "0.00", "280000.00"]


def test_the_goal_lets_a_provider_pay_before_municipalities_only_where_own_money_is_equal() -> None:
    """A grant can pay the building; without the goal the lump sum for care could be left or used alike."""
    bare = Bare(
        measures=[measure("M", verplicht="ja")],
        costs=[cost("M", "frictie_pilot", 1000)],
        sources=[source("L", "lumpsum"), source("G", "gemeente", 1000), source("H", "eigen", 600, aanbieder="A")],
        funding=[financed("L", FIRST, 1, 300, bandbreedte=1)],
        goals=[("ongedekt", None), ("eigen_geld", None), ("lasten_gemeenten", None)],
    )
    outcome = solved(bare)
    paid = {name: str(amount) for name, amount in outcome.paid_by_source.items()}
    assert paid == {"L": "300.00", "G": "100.00", "H": "600.00"}
    assert str(outcome.goals["lasten_gemeenten"]) == "400.00"


def test_the_goal_chooses_what_costs_municipalities_less() -> None:
    """Two variants cost the same; the provider's own money, first in line, pays more of the second."""
    bare = Bare(
        measures=[measure("M", "P", verplicht="ja"), measure("N", "P")],
        costs=[cost("M", "frictie_pilot", 1000), cost("N", "verbouwen", 1000)],
        sources=[source("L", "lumpsum"), source("S", "spuk", 1000)],
        funding=[financed("L", FIRST, 1, 1000, bandbreedte=1)],
    )
    assert solved(bare).allocation.starts == {"N": FIRST}  # spends the grant
    order = ("ongedekt", "eigen_geld")
    alike = replace(bare, goals=[(name, None) for name in order])
    named = replace(bare, goals=[(name, None) for name in (*order, "lasten_gemeenten")])
    assert solved(alike).goals["ongedekt"] == solved(named).goals["ongedekt"]
    assert solved(named).allocation.starts == {"N": FIRST}
    assert str(solved(named).goals["lasten_gemeenten"]) == "0.00"


def test_the_goal_counts_closed_years_as_they_were_paid() -> None:
    bare = Bare(
        last=FIRST + 1,
        measures=[measure("M")],
        costs=[cost("M", "overig", 30, 1)],
        sources=[source("G", "gemeente", 1000, BOTH)],
        started={"M": FIRST},
        actuals=[spent("G", "M", "overig", FIRST, Decimal("70.25"))],
        settings={"afgesloten_tot": FIRST},
        goals=[("ongedekt", None), ("eigen_geld", None), ("lasten_gemeenten", None)],
    )
    assert str(solved(bare).goals["lasten_gemeenten"]) == "100.25"


def with_regions(keys: list[object]) -> Outcome:
    """A plan of which municipalities pay 140,000 and owe 150,000, and regions with these keys."""
    rows = [
        {"regio": f"R{number}", "naam": f"Regio {number}", "sleutel": key, "herkomst": "B1"}
        for number, key in enumerate(keys)
    ]
    bare = replace(CARE, sources=[source("S", "pxq")], funding=[financed("S", FIRST, 2, 150_000)])
    return solved(replace(bare, more={"regios": rows}))


@pytest.mark.parametrize(
    ("keys", "paid", "owed"),
    [
        ([1], ["140000.00"], ["150000.00"]),
        ([1, 1, 1], ["46666.67", "46666.67", "46666.66"], ["50000.00"] * 3),
        ([Decimal("0.25"), 0, Decimal("0.75")], ["35000.00", "0.00", "105000.00"], ["37500.00", "0.00", "112500.00"]),
        ([2, 1, 4], ["40000.00", "20000.00", "80000.00"], ["42857.14", "21428.57", "85714.29"]),
    ],
)
def test_regions_share_in_proportion_to_their_keys_to_the_cent(
    keys: list[object], paid: list[str], owed: list[str]
) -> None:
    """The cents that are left go to the largest remainders, then to the first."""
    found = with_regions(keys).region_burdens
    assert [str(row.betaald) for row in found] == paid
    assert [str(row.verschuldigd) for row in found] == owed


def test_without_regions_nothing_is_shared() -> None:
    assert solved(CARE).region_burdens == ()
