"""A first look at the XML of a workbook: its size, and what the reader of cells does not tell.

The reader of cells says neither which cells are formulas without a result nor which are merged,
fills every gap between rows and columns with empty cells, and trusts the order of what it reads.
One pass over the XML, without building a tree, settles all of that, and bounds the work.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from xml.parsers import expat

from openpyxl.utils.cell import coordinate_to_tuple

if TYPE_CHECKING:
    from zipfile import ZipFile

MAX_ELEMENTS: Final = 3_000_000
"""The largest number of XML elements in a workbook; a million numbers stay below it."""
MAX_DEPTH: Final = 100
"""How deep elements may lie in one another; a workbook needs some ten levels."""
MAX_MERGED: Final = 10_000
"""So many merged ranges of a sheet are kept; one is a fault already."""
MAX_ROW: Final = 1_048_576
MAX_COLUMN: Final = 16_384
XML_SUFFIXES: Final = (".xml", ".rels")
PIECE: Final = 256 * 1024

Place = tuple[int, int]
"""A row and a column, both counted from 1."""


class TooLargeError(Exception):
    """A workbook has more cells, or deeper nesting, than the toolkit reads."""


@dataclass(slots=True)
class SheetScan:
    """What the XML of one sheet says besides the values of its cells.

    Attributes:
        filled: the rows that hold a value.
        columns: for each column that holds a value, the first row that does.
        without_result: the formula cells without a cached result.
        errors: the cells that hold an error value, such as `#REF!`.
        merged: the merged ranges, such as `A2:B3`.
        hidden: the rows that are hidden and hold a value.
    """

    filled: set[int] = field(default_factory=set)
    columns: dict[int, int] = field(default_factory=dict)
    without_result: set[Place] = field(default_factory=set)
    errors: set[Place] = field(default_factory=set)
    merged: list[str] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)

    @property
    def last_row(self) -> int:
        """The last row that holds a value; 0 for an empty sheet."""
        return max(self.filled, default=0)


class _Budget:
    """How many elements may still come, over all parts of one workbook."""

    def __init__(self) -> None:
        self._left = MAX_ELEMENTS
        self._depth = 0

    def enter(self) -> None:
        self._left -= 1
        self._depth += 1
        if self._left < 0 or self._depth > MAX_DEPTH:
            raise TooLargeError

    def leave(self) -> None:
        self._depth -= 1


class _SheetScanner:
    """Follows the elements of one part and keeps what matters of a sheet."""

    def __init__(self, budget: _Budget) -> None:
        self.scan = SheetScan()
        self._budget = budget
        self._place: Place = (0, 0)
        self._row_is_hidden = False
        self._kind = ""
        self._is_formula = self._has_result = self._in_result = False
        self._starts: dict[str, Callable[[dict[str, str]], None]] = {
            "row": self._row,
            "c": self._cell,
            "f": self._formula,
            "v": self._result,
            "is": self._value,
            "mergeCell": self._merged,
        }

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._budget.enter()
        handle = self._starts.get(_local(name))
        if handle:
            handle(attributes)

    def end(self, name: str) -> None:
        self._budget.leave()
        match _local(name):
            case "v":
                self._in_result = False
            case "c" if self._is_formula and not self._has_result:
                self.scan.without_result.add(self._place)

    def text(self, _text: str) -> None:
        if self._in_result:
            self._value({})

    def _row(self, attributes: dict[str, str]) -> None:
        row = int(attributes.get("r", self._place[0] + 1))
        if not self._place[0] < row <= MAX_ROW:
            raise ValueError(f"row {row} is out of order")
        self._place = (row, 0)
        self._row_is_hidden = attributes.get("hidden") in ("1", "true")

    def _cell(self, attributes: dict[str, str]) -> None:
        row, before = self._place
        at = attributes.get("r")
        place = coordinate_to_tuple(at) if at else (row, before + 1)
        if place[0] != row or not before < place[1] <= MAX_COLUMN:
            raise ValueError(f"cell {at} is out of order")
        self._place = place
        self._kind = attributes.get("t", "n")
        self._is_formula = self._has_result = False

    def _formula(self, _attributes: dict[str, str]) -> None:
        self._is_formula = True
        self._fill()

    def _result(self, _attributes: dict[str, str]) -> None:
        self._in_result = True
        # An empty result is one only for a formula that gives text; elsewhere it was never computed.
        self._has_result = self._has_result or self._kind == "str"

    def _value(self, _attributes: dict[str, str]) -> None:
        self._has_result = True
        if self._kind == "e":
            self.scan.errors.add(self._place)
        self._fill()

    def _fill(self) -> None:
        row, column = self._place
        self.scan.filled.add(row)
        if self._row_is_hidden:
            self.scan.hidden.add(row)
        self.scan.columns.setdefault(column, row)

    def _merged(self, attributes: dict[str, str]) -> None:
        if len(self.scan.merged) < MAX_MERGED:
            self.scan.merged.append(attributes["ref"])


def _local(name: str) -> str:
    """The name of an element without the prefix of its namespace."""
    return name.rpartition(":")[2] if ":" in name else name


def _refuse_document_type(*_declaration: object) -> None:
    raise ValueError("a document type declaration")


def _scan_part(archive: ZipFile, part: str, budget: _Budget) -> SheetScan:
    scanner = _SheetScanner(budget)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = scanner.start
    parser.EndElementHandler = scanner.end
    parser.CharacterDataHandler = scanner.text
    parser.StartDoctypeDeclHandler = _refuse_document_type
    with archive.open(part) as stream:
        while piece := stream.read(PIECE):
            parser.Parse(piece, False)
    parser.Parse(b"", True)
    return scanner.scan


def scan_parts(archive: ZipFile) -> dict[str, SheetScan]:
    """Go through every XML part of a workbook once.

    Args:
        archive: the workbook, its size already bounded.

    Returns:
        For each part what it says as a sheet; nothing of interest for a part that is none.

    Raises:
        TooLargeError: there are more elements than MAX_ELEMENTS, or they lie too deep.
        ValueError: a sheet's rows or cells are out of order or out of bounds.
        expat.ExpatError: a part is no well-formed XML.
    """
    budget = _Budget()
    names = [name for name in archive.namelist() if name.lower().endswith(XML_SUFFIXES)]
    return {name: _scan_part(archive, name, budget) for name in names}
