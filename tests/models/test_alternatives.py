"""Near-best plans against trying everything: which there are, how far apart, and what they share."""

from __future__ import annotations

import random
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import Any, Final

import pytest

from finance.case import Case, CostLine
from finance.case.words import UNITS
from finance.compliance import check_allocation
from finance.findings import NoPlanError
from finance.money import Money
from finance.plan.allocation import Allocation, Outcome
from finance.plan.whatif import NearBest, Slack
from finance.rules import Entitlement
from models import alternatives
from models.alternatives import WIDTHS, near_best, paid_otherwise
from models.compiled import Vector
from models.lexicographic import Lexicographic
from models.polish import PolishError
from models.solver import Clock
from tests.models.bare import Bare, cost, measure, source, spent
from tests.models.brute import Chosen, Starts, brute_force, start_choices
from tests.models.hamlet import program_of
from tests.models.simplex import Dictionary, Goal
from tests.models.strategies import random_case
from tests.models.test_brute import in_euros

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
        assert check_allocation(case, variant.allocation) == ()
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


@pytest.mark.parametrize("seed", [1010, 1022, 1052, 1071, 1134, 1144, 1146, 1228, 1231])
def test_no_goal_is_worse_than_its_slack_allows(seed: int) -> None:
    """Not by a hundred-millionth of a place, nor by more than a cent per payment."""
    case = random_case(seed).case()
    speling = random_slack(seed, case)
    found = near_best(case, 2, speling)
    best = Outcome(case, found.best.allocation)
    for variant in found.varianten:
        outcome = Outcome(case, variant.allocation)
        cents = len(variant.allocation.payments) + len(outcome.gaps) + 1
        for name, slack in speling.items():
            near = Fraction(cents, 100) if UNITS[name] == "EUR" else Fraction(1, 10**8)
            most = in_euros(best, name) + slack.allowed(in_euros(best, name)) + near
            assert in_euros(outcome, name) <= most, name


def random_slack(seed: int, case: Case) -> Mapping[str, Slack]:
    """Another slack for each goal, or none."""
    choose = random.Random(seed).choice
    sizes = [Slack(), WIDE, Slack(Fraction(1, 10)), Slack(plus=Fraction(1))]
    return {row.doel: choose(sizes) for row in case.goals}


@pytest.mark.parametrize("seed", range(1000, 1012))
def test_of_the_furthest_choices_the_first_has_the_cover_that_differs_most(seed: int) -> None:
    """The sum of absolute differences is the largest of the sums with each choice of signs."""
    case = random_case(seed).case()
    speling = everywhere(case, WIDE)
    if brute_force(case, Entitlement(case)) is None:
        return
    found = near_best(case, 1, speling)
    for variant in found.varianten:
        most = max(
            otherwise(case, starts, speling, found.best.allocation)
            for starts in members(case, speling)
            if distance(case, starts, found.best.allocation.starts) == variant.projecten
        )
        assert abs(variant.dekking.euros - most) <= 1


def otherwise(case: Case, starts: Starts, speling: Mapping[str, Slack], plan: Allocation) -> Fraction:
    """The most that sources can pay otherwise than in a plan, with these start years, within the slack."""
    entitlement = Entitlement(case)
    chosen, best = Chosen(case, entitlement, starts), brute_force(case, entitlement)
    assert best is not None
    program = Dictionary(tuple(chosen.rows()))
    for name, value in best.goals.items():
        program.minimise(chosen.goal(name))
        program.hold_within(chosen.goal(name), value + speling[name].allowed(value))
    paid = {name: amount.euros for name, amount in Outcome(case, plan).paid_by_source.items()}
    sums = []
    for signs in product((1, -1), repeat=len(paid)):
        terms: dict[Hashable, Fraction] = {}
        for (name, _), sign in zip(paid.items(), signs, strict=True):
            terms |= dict.fromkeys(chosen.paid(name), Fraction(-sign))
        constant = sum((sign * amount for sign, amount in zip(signs, paid.values(), strict=True)), Fraction(0))
        sums.append(-program.minimise(Goal(terms, constant)))
    return max(sums)


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
    """The plan pays 50 euros from either source; the variant 100 from one of them: 100 otherwise."""
    case = two_ways().case()
    speling = {**everywhere(case, Slack()), "waardering": Slack(plus=Fraction(1))}
    found = near_best(case, 1, speling)
    (variant,) = found.varianten
    assert str(variant.dekking) == "100.00"
    assert variant.dekking == paid_otherwise(case, found.best.allocation, variant.allocation)


