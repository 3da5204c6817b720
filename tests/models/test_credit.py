"""Credits: the coefficients of C13, cases solved by hand at each bound, and cents that are always found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import product
from typing import Final

import pytest

from finance.compliance import check_allocation
from finance.money import Money, round_half_away
from finance.plan.allocation import Outcome
from finance.rules import Entitlement
from models import make_plan
from models.formulation import (
    c8_cover,
    c13_limit,
    c13_never_uncovered,
    c13_owed,
    c13_repaid,
    goal_present_cost,
)
from tests.casebook import Record
from tests.models.bare import Bare, cost, credit, financed, measure, places, solved, source, spent
from tests.models.hamlet import goal_of, rows_of
from tests.models.lent import lent_case
from tests.models.test_brute import judge

YEARS: Final = (2022, 2024)
RATE: Final = Decimal("0.0425")


def bridged(
    amount: object = 100, limit: object = 1000, rente: object = RATE, *, last: int = 2023, **more: object
) -> Bare:
    """A mandatory M costs an amount in 2022, when there is no money; a lump sum comes in the last year."""
    late = Decimal(str(more.pop("late", 0)))
    lend = credit("K", limit, rente, (2022, more.pop("until", last)), **more)  # type: ignore[arg-type]
    return Bare(
        last=last,
        measures=[measure("M", verplicht="ja")],
        costs=[cost("M", "opstart", amount)],
        sources=[lend, source("LUMP", "lumpsum", None, (last, last))],
        funding=[financed("LUMP", last, 1, late)],
    )


# The coefficients

LENT: Final = Bare(
    last=2024,
    measures=[measure("M", verplicht="ja")],
    costs=[cost("M", "opstart", 10_000), cost("M", "frictie_pilot", 4_000, 1)],
    sources=[credit("K", 8_000, Decimal("0.05"), YEARS), source("GEM", "gemeente", 50_000, YEARS)],
    settings={"discontovoet": Decimal("0.25")},
)


def test_what_is_owed_grows_with_interest_and_draws_and_falls_with_what_is_paid_back() -> None:
    assert rows_of(c13_owed, LENT) == [
        (0.0, {"owed K 2022": 1.0, "repaid K 2022": 1.0, "K pays M opstart 2022": -1.0}, 0.0),
        (
            0.0,
            {"owed K 2023": 1.0, "repaid K 2023": 1.0, "K pays M frictie_pilot 2023": -1.0, "owed K 2022": -1.05},
            0.0,
        ),
        (0.0, {"owed K 2024": 1.0, "repaid K 2024": 1.0, "owed K 2023": -1.05}, 0.0),
    ]


def test_no_more_is_owed_than_the_limit_and_nothing_after_the_last_year() -> None:
    assert rows_of(c13_limit, LENT) == [
        (None, {"owed K 2022": 1.0}, 8.0),
        (None, {"owed K 2023": 1.0}, 8.0),
        (None, {"owed K 2024": 1.0}, 0.0),
    ]


def test_no_more_is_paid_back_than_was_owed_before_with_its_interest() -> None:
    assert rows_of(c13_repaid, LENT) == [
        (None, {"repaid K 2022": 1.0}, 0.0),
        (None, {"repaid K 2023": 1.0, "owed K 2022": -1.05}, 0.0),
        (None, {"repaid K 2024": 1.0, "owed K 2023": -1.05}, 0.0),
    ]


def test_what_is_paid_back_is_covered_like_any_line_and_leaves_no_gap() -> None:
    gap, paid = "gap K rente_en_aflossing {}", "GEM pays K rente_en_aflossing {}"
    assert rows_of(c8_cover, LENT)[:2] == [
        (0.0, {paid.format(year): 1.0, gap.format(year): 1.0, f"repaid K {year}": -1.0}, 0.0) for year in (2023, 2024)
    ]
    assert rows_of(c13_never_uncovered, LENT) == [(None, {gap.format(year): 1.0}, 0.0) for year in (2023, 2024)]


def test_only_interest_counts_as_present_cost() -> None:
    """A discount of 25% makes every worth a round number: 0.05 / 1.25 in 2023, 0.05 / 1.5625 in 2024."""
    terms, constant = goal_of(goal_present_cost, LENT)
    assert {name: value for name, value in terms.items() if name.startswith(("owed", "repaid"))} == {
        "owed K 2022": pytest.approx(0.04),
        "owed K 2023": pytest.approx(0.032),
    }
    assert constant == 0.0


# Solved by hand, below, at and above each bound


@pytest.mark.parametrize(
    ("late", "gap", "interest"),
    [("104.24", "0.01", "4.25"), ("104.25", "0.00", "4.25"), ("104.26", "0.00", "4.25"), ("0", "100.00", "0.00")],
)
def test_no_more_is_drawn_than_can_be_paid_back_with_interest(late: str, gap: str, interest: str) -> None:
    """100 euros at 4.25%: 104.25 is needed. Of 99.99 the interest is 4.249575, which is 4.25 too."""
    outcome = solved(bridged(late=late))
    assert (str(outcome.goals["ongedekt"]), str(outcome.credits[1].rente)) == (gap, interest)
    assert outcome.credits[-1].eind == Money(0)


@pytest.mark.parametrize(("limit", "gap"), [("99.99", "0.01"), ("100", "0.00"), ("100.01", "0.00"), ("0", "100.00")])
def test_no_more_is_owed_than_the_limit(limit: str, gap: str) -> None:
    assert str(solved(bridged(limit=Decimal(limit), late=500)).goals["ongedekt"]) == gap


@pytest.mark.parametrize(
    ("limit", "drawn", "owed"),
    [
        ("103.99", "99.75", "103.99"),
        ("104", "99.76", "104.00"),
        ("104.25", "100.00", "104.25"),
        ("105", "100.00", "104.25"),
    ],
)
def test_interest_that_is_added_to_the_debt_counts_towards_the_limit(limit: str, drawn: str, owed: str) -> None:
    """Money comes in 2024 only: in 2023 the interest is owed as well. 99.76 + 4.24 = 104.00 exactly."""
    outcome = solved(bridged(limit=Decimal(limit), late=500, last=2024))
    assert [str(row.opgenomen) for row in outcome.credits] == [drawn, "0.00", "0.00"]
    assert str(outcome.credits[1].eind) == owed


@pytest.mark.parametrize(
    ("amount", "late", "gap"),
    [("0.49", "0.49", "0.00"), ("0.50", "0.50", "0.01"), ("0.50", "0.51", "0.00"), ("1.49", "1.50", "0.00")],
)
def test_half_a_cent_of_interest_is_a_cent(amount: str, late: str, gap: str) -> None:
    """At 1% the interest of 49 cents is nothing, of 50 cents a cent, and of 1.49 euros a cent too."""
    assert str(solved(bridged(Decimal(amount), rente=Decimal("0.01"), late=late)).goals["ongedekt"]) == gap


@pytest.mark.parametrize(("until", "gap"), [(2022, "100.00"), (2023, "100.00"), (2024, "0.00"), (2030, "0.00")])
def test_all_is_paid_back_in_the_last_year_of_the_credit_or_of_the_case(until: int, gap: str) -> None:
    """The money to pay it back with comes in 2024."""
    assert str(solved(bridged(late=500, last=2024, until=until)).goals["ongedekt"]) == gap


def test_nothing_is_paid_back_in_the_year_in_which_it_is_drawn() -> None:
    """In 2022 a lump sum that may not pay opstart could pay back at once; in 2023 there is nothing."""
    bare = bridged(late=0)
    lump = source("RUIM", "lumpsum", None, (2022, 2022))
    more = replace(
        bare,
        sources=[*bare.sources, lump],
        funding=[*bare.funding, financed("RUIM", 2022, 1, 500)],
        permits=[("RUIM", "rente_en_aflossing")],
    )
    assert str(solved(more).goals["ongedekt"]) == "100.00"


@pytest.mark.parametrize(
    ("lends", "repays", "gap"),
    [
        (None, None, "0.00"),
        ("A", "A", "0.00"),
        ("A", None, "0.00"),
        (None, "A", "100.00"),
        ("A", "B", "100.00"),
        ("B", None, "100.00"),
    ],
)
def test_a_credit_is_for_its_own_provider_and_is_paid_back_by_its_sources_or_those_for_all(
    lends: str | None, repays: str | None, gap: str
) -> None:
    """M is of provider A. What a credit for all gets back is nobody's own: only a source for all pays it."""
    bare = bridged(late=500, aanbieder=lends)
    payer = bare.sources[1] | {"aanbieder": repays}
    assert str(solved(replace(bare, sources=[bare.sources[0], payer])).goals["ongedekt"]) == gap


