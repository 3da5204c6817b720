"""What the cells of a change become."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finance.case import build_case
from finance.scenarios import apply_scenario
from tests.casebook import raw_book, small_case
from tests.finance.scenarios.changes import (
    NAME,
    Change,
    change_rows,
    changed,
    column,
    read,
    setting,
    with_changes,
)


def test_zet_puts_a_value_in_the_rows_of_the_filter_only() -> None:
    book = changed(("vraag", "jeugdigen", "zorgvorm=gesloten;jaar=2023", "zet", 25))
    expected = [27, 25, 9, 4, 6, 8, 12, 12, 14]
    assert column(book, "vraag", "jeugdigen") == expected


def test_without_a_filter_every_row_changes() -> None:
    book = changed(("vraag", "jeugdigen", None, "zet", 1))
    assert column(book, "vraag", "jeugdigen") == [1] * 9


def test_the_tables_themselves_stay_as_they_are() -> None:
    book = raw_book(with_changes(("vraag", "jeugdigen", None, "zet", 1)))
    after, _ = apply_scenario(book, read(book).scenario_changes, NAME)
    assert book == raw_book(with_changes(("vraag", "jeugdigen", None, "zet", 1)))
    assert after.bladen["kosten"] is book.bladen["kosten"]
    assert after.bevindingen == book.bevindingen


def test_maal_and_plus_calculate_with_each_cell() -> None:
    assert column(changed(("plaatsen", "plaatsen", None, "maal", 2)), "plaatsen", "plaatsen") == [
        40,
        0,
        20,
        0,
        8,
        24,
    ]
    assert column(changed(("plaatsen", "plaatsen", None, "plus", 3)), "plaatsen", "plaatsen") == [
        23,
        3,
        13,
        3,
        7,
        15,
    ]


def test_plus_can_take_away() -> None:
    book = changed(("plaatsen", "plaatsen", "locatie=L1;zorgvorm=gesloten", "plus", -5))
    assert column(book, "plaatsen", "plaatsen")[0] == 15


def test_rows_of_a_scenario_follow_one_another_from_top_to_bottom() -> None:
    """First plus, then maal: (20 + 4) x 2; a filter sees what the rows above it made."""
    book = changed(
        ("plaatsen", "plaatsen", "locatie=L1;zorgvorm=gesloten", "plus", 4),
        ("plaatsen", "plaatsen", "plaatsen=24", "maal", 2),
    )
    assert column(book, "plaatsen", "plaatsen")[0] == 48


@pytest.mark.parametrize(("name", "value"), [(NAME, 1), ("ander", 2)])
def test_rows_of_another_scenario_are_passed_over(name: str, value: int) -> None:
    tables = with_changes(("vraag", "jeugdigen", None, "zet", 1))
    tables["scenarios"] += change_rows(("vraag", "jeugdigen", None, "zet", 2), name="ander")
    book = raw_book(tables)
    after, findings = apply_scenario(book, read(book).scenario_changes, name)
    assert findings == ()
    assert set(column(after, "vraag", "jeugdigen")) == {Decimal(value)}


@pytest.mark.parametrize(
    ("bewerking", "waarde", "bedrag"),
    [
        ("maal", "1.1", "1650000.28"),
        ("maal", "0.333333", "499999.58"),
        ("plus", "0.005", "1500000.26"),
        ("plus", "0.0149", "1500000.26"),
        ("plus", "-0.015", "1500000.24"),
        ("plus", "-0.0151", "1500000.23"),
        ("maal", "1.000000003333333", "1500000.26"),
    ],
)
def test_an_amount_is_rounded_to_the_cent_half_away_from_zero(bewerking: str, waarde: str, bedrag: str) -> None:
    """1,500,000.25 x 1.1 is 1,650,000.275, and half a cent goes up."""
    changes: Change = ("kosten", "bedrag", "kostensoort=vervangende_nieuwbouw", bewerking, Decimal(waarde))
    assert column(changed(changes), "kosten", "bedrag")[4] == Decimal(bedrag)


@settings(max_examples=40, deadline=None)
@given(st.decimals(min_value="0.01", max_value=10**7, places=2), st.decimals(min_value=2, max_value=9, places=6))
def test_an_amount_times_a_factor_agrees_with_decimal_arithmetic(bedrag: Decimal, factor: Decimal) -> None:
    tables = small_case()
    tables["dekking"][0]["bedrag"] = bedrag
    book = changed(("dekking", "bedrag", "bron=SPUK", "maal", factor), tables=tables)
    with localcontext() as context:
        context.prec = 60
        expected = (bedrag * factor).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    assert column(book, "dekking", "bedrag")[0] == expected


def test_other_numbers_stay_exact() -> None:
    book = changed(("indexen", "percentage", "index=ova;jaar=2023", "maal", Decimal("1.25")))
    assert column(book, "indexen", "percentage")[0] == Decimal("0.062")
    book = changed(("zorgvormen", "bezetting_max", "zorgvorm=gesloten", "maal", Decimal("0.987654321")))
    assert column(book, "zorgvormen", "bezetting_max")[0] == Decimal("0.8888888889")


def test_a_chain_of_factors_keeps_twelve_decimals() -> None:
    third = ("zorgvormen", "bezetting_max", "zorgvorm=gesloten", "maal", Decimal("0.333333333333"))
    book = changed(third, third, third, third)
    (value, *_) = column(book, "zorgvormen", "bezetting_max")
    assert isinstance(value, Decimal)
    assert abs(value - Decimal("0.9") / 81) < Decimal("1e-11")
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    assert exponent >= -12


def test_the_price_of_a_lump_sum_is_an_amount() -> None:
    book = changed(("financiering", "prijs", "jaar=2023", "maal", Decimal("1.00000007")))
    assert column(book, "financiering", "prijs")[1] == Decimal("135000.01")


def test_in_the_sheet_case_a_key_selects_and_nothing_is_an_amount() -> None:
    book = changed(("case", "waarde", "sleutel=discontovoet", "maal", Decimal("1.5")))
    assert setting(book, "discontovoet") == Decimal("0.03375")
    assert setting(book, "eerste_jaar") == 2022


@pytest.mark.parametrize(
    ("key", "value"),
    [("peildatum", date(2022, 6, 1)), ("lezingen", "leegstand-door-transitie"), ("prijspeil", 2021)],
)
def test_a_setting_takes_a_value_of_its_own_kind(key: str, value: object) -> None:
    assert setting(changed(("case", "waarde", f"sleutel={key}", "zet", value)), key) == value


def test_text_loses_the_blanks_around_it() -> None:
    book = changed(("dekking", "gemeente", "bron=SPUK", "zet", "  Arnhem "))
    assert column(book, "dekking", "gemeente")[0] == "Arnhem"


def test_an_empty_cell_can_be_set() -> None:
    book = changed(("vraag", "plafond", "zorgvorm=ambulant", "zet", 13))
    assert column(book, "vraag", "plafond")[6:] == [13, 13, 13]


def test_calculation_leaves_empty_cells_empty() -> None:
    book = changed(("vraag", "plafond", None, "plus", 1))
    assert column(book, "vraag", "plafond") == [31, 21, 11, None, None, None, None, None, None]


def test_one_changed_row_among_many_is_enough() -> None:
    book = changed(("dekking", "overdraagbaar", "bron=LUMP", "zet", "nee"))
    assert build_case(book).source["LUMP"].overdraagbaar is False
    book = changed(("vraag", "jeugdigen", None, "zet", 12))
    assert set(column(book, "vraag", "jeugdigen")) == {Decimal(12)}
