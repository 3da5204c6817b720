"""An input workbook as plain tables: what stands in which cell, before it means anything."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

from finance.findings import Finding


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A cell without a usable value (a formula error, a formula without a result, a merged cell).

    Attributes:
        wat: what is wrong, in Dutch.
        doen: what to do about it, in Dutch.
    """

    wat: str
    doen: str


REPORTED: Final = Unreadable("", "")
"""A cell without a value of its own whose fault was reported already, with a range or a column."""

LONGEST_QUOTE: Final = 60
UNSEEN: Final = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
"""Soft hyphens, joiners and blanks without width: nobody sees whether they are there."""
_BREAK: Final = re.compile(r"\s*[\t\n\v\f\r\x85\u2028\u2029]\s*")

CellValue = str | Decimal | bool | date | Unreadable


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row of data.

    Attributes:
        nummer: the row number in the workbook.
        cellen: the cells that are not empty, by column name.
    """

    nummer: int
    cellen: Mapping[str, CellValue]


@dataclass(frozen=True, slots=True)
class RawSheet:
    """One sheet.

    Attributes:
        naam: the name of the sheet.
        letters: the column letter of each column name, in the order of the sheet.
        rijen: the rows that are not empty, from top to bottom.
        kop: the row in which the column names stand; where that is not row 1, reading has a finding
            that says so, and nothing else is said of the sheet: its rows are going to move.
    """

    naam: str
    letters: Mapping[str, str]
    rijen: tuple[RawRow, ...]
    kop: int = 1

    def cell(self, column: str, row: int) -> str:
        """The address of a cell, such as `D12`; only the row where the sheet lacks the column."""
        return f"{self.letters.get(column, 'rij ')}{row}"


@dataclass(frozen=True, slots=True)
class Touch:
    """A change of one cell by a row of a scenario.

    Attributes:
        scenario: the scenario.
        rij: the row on the sheet `scenarios`.
        was: the cell before, as a reader sees it; empty for an empty cell.
        wordt: the cell after.
    """

    scenario: str
    rij: int
    was: str
    wordt: str


Touches = Mapping[tuple[str, str, int], tuple[Touch, ...]]
"""The changes of each cell that a scenario changed, by sheet, column and row."""


@dataclass(frozen=True, slots=True)
class RawBook:
    """A whole input workbook.

    Attributes:
        bladen: the sheets by name; names that start with `_` are left out.
        bevindingen: what reading the file itself found (such as a column name given twice).
        geraakt: what a scenario changed; empty for the workbook as it stands.
        opgemerkt: what reading noticed and the reader of the case should know, though it refuses
            nothing (such as hidden rows).
    """

    bladen: Mapping[str, RawSheet]
    bevindingen: tuple[Finding, ...] = field(default=())
    geraakt: Touches = field(default_factory=dict, compare=False)
    opgemerkt: tuple[Finding, ...] = field(default=(), compare=False)

    @property
    def misplaced(self) -> frozenset[str]:
        """The sheets whose column names do not stand in row 1, so that their rows are going to move."""
        return frozenset(naam for naam, sheet in self.bladen.items() if sheet.kop > 1)


def shown(value: CellValue | None) -> str:
    """A cell as a Dutch reader sees it; empty for an empty cell.

    Example:
        >>> shown(Decimal("2025")), shown(Decimal("0.9")), shown(date(2023, 7, 1))
        ('2025', '0,9', '1-7-2023')
    """
    match value:
        case None | Unreadable():
            return ""
        case bool():
            return "WAAR" if value else "ONWAAR"
        case Decimal():
            return plain(value).replace(".", ",")
        case date():
            return f"{value.day}-{value.month}-{value.year}"
        case str():
            return value


def tidy(text: str) -> str:
    """A text as it looks: what nobody sees is left out, every blank is an ordinary one.

    A space that does not break, a soft hyphen or an accent that stands apart comes along with what is
    pasted, and would make two names of one. What changes how a text looks stays, and is a fault.

    Example:
        >>> tidy("EIGEN\u00a0HZ\u200b")
        'EIGEN HZ'
    """
    seen = (char for char in unicodedata.normalize("NFC", text) if char not in UNSEEN)
    return "".join(" " if unicodedata.category(char) == "Zs" else char for char in seen)


def one_line(text: str) -> str:
    r"""A text on one line, with a blank for each line break or tab.

    Example:
        >>> one_line("De Hoeve,\n  Rotterdam")
        'De Hoeve, Rotterdam'
    """
    return _BREAK.sub(" ", text)


def is_control(char: str) -> bool:
    """Whether a character is no text but steers how text is shown."""
    return unicodedata.category(char) in ("Cc", "Cf")


def blank(value: CellValue | None) -> bool:
    """Whether a cell is empty; blanks alone do not make a value."""
    return value is None or (isinstance(value, str) and not value.strip())


def quoted(value: CellValue | None) -> str:
    """A cell as a message quotes it, cut off where it is long.

    Example:
        >>> quoted("afstoten"), quoted(Decimal("0.5"))
        ("'afstoten'", "'0,5'")
    """
    text = "".join("\ufffd" if is_control(char) else char for char in one_line(shown(value)))
    return f"'{text}'" if len(text) <= LONGEST_QUOTE else f"'{text[: LONGEST_QUOTE - 3]}...'"


def listed(values: Sequence[object]) -> str:
    """Some words or numbers as a Dutch sentence lists them.

    Example:
        >>> listed([2022, 2023, 2024])
        '2022, 2023 en 2024'
    """
    *others, last = map(str, values)
    return f"{', '.join(others)} en {last}" if others else last


def plain(value: Decimal) -> str:
    """A number as a decimal string without exponent or trailing zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
