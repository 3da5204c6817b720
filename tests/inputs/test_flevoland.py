"""The case Flevoland: an allocation plan per provider and town, with floors and ceilings."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Final

import maak_flevoland
import pytest

from finance.case import Case, build_case
from finance.money import Money
from finance.plan.allocation import Outcome, Plan, Status
from finance.rules import Entitlement
from finance.xlsx.read import read_book
from models.plan import make_plan

WORKBOOK: Final = Path(__file__).parents[2] / "inputs" / "flevoland.xlsx"
TREATMENT: Final = "behandeld_wonen"


@cache
def case() -> Case:
    """The case as it stands."""
    return build_case(read_book(WORKBOOK))


@cache
def plan() -> tuple[Plan, Outcome]:
    """Its best plan, and what follows from it."""
    made = make_plan(case(), Entitlement(case()))
    return made, Outcome(case(), made.allocation)


@pytest.mark.parametrize(("days", "beds"), [(0, 0), (365, 1), (1728, 4), (1729, 5), (3074, 8), (9221, 24)])
def test_notional_beds_are_care_days_a_year_less_a_twentieth(days: int, beds: int) -> None:
    """1,728 days are 4.498 beds and 1,729 days 4.5001."""
    assert maak_flevoland.fictieve_bedden(days) == beds


def test_71_places_lie_outside_the_region() -> None:
    outside = {row.locatie for row in case().locations if row.gemeente == maak_flevoland.BUITEN}
    assert sum(row.plaatsen for row in case().places if row.locatie in outside) == 71


def test_treatment_loses_10_to_50_percent() -> None:
    """Of 128 places at the start 115.2, 102.4, 89.6, 76.8 and 64 may be left."""
    assert sum(row.plaatsen for row in case().places if row.zorgvorm == TREATMENT) == 128
    ceilings = [case().demand_in[TREATMENT, year].plafond for year in case().years]
    assert ceilings == [Decimal(ceiling) for ceiling in ("115.2", "102.4", "89.6", "76.8", "64")]


def test_the_grant_for_16_places_stands_apart_from_the_rest_of_utrecht() -> None:
    (grant,) = (row for row in case().sources if row.soort == "spuk")
    assert grant.bedrag == Money.from_euros("4752012")
    assert grant.buiten_casus == Money.from_euros("4212777")


def test_the_plan_gives_each_provider_its_places_in_2021() -> None:
    made, outcome = plan()
    assert made.status is Status.OPTIMAL
    assert outcome.closed
    owners: dict[str, int] = {}
    for row in case().places:
        if row.zorgvorm == TREATMENT:
            owner = case().location[row.locatie].aanbieder
            owners[owner] = owners.get(owner, 0) + int(outcome.places[(row.locatie, TREATMENT), 2021])
    assert sum(owners.values()) <= 64
    assert all(8 <= owners[name] <= 24 for name in ("TRIADE", "VITREE", "SHL"))
    assert outcome.places[("JZP-ALM", "jeugdzorgplus"), 2021] == 16
