"""How a provider is paid: the same as the model pays, and bent where the formulas say."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finance.case.sheets import Funding
from finance.money import Money
from finance.tariff.tariff import FORMS, Form
from finance.tariff.transition import Carried, Deal, FormYear


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
        "telt": True,
        "niveau": Fraction(10),
        "prijs": Money.from_euros(1000),
        "geteld": Fraction(8),
        "eigen": Fraction(8),
        "deel": Fraction(1),
    }
    return Deal(**{**values, **changes})  # type: ignore[arg-type]  # a record from a mapping


@pytest.mark.parametrize(
    ("form", "counted", "paid"),
    [("pxq", 8, 8), ("pxq", 10, 10), ("pxq", 11, 10), ("beschikbaarheid", 8, 8), ("beschikbaarheid", 12, 10)],
)
def test_places_are_paid_up_to_the_level(form: Form, counted: int, paid: int) -> None:
    assert deal(form, geteld=Fraction(counted)).places() == paid


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
    assert one.places() == Fraction(paid)
    assert one.opbrengst == Money.rounded(1000 * Fraction(paid))


def test_what_does_not_count_pays_nothing() -> None:
    one = deal("pxq", telt=False)
    assert (one.places(), one.opbrengst, one.gewicht) == (0, Money(0), 0)


def _number(low: int, high: int) -> st.SearchStrategy[Fraction]:
    return st.integers(low * 10, high * 10).map(lambda tenths: Fraction(tenths, 10))


@st.composite
def deals(draw: st.DrawFn) -> Deal:
    """Any deal that counts."""
    return deal(
        draw(st.sampled_from(FORMS)),
        band=draw(st.sampled_from([Decimal(0), Decimal("0.1"), Decimal("0.5"), Decimal(1)])),
        onderzijde=draw(st.sampled_from(["vast", "dalend"])),
        niveau=draw(_number(1, 30)),
        geteld=draw(_number(0, 40)),
        prijs=Money(draw(st.integers(0, 20_000_000))),
        deel=Fraction(draw(st.integers(0, 4)), 4),
    )


@settings(max_examples=150)
@given(deals(), _number(0, 5))
def test_the_pieces_make_up_what_is_paid_at_any_factor(one: Deal, factor: Fraction) -> None:
    below, above = one.bends
    pieces = one.gewicht * one.niveau * factor
    pieces += below.vast + below.helling * factor if factor < below.punt else 0
    pieces += above.vast + above.helling * factor if factor > above.punt else 0
    assert one.income(factor) == pieces


def carried(form: Form, several: list[Deal], cost: int) -> Carried:
    """A provider with these deals and this cost in cents."""
    return Carried("A", form, tuple(several), (FormYear(2022, Money(0), Money(cost), Money(0)),))


@settings(max_examples=150)
@given(st.lists(deals(), min_size=1, max_size=5), st.integers(0, 3_000_000_000))
def test_the_needed_price_is_enough_and_a_cent_less_is_not(several: list[Deal], cost: int) -> None:
    over = carried(several[0].vorm, several, cost)
    if over.needed_price is None or over.needed_day_price is None:
        assert over.places == 0
        return
    for price, places in ((over.needed_price, over.places), (over.needed_day_price, 365 * over.places)):
        assert price.euros * places >= over.kosten.euros
        assert (price - Money(1)).euros * places < over.kosten.euros


@settings(max_examples=300)
@given(st.lists(deals(), min_size=1, max_size=5), st.integers(0, 3_000_000_000), _number(0, 5))
def test_at_the_needed_factor_nothing_is_left_and_above_it_nothing_lacks(
    several: list[Deal], cost: int, more: Fraction
) -> None:
    over = carried(several[0].vorm, several, cost)
    factor = over.needed_factor
    if factor is None:
        last = over.bends[-1]
        assert over.balance(last) < 0
        assert over.balance(last + more) <= over.balance(last)
        return
    assert over.balance(factor + more) >= 0
    assert all(over.balance(point) >= 0 for point in over.bends if point >= factor)
    if factor:
        assert over.balance(factor) == 0
        assert over.last_short is not None
        assert over.balance((factor + over.last_short) / 2) < 0


def test_a_lump_sum_needs_the_level_that_its_cost_asks() -> None:
    over = carried("lumpsum", [deal("lumpsum")], 1_250_000)
    assert over.needed_factor == Fraction(5, 4)
    assert over.needed_price == Money.from_euros(1250)


def test_no_level_helps_where_too_few_places_are_there() -> None:
    assert carried("beschikbaarheid", [deal("beschikbaarheid")], 800_000).needed_factor == Fraction(4, 5)
    assert carried("beschikbaarheid", [deal("beschikbaarheid")], 800_001).needed_factor is None


def test_within_the_band_a_lower_level_than_the_young_people_can_do() -> None:
    """At factor f below 8 / 11 the level is below the band: 8 - f is paid; from there on it is 10 f."""
    over = carried("lumpsum", [deal("lumpsum", band=Decimal("0.1"))], 750_000)
    assert over.bends == (0, Fraction(8, 11))
    assert [over.balance(point) for point in over.bends] == [500, Fraction(-2500, 11)]
    assert over.needed_factor == Fraction(3, 4)