@pytest.mark.parametrize(
    ("soort", "gap"),
    [("spuk", "100.00"), ("eigen", "0.00"), ("gemeente", "0.00"), ("lumpsum", "0.00"), ("beschikbaarheid", "0.00")],
)
def test_who_pays_a_credit_back(soort: str, gap: str) -> None:
    yearly = soort in ("lumpsum", "beschikbaarheid")
    payer = source("P", soort, None if yearly else 500, (2023, 2023))
    bare = bridged()
    funding = [financed("P", 2023, 1, 500)] if yearly else []
    bare = replace(
        bare, sources=[bare.sources[0], payer], funding=funding, places=[places("L1", "gesloten", 1, (0, 0))]
    )
    assert str(solved(bare).goals["ongedekt"]) == gap


@pytest.mark.parametrize(
    ("sort", "gap"),
    [("verbouwen", "100.00"), ("vastgoedplan", "100.00"), ("opstart", "0.00"), ("leegstand_gebouw", "0.00")],
)
def test_a_credit_never_pays_a_building(sort: str, gap: str) -> None:
    bare = bridged(late=500)
    assert str(solved(replace(bare, costs=[cost("M", sort, 100)])).goals["ongedekt"]) == gap


def test_only_the_interest_counts_as_cost_and_what_pays_it_back_as_borne_by_municipalities() -> None:
    outcome = solved(replace(bridged(late=500), settings={"discontovoet": Decimal("0.25")}))
    assert str(Money.total(outcome.counted_costs.values())) == "104.25"
    assert str(Money.total(outcome.costs.values())) == "204.25"
    assert str(outcome.goals["kosten_ncw"]) == "103.40"  # 100 + 4.25 / 1.25
    assert str(outcome.goals["lasten_gemeenten"]) == "104.25"
    assert all(balance.bron != "K" for balance in outcome.balances)
    assert outcome.closed


