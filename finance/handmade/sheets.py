"""The one declaration of an allocation made by hand: every sheet, every column.

Its ids are those of the case that it belongs to; a reference names the sheet of the case.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Final

from finance.case.cells import CellError
from finance.case.columns import EURO, ID, QUANTITY, YEAR, Kind, choice, column
from finance.case.declaring import Row, SheetSpec
from finance.case.table import CellValue
from finance.case.words import COST_SORTS
from finance.money import Money
from finance.places import DECIMALS


def _read_places(value: CellValue) -> object:
    number = QUANTITY.read(value)
    if isinstance(number, Decimal) and number != round(number, DECIMALS):
        raise CellError(f"Het aantal heeft meer dan {DECIMALS} decimalen.", "Rond het af.")
    return number


PLACES: Final = Kind(f"getal, 0 of meer, hooguit {DECIMALS} decimalen", _read_places, getal=True)


class HandPayment(Row):
    """A row of `toewijzing`: what a source pays of a cost line; `bedrag` in nominal euros."""

    maatregel: Annotated[str, ID] = column(
        "De maatregel waarvan de kosten worden betaald.",
        ref="maatregelen",
        leeg="kosten van plaatsen",
        default="",
    )
    locatie: Annotated[str, ID] = column(
        "De locatie, bij exploitatie of leegstand.",
        ref="locaties",
        leeg="kosten van een maatregel",
        default="",
    )
    zorgvorm: Annotated[str, ID] = column(
        "De zorgvorm, bij exploitatie of leegstand.",
        ref="zorgvormen",
        leeg="kosten van een maatregel",
        default="",
    )
    krediet: Annotated[str, ID] = column(
        "Het krediet dat wordt afgelost, bij rente_en_aflossing.",
        ref="dekking",
        leeg="kosten van een maatregel of van plaatsen",
        default="",
    )
    kostensoort: Annotated[str, choice("kostensoort", *COST_SORTS)] = column("De kostensoort.")
    jaar: Annotated[int, YEAR] = column("Het jaar van de kosten.", in_case=True)
    bron: Annotated[str, ID] = column("De bron die betaalt.", ref="dekking")
    bedrag: Annotated[Money, EURO] = column(
        "Wat de bron betaalt, in euro van dat jaar. Rijen van dezelfde bron en kosten tellen op."
    )


class HandStart(Row):
    """A row of `gestart`: the start year of a measure."""

    maatregel: Annotated[str, ID] = column("De maatregel.", ref="maatregelen")
    jaar: Annotated[int, YEAR] = column("Het jaar waarin zij begint.", in_case=True)


class HandUse(Row):
    """A row of `bezet`: used places of a location and zorgvorm in a year."""

    locatie: Annotated[str, ID] = column("De locatie.", ref="locaties")
    zorgvorm: Annotated[str, ID] = column("De zorgvorm.", ref="zorgvormen")
    jaar: Annotated[int, YEAR] = column("Het jaar.", in_case=True)
    bezet: Annotated[Decimal, PLACES] = column("Bezette plaatsen, gemiddeld over het jaar.")


class HandDiversion(Row):
    """A row of `uitwijk`: young people on a place of another zorgvorm."""

    zorgvorm: Annotated[str, ID] = column("De zorgvorm die nodig is.", ref="zorgvormen")
    alternatief: Annotated[str, ID] = column("De zorgvorm die wordt gebruikt.", ref="zorgvormen")
    jaar: Annotated[int, YEAR] = column("Het jaar.", in_case=True)
    plaatsen: Annotated[Decimal, PLACES] = column("Plaatsen, gemiddeld over het jaar.")


class HandCare(Row):
    """A row of `opvang`: young people of a doelgroep who have a place."""

    doelgroep: Annotated[str, ID] = column("De doelgroep.", ref="doelgroepen")
    zorgvorm: Annotated[str, ID] = column("De zorgvorm van de plaatsen die zij gebruikt.", ref="zorgvormen")
    locatie: Annotated[str, ID] = column(
        "De locatie, als het blad geschikt van de casus die zorgvorm per locatie noemt.",
        ref="locaties",
        leeg="alle locaties samen",
        default="",
    )
    jaar: Annotated[int, YEAR] = column("Het jaar.", in_case=True)
    plaatsen: Annotated[Decimal, PLACES] = column("Plaatsen, gemiddeld over het jaar.")


PAID, STARTED, USED, DIVERTED, CARED = "toewijzing", "gestart", "bezet", "uitwijk", "opvang"

HAND_SHEETS: Final[Mapping[str, SheetSpec]] = {
    spec.naam: spec
    for spec in (
        SheetSpec(
            PAID,
            HandPayment,
            "Wie betaalt wat: een rij per betaling. Vul een maatregel in, of een locatie en een zorgvorm.",
        ),
        SheetSpec(
            STARTED,
            HandStart,
            "In welk jaar een maatregel begint. Wie hier niet staat en wel wordt betaald, begint in het jaar"
            " dat bij die betalingen past; wie hier niet staat en niet wordt betaald, begint niet.",
            optioneel=True,
            sleutel=("maatregel",),
        ),
        SheetSpec(
            USED,
            HandUse,
            "Hoeveel plaatsen bezet zijn. Wat hier niet staat, wordt gevuld zover de vraag en de plaatsen"
            " reiken: eerst de eigen vraag, op de locaties in de volgorde van het blad plaatsen; daarna wie"
            " uitwijkt, in de volgorde van het blad uitwijk van de casus.",
            optioneel=True,
            sleutel=("locatie", "zorgvorm", "jaar"),
        ),
        SheetSpec(
            DIVERTED,
            HandDiversion,
            "Wie een plaats van een andere zorgvorm gebruikt. Zonder rijen volgt het uit bezetting en vraag;"
            " met rijen is elke andere bezette plaats voor wie die zorgvorm zelf nodig heeft.",
            optioneel=True,
            sleutel=("zorgvorm", "alternatief", "jaar"),
        ),
        SheetSpec(
            CARED,
            HandCare,
            "Alleen bij een casus met doelgroepen: wie welke plaatsen gebruikt. Zonder rijen volgt het uit bezetting"
            " en behoefte: eerst waar een doelgroep met voorkeur 1 terechtkan, dan de rest van het blad geschikt.",
            optioneel=True,
            sleutel=("doelgroep", "zorgvorm", "locatie", "jaar"),
        ),
    )
}
"""Every sheet of an allocation made by hand, in the order of its template."""
