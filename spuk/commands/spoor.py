"""What `spuk spoor` prints: the trail of one cell as a tree, down to the input."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from finance.tables.engine.cells import At, TracedCell
from finance.tables.engine.expressions import area_of
from finance.tables.engine.trail import Branch, Trail
from finance.tables.engine.worth import Way
from finance.tables.grid import Format, OriginKind, address
from finance.xlsx.deviations import dutch
from finance.xlsx.labels import Labels
from finance.xlsx.tracing import Opened, open_workbook
from spuk.errors import WrongUsageError

if TYPE_CHECKING:
    from pathlib import Path

CELL: Final = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!(\$?[A-Za-z]{1,3}\$?[1-9][0-9]{0,6})")
MARKS: Final = {Way.TERM: "+ ", Way.FACTOR: "x ", Way.ABOUT: "voor ", Way.CHOICE: ""}
LONGEST_FORMULA: Final = 120
MOST_DECIDERS: Final = 8
STEP: Final = "   "


def trail(path: Path, cell: str, *, whole: bool = False) -> str:
    """The trail of a cell as a tree.

    Args:
        path: the workbook.
        cell: the cell, such as `samenvatting!C12`.
        whole: whether every term is shown.

    Raises:
        WrongUsageError: the cell is not written as a cell of a sheet.
        FindingsError: the workbook cannot be read, or has no such cell.
    """
    sheet, row, column = place_of(cell)
    opened = open_workbook(path)
    at = opened.cell(sheet, row, column)
    teller = _Teller(opened, opened.labels, [])
    lines = list(teller.told(Trail(opened.explainer, whole=whole).of(at), ""))
    return "\n".join([*lines, *teller.afterwards()])


def place_of(cell: str) -> tuple[str, int, int]:
    """Sheet, row and column of a cell as a user writes it: `blad!C12`, `'blad'!$C$12`.

    Raises:
        WrongUsageError: it is none.
    """
    match = CELL.fullmatch(cell.strip())
    if match is None:
        raise WrongUsageError(
            f"'{cell}' is geen cel. Schrijf het blad, een uitroepteken en de cel, zoals samenvatting!C12;"
            " zet er op de opdrachtregel aanhalingstekens omheen."
        )
    area = area_of(match[3].upper(), "")
    return (match[1] or match[2]).replace("''", "'"), area.top, area.left


@dataclass
class _Teller:
    """Tells a trail line by line, and keeps which cells changed after the workbook was written."""

    opened: Opened
    labels: Labels
    changed: list[str]

    def told(self, branch: Branch, indent: str) -> Iterator[str]:
        """A cell, and below it the cells that it comes from; what only passes it on is named in passing."""
        passed: list[Branch] = []
        first = branch
        while branch.way and (only := _passes_on(branch)):
            passed.append(branch)
            branch = only
        yield f"{indent}{self._line(first, branch, passed)}"
        under = indent + STEP
        cell = branch.found.cell
        if cell.formula and not branch.repeated:
            yield f"{under}= {_cut(cell.formula)}"
            if not branch.found.understood:
                yield f"{under}(deze formule is niet verder te volgen; dit zijn de cellen die zij leest)"
        elif not cell.formula:
            yield from (f"{under}{text}" for text in self._source(branch.at, cell))
        for one in branch.branches:
            yield from self.told(one, under)
        if branch.fold:
            yield (
                f"{under}... en nog {branch.fold.count} cellen, samen {_value(branch.fold.total, cell.fmt)}"
                " (met --alles staan ze er alle)"
            )
        yield from self._deciders(branch, under)

    def _line(self, first: Branch, branch: Branch, passed: list[Branch]) -> str:
        """One cell: what it adds above, its place, what it is about, and the cells that pass it on."""
        cell, value = first.found.cell, first.found.cell.value
        mark = MARKS[first.way] if first.way else ""
        if first.way is Way.TERM and first.share is not None:
            value = abs(first.share)
            mark = "- " if first.share < 0 else "+ "
        notes = [f"via {', '.join(name(one.at) for one in passed)}"] if passed else []
        notes += ["zie hierboven"] if branch.repeated else []
        said = f"  ({'; '.join(notes)})" if notes else ""
        changed = "".join(self._now(one.at) for one in (*passed, branch))
        place = f"{name(branch.at)}  {self.labels.of(branch.at)}"
        return f"{mark}{_value(value, cell.fmt)}  {place}{said}{changed}"

    def _now(self, at: At) -> str:
        is_changed, now = self.opened.changed(at)
        if not is_changed:
            return ""
        self.changed.append(name(at))
        return f"  [GEWIJZIGD: nu {dutch(now, self.opened.explainer.explain(at).cell.fmt)}]"

    def _source(self, at: At, cell: TracedCell) -> Iterator[str]:
        """Where a pasted value comes from."""
        if cell.origin is None:
            yield "vaste tekst van de werkmap" if isinstance(cell.value, str) else "vast getal van de werkmap"
            return
        yield f"{cell.origin.kind.value}: {cell.origin.waar}"
        yield from cell.origin.bij
        if cell.origin.kind in (OriginKind.INPUT, OriginKind.DEFAULT) and (text := self.labels.provenance(at)):
            yield f"herkomst: {text}"

    def _deciders(self, branch: Branch, indent: str) -> Iterator[str]:
        for at in branch.rests_on[:MOST_DECIDERS]:
            cell = self.opened.explainer.explain(at).cell
            source = "; ".join(self._source(at, cell))
            yield f"{indent}rust ook op {_value(cell.value, cell.fmt)}  {name(at)}  {self.labels.of(at)}"
            yield f"{indent}{STEP}{source}{self._now(at)}"
        more = len(branch.rests_on) - MOST_DECIDERS
        if more > 0:
            yield f"{indent}... en op nog {more} andere cellen"

    def afterwards(self) -> Iterator[str]:
        """What a reader must know of a workbook that was changed."""
        if self.changed:
            few = ", ".join(self.changed[:3]) + (" en andere" if len(self.changed) > 3 else "")  # noqa: PLR2004
            yield (
                f"LET OP: deze werkmap is na het schrijven gewijzigd ({few}). Het spoor is dat van de werkmap"
                " zoals zij is geschreven; 'spuk verify' noemt elke wijziging."
            )


def _passes_on(branch: Branch) -> Branch | None:
    """The one cell that a cell takes its value from as it is; None where it does more than that."""
    only = branch.branches[0] if len(branch.branches) == 1 else None
    if only is None or branch.fold or branch.rests_on or only.way is not Way.TERM:
        return None
    return only if only.found.cell.value == branch.found.cell.value == only.share else None


def name(at: At) -> str:
    """The address of a cell with its sheet."""
    sheet, row, column = at
    quoted = sheet if sheet.isidentifier() else f"'{sheet}'"
    return f"{quoted}!{address(row, column)}"


def _value(value: Fraction | str | None, fmt: Format) -> str:
    return dutch(float(value) if isinstance(value, Fraction) else value, fmt)


def _cut(formula: str) -> str:
    return formula if len(formula) <= LONGEST_FORMULA else f"{formula[:LONGEST_FORMULA]}..."
