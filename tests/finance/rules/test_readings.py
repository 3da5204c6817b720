"""Readings that are switched on and change nothing: why, as a point of attention and on the cover."""

from __future__ import annotations

from datetime import date

import pytest

from finance.rules import implausible_by_rules
from finance.rules.readings import without_effect
from tests.casebook import Record, Tables, raw_book
from tests.finance.rules.grants import built, entitlement, grant_tables
from tests.finance.rules.test_thresholds import grant

LONGER, VACANCY = "verlenging-2026", "leegstand-door-transitie"


def decided(tables: Tables, end: date | None) -> Tables:
    """The same case, with a decision on its first grant that may name an end."""
    row: Record = tables["dekking"][0]
    row["beschikking"] = "B-1"
    row["besteedbaar_tot"] = 2025
    tables["beschikkingen"] = [
        {
            "beschikking": "B-1",
            "gemeente": "Rotterdam",
            "regeling": row["regeling"],
            "bedrag": 10_245_473,
            "besteedbaar_tot": end,
            "herkomst": "B1",
        }
    ]
    return tables


@pytest.mark.parametrize(
    ("peildatum", "says"),
    [
        (date(2023, 6, 30), "nog niet bekend; dat is zij sinds 1-7-2023"),
        (date(2023, 7, 1), ""),
        (date(2026, 12, 1), ""),
    ],
)
def test_the_longer_window_does_nothing_before_it_was_known(peildatum: date, says: str) -> None:
    found = without_effect(entitlement(grant_tables(peildatum=peildatum, lezingen=LONGER)), LONGER)
    assert bool(found) is bool(says)
    assert says in found


@pytest.mark.parametrize(("end", "idle"), [(date(2025, 6, 30), True), (None, False)])
def test_it_does_nothing_where_every_decision_names_its_own_end(end: date | None, idle: bool) -> None:
    rules = entitlement(decided(grant_tables(lezingen=LONGER), end))
    assert bool(without_effect(rules, LONGER)) is idle
    assert without_effect(rules, VACANCY) == ""


def test_it_still_counts_where_one_grant_has_no_end_of_its_own() -> None:
    tables = grant_tables(grants=[grant(bron="S1", bedrag=1), grant(bron="S2", beschikking="B-2", bedrag=1)])
    tables = decided(tables, date(2025, 6, 30))
    tables["beschikkingen"].append(tables["beschikkingen"][0] | {"beschikking": "B-2", "besteedbaar_tot": None})
    assert without_effect(entitlement(tables), LONGER) == ""


def test_a_reading_of_another_regulation_does_nothing() -> None:
    tables = grant_tables(grants=[grant(regeling="residentieel-2021")], lezingen=VACANCY)
    assert "valt onder een regeling die haar kent" in without_effect(entitlement(tables), VACANCY)


@pytest.mark.parametrize(("regeling", "idle"), [("transformatie-2024", False), ("vastgoedtransitie-2020", True)])
def test_a_reading_of_the_request_for_revision_is_one_of_the_grants_that_it_adds_to(regeling: str, idle: bool) -> None:
    tables = grant_tables(
        grants=[grant(regeling=regeling)],
        peildatum=date(2026, 12, 1),
        lezingen="boven-drempel",
    )
    assert bool(without_effect(entitlement(tables), "boven-drempel")) is idle


def test_a_reading_without_effect_is_a_point_of_attention_at_its_cell() -> None:
    def told(peildatum: date) -> list[str]:
        tables = grant_tables(peildatum=peildatum, lezingen=LONGER)
        found = implausible_by_rules(built(tables), raw_book(tables))
        return [f"{finding.blad}!{finding.cel} {finding.wat}" for finding in found if "verandert niets" in finding.wat]

    assert told(date(2023, 7, 1)) == []
    (line,) = told(date(2023, 6, 30))
    assert line.startswith("case!B10 De lezing verlenging-2026 verandert niets: op de peildatum")
