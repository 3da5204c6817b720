"""Questions to the model: against trying everything, and by hand."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from finance.case import Case
from finance.findings import NoPlanError
from finance.money import Money
from finance.plan.allocation import Outcome
from finance.plan.whatif import Answer, euros_or_number, forced, moved, reason, with_pot, without
from finance.rules import Entitlement
from models import make_plan
from models.whatif import (
    Question,
    answer,
    answer_of_plan,
    decision_card,
    exact_answer,
    more_of,
    smallest_flip,
)
from tests.models.bare import FIRST, Bare, cost, financed, measure, source
from tests.models.brute import brute_force
from tests.models.strategies import random_case

CENT = Fraction(1, 100)


def agree(case: Case, found: Answer | None) -> None:
    """An answer is the optimum of the case, or both say that there is no plan."""
    best = brute_force(case, Entitlement(case))
    assert (best is None) == (found is None)
    if best is None or found is None:
        return
    for row in case.goals:
        value = euros_or_number(found.doelen[row.doel])
        exact = -best.goals[row.doel] if row.doel == "waardering" else best.goals[row.doel]
        near = 20 * CENT if isinstance(found.doelen[row.doel], Money) else Fraction(1, 10**5)
        if row.speling:
            return  # what is allowed to slip may end anywhere within it
        assert abs(value - exact) <= near, row.doel


@pytest.mark.parametrize("seed", range(25))
def test_the_opposite_of_each_choice_is_the_best_plan_with_it(seed: int) -> None:
    case = random_case(seed).case()
    try:
        basis = exact_answer(case)
    except NoPlanError:
        return
    for row in case.measures:
        card = decision_card(case, basis, row.maatregel)
        opposite = forced(case, row.maatregel) if card.start is None else without(case, row.maatregel)
        agree(opposite, card.tegendeel)
        assert card.tegendeel is None or not card.onmogelijk
        assert reason(card)


@pytest.mark.parametrize("seed", range(10))
def test_more_of_a_pot_is_the_plan_with_that_pot(seed: int) -> None:
    case = random_case(seed).case()
    for row in case.sources:
        if row.bedrag is None:
            continue
        try:
            found = answer(more_of(case, row.bron, Money.from_euros(5000)))
        except NoPlanError:
            return
        agree(with_pot(case, row.bron, Money.from_euros(5000)), found)


@pytest.mark.parametrize("seed", [18, 29, 40, 68, 98, 135])
def test_an_answer_is_the_optimum_to_the_cent_without_what_held_goals_slip(seed: int) -> None:
    """Each step of a ladder is compared with the plan: a slip would show as money that a step is worth."""
    case = random_case(seed).case()
    best = brute_force(case, Entitlement(case))
    found = answer(Question(case))
    assert best is not None
    for name, value in best.goals.items():
        near = CENT / 2 if isinstance(found.doelen[name], Money) else Fraction(1, 10**6)
        exact = -value if name == "waardering" else value
        assert abs(euros_or_number(found.doelen[name]) - exact) <= near, name


def village(pot: int, **more: object) -> Case:
    """M is worth 3 points and costs 1,000 euros in its first year; the grant of the town has a pot."""
    return Bare(
        measures=[measure("M", waardering=3, **more)],
        costs=[cost("M", "afstoten", 1000)],
        sources=[source("G", "spuk", pot)],
    ).case()


def test_a_measure_that_has_no_cover_is_out_and_the_card_says_by_how_much() -> None:
    case = village(400)
    card = decision_card(case, exact_answer(case), "M")
    assert card.start is None
    assert reason(card) == ("Met deze maatregel wordt ongedekt EUR 600,00 slechter: het eerste doel dat verandert.")


def test_a_mandatory_measure_cannot_be_missed_and_the_card_says_why() -> None:
    case = village(400, verplicht="ja")
    card = decision_card(case, exact_answer(case), "M")
    assert (card.start, card.tegendeel) == (FIRST, None)
    assert reason(card) == "Kan niet worden gemist: project P-M is verplicht (maatregelen rij 2)."


@pytest.mark.parametrize(
    ("keuze", "start", "reads"),
    [
        ("moet", FIRST, "Kan niet worden gemist: maatregel M moet worden gekozen (keuze, maatregelen rij 2)."),
        ("niet", None, "Kan niet: maatregel M mag niet worden gekozen (keuze, maatregelen rij 2)."),
    ],
)
def test_a_choice_of_the_input_is_the_reason(keuze: str, start: int | None, reads: str) -> None:
    case = village(1000 if keuze == "niet" else 400, keuze=keuze)
    card = decision_card(case, exact_answer(case), "M")
    assert (card.start, card.tegendeel, reason(card)) == (start, None, reads)


def test_the_flip_is_found_to_the_cent() -> None:
    """600 euros are missing: with one cent less the measure stays out."""
    case = village(400)
    flip = smallest_flip(case, "G", lambda found: "M" in found.starts, Money.from_euros(100_000), Money.from_cents(1))
    assert flip.extra == Money.from_euros(600)
    below = answer(more_of(case, "G", Money.from_euros("599.99")))
    assert "M" not in below.starts


def test_a_choice_that_no_money_turns_has_no_flip() -> None:
    """A measure without points never pays for itself."""
    case = Bare(
        measures=[measure("M")], costs=[cost("M", "afstoten", 1000)], sources=[source("G", "eigen", 400)]
    ).case()
    most = Money.from_euros(100_000)
    flip = smallest_flip(case, "G", lambda found: "M" in found.starts, most, Money.from_cents(1))
    assert (flip.extra, flip.tot) == (None, most)


def test_money_per_year_is_more_in_the_years_that_are_asked() -> None:
    """A lump sum of 100 a year for two years; frictiekosten of 300 in the second."""
    case = Bare(
        last=FIRST + 1,
        measures=[measure("M", verplicht="ja")],
        costs=[cost("M", "frictie_pilot", 300, 1)],
        sources=[source("L", "lumpsum", years=(FIRST, FIRST + 1))],
        funding=[financed("L", FIRST, 1, 100), financed("L", FIRST + 1, 1, 100)],
    ).case()
    uncovered = answer(Question(case)).doelen["ongedekt"]
    extra = Money.from_euros(150)
    assert answer(more_of(case, "L", extra, FIRST)).doelen["ongedekt"] == uncovered
    assert answer(more_of(case, "L", extra, FIRST + 1)).doelen["ongedekt"] == uncovered - extra
    assert answer(more_of(case, "L", extra)).doelen["ongedekt"] == uncovered - extra


def test_an_exact_answer_is_the_plan() -> None:
    case = village(400)
    plan = make_plan(case, Entitlement(case))
    assert exact_answer(case).doelen["kosten_ncw"] == Outcome(case, plan.allocation).goals["kosten_ncw"]


@pytest.mark.parametrize("known", [True, False])
def test_an_answer_is_proven_only_where_every_goal_of_its_plan_is(known: bool) -> None:
    case = village(400)
    plan = make_plan(case, Entitlement(case))
    *before, last = plan.proofs
    doubted = replace(plan, proofs=(*before, replace(last, bewezen=known)))
    assert answer_of_plan(case, doubted).bewezen is known


def test_an_answer_of_which_the_search_was_stopped_is_not_proven() -> None:
    """Nothing is proven of the points: the search has no time, and no bound is reached."""
    case = village(1000)
    assert answer(Question(case)).bewezen
    assert not answer(Question(case), seconds=0.0).bewezen


def test_what_moved_is_named_with_its_years() -> None:
    rows = moved({"A": 2022, "B": 2023, "C": 2024}, {"B": 2024, "C": 2024, "D": 2022})
    assert [(row.maatregel, row.van, row.naar) for row in rows] == [
        ("A", 2022, None),
        ("B", 2023, 2024),
        ("D", None, 2022),
    ]
