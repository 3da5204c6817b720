"""What is equal in every goal, solved by hand: equal shares of what is equal, care before buildings."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from finance.case import build_case
from finance.case.words import COST_SORTS
from finance.findings import NoPlanError
from finance.plan.allocation import Outcome, Status
from finance.rules import Entitlement
from finance.xlsx.read import read_book
from models import face, make_plan
from models.compiled import Vector
from models.plan import UNFAIR
from models.preference import PAID_FIRST, RANK_OF_SORT
from models.solver import Run, Solver
from tests.casebook import raw_book
from tests.inputs.test_zuidwest import WORKBOOK
from tests.models.bare import FIRST, Bare, cost, effect, financed, measure, places, solved, source
from tests.models.history import random_history
from tests.models.lent import lent_case
from tests.models.renaming import both_ways, furthest
from tests.models.strategies import random_case
from tests.models.wider import wider_case

ODD: int = 2
"""Cents that a payment may differ by: each of two plans rounds it up or down."""
SHARE: Decimal = Decimal("1e-8")
"""Places by which equal shares may differ: the tolerance of the solver, and less than a cent of any price."""
BOTH = (FIRST, FIRST + 1)


def paid(outcome: Outcome, bron: str = "") -> Mapping[tuple[str, str, int], str]:
    """What is paid of each line, by measure or location, kostensoort and year; of one source or of all."""
    return {
        (line.maatregel or line.locatie, line.kostensoort, line.jaar): str(amount)
        for (line, payer), amount in outcome.allocation.payments.items()
        if bron in ("", payer)
    }


def used(outcome: Outcome) -> list[Fraction]:
    """Used places of L1 and L2 in the first year."""
    return [outcome.used[(place, "open"), FIRST] for place in ("L1", "L2")]


# Places


@pytest.mark.parametrize(
    ("first", "second", "need", "expected"),
    [
        (3, 3, "4", ["2", "2"]),
        (6, 2, "4", ["3", "1"]),
        (6, 2, "8", ["6", "2"]),
        (6, 2, "9", ["6", "2"]),
        (6, 0, "3", ["3", "0"]),
        (2, 1, "1", ["0.666666667", "0.333333333"]),
        (1, 2, "1", ["0.333333333", "0.666666667"]),
    ],
)
def test_locations_of_a_zorgvorm_are_equally_full(first: int, second: int, need: str, expected: list[str]) -> None:
    bare = Bare(
        places=[places("L1", "open", first, (0, 0)), places("L2", "open", second, (0, 0))],
        need={("open", FIRST): Decimal(need)},
    )
    assert used(solved(bare)) == [Fraction(number) for number in expected]


@pytest.mark.parametrize(("need", "expected"), [(3, ["1.5", "1.5"]), (4, ["2", "2"]), (5, ["3", "2"]), (6, ["4", "2"])])
def test_a_location_that_cannot_be_filled_leaves_the_rest_to_the_others(need: int, expected: list[str]) -> None:
    """Four places each; those of L2 open this year, and half of them can be filled."""
    bare = Bare(
        places=[places("L1", "open", 4, (0, 0)), places("L2", "open", 0, (0, 0))],
        need={("open", FIRST): need},
        measures=[measure("M", verplicht="ja")],
        effects=[effect("M", "L2", "open", 4)],
        forms={"open": {"aanloop_jaar1": Decimal("0.5")}},
    )
    assert used(solved(bare)) == [Fraction(number) for number in expected]


def test_a_goal_goes_before_equal_shares() -> None:
    """A place of L2 is cheaper to use than to leave empty, by more than one of L1."""
    bare = Bare(places=[places("L1", "open", 4), places("L2", "open", 4, (80_000, 40_000))], need={("open", FIRST): 5})
    assert used(solved(bare)) == [1, 4]


def test_money_that_only_one_provider_gets_decides_before_equal_shares() -> None:
    """PxQ of provider B pays 100,000 for each of at most three used places; nothing else pays."""
    bare = Bare(
        places=[places("L1", "open", 4, (100_000, 0)), places("L2", "open", 4, (100_000, 0))],
        need={("open", FIRST): 4},
        sources=[source("B", "pxq", aanbieder="B")],
        funding=[financed("B", FIRST, 3, 100_000)],
    )
    assert used(solved(bare)) == [1, 3]


def test_young_people_without_a_place_are_shared_over_the_needs() -> None:
    """Four and eight young people, six places that may serve either: half of each has a place."""
    bare = Bare(
        places=[places("L1", "open", 6, (0, 0))],
        need={("gesloten", FIRST): 4, ("open", FIRST): 8},
        alternatives=[("gesloten", "open")],
        goals=[("tekort_plaatsen", None), ("ongedekt", None)],
    )
    short = solved(bare).short
    assert [short[form, FIRST] for form in ("gesloten", "open")] == [2, 4]


# Money


def test_money_that_falls_short_pays_care_first() -> None:
    """A used place of 100,000, an empty one of 40,000, a pilot of 60,000, a disposal of 90,000."""
    bare = Bare(
        places=[places("L1", "open", 2)],
        need={("open", FIRST): 1},
        measures=[measure("PILOT", verplicht="ja"), measure("WEG", verplicht="ja")],
        costs=[cost("PILOT", "frictie_pilot", 60_000), cost("WEG", "afstoten", 90_000)],
    )
    care, empty, pilot, building = (
        ("L1", "exploitatie", FIRST),
        ("L1", "leegstand", FIRST),
        ("PILOT", "frictie_pilot", FIRST),
        ("WEG", "afstoten", FIRST),
    )
    for pot, expected in {
        90_000: {care: "90000.00"},
        100_000: {care: "100000.00"},
        130_000: {care: "100000.00", empty: "30000.00"},
        160_000: {care: "100000.00", empty: "40000.00", pilot: "20000.00"},
        210_000: {care: "100000.00", empty: "40000.00", pilot: "60000.00", building: "10000.00"},
    }.items():
        outcome = solved(replace(bare, sources=[source("S", "gemeente", pot)]))
        assert paid(outcome) == expected


def test_equal_costs_share_what_falls_short_whatever_their_year() -> None:
    """Pilots of 180,000 and 60,000 this year and 120,000 the next, and 90,000 for all: a quarter of each."""
    bare = Bare(
        last=FIRST + 1,
        measures=[measure(name, verplicht="ja") for name in ("P", "Q")],
        costs=[
            cost("P", "frictie_pilot", 180_000),
            cost("Q", "frictie_opleiding", 60_000),
            cost("Q", "frictie_opleiding", 120_000, 1),
        ],
        sources=[source("S", "gemeente", 90_000, BOTH)],
    )
    assert paid(solved(bare)) == {
        ("P", "frictie_pilot", FIRST): "45000.00",
        ("Q", "frictie_opleiding", FIRST): "15000.00",
        ("Q", "frictie_opleiding", FIRST + 1): "30000.00",
    }


def test_a_capped_source_pays_equal_costs_in_proportion() -> None:
    """Of a grant of 1,000,000 at most 50,000 goes to leading and plans of 100,000 and 300,000."""
    bare = Bare(
        measures=[measure(name, verplicht="ja") for name in ("M", "N")],
        costs=[cost("M", "projectleiding", 100_000), cost("N", "bovenregionaal_plan", 300_000)],
        sources=[source("SPUK", "spuk", 1_000_000), source("EIGEN", "eigen", 1_000_000)],
    )
    outcome = solved(bare)
    assert paid(outcome, "SPUK") == {
        ("M", "projectleiding", FIRST): "12500.00",
        ("N", "bovenregionaal_plan", FIRST): "37500.00",
    }
    assert outcome.closed


def test_equal_sources_pay_in_proportion_to_what_they_have() -> None:
    bare = Bare(
        measures=[measure("M", verplicht="ja")],
        costs=[cost("M", "overig", 500)],
        sources=[source("E1", "eigen", 700), source("E2", "eigen", 300)],
    )
    assert [str(amount) for amount in solved(bare).paid_by_source.values()] == ["350.00", "150.00"]


def test_equal_yearly_sources_pay_in_proportion_to_their_revenue_of_the_year() -> None:
    bare = Bare(
        places=[places("L1", "open", 1)],
        need={("open", FIRST): 1},
        sources=[source("X", "beschikbaarheid"), source("Y", "beschikbaarheid")],
        funding=[financed("X", FIRST, 1, 90_000), financed("Y", FIRST, 1, 60_000)],
    )
    assert {name: str(amount) for name, amount in solved(bare).paid_by_source.items()} == {
        "X": "60000.00",
        "Y": "40000.00",
    }


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({}, {"soort": "pxq"}),
        ({"aanbieder": "A"}, {}),
        ({"besteedbaar_tot": FIRST}, {}),
        ({}, {"overdraagbaar": "ja"}),
        ({"besteedbaar_van": FIRST - 1}, {}),
    ],
)
@pytest.mark.parametrize("names", ["AB", "BA"])
def test_earmarked_and_perishable_money_pays_first(
    first: Mapping[str, object], second: Mapping[str, object], names: str
) -> None:
    """Either source could pay the place of 100,000; the first has 70,000, the second 90,000."""
    rows = {name: {"soort": "lumpsum", **more} for name, more in zip(names, (first, second), strict=True)}
    bare = Bare(
        last=FIRST + 1,
        places=[places("L1", "open", 1, (100_000, 0))],
        need={("open", FIRST): 1},
        sources=[source(name, "", years=BOTH) | row for name, row in rows.items()],
        funding=[
            financed(name, year, 1, price if year == FIRST else 0)
            for name, price in zip(names, (70_000, 90_000), strict=True)
            for year in (FIRST, FIRST + 1)
            if year <= int(str(rows[name].get("besteedbaar_tot", FIRST + 1)))
        ],
    )
    of_year = solved(bare).ledger.paid_by_year
    assert [str(of_year[name, FIRST]) for name in names] == ["70000.00", "30000.00"]


def test_a_speling_that_a_later_goal_needs_is_taken_and_no_more() -> None:
    """Five need a place and there are four, so a tenth worse is 1.1; only leaving a place unused saves cover."""
    bare = Bare(
        places=[places("L1", "open", 4, (70_000, 0))],
        need={("open", FIRST): 5},
        goals=[("tekort_plaatsen", Decimal("0.1")), ("ongedekt", None)],
    )
    assert solved(bare).used[("L1", "open"), FIRST] == Fraction("3.9")
    idle = replace(bare, places=[places("L1", "open", 4, (70_000, 70_000))])
    assert solved(idle).used[("L1", "open"), FIRST] == 4


def test_every_kostensoort_has_its_place_in_the_order() -> None:
    assert set(COST_SORTS) <= set(RANK_OF_SORT)
    assert len(RANK_OF_SORT) == sum(map(len, PAID_FIRST))


# Names


def assert_names_do_not_count(bare: Bare) -> None:
    """The plan of a case, and that of the same case with other ids in another order, are the same to the odd cent."""
    try:
        one, other = both_ways(raw_book(bare.tables()), bare.case())
    except NoPlanError:
        reject()
    assert one.starts == other.starts
    for at in one.used.keys() | other.used.keys():
        assert abs(one.used.get(at, Decimal(0)) - other.used.get(at, Decimal(0))) <= SHARE
    assert one.short.keys() == other.short.keys()
    assert all(abs(one.short[at] - other.short[at]) <= SHARE for at in one.short)
    assert furthest(one.paid, other.paid) <= ODD
    assert furthest(one.gaps, other.gaps) <= ODD


@given(st.integers(0, 10_000))
@settings(max_examples=25, deadline=None, derandomize=True)
def test_ids_and_the_order_of_rows_change_no_amount(seed: int) -> None:
    assert_names_do_not_count(random_case(seed))


@given(st.integers(0, 10_000))
@settings(max_examples=8, deadline=None, derandomize=True)
def test_ids_and_the_order_of_rows_change_no_amount_of_credits(seed: int) -> None:
    assert_names_do_not_count(lent_case(seed))


@given(st.integers(0, 10_000))
@settings(max_examples=8, deadline=None, derandomize=True)
def test_ids_and_the_order_of_rows_change_no_amount_behind_closed_years(seed: int) -> None:
    assert_names_do_not_count(random_history(seed))


@given(st.integers(0, 10_000))
@settings(max_examples=15, deadline=None, derandomize=True)
def test_ids_and_the_order_of_rows_change_no_amount_of_what_regions_say_besides(seed: int) -> None:
    """Choices, shared means, bounds over care forms, months of places and of prices."""
    assert_names_do_not_count(wider_case(seed))


def test_ids_and_the_order_of_rows_change_no_amount_of_a_whole_region() -> None:
    """Two providers, 26 measures, six years; the plan of each has the amounts of the other."""
    book = read_book(WORKBOOK)
    one, other = both_ways(book, build_case(book))
    assert one.starts == other.starts
    assert all(abs(one.used[at] - other.used[at]) <= Decimal("2e-9") for at in one.used.keys() | other.used.keys())
    assert furthest(one.paid, other.paid) <= ODD
    assert one.gaps == other.gaps == {}


# Where no run decides


def test_what_no_run_decides_fairly_is_told_and_costs_nothing_of_the_goals(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two equal pots pay in proportion to what they have; where the runs that even out fail, the last proof says so."""
    bare = Bare(
        measures=[measure("M", verplicht="ja")],
        costs=[cost("M", "overig", 500)],
        sources=[source("E1", "eigen", 700), source("E2", "eigen", 300)],
    )
    case = bare.case()
    fair = make_plan(case, Entitlement(case))
    monkeypatch.setattr(face, "_best", _none_of_levels(face._best))
    unfair = make_plan(case, Entitlement(case))
    assert [UNFAIR in proof.bewijs for proof in fair.proofs] == [False] * len(fair.proofs)
    assert [UNFAIR in proof.bewijs for proof in unfair.proofs] == [False] * (len(fair.proofs) - 1) + [True]
    assert unfair.status is Status.OPTIMAL
    assert Outcome(case, unfair.allocation).goals == Outcome(case, fair.allocation).goals


def _none_of_levels(best: Callable[[Solver, Vector], Run | None]) -> Callable[[Solver, Vector], Run | None]:
    """The best run, but none for a model of levels: its objective is about the columns that it adds."""

    def some(solver: Solver, costs: Vector) -> Run | None:
        caller = inspect.stack()[1].function
        return None if caller == "_minimised" else best(solver, costs)

    return some
