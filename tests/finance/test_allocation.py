"""What follows from an allocation, on one case that was solved by hand.

L1 closes five of its ten closed places and opens four small-scale ones, a year after the start of
M1 in 2022; L2 has four small-scale places of another provider. Prices of L1 gesloten and of M1 grow
by 10% a year from 2022. Every expected number below was worked out on paper.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finance.allocation import UNITS, Allocation, Outcome, YearBalance
from finance.case import Case, CostLine, build_case
from finance.case.words import CHANGES, GOALS
from finance.money import ZERO, Money
from tests.casebook import Record, Tables, raw_book

GESLOTEN, KLEIN, BUREN = ("L1", "gesloten"), ("L1", "klein"), ("L2", "klein")
YEARS = (2022, 2023, 2024)


def records(columns: str, *rows: Sequence[object]) -> list[Record]:
    """Rows of a sheet under these column names."""
    return [dict(zip(columns.split(), row, strict=True)) for row in rows]


def tables() -> Tables:
    """The case, with 10% growth, a discount of 2% and a source of every sort."""
    return {
        "case": records(
            "sleutel waarde",
            ("naam", "Met de hand"), ("landsdeel", "Zuidwest"), ("coordinerende_gemeente", "Rotterdam"),
            ("regelingen", "vastgoedtransitie-2020"), ("peildatum", date(2023, 12, 31)),
            ("eerste_jaar", 2022), ("laatste_jaar", 2024), ("prijspeil", 2022),
            ("discontovoet", Decimal("0.02")),
        ),
        "herkomst": records("code soort document vindplaats", ("B", "bron", "Proef", "blz. 1")),
        "aanbieders": records(
            "aanbieder naam gemeente herkomst", ("A", "A", "Delft", "B"), ("Z", "Z", "Delft", "B")
        ),
        "locaties": records(
            "locatie aanbieder naam gemeente herkomst",
            ("L1", "A", "L1", "Delft", "B"), ("L2", "Z", "L2", "Delft", "B"),
        ),
        "zorgvormen": records(
            "zorgvorm naam gesloten bezetting_max aanloop_jaar1 herkomst",
            ("gesloten", "Gesloten", "ja", Decimal("0.9"), None, "B"),
            ("klein", "Klein", "nee", None, Decimal("0.5"), "B"),
        ),
        "plaatsen": records(
            "locatie zorgvorm plaatsen exploitatie_per_plaats leegstand_per_plaats index herkomst",
            ("L1", "gesloten", 10, 100_000, 40_000, "i", "B"),
            ("L1", "klein", 0, 120_000, 50_000, None, "B"),
            ("L2", "klein", 4, Decimal("110000.50"), 45_000, None, "B"),
        ),
        "vraag": records(
            "zorgvorm jaar jeugdigen plafond herkomst",
            ("gesloten", 2022, 9, 10, "B"), ("gesloten", 2023, 5, 8, "B"), ("gesloten", 2024, 5, 4, "B"),
            ("klein", 2022, 4, None, "B"), ("klein", 2023, 6, None, "B"), ("klein", 2024, 7, 7, "B"),
        ),
        "uitwijk": records("zorgvorm alternatief", ("gesloten", "klein")),
        "maatregelen": records(
            "maatregel project aanbieder soort omschrijving vroegste_start laatste_start"
            " door_transitie jeugdhulpplus waardering herkomst",
            ("M1", "P1", "A", "verbouwen", "Ombouw", 2022, 2023, "ja", "ja", 3, "B"),
            ("M2", "P2", "A", "alternatief", "Team", 2022, 2024, "ja", "ja", Decimal("1.5"), "B"),
            ("M3", "P3", "A", "overig", "Niet gekozen", 2022, 2024, "ja", "ja", 100, "B"),
        ),
        "effecten": records(
            "maatregel locatie zorgvorm plaatsen na_jaren",
            ("M1", "L1", "gesloten", -5, 1), ("M1", "L1", "klein", 4, 1), ("M3", "L2", "klein", 9, 0),
        ),
        "kosten": records(
            "maatregel kostensoort na_jaren bedrag index",
            ("M1", "verbouwen", 0, 200_000, "i"), ("M1", "verbouwen", 0, Decimal("100.01"), "i"),
            ("M1", "projectleiding", 1, Decimal("1000.05"), "i"), ("M1", "overig", 1, 0, None),
            ("M2", "opstart", 0, 300, None), ("M3", "overig", 0, 999_999, None),
        ),
        "indexen": records(
            "index jaar percentage herkomst",
            ("i", 2023, Decimal("0.1"), "B"), ("i", 2024, Decimal("0.1"), "B"),
        ),
        "dekking": records(
            "bron soort regeling aanbieder bedrag besteedbaar_van besteedbaar_tot overdraagbaar herkomst",
            ("SPUK", "spuk", "vastgoedtransitie-2020", None, 500_000, 2022, 2024, None, "B"),
            ("LUMP", "lumpsum", None, None, None, 2022, 2024, "ja", "B"),
            ("PXQ", "pxq", None, "Z", None, 2022, 2023, "nee", "B"),
            ("BESCH", "beschikbaarheid", None, "A", None, 2021, 2023, "ja", "B"),
            ("EIGEN", "eigen", None, None, 10_000, 2022, 2024, None, "B"),
            ("STAD", "gemeente", None, None, 5_000, 2022, 2024, None, "B"),
        ),
        "financiering": records(
            "bron jaar zorgvorm niveau prijs bandbreedte herkomst",
            *(("LUMP", year, None, 10, 50_000, 1, "B") for year in YEARS),
            *(("PXQ", year, "klein", 3, 100_000, None, "B") for year in (2022, 2023)),
            *(("BESCH", year, None, Decimal("9.5"), Decimal("1000.55"), None, "B") for year in (2022, 2023)),
        ),
    }  # fmt: skip


def hand_case(changed: Tables | None = None) -> Case:
    """Build the case, with some sheets replaced."""
    return build_case(raw_book({**tables(), **(changed or {})}))


def euros(text: str) -> Money:
    """An amount."""
    return Money.from_euros(text)


def of_measure(name: str, sort: str, year: int) -> CostLine:
    """A line of a measure."""
    return CostLine(name, "", "", sort, year)


def of_places(key: tuple[str, str], sort: str, year: int) -> CostLine:
    """A line of a location and zorgvorm."""
    return CostLine("", *key, sort, year)


USED = {
    (GESLOTEN, 2022): Decimal(9),
    (GESLOTEN, 2023): Decimal("4.5"),
    (GESLOTEN, 2024): Decimal("4.5"),
    (KLEIN, 2023): Decimal(2),
    (KLEIN, 2024): Decimal("2.5"),
    (BUREN, 2022): Decimal(4),
    (BUREN, 2023): Decimal("2.5"),
    (BUREN, 2024): Decimal(4),
}
SERVED = {
    ("gesloten", "gesloten", 2022): Decimal(9),
    ("gesloten", "gesloten", 2023): Decimal("4.5"),
    ("gesloten", "gesloten", 2024): Decimal("4.5"),
    ("gesloten", "klein", 2023): Decimal("0.25"),
    ("klein", "klein", 2022): Decimal(4),
    ("klein", "klein", 2023): Decimal("4.25"),
    ("klein", "klein", 2024): Decimal("6.5"),
}
PAID = {
    ("SPUK", of_measure("M1", "verbouwen", 2022)): "200100.01",
    ("SPUK", of_measure("M1", "projectleiding", 2023)): "1000",
    ("EIGEN", of_measure("M1", "projectleiding", 2023)): "100",
    ("STAD", of_measure("M2", "opstart", 2023)): "300",
    ("LUMP", of_places(GESLOTEN, "exploitatie", 2022)): "400000",
    ("LUMP", of_places(GESLOTEN, "exploitatie", 2023)): "495000",
    ("LUMP", of_places(GESLOTEN, "leegstand", 2023)): "22000",
    ("LUMP", of_places(GESLOTEN, "exploitatie", 2024)): "544500",
    ("PXQ", of_places(BUREN, "exploitatie", 2022)): "250000",
    ("PXQ", of_places(BUREN, "exploitatie", 2023)): "250000",
    ("BESCH", of_places(GESLOTEN, "leegstand", 2022)): "9000",
    ("BESCH", of_places(KLEIN, "leegstand", 2023)): "9510.18",
}
ALLOCATION = Allocation(
    starts={"M1": 2022, "M2": 2023},
    used=USED,
    served=SERVED,
    payments={(line, source): euros(amount) for (source, line), amount in PAID.items()},
)


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    """What follows from the allocation that was made by hand."""
    return Outcome(hand_case(), ALLOCATION)


# --- places (C3 to C7) -----------------------------------------------------------------------


def test_c3_an_effect_counts_from_the_year_in_which_it_takes_effect(outcome: Outcome) -> None:
    assert [outcome.places[GESLOTEN, year] for year in YEARS] == [10, 5, 5]
    assert [outcome.places[KLEIN, year] for year in YEARS] == [0, 4, 4]


def test_c3_a_measure_that_is_not_chosen_changes_nothing(outcome: Outcome) -> None:
    assert [outcome.places[BUREN, year] for year in YEARS] == [4, 4, 4]


def test_c4_what_is_not_used_is_empty(outcome: Outcome) -> None:
    assert [outcome.empty[GESLOTEN, year] for year in YEARS] == [1, Fraction(1, 2), Fraction(1, 2)]
    assert [outcome.empty[KLEIN, year] for year in YEARS] == [0, 2, Fraction(3, 2)]
    assert [outcome.empty[BUREN, year] for year in YEARS] == [0, Fraction(3, 2), 0]


def test_c4_use_that_is_left_out_is_no_use(outcome: Outcome) -> None:
    assert (KLEIN, 2022) not in USED
    assert outcome.used[KLEIN, 2022] == 0


def test_c5_largest_use_follows_the_share_and_the_first_year(outcome: Outcome) -> None:
    assert [outcome.largest_use(GESLOTEN, year) for year in YEARS] == [9, Fraction(9, 2), Fraction(9, 2)]
    assert [outcome.largest_use(KLEIN, year) for year in YEARS] == [0, 2, 4]
    assert [outcome.largest_use(BUREN, year) for year in YEARS] == [4, 4, 4]


def test_c5_only_places_that_come_are_new_and_only_in_their_first_year(outcome: Outcome) -> None:
    assert [outcome.new_places(KLEIN, year) for year in YEARS] == [0, 4, 0]
    assert [outcome.new_places(GESLOTEN, year) for year in YEARS] == [0, 0, 0]


@pytest.mark.parametrize(
    ("most", "first_year", "use"),
    [
        ("1", "0.5", "10"),
        ("0.9", "1", "10.8"),
        ("0.9", "0.9", "10.8"),
        ("0.9", "0.5", "9.2"),
        ("0.5", "0", "4"),
    ],
)
def test_c5_eight_old_and_four_new_places(most: str, first_year: str, use: str) -> None:
    """Formula: b x 12 - (b - min(b, a)) x 4."""
    changed = tables()
    changed["zorgvormen"][1] |= {"bezetting_max": Decimal(most), "aanloop_jaar1": Decimal(first_year)}
    changed["plaatsen"][1]["plaatsen"] = 8
    outcome = Outcome(hand_case(changed), ALLOCATION)
    assert outcome.largest_use(KLEIN, 2023) == Fraction(use)


def test_c6_who_is_not_served_is_short(outcome: Outcome) -> None:
    assert outcome.short == {
        ("gesloten", 2022): 0,
        ("gesloten", 2023): Fraction(1, 4),
        ("gesloten", 2024): Fraction(1, 2),
        ("klein", 2022): 0,
        ("klein", 2023): Fraction(7, 4),
        ("klein", 2024): Fraction(1, 2),
    }


def test_c7_only_places_above_a_ceiling_that_is_given_count(outcome: Outcome) -> None:
    """Ten places under a ceiling of 10, five under 8, five over 4; eight over 7."""
    assert outcome.over == {
        ("gesloten", 2022): 0,
        ("gesloten", 2023): 0,
        ("gesloten", 2024): 1,
        ("klein", 2024): 1,
    }


# --- costs and cover (C8) --------------------------------------------------------------------

COSTS = {
    of_measure("M1", "verbouwen", 2022): "200100.01",
    of_measure("M1", "projectleiding", 2023): "1100.06",
    of_measure("M2", "opstart", 2023): "300",
    of_places(GESLOTEN, "exploitatie", 2022): "900000",
    of_places(GESLOTEN, "exploitatie", 2023): "495000",
    of_places(GESLOTEN, "exploitatie", 2024): "544500",
    of_places(GESLOTEN, "leegstand", 2022): "40000",
    of_places(GESLOTEN, "leegstand", 2023): "22000",
    of_places(GESLOTEN, "leegstand", 2024): "24200",
    of_places(KLEIN, "exploitatie", 2023): "240000",
    of_places(KLEIN, "exploitatie", 2024): "300000",
    of_places(KLEIN, "leegstand", 2023): "100000",
    of_places(KLEIN, "leegstand", 2024): "75000",
    of_places(BUREN, "exploitatie", 2022): "440002",
    of_places(BUREN, "exploitatie", 2023): "275001.25",
    of_places(BUREN, "exploitatie", 2024): "440002",
    of_places(BUREN, "leegstand", 2023): "67500",
}
GAPS = {
    of_measure("M1", "projectleiding", 2023): "0.06",
    of_places(GESLOTEN, "exploitatie", 2022): "500000",
    of_places(GESLOTEN, "leegstand", 2022): "31000",
    of_places(GESLOTEN, "leegstand", 2024): "24200",
    of_places(KLEIN, "exploitatie", 2023): "240000",
    of_places(KLEIN, "exploitatie", 2024): "300000",
    of_places(KLEIN, "leegstand", 2023): "90489.82",
    of_places(KLEIN, "leegstand", 2024): "75000",
    of_places(BUREN, "exploitatie", 2022): "190002",
    of_places(BUREN, "exploitatie", 2023): "25001.25",
    of_places(BUREN, "exploitatie", 2024): "440002",
    of_places(BUREN, "leegstand", 2023): "67500",
}


def test_c8_every_cost_line_that_is_not_zero(outcome: Outcome) -> None:
    """The 1,000.05 of 2023 grows to 1,100.055, and half a cent goes up."""
    assert outcome.costs == {line: euros(amount) for line, amount in COSTS.items()}


def test_c8_lines_come_in_a_fixed_order(outcome: Outcome) -> None:
    assert list(outcome.costs) == sorted(COSTS)
    assert list(outcome.gaps) == sorted(GAPS)


def test_c8_what_no_source_pays_is_a_gap(outcome: Outcome) -> None:
    assert outcome.gaps == {line: euros(amount) for line, amount in GAPS.items()}
    assert not outcome.closed


def test_c8_two_sources_can_pay_one_line(outcome: Outcome) -> None:
    assert outcome.paid[of_measure("M1", "projectleiding", 2023)] == euros("1100.00")


def test_c8_a_plan_that_is_covered_is_closed(outcome: Outcome) -> None:
    covered = {(line, "STAD"): amount for line, amount in outcome.costs.items()}
    assert Outcome(outcome.case, replace(ALLOCATION, payments=covered)).closed


def test_c8_rows_of_one_line_are_rounded_before_they_add_up() -> None:
    """Twice 100.05 x 1.1 = 110.055 is twice 110.06; in one go it would be 220.11."""
    changed = tables()
    for row in changed["kosten"][:2]:
        row["bedrag"] = Decimal("100.05")
    outcome = Outcome(hand_case(changed), replace(ALLOCATION, starts={"M1": 2023}))
    assert outcome.costs[of_measure("M1", "verbouwen", 2023)] == euros("220.12")


@pytest.mark.parametrize(
    ("used", "cost"),
    [("0.000001", "0.11"), ("1.333333", "146667.30"), ("3.999999", "440001.89")],
)
def test_c8_a_place_line_is_rounded_once_from_the_exact_price(used: str, cost: str) -> None:
    places = {(BUREN, 2022): Decimal(used)}
    outcome = Outcome(hand_case(), replace(ALLOCATION, used=places))
    assert outcome.costs[of_places(BUREN, "exploitatie", 2022)] == euros(cost)


def test_a_start_after_prijspeil_costs_the_price_of_its_year() -> None:
    """Started in 2023: 200,000 x 1.1 and 100.01 x 1.1; the second year's 1,000.05 x 1.21."""
    outcome = Outcome(hand_case(), replace(ALLOCATION, starts={"M1": 2023}))
    assert outcome.costs[of_measure("M1", "verbouwen", 2023)] == euros("220110.01")
    assert outcome.costs[of_measure("M1", "projectleiding", 2024)] == euros("1210.06")


