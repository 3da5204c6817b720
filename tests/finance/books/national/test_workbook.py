"""The workbook of the country: its numbers, its verdicts, and what a change does to them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finance.books.national import Draft, national_book, pages
from finance.books.national.anchors import anchors_of
from finance.national.picture import National
from finance.tables.painting import book_of
from finance.tables.places import places_of
from finance.xlsx.paper import paper_of
from finance.xlsx.sealing import sealed_bytes
from finance.xlsx.verify import verify_written
from finance.xlsx.write import write_book
from tests.finance.books.budget.disturbing import unnoticed
from tests.finance.books.tariff.live import Live
from tests.finance.national.regions import EAST, NORTH, SOUTH, WEST, alone, country

TOOLKIT: Final = "spuk proef"
SMALLEST: Final = 7
"""Points: no letter is printed smaller."""
SHOWN: Final = {
    "voorbladstand": {"casussen", "bewezen", "ongedekt", "tekort", "samen"},
    "beeld": {"eerst", "laatst", "pad", "bezet", "mist", "elders", "kosten", "uit0", "uit1", "ongedekt"},
    "beeldgeld": {"naam", "plafond", "verleend", "buiten", "besteed", "over", "binnen"},
    "plafond": {"buiten", "aandeel", "plafond_k", "verleend_k", "besteed_k", "genoeg"},
    "deelplafond": {"uitkering", "deel", "buiten"},
    "stadgeld": {"meer"},
    "gevraagd": {"naam", "kan"},
    "rondepot": {"past"},
    "gebiedlast": {"k0", "k1", "anders_k", "ongedekt_k"},
    "soortlast": {"k0", "k1", "anders_k", "ongedekt_k"},
    "jaarlast": {"k0", "k1", "anders_k", "ongedekt_k"},
    "plaatspad": {"hier", "land", "deel", "meer"},
    "jongerenpad": {"hier", "land", "deel", "meer"},
    "overnamejaar": {"blijft"},
    "bladgaaf": {"gevuld_nu"},
    "bladgevuld": {f"t{number}" for number in range(40)},
}
"""The columns that only show: nothing is computed from them."""


class LiveCountry(Live):
    """A workbook of the country with an engine."""

    def __init__(self, national: National, path: Path) -> None:
        self.pages = pages(Draft(national, TOOLKIT))
        self.places = places_of(self.pages)
        self.book = book_of("proef", self.pages)
        write_book(self.book, path)
        self.path = path
        self._load()

    def row(self, table: str, **wanted: object) -> int:
        """The position of the row of a table with these values in some columns, as the engine has them."""
        body = self.places.spot(table).body
        return next(at for at in range(body) if all(self.value(table, key, at) == is_ for key, is_ in wanted.items()))

    def value(self, table: str, column: str, row: int = 0) -> object:
        """What the engine makes of a cell of a table, its rows counted from 0."""
        spot = self.places.spot(table)
        number = [page.naam for page in self.pages].index(spot.sheet)
        return self.got(number, (spot.first + row, list(spot.letters).index(column) + 1))


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> LiveCountry:
    return LiveCountry(country(), tmp_path_factory.mktemp("landelijk") / "landelijk.xlsx")


@pytest.mark.parametrize("national", [country, alone], ids=["vier regio's", "een regio"])
def test_every_formula_is_what_python_computes_and_what_another_engine_makes_of_it(national: object) -> None:
    assert callable(national)
    report = verify_written("landelijk.xlsx", sealed_bytes(national_book(Draft(national(), TOOLKIT))))
    assert report.findings == ()


def test_a_wrong_column_is_noticed_unless_it_is_only_shown() -> None:
    draft = Draft(country(), TOOLKIT)
    made = pages(draft)
    found = unnoticed(book_of("", made), made, anchors_of(draft))
    assert {f"{table}.{column}" for table, column in found if column not in SHOWN.get(table, set())} == set()


@pytest.mark.parametrize("national", [country, alone], ids=["vier regio's", "een regio"])
def test_no_sheet_is_printed_in_letters_below_seven_points(national: object) -> None:
    assert callable(national)
    book = national_book(Draft(national(), TOOLKIT))
    small = {sheet.naam: 10 * paper_of(sheet).scale(sheet) for sheet in book.sheets}
    assert {name: points for name, points in small.items() if points < SMALLEST} == {}


@st.composite
def regions(draw: st.DrawFn) -> National:
    """Two to four regions of any size, of which some fall short by parts of a place."""
    chosen = draw(st.lists(st.sampled_from([NORTH, SOUTH, WEST, EAST]), min_size=2, max_size=4, unique=True))
    sizes = st.integers(0, 40)
    return National(
        tuple(
            replace(
                made,
                places=places,
                need=tuple(draw(sizes) for _ in range(3)),
                closes=draw(st.integers(1, max(places, 1))) if places else 0,
                grant=draw(st.sampled_from([0, 1, 123_456])),
            ).plan(f"regio{number}")
            for number, made in enumerate(chosen)
            for places in (draw(sizes),)
        )
    )


@settings(max_examples=4, deadline=None)
@given(regions())
def test_any_regions_make_a_workbook_whose_controls_are_met(national: National) -> None:
    """What Python computes apart is what the formulas come to, or `national_book` raises."""
    report = verify_written("landelijk.xlsx", sealed_bytes(national_book(Draft(national, TOOLKIT))))
    assert report.findings == ()


def test_two_workbooks_of_the_same_are_the_same_bytes() -> None:
    made = [sealed_bytes(national_book(Draft(country(), TOOLKIT))) for _ in range(2)]
    assert made[0] == made[1]


# --- what a change in the workbook does ------------------------------------------------------


@pytest.mark.parametrize(("granted", "verdict"), [("41454546", "VOLDOET"), ("41454546.01", "VOLDOET NIET")])
def test_a_maximum_decides_at_its_cent(live: LiveCountry, granted: str, verdict: str) -> None:
    one = live.anew()
    one.set("uitkering", "verleend", one.row("uitkering", gemeente="Rotterdam"), granted)
    at = one.row("stadgeld", uitkering="Uitkering van 2024", gemeente="Rotterdam")
    assert one.value("stadgeld", "oordeel", at) == verdict
    assert one.value("voorbladstand", "controles") == verdict


@pytest.mark.parametrize(("granted", "verdict"), [("175499998", "VOLDOET"), ("175499998.01", "VOLDOET NIET")])
def test_the_national_ceiling_decides_at_its_cent(live: LiveCountry, granted: str, verdict: str) -> None:
    """Noord, Oost and Zuid have 1, 0.5 and 1 million of the 176: so much may Noord have when Zuid has nothing."""
    one = live.anew()
    one.type("uitkering", "verleend", one.row("uitkering", gemeente="Rotterdam"), "0")
    one.set("uitkering", "verleend", one.row("uitkering", gemeente="Groningen"), granted)
    assert one.value("plafond", "binnen", one.row("plafond", naam="Uitkering van 2024")) == verdict


def test_a_landsdeel_that_comes_nearer_turns_the_proof(live: LiveCountry) -> None:
    """In 2024 Zuid-West goes to Zuid-Holland, one border away; were Noord next to it, that were as near."""
    one = live.anew()
    at = one.row("overname", van="Noord-Nederland", naar="Zuid-West", jaar=2024)
    assert one.value("overname", "oordeel", at) == "VOLDOET"
    one.set("stap", "s5", one.row("stap", van="Noord-Nederland"), "1")
    assert one.value("overname", "oordeel", at) == "VOLDOET"
    one.set("stap", "s5", one.row("stap", van="Noord-Nederland"), "0")
    assert one.value("overname", "oordeel", at) == "VOLDOET NIET"
    assert one.value("voorbladstand", "controles") == "VOLDOET NIET"


def test_a_place_more_that_falls_short_is_seen(live: LiveCountry) -> None:
    one = live.anew()
    one.set("plek", "tekort", one.row("plek", landsdeel="Zuid-West", jaar=2024), "4")
    assert one.value("overnamejaar", "mist") == pytest.approx(3)
    assert one.value("overnamejaar", "meest") == "VOLDOET NIET"


def test_another_day_for_the_goal_moves_the_path(live: LiveCountry) -> None:
    one = live.anew()
    at = one.row("pad", jaar=2026)
    before = one.value("pad", "plaatsen", at)
    one.set("telling", "op", one.row("telling", wat="doel"), "2030-01-01")
    after = one.value("pad", "plaatsen", at)
    assert isinstance(before, float)
    assert isinstance(after, float)
    assert after < before
