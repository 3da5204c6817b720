"""A spending window that is taken to go on: by whose rules its extra years are judged, and what pays then."""

from __future__ import annotations

from datetime import date

import pytest

from finance.case.words import COST_SORTS
from finance.rules import Entitlement
from tests.casebook import Tables
from tests.finance.rules.grants import GRANT, YEARS, built, grant_tables
from tests.finance.rules.test_entitlement import REASONED, line_of

OLD = "vastgoedtransitie-2020"
"""Its window ends with 2024; the case has the years 2019 to 2029."""
KNOWN, BEFORE = date(2023, 6, 30), date(2020, 9, 15)


def lengthened(more: int, peildatum: date = KNOWN, **changed: object) -> Entitlement:
    """The rules of a case with one grant, its window taken to be some years longer."""
    return Entitlement(built(grant_tables(grants=[GRANT | changed], peildatum=peildatum)), more)


@pytest.mark.parametrize(
    ("more", "years"),
    [(0, {}), (1, {2025: 2024}), (2, {2025: 2024, 2026: 2024}), (5, dict.fromkeys(range(2025, 2030), 2024))],
)
def test_the_years_after_the_window_are_judged_as_its_last_and_the_others_as_themselves(
    more: int, years: dict[int, int]
) -> None:
    rules = lengthened(more)
    assert rules.last_year(OLD) == 2024
    assert {year: rules.judged_as(OLD, year) for year in YEARS} == {year: year for year in YEARS} | years


@pytest.mark.parametrize("more", [0, 1, 3])
def test_a_longer_window_pays_just_so_many_years_longer(more: int) -> None:
    paying = lengthened(more).paying_years["SPUK"]
    assert paying == set(range(2020, 2025 + more))


@pytest.mark.parametrize(("more", "last"), [(0, 2024), (1, 2025), (9, 2026)])
def test_a_source_that_ends_sooner_pays_no_longer(more: int, last: int) -> None:
    assert max(lengthened(more, besteedbaar_tot=2026).paying_years["SPUK"]) == last


def test_a_regulation_that_was_not_known_has_no_last_year_to_go_on_from() -> None:
    rules = lengthened(2, BEFORE)
    assert rules.last_year(OLD) is None
    assert [rules.judged_as(OLD, year) for year in YEARS] == list(YEARS)
    assert rules.paying_years["SPUK"] == set()


@pytest.mark.parametrize("more", [0, 2])
@pytest.mark.parametrize("tables", REASONED.values(), ids=REASONED)
def test_a_payment_that_is_permitted_is_in_a_year_in_which_its_source_pays(tables: Tables, more: int) -> None:
    """The model asks for both; the independent check for the permission alone."""
    rules = Entitlement(built(tables), more)
    source = rules.case.source["SPUK"]
    permitted = {year for year in YEARS for sort in COST_SORTS if rules.permission(source, line_of(sort, year)).mag}
    assert permitted <= rules.paying_years["SPUK"]
