"""Working out every formula of a workbook, exactly, from the cells that are pasted.

Formulas are worked out in the order in which they read each other, without recursion from cell to cell:
a chain of a thousand rows is no deeper than one of two.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Final

from finance.tables.engine.cells import At, Sheets, TracedCell
from finance.tables.engine.criteria import Column
from finance.tables.engine.expressions import Area, Call, Expression, moved, parsed
from finance.tables.engine.functions import Functions
from finance.tables.engine.worth import CellFaultError

SHAPE_ONLY: Final = frozenset({"ROWS", "COLUMNS"})
"""Functions that look at how large a range is, and not at what it holds."""
Copy = tuple[Expression, int]
"""The tree of a formula, and how many rows further down a copy of it stands."""


class CircularError(ValueError):
    """A formula reads a cell that reads the formula itself. The programmer's fault."""


class Calculator(Functions):
    """Works out the formulas of one workbook; no value that a formula cell holds is looked at.

    Attributes:
        sheets: the cells.
        copies: formulas that are copies of one that was parsed already.
    """

    traced = False

    def __init__(
        self, sheets: Sheets, copies: Mapping[At, Copy] | None = None, known: Mapping[At, TracedCell] | None = None
    ) -> None:
        """Prepare to work out formulas.

        Args:
            sheets: the cells.
            copies: formulas that are copies of one that was parsed already; what this lacks is parsed.
            known: formula cells that were worked out before; one that has another formula now is worked out again.
                What they read must be the same as then.
        """
        super().__init__(sheets)
        self.copies = copies or {}
        stands = super().cell
        still = ((at, was, stands(at)) for at, was in (known or {}).items())
        self._worked = {at: was for at, was, now in still if now is not None and now.formula == was.formula}
        self._ready: set[Area] = set()

    def all(self) -> Mapping[At, TracedCell]:
        """Every formula cell with what it comes to.

        Raises:
            CircularError: a formula reads itself.
            CellFaultError: a formula comes to an error.
            ExpressionError: a formula is not understood.
        """
        for sheet, cells in self.sheets.items():
            for place, cell in cells.items():
                if cell.formula:
                    self.worked_out((sheet, *place))
        return self._worked

    def worked_out(self, at: At) -> TracedCell:
        """A formula cell with what it comes to.

        Raises:
            CircularError: a formula reads itself.
            CellFaultError: a formula comes to an error.
            ExpressionError: a formula is not understood.
        """
        if at not in self._worked:
            self._work_out(at)
        return self._worked[at]

    def cell(self, at: At) -> TracedCell | None:
        """A cell; a formula cell with what it comes to."""
        return self._worked.get(at) or super().cell(at)

    def column(self, area: Area) -> Column:
        """The values of a range, row by row, formulas worked out."""
        if area not in self._columns:
            found = (self.cell((area.sheet, *place)) for place in area.places())
            self._columns[area] = Column([cell.value if cell else None for cell in found])
        return self._columns[area]

    def _work_out(self, start: At) -> None:
        """Work out a cell, after all that it reads."""
        waiting: dict[At, tuple[Expression, Iterator[At]]] = {}
        stack = [start]
        while stack:
            at = stack[-1]
            if at in self._worked:
                stack.pop()
                continue
            if at not in waiting:
                tree = self._tree(at)
                waiting[at] = tree, self._unready(_areas(tree, []))
            tree, unready = waiting[at]
            needed = next(unready, None)
            if needed is None:
                self._worked[at] = self._outcome(at, tree)
                waiting.pop(at)
                stack.pop()
            elif needed in waiting:
                raise CircularError(f"{needed} reads itself by way of {at}")
            else:
                stack.append(needed)

    def _tree(self, at: At) -> Expression:
        copy = self.copies.get(at)
        if copy is not None:
            return moved(*copy)
        cell = super().cell(at)
        if cell is None:
            raise LookupError(f"an empty cell: {at}")
        return parsed(cell.formula, at[0])

    def _unready(self, areas: Sequence[Area]) -> Iterator[At]:
        """The formula cells of some areas that are not worked out yet."""
        for area in areas:
            if area.top == area.bottom and area.left == area.right:
                at = (area.sheet, area.top, area.left)
                if at not in self._worked and self._is_formula(at):
                    yield at
            elif area not in self._ready:
                for place in area.places():
                    if (area.sheet, *place) not in self._worked and self._is_formula((area.sheet, *place)):
                        yield area.sheet, *place
                self._ready.add(area)

    def _is_formula(self, at: At) -> bool:
        cell = super().cell(at)
        return cell is not None and bool(cell.formula)

    def _outcome(self, at: At, tree: Expression) -> TracedCell:
        cell = super().cell(at)
        if cell is None:
            raise LookupError(f"an empty cell: {at}")
        try:
            value = self.worth(tree).value
        except CellFaultError as fault:
            raise CellFaultError(f"{fault} in {at}: ={cell.formula}") from fault
        # A formula that comes to an empty cell shows 0; a truth value counts as 1 or 0.
        if value is None or isinstance(value, bool):
            value = Fraction(value or 0)
        return replace(cell, value=value)


def _areas(tree: Expression, found: list[Area]) -> list[Area]:
    """The areas of which a formula reads the values, in its order."""
    match tree:
        case Area():
            found.append(tree)
        case Call() if tree.name not in SHAPE_ONLY:
            for argument in tree.arguments:
                _areas(argument, found)
    return found
