"""The tariffs of a case: the rows of `tarief`, and the prices per place that follow from them.

A place costs F / n when it is empty and F / n + V when it is used, by the formula of the sheet `tarief`. The
parameters of the collective agreement and the occupancy are sourced; the others are assumed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from casusboek import Row, cents, d


@dataclass(frozen=True, slots=True)
class Tarief:
    """What differs from one tariff to another.

    Attributes:
        zorgvorm: the care form.
        groep: places per group.
        diensten: staff present in the morning, in the afternoon and at night.
    """

    zorgvorm: str
    groep: int
    diensten: tuple[Decimal, Decimal, Decimal]


DIENSTEN: Final[Mapping[int, tuple[Decimal, Decimal, Decimal]]] = {
    4: (d("1"), d("2"), d("1")),
    6: (d("1.5"), d("2"), d("1")),
    8: (d("2"), d("2"), d("1")),
    10: (d("2"), d("3"), d("1")),
}
"""Staff present in the morning, in the afternoon and at night, by group size (assumed)."""


@dataclass(frozen=True, slots=True)
class Tarieven:
    """The tariffs of a case, all of the price level.

    Attributes:
        jaar: the price level.
        maandloon: gross monthly pay in euros of that year (assumed).
        index: growth from the year of the pay to the price level.
        index_herkomst: where that comes from.
        soorten: the tariffs by name.
    """

    jaar: int
    maandloon: Decimal
    index: Decimal
    index_herkomst: str
    soorten: Mapping[str, Tarief]

    @property
    def vast(self) -> tuple[tuple[str, Decimal, str, str], ...]:
        """Parameter, waarde, eenheid and herkomst of what is the same for every tariff."""
        schaal = self.maandloon / d("3950")  # the amounts of 2025 at the level of the pay
        return (
            ("uren_betaald", d("1878"), "uur per fte per jaar", "TA-3"),
            ("uren_niet", d("460.86"), "uur per fte per jaar", "A-TARIEF"),
            ("bruto_maandloon", self.maandloon, "EUR per maand", "A-TARIEF"),
            ("vakantietoeslag", d("0.08"), "fractie", "TA-3"),
            ("eindejaarsuitkering", d("0.083"), "fractie", "A-TARIEF"),
            ("werkgeverslasten", d("0.25"), "fractie", "A-TARIEF"),
            ("ort_avond", d("0.25"), "fractie", "TA-3"),
            ("ort_nacht", d("0.45"), "fractie", "TA-3"),
            ("ort_weekend", d("0"), "EUR per groep per jaar", "A-TARIEF"),
            ("teamleiding", cents(d("34300") * schaal), "EUR per groep per jaar", "A-TARIEF"),
            ("behandeling_per_plaats", cents(d("22800") * schaal), "EUR per plaats per jaar", "A-TARIEF"),
            ("overig_per_plaats", cents(d("9500") * schaal), "EUR per plaats per jaar", "A-TARIEF"),
            ("overhead", d("0.2"), "fractie", "A-TARIEF"),
            ("risico", d("0.02"), "fractie", "A-TARIEF"),
            ("index", self.index, "fractie", self.index_herkomst),
            ("bezetting", d("0.9"), "fractie", "TA-4"),
            ("spuk_huisvesting", d("0"), "EUR per groep per jaar", "A-TARIEF"),
        )

    def rijen(self) -> Iterator[Row]:
        """The rows of `tarief`."""
        for naam, tarief in self.soorten.items():
            diensten = zip(("dienst_ochtend", "dienst_middag", "dienst_nacht"), tarief.diensten, strict=True)
            parameters = (
                *self.vast,
                *((parameter, waarde, "personen", "A-TARIEF") for parameter, waarde in diensten),
                ("huisvesting", huisvesting(tarief.groep), "EUR per groep per jaar", "A-TARIEF"),
            )
            for parameter in parameters:
                yield naam, tarief.zorgvorm, tarief.groep, self.jaar, *parameter

    def per_groep(self, naam: str) -> Fraction:
        """F: the fixed cost of a group, in euros a year."""
        p, tarief = self.parameters, self.soorten[naam]
        ochtend, middag, nacht = (Fraction(waarde) for waarde in tarief.diensten)
        fte = 365 * (8 * ochtend + 7 * middag + 9 * nacht) / (p["uren_betaald"] - p["uren_niet"])
        jaarloon, lasten = 12 * p["bruto_maandloon"], 1 + p["werkgeverslasten"]
        loon = fte * jaarloon * (1 + p["vakantietoeslag"] + p["eindejaarsuitkering"])
        toeslag = 365 * (3 * middag * p["ort_avond"] + 8 * nacht * p["ort_nacht"]) * jaarloon / p["uren_betaald"]
        vast = p["teamleiding"] + p["behandeling_per_plaats"] * tarief.groep
        personeel = ((loon + toeslag) * lasten + vast) * (1 + p["overhead"])
        return (personeel + Fraction(huisvesting(tarief.groep))) * (1 + p["index"]) * (1 + p["risico"])

    @property
    def per_bezet(self) -> Fraction:
        """V: what only a used place costs, in euros a year."""
        p = self.parameters
        return p["overig_per_plaats"] * (1 + p["overhead"]) * (1 + p["index"]) * (1 + p["risico"])

    @property
    def parameters(self) -> dict[str, Fraction]:
        """The parameters that every tariff shares, exact."""
        return {naam: Fraction(waarde) for naam, waarde, _, _ in self.vast}

    def leeg(self, naam: str) -> Fraction:
        """The price of an empty place a year: F / n."""
        return self.per_groep(naam) / self.soorten[naam].groep

    def bezet(self, naam: str) -> Fraction:
        """The price of a used place a year at the occupancy of the tariff: F / (n b) + V."""
        return self.leeg(naam) / self.parameters["bezetting"] + self.per_bezet

    def beschikbaar(self, naam: str) -> Fraction:
        """The price of an available place a year that comes to the same at that occupancy: F / n + b V."""
        return self.bezet(naam) * self.parameters["bezetting"]


def huisvesting(groep: int) -> Decimal:
    """Housing of a group in euros a year: a fixed sum and a sum per place (assumed)."""
    return d("40000") + d("12000") * groep


def groei(indexen: Sequence[Row], index: str, tot: int) -> Fraction:
    """Growth of an index from the price level to a year."""
    factor = Fraction(1)
    for naam, jaar, percentage, _ in indexen:
        if naam == index and isinstance(jaar, int) and isinstance(percentage, Decimal) and jaar <= tot:
            factor *= 1 + Fraction(percentage)
    return factor
