"""The case Noord: which form of payment carries the path from 48 closed places to none."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Final

import maak_noord
import pytest

from finance.case import Case, RawBook, build_case
from finance.money import Money
from finance.plan.allocation import Outcome, Plan, Status
from finance.rules import Entitlement
from finance.scenarios import scenario_book
from finance.xlsx.read import read_book
from models.plan import make_plan

WORKBOOK: Final = Path(__file__).parents[2] / "inputs" / "noord.xlsx"


@cache
def book() -> RawBook:
    """The tables of the workbook."""
    return read_book(WORKBOOK)


@cache
def case() -> Case:
    """The case as it stands."""
    return build_case(book())


@cache
def plan(scenario: str) -> tuple[Plan, Outcome]:
    """The best plan of a scenario, and what follows from it."""
    changed = build_case(scenario_book(book(), case(), scenario))
    made = make_plan(changed, Entitlement(changed))
    return made, Outcome(changed, made.allocation)


def test_48_places_lie_at_both_providers_in_whole_groups_of_8() -> None:
    places = {row.locatie: row.plaatsen for row in case().places if row.zorgvorm == "gesloten"}
    assert places == {"HW-A": 16, "HW-B": 16, "WB": 16}


def test_both_grants_of_2020_are_there_in_full() -> None:
    grants = {row.bron: row.bedrag for row in case().sources if row.regeling == "vastgoedtransitie-2020"}
    assert grants == {
        "SPUK20-ELKER": Money.from_euros("2359155"),
        "SPUK20-JHF": Money.from_euros("1078470"),
    }


def test_nobody_is_closed_in_2030() -> None:
    assert case().demand_in["gesloten", 2030].jeugdigen == 0
    assert case().demand_in["gesloten", 2030].plafond == 0
    assert case().demand_in["gesloten", 2028].plafond == 10


@pytest.mark.parametrize("tarief", ["T4", "T8"])
def test_an_available_place_and_a_used_one_come_to_the_same_at_90_percent(tarief: str) -> None:
    used, available = maak_noord.TARIEVEN.bezet(tarief), maak_noord.TARIEVEN.beschikbaar(tarief)
    assert available == used * Fraction(9, 10)


def test_prices_of_the_script_are_those_of_the_tariff_sheet() -> None:
    """A used place pays for itself and for its part of the empty ones: at 90% one ninth of an empty place."""
    place = next(row for row in case().places if row.locatie == "HW-A")
    used, empty = (case().place_price(place, sort, 2021) for sort in ("exploitatie", "leegstand"))
    assert abs(used + empty / 9 - maak_noord.TARIEVEN.bezet("T8")) < Fraction(2, 100)


def test_woodbrookers_closes_on_1_july_2024() -> None:
    allocation = plan("basis")[0].allocation
    outcome = plan("basis")[1]
    (start,) = [year for name, year in allocation.starts.items() if name.startswith("WB-")]
    assert start == 2023
    assert [outcome.places[("WB", "gesloten"), year] for year in (2023, 2024, 2025)] == [16, 8, 0]


def test_availability_carries_the_path_and_a_price_per_bed_does_not() -> None:
    carried, per_bed = plan("basis"), plan("PxQ")
    assert carried[0].status is per_bed[0].status is Status.OPTIMAL
    assert carried[1].closed
    assert not per_bed[1].closed
    assert Money.total(per_bed[1].gaps.values()) > Money.from_euros("5000000")
