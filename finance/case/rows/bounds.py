"""The rows that say how many places there may and must be together."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from finance.case.columns import ID, LIST, QUANTITY, TEXT, YEAR, column
from finance.case.declaring import Row


class PlaceBound(Row):
    """A row of `plaatsgrenzen`: the fewest and the most places of some zorgvormen together, in a year."""

    grens: Annotated[str, ID] = column("Korte naam van de grens; een rij per jaar waarin zij geldt.")
    zorgvormen: Annotated[tuple[str, ...], LIST] = column("De zorgvormen die samen tellen, met komma's ertussen.")
    aanbieder: Annotated[str, ID] = column(
        "Alleen plaatsen van deze aanbieder.", ref="aanbieders", leeg="van alle aanbieders", default=""
    )
    locatie: Annotated[str, ID] = column(
        "Alleen plaatsen op deze locatie.", ref="locaties", leeg="op alle locaties", default=""
    )
    gemeente: Annotated[str, TEXT] = column(
        "Alleen plaatsen op locaties in deze gemeente, zoals het blad locaties haar noemt.",
        leeg="in alle gemeenten",
        default="",
    )
    jaar: Annotated[int, YEAR] = column("Het jaar.", in_case=True)
    ondergrens: Annotated[Decimal | None, QUANTITY] = column(
        "Laagste aantal plaatsen, bezet of leeg; minder telt bij het doel onder_vloer.",
        leeg="geen ondergrens",
        default=None,
    )
    bovengrens: Annotated[Decimal | None, QUANTITY] = column(
        "Hoogste aantal plaatsen, bezet of leeg; meer telt bij het doel boven_plafond.",
        leeg="geen bovengrens",
        default=None,
    )
    herkomst: Annotated[str, ID] = column("Waar het vandaan komt.", ref="herkomst")
