"""What an output workbook holds, cell by cell, before any file is written.

The content of a workbook is data: sheets of cells, each with its value, its formula where it has
one, and its role. The value of a formula cell is what the exact evaluator made of it; the writer stores it
as the cached value, the seal keeps it, and the verifier compares it with what an independent
engine makes of the formula.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cache
from typing import Final

from finance.money import CENTS_PER_EURO, Money

Number = int | Decimal | Fraction | Money
Value = str | int | Decimal | Fraction | Money | date | None
"""What a cell shows: text, a number, an amount (in euros, two decimals), a date, or nothing."""


class Role(StrEnum):
    """What a cell is; each role has one look, and each colour means one thing."""

    TITLE = "titel"
    SECTION = "tussenkop"
    NOTE = "uitleg"
    HEADER = "kop"
    LABEL = "label"
    INPUT_SOURCED = "invoer uit bron"
    INPUT_ASSUMED = "invoer, aanname"
    DECISION = "besluit van het model"
    FORMULA = "formule"
    TOTAL = "totaal"
    CHECK = "controle"


class Format(StrEnum):
    """How a value is shown."""

    TEXT = "@"
    GENERAL = "General"
    YEAR = "0"
    COUNT = "#,##0"
    PLACES = "#,##0.0"
    EURO = "#,##0.00"
    PERCENT = "0.00%"
    WHOLE_PERCENT = "0%"
    FACTOR = "0.000000"
    DATE = "d-m-yyyy"


class OriginKind(StrEnum):
    """Where a number that is no formula comes from."""

    INPUT = "invoer"
    DEFAULT = "standaardwaarde"
    DECISION = "besluit"
    RULE = "regel"
    FIXED = "vast getal"
    OUTCOME = "uitkomst"
    PLACE = "plaats"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a pasted value comes from.

    Attributes:
        kind: what it is.
        waar: where it stands: a cell of the input workbook (`kosten!D12`), a rule with its
            publication, a document, another workbook.
        bij: what a reader must know besides, such as the scenario that changed it; in Dutch.
        voor: the cell of this workbook that a decision is about, such as `dekking!F12`; empty for none.
    """

    kind: OriginKind
    waar: str
    bij: tuple[str, ...] = ()
    voor: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell.

    Attributes:
        value: what it shows; for a formula, what it comes to.
        role: what it is.
        fmt: how the value is shown.
        formula: the formula in English Excel notation without `=`; empty for a pasted value.
        link: an internal target such as `regels!B12` that a click jumps to; empty for none.
        wrap: whether a long text goes on in a next line of the cell.
        origin: where a pasted value comes from; None for a formula or a label.
        turned: whether its text stands on its side.
    """

    value: Value
    role: Role = Role.LABEL
    fmt: Format = Format.GENERAL
    formula: str = ""
    link: str = ""
    wrap: bool = False
    origin: Origin | None = None
    turned: bool = False


@dataclass(frozen=True, slots=True)
class Series:
    """One series of a chart.

    Attributes:
        name: an absolute reference to the cell with its name, such as `samenvatting!$C$5`.
        values: an absolute reference to its values.
        line: drawn as a line over a column chart.
        base: not drawn: what the others of a stack stand on, so that they float.
        red: drawn in red, as nothing else is: what has no cover, or who has no place.
    """

    name: str
    values: str
    line: bool = False
    base: bool = False
    red: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart.

    Attributes:
        title: its title, in Dutch.
        axis: the title of the value axis, with the unit.
        categories: an absolute reference to the labels of the other axis.
        series: the series, in order.
        anchor: the cell at its top left corner, such as `B30`.
        stacked: whether the columns are stacked.
        across: the title of the other axis; empty for none.
        flat: whether the columns lie flat, the first label on top and each pair on one line.
        fmt: how the numbers of the value axis are shown.
        across_fmt: how the labels of the other axis are shown.
        height: its height in pixels.
        width: its width in pixels.
        labelled: whether each column shows its number, where that is above zero.
        from_zero: whether the value axis starts at zero; without it Excel may cut off what all columns share.
    """

    title: str
    axis: str
    categories: str
    series: tuple[Series, ...]
    anchor: str
    stacked: bool = True
    across: str = ""
    flat: bool = False
    fmt: Format = Format.COUNT
    across_fmt: Format = Format.GENERAL
    height: int = 320
    width: int = 900
    labelled: bool = False
    from_zero: bool = False


