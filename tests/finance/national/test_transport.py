"""What can be taken over: as much as can be, as near as can be, fair, and the same under other names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import permutations, product
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finance.national.linear import Constraint, InfeasibleError, fairest, largest
from finance.national.transport import Transport

GIVERS, TAKERS = "abc", "xyz"
ONE: Final = Fraction(1)


def problem(free: Sequence[int], short: Sequence[int], steps: Mapping[tuple[str, str], int]) -> Transport:
    """A problem of some givers and takers, in whole places."""
    return Transport(
        {name: Fraction(number) for name, number in zip(GIVERS, free, strict=False)},
        {name: Fraction(number) for name, number in zip(TAKERS, short, strict=False)},
        steps,
    )


@st.composite
def problems(draw: st.DrawFn, largest_number: int = 4) -> Transport:
    """Two or three on each side, few places, one to three borders apart."""
    numbers = st.lists(st.integers(1, largest_number), min_size=1, max_size=3)
    steps = {pair: draw(st.integers(1, 3)) for pair in product(GIVERS, TAKERS)}
    return problem(draw(numbers), draw(numbers), steps)


def fewest_by_hand(found: Transport) -> int | None:
    """The fewest borders over every division in whole places; None where no whole one gives all what they get."""
    if any(number.denominator > 1 for number in found.taken.values()):
        return None
    best: int | None = None
    most = [range(int(min(found.free[giver], found.taken[taker])) + 1) for giver, taker in found.pairs]
    for amounts in product(*most):
        flow = dict(zip(found.pairs, amounts, strict=True))
        fits = all(sum(n for (i, _), n in flow.items() if i == name) <= free for name, free in found.free.items())
        full = all(sum(n for (_, j), n in flow.items() if j == name) == got for name, got in found.taken.items())
        if fits and full:
            crossed = sum(found.steps[pair] * n for pair, n in flow.items())
            best = crossed if best is None else min(best, crossed)
    return best


@settings(max_examples=25, deadline=None)
@given(problems(largest_number=2))
def test_no_whole_division_crosses_fewer_borders(found: Transport) -> None:
    by_hand = fewest_by_hand(found)
    assert by_hand is None or by_hand == found.fewest


@settings(max_examples=25, deadline=None)
@given(problems())
def test_everything_fits_and_the_prices_prove_it(found: Transport) -> None:
    """Weak duality: no division can cross fewer borders than the prices come to, and this one does cross so many."""
    flows, prices = found.flows, found.prices
    for giver, free in found.free.items():
        gives = sum((n for (i, _), n in flows.items() if i == giver), Fraction(0))
        assert gives == found.given[giver] <= free
        assert prices[giver] >= 0
        assert prices[giver] == 0 or gives == free
    for taker, got in found.taken.items():
        assert sum((n for (_, j), n in flows.items() if j == taker), Fraction(0)) == got
    assert all(found.steps[i, j] + prices[i] - prices[j] >= 0 for i, j in found.pairs)
    bound = sum(prices[j] * got for j, got in found.taken.items()) - sum(
        prices[i] * free for i, free in found.free.items()
    )
    assert bound == found.fewest == sum(found.steps[pair] * n for pair, n in flows.items())
    assert sum(flows.values()) == found.total


@settings(max_examples=10, deadline=None)
@given(problems(), st.permutations(GIVERS), st.permutations(TAKERS))
def test_names_and_their_order_decide_nothing(found: Transport, givers: Sequence[str], takers: Sequence[str]) -> None:
    new = {**dict(zip(GIVERS, givers, strict=True)), **dict(zip(TAKERS, takers, strict=True))}
    other = Transport(
        dict(reversed([(new[name], number) for name, number in found.free.items()])),
        dict(reversed([(new[name], number) for name, number in found.short.items()])),
        {(new[i], new[j]): count for (i, j), count in found.steps.items()},
    )
    assert other.flows == {(new[i], new[j]): number for (i, j), number in found.flows.items()}


def test_who_falls_short_gets_the_same_share() -> None:
    found = problem((2, 1), (4, 2), dict.fromkeys(product(GIVERS, TAKERS), 1))
    assert found.taken == {"x": 2, "y": 1}
    assert found.flows == {
        ("a", "x"): Fraction(4, 3),
        ("a", "y"): Fraction(2, 3),
        ("b", "x"): Fraction(2, 3),
        ("b", "y"): Fraction(1, 3),
    }


def test_who_is_as_near_gives_the_same_share_of_what_it_has_free() -> None:
    found = problem((6, 3), (3,), {("a", "x"): 1, ("b", "x"): 1})
    assert found.flows == {("a", "x"): 2, ("b", "x"): 1}


def test_who_is_nearer_gives_first() -> None:
    found = problem((6, 3), (4,), {("a", "x"): 2, ("b", "x"): 1})
    assert found.flows == {("a", "x"): 1, ("b", "x"): 3}
    assert found.prices == {"a": 0, "b": 1, "x": 2}


def test_near_for_all_together_goes_before_near_for_one() -> None:
    """a is nearest to both; y has nobody else near, so x goes to b."""
    steps = {("a", "x"): 1, ("a", "y"): 1, ("b", "x"): 2, ("b", "y"): 3}
    found = problem((1, 1), (1, 1), steps)
    assert found.flows == {("a", "y"): 1, ("b", "x"): 1}
    assert found.fewest == 3


def test_a_landsdeel_with_both_or_with_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="either free places or a shortage"):
        Transport({"a": ONE}, {"a": ONE}, {})
    with pytest.raises(ValueError, match="above zero"):
        Transport({"a": Fraction(0)}, {"x": ONE}, {})


def test_flows_that_cross_more_have_no_prices() -> None:
    found = problem((1, 1), (1, 1), {("a", "x"): 1, ("a", "y"): 2, ("b", "x"): 2, ("b", "y"): 1})
    found.__dict__["flows"] = {("a", "y"): ONE, ("b", "x"): ONE}
    found.__dict__["given"] = {"a": ONE, "b": ONE}
    with pytest.raises(ValueError, match="do not cross the fewest"):
        found.prices  # noqa: B018 - working it out is what is tested


# --- the small linear programs ---------------------------------------------------------------


def test_a_program_without_values_or_without_bound_is_refused() -> None:
    with pytest.raises(InfeasibleError):
        largest({0: ONE}, [Constraint({0: ONE}, -ONE)], 1)
    with pytest.raises(ValueError, match="no bound"):
        largest({0: ONE}, [], 1)


def test_equations_that_say_the_same_twice_are_no_trouble() -> None:
    same = Constraint({0: ONE, 1: ONE}, ONE, equal=True)
    found = largest({0: Fraction(2), 1: ONE}, [same, same], 2)
    assert (found.value, *found.values) == (2, 1, 0)


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_fairest_values_are_the_same_in_any_order(order: tuple[int, ...]) -> None:
    """Ten over three, of which the first has room for one only."""
    limits = [Constraint({0: ONE}, ONE), Constraint(dict.fromkeys(range(3), ONE), Fraction(10), equal=True)]
    shares: list[dict[int, Fraction]] = [{at: ONE} for at in order]
    assert list(fairest(shares, limits, 3)) == [1, Fraction(9, 2), Fraction(9, 2)]
