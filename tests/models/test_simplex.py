"""The exact simplex of the brute force, on programs with a known answer."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.models.simplex import Dictionary, Goal, Row


def row(most: object, **terms: object) -> Row:
    return Row({name: Fraction(str(value)) for name, value in terms.items()}, Fraction(str(most)))


def goal(constant: object = 0, **terms: object) -> Goal:
    return Goal({name: Fraction(str(value)) for name, value in terms.items()}, Fraction(str(constant)))


def test_an_optimum_between_whole_numbers_is_found_exactly() -> None:
    """3x + 5y at most, with x <= 4, 2y <= 12, 3x + 2y <= 17: x = 5/3, y = 6."""
    program = Dictionary([row(4, x=1), row(12, y=2), row(17, x=3, y=2)])
    assert program.minimise(goal(x=-3, y=-5)) == -35
    assert [program.value(name) for name in "xy"] == [Fraction(5, 3), Fraction(6)]


def test_a_program_on_which_the_steepest_rule_cycles_ends() -> None:
    """Beale's example."""
    program = Dictionary([row(0, a="0.25", b=-60, c="-0.04", d=9), row(0, a="0.5", b=-90, c="-0.02", d=3), row(1, c=1)])
    assert program.minimise(goal(a="-0.75", b=150, c="-0.02", d=6)) == Fraction(-1, 20)


def test_the_constant_of_a_goal_counts() -> None:
    assert Dictionary([row(2, x=1)]).minimise(goal(10, x=-1)) == 8


def test_a_held_goal_stays_at_its_optimum_while_the_next_is_minimised() -> None:
    """x + y is 3 at most; of the points with x + y = 3, x is 2 at most."""
    program = Dictionary([row(3, x=1, y=1), row(2, x=1)])
    program.minimise(goal(x=-1, y=-1))
    program.hold(goal(x=-1, y=-1))
    assert program.minimise(goal(y=1)) == 1
    program.hold(goal(y=1))
    assert [program.value(name) for name in "xy"] == [Fraction(2), Fraction(1)]
    assert program.minimise(goal(x=1)) == 2


def test_a_goal_held_with_leeway_may_be_worsened_by_just_that() -> None:
    program = Dictionary([row(4, x=1)])
    assert program.minimise(goal(x=-1)) == -4
    program.hold_within(goal(x=-1), Fraction(-3))
    assert program.minimise(goal(x=1)) == 3


def test_what_is_fixed_no_longer_counts() -> None:
    program = Dictionary([row(4, x=1, y=1)])
    program.minimise(goal(x=1))
    program.hold(goal(x=1))
    assert program.minimise(goal(x=-1, y=-1)) == -4
    assert program.value("x") == 0


def test_a_program_that_zero_does_not_meet_is_refused() -> None:
    with pytest.raises(ValueError, match="not feasible at zero"):
        Dictionary([row(-1, x=-1)])


@pytest.mark.parametrize("terms", [{"x": -1, "y": 1}, {"z": -1}])
def test_a_goal_without_a_lowest_value_is_refused(terms: dict[str, int]) -> None:
    program = Dictionary([row(1, x=-1, y=1)])
    with pytest.raises(ValueError, match=r"no lowest value|no row bounds"):
        program.minimise(goal(**terms))


def test_holding_a_goal_below_what_it_is_is_refused() -> None:
    program = Dictionary([row(4, x=1)])
    program.minimise(goal(x=-1))
    with pytest.raises(ValueError, match="above what it is held at"):
        program.hold_within(goal(x=-1), Fraction(-5))
