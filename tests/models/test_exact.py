"""A point of the solver made exact: every line covered to the cent, and no limit passed by one."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finance.case import CostLine
from finance.compliance import check_allocation
from finance.plan.allocation import Allocation, Outcome
from models.exact import Point, RoundingError, exact_payments
from models.program import CENTS_PER_UNIT, Program
from tests.models.bare import Bare, cost, effect, financed, measure, places, solved, source
from tests.models.hamlet import program_of

BOTH: Final = (2022, 2023)
CENT: Final = 1 / CENTS_PER_UNIT
"""A cent in the money of the model."""
THOROUGH: Final = settings(max_examples=150, deadline=None, derandomize=True)

TOWN: Final = Bare(
    last=2023,
    measures=[measure("M", verplicht="ja")],
    costs=[
        cost("M", "afstoten", Decimal("333.33")),
        cost("M", "opstart", Decimal("1000.01")),
        cost("M", "projectleiding", 700),
        cost("M", "opstart", Decimal("250.50"), 1),
    ],
    sources=[
        source("SPUK", "spuk", Decimal("800.40"), BOTH),
        source("LUMP", "lumpsum", None, BOTH, overdraagbaar="ja"),
        source("YEAR", "lumpsum", None, BOTH),
        source("EIGEN", "eigen", Decimal("567.89"), BOTH),
    ],
    funding=[
        *(financed("LUMP", year, 1, Decimal("300.03")) for year in BOTH),
        *(financed("YEAR", year, 1, Decimal("77.77")) for year in BOTH),
    ],
)
"""Four cost lines, a grant with its cap of 40.02 on project leadership, two lump sums, own money."""
LIMITS: Final = {"SPUK": 80040, "LUMP": 30003, "YEAR": 7777, "EIGEN": 56789}


def feasible_point(program: Program, shares: list[float]) -> Point:
    """Pay a share of what each line still needs and each source still has, line by line."""
    case = program.case
    left = {name: float(cents) for name, cents in LIMITS.items()}
    cap = 4002.0
    year = 2022
    pay = [0.0] * len(program.pairs)
    open_costs = [float(sum(amount for _, amount in cost.by_decision)) / CENT for cost in program.line_costs]
    for p in sorted(range(len(pay)), key=lambda p: program.lines[program.pairs[p][0]].jaar):
        line, name = program.lines[program.pairs[p][0]], case.sources[program.pairs[p][1]].bron
        if line.jaar != year:
            year, left["YEAR"], left["LUMP"] = line.jaar, 7777.0, left["LUMP"] + 30003.0
        most = min(open_costs[program.pairs[p][0]], left[name])
        if line.kostensoort == "projectleiding" and name == "SPUK":
            most = min(most, cap)
        amount = most * shares[p]
        pay[p] = amount * CENT
        left[name] -= amount
        open_costs[program.pairs[p][0]] -= amount
    return Point({"M": 2022}, {}, {}, tuple(pay), tuple(cents * CENT for cents in open_costs))


PROGRAM: Final = program_of(TOWN)
SHARE: Final = st.floats(0, 1)
SHARES: Final = st.lists(
    st.sampled_from((0.0, 1.0, 1 / 3, 0.5)) | SHARE, min_size=len(PROGRAM.pairs), max_size=len(PROGRAM.pairs)
)


@given(SHARES, st.lists(st.floats(-1e-9, 1e-9), min_size=len(PROGRAM.pairs), max_size=len(PROGRAM.pairs)))
@THOROUGH
def test_payments_are_made_exact_within_every_limit(shares: list[float], noise: list[float]) -> None:
    """Any payments within the limits, with the noise of a solver on each of them."""
    point = feasible_point(PROGRAM, shares)
    noisy = replace(point, pay=tuple(max(0.0, a + b) for a, b in zip(point.pay, noise, strict=True)))
    bare = Allocation(point.starts, {}, {}, {})
    payments = exact_payments(PROGRAM, noisy, Outcome(PROGRAM.case, bare))
    allocation = replace(bare, payments=payments)
    assert check_allocation(PROGRAM.case, allocation) == ()
    names = [(PROGRAM.lines[line], PROGRAM.case.sources[at].bron) for line, at in PROGRAM.pairs]
    for name, value in zip(names, noisy.pay, strict=True):
        cents = payments[name].cents if name in payments else 0
        assert abs(cents - value / CENT) < 1.01, name
    gaps = Outcome(PROGRAM.case, allocation).gaps.values()
    assert sum(gap.cents for gap in gaps) <= sum(point.gap) / CENT + len(PROGRAM.lines)


def test_the_limits_of_the_town_are_those_of_its_sources() -> None:
    """So that the points above are feasible, and just so."""
    outcome = Outcome(PROGRAM.case, Allocation({"M": 2022}, {}, {}, {}))
    revenue: dict[str, int] = defaultdict(int)
    for balance in outcome.balances:
        revenue[balance.bron] = max(revenue[balance.bron], balance.eigen_opbrengst.cents)
    assert revenue == LIMITS
    assert [cap.grens.cents for cap in PROGRAM.entitlement.share_caps] == [4002]


@pytest.mark.parametrize("noise", [0.0, 1e-9, -1e-9, -9e-9])
def test_a_payment_a_breath_below_a_cent_is_that_cent(noise: float) -> None:
    """A pot of 1000 euros pays 1000 euros, whatever the ninth decimal of the solver."""
    bare = Bare(measures=[measure("M")], costs=[cost("M", "overig", 1000)], sources=[source("EIGEN", "eigen", 1000)])
    program = program_of(bare)
    point = Point({"M": 2022}, {}, {}, (1.0 + noise,), (max(0.0, -noise),))
    payments = exact_payments(program, point, Outcome(program.case, Allocation({"M": 2022}, {}, {}, {})))
    assert {name: str(amount) for (_, name), amount in payments.items()} == {"EIGEN": "1000.00"}


@pytest.mark.parametrize("breath", [0.0, 1e-12, 5e-9])
def test_a_breath_below_a_cent_moves_no_cent_to_another_source(breath: float) -> None:
    """Own money and that of the municipality pay 500 euros each, and both still have money.

    A cent lost to the noise of the solver would have to come from one of them: 500.01 and 499.99.
    """
    bare = Bare(
        measures=[measure("M")],
        costs=[cost("M", "overig", 1000)],
        sources=[source("EIGEN", "eigen", 1000), source("STAD", "gemeente", 1000)],
    )
    program = program_of(bare)
    outcome = Outcome(program.case, Allocation({"M": 2022}, {}, {}, {}))
    for pay in ((0.5 - breath, 0.5 + breath), (0.5 + breath, 0.5 - breath), (0.5 - breath, 0.5 - breath)):
        payments = exact_payments(program, Point({"M": 2022}, {}, {}, pay, (0.0,)), outcome)
        assert sorted(str(amount) for amount in payments.values()) == ["500.00", "500.00"]


def test_where_nothing_can_be_paid_nothing_is() -> None:
    program = program_of(Bare(measures=[measure("M")], costs=[cost("M", "overig", 1000)]))
    point = Point({"M": 2022}, {}, {}, (), (1.0,))
    assert exact_payments(program, point, Outcome(program.case, Allocation({"M": 2022}, {}, {}, {}))) == {}


def test_a_point_far_from_any_exact_payment_is_an_error_and_not_repaired() -> None:
    """A payment of 900 euros for a line that costs 100."""
    bare = Bare(measures=[measure("M")], costs=[cost("M", "overig", 100)], sources=[source("EIGEN", "eigen", 1000)])
    program = program_of(bare)
    point = Point({"M": 2022}, {}, {}, (0.9,), (0.0,))
    with pytest.raises(RoundingError):
        exact_payments(program, point, Outcome(program.case, Allocation({"M": 2022}, {}, {}, {})))


def test_a_third_of_a_cent_is_shared_out_without_losing_one() -> None:
    """Three sources of 33.33 and one of 0.01 pay a line of 100 euros together."""
    pots = [source(f"S{n}", "eigen", Decimal("33.33")) for n in (1, 2, 3)]
    bare = Bare(
        measures=[measure("M", verplicht="ja")],
        costs=[cost("M", "overig", 100)],
        sources=[*pots, source("S4", "eigen", Decimal("0.01"))],
    )
    outcome = solved(bare)
    assert outcome.closed
    assert [str(amount) for amount in outcome.paid_by_source.values()] == ["33.33", "33.33", "33.33", "0.01"]


def test_the_limit_on_vacancy_is_rounded_down() -> None:
    """Two of three places close in 2024; in 2023 each costs 33,333.33 x 1.0496: together 69,973.326336."""
    bare = Bare(
        last=2024,
        places=[places("L1", "gesloten", 3, (Decimal("33333.33"), Decimal("33333.33")), "ova")],
        measures=[measure("M", start=(2023, 2023), verplicht="ja")],
        effects=[effect("M", "L1", "gesloten", -2, 1)],
        indexes={("ova", 2023): Decimal("0.0496"), ("ova", 2024): 0},
        sources=[source("SPUK", "spuk", 1_000_000, (2022, 2024))],
        settings={"lezingen": "leegstand-door-transitie"},
    )
    line = CostLine("", "L1", "gesloten", "leegstand", 2023)
    assert str(solved(bare).paid[line]) == "69973.32"


def test_revenue_by_places_is_passed_by_no_cent() -> None:
    """0.333 places used at 100,000.05: 33,300.01665 by PxQ, rounded to the cent, and not a cent more."""
    bare = Bare(
        places=[places("L1", "open", 1, (200_000, 0))],
        need={("open", 2022): Decimal("0.333")},
        sources=[source("PXQ", "pxq")],
        funding=[financed("PXQ", 2022, 1, Decimal("100000.05"))],
    )
    outcome = solved(bare)
    assert str(outcome.paid_by_source["PXQ"]) == "33300.02"
    assert str(outcome.goals["ongedekt"]) == "33299.98"
    assert outcome.used[("L1", "open"), 2022] == Fraction("0.333")
