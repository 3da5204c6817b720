"""What is seen of a workbook, as data: what a seal keeps, and what a file is compared with.

Every record holds what is seen and not how a file spells it, so that a workbook that another program
saved again has the same records. The names of aspects are the words with which a difference is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cached_property
from typing import Final, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat, model_validator

from finance.tables.grid import address
from finance.xlsx.worksheet import MAX_COLUMN, MAX_ROW, range_of

Place = tuple[int, int]
"""A row and a column, both counted from 1."""


CELL: Final = re.compile(r"[A-Z]{1,3}[1-9][0-9]{0,6}")
MOST_CELLS: Final = 3_000_000
"""A sheet of the toolkit has far fewer cells."""
TEXT: Final = "tekst"
"""In place of a number format: programs give a formula that comes to a text that of the cells it reads."""


class CellLook(NamedTuple):
    """How a cell is shown.

    Attributes:
        getalopmaak: the format of its number; TEXT for a text that is shown as it is.
        lettertype: the font.
        lettergrootte: the size of its letters in points.
        letterkleur: their colour, red, green and blue in hexadecimal.
        letterstijl: bold, italic, underlined, struck through, raised or lowered.
        vulling: the colour behind the letters; `geen` for none.
        uitlijning: where in the cell they stand, turned, shrunk or wrapped.
        kleurregels: the rules that change all this with what the cells hold, the first that decides first.
        tekstdelen: parts of the text with a look of their own.
    """

    getalopmaak: str
    lettertype: str
    lettergrootte: str
    letterkleur: str
    letterstijl: str
    vulling: str
    uitlijning: str
    kleurregels: tuple[str, ...] = ()
    tekstdelen: str = ""


class Aspect(StrEnum):
    """What is seen of a workbook, a sheet or a chart, besides cells."""

    CALCULATION = "rekenwijze"
    PRECISION = "rekenen met wat wordt getoond"
    ITERATION = "herhaald rekenen bij een kringverwijzing"
    LOTUS = "rekenen als Lotus 1-2-3"
    NORMAL = "gewone letter (waaraan kolommen worden gemeten)"
    THEME = "letter en kleuren van het thema"
    SHOWN = "voorwerpen en grafieken in beeld"
    TABS = "tabbladen onder in beeld"
    TITLE = "titel van het bestand"
    SUBJECT = "onderwerp van het bestand"
    CREATOR = "auteur van het bestand"
    KEYWORDS = "trefwoorden van het bestand"
    DESCRIPTION = "opmerking bij het bestand"
    CATEGORY = "categorie van het bestand"
    STATE = "status van het bestand"
    TAB = "kleur van het tabblad"
    ZEROS = "nullen in beeld"
    FORMULAS = "formules in plaats van uitkomsten"
    RIGHT_TO_LEFT = "kolommen van rechts naar links"
    OUT_OF_REACH = "waar het vastgezette beeld begint"
    PRINT_AREA = "afdrukbereik"
    PRINT_TITLES = "afdruktitels"
    PAPER = "papier"
    PAPER_LOOKS = "afdrukwijze"
    HEADER = "koptekst en voettekst"
    OBJECTS = "voorwerpen die geen grafiek zijn"
    KIND = "soort"
    CHART_TITLE = "titel"
    LEGEND = "legenda"
    GROUND = "achtergrond"
    UNREADABLE = "letters die niet te lezen zijn"
    ADDED = "toegevoegd aan de grafiek"
    PRINTED = "grafiek op papier"
    AXES = "assen"
    LAID = "delen buiten beeld"
    FROZEN = "vastgezette rijen en kolommen"


class ChartLook(BaseModel):
    """How a chart is shown.

    Attributes:
        feiten: what is seen of it, by what that is.
        verwijzingen: the cells that it shows, by what they are to it.
        plek: where it stands: its top, left, bottom and right in rows and columns from 1, with fractions.
        bewaard: what it keeps of these cells, by what they are to it and by their number; not sealed, as it
            must agree with the cells of its own file.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    feiten: Mapping[str, str]
    verwijzingen: Mapping[str, str]
    plek: tuple[FiniteFloat, FiniteFloat, FiniteFloat, FiniteFloat]
    bewaard: Mapping[str, Mapping[int, str]] = Field(default_factory=dict, exclude=True)


class SheetLook(BaseModel):
    """How a sheet is shown.

    Attributes:
        cellen: for each number of a look, the cells that have it, as ranges.
        feiten: what is seen of the whole sheet, by what that is.
        hoogten: the height of rows that have their own, in points.
        hoogte: that of the others.
        breedten: the width of columns that have their own, in characters.
        breedte: that of the others.
        samengevoegd: the ranges of cells that are merged.
        koppelingen: where a click on a cell leads, by its address.
        opmerkingen: the comments, by the address of their cell.
        grafieken: the charts, from top to bottom.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    cellen: Sequence[tuple[int, str]] = ()
    feiten: Mapping[str, str] = {}
    hoogten: Mapping[int, FiniteFloat] = {}
    hoogte: FiniteFloat
    breedten: Mapping[int, FiniteFloat] = {}
    breedte: FiniteFloat
    samengevoegd: Sequence[str] = ()
    koppelingen: Mapping[str, str] = {}
    opmerkingen: Mapping[str, str] = {}
    grafieken: Sequence[ChartLook] = ()

    @model_validator(mode="after")
    def _is_of_a_sheet(self) -> Self:
        """Refuse what no sheet has, before it is worked out cell by cell."""
        size = sum(_size(area) for _, areas in self.cellen for area in areas.split())
        if size > MOST_CELLS or not all(map(CELL.fullmatch, (*self.koppelingen, *self.opmerkingen))):
            raise ValueError("not the look of a sheet")
        return self

    @cached_property
    def numbers(self) -> Mapping[Place, int]:
        """The number of the look of each cell."""
        return {place: look for look, areas in self.cellen for area in areas.split() for place in places(area)}


class BookLook(BaseModel):
    """How a workbook is shown.

    Attributes:
        feiten: what is seen of it, or decides what is seen, by what that is.
        looks: the looks that its cells have, each once; sheets name them by their place.
        bladen: the sheets by name.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    feiten: Mapping[str, str]
    looks: Sequence[CellLook]
    bladen: Mapping[str, SheetLook]

    @model_validator(mode="after")
    def _has_its_looks(self) -> Self:
        numbers = (number for sheet in self.bladen.values() for number, _ in sheet.cellen)
        if not all(0 <= number < len(self.looks) for number in numbers):
            raise ValueError("a look that is not there")
        return self


def _size(area: str) -> int:
    """How many cells a range holds.

    Raises:
        ValueError: it is no range of cells.
    """
    top, left, bottom, right = range_of(area)
    return (right - left + 1) * (bottom - top + 1)


def places(area: str) -> Iterator[Place]:
    """The cells of a small range such as `B5:B9`, or of one cell."""
    top, left, bottom, right = range_of(area)
    if bottom == MAX_ROW or right == MAX_COLUMN:
        raise ValueError(f"a range without ends: {area}")
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            yield row, column


def ranges(cells: Sequence[Place]) -> str:
    """Cells as the ranges of each column, such as `B5:B9 C5`."""
    runs: list[tuple[int, int, int]] = []
    for column, row in sorted((column, row) for row, column in cells):
        if runs and runs[-1][0] == column and runs[-1][2] == row - 1:
            runs[-1] = (column, runs[-1][1], row)
        else:
            runs.append((column, row, row))
    return " ".join(
        address(top, column) + (f":{address(bottom, column)}" if bottom > top else "") for column, top, bottom in runs
    )
