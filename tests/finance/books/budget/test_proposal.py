"""The workbook as a reader meets it: its sheets, its words, its links."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from finance.books.budget import proposal
from finance.case import Case
from finance.plan.allocation import GoalProof, Plan, Status
from finance.tables.grid import Book, Role, Sheet
from tests.finance.books import shelf
from tests.finance.books.budget import variants
from tests.finance.books.budget.handmade import INFO, hand_plan

FIRST = (
    "voorblad",
    "samenvatting",
    "maatregelen",
    "dekking",
    "betalingen",
    "bronnen",
    "capaciteit",
    "frictiekosten",
    "leegstand",
    "lumpsum",
    "lasten_gemeenten",
    "regels",
    "rechtmatigheid",
    "regelingen_naast_elkaar",
    "sisa",
    "verloop_spuk",
    "rapportering",
    "kalender",
    "uitgangspunten",
)
LAST = ("controles", "spoor", "verantwoording", "kwaliteit")


def _book(case: Case, starts: Mapping[str, int], change: Callable[[Plan], Plan] = lambda plan: plan) -> Book:
    return proposal(case, change(hand_plan(case, starts)), "basis", INFO)


def _sheet(book: Book, name: str) -> Sheet:
    return next(sheet for sheet in book.sheets if sheet.naam == name)


def _words(sheet: Sheet) -> list[str]:
    return [cell.value for cell in sheet.cells.values() if isinstance(cell.value, str)]


@pytest.fixture(scope="module")
def book() -> Book:
    return shelf.budget("rich")


def test_the_sheets_stand_in_the_order_that_readers_know(book: Book) -> None:
    names = tuple(sheet.naam for sheet in book.sheets)
    assert names[: len(FIRST)] == FIRST
    assert names[-len(LAST) :] == LAST
    assert all(name.startswith("rekenblad_") for name in names[len(FIRST) : -len(LAST)])


def test_every_sheet_starts_with_its_title_and_what_it_shows(book: Book) -> None:
    for sheet in book.sheets:
        assert sheet.cells[1, 1].role is Role.TITLE
        assert sheet.cells[2, 1].role is Role.NOTE
        assert str(sheet.cells[2, 1].value).endswith(".")


def test_tabs_tell_apart_what_each_sheet_is(book: Book) -> None:
    tabs = {sheet.naam: sheet.tab for sheet in book.sheets}
    assert tabs["uitgangspunten"] == "invoer"
    assert {tabs[name] for name in ("maatregelen", "betalingen", "capaciteit", "dekking")} == {"besluit"}
    assert {tab for name, tab in tabs.items() if name.startswith("rekenblad_")} == {"berekening", "controle"}
    assert {tabs[name] for name in ("samenvatting", "frictiekosten", "leegstand", "lumpsum")} == {"uitvoer"}
    assert {tabs[name] for name in ("voorblad", "controles", "kwaliteit")} == {"controle"}


def test_the_cover_links_to_every_other_sheet(book: Book) -> None:
    links = {cell.link.split("!")[0] for cell in _sheet(book, "voorblad").cells.values() if cell.link}
    assert links == {sheet.naam for sheet in book.sheets} - {"voorblad"}


def test_the_cover_says_what_it_is_and_how_it_stands(book: Book) -> None:
    words = _words(_sheet(book, "voorblad"))
    assert any("BEGROTING" in word and "geen realisatie" in word for word in words)
    assert {"SLUITEND", "BEWEZEN OPTIMAAL", "VOLDOET", "31-12-2024", "Rotterdam", "Zuidwest"} <= set(words)


def test_the_cover_shows_caveats_and_readings(book: Book) -> None:
    words = "\n".join(_words(_sheet(book, "voorblad")))
    assert "Niet gelezen zijn de toelichting bij de regeling" in words
    assert "leegstand-door-transitie" in words
    assert "verlenging-2026" in words


def test_a_plan_with_a_gap_says_so_everywhere() -> None:
    tables_short = variants.short()
    book = _book(tables_short, variants.STARTS)
    for name in ("voorblad", "samenvatting"):
        assert "NIET SLUITEND" in _words(_sheet(book, name))
    assert "ONGEDEKT" in _words(_sheet(book, "dekking"))


def test_a_plan_that_is_not_proven_says_so_with_its_gap() -> None:
    def unproven(plan: Plan) -> Plan:
        proofs = (GoalProof("tekort_plaatsen", False, "tijdslimiet", Decimal("1.5")), *plan.proofs[1:])
        return replace(plan, status=Status.TIME_LIMIT, proofs=proofs)

    words = _words(_sheet(_book(variants.small(), variants.STARTS, unproven), "voorblad"))
    assert "NIET BEWEZEN OPTIMAAL" in words
    assert any("tekort_plaatsen" in word and "1,5" in word for word in words)


def test_the_front_says_how_near_the_best_possible_an_unproven_goal_is() -> None:
    def unproven(plan: Plan) -> Plan:
        proofs = (GoalProof("kosten_ncw", False, "tijdslimiet", Decimal("0.01")), *plan.proofs[1:])
        return replace(plan, status=Status.TIME_LIMIT, proofs=proofs)

    words = _words(_sheet(_book(variants.small(), variants.STARTS, unproven), "voorblad"))
    said = next(word for word in words if word.startswith("kosten_ncw: niet bewezen"))
    assert said == "kosten_ncw: niet bewezen, binnen 0,01% van het best mogelijke: hooguit 0,01 van het best denkbare."


def test_sourced_and_assumed_input_differ_in_colour_and_in_word(book: Book) -> None:
    sheet = _sheet(book, "uitgangspunten")
    said: dict[Role, set[object]] = {}
    for row in sorted({row for row, _ in sheet.cells}):
        roles = {cell.role for (at, _), cell in sheet.cells.items() if at == row}
        words = {cell.value for (at, _), cell in sheet.cells.items() if at == row and cell.formula}
        for role in roles & {Role.INPUT_SOURCED, Role.INPUT_ASSUMED}:
            said.setdefault(role, set()).update(words & {"bron", "aanname"})
    assert said == {Role.INPUT_SOURCED: {"bron"}, Role.INPUT_ASSUMED: {"aanname"}}


def test_every_payment_names_the_rule_it_rests_on(book: Book) -> None:
    words = _words(_sheet(book, "betalingen"))
    assert {"BRON-lumpsum", "VT20-vervangende_nieuwbouw", "VT20-leegstand-lezing"} <= set(words)


def test_the_account_names_versions_rules_and_proofs(book: Book) -> None:
    words = set(_words(_sheet(book, "verantwoording")))
    assert {INFO.invoer_sha256, INFO.toolkit, INFO.solver, "met de hand gemaakt"} <= words
    assert {"VT20-periode-lezing", "VT20-deelplafond", "TG24-plafond"} <= words


def test_a_scenario_says_what_it_changes() -> None:
    case = variants.small()
    plan = hand_plan(case, variants.STARTS)
    words = _words(_sheet(proposal(case, plan, "lagere lumpsum", INFO), "verantwoording"))
    assert "Tien procent minder" in words


def test_a_case_without_a_lump_sum_says_so() -> None:
    words = _words(_sheet(shelf.budget("bare"), "lumpsum"))
    assert any("geen bron van de soort lumpsum" in word for word in words)


def test_the_summary_draws_money_and_places(book: Book) -> None:
    charts = _sheet(book, "samenvatting").charts
    assert [(chart.stacked, len(chart.series)) for chart in charts] == [(True, 8), (False, 3)]
    assert [series.line for series in charts[1].series] == [False, True, True]


def test_odd_ids_are_explained() -> None:
    words = _words(_sheet(shelf.budget("odd"), "uitgangspunten"))
    assert {"sleutels", "bron-001", "SP*"} <= set(words)
