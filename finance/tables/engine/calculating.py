"""Working out every formula of a workbook, exactly, from the cells that are pasted.

A formula that reads a cell which is not worked out yet waits for it, without recursion from cell to cell: a chain
of a thousand rows is no deeper than one of two. What a choice does not take is not read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from finance.tables.engine.cells import At, CellFaultError, Known, Sheets, TracedCell
from finance.tables.engine.criteria import Column
from finance.tables.engine.expressions import Area, Expression, parsed
from finance.tables.engine.functions import Functions
from finance.tables.engine.programs import Program, Programs
from finance.tables.engine.values import Value

Copy = tuple[Expression, int]
"""The tree of a formula, and how many rows further down a copy of it stands."""


class CircularError(ValueError):
    """A formula reads a cell that reads the formula itself. The programmer's fault."""


class UnreadyError(Exception):
    """A formula reads cells that are not worked out yet.

    Attributes:
        cells: those cells.
    """

    def __init__(self, cells: Sequence[At]) -> None:
        super().__init__(f"not worked out yet: {cells[0]}")
        self.cells = cells


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
        self._programs = Programs(self)

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
        """A cell; a formula cell with what it comes to.

        Raises:
            UnreadyError: it is not worked out yet.
        """
        found = self._worked.get(at)
        if found is None:
            found = super().cell(at)
            if found is not None and found.formula:
                raise UnreadyError([at])
        return found

    def column(self, area: Area) -> Column:
        """The values of a range, row by row, formulas worked out.

        Raises:
            UnreadyError: some of them are not worked out yet.
        """
        known = self._columns.get(area)
        if known is None:
            known = self._columns[area] = Column(self._values(area))
        return known

    def _values(self, area: Area) -> list[Known]:
        worked, stand, sheet = self._worked, self.sheets.get(area.sheet, {}), area.sheet
        values: list[Known] = []
        unready: list[At] = []
        for place in area.places():
            cell = worked.get((sheet, *place)) or stand.get(place)
            if cell is None:
                values.append(None)
            elif cell.formula and (sheet, *place) not in worked:
                unready.append((sheet, *place))
            else:
                values.append(cell.value)
        if unready:
            raise UnreadyError(unready)
        return values

    def value(self, tree: Expression) -> Value:
        """What a tree comes to."""
        return self.worth(tree).value

    def _work_out(self, start: At) -> None:
        """Work out a cell, after all that it reads."""
        waiting: set[At] = set()
        stack = [start]
        while stack:
            at = stack[-1]
            if at not in self._worked:
                try:
                    self._worked[at] = self._outcome(at)
                except UnreadyError as unready:
                    waiting.add(at)
                    reading = waiting.intersection(unready.cells)
                    if reading:
                        raise CircularError(f"{reading.pop()} reads itself by way of {at}") from None
                    stack += reversed(unready.cells)
                    continue
            waiting.discard(at)
            stack.pop()

    def _program(self, at: At, formula: str) -> tuple[Program, int]:
        """The program of a cell, and how many rows below its first it stands."""
        copy = self.copies.get(at)
        if copy is not None:
            return self._programs.of(copy[0]), copy[1]
        return self._programs.made(parsed(formula, at[0])), 0

    def _outcome(self, at: At) -> TracedCell:
        cell = super().cell(at)
        if cell is None:
            raise LookupError(f"an empty cell: {at}")
        program, down = self._program(at, cell.formula)
        try:
            value = program(down)
        except CellFaultError as fault:
            raise CellFaultError(f"{fault} in {at}: ={cell.formula}") from fault
        # A formula that comes to an empty cell shows 0; a truth value counts as 1 or 0.
        if value is None or isinstance(value, bool):
            value = Fraction(value or 0)
        return TracedCell(value, cell.formula, cell.role, cell.fmt, cell.origin)
