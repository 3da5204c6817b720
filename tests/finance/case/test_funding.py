"""What a yearly source brings in, below, at and above each of its edges."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finance.case import Case, PlaceKey, build_case
from finance.case.funding import (
    lumpsum_level,
    lumpsum_revenue,
    lumpsum_share,
    per_place_revenue,
    places_paid,
    revenue,
)
from finance.case.sheets import Funding
from finance.money import Money
from tests.casebook import Record, Tables, raw_book, small_case

YEAR = 2023
HAIR = Fraction(1, 1000)
"""A difference in places that is just large enough to see."""


CASE: Final = build_case(raw_book(small_case()))
"""A case whose rows hold for a whole year."""


def row(niveau: str = "270", prijs: str = "1000", bandbreedte: str = "0.05", onderzijde: str = "vast") -> Funding:
    """A row of `financiering`."""
    return Funding.model_validate(
        {
            "rij": 2,
            "bron": "LUMP",
            "jaar": Decimal(YEAR),
            "niveau": Decimal(niveau),
            "prijs": Decimal(prijs),
            "bandbreedte": Decimal(bandbreedte),
            "onderzijde": onderzijde,
            "herkomst": "B1",
        }
    )


# --- the lump sum with its band (ZW-F2, ZW-F3) -----------------------------------------------

UPPER, LOWER = Fraction("283.5"), Fraction("256.5")
"""The edges of a band of 5% around 270 place-equivalents."""


@pytest.mark.parametrize("onderzijde", ["vast", "dalend"])
@pytest.mark.parametrize("young_people", [LOWER, LOWER + HAIR, Fraction(270), UPPER - HAIR, UPPER])
def test_inside_the_band_the_level_stays(young_people: Fraction, onderzijde: str) -> None:
    assert lumpsum_level(row(onderzijde=onderzijde), young_people) == 270


@pytest.mark.parametrize("onderzijde", ["vast", "dalend"])
@pytest.mark.parametrize("extra", [HAIR, Fraction(1), Fraction(100)])
def test_above_the_band_each_place_counts(extra: Fraction, onderzijde: str) -> None:
    assert lumpsum_level(row(onderzijde=onderzijde), UPPER + extra) == 270 + extra


@pytest.mark.parametrize("fewer", [HAIR, Fraction(1), LOWER])
def test_below_the_band_the_level_stays_or_falls(fewer: Fraction) -> None:
    assert lumpsum_level(row(onderzijde="vast"), LOWER - fewer) == 270
    assert lumpsum_level(row(onderzijde="dalend"), LOWER - fewer) == 270 - fewer


def test_without_young_people_a_falling_lump_sum_keeps_the_width_of_its_band() -> None:
    """Formula: N - (N(1-b) - 0) = N b; a lump sum is never negative."""
    assert lumpsum_level(row(onderzijde="dalend"), Fraction(0)) == Fraction("13.5")
    assert lumpsum_level(row(onderzijde="dalend", bandbreedte="0"), Fraction(0)) == 0
    assert lumpsum_level(row(onderzijde="dalend", bandbreedte="1"), Fraction(0)) == 270


@pytest.mark.parametrize(
    ("young_people", "vast", "dalend"),
    [("269.999", "270", "269.999"), ("270", "270", "270"), ("270.001", "270.001", "270.001")],
)
def test_without_a_band_each_place_counts_at_once(young_people: str, vast: str, dalend: str) -> None:
    share = Fraction(young_people)
    assert lumpsum_level(row(bandbreedte="0"), share) == Fraction(vast)
    assert lumpsum_level(row(bandbreedte="0", onderzijde="dalend"), share) == Fraction(dalend)


@given(
    st.decimals(min_value=0, max_value=500, places=2),
    st.decimals(min_value=0, max_value=1, places=3),
    st.fractions(min_value=0, max_value=1000, max_denominator=100),
    st.fractions(min_value=0, max_value=10, max_denominator=100),
    st.sampled_from(["vast", "dalend"]),
)
def test_more_young_people_never_bring_less(
    niveau: Decimal, band: Decimal, young_people: Fraction, more: Fraction, onderzijde: str
) -> None:
    financing = row(str(niveau), bandbreedte=str(band), onderzijde=onderzijde)
    gain = lumpsum_level(financing, young_people + more) - lumpsum_level(financing, young_people)
    assert 0 <= gain <= more
    assert lumpsum_level(financing, young_people) >= 0


def with_funding(demand: Mapping[str, object], *rows: Record, soort: str = "lumpsum") -> Case:
    """The small case with a year's demand, and its yearly source replaced by sources A, B, ..."""
    tables: Tables = small_case()
    for item in tables["vraag"]:
        if item["jaar"] == YEAR:
            item["jeugdigen"] = demand.get(str(item["zorgvorm"]), 0)
    source = tables["dekking"][1]
    names = sorted({str(item["bron"]) for item in rows})
    years = {"soort": soort, "besteedbaar_van": YEAR, "besteedbaar_tot": YEAR}
    tables["dekking"][1:2] = [source | years | {"bron": name} for name in names]
    tables["financiering"] = [{"jaar": YEAR, "herkomst": "A1"} | item for item in rows]
    del tables["scenarios"]
    return build_case(raw_book(tables))


