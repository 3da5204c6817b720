"""How well a workbook is made: what the conventions for spreadsheets ask, measured over every cell.

The conventions are the Twenty principles for good spreadsheet practice of the ICAEW (second edition)
and the FAST Standard. Of each thing that they ask and that can be measured, a principle here says
how it is measured, and finds each place that falls short.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final

from finance.tables.areas import Area
from finance.tables.grid import Book, Cell, Format, Role, Sheet, address
from finance.xlsx.paper import merged_notes
from tests.finance.books.examination.blocks import Block, blocks_of, shifted
from tests.finance.books.examination.circles import circle_of

ORDER: Final[Mapping[str, int]] = {"invoer": 0, "besluit": 1, "berekening": 1, "uitvoer": 2, "controle": 3}
"""How far along a kind of sheet stands: a formula reads what stands as far or less far."""
INPUTS: Final = frozenset({Role.INPUT_SOURCED, Role.INPUT_ASSUMED})
PASTED: Final = INPUTS | {Role.DECISION}
COMPUTED: Final = frozenset({Role.FORMULA, Role.TOTAL})
APART: Final = frozenset({Role.HEADER, Role.TOTAL})
"""Cells of which the formula differs from those above and below by what they are."""
NUMERIC: Final = frozenset(Format) - {Format.TEXT, Format.GENERAL}
WITH_CRITERIA: Final = frozenset({"SUMIFS", "COUNTIFS"})
"""Functions whose ranges lie side by side."""
FREE: Final = frozenset({"0", "1"})
"""Numbers that a formula may hold: nothing, and one more or one less."""
LONGEST: Final = 600
"""How many characters a formula may have."""
DEEPEST: Final = 3
"""How deep IF may stand in IF."""
VOLATILE: Final = frozenset({"NOW", "TODAY", "RAND", "RANDBETWEEN", "OFFSET", "INDIRECT", "INFO", "CELL"})
"""Functions that change without an input changing, or of which nobody can see what they read."""
USUAL: Final = frozenset(
    {
        "ABS",
        "AND",
        "AVERAGE",
        "CHOOSE",
        "COLUMN",
        "COLUMNS",
        "CORREL",
        "COUNT",
        "COUNTA",
        "COUNTIF",
        "COUNTIFS",
        "DATE",
        "EXACT",
        "HYPERLINK",
        "IF",
        "IFERROR",
        "INDEX",
        "INT",
        "ISERROR",
        "ISNUMBER",
        "ISTEXT",
        "LARGE",
        "LEFT",
        "LEN",
        "MATCH",
        "MAX",
        "MIN",
        "MOD",
        "N",
        "NOT",
        "OR",
        "POWER",
        "RANK",
        "ROUND",
        "ROUNDDOWN",
        "ROUNDUP",
        "ROW",
        "ROWS",
        "SIGN",
        "SMALL",
        "SUM",
        "SUMIF",
        "SUMIFS",
        "SUMPRODUCT",
        "TRUNC",
        "VLOOKUP",
        "YEAR",
    }
)
"""Functions that every Excel since 2007 knows, and every other program."""
ASKING: Final = re.compile(r"\b(?:SUMIFS|SUMPRODUCT|MATCH)\(")
"""Calls that ask for a key in each row of a range, so that it does not matter which rows besides are in it."""
FIXED_ROW: Final = re.compile(r"(\$[A-Z]{1,3}\$)\d+")
NUMBER: Final = re.compile(r"\s*-?\d[\d.,]*%?\s*")
OUTSIDE: Final = re.compile(r"\[|https?:|file:|\\\\", re.IGNORECASE)
FAILING: Final = '"VOLDOET NIET"'


@dataclass(frozen=True, slots=True)
class Flaw:
    """One place that falls short of a principle.

    Attributes:
        principe: the key of the principle.
        blad: the sheet.
        cel: the cell or cells.
        wat: what is found there, in Dutch.
    """

    principe: str
    blad: str
    cel: str
    wat: str

    def __str__(self) -> str:
        return f"{self.principe}: {self.blad}!{self.cel}: {self.wat}"


@dataclass(frozen=True)
class Examined:
    """A book, with what several principles look at."""

    book: Book

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """Its formulas."""
        return tuple(blocks_of(self.book))

    @cached_property
    def columns(self) -> Mapping[tuple[str, int], tuple[Block, ...]]:
        """The blocks of each column of each sheet, from top to bottom."""
        found: dict[tuple[str, int], tuple[Block, ...]] = {}
        for block in self.blocks:
            key = (block.sheet.naam, block.column)
            found[key] = (*found.get(key, ()), block)
        return found

    @cached_property
    def read(self) -> Mapping[str, tuple[Area, ...]]:
        """For each sheet every area of it that some formula reads."""
        found: dict[str, dict[Area, None]] = {}
        for block in self.blocks:
            for area in block.references:
                found.setdefault(area.sheet, {})[area] = None
        return {name: tuple(areas) for name, areas in found.items()}

    def sources(self, block: Block) -> Iterator[Block]:
        """The blocks that a block reads."""
        for area in block.references:
            for column in range(area.left, area.right + 1):
                for other in self.columns.get((area.sheet, column), ()):
                    if other.top <= area.bottom and other.bottom >= area.top:
                        yield other

    def cells(self) -> Iterator[tuple[Sheet, tuple[int, int], Cell]]:
        """Every cell with its sheet."""
        for sheet in self.book.sheets:
            for at, cell in sheet.cells.items():
                yield sheet, at, cell


@dataclass(frozen=True)
class Principle:
    """One thing that the conventions ask.

    Attributes:
        key: a short name.
        vraag: what they ask, in Dutch.
        bron: where they ask it.
        meting: how it is measured, in Dutch.
        find: finds every place that falls short, as sheet, cell and what is found there.
        telt: whether a place that is found is a flaw; else it is listed for the reader to know.
    """

    key: str
    vraag: str
    bron: str
    meting: str
    find: Callable[[Examined], Iterator[tuple[str, str, str]]]
    telt: bool = True


def flaws_of(book: Book) -> tuple[Flaw, ...]:
    """Every place of a book that falls short of a principle, and what a reader must know, in order."""
    examined = Examined(book)
    return tuple(Flaw(each.key, *found) for each in PRINCIPLES for found in each.find(examined))


def counting(flaws: Iterable[Flaw]) -> tuple[Flaw, ...]:
    """The flaws that count: those of which the conventions say that they should not be there."""
    keys = {principle.key for principle in PRINCIPLES if principle.telt}
    return tuple(flaw for flaw in flaws if flaw.principe in keys)


def _at(block: Block, wat: str) -> tuple[str, str, str]:
    return block.sheet.naam, block.where, wat


def _constants(book: Examined) -> Iterator[tuple[str, str, str]]:
    for block in book.blocks:
        found = sorted(set(block.numbers) - FREE)
        if found:
            yield _at(block, f"de formule bevat {', '.join(found)}: ={block.formula}")


def _patterns(book: Examined) -> Iterator[tuple[str, str, str]]:
    for blocks in book.columns.values():
        for above, block in pairwise(blocks):
            apart = {above.cell.role, block.cell.role} & APART
            if block.top == above.bottom + 1 and not apart and not _alike_but_for_rows(above, block):
                yield _at(block, f"={block.formula} wijkt af van ={above.formula} erboven")


def _alike_but_for_rows(above: Block, block: Block) -> bool:
    """Whether two formulas that ask for a key differ only in the rows of another table in which it stood."""
    asks = ASKING.search(above.formula) is not None
    one, other = (FIXED_ROW.sub(r"\1#", each.formula) for each in (above, block))
    return asks and shifted(one, block.top - above.top) == other


def _pasted(book: Examined) -> Iterator[tuple[str, str, str]]:
    for sheet, at, cell in book.cells():
        if not cell.formula and not isinstance(cell.value, str | None) and cell.role not in PASTED:
            yield sheet.naam, address(*at), f"een vast getal met de opmaak '{cell.role.value}'"


def _backwards(book: Examined) -> Iterator[tuple[str, str, str]]:
    for block in book.blocks:
        here = ORDER.get(block.sheet.tab, 0)
        names = {other.sheet.naam for other in book.sources(block) if ORDER.get(other.sheet.tab, 0) > here}
        if names:
            yield _at(block, f"leest uitkomsten van {', '.join(sorted(names))}, verder in de rekenvolgorde")


def _circles(book: Examined) -> Iterator[tuple[str, str, str]]:
    for block in circle_of(book.blocks, book.sources):
        yield _at(block, f"hangt van zichzelf af: ={block.formula}")


def _hidden(book: Examined) -> Iterator[tuple[str, str, str]]:
    for sheet in book.book.sheets:
        for column, width in sheet.widths.items():
            if width < 1:
                yield sheet.naam, address(1, column), "een kolom die zo smal is dat niemand hem ziet"
        for row, height in sheet.heights.items():
            if height < 1:
                yield sheet.naam, address(row, 1), "een rij die zo laag is dat niemand hem ziet"


def _volatile(book: Examined) -> Iterator[tuple[str, str, str]]:
    for block in book.blocks:
        if block.functions & VOLATILE:
            yield _at(block, ", ".join(sorted(block.functions & VOLATILE)))


def _functions(book: Examined) -> Iterator[tuple[str, str, str]]:
    for block in book.blocks:
        unusual = block.functions - USUAL - VOLATILE
        if unusual:
            yield _at(block, ", ".join(sorted(unusual)))


def _unequal(book: Examined) -> Iterator[tuple[str, str, str]]:
    """Some engines give 0 for ranges of different sizes in one call, others an error."""
    for block in book.blocks:
        for areas in block.ranges_of(WITH_CRITERIA):
            if len({(area.bottom - area.top, area.right - area.left) for area in areas}) > 1:
                yield _at(block, f"bereiken van verschillende grootte: ={block.formula}")


def _complex(book: Examined) -> Iterator[tuple[str, str, str]]:
    for block in book.blocks:
        if len(block.formula) > LONGEST:
            yield _at(block, f"een formule van {len(block.formula)} tekens")
        if block.depth > DEEPEST:
            yield _at(block, f"ALS in ALS, {block.depth} diep")


def _texts(book: Examined) -> Iterator[tuple[str, str, str]]:
    for sheet, at, cell in book.cells():
        if isinstance(cell.value, str) and cell.fmt in NUMERIC and NUMBER.fullmatch(cell.value):
            yield sheet.naam, address(*at), f"'{cell.value}' is tekst"


def _outside(book: Examined) -> Iterator[tuple[str, str, str]]:
    for block in book.blocks:
        if OUTSIDE.search(block.formula):
            yield _at(block, f"={block.formula}")
    for sheet, at, cell in book.cells():
        if cell.link and ("!" not in cell.link or OUTSIDE.search(cell.link)):
            yield sheet.naam, address(*at), f"een koppeling naar {cell.link}"


def _merged(book: Examined) -> Iterator[tuple[str, str, str]]:
    for sheet in book.book.sheets:
        read = book.read.get(sheet.naam, ())
        for row, first, last in merged_notes(sheet):
            if any(area.holds(row, column) for area in read for column in range(first, last + 1)):
                yield sheet.naam, address(row, first), "samengevoegd in een bereik dat een formule leest"


def _uncounted(book: Examined) -> Iterator[tuple[str, str, str]]:
    """Verdicts on which the verdict on the cover, or on the first sheet that has one, does not rest."""
    verdicts = [block for block in book.blocks if block.cell.role is Role.CHECK and FAILING in block.formula]
    reached: set[int] = set()
    waiting = [block for block in book.blocks if block.sheet is book.book.sheets[0]]
    while waiting:
        block = waiting.pop()
        if id(block) not in reached:
            reached.add(id(block))
            waiting += book.sources(block)
    for block in verdicts:
        if id(block) not in reached:
            yield _at(block, "een oordeel dat niet meetelt op het voorblad")


def _unexplained(book: Examined) -> Iterator[tuple[str, str, str]]:
    for sheet in book.book.sheets:
        title, note = sheet.cells.get((1, 1)), sheet.cells.get((2, 1))
        if not (title and title.role is Role.TITLE and note and note.role is Role.NOTE and note.value):
            yield sheet.naam, "A1", "het blad begint niet met een titel en wat het laat zien"


def _unused(book: Examined) -> Iterator[tuple[str, str, str]]:
    runs: dict[tuple[str, int], list[int]] = {}
    for sheet, (row, column), cell in book.cells():
        if cell.role not in INPUTS or cell.formula or isinstance(cell.value, str | None):
            continue
        read = book.read.get(sheet.naam, ())
        if not any(area.holds(row, column) for area in read):
            runs.setdefault((sheet.naam, column), []).append(row)
    for (name, column), rows in runs.items():
        cells = ", ".join(address(row, column) for row in sorted(rows)[:SHOWN])
        more = f" en {len(rows) - SHOWN} andere" if len(rows) > SHOWN else ""
        yield name, cells + more, "invoer die geen formule leest: uitleg, of gebruikt bij het plannen zelf"


SHOWN: Final = 5
"""The most cells of one column that are named."""

PRINCIPLES: Final = (
    Principle(
        "constanten",
        "Geen getallen in formules die kunnen wijzigen.",
        "ICAEW 14; FAST 3.04-01",
        "Elk getal in een formule, behalve 0, 1 en het aantal decimalen van een afronding.",
        _constants,
    ),
    Principle(
        "patroon",
        "Een kolom heeft één formule.",
        "ICAEW 12; FAST 3.02-01",
        "Elke formule die anders is dan die erboven in dezelfde tabel; koppen en totalen daargelaten.",
        _patterns,
    ),
    Principle(
        "vaste getallen",
        "Invoer, berekening en uitkomst zijn gescheiden en herkenbaar.",
        "ICAEW 10; FAST 1.01-01",
        "Elk vast getal dat niet is gemerkt als invoer of als besluit van het model.",
        _pasted,
    ),
    Principle(
        "richting",
        "De berekening loopt één kant op: van invoer naar uitkomst.",
        "ICAEW 10",
        "Elke formule die een uitkomst leest van een blad verder in de volgorde invoer, besluiten en"
        " berekening, uitvoer, controle.",
        _backwards,
    ),
    Principle(
        "kringen",
        "Geen kringverwijzingen.",
        "FAST 1.01-11",
        "Elke formule die van zichzelf afhangt, over alle bladen.",
        _circles,
    ),
    Principle(
        "verborgen",
        "Niets is verborgen.",
        "ICAEW 6; FAST 2.01-08",
        "Elke rij of kolom zonder zichtbare hoogte of breedte; bladen kunnen niet verborgen zijn.",
        _hidden,
    ),
    Principle(
        "vluchtig",
        "Geen functies die vanzelf veranderen of verhullen wat ze lezen.",
        "FAST 4.01-03",
        f"Elke formule met {', '.join(sorted(VOLATILE))}.",
        _volatile,
    ),
    Principle(
        "functies",
        "Alleen gewone functies.",
        "ICAEW 16; FAST 3.03-04",
        "Elke formule met een functie die niet in elke Excel sinds 2007 zit.",
        _functions,
    ),
    Principle(
        "bereiken",
        "Een formule geeft in elk programma hetzelfde.",
        "ICAEW 18",
        "Elke SOMMEN.ALS of AANTALLEN.ALS met bereiken die niet even groot zijn.",
        _unequal,
    ),
    Principle(
        "eenvoud",
        "Formules zijn kort en eenvoudig.",
        "ICAEW 13; FAST 3.03-01, 3.03-07",
        f"Elke formule van meer dan {LONGEST} tekens, of met ALS in ALS dieper dan {DEEPEST}.",
        _complex,
    ),
    Principle(
        "getal als tekst",
        "Een getal is een getal.",
        "ICAEW 11",
        "Elke cel met een getalopmaak waarin een getal als tekst staat.",
        _texts,
    ),
    Principle(
        "naar buiten",
        "Geen koppelingen met andere bestanden.",
        "FAST 1.03",
        "Elke formule en elke koppeling die naar buiten de werkmap verwijst.",
        _outside,
    ),
    Principle(
        "samengevoegd",
        "Geen samengevoegde cellen waar gerekend wordt.",
        "ICAEW 11",
        "Elke samenvoeging in een bereik dat een formule leest. Alleen regels uitleg zijn samengevoegd.",
        _merged,
    ),
    Principle(
        "controles",
        "Controles zijn ingebouwd en tellen mee.",
        "ICAEW 19",
        "Elk oordeel VOLDOET NIET dat niet doorwerkt in het eerste blad.",
        _uncounted,
    ),
    Principle(
        "uitleg",
        "Elk blad zegt wat het laat zien.",
        "ICAEW 7",
        "Elk blad dat niet begint met een titel en een regel uitleg.",
        _unexplained,
    ),
    Principle(
        "ongebruikte invoer",
        "Invoer wordt gebruikt.",
        "ICAEW 9",
        "Elk getal in de invoer dat geen formule leest. Dat mag: het is uitleg, of het model gebruikt het"
        " bij het plannen zelf.",
        _unused,
        telt=False,
    ),
)
"""What is measured."""
