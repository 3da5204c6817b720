"""What of a workbook is not seen as it was when it was sealed, and where."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import Final

from finance.tables.grid import Format, address, column_letters
from finance.xlsx.deviations import Deviation, Kind, cut, dutch
from finance.xlsx.formulas import same_format, same_formula, shows_text
from finance.xlsx.look.colours import same_colour
from finance.xlsx.look.records import TEXT, Aspect, BookLook, CellLook, ChartLook, Place, SheetLook
from finance.xlsx.moves import STILL, Move, Moves, rewritten, runs, span

SHOWN: Final = 5
"""The most cells that are named one by one."""
LOWER: Final = 0.75
"""A row of less than this share of its height shows less; programs differ less than that."""
NARROWER: Final = 0.8
"""The same of the width of a column."""
INVISIBLE: Final = 0.5
"""Rows and columns smaller than this are told as hidden."""
CORNER: Final = (0.6, 0.6)
OPPOSITE: Final = (1.2, 0.8)
"""How many rows and columns the first corner of a chart may move, and the other one."""
OVER: Final = re.compile(r"; over [A-Z0-9: ]*")
"""The cells that a scale compares, as a rule says them."""
CALCULATING: Final = frozenset({Aspect.CALCULATION, Aspect.PRECISION, Aspect.ITERATION, Aspect.LOTUS})
ON_PAPER: Final = frozenset({Aspect.PRINT_AREA, Aspect.PRINT_TITLES})
USUAL: Final = "zoals gewoonlijk"
TAKEN_OVER: Final = frozenset({Format.EURO, Format.PERCENT, Format.FACTOR})
"""The formats that show what a plain one shows, to two decimals at least."""
COLOURS: Final = frozenset({"letterkleur", "vulling"})

Same = Callable[[str, str], bool]


def look_deviations(was: BookLook, now: BookLook, moves: Moves) -> Iterator[Deviation]:
    """Say what is seen otherwise than it was.

    Args:
        was: what was seen when the workbook was sealed.
        now: what is seen of the file.
        moves: the sheets that have another name, or whose rows or columns moved.
    """
    yield from _facts("", "", was.feiten, _with_theme(was.feiten, now.feiten))
    for name, sheet in was.bladen.items():
        move = moves.get(name, Move(name, STILL, STILL))
        found = now.bladen.get(move.name)
        if found is not None:
            yield from _Pair(was, now, sheet, found, name, move, moves).deviations()


def _with_theme(was: Mapping[str, str], now: Mapping[str, str]) -> Mapping[str, str]:
    """The facts of a file; some programs leave out the theme, and write what it says with each style."""
    return {Aspect.THEME: was.get(Aspect.THEME, ""), **now}


def _facts(sheet: str, cell: str, was: Mapping[str, str], now: Mapping[str, str], of: str = "") -> Iterator[Deviation]:
    for aspect in dict.fromkeys([*was, *now]):
        one, other = was.get(aspect, ""), now.get(aspect, "")
        if not _same_fact(aspect, one, other):
            kind = Kind.SETTING if aspect in CALCULATING else Kind.FORMAT
            wat = f"{of}{aspect} was {_said(one)}, is {_said(other)}."
            yield Deviation(kind, sheet, cell, wat)


def _same_fact(aspect: str, one: str, other: str) -> bool:
    if aspect.endswith("getalopmaak"):
        return same_format(one or "General", other or "General")
    return one == other or (bool(one and other) and same_colour(one, other))


def _said(text: str) -> str:
    return f"'{cut(text)}'" if text else USUAL


class _Pair:
    """One sheet as it was sealed and as it is in the file."""

    def __init__(
        self,
        was_book: BookLook,
        now_book: BookLook,
        was: SheetLook,
        now: SheetLook,
        name: str,
        move: Move,
        moves: Moves,
    ) -> None:
        self._looks = was_book.looks, now_book.looks
        books = (was_book, now_book)
        self._themes = tuple(book.feiten.get(Aspect.THEME, "").partition(",")[0] for book in books)
        self._was, self._now = was, now
        self._old, self._name = name, move.name
        self._move, self._moves = move, moves
        self._is_still = move.rows is STILL and move.columns is STILL

    def deviations(self) -> Iterator[Deviation]:
        """Everything that is seen otherwise on this sheet."""
        left_out = set() if self._is_still else ON_PAPER
        was, now = (
            {aspect: text for aspect, text in sheet.feiten.items() if aspect not in left_out}
            for sheet in (self._was, self._now)
        )
        yield from _facts(self._name, "", was, now)
        yield from self._cells()
        yield from self._sizes()
        yield from self._merged()
        yield from self._links()
        for cell, text in self._now.opmerkingen.items():
            if self._was.opmerkingen.get(cell) != text:
                yield Deviation(Kind.FOREIGN, self._name, cell, f"een opmerking bij de cel: '{cut(text)}'.")
        yield from self._charts()

    def _new(self, place: Place) -> Place | None:
        """Where a cell is now; None where it is gone."""
        row, column = self._move.rows.new(place[0]), self._move.columns.new(place[1])
        return None if row is None or column is None else (row, column)

    @cached_property
    def _places(self) -> Mapping[Place, Place]:
        """Where each sealed cell that is still there is now."""
        if self._is_still:
            return {place: place for place in self._was.numbers}
        moved = ((place, self._new(place)) for place in self._was.numbers)
        return {place: new for place, new in moved if new is not None}

    def _cells(self) -> Iterator[Deviation]:
        groups: dict[tuple[int, int], list[Place]] = defaultdict(list)
        same: dict[tuple[int, int], str] = {}
        numbers = self._now.numbers
        for place, new in self._places.items():
            if new not in numbers:
                continue
            pair = (self._was.numbers[place], numbers[new])
            if pair not in same:
                same[pair] = "; ".join(self._differences(self._looks[0][pair[0]], self._looks[1][pair[1]]))
            if same[pair]:
                groups[pair].append(new)
        for pair, places in groups.items():
            yield Deviation(Kind.FORMAT, self._name, _named(places), f"{same[pair]}.")

    def _differences(self, was: CellLook, now: CellLook) -> Iterator[str]:
        """What is different between two looks, in words."""
        yield from self._rules(was.kleurregels, now.kleurregels)
        for name, one, other in zip(CellLook._fields, was, now, strict=True):
            # A font that came with another theme is told once, with the theme.
            if name == "lettertype" and (one, other) == self._themes:
                continue
            if isinstance(one, str) and isinstance(other, str) and not _same(name)(one, other):
                yield f"{name} was {_said(one)}, is {_said(other)}"

    def _rules(self, was: Sequence[str], now: Sequence[str]) -> Iterator[str]:
        if not self._is_still:
            was, now = ([OVER.sub("", rule) for rule in rules] for rules in (was, now))
        if list(was) == list(now):
            return
        gone = [rule for rule in was if rule not in now]
        added = [rule for rule in now if rule not in was]
        if not now:
            yield "kleurt niet meer met de inhoud mee"
        elif gone or added:
            words = [("weg", gone), ("erbij", added)]
            said = [f"{word}: {len(rules)}, zoals '{cut(rules[0])}'" for word, rules in words if rules]
            yield f"de kleurregels zijn anders ({'; '.join(said)})"
        else:
            yield "de kleurregels staan in een andere volgorde"

    def _sizes(self) -> Iterator[Deviation]:
        """Rows and columns that have become so small that less is seen."""
        was, now = self._was, self._now
        rows = {place[0]: new[0] for place, new in self._places.items()}
        columns = {place[1]: new[1] for place, new in self._places.items()}
        lower = [
            new
            for old, new in sorted(rows.items())
            if INVISIBLE <= now.hoogten.get(new, now.hoogte) < LOWER * was.hoogten.get(old, was.hoogte)
        ]
        for first, last in runs(lower):
            height = dutch(round(now.hoogten.get(first, now.hoogte), 1), Format.GENERAL)
            where = span("rij", str(first), str(last))
            yield Deviation(Kind.FORMAT, self._name, where, f"lager geworden: {height} punten.")
        for old, new in sorted(columns.items()):
            width, before = now.breedten.get(new, now.breedte), was.breedten.get(old, was.breedte)
            if INVISIBLE <= width < NARROWER * before:
                wat = f"smaller geworden: van {before:.0f} naar {width:.0f} tekens."
                yield Deviation(Kind.FORMAT, self._name, f"kolom {column_letters(new)}", wat)

    def _merged(self) -> Iterator[Deviation]:
        if not self._is_still:
            return
        was, now = set(self._was.samengevoegd), set(self._now.samengevoegd)
        for area in sorted(now - was):
            yield Deviation(Kind.FORMAT, self._name, area, "de cellen zijn samengevoegd: alleen de eerste is te zien.")
        for area in sorted(was - now):
            yield Deviation(Kind.FORMAT, self._name, area, "de cellen zijn niet meer samengevoegd.")

    def _links(self) -> Iterator[Deviation]:
        was = {place: target for cell, target in self._was.koppelingen.items() for place in [_place(cell)]}
        now = {_place(cell): target for cell, target in self._now.koppelingen.items()}
        for place, target in was.items():
            new = self._new(place)
            found = now.pop(new, "") if new else target
            if not _same_target(target, found) and not _same_target(rewritten(target, self._old, self._moves), found):
                wat = f"een klik leidde naar {cut(target)}, nu naar {cut(found) or 'niets'}."
                yield Deviation(Kind.FORMAT, self._name, address(*(new or place)), wat)
        for place, target in now.items():
            if target:
                yield Deviation(Kind.FORMAT, self._name, address(*place), f"een klik leidt naar {cut(target)}.")

    def _charts(self) -> Iterator[Deviation]:
        left = list(self._now.grafieken)
        for chart in self._was.grafieken:
            moved = chart.model_copy(update={"verwijzingen": self._moved_references(chart)})
            found = max(left, key=partial(_alike, moved), default=None)
            if found is None:
                yield Deviation(Kind.FORMAT, self._name, corner_of(chart), f"{_title(chart)} is verwijderd.")
                continue
            left.remove(found)
            yield from self._chart(moved, found)
        for chart in left:
            yield Deviation(Kind.FORMAT, self._name, corner_of(chart), f"{_title(chart)} is toegevoegd.")

    def _moved_references(self, chart: ChartLook) -> Mapping[str, str]:
        return {name: rewritten(text, self._old, self._moves) for name, text in chart.verwijzingen.items()}

    def _chart(self, was: ChartLook, now: ChartLook) -> Iterator[Deviation]:
        corner, of = corner_of(now), f"{_title(was)}: "
        yield from _facts(self._name, corner, was.feiten, now.feiten, of)
        for name in dict.fromkeys([*was.verwijzingen, *now.verwijzingen]):
            one, other = was.verwijzingen.get(name, ""), now.verwijzingen.get(name, "")
            if not same_formula(one, other):
                wat = f"{of}{name} was {_said(one)}, is {_said(other)}."
                yield Deviation(Kind.FORMAT, self._name, corner, wat)
        if self._is_still and not _same_place(was.plek, now.plek):
            wat = f"{of}stond van {_extent(was)}, staat van {_extent(now)}."
            yield Deviation(Kind.FORMAT, self._name, corner, wat)


def _named(places: Sequence[Place]) -> str:
    first = ", ".join(address(*place) for place in sorted(places)[:SHOWN])
    return first + (f" en {len(places) - SHOWN} andere" if len(places) > SHOWN else "")


def _same(name: str) -> Same:
    if name == "getalopmaak":
        return _same_number
    if name in COLOURS:
        return same_colour
    return _same_words


def _same_number(one: str, other: str) -> bool:
    """Whether numbers, or texts, are shown alike.

    Some programs give a formula without a format of its own that of the cells it reads.
    """
    if TEXT in (one, other):
        return all(text == TEXT or shows_text(text) for text in (one, other))
    return same_format(one, other) or (one == Format.GENERAL and other in TAKEN_OVER)


def _same_words(one: str, other: str) -> bool:
    return one.lower() == other.lower()


def _place(cell: str) -> Place:
    letters = cell.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(cell[len(letters) :]), column


def _same_target(one: str, other: str) -> bool:
    return one.replace("'", "").replace("$", "").lower() == other.replace("'", "").replace("$", "").lower()


def _alike(one: ChartLook, other: ChartLook) -> int:
    pairs = ((one.verwijzingen, other.verwijzingen), (one.feiten, other.feiten))
    return sum(len(dict(was).items() & dict(now).items()) for was, now in pairs)


def _same_place(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    allowed = (*CORNER, *OPPOSITE)
    return all(abs(a - b) <= most for a, b, most in zip(one, other, allowed, strict=True))


def corner_of(chart: ChartLook) -> str:
    """The cell in which a chart begins."""
    return address(max(int(chart.plek[0]), 1), max(int(chart.plek[1]), 1))


def _extent(chart: ChartLook) -> str:
    return f"{corner_of(chart)} tot {address(max(int(chart.plek[2]), 1), max(int(chart.plek[3]), 1))}"


def _title(chart: ChartLook) -> str:
    return f"de grafiek '{cut(chart.feiten.get(Aspect.CHART_TITLE, ''))}'"