def test_no_more_is_borrowed_than_must_be_though_no_goal_counts_interest() -> None:
    """Half of M can be paid at once: with kosten_ncw left out nothing else would keep the credit small."""
    bare = bridged(late=500)
    own = source("NU", "lumpsum", None, (2022, 2022))
    goals = [(name, None) for name in ("ongedekt", "eigen_geld")]
    bare = replace(
        bare, sources=[*bare.sources, own], funding=[*bare.funding, financed("NU", 2022, 1, 60)], goals=goals
    )
    outcome = solved(bare)
    assert [str(row.opgenomen) for row in outcome.credits] == ["40.00", "0.00"]
    assert str(outcome.paid_by_source["NU"]) == "60.00"


def test_equal_credits_lend_in_proportion_to_what_they_may() -> None:
    """Two credits of 150 and 50 for one cost of 100: three quarters and one quarter."""
    bare = bridged(late=500, limit=150)
    bare = replace(bare, sources=[*bare.sources, credit("K2", 50, RATE, (2022, 2023))])
    outcome = solved(bare)
    assert [str(row.opgenomen) for row in outcome.credits if row.jaar == 2022] == ["75.00", "25.00"]


# Cents


@pytest.mark.parametrize("seed", range(60))
def test_the_plan_is_the_best_of_all_plans_and_exact_to_the_cent(seed: int) -> None:
    """Scarce money first and odd rates: cents are always found, and the plan is as good as the oracle's."""
    judge(lent_case(seed))


def test_most_of_these_cases_borrow() -> None:
    lending = 0
    for seed in range(0, 60, 3):
        case = lent_case(seed).case()
        outcome = Outcome(case, make_plan(case, Entitlement(case)).allocation)
        lending += any(row.opgenomen != Money(0) for row in outcome.credits)
    assert lending >= 10


SMALL: Final = [
    ((7, 3), (0, 2, 12), 20, "0.3"),
    ((9, 0), (1, 0, 12), 8, "0.25"),
    ((4, 6), (0, 0, 15), 11, "0.5"),
    ((5, 5), (2, 3, 7), 6, "0.1"),
    ((8, 1), (0, 9, 3), 30, "0.05"),
    ((3, 3), (0, 0, 6), 9, "0.15"),
]


@pytest.mark.parametrize(("costs", "money", "limit", "rente"), SMALL)
def test_whole_cents_are_as_good_as_trying_every_cent(
    costs: Sequence[int], money: Sequence[int], limit: int, rente: str
) -> None:
    """Costs of some cents in two years, a lump sum of some cents in three: every whole number is tried."""
    case = _of_cents(costs, money, limit, rente).case()
    plan = make_plan(case, Entitlement(case))
    outcome = Outcome(case, plan.allocation)
    assert check_allocation(case, plan.allocation) == ()
    gap = sum(value.cents for value in outcome.gaps.values())
    best = _least_gap(costs, money, limit, Decimal(rente))
    assert best <= gap <= best + 1


