"""The values of goals in words."""

from __future__ import annotations

from fractions import Fraction

import pytest

from finance.case.words import UNITS
from finance.money import Exact, Money
from finance.plan.goals import in_words


@pytest.mark.parametrize(
    ("goal", "value", "words"),
    [
        ("startjaren", 1, "1 jaar"),
        ("startjaren", 2, "2 jaren"),
        ("waardering", 1, "1 punt"),
        ("uitwijk", Fraction(1), "1 plaatsjaar"),
        ("uitwijk", Fraction(11, 10), "1,1 plaatsjaren"),
        ("tekort_plaatsen", 0, "0 plaatsjaren"),
        ("uitwijk", Fraction("917.097879412"), "917,098 plaatsjaren"),
        ("tekort_plaatsen", Fraction("0.0005"), "0,001 plaatsjaren"),
        ("tekort_plaatsen", Fraction("0.000499999"), "minder dan 0,001 plaatsjaren"),
        ("ongedekt", Money.from_cents(105), "EUR 1,05"),
    ],
)
def test_a_value_is_said_with_its_unit(goal: str, value: Exact | Money, words: str) -> None:
    assert in_words(goal, value) == words


@pytest.mark.parametrize("goal", sorted(UNITS))
def test_one_of_every_unit_has_a_name(goal: str) -> None:
    said = in_words(goal, Money.from_euros(1) if UNITS[goal] == "EUR" else 1)
    assert said.endswith(("1,00", "1 plaatsjaar", "1 punt", "1 jaar", "1 besluit"))
