"""Rules about the country as a whole: its landsdelen, its grants together, and the path of its places."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from finance.rules.base import RuleBase


class LandsdeelRule(RuleBase):
    """One landsdeel, and what a case may call it.

    Attributes:
        nummer: its place in the order of the annex.
        naam: its name.
        gemeente: the municipality that coordinates it now.
        eerder: the municipalities that coordinated a part of it under earlier regulations.
        ook: other names that surely mean it, or a part of it.
    """

    soort: Literal["landsdeel"]
    nummer: int
    naam: str
    gemeente: str
    eerder: tuple[str, ...] = ()
    ook: tuple[str, ...] = ()

    @property
    def subject(self) -> str:
        """One subject for each landsdeel."""
        return f"landsdeel {self.naam}"


class CountryRule(RuleBase):
    """What a case calls the whole country, of which the locations lie in several landsdelen."""

    soort: Literal["land"]
    namen: tuple[str, ...]

    @property
    def subject(self) -> str:
        """One subject."""
        return "land"


class BordersRule(RuleBase):
    """Which landsdelen have a border in common; each pair stands at one of the two."""

    soort: Literal["grenzen"]
    grenst: dict[str, tuple[str, ...]]

    @property
    def subject(self) -> str:
        """One subject."""
        return "grenzen"


class NationalGrantRule(RuleBase):
    """What there is of one grant for all municipalities together.

    Attributes:
        naam: what it is called.
        jaar: the year of its regulation.
        regeling: the regulation under which a case has it.
        plafond: the id of the rule that holds the national ceilings.
        delen: those of its parts that count.
    """

    soort: Literal["landelijke_uitkering"]
    naam: str
    jaar: int
    regeling: str
    plafond: str
    delen: tuple[str, ...]

    @property
    def subject(self) -> str:
        """One subject for each grant."""
        return f"landelijke uitkering {self.jaar}"


class CountRule(RuleBase):
    """Places and young people in the whole country on one day: counted, or the goal.

    Attributes:
        op: the day.
        plaatsen: places for closed youth care, hybrid ones included.
        jongeren: young people on them.
        hybride: how many of the places were hybrid; None where that is not known.
        doel: whether it is the goal, and nobody has counted it.
    """

    soort: Literal["landelijke_telling"]
    op: date
    plaatsen: Decimal
    jongeren: Decimal
    hybride: Decimal | None = None
    doel: bool = False

    @property
    def subject(self) -> str:
        """One subject for each day."""
        return f"landelijke telling {self.op}"
