"""Amounts on the command line, read as in cells."""

from __future__ import annotations

from finance.case import shown
from finance.case.numerals import AmbiguousError, NumeralError
from finance.case.numerals import amount_of as euros_of
from finance.money import Money
from spuk.errors import WrongUsageError


def amount_of(text: str, option: str = "--stap") -> Money:
    """Read an amount of euros above zero, as a cell with text is read.

    Args:
        text: what was typed.
        option: the option behind which it stands, for the message.

    Raises:
        WrongUsageError: it is none, or can mean two amounts.
    """
    try:
        amount = Money.from_euros(euros_of(text))
    except AmbiguousError as two:
        raise WrongUsageError(two_ways(text, two)) from two
    except NumeralError:
        amount = Money(0)
    if amount.cents <= 0:
        raise WrongUsageError(
            f"Achter {option} hoort een bedrag in euro, zoals 250000, 1.250.000 of 0,01, en niet '{text}'."
        )
    return amount


def two_ways(text: str, two: AmbiguousError) -> str:
    """What to type in place of a text that can mean two numbers."""
    either = [two.whole] if two.broken is None else [two.whole, two.broken]
    return f"'{text}' kan meer dan een getal betekenen. Typ {' of '.join(map(shown, either))}."
