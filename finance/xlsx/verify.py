"""Verifying a workbook: recalculated by another engine and compared with its seal, cell by cell.

In every formula cell three numbers must agree to the cent: what the toolkit computed (kept in the seal),
the value cached in the file, and what another engine makes of the formula that stands in the file.
Every cell must hold what it held when the toolkit wrote it, and every control must be met.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from pydantic import ValidationError

from finance.collector import collector_off
from finance.findings import FindingsError
from finance.tables.grid import Format, Role, address
from finance.xlsx.archive import checked_bytes
from finance.xlsx.contents import Contents, Stored, StoredCell, StoredCells, read_contents, refuse_bombs
from finance.xlsx.deviations import CAUSES, DIFFERENCES, Deviation, Kind, VerifyReport, cut, dutch
from finance.xlsx.engines.engine import At, Engine, NoAnswerError, Question, Recalculated
from finance.xlsx.engines.ironcalc import IronCalc
from finance.xlsx.formulas import same_format, same_formula
from finance.xlsx.look.comparing import look_deviations
from finance.xlsx.look.kept import kept_deviations
from finance.xlsx.look.reading import UnreadableLookError, read_look
from finance.xlsx.look.records import BookLook
from finance.xlsx.looks import shown_format
from finance.xlsx.moves import Moves, moved_cells, moves_of
from finance.xlsx.seal import (
    NO_CONTENT,
    SEAL_SHEET,
    Seal,
    SealedCell,
    SealedCells,
    damaged,
    read_seal,
)
from finance.xlsx.sorts import Sort, refuse_other
from finance.xlsx.surroundings import deviations_around

if TYPE_CHECKING:
    from pathlib import Path

FAILED: Final = frozenset({"VOLDOET NIET", "FOUT"})
INPUTS: Final = frozenset({Role.INPUT_SOURCED, Role.INPUT_ASSUMED})
CENT: Final = 0.005
"""Amounts in euros that are at least this far apart differ by a cent when they are rounded."""
RELATIVE: Final = 1e-9
ABSOLUTE: Final[Mapping[Format, float]] = {Format.FACTOR: 1e-9, Format.PERCENT: 1e-9}
"""From how far apart numbers that are no amounts differ: relatively, and absolutely by format."""
ABSOLUTE_USUAL: Final = 1e-6
PASTED: Final = 1e-12
"""How far apart, relatively, a pasted number may be: programs keep 15 to 17 digits."""
SHOWN_CELLS: Final = 5
USUAL: Final[Engine] = IronCalc()
"""The engine that every run uses."""


@collector_off()
def verify(path: Path, engine: Engine = USUAL) -> VerifyReport:
    """Verify a workbook that the toolkit wrote.

    Args:
        path: the workbook, whoever saved it last.
        engine: what recalculates it.

    Returns:
        What was found; a workbook without a readable seal has that as its only deviation.

    Raises:
        FindingsError: the file is absent, no workbook, encrypted, damaged or hostile.
    """
    (found,) = verify_all([path], engine)
    if isinstance(found, FindingsError):
        raise found
    return found


@collector_off()
def verify_all(paths: Sequence[Path], engine: Engine = USUAL) -> list[VerifyReport | FindingsError]:
    """Verify workbooks that the toolkit wrote, in one start of the engine.

    Args:
        paths: the workbooks, whoever saved them last.
        engine: what recalculates them.

    Returns:
        For each workbook what was found, or why it could not be read.
    """
    return _verified([_open(path) for path in paths], engine)


@collector_off()
def verify_written(name: str, data: bytes, engine: Engine = USUAL) -> VerifyReport:
    """Verify a workbook that was made a moment ago: its bytes are trusted to be no hostile file.

    Args:
        name: its name, for messages.
        data: its bytes.
        engine: what recalculates it.
    """
    (found,) = _verified([_opened(name, data, is_ours=True)], engine)
    if isinstance(found, FindingsError):
        raise found
    return found


def _verified(
    opened: Sequence[_Sealed | VerifyReport | FindingsError], engine: Engine
) -> list[VerifyReport | FindingsError]:
    sealed = [item for item in opened if isinstance(item, _Sealed)]
    answers = iter(engine.recalculate([item.question for item in sealed]) if sealed else ())
    return [_report(item, next(answers), engine.name) if isinstance(item, _Sealed) else item for item in opened]


@dataclass(frozen=True)
class _Sealed:
    """A workbook with a readable seal; `is_ours` where nobody can have saved it since it was written."""

    data: bytes
    contents: Contents
    seal: Seal
    look: BookLook | None
    is_ours: bool

    @cached_property
    def moves(self) -> Moves:
        """The sheets that have another name, or whose rows or columns moved."""
        return moves_of(self.seal.sheets, self.contents)

    @cached_property
    def sheets(self) -> Mapping[str, SealedCells]:
        """The sealed cells of the sheets that are still there, moved along with what moved."""
        moved = moved_cells(self.seal.sheets, self.moves)
        return {name: cells for name, cells in moved.items() if name in self.contents.sheets}

    @cached_property
    def pairs(self) -> Sequence[_Pair]:
        """Every cell of these, as it was and as it is."""
        return list(_pairs(self.contents, self.sheets))

    @property
    def question(self) -> Question:
        """The values and the formulas for which the other engine is needed."""
        values = [pair.at for pair in self.pairs if pair.now and pair.now.formula is not None]
        formulas = {
            pair.at: pair.was.formula
            for pair in self.pairs
            if pair.was and pair.was.formula and pair.now and pair.now.formula not in (None, pair.was.formula)
        }
        return Question(self.data, values, formulas, None if self.is_ours else self.contents)


def _open(path: Path) -> _Sealed | VerifyReport | FindingsError:
    try:
        data = checked_bytes(path)
        refuse_bombs(path.name, data)
    except FindingsError as refusal:
        return refusal
    return _opened(path.name, data, is_ours=False)


def _opened(name: str, data: bytes, *, is_ours: bool) -> _Sealed | VerifyReport | FindingsError:
    try:
        contents = read_contents(name, data)
        refuse_other(name, contents.sheets, Sort.MADE)
    except FindingsError as refusal:
        return refusal
    sheet = contents.sheets.get(SEAL_SHEET)
    if sheet is None:
        return _unsealed("de werkmap heeft geen zegel en is dus niet van deze toolkit, of het is weggehaald.")
    try:
        seal = read_seal({at: cell.value for at, cell in sheet.cells.items()})
        _ = seal.sheets
        return _Sealed(data, contents, seal, _sealed_look(seal), is_ours)
    except FindingsError as fault:
        return _unsealed(fault.findings[0].wat)


def _sealed_look(seal: Seal) -> BookLook | None:
    """What was seen of the workbook when it was sealed; None where its seal does not say."""
    kept = seal.sections.uiterlijk
    try:
        return None if kept is None else BookLook.model_validate(kept)
    except ValidationError as fault:
        raise damaged(NO_CONTENT) from fault


def _report(book: _Sealed, answer: Recalculated | NoAnswerError, engine: str) -> VerifyReport:
    around = deviations_around(book.contents, book.seal.sheets, book.sheets, book.moves, with_colours=book.look is None)
    deviations = [*around, *_seen(book), *_cells(book, answer)]
    formulas = sum(bool(cell.formula) for cells in book.seal.sheets.values() for cell in cells.values())
    kept = book.seal.sections
    return VerifyReport(_in_order(deviations), formulas, book.seal.fingerprint, engine, kept.resultaat, kept.herkomst)


def _seen(book: _Sealed) -> Iterator[Deviation]:
    """What is seen otherwise than it was, where the seal keeps that."""
    if book.look is None:
        return
    try:
        now = read_look(book.data, SEAL_SHEET)
    except UnreadableLookError:
        yield Deviation(Kind.FORMAT, "", "", "hoe de werkmap eruitziet is niet te lezen.")
        return
    yield from look_deviations(book.look, now, book.moves)
    yield from kept_deviations(now, book.contents, book.sheets)


def _unsealed(wat: str) -> VerifyReport:
    return VerifyReport((Deviation(Kind.SEAL, SEAL_SHEET, "", wat),), 0, "")


def _in_order(deviations: list[Deviation]) -> tuple[Deviation, ...]:
    """Sort causes before consequences; within these the order of the workbook stays."""
    ranks = {Kind.CONTROL: 1, **dict.fromkeys(DIFFERENCES, 2), Kind.CONSEQUENCE: 3}
    return tuple(sorted(deviations, key=lambda item: ranks.get(item.kind, 0)))


def _cells(book: _Sealed, answer: Recalculated | NoAnswerError) -> Iterator[Deviation]:
    """Compare every cell: what it holds, and what its formula gives."""
    pairs = book.pairs
    again = None if isinstance(answer, NoAnswerError) else answer
    if isinstance(answer, NoAnswerError):
        yield Deviation(Kind.NO_ANSWER, "", "", str(answer))
    unchanged = []
    has_cause = bool(book.moves) or len(book.sheets) < len(book.seal.sheets)
    for pair in pairs:
        change = _change(pair, again)
        has_cause |= change is not None and change.kind in CAUSES
        if change:
            yield change
        elif pair.was and pair.was.formula and pair.now:
            unchanged.append(pair)
        if book.look is None:
            yield from _format_change(pair, book.contents)
    yield from _without_cache(unchanged)
    for pair in pairs:
        yield from _control(pair, again)
    for pair in unchanged:
        yield from _difference(pair, again, has_cause=has_cause)


@dataclass(frozen=True, slots=True)
class _Pair:
    """One cell as it was sealed and as it is in the file (at least one of the two), and its sealed sheet."""

    at: At
    was: SealedCell | None
    now: StoredCell | None
    sheet: SealedCells

    @property
    def label(self) -> str:
        """The address of the cell."""
        return address(self.at[1], self.at[2])


def _pairs(contents: Contents, sheets: Mapping[str, SealedCells]) -> Iterator[_Pair]:
    for name, was in sheets.items():
        now: StoredCells = contents.sheets[name].cells
        for row, column in sorted({*was, *now}):
            yield _Pair((name, row, column), was.get((row, column)), now.get((row, column)), was)


def _change(pair: _Pair, again: Recalculated | None) -> Deviation | None:
    """What was done to the content of a cell."""
    was, now = pair.was, pair.now
    if was is None:
        return _named(Kind.ADDED, pair, f"hier staat {_content(now, Format.GENERAL)}; de cel was leeg.")
    if now is None:
        return _named(Kind.EMPTIED, pair, f"hier stond {_sealed_content(was)}; de cel is leeg.")
    if not was.formula:
        return _value_change(pair, was, now)
    if now.formula is None:
        return _named(
            Kind.OVERWRITTEN,
            pair,
            f"de formule ={cut(was.formula)} (uitkomst {dutch(was.shown, was.fmt)}) is vervangen door de"
            f" vaste waarde {dutch(now.value, was.fmt)}.",
        )
    if _is_same_formula(pair.at, was.formula, now.formula, again):
        return None
    found = again.formulas[pair.at][0].removeprefix("=") if again else now.formula
    numbers = _three(was, now, pair.at, again)
    return _named(Kind.FORMULA, pair, f"was ={cut(was.formula)}, is ={cut(found)}; {numbers}.")


def _named(kind: Kind, pair: _Pair, wat: str) -> Deviation:
    return Deviation(kind, pair.at[0], pair.label, wat)


def _value_change(pair: _Pair, was: SealedCell, now: StoredCell) -> Deviation | None:
    if now.formula is not None:
        wat = f"de vaste waarde {dutch(was.shown, was.fmt)} is nu {_content(now, was.fmt)}."
        return _named(Kind.NEW_FORMULA, pair, wat)
    if not _differ(was.shown, now.value, lambda a, b: not math.isclose(a, b, rel_tol=PASTED)):
        return None
    kind = Kind.INPUT if was.role in INPUTS else Kind.DECISION if was.role is Role.DECISION else Kind.TEXT
    return _named(kind, pair, f"was {dutch(was.shown, was.fmt)}, is {dutch(now.value, was.fmt)}.")


def _is_same_formula(at: At, was: str, now: str, again: Recalculated | None) -> bool:
    if was == now:
        return True
    if again is None:
        # An empty text is shared with another cell; without the engine it cannot be known.
        return same_formula(was, now) or not now
    return same_formula(*again.formulas[at])


def _format_change(pair: _Pair, contents: Contents) -> Iterator[Deviation]:
    """A number format that was changed can show another number than the cell holds."""
    if not pair.was or not pair.now or pair.now.style >= len(contents.formats):
        return
    was = shown_format(pair.was.fmt, is_formula=bool(pair.was.formula))
    now = contents.formats[pair.now.style]
    if not same_format(was, now):
        yield _named(Kind.FORMAT, pair, f"de getalopmaak was {was}, is {cut(now)}.")


def _without_cache(pairs: list[_Pair]) -> Iterator[Deviation]:
    missing = [pair for pair in pairs if pair.now and pair.now.value is None]
    if missing:
        few = ", ".join(f"{pair.at[0]}!{pair.label}" for pair in missing[:SHOWN_CELLS])
        more = " en andere" if len(missing) > SHOWN_CELLS else ""
        yield Deviation(
            Kind.NO_CACHE,
            "",
            "",
            f"{len(missing)} van de {len(pairs)} formules hebben geen opgeslagen waarde ({few}{more});"
            " een ander programma dan Excel heeft de werkmap opgeslagen.",
        )


def _control(pair: _Pair, again: Recalculated | None) -> Iterator[Deviation]:
    if not pair.was or pair.was.role is not Role.CHECK or not pair.now:
        return
    found = {"opgeslagen": pair.now.value, "herberekend": again and again.values.get(pair.at)}
    failing = [f"{word} {value}" for word, value in found.items() if value in FAILED]
    if failing:
        named = next((f"'{cut(text)}' is " for text in _texts_before(pair)), "")
        yield _named(Kind.CONTROL, pair, f"{named}{', '.join(failing)}.")


def _texts_before(pair: _Pair) -> Iterator[str]:
    """The texts in the same row before a cell, which say what it is about."""
    _, row, last = pair.at
    for column in range(1, last):
        cell = pair.sheet.get((row, column))
        if cell and isinstance(cell.shown, str) and cell.shown and cell.role is not Role.CHECK:
            yield cell.shown


def _difference(pair: _Pair, again: Recalculated | None, *, has_cause: bool) -> Iterator[Deviation]:
    """Compare the three numbers of a formula that nobody changed."""
    was, now = pair.was, pair.now
    if not was or not now or not again:
        return
    value = again.values.get(pair.at)
    apart = _apart(was.fmt)
    is_cached = now.value is not None
    is_recalculated = not _differ(was.shown, value, apart)
    if is_recalculated and (not is_cached or not _differ(was.shown, now.value, apart)):
        return
    if is_cached and _differ(now.value, value, apart) and _differ(was.shown, now.value, apart):
        kind = Kind.CACHED
    else:
        kind = Kind.CONSEQUENCE if has_cause else Kind.STATEMENT
    yield _named(kind, pair, f"{_three(was, now, pair.at, again)}.")


def _apart(fmt: Format) -> Callable[[float, float], bool]:
    """When two numbers of a format differ."""
    if fmt is Format.EURO:
        return lambda a, b: abs(a - b) >= CENT
    absolute = ABSOLUTE.get(fmt, ABSOLUTE_USUAL)
    return lambda a, b: not math.isclose(a, b, rel_tol=RELATIVE, abs_tol=absolute)


def _differ(one: Stored, other: Stored, apart: Callable[[float, float], bool]) -> bool:
    """Whether two values differ; a text and a number always do, nothing is an empty text."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is not other
    if isinstance(one, int | float) and isinstance(other, int | float):
        return apart(one, other)
    return ("" if one is None else one) != ("" if other is None else other)


def _three(was: SealedCell, now: StoredCell, at: At, again: Recalculated | None) -> str:
    """The three numbers of a cell, in Dutch."""
    value = dutch(again.values.get(at), was.fmt) if again else "onbekend"
    cached = "geen" if now.value is None else dutch(now.value, was.fmt)
    return f"verklaring {dutch(was.shown, was.fmt)}, opgeslagen {cached}, herberekend {value}"


def _sealed_content(was: SealedCell) -> str:
    return f"={cut(was.formula)}" if was.formula else dutch(was.shown, was.fmt)


def _content(now: StoredCell | None, fmt: Format) -> str:
    if now is None:
        return "niets"
    value = dutch(now.value, fmt)
    return value if now.formula is None else f"de formule ={cut(now.formula)} ({value})"
