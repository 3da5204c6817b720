"""The rows that say what several measures use at once and is short."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from finance.case.columns import ID, LAG, SMALL, SMALL_SIGNED, YEAR, column
from finance.case.declaring import Row


class Resource(Row):
    """A row of `hulpbronnen`: how much there is of a resource in a year."""

    hulpbron: Annotated[str, ID] = column(
        "Korte naam van wat meer maatregelen tegelijk gebruiken en schaars is, zoals bouwers, projectleiders of"
        " tijdelijke huisvesting op een terrein."
    )
    jaar: Annotated[int, YEAR] = column("Het jaar.", in_case=True)
    beschikbaar: Annotated[Decimal, SMALL] = column("Hoeveel er dat jaar is, in een eenheid naar keuze.")
    herkomst: Annotated[str, ID] = column("Waar het vandaan komt.", ref="herkomst")


class Claim(Row):
    """A row of `beslag`: how much of a resource a measure uses some years after its start."""

    maatregel: Annotated[str, ID] = column("De maatregel.", ref="maatregelen")
    hulpbron: Annotated[str, ID] = column("De hulpbron.", ref="hulpbronnen")
    na_jaren: Annotated[int, LAG] = column("Hoeveel jaren na de start de maatregel haar gebruikt.")
    hoeveelheid: Annotated[Decimal, SMALL_SIGNED] = column(
        "Hoeveel zij dat jaar gebruikt, in dezelfde eenheid; onder nul: zoveel levert zij."
    )
