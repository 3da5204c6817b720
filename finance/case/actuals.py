"""The declaration of what has happened: closed years, what was spent and started, proceeds of sales."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Annotated

from finance.calendar import days_of
from finance.case.columns import BOOKING, EURO, ID, LAG, QUANTITY, QUARTER, YEAR, choice, column
from finance.case.declaring import Row
from finance.case.words import COST_SORTS
from finance.money import Money
from finance.places import on_grid


class Actual(Row):
    """A row of `realisatie`: what a source paid of a cost line in a closed year; rows of a line add up.

    `bedrag` in nominal euros, below zero for a credit note or a correction. The line is that of a
    measure, or of a location and a zorgvorm.
    """

    bron: Annotated[str, ID] = column("De bron die heeft betaald.", ref="dekking")
    maatregel: Annotated[str, ID] = column(
        "De maatregel waarvoor is betaald; anders locatie en zorgvorm.", ref="maatregelen", default=""
    )
    locatie: Annotated[str, ID] = column("De locatie, bij exploitatie en leegstand.", ref="locaties", default="")
    zorgvorm: Annotated[str, ID] = column("De zorgvorm, bij exploitatie en leegstand.", ref="zorgvormen", default="")
    krediet: Annotated[str, ID] = column(
        "Het krediet, bij rente_en_aflossing.", ref="dekking", leeg="geen krediet", zelden=True, default=""
    )
    kostensoort: Annotated[str, choice("kostensoort", *COST_SORTS)] = column("De kostensoort.")
    jaar: Annotated[int, YEAR] = column("Het afgesloten jaar van de besteding.", in_case=True)
    bedrag: Annotated[Money, BOOKING] = column(
        "Betaald bedrag, in euro van dat jaar, met btw die niet terugkomt; rijen voor hetzelfde tellen op."
        " Een creditnota of correctie is negatief; samen zijn zij per bron en jaar 0 of meer."
    )
    herkomst: Annotated[str, ID] = column("Waar het vandaan komt.", ref="herkomst")


class Started(Row):
    """A row of `gestart`: a measure that has started, and in which closed year."""

    maatregel: Annotated[str, ID] = column("De maatregel die is gestart.", ref="maatregelen")
    jaar: Annotated[int, YEAR] = column("Het afgesloten jaar waarin zij begon.", in_case=True)
    herkomst: Annotated[str, ID] = column(
        "Waar het vandaan komt.", ref="herkomst", leeg="die van de maatregel", default=""
    )


class Proceeds(Row):
    """A row of `opbrengsten`: what a sale brings in for a pot, in nominal euros; rows add up."""

    maatregel: Annotated[str, ID] = column("De maatregel waaruit de opbrengst komt.", ref="maatregelen")
    na_jaren: Annotated[int, LAG] = column("Hoeveel jaren na de start het geld er is.")
    bedrag: Annotated[Money, EURO] = column("Opbrengst, in euro van het jaar waarin zij komt.")
    bron: Annotated[str, ID] = column("De bron van soort eigen of gemeente waarin de opbrengst vloeit.", ref="dekking")
    herkomst: Annotated[str, ID] = column("Waar het vandaan komt.", ref="herkomst")


class RealisedPlaces(Row):
    """A row of `realisatie_plaatsen`: what really happened at a location, or with a doelgroep, in a year or quarter."""

    doelgroep: Annotated[str, ID] = column(
        "De doelgroep die instroomde of zorg kreeg; anders locatie en zorgvorm.", ref="doelgroepen", default=""
    )
    locatie: Annotated[str, ID] = column("De locatie waar plaatsen bezet waren.", ref="locaties", default="")
    zorgvorm: Annotated[str, ID] = column("De zorgvorm van die plaatsen.", ref="zorgvormen", default="")
    jaar: Annotated[int, YEAR] = column("Het jaar.", in_case=True)
    kwartaal: Annotated[int | None, QUARTER] = column(
        "Het kwartaal, als de rij over een kwartaal gaat.", leeg="hele jaar", default=None
    )
    jeugdigen: Annotated[Decimal | None, QUANTITY] = column(
        "Van een doelgroep: hoeveel er in dat jaar of kwartaal instroomden (of nodig hadden, als de casus haar"
        " instroom niet geeft). Van een locatie: hoeveel er gemiddeld een plaats hadden.",
        leeg="volgt uit etmalen",
        default=None,
    )
    etmalen: Annotated[Decimal | None, QUANTITY] = column(
        "Etmalen waarin een plaats bezet was, van alle jeugdigen samen; gedeeld door de dagen van het jaar of"
        " kwartaal is dat de gemiddelde bezetting.",
        leeg="volgt uit jeugdigen",
        default=None,
    )
    herkomst: Annotated[str, ID] = column("Waar het vandaan komt.", ref="herkomst")

    @property
    def dagen(self) -> int:
        """The days that it is about."""
        return days_of(self.jaar, self.kwartaal)

    @property
    def deel(self) -> Fraction:
        """The part of its year that it is about."""
        return Fraction(self.dagen, days_of(self.jaar))

    @property
    def gemiddeld(self) -> Fraction:
        """The young people who were there on average, on the grid of places.

        Formula: etmalen / days of the year or quarter, where jeugdigen is empty.
        """
        if self.jeugdigen is not None:
            return on_grid(self.jeugdigen)
        return on_grid(Fraction(self.etmalen or 0) / self.dagen)
