"""Reading one cell of the input: as what its column asks for, or an error that says what is wrong and what to do."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

from finance.case.numerals import AmbiguousError, NumeralError, amount_of, number_of
from finance.case.table import CellValue, is_control, one_line, quoted, shown
from finance.money import CENTS_PER_EURO, Money

FIRST_YEAR: Final = 1990
LAST_YEAR: Final = 2100
SMALL_DECIMALS: Final = 6
RATE_DECIMALS: Final = 5
"""The most decimals of a number that the model holds below a limit."""
MONTHS: Final = 12
"""In a year."""
QUARTERS: Final = 4
"""In a year."""
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


def read_text(value: CellValue) -> str:
    """A text on one line."""
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


def read_id(value: CellValue) -> str:
    """A name or a code: text, on one line."""
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
    "Er zijn alleen hele jaren. Gaat een effect later in het jaar in, noem dan de maand in de kolom maand van het"
    " blad effecten; wat anders halverwege ingaat, staat in twee rijen: de helft in het ene jaar, de rest in het"
    " volgende."
)


def read_year(value: CellValue) -> int:
    """A calendar year, from FIRST_YEAR to LAST_YEAR."""
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


def read_lag(value: CellValue) -> int:
    """A whole number of years, 0 or more."""
    years = read_number(value)
    if years != int(years):
        low = max(0, int(years))
        raise CellError(f"{shown(years)} is geen heel aantal jaren.", f"Typ {low} of {low + 1}. {WHOLE_YEARS}")
    return read_count(value)


def read_month(value: CellValue) -> int:
    """A month, as its number."""
    month = _whole(value, "de maand")
    if not 1 <= month <= MONTHS:
        raise CellError(f"{month} is geen maand.", "Typ 1 (januari) tot en met 12 (december).")
    return month


def read_quarter(value: CellValue) -> int:
    """A quarter of a year, as its number."""
    quarter = _whole(value, "het kwartaal")
    if not 1 <= quarter <= QUARTERS:
        raise CellError(f"{quarter} is geen kwartaal.", "Typ 1 (januari tot en met maart) tot en met 4.")
    return quarter


def read_signed(value: CellValue) -> int:
    """A whole number, also below zero."""
    return _whole(value, "het aantal")


def _refuse_negative(number: Decimal | int) -> None:
    if number < 0:
        raise CellError(f"{shown(Decimal(number))} is negatief, en dat kan hier niet.", "Typ 0 of meer.")


def read_count(value: CellValue) -> int:
    """A whole number, 0 or more."""
    count = _whole(value, "het aantal")
    _refuse_negative(count)
    return count


def read_order(value: CellValue) -> int:
    """A number in an order, from 1."""
    count = _whole(value, "het volgnummer")
    if count < 1:
        raise CellError(f"{count} is geen volgnummer.", "Typ 1, 2, 3 enzovoort.")
    return count


def read_size(value: CellValue) -> int:
    """A whole number, 1 or more."""
    size = _whole(value, "het aantal")
    if size < 1:
        raise CellError(f"Het aantal is {size}, en dat kan hier niet.", "Typ 1 of meer.")
    return size


def read_quantity(value: CellValue) -> Decimal:
    """A number, 0 or more."""
    number = _fraction(value)
    _refuse_negative(number)
    return number


def as_fraction(number: Decimal) -> str:
    """How a percentage that was typed as it is spoken stands as a fraction."""
    percentage = number if 0 < number <= PER_CENT else Decimal(90)
    return f"{shown(percentage)}% is {shown(percentage / PER_CENT)}"


def _fraction(value: CellValue) -> Decimal:
    """Read a number that people also write as a percentage."""
    number = _as_percentage(value) if isinstance(value, str) else None
    if number is not None:
        raise CellError(
            f"Het percentage {quoted(value)} is opgeslagen als tekst.",
            f"Typ de breuk: {as_fraction(number)}. Of geef de cel de opmaak Percentage en typ opnieuw.",
        )
    return read_number(value)


def read_share(value: CellValue) -> Decimal:
    """A part of a whole, from 0 to 1."""
    number = _fraction(value)
    if not 0 <= number <= 1:
        raise CellError(f"{shown(number)} ligt niet tussen 0 en 1.", f"Typ een breuk: {as_fraction(number)}.")
    return number


def read_rate(value: CellValue) -> Decimal:
    """A rate of interest as a fraction from 0 to 1, with so few decimals that a workbook rounds as the toolkit does."""
    number = read_share(value)
    if (Fraction(number) * 10**RATE_DECIMALS).denominator != 1:
        raise CellError(f"{shown(number)} heeft meer dan vijf decimalen.", "Rond af: 4,125% is 0,04125.")
    return number


def read_small(value: CellValue) -> Decimal:
    """A number of 0 or more with few decimals."""
    number = read_small_signed(value)
    _refuse_negative(number)
    return number


def read_small_signed(value: CellValue) -> Decimal:
    """A number with few decimals."""
    number = read_number(value)
    if (Fraction(number) * 10**SMALL_DECIMALS).denominator != 1:
        raise CellError(f"{shown(number)} heeft meer dan zes decimalen.", "Rond het getal af.")
    return number


def read_growth(value: CellValue) -> Decimal:
    """A growth as a fraction, above -1 and at most 1."""
    number = _fraction(value)
    if not -1 < number <= 1:
        raise CellError(
            f"Een groei van {shown(number)} (dat is {shown(number * 100)}%) kan niet kloppen.",
            f"Typ de groei als breuk: {as_fraction(number)}.",
        )
    return number


def read_euro(value: CellValue) -> Money:
    """An amount in euros, 0 or more, with at most two decimals."""
    _refuse_negative(read_number(value))
    return read_booking(value)


def read_booking(value: CellValue) -> Money:
    """An amount in euros, also below zero, with at most two decimals."""
    number = read_number(value)
    if (Fraction(number) * CENTS_PER_EURO).denominator != 1:
        raise CellError(
            f"Het bedrag {shown(number)} heeft meer dan twee decimalen.",
            "Rond het af op hele centen.",
        )
    return Money.from_euros(number)


def read_date(value: CellValue) -> date:
    """A date."""
    if isinstance(value, date):
        return value
    raise CellError(
        f"{quoted(value)} is geen datum.",
        "Geef de cel een datumopmaak en typ bijvoorbeeld 1-7-2023.",
    )


def read_list(value: CellValue) -> tuple[str, ...]:
    """Names with commas between."""
    text = read_text(value)
    if ";" in text:
        raise CellError(f"In {quoted(text)} staat een puntkomma.", "Zet een komma tussen twee namen.")
    parts = [part.strip() for part in text.split(",")]
    return tuple(part for part in parts if part)


def read_any(value: CellValue) -> CellValue:
    """Whatever stands there."""
    return value
