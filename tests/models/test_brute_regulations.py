"""The model against the oracle that tries everything, on cases with grants of two regulations at once."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest

from finance.findings import NoPlanError
from finance.money import Money
from finance.rules import Entitlement
from finance.statement import Statement
from models import make_plan
from tests.models.bare import FIRST, Bare, cost, effect, measure, places, solved, source
from tests.models.regulations import OF_2020, OF_2024, case_of_two_regulations
from tests.models.test_arrays import require_same
from tests.models.test_brute import judge

BOTH = f"{OF_2020}, {OF_2024}"
SEEDS = range(40)
YEAR = FIRST + 2
"""2024: both regulations pay."""


@pytest.mark.parametrize("seed", SEEDS)
def test_the_plan_is_the_best_of_all_plans_under_two_regulations(seed: int) -> None:
    bare = case_of_two_regulations(seed)
    judge(bare)
    require_same(bare.case())


def test_the_random_cases_bind_what_they_are_for() -> None:
    """In some plans a limit to a part of a line is reached, and the line costs more: it takes something away."""
    bound: Counter[str] = Counter()
    for seed in SEEDS:
        case = case_of_two_regulations(seed).case()
        try:
            allocation = make_plan(case, Entitlement(case)).allocation
        except NoPlanError:
            continue
        reached = (part for part in Statement(case, allocation).parts if part.betaald == part.grens < part.lijn.kosten)
        bound.update(part.regel.id for part in reached)
    assert all(bound[name] > 0 for name in ("TG24-geactiveerd", "TG24-leegstand", "VT20-leegstand-lezing")), bound


# --- solved by hand ---------------------------------------------------------------------------


def rebuilt(*flags: str | None, lezingen: str | None = None, **grant: object) -> Bare:
    """Rebuilding in 2024 in parts of 100,000.01 that are capitalised or not, and a grant of 2024 for all of it."""
    return Bare(
        last=YEAR,
        places=[places("L1", "gesloten", 2)],
        measures=[measure("M", start=(YEAR, YEAR), verplicht="ja")],
        effects=[effect("M", "L1", "gesloten", -2)],
        costs=[cost("M", "verbouwen", Decimal("100000.01")) | {"geactiveerd": flag} for flag in flags],
        sources=[source("G", "spuk", 900_000, (FIRST, YEAR), regeling=OF_2024, **grant)],
        settings={"regelingen": BOTH, "lezingen": lezingen},
    )


@pytest.mark.parametrize(
    ("flags", "lezingen", "paid"),
    [
        ((None,), None, "100000.01"),
        (("nee", None), None, "200000.02"),
        (("ja", "nee"), None, "100000.01"),
        (("ja", "nee", "ja"), None, "100000.01"),
        (("ja",), None, "0.00"),
        (("ja",), "geactiveerd-2024", "100000.01"),
        (("ja", "nee"), "geactiveerd-2024", "200000.02"),
    ],
)
def test_a_grant_of_2024_pays_what_is_not_capitalised(
    flags: tuple[str | None, ...], lezingen: str | None, paid: str
) -> None:
    outcome = solved(rebuilt(*flags, lezingen=lezingen))
    assert str(outcome.paid_by_source["G"]) == paid


def test_a_line_that_is_partly_capitalised_is_one_line_and_another_grant_pays_the_rest() -> None:
    """The grant of 2020 knows no limit: together they pay all, each euro once."""
    bare = rebuilt("ja", "nee")
    old = source("OUD", "spuk", 150_000, (FIRST, YEAR), regeling=OF_2020)
    outcome = solved(Bare(**{**vars(bare), "sources": [*bare.sources, old]}))
    (line,) = (line for line in outcome.costs if line.kostensoort == "verbouwen")
    assert str(outcome.costs[line]) == "200000.02"
    assert outcome.gaps.get(line) is None
    assert outcome.allocation.payments[line, "G"] <= Money.from_euros("100000.01")


def emptied(housing: object, *grants: str, lezingen: str = "leegstand-door-transitie") -> Bare:
    """Two places that close a year after the start of 2024, empty at 40,000 each, and grants for that."""
    return Bare(
        last=YEAR + 1,
        places=[places("L1", "gesloten", 3) | {"huisvesting_per_plaats": housing}],
        measures=[measure("M", start=(YEAR, YEAR), verplicht="ja")],
        effects=[effect("M", "L1", "gesloten", -2, 1)],
        sources=[source(name, "spuk", 900_000, (FIRST, YEAR + 1), regeling=name) for name in grants],
        settings={"regelingen": BOTH, "lezingen": lezingen},
    )


@pytest.mark.parametrize(
    ("housing", "grants", "lezingen", "paid"),
    [
        (None, (OF_2024,), "", ["80000.00"]),
        (Decimal("16001.50"), (OF_2024,), "", ["32003.00"]),
        (0, (OF_2024,), "", ["0.00"]),
        (16_000, (OF_2020,), "leegstand-door-transitie", ["80000.00"]),
        (16_000, (OF_2020,), "", ["0.00"]),
    ],
)
def test_vacancy_of_2024_needs_no_reading_and_is_its_housing(
    housing: object, grants: tuple[str, ...], lezingen: str, paid: list[str]
) -> None:
    outcome = solved(emptied(housing, *grants, lezingen=lezingen))
    assert [str(outcome.paid_by_source[name]) for name in grants] == paid


@pytest.mark.parametrize(("need", "paid"), [(0, "32003.00"), (1, "32003.00"), (2, "16001.50"), (3, "0.00")])
def test_of_the_places_that_close_the_housing_of_those_that_are_empty(need: int, paid: str) -> None:
    """Two of three places are closing: the grant pays the housing of no more of them than stand empty."""
    bare = emptied(Decimal("16001.50"), OF_2024, lezingen="")
    bare = Bare(**{**vars(bare), "need": {("gesloten", YEAR): need}})
    outcome = solved(bare)
    assert str(outcome.paid_by_source[OF_2024]) == paid


def test_the_caps_on_vacancy_hold_per_regulation_and_each_euro_is_paid_once() -> None:
    """Three empty places cost 120,000; each regulation pays at most 80,000 of it: together all."""
    outcome = solved(emptied(None, OF_2020, OF_2024))
    paid = [outcome.paid_by_source[name] for name in (OF_2020, OF_2024)]
    assert str(Money.total(paid)) == "120000.00"
    assert all(amount <= Money.from_euros(80_000) for amount in paid)
