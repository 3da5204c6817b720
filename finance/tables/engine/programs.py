"""Formulas made into programs: a tree is read once for a whole column, and then only run.

A program comes to the same as `Functions.worth`, without the cells that took part: what operators and functions
make of values stands in one place, `finance.tables.engine.values`. What is seldom called is not made into a
program, and left to `worth`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from operator import add, mul, sub
from typing import Final, Protocol

from finance.tables.engine.cells import At, CellFaultError, TracedCell
from finance.tables.engine.criteria import Column, all_meet, position
from finance.tables.engine.expressions import Area, Block, Call, Constant, Expression, ExpressionError, moved
from finance.tables.engine.values import Value, compared, divided, half_up, number, rounded, text, total_of

Program = Callable[[int], Value]
"""What a formula comes to in the cell that stands so many rows below the one that it was read from."""
Operator = Callable[[Value, Value], Value]
"""What an operator makes of two values; one of one value gets it twice."""
ADDED: Final[Mapping[str, Callable[[Fraction, Fraction], Fraction]]] = {"+": add, "-": sub, "*": mul}
SIGNS: Final = frozenset({"=", "<>", "<", ">", "<=", ">="})
ONE_OR_TWO: Final = (1, 2)


class Reader(Protocol):
    """What a program reads cells with."""

    def cell(self, at: At) -> TracedCell | None:
        """A cell; a formula cell with what it comes to."""

    def column(self, area: Area) -> Column:
        """The values of a range."""

    def value(self, tree: Expression) -> Value:
        """What a tree comes to that is not made into a program."""


def _product(parts: Iterable[Value]) -> Fraction:
    """A product; texts and empty cells count as 0."""
    product = Fraction(1)
    for part in parts:
        product *= part if isinstance(part, Fraction) else 0
    return product


def _joined(first: Value, other: Value) -> Value:
    return text(first) + text(other)


def _negative(value: Value, _: Value) -> Value:
    return -number(value)


OTHERS: Final[Mapping[str, Operator]] = {"/": divided, "&": _joined, "NEG": _negative}


@dataclass(frozen=True, slots=True)
class Grid:
    """What each cell of a range comes to.

    Attributes:
        rows: how many rows it has.
        columns: how many columns it has.
        values: what each cell comes to, row by row.
    """

    rows: int
    columns: int
    values: Sequence[Value]

    def combined(self, done: Operator, other: Grid) -> Grid:
        """What an operator makes of two ranges, cell by cell; one row or column stands for all of them."""
        rows, columns = max(self.rows, other.rows), max(self.columns, other.columns)
        places = [(row, column) for row in range(rows) for column in range(columns)]
        return Grid(rows, columns, [done(self._at(*place), other._at(*place)) for place in places])

    def _at(self, row: int, column: int) -> Value:
        row, column = row if self.rows > 1 else 0, column if self.columns > 1 else 0
        if row >= self.rows or column >= self.columns:
            raise CellFaultError("#N/B")
        return self.values[row * self.columns + column]


def _operator(name: str) -> Operator | None:
    """What an operator of one or two values does; None for a function, or an operator that is seldom used."""
    if name in ADDED:
        added = ADDED[name]
        return lambda first, other: added(number(first), number(other))
    if name in SIGNS:
        return lambda first, other: compared(name, first, other)
    return OTHERS.get(name)


class Programs:
    """Makes programs that read the cells of one workbook."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._known: dict[int, tuple[Expression, Program]] = {}

    def of(self, tree: Expression) -> Program:
        """The program of a tree; the same tree is read once."""
        known = self._known.get(id(tree))
        if known is None:
            # The tree is kept too: another one could else be given its number.
            known = self._known[id(tree)] = tree, self.made(tree)
        return known[1]

    def made(self, tree: Expression) -> Program:
        """A new program of a tree."""
        match tree:
            case Constant():
                held = tree.value
                return lambda _: held
            case Area():
                return self._cell(tree)
            case Call():
                return self._call(tree)

    def _call(self, call: Call) -> Program:
        name = call.name
        done = _operator(name)
        if done is not None:
            first, *more = [self.made(part) for part in call.arguments]
            other: Program = more[0] if more else lambda _: None
            return lambda down: done(first(down), other(down))
        work: Callable[[Sequence[Expression]], Program | None] | None = getattr(self, f"_{name.lower()}", None)
        program = work(call.arguments) if work else None
        return program or self._left_to_worth(call)

    def _left_to_worth(self, tree: Expression) -> Program:
        value = self._reader.value
        return lambda down: value(moved(tree, down))

    def _cell(self, area: Area) -> Program:
        sheet, top, left, cell = area.sheet, area.top, area.left, self._reader.cell
        if isinstance(area, Block) and area.tops == area.bottoms and left == area.right:
            tops = area.tops

            def own(down: int) -> Value:
                found = cell((sheet, tops[down], left))
                return None if found is None else found.value

            return own
        if isinstance(area, Block) or area.rows * area.columns > 1:
            return self._left_to_worth(area)

        def moving(down: int) -> Value:
            found = cell((sheet, top + down, left))
            return None if found is None else found.value

        def fixed(_: int) -> Value:
            found = cell((sheet, top, left))
            return None if found is None else found.value

        return moving if area.top_moves else fixed

    def _area(self, tree: Expression) -> Callable[[int], Area] | None:
        """A range that a program names itself; None for one that it looks for."""
        if not isinstance(tree, Area):
            return None
        area = tree
        if type(area) is Area and not area.top_moves and not area.bottom_moves:
            return lambda _: area

        def there(down: int) -> Area:
            found = moved(area, down)
            if not isinstance(found, Area):
                raise ExpressionError("no range")
            return found

        return there

    def _column(self, tree: Expression) -> Callable[[int], Column] | None:
        """The values of a range that a program names itself."""
        there, column = self._area(tree), self._reader.column
        return None if there is None else lambda down: column(there(down))

    def _range(self, tree: Expression) -> Callable[[int], Column] | None:
        """The values of a range of more than one cell that a program names itself."""
        is_cell = type(tree) is Area and tree.rows * tree.columns == 1 and tree.top_moves == tree.bottom_moves
        return None if is_cell else self._column(tree)

    def _index(self, arguments: Sequence[Expression]) -> Program | None:
        there = self._area(arguments[0])
        numbers = [self.made(part) for part in arguments[1:]]
        if there is None or len(numbers) not in ONE_OR_TWO:
            return None
        cell = self._reader.cell

        def found(down: int) -> Value:
            area = there(down)
            steps = [int(number(one(down))) for one in numbers]
            if len(steps) == 1:
                steps = [0, *steps] if area.rows == 1 else [*steps, 0]
            row, column = steps
            if not (0 <= row <= area.rows and 0 <= column <= area.columns):
                raise CellFaultError("#VERW!")
            if (not row and area.rows > 1) or (not column and area.columns > 1):
                raise ExpressionError("a range where one value is needed")
            at = cell((area.sheet, area.top + max(row, 1) - 1, area.left + max(column, 1) - 1))
            return None if at is None else at.value

        return found

    def _match(self, arguments: Sequence[Expression]) -> Program | None:
        column = self._column(arguments[1])
        if column is None or len(arguments) <= 2:  # noqa: PLR2004 - the value, the range and the kind
            return None
        wanted, kind = self.made(arguments[0]), self.made(arguments[2])
        return lambda down: Fraction(position(column(down), wanted(down), int(number(kind(down)))) + 1)

    def _if(self, arguments: Sequence[Expression]) -> Program:
        asked, taken, *others = [self.made(part) for part in arguments]
        other: Program = others[0] if others else lambda _: False
        return lambda down: taken(down) if number(asked(down)) else other(down)

    def _iferror(self, arguments: Sequence[Expression]) -> Program:
        first, other = [self.made(part) for part in arguments]

        def found(down: int) -> Value:
            try:
                return first(down)
            except CellFaultError:
                return other(down)

        return found

    def _and(self, arguments: Sequence[Expression]) -> Program:
        parts = [self.made(part) for part in arguments]
        return lambda down: all(map(number, [part(down) for part in parts]))

    def _or(self, arguments: Sequence[Expression]) -> Program:
        parts = [self.made(part) for part in arguments]
        return lambda down: any(map(number, [part(down) for part in parts]))

    def _not(self, arguments: Sequence[Expression]) -> Program:
        part = self.made(arguments[0])
        return lambda down: not number(part(down))

    def _isnumber(self, arguments: Sequence[Expression]) -> Program:
        part = self.made(arguments[0])
        return lambda down: isinstance(part(down), Fraction)

    def _n(self, arguments: Sequence[Expression]) -> Program:
        part = self.made(arguments[0])

        def found(down: int) -> Value:
            value = part(down)
            return value if isinstance(value, Fraction) else Fraction(0)

        return found

    def _round(self, arguments: Sequence[Expression]) -> Program:
        return self._rounded(arguments, half_up)

    def _rounddown(self, arguments: Sequence[Expression]) -> Program:
        return self._rounded(arguments, lambda over, under: over // under)

    def _rounded(self, arguments: Sequence[Expression], whole_of: Callable[[int, int], int]) -> Program:
        inner, *more = [self.made(part) for part in arguments]
        digits: Program = more[0] if more else lambda _: Fraction(0)
        return lambda down: rounded(inner(down), digits(down), whole_of)

    def _sum(self, arguments: Sequence[Expression]) -> Program | None:
        numbers = self._numbers(arguments)
        return None if numbers is None else lambda down: total_of(numbers(down))

    def _max(self, arguments: Sequence[Expression]) -> Program | None:
        numbers = self._numbers(arguments)
        return None if numbers is None else lambda down: max(numbers(down), default=Fraction(0))

    def _min(self, arguments: Sequence[Expression]) -> Program | None:
        numbers = self._numbers(arguments)
        return None if numbers is None else lambda down: min(numbers(down), default=Fraction(0))

    def _numbers(self, arguments: Sequence[Expression]) -> Callable[[int], list[Fraction]] | None:
        """The numbers among cells, ranges and other values; None where a range is looked for.

        A text in a cell does not count; elsewhere it is an error.
        """
        if any(isinstance(part, Call) and part.name == "INDEX" for part in arguments):
            return None
        columns = [(self._range(part), self.made(part), isinstance(part, Area)) for part in arguments]

        def found(down: int) -> list[Fraction]:
            numbers: list[Fraction] = []
            for column, value, is_cell in columns:
                if column is None:
                    one = value(down)
                    if not is_cell:
                        numbers.append(number(one))
                    elif isinstance(one, Fraction):
                        numbers.append(one)
                else:
                    numbers += [one for one in column(down).values if isinstance(one, Fraction)]
            return numbers

        return found

    def _sumifs(self, arguments: Sequence[Expression]) -> Program | None:
        amounts, met = self._column(arguments[0]), self._meeting(arguments[1:])
        if amounts is None or met is None:
            return None

        def found(down: int) -> Value:
            positions = met(down)
            values = amounts(down).values
            return total_of(one for at in positions if isinstance(one := values[at], Fraction))

        return found

    def _sumproduct(self, arguments: Sequence[Expression]) -> Program | None:
        arrays = [array for array in map(self._array, arguments) if array is not None]
        if len(arrays) < len(arguments):
            return None

        def found(down: int) -> Value:
            rows = zip(*(array(down).values for array in arrays), strict=True)
            return total_of(map(_product, rows))

        return found

    def _array(self, tree: Expression) -> Callable[[int], Grid] | None:
        """What each cell of a range comes to, or of ranges that are added, multiplied or compared."""
        if isinstance(tree, Area):
            there, column = self._area(tree), self._reader.column
            if there is None:
                return None
            return lambda down: Grid(there(down).rows, there(down).columns, column(there(down)).values)
        done = _operator(tree.name) if isinstance(tree, Call) else None
        if not isinstance(tree, Call) or done is None:
            is_range = isinstance(tree, Call) and tree.name == "INDEX"
            value = self.made(tree)
            return None if is_range else lambda down: Grid(1, 1, [value(down)])
        first, other = self._array(tree.arguments[0]), self._array(tree.arguments[-1])
        return None if first is None or other is None else lambda down: first(down).combined(done, other(down))

    def _countifs(self, arguments: Sequence[Expression]) -> Program | None:
        met = self._meeting(arguments)
        return None if met is None else lambda down: Fraction(len(met(down)))

    _countif = _countifs

    def _meeting(self, pairs: Sequence[Expression]) -> Callable[[int], Sequence[int]] | None:
        """The positions that meet every pair of a range and a criterion."""
        asked = [
            (self._column(part), self.made(criterion)) for part, criterion in zip(pairs[::2], pairs[1::2], strict=True)
        ]
        columns = [(column, criterion) for column, criterion in asked if column is not None]
        if len(columns) < len(asked):
            return None

        def found(down: int) -> Sequence[int]:
            met = []
            for column, criterion in columns:
                wanted = criterion(down)
                if isinstance(wanted, bool):
                    raise ExpressionError("a truth value as criterion")
                met.append((column(down), wanted))
            return all_meet(met)

        return found
