"""The formulas of a book as blocks: cells below each other that hold one and the same formula.

In a careful workbook a column has one formula, so that a book of many thousands of formulas is a few
hundred blocks; what a reviewer asks of formulas is asked of each block once.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from finance.tables.areas import REFERENCE, TEXT, Area, column_number
from finance.tables.grid import Book, Cell, Sheet, address

RELATIVE_ROW: Final = re.compile(r"(?<![\w.])((?:\$?[A-Z]{1,3}))(\d{1,7})(?![\w(.!])")
FUNCTION: Final = re.compile(r"([A-Z][A-Z0-9.]*)\(")
NUMBER: Final = re.compile(r"\d+(?:\.\d+)?(?:E[-+]?\d+)?")
TOKEN: Final = re.compile(r"[A-Z][A-Z0-9.]*\(|[(),]|(?<![A-Za-z_$\d.])\d+(?:\.\d+)?(?:E[-+]?\d+)?(?![\d(A-Za-z_:!])")
SHAPE: Final = re.compile(r"(?:COLUMNS?|ROWS?|COUNTA|ISERROR)\((?:SUM\()?[^()]*\)")
"""What asks where a range lies, how large it is or whether it is whole, and reads no value of its cells."""
DECIMALS: Final = frozenset({("ROUND", 2), ("ROUNDDOWN", 2), ("ROUNDUP", 2)})
"""Where a number says to how many decimals is rounded."""


@dataclass(frozen=True)
class Block:
    """Cells below each other with one formula.

    Attributes:
        sheet: the sheet that they stand on.
        column: their column, counted from 1.
        top: the first row.
        bottom: the last row.
        formula: the formula of the first cell, without `=`.
        cell: the first cell.
    """

    sheet: Sheet
    column: int
    top: int
    bottom: int
    formula: str
    cell: Cell

    @property
    def where(self) -> str:
        """The cell, or the range of cells."""
        first = address(self.top, self.column)
        return first if self.top == self.bottom else f"{first}:{address(self.bottom, self.column)}"

    @property
    def area(self) -> Area:
        """The cells themselves."""
        return Area(self.sheet.naam, self.top, self.column, self.bottom, self.column)

    @cached_property
    def bare(self) -> str:
        """The formula with every text in it empty."""
        return TEXT.sub('""', self.formula)

    @cached_property
    def functions(self) -> frozenset[str]:
        """The functions that it calls."""
        return frozenset(FUNCTION.findall(self.bare))

    @cached_property
    def references(self) -> tuple[Area, ...]:
        """Every area that some cell of the block refers to."""
        firsts, lasts = self.areas_of(self.top), self.areas_of(self.bottom)
        return tuple(
            Area(one.sheet, one.top, one.left, other.bottom, one.right)
            for one, other in zip(firsts, lasts, strict=True)
        )

    def areas_of(self, row: int) -> tuple[Area, ...]:
        """The areas that the cell of the block in a row refers to."""
        return tuple(self._area(match, row - self.top) for match in self._matches)

    @cached_property
    def _matches(self) -> tuple[re.Match[str], ...]:
        return tuple(REFERENCE.finditer(SHAPE.sub("", self.bare)))

    def _area(self, match: re.Match[str], down: int) -> Area:
        sheet, letters, fixed, row, letters_to, fixed_to, row_to = match.groups()
        if not row_to:
            letters_to, fixed_to, row_to = letters, fixed, row
        return Area(
            self.sheet.naam if sheet is None else sheet.strip("'").replace("''", "'"),
            int(row) + (0 if fixed else down),
            column_number(letters),
            int(row_to) + (0 if fixed_to else down),
            column_number(letters_to),
        )

    def ranges_of(self, names: Collection[str]) -> Iterator[tuple[Area, ...]]:
        """The ranges that are a whole argument of each call of some functions, for the first cell."""
        for match in FUNCTION.finditer(self.bare):
            if match[1] in names:
                found = (REFERENCE.fullmatch(each) for each in _arguments(self.bare, match.end()))
                yield tuple(self._area(each, 0) for each in found if each and each[7])

    @cached_property
    def numbers(self) -> tuple[str, ...]:
        """The numbers that are written in it, besides references and the decimals of a rounding."""
        return tuple(number for number, call, argument in self._literals if (call, argument) not in DECIMALS)

    @cached_property
    def depth(self) -> int:
        """How deep IF stands in IF; 1 for an IF by itself, 0 for none."""
        return max((calls.count("IF") for _, calls, _ in self._tokens), default=0)

    @property
    def _literals(self) -> Iterator[tuple[str, str, int]]:
        """Each number with the function that it is handed to, and as which argument (from 1)."""
        for piece, calls, argument in self._tokens:
            if NUMBER.fullmatch(piece):
                yield piece, calls[-1], argument

    @cached_property
    def _tokens(self) -> tuple[tuple[str, tuple[str, ...], int], ...]:
        """Each token with the calls that it stands in, and as which argument of the innermost."""
        found: list[tuple[str, tuple[str, ...], int]] = []
        calls, arguments = [""], [1]
        for match in TOKEN.finditer(REFERENCE.sub("", self.bare)):
            piece = match[0]
            if piece.endswith("("):
                calls.append(piece[:-1])
                arguments.append(1)
            elif piece == ")" and len(calls) > 1:
                calls.pop()
                arguments.pop()
            elif piece == ",":
                arguments[-1] += 1
            found.append((piece, tuple(calls), arguments[-1]))
        return tuple(found)


def _arguments(formula: str, start: int) -> Iterator[str]:
    """The arguments of a call, from behind its parenthesis on."""
    depth, begin = 0, start
    for at in range(start, len(formula)):
        if formula[at] in ",)" and not depth:
            yield formula[begin:at]
            begin = at + 1
            if formula[at] == ")":
                return
        depth += {"(": 1, ")": -1}.get(formula[at], 0)


def blocks_of(book: Book) -> Iterator[Block]:
    """Every block of a book: by sheet, then by column, from top to bottom."""
    for sheet in book.sheets:
        columns: dict[int, dict[int, Cell]] = {}
        for (row, column), cell in sheet.cells.items():
            if cell.formula:
                columns.setdefault(column, {})[row] = cell
        for column in sorted(columns):
            yield from _column_blocks(sheet, column, columns[column])


def _column_blocks(sheet: Sheet, column: int, cells: Mapping[int, Cell]) -> Iterator[Block]:
    top, last = 0, 0
    pieces: tuple[str, ...] = ()
    for row in sorted(cells):
        if top and row == last + 1 and _at(pieces, row - top) == cells[row].formula:
            last = row
            continue
        if top:
            yield Block(sheet, column, top, last, cells[top].formula, cells[top])
        top, last, pieces = row, row, _pieces(cells[row].formula)
    if top:
        yield Block(sheet, column, top, last, cells[top].formula, cells[top])


def shifted(formula: str, down: int) -> str:
    """A formula as it reads so many rows lower."""
    return _at(_pieces(formula), down)


def _pieces(formula: str) -> tuple[str, ...]:
    """Texts and rows in turn; the rows are those of the references that move along with the cell."""
    pieces, end = [], 0
    bare = TEXT.sub(lambda match: "\0" * len(match[0]), formula)
    for match in RELATIVE_ROW.finditer(bare):
        pieces += [formula[end : match.start(2)], match[2]]
        end = match.end()
    return (*pieces, formula[end:])


def _at(pieces: tuple[str, ...], down: int) -> str:
    """The formula so many rows lower."""
    return "".join(str(int(piece) + down) if number % 2 else piece for number, piece in enumerate(pieces))
