"""What follows from an allocation, on one case that was solved by hand.

Every expected number below was worked out on paper.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from finance.case.words import BURDEN, CHANGES, FLOOR, GOALS, UNITS
from finance.money import Money
from finance.plan.allocation import Allocation, Outcome
from tests.finance.allocated import (
    ALLOCATION,
    BUREN,
    GESLOTEN,
    KLEIN,
    USED,
    YEARS,
    euros,
    hand_case,
    of_measure,
    of_places,
    tables,
)


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    """What follows from the allocation that was made by hand."""
    return Outcome(hand_case(), ALLOCATION)


# --- places (C3 to C7) -----------------------------------------------------------------------


def test_c3_an_effect_counts_from_the_year_in_which_it_takes_effect(outcome: Outcome) -> None:
    assert [outcome.places[GESLOTEN, year] for year in YEARS] == [10, 5, 5]
    assert [outcome.places[KLEIN, year] for year in YEARS] == [0, 4, 4]


def test_c3_a_measure_that_is_not_chosen_changes_nothing(outcome: Outcome) -> None:
    assert [outcome.places[BUREN, year] for year in YEARS] == [4, 4, 4]


def test_c4_what_is_not_used_is_empty(outcome: Outcome) -> None:
    assert [outcome.empty[GESLOTEN, year] for year in YEARS] == [1, Fraction(1, 2), Fraction(1, 2)]
    assert [outcome.empty[KLEIN, year] for year in YEARS] == [0, 2, Fraction(3, 2)]
    assert [outcome.empty[BUREN, year] for year in YEARS] == [0, Fraction(3, 2), 0]


def test_c4_use_that_is_left_out_is_no_use(outcome: Outcome) -> None:
    assert (KLEIN, 2022) not in USED
    assert outcome.used[KLEIN, 2022] == 0


def test_c5_largest_use_follows_the_share_and_the_first_year(outcome: Outcome) -> None:
    assert [outcome.largest_use(GESLOTEN, year) for year in YEARS] == [9, Fraction(9, 2), Fraction(9, 2)]
    assert [outcome.largest_use(KLEIN, year) for year in YEARS] == [0, 2, 4]
    assert [outcome.largest_use(BUREN, year) for year in YEARS] == [4, 4, 4]


def test_c5_only_places_that_come_are_new_and_only_in_their_first_year(outcome: Outcome) -> None:
    assert [outcome.new_places(KLEIN, year) for year in YEARS] == [0, 4, 0]
    assert [outcome.new_places(GESLOTEN, year) for year in YEARS] == [0, 0, 0]


@pytest.mark.parametrize(
    ("most", "first_year", "use"),
    [
        ("1", "0.5", "10"),
        ("0.9", "1", "10.8"),
        ("0.9", "0.9", "10.8"),
        ("0.9", "0.5", "9.2"),
        ("0.5", "0", "4"),
    ],
)
def test_c5_eight_old_and_four_new_places(most: str, first_year: str, use: str) -> None:
    """Formula: b x 12 - (b - min(b, a)) x 4."""
    changed = tables()
    changed["zorgvormen"][1] |= {"bezetting_max": Decimal(most), "aanloop_jaar1": Decimal(first_year)}
    changed["plaatsen"][1]["plaatsen"] = 8
    outcome = Outcome(hand_case(changed), ALLOCATION)
    assert outcome.largest_use(KLEIN, 2023) == Fraction(use)


def test_c6_who_is_not_served_is_short(outcome: Outcome) -> None:
    assert outcome.short == {
        ("gesloten", 2022): 0,
        ("gesloten", 2023): Fraction(1, 4),
        ("gesloten", 2024): Fraction(1, 2),
        ("klein", 2022): 0,
        ("klein", 2023): Fraction(7, 4),
        ("klein", 2024): Fraction(1, 2),
    }


def test_c7_only_places_above_a_ceiling_that_is_given_count(outcome: Outcome) -> None:
    """Ten places under a ceiling of 10, five under 8, five over 4; eight over 7."""
    assert outcome.over == {
        ("gesloten", 2022): 0,
        ("gesloten", 2023): 0,
        ("gesloten", 2024): 1,
        ("klein", 2024): 1,
    }


# --- costs and cover (C8) --------------------------------------------------------------------

COSTS = {
    of_measure("M1", "verbouwen", 2022): "200100.01",
    of_measure("M1", "projectleiding", 2023): "1100.06",
    of_measure("M2", "opstart", 2023): "300",
    of_places(GESLOTEN, "exploitatie", 2022): "900000",
    of_places(GESLOTEN, "exploitatie", 2023): "495000",
    of_places(GESLOTEN, "exploitatie", 2024): "544500",
    of_places(GESLOTEN, "leegstand", 2022): "40000",
    of_places(GESLOTEN, "leegstand", 2023): "22000",
    of_places(GESLOTEN, "leegstand", 2024): "24200",
    of_places(KLEIN, "exploitatie", 2023): "240000",
    of_places(KLEIN, "exploitatie", 2024): "300000",
    of_places(KLEIN, "leegstand", 2023): "100000",
    of_places(KLEIN, "leegstand", 2024): "75000",
    of_places(BUREN, "exploitatie", 2022): "440002",
    of_places(BUREN, "exploitatie", 2023): "275001.25",
    of_places(BUREN, "exploitatie", 2024): "440002",
    of_places(BUREN, "leegstand", 2023): "67500",
}
GAPS = {
    of_measure("M1", "projectleiding", 2023): "0.06",
    of_places(GESLOTEN, "exploitatie", 2022): "500000",
    of_places(GESLOTEN, "leegstand", 2022): "31000",
    of_places(GESLOTEN, "leegstand", 2024): "24200",
    of_places(KLEIN, "exploitatie", 2023): "240000",
    of_places(KLEIN, "exploitatie", 2024): "300000",
    of_places(KLEIN, "leegstand", 2023): "90489.82",
    of_places(KLEIN, "leegstand", 2024): "75000",
    of_places(BUREN, "exploitatie", 2022): "190002",
    of_places(BUREN, "exploitatie", 2023): "25001.25",
    of_places(BUREN, "exploitatie", 2024): "440002",
    of_places(BUREN, "leegstand", 2023): "67500",
}


def test_c8_every_cost_line_that_is_not_zero(outcome: Outcome) -> None:
    """The 1,000.05 of 2023 grows to 1,100.055, and half a cent goes up."""
    assert outcome.costs == {line: euros(amount) for line, amount in COSTS.items()}


def test_c8_lines_come_in_a_fixed_order(outcome: Outcome) -> None:
    assert list(outcome.costs) == sorted(COSTS)
    assert list(outcome.gaps) == sorted(GAPS)


def test_c8_what_no_source_pays_is_a_gap(outcome: Outcome) -> None:
    assert outcome.gaps == {line: euros(amount) for line, amount in GAPS.items()}
    assert not outcome.closed


def test_c8_two_sources_can_pay_one_line(outcome: Outcome) -> None:
    assert outcome.paid[of_measure("M1", "projectleiding", 2023)] == euros("1100.00")


def test_c8_a_plan_that_is_covered_is_closed(outcome: Outcome) -> None:
    covered = {(line, "STAD"): amount for line, amount in outcome.costs.items()}
    assert Outcome(outcome.case, replace(ALLOCATION, payments=covered)).closed


def test_c8_rows_of_one_line_are_rounded_before_they_add_up() -> None:
    """Twice 100.05 x 1.1 = 110.055 is twice 110.06; in one go it would be 220.11."""
    changed = tables()
    for row in changed["kosten"][:2]:
        row["bedrag"] = Decimal("100.05")
    outcome = Outcome(hand_case(changed), replace(ALLOCATION, starts={"M1": 2023}))
    assert outcome.costs[of_measure("M1", "verbouwen", 2023)] == euros("220.12")


@pytest.mark.parametrize(
    ("used", "cost"),
    [("0.000001", "0.11"), ("1.333333", "146667.30"), ("3.999999", "440001.89")],
)
def test_c8_a_place_line_is_rounded_once_from_the_exact_price(used: str, cost: str) -> None:
    places = {(BUREN, 2022): Decimal(used)}
    outcome = Outcome(hand_case(), replace(ALLOCATION, used=places))
    assert outcome.costs[of_places(BUREN, "exploitatie", 2022)] == euros(cost)


def test_a_start_after_prijspeil_costs_the_price_of_its_year() -> None:
    """Started in 2023: 200,000 x 1.1 and 100.01 x 1.1; the second year's 1,000.05 x 1.21."""
    outcome = Outcome(hand_case(), replace(ALLOCATION, starts={"M1": 2023}))
    assert outcome.costs[of_measure("M1", "verbouwen", 2023)] == euros("220110.01")
    assert outcome.costs[of_measure("M1", "projectleiding", 2024)] == euros("1210.06")