def _of_cents(costs: Sequence[int], money: Sequence[int], limit: int, rente: str) -> Bare:
    cents = [Decimal(value) / 100 for value in costs]
    rows: list[Record] = [cost("M", "opstart", amount, at) for at, amount in enumerate(cents)]
    return Bare(
        last=2024,
        measures=[measure("M", verplicht="ja")],
        costs=rows,
        sources=[
            credit("K", Decimal(limit) / 100, Decimal(rente), YEARS),
            source("LUMP", "lumpsum", None, YEARS),
        ],
        funding=[financed("LUMP", 2022 + at, 1, Decimal(value) / 100) for at, value in enumerate(money)],
    )


def _least_gap(costs: Sequence[int], money: Sequence[int], limit: int, rente: Decimal) -> int:
    """The fewest cents that stay uncovered, by trying what is drawn in two years and paid back in the second."""
    best = sum(costs)
    for first, second, back in product(range(costs[0] + 1), range(costs[1] + 1), range(money[1] + 1)):
        grown = first + round_half_away(first * rente)
        owed = grown + second - back
        last = owed + round_half_away(owed * rente)
        if first <= limit and 0 <= owed <= limit and back <= grown and last <= money[2]:
            now = max(0, costs[0] - first - money[0])
            later = max(0, costs[1] - second - (money[1] - back))
            best = min(best, now + later)
    return best


# Closed years


def lent_before(*rows: Record, late: object = 500, **changes: object) -> Bare:
    """M of 100 was paid from the credit in 2022, which is closed; the case goes on to 2024."""
    bare = bridged(last=2024, late=late, **changes)  # type: ignore[arg-type]
    paid = spent("K", "M", "opstart", 2022, 100)
    return replace(
        bare,
        actuals=[paid | {"krediet": None}, *rows],
        started={"M": 2022},
        settings={"afgesloten_tot": 2023},
    )


def repaid(bron: str, year: int, amount: object) -> Record:
    """A row of `realisatie` of what a source paid back of the credit."""
    return spent(bron, (None, None), "rente_en_aflossing", year, amount) | {"krediet": "K"}  # type: ignore[arg-type]


def test_what_closed_years_drew_is_paid_back_with_interest_on_interest() -> None:
    """100 at the end of 2022, 104.25 at the end of 2023 and 4.43 of interest in 2024 (4.430625)."""
    outcome = solved(lent_before())
    assert [str(row.eind) for row in outcome.credits] == ["100.00", "104.25", "0.00"]
    assert str(outcome.credits[-1].afgelost) == "108.68"
    assert outcome.closed


@pytest.mark.parametrize(("late", "gap"), [("108.67", "0.01"), ("108.68", "0.00"), ("0", "108.68")])
def test_what_closed_years_drew_and_nobody_can_pay_back_is_uncovered(late: str, gap: str) -> None:
    """It was drawn: the plan cannot undo it, and says so rather than find no plan at all."""
    case = lent_before(late=late).case()
    plan = make_plan(case, Entitlement(case))
    assert str(Outcome(case, plan.allocation).goals["ongedekt"]) == gap
    broken = check_allocation(case, plan.allocation)
    assert [(row.regel, row.waarde, row.feit) for row in broken] == ([] if gap == "0.00" else [("C13", gap, True)])


def test_what_was_paid_back_in_a_closed_year_is_owed_no_more() -> None:
    """24.25 of 104.25 was paid back in 2023: 80 is left, with 3.40 of interest."""
    bare = lent_before(repaid("LUMP", 2023, Decimal("24.25")), late=500)
    early = [row | {"besteedbaar_van": 2023} if row["bron"] == "LUMP" else row for row in bare.sources]
    outcome = solved(replace(bare, sources=early, funding=[*bare.funding, financed("LUMP", 2023, 1, 50)]))
    assert [str(row.eind) for row in outcome.credits] == ["100.00", "80.00", "0.00"]
    assert str(outcome.credits[-1].afgelost) == "83.40"
    assert str(outcome.counted_costs[outcome.credits[1].regel]) == "4.25"


@pytest.mark.parametrize("limit", [50, 104])
def test_a_debt_of_closed_years_above_the_limit_is_a_fact(limit: int) -> None:
    case = lent_before(limit=limit).case()
    plan = make_plan(case, Entitlement(case))
    broken = check_allocation(case, plan.allocation)
    assert broken
    assert all(row.feit for row in broken)
    assert Outcome(case, plan.allocation).closed
