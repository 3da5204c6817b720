"""A workbook with nothing but cells: what an engine needs to calculate the formulas of any file.

Whoever wrote the file, and however: what stands in it is written anew, so that an engine sees plain
cells and formulas. What cannot be handed over so that it surely means the same (an array formula, a
function that the engine does not know) is replaced by something that stands in for it.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.worksheet import Worksheet

from finance.tables.areas import REFERENCE
from finance.xlsx.contents import Contents, Place, StoredCell, StoredSheet
from finance.xlsx.engines.engine import At, NoAnswerError
from finance.xlsx.relative import copied
from finance.xlsx.worksheet import bounds_of

NO_VALUE: Final = "NA()"
"""An error value, from which everything that depends on it becomes one too."""

Texts = Mapping[At, str | None]
"""The text of each formula; None for what fills more cells than its own, and for cells that are so filled."""


def formulas_of(sheet: StoredSheet) -> dict[Place, str | None]:
    """The formula of each cell of a sheet that has one, also where it is shared with another cell.

    Returns:
        For each cell its formula without `=`; None where another formula than a plain one fills it.
    """
    masters: dict[str, list[tuple[Place, str]]] = {}
    for place, mark in sheet.shared.items():
        cell = sheet.cells.get(place)
        if mark.kind == "shared" and cell and cell.formula:
            masters.setdefault(mark.group, []).append((place, cell.formula))
    found = {
        place: _formula(sheet, place, cell, masters) for place, cell in sheet.cells.items() if cell.formula is not None
    }
    return found | dict.fromkeys(_filled(sheet))


def _formula(
    sheet: StoredSheet, place: Place, cell: StoredCell, masters: Mapping[str, Sequence[tuple[Place, str]]]
) -> str | None:
    mark = sheet.shared.get(place)
    if mark is None or (mark.kind == "shared" and cell.formula):
        return cell.formula or None
    if mark.kind != "shared" or mark.group not in masters:
        return None
    known = masters[mark.group]
    (row, column), text = next((item for item in reversed(known) if item[0] < place), known[0])
    return copied(text, place[0] - row, place[1] - column)


def _filled(sheet: StoredSheet) -> Iterator[Place]:
    """The cells that an array formula or a table of what-ifs fills."""
    for mark in sheet.shared.values():
        bounds = bounds_of(mark.ref) if mark.kind != "shared" else None
        if bounds:
            top, left, bottom, right = bounds
            for row, column in sheet.cells:
                if top <= row <= bottom and left <= column <= right:
                    yield row, column


def bare_copy(contents: Contents) -> bytes:
    """The cells of a file as a plain workbook, each with its own formula.

    Raises:
        NoAnswerError: no workbook can hold them.
    """
    return bare_workbook(contents.sheets, texts_of(contents), names_of(contents), None, {})


def names_of(contents: Contents) -> Mapping[str, str]:
    """The defined names of a file that stand for cells, with these."""
    return {naam: what for naam, what in contents.definitions.items() if REFERENCE.fullmatch(what)}


def texts_of(contents: Contents) -> Texts:
    """The formula of every cell of a file that has one."""
    return {
        (naam, *place): text for naam, sheet in contents.sheets.items() for place, text in formulas_of(sheet).items()
    }


def bare_workbook(
    sheets: Mapping[str, StoredSheet],
    texts: Texts,
    names: Mapping[str, str],
    stand_in: float | None,
    extra: Mapping[str, Sequence[str]],
) -> bytes:
    """Write the cells of a file as a plain workbook.

    Args:
        sheets: the sheets.
        texts: the formula of each cell that has one; None where something stands in for it.
        names: what each defined name refers to.
        stand_in: the number that stands in for what cannot be handed over; None for an error value.
        extra: more sheets, each with some formulas below each other.

    Raises:
        NoAnswerError: no workbook can hold them (a sheet name that Excel does not allow).
    """
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    try:
        for sheet in sheets.values():
            _write_sheet(book.add_worksheet(sheet.naam), sheet, texts, stand_in)
        for naam, formulas in extra.items():
            page = book.add_worksheet(naam)
            for row, formula in enumerate(formulas):
                page.write_formula(row, 0, f"={formula}")
        for naam, what in names.items():
            book.define_name(naam, f"={what}")
        book.close()
    except (XlsxWriterException, OSError) as fault:
        raise NoAnswerError("De formules zijn niet aan een rekenprogramma voor te leggen.") from fault
    return buffer.getvalue()


def _write_sheet(page: Worksheet, sheet: StoredSheet, texts: Texts, stand_in: float | None) -> None:
    for (row, column), cell in sheet.cells.items():
        at = (sheet.naam, row, column)
        place = row - 1, column - 1
        if at in texts:
            text = texts[at]
            if text is not None:
                page.write_formula(*place, f"={text}")
            elif stand_in is None:
                page.write_formula(*place, f"={NO_VALUE}")
            else:
                page.write_number(*place, stand_in)
        elif cell.kind == "e":
            page.write_formula(*place, f"={NO_VALUE}")
        elif isinstance(cell.value, bool):
            page.write_boolean(*place, cell.value)
        elif isinstance(cell.value, str):
            page.write_string(*place, cell.value)
        elif cell.value is not None:
            page.write_number(*place, cell.value)
