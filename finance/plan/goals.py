"""The values of goals in words, and why an approved decision was changed."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Final

from finance.case import Case, plain, shown
from finance.case.words import UNITS
from finance.money import Exact, Money, round_half_away
from finance.places import DECIMALS, steps
from finance.plan.changes import Change

ONE: Final = {"plaatsjaren": "plaatsjaar", "punten": "punt", "jaren": "jaar", "besluiten": "besluit"}
"""What one of a unit is called."""


def cost_meaning(case: Case) -> str:
    """What the goal kosten_ncw adds up: what was paid in a closed year is not brought back to prijspeil."""
    closed = case.closed_years
    what = (
        f"Kosten tot en met {closed.last} zoals betaald (nominaal), daarna op prijspeil, contant gemaakt"
        if closed
        else "Alle kosten op prijspeil, contant gemaakt"
    )
    return f"{what}; een keer afgerond, aan het eind"


def goal_text(value: Exact | Money) -> str:
    """The value of a goal as a decimal string; money in euros with two decimals."""
    if isinstance(value, Money):
        return str(value)
    return plain(Decimal(steps(value)).scaleb(-DECIMALS))


def in_words(goal: str, value: Exact | Money) -> str:
    """The value of a goal as a Dutch reader writes it."""
    if isinstance(value, Money):
        return value.dutch()
    return counted(Decimal(goal_text(value)), UNITS[goal])


READ: Final = Decimal("0.001")
"""The finest part of a place or a point that a sentence tells; files keep every decimal."""


def counted(number: Decimal, unit: str) -> str:
    """A number of a unit that is not money, as a Dutch reader writes it, in at most three decimals.

    What is not zero is never told as zero.

    Example:
        >>> counted(Decimal("917.097879412"), "plaatsjaren"), counted(Decimal("0.0001"), "plaatsjaren")
        ('917,098 plaatsjaren', 'minder dan 0,001 plaatsjaren')
    """
    read = Decimal(round_half_away(number / READ)) * READ
    if number and not read:
        return f"minder dan {shown(READ)} {unit}"
    return f"{shown(read)} {ONE[unit] if number == 1 else unit}"


def reason(change: Change) -> str:
    """Why a decision of an approved plan was changed, in Dutch."""
    if change.botst:
        return f"Kan niet blijven: {'; '.join(change.botst)}."
    if not change.bekend:
        return "Niet uitgerekend: de tijd was op."
    if not change.doel:
        return "Kan ook blijven: geen enkel doel wordt dan slechter."
    now, kept = in_words(change.doel, change.waarde), in_words(change.doel, change.bij_behoud)
    doubt = "" if change.bewezen else " Niet alles hiervan is bewezen."
    return f"Blijft dit zoals het was, dan is {change.doel} {kept} in plaats van {now}.{doubt}"


def price(change: Change) -> str:
    """What keeping a decision would cost, in Dutch."""
    if change.botst:
        return "niet mogelijk"
    if not change.bekend:
        return "onbekend"
    if not change.doel:
        return "niets"
    return in_words(change.doel, _difference(change))


def _difference(change: Change) -> Exact | Money:
    now, kept = change.waarde, change.bij_behoud
    if isinstance(now, Money) and isinstance(kept, Money):
        return kept - now
    if isinstance(now, Money) or isinstance(kept, Money):
        raise TypeError(f"{change.doel} is an amount in one plan and a number in the other")
    return abs(Fraction(kept) - Fraction(now))
