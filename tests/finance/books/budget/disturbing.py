"""Every column of formulas of a book disturbed in turn: which cells come to something else?

Only what reads a disturbed cell is worked out again, in the order in which the whole book was.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from fractions import Fraction
from graphlib import TopologicalSorter
from heapq import heappop, heappush

from finance.tables.engine.calculating import Calculator
from finance.tables.engine.cells import At, CellFaultError, Known, TracedCell, cells_of_book
from finance.tables.engine.criteria import Column
from finance.tables.engine.expressions import Area, Call, Expression, ExpressionError, parsed
from finance.tables.grid import Book, Role
from finance.tables.pages import Page, Table
from finance.tables.places import places_of
from finance.tables.reconcile import Anchors

ColumnName = tuple[str, str]
"""A table and the key of a column."""
ERROR = "#FOUT"
SHAPE_ONLY = frozenset({"ROWS", "COLUMNS"})
"""Functions that look at how large a range is, and not at what it holds."""


def disturbed(value: Known) -> Known:
    """What a wrong formula could come to: a number a little off, another text."""
    return value + Fraction(101, 100) if isinstance(value, Fraction) else f"{value or ''}x"


class Disturbance(Calculator):
    """A book worked out, of which a column can be made wrong."""

    def __init__(self, book: Book, pages: Sequence[Page]) -> None:
        super().__init__(cells_of_book(book))
        self._dirty: set[Area] = set()
        self._fresh: dict[Area, Column] = {}
        self.all()
        self._base = dict(self._worked)
        self._read = {at: tuple(_areas(parsed(self.sheets[at[0]][at[1:]].formula, at[0]))) for at in self._base}
        self._order = list(_in_order(self._read))
        self._readers: dict[At, list[Area]] = defaultdict(list)
        self._users: dict[Area, list[int]] = defaultdict(list)
        for number, at in enumerate(self._order):
            for area in dict.fromkeys(self._read[at]):
                self._users[area].append(number)
        for area in self._users:
            for place in area.places():
                self._readers[area.sheet, *place].append(area)
        self._pages = pages

    def columns(self) -> Iterator[tuple[ColumnName, list[At]]]:
        """Each column of formulas with its cells."""
        places = places_of(self._pages)
        for table in (block for page in self._pages for block in page.blocks if isinstance(block, Table)):
            spot = places.spot(table.name)
            for at, column in enumerate(table.columns, start=1):
                cells = [(spot.sheet, row, at) for row in range(spot.first, spot.first + len(table.rows))]
                if column.formula and cells:
                    yield (table.name, column.key), cells

    def column(self, area: Area) -> Column:
        """The values of a range; not the kept ones where one of them is disturbed."""
        if area not in self._dirty:
            return super().column(area)
        if area not in self._fresh:
            found = (self.cell((area.sheet, *place)) for place in area.places())
            self._fresh[area] = Column([cell.value if cell else None for cell in found])
        return self._fresh[area]

    def reached(self, cells: Sequence[At], until: Set[At] = frozenset()) -> set[At]:
        """The cells that come to something else when these are disturbed, themselves included.

        Args:
            cells: the cells.
            until: where one of these is reached, it is known, and the others are not looked for any more.
        """
        changed: set[At] = set()
        waiting: list[int] = []
        for at in cells:
            cell = self._base[at]
            self._set(at, replace(cell, value=disturbed(cell.value)), changed, waiting)
        while waiting and not (until and not until.isdisjoint(changed)):
            at = self._order[heappop(waiting)]
            if at not in changed:
                found = self._again(at)
                if found.value != self._base[at].value:
                    self._set(at, found, changed, waiting)
        for at in changed:
            self._worked[at] = self._base[at]
        self._dirty.clear()
        self._fresh.clear()
        return changed

    def _set(self, at: At, cell: TracedCell, changed: set[At], waiting: list[int]) -> None:
        self._worked[at] = cell
        changed.add(at)
        for area in self._readers[at]:
            if area not in self._dirty:
                self._dirty.add(area)
                for number in self._users[area]:
                    heappush(waiting, number)
            self._fresh.pop(area, None)

    def _again(self, at: At) -> TracedCell:
        cell = self.sheets[at[0]][at[1:]]
        try:
            value = self.worth(parsed(cell.formula, at[0])).value
        except (CellFaultError, ExpressionError, ArithmeticError, ValueError, LookupError):
            return replace(cell, value=ERROR)
        return replace(cell, value=Fraction(value or 0) if value is None or isinstance(value, bool) else value)


def _areas(tree: Expression) -> Iterator[Area]:
    match tree:
        case Area():
            yield tree
        case Call() if tree.name not in SHAPE_ONLY:
            for argument in tree.arguments:
                yield from _areas(argument)


def _in_order(read: Mapping[At, Sequence[Area]]) -> Iterator[At]:
    """Each formula cell after all that its formula names, whether a choice takes it or not."""
    sorter = TopologicalSorter[At | Area](read)
    for area in {area for areas in read.values() for area in areas}:
        sorter.add(area, *((area.sheet, *place) for place in area.places() if (area.sheet, *place) in read))
    return (node for node in sorter.static_order() if not isinstance(node, Area))


def watched(book: Book, pages: Sequence[Page], anchors: Anchors) -> set[At]:
    """The cells that somebody looks at: the anchors, and every verdict."""
    places, found = places_of(pages), set[At]()
    for table in (block for page in pages for block in page.blocks if isinstance(block, Table)):
        spot = places.spot(table.name)
        keys = list(spot.letters)
        for key in anchors.get(table.name, {}):
            found |= {(spot.sheet, spot.first + row, keys.index(key) + 1) for row in range(len(table.rows))}
    for sheet in book.sheets:
        found |= {(sheet.naam, *at) for at, cell in sheet.cells.items() if cell.role is Role.CHECK}
    return found


def unnoticed(book: Book, pages: Sequence[Page], anchors: Anchors) -> Mapping[ColumnName, int]:
    """The columns whose disturbance no anchor and no verdict shows, with how many cells it reaches."""
    work, seen = Disturbance(book, pages), watched(book, pages, anchors)
    found: dict[ColumnName, int] = {}
    for name, cells in work.columns():
        reached = work.reached(cells, seen)
        if reached.isdisjoint(seen):
            found[name] = len(reached)
    return found
