"""What the formulas of some pages read: which cells an amount adds up from, and where its trail passes a table.

Pages are worked out, and then followed cell by cell as their formulas read each other. So what is told of an
amount in another page cannot differ from what the formulas do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final, NamedTuple

from finance.tables.engine.cells import At, Known, Sheets, TracedCell
from finance.tables.engine.explaining import Explainer
from finance.tables.engine.worth import Way
from finance.tables.grid import Origin
from finance.tables.pages import Page, Table, Target
from finance.tables.painting import calculator_of
from finance.tables.places import Places, places_of

UNCHANGED: Final = Fraction(1)


class Place(NamedTuple):
    """A cell of a table.

    Attributes:
        table: the table.
        column: its column.
        row: its row of data, counted from 0.
    """

    table: str
    column: str
    row: int

    @property
    def target(self) -> Target:
        """Where a link to it leads."""
        return Target(self.table, self.column, self.row)


class Term(NamedTuple):
    """A cell of a table that an amount adds up from.

    Attributes:
        place: the cell.
        share: what it adds.
    """

    place: Place
    share: Fraction


class Followed:
    """Some pages, worked out, with what their formulas read.

    Attributes:
        worked: every formula cell with what it comes to.
    """

    def __init__(self, pages: Sequence[Page]) -> None:
        """Work the pages out.

        Raises:
            LayoutError: a formula names a table, column or fact that these pages do not have.
        """
        calculator = calculator_of(pages)
        self.worked: Mapping[At, TracedCell] = calculator.all()
        self._places: Places = places_of(pages)
        self._tables = _tables_by_row(pages, self._places)
        self._rows = {
            block.name: len(block.rows) for page in pages for block in page.blocks if isinstance(block, Table)
        }
        self._passed: dict[tuple[Place, str, bool], tuple[Place, ...]] = {}
        self._explainer = Explainer(_with_values(calculator.sheets, self.worked), calculator.copies)

    def rows(self, table: str) -> int:
        """How many records a table has."""
        return self._rows[table]

    def value(self, place: Place) -> Known:
        """What a cell holds; nothing where it is empty."""
        cell = self._explainer.cell(self._at(place))
        return cell.value if cell else None

    def origin(self, place: Place) -> Origin | None:
        """Where the pasted value of a cell comes from."""
        cell = self._explainer.cell(self._at(place))
        return cell.origin if cell else None

    def terms(self, place: Place) -> tuple[Place, ...]:
        """The cells of tables that the formula of a cell adds up, in its own order."""
        found = (self._place(flow.at) for flow in self._explainer.explain(self._at(place)).terms)
        return tuple(one for one in found if one is not None)

    def adds_up(self, place: Place, columns: frozenset[tuple[str, str]]) -> Iterator[Term]:
        """The cells of some columns that a cell adds up from, however many sums lie between.

        Args:
            place: the cell.
            columns: the tables and columns at which it stops.
        """
        yield from self._adds_up(self._at(place), columns, UNCHANGED)

    def _adds_up(self, at: At, columns: frozenset[tuple[str, str]], scale: Fraction) -> Iterator[Term]:
        for flow in self._explainer.explain(at).terms:
            place, share = self._place(flow.at), (flow.share or Fraction(0)) * scale
            if place and place[:2] in columns:
                yield Term(place, share)
            elif flow.at in self.worked:
                value = self.worked[flow.at].value
                of_each = share / value if isinstance(value, Fraction) and value else scale
                yield from self._adds_up(flow.at, columns, of_each)

    def passes(self, place: Place, table: str, *, choices: bool = False) -> tuple[Place, ...]:
        """The cells of a table at which the trail of a cell arrives first, in the order of the formulas.

        Args:
            place: the cell.
            table: the table.
            choices: whether cells count too that only decide which others take part.
        """
        asked = place, table, choices
        if asked not in self._passed:
            self._passed[asked] = self._first_of(table, self._at(place), choices=choices)
        return self._passed[asked]

    def _first_of(self, table: str, start: At, *, choices: bool) -> tuple[Place, ...]:
        found: dict[Place, None] = {}
        seen: set[At] = set()
        ahead = [start]
        while ahead:
            at = ahead.pop()
            if at in seen or self._explainer.cell(at) is None:
                continue
            seen.add(at)
            here = self._place(at)
            if here and here.table == table:
                found[here] = None
                continue
            flows = self._explainer.explain(at).flows
            ahead += [flow.at for flow in reversed(flows) if choices or flow.way is not Way.CHOICE]
        return tuple(found)

    def _at(self, place: Place) -> At:
        spot = self._places.spot(place.table)
        return spot.sheet, spot.first + place.row, list(spot.letters).index(place.column) + 1

    def _place(self, at: At) -> Place | None:
        """The cell of a table; None for one in no row of data."""
        sheet, row, column = at
        known = self._tables.get((sheet, row))
        if known is None or column > len(known[1]):
            return None
        name, keys, first = known
        return Place(name, keys[column - 1], row - first)


def _tables_by_row(pages: Sequence[Page], places: Places) -> Mapping[tuple[str, int], tuple[str, tuple[str, ...], int]]:
    """The table that lies on each row of each sheet, with the keys of its columns and its first row."""
    found = {}
    for table in (block for page in pages for block in page.blocks if isinstance(block, Table)):
        spot = places.spot(table.name)
        lies = (table.name, tuple(spot.letters), spot.first)
        found.update({(spot.sheet, row): lies for row in range(spot.first, spot.first + len(table.rows))})
    return found


def _with_values(sheets: Sheets, worked: Mapping[At, TracedCell]) -> Sheets:
    return {
        sheet: {place: worked.get((sheet, *place), cell) for place, cell in cells.items()}
        for sheet, cells in sheets.items()
    }
