"""The index of tariffs in two steps: by hand, as it was published, and what is refused."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finance.case import build_case, read_case
from finance.case.index_chain import IndexChain, TariffIndex, agrees, provisional
from tests.casebook import Record, Tables, raw_book
from tests.finance.books.tariff import example
from tests.finance.books.tariff.example import index_rows, rows
from tests.spoiling import told

UNSAID = [row for row in rows(4) if row["parameter"] != "index"]
"""A tariff of 2024 that does not say its index."""


def tables(tariff: list[Record], chain: list[Record]) -> Tables:
    return example.tables(tariff) | {"tariefindex": chain}


def test_the_index_is_the_provisional_one_plus_the_correction_of_the_year_before() -> None:
    case = build_case(raw_book(tables(UNSAID, index_rows())))
    # 2024: 0.9 x 5% + 0.1 x 2% = 4.7%; 2023: 0.9 x 6% + 0.1 x 1% = 5.5% against 3.9% foreseen.
    assert provisional(case.tariff_indexes[1]) == Fraction("0.047")
    assert case.index_chain.difference(2023) == Fraction("0.016")
    assert case.index_chain.index(2024) == Fraction("0.063")
    (cost,) = case.cost_prices.values()
    assert cost.index == Fraction("0.063")
    assert cost.fixed == example.tariff(4, index="0.063").fixed


@pytest.mark.parametrize(("jaar", "index"), [(2024, "0.063"), (2025, "0.0496")])
def test_a_published_index_can_simply_be_given(jaar: int, index: str) -> None:
    case = build_case(raw_book(example.tables(rows(4, jaar=jaar, index=index))))
    (cost,) = case.cost_prices.values()
    assert cost.index == Fraction(index)


def test_a_given_index_counts_as_it_is_published() -> None:
    chain = index_rows((2023, "0.04", "0.03", "0.06", "0.01"), (2024, "0.05001", "0.02", None, None))
    case = build_case(raw_book(tables(rows(4, index="0.063"), chain)))
    (cost,) = case.cost_prices.values()
    assert cost.index == Fraction("0.063") != case.index_chain.index(2024)


@pytest.mark.parametrize(
    ("computed", "same"), [("0.0495", False), ("0.04955", True), ("0.04964", True), ("0.04965", False)]
)
def test_an_index_agrees_as_far_as_it_is_published(computed: str, same: bool) -> None:
    assert agrees(Decimal("0.0496"), Fraction(computed)) is same


KNOWN = (2023, "0.04", "0.03", "0.06", "0.01")
OPEN = (2024, "0.05", "0.02", None, None)


@pytest.mark.parametrize(
    ("tariff", "chain", "wanted"),
    [
        (
            UNSAID,
            index_rows(OPEN),
            (
                "tariefindex!A2",
                "De index van 2024, die tarief T4 nodig heeft, is niet bekend: daar hoort de correctie over 2023"
                " bij, en dat jaar ontbreekt of heeft nog geen definitieve cijfers.",
                "Vul 2023 aan, of geef de parameter index in het blad tarief.",
            ),
        ),
        (
            UNSAID,
            index_rows((2023, "0.04", "0.03", None, None), OPEN),
            (
                "tariefindex!A3",
                "De index van 2024, die tarief T4 nodig heeft, is niet bekend: daar hoort de correctie over 2023"
                " bij, en dat jaar ontbreekt of heeft nog geen definitieve cijfers.",
                "Vul 2023 aan, of geef de parameter index in het blad tarief.",
            ),
        ),
        (
            UNSAID,
            index_rows(KNOWN),
            (
                "tarief!A2",
                "Tarief T4 (groep van 4, 2024) mist index.",
                "Voeg voor elke parameter een rij toe; 0 mag, leeg niet. De index mag ook uit het blad"
                " tariefindex komen: geef daar een rij voor 2024.",
            ),
        ),
        (
            rows(4, index="0.0496"),
            index_rows(KNOWN, OPEN),
            (
                "tarief!F20",
                "De index van tarief T4 voor 2024 is hier 4,96%, en volgens het blad tariefindex 6,3%.",
                "Haal deze rij weg, dan geldt het blad tariefindex, of verbeter wat niet klopt.",
            ),
        ),
        (
            rows(4),
            index_rows((2023, "0.04", "0.03", "0.06", None)),
            (
                "tariefindex!E2",
                "ppc_definitief is leeg, maar het andere definitieve cijfer van 2023 is er wel.",
                "Vul beide in, of laat beide leeg zolang ze niet bekend zijn.",
            ),
        ),
        (
            rows(4),
            [index_rows(KNOWN)[0] | {"gewicht_ppc": Decimal("0.2")}],
            (
                "tariefindex!F2",
                "De gewichten zijn samen 1,1 en niet 1.",
                "Typ breuken die samen 1 zijn, zoals 0,9 en 0,1.",
            ),
        ),
    ],
)
def test_an_index_that_cannot_be_is_a_finding(
    tariff: list[Record], chain: list[Record], wanted: tuple[str, str, str]
) -> None:
    assert told(read_case(raw_book(tables(tariff, chain)))[1]) == [wanted]


def test_a_year_that_cannot_be_read_hides_no_index() -> None:
    chain: list[Record] = [*index_rows(KNOWN), {**index_rows(OPEN)[0], "ova_voorlopig": "volgt"}]
    found = told(read_case(raw_book(tables(UNSAID, chain)))[1])
    assert [cell for cell, _, _ in found] == ["tariefindex!B3"]


GROWTHS = st.decimals("-0.05", "0.2", places=4)
WEIGHTS = st.decimals("0", "1", places=2)


def year(jaar: int, growths: tuple[Decimal, Decimal, Decimal, Decimal], weight: Decimal) -> TariffIndex:
    ova, ppc, ova_final, ppc_final = growths
    return TariffIndex(
        rij=2,
        jaar=jaar,
        ova_voorlopig=ova,
        ppc_voorlopig=ppc,
        ova_definitief=ova_final,
        ppc_definitief=ppc_final,
        gewicht_ova=weight,
        gewicht_ppc=1 - weight,
        herkomst="A1",
    )


@given(st.tuples(*[GROWTHS] * 4), st.tuples(*[GROWTHS] * 4), WEIGHTS)
def test_with_its_own_correction_a_year_comes_to_what_it_was(
    first: tuple[Decimal, Decimal, Decimal, Decimal],
    second: tuple[Decimal, Decimal, Decimal, Decimal],
    weight: Decimal,
) -> None:
    chain = IndexChain({2023: year(2023, first, weight), 2024: year(2024, second, weight)})
    index, difference = chain.index(2024), chain.difference(2024)
    assert index is not None
    assert difference is not None
    turned_out = Fraction(weight) * Fraction(second[2]) + Fraction(1 - weight) * Fraction(second[3])
    assert index + difference == turned_out + (chain.difference(2023) or 0)
