"""How a number is read that was typed as text: on the command line, in a list of numbers, in a text cell.

One text means one number wherever it is typed. A comma or a point with two decimals is a decimal sign;
points between groups of three digits are thousands, as Dutch writes them. What a Dutch and an English
reader would take for two numbers is refused.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

CENTS: Final = 2
"""The decimals of an amount in euros."""
_PARTS: Final = r"(?P<sign>[+-]?)(?P<whole>{whole})(?:{mark}(?P<decimals>[0-9]+))?"
_PLAIN: Final = re.compile(_PARTS.format(whole="[0-9]+", mark="[.,]"))
_DUTCH: Final = re.compile(_PARTS.format(whole=r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+", mark=","))
_SPACED: Final = re.compile(_PARTS.format(whole="[1-9][0-9]{0,2}(?: [0-9]{3})+", mark=","))
_ENGLISH: Final = re.compile(_PARTS.format(whole="[1-9][0-9]{0,2}(?:,[0-9]{3})+", mark=r"\."))
_TWO_WAYS: Final = re.compile(r"[+-]?[1-9][0-9]{0,2}\.[0-9]{3}")
"""A thousand and some as Dutch writes it, or a number with three decimals as English does."""


class NumeralError(ValueError):
    """A text is no number."""


class AmbiguousError(NumeralError):
    """A text can mean two numbers, or another one than it shows to a Dutch reader.

    Attributes:
        whole: the number where its sign stands between thousands.
        broken: the number where it is a decimal sign; None where it cannot be one.
    """

    def __init__(self, whole: Decimal, broken: Decimal | None) -> None:
        """Keep what it can mean."""
        self.whole = whole
        self.broken = broken
        super().__init__(f"{whole} or {broken}")


def number_of(text: str, decimals: int | None = None) -> Decimal:
    """Read a number.

    Args:
        text: the text; blanks around it do not count.
        decimals: the most decimals that it can have; None for any number of them.

    Raises:
        AmbiguousError: it can mean two numbers.
        NumeralError: it is none.

    Example:
        >>> number_of("250000.50", CENTS), number_of("1.250.000", CENTS), number_of("0,5")
        (Decimal('250000.50'), Decimal('1250000'), Decimal('0.5'))
    """
    text = " ".join(text.split())
    # An amount has no three decimals, so that a point before three digits stands between its thousands.
    if decimals is None and _TWO_WAYS.fullmatch(text):
        raise AmbiguousError(Decimal(text.replace(".", "")), Decimal(text))
    english = _ENGLISH.fullmatch(text)
    if english and (decimals is not None or english["decimals"] or text.count(",") > 1):
        raise AmbiguousError(_decimal(english), None)
    found = _DUTCH.fullmatch(text) or _SPACED.fullmatch(text) or _PLAIN.fullmatch(text)
    if found is None or (decimals is not None and len(found["decimals"] or "") > decimals):
        raise NumeralError(text)
    return _decimal(found)


def _decimal(found: re.Match[str]) -> Decimal:
    whole = re.sub("[., ]", "", found["whole"])
    return Decimal(f"{found['sign']}{whole}" + (f".{found['decimals']}" if found["decimals"] else ""))


def amount_of(text: str) -> Decimal:
    """Read an amount of euros: a number with at most two decimals, with or without the sign of the euro.

    Raises:
        AmbiguousError: it can mean two amounts.
        NumeralError: it is none.
    """
    bare = re.sub(r"^(?:€|EUR\b|euro\b)|(?:€|\bEUR|\beuro)$", "", text.strip(), flags=re.IGNORECASE).strip()
    return number_of(bare.removesuffix(",-"), CENTS)
