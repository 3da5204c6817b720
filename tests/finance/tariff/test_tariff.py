"""The tariff formulas: the worked example to the cent, and what must hold for every tariff."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finance.case import build_case, read_case
from finance.case.cost_price import DAYS
from finance.case.words import TARIFF_PARAMETERS
from finance.findings import FindingsError
from finance.money import Money, round_half_away
from finance.tariff.tariff import ELEMENTS, FORMS, STAFF_PARAMETERS, Form, Tariff, tariffs_of, to_cents
from tests.casebook import raw_book, small_case
from tests.finance.books.tariff import example
from tests.finance.books.tariff.example import ROSTERS, tariff

PRICE_OF_EIGHT = Decimal("561.86")


@pytest.mark.parametrize(
    ("size", "fte", "fixed", "price", "break_even"),
    [
        (4, "7.98", 1_037_724, "823.18", "134.5"),
        (6, "9.01", 1_213_205, "648.97", "104.8"),
        (8, "10.04", 1_388_686, "561.86", "90.0"),
        (10, "11.85", 1_643_665, "533.79", "85.2"),
    ],
)
def test_the_worked_example(size: int, fte: str, fixed: int, price: str, break_even: str) -> None:
    group = tariff(size)
    assert str(Money(round_half_away(group.fte * 100))) == fte
    assert round_half_away(group.fixed) == fixed
    assert round_half_away(group.variable) == 12_205
    assert str(group.asked) == price
    occupancy = group.break_even(PRICE_OF_EIGHT)
    assert occupancy is not None
    assert Decimal(round_half_away(occupancy * 1000)).scaleb(-1) == Decimal(break_even)


def test_each_step_of_the_example_by_hand() -> None:
    group = tariff(4)
    assert group.netto == Fraction("1417.14")
    assert group.hours == 365 * (8 + 14 + 9) == 11_315
    assert group.wage == Fraction("68907.75")
    hourly = Fraction(12 * 3950, 1878) * Fraction(5, 4)
    assert group.ort == 365 * (3 * 2 * Fraction("0.25") + 8 * Fraction("0.45")) * hourly
    assert group.pers == group.fte * group.wage + group.ort + 34_300 + 4 * 22_800
    assert group.fixed == (group.pers * Fraction("1.2") + 88_000) * Fraction("1.0496") * Fraction("1.02")
    assert group.variable == Fraction("12204.7488")


def test_a_departure_in_a_full_house_of_four_costs_a_quarter_of_the_income() -> None:
    group = tariff(4)
    price = group.asked.euros
    full, less = (group.result("pxq", price, used) + group.cost(used) for used in (4, 3))
    assert (full - less) / full == Fraction(1, 4)


def test_a_departure_costs_the_price_less_what_is_not_spent() -> None:
    group = tariff(4)
    price = group.asked.euros
    year = group.result("pxq", price, 4) - group.result("pxq", price, 3)
    assert group.departure_loss(price, 365) == year
    assert group.departure_loss(price, 73) * 5 == year


def test_a_price_below_the_cost_of_a_used_place_never_breaks_even() -> None:
    group = tariff(8)
    assert group.break_even(group.variable / 365) is None
    assert group.break_even(group.variable / 365 + Fraction(1, 100)) is not None


def test_the_first_year_is_filled_as_far_as_new_places_can_be() -> None:
    assert tariff(4).first_year(Fraction(1, 2)) == Fraction(1, 2)
    assert tariff(4).first_year(1) == Fraction(9, 10)


@pytest.mark.parametrize("form", ["beschikbaarheid", "lumpsum"])
def test_lump_sum_and_availability_do_not_depend_on_use(form: Form) -> None:
    """At 100 euros an etmaal and an occupancy of 90% four places bring in 4 x 90 x 365 euros, full or empty."""
    group = tariff(4)
    for used in (0, 2, 4):
        assert group.result(form, 100, used) + group.cost(used) == 4 * 90 * 365


def test_pxq_pays_what_is_used_up_to_the_level() -> None:
    group = tariff(4)
    assert [group.result("pxq", 100, used) + group.cost(used) for used in (3, 4, 5)] == [109_500, 146_000, 146_000]


def test_a_price_is_rounded_by_way_of_nine_decimals() -> None:
    prices = ("0.125", "0.1249999999999", "0.1249999", "-0.125")
    assert [str(to_cents(Decimal(price))) for price in prices] == ["0.13", "0.13", "0.12", "-0.13"]


def test_tariffs_come_from_the_rows_of_the_case() -> None:
    assert tariffs_of(example.example()) == tuple(tariff(size) for size in ROSTERS)


def test_a_case_without_tariffs_is_a_finding() -> None:
    with pytest.raises(FindingsError) as caught:
        tariffs_of(build_case(raw_book(small_case())))
    assert [finding.blad for finding in caught.value.findings] == ["tarief"]


@pytest.mark.parametrize(
    ("changes", "cell", "said"),
    [
        ({"bezetting": "1.01"}, "tarief!F21", "kan niet boven 1 liggen"),
        ({"bezetting": "0"}, "tarief!F21", "kan niet 0 zijn"),
        ({"uren_niet": "1878"}, "tarief!F3", "geen uren over"),
        ({"uren_niet": "-1"}, "tarief!F3", "negatief"),
        ({"spuk_huisvesting": "88000.01"}, "tarief!F22", "EUR 0,01 hoger"),
        ({"spuk_huisvesting": "100000"}, "tarief!F22", "EUR 12.000,00 hoger"),
    ],
)
def test_a_parameter_that_cannot_be_is_a_finding_at_its_cell(changes: dict[str, str], cell: str, said: str) -> None:
    _, findings = read_case(raw_book(example.tables(example.rows(4, **changes))))
    assert [f"{finding.blad}!{finding.cel}" for finding in findings] == [cell]
    assert said in findings[0].wat


@pytest.mark.parametrize("parameter", TARIFF_PARAMETERS)
def test_no_parameter_has_a_hidden_default(parameter: str) -> None:
    given_rows = [row for row in example.rows(4) if row["parameter"] != parameter]
    _, findings = read_case(raw_book(example.tables(given_rows)))
    assert [parameter in finding.wat for finding in findings] == [True]


def _share(high: int = 100) -> st.SearchStrategy[Fraction]:
    return st.integers(0, high).map(lambda number: Fraction(number, 100))


def _amount(high: int) -> st.SearchStrategy[Fraction]:
    return st.integers(0, high * 100).map(lambda cents: Fraction(cents, 100))


@st.composite
def tariffs(draw: st.DrawFn) -> Tariff:
    """Any tariff that passes the checks and costs something."""
    paid = draw(_amount(2000).filter(lambda hours: hours > 1))
    housing = draw(_amount(200_000).filter(bool))
    values = {
        "uren_betaald": paid,
        "uren_niet": paid * draw(_share(90)),
        **{f"dienst_{name}": draw(_amount(4)) for name in ("ochtend", "middag", "nacht")},
        "bruto_maandloon": draw(_amount(8000)),
        **{name: draw(_share()) for name, (_, unit) in TARIFF_PARAMETERS.items() if unit == "fractie"},
        "bezetting": draw(_share(99)) + Fraction(1, 100),
        "ort_weekend": draw(_amount(50_000)),
        "teamleiding": draw(_amount(90_000)),
        "behandeling_per_plaats": draw(_amount(40_000)),
        "overig_per_plaats": draw(_amount(20_000)),
        "huisvesting": housing,
        "spuk_huisvesting": housing * draw(_share(99)),
    }
    return Tariff("T", "kleinschalig", draw(st.integers(1, 12)), 2024, **values)


@settings(max_examples=100)
@given(tariffs(), _share(98))
def test_the_price_falls_with_occupancy(group: Tariff, occupancy: Fraction) -> None:
    lower, higher = occupancy + Fraction(1, 100), occupancy + Fraction(2, 100)
    assert group.price(lower) > group.price(higher)


SAVING = frozenset({"uren_betaald", "bezetting", "spuk_huisvesting"})
"""The parameters that make an etmaal cheaper when they are higher."""


@settings(max_examples=60)
@given(tariffs())
def test_the_price_rises_with_each_cost_and_falls_with_each_saving(group: Tariff) -> None:
    for name in TARIFF_PARAMETERS:
        higher = replace(group, **{name: group.value(name) + Fraction(1, 1000)})
        difference = higher.own_price - group.own_price
        assert difference <= 0 if name in SAVING else not higher.can_work or difference >= 0, name


@pytest.mark.parametrize("name", TARIFF_PARAMETERS)
def test_each_parameter_of_the_example_moves_the_price(name: str) -> None:
    group = tariff(6)
    higher = replace(group, **{name: group.value(name) + Fraction(1, 100)})
    assert higher.own_price < group.own_price if name in SAVING else higher.own_price > group.own_price


@settings(max_examples=100)
@given(tariffs(), _amount(5000))
def test_the_price_at_the_break_even_occupancy_is_the_given_price(group: Tariff, price: Fraction) -> None:
    occupancy = group.break_even(price)
    if occupancy is None:
        assert 365 * price <= group.variable
    else:
        assert group.price(occupancy) == price


@settings(max_examples=100)
@given(tariffs(), _amount(3000), _share(99))
def test_the_three_forms_agree_at_the_occupancy_of_the_tariff_and_differ_in_risk_alone(
    group: Tariff, price: Fraction, share: Fraction
) -> None:
    norm = group.groepsgrootte * group.bezetting
    assert len({group.result(form, price, norm) for form in FORMS}) == 1
    assert {group.result(form, group.own_price, norm) for form in FORMS} == {0}
    used = group.groepsgrootte * share
    less = DAYS * price * (norm - used)
    assert group.result("lumpsum", price, used) - group.result("pxq", price, used) == less


@settings(max_examples=100)
@given(tariffs(), _share(99))
def test_each_form_just_does_at_the_price_that_it_needs(group: Tariff, share: Fraction) -> None:
    used = group.groepsgrootte * (share + Fraction(1, 100))
    for form in FORMS:
        norm = 1 if form == "pxq" else group.bezetting
        assert group.result(form, group.needed_price(form, used) / (DAYS * norm), used) == 0


@settings(max_examples=100)
@given(tariffs())
def test_steps_and_elements_add_up_to_the_price(group: Tariff) -> None:
    used = group.groepsgrootte * group.bezetting
    assert sum(group.steps.values()) == group.cost(used)
    assert Money.total(group.waterfall.values()) == group.asked
    assert Money.total(group.elements.values()) == group.asked
    assert tuple(group.elements) == ELEMENTS


@settings(max_examples=100)
@given(tariffs())
def test_a_step_of_the_waterfall_is_within_a_cent_of_its_exact_amount(group: Tariff) -> None:
    days = 365 * group.groepsgrootte * group.bezetting
    for step, exact in group.steps.items():
        assert abs(group.waterfall[step].euros - exact / days) <= Fraction(1, 100)


@settings(max_examples=100)
@given(tariffs())
def test_without_salaries_the_cost_is_the_same_and_no_salary_is_left(group: Tariff) -> None:
    closed = group.without_salaries()
    assert (closed.fixed, closed.variable, closed.own_price) == (group.fixed, group.variable, group.own_price)
    assert not set(closed.parameters) & set(STAFF_PARAMETERS)
    assert {getattr(closed, name) for name in STAFF_PARAMETERS} == {0}


@settings(max_examples=100)
@given(tariffs())
def test_an_empty_place_is_never_dearer_than_a_used_one(group: Tariff) -> None:
    assert group.leegstand_per_plaats <= group.exploitatie_per_plaats
    assert group.leegstand_per_plaats * group.groepsgrootte == group.fixed
