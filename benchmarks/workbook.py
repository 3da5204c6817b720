"""Writing the workbook: this toolkit's writer against XlsxWriter alone, on the same cells."""

from __future__ import annotations

import io
import re
import tracemalloc
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from statistics import median

import xlsxwriter
from xlsxwriter.format import Format as Look
from xlsxwriter.worksheet import Worksheet

from benchmarks.journey import CASE
from benchmarks.report import Section, number, target, times
from benchmarks.timing import in_turn
from finance.books.budget import proposal
from finance.rules import Entitlement
from finance.tables.grid import Book, Cell, Role, Sheet
from finance.xlsx.seal import sealed
from finance.xlsx.write import BASE, LOOKS, book_bytes, stored
from models import make_plan
from spuk import run

OURS, PLAIN, UNREAD = "this toolkit", "XlsxWriter", "XlsxWriter that reads no formula"
LEAST = 0.80
"""The target: at least this share of XlsxWriter's own speed."""
ROUNDS = 7
COPIES = (1, 4, 16)
"""How often the sheets of Zuidwest are repeated, to see how memory grows."""

LookKey = tuple[Role, str]
Content = tuple[int, int, str, str | float, LookKey]
"""Row and column counted from 0, formula or nothing, value, look."""


@dataclass(frozen=True)
class Plain:
    """The content of a book, ready for XlsxWriter.

    Attributes:
        sheets: per sheet its name, its column widths and its cells.
    """

    sheets: tuple[tuple[str, dict[int, float], tuple[Content, ...]], ...]


def zuidwest_book() -> Book:
    """The workbook of the case Zuidwest, as it would be written."""
    checked = run.check(Path(CASE))
    entitlement = Entitlement(checked.case)
    plan = make_plan(checked.case, entitlement)
    return sealed(proposal(checked.case, plan, "basis", run.run_info(checked, plan, entitlement)))


def repeated(book: Book, copies: int) -> Book:
    """A book with its sheets some times over; the formulas look at the first ones."""
    sheets = [
        replace(sheet, naam=f"{sheet.naam[:27]} {copy}" if copy else sheet.naam)
        for copy in range(copies)
        for sheet in book.sheets
    ]
    return replace(book, sheets=tuple(sheets))


def plain(book: Book) -> Plain:
    """The cells of a book, converted beforehand: XlsxWriter alone has nothing to look up."""
    return Plain(tuple((sheet.naam, dict(sheet.widths), _contents(sheet)) for sheet in book.sheets))


def _contents(sheet: Sheet) -> tuple[Content, ...]:
    return tuple(
        (row - 1, column - 1, cell.formula, stored(cell.value), (cell.role, cell.fmt.value))
        for (row, column), cell in sorted(sheet.cells.items(), key=_place)
    )


def _place(item: tuple[tuple[int, int], Cell]) -> tuple[int, int]:
    return item[0]


class Unread(Worksheet):
    """A worksheet that leaves formulas as they are, as this toolkit does: the harder comparison."""

    def _prepare_formula(self, formula: str, _expand: bool = False) -> str:
        return formula.removeprefix("=")


def plain_bytes(content: Plain, kind: type[Worksheet] = Worksheet) -> bytes:
    """Write cells with XlsxWriter, as its documentation shows."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as workbook:
        looks: dict[LookKey, Look] = {}
        for name, widths, cells in content.sheets:
            sheet = workbook.add_worksheet(name, worksheet_class=kind)
            for column, width in widths.items():
                sheet.set_column(column - 1, column - 1, width)
            for row, column, formula, value, key in cells:
                look = looks.get(key)
                if look is None:
                    look = looks[key] = _look(workbook, key)
                _write(sheet, row, column, formula, value, look)
    return buffer.getvalue()


def _look(workbook: xlsxwriter.Workbook, key: LookKey) -> Look:
    role, code = key
    return workbook.add_format({**BASE, **LOOKS[role], "num_format": code})


def _write(sheet: Worksheet, row: int, column: int, formula: str, value: str | float, look: Look) -> None:
    if formula:
        sheet.write_formula(row, column, formula, look, value)
    elif value == "":
        sheet.write_blank(row, column, None, look)
    elif isinstance(value, str):
        sheet.write_string(row, column, value, look)
    else:
        sheet.write_number(row, column, value, look)


def cells_in(data: bytes) -> int:
    """How many cells a workbook file holds."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        return sum(len(re.findall(rb"<c r=", archive.read(name))) for name in sheets)


def measure() -> Section:
    """Write the same workbook twice: in this toolkit's way, and plainly."""
    book = zuidwest_book()
    content = plain(book)
    count = sum(len(cells) for _, _, cells in content.sheets)
    if not count <= cells_in(plain_bytes(content)) <= cells_in(book_bytes(book)):
        raise ValueError("the two workbooks do not hold the same cells")
    candidates: dict[str, Callable[[], object]] = {
        OURS: partial(book_bytes, book),
        PLAIN: partial(plain_bytes, content),
        UNREAD: partial(plain_bytes, content, Unread),
    }
    taken = in_turn(candidates, ROUNDS)
    met = median(taken.ratios(PLAIN, OURS)) >= LEAST
    rivals = (PLAIN, UNREAD)
    rows = [(name, times(taken.ratios(name, OURS)), _speed(count, taken.median(name))) for name in rivals]
    return Section(
        "Writing the workbook",
        f"The workbook of Zuidwest, {number(count)} cells; {ROUNDS} rounds in turn. "
        f"Target: at least {LEAST:.0%} of XlsxWriter's own speed: **{target(met)}**.",
        ("compared with", "this toolkit's cells per second, times (lowest - highest round)", "its speed"),
        rows,
        [
            "XlsxWriter gets its cells converted and sorted beforehand, and writes no notes across columns, "
            "no page set-up and no coloured checks. By itself it looks through every formula for functions "
            "newer than the file format; this toolkit has none and leaves them as they are. "
            f"This toolkit itself: {_speed(count, taken.median(OURS))}."
        ],
    )


def _speed(cells: int, seconds: float) -> str:
    return f"{number(cells / seconds)} cells/s"


def measure_memory() -> Section:
    """The largest memory of writing, over growing workbooks."""
    first, rows = zuidwest_book(), []
    for copies in COPIES:
        book = repeated(first, copies)
        count = sum(len(sheet.cells) for sheet in book.sheets)
        ours, theirs = peak(partial(book_bytes, book)), peak(partial(plain_bytes, plain(book)))
        rows.append((number(count), *(f"{number(most / count)} bytes" for most in (ours, theirs))))
    return Section(
        "Memory of writing",
        "The largest memory in use while writing, per cell, above that of the content itself: "
        "the same figure throughout is exactly linear.",
        ("cells", OURS, PLAIN),
        rows,
    )


def peak(write: Callable[[], object]) -> int:
    """The largest number of bytes in use during a call, above those in use before."""
    tracemalloc.start()
    write()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most
