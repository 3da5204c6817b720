"""From a grid of cells to the bytes of an xlsx file.

The same book gives the same bytes: the creation date is fixed, and cells are written in one order.
Text arrives as text, whatever it looks like; every formula carries its value, so that a protected
view shows numbers.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from finance.collector import collector_off
from finance.files import atomic_write
from finance.tables.grid import (
    Book,
    Cell,
    Role,
    Sheet,
    Value,
    address,
    as_float,
    serial,
    storable,
)
from finance.xlsx.charts import insert_chart
from finance.xlsx.looks import SCALE, TABS, VERDICTS, Looks
from finance.xlsx.paper import (
    BOTTOM,
    DEFAULT_WIDTH,
    LEFT_AND_RIGHT,
    LINE_HEIGHT,
    TOP,
    merged_notes,
    note_lines,
    page_breaks,
    paper_of,
)

if TYPE_CHECKING:
    from pathlib import Path

    from xlsxwriter.format import Format as Look

CREATED: Final = datetime(2020, 10, 1)
"""The creation date of every workbook, so that two runs write the same bytes."""


LAST_ROW: Final = 1_048_576
LAST_COLUMN: Final = 16_384
MAX_NAME: Final = 31
MAX_FORMULA: Final = 8_192
BAD_NAME: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f]|^'|'$")
PLAIN_NAME: Final = re.compile(r"[^\W\d]\w*")
TITLE_HEIGHT: Final = 24.0
ESCAPE: Final = re.compile("(_x[0-9a-fA-F]{4}_)")
RICH_TEXT: Final = re.compile(r"<r>.*</r>", re.DOTALL)


def write_book(book: Book, path: Path) -> None:
    """Write a book to an xlsx file, whole or not at all.

    Args:
        book: the content.
        path: where the file is to stand.

    Raises:
        OutputError: the file cannot be written there.
        ValueError: the book cannot be a workbook (a sheet name twice, a cell out of bounds).
    """
    atomic_write(path, book_bytes(book))


@collector_off()
def book_bytes(book: Book) -> bytes:
    """The bytes of a book as an xlsx file; equal books give equal bytes.

    Raises:
        ValueError: the book cannot be a workbook (a sheet name twice, a cell out of bounds).
    """
    _check_names(book)
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as workbook:
        workbook.set_properties({"title": storable(book.title), "created": CREATED})
        workbook.set_size(2400, 1400)
        looks = Looks(workbook)
        for sheet in book.sheets:
            _write_sheet(workbook, sheet, looks)
    return buffer.getvalue()


def _check_names(book: Book) -> None:
    names = [sheet.naam for sheet in book.sheets]
    if not names:
        raise ValueError("a workbook has at least one sheet")
    for name in names:
        if not 0 < len(name) <= MAX_NAME or BAD_NAME.search(name) or name.lower() == "history":
            raise ValueError(f"not a name for a sheet: {name!r}")
    if len({name.lower() for name in names}) < len(names):
        raise ValueError(f"two sheets with one name: {names}")


class _Grid(Worksheet):  # type: ignore[misc]  # the library declares no types
    """A worksheet that types an empty text result, and leaves formulas as they are."""

    def _prepare_formula(self, formula: str, _expand: bool = False) -> str:
        # Looking for functions newer than Excel 2016 in every formula doubles the time of writing.
        return formula.removeprefix("=")

    def _xml_formula_element(self, formula: str, result: object, attributes: Sequence[tuple[str, object]] = ()) -> None:
        # Without a type an empty text reads as a formula that was never computed.
        typed = [*attributes, ("t", "str")] if result == "" else attributes
        super()._xml_formula_element(formula, result, typed)


def _write_sheet(workbook: xlsxwriter.Workbook, sheet: Sheet, looks: Looks) -> None:
    grid = workbook.add_worksheet(sheet.naam, worksheet_class=_Grid)
    last_row, last_column = _extent(sheet)
    _set_page(grid, sheet, last_column)
    for (row, column), cell in sorted(sheet.cells.items(), key=lambda item: item[0]):
        _write_cell(grid, row - 1, column - 1, cell, looks.of(cell))
    _raise_titles(grid, sheet)
    _spread_notes(grid, sheet, looks)
    _colour_checks(grid, sheet, looks)
    for area in sheet.scales:
        grid.conditional_format(area, {"type": "3_color_scale", **SCALE})
    grid.ignore_errors({"number_stored_as_text": f"A1:{address(last_row, last_column)}"})
    for chart in sheet.charts:
        insert_chart(workbook, grid, chart)


def _extent(sheet: Sheet) -> tuple[int, int]:
    """The last row and column in use, counted from 1."""
    rows = [row for row, _ in sheet.cells]
    columns = [column for _, column in sheet.cells]
    if rows and (min(rows) < 1 or min(columns) < 1 or max(rows) > LAST_ROW or max(columns) > LAST_COLUMN):
        raise ValueError(f"a cell of {sheet.naam!r} lies outside a worksheet")
    return max(rows, default=1), max(columns, default=1)


def _set_page(grid: Worksheet, sheet: Sheet, last_column: int) -> None:
    """Set what holds for the whole sheet: on the screen and on paper."""
    for column in range(1, max(last_column, *sheet.widths, 1) + 1):
        grid.set_column(column - 1, column - 1, sheet.widths.get(column, DEFAULT_WIDTH))
    for row, height in sheet.heights.items():
        grid.set_row(row - 1, height)
    grid.set_tab_color(TABS[sheet.tab])
    grid.hide_gridlines(2)
    grid.set_landscape()
    grid.set_paper(paper_of(sheet).code)
    grid.set_margins(LEFT_AND_RIGHT, LEFT_AND_RIGHT, TOP, BOTTOM)
    grid.fit_to_pages(1, 0)
    grid.set_h_pagebreaks([row - 1 for row in page_breaks(sheet)])
    grid.set_footer("&L&8&A&R&8Pagina &P van &N")
    if sheet.frozen:
        grid.freeze_panes(sheet.frozen, 0)
        grid.repeat_rows(0, sheet.frozen - 1)
    if sheet.repeated:
        grid.repeat_rows(sheet.repeated - 1)


def _write_cell(grid: Worksheet, row: int, column: int, cell: Cell, look: Look) -> None:
    """Write one cell, row and column counted from 0."""
    if cell.link:
        grid.write_url(row, column, f"internal:{_target(cell.link)}", look, "")
    if cell.formula:
        _write_formula(grid, row, column, cell, look)
        return
    content = stored(cell.value)
    if content == "":
        grid.write_blank(row, column, None, look)
    elif not isinstance(content, str):
        grid.write_number(row, column, content, look)
    elif RICH_TEXT.fullmatch(content):
        # The library takes such a text for its own markup, unless it stands in pieces.
        grid.write_rich_string(row, column, content[:1], content[1:2], content[2:], look)
    else:
        grid.write_string(row, column, content, look)


def _write_formula(grid: Worksheet, row: int, column: int, cell: Cell, look: Look) -> None:
    if len(cell.formula) > MAX_FORMULA:
        raise ValueError(f"a formula of more than {MAX_FORMULA} characters: {cell.formula[:60]}...")
    result = stored(cell.value)
    if isinstance(result, str):
        # A reader takes _x0041_ for an A; the library guards texts against that, not results.
        result = ESCAPE.sub(r"_x005F\1", result)
    grid.write_formula(row, column, storable(cell.formula), look, result)


def stored(value: Value) -> str | float:
    """A value as a workbook stores it; nothing is stored as an empty text.

    Raises:
        TypeError: a truth value, which a grid does not hold.
    """
    match value:
        case str():
            return storable(value)
        case None:
            return ""
        case bool():
            raise TypeError("a cell shows a text or a number, not a truth value")
        case date():
            return serial(value)
        case int():
            return value
        case _:
            return as_float(value)


def _target(link: str) -> str:
    """A link target with the name of its sheet quoted where Excel asks that."""
    name, mark, place = link.rpartition("!")
    if not mark or name.startswith("'") or PLAIN_NAME.fullmatch(name):
        return link
    return "'" + name.replace("'", "''") + "'!" + place


def _raise_titles(grid: Worksheet, sheet: Sheet) -> None:
    for (row, _), cell in sheet.cells.items():
        if cell.role is Role.TITLE:
            grid.set_row(row - 1, TITLE_HEIGHT)


def _spread_notes(grid: Worksheet, sheet: Sheet, looks: Looks) -> None:
    """Let a note that stands alone in its row use the whole width of the sheet."""
    for row, first, last in merged_notes(sheet):
        cell = sheet.cells[row, first]
        grid.merge_range(row - 1, first - 1, row - 1, last - 1, "", looks.of(cell))
        _write_cell(grid, row - 1, first - 1, cell, looks.of(cell))
        grid.set_row(row - 1, LINE_HEIGHT * note_lines(sheet, row, first, last))


def _colour_checks(grid: Worksheet, sheet: Sheet, looks: Looks) -> None:
    areas = _column_runs(at for at, cell in sheet.cells.items() if cell.role is Role.CHECK)
    if not areas:
        return
    for word, look in VERDICTS.items():
        rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": looks.verdict(look)}
        grid.conditional_format(areas[0], {**rule, "multi_range": " ".join(areas)})


def _column_runs(places: Iterable[tuple[int, int]]) -> list[str]:
    """Join cells that stand below each other into ranges such as `C5:C9`."""
    runs: list[tuple[int, int, int]] = []
    for column, row in sorted((column, row) for row, column in places):
        if runs and runs[-1][0] == column and runs[-1][2] == row - 1:
            runs[-1] = (column, runs[-1][1], row)
        else:
            runs.append((column, row, row))
    return [f"{address(top, column)}:{address(bottom, column)}" for column, top, bottom in runs]
