"""What can be decided, and in which order it stands."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.models.bare import Bare, cost, effect, measure, places
from tests.models.hamlet import HAMLET, hamlet, program_of


def test_decisions_are_ordered_by_id_and_year_whatever_the_order_of_the_sheet() -> None:
    backwards = hamlet(measures=HAMLET.measures[::-1])
    assert program_of(backwards).decisions == (("M1", 2022), ("M2", 2022), ("M2", 2023))


@pytest.mark.parametrize(
    ("window", "lag", "years"),
    [
        ((2022, 2025), 0, [2022, 2023, 2024, 2025]),
        ((2023, 2024), 0, [2023, 2024]),
        ((2022, 2025), 1, [2022, 2023, 2024]),
        ((2024, 2025), 1, [2024]),
        ((2025, 2025), 1, []),
    ],
)
def test_a_start_after_which_a_cost_or_effect_would_fall_outside_the_case_does_not_exist(
    window: tuple[int, int], lag: int, years: list[int]
) -> None:
    late_cost = Bare(last=2025, measures=[measure("M", start=window)], costs=[cost("M", "overig", 1, lag)])
    late_effect = replace(
        late_cost, costs=[], places=[places("L1", "open", 0)], effects=[effect("M", "L1", "open", 1, lag)]
    )
    expected = tuple(("M", year) for year in years)
    assert program_of(late_cost).decisions == program_of(late_effect).decisions == expected


def test_places_are_new_in_their_first_year_only_and_what_goes_is_never_new() -> None:
    """M closes 2 places at once and opens 3 a year later; both count from then on."""
    bare = Bare(
        last=2024,
        places=[places("L1", "open", 5)],
        measures=[measure("M", start=(2022, 2024))],
        effects=[effect("M", "L1", "open", 3, 1), effect("M", "L1", "open", -2)],
    )
    program = program_of(bare)
    assert program.decisions == (("M", 2022), ("M", 2023))
    assert program.changes == (((0, -2.0),), ((0, 1.0), (1, -2.0)), ((0, 1.0), (1, 1.0)))
    assert program.arrivals == ((), ((0, 3.0),), ((1, 3.0),))


def test_a_place_that_is_new_adds_to_another_that_is_new_with_it() -> None:
    twice = [effect("M", "L1", "open", 3), effect("M", "L1", "open", 4), effect("M", "L1", "open", -7)]
    program = program_of(Bare(places=[places("L1", "open", 0)], measures=[measure("M")], effects=twice))
    assert (program.changes, program.arrivals) == ((((0, 0.0),),), (((0, 7.0),),))
