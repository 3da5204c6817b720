"""The questions that the model asks of a case: prices, start years, sources, goals."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from math import prod

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finance.calendar import YearSpan
from finance.case import Case, CostLine, build_case
from finance.case.words import GOALS
from finance.money import Money
from tests.casebook import Tables, raw_book, small_built_case, small_case

FIRST, LAST = 2022, 2024
"""The years of the small case; its prijspeil is the first."""

RATES = st.lists(st.decimals(min_value="-0.5", max_value=1, places=5), min_size=LAST - FIRST, max_size=LAST - FIRST)
AMOUNTS = st.decimals(min_value=0, max_value=10**9, places=2)


def built(tables: Tables) -> Case:
    """The case of some tables that have no findings."""
    return build_case(raw_book(tables))


def with_growth(rates: list[Decimal], prijspeil: int = FIRST) -> Case:
    """The small case with other rates for its index `ova`."""
    tables = small_case()
    tables["indexen"] = [row for row in tables["indexen"] if row["index"] != "ova"] + [
        {"index": "ova", "jaar": year, "percentage": rate, "herkomst": "B1"}
        for year, rate in enumerate(rates, start=FIRST + 1)
    ]
    tables["case"][7]["waarde"] = prijspeil
    return built(tables)


# --- growth of prices ------------------------------------------------------------------------


@settings(max_examples=40, deadline=None)
@given(RATES)
def test_the_factor_is_the_product_of_one_plus_each_rate(rates: list[Decimal]) -> None:
    case = with_growth(rates)
    for year in range(FIRST, LAST + 1):
        expected = prod((1 + Fraction(rate) for rate in rates[: year - FIRST]), start=Fraction(1))
        assert case.price_factor("ova", year) == expected


@settings(max_examples=40, deadline=None)
@given(RATES)
def test_each_year_grows_by_its_own_rate_over_the_year_before(rates: list[Decimal]) -> None:
    case = with_growth(rates)
    grown = case.price_factor("ova", LAST) - case.price_factor("ova", LAST - 1)
    assert grown == case.price_factor("ova", LAST - 1) * Fraction(rates[-1])


def test_the_order_in_which_years_are_asked_does_not_matter() -> None:
    forward, backward = small_built_case(), small_built_case()
    years = range(FIRST, LAST + 1)
    asked = [forward.price_factor("ova", year) for year in years]
    assert asked == [backward.price_factor("ova", year) for year in reversed(years)][::-1]


@pytest.mark.parametrize("year", [2000, FIRST - 1, FIRST])
def test_a_year_not_after_prijspeil_has_no_growth(year: int) -> None:
    assert small_built_case().price_factor("ova", year) == 1


def test_prijspeil_moves_where_growth_begins() -> None:
    """With prijspeil 2023 the rate of 2023 is in the price already; that of 2024 is not."""
    rates = [Decimal("0.0496"), Decimal("0.063")]
    case = with_growth(rates, prijspeil=2023)
    factors = [case.price_factor("ova", year) for year in (2022, 2023, 2024)]
    assert factors == [1, 1, Fraction("1.063")]


def test_without_an_index_a_price_stays() -> None:
    assert small_built_case().price_factor("", LAST) == 1


@pytest.mark.parametrize(("index", "year"), [("ova", LAST + 1), ("onbekend", FIRST + 1)])
def test_a_year_that_an_index_lacks_is_an_error(index: str, year: int) -> None:
    with pytest.raises(KeyError):
        small_built_case().price_factor(index, year)


@settings(max_examples=60, deadline=None)
@given(AMOUNTS, RATES)
def test_a_nominal_amount_agrees_with_decimal_arithmetic(amount: Decimal, rates: list[Decimal]) -> None:
    case = with_growth(rates)
    row = case.costs_of["M2"][1].model_copy(update={"bedrag": Money.from_euros(amount)})
    with localcontext() as context:
        context.prec = 80
        exact = amount * prod((1 + rate for rate in rates), start=Decimal(1))
        expected = exact.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    assert case.nominal(row, LAST) == Money.from_euros(expected)


@pytest.mark.parametrize(
    ("bedrag", "growth", "nominal"),
    [
        ("0.50", "0.01", "0.51"),
        ("0.49", "0.01", "0.49"),
        ("0.50", "0.0099", "0.50"),
        ("1.00", "0.005", "1.01"),
    ],
)
def test_half_a_cent_goes_up(bedrag: str, growth: str, nominal: str) -> None:
    case = with_growth([Decimal(growth), Decimal(0)])
    row = case.costs_of["M2"][1].model_copy(update={"bedrag": Money.from_euros(bedrag)})
    assert case.nominal(row, LAST) == Money.from_euros(nominal)


def test_the_price_of_a_place_is_not_rounded() -> None:
    """180,000.50 x 1.0496 x 1.063 has more than two decimals, and keeps them."""
    case = small_built_case()
    place = case.place["L1", "kleinschalig"]
    exact = Fraction("180000.50") * Fraction("1.0496") * Fraction("1.063")
    assert case.place_price(place, "exploitatie", LAST) == exact
    assert (exact * 100).denominator != 1


def test_an_empty_place_has_its_own_price() -> None:
    case = small_built_case()
    place = case.place["L1", "kleinschalig"]
    assert case.place_price(place, "leegstand", FIRST) == 90_000


# --- when a measure can start ----------------------------------------------------------------


def with_lags(cost: int, effect: int, vroegste: int = 2022, laatste: int = 2024) -> tuple[int, ...]:
    """The start years of M1 when its cost and its effect come so many years after its start."""
    tables = small_case()
    tables["maatregelen"][0] |= {"vroegste_start": vroegste, "laatste_start": laatste}
    tables["kosten"][0]["na_jaren"] = cost
    tables["effecten"][0]["na_jaren"] = effect
    case = built(tables)
    return case.start_years(case.measure["M1"])


@pytest.mark.parametrize(
    ("cost", "effect", "years"),
    [
        (0, 0, (2022, 2023, 2024)),
        (0, 1, (2022, 2023)),
        (1, 0, (2022, 2023)),
        (2, 1, (2022,)),
        (1, 2, (2022,)),
        (3, 0, ()),
        (0, 3, ()),
    ],
)
def test_a_start_whose_cost_or_effect_falls_after_the_last_year_is_out(
    cost: int, effect: int, years: tuple[int, ...]
) -> None:
    assert with_lags(cost, effect) == years


@pytest.mark.parametrize(
    ("vroegste", "laatste", "years"),
    [(2022, 2022, (2022,)), (2023, 2024, (2023, 2024)), (2024, 2024, (2024,))],
)
def test_a_measure_starts_in_its_own_window(vroegste: int, laatste: int, years: tuple[int, ...]) -> None:
    assert with_lags(0, 0, vroegste, laatste) == years


def test_delivery_looks_at_places_that_come_and_not_at_places_that_go() -> None:
    case = small_built_case()
    delivered = {name: case.delivery(case.measure[name], 2022) for name in case.measure}
    years = {"M1": 2022, "M2": 2023, "M3": 2022, "M4": 2023, "M5": 2022, "M6": 2022}
    assert delivered == {name: (year, 1) for name, year in years.items()}


def test_delivery_waits_for_the_last_places() -> None:
    tables = small_case()
    tables["effecten"] += [
        {"maatregel": "M6", "locatie": "L3", "zorgvorm": "ambulant", "plaatsen": change, "na_jaren": lag}
        for change, lag in ((1, 1), (-1, 2))
    ]
    case = built(tables)
    assert case.delivery(case.measure["M6"], 2022) == (2022 + 1, 1)


# --- sources ---------------------------------------------------------------------------------


def test_a_source_counts_in_the_years_that_it_shares_with_the_case() -> None:
    case = small_built_case()
    assert case.source_years(case.source["SPUK"]) == YearSpan(2022, 2024)
    assert case.source["SPUK"].besteedbaar_van == 2021


def test_only_a_yearly_source_has_years_of_funding() -> None:
    case = small_built_case()
    assert list(case.funding_years(case.source["LUMP"])) == [2022, 2023, 2024]
    assert list(case.funding_years(case.source["SPUK"])) == []
    assert list(case.funding_years(case.source["EIGEN"])) == []


@pytest.mark.parametrize(("gemeente", "received"), [(None, "Rotterdam"), ("Arnhem", "Arnhem")])
def test_a_grant_went_to_the_coordinating_municipality_unless_it_says_so(gemeente: str | None, received: str) -> None:
    tables = small_case()
    tables["dekking"][0]["gemeente"] = gemeente
    case = built(tables)
    assert case.grant_municipality(case.source["SPUK"]) == received


@pytest.mark.parametrize(
    ("line", "provider"),
    [
        (CostLine("M6", "", "", "opstart", 2022), "BAKEN"),
        (CostLine("M1", "", "", "afstoten", 2022), "DELINDE"),
        (CostLine("", "L3", "ambulant", "exploitatie", 2022), "BAKEN"),
        (CostLine("", "L1", "gesloten", "leegstand", 2022), "DELINDE"),
    ],
)
def test_a_cost_belongs_to_the_provider_of_its_measure_or_location(line: CostLine, provider: str) -> None:
    assert small_built_case().provider_of(line) == provider


def test_toegestaan_lists_the_kostensoorten_of_each_source_that_it_names() -> None:
    tables = small_case()
    tables["toegestaan"] = [
        {"bron": "LUMP", "kostensoort": "exploitatie"},
        {"bron": "LUMP", "kostensoort": "leegstand"},
    ]
    assert built(tables).permitted_sorts == {"LUMP": {"exploitatie", "leegstand"}}
    assert small_built_case().permitted_sorts == {}


# --- the rest --------------------------------------------------------------------------------


def test_without_doelen_every_goal_counts_in_the_usual_order() -> None:
    assert [goal.doel for goal in small_built_case().goals] == list(GOALS)


def test_doelen_gives_its_own_order_by_volgorde() -> None:
    tables = small_case()
    tables["doelen"] = [
        {"doel": "waardering", "volgorde": 30, "speling": None},
        {"doel": "ongedekt", "volgorde": 7, "speling": Decimal("0.1")},
    ]
    goals = built(tables).goals
    assert [(goal.doel, goal.speling) for goal in goals] == [
        ("ongedekt", Decimal("0.1")),
        ("waardering", Decimal(0)),
    ]


def test_rows_are_found_by_what_they_belong_to() -> None:
    case = small_built_case()
    assert [row.maatregel for row in case.projects["BRINK"]] == ["M3", "M4"]
    assert [row.maatregel for row in case.effects_at["L2", "gesloten"]] == ["M3", "M4"]
    assert [row.plaatsen for row in case.effects_of["M2"]] == [-10, 4]
    assert [row.kostensoort for row in case.costs_of["M6"]] == ["opstart", "frictie_opleiding"]
    assert [row.niveau for row in case.funding_of["LUMP", 2023]] == [37]
    assert case.demand_in["ambulant", 2024].jeugdigen == 14
    assert list(case.scenarios) == ["bouwkosten +10%", "lagere lumpsum"]
    assert len(case.scenarios["bouwkosten +10%"]) == 2


def test_a_year_is_budgeted_realised_or_forecast() -> None:
    tables = small_case()
    assert [build_case(raw_book(tables)).label_of(year) for year in (2022, 2024)] == ["begroting"] * 2
    tables["case"].append({"sleutel": "afgesloten_tot", "waarde": 2022})
    closed = build_case(raw_book(tables))
    assert [closed.label_of(year) for year in closed.years] == ["realisatie", "prognose", "prognose"]