# --- the money of each source (C9, C10) ------------------------------------------------------


def balance(bron: str, jaar: int | None, *amounts: str) -> YearBalance:
    """A row of the balances: own revenue, carried in, paid, left."""
    return YearBalance(bron, jaar, *(euros(amount) for amount in amounts))


BALANCES = (
    balance("SPUK", None, "500000", "0", "201100.01", "298899.99"),
    balance("LUMP", 2022, "500000", "0", "400000", "100000"),
    balance("LUMP", 2023, "500000", "100000", "517000", "83000"),
    balance("LUMP", 2024, "500000", "83000", "544500", "38500"),
    balance("PXQ", 2022, "300000", "0", "250000", "50000"),
    balance("PXQ", 2023, "250000", "0", "250000", "0"),
    balance("BESCH", 2022, "9505.23", "0", "9000", "505.23"),
    balance("BESCH", 2023, "9004.95", "505.23", "9510.18", "0"),
    balance("EIGEN", None, "10000", "0", "100", "9900"),
    balance("STAD", None, "5000", "0", "300", "4700"),
)
"""PxQ: four used places of which three are paid, then two and a half. Availability: ten places at
1,000.55 but at most 9.5, which is 9,505.225; then nine."""


def test_c9_and_c10_every_source_and_year(outcome: Outcome) -> None:
    assert outcome.balances == BALANCES