def test_the_young_people_of_all_zorgvormen_are_shared_in_proportion_to_niveau() -> None:
    """300 young people over levels of 100, 50 and 0: 200, 100 and none."""
    case = with_funding(
        {"gesloten": 180, "kleinschalig": 90, "ambulant": 30},
        {"bron": "A", "niveau": 100, "prijs": 1000, "bandbreedte": Decimal("0.1")},
        {"bron": "B", "niveau": 50, "prijs": 2000},
        {"bron": "C", "niveau": 0, "prijs": 9000},
    )
    assert [lumpsum_share(case, item) for item in case.funding] == [200, 100, 0]
    assert [lumpsum_revenue(case, item) for item in case.funding] == [
        Money.from_euros(190_000),
        Money.from_euros(200_000),
        Money(0),
    ]


def test_young_people_of_another_year_do_not_count() -> None:
    case = with_funding({}, {"bron": "A", "niveau": 10, "prijs": 1000, "onderzijde": "dalend"})
    assert lumpsum_share(case, case.funding[0]) == 0
    assert lumpsum_revenue(case, case.funding[0]) == Money(0)


def test_levels_of_nothing_pay_nothing_however_many_come() -> None:
    case = with_funding({"gesloten": 100}, {"bron": "A", "niveau": 0, "prijs": 1000})
    assert lumpsum_revenue(case, case.funding[0]) == Money(0)


def test_a_share_that_does_not_divide_stays_exact_until_the_cent() -> None:
    """A third of 100 young people above the level 10: 33 1/3 places at 0.10 is 3.33."""
    rows = [{"bron": name, "niveau": 10, "prijs": Decimal("0.10")} for name in "ABC"]
    case = with_funding({"gesloten": 100}, *rows)
    assert lumpsum_share(case, case.funding[0]) == Fraction(100, 3)
    assert lumpsum_revenue(case, case.funding[0]) == Money.from_euros("3.33")


@pytest.mark.parametrize(
    ("jeugdigen", "prijs", "cents"), [("10.5", "0.01", 11), ("10.49", "0.01", 10), ("10.5", "0.03", 32)]
)
def test_half_a_cent_of_lump_sum_goes_up(jeugdigen: str, prijs: str, cents: int) -> None:
    financing = {"bron": "A", "niveau": 10, "prijs": Decimal(prijs)}
    case = with_funding({"gesloten": Decimal(jeugdigen)}, financing)
    assert lumpsum_revenue(case, case.funding[0]) == Money(cents)


# --- PxQ and availability --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("places", "paid"),
    [("0", "0"), ("9.99", "9990"), ("10", "10000"), ("10.01", "10000"), ("500", "10000")],
)
def test_a_place_is_paid_up_to_niveau(places: str, paid: str) -> None:
    assert per_place_revenue(CASE, row(niveau="10"), Fraction(places)) == Money.from_euros(paid)


@pytest.mark.parametrize(
    ("places", "niveau", "cents"),
    [
        (Fraction(1, 2), "10", 1),
        (Fraction(49, 100), "10", 0),
        (Fraction(5, 2), "10", 3),
        (Fraction(100), "2.5", 3),
        (Fraction(100), "2.49", 2),
    ],
)
def test_both_sides_of_the_cap_are_rounded_to_the_cent(places: Fraction, niveau: str, cents: int) -> None:
    assert per_place_revenue(CASE, row(niveau=niveau, prijs="0.01"), places) == Money(cents)


Places = dict[tuple[PlaceKey, int], int]
Used = dict[tuple[PlaceKey, int], Fraction]


