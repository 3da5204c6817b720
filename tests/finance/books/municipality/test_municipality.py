"""The workbook of one municipality: her numbers and no others', the whole to the cent, and what a change does."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from finance.books.municipality import Draft, draft_of, municipality_book, pages, recipients
from finance.books.municipality.anchors import anchors_of
from finance.books.municipality.front import LEFT_OUT
from finance.case import Case
from finance.money import Money
from finance.tables.painting import book_of
from finance.tables.places import places_of
from finance.xlsx.paper import paper_of
from finance.xlsx.sealing import sealed_bytes
from finance.xlsx.verify import verify_written
from finance.xlsx.write import write_book
from tests.finance.books.budget.disturbing import unnoticed
from tests.finance.books.budget.granted import STARTS, granted
from tests.finance.books.budget.handmade import INFO, hand_plan
from tests.finance.books.budget.live import Live
from tests.finance.statement.test_several_municipalities import GRANTS, three

CASES = {
    **{town: (three, {"M5": 2022, "M4": 2023, "M6": 2024}, town) for town in GRANTS},
    **{f"{town}, met beschikkingen": (granted, STARTS, town) for town in ("Rotterdam", "Delft")},
}


def draft(name: str) -> Draft:
    make, starts, town = CASES[name]
    case: Case = make()
    return draft_of(case, hand_plan(case, starts), "basis", INFO, town)


@pytest.mark.parametrize("name", CASES)
def test_it_is_sealed_and_verified_like_the_budget_and_every_control_is_met(name: str) -> None:
    report = verify_written("begroting.xlsx", sealed_bytes(municipality_book(draft(name)), "", {}))
    assert report.findings == ()
    assert report.formulas > 100


def test_the_municipalities_are_together_the_whole_to_the_cent() -> None:
    drafts = [draft(town) for town in GRANTS]
    known = drafts[0].budget.accountability
    for year in drafts[0].budget.years:
        hers = [row.besteed for one in drafts for row in one.years if row.jaar == year]
        assert Money.total(hers) == drafts[0].paid_by_all(year)
    assert drafts[0].paid_by_all(2022) > Money(0)
    assert Money.total(row.terug for one in drafts for row in one.settlements) == Money.total(
        row.terug for row in known.settlements
    )
    assert sum(len(one.payments) for one in drafts) == sum(
        row.bron.soort == "spuk" for row in drafts[0].budget.statement.payments
    )


def test_nothing_of_another_municipality_is_in_it_and_it_says_what_is_left_out(tmp_path: Path) -> None:
    write_book(municipality_book(draft("Ermelo")), tmp_path / "ermelo.xlsx")
    book = openpyxl.load_workbook(tmp_path / "ermelo.xlsx")
    texts = [str(cell.value) for sheet in book for row in sheet for cell in row if cell.value is not None]
    assert not [text for text in texts if "S-Arnhem" in text or "Utrecht" in text]
    assert any("S-Ermelo" in text for text in texts)
    front = [str(cell.value) for row in book["voorblad"] for cell in row if cell.value is not None]
    assert set(LEFT_OUT) <= set(front)


class LiveTown(Live):
    """The workbook of a municipality with an engine."""

    def __init__(self, town: Draft, path: Path) -> None:
        self.pages = pages(town)
        self.book = book_of("proef", self.pages)
        self.places = places_of(self.pages)
        write_book(self.book, path)
        self.path = path
        self._load()


def test_a_payment_that_changes_turns_the_tie_to_the_whole_and_the_front(tmp_path: Path) -> None:
    live = LiveTown(draft("Arnhem"), tmp_path / "arnhem.xlsx")
    year = int(float(str(live.get("betaling", "jaar", 0))))
    row = next(at for at in range(3) if live.get("aansluiting", "jaar", at) == year)
    assert (live.get("aansluiting", "oordeel", row), live.get("voorbladstand", "controles")) == ("VOLDOET", "VOLDOET")
    live.put("betaling", "bedrag", 0, float(str(live.get("betaling", "bedrag", 0))) + 0.01)
    assert live.get("aansluiting", "oordeel", row) == "VOLDOET NIET"
    assert live.get("voorbladstand", "controles") == "VOLDOET NIET"


def test_the_recipients_are_each_named_once_as_the_case_spells_them() -> None:
    assert recipients(three()) == ("Arnhem", "Utrecht", "Ermelo")
    assert recipients(granted()) == ("Delft", "Rotterdam")
    assert recipients(three(Utrecht={"gemeente": "arnhem"})) == ("Arnhem", "Ermelo")


@pytest.mark.parametrize("name", ["Arnhem", "Rotterdam, met beschikkingen"])
def test_no_letter_is_printed_below_seven_points(name: str) -> None:
    printed = {sheet.naam: 10 * paper_of(sheet).scale(sheet) for sheet in municipality_book(draft(name)).sheets}
    assert {sheet: points for sheet, points in printed.items() if points < 7} == {}


def test_a_wrong_column_is_noticed_unless_it_only_labels_a_row() -> None:
    town = draft("Rotterdam, met beschikkingen")
    made = pages(town)
    found = unnoticed(book_of("", made), made, anchors_of(town))
    labels = {"beschikking", "sisa_code", "waarvoor", "kostensoort"}
    shown = {("einde", "eindjaar"), ("einde", "later"), ("rechtmatig", "bedrag"), ("rechtmatig", "jaar")}
    silent = {(table, column) for table, column in found if not table.startswith("blad") and column not in labels}
    assert silent <= shown
