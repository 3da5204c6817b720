"""Ladders: which steps there are, and what each is worth, by hand."""

from __future__ import annotations

import pytest

from finance.case import Case
from finance.money import Money
from finance.plan.whatif import with_longer_window
from finance.rules import Entitlement
from models.ladders import ladder_steps
from models.whatif import Question, answer
from tests.models.bare import Bare, cost, financed, measure, source

EUROS = [Money.from_euros(100), Money.from_euros(500)]


def late() -> Case:
    """A mandatory disposal of 1,000 in 2026 and project leadership of 100 in 2024; a grant of 1,200."""
    return Bare(
        last=2026,
        measures=[
            measure("A", start=(2026, 2026), verplicht="ja"),
            measure("L", start=(2024, 2024), verplicht="ja"),
        ],
        costs=[cost("A", "afstoten", 1000), cost("L", "projectleiding", 100)],
        sources=[
            source("G", "spuk", 1200, (2024, 2026)),
            source("Y", "lumpsum", years=(2024, 2025)),
        ],
        funding=[financed("Y", 2024, 1, 10), financed("Y", 2025, 1, 10)],
    ).case()


def gap_with(case: Case, ladder: str) -> list[Money]:
    return [
        step.climb().antwoord.doelen["ongedekt"] for step in ladder_steps(case, EUROS) if step.climb().ladder == ladder
    ]


def test_every_pot_year_cap_and_window_has_its_steps() -> None:
    steps = [(row.soort, row.naam, row.jaar, row.jaren) for row in ladder_steps(late(), EUROS)]
    assert steps == [
        *[("bron", "G", None, 0)] * 2,
        *[("bron", "Y", 2024, 0)] * 2,
        *[("bron", "Y", 2025, 0)] * 2,
        *[("deelplafond", "vastgoedtransitie-2020", None, 0)] * 2,
        ("periode", "vastgoedtransitie-2020", None, 1),
        ("periode", "vastgoedtransitie-2020", None, 2),
    ]


def test_only_the_sources_that_are_asked_for() -> None:
    assert {row.naam for row in ladder_steps(late(), EUROS, ["Y"])} == {"Y"}


def test_what_the_steps_are_worth() -> None:
    """1,000 falls after the window; of the 100 the cap of 5% of 1,200 pays 60, so that 1,040 is uncovered.

    More grant lifts the cap by 5% of it; more room under the cap covers the other 40; two years more of
    window cover the disposal, but one does not.
    """
    case = late()
    assert answer(Question(case)).doelen["ongedekt"] == Money.from_euros(1040)
    assert gap_with(case, "G") == [Money.from_euros(1035), Money.from_euros(1015)]
    assert gap_with(case, "deelplafond vastgoedtransitie-2020") == [Money.from_euros(1000)] * 2
    assert gap_with(case, "Y in 2024") == [Money.from_euros(1040)] * 2
    assert gap_with(case, "periode vastgoedtransitie-2020") == [Money.from_euros(1040), Money.from_euros(40)]


@pytest.mark.parametrize(("more", "paying"), [(0, {2024}), (1, {2024, 2025}), (2, {2024, 2025, 2026})])
def test_a_longer_window_is_judged_by_the_rules_of_its_last_year(more: int, paying: set[int]) -> None:
    rules = Entitlement(with_longer_window(late(), "vastgoedtransitie-2020", 2026), more)
    assert rules.paying_years["G"] == paying
    assert rules.last_year("vastgoedtransitie-2020") == 2024
    assert paying <= set(rules.share_caps[0].jaren)


def test_a_source_that_may_pay_longer_already_keeps_its_years() -> None:
    assert with_longer_window(late(), "vastgoedtransitie-2020", 2025).source["G"].besteedbaar_tot == 2026
