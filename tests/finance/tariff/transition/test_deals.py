"""How a provider is paid: the same as the model pays, and bent where the formulas say."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finance.case.sheets import Funding
from finance.money import Money
from finance.tariff.tariff import Form
from finance.tariff.transition import Carried, Deal, FormYear, settled


def deal(form: Form, **changes: object) -> Deal:
    """A deal of 10 places at 1,000 euros, of which 8 are counted."""
    row = Funding(
        rij=2,
        bron="X",
        jaar=2022,
        niveau=Decimal(10),
        prijs=Money.from_euros(1000),
        herkomst="B1",
        bandbreedte=changes.pop("band", Decimal(0)),
        onderzijde=changes.pop("onderzijde", "vast"),
    )
    values: dict[str, object] = {
        "aanbieder": "A",
        "vorm": form,
        "jaar": 2022,
        "rij": row,
        "alleen": "A",
        "zorgvorm": "",
        "telt": True,
        "niveau": Fraction(10),
        "prijs": Fraction(1000),
        "geteld": Fraction(8),
        "eigen": Fraction(8),
        "deel": Fraction(1),
        "gegist": False,
        "houdt": False,
    }
    return Deal(**{**values, **changes})  # type: ignore[arg-type]  # a record from a mapping


@pytest.mark.parametrize(
    ("form", "counted", "paid"),
    [("pxq", 8, 8), ("pxq", 10, 10), ("pxq", 11, 10), ("beschikbaarheid", 8, 8), ("beschikbaarheid", 12, 10)],
)
def test_places_are_paid_up_to_the_level(form: Form, counted: int, paid: int) -> None:
    assert deal(form, geteld=Fraction(counted)).places == paid


@pytest.mark.parametrize(
    ("young_people", "side", "paid"),
    [
        ("9", "dalend", "10"),
        ("8.9", "dalend", "9.9"),
        ("8.9", "vast", "10"),
        ("11", "vast", "10"),
        ("11.1", "vast", "10.1"),
    ],
)
def test_a_lump_sum_pays_its_level_within_the_band(young_people: str, side: str, paid: str) -> None:
    one = deal("lumpsum", geteld=Fraction(young_people), band=Decimal("0.1"), onderzijde=side)
    assert one.places == Fraction(paid)
    assert one.opbrengst == Money.rounded(1000 * Fraction(paid))


def test_what_does_not_count_pays_nothing() -> None:
    one = deal("pxq", telt=False)
    assert (one.places, one.opbrengst) == (0, Money(0))


Year = tuple[int, int, bool]
"""What comes in, what is to be paid, and whether what is left moves on."""


def settled_years(*years: Year, lumpsum: bool = True) -> list[tuple[int, int]]:
    """What flows back and what is left of each year, in cents."""
    rows = [(2022 + nr, Money(income), Money(cost), moves) for nr, (income, cost, moves) in enumerate(years)]
    return [(year.terug.cents, year.resultaat.cents) for year in settled(rows, lumpsum=lumpsum)]


def test_what_a_lump_sum_leaves_flows_back_in_its_year() -> None:
    """A later year that lacks 30 is not helped by an earlier one that left 50."""
    assert settled_years((150, 100, False), (70, 100, False)) == [(50, 0), (0, -30)]


def test_what_may_move_on_is_settled_at_the_end() -> None:
    assert settled_years((150, 100, True), (70, 100, True)) == [(0, 50), (20, -50)]
    assert settled_years((100, 130, True), (120, 100, True)) == [(0, -30), (0, 20)]


def test_of_other_forms_nothing_flows_back() -> None:
    assert settled_years((150, 100, False), (70, 100, True), lumpsum=False) == [(0, 50), (0, -30)]


@settings(max_examples=150)
@given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500), st.booleans()), min_size=1, max_size=6))
def test_no_more_flows_back_than_is_left_and_nobody_profits_from_a_lump_sum(years: list[Year]) -> None:
    rows = settled_years(*years)
    kept, left = sum(result for _, result in rows), sum(income - cost for income, cost, _ in years)
    assert all(back >= 0 for back, _ in rows)
    assert kept <= 0
    assert kept + sum(back for back, _ in rows) == left


def carried(*several: Deal, income: int = 100, cost: int = 100) -> Carried:
    """A provider with these deals in one year."""
    year = FormYear(2022, Money(income), Money(cost), Money(0), Money(income - cost))
    return Carried("A", several[0].vorm, several, (year,))


def test_a_result_rests_on_what_pays() -> None:
    agreed, assumed = deal("pxq"), deal("pxq", rij=None)
    unused = deal("pxq", rij=None, geteld=Fraction(0))
    assert carried(agreed, unused, deal("pxq", telt=False, rij=None)).berust == "afspraak"
    assert carried(assumed).berust == "aanname"
    assert carried(agreed, deal("lumpsum", gegist=True)).berust == "afspraak, verdeling aangenomen"
    assert carried(agreed, assumed).berust == "deels aanname"
    assert carried(unused).berust == "niets betaald"
    assert [carried(*some).aanname for some in ((agreed,), (assumed,), (agreed, assumed))] == [False, True, True]


@settings(max_examples=100)
@given(st.integers(1, 10**9), st.integers(0, 10**9))
def test_with_the_rise_that_it_needs_a_form_ends_at_exactly_zero(income: int, cost: int) -> None:
    rise = carried(deal("pxq"), income=income, cost=cost).opslag
    assert rise is not None
    assert income * (1 + rise) == cost


def test_without_income_no_rise_helps() -> None:
    assert carried(deal("pxq"), income=0).opslag is None
