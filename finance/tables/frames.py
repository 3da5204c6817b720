"""The tables of a workbook as pandas frames, for who computes on with them. The one module that knows pandas.

Nothing is rounded on the way. What becomes what:

| cells of a column | its dtype | what stands there |
|---|---|---|
| amounts, all whole cents | int64 | cents; the frame names these columns in `attrs["cent"]` |
| whole numbers, years, counts | int64 | the number |
| numbers that are not all whole | object | `Fraction`, exact; of amounts in cents too |
| texts | str | the text |
| dates | object | `date` |
| of several kinds | object | each as above |

An empty cell is missing: whole numbers are then Int64, and elsewhere it is `None` or NaN. No number ever becomes a
float; who wants floats says so (`frame["x"].astype(float)`). pandas is imported when a frame is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from finance.money import CENTS_PER_EURO, Money
from finance.tables.grid import Book, Cell, Format, TablePlace, Value

if TYPE_CHECKING:
    from pandas import DataFrame, Series

Worth = int | Fraction | str | date | None
LARGEST: Final = 2**63
"""From here on whole numbers have no room in eight bytes."""
IN_CENTS: Final = "cent"
"""What in the `attrs` of a frame names the columns in cents."""


def frames(book: Book) -> Mapping[str, DataFrame]:
    """Every table of a workbook by its name; see `frame`."""
    return {place.naam: _frame(book, place) for place in book.tables}


def frame(book: Book, name: str) -> DataFrame:
    """One table of a workbook, worked out: a row for each row of data, without the total.

    Args:
        book: the workbook.
        name: what the table is called in data.

    Returns:
        A frame whose columns go by their keys, and whose index `rij` is the row in the sheet; the docstring of this
        module says what cells become.

    Raises:
        KeyError: the workbook has no such table.
    """
    place = {place.naam: place for place in book.tables}[name]
    return _frame(book, place)


def _frame(book: Book, place: TablePlace) -> DataFrame:
    from pandas import DataFrame, RangeIndex  # noqa: PLC0415 - takes a quarter of a second, and few ask for it

    cells = {sheet.naam: sheet for sheet in book.sheets}[place.blad].cells
    rows = range(place.eerste, place.eerste + place.rijen)
    columns = {key: [cells.get((row, at)) for row in rows] for at, key in enumerate(place.kolommen, start=1) if key}
    index = RangeIndex(rows.start, rows.stop, name="rij")
    made = DataFrame({key: _column(found) for key, found in columns.items()}, index=range(len(rows))).set_axis(index)
    made.attrs[IN_CENTS] = tuple(key for key, found in columns.items() if any(_is_amount(cell) for cell in found))
    return made


def _is_amount(cell: Cell | None) -> bool:
    return cell is not None and (isinstance(cell.value, Money) or (cell.fmt is Format.EURO and _is_number(cell.value)))


def _is_number(value: Value) -> bool:
    return value is not None and not isinstance(value, str | date)


def _column(cells: Sequence[Cell | None]) -> Series:
    from pandas import Series  # noqa: PLC0415 - as above

    values = list(_worths(cells))
    known = [value for value in values if value is not None]
    if known and all(isinstance(value, int) and abs(value) < LARGEST for value in known):
        return Series(values, dtype="int64" if len(known) == len(values) else "Int64")
    if any(isinstance(value, Fraction) for value in known):
        values = [Fraction(value) if isinstance(value, int) else value for value in values]
    return Series(values, dtype="str" if known and all(isinstance(value, str) for value in known) else "object")


def _worths(cells: Sequence[Cell | None]) -> Iterator[Worth]:
    """What each cell is worth, exactly."""
    for cell in cells:
        value = cell.value if cell is not None else None
        if value is None or value == "":
            yield None
        elif isinstance(value, str | date):
            yield value
        elif isinstance(value, Money):
            yield value.cents
        else:
            number = Fraction(value) * (CENTS_PER_EURO if _is_amount(cell) else 1)
            yield number.numerator if number.denominator == 1 else number
