"""Finding what waits for itself."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finance.case.cycles import cycles


def test_nothing_waits_where_all_needs_point_one_way() -> None:
    assert cycles({"a": ["b", "c"], "b": ["c"], "c": []}) == []


def test_a_cycle_starts_with_the_step_back() -> None:
    assert cycles({"a": ["b"], "b": ["c"], "c": ["b"]}) == [("c", "b")]


def test_two_cycles_are_both_found() -> None:
    assert cycles({"a": ["b"], "b": ["a"], "c": ["d"], "d": ["c"]}) == [("b", "a"), ("d", "c")]


def test_a_chain_of_any_length_is_walked() -> None:
    chain = {str(number): [str(number + 1)] for number in range(5000)}
    assert cycles(chain) == []
    assert len(cycles({**chain, "5000": ["0"]})[0]) == 5001


GRAPHS = st.dictionaries(st.sampled_from("abcdef"), st.lists(st.sampled_from("abcdef"), unique=True))


@given(GRAPHS)
def test_each_cycle_is_one_and_without_its_first_step_none_is_left(needs: dict[str, list[str]]) -> None:
    found = cycles(needs)
    for cycle in found:
        assert all(following in needs[name] for name, following in zip(cycle, [*cycle[1:], cycle[0]], strict=True))
    steps = {(cycle[0], [*cycle[1:], cycle[0]][0]) for cycle in found}
    left = {name: [other for other in others if (name, other) not in steps] for name, others in needs.items()}
    TopologicalSorter(left).prepare()
    assert bool(found) == _is_cyclic(needs)


def _is_cyclic(needs: dict[str, list[str]]) -> bool:
    try:
        TopologicalSorter(needs).prepare()
    except CycleError:
        return True
    return False


def test_the_walk_agrees_with_the_standard_library_on_a_loop() -> None:
    with pytest.raises(CycleError):
        TopologicalSorter({"a": ["a"]}).prepare()
    assert cycles({"a": ["a"]}) == [("a",)]
