"""The tariff workbook: every formula comes to what Python computed, whatever the parameters are."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import cast

import openpyxl
import pytest

from finance.books.tariff import Draft, pages, tariff_book
from finance.case import build_case
from finance.findings import FindingsError
from finance.money import Money
from finance.tables.grid import Book, Chart, Role, address
from finance.tables.pages import Table
from finance.tables.painting import book_of
from finance.tables.places import places_of
from finance.tariff.tariff import ELEMENTS
from finance.xlsx.seal import sealed
from finance.xlsx.verify import verify
from finance.xlsx.write import book_bytes, write_book
from tests.casebook import raw_book, small_built_case
from tests.finance.books.budget.r1c1 import KNOWN_FUNCTIONS, constants, functions, pattern
from tests.finance.books.tariff.cases import CASES, PLANNED
from tests.finance.books.tariff.example import case, example, index_rows, rows, tables
from tests.finance.books.tariff.live import INFO, Live, agrees

VIEWS = [
    *((name, salaries) for name in CASES for salaries in (True, False)),
    *((name, name != "coupled") for name in PLANNED),
]


@pytest.fixture(scope="module", params=VIEWS, ids=lambda view: f"{view[0]}{'' if view[1] else ' closed'}")
def live(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Live:
    name, salaries = request.param
    case_of, allocation = (CASES[name](), None) if name in CASES else PLANNED[name]()
    path = tmp_path_factory.mktemp("tarief") / "tarief.xlsx"
    return Live(case_of, path, salaries=salaries, allocation=allocation)


def test_an_independent_engine_agrees_with_every_cell(live: Live) -> None:
    wrong = [
        f"{sheet.naam}!{address(*at)}: {live.got(number, at)!r}, not {cell.value!r}"
        for number, sheet, at, cell in live.formulas()
        if not agrees(cell, live.got(number, at))
    ]
    assert wrong == []


def test_no_cell_shows_an_error(live: Live) -> None:
    shown = {live.got(number, at) for number, _, at, _ in live.formulas()}
    assert not [value for value in shown if isinstance(value, str) and value.startswith("#")]


def test_a_column_of_a_table_has_one_pattern(live: Live) -> None:
    for number, table in live.tables():
        spot, cells = live.places.spot(table.name), live.book.sheets[number].cells
        for column in range(1, len(table.columns) + 1):
            body = range(spot.first, spot.first + len(table.rows))
            found = {pattern(cells[row, column].formula, row, column) for row in body}
            assert len(found) <= 1, (table.name, column, found)


def test_no_formula_holds_a_number_of_its_own(live: Live) -> None:
    found = {cell.formula for *_, cell in live.formulas() if set(constants(cell.formula)) - {"0", "1"}}
    assert found == set()


def test_formulas_use_only_functions_that_every_excel_has(live: Live) -> None:
    used = {name for *_, cell in live.formulas() for name in functions(cell.formula)}
    assert used <= KNOWN_FUNCTIONS | {"SUMPRODUCT", "NOT", "ISTEXT", "ABS"}


def test_only_input_is_a_pasted_number(live: Live) -> None:
    pasted = {Role.INPUT_SOURCED, Role.INPUT_ASSUMED}
    if live.draft.plan or not live.draft.salaries:
        pasted.add(Role.DECISION)
    found = [
        f"{sheet.naam}!{address(*at)}: {cell.value!r}"
        for sheet in live.book.sheets
        for at, cell in sheet.cells.items()
        if not cell.formula and not isinstance(cell.value, str | None) and cell.role not in pasted
    ]
    assert found == []


@cache
def example_book(*, salaries: bool = True) -> Book:
    """The workbook of the example, for tests that change nothing."""
    return tariff_book(example(), INFO, salaries=salaries)


def test_the_example_stands_in_the_cached_cells(tmp_path: Path) -> None:
    write_book(example_book(), tmp_path / "tarief.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "tarief.xlsx", data_only=True)["voorblad"]
    heads = {cell.value: cell.column for cell in sheet[4]}
    prices = [sheet.cell(row, heads["Prijs per etmaal"]).value for row in range(5, 9)]
    fixed = [round(sheet.cell(row, heads["Vaste kosten per groep"]).value) for row in range(5, 9)]
    assert prices == [823.18, 648.97, 561.86, 533.79]
    assert fixed == [1_037_724, 1_213_205, 1_388_686, 1_643_665]


def _changes() -> list[tuple[str, str]]:
    names = [name for name in Draft(example(), INFO).parameters if name != "ort_weekend"]
    return [
        *((name, "1.07") for name in names if name != "spuk_huisvesting"),
        ("ort_weekend", ""),
        ("spuk_huisvesting", ""),
    ]


@pytest.fixture(scope="module")
def two_sizes(tmp_path_factory: pytest.TempPathFactory) -> Live:
    return Live(case(rows(4), rows(6)), tmp_path_factory.mktemp("maten") / "oud.xlsx")


@pytest.mark.parametrize(("parameter", "factor"), _changes())
def test_changing_a_parameter_changes_everything_that_depends_on_it(
    parameter: str, factor: str, two_sizes: Live, tmp_path: Path
) -> None:
    live = two_sizes.anew()
    old = live.draft.tariffs[1].tariff.value(parameter)
    new = str(float(old) * float(factor)) if factor else "5432.1"
    live.set("invoer", "waarde", len(live.draft.parameters) + live.draft.parameters.index(parameter), new)
    fresh = Live(case(rows(4), rows(6, **{parameter: new})), tmp_path / "nieuw.xlsx")
    assert _differences(live, fresh) == []


def _differences(live: Live, fresh: Live) -> list[str]:
    """The cells that the changed workbook shows otherwise than one that was made anew."""
    wrong = []
    for number, table in live.tables():
        spot, want = live.places.spot(table.name), fresh.shown(table.name)
        # The rows of a tornado stay in the order in which they were written.
        by_name = {key: cells for (key, _), cells in want.items()}
        for at, (key, _) in enumerate(live.shown(table.name)):
            cells = by_name[key] if table.name.startswith("uitslag") else list(want.values())[at]
            wrong += [
                f"{table.name} {key} {table.columns[column].key}"
                for column, cell in enumerate(cells)
                if cell.formula and not agrees(cell, live.got(number, (spot.first + at, column + 1)))
            ]
    return wrong


def test_two_builds_are_the_same_bytes() -> None:
    books = [book_bytes(sealed(tariff_book(example(), INFO))) for _ in range(2)]
    assert books[0] == books[1]


@pytest.mark.parametrize("salaries", [True, False])
def test_the_workbook_verifies(salaries: bool, tmp_path: Path) -> None:
    write_book(sealed(example_book(salaries=salaries)), tmp_path / "tarief.xlsx")
    assert verify(tmp_path / "tarief.xlsx").findings == ()


TAMPERED = (
    ("uitgangspunten", "invoer", "waarde"),
    ("rekenblad", "reken", "prijs"),
    ("bezetting", "bezetprijs", "t1"),
)


@pytest.mark.parametrize(("sheet", "table", "column"), TAMPERED)
def test_a_tampered_workbook_is_found(sheet: str, table: str, column: str, tmp_path: Path) -> None:
    path = tmp_path / "tarief.xlsx"
    write_book(sealed(example_book()), path)
    live = Live(example(), tmp_path / "plaats.xlsx")
    spot = live.places.spot(table)
    book = openpyxl.load_workbook(path)
    book[sheet][f"{spot.letter(column)}{spot.first}"] = 1000
    book.save(path)
    changed = {(finding.blad, finding.cel) for finding in verify(path).changes}
    assert (sheet, f"{spot.letter(column)}{spot.first}") in changed


def test_housing_that_is_paid_twice_turns_the_control(tmp_path: Path) -> None:
    live = Live(case(rows(4)), tmp_path / "tarief.xlsx")
    spot = live.places.spot("invoer")
    number = [page.naam for page in live.pages].index(spot.sheet)
    row = spot.first + live.draft.parameters.index("spuk_huisvesting")
    live.model.set_user_input(number, row, 5, "88000.01")
    live.model.evaluate()
    stand = live.places.spot("voorbladstand")
    assert live.got(0, (stand.first, 1)) == "VOLDOET NIET"


def test_a_parameter_that_is_emptied_turns_the_control(tmp_path: Path) -> None:
    live = Live(case(rows(4)), tmp_path / "tarief.xlsx")
    spot = live.places.spot("invoer")
    number = [page.naam for page in live.pages].index(spot.sheet)
    live.model.set_user_input(number, spot.first + live.draft.parameters.index("risico"), 5, "")
    live.model.evaluate()
    assert live.got(0, (live.places.spot("voorbladstand").first, 1)) == "VOLDOET NIET"


def _words(book: Book) -> set[str]:
    return {str(cell.value) for sheet in book.sheets for cell in sheet.cells.values()} | {
        cell.formula for sheet in book.sheets for cell in sheet.cells.values()
    }


def test_the_view_without_salaries_marks_its_one_amount() -> None:
    book = example_book(salaries=False)
    assert "VERTROUWELIJK" in _words(book)
    assert "VERTROUWELIJK" not in _words(example_book())


def _charts(naam: str) -> tuple[Chart, ...]:
    return next(sheet.charts for sheet in example_book().sheets if sheet.naam == naam)


def test_the_chart_of_elements_shows_every_element() -> None:
    assert [len(chart.series) for chart in _charts("opbouw")] == [len(ELEMENTS)]


def test_every_tariff_has_a_waterfall_that_floats() -> None:
    charts = _charts("waterval")
    assert len(charts) == len(example().cost_prices)
    for chart in charts:
        assert [series.base for series in chart.series] == [True, *[False] * (len(ELEMENTS) + 2)]
        assert chart.stacked


def test_every_bar_of_a_waterfall_begins_where_the_one_before_it_ends(live: Live) -> None:
    for row in live.draft.tariffs:
        bars = [[cell.value for cell in cells] for cells in live.shown(f"val{row.nr}").values()]
        drawn = [(bar[5], Money.total(cast("list[Money]", bar[6:]))) for bar in bars]
        reached = Money(0)
        for bar, (floor, height) in zip(bars[:-1], drawn[:-1], strict=True):
            assert floor == min(reached, reached + cast("Money", bar[3]))
            assert max(reached, reached + cast("Money", bar[3])) == floor + height
            reached += cast("Money", bar[3])
        assert drawn[-1] == (Money(0), reached)
        assert reached == row.tariff.asked


def test_a_tornado_lies_flat_and_shows_every_parameter() -> None:
    charts = _charts("gevoeligheid")
    assert all(chart.flat and not chart.stacked and len(chart.series) == 2 for chart in charts)
    book = example_book()
    sheet = next(sheet for sheet in book.sheets if sheet.naam == "gevoeligheid")
    first, last = (int(end.rpartition("$")[2]) for end in charts[0].categories.split(":"))
    shown = {sheet.cells[row, 1].value for row in range(first, last + 1)}
    assert shown == set(Draft(example(), INFO).parameters)


def test_the_price_by_occupancy_is_coloured_and_drawn_as_lines() -> None:
    sheet = next(sheet for sheet in example_book().sheets if sheet.naam == "bezetting")
    assert sheet.scales == ("B7:E17",)
    assert [series.line for series in sheet.charts[0].series] == [True] * len(example().cost_prices)


def test_the_steps_of_the_workbook_add_up_to_the_cent() -> None:
    made = pages(Draft(example(), INFO))
    cells = next(sheet.cells for sheet in book_of("", made).sheets if sheet.naam == "opbouw")
    page = next(page for page in made if page.naam == "opbouw")
    spots = places_of(made).tables
    for table in [block for block in page.blocks if isinstance(block, Table)]:
        spot = spots[table.name]
        for row in range(spot.first, spot.last + 1):
            *steps, price = [cells[row, at].value for at in range(2, len(table.columns) + 1)]
            assert Money.total(steps) == price


def test_a_case_without_tariffs_has_no_workbook() -> None:
    with pytest.raises(FindingsError):
        tariff_book(small_built_case(), INFO)


@pytest.mark.parametrize(
    ("column", "row", "value"),
    [
        ("ova_voorlopig", 1, "0.06"),
        ("ppc_voorlopig", 0, "0.01"),
        ("ova_definitief", 0, "0.07"),
        ("ppc_definitief", 0, "0.005"),
    ],
)
def test_both_steps_of_the_index_are_live(column: str, row: int, value: str, tmp_path: Path) -> None:
    unsaid = [each for each in rows(4) if each["parameter"] != "index"]
    chain = index_rows()
    live = Live(build_case(raw_book(tables(unsaid) | {"tariefindex": chain})), tmp_path / "oud.xlsx")
    chain[row][column] = Decimal(value)
    fresh = Live(build_case(raw_book(tables(unsaid) | {"tariefindex": chain})), tmp_path / "nieuw.xlsx")
    spot = live.places.spot("tariefindex")
    sheet = [page.naam for page in live.pages].index(spot.sheet)
    live.model.set_user_input(sheet, spot.first + row, ord(spot.letter(column)) - ord("A") + 1, value)
    live.model.evaluate()
    assert _differences(live, fresh) == []
    assert live.draft.tariffs[0].tariff.asked != fresh.draft.tariffs[0].tariff.asked
