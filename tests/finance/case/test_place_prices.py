"""Prices of places that come from a tariff: which tariff, what they come to, and what is refused."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

import pytest

from finance.case import Case, build_case, read_case
from finance.case.words import OPERATION, VACANCY
from finance.money import Money
from finance.scenarios import scenario_book
from tests.casebook import Record, Tables, raw_book, small_case
from tests.finance.books.tariff.example import index_rows, rows, tariff
from tests.spoiling import told

Cells = Mapping[str, object]
CLOSED, SMALL = 0, 1
"""Rows of `plaatsen`: L1 gesloten (groups of 8) and L1 kleinschalig (groups of 4), both with index ova."""
NOTHING: Cells = {"exploitatie_per_plaats": None, "leegstand_per_plaats": None}


def tables(row: int, cells: Cells, *groups: list[Record], **forms: object) -> Tables:
    """The small case with a changed row of `plaatsen`, some tariffs, and a group size per zorgvorm."""
    made = small_case() | {"tarief": [parameter for group in groups for parameter in group]}
    made["plaatsen"][row] |= {"tarief": None, **cells}
    for place in made["plaatsen"]:
        place.setdefault("tarief", None)
    for form in made["zorgvormen"]:
        form["groepsgrootte"] = forms.get(str(form["zorgvorm"]), form["groepsgrootte"])
    return made


def case(row: int, cells: Cells, *groups: list[Record], **forms: object) -> Case:
    return build_case(raw_book(tables(row, cells, *groups, **forms)))


def found(made: Tables) -> list[tuple[str, str, str]]:
    return [(cell, wat, doen) for cell, wat, doen in told(read_case(raw_book(made))[1])]


def prices(made: Case, row: int, year: int) -> tuple[Fraction, Fraction]:
    place = made.places[row]
    return made.place_price(place, OPERATION, year), made.place_price(place, VACANCY, year)


def test_an_empty_price_is_that_of_the_tariff_by_hand() -> None:
    plain = {
        "overhead": "0.5",
        "index": "0.1",
        "risico": "0",
        "huisvesting": "0",
        "teamleiding": "0",
        "behandeling_per_plaats": "1000",
        "overig_per_plaats": "200",
    }
    unstaffed = dict.fromkeys(("dienst_ochtend", "dienst_middag", "dienst_nacht"), "0")
    made = case(CLOSED, NOTHING, rows(8, form="gesloten", jaar=2022, **plain, **unstaffed))
    # F = 8 x 1,000 x 1.5 x 1.1 = 13,200, a place 1,650; V = 200 x 1.5 x 1.1 = 330.
    assert prices(made, CLOSED, 2022) == (1_980, 1_650)
    # ova grows by 4.96% in 2023; nothing is rounded.
    assert prices(made, CLOSED, 2023) == (Fraction("2078.208"), Fraction("1731.84"))


def test_the_tariff_of_a_year_is_in_money_of_that_year() -> None:
    groups = [rows(4, jaar=year, index=index) for year, index in ((2022, "0"), (2024, "0.2"))]
    made = case(SMALL, NOTHING, *groups)
    first, last = tariff(4, index="0"), tariff(4, index="0.2")
    assert prices(made, SMALL, 2022) == (first.exploitatie_per_plaats, first.leegstand_per_plaats)
    assert prices(made, SMALL, 2023)[1] == first.leegstand_per_plaats * Fraction("1.0496")
    assert prices(made, SMALL, 2024) == (last.exploitatie_per_plaats, last.leegstand_per_plaats)


def test_without_an_index_the_tariff_of_prijspeil_does_not_grow() -> None:
    made = case(SMALL, {**NOTHING, "index": None}, rows(4, jaar=2022))
    assert prices(made, SMALL, 2024) == prices(made, SMALL, 2022)


def test_the_price_without_growth_is_that_of_prijspeil_or_else_of_the_first_year() -> None:
    years = [rows(4, jaar=year, index=index) for year, index in ((2022, "0.1"), (2023, "0.2"), (2024, "0.3"))]
    made = tables(SMALL, NOTHING, *years)
    level = next(row for row in made["case"] if row["sleutel"] == "prijspeil")
    for year, index in ((2023, "0.2"), (2024, "0.3"), (2020, "0.1")):
        level["waarde"] = year
        made["indexen"] = [
            {"index": name, "jaar": at, "percentage": Decimal("0.02"), "herkomst": "A1"}
            for name in ("ova", "bouw")
            for at in range(2021, 2025)
        ]
        built = build_case(raw_book(made))
        wanted = tariff(4, index=index)
        assert built.base_price(built.places[SMALL], VACANCY) == wanted.leegstand_per_plaats
        assert built.base_price(built.places[SMALL], OPERATION) == wanted.exploitatie_per_plaats


@pytest.mark.parametrize("year", [2023, 2024])
def test_a_tariff_of_one_other_year_serves_every_year_forth_and_back_by_its_index(year: int) -> None:
    made = case(SMALL, NOTHING, rows(4, jaar=year))
    growth = {2022: Fraction(1), 2023: Fraction("1.0496"), 2024: Fraction("1.0496") * Fraction("1.063")}
    cost = tariff(4)
    for other, grown in growth.items():
        factor = grown / growth[year]
        assert prices(made, SMALL, other) == (cost.exploitatie_per_plaats * factor, cost.leegstand_per_plaats * factor)
    assert made.base_price(made.places[SMALL], VACANCY) == cost.leegstand_per_plaats / growth[year]


def test_a_tariff_of_after_the_case_asks_for_the_index_to_its_year() -> None:
    assert [cell for cell, *_ in found(tables(SMALL, NOTHING, rows(4, jaar=2025)))] == ["indexen"]


def test_a_tariff_of_before_prijspeil_serves_no_later_year() -> None:
    """How prices grew before prijspeil, the case does not say."""
    assert [cell for cell, *_ in found(tables(SMALL, NOTHING, rows(4, jaar=2021)))] == ["plaatsen!D3"]


def test_a_price_that_is_given_stays_beside_one_from_the_tariff() -> None:
    made = case(SMALL, {"exploitatie_per_plaats": 500_000, "leegstand_per_plaats": None}, rows(4, jaar=2022))
    assert prices(made, SMALL, 2022) == (500_000, tariff(4).leegstand_per_plaats)
    assert prices(made, SMALL, 2023)[0] == 500_000 * Fraction("1.0496")


def test_the_group_size_of_the_zorgvorm_chooses() -> None:
    made = case(SMALL, NOTHING, *(rows(size, jaar=2022) for size in (4, 6, 8)), kleinschalig=6)
    assert prices(made, SMALL, 2022)[1] == tariff(6).leegstand_per_plaats


def test_the_tariff_that_is_named_chooses() -> None:
    named = {**NOTHING, "tarief": "groot"}
    made = case(SMALL, named, rows(4, jaar=2022), rows(6, "groot", jaar=2022))
    assert prices(made, SMALL, 2022)[1] == tariff(6).leegstand_per_plaats


def test_a_scenario_on_a_parameter_reaches_the_price() -> None:
    made = tables(SMALL, NOTHING, rows(4, jaar=2022))
    made["scenarios"] = [
        {
            "scenario": "duurder",
            "omschrijving": None,
            "doelblad": "tarief",
            "kolom": "waarde",
            "filter": "parameter=bruto_maandloon",
            "bewerking": "maal",
            "waarde": Decimal("1.1"),
        }
    ]
    book = raw_book(made)
    changed = build_case(scenario_book(book, build_case(book), "duurder"))
    assert prices(changed, SMALL, 2022)[1] == tariff(4, bruto_maandloon="4345").leegstand_per_plaats


T4, T6 = rows(4, jaar=2022), rows(6, jaar=2022)
DEAR = {"leegstand_per_plaats": 400_000, "exploitatie_per_plaats": None}


@pytest.mark.parametrize(
    ("cells", "groups", "size", "wanted"),
    [
        (
            {**NOTHING, "tarief": "T44"},
            [T4],
            4,
            ("plaatsen!H3", "Het blad tarief heeft geen tarief 'T44' voor zorgvorm kleinschalig.", "Bedoelt u 'T4'?"),
        ),
        (
            NOTHING,
            [T6],
            4,
            (
                "plaatsen!D3",
                "De groepen van zorgvorm kleinschalig zijn 4 groot, maar een tarief is er alleen voor groepen van 6.",
                "Geef een tarief voor die groepsgrootte, of noem in de kolom tarief het tarief dat hier geldt.",
            ),
        ),
        (
            NOTHING,
            [T4, T6],
            None,
            (
                "plaatsen!D3",
                "Zorgvorm kleinschalig heeft in 2022 meer dan één tarief: T4 (groep van 4) en T6 (groep van 6).",
                "Zet bij kleinschalig in het blad zorgvormen de groepsgrootte die geldt, of noem in de kolom"
                " tarief van het blad plaatsen welk tarief hier geldt.",
            ),
        ),
        (
            NOTHING,
            [T4, rows(4, "T4b", jaar=2022)],
            4,
            (
                "plaatsen!D3",
                "Zorgvorm kleinschalig heeft in 2022 meer dan één tarief: T4 (groep van 4) en T4b (groep van 4).",
                "Noem in de kolom tarief van het blad plaatsen welk tarief hier geldt.",
            ),
        ),
        (
            NOTHING,
            [rows(4, "T", jaar=2022), rows(6, "T", jaar=2022)],
            None,
            (
                "plaatsen!D3",
                "Zorgvorm kleinschalig heeft in 2022 meer dan één tarief: T (groep van 4) en T (groep van 6).",
                "Zet bij kleinschalig in het blad zorgvormen de groepsgrootte die geldt.",
            ),
        ),
        (
            NOTHING,
            [rows(4, jaar=2023), rows(4, jaar=2024)],
            4,
            (
                "plaatsen!D3",
                "Zorgvorm kleinschalig heeft geen tarief voor 2022, en geen van het prijspeil (2022) of van één later"
                " jaar dat kan meegroeien.",
                "Geef een tarief voor 2022, of voor elk jaar van de casus, of vul de prijs in.",
            ),
        ),
        (
            {"tarief": "T4"},
            [T4],
            4,
            (
                "plaatsen!H3",
                "Hier staat tarief 'T4', maar beide prijzen zijn ingevuld: het telt niet mee.",
                "Maak de prijs leeg die uit het tarief moet komen, of maak deze cel leeg.",
            ),
        ),
        (
            DEAR,
            [T4, rows(4, jaar=2023, risico="1")],
            4,
            (
                "plaatsen!D3",
                "In 2022 is een lege plaats (EUR 400.000,00) duurder dan een bezette (EUR 271.635,70);"
                " exploitatie_per_plaats komt uit het tarief. Ook in 2024.",
                "Laat beide prijzen uit het tarief komen, of vul ze allebei in.",
            ),
        ),
    ],
)
def test_a_price_that_no_tariff_gives_is_a_finding(
    cells: Cells, groups: list[list[Record]], size: int | None, wanted: tuple[str, str, str]
) -> None:
    assert found(tables(SMALL, cells, *groups, kleinschalig=size)) == [wanted]


def test_an_index_that_cannot_be_read_is_the_only_finding() -> None:
    made = tables(SMALL, DEAR, [row for row in T4 if row["parameter"] != "index"])
    made["tariefindex"] = [index_rows()[0] | {"jaar": "vorig jaar"}]
    assert [cell for cell, _, _ in found(made)] == ["tariefindex!A2"]


def test_a_tariff_that_cannot_be_computed_is_the_only_finding() -> None:
    made = tables(SMALL, DEAR, [row for row in T4 if row["parameter"] != "index"])
    assert [wat for _, wat, _ in found(made)] == ["Tarief T4 (groep van 4, 2022) mist index."]


# --- the housing part of the price of an empty place ------------------------------------------


def test_the_payable_price_of_an_empty_place_is_its_housing_where_that_is_given() -> None:
    whole = case(CLOSED, {})
    assert whole.payable_vacancy(whole.places[CLOSED], 2023) == whole.place_price(whole.places[CLOSED], VACANCY, 2023)
    part = case(CLOSED, {"huisvesting_per_plaats": Decimal("16001.50")})
    growth = part.price_factor("ova", 2023)
    assert growth > 1
    assert part.payable_vacancy(part.places[CLOSED], 2023) == Fraction("16001.50") * growth
    nothing = case(CLOSED, {"huisvesting_per_plaats": 0})
    assert nothing.payable_vacancy(nothing.places[CLOSED], 2022) == 0


@pytest.mark.parametrize(("housing", "refused"), [("59999.99", False), ("60000", False), ("60000.01", True)])
def test_housing_is_no_more_than_all_that_an_empty_place_costs(housing: str, refused: bool) -> None:
    wanted = (
        "plaatsen!I2",
        "De huisvesting van een lege plaats (EUR 60.000,01) is meer dan alles wat een lege plaats kost"
        " (EUR 60.000,00).",
        "Verlaag huisvesting_per_plaats; het is een deel van leegstand_per_plaats.",
    )
    assert found(tables(CLOSED, {"huisvesting_per_plaats": Decimal(housing)})) == [wanted] * refused


@pytest.mark.parametrize(("more", "refused"), [(0, False), (Decimal("0.01"), True)])
def test_housing_is_no_more_than_the_empty_place_of_the_tariff(more: Decimal, refused: bool) -> None:
    """The row has no index, so that only the first year, of the tariff itself, need be looked at."""
    group = rows(4, jaar=2022)
    empty = Money.rounded(tariff(4).leegstand_per_plaats)
    below = empty if empty.euros <= tariff(4).leegstand_per_plaats else empty - Money(1)
    housing = Decimal(below.cents) / 100 + more
    cells = NOTHING | {"huisvesting_per_plaats": housing, "index": None}
    messages = [wat for _, wat, _ in found(tables(SMALL, cells, group)) if "huisvesting" in wat]
    assert bool(messages) is refused
    assert all("in 2022" in wat for wat in messages)


@pytest.mark.parametrize(
    ("housing", "cost", "part"),
    [
        (None, "60000.01", "60000.01"),
        ("16001.50", "60000.00", "16001.50"),
        ("16001.50", "90000.00", "24002.25"),
        ("16001.50", "60000.01", "16001.50"),
        ("16001.50", "59999.99", "16001.49"),
        ("0", "60000.00", "0.00"),
        ("60000", "60000.01", "60000.01"),
    ],
)
def test_the_housing_in_what_empty_places_cost(housing: str | None, cost: str, part: str) -> None:
    """Of 60,000 for an empty place 16,001.50 is housing: that share of any cost, rounded down to the cent."""
    one = case(CLOSED, {"huisvesting_per_plaats": None if housing is None else Decimal(housing)})
    assert str(one.housing_of_vacancy(one.places[CLOSED], 2022, Money.from_euros(Decimal(cost)))) == part
