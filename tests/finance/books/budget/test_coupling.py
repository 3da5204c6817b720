"""Prices of places that come from a tariff stand in the proposal as formulas, with where they come from."""

from __future__ import annotations

from pathlib import Path

import pytest

from finance.case import Case, build_case
from finance.case.words import OPERATION, TARIFF_PARAMETERS, VACANCY
from tests.casebook import Tables, raw_book
from tests.finance.books.budget import variants
from tests.finance.books.budget.live import Live

COLUMNS = {OPERATION: "prijs_bezet", VACANCY: "prijs_leeg"}


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Live:
    path = tmp_path_factory.mktemp("coupling") / "begroting.xlsx"
    return Live(variants.coupled(), variants.STARTS, path)


def prices(case: Case) -> list[float]:
    return [
        float(case.place_price(place, sort, year)) for sort in COLUMNS for place in case.places for year in case.years
    ]


def shown(live: Live) -> list[object]:
    return [price for column in COLUMNS.values() for price in live.column("bezetting", column)]


def changed(tables: Tables, tariff: str, year: int, parameter: str, factor: float) -> tuple[int, float]:
    """Multiply a parameter in the tables; its row among those of the sheet, and the new value."""
    for at, row in enumerate(tables["tarief"]):
        if (row["tarief"], row["jaar"], row["parameter"]) == (tariff, year, parameter):
            value = float(str(row["waarde"])) * factor if row["waarde"] else 0.25
            row["waarde"] = round(value, 6)
            return at, float(str(row["waarde"]))
    raise LookupError(parameter)


def test_the_workbook_says_where_each_price_comes_from(live: Live) -> None:
    wanted = {
        ("L1", "gesloten", 2022): "exploitatie en leegstand: tarief T8, n=8, 2021, met index",
        ("L1", "kleinschalig", 2023): "exploitatie en leegstand: tarief T4, n=4, 2023",
        ("L2", "gesloten", 2024): "exploitatie en leegstand: tarief tarief-001, n=10, 2021, met index",
        ("L2", "kleinschalig", 2024): "exploitatie en leegstand: tarief tarief-002, n=6, 2024",
        ("L3", "kleinschalig", 2022): "leegstand: tarief T4, n=4, 2022",
        ("L3", "ambulant", 2022): "blad plaatsen",
    }
    for (place, form, year), text in wanted.items():
        row = live.find("bezetting", locatie=place, zorgvorm=form, jaar=year)
        assert live.get("bezetting", "herkomst_prijs", row) == text


@pytest.mark.parametrize("parameter", TARIFF_PARAMETERS)
def test_a_parameter_that_changes_in_the_workbook_changes_the_prices(live: Live, parameter: str) -> None:
    tables = variants.coupled_tables()
    before = {at: float(str(row["waarde"])) for at, row in enumerate(tables["tarief"])}
    moved = [changed(tables, name, year, parameter, 0.9) for name, year in (("T8", 2021), ("T4", 2023))]
    for at, value in moved:
        live.put("tarief", "waarde", at, value)
    assert shown(live) == pytest.approx(prices(build_case(raw_book(tables))), rel=1e-12)
    assert (shown(live) == pytest.approx(prices(variants.coupled()), rel=1e-12)) == (parameter == "bezetting")
    for at, _ in moved:
        live.put("tarief", "waarde", at, before[at])


def test_another_group_size_or_name_chooses_another_tariff(live: Live) -> None:
    tables = variants.coupled_tables()
    at = live.find("zorgvormen", zorgvorm="kleinschalig")
    tables["zorgvormen"][at]["groepsgrootte"] = 6
    live.put("zorgvormen", "groepsgrootte", at, 6)
    assert shown(live) == pytest.approx(prices(build_case(raw_book(tables))), rel=1e-12)
    live.put("zorgvormen", "groepsgrootte", at, 4)


def test_a_price_that_is_typed_in_takes_the_place_of_the_tariff(live: Live) -> None:
    row = live.find("bezetting", locatie="L1", zorgvorm="kleinschalig", jaar=2022)
    place = live.find("plaatsen", locatie="L1", zorgvorm="kleinschalig")
    live.put("plaatsen", "exploitatie_per_plaats", place, 300_000)
    assert live.get("bezetting", "prijs_bezet", row) == pytest.approx(300_000 * 1.021)
    assert str(live.get("bezetting", "herkomst_prijs", row)).startswith("leegstand: tarief T4")


def test_without_such_prices_there_is_no_sheet_of_tariffs(tmp_path: Path) -> None:
    live = Live(variants.small(), variants.STARTS, tmp_path / "begroting.xlsx")
    assert not {"kostprijs", "tarief", "vast"} & set(live.places.tables)
