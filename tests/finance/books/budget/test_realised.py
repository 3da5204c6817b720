"""Places that were really used, beside those of the plan: shown, and nothing that the plan reckons with."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from finance.books.budget.draft import Draft
from finance.books.budget.realised import pages, realised
from finance.places import on_grid
from finance.statement import Statement
from finance.statement.result import result_document
from tests.finance.books.budget import regional
from tests.finance.books.budget.handmade import INFO, hand_plan


def draft_of(*, told: bool) -> Draft:
    case = regional.regional()
    case = case if told else replace(case, realised_places=())
    plan = hand_plan(case, regional.STARTS)
    return Draft(Statement(case, plan.allocation), plan, "basis", INFO)


def test_each_row_stands_beside_the_plan_for_its_part_of_the_year() -> None:
    """L1 has 20 closed places of which nine in ten can be used; L3 uses all of its ambulant ones."""
    draft = draft_of(told=True)
    used = draft.outcome.used
    plan = [used[("L1", "gesloten"), 2022], *[used[("L3", "ambulant"), 2024]] * 2]
    rows = realised(draft)
    parts = (1, Fraction(91, 366), Fraction(91, 366))
    assert [(row.plan, row.rij.deel) for row in rows] == list(zip(plan, parts, strict=True))
    mean = on_grid(Fraction(1000, 91))
    assert [row.verschil for row in rows] == [Fraction("17.25") - plan[0], mean - plan[1], 9 - plan[2]]


def test_it_is_in_the_result_and_changes_nothing_else() -> None:
    with_them, without = draft_of(told=True), draft_of(told=False)
    assert with_them.plan.allocation == without.plan.allocation
    told = result_document(with_them.case, with_them.plan, "basis", INFO)
    bare = result_document(without.case, without.plan, "basis", INFO)
    rows = told.pop("realisatie_plaatsen")
    assert isinstance(rows, list)
    assert [(row["locatie"], row["jaar"], row["kwartaal"], row["bezet"]) for row in rows] == [
        ("L1", 2022, None, 17.25),
        ("L3", 2024, 1, 10.989010989),
        ("L3", 2024, 2, 9),
    ]
    assert told == bare
    assert pages(without) == ()
