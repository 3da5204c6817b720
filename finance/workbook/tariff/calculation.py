"""The sheet `rekenblad`: the whole calculation of each tariff, one row per tariff."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from typing import Final, TypeVar

from finance.tariff import DAYS, STEPS, WAGE_PER_FTE, Tariff
from finance.workbook.grid import Format, Value
from finance.workbook.proposal.columns import number, text
from finance.workbook.proposal.layout import Column, Page, Table
from finance.workbook.tariff.draft import Draft, Numbered

R = TypeVar("R")

CANNOT: Final = "kan niet"
"""What stands where an fte has no hours to work."""
NEVER: Final = "nooit"


def cents(amount: str) -> str:
    """The template of an amount to the cent.

    The inner rounding takes away what a sum of doubles is off, so that a tie goes where the exact
    amount goes. Only prices are rounded: in the amounts of a year ties are common.
    """
    return f"ROUND(ROUND({amount},9),2)"


@dataclass(frozen=True)
class Quantity:
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
    value: Callable[[Tariff], Value]
    formula: str
    fmt: Format = Format.EURO
    fte: bool = False

    @property
    def guarded(self) -> str:
        """The template, with a word where the quantity cannot be computed."""
        return f'IF([netto]>0,{self.formula},"{CANNOT}")' if self.fte else self.formula

    def shown(self, tariff: Tariff) -> Value:
        """The value, or a word where it cannot be computed."""
        return self.value(tariff) if tariff.can_work or not self.fte else CANNOT


HOURS: Final = (
    Quantity("netto", "Uren per fte", "netto = U - niet", "uur per jaar", lambda t: t.netto,
             "[uren_betaald]-[uren_niet]"),
    Quantity("uren", "Uren van het rooster", "uren = 365 (8 sA + 7 sB + 9 sN)", "uur per jaar",
             lambda t: t.hours,
             "{dagen}*({uren_ochtend}*[dienst_ochtend]+{uren_middag}*[dienst_middag]"
             "+{uren_nacht}*[dienst_nacht])"),
    Quantity("fte", "Fte per groep", "fte = uren / netto", "fte", lambda t: t.fte, "[uren]/[netto]",
             Format.FACTOR, fte=True),
)  # fmt: skip
OPEN_WAGE: Final = (
    Quantity("loon", "Loon per fte", "loon = 12 m (1 + h + j)(1 + w)", "EUR per jaar", lambda t: t.wage,
             "{maanden}*[bruto_maandloon]*(1+[vakantietoeslag]+[eindejaarsuitkering])*(1+[werkgeverslasten])"),
    Quantity("ort", "Onregelmatigheidstoeslag",
             "ORT = 365 (3 sB oe + 8 sN on)(12 m / U)(1 + w) + weekend", "EUR per jaar", lambda t: t.ort,
             "{dagen}*({ort_uren_avond}*[dienst_middag]*[ort_avond]"
             "+{ort_uren_nacht}*[dienst_nacht]*[ort_nacht])"
             "*({maanden}*[bruto_maandloon]/[uren_betaald])*(1+[werkgeverslasten])+[ort_weekend]"),
)  # fmt: skip
CLOSED_WAGE: Final = (
    Quantity("loon", "Loon per fte", "loon met toeslag voor avond en nacht", "EUR per jaar",
             lambda t: t.wage, f"[{WAGE_PER_FTE}]+0"),
    Quantity("ort", "Weekendtoeslag", "weekend", "EUR per jaar", lambda t: t.ort, "[ort_weekend]+0"),
)  # fmt: skip
COSTS: Final = (
    Quantity("pers", "Personeel", "pers = fte loon + ORT + L + B n", "EUR per groep per jaar",
             lambda t: t.pers, "[fte]*[loon]+[ort]+[teamleiding]+[behandeling_per_plaats]*[groep]", fte=True),
    Quantity("F", "Vaste kosten (F)", "F = (pers (1 + k) + H - S)(1 + i)(1 + g)", "EUR per groep per jaar",
             lambda t: t.fixed,
             "([pers]*(1+[overhead])+[huisvesting]-[spuk_huisvesting])*(1+[index])*(1+[risico])", fte=True),
    Quantity("V", "Per bezette plaats (V)", "V = c (1 + k)(1 + i)(1 + g)", "EUR per plaats per jaar",
             lambda t: t.variable, "[overig_per_plaats]*(1+[overhead])*(1+[index])*(1+[risico])"),
    Quantity("bezet", "Bezette plaatsen", "n b", "plaatsen",
             lambda t: t.groepsgrootte * t.bezetting, "[groep]*[bezetting]", Format.FACTOR),
    Quantity("precies", "Kostprijs, niet afgerond", "p(b) = (F + V n b) / (365 n b)", "EUR per etmaal",
             lambda t: t.own_price, "([F]+[V]*[bezet])/({dagen}*[bezet])", Format.FACTOR, fte=True),
    Quantity("prijs", "Prijs van een etmaal", "p(b), op de cent", "EUR per etmaal",
             lambda t: t.asked, cents("[precies]"), fte=True),
)  # fmt: skip
PLACES: Final = (
    Quantity("negentig", "Prijs bij de referentiebezetting", "p(90%)", "EUR per etmaal",
             lambda t: t.reference_price, "([F]+[V]*[groep]*{referentie})/({dagen}*[groep]*{referentie})",
             fte=True),
    Quantity("leeg", "Lege plaats", "F / n", "EUR per plaats per jaar",
             lambda t: t.leegstand_per_plaats, "[F]/[groep]", fte=True),
    Quantity("vol", "Bezette plaats", "F / n + V", "EUR per plaats per jaar",
             lambda t: t.exploitatie_per_plaats, "[leeg]+[V]", fte=True),
)  # fmt: skip


def quantities(draft: Draft) -> tuple[Quantity, ...]:
    """The quantities from hours to price, in the order in which they are computed."""
    return (*HOURS, *(OPEN_WAGE if draft.salaries else CLOSED_WAGE), *COSTS)


def page(draft: Draft) -> Page:
    """The sheet `rekenblad`."""
    return Page(
        "rekenblad",
        "Rekenblad",
        "De hele berekening van elk tarief, van links naar rechts: de parameters, de kosten, de prijs en wat"
        " elke stap aan de kosten van een groep bijdraagt.",
        (_table(draft),),
        tab="berekening",
    )


def _table(draft: Draft) -> Table[Numbered]:
    return Table(
        "reken",
        "",
        draft.tariffs,
        (
            number("nr", "Nr", lambda row: row.nr, "N([-nr])+1", Format.COUNT),
            text("naam", "Tarief", lambda row: row.naam, "INDEX([kop.naam],[nr])", 26),
            number("groep", "Groepsgrootte (n)", lambda row: row.tariff.groepsgrootte,
                   "INDEX([kop.groep],[nr])", Format.COUNT),
            *(_parameter(name) for name in draft.parameters),
            *(calculated(item, lambda row: row.tariff) for item in (*quantities(draft), *PLACES)),
            *_steps(),
            *_running(),
        ),
    )  # fmt: skip


def _parameter(name: str) -> Column[Numbered]:
    formula = "SUMIFS([invoer.waarde],[invoer.nr],[nr],[invoer.parameter],[^])"
    return number(name, name, lambda row: row.tariff.value(name), formula)


def calculated(item: Quantity, tariff_of: Callable[[R], Tariff]) -> Column[R]:
    """The column of a quantity, in a table with a column for each parameter."""
    return number(item.key, item.naam, lambda row: item.shown(tariff_of(row)), item.guarded, item.fmt)


CLIENT: Final = "[overig_per_plaats]*[bezet]"
BASE: Final = "SUM([s_rooster:s_spuk])"
STEP_FORMULAS: Final = {
    "rooster": "[fte]*[loon]",
    "ort": "[ort]+0",
    "leiding": "[teamleiding]+0",
    "behandeling": "[behandeling_per_plaats]*[groep]",
    "overig": CLIENT,
    "overhead": "[overhead]*SUM([s_rooster:s_overig])",
    "huisvesting": "[huisvesting]+0",
    "spuk": "0-[spuk_huisvesting]",
    "index": f"[index]*{BASE}",
    "risico": f"[risico]*(1+[index])*{BASE}",
}


def _steps() -> Iterator[Column[Numbered]]:
    """What each step adds to the cost of a group-year."""

    def added(step: str) -> Callable[[Numbered], Value]:
        return lambda row: row.tariff.steps[step]

    for step, (naam, _) in STEPS.items():
        yield number(f"s_{step}", f"{naam} (jaar)", added(step), STEP_FORMULAS[step], Format.EURO)


def _running() -> Iterator[Column[Numbered]]:
    """The running total of the steps per etmaal, unrounded."""

    def total(at: int) -> Callable[[Numbered], Value]:
        return lambda row: list(accumulate(row.tariff.steps.values()))[at] / _days(row.tariff)

    before = ""
    for at, (step, (naam, _)) in enumerate(STEPS.items()):
        added = f"[s_{step}]/({{dagen}}*[bezet])"
        formula = f"[{before}]+{added}" if before else added
        before = f"c_{step}"
        yield number(before, f"Tot en met {naam.lower()} (etmaal)", total(at), formula, Format.FACTOR)


def _days(tariff: Tariff) -> Fraction:
    return DAYS * tariff.groepsgrootte * tariff.bezetting
