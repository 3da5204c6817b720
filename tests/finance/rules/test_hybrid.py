"""Hybrid places: closed ones for linked closure unless a reading opens them, and for the activities of 2024."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from finance.case import CostLine
from finance.compliance.judgement import Records, refusal
from finance.rules import Entitlement
from finance.rules.activities import Activity, activity_of
from finance.rules.readings import without_effect
from tests.models.bare import Bare, cost, effect, measure, places, source

READING = "hybride-is-open"
HYBRID = {"open": {"gesloten": "hybride"}}


def converting(away: int, hybrid: int, lezingen: str | None = None, **settings: object) -> Bare:
    """M takes closed places away and opens hybrid ones, and builds for that out of a grant of 2020."""
    return Bare(
        places=[places("L1", "gesloten", 9), places("L1", "open", 0)],
        measures=[measure("M"), measure("N", vereist="P-M")],
        effects=[effect("M", "L1", "gesloten", -away), effect("M", "L1", "open", hybrid)],
        costs=[cost("M", "vervangende_nieuwbouw", 1000), cost("N", "vervangende_nieuwbouw", 1000)],
        sources=[source("SPUK", "spuk", 5000)],
        settings={"lezingen": lezingen, **settings},
        forms=HYBRID,
    )


@pytest.mark.parametrize("name", ["M", "N"])
@pytest.mark.parametrize(
    ("away", "hybrid", "lezingen", "pays"),
    [
        (4, 4, None, False),
        (4, 3, None, True),
        (4, 4, READING, True),
        (4, 9, READING, True),
        (0, 4, READING, False),
    ],
)
def test_closed_places_made_hybrid_close_nothing_unless_the_reading_opens_them(
    name: str, away: int, hybrid: int, lezingen: str | None, pays: bool
) -> None:
    """The rules and the judge of finished plans, apart; N requires what M does."""
    bare = converting(away, hybrid, lezingen)
    case = bare.case() if away else replace(bare, effects=bare.effects[1:]).case()
    line = CostLine(name, "", "", "vervangende_nieuwbouw", 2022)
    assert Entitlement(case).permission(case.source["SPUK"], line).mag is pays
    assert (refusal(Records(case), case.source["SPUK"], line) is None) is pays


def test_hybrid_places_are_closed_ones_for_the_activities_of_2024_under_any_reading() -> None:
    """Four closed places made hybrid: converting, and not closing."""
    for lezingen in (None, READING):
        case = converting(4, 4, lezingen).case()
        assert activity_of(case, case.measure["M"]) is Activity.CONVERTING
    fewer = converting(4, 3).case()
    assert activity_of(fewer, fewer.measure["M"]) is Activity.CLOSING


def test_the_reading_changes_nothing_without_hybrid_places_or_before_it_was_known() -> None:
    hybrid = converting(4, 4, READING)
    assert without_effect(Entitlement(hybrid.case()), READING) == ""
    plain = replace(hybrid, forms={})
    assert without_effect(Entitlement(plain.case()), READING) == "geen zorgvorm van deze casus is hybride"
    early = converting(4, 4, READING, peildatum=date(2020, 9, 15))
    assert "nog niet bekend" in without_effect(Entitlement(early.case()), READING)
