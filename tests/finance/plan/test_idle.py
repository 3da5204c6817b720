"""Places that only PxQ or availability keeps: told where a whole location could be missed, and not before."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from finance.plan.idle import idle_places, idle_years
from tests.models.bare import FIRST, Bare, financed, places, solved, source

TWO_HOUSES = Bare(
    places=[places("L1", "open", 6), places("L2", "open", 4)],
    need={("open", FIRST): 6},
    sources=[source("BES", "beschikbaarheid")],
    funding=[financed("BES", FIRST, 10, 100_000)],
)
"""Ten places for six young people, and availability pays for all ten: the house of four is not needed."""


def told(bare: Bare) -> list[str]:
    """What is told of a plan."""
    return [str(item) for item in idle_places(solved(bare))]


def test_a_house_too_many_that_only_availability_pays_for_is_told() -> None:
    """Four empty places of 40,000."""
    assert told(TWO_HOUSES) == [
        "financiering: In 2022 staat van open zoveel leeg dat locatie L2 kan worden gemist. Alleen BES betaalt die"
        " leegstand, samen EUR 160.000,00. Gemeenten betalen dit en geen doel telt het: zet lasten_gemeenten op het"
        " blad doelen, na eigen_geld, of kijk of het niveau in financiering past bij de vraag."
    ]


@pytest.mark.parametrize(
    ("need", "houses"), [("5.9", ["L2"]), ("6", ["L2"]), ("6.1", []), ("4", ["L1"]), ("0", ["L1"])]
)
def test_it_is_told_from_where_a_whole_house_can_be_missed(need: str, houses: list[str]) -> None:
    bare = replace(TWO_HOUSES, need={("open", FIRST): Decimal(need)})
    assert [row.locatie for row in idle_years(solved(bare))] == houses


def test_what_cannot_be_used_is_not_idle() -> None:
    """Nine of ten places can be used: of 3.6 that are left the house of four cannot be missed, with need for 5.4."""
    bare = replace(TWO_HOUSES, forms={"open": {"bezetting_max": Decimal("0.9")}})
    assert [row.locatie for row in idle_years(solved(bare))] == []
    lower = replace(bare, need={("open", FIRST): Decimal("5.4")})
    assert [row.locatie for row in idle_years(solved(lower))] == ["L2"]


def test_what_other_money_helps_to_pay_is_the_business_of_the_goals() -> None:
    """A lump sum pays part of the vacancy."""
    lump = [source("LUMP", "lumpsum"), *TWO_HOUSES.sources]
    funding = [financed("LUMP", FIRST, 1, 620_000, bandbreedte=1), *TWO_HOUSES.funding]
    assert told(replace(TWO_HOUSES, sources=lump, funding=funding)) == []


def test_what_nobody_pays_is_uncovered_and_told_as_such() -> None:
    poor = [financed("BES", FIRST, 10, 70_000)]
    assert told(replace(TWO_HOUSES, funding=poor)) == []


def test_where_the_goal_counts_it_the_advice_is_another() -> None:
    goals = [(name, None) for name in ("tekort_plaatsen", "ongedekt", "eigen_geld", "lasten_gemeenten")]
    (line,) = told(replace(TWO_HOUSES, goals=goals))
    assert line.endswith(
        "Het doel lasten_gemeenten telt dit mee; kijk of het niveau in financiering past bij de vraag."
    )
