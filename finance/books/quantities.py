"""The quantities of a cost price as formulas: from the hours of an fte to the cost of a place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Generic, TypeVar

from finance.case.cells import QUARTERS
from finance.case.cost_price import (
    AFTERNOON_HOURS,
    DAYS,
    EVENING_PAID_EXTRA,
    MONTHS,
    MORNING_HOURS,
    NIGHT_HOURS,
    NIGHT_PAID_EXTRA,
    CostPrice,
)
from finance.tables.grid import Format, Value

T_contra = TypeVar("T_contra", bound=CostPrice, contravariant=True)

CANNOT: Final = "kan niet"
"""What stands where an fte has no hours to work."""


@dataclass(frozen=True)
class Quantity(Generic[T_contra]):
    """One quantity of the calculation.

    Attributes:
        key: what formulas call it.
        naam: what it is called.
        uitleg: its formula in letters.
        eenheid: its unit.
        value: what Python makes of it.
        formula: the template of its formula.
        fmt: how it is shown.
        fte: whether it needs an fte with hours to work.
    """

    key: str
    naam: str
    uitleg: str
    eenheid: str
    value: Callable[[T_contra], Value]
    formula: str
    fmt: Format = Format.EURO
    fte: bool = False

    @property
    def guarded(self) -> str:
        """The template, with a word where the quantity cannot be computed."""
        return f'IF([netto]>0,{self.formula},"{CANNOT}")' if self.fte else self.formula

    def shown(self, tariff: T_contra) -> Value:
        """The value, or a word where it cannot be computed."""
        return self.value(tariff) if tariff.can_work or not self.fte else CANNOT


HOURS: Final[tuple[Quantity[CostPrice], ...]] = (
    Quantity(
        "netto", "Uren per fte", "netto = U - niet", "uur per jaar", lambda t: t.netto, "[uren_betaald]-[uren_niet]"
    ),
    Quantity(
        "uren",
        "Uren van het rooster",
        "uren = 365 (8 sA + 7 sB + 9 sN)",
        "uur per jaar",
        lambda t: t.hours,
        "{dagen}*({uren_ochtend}*[dienst_ochtend]+{uren_middag}*[dienst_middag]+{uren_nacht}*[dienst_nacht])",
    ),
    Quantity(
        "fte", "Fte per groep", "fte = uren / netto", "fte", lambda t: t.fte, "[uren]/[netto]", Format.FACTOR, fte=True
    ),
)
WAGE: Final[tuple[Quantity[CostPrice], ...]] = (
    Quantity(
        "loon",
        "Loon per fte",
        "loon = 12 m (1 + h + j)(1 + w)",
        "EUR per jaar",
        lambda t: t.wage,
        "{maanden}*[bruto_maandloon]*(1+[vakantietoeslag]+[eindejaarsuitkering])*(1+[werkgeverslasten])",
    ),
    Quantity(
        "ort",
        "Onregelmatigheidstoeslag",
        "ORT = 365 (3 sB oe + 8 sN on)(12 m / U)(1 + w) + weekend",
        "EUR per jaar",
        lambda t: t.ort,
        "{dagen}*({ort_uren_avond}*[dienst_middag]*[ort_avond]"
        "+{ort_uren_nacht}*[dienst_nacht]*[ort_nacht])"
        "*({maanden}*[bruto_maandloon]/[uren_betaald])*(1+[werkgeverslasten])+[ort_weekend]",
    ),
)
GROUP: Final[tuple[Quantity[CostPrice], ...]] = (
    Quantity(
        "pers",
        "Personeel",
        "pers = fte loon + ORT + L + B n",
        "EUR per groep per jaar",
        lambda t: t.pers,
        "[fte]*[loon]+[ort]+[teamleiding]+[behandeling_per_plaats]*[groep]",
        fte=True,
    ),
    Quantity(
        "F",
        "Vaste kosten (F)",
        "F = (pers (1 + k) + H - S)(1 + i)(1 + g)",
        "EUR per groep per jaar",
        lambda t: t.fixed,
        "([pers]*(1+[overhead])+[huisvesting]-[spuk_huisvesting])*(1+[index])*(1+[risico])",
        fte=True,
    ),
    Quantity(
        "V",
        "Per bezette plaats (V)",
        "V = c (1 + k)(1 + i)(1 + g)",
        "EUR per plaats per jaar",
        lambda t: t.variable,
        "[overig_per_plaats]*(1+[overhead])*(1+[index])*(1+[risico])",
    ),
)
PLACES: Final[tuple[Quantity[CostPrice], ...]] = (
    Quantity(
        "leeg",
        "Lege plaats",
        "F / n",
        "EUR per plaats per jaar",
        lambda t: t.leegstand_per_plaats,
        "[F]/[groep]",
        fte=True,
    ),
    Quantity(
        "vol",
        "Bezette plaats",
        "F / n + V",
        "EUR per plaats per jaar",
        lambda t: t.exploitatie_per_plaats,
        "[leeg]+[V]",
        fte=True,
    ),
)


@dataclass(frozen=True)
class Fixed:
    """A number of the formulas that no case changes.

    Attributes:
        naam: what formulas call it.
        wat: what it is.
        value: the number.
        eenheid: its unit.
        fmt: how it is shown.
        bron: where it comes from.
        sourced: whether that is a document, and not a choice.
    """

    naam: str
    wat: str
    value: int | Fraction
    eenheid: str
    fmt: Format
    bron: str
    sourced: bool


CAO: Final = "CAO Jeugdzorg, onregelmatigheidstoeslag"
ROSTER: Final = "indeling van het etmaal: 07-15, 15-22 en 22-07 uur"
CENT: Final = Fixed("cent", "een cent, in euro", Fraction(1, 100), "EUR", Format.EURO, "kalender", True)
QUARTERS_OF_YEAR: Final = Fixed(
    "kwartalen", "kwartalen in een jaar", QUARTERS, "kwartalen", Format.COUNT, "kalender", True
)
COST_FIXED: Final = (
    Fixed("dagen", "dagen in een jaar", DAYS, "dagen", Format.COUNT, "kalender", True),
    Fixed("maanden", "maanden in een jaar", MONTHS, "maanden", Format.COUNT, "kalender", True),
    Fixed("uren_ochtend", "lengte van de ochtenddienst", MORNING_HOURS, "uur", Format.COUNT, ROSTER, False),
    Fixed("uren_middag", "lengte van de middagdienst", AFTERNOON_HOURS, "uur", Format.COUNT, ROSTER, False),
    Fixed("uren_nacht", "lengte van de nachtdienst", NIGHT_HOURS, "uur", Format.COUNT, ROSTER, False),
    Fixed("ort_uren_avond", "uren met avondtoeslag (19-22 uur)", EVENING_PAID_EXTRA, "uur", Format.COUNT, CAO, True),
    Fixed("ort_uren_nacht", "uren met nachttoeslag (22-06 uur)", NIGHT_PAID_EXTRA, "uur", Format.COUNT, CAO, True),
)
"""The numbers of the formulas of a cost price, each with where it comes from."""
