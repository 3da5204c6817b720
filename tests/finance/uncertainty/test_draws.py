"""The outcome of a draw: what it keeps of a plan, and that it survives being written down."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from pydantic import ValidationError

from finance.money import Money
from finance.plan.allocation import Outcome, Status
from finance.uncertainty.draws import DrawResult, DrawStatus, failed_draw, left_of, result_of
from tests.finance.village import (
    GESLOTEN,
    VILLAGE,
    allocation,
    of_places,
    paying,
    village,
    village_plan,
)


def kept() -> DrawResult:
    """The outcome of the village's plan."""
    case = village()
    return result_of(4, case, replace(village_plan(case), status=Status.OPTIMAL), "v1")


def test_it_keeps_goals_starts_and_money_exactly() -> None:
    case, result = village(), kept()
    goals = Outcome(case, allocation()).goals
    assert list(result.doelen) == [row.doel for row in case.goals]
    assert Money.from_euros(result.doelen["ongedekt"]) == goals["ongedekt"]
    assert result.doelen["waardering"] == Decimal("2.5")
    assert result.starts == allocation().starts
    assert result.betaald["SPUK"] == 52_631_580
    assert result.sluitend is False


def test_only_goals_without_proof_have_a_gap() -> None:
    assert set(kept().kloof) == {"startjaren"}


def test_a_plan_that_the_time_limit_stopped_does_not_count() -> None:
    case = village()
    result = result_of(4, case, village_plan(case), "v1")
    assert (result.status, result.proven) == (DrawStatus.TIME_LIMIT, False)
    assert kept().proven


@pytest.mark.parametrize("result", [kept(), failed_draw(7, "één 'reden' \"hier\"\n", "v2")])
def test_it_survives_being_written_down(result: DrawResult) -> None:
    line = result.model_dump_json()
    assert "\n" not in line
    assert DrawResult.model_validate_json(line) == result


def test_what_is_not_an_outcome_is_refused() -> None:
    with pytest.raises(ValidationError):
        DrawResult.model_validate_json('{"nummer": 1}')


def test_a_long_message_is_cut_off() -> None:
    assert len(failed_draw(1, "x" * 5000, "").melding) == 1000


@pytest.mark.parametrize(
    ("carries", "changes", "cents"), [("ja", (-200, 200, -300), 300), ("nee", (-200, 0, -300), 500)]
)
def test_what_lapses_is_the_end_of_what_carries_over_and_every_year_of_what_does_not(
    carries: str, changes: tuple[int, int, int], cents: int
) -> None:
    """The village spends its lump sum to the last cent; here so many cents more or fewer in each year."""
    sources = [row | ({"overdraagbaar": carries} if row["bron"] == "LUMP" else {}) for row in VILLAGE.sources]
    plan = allocation()
    for year, change in zip((2022, 2023, 2024), changes, strict=True):
        plan = paying(plan, of_places(GESLOTEN, year), "LUMP", change)
    assert left_of(Outcome(village(sources=sources), plan), "LUMP") == Money(cents)


def test_what_is_left_of_a_pot_is_its_rest() -> None:
    outcome = Outcome(village(), replace(allocation(), payments={}))
    assert left_of(outcome, "SPUK") == Money.from_euros("526315.80")
