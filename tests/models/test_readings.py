"""What a stricter interpretation costs: worked out by hand, and the same as planning under the reading."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from finance.case import Case
from finance.case.words import UNITS
from finance.findings import NoPlanError
from finance.money import Money
from finance.plan.allocation import Outcome
from finance.plan.readings import Asked, OtherReading, in_dutch
from finance.plan.whatif import MAXIMISED, euros_or_number
from finance.rules import Entitlement
from finance.rules.wider import wider_rules
from models import make_plan, other_readings
from models.arrays import arrays_of
from tests.models.bare import Bare, cost, effect, financed, measure, places, source
from tests.models.strategies import random_case

READING = "leegstand-door-transitie"
SAME = Fraction(1, 10**6)
"""A difference in places or points below this is none."""
YEARS = (2022, 2024)

CLOSING = Bare(
    last=2024,
    places=[places("L1", "gesloten", 4)],
    measures=[measure("M", verplicht="ja")],
    effects=[effect("M", "L1", "gesloten", -4, 2)],
    costs=[cost("M", "verbouwen", 100_000)],
    sources=[source("SPUK", "spuk", 300_000, YEARS), source("STAD", "gemeente", 1_000_000, YEARS)],
)
"""Four empty places close two years after the start: 160,000 of vacancy in 2022 and in 2023, which the town pays."""
COVERED = replace(
    CLOSING,
    sources=[source("SPUK", "spuk", 100_000, YEARS), source("LUMP", "lumpsum", None, YEARS)],
    funding=[financed("LUMP", year, 4, 100_000) for year in (2022, 2023, 2024)],
)
"""The grant is spent in full, and the lump sum pays all vacancy: nothing is left to win."""


def asked(case: Case, seconds: float | None = None) -> tuple[OtherReading, ...]:
    plan = make_plan(case, Entitlement(case), arrays=arrays_of)
    return other_readings(case, plan, seconds, lambda _: None)


def test_what_the_strict_reading_costs_is_what_goes_back_now_and_would_not() -> None:
    """Under the reading the grant pays 200,000 of the vacancy too; of the town 120,000 remains."""
    (found,) = asked(CLOSING.case())
    assert (found.lezing, found.streng, found.ruim) == (READING, ("VT20-leegstand",), ("VT20-leegstand-lezing",))
    assert found.uitkomst is Asked.PROVEN
    assert (found.terug, found.terug_anders, found.scheelt) == (
        Money.from_euros(200_000),
        Money(0),
        Money.from_euros(200_000),
    )
    assert found.doelen["eigen_geld"] == Money.from_euros(120_000)
    assert in_dutch(found) == (
        "met de lezing leegstand-door-transitie moet EUR 0,00 terug in plaats van EUR 200.000,00 (berekend en bewezen)"
    )


@pytest.mark.parametrize(
    ("anders", "said"),
    [
        (Money(1), "met de lezing L moet EUR 0,01 terug in plaats van EUR 5,00 (berekend en bewezen)"),
        (
            Money(500),
            "met of zonder de lezing L moet EUR 5,00 terug: daarin maakt zij geen verschil (berekend en bewezen)",
        ),
    ],
)
def test_a_reading_that_makes_no_difference_says_so(anders: Money, said: str) -> None:
    assert in_dutch(OtherReading("L", ("S",), ("R",), Asked.PROVEN, Money(500), anders)) == said


def test_it_is_the_plan_of_the_same_case_with_the_reading_on() -> None:
    (found,) = asked(CLOSING.case())
    wider = replace(CLOSING, settings={"lezingen": READING}).case()
    plan = make_plan(wider, Entitlement(wider))
    assert found.doelen == {row.doel: Outcome(wider, plan.allocation).goals[row.doel] for row in wider.goals}


def test_where_nothing_can_get_better_no_plan_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing goes back, all is covered, no own money: each is at zero, which is its least."""
    case = COVERED.case()
    plan = make_plan(case, Entitlement(case), arrays=arrays_of)
    monkeypatch.setattr("models.readings.make_plan", None)
    (found,) = other_readings(case, plan, None, lambda _: None)
    assert found.uitkomst is Asked.NOTHING
    assert (found.terug_anders, found.scheelt, dict(found.doelen)) == (Money(0), Money(0), {})
    assert "niets te winnen" in in_dutch(found)


