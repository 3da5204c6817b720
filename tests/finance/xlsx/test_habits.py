"""Workbooks as people have them: whatever a program puts into a package, the cells are read as they are."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finance.case import RawBook, read_case
from finance.findings import FindingsError
from finance.xlsx.contents import read_contents
from finance.xlsx.read import book_of
from finance.xlsx.seal import sealed
from finance.xlsx.verify import verify
from finance.xlsx.write import book_bytes
from tests.casebook import raw_book, small_case
from tests.finance.xlsx.habits import (
    HABITS,
    ONE_OF,
    STRINGS,
    STYLES,
    WORKBOOK,
    Habit,
    comments,
    custom_parts,
    damaged_surroundings,
    excel_extensions,
    excel_surroundings,
    in_parts,
    in_utf16,
    inline_texts,
    other_names,
    parts_of,
    plain_parts,
    prefixed,
    sheets_of,
    strict,
    with_habits,
    zipped,
)
from tests.finance.xlsx.sample import small_book

PLAIN = plain_parts(small_case())
SAME = raw_book(small_case())


def read(parts: dict[str, bytes]) -> RawBook:
    return book_of("casus.xlsx", zipped(parts))


def name_of(habit: Habit) -> str:
    return habit.__name__


def test_the_plain_parts_are_the_case() -> None:
    assert read(PLAIN) == SAME


@pytest.mark.parametrize("habit", HABITS, ids=name_of)
def test_a_habit_changes_nothing(habit: Habit) -> None:
    book = read(habit(PLAIN))
    assert book == SAME
    assert book.opgemerkt == ()
    assert read_case(book)[1] == ()


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from(HABITS), unique=True, max_size=9))
def test_habits_go_together(chosen: list[Habit]) -> None:
    habits = tuple(
        habit
        for habit in HABITS
        if habit in chosen and not any(habit is last and first in chosen for first, last in ONE_OF)
    )
    assert read(with_habits(PLAIN, habits)) == SAME


def test_a_zip_may_be_written_in_one_go_with_folders_and_a_comment() -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_: int) -> int:
            raise OSError

        def tell(self) -> int:
            raise OSError

    buffer = Pipe()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        file.comment = b"gemaakt door een exportprogramma"
        for folder in ("xl/", "xl/worksheets/", "_rels/"):
            file.writestr(zipfile.ZipInfo(folder), b"")
        for name, data in PLAIN.items():
            file.writestr(name, data)
    assert book_of("casus.xlsx", buffer.getvalue()) == SAME


def test_a_workbook_without_styles_is_read_by_its_values() -> None:
    parts = {name: data for name, data in strict(PLAIN).items() if name != STYLES}
    assert read(parts) == SAME


@pytest.mark.parametrize(
    "text", ["", "<styleSheet>", "<iets/>", "\x00", "<styleSheet><cellXfs><xf/></cellXfs></styleSheet>"]
)
def test_styles_that_are_broken_are_the_plain_ones(text: str) -> None:
    book = read(strict(PLAIN) | {STYLES: text.encode()})
    assert book == SAME


def test_texts_that_are_broken_matter_only_where_a_cell_asks_for_one() -> None:
    assert read(inline_texts(PLAIN) | {STRINGS: b"<sst><si>"}) == SAME


def test_a_hostile_part_that_is_not_needed_costs_nothing() -> None:
    bomb = PLAIN | {"xl/calcChain.xml": b" " * 30_000_000, "xl/media/leeg.bmp": bytes(30_000_000)}
    assert read(bomb) == SAME


def test_a_sheet_name_is_read_as_it_looks() -> None:
    parts = in_parts(
        PLAIN,
        [WORKBOOK],
        lambda text: text.replace('"kosten"', '" kosten&#160;"').replace('"vraag"', '"vr\u0061\u200bag"'),
    )
    assert read(parts) == SAME


def test_two_sheets_that_look_alike_are_a_finding() -> None:
    parts = in_parts(PLAIN, [WORKBOOK], lambda text: text.replace('"uitwijk"', '"kosten "'))
    (finding,) = read(parts).bevindingen
    assert (finding.blad, finding.cel) == ("kosten", "")
    assert "op spaties of tekens na" in finding.wat


SAVED = (excel_surroundings, excel_extensions, comments, custom_parts, damaged_surroundings)


@pytest.mark.parametrize(
    "habits",
    [(), *((habit,) for habit in SAVED[:4]), SAVED[:4], (prefixed,), (in_utf16,), (strict,)],
    ids=lambda habits: "+".join(map(name_of, habits)) or "none",
)
def test_a_workbook_of_the_toolkit_holds_the_same_whoever_saved_it(habits: tuple[Habit, ...]) -> None:
    data = book_bytes(sealed(small_book()))
    was, now = (read_contents("w", each) for each in (data, zipped(with_habits(parts_of(data), habits))))
    assert now.sheets == was.sheets
    assert now.formats == was.formats


@pytest.mark.parametrize(
    "habits",
    [(excel_surroundings,), (comments, other_names), (damaged_surroundings,), (in_utf16,), (strict,)],
)
def test_a_workbook_that_excel_saved_verifies(habits: tuple[Habit, ...], tmp_path: Path) -> None:
    path = tmp_path / "werkmap.xlsx"
    path.write_bytes(zipped(with_habits(parts_of(book_bytes(sealed(small_book()))), habits)))
    assert not verify(path).findings


def test_what_only_some_programs_read_is_told(tmp_path: Path) -> None:
    path = tmp_path / "werkmap.xlsx"
    parts = with_habits(parts_of(book_bytes(sealed(small_book()))), (excel_extensions,))
    path.write_bytes(zipped(parts))
    assert all("(xl/worksheets/" in finding.wat for finding in verify(path).findings)
    assert len(verify(path).findings) == len(sheets_of(parts))


def test_a_bomb_beside_the_sheets_is_not_handed_to_another_program(tmp_path: Path) -> None:
    path = tmp_path / "werkmap.xlsx"
    path.write_bytes(zipped(parts_of(book_bytes(sealed(small_book()))) | {"xl/calcChain.xml": b" " * 5_000_000}))
    with pytest.raises(FindingsError, match="onredelijk groot"):
        verify(path)


def test_every_sheet_of_a_habit_is_found() -> None:
    assert len(sheets_of(PLAIN)) == len(small_case())
