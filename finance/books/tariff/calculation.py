"""The sheet `rekenblad`: the whole calculation of each tariff, one row per tariff."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, TypeVar

from finance.books.confidential import CLOSED_STAFF, unguarded
from finance.books.index_chain import with_chain
from finance.books.quantities import GROUP, HOURS, PLACES, WAGE, Quantity
from finance.books.tariff.draft import Draft, Numbered
from finance.case.pricing import INDEX
from finance.tables import live
from finance.tables.columns import upright
from finance.tables.grid import Format, Value
from finance.tables.pages import Column, Page, Table
from finance.tariff.tariff import Tariff

R = TypeVar("R")

NEVER: Final = "nooit"


def cents(amount: str) -> str:
    """The template of an amount to the cent.

    The inner rounding takes away what a sum of doubles is off, so that a tie goes where the exact
    amount goes. Only prices are rounded: in the amounts of a year ties are common.
    """
    return f"ROUND(ROUND({amount},9),2)"


PRICE: Final[tuple[Quantity[Tariff], ...]] = (
    Quantity(
        "bezet",
        "Bezette plaatsen",
        "n b",
        "plaatsen",
        lambda t: t.groepsgrootte * t.bezetting,
        "[groep]*[bezetting]",
        Format.FACTOR,
    ),
    Quantity(
        "precies",
        "Kostprijs, niet afgerond",
        "p(b) = (F + V n b) / (365 n b)",
        "EUR per etmaal",
        lambda t: t.own_price,
        "([F]+[V]*[bezet])/({dagen}*[bezet])",
        Format.FACTOR,
        fte=True,
    ),
    Quantity(
        "prijs",
        "Prijs van een etmaal",
        "p(b), op de cent",
        "EUR per etmaal",
        lambda t: t.asked,
        cents("[precies]"),
        fte=True,
    ),
)
PER_PLACE: Final[tuple[Quantity[Tariff], ...]] = (
    Quantity(
        "negentig",
        "Prijs bij de referentiebezetting",
        "p(90%)",
        "EUR per etmaal",
        lambda t: t.reference_price,
        "([F]+[V]*[groep]*{referentie})/({dagen}*[groep]*{referentie})",
        fte=True,
    ),
    *PLACES,
)


def quantities(draft: Draft) -> tuple[Quantity[Tariff], ...]:
    """The quantities from hours to price, in the order in which they are computed."""
    if draft.salaries:
        return (*HOURS, *WAGE, *GROUP, *PRICE)
    after: tuple[Quantity[Tariff], ...] = (*GROUP, *PRICE)
    return (*CLOSED_STAFF, *(unguarded(item) for item in after if item.key != "pers"))


def per_place(draft: Draft) -> tuple[Quantity[Tariff], ...]:
    """The quantities of a place, beside the price."""
    return PER_PLACE if draft.salaries else tuple(unguarded(item) for item in PER_PLACE)


def page(draft: Draft) -> Page:
    """The sheet `rekenblad`."""
    return Page(
        "rekenblad",
        "Rekenblad",
        "De hele berekening van elk tarief, van links naar rechts: de parameters, de kosten en de prijs;"
        " daaronder wat elke stap aan de kosten van een groep bijdraagt.",
        (_table(draft), _step_table(draft)),
        tab="berekening",
    )


def _table(draft: Draft) -> Table[Numbered]:
    return Table(
        "reken",
        "Van parameters naar prijs",
        draft.tariffs,
        (
            live.number("nr", "Nr", "N([-nr])+1", Format.COUNT),
            live.text("naam", "Tarief", "INDEX([kop.naam],[nr])", 26),
            upright(live.number("groep", "Groepsgrootte (n)", "INDEX([kop.groep],[nr])", Format.COUNT)),
            *(_parameter(draft, name) for name in draft.parameters),
            *(calculated(item, lambda row: row.tariff) for item in (*quantities(draft), *per_place(draft))),
        ),
    )


def _step_table(draft: Draft) -> Table[Numbered]:
    return Table(
        "stap",
        "Wat elke stap bijdraagt",
        draft.tariffs,
        (
            live.number("nr", "Nr", "[reken.nr@]+0", Format.COUNT),
            live.text("naam", "Tarief", "[reken.naam@]", 26),
            *_steps(draft),
            *_running(draft),
        ),
        "Eerst in euro per groep per jaar bij de eigen bezetting, daarna opgeteld in euro per etmaal.",
    )


def _parameter(draft: Draft, name: str) -> Column[Numbered]:
    formula = "SUMIFS([invoer.waarde],[invoer.nr],[nr],[invoer.parameter],[^])"
    if name == INDEX and draft.case.tariff_indexes:
        formula = with_chain("COUNTIFS([invoer.nr],[nr],[invoer.parameter],[^])", formula, "INDEX([kop.jaar],[nr])")
    return upright(live.number(name, name, formula))


def calculated(item: Quantity[Tariff], tariff_of: Callable[[R], Tariff]) -> Column[R]:
    """The column of a quantity, in a table with a column for each parameter."""

    def value(row: R) -> Value:
        return item.shown(tariff_of(row))

    return upright(live.number(item.key, item.naam, item.guarded, item.fmt), 10)


CLIENT: Final = "[reken.overig_per_plaats@]*[reken.bezet@]"
BASE: Final = "SUM([s_{first}:s_spuk])"
STEP_FORMULAS: Final = {
    "personeel": "[reken.pers@]+0",
    "rooster": "[reken.fte@]*[reken.loon@]",
    "ort": "[reken.ort@]+0",
    "leiding": "[reken.teamleiding@]+0",
    "behandeling": "[reken.behandeling_per_plaats@]*[reken.groep@]",
    "overig": CLIENT,
    "overhead": "[reken.overhead@]*SUM([s_{first}:s_overig])",
    "huisvesting": "[reken.huisvesting@]+0",
    "spuk": "0-[reken.spuk_huisvesting@]",
    "index": f"[reken.index@]*{BASE}",
    "risico": f"[reken.risico@]*(1+[reken.index@])*{BASE}",
}


def _step_formula(draft: Draft, step: str) -> str:
    """The template of a step; what builds on the steps before it starts at the first one."""
    return STEP_FORMULAS[step].replace("{first}", next(iter(draft.steps)))


def _steps(draft: Draft) -> Iterator[Column[Numbered]]:
    """What each step adds to the cost of a group-year."""

    def added(step: str) -> Callable[[Numbered], Value]:
        return lambda row: row.tariff.steps[step]

    for step, (naam, _) in draft.steps.items():
        column = live.number(f"s_{step}", f"{naam} (jaar)", _step_formula(draft, step), Format.EURO)
        yield upright(column, 10)


def _running(draft: Draft) -> Iterator[Column[Numbered]]:
    """The running total of the steps per etmaal, unrounded."""
    before = ""
    for step, (naam, _) in draft.steps.items():
        added = f"[s_{step}]/({{dagen}}*[reken.bezet@])"
        formula = f"[{before}]+{added}" if before else added
        before = f"c_{step}"
        head = f"Tot en met {naam.lower()} (etmaal)"
        yield upright(live.number(before, head, formula, Format.FACTOR), 10)