def test_what_is_available_is_own_revenue_and_what_was_carried_in() -> None:
    assert BALANCES[2].beschikbaar == euros("600000")
    assert BALANCES[0].beschikbaar == euros("500000")


def test_payments_add_up_by_source_and_by_year(outcome: Outcome) -> None:
    assert outcome.paid_by_year["LUMP", 2023] == euros("517000")
    assert outcome.paid_by_source["LUMP"] == euros("1461500")
    assert outcome.paid_by_source["SPUK"] == euros("201100.01")
    assert Money.total(outcome.paid_by_source.values()) == Money.total(ALLOCATION.payments.values())


@pytest.mark.parametrize(
    ("source", "yearly"), [("LUMP", True), ("PXQ", True), ("SPUK", False), ("STAD", False)]
)
def test_a_yearly_source_has_money_per_year(outcome: Outcome, source: str, yearly: bool) -> None:
    assert outcome.yearly(source) is yearly


PER_YEAR = st.lists(st.integers(min_value=0, max_value=60_000_000), min_size=3, max_size=3)


def lump_balances(payments: list[int], overdraagbaar: str) -> list[YearBalance]:
    """The balances of the lump sum for payments in cents in each year."""
    changed = tables()
    changed["dekking"][1]["overdraagbaar"] = overdraagbaar
    lines = [of_places(GESLOTEN, "exploitatie", year) for year in YEARS]
    paid = {(line, "LUMP"): Money(cents) for line, cents in zip(lines, payments, strict=True) if cents}
    outcome = Outcome(hand_case(changed), replace(ALLOCATION, payments=paid))
    return [row for row in outcome.balances if row.bron == "LUMP"]