@dataclass(frozen=True)
class Sheet:
    """One sheet.

    Attributes:
        naam: its name.
        cells: the cells by (row, column), both counted from 1.
        widths: column widths in characters, by column counted from 1.
        frozen: the row below which the sheet scrolls; these rows repeat on every printed page.
        charts: the charts on it.
        tab: what the sheet is, shown as the colour of its tab: `invoer`; `besluit`, decisions of the
            model with what follows from them line by line; `berekening`; `uitvoer`, which only a
            `controle` reads.
        heights: row heights in points, by row; the usual height for the others.
        scales: areas such as `B5:F15` whose numbers are coloured from the lowest to the highest.
        together: what stays on one printed page where it fits, from top to bottom: the first and last row
            of each part; where the parts do not fit together, each part stays whole.
        repeated: the row that repeats on every printed page in place of the frozen ones; 0 for those.
    """

    naam: str
    cells: Mapping[tuple[int, int], Cell]
    widths: Mapping[int, float] = field(default_factory=dict)
    frozen: int = 0
    charts: tuple[Chart, ...] = ()
    tab: str = "uitvoer"
    heights: Mapping[int, float] = field(default_factory=dict)
    scales: tuple[str, ...] = ()
    together: tuple[tuple[tuple[int, int], ...], ...] = ()
    repeated: int = 0


@dataclass(frozen=True, slots=True)
class TablePlace:
    """Where a table stands, so that a program reads its cells by key and no heading.

    Attributes:
        naam: what the table is called; once in a book.
        blad: its sheet.
        titel: the row of its title; 0 for none.
        kop: the row of its heads; 0 for none.
        eerste: its first row of data.
        rijen: the number of rows of data.
        kolommen: the key of each column, from column A on.
        sleutels: what each row is about, in ids of the input; empty where rows have no ids.
    """

    naam: str
    blad: str
    titel: int
    kop: int
    eerste: int
    rijen: int
    kolommen: tuple[str, ...]
    sleutels: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Book:
    """One workbook.

    Attributes:
        title: the title in the file's properties.
        sheets: the sheets, in order.
        tables: where its tables stand.
        data: what the workbook is, and what it was made from, as JSON with keys.
    """

    title: str
    sheets: tuple[Sheet, ...]
    tables: tuple[TablePlace, ...] = ()
    data: Mapping[str, object] = field(default_factory=dict)


FIRST_DAY: Final = date(1899, 12, 30).toordinal()
"""Day 0 of the calendar of a workbook, from March 1900 on."""
MAX_TEXT: Final = 32_767
"""The longest text of one cell, in UTF-16 units."""
CUT: Final = " ... (afgekapt)"
UNSTORABLE: Final = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
LETTERS: Final = 26


def storable(text: str) -> str:
    r"""A text as a workbook can hold it.

    Line ends become line feeds, characters that XML cannot hold become U+FFFD, and a text that is
    too long for a cell says that it was cut off.

    Example:
        >>> storable("a\r\nb\x00")
        'a\nb�'
    """
    if UNSTORABLE.search(text):
        text = UNSTORABLE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(text) <= MAX_TEXT // 2:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= 2 * MAX_TEXT:
        return text
    return units[: 2 * (MAX_TEXT - len(CUT))].decode("utf-16-le", "ignore") + CUT


def serial(day: date) -> int:
    """A date as the number that a workbook stores."""
    return day.toordinal() - FIRST_DAY


def as_float(number: Number) -> float:
    """A number as a workbook stores it: the nearest double; an amount in euros."""
    return number.cents / CENTS_PER_EURO if isinstance(number, Money) else float(number)


def finite(text: str) -> float:
    """A number from a file.

    Raises:
        ValueError: the text is no number, or none that a cell can hold.
    """
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"not a number that a cell can hold: {text}")
    return number


@cache
def column_letters(column: int) -> str:
    """The letters of a column counted from 1.

    Example:
        >>> column_letters(1), column_letters(28)
        ('A', 'AB')
    """
    before, last = divmod(column - 1, LETTERS)
    return (column_letters(before) if before else "") + chr(ord("A") + last)


def address(row: int, column: int) -> str:
    """The address of a cell, row and column counted from 1.

    Example:
        >>> address(12, 4)
        'D12'
    """
    return f"{column_letters(column)}{row}"
