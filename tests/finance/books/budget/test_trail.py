"""The sheet `spoor` says what the formulas say: the same cells of the input, and every euro of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache

import pytest

from finance.books.budget import chains_of, pages
from finance.books.budget.chains import COSTS, OPEN, Chains, SumChain, said, spans
from finance.books.budget.draft import Draft
from finance.books.budget.summary_rows import group_rows, year_rows
from finance.case import Case
from finance.money import ZERO, Money
from finance.statement import Statement
from finance.statement.lines import GROUP_OF
from finance.tables.engine.cells import At, cells_of_book
from finance.tables.engine.explaining import Explainer
from finance.tables.engine.expressions import area_of
from finance.tables.following import Place
from finance.tables.grid import Book, Cell
from finance.tables.pages import Table
from finance.tables.painting import book_of
from finance.tables.places import Places, places_of
from tests.finance.books.budget import lent, variants
from tests.finance.books.budget.handmade import INFO, hand_plan
from tests.finance.books.test_origins import in_scenario

CASES: Mapping[str, tuple[Callable[[], Case], Mapping[str, int]]] = {
    "rich": (variants.rich, variants.STARTS),
    "other start": (variants.rich, {"M5": 2022, "M2": 2023, "M3": 2024}),
    "odd": (variants.odd, variants.ODD_STARTS),
    "short": (variants.short, variants.STARTS),
    "lent": (lent.lent, lent.STARTS),
    "scenario": (lambda: in_scenario("bouwkosten +10%"), variants.STARTS),
}


class Traced:
    """A proposal with the trail of any of its cells."""

    def __init__(self, case: Case, starts: Mapping[str, int]) -> None:
        plan = hand_plan(case, starts)
        self.draft = Draft(Statement(case, plan.allocation), plan, "proef", INFO)
        self.chains: Chains = chains_of(self.draft)
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


@cache
def traced(name: str) -> Traced:
    """One of the cases."""
    make, starts = CASES[name]
    return Traced(make(), starts)


@pytest.fixture(params=CASES)
def workbook(request: pytest.FixtureRequest) -> Traced:
    return traced(request.param)


def _added(workbook: Traced, table: str) -> Iterator[tuple[str, Money]]:
    """The amount that each chain of a table adds to its line, as the sheet shows it."""
    tables = {"kost": "spoorkosten", "bezetting": "spoorplaatsen", "realisatie": "spoorrealisatie"}
    told = {**tables, "krediet": "spoorkredieten"}[table]
    for at, chain in enumerate(workbook.chains.of_table(table)):
        value = workbook.cell(told, "bijdrage", at).value
        assert isinstance(value, Money)
        yield chain.lijn.sleutel, value


def test_the_chains_of_a_line_add_up_to_its_cost(workbook: Traced) -> None:
    added: dict[str, Money] = {}
    for table in ("kost", "bezetting", "krediet"):
        for key, amount in _added(workbook, table):
            added[key] = added.get(key, ZERO) + amount
    assert added == {line.sleutel: line.kosten for line in workbook.draft.statement.lines}


def test_costs_end_in_the_cells_that_the_case_knows(workbook: Traced) -> None:
    """What the formulas read is what the case means: each spent row of `kosten`, at the line of its year."""
    draft = workbook.draft
    spent = [(row.lijn.sleutel, row.kosten.rij) for row in draft.cost_rows if row.lijn]
    told = [
        (workbook.cell("spoorkosten", "regel", at).value, workbook.cell("spoorkosten", "cel", at).value)
        for at in range(len(workbook.chains.of_table("kost")))
    ]
    assert told == [(key, draft.case.cell("kosten", "bedrag", row)) for key, row in sorted(spent)]


def test_places_end_in_the_price_and_the_effects_that_the_case_knows(workbook: Traced) -> None:
    draft = workbook.draft
    expected = {}
    for row in draft.place_rows:
        effects = [
            draft.case.cell("effecten", "plaatsen", one.rij)
            for one in draft.case.effects_at.get(row.key, ())
            if one.maatregel in draft.starts and draft.starts[one.maatregel] + one.na_jaren <= row.jaar
        ]
        for sort, line in row.lijnen.items():
            price = draft.case.cell("plaatsen", f"{sort}_per_plaats", row.plaats.rij)
            expected[line.sleutel] = price, ", ".join(effects)
    told = {
        str(workbook.cell("spoorplaatsen", "regel", at).value): (
            str(workbook.cell("spoorplaatsen", "cel", at).value).removesuffix(", leeg: via tarief"),
            workbook.cell("spoorplaatsen", "effecten", at).value,
        )
        for at in range(len(workbook.chains.of_table("bezetting")))
    }
    assert told == expected


def _expected_lines(workbook: Traced, chain: SumChain) -> set[str]:
    """The lines that an amount of the summary is about, by the case: those of its group or year."""
    draft, at = workbook.draft, chain.plek.row
    shown = group_rows(draft)[at].key if chain.plek.table == "groepdekking" else year_rows(draft)[at].key
    lines = [line for line in draft.statement.lines if shown in (GROUP_OF[line.regel.kostensoort], line.regel.jaar)]
    if chain.kolom == COSTS:
        return {line.sleutel for line in lines}
    if chain.kolom == OPEN:
        return {line.sleutel for line in lines if line.ongedekt != ZERO}
    paid = {(row.lijn.sleutel, draft.name("bron", row.bron.bron)) for row in draft.statement.payments}
    # A credit pays so much less as it gets back: what it gets back is behind its amounts too.
    paid |= {(line.sleutel, draft.name("bron", line.regel.krediet)) for line in lines if line.hoofdsom != ZERO}
    return {line.sleutel for line in lines if (line.sleutel, chain.kolom) in paid}


def test_the_lines_behind_an_amount_are_those_that_it_is_about(workbook: Traced) -> None:
    for chain in (*workbook.chains.groups, *workbook.chains.years):
        assert {line.sleutel for line in chain.regels} == _expected_lines(workbook, chain)


def test_every_amount_of_the_summary_is_told(workbook: Traced) -> None:
    told = {chain.plek for chain in (*workbook.chains.groups, *workbook.chains.years)}
    for table in ("groepdekking", "jaardekking"):
        for at in range(workbook.chains.followed.rows(table)):
            for column in ("kosten", "ongedekt", *(key for key, _ in workbook.draft.source_keys)):
                amount = workbook.cell(table, column, at).value
                assert amount == ZERO or Place(table, column, at) in told


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
