"""Draws: the hypercube, what a draw does to the tables, and what is refused beforehand."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finance.case import Case, CellValue, RawBook, read_case
from finance.case.distributions import read_distribution
from finance.uncertainty.sampling import Hypercube, check_uncertainty, drawn_book, value_at
from tests.casebook import Record, Tables, raw_book, small_case

COLUMNS = ("doelblad", "kolom", "filter", "bewerking", "verdeling", "parameters", "correlatiegroep")
Uncertain = tuple[str, str, str | None, str | None, str, str, str | None]
BUILDING: Uncertain = ("kosten", "bedrag", "kostensoort=verbouwen", None, "normaal", "1; 0,1", None)
NEED: Uncertain = ("vraag", "jeugdigen", "jaar=2024", "plus", "uniform", "-3; 3", None)


def rows(*uncertain: Uncertain) -> list[Record]:
    """Rows of `onzekerheid`, each with a name of its own."""
    return [
        {"omschrijving": f"O{at}", **dict(zip(COLUMNS, row, strict=True)), "herkomst": "A1"}
        for at, row in enumerate(uncertain, start=1)
    ]


def tables(*uncertain: Uncertain) -> Tables:
    """The small case with some rows of `onzekerheid`."""
    return {**small_case(), "onzekerheid": rows(*uncertain)}


def read(*uncertain: Uncertain) -> tuple[RawBook, Case]:
    """The tables and the case; without findings of their own."""
    book = raw_book(tables(*uncertain))
    case, findings = read_case(book)
    assert case is not None
    assert findings == ()
    return book, case


def cube(aantal: int, zaad: int, *uncertain: Uncertain) -> Hypercube:
    """The draws of the small case."""
    return Hypercube(read(*uncertain)[1].uncertainties, aantal, zaad)


def cells(book: RawBook, sheet: str, column: str) -> list[CellValue | None]:
    """The cells of a column, from top to bottom."""
    return [row.cellen.get(column) for row in book.bladen[sheet].rijen]


def drawn(uncertain: Uncertain, value: Decimal | str) -> RawBook:
    """The small case after one draw that has no findings."""
    book, case = read(uncertain)
    after, findings = drawn_book(book, case.uncertainties, [value])
    assert findings == ()
    return after


# --- the hypercube ---------------------------------------------------------------------------


@given(st.integers(1, 60), st.integers(0, 10**6))
def test_each_part_of_a_distribution_is_drawn_once(aantal: int, zaad: int) -> None:
    wide = ("dekking", "bedrag", "bron=EIGEN", "plus", "uniform", "0; 1000", None)
    draws = list(cube(aantal, zaad, wide, NEED).draws())
    parts = Counter(int(Fraction(Decimal(draw.waarden[0])) * aantal / 1000) for draw in draws)
    assert parts == dict.fromkeys(range(aantal), 1)


def test_a_draw_depends_on_its_number_and_not_on_the_others() -> None:
    every = list(cube(20, 7, BUILDING, NEED).draws())
    assert [draw.nummer for draw in every] == list(range(1, 21))
    assert list(cube(20, 7, BUILDING, NEED).draws([13, 2])) == [every[12], every[1]]


def test_another_seed_or_another_number_of_draws_gives_other_values() -> None:
    first = [draw.waarden for draw in cube(20, 7, BUILDING).draws()]
    assert first != [draw.waarden for draw in cube(20, 8, BUILDING).draws()]
    assert first != [draw.waarden for draw in cube(21, 7, BUILDING).draws()][:20]


def test_the_values_are_these_on_every_machine() -> None:
    """Pinned: a change here makes every sweep that was published impossible to repeat."""
    values = [draw.waarden for draw in cube(4, 1, BUILDING, NEED).draws()]
    assert values == [
        (Decimal("0.915844"), Decimal("-2.297863")),
        (Decimal("1.160827"), Decimal("0.576326")),
        (Decimal("0.970206"), Decimal("2.247742")),
        (Decimal("1.002487"), Decimal("-0.840357")),
    ]


def test_rows_of_a_group_are_high_and_low_together() -> None:
    one = (*BUILDING[:6], "prijs")
    other = ("kosten", "bedrag", "kostensoort=afstoten", None, "uniform", "0,8; 1,4", "prijs")
    draws = list(cube(30, 3, one, NEED, other).draws())
    ranks = [sorted(draws, key=lambda draw, at=at: Decimal(draw.waarden[at])) for at in range(3)]
    assert ranks[0] == ranks[2]
    assert ranks[0] != ranks[1]


def test_rows_without_a_group_are_not_paired() -> None:
    draws = list(cube(30, 3, BUILDING, NEED).draws())
    ranks = [sorted(draws, key=lambda draw, at=at: Decimal(draw.waarden[at])) for at in range(2)]
    assert ranks[0] != ranks[1]
    assert ranks[0] != ranks[1][::-1]


# --- what a draw does ------------------------------------------------------------------------


def test_an_empty_operation_multiplies_and_amounts_are_whole_cents() -> None:
    after = drawn(BUILDING, Decimal("1.000001"))
    assert cells(after, "kosten", "bedrag")[1] == Decimal("1200001.20")
    after = drawn(BUILDING, Decimal("1.0000000041"))
    assert cells(after, "kosten", "bedrag")[1] == 1_200_000


@pytest.mark.parametrize(("factor", "places"), [("1.12", 22), ("1.125", 23), ("1.124", 22), ("0.01", 0)])
def test_a_whole_number_stays_whole(factor: str, places: int) -> None:
    row = ("plaatsen", "plaatsen", "locatie=L1;zorgvorm=gesloten", None, "uniform", "0; 2", None)
    assert cells(drawn(row, Decimal(factor)), "plaatsen", "plaatsen")[0] == places


def test_a_year_that_is_set_is_rounded() -> None:
    row = ("maatregelen", "vroegste_start", "maatregel=M2", "zet", "uniform", "2021,6; 2023,4", None)
    assert value_at(read(row)[1].uncertainties[0], Fraction(1, 100)) == 2022
    assert cells(drawn(row, Decimal("2022.6")), "maatregelen", "vroegste_start")[1] == 2023


def test_a_setting_is_rounded_as_its_key_asks() -> None:
    row = ("case", "waarde", "sleutel=prijspeil", "zet", "uniform", "2020; 2022", None)
    after = drawn(row, Decimal("2021.5"))
    assert dict(zip(cells(after, "case", "sleutel"), cells(after, "case", "waarde"), strict=True))["prijspeil"] == 2022


def test_a_draw_may_change_nothing() -> None:
    assert drawn(BUILDING, Decimal(1)) == raw_book(tables(BUILDING))


def test_a_word_of_a_list_can_be_set() -> None:
    row = ("dekking", "overdraagbaar", "bron=LUMP", "zet", "lijst", "ja; nee", None)
    assert cells(drawn(row, "nee"), "dekking", "overdraagbaar") == [None, "nee", None]


def test_drawn_numbers_have_the_decimals_of_their_column() -> None:
    amount = ("dekking", "bedrag", "bron=EIGEN", "plus", "uniform", "0; 1", None)
    share = ("zorgvormen", "bezetting_max", "zorgvorm=gesloten", "zet", "uniform", "0; 1", None)
    case = read(amount, share, BUILDING)[1]
    third = [value_at(row, Fraction(1, 3)) for row in case.uncertainties]
    assert third[:2] == [Decimal("0.33"), Decimal("0.333333")]
    assert third[2] == round(Decimal(read_distribution("normaal", "1;0,1").at(Fraction(1, 3))), 6)


# --- what is refused beforehand --------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "cell", "wat"),
    [
        (
            ("kosten", "bedrag", "kostensoort=bouwen", None, "uniform", "0,9;1,1", None),
            "D2",
            "Het filter 'kostensoort=bouwen' past op geen enkele rij van het blad kosten.",
        ),
        (
            ("kosten", "bedragen", None, None, "uniform", "0,9;1,1", None),
            "C2",
            "Het blad kosten heeft geen kolom 'bedragen'.",
        ),
        (("koste", "bedrag", None, None, "uniform", "0,9;1,1", None), "B2", "Het blad 'koste' is onbekend."),
        (
            ("scenarios", "waarde", None, None, "uniform", "0,9;1,1", None),
            "B2",
            "Een trekking kan het blad scenarios niet veranderen: dat blad zegt zelf wat er verandert.",
        ),
        (
            ("onzekerheid", "filter", None, "zet", "lijst", "a;b", None),
            "B2",
            "Een trekking kan het blad onzekerheid niet veranderen: dat blad zegt zelf wat er verandert.",
        ),
        (
            ("realisatie", "bedrag", None, None, "uniform", "0,9;1,1", None),
            "B2",
            "Een trekking kan het blad realisatie niet veranderen: wat is betaald, staat vast; voor andere"
            " feiten is er een andere werkmap.",
        ),
        (("dekking", "soort", "bron=LUMP", "zet", "lijst", "lumpsum;pqx", None), "G2", "soort: 'pqx' kan hier niet."),
        (
            ("dekking", "soort", "bron=LUMP", None, "uniform", "0,9;1,1", None),
            "C2",
            "dekking!B3: 'lumpsum' is geen getal.",
        ),
        (
            ("plaatsen", "plaatsen", None, "zet", "uniform", "-3;-1", None),
            "G2",
            "plaatsen: -2 is negatief, en dat kan hier niet.",
        ),
    ],
)
def test_a_row_that_cannot_be_carried_out_is_a_finding(row: Uncertain, cell: str, wat: str) -> None:
    book, case = read(row)
    (finding,) = check_uncertainty(book, case)
    assert (finding.blad, finding.cel, finding.wat) == ("onzekerheid", cell, wat)


@pytest.mark.parametrize(
    ("blad", "kolom", "doen"),
    [
        ("vraag", "jaren", "Kies uit: jeugdigen, plafond."),
        ("vraag", "jeugdige", "Bedoelt u 'jeugdigen'?"),
        ("kosten", "maatregelen", "Kies uit: bedrag, geactiveerd, index, kostensoort, na_jaren."),
        ("uitwijk", "name", "Noem een ander blad: in uitwijk staat niets onzekers."),
    ],
)
def test_a_column_that_says_which_row_it_is_is_not_proposed(blad: str, kolom: str, doen: str) -> None:
    book, case = read((blad, kolom, None, None, "uniform", "0,9;1,1", None))
    (finding,) = check_uncertainty(book, case)
    assert (finding.cel, finding.doen) == ("C2", doen)


def test_a_filter_sees_what_the_rows_above_it_make() -> None:
    one = ("plaatsen", "plaatsen", "locatie=L1;zorgvorm=gesloten", "zet", "lijst", "7;7;8", None)
    other = ("plaatsen", "plaatsen", "plaatsen=7", "plus", "uniform", "0;2", None)
    book, case = read(one, other)
    assert check_uncertainty(book, case) == []


@pytest.mark.parametrize(
    ("row", "wat"),
    [
        (
            ("kosten", "bedrag", "kostensoort=verbouwen", "zet", "normaal", "1; 0,1", None),
            "De bewerking is zet: bedrag wordt hooguit zo'n 1,23, en is nu minstens 1200000.",
        ),
        (
            ("kosten", "bedrag", "maatregel=M6", "zet", "driehoek", "0,9; 1; 1,3", None),
            "De bewerking is zet: bedrag wordt hooguit zo'n 1,27, en is nu minstens 20000,1.",
        ),
        (
            ("financiering", "prijs", None, "zet", "lijst", "0,9; 1; 1,1", None),
            "De bewerking is zet: prijs wordt hooguit zo'n 1,1, en is nu minstens 125000.",
        ),
        (
            ("vraag", "jeugdigen", "zorgvorm=gesloten;jaar=2022", "zet", "uniform", "0,9; 1,1", None),
            "De bewerking is zet: jeugdigen wordt hooguit zo'n 1,1, en is nu minstens 27.",
        ),
    ],
)
def test_a_factor_that_is_set_is_a_finding(row: Uncertain, wat: str) -> None:
    book, case = read(row)
    (finding,) = check_uncertainty(book, case)
    assert (finding.cel, finding.wat) == ("G2", wat)
    assert finding.doen == "Kies bij bewerking maal als dit een factor is; schrijf anders de waarde zelf."


@pytest.mark.parametrize(
    "row",
    [
        ("kosten", "bedrag", "kostensoort=verbouwen", "zet", "lijst", "0; 0; 1200000", None),
        ("kosten", "bedrag", "maatregel=M6", "zet", "uniform", "10,1; 11", None),
        ("plaatsen", "plaatsen", "locatie=L1;zorgvorm=gesloten", "zet", "lijst", "0; 1", None),
        ("vraag", "jeugdigen", "zorgvorm=gesloten;jaar=2022", "zet", "uniform", "0; 1,1", None),
        ("vraag", "jeugdigen", "zorgvorm=kleinschalig", "zet", "uniform", "0,5; 1,5", None),
        ("zorgvormen", "bezetting_max", "zorgvorm=gesloten", "zet", "uniform", "0,8; 0,9", None),
        ("kosten", "index", "kostensoort=verbouwen", "zet", "lijst", "ova; bouw", None),
    ],
)
def test_a_value_that_may_be_meant_is_set(row: Uncertain) -> None:
    book, case = read(row)
    assert check_uncertainty(book, case) == []


def test_rows_that_can_be_drawn_have_no_findings() -> None:
    book, case = read(BUILDING, NEED)
    assert check_uncertainty(book, case) == []
