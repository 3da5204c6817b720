"""What one cell of an input workbook holds: a value, or what is wrong with it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from finance.case.table import (
    CellValue,
    Unreadable,
    tidy,
)
from finance.tables.grid import Format
from finance.xlsx.contents import Contents, StoredCell
from finance.xlsx.formats import shows_elapsed, shows_moment
from finance.xlsx.uncalculated import NOT_CALCULATED

if TYPE_CHECKING:
    pass
LARGEST: Final = 10**15
"""From here on the 15 significant digits of a workbook no longer hold every unit."""
ERROR_VALUES: Final = frozenset(
    (
        "#REF!",
        "#VALUE!",
        "#DIV/0!",
        "#NAME?",
        "#N/A",
        "#NUM!",
        "#NULL!",
        "#SPILL!",
        "#CALC!",
        "#VERW!",
        "#WAARDE!",
        "#DEEL/0!",
        "#NAAM?",
        "#N/B",
        "#GETAL!",
        "#LEEG!",
        "#OVERLOOP!",
        "#BEREKEN!",
    )
)
"""Error values as programs write them, and as a Dutch Excel shows them: so they are pasted as text."""

NO_RESULT: Final = Unreadable(
    "De formule heeft geen opgeslagen uitkomst.",
    "Open het bestand in Excel, laat het rekenen en sla het op, of typ de waarde.",
)
NO_DATE: Final = Unreadable(
    "Het getal in deze cel kan geen datum zijn, maar de cel heeft een datumopmaak.",
    "Geef de cel een getalopmaak en controleer de waarde.",
)
A_TIME: Final = Unreadable(
    "Hier staat een tijdstip of tijdsduur.",
    "Geef de cel een getal- of datumopmaak en typ de waarde opnieuw.",
)
NO_NUMBER: Final = Unreadable("Het getal is te groot.", "Controleer het aantal cijfers.")

DAY: Final = 86_400_000
"""A day, in milliseconds: what a moment in a cell is rounded to."""
BEFORE_1900: Final = date(1899, 12, 30)
"""Day 0 of a workbook from its day 61 on, for it has a 29th of February in 1900."""
FIRST_OF_MARCH: Final = 61
EPOCH_1904: Final = date(1904, 1, 1)
LAST_DAY: Final = date(9999, 12, 31)


def code_of(cell: StoredCell, contents: Contents) -> str:
    """The number format of a cell."""
    return contents.formats[cell.style] if 0 <= cell.style < len(contents.formats) else Format.GENERAL


def decimal_of(value: float) -> Decimal:
    """A finite number as the workbook shows it, in 15 significant digits.

    Example:
        >>> decimal_of(1234.5600000000002), decimal_of(2024)
        (Decimal('1234.56'), Decimal('2024'))
    """
    return Decimal(f"{value:.15g}") + 0  # adding 0 takes the sign off a negative zero


def never_calculated(doubt: str) -> Unreadable:
    """A formula whose stored result cannot be trusted, and that cannot be calculated either.

    Args:
        doubt: why the result cannot be trusted, in Dutch.
    """
    return Unreadable(
        f"De opgeslagen uitkomst van deze formule is niet te vertrouwen ({doubt}), en zij kan hier niet"
        " worden berekend.",
        "Zet het berekenen in Excel op Automatisch en sla het bestand daar op, of typ de waarde.",
    )


def value_of(cell: StoredCell, contents: Contents) -> CellValue | None:
    """The value of a cell; None where it is empty or holds only blanks."""
    value = cell.value
    match value:
        case None if cell.kind == NOT_CALCULATED:
            return never_calculated(contents.doubt)
        case None | "" if cell.kind == "e" or value is None:
            return None if cell.formula is None else NO_RESULT
        case bool():
            return value
        case str():
            return _text(value, is_error=cell.kind == "e")
        case _ if cell.kind == "d":
            return _moment(value, from_1904=False)
    code = code_of(cell, contents)
    if shows_elapsed(code):
        return A_TIME
    if shows_moment(code):
        return _moment(value, from_1904=contents.from_1904)
    return decimal_of(value) if abs(value) < LARGEST else NO_NUMBER


def _moment(number: float, *, from_1904: bool) -> CellValue:
    """The day of a number that is shown as one; a time where it has no day."""
    if abs(number) >= LARGEST:
        return NO_DATE
    day, rest = divmod(round(number * DAY), DAY)
    if day == 0 and rest:
        return A_TIME
    epoch = EPOCH_1904 if from_1904 else BEFORE_1900
    if day < 0 or day > (LAST_DAY - epoch).days:
        return NO_DATE
    if not from_1904 and day < FIRST_OF_MARCH:
        day += 1
    return epoch + timedelta(days=day)


def _text(value: str, *, is_error: bool) -> CellValue | None:
    """A text cell, or an error value; a number that is larger than a cell can hold comes as one."""
    if is_error and not value.startswith("#"):
        return NO_NUMBER
    if is_error or value.strip().upper() in ERROR_VALUES:
        wat = f"Hier staat de foutwaarde {value.strip()}."
        return Unreadable(wat, "Herstel de formule of typ de waarde.")
    text = tidy(value)
    return text if text.strip() else None
