"""What another program writes in its own way when it saves a workbook is not told as a change."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from finance.tables.grid import Cell
from finance.xlsx.deviations import Kind
from finance.xlsx.look.comparing import look_deviations
from finance.xlsx.look.reading import read_look
from finance.xlsx.moves import STILL, Move, Shift
from finance.xlsx.seal import SEAL_SHEET
from finance.xlsx.sealing import sealed_bytes
from finance.xlsx.verify import verify
from tests.finance.xlsx.edit import edited, needs_soffice, part_text, saved_together, sheet_part
from tests.finance.xlsx.look.excel import saved_by_excel
from tests.finance.xlsx.look.tampering import CHART, STYLES, Edit, coloured, replaced, rule, styled
from tests.finance.xlsx.look.test_comparing import ALWAYS_GREEN, DATA, scaled_book

WHITE = styled(1, "A3", font=coloured("FFFFFF"))


def told(data: bytes, folder: Path) -> list[tuple[Kind, str, str]]:
    path = folder / "begroting.xlsx"
    path.write_bytes(data)
    return [(item.kind, item.blad, item.cel) for item in verify(path).deviations]


def test_excel(tmp_path: Path) -> None:
    assert told(saved_by_excel(DATA), tmp_path) == []


@pytest.mark.parametrize(
    ("edit", "place"),
    [
        (WHITE, ("voorblad", "A3")),
        (rule(1, ALWAYS_GREEN), ("voorblad", "B4")),
        (replaced(CHART, "$B$4:$B$6", "$B$5:$B$7"), ("samenvatting blad", "A10")),
    ],
)
def test_an_edit_is_still_told_after_excel_saved_it(tmp_path: Path, edit: Edit, place: tuple[str, str]) -> None:
    assert set(told(saved_by_excel(edit(DATA)), tmp_path)) == {(Kind.FORMAT, *place)}


def test_a_chart_that_keeps_other_numbers_than_its_cells_hold_is_told(tmp_path: Path) -> None:
    kept = re.findall(r"<c:v>(\d[^<]*)</c:v>", part_text(DATA, CHART))
    edit = replaced(CHART, f"<c:v>{kept[-1]}</c:v>", "<c:v>1</c:v>", 1)
    assert told(edit(DATA), tmp_path) == [(Kind.FORMAT, "samenvatting blad", "A10")]


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ('<c r="C7" t="inlineStr"><is><t></t></is></c>', Kind.ADDED),
        ('<c r="C7" t="str"><v></v></c>', Kind.ADDED),
        ('<c r="C7"><f t="array" ref="C7:C9">1</f><v>1</v></c>', Kind.FORMULA),
        ('<c r="C7" s="1"/>', None),
    ],
)
def test_a_cell_that_covers_others_is_told(tmp_path: Path, cell: str, kind: Kind | None) -> None:
    row = re.compile(r'(<row r="7".*?)</row>')
    data = edited(DATA, {sheet_part(1): lambda text: row.sub(rf"\1{cell}</row>", text)})
    assert ((kind, "voorblad", "C7") in told(data, tmp_path)) == (kind is not None)


@needs_soffice
def test_edits_are_still_told_after_libreoffice_saved_them_and_nothing_else_is(tmp_path: Path) -> None:
    edits = (
        WHITE,
        replaced(STYLES, "FF9B1C1C", "FFFFFFFF"),
        replaced(CHART, "$B$4:$B$6", "$B$5:$B$7"),
        styled(4, "B7", code="#,##&quot;0&quot;.00"),
    )
    data = DATA
    for edit in edits:
        data = edit(data)
    paths = [tmp_path / "begroting.xlsx", tmp_path / "gewijzigd.xlsx"]
    for path, content in zip(paths, (DATA, data), strict=True):
        path.write_bytes(content)
    whole, changed = saved_together(paths)
    assert verify(whole).findings == ()
    found = {(item.kind, item.blad, item.cel) for item in verify(changed).deviations}
    assert found == {
        (Kind.FORMAT, "voorblad", "A3"),
        (Kind.FORMAT, "voorblad", "B4"),
        (Kind.FORMAT, "samenvatting blad", "A10"),
        (Kind.FORMAT, "samenvatting blad", "B7"),
        (Kind.FORMAT, "samenvatting blad", "D8"),
    }


def test_what_openpyxl_leaves_out_is_one_finding(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    openpyxl.load_workbook(io.BytesIO(DATA)).save(buffer)
    assert told(buffer.getvalue(), tmp_path) == [(Kind.NO_CACHE, "", "")]


def test_a_look_moves_along_with_its_row() -> None:
    """A row that was put in is told as such, and not as other looks of all below it."""
    book = scaled_book()
    sheet = book.sheets[1]
    cells = {(row + (row > 2), column): cell for (row, column), cell in sheet.cells.items()}
    moved = replace(book, sheets=(book.sheets[0], replace(sheet, cells=cells), *book.sheets[2:]))
    was, now = (read_look(sealed_bytes(one), SEAL_SHEET) for one in (book, moved))
    shift = Shift({1: 1, 2: 2, **{row: row + 1 for row in range(3, 7)}}, (3,), ())
    assert list(look_deviations(was, now, {"invoer": Move("invoer", shift, STILL)})) == []
    assert list(look_deviations(was, now, {})) == []


def test_a_text_with_a_line_end_is_wrapped_as_other_programs_do() -> None:
    book = scaled_book()
    cover = book.sheets[0]
    lines = replace(cover, cells={**cover.cells, (9, 1): Cell("een\ntwee")})
    look = read_look(sealed_bytes(replace(book, sheets=(lines, *book.sheets[1:]))))
    assert look.looks[look.bladen["voorblad"].numbers[9, 1]].uitlijning == "top, terugloop 1"
