"""A name that Excel counted on: OO-C1 drawn down with the fill handle becomes OO-C2, OO-C3, OO-C4."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from finance.case.table import quoted

SHORTEST: Final = 3
"""So many cells that count on make a series; two names that follow one another can be meant."""
FEWEST: Final = 2
_NUMBERED: Final = (
    re.compile(r"(?P<before>.*?)(?P<number>\d{1,9})(?P<after>)"),
    re.compile(r"(?P<before>)(?P<number>\d{1,9})(?P<after>\D.*)"),
)
"""Where Excel counts on: the number at the end of a text, else the one at its beginning."""

Cells = Sequence[tuple[int, str]]
"""Row numbers with what stands there, from top to bottom."""


@dataclass(frozen=True, slots=True)
class Series:
    """Some cells below one another that count on, of which the first is known and some are not.

    Attributes:
        cellen: the row and the text of each cell of the series.
        rijen: the rows whose text is not known.
    """

    cellen: tuple[tuple[int, str], ...]
    rijen: tuple[int, ...]

    def says(self, column: str) -> tuple[str, str]:
        """What is wrong and what to do, in Dutch."""
        (first, one), (last, other) = self.cellen[0], self.cellen[-1]
        return (
            f"{column} telt op van {quoted(one)} in rij {first} tot {quoted(other)} in rij {last}: dat lijkt"
            f" een reeks die Excel heeft doorgevoerd; {_many(len(self.rijen))} niet.",
            f"Typ in elke rij wat bedoeld is, {quoted(one)} bijvoorbeeld; wie bij het doortrekken 'Cellen"
            " kopiëren' kiest (of Ctrl indrukt), herhaalt de naam.",
        )


def _many(number: int) -> str:
    return "één naam ervan bestaat" if number == 1 else f"{number} namen ervan bestaan"


def continued(cells: Cells, known: Collection[str], fewest: int = FEWEST) -> tuple[Series, ...]:
    """The series in a column that begin with a known name and run on into unknown ones.

    Args:
        cells: the cells of the column that are not empty.
        known: the names that are right.
        fewest: so many unknown names at least; one can be missing from a list that is typed in order.
    """
    found = []
    for run in _runs(cells):
        start = next((at for at, (_, text) in enumerate(run) if text in known), len(run))
        unknown = tuple(row for row, text in run[start:] if text not in known)
        if len(unknown) >= fewest and len(run) - start >= SHORTEST:
            found.append(Series(tuple(run[start:]), unknown))
    return tuple(found)


def _runs(cells: Cells) -> Iterator[list[tuple[int, str]]]:
    run = list(cells[:1])
    for before, after in pairwise(cells):
        if after[0] == before[0] + 1 and _counts_on(before[1], after[1]):
            run.append(after)
        else:
            yield run
            run = [after]
    if run:
        yield run


def _counts_on(one: str, other: str) -> bool:
    """Whether Excel makes the second text of the first when it is drawn down."""
    for pattern in _NUMBERED:
        first, second = pattern.fullmatch(one), pattern.fullmatch(other)
        if first and second:
            same = first["before"] == second["before"] and first["after"] == second["after"]
            return same and int(second["number"]) == int(first["number"]) + 1
    return False
