"""The whole country: fourteen locations, seven municipalities, and what the grants of 2024 cover."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from typing import Final

import maak_landelijk
import pytest

from finance.case import Case, build_case
from finance.money import Money
from finance.plan.allocation import Outcome, Plan, Status
from finance.rules import Entitlement
from finance.statement.revision import Revision
from finance.xlsx.read import read_book
from models.plan import make_plan

WORKBOOK: Final = Path(__file__).parents[2] / "inputs" / "landelijk.xlsx"
CLOSED: Final = "gesloten"


@cache
def case() -> Case:
    """The case as it stands."""
    return build_case(read_book(WORKBOOK))


@cache
def plan() -> tuple[Plan, Outcome]:
    """Its best plan, and what follows from it."""
    made = make_plan(case(), Entitlement(case()))
    return made, Outcome(case(), made.allocation)


@pytest.mark.parametrize(
    ("total", "keys", "shares"),
    [
        (7, {"a": 1, "b": 1, "c": 1}, {"a": 3, "b": 2, "c": 2}),
        (10, {"a": 68, "b": 32}, {"a": 7, "b": 3}),
        (6, {"a": 68, "b": 38}, {"a": 4, "b": 2}),
        (0, {"a": 1, "b": 2}, {"a": 0, "b": 0}),
    ],
)
def test_whole_places_go_by_the_largest_remainder(total: int, keys: dict[str, int], shares: dict[str, int]) -> None:
    """Of 10 places 6.8 and 3.2; of 6 places 3.85 and 2.15; equal remainders go to who is named first."""
    assert maak_landelijk.verdeeld(total, keys) == shares


def test_581_places_lie_at_fourteen_locations_by_the_key_of_806() -> None:
    closed = {row.locatie: row.plaatsen for row in case().places if row.zorgvorm == CLOSED}
    assert len(closed) == 14
    assert sum(closed.values()) == 581
    assert sum(place.sleutel for place in maak_landelijk.LOCATIES) == 806
    assert closed["ZETTEN"] == 74  # 581 x 102 / 806 = 73.53
    assert closed["PINQ"] == 10  # 10.09


def test_seven_municipalities_were_granted_140_999_997_euros() -> None:
    granted: Counter[str] = Counter()
    for row in case().grant_decisions:
        granted[row.gemeente] += row.bedrag.cents
    assert len(granted) == 7
    assert Money(sum(granted.values())) == Money.from_euros("140999997")
    assert Money(granted["Rotterdam"]) == Money.from_euros("41454546")


def test_every_location_can_close_and_most_can_be_converted_or_keep_a_part() -> None:
    names = {place.code: {m.maatregel for m in case().projects[place.code]} for place in maak_landelijk.LOCATIES}
    assert all(f"{code}-sluiten" in measures for code, measures in names.items())
    assert all(len(measures) == 3 for measures in names.values())


def test_the_plan_is_proven_and_nobody_is_closed_in_2030() -> None:
    made, outcome = plan()
    assert made.status is Status.OPTIMAL
    assert [outcome.places_of_form(CLOSED, year) for year in (2024, 2030)] == [581, 0]
    assert sum(outcome.short.values()) == 0


def test_what_the_grants_do_not_pay_stays_below_the_pot_for_revision() -> None:
    asked = Revision(case(), plan()[0].allocation).total_asked
    assert Money.from_euros(0) < asked < Money.from_euros("35000001")
