"""Cost lines taken together: nothing is lost, and only alike lines meet."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from finance.findings import NoPlanError
from models.grouping import grouped
from models.lexicographic import Lexicographic
from models.plan import first_point
from models.program import Program
from models.pyomo_model import build
from models.solver import Clock
from tests.models.bare import places
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


def test_the_lines_of_the_hamlet_make_seven_groups() -> None:
    """Operation of both forms goes together, once a year; vacancy, M1 and the capped M2 stay apart."""
    groups = grouped(program_of(HAMLET))
    assert [(line.zorgvorm or line.maatregel, line.kostensoort, line.jaar) for line in groups.lines] == [
        ("gesloten", "exploitatie", 2022),
        ("gesloten", "exploitatie", 2023),
        ("gesloten", "leegstand", 2022),
        ("gesloten", "leegstand", 2023),
        ("M1", "verbouwen", 2022),
        ("M2", "projectleiding", 2022),
        ("M2", "projectleiding", 2023),
    ]
    assert [[part.price for part in cost.parts] for cost in groups.line_costs] == [
        [100.0, 80.0],
        [110.0, 80.0],
        [40.0],
        [44.0],
        [],
        [],
        [],
    ]


def test_lines_whose_vacancy_is_capped_each_by_its_own_closure_stay_apart() -> None:
    reading = replace(HAMLET, settings={"lezingen": "leegstand-door-transitie"})
    two = replace(reading, places=[*HAMLET.places, places("L2", "gesloten", 1)])
    vacancy = [line for line in grouped(program_of(two)).lines if line.kostensoort == "leegstand"]
    assert [(line.locatie, line.jaar) for line in vacancy] == [
        ("L1", 2022),
        ("L1", 2023),
        ("L2", 2022),
        ("L2", 2023),
    ]