@settings(max_examples=30, deadline=None)
@given(PER_YEAR)
def test_c10_money_that_moves_is_never_lost(payments: list[int]) -> None:
    """What is left after a year is all revenue so far less all payments so far."""
    rows = lump_balances(payments, "ja")
    for count, row in enumerate(rows, start=1):
        assert row.over.cents == 50_000_000 * count - sum(payments[:count])
    assert [row.ingebracht for row in rows] == [ZERO, rows[0].over, rows[1].over]


@settings(max_examples=30, deadline=None)
@given(PER_YEAR)
def test_c10_money_that_does_not_move_lapses_each_year(payments: list[int]) -> None:
    rows = lump_balances(payments, "nee")
    assert [row.over.cents for row in rows] == [50_000_000 - cents for cents in payments]
    assert all(row.ingebracht == ZERO for row in rows)


# --- the goals -------------------------------------------------------------------------------


def test_every_goal_has_a_value_and_a_unit(outcome: Outcome) -> None:
    assert list(outcome.goals) == list(GOALS)
    assert set(UNITS) == {CHANGES, *GOALS}


@pytest.mark.parametrize(
    ("goal", "value"),
    [
        ("tekort_plaatsen", 3),
        ("uitwijk", Fraction(1, 4)),
        ("boven_plafond", 2),
        ("ongedekt", euros("1983195.13")),
        ("eigen_geld", euros("400")),
        ("waardering", Decimal("4.5")),
        ("kosten_ncw", euros("3946383.56")),
        ("spuk_onbesteed", euros("298899.99")),
        ("startjaren", 1),
    ],
)
def test_a_goal_has_the_value_worked_out_on_paper(outcome: Outcome, goal: str, value: object) -> None:
    assert outcome.goals[goal] == value


