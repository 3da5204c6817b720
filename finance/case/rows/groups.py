"""The rows that say who needs care, where that can be given, and how many they are."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Annotated

from finance.case.cells import MONTHS
from finance.case.columns import ID, ORDER, QUANTITY, TEXT, YEAR, column
from finance.case.declaring import Row


class CareGroup(Row):
    """A row of `doelgroepen`: young people who need the same care."""

    doelgroep: Annotated[str, ID] = column("Korte naam van de doelgroep, waarnaar andere bladen verwijzen.")
    naam: Annotated[str, TEXT] = column("Naam zoals die in het plan staat, zoals: met machtiging.")
    herkomst: Annotated[str, ID] = column("Waar het vandaan komt.", ref="herkomst")


class Suitability(Row):
    """A row of `geschikt`: places where a doelgroep can be, and how well they suit."""

    doelgroep: Annotated[str, ID] = column("De doelgroep.", ref="doelgroepen")
    zorgvorm: Annotated[str, ID] = column("De zorgvorm die voor haar geschikt is.", ref="zorgvormen")
    locatie: Annotated[str, ID] = column(
        "Alleen de plaatsen op deze locatie; zij gaat voor een rij zonder locatie.",
        ref="locaties",
        leeg="op elke locatie",
        default="",
    )
    voorkeur: Annotated[int, ORDER] = column(
        "1: zo goed als het kan. 2 en hoger: telt als uitwijk, en 3 weegt niet zwaarder dan 2."
    )

    @property
    def diverts(self) -> bool:
        """Whether a place there counts as uitwijk."""
        return self.voorkeur > 1


class GroupNeed(Row):
    """A row of `behoefte`: how many of a doelgroep need a place in a year; rows add up."""

    doelgroep: Annotated[str, ID] = column("De doelgroep.", ref="doelgroepen")
    jaar: Annotated[int, YEAR] = column("Het jaar.", in_case=True)
    jeugdigen: Annotated[Decimal, QUANTITY] = column("Jeugdigen die tegelijk een plaats nodig hebben, gemiddeld.")
    groep: Annotated[str, TEXT] = column(
        "Een deel van de doelgroep, zoals regio, elders of AMV; de delen tellen op.",
        leeg="de hele doelgroep",
        default="",
    )
    herkomst: Annotated[str, ID] = column("Waar het vandaan komt.", ref="herkomst")


class Inflow(Row):
    """A row of `instroom`: how many of a doelgroep enter in a year, and how long they stay."""

    doelgroep: Annotated[str, ID] = column("De doelgroep.", ref="doelgroepen")
    jaar: Annotated[int, YEAR] = column("Het jaar.", in_case=True)
    instroom: Annotated[Decimal, QUANTITY] = column("Jeugdigen die in dat jaar instromen.")
    doorlooptijd_maanden: Annotated[Decimal, QUANTITY] = column(
        "Hoeveel maanden een jeugdige gemiddeld blijft: instroom maal doorlooptijd, gedeeld door 12, is hoeveel"
        " er tegelijk een plaats nodig hebben."
    )
    groep: Annotated[str, TEXT] = column(
        "Een deel van de doelgroep, zoals regio, elders of AMV; de delen tellen op.",
        leeg="de hele doelgroep",
        default="",
    )
    herkomst: Annotated[str, ID] = column("Waar het vandaan komt.", ref="herkomst")

    @property
    def nodig(self) -> Fraction:
        """The places that they need together, exact.

        Formula: instroom x doorlooptijd_maanden / 12.
        """
        return Fraction(self.instroom) * Fraction(self.doorlooptijd_maanden) / MONTHS
