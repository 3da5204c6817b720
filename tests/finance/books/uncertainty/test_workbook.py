"""The workbook of a sweep: verified, counting only what is proven, and live."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import ironcalc
import openpyxl
import pytest
from scipy.stats import spearmanr

from finance.books.uncertainty import Swept, pages, uncertainty_book
from finance.tables.grid import Role, column_letters
from finance.tables.painting import book_of
from finance.tables.places import Places, places_of
from finance.uncertainty.draws import DrawResult, DrawStatus
from finance.xlsx.seal import sealed
from finance.xlsx.verify import verify
from finance.xlsx.write import book_bytes, write_book
from tests.finance.sweeping import GAPS, swept, uncertain_case

COUNTED = (1, 2, 4, 5, 7)
"""The draws that are proven."""


class Live:
    """The workbook with an engine that recalculates it."""

    def __init__(self, made: Swept, path: Path) -> None:
        self.pages = pages(made)
        self.places: Places = places_of(self.pages)
        write_book(book_of("proef", self.pages), path)
        self.model = ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")
        self.model.evaluate()

    def at(self, table: str, column: str, row: int) -> tuple[int, int, int]:
        """Sheet (from 0), row and column (from 1) of a cell; rows of a table count from 0."""
        spot = self.places.spot(table)
        letters = [column_letters(number) for number in range(1, 100)]
        sheet = [page.naam for page in self.pages].index(spot.sheet)
        return sheet, spot.first + row, letters.index(spot.letter(column)) + 1

    def get(self, table: str, column: str, row: int = 0) -> object:
        """What the engine makes of a cell."""
        return self.model.get_cell_value(*self.at(table, column, row))

    def column(self, table: str, column: str) -> list[object]:
        """What the engine makes of a column."""
        return [self.get(table, column, row) for row in range(self.places.spot(table).body)]

    def set(self, table: str, column: str, row: int, value: str) -> None:
        """Change a cell and recalculate."""
        self.model.set_user_input(*self.at(table, column, row), value)
        self.model.evaluate()


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Live:
    """The sweep made by hand; for tests that change nothing."""
    return Live(swept(), tmp_path_factory.mktemp("onzeker") / "o.xlsx")


def row_of(live: Live, table: str, column: str, name: str) -> int:
    """The row of a table with a name in a column."""
    return live.column(table, column).index(name)


def all_failed() -> Swept:
    """A sweep of which nothing counts."""
    return swept(*(DrawResult(nummer=at, status=DrawStatus.FAILED, melding="kan niet") for at in (1, 2)))


@pytest.mark.parametrize("made", [swept, all_failed])
def test_it_verifies(made: object, tmp_path: Path) -> None:
    assert callable(made)
    write_book(sealed(uncertainty_book(made())), tmp_path / "o.xlsx")
    assert verify(tmp_path / "o.xlsx").findings == ()


def test_a_star_in_the_name_of_a_grant_stands_for_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case = uncertain_case()
    star = case.source["SPUK"].model_copy(update={"bron": "SP*"})
    more = replace(case, sources=(*case.sources, star))
    monkeypatch.setattr("tests.finance.sweeping.uncertain_case", lambda: more)
    live = Live(swept(), tmp_path / "o.xlsx")
    assert live.column("terug", "bron") == ["SPUK", "SP*"]
    assert live.column("terug", "nr") == [1, len(case.sources) + 1]


def test_draws_are_counted_by_how_they_ended(live: Live) -> None:
    keys = ("aantal", "bewezen", "tijdslimiet", "mislukt", "open", "kans")
    found = [live.get("stand", key) for key in keys]
    assert found == [7, 5, 1, 1, 3, 0.6]


def test_the_percentiles_of_a_goal_are_those_of_the_draws_that_count(live: Live) -> None:
    row = row_of(live, "doel", "doel", "ongedekt")
    keys = ("laagst", "p10", "p50", "p90", "hoogst", "gemiddeld")
    found = [live.get("doel", key, row) for key in keys]
    assert found == pytest.approx([0, 0, 7.05, 250_000.25, 250_000.25, 50_021.48])


def test_the_bars_of_a_histogram_count_each_draw_once(live: Live) -> None:
    goals = [row.doel for row in swept().case.goals]
    name = f"staaf{goals.index('ongedekt')}"
    assert live.column(name, "aantal") == [4, 0, 0, 0, 0, 0, 0, 0, 0, 1]
    assert live.get(name, "tot") == 25_000.03


def test_only_goals_that_vary_have_a_histogram_and_a_tornado(live: Live) -> None:
    named = {name for name in live.places.tables if re.fullmatch(r"(staaf|invloed)\d", name)}
    goals = [row.doel for row in swept().case.goals]
    varying = (goals.index("ongedekt"), goals.index("waardering"))
    assert named == {f"{kind}{at}" for kind in ("staaf", "invloed") for at in varying}


def test_a_measure_shows_in_how_many_draws_it_starts_when(live: Live) -> None:
    rows = {
        name: [
            live.get("keuze", key, row_of(live, "keuze", "maatregel", name))
            for key in ("gekozen", "deel", "j2022", "j2023", "j2024")
        ]
        for name in ("M1", "M2", "M3")
    }
    assert rows == {"M1": [5, 1, 3, 2, 0], "M2": [4, 0.8, 0, 0, 4], "M3": [0, 0, 0, 0, 0]}


def test_the_probability_of_a_claim_counts_draws_with_something_left(live: Live) -> None:
    found = [live.get("terug", key) for key in ("bron", "trekkingen", "kans", "gemiddeld", "p90", "hoogst")]
    assert found == ["SPUK", 3, 0.6, pytest.approx(500.004), 2500, 2500]


def test_the_tornado_compares_the_draws_at_both_ends_of_an_input(live: Live) -> None:
    """A fifth of five draws is one draw; its goal less the mean of all."""
    made = swept()
    at = made.goals.index("ongedekt")
    row = row_of(live, f"invloed{at}", "invoer", "bouw")
    drawn = {draw.nummer: draw.waarden[0] for draw, _ in made.results}
    goal = dict(zip(COUNTED, map(float, GAPS), strict=True))
    mean = sum(goal.values()) / 5
    low, high = (of(COUNTED, key=drawn.__getitem__) for of in (min, max))  # type: ignore[operator]
    found = [live.get(f"invloed{at}", key, row) for key in ("onder", "boven", "laag", "hoog", "verschil")]
    assert found[:2] == [float(drawn[low]), float(drawn[high])]
    assert found[2:] == pytest.approx([goal[low] - mean, goal[high] - mean, goal[high] - goal[low]])
    ranked = spearmanr([float(drawn[number]) for number in COUNTED], list(goal.values())).statistic
    assert live.get(f"invloed{at}", "rang", row) == pytest.approx(ranked)


def test_an_input_of_words_has_no_tornado_but_is_named(live: Live) -> None:
    at = swept().goals.index("ongedekt")
    assert sorted(map(str, live.column(f"invloed{at}", "invoer"))) == ["bouw", "vraag*"]
    notes = [line for page in live.pages for block in page.blocks for line in getattr(block, "lines", ())]
    assert any("mee?" in line for line in notes)


def test_draws_that_do_not_count_are_named_with_why(live: Live) -> None:
    assert live.column("uitval", "nummer") == [3, 6]
    assert live.column("uitval", "melding") == ["vraag!C2: dat kan niet.", None]


def test_what_does_not_count_never_shows_in_a_number(live: Live) -> None:
    """Draw 6 is at a billion euros; nothing outside the sheets with the draws themselves is."""
    for page, sheet in zip(live.pages, book_of("proef", live.pages).sheets, strict=True):
        if page.naam not in ("trekkingen", "geld"):
            numbers = [cell.value for cell in sheet.cells.values() if not isinstance(cell.value, str | None)]
            assert all(float(getattr(n, "euros", n)) < 10**8 for n in numbers), page.naam  # type: ignore[arg-type]


# --- it is live ------------------------------------------------------------------------------


def test_another_outcome_of_a_draw_moves_the_statistics(tmp_path: Path) -> None:
    live = Live(swept(), tmp_path / "o.xlsx")
    at = swept().goals.index("ongedekt")
    live.set("trek", f"d{at}", 0, "1")
    assert live.get("stand", "open") == 4
    assert live.get("doel", "laagst", at) == 0
    live.set("trek", f"d{at}", 3, "2")
    assert (live.get("stand", "open"), live.get("doel", "laagst", at)) == (5, 1)
    assert live.get("doel", "p50", at) == 7.05


def test_another_percentile_and_another_threshold_move_what_rests_on_them(tmp_path: Path) -> None:
    live = Live(swept(), tmp_path / "o.xlsx")
    at = swept().goals.index("ongedekt")
    live.set("rang", "deel", 0, "0.8")
    assert live.get("doel", "p10", at) == 100.1
    live.set("drempel", "waarde", 0, "0.01")
    assert live.get("terug", "trekkingen") == 1


def test_a_draw_that_is_left_out_turns_the_controls(tmp_path: Path) -> None:
    live = Live(swept(), tmp_path / "o.xlsx")
    assert live.get("controlestand", "oordeel") == "VOLDOET"
    live.set("trek", "status", 1, "anders")
    assert live.get("telling", "oordeel") == "VOLDOET NIET"
    assert live.get("voorbladstand", "oordeel") == "VOLDOET NIET"


# --- what is pasted --------------------------------------------------------------------------


def test_only_draws_and_their_outcomes_are_pasted() -> None:
    pasted = {Role.DECISION, Role.INPUT_ASSUMED, Role.INPUT_SOURCED}
    for sheet in uncertainty_book(swept()).sheets:
        for at, cell in sheet.cells.items():
            if not cell.formula and not isinstance(cell.value, str | None) and cell.role is not Role.HEADER:
                assert cell.role in pasted, (sheet.naam, at)


def test_equal_sweeps_give_equal_bytes() -> None:
    assert book_bytes(uncertainty_book(swept())) == book_bytes(uncertainty_book(swept()))


def test_every_sheet_says_what_it_shows(tmp_path: Path) -> None:
    write_book(uncertainty_book(swept()), tmp_path / "o.xlsx")
    book = openpyxl.load_workbook(tmp_path / "o.xlsx")
    assert all(sheet["A1"].value and sheet["A2"].value for sheet in book)
    assert all(sheet.sheet_state == "visible" for sheet in book)
