"""A budget read back from its workbook is the budget that was written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from finance.books.budget.draft import Draft
from finance.books.difference.amounts import amounts_of
from finance.books.difference.restored import Restored, is_budget, restored
from finance.case import Case
from finance.case.approval import Approval
from finance.case.declaring import Row
from finance.findings import FindingsError
from finance.plan.allocation import Allocation, Plan
from finance.statement import Statement
from finance.tables.grid import Book
from finance.xlsx.seal import Seal, seal_of
from tests.casebook import Tables
from tests.finance.books.budget import variants
from tests.finance.books.budget.handmade import INFO, hand_plan
from tests.finance.books.difference.pairs import budget, changed, read_back, written
from tests.finance.village import village, village_plan
from tests.finance.xlsx.version_one import first_seal
from tests.models.strategies import random_case

ODD: Mapping[str, str] = {
    "SPUK": "SP*",
    "LUMP": "007",
    "EIGEN": "=1+1",
    "M1": "<5",
    "M2": "M?",
    "M5": "m~5",
    "M6": 'mei 2024 "x"',
    "L1": "7",
    "BAKEN": "true",
    "gesloten": "ge/sloten",
    "ova": "1e5",
    "B1": "ja",
}
"""Ids that a workbook shows as keys of its own."""


def _odd(tables: Tables) -> None:
    for name, rows in tables.items():
        for row in rows if name != "scenarios" else ():
            for column, value in row.items():
                if isinstance(value, str) and column not in ("soort", "sleutel", "kostensoort", "gesloten"):
                    row[column] = ODD.get(value, value)
    tables["scenarios"] = []


def odd() -> Case:
    """The small case with odd ids, none of which differs from another in capitals only."""
    return changed(_odd)


CASES: Mapping[str, tuple[Callable[[], Case], Mapping[str, int]]] = {
    "small": (variants.small, variants.STARTS),
    "rich": (variants.rich, variants.STARTS),
    "short": (variants.short, variants.STARTS),
    "bare": (variants.bare, {"M5": 2022}),
    "coupled": (variants.coupled, variants.STARTS),
    "history": (variants.history, variants.STARTS),
    "closed": (variants.closed, {"M5": 2023}),
    "odd": (odd, {ODD.get(name, name): year for name, year in variants.STARTS.items()}),
}


@dataclass(frozen=True)
class Written:
    """A plan and what was read back from its workbook, sealed in either version."""

    case: Case
    plan: Plan
    book: Book
    found: Restored
    of_first: Restored


@pytest.fixture(scope="module", params=CASES)
def made(request: pytest.FixtureRequest) -> Written:
    make, starts = CASES[request.param]
    case = make()
    plan = hand_plan(case, starts)
    book = budget(case, plan)
    return Written(case, plan, book, read_back(book), restored("oud.xlsx", first_seal(book)))


def _without_zeros(given: Allocation) -> Allocation:
    return replace(
        given,
        starts=dict(given.starts),
        used={at: number for at, number in given.used.items() if number},
        served={at: number for at, number in given.served.items() if number},
        payments=dict(given.payments),
    )


def _input_of(case: Case, plan: Plan) -> Mapping[str, list[Row]]:
    """The rows that a budget of a case rests on, wherever they stood in their workbook."""
    rows = Draft(Statement(case, plan.allocation), plan, "basis", INFO).input_rows
    return {name: [row.model_copy(update={"rij": 0}) for row in its] for name, its in rows.items()}


def assert_restored(case: Case, plan: Plan, found: Restored) -> None:
    assert _without_zeros(found.allocation) == _without_zeros(plan.allocation)
    assert _input_of(found.case, plan) == _input_of(case, plan)
    same = {"rij": 0}
    assert found.case.settings.model_copy(update=same) == case.settings.model_copy(update=same)
    assert found.case.approval == case.approval


def test_case_and_decisions_come_back_as_they_were(made: Written) -> None:
    assert_restored(made.case, made.plan, made.found)
    again, found = Statement(made.case, made.plan.allocation), made.found
    assert amounts_of(found.statement) == amounts_of(again)
    assert found.statement.outcome.places == again.outcome.places
    assert found.statement.outcome.short == again.outcome.short


def test_what_the_workbook_shows_is_what_is_computed_anew(made: Written) -> None:
    found = made.found
    assert found.shown == amounts_of(found.statement)
    assert any(key.soort == "kostenregel" for key in found.shown) is bool(found.statement.lines)


def test_a_seal_of_version_one_gives_the_same_budget(made: Written) -> None:
    old, new = made.of_first, made.found
    assert (old.case, old.book) == (new.case, new.book)
    assert _without_zeros(old.allocation) == _without_zeros(new.allocation)
    assert old.shown == new.shown
    assert (old.origin, old.labels, old.changes, old.proven) == (
        new.origin,
        new.labels,
        new.changes,
        new.proven,
    )
    assert old.rules == new.rules


def test_a_budget_is_known_by_what_it_calls_itself(made: Written) -> None:
    assert is_budget(seal_of(made.book))
    assert is_budget(first_seal(made.book))
    assert not is_budget(seal_of(replace(made.book, data={"soort": "tarief"})))


def test_an_approved_plan_comes_back_with_its_goal() -> None:
    case = replace(variants.small(), approval=Approval({"M5": 2022, "M2": 2023}, 1))
    plan = hand_plan(case, variants.STARTS)
    found = written(case, plan)
    assert_restored(case, plan, found)
    assert found.shown == amounts_of(found.statement)
    assert any(key.naam == "wijzigingen" for key in found.shown)


def test_a_plan_that_breaks_rules_comes_back_too() -> None:
    case = village()
    plan = village_plan(case)
    found = written(case, plan)
    assert_restored(case, plan, found)
    assert found.shown == amounts_of(found.statement)
    assert not found.proven


@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 10_000))
def test_any_case_and_plan_come_back(seed: int) -> None:
    case = random_case(seed).case()
    random = Random(seed)
    starts = {
        row.maatregel: random.randint(row.vroegste_start, row.laatste_start)
        for row in case.measures
        if random.random() < 0.6
    }
    plan = hand_plan(case, starts)
    found = written(case, plan)
    assert_restored(case, plan, found)
    assert found.shown == amounts_of(found.statement)


def test_it_knows_what_it_was_made_from() -> None:
    found = written(variants.small(), scenario="lagere lumpsum")
    assert found.origin["scenario"] == found.scenario == "lagere lumpsum"
    assert found.labels["scenario"] == "Scenario"
    assert found.origin["invoer_sha256"] == INFO.invoer_sha256
    assert found.origin["toolkit"] == INFO.toolkit
    assert [(row.doelblad, row.kolom, row.filter) for row in found.changes] == [("financiering", "prijs", "bron=LUMP")]
    assert found.proven
    assert "VT20-deelplafond" in found.rules


def test_input_that_this_version_refuses_is_a_finding() -> None:
    content = seal_of(budget(variants.small())).content.decode()
    given = content.index('"invoer":{')
    spoiled = content[:given] + content[given:].replace('"kleinschalig"', '"onbekend"', 1)
    with pytest.raises(FindingsError) as error:
        restored("oud.xlsx", Seal(spoiled.encode()))
    assert "past niet bij deze versie" in str(error.value)


@pytest.fixture(scope="module")
def bare() -> Book:
    return budget(variants.bare(), starts={})


def _with_input(*rows: list[object]) -> dict[str, object]:
    sheet = {"kolommen": ["sleutel", "waarde"], "rijen": rows}
    nothing = dict.fromkeys(("maatregelen", "plaatsen", "opvang", "betalingen"), ())
    return {"plan": {"invoer": {"case": sheet}, **nothing}}


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"plan": {}},
        {"plan": {"invoer": {"case": 3}}},
        {"plan": [1]},
        _with_input(["naam", ["n", "veel"]]),
        _with_input(["naam", ["d", "30 februari"]]),
        _with_input(["naam"]),
    ],
)
def test_a_budget_without_a_plan_that_can_be_read_is_a_finding(bare: Book, data: Mapping[str, object]) -> None:
    book = replace(bare, data={"soort": "begroting", **data})
    with pytest.raises(FindingsError, match="bevat geen plan dat deze versie"):
        read_back(book)


def test_a_table_that_is_needed_and_is_not_there_is_a_finding(bare: Book) -> None:
    tables = tuple(table for table in bare.tables if table.naam != "jaardekking")
    with pytest.raises(FindingsError, match="geen tabel 'jaardekking'"):
        _ = read_back(replace(bare, tables=tables)).shown


def test_a_column_that_is_needed_and_is_not_there_is_a_finding(bare: Book) -> None:
    tables = tuple(
        replace(table, kolommen=tuple(key if key != "ongedekt" else "open" for key in table.kolommen))
        for table in bare.tables
    )
    with pytest.raises(FindingsError, match="geen kolom 'ongedekt'"):
        _ = read_back(replace(bare, tables=tables)).shown
