"""Grants of two regulations in a workbook: each limit is live, and two engines agree on what a change does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from finance.books.budget.double import double_funding
from finance.money import Money
from finance.tables.engine.calculating import Calculator
from finance.tables.engine.cells import cells_of_book
from tests.finance.books.budget import two_grants, variants
from tests.finance.books.budget.live import Live
from tests.finance.books.budget.two_grants import OF_2020, OF_2024, YEAR

FAILED, HOLDS = "VOLDOET NIET", "VOLDOET"
REBUILT = {"regeling": OF_2024, "maatregel": "OMBOUW", "kostensoort": "verbouwen", "jaar": YEAR}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Live:
    return Live(two_grants.two_grants(), two_grants.STARTS, tmp_path_factory.mktemp("twee") / "begroting.xlsx")


@pytest.fixture
def live(written: Live) -> Live:
    return written.anew()


def by_the_other_engine(live: Live, change: tuple[str, str, int, object], asked: tuple[str, str, int]) -> object:
    """What the toolkit's own evaluator makes of a cell when another one is changed."""

    def place(table: str, column: str, row: int) -> tuple[str, tuple[int, int]]:
        sheet, *at = live.at(table, column, row)
        return live.pages[sheet].naam, (at[0], at[1])

    sheets = {name: dict(cells) for name, cells in cells_of_book(live.book).items()}
    sheet, at = place(*change[:3])
    value = change[3] if isinstance(change[3], str) else Fraction(str(change[3]))
    sheets[sheet][at] = replace(sheets[sheet][at], value=value)
    name, where = place(*asked)
    return Calculator(sheets).worked_out((name, *where)).value


def test_everything_holds_before_any_change(live: Live) -> None:
    assert live.get("stand", "oordeel") == HOLDS
    assert live.get("regeloordeel", "oordeel") == HOLDS
    row = live.find("activatoets", **REBUILT)
    assert [live.get("activatoets", key, row) for key in ("waarde", "grens", "oordeel")] == [60_000, 60_000, HOLDS]
    limits = {live.get("leegtoets", "regeling", row): live.get("leegtoets", "grens", row) for row in (0, 1)}
    assert limits == {OF_2024: 32_003, OF_2020: 80_000}  # 2 x 16,001.50, and 2 x 40,000


def changes(live: Live) -> Iterator[tuple[str, tuple[str, str, int, object], tuple[str, str, int]]]:
    """What is changed, the cell with its new value, and the verdict that turns."""
    capitalised = "activatoets", "oordeel", live.find("activatoets", **REBUILT)
    new = "leegtoets", "oordeel", live.find("leegtoets", regeling=OF_2024)
    old = "leegtoets", "oordeel", live.find("leegtoets", regeling=OF_2020)
    flag = live.find("kosten", bedrag=60_000)
    yield "capitalised after all", ("kosten", "geactiveerd", flag, "ja"), capitalised
    yield "no word at all", ("kosten", "geactiveerd", flag, "?"), capitalised
    yield "less of it", ("kosten", "bedrag", flag, 59_999.99), capitalised
    paid = live.find("betaling", bron="NIEUW", kostensoort="verbouwen", jaar=YEAR)
    yield "a cent more", ("betaling", "bedrag", paid, 60_000.01), capitalised
    yield "less housing", ("plaatsen", "huisvesting_per_plaats", 0, 16_001.49), new
    used = live.find("bezetting", locatie="L1", zorgvorm="gesloten", jaar=YEAR)
    yield "fewer empty", ("bezetting", "bezet", used, 5), new
    closing = live.find("effecten", plaatsen=-2)
    yield "closing at once, 2024", ("effecten", "na_jaren", closing, 0), new
    yield "closing at once, 2020", ("effecten", "na_jaren", closing, 0), old


NAMES = (
    "capitalised after all",
    "no word at all",
    "less of it",
    "a cent more",
    "less housing",
    "fewer empty",
    "closing at once, 2024",
)


@pytest.mark.parametrize("name", [*NAMES, "closing at once, 2020"])
def test_a_change_turns_its_check_in_both_engines(live: Live, name: str) -> None:
    change, asked = next((change, asked) for what, change, asked in changes(live) if what == name)
    assert live.get(*asked) == HOLDS
    table, column, row, value = change
    live.put(table, column, row, value)  # type: ignore[arg-type]
    assert live.get(*asked) == FAILED
    assert live.get("stand", "oordeel") == FAILED
    assert by_the_other_engine(live, change, asked) == FAILED


def test_the_parameter_of_the_rule_decides_what_is_limited(live: Live) -> None:
    """Where the regulation would pay what is capitalised too, nothing that it pays counts against the limit."""
    row = live.find("activatoets", **REBUILT)
    paid = live.find("betaling", bron="NIEUW", kostensoort="verbouwen", jaar=YEAR)
    live.put("betaling", "bedrag", paid, 70_000)
    assert live.get("activatoets", "oordeel", row) == FAILED
    live.put("post", "niet_geactiveerd", live.find("post", groep=OF_2024, kostensoort="verbouwen"), "nee")
    assert live.get("activatoets", "oordeel", row) == HOLDS
    assert live.get("activatoets", "waarde", row) == 0


