"""The picture of several regions: what each landsdeel has, by hand, and a case of the whole country."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from finance.case import build_case
from finance.money import Money
from finance.national.picture import National
from finance.national.region import NOWHERE, Region, RegionPlan
from finance.plan.allocation import Allocation
from tests.casebook import raw_book
from tests.finance.national.regions import SOUTH, country


def test_places_and_young_people_of_a_landsdeel() -> None:
    """Zuid-Holland closes 10 of 20 places: 18 young people, of whom 8 find none; one hybrid place stays free."""
    (row,) = [row for row in country().area_years if (row.landsdeel, row.jaar) == ("Zuid-Holland", 2025)]
    names = ("gesloten", "hybride", "open", "bezet", "vrij", "tekort", "tekort_open")
    assert [row.total(name) for name in names] == [10, 2, 5, 11, 1, 8, 1]
    assert [row.left, row.lacking] == [0, 7]


def test_who_takes_over_from_whom() -> None:
    problems = country().transports
    assert {year: [problem.total, problem.fewest] for year, problem in problems.items()} == {
        2024: [2, 2],
        2025: [9, 16],
        2026: [7, 7],
    }


def test_money_of_a_landsdeel() -> None:
    rows = [row for row in country().cost_rows if row.landsdeel == "Zuid-Holland"]
    assert {(row.kostensoort, row.jaar): (row.kosten.cents // 100, row.uit[1].cents // 100) for row in rows} == {
        ("afstoten", 2024): (900_000, 900_000),
        ("leegstand", 2024): (3 * 40_000, 0),
        ("leegstand", 2025): (40_000, 0),
        ("leegstand", 2026): (40_000, 0),
        ("projectleiding", 2025): (100_000, 0),
    } | {("leegstand", year): (_empty(year), 0) for year in (2024, 2025, 2026)}


def _empty(year: int) -> int:
    """Empty places of Zuid-Holland: closed, hybrid, and open ones that the second year adds; in euros."""
    return 2 * 40_000 + 40_000 if year == 2024 else 40_000 + 30_000


@pytest.mark.parametrize(
    ("day", "places"),
    [
        (date(2022, 12, 31), None),
        (date(2023, 1, 1), 609),
        (date(2024, 6, 30), 564),
        (date(2025, 6, 30), 525),
        (date(2028, 3, 31), Fraction(525, 2)),
        (date(2030, 12, 31), 0),
        (date(2035, 1, 1), 0),
    ],
)
def test_the_path_is_a_straight_line_between_counts(day: date, places: Fraction | None) -> None:
    """Half of the 2,010 days from the last count to the goal have passed on 31 March 2028 (1,005)."""
    assert country().country_on(day, "plaatsen") == places


def test_the_key_is_that_of_annex_2() -> None:
    keys = country().keys
    assert sum(keys.values()) == 806
    assert keys["Zuid-Holland"] == 36 + 30 + 92 + 92


def test_a_case_of_the_whole_country_is_of_several_landsdelen() -> None:
    """Hoogeweg is Groningen's by the annex, Oord is of Rotterdam by its municipality, and Elders nobody knows."""
    tables = SOUTH.tables
    tables["case"][1]["waarde"] = "Nederland"
    first, second = tables["locaties"]
    first.update(naam="Hoogeweg", naam_bijlage2="Hoogeweg", gemeente="Groningen")
    second.update(gemeente="Rotterdam", aanbieder="B")
    tables["aanbieders"].append(tables["aanbieders"][0] | {"aanbieder": "B"})
    tables["locaties"] += [second | {"locatie": "L3", "naam": "Elders", "gemeente": "Assen"}]
    tables["locaties"] += [first | {"locatie": "L4", "naam": "Overal", "gemeente": "Assen", "naam_bijlage2": None}]
    tables["plaatsen"] += [tables["plaatsen"][0] | {"locatie": "L3"}, tables["plaatsen"][0] | {"locatie": "L4"}]
    region = Region(build_case(raw_book(tables)))
    assert [region.of_location(name) for name in ("L1", "L2", "L3", "L4")] == [
        "Noord-Nederland",
        "Zuid-Holland",
        "Zuid-Holland",
        "Noord-Nederland",
    ]
    assert [region.of_need(form) for form in ("gesloten", "hybride", "open")] == [
        NOWHERE,
        "Noord-Nederland",
        "Zuid-Holland",
    ]
    assert region.landsdelen == ("Noord-Nederland", "Zuid-Holland", NOWHERE)
    plan = RegionPlan("land", "", "basis", region, Allocation({}, {}, {}, {}), "", bewezen=False)
    totals = {row.landsdeel: row.total("gesloten") for row in National((plan,)).area_years if row.jaar == 2024}
    assert totals == {"Noord-Nederland": 40, "Zuid-Holland": 20, NOWHERE: 0}
    short = {row.landsdeel: row.total("tekort") for row in National((plan,)).area_years if row.jaar == 2024}
    assert short == {"Noord-Nederland": 1, "Zuid-Holland": 0, NOWHERE: 18}
    granted = [(row.gemeente, row.landsdeel, row.verleend) for row in National((plan,)).grant_rows]
    assert granted == [("Rotterdam", "Zuid-Holland", Money.from_euros(1_000_000))]
