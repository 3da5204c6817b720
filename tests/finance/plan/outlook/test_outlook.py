"""The outlook before solving: every number worked out by hand, and no plan that passes what is called the most."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Final

import pytest

from finance.case import Case, build_case
from finance.money import Money
from finance.plan.allocation import Allocation, Outcome
from finance.plan.outlook import MoneyOutlook, form_outlooks, paid_prices, place_prices
from finance.plan.outlook.places import most_places
from finance.plan.outlook.prices import middle
from finance.rules import Entitlement
from tests.casebook import raw_book
from tests.finance.books.tariff.example import rows, tables
from tests.models.bare import Bare, cost, effect, financed, measure, places, sold, source
from tests.models.strategies import random_case

GESLOTEN: Final = ("L1", "gesloten")
OPEN: Final = ("L2", "open")
CASE: Final = Bare(
    last=2023,
    places=[places(*GESLOTEN, 10), places(*OPEN, 4)],
    need={("gesloten", 2022): 9, ("gesloten", 2023): 6, ("open", 2023): 5},
    forms={"gesloten": {"bezetting_max": Decimal("0.9")}},
    measures=[
        measure("M1", "P1", (2022, 2022)),
        measure("M1B", "P1", (2022, 2022)),
        measure("M2", "P2", (2022, 2022)),
        measure("NEVER", "P3", (2023, 2023)),
    ],
    effects=[
        effect("M1", *GESLOTEN, -4, 1),
        effect("M1B", *GESLOTEN, -6, 1, maand=7),
        effect("M2", *OPEN, 4, 1),
        effect("NEVER", *OPEN, 100, 1),
    ],
    costs=[cost("M1", "verbouwen", 300_000), cost("M1B", "verbouwen", 200_000)],
    sources=[
        source("SPUK", "spuk", 250_000, (2022, 2023)),
        source("PXQ", "pxq", None, (2022, 2023)),
        source("EIGEN", "eigen", 5_000, (2022, 2023), aanbieder="A"),
    ],
    funding=[financed("PXQ", year, 8, 110_000, zorgvorm="gesloten") for year in (2022, 2023)],
    proceeds=[sold("M1", "EIGEN", 700), sold("M1B", "EIGEN", 900)],
)


def money(case: Case) -> MoneyOutlook:
    return MoneyOutlook(Entitlement(case))


def euros(amount: int) -> Money:
    return Money.from_euros(amount)


def test_places_with_all_projects_go_by_their_variants_and_months() -> None:
    """M1 takes 4 away; M1B takes 6 in July, half a year of it: 3. A measure that has no year counts for nothing."""
    closed, other = form_outlooks(CASE.case())
    assert [(row.jaar, row.nodig, row.nu, row.minst, row.meest) for row in closed.jaren] == [
        (2022, 9, 10, 10, 10),
        (2023, 6, 10, 6, 7),
    ]
    assert [(row.nodig, row.nu, row.minst, row.meest) for row in other.jaren] == [(0, 4, 4, 4), (5, 4, 8, 8)]


@pytest.mark.parametrize(("need", "short"), [("8.99", False), ("9", False), ("9.01", True)])
def test_a_form_is_short_above_what_can_be_used(need: str, short: bool) -> None:
    (closed, _) = form_outlooks(CASE.case())
    assert closed.is_short(Fraction(need), Fraction(10)) is short


def test_what_has_started_is_there_without_any_further_measure() -> None:
    case = replace(CASE, started={"M1": 2022}, settings={"afgesloten_tot": 2022}).case()
    closed, _ = form_outlooks(case)
    assert [(row.nu, row.minst, row.meest) for row in closed.jaren] == [(10, 10, 10), (6, 6, 6)]


@pytest.mark.parametrize(("keuze", "least", "most"), [("moet", 7, 7), ("mag", 6, 7), ("niet", 6, 6)])
def test_a_variant_that_must_or_must_not_be_chosen_decides(keuze: str, least: int, most: int) -> None:
    rows_of = [row | {"keuze": keuze} if row["maatregel"] == "M1B" else row for row in CASE.measures]
    closed, _ = form_outlooks(replace(CASE, measures=rows_of).case())
    assert (closed.jaren[1].minst, closed.jaren[1].meest) == (least, most)


def test_the_money_of_each_year() -> None:
    """2022: 9 used and 1 empty closed, 4 empty open. 2023 with all: 6 closed of which 5.4 are used, 5 of 8 open."""
    first, second = money(CASE.case()).jaren
    assert (first.nu, second.nu) == (euros(940_000 + 160_000), euros(760_000 + 400_000))
    assert (first.plaatsen, first.maatregelen) == (euros(1_100_000), euros(300_000))
    assert (second.plaatsen, second.maatregelen) == (euros(564_000 + 620_000), euros(0))
    assert first.hooguit == {"pxq": euros(880_000)} == second.hooguit
    assert (first.gevraagd, first.jaargeld) == (euros(1_400_000), euros(880_000))


def test_the_money_of_each_source() -> None:
    """Own money is A's: its closed places in both years and its building; a sale of at most 900 comes on top."""
    assert [(row.bron, row.hooguit, row.gevraagd) for row in money(CASE.case()).bronnen] == [
        ("SPUK", euros(250_000), euros(300_000)),
        ("PXQ", euros(1_760_000), euros(2_284_000)),
        ("EIGEN", euros(5_900), euros(940_000 + 564_000 + 300_000)),
    ]


