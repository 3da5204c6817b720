"""Rows of `financiering` that hold from a month on: until the next one of the same source, year and zorgvorm."""

from __future__ import annotations

from fractions import Fraction

import pytest

from finance.case.funding import lumpsum_revenue, lumpsum_share, per_place_revenue
from finance.money import Money
from tests.models.bare import Bare, financed, source


def lump(*months: int | None, need: int = 12, level: int = 10) -> Bare:
    """A lump sum of 120,000 a place, with a row from each of these months on."""
    return Bare(
        need={("open", 2022): need},
        sources=[source("L", "lumpsum")],
        funding=[financed("L", 2022, level, 120_000, bandbreedte=0, maand=month) for month in months],
    )


@pytest.mark.parametrize(
    ("months", "parts"),
    [
        ((None,), [Fraction(1)]),
        ((7,), [Fraction(1, 2)]),
        ((1, 7), [Fraction(1, 2), Fraction(1, 2)]),
        ((12, 2, 7), [Fraction(1, 12), Fraction(5, 12), Fraction(5, 12)]),
    ],
)
def test_a_row_holds_until_the_next_one_wherever_that_stands(
    months: tuple[int | None, ...], parts: list[Fraction]
) -> None:
    case = lump(*months).case()
    assert [case.part_of_year(row) for row in case.funding] == parts


def test_another_source_year_or_zorgvorm_ends_nothing() -> None:
    rows = [
        financed("P", 2022, 1, 1, zorgvorm="open", maand=3),
        financed("P", 2022, 1, 1, zorgvorm="gesloten", maand=7),
        financed("P", 2022, 1, 1, maand=9),
        financed("Q", 2022, 1, 1, zorgvorm="open", maand=5),
    ]
    case = Bare(sources=[source("P", "pxq"), source("Q", "pxq")], funding=rows).case()
    assert [case.part_of_year(row) * 12 for row in case.funding] == [10, 6, 4, 8]


def test_two_halves_of_one_lump_sum_are_the_whole() -> None:
    """12 young people above a level of 10 without a band: 12 places paid, whether in one row or in two."""
    whole, halves = lump(None).case(), lump(1, 7).case()
    assert [lumpsum_share(halves, row) for row in halves.funding] == [12, 12]
    assert Money.total(lumpsum_revenue(halves, row) for row in halves.funding) == Money.from_euros(1_440_000)
    assert lumpsum_revenue(whole, whole.funding[0]) == Money.from_euros(1_440_000)


def test_a_price_per_place_counts_for_its_months() -> None:
    rows = [financed("P", 2022, 3, 120_000), financed("P", 2022, 2, 60_000, maand=5)]
    case = Bare(sources=[source("P", "pxq")], funding=rows).case()
    found = [per_place_revenue(case, row, Fraction(5, 2)) for row in case.funding]
    assert found == [Money.from_euros(100_000), Money.from_euros(80_000)]
