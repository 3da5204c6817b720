"""The run of `spuk diff`: open two workbooks, find what differs and why, write and verify the answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Final, TypeVar

from finance.books.difference.amounts import EURO, LEFT, Key, Sort
from finance.books.difference.book import difference_book, shown_amount
from finance.books.difference.causes import Cause, Choice, Difference
from finance.books.difference.changes import Change
from finance.books.difference.decisions import payments_that_differ, starts_that_differ
from finance.books.difference.opening import Opened, names_apart, opened
from finance.books.difference.plain import CellDifference, PlainDifference
from finance.books.difference.plain_book import plain_book
from finance.books.difference.restored import is_budget, restored
from finance.case import shown
from finance.money import Money
from finance.tables.grid import Book
from finance.xlsx.seal import FIRST
from spuk.errors import WrongUsageError
from spuk.folders import refuse_unwritable
from spuk.output import write_workbook
from spuk.stages import stage

T = TypeVar("T")

WORKBOOK: Final = "verschil.xlsx"
NOTHING: Final = "Geen verschil."
MOST: Final = 12
"""The most lines of one kind that the text names; the workbook has them all."""
TOLD: Final = (Sort.SUMMARY, Sort.GOAL, Sort.SOURCE)
"""The sorts of amounts that the text names one by one."""


@dataclass(frozen=True)
class Compared:
    """Two workbooks compared.

    Attributes:
        text: what differs, in Dutch.
        differ: whether anything does.
    """

    text: str
    differ: bool


def compare(one: Path, other: Path, out: Path) -> Compared:
    """Compare two workbooks of the toolkit; write what differs, where anything does.

    Args:
        one: workbook A.
        other: workbook B.
        out: the folder for the workbook with the differences.

    Raises:
        FindingsError: a file is no workbook of the toolkit, or was changed after it was written.
        WrongUsageError: the two are not of one kind.
        OutputError: the folder cannot be written to.
    """
    a, b = (opened(path, naam) for path, naam in zip((one, other), names_apart(one, other), strict=True))
    if not _are_of_one_sort(a, b):
        raise WrongUsageError(f"'{one}' en '{other}' zijn niet van dezelfde soort. Vergelijk twee dezelfde.")
    if a.seal.fingerprint == b.seal.fingerprint:
        return Compared(NOTHING, differ=False)
    return _compared_budgets(a, b, out) if is_budget(a.seal) else _compared_plain(a, b, out)


def _are_of_one_sort(a: Opened, b: Opened) -> bool:
    """Whether two workbooks can be compared; those of version 1 only show what they are by their sheets."""
    if a.sort and b.sort:
        return a.sort == b.sort
    return is_budget(a.seal) == is_budget(b.seal) and bool(set(a.seal.sheets) & set(b.seal.sheets))


def _by_headings(*sides: Opened) -> Iterator[str]:
    """What a reader must know of workbooks whose tables have no keys."""
    for side in sides:
        if side.seal.version == FIRST:
            yield (
                f"LET OP: {side.naam} is met een oudere toolkit gemaakt (zegel van versie 1). Haar tabellen"
                " zijn op hun koppen teruggevonden."
            )


def _compared_budgets(a: Opened, b: Opened, out: Path) -> Compared:
    with stage("vergelijken"):
        found = Difference(*(restored(side.naam, side.seal) for side in (a, b)))
        lines = [*in_words(found), *_by_headings(a, b)]
    if found.is_empty:
        return Compared(NOTHING, differ=False)
    return Compared("\n".join([*lines, _written(difference_book(found), out)]), differ=True)


def _compared_plain(a: Opened, b: Opened, out: Path) -> Compared:
    found = PlainDifference(a.naam, b.naam, a.seal, b.seal)
    if found.is_empty:
        return Compared(NOTHING, differ=False)
    lines = [f"{len(found.cells)} cellen verschillen.", *_folded(found.cells, _cell_in_words)]
    lines += _by_headings(a, b)
    return Compared("\n".join([*lines, _written(plain_book(found), out)]), differ=True)


def _written(book: Book, out: Path) -> str:
    out.mkdir(parents=True, exist_ok=True)
    refuse_unwritable(out)
    with stage("schrijven"):
        write_workbook(book, out / WORKBOOK)
    return f"geschreven: {out / WORKBOOK}"


def in_words(found: Difference) -> Iterator[str]:
    """A difference in lines of Dutch: what differs, by how much, and why."""
    yield f"A: {found.a.naam}    B: {found.b.naam}    verschil = B min A"
    for label, was, now in found.origins:
        yield f"{label}: {was or 'geen'} -> {now or 'geen'}"
    yield from _amounts(found)
    yield from _changes(found)
    if found.rules:
        yield f"Regels die verschillen ({len(found.rules)}):"
        yield from _folded(found.rules, lambda rule: rule[0])
    yield from _decisions(found)


def _amounts(found: Difference) -> Iterator[str]:
    differing = [key for key in found.keys if _of(found, key)]
    told = [key for key in differing if key.soort in TOLD and key.wat != LEFT]
    if not differing:
        yield "Geen enkel bedrag verschilt."
    for key in told:
        yield _amount(found, key)
        for cause in Cause:
            effect = found.totals[cause].get(key)
            if effect:
                yield f"    {cause.value:<26} {_signed(key, effect)}"
    if len(differing) > len(told):
        yield f"En {len(differing) - len(told)} andere bedragen, zoals kostenregels: zie de werkmap."


def _of(found: Difference, key: Key) -> Fraction:
    return found.b.shown.get(key, Fraction(0)) - found.a.shown.get(key, Fraction(0))


def _amount(found: Difference, key: Key) -> str:
    was, now = (_number(key, side.shown.get(key, Fraction(0))) for side in (found.a, found.b))
    return f"{key.soort} {key.naam}, {key.wat}: {was} -> {now} ({_signed(key, _of(found, key))})"


def _number(key: Key, value: Fraction) -> str:
    amount = shown_amount(key, value)
    if isinstance(amount, Money):
        return amount.dutch().removeprefix(f"{EURO} ")
    return f"{float(amount):.9f}".rstrip("0").rstrip(".").replace(".", ",")


def _signed(key: Key, value: Fraction) -> str:
    return f"{'+' if value > 0 else ''}{_number(key, value)}"


def _changes(found: Difference) -> Iterator[str]:
    """The changed cells of the input; those of the scenario and of the rules say so."""
    if found.changes:
        yield f"Gewijzigde invoer ({len(found.changes)}):"
        yield from _folded(found.changes, _change_in_words)


def _change_in_words(item: tuple[Cause, Change]) -> str:
    cause, change = item
    why = f" [{cause.value}]" if cause is not Cause.INPUT else ""
    what = change.kolom or change.how.value
    return f"{change.blad}, {change.sleutel}, {what}: {change.oud} -> {change.nieuw}{why}"


def _decisions(found: Difference) -> Iterator[str]:
    if found.choice is Choice.SAME:
        yield Choice.SAME.value
        return
    yield found.choice.value
    starts = starts_that_differ(found.a, found.b)
    yield from _folded(starts, lambda row: f"{row.wat}: {row.a or 'niet'} -> {row.b or 'niet'}")
    payments = payments_that_differ(found.a, found.b)
    yield f"  {len(payments)} {'betaling verschilt' if len(payments) == 1 else 'betalingen verschillen'}"


def _cell_in_words(cell: CellDifference) -> str:
    where = f"{cell.blad}, {cell.tabel}, {cell.rij}, {cell.kolom}"
    return f"{cell.soort}: {where}: {shown(cell.oud) or 'leeg'} -> {shown(cell.nieuw) or 'leeg'}"


def _folded(items: Sequence[T], say: Callable[[T], str]) -> Iterable[str]:
    """The first of some lines, and how many more there are."""
    more = len(items) - MOST
    lines = [f"  {say(item)}" for item in items[:MOST]]
    return [*lines, f"  en nog {more}: zie de werkmap"] if more > 0 else lines