@pytest.mark.parametrize(("last", "most"), [(2022, 0), (2023, 90_000), (2024, 180_000)])
def test_a_credit_pays_at_most_its_limit_in_each_year_but_the_last(last: int, most: int) -> None:
    """What is owed is at most 90,000, and nothing at the end."""
    bridge = source("BRUG", "krediet", 90_000, (2022, last), rente=Decimal("0.04"))
    case = Bare(
        last=2024, sources=[bridge, source("G", "gemeente", 1, (2022, 2024))], places=[places(*GESLOTEN, 10)]
    ).case()
    assert money(case).bronnen[0].hooguit == euros(most)


def test_a_grant_is_asked_the_part_of_vacancy_that_a_measure_closes() -> None:
    """Under the wider reading: of what M1 closes, one place is empty in 2022, at 40,000, before it goes."""
    case = replace(CASE, settings={"lezingen": "leegstand-door-transitie"}).case()
    (spuk, *_) = money(case).bronnen
    assert spuk.gevraagd == euros(300_000 + 40_000)


def test_young_people_fill_locations_evenly() -> None:
    """6 young people on 10 and 5 places of which 90% can be used: 4 and 2."""
    changed = replace(CASE, places=[places(*GESLOTEN, 10), places("L2", "gesloten", 5), places(*OPEN, 4)])
    costs = money(changed.case()).costs_now
    of_2023 = {
        line.locatie: amount
        for line, amount in costs.items()
        if line.jaar == 2023 and line.zorgvorm != "open" and line.kostensoort == "exploitatie"
    }
    assert of_2023 == {"L1": euros(400_000), "L2": euros(200_000)}


def test_what_closed_years_paid_is_what_they_cost() -> None:
    from tests.models.bare import spent

    case = replace(CASE, actuals=[spent("EIGEN", GESLOTEN, "exploitatie", 2022, 123)]).case()
    first, _ = money(case).jaren
    assert (first.nu, first.gevraagd) == (euros(123), euros(123))


@pytest.mark.parametrize("seed", range(12))
def test_no_plan_has_more_places_than_the_most(seed: int) -> None:
    """Every way to start the measures of a random case, one of each project."""
    case = random_case(seed).case()
    most = most_places(case)
    for starts in _all_starts(case):
        there = Outcome(case, Allocation(starts, {}, {}, {})).places
        assert all(number <= most[at] for at, number in there.items())


def _all_starts(case: Case) -> list[dict[str, int]]:
    found: list[dict[str, int]] = [{}]
    for members in case.projects.values():
        choices = [{row.maatregel: year} for row in members for year in case.start_years(row)]
        found = [one | other for one in found for other in ({}, *choices)]
    return found


def test_prices_beside_their_tariff_and_the_middle_one() -> None:
    """Groups of 4 cost 1,037,724 a year: per place 259,431, and 12,205 more when it is used."""
    case_tables = tables(rows(4, jaar=2022))
    case_tables["plaatsen"] = [dict(row) for row in case_tables["plaatsen"]]
    case_tables["plaatsen"][1]["exploitatie_per_plaats"] = None
    found = place_prices(build_case(raw_book(case_tables)))
    told = [(row.locatie, round(row.bezet), row.uit_tarief, row.midden) for row in found if row.tarief is not None]
    assert told == [("L1", 271_636, True, 178_000), ("L2", 178_000, False, 178_000), ("L3", 175_000, False, 178_000)]
    assert {round(row.tarief) for row in found if row.tarief is not None} == {271_636}
    assert {row.zorgvorm for row in found if row.tarief is None} == {"gesloten", "ambulant"}


def test_a_price_is_held_against_those_of_its_own_form() -> None:
    three = [places("L1", "open", 1, (90_000, 1)), places("L2", "open", 1, (30_000, 1)), places(*GESLOTEN, 1)]
    first, second, alone = place_prices(replace(CASE, places=three, effects=[], need={}).case())
    assert (first.midden, second.midden, first.vergelijkbaar) == (60_000, 60_000, True)
    assert (alone.midden, alone.vergelijkbaar) == (90_000, False)


def test_what_a_source_pays_beside_what_the_places_cost() -> None:
    (row,) = paid_prices(CASE.case())
    assert (row.bron, row.zorgvorm, row.jaar, row.prijs, row.laagste, row.hoogste) == (
        "PXQ",
        "gesloten",
        2022,
        110_000,
        100_000,
        100_000,
    )


def test_the_middle_price() -> None:
    assert middle([Fraction(5)]) == 5
    assert middle([Fraction(5), Fraction(1), Fraction(2)]) == 2
    assert middle([Fraction(5), Fraction(1)]) == 3
