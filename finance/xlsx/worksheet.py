"""One sheet of a workbook file: what each cell holds, and what is hidden or merged.

One pass over the XML of the sheet, without building a tree. Whoever wrote it: addresses may be
left out, elements may carry a prefix, and what stands in extensions is passed over.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from functools import cache
from typing import Final, NamedTuple

from finance.tables.areas import Area, column_number
from finance.tables.grid import address, serial, storable
from finance.xlsx.faults import DamagedCellError, OverlongError
from finance.xlsx.package import MAX_DEPTH, Package, TooLargeError, local

MAX_ROW: Final = 1_048_576
MAX_COLUMN: Final = 16_384
MAX_MERGED: Final = 10_000
"""So many merged ranges of a sheet are kept; one is a fault already."""
SMALLEST: Final = 0.5
"""A column of fewer characters, or a row of fewer points, cannot be seen."""
SECONDS_A_DAY: Final = 86_400
ESCAPED: Final = re.compile(r"(?:_x[0-9A-Fa-f]{4}_)+")
CODE: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
RANGE: Final = re.compile(r"\$?([A-Za-z]{0,3})\$?(\d{0,7})(?::\$?([A-Za-z]{0,3})\$?(\d{0,7}))?")
IGNORED: Final = frozenset({"extLst", "Choice"})
"""Elements of which nothing that stands in them counts: extensions, and forms that need one."""

Stored = str | float | bool | None
"""A value in a file: a text (an error value such as `#REF!` too), a number, a truth value, or nothing."""
Place = tuple[int, int]
"""A row and a column, both counted from 1."""


class StoredCell(NamedTuple):
    """One cell of a file.

    Attributes:
        value: its value; for a formula the cached value, None where there is none.
        formula: the text of its formula, empty where it is shared with another cell; None for a
            pasted value.
        style: the number of its style.
        kind: what the file says that its value is: `n` a number, `s` or `str` a text, `e` an error
            value, `b` a truth value, `d` a date.
    """

    value: Stored
    formula: str | None
    style: int
    kind: str = "n"


class Shared(NamedTuple):
    """A formula that is more than the formula of one cell.

    Attributes:
        kind: `shared`, `array` or `dataTable`.
        group: the number of the shared formula.
        ref: the range that it fills, such as `D2:D9`; empty where another cell says so.
    """

    kind: str
    group: str
    ref: str


StoredCells = Mapping[Place, StoredCell]


@dataclass(frozen=True)
class StoredSheet:
    """One sheet of a file.

    Attributes:
        naam: its name.
        hidden: whether the sheet is hidden.
        cells: the cells that are not empty, by row and column counted from 1.
        hidden_rows: the rows that are hidden; 0 stands for all rows without a height of their own.
        hidden_columns: the columns that are hidden, from the first to the last of each run.
        coloured: the areas whose colours depend on what the cells show.
        merged: the merged ranges, such as `A2:B3`.
        shared: the formulas that are more than the formula of one cell, by cell.
        blank: the cells with an empty text, which cuts off a text that runs on from the left.
    """

    naam: str
    hidden: bool
    cells: StoredCells
    hidden_rows: tuple[int, ...]
    hidden_columns: tuple[tuple[int, int], ...]
    coloured: tuple[Area, ...] = ()
    merged: tuple[str, ...] = ()
    shared: Mapping[Place, Shared] = field(default_factory=dict)
    blank: tuple[Place, ...] = ()


def read_sheet(
    package: Package, part: str, naam: str, strings: Callable[[], Sequence[str]], *, hidden: bool = False
) -> StoredSheet:
    """Read one sheet.

    Args:
        package: the file.
        part: the part of the sheet.
        naam: its name.
        strings: gives the texts that the sheets of the file share.
        hidden: whether the sheet is hidden.

    Raises:
        LookupError: the part is not there, or it refers to a text that is not.
        OverlongError: it has far more rows than hold anything.
        TooLargeError: it is larger than the toolkit reads, or lies too deep.
        ValueError: rows or cells are out of order or out of bounds, or a value cannot be.
        expat.ExpatError: it is no well-formed XML.
    """
    reader = _SheetReader(naam, strings)
    try:
        package.follow(part, reader)
    except (LookupError, ValueError) as fault:
        raise DamagedCellError(reader.cell) from fault
    except TooLargeError as fault:
        last, filled = reader.row, max((row for row, _ in reader.cells), default=0)
        if last - filled > filled + FEW:
            raise OverlongError(last, filled) from fault
        raise
    return reader.sheet(hidden=hidden)


FEW: Final = 1000
"""So many empty rows below the last one are no reason why a sheet is too large."""


class _SheetReader:
    """Follows the elements of one sheet and keeps what matters."""

    def __init__(self, naam: str, strings: Callable[[], Sequence[str]]) -> None:
        self.cells: dict[Place, StoredCell] = {}
        self.row = 0
        self._naam = naam
        self._strings = strings
        self._shared: dict[Place, Shared] = {}
        self._hidden_rows: list[int] = []
        self._hidden_columns: list[tuple[int, int]] = []
        self._coloured: list[Area] = []
        self._merged: list[str] = []
        self._blank: list[Place] = []
        self._depth = self._skipped = 0
        self._in_data = self._in_row = self._in_cell = False
        self._column = 0
        self._row_is_certain = False
        self._attributes: dict[str, str] = {}
        self._formula: str | None = None
        self._result: str | None = None
        self._inline: str | None = None
        self._phonetic = False
        self._pieces: list[str] | None = None

    @property
    def cell(self) -> str:
        """Where it has come: a cell, or a row where it has not reached a cell of it."""
        if self._column:
            return f"cel {address(self.row, self._column)}"
        return f"rij {self.row}" if self.row else ""

    def sheet(self, *, hidden: bool) -> StoredSheet:
        """What was read."""
        return StoredSheet(
            self._naam,
            hidden,
            self.cells,
            tuple(self._hidden_rows),
            tuple(self._hidden_columns),
            tuple(self._coloured),
            tuple(self._merged),
            self._shared,
            tuple(self._blank),
        )

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self._depth += 1
        if self._skipped:
            return
        name = local(name)
        if self._depth > MAX_DEPTH:
            raise TooLargeError
        if name in IGNORED:
            self._skipped = self._depth
        elif self._in_cell:
            self._start_in_cell(name, attributes)
        elif self._in_row:
            if name == "c":
                self._start_cell(attributes)
        elif self._in_data:
            if name == "row":
                self._start_row(attributes)
        else:
            self._start_around(name, attributes)

    def end(self, name: str) -> None:
        """An element ends."""
        self._depth -= 1
        if self._skipped:
            if self._depth < self._skipped:
                self._skipped = 0
            return
        name = local(name)
        if self._in_cell:
            self._end_in_cell(name)
        elif name == "row":
            self._in_row = False
        elif name == "sheetData":
            self._in_data = False

    def text(self, data: str) -> None:
        """Text between tags."""
        if self._pieces is not None and not self._skipped:
            self._pieces.append(data)

    def _start_around(self, name: str, attributes: dict[str, str]) -> None:
        match name:
            case "sheetData":
                self._in_data = True
            case "col" if is_hidden(attributes, "width"):
                self._hidden_columns.append((int(attributes["min"]), int(attributes["max"])))
            case "sheetFormatPr" if is_true(attributes.get("zeroHeight")):
                self._hidden_rows.append(0)
            case "mergeCell" if len(self._merged) < MAX_MERGED and bounds_of(attributes.get("ref", "")):
                self._merged.append(attributes["ref"])
            case "conditionalFormatting":
                found = (bounds_of(text) for text in attributes.get("sqref", "").split())
                self._coloured += (Area(self._naam, *bounds) for bounds in found if bounds)

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._row_is_certain = "r" in attributes
        row = int(attributes.get("r", self.row + 1))
        if not self.row < row <= MAX_ROW:
            raise ValueError(f"row {row} is out of order")
        self.row, self._column = row, 0
        if is_hidden(attributes, "ht"):
            self._hidden_rows.append(row)
        self._in_row = True

    def _start_cell(self, attributes: dict[str, str]) -> None:
        address = attributes.get("r")
        if address is None:
            column = self._column + 1
        else:
            letters = address.rstrip("0123456789")
            column = _column_of(letters)
            row = int(address[len(letters) :])
            if row != self.row:
                self._correct_row(row)
        if not self._column < column <= MAX_COLUMN:
            raise ValueError(f"cell {address} is out of order")
        self._column, self._attributes = column, attributes
        self._formula = self._result = self._inline = None
        self._in_cell = True

    def _correct_row(self, row: int) -> None:
        """The number of a row that only its cells tell."""
        if self._row_is_certain or self._column or not self.row < row <= MAX_ROW:
            raise ValueError(f"a cell of row {row} stands in row {self.row}")
        self.row = row

    def _start_in_cell(self, name: str, attributes: dict[str, str]) -> None:
        match name:
            case "f":
                self._pieces = []
                if attributes.get("t", "normal") != "normal":
                    place = self.row, self._column
                    group, ref = attributes.get("si", ""), attributes.get("ref", "")
                    self._shared[place] = Shared(attributes["t"], group, ref)
            case "v":
                self._pieces = []
            case "is":
                self._inline = ""
            case "rPh":
                self._phonetic = True
            case "t" if self._inline is not None and not self._phonetic:
                self._pieces = []

    def _end_in_cell(self, name: str) -> None:
        match name:
            case "c":
                self._end_cell()
            case "v":
                self._result = self._collected()
            case "f":
                self._formula = self._collected()
            case "t" if self._pieces is not None:
                self._inline = (self._inline or "") + self._collected()
            case "rPh":
                self._phonetic = False

    def _collected(self) -> str:
        pieces, self._pieces = self._pieces, None
        return "".join(pieces or ())

    def _end_cell(self) -> None:
        self._in_cell = False
        attributes = self._attributes
        kind = attributes.get("t", "n")
        value: Stored = None
        if self._inline is not None:
            kind, value = "s", unescaped(self._inline)
        elif self._result is not None:
            kind, value = self._value(kind, self._result)
        if self._formula is not None or value not in (None, ""):
            style = int(attributes.get("s", 0))
            self.cells[self.row, self._column] = StoredCell(value, self._formula, style, kind)
        elif value == "":
            self._blank.append((self.row, self._column))

    def _value(self, kind: str, text: str) -> tuple[str, Stored]:
        match kind:
            case "n":
                return _number(text)
            case "s":
                return kind, self._string(text)
            case "str" | "e" | "inlineStr":
                return kind, unescaped(text)
            case "b":
                return kind, text.strip() in ("1", "true")
            case "d":
                return kind, iso_serial(text.strip()) if text.strip() else None
            case _:
                return _number(text)

    def _string(self, text: str) -> str | None:
        if not text.strip():
            return None
        number = int(text)
        if number < 0:
            raise ValueError(f"no shared text has number {number}")
        return self._strings()[number]


def is_true(attribute: str | None) -> bool:
    """Whether an attribute says yes."""
    return attribute in ("1", "true")


def is_hidden(attributes: Mapping[str, str], size: str) -> bool:
    """Whether a row or a column is hidden, or too small to be seen."""
    if is_true(attributes.get("hidden")):
        return True
    try:
        return float(attributes.get(size, 1)) < SMALLEST
    except ValueError:
        return False


def bounds_of(text: str) -> tuple[int, int, int, int] | None:
    """The rows and columns of a range: top, left, bottom, right; None for what is no range.

    Example:
        >>> bounds_of("A2:$B$3"), bounds_of("B:B"), bounds_of("C4"), bounds_of("?")
        ((2, 1, 3, 2), (1, 2, 1048576, 2), (4, 3, 4, 3), None)
    """
    match = RANGE.fullmatch(text)
    if match is None or not text:
        return None
    left, top, right, bottom = match.groups()
    if right is None and bottom is None:
        right, bottom = left, top
    return (
        int(top or 1),
        _column_of(left) if left else 1,
        int(bottom or MAX_ROW),
        _column_of(right) if right else MAX_COLUMN,
    )


def range_of(text: str) -> tuple[int, int, int, int]:
    """The rows and columns of a range: top, left, bottom, right.

    Raises:
        ValueError: the text is no range.
    """
    bounds = bounds_of(text)
    if bounds is None:
        raise ValueError(f"no range: {text}")
    return bounds


def column_of(address: str) -> int:
    """The column of a cell, counted from 1.

    Example:
        >>> column_of("AB12")
        28
    """
    return _column_of(address.rstrip("0123456789"))


@cache
def _column_of(letters: str) -> int:
    if not letters.isascii() or not letters.isalpha() or len(letters) > len("XFD"):
        raise ValueError(f"no column is called {letters}")
    return column_number(letters.upper())


def _number(text: str) -> tuple[str, Stored]:
    """A number; an error value where it is larger than a cell can hold, None for nothing."""
    if not text.strip():
        return "n", None
    number = float(text)
    if "_" in text or math.isnan(number) or text.strip("+- ").lower().startswith("inf"):
        raise ValueError(f"no number: {text}")
    return ("n", number) if math.isfinite(number) else ("e", text[:30])


def iso_serial(text: str) -> float:
    """A date or a time in words of ISO 8601 as the number that a cell holds, days counted from 1900.

    Example:
        >>> iso_serial("2023-07-01"), iso_serial("2023-07-01T12:00:00Z"), iso_serial("06:00:00")
        (45108.0, 45108.5, 0.25)
    """
    day, _, clock = text.partition("T") if "-" in text else ("", "", text.removeprefix("T"))
    moment = time.fromisoformat(clock.removesuffix("Z")) if clock else time()
    seconds = moment.hour * 3600 + moment.minute * 60 + moment.second
    return (serial(date.fromisoformat(day)) if day else 0) + seconds / SECONDS_A_DAY


def unescaped(text: str) -> str:
    """A text without the escapes for what XML cannot hold, as a cell can hold it.

    Example:
        >>> unescaped("a_x0041_"), unescaped("_x005F_x0041_")
        ('aA', '_x0041_')
    """
    if "_x" in text:
        text = ESCAPED.sub(lambda match: _characters(match[0]), text)
    return storable(text)


def _characters(codes: str) -> str:
    """The characters of some escapes; two of them can be one character beyond the first 65,536."""
    units = "".join(chr(int(code, 16)) for code in CODE.findall(codes))
    return units.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
