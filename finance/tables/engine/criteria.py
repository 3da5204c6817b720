"""Which cells of a range meet a criterion, as SUMIFS and MATCH see it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from fractions import Fraction
from typing import Final

from finance.tables.engine.cells import CellFaultError, Known

CRITERION: Final = re.compile(r"(<=|>=|<>|=|<|>)?(.*)", re.DOTALL)
COMPARED: Final[dict[str, Callable[[Fraction, Fraction], bool]]] = {
    "<=": lambda a, b: a <= b,
    ">=": lambda a, b: a >= b,
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
    "=": lambda a, b: a == b,
    "<>": lambda a, b: a != b,
}
WILD: Final = re.compile(r"~[*?~]|[*?]")


class Column:
    """The values of a range in order, which answers where a value stands."""

    def __init__(self, values: Sequence[Known]) -> None:
        self.values = values
        self._places: dict[Fraction | str, list[int]] | None = None
        self._met: dict[Known, Sequence[int]] = {}
        self._among: dict[Known, AbstractSet[int]] = {}

    def where(self, value: Fraction | str) -> Sequence[int]:
        """The positions of a value; capitals do not count."""
        if self._places is None:
            places: dict[Fraction | str, list[int]] = defaultdict(list)
            for at, known in enumerate(self.values):
                if known is not None:
                    places[plain(known)].append(at)
            self._places = dict(places)
        return self._places.get(plain(value), ())

    def alike(self, text: str) -> Sequence[int]:
        """The positions of the texts that MATCH finds: wildcards count, and a text never meets a number."""
        return self._like(text, is_like=True) if WILD.search(text) else self.where(text)

    def meeting(self, criterion: Known) -> Sequence[int]:
        """The positions of the values that meet a criterion such as `"<=2024"` or `"verbouwen"`."""
        if criterion not in self._met:
            self._met[criterion] = self._meeting(criterion)
        return self._met[criterion]

    def among(self, criterion: Known) -> AbstractSet[int]:
        """The same positions, to ask whether one is among them."""
        if criterion not in self._among:
            self._among[criterion] = frozenset(self.meeting(criterion))
        return self._among[criterion]

    def _meeting(self, criterion: Known) -> Sequence[int]:
        if not isinstance(criterion, str):
            return self.where(criterion or Fraction(0))
        match = CRITERION.fullmatch(criterion)
        sign, wanted = (match[1] or "", match[2]) if match else ("", criterion)
        number = number_of(wanted)
        if number is not None:
            return self._compared(sign or "=", number)
        if sign in ("<=", ">=", "<", ">"):
            return self._ordered(sign, wanted)
        if not wanted:
            return [at for at, known in enumerate(self.values) if (known in (None, "")) is (sign != "<>")]
        if not WILD.search(wanted) and sign != "<>":
            return self.where(wanted)
        return self._like(wanted, is_like=sign != "<>")

    def _compared(self, sign: str, number: Fraction) -> Sequence[int]:
        compare = COMPARED[sign]
        return [at for at, known in enumerate(self.values) if isinstance(known, Fraction) and compare(known, number)]

    def _ordered(self, sign: str, wanted: str) -> Sequence[int]:
        order = {"<": (-1,), "<=": (-1, 0), ">": (1,), ">=": (0, 1)}[sign]
        text = wanted.casefold()
        return [
            at
            for at, known in enumerate(self.values)
            if isinstance(known, str) and ((known.casefold() > text) - (known.casefold() < text)) in order
        ]

    def _like(self, wanted: str, *, is_like: bool) -> Sequence[int]:
        shape = re.compile(_shape(wanted), re.IGNORECASE | re.DOTALL)
        return [
            at
            for at, known in enumerate(self.values)
            if (isinstance(known, str) and bool(shape.fullmatch(known))) is is_like
        ]


def position(column: Column, wanted: Known | bool, kind: int) -> int:
    """Where MATCH finds a value, counted from 0.

    Args:
        column: the values.
        wanted: the value.
        kind: 0 for the value itself; above 0 for the last that is no larger, below 0 for the last that is no smaller.

    Raises:
        CellFaultError: it is not there.
    """
    if wanted is None or isinstance(wanted, bool):
        raise CellFaultError("#N/B")
    if kind == 0:
        places = column.alike(wanted) if isinstance(wanted, str) else column.where(wanted)
    else:
        compare = COMPARED["<=" if kind > 0 else ">="]
        places = [
            at
            for at, known in enumerate(column.values)
            if isinstance(known, Fraction) and isinstance(wanted, Fraction) and compare(known, wanted)
        ][-1:]
    if not places:
        raise CellFaultError("#N/B")
    return places[0]


def all_meet(asked: Sequence[tuple[Column, Known]]) -> Sequence[int]:
    """The positions at which every column meets its criterion: the fewest that one allows, less what others do not."""
    fewest = min(range(len(asked)), key=lambda at: len(asked[at][0].meeting(asked[at][1])))
    kept = asked[fewest][0].meeting(asked[fewest][1])
    for at, (column, criterion) in enumerate(asked):
        if at != fewest and kept:
            among = column.among(criterion)
            kept = [position for position in kept if position in among]
    return kept


def plain(value: Fraction | str) -> Fraction | str:
    """A value as a lookup compares it."""
    return value.casefold() if isinstance(value, str) else value


def number_of(text: str) -> Fraction | None:
    """The number that a criterion writes; None where it is a text."""
    try:
        return Fraction(text) if "/" not in text else None
    except ValueError:
        return None


def _shape(wanted: str) -> str:
    """A pattern with `*`, `?` and `~` as a regular expression."""
    pieces, end = [], 0
    for match in WILD.finditer(wanted):
        pieces.append(re.escape(wanted[end : match.start()]))
        pieces.append({"*": ".*", "?": "."}.get(match[0]) or re.escape(match[0][1:]))
        end = match.end()
    return "".join([*pieces, re.escape(wanted[end:])])
