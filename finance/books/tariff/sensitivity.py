"""The sheets `gevoeligheid` and `rekengevoelig`: what each parameter does to the price."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Final

from finance.books.quantities import CANNOT
from finance.books.tariff.calculation import calculated, quantities
from finance.books.tariff.draft import UNITS, Draft, Numbered, format_of
from finance.money import ZERO, Money
from finance.tables import live, pasted
from finance.tables.columns import upright
from finance.tables.grid import Format, Value
from finance.tables.pages import Block, Column, Figure, Notes, Page, Table
from finance.tariff.tariff import STEP, Tariff

LOWER: Final = "lager"
HIGHER: Final = "hoger"
CHART_ROWS: Final = 30
DIRECTIONS: Final = {LOWER: 1 - STEP, HIGHER: 1 + STEP}


@dataclass(frozen=True)
class _Moved:
    """One tariff with one parameter moved."""

    of: Numbered
    parameter: str
    richting: str

    @property
    def factor(self) -> Fraction:
        """What the parameter is multiplied by."""
        return DIRECTIONS[self.richting]

    @cached_property
    def tariff(self) -> Tariff:
        """The tariff as it then is."""
        return self.of.tariff.changed(self.parameter, self.factor)

    @property
    def code(self) -> str:
        """What a lookup finds it by."""
        return f"{self.of.nr}|{self.parameter}|{self.richting}"


@dataclass(frozen=True)
class _Swing:
    """What one parameter does to the price of one tariff."""

    of: Numbered
    parameter: str

    @property
    def value(self) -> Fraction:
        """The parameter as it is given."""
        return self.of.tariff.value(self.parameter)

    def price(self, richting: str) -> Money | None:
        """The price with the parameter moved; None where it cannot be computed."""
        tariff = _Moved(self.of, self.parameter, richting).tariff
        return tariff.asked if tariff.can_work else None

    def effect(self, richting: str) -> Money | None:
        """What the move adds to the price."""
        price = self.price(richting)
        return None if price is None else price - self.of.tariff.asked

    @cached_property
    def spread(self) -> int:
        """The larger of the two effects, in cents; one that cannot be computed goes first."""
        effects = [self.effect(richting) for richting in DIRECTIONS]
        if None in effects:
            return 10**12
        return max(abs((effect or ZERO).cents) for effect in effects)


def page(draft: Draft) -> Page:
    """The sheet `gevoeligheid`: a table and a chart for each tariff."""
    blocks: list[Block] = [block for row in draft.tariffs for block in _of_tariff(draft, row)]
    if not draft.salaries:
        blocks.insert(
            0,
            Notes(
                "",
                (
                    "Het personeel is hier één bedrag per fte. Wat rooster, uren, loon en toeslagen elk met de prijs"
                    " doen, staat alleen in de werkmap met salarissen.",
                ),
            ),
        )
    return Page(
        "gevoeligheid",
        "Gevoeligheid van de prijs",
        "Wat de prijs van een etmaal doet als een parameter 10% lager of hoger is en al het andere gelijk"
        " blijft. De zwaarste parameter staat boven. De uitslag zelf staat op het blad uitgangspunten.",
        tuple(blocks),
    )


def _of_tariff(draft: Draft, row: Numbered) -> tuple[Block, Block]:
    swings = sorted((_Swing(row, name) for name in draft.parameters), key=lambda swing: -swing.spread)
    name = f"uitslag{row.nr}"
    figure = Figure(
        f"Wat de prijs van {row.naam} doet als een parameter 10% lager of hoger is",
        "verschil in euro per etmaal",
        name,
        "parameter",
        ("min", "plus"),
        stacked=False,
        flat=True,
        depth=CHART_ROWS,
    )
    return Table(name, row.naam, swings, tuple(_columns(draft, row)), as_data=f"uitslag:{row.naam}"), figure


def _columns(draft: Draft, row: Numbered) -> Iterator[Column[_Swing]]:
    first, *_, last = draft.parameters
    before = "[reken.nr!]" if row.nr == 1 else f"[uitslag{row.nr - 1}.nr!]+1"
    yield pasted.text("parameter", "Parameter", lambda swing: swing.parameter, width=32)
    yield pasted.text("letter", "Letter", lambda swing: UNITS[swing.parameter][0])
    yield live.number("nr", "Nr", before, Format.COUNT)
    yield live.column(
        "waarde",
        "Waarde",
        f"INDEX([reken.{first}:{last}],[nr],MATCH([parameter],[reken.^{first}:{last}],0))",
        lambda swing: format_of(swing.parameter, swing.value),
    )
    yield live.euro("prijs", "Prijs", "INDEX([reken.prijs],[nr])", total=False)
    for key, richting in (("laag", LOWER), ("hoog", HIGHER)):
        yield live.euro(
            f"prijs_{key}",
            f"Prijs, {richting}",
            f'INDEX([gevoelig.prijs],MATCH([nr]&"|"&[parameter]&"|{richting}",[gevoelig.code],0))',
            total=False,
        )
    for key, which, richting in (("min", "laag", LOWER), ("plus", "hoog", HIGHER)):
        yield live.euro(
            key,
            f"Effect, {richting}",
            f'IF(ISNUMBER([prijs_{which}]),ROUND([prijs_{which}]-[prijs],2),"{CANNOT}")',
            total=False,
        )


def _price(richting: str) -> Callable[[_Swing], Value]:
    return lambda swing: swing.price(richting) or CANNOT


def calculation_page(draft: Draft) -> Page:
    """The sheet `rekengevoelig`: the whole calculation again for each parameter that is moved."""
    return Page(
        "rekengevoelig",
        "Rekenblad van de gevoeligheid",
        "De hele berekening opnieuw, telkens met één parameter lager of hoger. Een bezetting blijft ten hoogste 100%.",
        (_moves(draft),),
        tab="berekening",
    )


def _moves(draft: Draft) -> Table[_Moved]:
    rows = [_Moved(of, name, richting) for of in draft.tariffs for name in draft.parameters for richting in DIRECTIONS]
    first = "AND([parameter]=[gevoelig.parameter!],[richting]=[gevoelig.richting!])"
    return Table(
        "gevoelig",
        "",
        rows,
        (
            live.number("nr", "Nr", f"N([-nr])+IF({first},1,0)", Format.COUNT),
            pasted.text("parameter", "Parameter", lambda row: row.parameter, width=22),
            pasted.text("richting", "Richting", lambda row: row.richting),
            live.text("code", "Code", '[nr]&"|"&[parameter]&"|"&[richting]', 26),
            live.number("factor", "Factor", f'IF([richting]="{LOWER}",1-{{stap}},1+{{stap}})', Format.PERCENT),
            upright(live.number("groep", "Groepsgrootte (n)", "INDEX([reken.groep],[nr])", Format.COUNT)),
            *(_parameter(name) for name in draft.parameters),
            *(calculated(item, lambda row: row.tariff) for item in quantities(draft)),
        ),
    )


def _parameter(name: str) -> Column[_Moved]:
    moved = f"INDEX([reken.{name}],[nr])*IF([parameter]=[^],[factor],1)"
    formula = f"MIN(1,{moved})" if name == "bezetting" else moved
    return upright(live.number(name, name, formula))
