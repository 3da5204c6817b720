"""Near-best plans against trying everything: which there are, how far apart, and what they share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Final

import pytest

from finance.case import Case
from finance.compliance import check_allocation
from finance.findings import NoPlanError
from finance.rules import Entitlement
from finance.whatif import NearBest, Slack
from models.alternatives import near_best, paid_otherwise
from models.solver import Clock
from tests.models.bare import Bare, cost, measure, source
from tests.models.brute import Chosen, Starts, brute_force, start_choices
from tests.models.simplex import Dictionary
from tests.models.strategies import random_case

WIDE: Final = Slack(Fraction(1, 4), Fraction(3))
"""A quarter of the optimum and 3 of its unit: wide enough for other choices in most tiny cases."""


def everywhere(case: Case, slack: Slack) -> Mapping[str, Slack]:
    return {row.doel: slack for row in case.goals}


def members(case: Case, speling: Mapping[str, Slack]) -> list[Starts]:
    """Every choice of start years for which payments exist that keep each goal within its slack."""
    entitlement = Entitlement(case)
    best = brute_force(case, entitlement)
    assert best is not None
    found = []
    for starts in start_choices(case):
        chosen = Chosen(case, entitlement, starts)
        program = Dictionary(tuple(chosen.rows()))
        for name, value in best.goals.items():
            most = value + speling[name].allowed(value)
            if program.minimise(chosen.goal(name)) > most:
                break
            program.hold_within(chosen.goal(name), most)
        else:
            found.append(starts)
    return found


def distance(case: Case, one: Starts, other: Starts) -> int:
    return sum(
        {row.maatregel for row in rows if row.maatregel in one}
        != {row.maatregel for row in rows if row.maatregel in other}
        for rows in case.projects.values()
    )


def agrees(case: Case, found: NearBest, near: list[Starts], count: int) -> None:
    earlier: list[Starts] = [found.best.allocation.starts]
    for variant in found.varianten:
        furthest = max(min(distance(case, starts, plan) for plan in earlier) for starts in near)
        apart = min(distance(case, variant.allocation.starts, plan) for plan in earlier)
        assert variant.bewezen
        assert variant.projecten == furthest == apart
        assert variant.allocation.starts in near
        assert check_allocation(case, Entitlement(case), variant.allocation) == ()
        earlier.append(variant.allocation.starts)
    more = max(min(distance(case, starts, plan) for plan in earlier) for starts in near)
    assert found.uitgeput == (len(found.varianten) < count)
    assert not found.uitgeput or more == 0


def shared(near: Iterable[Starts]) -> tuple[str, ...]:
    return tuple(sorted(set.intersection(*(set(starts) for starts in near))))


@pytest.mark.parametrize("seed", range(40))
def test_variants_are_the_furthest_and_the_lists_are_right(seed: int) -> None:
    case = random_case(seed).case()
    speling = everywhere(case, WIDE)
    if brute_force(case, Entitlement(case)) is None:
        with pytest.raises(NoPlanError):
            near_best(case, 2, speling)
        return
    found = near_best(case, 2, speling)
    near = members(case, speling)
    agrees(case, found, near, 2)
    ever = {name for starts in near for name in starts}
    assert found.bewezen
    assert found.altijd == shared(near)
    assert found.nooit == tuple(sorted({row.maatregel for row in case.measures} - ever))


def two_ways(**more: object) -> Bare:
    """One of two measures must be taken, for 100 euros; two sources could pay either."""
    return Bare(
        measures=[measure("M", "P", verplicht="ja", waardering=4), measure("N", "P", waardering=3)],
        costs=[cost("M", "overig", 100), cost("N", "overig", 100)],
        sources=[source("A", "eigen", 1000), source("B", "eigen", 1000)],
        **more,
    )


@pytest.mark.parametrize(("points", "count"), [(Fraction(99, 100), 0), (Fraction(1), 1)])
def test_a_goal_may_be_worse_up_to_its_slack_and_no_further(points: Fraction, count: int) -> None:
    """The other measure is worth 1 point less."""
    case = two_ways().case()
    speling = {**everywhere(case, Slack()), "waardering": Slack(plus=points)}
    found = near_best(case, 3, speling)
    assert [dict(row.allocation.starts) for row in found.varianten] == [{"N": 2022}] * count
    assert found.uitgeput


def test_of_equally_different_choices_the_sources_differ_most() -> None:
    """The plan pays its 100 euros from the first source; the variant from the second: 200 otherwise."""
    case = two_ways().case()
    speling = {**everywhere(case, Slack()), "waardering": Slack(plus=Fraction(1))}
    found = near_best(case, 1, speling)
    (variant,) = found.varianten
    assert str(variant.dekking) == "200.00"
    assert variant.dekking == paid_otherwise(case, found.best.allocation, variant.allocation)


def test_when_the_time_is_up_the_lists_are_not_called_proven(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Clock, "up", property(lambda self: self.stopped))
    case = two_ways().case()
    monkeypatch.setattr(Clock, "stopped", False, raising=False)

    def stop(step: str) -> None:
        monkeypatch.setattr(Clock, "stopped", step == "variant 1")

    found = near_best(case, 1, everywhere(case, Slack()), tell=stop)
    assert not found.bewezen
