"""The country as data: its landsdelen, its grants and the path of its places."""

from __future__ import annotations

from datetime import date

import pytest

from finance.money import Money
from finance.rules.national import (
    is_whole_country,
    landsdeel_named,
    landsdeel_of_town,
    landsdelen,
    national_counts,
    national_grants,
    steps_between,
)


def test_the_landsdelen_are_those_of_annex_1() -> None:
    assert {rule.naam: rule.gemeente for rule in landsdelen()} == {
        "Noord-Nederland": "Groningen",
        "Noord-Holland": "Amsterdam",
        "Utrecht/Flevoland": "Utrecht",
        "Gelderland/Overijssel": "Nijmegen",
        "Zuid-Holland": "Rotterdam",
        "Zuid-West": "Roosendaal",
        "Zuid-Oost": "Eindhoven",
    }


def test_every_municipality_with_a_maximum_is_of_one_landsdeel() -> None:
    towns = {town for grant in national_grants() for town in grant.maxima}
    assert {town for town in towns if landsdeel_of_town(town) is None} == set()
    known = [name for rule in landsdelen() for name in (rule.gemeente, *rule.eerder)]
    assert sorted(known) == sorted(towns)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("zuid-holland", "Zuid-Holland"),
        ("Landsdeel Noord", "Noord-Nederland"),
        ("Utrecht / Flevoland", "Utrecht/Flevoland"),
        ("Flevoland", "Utrecht/Flevoland"),
        ("Oost", "Gelderland/Overijssel"),
        ("Zuidwest", None),
        ("Zuid-West", "Zuid-West"),
        ("Zuid", None),
        ("", None),
    ],
)
def test_a_landsdeel_is_named_surely_or_not_at_all(text: str, name: str | None) -> None:
    """Zuidwest was Zuid-Holland in 2020, and Zuid-West is another landsdeel since 2024."""
    found = landsdeel_named(text)
    assert (found.naam if found else None) == name


@pytest.mark.parametrize(("text", "whole"), [("Nederland", True), ("heel nederland", True), ("Noord-Nederland", False)])
def test_the_whole_country_is_named(text: str, whole: bool) -> None:
    assert is_whole_country(text) is whole


def test_there_are_33_5_and_176_million_and_the_maxima_of_2020_are_all_of_it() -> None:
    first, second = national_grants()
    assert first.total == Money.total(first.maxima.values()) == Money.from_euros(33_500_000)
    assert second.total == Money.from_euros(175_999_998)
    assert second.parts["basis"] == Money.total(second.maxima.values())
    assert set(second.revisions) == {2025, 2026, 2027}


def test_steps_are_the_same_in_both_directions_and_obey_the_triangle() -> None:
    steps, names = steps_between(), [rule.naam for rule in landsdelen()]
    assert len(steps) == len(names) ** 2
    for one in names:
        assert steps[one, one] == 0
        for other in names:
            assert steps[one, other] == steps[other, one]
            assert all(steps[one, other] <= steps[one, via] + steps[via, other] for via in names)
    assert (steps["Zuid-West", "Zuid-Holland"], steps["Zuid-West", "Noord-Nederland"]) == (1, 3)


def test_the_counts_go_down_to_the_goal() -> None:
    counts = national_counts()
    assert [(row.op, row.plaatsen, row.jongeren) for row in counts if not row.doel] == [
        (date(2023, 1, 1), 609, 503),
        (date(2023, 12, 31), 581, 495),
        (date(2024, 6, 30), 564, 462),
        (date(2025, 3, 31), 526, 408),
        (date(2025, 6, 30), 525, 421),
    ]
    assert (counts[-1].doel, counts[-1].op.year, counts[-1].plaatsen) == (True, 2030, 0)
