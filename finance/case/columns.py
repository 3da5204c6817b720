"""What a column of the input workbook can hold: its kinds, and how a cell is read.

A kind is used as the annotation of a field of a row record (`finance.case.sheets`). It turns a
raw cell into a typed value, or says in Dutch what is wrong with it and what to do.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Final

from pydantic import Field, GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from finance.case.numerals import AmbiguousError, NumeralError, amount_of, number_of
from finance.case.table import CellValue, Unreadable, is_control, one_line, quoted, shown
from finance.findings import closest
from finance.money import CENTS_PER_EURO, Money

FIRST_YEAR: Final = 1990
LAST_YEAR: Final = 2100
SMALL_DECIMALS: Final = 6
"""The most decimals of a number that the model holds below a limit."""
DAY_0: Final = date(1899, 12, 30)
"""The day from which a workbook counts: a year in a cell with the format of a date is a day in 1905."""
PER_CENT: Final = 100
NOT_YET_KNOWN: Final = frozenset(
    ("-", "--", "?", "p.m.", "pm", "p.m", "n.v.t.", "nvt", "n.b.", "nb", "n.n.b.", "nnb", "onbekend", "volgt")
)
"""What people write where a number is still to come."""
_YEAR_IN: Final = re.compile(r"\b(?:19|20)[0-9]{2}\b")
_HALFWAY: Final = re.compile(r"medio|half|helft|kwartaal|\bQ[1-4]|\d[-/]|juli|zomer", re.IGNORECASE)
"""What people write of a year that does not begin in January."""
_PERCENT: Final = re.compile(r"(.*?)\s*(?:%|procent|percent|pct\.?)", re.IGNORECASE)
"""A number as people say it of a part."""
LARGEST_AMOUNT: Final = Decimal(10) ** 12
"""Amounts and counts stay below this, so that a cell holds every cent exactly."""


class CellError(ValueError):
    """A cell cannot be read as what its column asks for.

    Attributes:
        wat: what is wrong, in Dutch.
        doen: what to do about it, in Dutch.
    """

    def __init__(self, wat: str, doen: str) -> None:
        """Say what is wrong and what to do about it."""
        self.wat = wat
        self.doen = doen
        super().__init__(f"{wat} {doen}")


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


def _read_text(value: CellValue) -> str:
    return _without_controls(one_line(shown(value)).strip())


def _without_controls(text: str) -> str:
    """Refuse a text with characters that are no text: they may show it otherwise than it is."""
    for at, char in enumerate(text):
        if is_control(char):
            where = f"na {quoted(text[:at])}" if at else "aan het begin"
            raise CellError(
                f"In de tekst staat {where} een stuurteken (U+{ord(char):04X}) dat niet te zien is.",
                "Maak de cel leeg en typ de tekst opnieuw, zonder te plakken.",
            )
    return text


def _read_id(value: CellValue) -> str:
    if not isinstance(value, str):
        raise CellError(
            f"{quoted(value)} is geen tekst; namen en codes zijn hier altijd tekst.",
            "Geef de cel de opmaak Tekst en typ de waarde opnieuw.",
        )
    name = value.strip()
    if one_line(name) != name:
        raise CellError(
            f"In {quoted(name)} staat een regeleinde of een tab; een naam of code is één regel.",
            "Typ de cel opnieuw, zonder Alt+Enter.",
        )
    return _without_controls(name)


def _as_number(text: str) -> Decimal | None:
    """The number that a text was meant to be, as a Dutch reader writes it; None where it is none."""
    try:
        return amount_of(text) if "€" in text else number_of(text.removesuffix(",-"))
    except AmbiguousError as two:
        return two.whole
    except NumeralError:
        return None


def _as_percentage(text: str) -> Decimal | None:
    """The number of a text that says it is a percentage; None where it does not, or is none."""
    found = _PERCENT.fullmatch(text.strip())
    return _as_number(found[1]) if found else None


def read_number(value: CellValue) -> Decimal:
    """Read a number from a raw cell.

    Raises:
        CellError: the cell holds text, a date or a truth value, or the number is too large.
    """
    match value:
        case Decimal() if abs(value) < LARGEST_AMOUNT:
            return value
        case Decimal():
            raise CellError("Het getal is een biljoen of meer.", "Controleer het aantal cijfers.")
        case str() if _as_number(value) is not None or _as_percentage(value) is not None:
            raise CellError(
                f"Het getal {quoted(value)} is opgeslagen als tekst.",
                "Geef de cel een getalopmaak en typ het getal opnieuw.",
            )
        case date():
            raise CellError(
                f"Hier staat een datum ({shown(value)}) in plaats van een getal.",
                "Geef de cel een getalopmaak en typ het getal.",
            )
        case _:
            raise CellError(f"{quoted(value)} is geen getal.", _advise_word(value))


def _advise_word(value: CellValue) -> str:
    if shown(value).strip().lower() not in NOT_YET_KNOWN:
        return "Typ een getal."
    return (
        "Typ een getal; is het nog niet bekend, schat het dan en laat herkomst naar een aanname verwijzen."
        " Mag de cel leeg zijn, maak haar dan leeg."
    )


def _whole(value: CellValue, what: str) -> int:
    number = read_number(value)
    if number != number.to_integral_value():
        raise CellError(f"{shown(number)} is geen geheel getal.", f"Typ {what} zonder decimalen.")
    return int(number)


WHOLE_YEARS: Final = (
    "Er zijn alleen hele jaren; wat halverwege een jaar ingaat, staat in twee rijen: de helft in het ene"
    " jaar, de rest in het volgende."
)


def _read_year(value: CellValue) -> int:
    if isinstance(value, date):
        typed = (value - DAY_0).days
        if FIRST_YEAR <= typed <= LAST_YEAR:
            raise CellError(
                f"De cel heeft een datumopmaak; daarmee is het getal {typed} geen jaartal, maar de dag {shown(value)}.",
                f"Geef de cel de opmaak Standaard; er hoort dan {typed} te staan.",
            )
        halfway = "" if (value.month, value.day) == (1, 1) else f" {WHOLE_YEARS}"
        raise CellError(
            f"Hier staat een datum ({shown(value)}) in plaats van een jaartal.",
            f"Geef de cel een getalopmaak en typ {value.year}.{halfway}",
        )
    if isinstance(value, str) and _as_number(value) is None and (found := _YEAR_IN.search(value)):
        halfway = f" {WHOLE_YEARS}" if _HALFWAY.search(value) else ""
        raise CellError(f"{quoted(value)} is geen jaartal.", f"Typ {found[0]}, als getal.{halfway}")
    thousand = value * 1000 if isinstance(value, Decimal) else Decimal(0)
    if FIRST_YEAR <= thousand <= LAST_YEAR and thousand == int(thousand):
        raise CellError(f"{shown(value)} is geen jaartal.", f"Typ {shown(thousand)}, zonder punt of komma.")
    year = read_number(value)
    if year != int(year):
        doen = f"Typ {int(year)} of {int(year) + 1}. {WHOLE_YEARS}"
        raise CellError(f"{shown(year)} is geen heel jaar.", doen)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise CellError(
            f"{shown(year)} is geen bruikbaar jaartal.",
            f"Typ een jaar van {FIRST_YEAR} tot en met {LAST_YEAR}.",
        )
    return int(year)


def _read_lag(value: CellValue) -> int:
    years = read_number(value)
    if years != int(years):
        low = max(0, int(years))
        raise CellError(f"{shown(years)} is geen heel aantal jaren.", f"Typ {low} of {low + 1}. {WHOLE_YEARS}")
    return _read_count(value)


def _read_signed(value: CellValue) -> int:
    return _whole(value, "het aantal")


def _refuse_negative(number: Decimal | int) -> None:
    if number < 0:
        raise CellError(f"{shown(Decimal(number))} is negatief, en dat kan hier niet.", "Typ 0 of meer.")


def _read_count(value: CellValue) -> int:
    count = _whole(value, "het aantal")
    _refuse_negative(count)
    return count


def _read_order(value: CellValue) -> int:
    count = _whole(value, "het volgnummer")
    if count < 1:
        raise CellError(f"{count} is geen volgnummer.", "Typ 1, 2, 3 enzovoort.")
    return count


def _read_size(value: CellValue) -> int:
    size = _whole(value, "het aantal")
    if size < 1:
        raise CellError(f"Het aantal is {size}, en dat kan hier niet.", "Typ 1 of meer.")
    return size


def _read_quantity(value: CellValue) -> Decimal:
    number = _read_fraction(value)
    _refuse_negative(number)
    return number


def as_fraction(number: Decimal) -> str:
    """How a percentage that was typed as it is spoken stands as a fraction."""
    percentage = number if 0 < number <= PER_CENT else Decimal(90)
    return f"{shown(percentage)}% is {shown(percentage / PER_CENT)}"


def _read_fraction(value: CellValue) -> Decimal:
    """Read a number that people also write as a percentage."""
    number = _as_percentage(value) if isinstance(value, str) else None
    if number is not None:
        raise CellError(
            f"Het percentage {quoted(value)} is opgeslagen als tekst.",
            f"Typ de breuk: {as_fraction(number)}. Of geef de cel de opmaak Percentage en typ opnieuw.",
        )
    return read_number(value)


def _read_share(value: CellValue) -> Decimal:
    number = _read_fraction(value)
    if not 0 <= number <= 1:
        raise CellError(f"{shown(number)} ligt niet tussen 0 en 1.", f"Typ een breuk: {as_fraction(number)}.")
    return number


def _read_small(value: CellValue) -> Decimal:
    number = _read_small_signed(value)
    _refuse_negative(number)
    return number


def _read_small_signed(value: CellValue) -> Decimal:
    number = read_number(value)
    if (Fraction(number) * 10**SMALL_DECIMALS).denominator != 1:
        raise CellError(f"{shown(number)} heeft meer dan zes decimalen.", "Rond het getal af.")
    return number


def _read_growth(value: CellValue) -> Decimal:
    number = _read_fraction(value)
    if not -1 < number <= 1:
        raise CellError(
            f"Een groei van {shown(number)} (dat is {shown(number * 100)}%) kan niet kloppen.",
            f"Typ de groei als breuk: {as_fraction(number)}.",
        )
    return number


def _read_euro(value: CellValue) -> Money:
    _refuse_negative(read_number(value))
    return _read_booking(value)


def _read_booking(value: CellValue) -> Money:
    number = read_number(value)
    if (Fraction(number) * CENTS_PER_EURO).denominator != 1:
        raise CellError(
            f"Het bedrag {shown(number)} heeft meer dan twee decimalen.",
            "Rond het af op hele centen.",
        )
    return Money.from_euros(number)


def _read_date(value: CellValue) -> date:
    if isinstance(value, date):
        return value
    raise CellError(
        f"{quoted(value)} is geen datum.",
        "Geef de cel een datumopmaak en typ bijvoorbeeld 1-7-2023.",
    )


def _read_list(value: CellValue) -> tuple[str, ...]:
    text = _read_text(value)
    if ";" in text:
        raise CellError(f"In {quoted(text)} staat een puntkomma.", "Zet een komma tussen twee namen.")
    parts = [part.strip() for part in text.split(",")]
    return tuple(part for part in parts if part)


def _read_any(value: CellValue) -> CellValue:
    return value


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
        return tuple(dict.fromkeys(str(one.value_of(part)) for part in _read_list(value)))

    return Kind("lijst met komma's", read)


def _read_yes(value: CellValue) -> bool:
    word = shown(value).strip().lower()
    if word not in YES_NO:
        raise CellError(f"{quoted(value)} kan hier niet.", "Typ ja of nee.")
    return word == YES_NO[0]


YES_NO: Final = ("ja", "nee")
TEXT: Final = Kind("tekst", _read_text)
ID: Final = Kind("naam of code (tekst)", _read_id, opmaak="@")
YEAR: Final = Kind("jaar", _read_year, opmaak="0", getal=True, decimalen=0)
COUNT: Final = Kind("geheel getal, 0 of meer", _read_count, opmaak="0", getal=True, decimalen=0)
LAG: Final = Kind("heel aantal jaren, 0 of meer", _read_lag, opmaak="0", getal=True, decimalen=0)
SIGNED: Final = Kind("geheel getal, ook negatief", _read_signed, opmaak="0", getal=True, decimalen=0)
ORDER: Final = Kind("volgnummer, vanaf 1", _read_order, opmaak="0", getal=True, decimalen=0)
SIZE: Final = Kind("geheel getal, 1 of meer", _read_size, opmaak="0", getal=True, decimalen=0)
QUANTITY: Final = Kind("getal, 0 of meer", _read_quantity, getal=True)
SMALL: Final = Kind("getal, 0 of meer", _read_small, getal=True, decimalen=SMALL_DECIMALS)
"""A number that must be less than a limit exactly, as the model tells it: with few decimals."""
SMALL_SIGNED: Final = Kind("getal, ook negatief", _read_small_signed, getal=True, decimalen=SMALL_DECIMALS)
POINTS: Final = Kind("punten", read_number, getal=True)
SHARE: Final = Kind("breuk van 0 tot en met 1", _read_share, opmaak="0.00##", getal=True)
GROWTH: Final = Kind("groei als breuk", _read_growth, opmaak="0.00%", getal=True)
EURO: Final = Kind("bedrag in euro, 0 of meer", _read_euro, opmaak="#,##0.00", getal=True, decimalen=2)
BOOKING: Final = Kind("bedrag in euro, ook negatief", _read_booking, opmaak="#,##0.00", getal=True, decimalen=2)
"""An amount that was booked: a credit note or a correction is below zero."""
DATE: Final = Kind("datum", _read_date, opmaak="d-m-yyyy")
YES: Final = Kind("ja of nee", _read_yes, opties=YES_NO)
LIST: Final = Kind("lijst met komma's", _read_list)
ANY: Final = Kind("vrij", _read_any)
