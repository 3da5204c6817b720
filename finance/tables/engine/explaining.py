"""What a formula comes to, and which cells it comes from: what each adds, multiplies or decides.

A formula is worked out from the values of the cells that it reads, and every cell that took part
is kept: a sum over hundreds of rows keeps the few that met its criteria, a choice keeps the branch
that was taken. So the trail cannot say anything but what the formula itself does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from finance.tables.engine.calculating import Copy
from finance.tables.engine.cells import At, CellFaultError, Sheets, TracedCell
from finance.tables.engine.expressions import (
    Area,
    Call,
    Expression,
    ExpressionError,
    moved,
    parsed,
)
from finance.tables.engine.functions import Functions
from finance.tables.engine.worth import Flow, Way, Worth


@dataclass(frozen=True, slots=True)
class Explained:
    """A cell with what its formula comes to.

    Attributes:
        at: the cell.
        cell: what it holds.
        worth: what its formula comes to, and the cells that took part; None for a pasted value.
        understood: whether the formula could be worked out; else `flows` names all that it reads.
    """

    at: At
    cell: TracedCell
    worth: Worth | None
    understood: bool = True

    @property
    def flows(self) -> tuple[Flow, ...]:
        """The cells that took part, each once, in the order of the formula."""
        return _once(self.worth.flows) if self.worth else ()

    @property
    def terms(self) -> tuple[Flow, ...]:
        """The cells whose amounts add up to the outcome."""
        return tuple(flow for flow in self.flows if flow.way is Way.TERM)


def _once(flows: Iterable[Flow]) -> tuple[Flow, ...]:
    """Each cell once in each way; the shares of a cell add up."""
    found: dict[tuple[At, Way], Flow] = {}
    for flow in flows:
        known = found.get((flow.at, flow.way))
        found[flow.at, flow.way] = flow if known is None else replace(flow, share=_added(known, flow))
    strong = {at for at, way in found if way is not Way.CHOICE}
    return tuple(flow for flow in found.values() if flow.way is not Way.CHOICE or flow.at not in strong)


def _added(one: Flow, other: Flow) -> Fraction | None:
    return other.share if one.share is None or other.share is None else one.share + other.share


class Explainer(Functions):
    """Explains the cells of one workbook.

    Attributes:
        sheets: the cells.
    """

    def __init__(self, sheets: Sheets, copies: Mapping[At, Copy] | None = None) -> None:
        """Prepare to explain cells.

        Args:
            sheets: the cells, with what their formulas come to.
            copies: formulas that are copies of one that was parsed already; what this lacks is parsed.
        """
        super().__init__(sheets)
        self._copies = copies or {}
        self._known: dict[At, Explained] = {}

    def explain(self, at: At) -> Explained:
        """Explain a cell that is not empty.

        Raises:
            LookupError: the cell is empty.
        """
        if at not in self._known:
            cell = self.cell(at)
            if cell is None:
                raise LookupError(f"an empty cell: {at}")
            self._known[at] = self._explain(at, cell)
        return self._known[at]

    def _explain(self, at: At, cell: TracedCell) -> Explained:
        if not cell.formula:
            return Explained(at, cell, None)
        try:
            tree = moved(*self._copies[at]) if at in self._copies else parsed(cell.formula, at[0])
        except ExpressionError:
            return Explained(at, cell, Worth(cell.value), understood=False)
        try:
            worth = self.worth(tree)
        except (CellFaultError, ExpressionError, ArithmeticError):
            flows = tuple(Flow(place, Way.FACTOR) for place in self._read(tree))
            return Explained(at, cell, Worth(cell.value, flows), understood=False)
        # A formula that comes to an empty cell shows 0.
        return Explained(at, cell, replace(worth, value=Fraction(0)) if worth.value is None else worth)

    def _read(self, tree: Expression) -> Iterable[At]:
        """Every cell that a formula names and that is not empty."""
        match tree:
            case Area():
                for row, column in tree.places():
                    if self.cell((tree.sheet, row, column)):
                        yield tree.sheet, row, column
            case Call():
                for argument in tree.arguments:
                    yield from self._read(argument)
