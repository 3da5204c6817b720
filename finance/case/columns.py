"""What a column of the input workbook can hold: its kinds, and how a cell is read.

A kind is used as the annotation of a field of a row record (`finance.case.sheets`). It turns a
raw cell into a typed value, or says in Dutch what is wrong with it and what to do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final

from pydantic import Field, GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from finance.case.cells import (
    RATE_DECIMALS,
    SMALL_DECIMALS,
    CellError,
    read_any,
    read_booking,
    read_count,
    read_date,
    read_euro,
    read_growth,
    read_id,
    read_lag,
    read_list,
    read_month,
    read_number,
    read_order,
    read_quantity,
    read_quarter,
    read_rate,
    read_share,
    read_signed,
    read_size,
    read_small,
    read_small_signed,
    read_text,
    read_year,
)
from finance.case.table import CellValue, Unreadable, quoted, shown
from finance.findings import closest


@dataclass(frozen=True)
class Kind:
    """A kind of cell.

    Attributes:
        naam: what the reader calls it, in Dutch.
        read: turns a raw cell into a value; raises CellError.
        opties: the words that a cell may hold; empty where any is good.
        opmaak: the number format for the template.
        getal: whether it holds numbers, so that an empty cell could be taken for zero.
        decimalen: the most decimals that its numbers can have; None for any number of them.
    """

    naam: str
    read: Callable[[CellValue], object]
    opties: tuple[str, ...] = ()
    opmaak: str = "General"
    getal: bool = False
    decimalen: int | None = None

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Let pydantic read a raw cell with this kind.

        A value of a type that no raw cell has (a whole number, an amount, a tuple) was read before,
        as in a record that is built in code, and passes.
        """
        return core_schema.no_info_plain_validator_function(self.value_of)

    def value_of(self, value: object) -> object:
        """Read a cell, raw or read before.

        Raises:
            CellError: the cell does not hold what the kind asks for.
        """
        if isinstance(value, Unreadable):
            raise CellError(value.wat, value.doen)
        return self.read(value) if isinstance(value, str | Decimal | bool | date) else value


@dataclass(frozen=True, slots=True)
class ColumnInfo:
    """What the declaration says of a column besides its kind.

    Attributes:
        uitleg: what the column means, in Dutch, for the template and the documentation.
        ref: the sheet whose ids it refers to; empty where it refers to none.
        in_case: whether its years must lie inside the case.
        present: whether the column must be there though its cells may be empty.
        leeg: what an empty cell means, in Dutch, where its default does not say so.
        zelden: whether a budget shows the column only where some row gives it.
    """

    uitleg: str
    ref: str = ""
    in_case: bool = False
    present: bool = False
    leeg: str = ""
    zelden: bool = False


def column(
    uitleg: str,
    *,
    ref: str = "",
    in_case: bool = False,
    present: bool = False,
    leeg: str = "",
    zelden: bool = False,
    default: object = ...,
) -> Any:  # noqa: ANN401 - a pydantic field stands in for a value of any type
    """Declare a column; one with a default is optional. What it can say stands at ColumnInfo."""
    info = {"column": ColumnInfo(uitleg, ref, in_case, present, leeg, zelden)}
    return Field(default=default, json_schema_extra=info)  # type: ignore[arg-type]  # wants JSON; keeps any


def choice(naam: str, *opties: str, refused: Mapping[str, CellError] = MappingProxyType({})) -> Kind:
    """A kind of cell that holds one of a few words; capitals do not matter.

    Args:
        naam: what the words are about.
        opties: the words.
        refused: words that could be expected here, each with why it cannot stand here.
    """

    def read(value: CellValue) -> str:
        word = shown(value).strip().lower()
        if word in refused:
            raise CellError(refused[word].wat, refused[word].doen)
        if word not in opties:
            close = closest(word, opties)
            advice = f"Bedoelt u '{close}'?" if close else f"Kies uit: {', '.join(opties)}."
            raise CellError(f"{quoted(value)} kan hier niet.", advice)
        return word

    return Kind(naam, read, opties)


def choices(naam: str, *opties: str) -> Kind:
    """A kind of cell that holds some of a few words, with commas between them; capitals do not matter.

    Args:
        naam: what the words are about.
        opties: the words.
    """
    one = choice(naam, *opties)

    def read(value: CellValue) -> tuple[str, ...]:
        return tuple(dict.fromkeys(str(one.value_of(part)) for part in read_list(value)))

    return Kind("lijst met komma's", read)


def _read_yes(value: CellValue) -> bool:
    word = shown(value).strip().lower()
    if word not in YES_NO:
        raise CellError(f"{quoted(value)} kan hier niet.", "Typ ja of nee.")
    return word == YES_NO[0]


YES_NO: Final = ("ja", "nee")
TEXT: Final = Kind("tekst", read_text)
ID: Final = Kind("naam of code (tekst)", read_id, opmaak="@")
YEAR: Final = Kind("jaar", read_year, opmaak="0", getal=True, decimalen=0)
COUNT: Final = Kind("geheel getal, 0 of meer", read_count, opmaak="0", getal=True, decimalen=0)
LAG: Final = Kind("heel aantal jaren, 0 of meer", read_lag, opmaak="0", getal=True, decimalen=0)
SIGNED: Final = Kind("geheel getal, ook negatief", read_signed, opmaak="0", getal=True, decimalen=0)
ORDER: Final = Kind("volgnummer, vanaf 1", read_order, opmaak="0", getal=True, decimalen=0)
SIZE: Final = Kind("geheel getal, 1 of meer", read_size, opmaak="0", getal=True, decimalen=0)
QUANTITY: Final = Kind("getal, 0 of meer", read_quantity, getal=True)
SMALL: Final = Kind("getal, 0 of meer", read_small, getal=True, decimalen=SMALL_DECIMALS)
"""A number that must be less than a limit exactly, as the model tells it: with few decimals."""
SMALL_SIGNED: Final = Kind("getal, ook negatief", read_small_signed, getal=True, decimalen=SMALL_DECIMALS)
MONTH: Final = Kind("maand, 1 tot en met 12", read_month, opmaak="0", getal=True, decimalen=0)
QUARTER: Final = Kind("kwartaal, 1 tot en met 4", read_quarter, opmaak="0", getal=True, decimalen=0)
POINTS: Final = Kind("punten", read_number, getal=True)
SHARE: Final = Kind("breuk van 0 tot en met 1", read_share, opmaak="0.00##", getal=True)
RATE: Final = Kind("rente per jaar als breuk", read_rate, opmaak="0.00###", getal=True, decimalen=RATE_DECIMALS)
GROWTH: Final = Kind("groei als breuk", read_growth, opmaak="0.00%", getal=True)
EURO: Final = Kind("bedrag in euro, 0 of meer", read_euro, opmaak="#,##0.00", getal=True, decimalen=2)
BOOKING: Final = Kind("bedrag in euro, ook negatief", read_booking, opmaak="#,##0.00", getal=True, decimalen=2)
"""An amount that was booked: a credit note or a correction is below zero."""
DATE: Final = Kind("datum", read_date, opmaak="d-m-yyyy")
YES: Final = Kind("ja of nee", _read_yes, opties=YES_NO)
LIST: Final = Kind("lijst met komma's", read_list)
ANY: Final = Kind("vrij", read_any)
