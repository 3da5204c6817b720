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