def test_costs_are_discounted_in_prices_of_prijspeil(outcome: Outcome) -> None:
    """1,580,102.01 in 2022; 1,153,801.30 in 2023 over 1.02; 1,285,002 in 2024 over 1.02 squared."""
    discounted = (
        Fraction("1580102.01") + Fraction("1153801.30") / Fraction("1.02") + 1285002 / Fraction("1.02") ** 2
    )
    assert outcome.net_present_cost == discounted


def test_what_is_paid_and_what_is_not_are_together_the_costs(outcome: Outcome) -> None:
    paid, gap = Money.total(outcome.paid.values()), Money.total(outcome.gaps.values())
    assert paid + gap == Money.total(outcome.costs.values()) == euros("4164705.32")


def test_a_plan_of_nothing_leaves_everyone_short_and_every_place_empty() -> None:
    outcome = Outcome(hand_case(), Allocation({}, {}, {}, {}))
    assert outcome.goals["tekort_plaatsen"] == 36
    assert outcome.goals["startjaren"] == 0
    assert outcome.goals["waardering"] == 0
    assert outcome.goals["spuk_onbesteed"] == euros("500000")
    assert {line.kostensoort for line in outcome.costs} == {"leegstand"}
    assert outcome.costs[of_places(GESLOTEN, "leegstand", 2024)] == euros("484000")
