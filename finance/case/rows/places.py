"""The rows that say who offers which places, and who needs them."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from finance.case.columns import COUNT, EURO, ID, QUANTITY, SHARE, SIZE, TEXT, YEAR, choice, column
from finance.case.declaring import Row
from finance.case.words import CLOSED_WORDS, HYBRID
from finance.money import Money


class Provider(Row):
    """A row of `aanbieders`."""

    aanbieder: Annotated[str, ID] = column("Korte naam van de aanbieder, waarnaar andere bladen verwijzen.")
    naam: Annotated[str, TEXT] = column("Naam zoals die in het plan staat.")
    gemeente: Annotated[str, TEXT] = column("Vestigingsgemeente.")
    liquide_middelen: Annotated[Money | None, EURO] = column(
        "Wat de aanbieder aan het begin van het eerste jaar kan voorschieten, voor 'spuk tarief'.",
        leeg="telt als nul",
        zelden=True,
        default=None,
    )
    rente: Annotated[Decimal, SHARE] = column(
        "Rente per jaar over wat de aanbieder tekort komt, als breuk.", zelden=True, default=Decimal(0)
    )
    herkomst: Annotated[str, ID] = column("Waar het vandaan komt.", ref="herkomst")


class Location(Row):
    """A row of `locaties`; `boekwaarde` in euros."""

    locatie: Annotated[str, ID] = column("Korte naam van de locatie, waarnaar andere bladen verwijzen.")
    aanbieder: Annotated[str, ID] = column("De aanbieder.", ref="aanbieders")
    naam: Annotated[str, TEXT] = column("Naam zoals die in het plan staat.")
    gemeente: Annotated[str, TEXT] = column("Gemeente waarin de locatie staat.")
    boekwaarde: Annotated[Money | None, EURO] = column("Boekwaarde van het gebouw, als die bekend is.", default=None)
    naam_bijlage2: Annotated[str, TEXT] = column(
        "Hoe bijlage 2 van de regeling van 2024 de locatie noemt, voor de aanvraag tot herziening"
        " ('spuk herziening'); 'niet genoemd' als zij er niet in staat.",
        leeg="onbekend",
        default="",
    )
    herkomst: Annotated[str, ID] = column("Waar het vandaan komt.", ref="herkomst")


class CareForm(Row):
    """A row of `zorgvormen`; occupancy as a share of places."""

    zorgvorm: Annotated[str, ID] = column("Korte naam van de zorgvorm, waarnaar andere bladen verwijzen.")
    naam: Annotated[str, TEXT] = column("Naam zoals die in het plan staat.")
    gesloten: Annotated[str, choice("gesloten", *CLOSED_WORDS)] = column(
        "Is dit gesloten jeugdhulp? hybride: een plaats voor jeugdigen met en zonder machtiging. De regel over"
        " gekoppelde sluiting kijkt hiernaar; hybride telt daar als gesloten, met de lezing hybride-is-open als open."
    )
    groepsgrootte: Annotated[int | None, SIZE] = column("Jeugdigen per groep.", default=None)
    bezetting_max: Annotated[Decimal, SHARE] = column(
        "Grootste deel van de plaatsen dat bezet kan zijn: 90% is 0,9.", default=Decimal(1)
    )
    aanloop_jaar1: Annotated[Decimal, SHARE] = column(
        "Deel van nieuwe plaatsen dat in hun eerste jaar bezet kan zijn.", default=Decimal(1)
    )
    herkomst: Annotated[str, ID] = column("Waar het vandaan komt.", ref="herkomst")

    @property
    def is_closed(self) -> bool:
        """Whether its places are closed youth care, hybrid ones included."""
        return self.gesloten != "nee"

    @property
    def is_hybrid(self) -> bool:
        """Whether its places are for young people with and without an authorisation."""
        return self.gesloten == HYBRID


class Places(Row):
    """A row of `plaatsen`; prices in euros per place-year at prijspeil."""

    locatie: Annotated[str, ID] = column("De locatie.", ref="locaties")
    zorgvorm: Annotated[str, ID] = column("De zorgvorm.", ref="zorgvormen")
    plaatsen: Annotated[int, COUNT] = column("Plaatsen aan het begin van het eerste jaar; 0 mag.")
    exploitatie_per_plaats: Annotated[Money | None, EURO] = column(
        "Kosten van een bezette plaats per jaar, op prijspeil.",
        present=True,
        leeg="uit het blad tarief",
        default=None,
    )
    leegstand_per_plaats: Annotated[Money | None, EURO] = column(
        "Kosten van een lege plaats per jaar, op prijspeil; niet meer dan die van een bezette.",
        present=True,
        leeg="uit het blad tarief",
        default=None,
    )
    index: Annotated[str, ID] = column(
        "Index waarmee deze prijzen stijgen.", ref="indexen", leeg="geen stijging", default=""
    )
    tarief: Annotated[str, ID] = column(
        "Het tarief waar een prijs uit komt die hier leeg is, als de zorgvorm er meer heeft.",
        leeg="het tarief van de zorgvorm",
        default="",
    )
    huisvesting_per_plaats: Annotated[Money | None, EURO] = column(
        "Het deel voor huisvesting in de kosten van een lege plaats per jaar, op prijspeil: meer betaalt"
        " een uitkering van 2024 niet van leegstand.",
        leeg="de hele leegstand_per_plaats",
        default=None,
    )
    herkomst: Annotated[str, ID] = column("Waar het vandaan komt.", ref="herkomst")


class Demand(Row):
    """A row of `vraag`: the places that young people need in a year, and the ceiling on places.

    `jeugdigen` is None where the case has doelgroepen, whose need is in other sheets.
    """

    zorgvorm: Annotated[str, ID] = column("De zorgvorm.", ref="zorgvormen")
    jaar: Annotated[int, YEAR] = column("Het jaar.", in_case=True)
    jeugdigen: Annotated[Decimal | None, QUANTITY] = column(
        "Aantal jeugdigen dat een plaats nodig heeft.", leeg="alleen bij doelgroepen: zie behoefte"
    )
    plafond: Annotated[Decimal | None, QUANTITY] = column(
        "Hoogste aantal plaatsen dat er mag zijn.", leeg="geen plafond", default=None
    )
    herkomst: Annotated[str, ID] = column("Waar het vandaan komt.", ref="herkomst")


class Ceiling(Demand):
    """A row of `vraag` in a case with doelgroepen: the ceiling on places alone."""

    jeugdigen: Annotated[Decimal | None, QUANTITY] = column(
        "Blijft leeg: de behoefte van doelgroepen staat in behoefte en instroom.", leeg="zie behoefte", default=None
    )


class Alternative(Row):
    """A row of `uitwijk`: who finds no place of one zorgvorm may use a place of another."""

    zorgvorm: Annotated[str, ID] = column("De zorgvorm die nodig is.", ref="zorgvormen")
    alternatief: Annotated[str, ID] = column("De zorgvorm die ook kan.", ref="zorgvormen")