def counted(available: Mapping[PlaceKey, int], used: Mapping[PlaceKey, str]) -> tuple[Places, Used]:
    """Available and used places of the year at every location of the small case."""
    keys = [
        ("L1", "gesloten"),
        ("L1", "kleinschalig"),
        ("L2", "gesloten"),
        ("L2", "kleinschalig"),
        ("L3", "kleinschalig"),
        ("L3", "ambulant"),
    ]
    places = {(key, YEAR): available.get(key, 0) for key in keys}
    return places, {(key, YEAR): Fraction(used.get(key, "0")) for key in keys}


AVAILABLE = {
    ("L1", "gesloten"): 20,
    ("L2", "gesloten"): 10,
    ("L3", "kleinschalig"): 4,
    ("L3", "ambulant"): 12,
}
USED = {
    ("L1", "gesloten"): "17.5",
    ("L2", "gesloten"): "9",
    ("L3", "kleinschalig"): "4",
    ("L3", "ambulant"): "2",
}


def brought_in(soort: str, *rows: Record, aanbieder: str | None = None) -> Money:
    """The revenue of a source A with these rows, for the places above."""
    case = with_funding({}, *({"bron": "A"} | item for item in rows), soort=soort)
    source = case.source["A"].model_copy(update={"aanbieder": aanbieder or ""})
    return revenue(case, source, YEAR, *counted(AVAILABLE, USED))


ALL: Record = {"niveau": 1000, "prijs": 100}


@pytest.mark.parametrize(("soort", "paid"), [("pxq", "3250"), ("beschikbaarheid", "4600")])
def test_pxq_counts_used_places_and_availability_all_places(soort: str, paid: str) -> None:
    """Used 17.5 + 9 + 4 + 2 = 32.5; available 20 + 10 + 4 + 12 = 46."""
    assert brought_in(soort, ALL) == Money.from_euros(paid)


@pytest.mark.parametrize(
    ("aanbieder", "pxq", "beschikbaarheid"), [("DELINDE", "2650", "3000"), ("BAKEN", "600", "1600")]
)
def test_only_the_places_of_its_own_provider_count(aanbieder: str, pxq: str, beschikbaarheid: str) -> None:
    assert brought_in("pxq", ALL, aanbieder=aanbieder) == Money.from_euros(pxq)
    assert brought_in("beschikbaarheid", ALL, aanbieder=aanbieder) == Money.from_euros(beschikbaarheid)


def test_each_row_has_its_own_zorgvorm_and_its_own_cap() -> None:
    """Gesloten 26.5 used, capped at 20; kleinschalig 4 used, below its 5."""
    rows: list[Record] = [
        {"zorgvorm": "gesloten", "niveau": 20, "prijs": 100},
        {"zorgvorm": "kleinschalig", "niveau": 5, "prijs": 1000},
    ]
    assert brought_in("pxq", *rows) == Money.from_euros(2000 + 4000)


def test_rows_are_rounded_one_by_one() -> None:
    """Two rows of 0.5 cent each bring two cents; together unrounded they would be one."""
    rows: list[Record] = [
        {"zorgvorm": form, "niveau": Decimal("0.5"), "prijs": Decimal("0.01")} for form in ("gesloten", "kleinschalig")
    ]
    assert brought_in("pxq", *rows) == Money(2)


def test_a_year_without_rows_brings_nothing() -> None:
    case = with_funding({}, {"bron": "A", "niveau": 10, "prijs": 1000})
    assert revenue(case, case.source["A"], YEAR - 1, {}, {}) == Money(0)


def test_the_lump_sum_does_not_look_at_places() -> None:
    case = with_funding({}, {"bron": "A", "niveau": 10, "prijs": 1000})
    assert revenue(case, case.source["A"], YEAR, {}, {}) == Money.from_euros(10_000)


def test_the_places_of_a_row_are_those_of_its_provider_and_zorgvorm() -> None:
    case = with_funding({}, {"bron": "A", "niveau": 1, "prijs": 1, "zorgvorm": "kleinschalig"}, soort="pxq")
    of_linde = case.source["A"].model_copy(update={"aanbieder": "DELINDE"})
    assert places_paid(case, of_linde, case.funding[0]) == (("L1", "kleinschalig"), ("L2", "kleinschalig"))
    assert len(places_paid(case, case.source["A"], case.funding[0])) == 3
