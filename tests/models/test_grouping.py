"""Cost lines taken together: nothing is lost, and only alike lines meet."""

from __future__ import annotations

from collections import Counter

import pytest

from finance.findings import NoPlanError
from models.compiled import build
from models.grouping import grouped
from models.lexicographic import Lexicographic
from models.plan import first_point
from models.program import Program
from models.solver import Clock
from tests.models.hamlet import HAMLET, program_of
from tests.models.strategies import random_case

SEEDS = range(12)


def optima(program: Program) -> list[float]:
    """The value of each goal when it was its turn, on this program itself; none where starts clash."""
    built = build(program)
    try:
        state = Lexicographic(*built, first_point(program, *built), Clock(None), lambda _: None)
    except NoPlanError:
        return []
    state.solve()
    return [held.upper for held in state.held]


@pytest.mark.parametrize("seed", SEEDS)
def test_groups_have_the_optima_of_their_lines(seed: int) -> None:
    program = program_of(random_case(seed))
    assert optima(grouped(program)) == pytest.approx(optima(program), abs=1e-5)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_cost_and_every_payment_is_in_exactly_one_group(seed: int) -> None:
    program = program_of(random_case(seed))
    groups = grouped(program)
    before = Counter((cost.place, cost.empty, cost.price) for cost in program.line_costs if cost.place >= 0)
    after = Counter((part.place, part.empty, part.price) for cost in groups.line_costs for part in cost.parts)
    assert after == before
    assert total(groups) == pytest.approx(total(program))
    assert len(groups.lines) <= len(program.lines)
    assert sorted(p for pairs in groups.pairs_of_line for p in pairs) == list(range(len(groups.pairs)))


def total(program: Program) -> dict[int, float]:
    """What each decision costs over all lines."""
    sums: dict[int, float] = {}
    for cost in program.line_costs:
        for decision, amount in cost.by_decision:
            sums[decision] = sums.get(decision, 0.0) + amount
    return sums


def test_lines_of_a_group_share_their_year_and_sources_and_caps() -> None:
    program = program_of(HAMLET)
    groups = grouped(program)
    assert len(groups.lines) < len(program.lines)
    for number, line in enumerate(groups.lines):
        sources = {groups.pairs[p][1] for p in groups.pairs_of_line[number]}
        original = program.lines.index(line)
        assert sources == {program.pairs[p][1] for p in program.pairs_of_line[original]}
    for cap, whole in zip(groups.caps, program.caps, strict=True):
        capped = {groups.lines[groups.pairs[p][0]].jaar for p in cap.pairs}
        assert capped == {program.lines[program.pairs[p][0]].jaar for p in whole.pairs}
        assert cap.limit == whole.limit
