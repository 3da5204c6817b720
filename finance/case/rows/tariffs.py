"""The rows that say what a tariff is made of."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from finance.case.columns import ID, QUANTITY, SIZE, TEXT, YEAR, choice, column
from finance.case.declaring import Row
from finance.case.words import (
    TARIFF_PARAMETERS,
)


class TariffParameter(Row):
    """A row of `tarief`: one parameter of one tariff."""

    tarief: Annotated[str, ID] = column("Korte naam van het tarief.")
    zorgvorm: Annotated[str, ID] = column("De zorgvorm.", ref="zorgvormen")
    groepsgrootte: Annotated[int, SIZE] = column("Plaatsen per groep.")
    jaar: Annotated[int, YEAR] = column("Het jaar waarvoor het tarief geldt.")
    parameter: Annotated[str, choice("parameter", *TARIFF_PARAMETERS)] = column("De parameter.")
    waarde: Annotated[Decimal, QUANTITY] = column("De waarde, 0 of meer.")
    eenheid: Annotated[str, TEXT] = column("De eenheid.")
    herkomst: Annotated[str, ID] = column("Waar het vandaan komt.", ref="herkomst")
