"""The rows that say what can be done, what it does to the places, and what it costs."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Final

from finance.case.cells import MONTHS, CellError
from finance.case.columns import EURO, GROWTH, ID, LAG, MONTH, POINTS, SIGNED, TEXT, YEAR, YES, choice, column
from finance.case.declaring import Row
from finance.case.words import (
    CHOICES,
    MAY,
    MEASURE_SORTS,
    ONE_OFF_SORTS,
    PLACE_COSTS,
    REPAYMENT,
)
from finance.money import Money


class Measure(Row):
    """A row of `maatregelen`: one thing that can be done."""

    maatregel: Annotated[str, ID] = column("Korte naam van de maatregel, waarnaar andere bladen verwijzen.")
    project: Annotated[str, ID] = column("Van de maatregelen in één project wordt er hooguit één gekozen.")
    aanbieder: Annotated[str, ID] = column("De aanbieder die de maatregel uitvoert.", ref="aanbieders")
    locatie: Annotated[str, ID] = column("De locatie, als de maatregel er een heeft.", ref="locaties", default="")
    soort: Annotated[str, choice("soort", *MEASURE_SORTS)] = column(
        "Soort maatregel; alleen een naam, de regels kijken naar kostensoort en effecten."
    )
    omschrijving: Annotated[str, TEXT] = column("Wat er gebeurt, in enkele woorden.")
    vroegste_start: Annotated[int, YEAR] = column("Eerste jaar waarin kan worden begonnen.", in_case=True)
    laatste_start: Annotated[int, YEAR] = column("Laatste jaar waarin kan worden begonnen.", in_case=True)
    verplicht: Annotated[bool, YES] = column("Moet een maatregel van dit project worden gekozen?", default=False)
    keuze: Annotated[str, choice("keuze", *CHOICES)] = column(
        "Of deze maatregel moet, mag of niet mag worden gekozen; zo zet een scenario een eerder plan vast.",
        default=MAY,
        zelden=True,
    )
    vereist: Annotated[str, ID] = column(
        "Project dat in hetzelfde jaar of eerder begonnen moet zijn.", ref="project", default=""
    )
    wacht_op: Annotated[str, ID] = column(
        "Project waarvan de plaatsen er moeten zijn voordat dit begint.", ref="project", default=""
    )
    door_transitie: Annotated[bool, YES] = column("Komt de maatregel door de transitie? Een spuk kan dat eisen.")
    jeugdhulpplus: Annotated[bool, YES] = column("Is de maatregel voor jeugdhulp plus? Een spuk kan dat eisen.")
    waardering: Annotated[Decimal, POINTS] = column("Punten voor deze maatregel; meer is beter.", default=Decimal(0))
    herkomst: Annotated[str, ID] = column("Waar het vandaan komt.", ref="herkomst")


class Effect(Row):
    """A row of `effecten`: places that a measure adds or takes away, some years after its start."""

    maatregel: Annotated[str, ID] = column("De maatregel.", ref="maatregelen")
    locatie: Annotated[str, ID] = column("De locatie.", ref="locaties")
    zorgvorm: Annotated[str, ID] = column("De zorgvorm.", ref="zorgvormen")
    plaatsen: Annotated[int, SIGNED] = column("Verandering van het aantal plaatsen (min is eraf).")
    na_jaren: Annotated[int, LAG] = column("Hoeveel jaren na de start het ingaat.")
    maand: Annotated[int, MONTH] = column(
        "Het gaat in op de eerste van deze maand: in zijn eerste jaar telt het voor de maanden die er dan nog zijn.",
        default=1,
        zelden=True,
    )
    aanloop: Annotated[bool, YES] = column(
        "Zijn nieuwe plaatsen nieuw voor de jeugdigen? Bij nee (een ombouw waarin dezelfde jeugdigen blijven) is er"
        " geen aanloopjaar.",
        default=True,
        zelden=True,
    )

    @property
    def deel(self) -> Fraction:
        """The part of the year in which it takes effect for which it counts: (13 - maand) / 12."""
        return Fraction(MONTHS + 1 - self.maand, MONTHS)

    def in_force(self, start: int, year: int) -> Fraction:
        """For which part of a year it counts, where its measure starts in a year."""
        taken = start + self.na_jaren
        return Fraction(year > taken) if year != taken else self.deel

    def moment(self, start: int) -> tuple[int, int]:
        """The year and the month in which it takes effect, where its measure starts in a year."""
        return start + self.na_jaren, self.maand


_MADE_BY_MODEL: Final[dict[str, CellError]] = {
    sort: CellError(
        f"Kosten van de soort {sort} maakt het model zelf, uit plaatsen en hun prijs.",
        "Haal deze rij weg; de prijs staat in het blad plaatsen.",
    )
    for sort in PLACE_COSTS
}
_MADE_BY_MODEL[REPAYMENT] = CellError(
    "Rente en aflossing maakt het model zelf, uit een bron van soort krediet.",
    "Haal deze rij weg; zet het krediet met zijn rente in het blad dekking.",
)


class Cost(Row):
    """A row of `kosten`; `bedrag` in euros at prijspeil, VAT that cannot be reclaimed included."""

    maatregel: Annotated[str, ID] = column("De maatregel.", ref="maatregelen")
    kostensoort: Annotated[str, choice("kostensoort", *ONE_OFF_SORTS, refused=_MADE_BY_MODEL)] = column(
        "Kostensoort; de regels bepalen welke bron haar mag betalen."
    )
    na_jaren: Annotated[int, LAG] = column("Hoeveel jaren na de start de kosten vallen.")
    bedrag: Annotated[Money, EURO] = column("Bedrag op prijspeil, met btw die niet terugkomt.")
    index: Annotated[str, ID] = column(
        "Index waarmee dit bedrag stijgt.", ref="indexen", leeg="geen stijging", default=""
    )
    geactiveerd: Annotated[bool, YES] = column(
        "Wordt dit bedrag geactiveerd op de balans? Een uitkering van 2024 betaalt bij verbouwen en"
        " vervangende_nieuwbouw alleen wat niet wordt geactiveerd.",
        default=False,
    )
    herkomst: Annotated[str, ID] = column(
        "Waar het vandaan komt.", ref="herkomst", leeg="die van de maatregel", default=""
    )


class IndexYear(Row):
    """A row of `indexen`: the growth of one index in one year, as a fraction."""

    index: Annotated[str, ID] = column("Korte naam van de index, zoals ova of bouw.")
    jaar: Annotated[int, YEAR] = column("Het jaar.")
    percentage: Annotated[Decimal, GROWTH] = column(
        "Groei ten opzichte van het jaar ervoor, als breuk: 4,96% is 0,0496."
    )
    herkomst: Annotated[str, ID] = column("Waar het vandaan komt.", ref="herkomst")
