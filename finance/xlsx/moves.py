"""Rows, columns and sheets that moved: what a workbook should be after them, and what they were.

Whoever inserts a row in a spreadsheet moves all below it, and the program rewrites every formula
that refers to what moved. Compared cell by cell that would be thousands of changes. Here the moves
are found first, by what the rows, columns and sheets show; the sealed cells are then moved along,
their formulas rewritten as a spreadsheet program does, so that only what else was changed is left.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import partial
from itertools import groupby, product
from typing import Final

from finance.tables.areas import REFERENCE, TEXT, column_number
from finance.tables.grid import column_letters
from finance.xlsx.contents import Contents, StoredSheet
from finance.xlsx.deviations import Deviation, Kind, dutch
from finance.xlsx.seal import SEAL_SHEET, SealedCell, SealedCells

DIGITS: Final = 6
"""Digits to which shown numbers are compared where it matters what is where, and not what it is."""
ALIKE: Final = 0.6
"""What share of the texts of two sheets must be in both for the one to be the other under another name."""
SAME: Final = 10
"""How much more it says that two cells show the same than that both show something."""
MOST_PAIRS: Final = 100_000
"""Of more pairs of changed rows it is not weighed which belong together."""
MOST_LINES: Final = 20_000
"""Sheets of more rows are not searched for moves: that would take too long."""
NAMED: Final = 3
"""The most contents of a removed row that are named."""
REMOVED: Final = "#REF!"
PLAIN: Final = re.compile(r"[^\W\d]\w*")

Shown = Mapping[tuple[int, int], object]
"""What the cells of a sheet show, by row and column."""
Line = tuple[tuple[int, object], ...]
"""What a row shows in which columns, or a column in which rows."""


@dataclass(frozen=True)
class Shift:
    """How the rows, or the columns, of one sheet moved.

    Attributes:
        moved: the new number of each old one that is still there.
        added: the new numbers that were inserted.
        removed: the old numbers that are gone.
    """

    moved: Mapping[int, int]
    added: Sequence[int]
    removed: Sequence[int]

    def new(self, old: int) -> int | None:
        """The new number of an old one; None where it is gone."""
        if old in self.removed:
            return None
        known = self.moved.get(old)
        # What is empty was not compared: it moves along with what stands before it.
        before = max((number for number in self.moved if number < old), default=0)
        return known or old + (self.moved[before] - before if before else 0)

    def edge(self, old: int, step: int, end: int) -> int | None:
        """The new number of the end of a range: where it is gone, that of the next one inwards."""
        for number in range(old, end + step, step):
            found = self.new(number)
            if found is not None:
                return found
        return None


STILL: Final = Shift({}, (), ())
"""Nothing moved."""


@dataclass(frozen=True)
class Move:
    """What happened to one sheet.

    Attributes:
        name: what it is called now.
        rows: how its rows moved.
        columns: how its columns moved.
    """

    name: str
    rows: Shift
    columns: Shift


Moves = Mapping[str, Move]
"""What happened to the sheets to which something did, by their sealed name."""


def moves_of(sealed: Mapping[str, SealedCells], contents: Contents) -> Moves:
    """Find which sheets have another name, and whose rows or columns moved."""
    names = {name: name for name in sealed if name in contents.sheets} | dict(_renamed(sealed, contents))
    moves = {}
    for old, new in names.items():
        was: Shown = {at: _rounded(cell.shown) for at, cell in sealed[old].items()}
        now = _shown(contents.sheets[new])
        rows = _shift(was, now, 0)
        columns = _shift(was, now, 1) if rows is STILL else STILL
        if (old, rows, columns) != (new, STILL, STILL):
            moves[old] = Move(new, rows, columns)
    return moves


def _shown(sheet: StoredSheet) -> Shown:
    return {at: _rounded(cell.value) for at, cell in sheet.cells.items() if cell.value not in (None, "")}


def _rounded(value: object) -> object:
    return float(f"{value:.{DIGITS}g}") if isinstance(value, int | float) else value


def _renamed(sealed: Mapping[str, SealedCells], contents: Contents) -> Iterator[tuple[str, str]]:
    """Pair each sheet that is gone with the new one that shows most of what it showed."""
    free = [name for name in contents.sheets if name not in sealed and name != SEAL_SHEET]
    for name, cells in sealed.items():
        if name in contents.sheets:
            continue
        texts = _texts_of({at: cell.shown for at, cell in cells.items()})
        alike = {other: _share(texts, _texts_of(_shown(contents.sheets[other]))) for other in free}
        best = max(free, key=lambda other: alike[other], default=None)
        if best is not None and alike[best] >= ALIKE:
            free.remove(best)
            yield name, best


def _texts_of(shown: Shown) -> set[object]:
    """The texts of a sheet, which stay the same where its numbers change."""
    return {value for value in shown.values() if isinstance(value, str)}


def _share(some: set[object], others: set[object]) -> float:
    return len(some & others) / max(len(some | others), 1)


def _shift(was: Shown, now: Shown, axis: int) -> Shift:
    """How rows (axis 0) or columns (axis 1) moved, where as many as are there now are not as many as were."""
    old, new = _lines(was, axis), _lines(now, axis)
    if len(old) == len(new) or len(new) > MOST_LINES:
        return STILL
    moved: dict[int, int] = {}
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            moved |= dict(zip(range(i1 + 1, i2 + 1), range(j1 + 1, j2 + 1), strict=True))
        else:
            moved |= {i1 + i + 1: j1 + j + 1 for i, j in _likely(old[i1:i2], new[j1:j2])}
    if all(number == moved[number] for number in moved):
        # Something was written below the last row, or the last row was emptied: nothing moved.
        return STILL
    added = sorted({*range(1, len(new) + 1)} - {*moved.values()})
    removed = sorted({*range(1, len(old) + 1)} - {*moved})
    return Shift(moved, tuple(added), tuple(removed))


def _likely(old: Sequence[Line], new: Sequence[Line]) -> list[tuple[int, int]]:
    """Pair lines that were changed, in their order, so that as much as possible is the same."""
    if len(old) * len(new) > MOST_PAIRS:
        return [(number, number) for number in range(min(len(old), len(new)))]
    best = [[0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i, j in product(range(len(old) - 1, -1, -1), range(len(new) - 1, -1, -1)):
        best[i][j] = max(best[i + 1][j + 1] + _alike(old[i], new[j]), best[i + 1][j], best[i][j + 1])
    pairs, i, j = [], 0, 0
    while i < len(old) and j < len(new):
        if best[i][j] == best[i + 1][j + 1] + _alike(old[i], new[j]):
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _alike(one: Line, other: Line) -> int:
    """How much two lines have in common: what they show, and a little, where they show something."""
    same = len(set(one) & set(other))
    filled = len({number for number, _ in one} & {number for number, _ in other})
    return SAME * same + filled


def _lines(shown: Shown, axis: int) -> list[Line]:
    """What each row or column shows, the empty ones between them included."""
    lines: dict[int, list[tuple[int, object]]] = {}
    for at in sorted(shown):
        lines.setdefault(at[axis], []).append((at[1 - axis], shown[at]))
    return [tuple(lines.get(number, ())) for number in range(1, max(lines, default=0) + 1)]


def moved_cells(sealed: Mapping[str, SealedCells], moves: Moves) -> Mapping[str, SealedCells]:
    """The sealed cells as they should be after the moves; what stood in removed rows is gone."""
    if not moves:
        return sealed
    still = {name: Move(name, STILL, STILL) for name in sealed}
    known = {**still, **moves}
    return {known[name].name: dict(_moved(name, cells, known)) for name, cells in sealed.items()}


def _moved(name: str, cells: SealedCells, moves: Moves) -> Iterator[tuple[tuple[int, int], SealedCell]]:
    move = moves[name]
    for (row, column), cell in cells.items():
        at = move.rows.new(row), move.columns.new(column)
        if at[0] is not None and at[1] is not None:
            yield (at[0], at[1]), replace(cell, formula=rewritten(cell.formula, name, moves))


def rewritten(formula: str, sheet: str, moves: Moves) -> str:
    """A formula as a spreadsheet program rewrites it when what it refers to moves.

    Args:
        formula: the formula, without `=`.
        sheet: the sealed name of the sheet that it stands on.
        moves: what happened, for every sheet.
    """
    pieces, end = [], 0
    bare = TEXT.sub(lambda match: "\0" * len(match[0]), formula)
    for match in REFERENCE.finditer(bare):
        pieces += [formula[end : match.start()], _reference(match, sheet, moves)]
        end = match.end()
    return "".join([*pieces, formula[end:]])


def _reference(match: re.Match[str], sheet: str, moves: Moves) -> str:
    named, letters, _, row, letters_to, _, row_to = match.groups()
    name = sheet if named is None else named.strip("'").replace("''", "'")
    move = moves.get(name)
    if move is None:
        return match[0]
    top, left = int(row), column_number(letters)
    bottom, right = (int(row_to), column_number(letters_to)) if row_to else (top, left)
    ends = (
        move.rows.edge(top, 1, bottom),
        move.columns.edge(left, 1, right),
        move.rows.edge(bottom, -1, top),
        move.columns.edge(right, -1, left),
    )
    on = "" if named is None else f"{_quoted(move.name)}!"
    if None in ends:
        return on + REMOVED
    fixed = [part.startswith("$") for part in re.findall(r"\$?[A-Z]+|\$?\d+", match[0].rpartition("!")[2])]
    first = _address(ends[1], ends[0], *fixed[:2])
    return on + (f"{first}:{_address(ends[3], ends[2], *fixed[2:])}" if row_to else first)


def _address(column: int | None, row: int | None, fixed_column: bool, fixed_row: bool) -> str:
    return f"{'$' * fixed_column}{column_letters(column or 0)}{'$' * fixed_row}{row}"


def _quoted(name: str) -> str:
    return name if PLAIN.fullmatch(name) else "'" + name.replace("'", "''") + "'"


def move_deviations(sealed: Mapping[str, SealedCells], moves: Moves) -> Iterator[Deviation]:
    """Say what moved."""
    for old, move in moves.items():
        if old != move.name:
            yield Deviation(Kind.SHEET, old, "", f"het blad heet nu '{move.name}'.")
        cells = sealed[old]
        yield from _said(move.name, "rij", move.rows, str, partial(_texts, cells, 0))
        yield from _said(move.name, "kolom", move.columns, column_letters, partial(_texts, cells, 1))


def _said(
    sheet: str,
    word: str,
    shift: Shift,
    label: Callable[[int], str],
    texts: Callable[[int], Iterator[str]],
) -> Iterator[Deviation]:
    for first, last in runs(shift.added):
        yield Deviation(Kind.MOVED, sheet, span(word, label(first), label(last)), "ingevoegd.")
    for first, last in runs(shift.removed):
        stood = [text for number in range(first, last + 1) for text in texts(number)]
        more = ", ..." if len(stood) > NAMED else ""
        wat = f"verwijderd; hier stond {', '.join(stood[:NAMED])}{more}." if stood else "verwijderd; leeg."
        where = span(word, label(first), label(last))
        yield Deviation(Kind.MOVED, sheet, f"{where} van toen", wat)


def _texts(cells: SealedCells, axis: int, number: int) -> Iterator[str]:
    for at in sorted(at for at in cells if at[axis] == number):
        yield dutch(cells[at].shown, cells[at].fmt)


def runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Join numbers that follow each other: 3, 4, 5, 9 gives (3, 5), (9, 9)."""
    for _, members in groupby(enumerate(numbers), key=lambda item: item[1] - item[0]):
        run = [number for _, number in members]
        yield run[0], run[-1]


def span(word: str, first: str, last: str) -> str:
    """One row or column, or those from one to another."""
    return f"{word} {first}" if first == last else f"{word} {first} tot en met {last}"
