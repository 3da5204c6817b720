"""What is possible but hardly meant: told with its cell; the expected texts stand in tests/letop."""

from __future__ import annotations

from datetime import date

import pytest

from finance.case import in_order, read_case
from finance.case.checked import Checked
from finance.case.plausibility import SUBJECTS, implausible
from finance.case.plausibility.names import is_slip
from finance.case.plausibility.places import whole_groups
from finance.findings import Finding
from finance.rules import check_rules, implausible_by_rules
from tests.casebook import Tables, raw_book, small_case
from tests.spoiling import Spoiled, spoiled_cases, told

TODAY = date(2024, 6, 1)
NOTICED = spoiled_cases("letop")


def noticed(tables: Tables) -> tuple[Finding, ...]:
    """What is hardly meant in a case that has no findings."""
    book = raw_book(tables)
    case, findings = read_case(book)
    assert case is not None
    assert told([*findings, *check_rules(case, book)]) == []
    return in_order((*implausible(case, book, TODAY), *implausible_by_rules(case, book)), book)


OWN = noticed(small_case())
"""What the small case itself is told: 20 and 10 places in groups of 8."""


def test_the_small_case_has_no_whole_groups() -> None:
    assert [(item.blad, item.cel, item.wat) for item in OWN] == [
        ("plaatsen", "C2", "20 plaatsen gesloten zijn geen hele groepen van 8 (2,5).")
    ]


@pytest.mark.parametrize("case", NOTICED, ids=lambda case: case.naam)
def test_what_is_hardly_meant_is_told_with_its_cell(case: Spoiled) -> None:
    found = [item for item in noticed(case.tables()) if item not in OWN]
    assert told(found) == list(case.bevindingen)


def test_every_subject_is_told_of_some_case() -> None:
    seen = set()
    for case in NOTICED:
        book = raw_book(case.tables())
        made, _ = read_case(book)
        assert made is not None
        seen |= {subject for subject in SUBJECTS if any(subject(Checked(made, book, frozenset())))}
    assert seen == set(SUBJECTS)


def test_what_is_told_depends_on_no_clock() -> None:
    tables = small_case()
    tables["case"][4]["waarde"] = date(2030, 1, 1)
    book = raw_book(tables)
    made, _ = read_case(book)
    assert made is not None
    assert next(item.cel for item in implausible(made, book, date(2029, 12, 31))) == "B6"
    assert "B6" not in [item.cel for item in implausible(made, book, date(2030, 1, 1))]


@pytest.mark.parametrize(
    ("places", "sizes", "whole"),
    [
        (36, (8,), False),
        (36, (8, 10), True),
        (35, (8, 10), False),
        (0, (8,), True),
        (8, (8,), True),
        (7, (), True),
        (7, (4, 6), False),
        (10, (4, 6), True),
    ],
)
def test_groups_of_several_sizes_together_make_up_the_places(places: int, sizes: tuple[int, ...], whole: bool) -> None:
    """A zorgvorm has the sizes of its tariffs too: 36 places are two groups of 8 and two of 10."""
    assert whole_groups(places, sizes) is whole


@pytest.mark.parametrize(
    ("one", "other", "slip"),
    [
        ("pella", "pela", True),
        ("pella", "pellla", True),
        ("pella", "plela", True),
        ("rotterdam 2020", "roterdam 2020", True),
        ("rotterdam 2020", "rotterdam 2021", False),
        ("bes-1", "bes-2", False),
        ("bes-1", "bes-11", False),
        ("hoeve-a", "hoeve-b", False),
        ("hoeve", "hoeve-a", False),
        ("hoeve", "hoeven", False),
        ("hoeve", "hoevenn", False),
        ("brink", "anker", False),
        ("ova", "ova2", False),
        ("pan", "plan", False),
    ],
)
def test_a_slip_is_a_letter_inside_a_word(one: str, other: str, slip: bool) -> None:
    """Names that count on, or end in another letter, are meant."""
    assert is_slip(one, other) is slip
    assert is_slip(other, one) is slip
