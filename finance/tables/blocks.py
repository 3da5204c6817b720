"""Which rows of another table belong to each row of one: from the first to the last that name it.

A formula that sums the rows of another table names only these (`[t.a~]` in a template), and asks for the key all
the same. So what stands among them and belongs to another is not counted, and the time of a workbook grows with its
rows and not with their square. A row that is moved out of its block is missed there: a control counts those.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Final

Blocks = tuple[tuple[int, int], ...]
"""The first and the last row (from 1) for each row of a table."""
FIRST_ROW: Final = (1, 1)
"""Where nothing belongs to a row: one row, that its conditions do not meet."""


def edges_of(keys: Iterable[Hashable]) -> Mapping[Hashable, tuple[int, int]]:
    """The first and the last row of each key, counted from 1."""
    found: dict[Hashable, tuple[int, int]] = {}
    for row, key in enumerate(keys, start=1):
        first, _ = found.get(key, (row, row))
        found[key] = first, row
    return found


def blocks_of(wanted: Sequence[Hashable], keys: Iterable[Hashable]) -> Blocks:
    """The block of each row.

    Args:
        wanted: the key of each row.
        keys: the key that each row of the other table names.

    Example:
        >>> blocks_of(["a", "b", "c"], ["a", "b", "b", "a"])
        ((1, 4), (2, 3), (1, 1))
    """
    found = edges_of(keys)
    return tuple(found.get(key, FIRST_ROW) for key in wanted)
