"""Each rule below, at and above its threshold, written from the sources alone.

The codes in the docstrings are those of the facts that the rules rest on: ZW for the Werkagenda
Jeugdhulp Plus Zuidwest 2020/21, RG for the regulations and their publications.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import product

import pytest

from finance.case import CostLine
from finance.case.words import VACANCY
from finance.money import Money
from finance.rules import check_rules
from tests.casebook import Record, raw_book
from tests.finance.rules.grants import (
    EFFECT,
    GRANT,
    MEASURE,
    ROTTERDAM,
    YEARS,
    built,
    entitlement,
    grant_tables,
)

CENT = Decimal("0.01")

MAXIMA = {
    "Groningen": 2_359_155,
    "Leeuwarden": 1_078_470,
    "Castricum": 943_662,
    "Velsen": 2_291_751,
    "Ermelo": 539_235,
    "Amsterdam": 2_156_942,
    "Utrecht": 4_752_012,
    "Arnhem": 3_437_626,
    "Rotterdam": 10_245_473,
    "Roosendaal": 2_123_239,
    "Roermond": 3_572_435,
}
"""RG-4: the largest grant of each coordinating municipality, in euros."""


def grant(**changed: object) -> Record:
    """A grant row with some cells changed."""
    return GRANT | changed


def measure(**changed: object) -> Record:
    """A measure row with some cells changed."""
    return MEASURE | changed


def effect(**changed: object) -> Record:
    """An effect row with some cells changed."""
    return EFFECT | changed


# --- the cap of 5% (ZW-R5, RG-7) -------------------------------------------------------------


def cap_of(*grants: Record) -> Money:
    """The one cap of a case with these grants."""
    (cap,) = entitlement(grant_tables(grants=grants)).share_caps
    return cap.grens


def test_the_cap_of_rotterdam_is_known_to_the_cent() -> None:
    """RG-7: 5% of 10,245,473 is 512,273.65."""
    assert cap_of(GRANT) == Money.from_euros("512273.65")


@pytest.mark.parametrize(
    ("bedrag", "grens"),
    [
        ("0.19", "0.00"),
        ("0.20", "0.01"),
        ("0.21", "0.01"),
        ("99.99", "4.99"),
        ("100.00", "5.00"),
        ("100.19", "5.00"),
        ("100.20", "5.01"),
    ],
)
def test_the_cap_is_rounded_down_to_the_cent(bedrag: str, grens: str) -> None:
    assert cap_of(grant(bedrag=Decimal(bedrag))) == Money.from_euros(grens)


def test_the_cap_covers_project_leadership_and_the_supraregional_plan_only() -> None:
    """RG-7: a strategic real-estate plan (letter c) is outside the 5%."""
    (cap,) = entitlement(grant_tables()).share_caps
    assert set(cap.regel.kostensoorten) == {"projectleiding", "bovenregionaal_plan"}


def test_the_cap_is_on_what_one_decision_granted() -> None:
    """Two sources of one decision share a cap of 5% of their sum; another decision has its own."""
    tables = grant_tables(
        grants=[
            grant(bron="S1", beschikking="B-1", bedrag=Decimal("30.10")),
            grant(bron="S2", beschikking="B-1", bedrag=Decimal("70.10")),
            grant(bron="S3", beschikking="B-2", bedrag=Decimal("30.10")),
        ]
    )
    caps = {cap.bronnen: cap.grens for cap in entitlement(tables).share_caps}
    assert caps == {("S1", "S2"): Money.from_euros("5.01"), ("S3",): Money.from_euros("1.50")}


def test_without_a_decision_the_grants_of_a_regulation_are_one() -> None:
    tables = grant_tables(grants=[grant(bron="S1", bedrag=Decimal("30.10")), grant(bron="S2", bedrag=Decimal("70.10"))])
    (cap,) = entitlement(tables).share_caps
    assert (cap.bronnen, cap.beschikking) == (("S1", "S2"), "vastgoedtransitie-2020")


def test_without_a_decision_the_grants_of_each_municipality_have_their_own_cap() -> None:
    """A decision goes to one municipality: 5% of each grant, never of both together."""
    tables = grant_tables(
        grants=[
            grant(bron="S1", gemeente="Arnhem", bedrag=Decimal("30.10")),
            grant(bron="S2", bedrag=Decimal("70.10")),
            grant(bron="S3", gemeente="arnhem", beschikking="B-3", bedrag=Decimal("10.10")),
        ]
    )
    caps = {cap.beschikking: (cap.bronnen, cap.grens) for cap in entitlement(tables).share_caps}
    assert caps == {
        "vastgoedtransitie-2020 Arnhem": (("S1",), Money.from_euros("1.50")),
        "vastgoedtransitie-2020 Rotterdam": (("S2",), Money.from_euros("3.50")),
        "B-3": (("S3",), Money.from_euros("0.50")),
    }


def test_the_cap_does_not_ask_what_is_spent() -> None:
    """The cap follows the granted amount also where the grant can pay in no year at all."""
    assert cap_of(grant(besteedbaar_van=2030, besteedbaar_tot=2040)) == Money.from_euros("512273.65")


# --- the maximum of each municipality (RG-4) -------------------------------------------------


def above_ceiling(*grants: Record) -> list[str]:
    """The cells that `check_rules` names."""
    tables = grant_tables(grants=grants)
    findings = check_rules(built(tables), raw_book(tables))
    return [f"{finding.blad}!{finding.cel}" for finding in findings]


@pytest.mark.parametrize("regeling", ["vastgoedtransitie-2020", "residentieel-2021"])
@pytest.mark.parametrize("town", MAXIMA)
def test_a_grant_may_reach_its_maximum_and_not_a_cent_more(town: str, regeling: str) -> None:
    def found(bedrag: Decimal) -> list[str]:
        return above_ceiling(grant(gemeente=town, regeling=regeling, bedrag=bedrag))

    most = Decimal(MAXIMA[town])
    assert found(most - CENT) == []
    assert found(most) == []
    assert found(most + CENT) == ["dekking!G2"]


@pytest.mark.parametrize(("second", "found"), [("0", []), ("0.01", ["dekking!F2"])])
def test_the_grants_of_one_municipality_count_together(second: str, found: list[str]) -> None:
    """The coordinating municipality (Rotterdam) is meant where a grant names none: the cell that is empty."""
    horizon = grant(bron="HORIZON", bedrag=ROTTERDAM)
    other = grant(bron="SCHAKENBOSCH", gemeente="Rotterdam", bedrag=Decimal(second))
    assert above_ceiling(horizon, other) == found


@pytest.mark.parametrize("name", ["rotterdam", "ROTTERDAM"])
def test_capitals_do_not_lift_a_ceiling(name: str) -> None:
    assert above_ceiling(grant(gemeente=name, bedrag=Decimal(ROTTERDAM) + CENT)) == ["dekking!G2"]


def test_two_municipalities_have_each_their_own_maximum() -> None:
    assert above_ceiling(grant(bron="R"), grant(bron="A", gemeente="Arnhem", bedrag=3_437_626)) == []


def test_two_regulations_do_not_share_a_maximum() -> None:
    assert above_ceiling(grant(bron="S1"), grant(bron="S2", regeling="residentieel-2021")) == []


@pytest.mark.parametrize(
    ("town", "regeling"),
    [("Delft", "vastgoedtransitie-2020"), ("Arnhem", "transformatie-2024"), ("Rotterdm", "transformatie-2024")],
)
def test_what_the_rule_does_not_know_has_no_ceiling_and_is_a_finding(town: str, regeling: str) -> None:
    large = grant(gemeente=town, regeling=regeling, bedrag=99_000_000)
    (ceiling,) = entitlement(grant_tables(grants=[large])).ceilings
    assert (ceiling.gemeente, ceiling.maximum) == (town, None)
    assert above_ceiling(large) == ["dekking!F2"]


# --- the spending window (RG-9) --------------------------------------------------------------

PEILDATA = [
    date(2020, 9, 16),
    date(2021, 12, 31),
    date(2023, 6, 30),
    date(2023, 7, 1),
    date(2026, 11, 22),
]


def paying(regeling: str, peildatum: date, lezingen: str = "", **changed: object) -> set[int]:
    """The years in which a grant pays."""
    tables = grant_tables(grants=[grant(regeling=regeling, **changed)], peildatum=peildatum, lezingen=lezingen)
    return set(entitlement(tables).paying_years["SPUK"])


@pytest.mark.parametrize(("peildatum", "reading"), list(product(PEILDATA, [False, True])))
def test_the_window_of_2020_on_a_grid_of_dates_and_readings(peildatum: date, reading: bool) -> None:
    """RG-9: 1-10-2020 to 31-12-2024; to 31-12-2026 under the reading, once known on 1-7-2023."""
    longer = reading and peildatum >= date(2023, 7, 1)
    last = 2026 if longer else 2024
    lezingen = "verlenging-2026" if reading else ""
    assert paying("vastgoedtransitie-2020", peildatum, lezingen) == set(range(2020, last + 1))


@pytest.mark.parametrize(
    ("peildatum", "last"), [(date(2021, 10, 8), 2024), (date(2023, 6, 30), 2024), (date(2023, 7, 1), 2026)]
)
def test_the_window_of_2021_was_lengthened_without_any_reading(peildatum: date, last: int) -> None:
    assert paying("residentieel-2021", peildatum) == set(range(2020, last + 1))


@pytest.mark.parametrize(
    ("regeling", "day_before"),
    [
        ("vastgoedtransitie-2020", date(2020, 9, 15)),
        ("residentieel-2021", date(2021, 10, 7)),
        ("transformatie-2024", date(2024, 11, 19)),
    ],
)
def test_a_regulation_that_is_not_yet_known_pays_nothing(regeling: str, day_before: date) -> None:
    assert paying(regeling, day_before) == set()


@pytest.mark.parametrize(
    ("van", "tot", "years"),
    [
        (2019, 2019, set()),
        (2019, 2020, {2020}),
        (2024, 2025, {2024}),
        (2025, 2026, set()),
        (2022, 2022, {2022}),
        (2000, 2050, {2020, 2021, 2022, 2023, 2024}),
    ],
)
def test_the_grants_own_years_narrow_the_window(van: int, tot: int, years: set[int]) -> None:
    found = paying("vastgoedtransitie-2020", date(2023, 12, 31), besteedbaar_van=van, besteedbaar_tot=tot)
    assert found == years


@pytest.mark.parametrize(("year", "allowed"), [(2019, False), (2020, True), (2024, True), (2025, False)])
def test_a_line_is_payable_in_the_first_and_last_year_of_the_window(year: int, allowed: bool) -> None:
    rules = entitlement(grant_tables())
    permission = rules.permission(rules.case.source["SPUK"], CostLine("M", "", "", "verbouwen", year))
    assert permission.mag is allowed


def test_a_year_outside_the_window_is_explained_by_the_window() -> None:
    rules = entitlement(grant_tables())
    permission = rules.permission(rules.case.source["SPUK"], CostLine("M", "", "", "verbouwen", 2025))
    assert permission.regel is not None
    assert permission.regel.id == "VT20-periode"


# --- linked closure (ZW-R6) ------------------------------------------------------------------


def new_building(measures: list[Record], effects: list[Record]) -> bool:
    """Whether the grant pays replacement new-build of the measure M in 2022."""
    rules = entitlement(grant_tables(measures=measures, effects=effects))
    line = CostLine("M", "", "", "vervangende_nieuwbouw", 2022)
    return rules.permission(rules.case.source["SPUK"], line).mag


@pytest.mark.parametrize(("net", "allowed"), [(-1, True), (0, False), (1, False)])
def test_new_building_needs_fewer_closed_places_on_balance(net: int, allowed: bool) -> None:
    effects = [effect(plaatsen=-10), effect(plaatsen=10 + net, na_jaren=1)]
    assert new_building([measure()], effects) is allowed


@pytest.mark.parametrize(("opened", "allowed"), [(1, True), (30, True)])
def test_places_that_are_not_closed_do_not_count(opened: int, allowed: bool) -> None:
    effects = [effect(plaatsen=-1), effect(zorgvorm="open", plaatsen=opened)]
    assert new_building([measure()], effects) is allowed


@pytest.mark.parametrize(("open_change", "allowed"), [(-30, False), (-1, False)])
def test_ending_open_places_is_not_a_closure(open_change: int, allowed: bool) -> None:
    assert new_building([measure()], [effect(zorgvorm="open", plaatsen=open_change)]) is allowed


def test_a_measure_without_effects_closes_nothing() -> None:
    assert not new_building([measure()], [])


@pytest.mark.parametrize(
    ("nets", "allowed"),
    [
        ({"C1": -1}, True),
        ({"C1": 0}, False),
        ({"C1": 1}, False),
        ({"C1": -1, "C2": -5}, True),
        ({"C1": -1, "C2": 0}, False),
    ],
)
def test_a_required_project_closes_when_all_its_measures_do(nets: dict[str, int], allowed: bool) -> None:
    closers = [measure(maatregel=name, project="SLUIT") for name in nets]
    effects = [effect(maatregel=name, plaatsen=net) for name, net in nets.items()]
    assert new_building([measure(vereist="SLUIT"), *closers], effects) is allowed


def test_a_closure_two_steps_away_does_not_count() -> None:
    """Only the project that the measure itself requires counts, by its own effects."""
    measures = [
        measure(vereist="TUSSEN"),
        measure(maatregel="T", project="TUSSEN", vereist="SLUIT"),
        measure(maatregel="C", project="SLUIT"),
    ]
    assert not new_building(measures, [effect(maatregel="C", plaatsen=-5)])


def test_renovation_asks_for_no_closure() -> None:
    rules = entitlement(grant_tables())
    line = CostLine("M", "", "", "verbouwen", 2022)
    assert rules.permission(rules.case.source["SPUK"], line).mag


# --- vacancy under the reading (ZW-R7, RG-8) -------------------------------------------------

PLACES = ("L", "gesloten")


@pytest.mark.parametrize(
    ("peildatum", "lezingen", "allowed"),
    [
        (date(2020, 9, 16), "", False),
        (date(2020, 9, 16), "leegstand-door-transitie", True),
        (date(2026, 11, 22), "", False),
        (date(2026, 11, 22), "verlenging-2026", False),
        (date(2026, 11, 22), "verlenging-2026, leegstand-door-transitie", True),
    ],
)
def test_vacancy_is_payable_only_under_its_reading(peildatum: date, lezingen: str, allowed: bool) -> None:
    rules = entitlement(grant_tables(peildatum=peildatum, lezingen=lezingen))
    permission = rules.permission(rules.case.source["SPUK"], CostLine("", *PLACES, VACANCY, 2022))
    assert (permission.mag, permission.bij_sluiting) == (allowed, allowed)


@pytest.mark.parametrize("na_jaren", [0, 1, 2])
@pytest.mark.parametrize("start", [2020, 2022])
def test_places_are_closing_from_the_start_until_the_closure(start: int, na_jaren: int) -> None:
    """The years are start <= t < start + na_jaren: with na_jaren 0 in no year at all."""
    rules = entitlement(grant_tables(effects=[effect(plaatsen=-7, na_jaren=na_jaren)]))
    closing = {year: rules.closing_places({"M": start}, PLACES, year) for year in YEARS}
    assert closing == {year: 7 if start <= year < start + na_jaren else 0 for year in YEARS}


def test_only_chosen_measures_by_the_transition_are_closing() -> None:
    measures = [
        measure(),
        measure(maatregel="N", project="Q", door_transitie="nee"),
        measure(maatregel="O", project="R"),
    ]
    effects = [effect(maatregel=name, plaatsen=-4, na_jaren=1) for name in "MNO"]
    rules = entitlement(grant_tables(measures=measures, effects=effects))
    assert rules.closing_places({"M": 2022, "N": 2022}, PLACES, 2022) == 4
    assert rules.closing_places({"M": 2022, "N": 2022, "O": 2022}, PLACES, 2022) == 8
    assert rules.closing_places({}, PLACES, 2022) == 0


def test_places_that_come_do_not_offset_places_that_close() -> None:
    changes = [(-4, 2), (3, 2), (-2, 1)]
    effects = [effect(plaatsen=change, na_jaren=lag) for change, lag in changes]
    rules = entitlement(grant_tables(effects=effects))
    closing = [rules.closing_places({"M": 2022}, PLACES, year) for year in (2021, 2022, 2023, 2024)]
    assert closing == [0, 6, 4, 0]


def test_other_places_are_not_closing() -> None:
    rules = entitlement(grant_tables(effects=[effect(plaatsen=-4, na_jaren=2)]))
    assert rules.closing_places({"M": 2022}, ("L", "open"), 2022) == 0
    assert rules.vacancy_limit({"M": 2022}, ("L", "open"), 2022) == Money(0)


@pytest.mark.parametrize(
    ("growth", "limit"),
    [
        (None, "120000.00"),
        ("0.0496", "125952.00"),
        ("0.00000003", "120000.00"),
        ("0.00000008", "120000.00"),
        ("0.0000001", "120000.01"),
    ],
)
def test_the_limit_is_places_times_price_rounded_down(growth: str | None, limit: str) -> None:
    """Three closing places at 40,000 with growth; 120,000.0096 is 120,000.00, not a cent more."""
    tables = grant_tables(effects=[effect(plaatsen=-3, na_jaren=1)])
    if growth:
        for row in tables["plaatsen"]:
            row["index"] = "i"
        rates = {year: Decimal(growth) if year == 2020 else 0 for year in YEARS}
        tables["indexen"] = [
            {"index": "i", "jaar": year, "percentage": rate, "herkomst": "B1"} for year, rate in rates.items()
        ]
    rules = entitlement(tables)
    limits = [rules.vacancy_limit({"M": 2022}, PLACES, year) for year in (2022, 2023)]
    assert limits == [Money.from_euros(limit), Money(0)]
