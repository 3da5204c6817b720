"""Circular references: cells that depend on themselves, found over all sheets.

Blocks are looked at first: what reads only what is settled is settled, and so is what nothing
unsettled reads; where nothing is left, nothing depends on itself. A running total reads the cell
above it, so that its block does depend on itself; only there the cells are looked at one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from finance.tables.areas import Area
from tests.finance.books.examination.blocks import Block

N = TypeVar("N", bound=Hashable)

Cell = tuple[str, int, int]
"""A sheet, a row and a column, counted from 1."""


def circle_of(blocks: Sequence[Block], sources: Callable[[Block], Iterable[Block]]) -> tuple[Block, ...]:
    """The blocks that have a part in circular references; none where there is none.

    Args:
        blocks: the formulas.
        sources: the blocks that a block reads.
    """
    by_id = {id(block): block for block in blocks}
    left = _unsettled({number: {id(other) for other in sources(block)} for number, block in by_id.items()})
    owner = {cell: by_id[number] for number in left for cell in _cells(by_id[number].area)}
    among = {id(owner[node]) for node in _unsettled(_edges(owner)) if not isinstance(node, Area)}
    return tuple(block for block in blocks if id(block) in among)


def _edges(owner: Mapping[Cell, Block]) -> Mapping[Cell | Area, set[Cell | Area]]:
    """What each cell reads; an area that many cells read stands between, so that it is gone through once."""
    edges: dict[Cell | Area, set[Cell | Area]] = {cell: set(block.areas_of(cell[1])) for cell, block in owner.items()}
    areas = {area for read in edges.values() for area in read if isinstance(area, Area)}
    return edges | {area: set(_known(area, owner)) for area in areas}


def _cells(area: Area) -> Iterator[Cell]:
    for row in range(area.top, area.bottom + 1):
        for column in range(area.left, area.right + 1):
            yield area.sheet, row, column


def _known(area: Area, known: Collection[Cell]) -> Iterator[Cell]:
    """The known cells of an area, by the shorter of two ways."""
    size = (area.bottom - area.top + 1) * (area.right - area.left + 1)
    if size <= len(known):
        return (cell for cell in _cells(area) if cell in known)
    return (cell for cell in known if cell[0] == area.sheet and area.holds(cell[1], cell[2]))


def _unsettled(edges: Mapping[N, set[N]]) -> set[N]:
    """What is on a circle, or on a way from one circle to another."""
    left = _without_leaves(edges)
    back: dict[N, set[N]] = {node: set() for node in left}
    for node in left:
        for other in edges[node] & left:
            back[other].add(node)
    return _without_leaves(back)


def _without_leaves(edges: Mapping[N, set[N]]) -> set[N]:
    """What is left after taking away, again and again, all that leads to nothing that is left."""
    counts = {node: len(others & edges.keys()) for node, others in edges.items()}
    back: dict[N, list[N]] = {}
    for node, others in edges.items():
        for other in others:
            back.setdefault(other, []).append(node)
    leaves = [node for node, count in counts.items() if not count]
    while leaves:
        leaf = leaves.pop()
        del counts[leaf]
        for node in back.get(leaf, ()):
            counts[node] -= 1
            if not counts[node]:
                leaves.append(node)
    return set(counts)
