"""The rows that say how what is paid is shared: by regions, and by providers."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from finance.case.columns import ID, SHARE, SMALL, TEXT, column
from finance.case.declaring import Row


class Region(Row):
    """A row of `regios`: the share of a region in what municipalities pay together."""

    regio: Annotated[str, ID] = column("Korte naam van de regio, zoals de jeugdregio in de afspraken heet.")
    naam: Annotated[str, TEXT] = column("De naam zoals een raad haar kent.")
    sleutel: Annotated[Decimal, SMALL] = column(
        "Het aandeel, als breuk of als aantal (jeugdigen, inwoners): elke regio draagt haar deel van alle sleutels."
    )
    herkomst: Annotated[str, ID] = column("Waar het vandaan komt.", ref="herkomst")


class AllocationKey(Row):
    """A row of `verdeelsleutel`: the share of a provider in a yearly source that is for all."""

    bron: Annotated[str, ID] = column("De jaarlijkse bron, die voor alle aanbieders samen is.", ref="dekking")
    aanbieder: Annotated[str, ID] = column("De aanbieder.", ref="aanbieders")
    aandeel: Annotated[Decimal, SHARE] = column("Zijn deel, als breuk; de aandelen in een bron zijn samen 1.")
    herkomst: Annotated[str, ID] = column("Waar het vandaan komt.", ref="herkomst")
