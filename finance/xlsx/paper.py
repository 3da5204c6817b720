"""How a sheet comes out of a printer: on which paper, how small, and where a new page starts.

Every sheet is one page wide. What stands together (a table, a chart) stays on one page where it fits.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from finance.tables.grid import Role, Sheet, storable

POINTS_PER_INCH: Final = 72
LEFT_AND_RIGHT: Final = 0.4
TOP: Final = 0.5
BOTTOM: Final = 0.6
"""The margins, in inches."""
POINTS_PER_PIXEL: Final = 0.75
CHARACTER: Final = 7
CELL_PADDING: Final = 5
"""The pixels of a character in a column, and those that each column has besides."""
DEFAULT_WIDTH: Final = 13.0
LINE_HEIGHT: Final = 13.5
ROW_HEIGHT: Final = 15.0
"""The height of a row that says nothing, in points."""
LONGEST_NOTE: Final = 30
READABLE: Final = 0.7
"""Ten-point letters that are printed smaller than this, at seven points, ask for larger paper."""
SLACK: Final = 0.95
"""Programs differ a little in how high a row is: so much of a page counts on being there."""
LEAST_OF_TABLE: Final = 120.0
"""A table that is longer than a page starts on a page with at least so much room, in points."""
EMPTY: Final = 0.3
"""A page with less on it than this share is almost empty."""
Heights = defaultdict[int, float]
Group = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Paper:
    """A size of paper, lying flat.

    Attributes:
        code: its number in a workbook.
        width: its width in points.
        height: its height in points.
    """

    code: int
    width: float
    height: float

    def scale(self, sheet: Sheet) -> float:
        """How small a sheet is printed to be one page wide; 1 for as it is."""
        room = self.width - 2 * LEFT_AND_RIGHT * POINTS_PER_INCH
        return min(1.0, room / width_of(sheet))

    def room(self, sheet: Sheet) -> float:
        """The height of what fits on a page, in points of the sheet."""
        return (self.height - (TOP + BOTTOM) * POINTS_PER_INCH) / self.scale(sheet)


A4: Final = Paper(9, 841.9, 595.3)
A3: Final = Paper(8, 1190.6, 841.9)


def paper_of(sheet: Sheet) -> Paper:
    """The paper on which a sheet can be read."""
    return A4 if A4.scale(sheet) >= READABLE else A3


def width_of(sheet: Sheet) -> float:
    """How wide a sheet is, with its charts, in points."""
    last = max((column for _, column in sheet.cells), default=1)
    pixels = sum(CHARACTER * sheet.widths.get(at, DEFAULT_WIDTH) + CELL_PADDING for at in range(1, last + 1))
    return max([pixels, *(chart.width for chart in sheet.charts)]) * POINTS_PER_PIXEL


def page_breaks(sheet: Sheet) -> Iterator[int]:
    """The rows, counted from 1, that start a new page so that what stands together stays together."""
    heights = _heights(sheet)
    room = paper_of(sheet).room(sheet) * SLACK
    again = range(sheet.repeated, sheet.repeated + 1) if sheet.repeated else range(1, sheet.frozen + 1)
    repeated = sum(heights[row] for row in again)
    offset, before = 0.0, 1
    for group in sheet.together:
        for first, last in _kept(group, heights, room, offset, repeated):
            offset += _height(heights, before, first - 1)
            height, before = _height(heights, first, last), last + 1
            long = height > room - repeated
            if offset + height > room and offset > repeated and (not long or room - offset < LEAST_OF_TABLE):
                yield first
                offset = repeated
            offset = _flowed(offset + height, room, repeated)


def _kept(group: Group, heights: Heights, room: float, offset: float, repeated: float) -> Group:
    """What of a group stays whole: all of it where it fits on a page, else each part.

    A page that is still almost empty takes the first part rather than staying so.
    """
    whole = group[0][0], group[-1][1]
    height = _height(heights, *whole)
    here, there = offset + height <= room, repeated + height <= room and offset > room * EMPTY
    return (whole,) if here or there else group


def _height(heights: Heights, first: int, last: int) -> float:
    return sum(heights[row] for row in range(first, last + 1))


def _flowed(offset: float, room: float, repeated: float) -> float:
    """Where on its page something stands that is so far from the top of an earlier page."""
    while offset > room:
        offset += repeated - room
    return offset


def _heights(sheet: Sheet) -> Heights:
    """The height of each row, in points."""
    heights = defaultdict(lambda: ROW_HEIGHT, sheet.heights)
    heights.update({row: LINE_HEIGHT * note_lines(sheet, row, first, last) for row, first, last in merged_notes(sheet)})
    return heights


def merged_notes(sheet: Sheet) -> Iterator[tuple[int, int, int]]:
    """The notes that get the whole width of a sheet: their row, and the first and the last column."""
    beside: dict[int, int] = defaultdict(int)
    for row, _ in sheet.cells:
        beside[row] += 1
    last_column = max((column for _, column in sheet.cells), default=1)
    for (row, column), cell in sheet.cells.items():
        alone = cell.role is Role.NOTE and beside[row] == 1 and column < last_column
        if alone and not cell.formula and cell.value and isinstance(cell.value, str):
            yield row, column, last_column


def note_lines(sheet: Sheet, row: int, first: int, last: int) -> int:
    """How many lines a note takes over these columns, at most some thirty."""
    width = max(sum(sheet.widths.get(at, DEFAULT_WIDTH) for at in range(first, last + 1)), 1)
    text = storable(str(sheet.cells[row, first].value))
    return min(sum(1 + int(len(line) / width) for line in text.split("\n")), LONGEST_NOTE)
