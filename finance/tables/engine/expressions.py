"""A formula as a tree: what it calls, and which cells it reads.

Only what formulas of the toolkit use is known: numbers, texts, references, calls and operators.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from typing import Final

from finance.tables.areas import column_number


class ExpressionError(ValueError):
    """A formula that is not understood."""


@dataclass(frozen=True, slots=True)
class Constant:
    """A number, a text or a truth value that stands in the formula itself."""

    value: Fraction | str | bool


@dataclass(frozen=True, slots=True)
class Area:
    """A range of cells, of one sheet; a single cell is a range of one.

    Attributes:
        sheet: the sheet.
        top: the first row.
        left: the first column.
        bottom: the last row.
        right: the last column.
        top_moves: whether the first row moves along when the formula is copied to another row (no `$`).
        bottom_moves: whether the last row does.
    """

    sheet: str
    top: int
    left: int
    bottom: int
    right: int
    top_moves: bool = field(default=False, compare=False)
    bottom_moves: bool = field(default=False, compare=False)

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return self.bottom - self.top + 1

    @property
    def columns(self) -> int:
        """How many columns it has."""
        return self.right - self.left + 1

    def places(self) -> Iterator[tuple[int, int]]:
        """Row and column of each cell, row by row."""
        for row in range(self.top, self.bottom + 1):
            for column in range(self.left, self.right + 1):
                yield row, column


@dataclass(frozen=True, slots=True)
class Block(Area):
    """The range that belongs to each cell of a column: another one in every row.

    Attributes:
        tops: the first row, for each cell of the column.
        bottoms: the last row.
    """

    tops: tuple[int, ...] = ()
    bottoms: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Call:
    """A function with its arguments; an operator is a function of one or two."""

    name: str
    arguments: tuple[Expression, ...]


Expression = Constant | Area | Call

CELL: Final = r"\$?[A-Za-z]{1,3}\$?[1-9][0-9]*"
TOKEN: Final = re.compile(
    r"\s*(?:"
    r'(?P<text>"(?:[^"]|"")*")'
    r"|(?P<area>(?:(?:'(?:[^']|'')+'|[^\W\d][\w.]*)!)?" + CELL + "(?::" + CELL + r")?)(?![\w(.])"
    r"|(?P<call>[A-Za-z_][\w.]*)\("
    r"|(?P<truth>TRUE|FALSE)\b"
    r"|(?P<number>[0-9]+(?:\.[0-9]*)?(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<mark><=|>=|<>|[-+*/^&=<>%(),])"
    r")\s*"
)
STRENGTH: Final = {
    "=": 1,
    "<>": 1,
    "<": 1,
    ">": 1,
    "<=": 1,
    ">=": 1,
    "&": 2,
    "+": 3,
    "-": 3,
    "*": 4,
    "/": 4,
    "^": 5,
}
"""How tightly each operator of two binds."""
NEWER: Final = "_xlfn."


@lru_cache(maxsize=100_000)
def parsed(formula: str, sheet: str) -> Expression:
    """The tree of a formula.

    Args:
        formula: the formula, without `=`.
        sheet: the sheet that it stands on.

    Raises:
        ExpressionError: it is not understood.

    Example:
        >>> parsed("ROUND(A1*2,0)", "blad").name
        'ROUND'
    """
    reader = _Reader(_tokens(formula), sheet)
    tree = reader.expression(0)
    if reader.token != END:
        raise ExpressionError(formula)
    return tree


Token = tuple[str, str]
END: Final[Token] = ("end", "")


def _tokens(formula: str) -> list[Token]:
    tokens: list[Token] = []
    at = 0
    while at < len(formula):
        match = TOKEN.match(formula, at)
        if match is None or match.lastgroup is None:
            raise ExpressionError(formula)
        tokens.append((match.lastgroup, match[match.lastgroup]))
        at = match.end()
    return [*tokens, END]


class _Reader:
    """Reads tokens from left to right."""

    def __init__(self, tokens: list[Token], sheet: str) -> None:
        self._tokens, self._at, self._sheet = tokens, 0, sheet

    @property
    def token(self) -> Token:
        """The next token."""
        return self._tokens[self._at]

    def _next(self) -> Token:
        token = self.token
        self._at += token != END
        return token

    def _takes(self, mark: str) -> bool:
        found = self.token == ("mark", mark)
        self._at += found
        return found

    def expression(self, least: int) -> Expression:
        """An expression of operators that bind more tightly than this."""
        left = self._operand()
        while self.token[0] == "mark" and STRENGTH.get(self.token[1], 0) > least:
            _, operator = self._next()
            left = Call(operator, (left, self.expression(STRENGTH[operator])))
        return left

    def _operand(self) -> Expression:
        if self._takes("-"):
            return Call("NEG", (self._operand(),))
        if self._takes("+"):
            return self._operand()
        found = self._primary()
        while self._takes("%"):
            found = Call("/", (found, Constant(Fraction(100))))
        return found

    def _primary(self) -> Expression:
        kind, text = self._next()
        match kind:
            case "text":
                return Constant(text[1:-1].replace('""', '"'))
            case "number":
                return Constant(Fraction(text))
            case "truth":
                return Constant(text == "TRUE")
            case "area":
                return area_of(text, self._sheet)
            case "call":
                return Call(text.upper().removeprefix(NEWER.upper()), self._arguments())
            case "mark" if text == "(":
                inner = self.expression(0)
                self._expect(")")
                return inner
        raise ExpressionError(text)

    def _arguments(self) -> tuple[Expression, ...]:
        if self._takes(")"):
            return ()
        found = [self.expression(0)]
        while self._takes(","):
            found.append(self.expression(0))
        self._expect(")")
        return tuple(found)

    def _expect(self, mark: str) -> None:
        if not self._takes(mark):
            raise ExpressionError(f"no {mark}")


def area_of(text: str, sheet: str) -> Area:
    """A reference such as `'blad'!$A$1:B2`; without a sheet it is on the given one."""
    name, _, cells = text.rpartition("!")
    if name.startswith("'"):
        name = name[1:-1].replace("''", "'")
    first, _, last = cells.partition(":")
    top, left, top_moves = _place(first)
    bottom, right, bottom_moves = _place(last or first)
    return Area(name or sheet, top, left, bottom, right, top_moves, bottom_moves)


def _place(cell: str) -> tuple[int, int, bool]:
    """Row and column of a cell, and whether its row moves along."""
    letters = cell.rstrip("0123456789")
    moves = not letters.endswith("$")
    return int(cell[len(letters) :]), column_number(letters.replace("$", "").upper()), moves


def moved(tree: Expression, rows: int) -> Expression:
    """The tree of the same formula, copied so many rows further down.

    Example:
        >>> moved(parsed("A1+A$1", "blad"), 2) == parsed("A3+A$1", "blad")
        True
    """
    match tree:
        case Block():
            return Area(tree.sheet, tree.tops[rows], tree.left, tree.bottoms[rows], tree.right)
        case Area():
            top, bottom = tree.top_moves and rows, tree.bottom_moves and rows
            if not top and not bottom:
                return tree
            return Area(tree.sheet, tree.top + top, tree.left, tree.bottom + bottom, tree.right)
        case Call():
            return Call(tree.name, tuple(moved(argument, rows) for argument in tree.arguments))
        case _:
            return tree


def with_blocks(tree: Expression, edges: Mapping[int, tuple[int, ...]]) -> Expression:
    """A tree in which some numbers of rows stand for an edge that differs from cell to cell.

    Args:
        tree: the tree.
        edges: by such a number, the row for each cell of the column.
    """
    if not edges:
        return tree
    match tree:
        case Area() if tree.top in edges:
            return Block(
                tree.sheet,
                tree.top,
                tree.left,
                tree.bottom,
                tree.right,
                tops=edges[tree.top],
                bottoms=edges[tree.bottom],
            )
        case Call():
            return Call(tree.name, tuple(with_blocks(argument, edges) for argument in tree.arguments))
        case _:
            return tree