@pytest.mark.parametrize("failing", range(len(WIDTHS)))
def test_a_variant_is_dealt_out_within_wider_ceilings_where_the_solver_finds_no_point(
    monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    """The first widths fail, and the variant is the same as without any failure."""
    honest, calls = alternatives._furthest_on_faces, 0

    def failing_first(*given: Any) -> Vector | None:
        nonlocal calls
        calls += 1
        return None if calls <= failing else honest(*given)

    monkeypatch.setattr(alternatives, "_furthest_on_faces", failing_first)
    case = two_ways().case()
    speling = {**everywhere(case, Slack()), "waardering": Slack(plus=Fraction(1))}
    (variant,) = near_best(case, 1, speling).varianten
    assert calls == failing + 1
    assert (variant.allocation.starts, str(variant.dekking)) == ({"N": 2022}, "100.00")
    assert check_allocation(case, variant.allocation) == ()


def test_a_variant_that_the_solver_never_gives_reliably_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alternatives, "_furthest_on_faces", lambda *_: None)
    case = two_ways().case()
    with pytest.raises(PolishError, match="geen betrouwbaar eindpunt"):
        near_best(case, 1, {**everywhere(case, Slack()), "waardering": Slack(plus=Fraction(1))})


def test_what_the_sources_pay_of_a_plan_leaves_out_what_closed_years_paid() -> None:
    """The model has no payments of 2022; A paid 70 euros then, and pays 20 of 2023, B the other 10."""
    line, later = (CostLine("M", "", "", "overig", year) for year in (2022, 2023))
    both = (2022, 2023)
    bare = Bare(
        last=2023,
        measures=[measure("M")],
        costs=[cost("M", "overig", 30, 1)],
        sources=[source("A", "eigen", 1000, both), source("B", "eigen", 1000, both)],
        started={"M": 2022},
        actuals=[spent("A", "M", "overig", 2022, 70)],
        settings={"afgesloten_tot": 2022},
    )
    program = program_of(bare)
    paid = {(line, "A"): 7000, (later, "A"): 2000, (later, "B"): 1000}
    plan = Allocation({"M": 2022}, {}, {}, {pair: Money(cents) for pair, cents in paid.items()})
    assert alternatives._known(program, plan).paid == (0.02, 0.01)


@pytest.mark.parametrize("known", [True, False])
def test_the_lists_are_proven_only_where_every_goal_of_the_best_plan_is(
    monkeypatch: pytest.MonkeyPatch, known: bool
) -> None:
    """What is near the best cannot be known where one goal of the best is not."""
    honest = alternatives.searched

    def doubted(*given: Any, **named: Any) -> Lexicographic:
        state = honest(*given, **named)
        state.proofs[-1] = replace(state.proofs[-1], bewezen=known)
        return state

    monkeypatch.setattr(alternatives, "searched", doubted)
    case = two_ways().case()
    assert near_best(case, 1, everywhere(case, Slack())).bewezen is known


def test_when_the_time_is_up_the_lists_are_not_called_proven(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Clock, "up", property(lambda self: self.stopped))
    case = two_ways().case()
    monkeypatch.setattr(Clock, "stopped", False, raising=False)

    def stop(step: str) -> None:
        monkeypatch.setattr(Clock, "stopped", step == "variant 1")

    found = near_best(case, 1, everywhere(case, Slack()), tell=stop)
    assert not found.bewezen