def test_what_is_paid_of_what_is_capitalised_is_an_error_and_goes_back(live: Live) -> None:
    paid = live.find("betaling", bron="NIEUW", kostensoort="verbouwen", jaar=YEAR)
    year = live.find("rapportering", beschikking=OF_2024, jaar=YEAR)
    assert live.get("rapportering", "fouten", year) == 0
    live.put("betaling", "bedrag", paid, 70_000.25)
    assert live.get("rapportering", "boven_geactiveerd", year) == pytest.approx(10_000.25)
    assert live.get("rapportering", "fouten", year) == pytest.approx(10_000.25)
    assert live.get("rapportering", "boven_leegstand", year) == 0


def test_each_regulation_has_its_own_room_for_vacancy(live: Live) -> None:
    """NIEUW pays its 32,003.00; OUD may pay on to 80,000 by its own limit, and not a cent more."""
    old = live.find("betaling", bron="OUD", kostensoort="leegstand", jaar=YEAR)
    row = live.find("leegtoets", regeling=OF_2020)
    live.put("betaling", "bedrag", old, 80_000)
    assert live.get("leegtoets", "oordeel", row) == HOLDS
    live.put("betaling", "bedrag", old, 80_000.01)
    assert live.get("leegtoets", "oordeel", row) == FAILED
    assert live.get("leegtoets", "oordeel", live.find("leegtoets", regeling=OF_2024)) == HOLDS


def test_of_a_closed_year_the_share_of_what_was_spent(tmp_path: Path) -> None:
    """Planned 160,000.01 with 60,000 not capitalised; spent 80,000.01: of that 30,000.00, rounded down."""
    live = Live(two_grants.with_a_closed_year(), two_grants.STARTS, tmp_path / "begroting.xlsx")
    row = live.find("activatoets", **REBUILT)
    share = Fraction(80_000_01 * 60_000_00, 160_000_01)
    assert live.get("activatoets", "grens", row) == float(Money(int(share)).euros)
    # The facts passed it by a cent.
    assert live.get("activatoets", "oordeel", row) == FAILED


def test_a_revision_keeps_its_limits_under_the_reading(tmp_path: Path) -> None:
    """It pays of rebuilding what is not capitalised, and nothing of an alternative; the basic amount pays both."""
    live = Live(two_grants.with_a_revision(), two_grants.STARTS, tmp_path / "begroting.xlsx")
    assert live.get("regeloordeel", "oordeel") == HOLDS
    rebuilt = live.find("betaling", bron="HERZIEN", kostensoort="verbouwen", jaar=YEAR)
    row = live.find("activatoets", **REBUILT)
    assert [live.get("activatoets", key, row) for key in ("waarde", "grens")] == [30_000, 60_000]
    live.put("betaling", "bedrag", rebuilt, 60_000.01)
    assert live.get("activatoets", "oordeel", row) == FAILED
    started = live.find("betaling", bron="NIEUW", kostensoort="opstart")
    assert live.get("betaling", "activiteit", started) == "n.v.t."
    live.put("betaling", "bron", started, "HERZIEN")
    assert live.get("betaling", "activiteit", started) == "nee"
    live.put("effecten", "zorgvorm", live.find("effecten", maatregel="TEAM"), "gesloten")
    assert live.get("betaling", "activiteit", started) == "ja"


def test_the_cover_names_each_measure_that_two_regulations_pay(written: Live, tmp_path: Path) -> None:
    """OMBOUW is paid by both; TEAM by NIEUW alone. No block where grants of one regulation pay."""
    (found,) = double_funding(written.draft)
    line, meaning = found.lines
    assert line == f"OMBOUW: EUR 98.000,00 uit {OF_2024} en EUR 100.000,01 uit {OF_2020}."
    assert "(Stcrt. 2024, 37715 (BWBR0050438), art. 4 en art. 9, vierde lid)" in meaning
    alone = Live(variants.small(), variants.STARTS, tmp_path / "klein.xlsx")
    assert double_funding(alone.draft) == ()


def serial(day: date) -> int:
    """A day as a workbook counts it."""
    return (day - date(1899, 12, 30)).days


def test_the_calendar_says_when_a_grant_of_2024_is_determined(live: Live) -> None:
    """37 weeks after 15 July of the year after the last; the regulation of 2020 was not seen to say when."""
    by_regulation = {live.get("beschikking", "regeling", row): row for row in (0, 1)}
    row = by_regulation[OF_2024]
    assert live.get("einde", "eindjaar", row) == 2025
    assert live.get("einde", "datum", row) == serial(date(2026, 7, 15))
    assert live.get("einde", "vaststelling", row) == serial(date(2027, 3, 31))
    assert live.get("einde", "vaststelling", by_regulation[OF_2020]) == ""
    live.put("einde", "vaststelling_dagen", row, 1)
    assert live.get("einde", "vaststelling", row) == serial(date(2026, 7, 16))


def test_the_end_of_a_regulation_is_one_cell(live: Live) -> None:
    """Earlier by a year in the parameters of the rules: the payments, the last account and the calendar follow."""
    row = next(row for row in (0, 1) if live.get("beschikking", "regeling", row) == OF_2024)
    last = live.draft.years[-1]
    assert live.get("beschikking", "venster_tot", row) == serial(date(2030, 12, 31))
    live.put(
        "uitkeringsjaar", "tot", live.find("uitkeringsjaar", regeling=OF_2024, jaar=last), serial(date(2024, 6, 1))
    )
    assert live.get("beschikking", "venster_tot", row) == serial(date(2024, 6, 1))
    assert live.get("einde", "einde", row) == serial(date(2024, 6, 1))
    assert live.get("einde", "eindjaar", row) == 2024