@pytest.mark.parametrize("grant", ["100000.01", "100000"])
def test_a_cent_that_goes_back_is_worth_the_question(grant: str) -> None:
    sources = [source("SPUK", "spuk", Decimal(grant), YEARS), *COVERED.sources[1:]]
    (found,) = asked(replace(COVERED, sources=sources).case())
    assert found.uitkomst is (Asked.NOTHING if grant == "100000" else Asked.PROVEN)
    assert found.scheelt == (Money(0) if grant == "100000" else Money(1))


def test_when_the_time_is_up_it_says_so() -> None:
    (found,) = asked(CLOSING.case(), 0.0)
    assert found.uitkomst is Asked.NO_TIME
    assert (found.terug, found.terug_anders, found.scheelt) == (Money.from_euros(200_000), None, None)
    assert in_dutch(found) == ("wat de lezing leegstand-door-transitie scheelt is niet berekend: de rekentijd was op")


@pytest.mark.parametrize(
    "case",
    [
        replace(CLOSING, settings={"lezingen": READING}),
        replace(CLOSING, effects=[effect("M", "L1", "gesloten", 4, 1)]),
        replace(CLOSING, effects=[effect("M", "L1", "gesloten", -4, 0)]),
        replace(CLOSING, measures=[measure("M", verplicht="ja", door_transitie="nee")]),
        replace(CLOSING, sources=[source("STAD", "gemeente", 1_000_000, YEARS)]),
        replace(
            CLOSING,
            sources=[source("SPUK", "spuk", 300_000, YEARS, regeling="residentieel-2021")],
            settings={"regelingen": "residentieel-2021"},
        ),
    ],
    ids=["reading on", "nothing closes", "closes at once", "not by the transition", "no grant", "grant of 2021"],
)
def test_nothing_is_asked_where_no_wider_rule_could_pay_anything(case: Bare) -> None:
    assert asked(case.case()) == ()


def test_the_costs_of_an_emptied_building_are_part_of_the_question() -> None:
    """Both kostensoorten stand under one reading, so one plan answers: 30,000 for guarding, and no closure."""
    case = replace(CLOSING, effects=(), costs=[*CLOSING.costs, cost("M", "leegstand_gebouw", 30_000, 1)]).case()
    (found,) = asked(case)
    assert found.streng == ("VT20-leegstand_gebouw",)
    assert found.scheelt == Money.from_euros(30_000)


def test_a_wider_reading_never_makes_the_first_goal_that_changes_worse() -> None:
    """Random cases with grants of 2020: what may be paid only grows, so the goals can only get better, in order."""
    proven = 0
    for seed in range(60):
        case = replace(random_case(seed), settings={}, goals=()).case()
        if not wider_rules(Entitlement(case)):
            continue
        try:
            plan = make_plan(case, Entitlement(case), arrays=arrays_of)
        except NoPlanError:
            continue
        (found,) = other_readings(case, plan, None, lambda _: None)
        proven += found.uitkomst is Asked.PROVEN
        now = Outcome(case, plan.allocation)
        cents = Fraction(len(now.allocation.payments) + 20, 100)
        changes = {
            name: euros_or_number(value) - euros_or_number(now.goals[name]) for name, value in found.doelen.items()
        }
        moved = [name for name, size in changes.items() if abs(size) > (cents if UNITS[name] == "EUR" else SAME)]
        assert not moved or (changes[moved[0]] > 0) == (moved[0] in MAXIMISED), (seed, changes)
    assert proven > 3