# --- the goals -------------------------------------------------------------------------------


def test_every_goal_has_a_value_and_a_unit(outcome: Outcome) -> None:
    assert set(outcome.goals) == {*GOALS, FLOOR, BURDEN}
    assert set(UNITS) == {CHANGES, *outcome.goals}


@pytest.mark.parametrize(
    ("goal", "value"),
    [
        ("tekort_plaatsen", 3),
        ("uitwijk", Fraction(1, 4)),
        ("boven_plafond", 2),
        ("ongedekt", euros("1983195.13")),
        ("eigen_geld", euros("400")),
        ("waardering", Decimal("4.5")),
        ("kosten_ncw", euros("3946383.56")),
        ("spuk_onbesteed", euros("298899.99")),
        ("startjaren", 1),
    ],
)
def test_a_goal_has_the_value_worked_out_on_paper(outcome: Outcome, goal: str, value: object) -> None:
    assert outcome.goals[goal] == value


def test_costs_are_discounted_in_prices_of_prijspeil(outcome: Outcome) -> None:
    """1,580,102.01 in 2022; 1,153,801.30 in 2023 over 1.02; 1,285,002 in 2024 over 1.02 squared."""
    discounted = Fraction("1580102.01") + Fraction("1153801.30") / Fraction("1.02") + 1285002 / Fraction("1.02") ** 2
    assert outcome.net_present_cost == discounted


def test_what_is_paid_and_what_is_not_are_together_the_costs(outcome: Outcome) -> None:
    paid, gap = Money.total(outcome.paid.values()), Money.total(outcome.gaps.values())
    assert paid + gap == Money.total(outcome.costs.values()) == euros("4164705.32")


def test_a_plan_of_nothing_leaves_everyone_short_and_every_place_empty() -> None:
    outcome = Outcome(hand_case(), Allocation({}, {}, {}, {}))
    assert outcome.goals["tekort_plaatsen"] == 36
    assert outcome.goals["startjaren"] == 0
    assert outcome.goals["waardering"] == 0
    assert outcome.goals["spuk_onbesteed"] == euros("500000")
    assert {line.kostensoort for line in outcome.costs} == {"leegstand"}
    assert outcome.costs[of_places(GESLOTEN, "leegstand", 2024)] == euros("484000")
