"""The rows that a filter fits."""

from __future__ import annotations

import pytest

from finance.case import Unreadable
from finance.scenarios import apply_scenario
from tests.casebook import raw_book, small_case
from tests.finance.scenarios.changes import (
    NAME,
    Change,
    carried_out,
    changed,
    column,
    read,
    refused,
    several,
)


def met(filter_text: str) -> list[int]:
    """The rows of `vraag` that a filter meets; the first needs 0.9 places under 1000.5."""
    tables = several(("vraag", "herkomst", filter_text, "zet", "geraakt"))
    book = raw_book(tables)
    after, _ = apply_scenario(book, read(book).scenario_changes, NAME)
    cells = column(after, "vraag", "herkomst")
    return [number for number, cell in enumerate(cells, start=2) if cell == "geraakt"]


@pytest.mark.parametrize(
    ("filter_text", "rows"),
    [
        ("jeugdigen=0,9", [2]),
        ("jeugdigen=0.9", [2]),
        ("jeugdigen=0,90", [2]),
        ("jeugdigen=+0.9", [2]),
        ("jeugdigen=00,9", [2]),
        ("jeugdigen=,9", []),
        ("jeugdigen=9e-1", []),
        ("jeugdigen=90%", []),
        ("plafond=1000,5", [2]),
        ("plafond=1.000,5", []),
        ("jaar=2023", [3, 6, 9]),
        ("jaar=2023,0", [3, 6, 9]),
        ("zorgvorm=gesloten", [2, 3, 4]),
        ("zorgvorm=Gesloten", []),
        ("zorgvorm=geslote", []),
        (" zorgvorm = gesloten ; jaar = 2023 ", [3]),
        ("zorgvorm=gesloten;jaar=2023;", [3]),
        ("zorgvorm=gesloten;zorgvorm=ambulant", []),
        ("plafond=", [5, 6, 7, 8, 9, 10]),
        ("plafond=;zorgvorm=ambulant", [8, 9, 10]),
        ("zorgvorm=", []),
    ],
)
def test_a_filter_compares_a_cell_as_it_is_shown(filter_text: str, rows: list[int]) -> None:
    assert met(filter_text) == rows


@pytest.mark.parametrize(("filter_text", "met_it"), [("waarde=31-12-2023", True), ("waarde=2023-12-31", False)])
def test_a_date_is_shown_as_day_month_year(filter_text: str, met_it: bool) -> None:
    changes: Change = ("case", "toelichting", filter_text, "zet", "geraakt")
    _, findings = carried_out(changes)
    assert (findings == ()) is met_it


def test_a_number_that_is_stored_as_text_is_compared_as_text() -> None:
    tables = small_case()
    tables["maatregelen"][0]["omschrijving"] = "007"
    assert "geen enkele rij" in refused(("maatregelen", "soort", "omschrijving=7", "zet", "overig"), tables=tables).wat
    assert changed(("maatregelen", "soort", "omschrijving=007", "zet", "overig"), tables=tables)


def test_a_value_may_hold_an_equals_sign() -> None:
    tables = small_case()
    tables["maatregelen"][0]["omschrijving"] = "a=b"
    assert changed(("maatregelen", "soort", "omschrijving=a=b", "zet", "overig"), tables=tables)


def test_blanks_in_a_cell_count_as_empty_in_a_filter() -> None:
    tables = small_case()
    tables["maatregelen"][0]["locatie"] = "  "
    book = changed(("maatregelen", "soort", "locatie=", "zet", "overig"), tables=tables)
    assert column(book, "maatregelen", "soort")[0] == column(book, "maatregelen", "soort")[4] == "overig"


def test_a_cell_that_cannot_be_read_is_not_empty() -> None:
    tables = small_case()
    tables["vraag"][0]["plafond"] = Unreadable("#REF!", "Herstel de formule.")
    tables["vraag"][2]["plafond"] = None
    book = changed(("vraag", "jeugdigen", "plafond=;zorgvorm=gesloten", "zet", 1), tables=tables)
    assert column(book, "vraag", "jeugdigen")[:3] == [27, 18, 1]
