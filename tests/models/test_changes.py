"""Plans that rest on an earlier one: kept where that can be, or given, against trying everything."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Final

import pytest

from finance.case import Case, CostLine
from finance.case.approval import Approval
from finance.case.words import CHANGES
from finance.compliance import check_allocation
from finance.findings import NoPlanError
from finance.money import Money
from finance.plan.allocation import Allocation, Outcome, Plan
from finance.plan.changes import Change
from finance.rules import Entitlement
from models import changes, clash_of, explain_changes, make_plan
from models.arrays import numbered
from models.changes import first_worse
from models.compiling import compile_program
from models.formulation import goal_changes
from tests.models.bare import Bare, cost, measure, places, source
from tests.models.brute import brute_force, start_choices
from tests.models.hamlet import HAMLET, variable_names
from tests.models.strategies import random_case
from tests.models.test_brute import compare


def approved(case: Case, starts: Mapping[str, int], room: int = 0) -> Case:
    """The case with an approved plan."""
    return replace(case, approval=Approval(starts, room))


def planned(case: Case) -> Plan:
    return make_plan(case, Entitlement(case))


def any_starts(case: Case, seed: int) -> dict[str, int]:
    """Start years that somebody may have approved, possible or not."""
    rng = random.Random(seed)
    found = {row.maatregel: rng.choice([None, None, *case.years]) for row in case.measures}
    return {name: year for name, year in found.items() if year is not None}


@pytest.mark.parametrize("seed", range(60))
def test_as_little_as_can_be_is_changed_and_then_the_plan_is_the_best(seed: int) -> None:
    bare = random_case(1000 + seed).case()
    case = approved(bare, any_starts(bare, seed), room=seed % 3)
    entitlement = Entitlement(case)
    optimum = brute_force(case, entitlement)
    if optimum is None:
        with pytest.raises(NoPlanError):
            planned(case)
        return
    plan = planned(case)
    assert check_allocation(case, plan.allocation) == ()
    assert [proof.doel for proof in plan.proofs] == [row.doel for row in case.goals]
    assert plan.proofs[0].doel == CHANGES
    compare(case, Outcome(case, plan.allocation), optimum)


@pytest.mark.parametrize("seed", range(40))
def test_given_decisions_are_taken_over_and_the_rest_is_the_best(seed: int) -> None:
    """Of a plan of another scenario, or of nobody: where they clash, no plan is possible."""
    case = random_case(2000 + seed).case()
    entitlement = Entitlement(case)
    possible = list(start_choices(case))
    starts = random.Random(seed).choice(possible) if possible and seed % 4 else any_starts(case, seed)
    given = {row.maatregel: starts.get(row.maatregel) for row in case.measures}
    optimum = brute_force(case, entitlement, given)
    if optimum is None:
        assert clash_of(case, given)
        with pytest.raises(NoPlanError):
            make_plan(case, entitlement, given=given)
        return
    assert clash_of(case, given) == ""
    plan = make_plan(case, entitlement, given=given)
    assert plan.allocation.starts == starts
    assert check_allocation(case, plan.allocation) == ()
    compare(case, Outcome(case, plan.allocation), optimum)


def test_the_goal_counts_what_is_not_as_approved() -> None:
    """M1 was approved for 2022, M2 was not: 1 - M1 in 2022, and M2 in any year."""
    case = approved(HAMLET.case(), {"M1": 2022, "GONE": 2023})
    program = compile_program(case, Entitlement(case))
    v, _ = numbered(program)
    names = variable_names(program, v)
    terms, constant = goal_changes(program, v)
    assert {names[variable]: coefficient for coefficient, variable in terms} == {
        "M1 2022": -1.0,
        "M2 2022": 1.0,
        "M2 2023": 1.0,
    }
    assert constant == 1.0


# What an approved plan is kept against


TWO: Final = Bare(
    last=2024,
    places=[places("L1", "gesloten", 0)],
    measures=[
        measure("A", start=(2022, 2024), waardering=1),
        measure("B", start=(2022, 2024), waardering=Decimal("2.5")),
        measure("C", start=(2023, 2024), vereist="P-A", waardering=1),
    ],
    costs=[cost("A", "verbouwen", 100), cost("B", "verbouwen", 1000), cost("C", "verbouwen", 10)],
    sources=[source("E", "eigen", 200, (2022, 2024))],
)
"""The pot pays A and C, or most of nothing else; B costs more than there is."""


def two(starts: Mapping[str, int], room: int = 0, **changes: object) -> Case:
    return approved(replace(TWO, **changes).case(), starts, room)


def changes_of(case: Case) -> tuple[Change, ...]:
    plan = planned(case)
    return explain_changes(case, Entitlement(case), plan, None, lambda _: None)


def test_an_approved_plan_that_can_stay_stays_though_another_is_better() -> None:
    """On its own the model would choose A in 2022 and C, and not B, which leaves 800 without cover."""
    case = two({"B": 2023})
    plan = planned(case)
    assert plan.allocation.starts == {"B": 2023}
    assert Outcome(case, plan.allocation).goals[CHANGES] == 0
    assert changes_of(case) == ()


def test_what_cannot_stay_is_named_with_what_clashes() -> None:
    """B can only start in 2024 now, and it is mandatory."""
    late = [*TWO.measures[:1], measure("B", start=(2024, 2024), verplicht="ja"), TWO.measures[2]]
    (change,) = changes_of(two({"A": 2022, "B": 2023, "C": 2023}, measures=late))
    assert (change.maatregel, change.goedgekeurd, change.nu, change.doel) == ("B", 2023, 2024, "")
    assert change.botst == (
        "maatregel B begint in 2023 (besluit)",
        "maatregel B kan alleen starten in 2024 tot en met 2024 (maatregelen rij 3)",
    )


def test_a_change_that_drags_another_along_is_priced_in_changes() -> None:
    """A can no longer start; without it C cannot start either, and keeping C means giving up nothing else."""
    after = measure("C", start=(2023, 2023), vereist="P-A")
    late = [measure("A", start=(2024, 2024)), TWO.measures[1], after]
    found = changes_of(two({"A": 2022, "C": 2023}, measures=late))
    assert [(row.maatregel, row.nu) for row in found] == [("A", None), ("C", None)]
    assert all(row.botst for row in found)


def test_room_to_change_is_used_where_a_later_goal_gains() -> None:
    """One change: B goes, and with it 800 euros without cover; keeping it would cost those again."""
    case = two({"B": 2023}, room=1)
    plan = planned(case)
    assert plan.allocation.starts == {}
    (change,) = changes_of(case)
    assert (change.maatregel, change.goedgekeurd, change.nu) == ("B", 2023, None)
    assert (change.doel, change.waarde, change.bij_behoud) == (
        "ongedekt",
        Money.from_euros(0),
        Money.from_euros(800),
    )
    assert (change.bekend, change.bewezen) == (True, True)


GOALS_OF_TWO: Final = [("ongedekt", None), ("waardering", None), ("startjaren", None)]


def told(case: Case, now: Mapping[str, int], kept: Mapping[str, int]) -> tuple[str, str, str] | None:
    """The first goal that is worse with the start years that are kept, with both its values."""
    plans = (Outcome(case, Allocation(starts, {}, {}, {})) for starts in (now, kept))
    found = first_worse(case, *plans)
    return None if found is None else (found[0], str(found[1]), str(found[2]))


def paying(cents: int) -> Allocation:
    """A plan that covers some cents of the 100 euros that A costs in 2022, by own money."""
    line = CostLine("A", "", "", "verbouwen", 2022)
    return Allocation({"A": 2022}, {}, {}, {(line, "E"): Money(cents)} if cents else {})


@pytest.mark.parametrize(
    ("now", "kept", "worse"),
    [
        ({"A": 2022}, {"A": 2022}, None),
        ({"A": 2022}, {}, None),
        ({}, {"A": 2022}, ("ongedekt", "0.00", "100.00")),
    ],
)
def test_more_without_cover_is_worse_and_less_is_not(
    now: dict[str, int], kept: dict[str, int], worse: tuple[str, str, str] | None
) -> None:
    """Nothing is paid, so that A leaves 100 euros without cover."""
    case = replace(TWO, goals=GOALS_OF_TWO[:1]).case()
    assert told(case, now, kept) == worse


@pytest.mark.parametrize(
    ("now", "kept", "worse"),
    [
        ({"B": 2022}, {"A": 2022}, ("waardering", "2.5", "1")),
        ({"A": 2022}, {"B": 2022}, None),
        ({"A": 2022}, {"A": 2024}, ("startjaren", "0", "2")),
        ({"A": 2024}, {"A": 2022}, None),
        ({"B": 2022}, {"A": 2024}, ("waardering", "2.5", "1")),
    ],
)
def test_fewer_points_are_worse_and_so_are_more_years_and_the_first_goal_counts(
    now: dict[str, int], kept: dict[str, int], worse: tuple[str, str, str] | None
) -> None:
    """A has 1 point and B 2.5; nothing costs anything."""
    assert told(replace(TWO, goals=GOALS_OF_TWO, costs=[]).case(), now, kept) == worse


@pytest.mark.parametrize(("less", "worse"), [(0, False), (1, False), (2, False), (3, True)])
def test_a_goal_in_euros_is_worse_by_more_than_a_cent_for_each_payment(less: int, worse: bool) -> None:
    """Each plan makes one payment, so that two cents may be the rounding."""
    case = replace(TWO, goals=GOALS_OF_TWO[:1]).case()
    now, kept = (Outcome(case, paying(cents)) for cents in (5000, 5000 - less))
    assert (first_worse(case, now, kept) is not None) is worse


@pytest.mark.parametrize(
    ("plan_proven", "other_proven", "known"),
    [(True, True, True), (False, True, False), (True, False, False), (False, False, False)],
)
def test_a_price_is_proven_only_where_every_goal_of_both_plans_is(
    monkeypatch: pytest.MonkeyPatch, plan_proven: bool, other_proven: bool, known: bool
) -> None:
    """One goal of a plan without proof is enough: the price may be that of a plan that is not the best."""

    def doubted(plan: Plan, proven: bool) -> Plan:
        *before, last = plan.proofs
        return replace(plan, proofs=(*before, replace(last, bewezen=proven)))

    case = two({"B": 2023}, room=1)
    plan = doubted(planned(case), plan_proven)
    honest = changes.make_plan
    monkeypatch.setattr(changes, "make_plan", lambda *given, **named: doubted(honest(*given, **named), other_proven))
    (change,) = explain_changes(case, Entitlement(case), plan, None, lambda _: None)
    assert (change.doel, change.bekend, change.bewezen) == ("ongedekt", True, known)


def test_no_more_is_changed_than_the_room_allows() -> None:
    for room in range(4):
        case = two({"B": 2023}, room)
        assert Outcome(case, planned(case).allocation).goals[CHANGES] <= room


def test_among_equals_the_plan_that_changes_least() -> None:
    """A may start in any year at no cost; nothing gains by moving it."""
    still = replace(TWO, measures=[measure("A", start=(2022, 2024))], costs=[], goals=[("ongedekt", None)])
    case = approved(still.case(), {"A": 2023}, room=1)
    assert planned(case).allocation.starts == {"A": 2023}


def test_when_the_time_is_up_the_price_is_not_known() -> None:
    case = two({"B": 2023}, room=1)
    plan = planned(case)
    (change,) = explain_changes(case, Entitlement(case), plan, 0.0, lambda _: None)
    assert (change.bekend, change.doel, change.botst) == (False, "", ())


def test_facts_are_no_decisions() -> None:
    """A was approved for 2022 and began in 2023; B should have begun in 2023 and did not. Only C is open."""
    facts = {"started": {"A": 2023}, "settings": {"afgesloten_tot": 2023}}
    case = two({"A": 2022, "B": 2023, "C": 2024}, **facts)
    assert case.approved == {"C": 2024}
    plan = planned(case)
    assert plan.allocation.starts["C"] == 2024
    assert Outcome(case, plan.allocation).goals[CHANGES] == 0


def test_given_decisions_that_clash_are_named() -> None:
    case = TWO.case()
    text = clash_of(case, {"A": None, "C": 2023})
    assert "maatregel A begint niet (besluit)" in text
    assert "maatregel C begint in 2023 (besluit)" in text
    assert "maatregel C vereist project P-A (maatregelen rij 4)" in text
    assert text.endswith("Kies andere besluiten, of verander de casus.")


def test_without_an_approved_plan_there_is_no_such_goal() -> None:
    case = TWO.case()
    assert CHANGES not in [row.doel for row in case.goals]
    assert CHANGES not in Outcome(case, planned(case).allocation).goals
    assert case.approved == {}
