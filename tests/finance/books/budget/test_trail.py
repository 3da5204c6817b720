"""The sheet `spoor` says what the formulas say: the same cells of the input, and every euro of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache

import pytest

from finance.books.budget import pages
from finance.books.budget.chains import cost_chains, place_chains, said, spans
from finance.books.budget.draft import Draft
from finance.books.budget.sum_chains import COSTS, OPEN, SumChain, group_chains, year_chains
from finance.case import Case
from finance.money import ZERO, Money
from finance.statement import Statement
from finance.tables.engine.cells import At, cells_of_book
from finance.tables.engine.explaining import Explainer
from finance.tables.engine.expressions import area_of
from finance.tables.engine.trail import Branch, Trail
from finance.tables.grid import Book, Cell, OriginKind
from finance.tables.pages import Table
from finance.tables.painting import book_of
from finance.tables.places import Places, places_of
from tests.finance.books.budget import variants
from tests.finance.books.budget.handmade import INFO, hand_plan
from tests.finance.books.test_origins import in_scenario
from tests.finance.tables.engine.test_trail import below

CASES: Mapping[str, tuple[Callable[[], Case], Mapping[str, int]]] = {
    "rich": (variants.rich, variants.STARTS),
    "other start": (variants.rich, {"M5": 2022, "M2": 2023, "M3": 2024}),
    "odd": (variants.odd, variants.ODD_STARTS),
    "short": (variants.short, variants.STARTS),
    "scenario": (lambda: in_scenario("bouwkosten +10%"), variants.STARTS),
}


class Traced:
    """A proposal with the trail of any of its cells."""

    def __init__(self, case: Case, starts: Mapping[str, int]) -> None:
        plan = hand_plan(case, starts)
        self.draft = Draft(Statement(case, plan.allocation), plan, "proef", INFO)
        self.pages = pages(self.draft)
        self.places: Places = places_of(self.pages)
        self.book: Book = book_of("proef", self.pages)
        self.explainer = Explainer(cells_of_book(self.book))
        self.sheets = {sheet.naam: sheet.cells for sheet in self.book.sheets}

    def at(self, table: str, column: str, row: int) -> At:
        """The place of a cell of a table; rows count from 0."""
        spot = self.places.spot(table)
        return spot.sheet, spot.first + row, area_of(f"{spot.letter(column)}1", "").left

    def cell(self, table: str, column: str, row: int) -> Cell:
        """A cell of a table."""
        sheet, *place = self.at(table, column, row)
        return self.sheets[sheet][place[0], place[1]]

    def trail(self, table: str, column: str, row: int) -> list[Branch]:
        """Every step of the trail of a cell."""
        return list(below(Trail(self.explainer, whole=True).of(self.at(table, column, row))))

    def inputs(self, table: str, column: str, row: int, sheet: str) -> set[str]:
        """The cells of one sheet of the input in the trail of a cell."""
        return {
            end.origin.waar
            for step in self.trail(table, column, row)
            for end in (step.found.cell,)
            if end.origin and end.origin.kind is OriginKind.INPUT and end.origin.waar.startswith(f"{sheet}!")
        }


@cache
def traced(name: str) -> Traced:
    """One of the cases."""
    make, starts = CASES[name]
    return Traced(make(), starts)


@pytest.fixture(params=CASES)
def workbook(request: pytest.FixtureRequest) -> Traced:
    return traced(request.param)


def test_the_chains_of_a_line_add_up_to_its_cost(workbook: Traced) -> None:
    added: dict[str, Money] = {}
    for chain in cost_chains(workbook.draft):
        added[chain.lijn.sleutel] = added.get(chain.lijn.sleutel, ZERO) + chain.kost.nominaal
    for place in place_chains(workbook.draft):
        added[place.lijn.sleutel] = added.get(place.lijn.sleutel, ZERO) + place.plaats.kosten[place.soort]
    assert added == {line.sleutel: line.kosten for line in workbook.draft.statement.lines}


def test_the_input_of_a_cost_is_the_one_that_its_formulas_read(workbook: Traced) -> None:
    for at, chain in enumerate(cost_chains(workbook.draft)):
        line = workbook.draft.line_number[chain.lijn.regel] - 1
        found = workbook.inputs("lijn", "kosten", line, "kosten")
        assert str(workbook.cell("spoorkosten", "cel", at).value) in found
        told = {one.nummer for one in cost_chains(workbook.draft) if one.lijn is chain.lijn}
        assert len(found) == len(told)


def test_the_input_of_places_is_the_one_that_their_formulas_read(workbook: Traced) -> None:
    for at, chain in enumerate(place_chains(workbook.draft)):
        line = workbook.draft.line_number[chain.lijn.regel] - 1
        prices = workbook.inputs("lijn", "kosten", line, "plaatsen")
        assert str(workbook.cell("spoorplaatsen", "cel", at).value) in prices
        if chain.soort == "leegstand":
            told = str(workbook.cell("spoorplaatsen", "effecten", at).value)
            counted = workbook.inputs("lijn", "kosten", line, "effecten")
            assert counted == set(filter(None, told.split(", ")))


def _sums(workbook: Traced) -> Iterator[tuple[str, SumChain[str] | SumChain[int]]]:
    yield from (("groepdekking", chain) for chain in group_chains(workbook.draft))
    yield from (("jaardekking", chain) for chain in year_chains(workbook.draft))


def test_the_lines_behind_an_amount_are_those_that_its_formula_adds(workbook: Traced) -> None:
    tables = {COSTS: "lijn", OPEN: "lijn"}
    for table, chain in _sums(workbook):
        found = workbook.explainer.explain(workbook.at(table, chain.sleutel, chain.rij))
        sheet, first, _ = workbook.at(tables.get(chain.kolom, "betaling"), "regel", 0)
        keys = (
            [
                str(workbook.sheets[sheet][row, 1].value)
                for _, row, _ in (flow.at for flow in found.terms)
                if row >= first
            ]
            if chain.kolom != OPEN
            else []
        )
        zero = {line.sleutel for line in chain.regels if chain.kolom == COSTS and line.kosten == ZERO}
        if chain.kolom != OPEN:
            assert set(keys) | zero == {line.sleutel for line in chain.regels}
        else:
            assert Money.total(line.ongedekt for line in chain.regels) == chain.bedrag


def test_links_lead_to_the_cell_that_they_name(workbook: Traced) -> None:
    seen = 0
    for (row, column), cell in workbook.sheets["spoor"].items():
        if cell.link and isinstance(cell.value, str) and "!" in cell.value:
            sheet, _, place = cell.link.partition("!")
            area = area_of(place, sheet)
            origin = workbook.sheets[sheet][area.top, area.left].origin
            assert origin, (row, column)
            assert origin.waar == cell.value.split(", ")[0]
            seen += 1
    assert seen > 10


def test_every_link_of_the_workbook_leads_to_a_cell_that_is_there(workbook: Traced) -> None:
    for sheet in workbook.book.sheets:
        for cell in sheet.cells.values():
            if cell.link:
                target, _, place = cell.link.partition("!")
                area = area_of(place, target)
                assert (area.top, area.left) in workbook.sheets[target]


def test_each_amount_of_dekking_leads_to_its_chain_and_back(workbook: Traced) -> None:
    for at, line in enumerate(workbook.draft.statement.lines):
        link = workbook.cell("lijn", "spoor", at).link
        area = area_of(link.partition("!")[2], "spoor")
        row = workbook.sheets["spoor"][area.top, area.left]
        assert row.value == line.sleutel
        back = area_of(row.link.partition("!")[2], "dekking")
        assert ("dekking", back.top, back.left) == workbook.at("lijn", "kosten", at)


@pytest.mark.parametrize("table", ["pot", "groepdekking", "jaardekking", "gekozen", "slotsom"])
def test_rows_of_sources_and_summary_lead_to_the_trail(table: str) -> None:
    workbook = traced("rich")
    block = next(
        block for page in workbook.pages for block in page.blocks if isinstance(block, Table) and block.name == table
    )
    for at in range(len(block.rows)):
        assert workbook.cell(table, "spoor", at).link.startswith("spoor!")


def test_a_payment_names_its_rule_and_where_to_read_it(workbook: Traced) -> None:
    for at, payment in enumerate(workbook.draft.statement.payments):
        rule = payment.toestemming.regel
        assert rule
        assert workbook.cell("spoorbetalingen", "regel_id", at).value == rule.id
        assert workbook.cell("spoorbetalingen", "vindplaats", at).value == rule.vindplaats
        post = area_of(workbook.cell("spoorbetalingen", "regel_id", at).link.partition("!")[2], "regels")
        assert workbook.sheets["regels"][post.top, 2].value == rule.id


def test_what_a_scenario_changed_stands_beside_the_cell() -> None:
    words = {cell.value for cell in traced("scenario").sheets["spoor"].values()}
    assert "bedrag: was 1500000,25, wordt 1650000,28 (scenarios rij 3)" in words
    base = {cell.value for cell in traced("rich").sheets["spoor"].values()}
    assert "Wat het scenario verandert" not in base


def test_the_trail_is_a_small_part_of_the_workbook(workbook: Traced) -> None:
    cells = sum(len(cells) for cells in workbook.sheets.values())
    assert len(workbook.sheets["spoor"]) < cells / 3


def test_runs_of_lines_are_shortened() -> None:
    draft = traced("rich").draft
    lines = draft.statement.lines
    assert spans(draft, [lines[0], lines[1], lines[2], lines[4]]) == "R0001 t/m R0003, R0005"
    assert spans(draft, [lines[1], lines[0], lines[0]]) == "R0001, R0002"
    assert spans(draft, []) == ""


def test_many_scattered_lines_are_told_by_what_they_share() -> None:
    draft = traced("rich").draft
    lines = draft.statement.lines[:20:2]
    assert said(draft, "betalingen van", lines, "jaar 2022") == (
        "betalingen van R0001 t/m R0019, 10 in getal; filter op dekking: jaar 2022"
    )
