"""What a plan disposes of: by cost lines and effects, whatever a measure is called; and what it brings in."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest

from finance.case import build_case
from finance.money import Money
from finance.plan.allocation import Allocation, Outcome
from finance.statement.disposals import Disposal, Disposals
from tests.casebook import Record, Tables, raw_book, small_case

NEW = "L9"
"""A location where something new is built."""


def proceeds(measure: str, amount: object) -> Record:
    return {"maatregel": measure, "na_jaren": 1, "bedrag": amount, "bron": "EIGEN", "herkomst": "A1"}


def cost(measure: str) -> Record:
    return {
        "maatregel": measure,
        "kostensoort": "afstoten",
        "na_jaren": 0,
        "bedrag": 180_000,
        "index": None,
        "herkomst": None,
    }


def tables(*sold: Record, book_value: object = 3_200_000) -> Tables:
    """The small case, in which L2 has a book value and nothing costs anything to dispose of."""
    made = small_case()
    made["locaties"][1]["boekwaarde"] = book_value
    made["kosten"] = [row for row in made["kosten"] if row["kostensoort"] != "afstoten"]
    made["opbrengsten"] = list(sold)
    return made


def effects(made: Tables, measure: str, *changes: tuple[str, str, int]) -> None:
    """Let a measure have these effects and no others."""
    others = [row for row in made["effecten"] if row["maatregel"] != measure]
    mine: list[Record] = [
        {"maatregel": measure, "locatie": place, "zorgvorm": form, "plaatsen": number, "na_jaren": 1}
        for place, form, number in changes
    ]
    made["effecten"] = others + mine


def replacing(*sold: Record, book_value: object = 3_200_000) -> Tables:
    """M4 closes all of L2 and builds at a new location; it is called vervangen and costs nothing there."""
    made = tables(*sold, book_value=book_value)
    made["locaties"].append({**made["locaties"][1], "locatie": NEW, "naam": "Nieuwbouw", "boekwaarde": None})
    made["plaatsen"].append({**made["plaatsen"][3], "locatie": NEW})
    effects(made, "M4", ("L2", "gesloten", -10), (NEW, "kleinschalig", 8))
    return made


def disposals(made: Tables, starts: Mapping[str, int]) -> Disposals:
    case = build_case(raw_book(made))
    return Disposals(case, Outcome(case, Allocation(starts, {}, {}, {})))


def row_of(made: Tables, location: str | None, **starts: int) -> Disposal:
    rows = disposals(made, starts).rows
    return next(row for row in rows if (row.locatie.locatie if row.locatie else None) == location)


def euros(row: Disposal) -> list[str]:
    return [str(row.boekwaarde), str(row.opbrengst), str(row.resultaat)]


@pytest.mark.parametrize(
    ("book_value", "sold", "result"),
    [(3_200_000, 2_000_000, "-1200000.00"), (1_100_000, 1_500_000, "400000.00"), (5, 5, "0.00")],
)
def test_a_replaced_building_has_a_result(book_value: int, sold: int, result: str) -> None:
    made = replacing(proceeds("M4", sold), book_value=book_value)
    made["kosten"].append(cost("M4"))
    row = row_of(made, "L2", M4=2022)
    assert (row.maatregelen, str(row.resultaat)) == (1, result)


def test_a_building_that_loses_its_last_places_is_disposed_of_without_a_cost_line() -> None:
    row = row_of(replacing(proceeds("M4", 2_000_000)), "L2", M4=2022)
    assert (row.maatregelen, euros(row)) == (1, ["3200000.00", "2000000.00", "-1200000.00"])


def test_a_building_that_keeps_a_place_is_not_disposed_of() -> None:
    made = replacing(proceeds("M4", 2_000_000))
    effects(made, "M4", ("L2", "gesloten", -9), (NEW, "kleinschalig", 8))
    row = row_of(made, "L2", M4=2022)
    assert (row.maatregelen, euros(row)) == (0, ["0.00", "2000000.00", "None"])


def test_a_part_of_a_building_is_disposed_of_where_it_costs_something() -> None:
    made = replacing(proceeds("M4", 2_000_000))
    effects(made, "M4", ("L2", "gesloten", -1))
    made["kosten"].append(cost("M4"))
    assert row_of(made, "L2", M4=2022).maatregelen == 1


def test_the_name_of_a_measure_decides_nothing() -> None:
    made = tables(proceeds("M1", 10))
    row = row_of(made, "L1", M1=2022)
    assert made["maatregelen"][0]["soort"] == "afstoten"
    assert (row.maatregelen, euros(row)) == (0, ["0.00", "10.00", "None"])


def test_two_measures_that_empty_a_building_together_dispose_of_it() -> None:
    made = replacing()
    effects(made, "M4", ("L2", "gesloten", -6))
    effects(made, "M1", ("L2", "gesloten", -4))
    assert row_of(made, "L2", M4=2022).maatregelen == 0
    assert row_of(made, "L2", M4=2022, M1=2023).maatregelen == 2


def test_a_measure_that_is_not_chosen_disposes_of_nothing_and_brings_nothing() -> None:
    row = row_of(replacing(proceeds("M4", 2_000_000)), "L2")
    assert (row.maatregelen, euros(row)) == (0, ["0.00", "0.00", "0.00"])


def test_without_a_book_value_there_is_no_result() -> None:
    row = row_of(replacing(proceeds("M4", 2_000_000), book_value=None), "L2", M4=2022)
    assert (row.maatregelen, euros(row)) == (1, ["0.00", "2000000.00", "None"])


def test_proceeds_of_a_measure_at_the_new_location_belong_to_the_old_one() -> None:
    made = replacing(proceeds("M4", 2_000_000))
    next(row for row in made["maatregelen"] if row["maatregel"] == "M4")["locatie"] = NEW
    assert euros(row_of(made, "L2", M4=2022)) == ["3200000.00", "2000000.00", "-1200000.00"]
    assert euros(row_of(made, NEW, M4=2022)) == ["0.00", "0.00", "0.00"]


def test_proceeds_of_several_locations_stay_with_the_measures_own() -> None:
    made = replacing(proceeds("M4", 2_000_000))
    effects(made, "M4", ("L2", "gesloten", -10), ("L1", "gesloten", -20))
    assert [str(row_of(made, name, M4=2022).opbrengst) for name in ("L1", "L2")] == ["0.00", "2000000.00"]


def test_every_euro_of_proceeds_stands_at_a_location_or_at_none() -> None:
    sold = (("M4", 2_000_000), ("M4", Decimal("0.01")), ("M5", 7), ("M3", 9))
    made = replacing(*(proceeds(measure, amount) for measure, amount in sold))
    rows = disposals(made, {"M4": 2022, "M5": 2022}).rows
    assert Money.total(row.opbrengst for row in rows) == Money.from_euros("2000007.01")
    assert euros(row_of(made, None, M4=2022, M5=2022)) == ["0.00", "7.00", "None"]
