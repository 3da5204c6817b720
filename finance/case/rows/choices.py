"""The rows that say what is asked of a plan: goals, scenarios, and what is uncertain."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, ClassVar

from finance.case.columns import ANY, ID, ORDER, SHARE, TEXT, choice, column
from finance.case.declaring import Row
from finance.case.distributions import DISTRIBUTIONS
from finance.case.table import CellValue
from finance.case.words import (
    BURDEN,
    FLOOR,
    GOALS,
)


class Goal(Row):
    """A row of `doelen`: the place of a goal in the order, and how much it may be worsened later."""

    doel: Annotated[str, choice("doel", *GOALS, FLOOR, BURDEN)] = column("Het doel.")
    volgorde: Annotated[int, ORDER] = column("1 gaat voor 2, enzovoort.")
    speling: Annotated[Decimal, SHARE] = column(
        "Hoeveel latere doelen dit doel mogen verslechteren, als breuk.", default=Decimal(0)
    )


class ScenarioChange(Row):
    """A row of `scenarios`: one change; rows with the same name make one scenario.

    Attributes:
        blad: the sheet of the row.
        drawn: whether the value was drawn and not typed: it is then rounded as its cell asks, and may
            happen to change nothing.
    """

    blad: ClassVar[str] = "scenarios"
    drawn: ClassVar[bool] = False

    scenario: Annotated[str, TEXT] = column("Naam van het scenario.")
    omschrijving: Annotated[str, TEXT] = column("Wat er verandert.", default="")
    vanaf: Annotated[str, TEXT] = column(
        "Het scenario waar dit bij begint: eerst gelden de rijen daarvan, dan die van dit.", leeg="basis", default=""
    )
    doelblad: Annotated[str, TEXT] = column("Het blad waarin iets verandert.")
    kolom: Annotated[str, TEXT] = column("De kolom die verandert.")
    filter: Annotated[str, TEXT] = column(
        "Welke rijen: kolom=waarde, met ; tussen twee paren.", leeg="alle rijen", default=""
    )
    bewerking: Annotated[str, choice("bewerking", "zet", "maal", "plus")] = column(
        "Wat er met de cel gebeurt: een nieuwe waarde, vermenigvuldigen of optellen."
    )
    waarde: Annotated[CellValue, ANY] = column(
        "De nieuwe waarde, de factor of wat erbij komt; met zet maakt geen een cel leeg die leeg mag zijn."
    )


class Uncertainty(Row):
    """A row of `onzekerheid`: cells whose value is not known, and what it may be."""

    omschrijving: Annotated[str, TEXT] = column(
        "Wat er onzeker is, in enkele woorden; zo heet het in de uitkomst.",
        leeg="blad, kolom en filter",
        default="",
    )
    doelblad: Annotated[str, TEXT] = column("Het blad waarin iets onzeker is.")
    kolom: Annotated[str, TEXT] = column("De kolom die onzeker is.")
    filter: Annotated[str, TEXT] = column(
        "Welke rijen: kolom=waarde, met ; tussen twee paren.", leeg="alle rijen", default=""
    )
    bewerking: Annotated[str, choice("bewerking", "zet", "maal", "plus")] = column(
        "Wat er met de cel gebeurt: de getrokken waarde erin zetten, ermee vermenigvuldigen of optellen.",
        default="maal",
    )
    verdeling: Annotated[str, choice("verdeling", *DISTRIBUTIONS)] = column(
        "De verdeling waaruit de waarde wordt getrokken."
    )
    parameters: Annotated[str, TEXT] = column(
        "Getallen met ; ertussen. normaal: gemiddelde; standaardafwijking. driehoek: laagste; meest"
        " waarschijnlijke; hoogste. uniform: laagste; hoogste. lijst: de waarden, elk even waarschijnlijk."
    )
    correlatiegroep: Annotated[str, ID] = column(
        "Rijen met dezelfde groep zijn samen hoog en samen laag.", leeg="onafhankelijk", default=""
    )
    herkomst: Annotated[str, ID] = column("Waar het vandaan komt.", ref="herkomst")

    @property
    def naam(self) -> str:
        """What it is called in the outcome."""
        where = f"{self.doelblad} {self.kolom} {self.filter}".strip()
        return self.omschrijving or where
