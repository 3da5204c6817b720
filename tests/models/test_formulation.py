"""Each constraint and goal as it is written: coefficients, senses and right-hand sides, by hand.

Money is in thousands of euros. What the rows do to a plan is tested elsewhere, by solving.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from finance.case.words import BURDEN, CHANGES, GOALS
from finance.rules import Entitlement
from models.arrays import arrays_of
from models.compiling import compile_program
from models.formulation import (
    CONSTRAINTS,
    GOAL_FUNCTIONS,
    Goal,
    c1_must_be_chosen,
    c1_one_start_per_project,
    c2_requirements,
    c3_places,
    c3_within_years,
    c4_used_or_empty,
    c5_occupancy,
    c6_need,
    c6_place,
    c7_ceiling,
    c7_least_together,
    c7_most_together,
    c8_cover,
    c9_pots,
    c10_revenue_at_level,
    c10_revenue_by_places,
    c10_yearly,
    c11_caps,
    c12_resources,
    goal_burden,
    goal_diversion,
    goal_over_ceiling,
    goal_own_money,
    goal_points,
    goal_present_cost,
    goal_shortage,
    goal_start_years,
    goal_uncovered,
    goal_under_floor,
    goal_unspent_grant,
    goals_of,
    senses_of,
)
from models.program import Program
from tests.casebook import small_built_case
from tests.models.bare import Bare, bound, claim, cost, effect, financed, measure, places, resource, source
from tests.models.hamlet import BOTH, HAMLET, Written, goal_of, hamlet, program_of, rows_of


def test_c1_at_most_one_start_per_project() -> None:
    assert rows_of(c1_one_start_per_project, HAMLET) == [
        (None, {"M1 2022": 1.0}, 1.0),
        (None, {"M2 2022": 1.0, "M2 2023": 1.0}, 1.0),
    ]


def test_c1_exactly_one_start_where_a_measure_of_the_project_is_mandatory() -> None:
    variants = [measure("M1", "P", BOTH), measure("M2", "P", verplicht="ja")]
    assert rows_of(c1_one_start_per_project, hamlet(measures=variants)) == [
        (1.0, {"M1 2022": 1.0, "M2 2022": 1.0}, 1.0)
    ]


def test_c1_exactly_one_start_of_a_measure_that_must_be_chosen_and_none_of_one_that_must_not() -> None:
    """The project is mandatory with it; the other variant may still be written, and cannot be chosen."""
    chosen = [measure("M1", "P", BOTH), measure("M2", "P", BOTH, keuze="moet"), measure("M3", "Q", BOTH, keuze="niet")]
    changed = hamlet(measures=chosen, costs=[])
    assert rows_of(c1_must_be_chosen, changed) == [(1.0, {"M2 2022": 1.0, "M2 2023": 1.0}, 1.0)]
    assert rows_of(c1_one_start_per_project, changed) == [(1.0, {"M1 2022": 1.0, "M2 2022": 1.0, "M2 2023": 1.0}, 1.0)]
    assert rows_of(c1_must_be_chosen, HAMLET) == []


def test_c7_a_row_of_bounds_counts_its_places_together() -> None:
    """The two forms of L1 at most 3 and at least 1.5; L2 has no places, so that its floor is missing whole."""
    rows = [
        bound("A", "gesloten, open", 2023, Decimal("1.5"), 3, aanbieder="A"),
        bound("B", "open", 2022, 2, locatie="L2"),
    ]
    changed = hamlet(more={"plaatsgrenzen": rows})
    there = {"places L1 gesloten 2023": 1.0, "places L1 open 2023": 1.0}
    assert rows_of(c7_most_together, changed) == [(None, {**there, "above A 2023": -1.0}, 3.0)]
    assert rows_of(c7_least_together, changed) == [
        (1.5, {**there, "below A 2023": 1.0}, None),
        (2.0, {"below B 2022": 1.0}, None),
    ]
    assert goal_of(goal_under_floor, changed) == ({"below A 2023": 1.0, "below B 2022": 1.0}, 0.0)
    assert goal_of(goal_over_ceiling, changed) == ({"over gesloten 2023": 1.0, "above A 2023": 1.0}, 0.0)
    assert goals_of(program_of(changed))[2:4] == ("boven_plafond", "onder_vloer")
    assert rows_of(c7_most_together, HAMLET) == rows_of(c7_least_together, HAMLET) == []


def test_c10_a_row_of_money_counts_for_its_months() -> None:
    """PxQ of 20,000 from January and of 30,000 from October, so nine and three months; availability from July."""
    kept = [row for row in HAMLET.funding if (row["bron"], row["jaar"]) not in {("PXQ", 2023), ("BES", 2023)}]
    funding = [
        *kept,
        financed("PXQ", 2023, 2, 30_000, maand=10),
        financed("PXQ", 2023, 4, 20_000),
        financed("BES", 2023, 3, 5_000, maand=7),
    ]
    changed = hamlet(funding=funding)
    used = ("used L1 gesloten 2023", "used L1 open 2023")
    there = ("places L1 gesloten 2023", "places L1 open 2023")
    assert rows_of(c10_revenue_by_places, changed)[1:] == [
        (None, {"revenue PXQ 2023 0": 1.0, **dict.fromkeys(used, -7.5)}, 0.0),
        (None, {"revenue PXQ 2023 1": 1.0, **dict.fromkeys(used, -15.0)}, 0.0),
        (None, {"revenue BES 2023 0": 1.0, **dict.fromkeys(there, -2.5)}, 0.0),
    ]
    assert rows_of(c10_revenue_at_level, changed)[1:] == [
        (None, {"revenue PXQ 2023 0": 1.0}, 15.0),
        (None, {"revenue PXQ 2023 1": 1.0}, 60.0),
        (None, {"revenue BES 2023 0": 1.0}, 7.5),
    ]


def test_c12_decisions_use_no_more_of_a_resource_than_there_is_in_their_years() -> None:
    """M2 uses 1.5 when it starts and lends 0.5 a year later, which is outside the case for a start in 2023."""
    claims = [
        claim("M1", "BOUW", 1),
        claim("M2", "BOUW", Decimal("1.5")),
        claim("M2", "BOUW", Decimal("-0.5"), 1),
        claim("M1", "X", 9, 2),
    ]
    there = [*resource("BOUW", 2, 1), *resource("X", 0, 0)]
    changed = hamlet(
        more={
            "hulpbronnen": there,
            "beslag": claims,
        }
    )
    assert rows_of(c12_resources, changed) == [
        (None, {"M1 2022": 1.0, "M2 2022": 1.5}, 2.0),
        (None, {"M2 2023": 1.5, "M2 2022": -0.5}, 1.0),
    ]
    assert rows_of(c12_resources, HAMLET) == []


def test_c2_what_is_required_starts_in_the_same_year_or_earlier() -> None:
    needs = [measure("M1", "P1", BOTH), measure("M2", "P2", BOTH, vereist="P1")]
    assert rows_of(c2_requirements, hamlet(measures=needs, effects=[])) == [
        (None, {"M2 2022": 1.0, "M1 2022": -1.0}, 0.0),
        (None, {"M2 2023": 1.0, "M1 2022": -1.0, "M1 2023": -1.0}, 0.0),
    ]


def test_c2_what_is_waited_for_has_delivered_its_last_added_places() -> None:
    """M1 adds 2 places after a year, so that nothing is delivered in 2022; its closure does not count."""
    waits = [measure("M1", "P1", BOTH), measure("M2", "P2", BOTH, wacht_op="P1")]
    assert rows_of(c2_requirements, hamlet(measures=waits)) == [
        (None, {"M2 2022": 1.0}, 0.0),
        (None, {"M2 2023": 1.0, "M1 2022": -1.0}, 0.0),
    ]


def test_c2_a_measure_that_adds_no_places_delivers_when_it_starts() -> None:
    waits = [measure("M1", "P1", BOTH), measure("M2", "P2", wacht_op="P1")]
    closing = [effect("M1", "L1", "gesloten", -3, 1)]
    assert rows_of(c2_requirements, hamlet(measures=waits, effects=closing)) == [
        (None, {"M2 2022": 1.0, "M1 2022": -1.0}, 0.0)
    ]


def test_c3_places_are_those_at_the_start_and_the_effects_in_force() -> None:
    assert rows_of(c3_places, HAMLET) == [
        (4.0, {"places L1 gesloten 2022": 1.0}, 4.0),
        (4.0, {"places L1 gesloten 2023": 1.0, "M1 2022": 3.0}, 4.0),
        (0.0, {"places L1 open 2022": 1.0}, 0.0),
        (0.0, {"places L1 open 2023": 1.0, "M1 2022": -2.0}, 0.0),
    ]


def test_c3_effects_of_one_measure_at_one_place_add_up() -> None:
    twice = [effect("M2", "L1", "open", 2), effect("M2", "L1", "open", 5, 1)]
    assert rows_of(c3_places, hamlet(effects=twice))[2:] == [
        (0.0, {"places L1 open 2022": 1.0, "M2 2022": -2.0}, 0.0),
        (0.0, {"places L1 open 2023": 1.0, "M2 2022": -7.0}, 0.0),
    ]


def test_c3_and_c5_an_effect_counts_in_its_first_year_from_its_month_on() -> None:
    """Three closed places go in July 2023, and two open ones come in October, of which half can be used at first."""
    half = [effect("M1", "L1", "gesloten", -3, 1, maand=7), effect("M1", "L1", "open", 2, 1, maand=10)]
    assert rows_of(c3_places, hamlet(effects=half)) == [
        (4.0, {"places L1 gesloten 2022": 1.0}, 4.0),
        (4.0, {"places L1 gesloten 2023": 1.0, "M1 2022": 1.5}, 4.0),
        (0.0, {"places L1 open 2022": 1.0}, 0.0),
        (0.0, {"places L1 open 2023": 1.0, "M1 2022": -0.5}, 0.0),
    ]
    assert rows_of(c5_occupancy, hamlet(effects=half))[-1] == (
        None,
        {"used L1 open 2023": 1.0, "places L1 open 2023": -0.9, "M1 2022": 0.4 * 0.5},
        0.0,
    )
    assert rows_of(c3_within_years, hamlet(effects=half)) == [(None, {"M1 2022": 3.0}, 4.0)]


def test_c3_places_are_there_on_the_first_of_every_month() -> None:
    """Five go in April, one of them comes back in July: over the year of 2022 that is 3.25 of 4 gone."""
    rows = [effect("M2", "L1", "gesloten", -5, maand=4), effect("M2", "L1", "gesloten", 1, maand=7)]
    changed = hamlet(effects=rows, costs=[])
    assert rows_of(c3_places, changed)[0] == (4.0, {"places L1 gesloten 2022": 1.0, "M2 2022": 3.25}, 4.0)
    assert rows_of(c3_within_years, changed) == [
        (None, {"M2 2022": 5.0}, 4.0),
        (None, {"M2 2022": 4.0}, 4.0),
        (None, {"M2 2022": 4.0, "M2 2023": 5.0}, 4.0),
        (None, {"M2 2022": 4.0, "M2 2023": 4.0}, 4.0),
    ]
    assert rows_of(c3_within_years, HAMLET) == []


def test_c5_places_that_are_not_new_to_the_young_people_do_not_start_up() -> None:
    moved = [effect("M1", "L1", "open", 2, 1, aanloop="nee")]
    assert rows_of(c5_occupancy, hamlet(effects=moved))[-1] == (
        None,
        {"used L1 open 2023": 1.0, "places L1 open 2023": -0.9},
        0.0,
    )


@pytest.mark.parametrize(
    ("first", "then", "starts"),
    [((0, 7), (0, 7), ["M1 2022"]), ((0, 7), (0, 6), []), ((0, 1), (0, 1), ["M1 2022"]), ((1, 1), (0, 12), [])],
)
def test_c2_what_waits_does_nothing_before_the_month_of_delivery(
    first: tuple[int, int], then: tuple[int, int], starts: list[str]
) -> None:
    """M1 adds places and M2 takes some away, each so many years after its start and in a month; M2 starts in 2022."""
    rows = [measure("M1", "P1"), measure("M2", "P2", wacht_op="P1")]
    effects = [
        effect("M1", "L1", "open", 2, first[0], maand=first[1]),
        effect("M2", "L1", "gesloten", -1, then[0], maand=then[1]),
    ]
    found = rows_of(c2_requirements, hamlet(measures=rows, effects=effects, costs=[]))
    assert found == [(None, {"M2 2022": 1.0, **dict.fromkeys(starts, -1.0)}, 0.0)]


def test_c4_a_place_is_used_or_empty() -> None:
    assert rows_of(c4_used_or_empty, HAMLET) == [
        (0.0, {f"used {at}": 1.0, f"empty {at}": 1.0, f"places {at}": -1.0}, 0.0)
        for at in ("L1 gesloten 2022", "L1 gesloten 2023", "L1 open 2022", "L1 open 2023")
    ]


def test_c5_new_places_count_for_less_in_their_first_year() -> None:
    """Open: at most 90% full, new places 50%; M1 adds 2 in 2023: 2 x (0.9 - 0.5) = 0.8."""
    assert rows_of(c5_occupancy, HAMLET) == [
        (None, {"used L1 gesloten 2022": 1.0, "places L1 gesloten 2022": -1.0}, 0.0),
        (None, {"used L1 gesloten 2023": 1.0, "places L1 gesloten 2023": -1.0}, 0.0),
        (None, {"used L1 open 2022": 1.0, "places L1 open 2022": -0.9}, 0.0),
        (None, {"used L1 open 2023": 1.0, "places L1 open 2023": -0.9, "M1 2022": 0.8}, 0.0),
    ]


def test_c5_a_first_year_share_above_the_largest_share_changes_nothing() -> None:
    full = {"open": {"bezetting_max": 0.5, "aanloop_jaar1": 0.9}}
    assert rows_of(c5_occupancy, hamlet(forms=full))[3] == (
        None,
        {"used L1 open 2023": 1.0, "places L1 open 2023": -0.5},
        0.0,
    )


def test_c6_who_needs_a_place_is_placed_or_short() -> None:
    assert rows_of(c6_need, HAMLET) == [
        (
            3.0,
            {"short gesloten 2022": 1.0, "gesloten in gesloten 2022": 1.0, "gesloten in open 2022": 1.0},
            3.0,
        ),
        (
            2.0,
            {"short gesloten 2023": 1.0, "gesloten in gesloten 2023": 1.0, "gesloten in open 2023": 1.0},
            2.0,
        ),
        (0.0, {"short open 2022": 1.0, "open in open 2022": 1.0}, 0.0),
        (1.5, {"short open 2023": 1.0, "open in open 2023": 1.0}, 1.5),
    ]


def test_c6_who_is_placed_uses_a_place_at_some_location() -> None:
    two = [*HAMLET.places, places("L2", "open", 1)]
    assert rows_of(c6_place, hamlet(places=two)) == [
        (0.0, {"gesloten in gesloten 2022": 1.0, "used L1 gesloten 2022": -1.0}, 0.0),
        (
            0.0,
            {
                "gesloten in open 2022": 1.0,
                "open in open 2022": 1.0,
                "used L1 open 2022": -1.0,
                "used L2 open 2022": -1.0,
            },
            0.0,
        ),
        (0.0, {"gesloten in gesloten 2023": 1.0, "used L1 gesloten 2023": -1.0}, 0.0),
        (
            0.0,
            {
                "gesloten in open 2023": 1.0,
                "open in open 2023": 1.0,
                "used L1 open 2023": -1.0,
                "used L2 open 2023": -1.0,
            },
            0.0,
        ),
    ]


def test_c7_places_above_the_ceiling_count_wherever_they_are() -> None:
    two = [*HAMLET.places, places("L2", "gesloten", 1)]
    assert rows_of(c7_ceiling, hamlet(places=two)) == [
        (
            None,
            {"over gesloten 2023": -1.0, "places L1 gesloten 2023": 1.0, "places L2 gesloten 2023": 1.0},
            1.0,
        )
    ]


def test_c8_every_line_is_paid_or_a_gap() -> None:
    """OVA grows by 10%: a used closed place costs 110 in 2023, an empty one 44; M2 costs 55."""
    rows = rows_of(c8_cover, HAMLET)
    assert rows[:4] == [
        cover("L1 gesloten 2022 exploitatie", ["LUMP", "EIGEN"], "used L1 gesloten 2022", 100.0),
        cover("L1 gesloten 2023 exploitatie", ["LUMP", "BES", "EIGEN"], "used L1 gesloten 2023", 110.0),
        cover("L1 gesloten 2022 leegstand", ["PXQ", "EIGEN"], "empty L1 gesloten 2022", 40.0),
        cover("L1 gesloten 2023 leegstand", ["PXQ", "EIGEN"], "empty L1 gesloten 2023", 44.0),
    ]
    assert rows[4:] == [
        cover("L1 open 2022 exploitatie", ["LUMP", "EIGEN"], "used L1 open 2022", 80.0),
        cover("L1 open 2023 exploitatie", ["LUMP", "BES", "EIGEN"], "used L1 open 2023", 80.0),
        cover("M1 verbouwen 2022", ["SPUK", "EIGEN"], "M1 2022", 120.0),
        cover("M2 projectleiding 2022", ["SPUK", "EIGEN"], "M2 2022", 50.0),
        cover("M2 projectleiding 2023", ["SPUK", "EIGEN"], "M2 2023", 55.0),
    ]


def test_c8_every_start_that_reaches_a_year_adds_to_its_line() -> None:
    """1000 euros in the start year and 3000 a year later: in 2023 either, from one start or the other."""
    both = [cost("M2", "overig", 1000), cost("M2", "overig", 3000, 1)]
    rows = rows_of(c8_cover, Bare(last=2024, measures=[measure("M2", start=BOTH)], costs=both))
    assert rows[1] == (0.0, {"gap M2 overig 2023": 1.0, "M2 2022": -3.0, "M2 2023": -1.0}, 0.0)


def cover(line: str, sources: list[str], counted: str, price: float) -> Written:
    paid = {f"{bron} pays {line}": 1.0 for bron in sources}
    return 0.0, {**paid, f"gap {line}": 1.0, counted: -price}, 0.0


def test_c9_a_pot_pays_no_more_than_it_holds_over_all_years() -> None:
    spuk = ("M1 verbouwen 2022", "M2 projectleiding 2022", "M2 projectleiding 2023")
    assert rows_of(c9_pots, HAMLET)[0] == (None, {f"SPUK pays {line}": 1.0 for line in spuk}, 1000.0)
    assert [upper for _, _, upper in rows_of(c9_pots, HAMLET)] == [1000.0, 70.0]


def test_c10_a_yearly_source_pays_its_revenue_and_what_was_left() -> None:
    """The lump sum of 2023: 3.5 young people above a band of 0 around 3, so 3.5 x 95 = 332.5."""
    assert rows_of(c10_yearly, HAMLET) == [
        (None, {**lump(2022), "left LUMP 2022": 1.0}, 270.0),
        (None, {**lump(2023), "left LUMP 2022": -1.0}, 332.5),
        (None, {"PXQ pays L1 gesloten 2022 leegstand": 1.0, "revenue PXQ 2022 0": -1.0}, 0.0),
        (
            None,
            {"PXQ pays L1 gesloten 2023 leegstand": 1.0, "revenue PXQ 2023 0": -1.0, "revenue PXQ 2023 1": -1.0},
            0.0,
        ),
        (
            None,
            {
                "BES pays L1 gesloten 2023 exploitatie": 1.0,
                "BES pays L1 open 2023 exploitatie": 1.0,
                "revenue BES 2023 0": -1.0,
            },
            0.0,
        ),
    ]


def lump(year: int) -> dict[str, float]:
    return {f"LUMP pays L1 {form} {year} exploitatie": 1.0 for form in ("gesloten", "open")}


def test_c10_nothing_is_left_for_the_next_year_where_money_does_not_move_on() -> None:
    stays = [row | {"overdraagbaar": "nee"} for row in HAMLET.sources]
    assert rows_of(c10_yearly, hamlet(sources=stays))[:2] == [
        (None, lump(2022), 270.0),
        (None, lump(2023), 332.5),
    ]


def test_c10_pxq_counts_used_places_and_availability_counts_places() -> None:
    assert rows_of(c10_revenue_by_places, HAMLET) == [
        (None, {"revenue PXQ 2022 0": 1.0, "used L1 gesloten 2022": -10.0, "used L1 open 2022": -10.0}, 0.0),
        (None, {"revenue PXQ 2023 0": 1.0, "used L1 gesloten 2023": -10.0}, 0.0),
        (None, {"revenue PXQ 2023 1": 1.0, "used L1 open 2023": -20.0}, 0.0),
        (None, {"revenue BES 2023 0": 1.0, "places L1 gesloten 2023": -5.0}, 0.0),
    ]


def test_c10_only_the_places_of_its_provider_count_for_a_source() -> None:
    here = [source("BES", "beschikbaarheid", None, (2023, 2023), aanbieder="B")]
    there = hamlet(sources=here, funding=HAMLET.funding[-1:], permits=[])
    two = [*HAMLET.places, places("L2", "gesloten", 1)]
    assert rows_of(c10_revenue_by_places, there) == [(None, {"revenue BES 2023 0": 1.0}, 0.0)]
    assert rows_of(c10_revenue_by_places, hamlet(**{**vars(there), "places": two})) == [
        (None, {"revenue BES 2023 0": 1.0, "places L2 gesloten 2023": -5.0}, 0.0)
    ]


def test_c10_a_row_pays_for_no_more_places_than_its_level() -> None:
    assert rows_of(c10_revenue_at_level, HAMLET) == [
        (None, {"revenue PXQ 2022 0": 1.0}, 20.0),
        (None, {"revenue PXQ 2023 0": 1.0}, 20.0),
        (None, {"revenue PXQ 2023 1": 1.0}, 20.0),
        (None, {"revenue BES 2023 0": 1.0}, 15.0),
    ]


def test_c11_capped_payments_stay_within_their_share_of_the_grant() -> None:
    """5% of 1,000,000.19 is 50,000.0095, rounded down to 50,000.00."""
    odd = [HAMLET.sources[0] | {"bedrag": 1_000_000.19}, *HAMLET.sources[1:]]
    both = {"SPUK pays M2 projectleiding 2022": 1.0, "SPUK pays M2 projectleiding 2023": 1.0}
    assert rows_of(c11_caps, HAMLET) == [(None, both, 50.0)]
    assert rows_of(c11_caps, hamlet(sources=odd)) == [(None, both, 50.0)]


def test_c11_vacancy_is_payable_up_to_what_a_chosen_measure_is_closing() -> None:
    """M1, started in 2022, closes 3 places in 2023: until then 3 x 40 thousand; after that nothing."""
    reading = hamlet(settings={"lezingen": "leegstand-door-transitie"}, costs=HAMLET.costs[:1])
    assert rows_of(c11_caps, reading) == [
        (None, {"SPUK pays L1 gesloten 2022 leegstand": 1.0, "M1 2022": -120.0}, 0.0),
        (None, {"SPUK pays L1 gesloten 2023 leegstand": 1.0}, 0.0),
    ]


def test_c11_a_closure_that_is_not_by_the_transition_adds_nothing() -> None:
    other = [HAMLET.measures[0] | {"door_transitie": "nee"}, HAMLET.measures[1]]
    reading = hamlet(settings={"lezingen": "leegstand-door-transitie"}, costs=[], measures=other)
    assert [terms for _, terms, _ in rows_of(c11_caps, reading)] == [
        {"SPUK pays L1 gesloten 2022 leegstand": 1.0},
        {"SPUK pays L1 gesloten 2023 leegstand": 1.0},
    ]


GAPS = (
    "L1 gesloten 2022 exploitatie",
    "L1 gesloten 2023 exploitatie",
    "L1 gesloten 2022 leegstand",
    "L1 gesloten 2023 leegstand",
    "L1 open 2022 exploitatie",
    "L1 open 2023 exploitatie",
    "M1 verbouwen 2022",
    "M2 projectleiding 2022",
    "M2 projectleiding 2023",
)
YEAR_2 = 1 / 1.0225


@pytest.mark.parametrize(
    ("goal", "terms", "constant"),
    [
        (goal_shortage, {f"short {form} {year}": 1.0 for form in ("gesloten", "open") for year in BOTH}, 0.0),
        (goal_diversion, {"gesloten in open 2022": 1.0, "gesloten in open 2023": 1.0}, 0.0),
        (goal_over_ceiling, {"over gesloten 2023": 1.0}, 0.0),
        (goal_uncovered, {f"gap {line}": 1.0 for line in GAPS}, 0.0),
        (goal_own_money, {f"EIGEN pays {line}": 1.0 for line in GAPS}, 0.0),
        (
            goal_burden,
            {
                **{f"EIGEN pays {line}": 1.0 for line in GAPS},
                **{f"LUMP pays {line}": 1.0 for line in GAPS if "exploitatie" in line},
                **{f"PXQ pays {line}": 1.0 for line in GAPS if "leegstand" in line},
                **{f"BES pays {line}": 1.0 for line in GAPS if "2023 exploitatie" in line},
            },
            0.0,
        ),
        (goal_points, {"M1 2022": 3.0, "M2 2022": 0.5, "M2 2023": 0.5}, 0.0),
        (goal_unspent_grant, {f"SPUK pays {line}": -1.0 for line in GAPS[6:]}, 1000.0),
        (goal_start_years, {"M2 2023": 1.0}, 0.0),
    ],
)
def test_a_goal_adds_up_what_its_name_says(goal: Callable[..., Goal], terms: dict[str, float], constant: float) -> None:
    assert goal_of(goal, HAMLET) == (terms, constant)


def test_present_cost_is_in_prices_of_the_price_level_and_discounted() -> None:
    """No growth by an index; 2023 counts for 1 / 1.0225."""
    terms, constant = goal_of(goal_present_cost, HAMLET)
    assert constant == 0.0
    assert terms == pytest.approx(
        {
            "M1 2022": 120.0,
            "M2 2022": 50.0,
            "M2 2023": 50.0 * YEAR_2,
            "used L1 gesloten 2022": 100.0,
            "empty L1 gesloten 2022": 40.0,
            "used L1 gesloten 2023": 100.0 * YEAR_2,
            "empty L1 gesloten 2023": 40.0 * YEAR_2,
            "used L1 open 2022": 80.0,
            "used L1 open 2023": 80.0 * YEAR_2,
        },
        rel=1e-14,
    )


def test_a_cost_of_a_later_year_is_discounted_to_its_own_year() -> None:
    late = hamlet(costs=[cost("M1", "verbouwen", 120_000, 1)])
    assert goal_of(goal_present_cost, late)[0]["M1 2022"] == pytest.approx(120.0 * YEAR_2, rel=1e-14)


def test_the_goals_follow_the_case_and_only_points_are_maximised() -> None:
    some = hamlet(goals=[("waardering", None), ("ongedekt", None)])
    assert goals_of(program_of(some)) == ("waardering", "ongedekt")
    assert senses_of(program_of(some)) == (-1, 1)
    assert {name for name, (_, sense) in GOAL_FUNCTIONS.items() if sense == -1} == {"waardering"}
    floored = hamlet(more={"plaatsgrenzen": [bound("A", "open", 2022, 1)]})
    assert {CHANGES, BURDEN, *goals_of(program_of(floored))} == set(GOAL_FUNCTIONS)
    assert goals_of(program_of(HAMLET)) == GOALS


def size(program: Program) -> tuple[int, int, int]:
    """Rows, columns and nonzeros of the compiled model."""
    matrix = arrays_of(program)[1].matrix
    return (*matrix.shape, matrix.nnz)


def test_the_compiled_hamlet_has_each_row_once_and_each_variable_that_occurs() -> None:
    """By hand from the rows above: 50 rows; 3 starts, 12 places, 6 placed, 4 short, 1 over, 20 payments,
    9 gaps, 4 revenues and 1 carried over.
    """
    rows = [row for constraint in CONSTRAINTS for row in rows_of(constraint, HAMLET)]
    names = {name for _, terms, _ in rows for name in terms}
    assert size(program_of(HAMLET)) == (len(rows), len(names), sum(len(terms) for _, terms, _ in rows))
    assert (len(rows), len(names)) == (50, 60)


def test_the_size_of_the_small_case_is_known() -> None:
    """A change here must be one that was meant.

    Rows: C1 4, C2 3 + 3, C3 to C5 3 x 18, C6 9 + 9, C7 3, C8 36 of places and 20 of measures, C9 2,
    C10 3, C11 1. Columns: 13 starts, 54 places, 12 placed, 9 short, 3 over, 112 payments, 56 gaps, 2 left.
    """
    case = small_built_case()
    assert size(compile_program(case, Entitlement(case))) == (147, 261, 571)
