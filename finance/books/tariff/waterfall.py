"""The sheet `waterval`: how the price of an etmaal is built up, step by step, a chart for each tariff."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from finance.books.tariff.draft import Draft, Numbered
from finance.money import ZERO, Money
from finance.tables import live, pasted
from finance.tables.grid import Format
from finance.tables.pages import Block, Column, Figure, Page, Table
from finance.tariff.tariff import ELEMENTS

PRICE: Final = "Prijs"
"""The last bar: the head of the column with the price, on the sheet with the steps."""
LESS: Final = "Eraf"
CHART_ROWS: Final = 26
CHART_WIDTH: Final = 1_300


@dataclass(frozen=True)
class _Bar:
    """One bar of a waterfall: a step that floats on the steps before it, or the price at the end.

    Attributes:
        of: the tariff.
        step: the step; empty for the price.
    """

    of: Numbered
    step: str

    @property
    def naam(self) -> str:
        """What it is called."""
        return self.of.tariff.step_names[self.step][0] if self.step else PRICE

    @property
    def element(self) -> str:
        """The element of the Besluit Jeugdwet that it belongs to; empty for the price."""
        return self.of.tariff.step_names[self.step][1] if self.step else ""

    @property
    def amount(self) -> Money:
        """What it adds."""
        return self.of.tariff.waterfall[self.step] if self.step else self.of.tariff.asked

    @cached_property
    def reached(self) -> Money:
        """The height that is reached with it."""
        steps = list(self.of.tariff.step_names)
        until = steps[: steps.index(self.step) + 1] if self.step else steps
        return Money.total(self.of.tariff.waterfall[step] for step in until)

    @property
    def floor(self) -> Money:
        """What it floats on: the lower of the heights before and after it."""
        return min(self.reached, self.reached - self.amount) if self.step else ZERO

    def added(self, element: str) -> Money:
        """What it adds to one element."""
        return max(self.amount, ZERO) if self.element == element else ZERO


def page(draft: Draft) -> Page:
    """The sheet `waterval`: a table and a chart for each tariff."""
    return Page(
        "waterval",
        "Van rooster tot prijs: de waterval",
        "Elke stap begint waar de vorige ophield, en de laatste staaf is de prijs van een etmaal. De kleuren"
        " zijn de vier elementen van het Besluit Jeugdwet (artikel 2.3; Stb. 2024, 69). De stappen tellen op"
        " de cent op tot de prijs.",
        tuple(block for row in draft.tariffs for block in _of_tariff(row)),
    )


def _of_tariff(row: Numbered) -> tuple[Block, Block]:
    name = f"val{row.nr}"
    bars = [_Bar(row, step) for step in (*row.tariff.step_names, "")]
    drawn = (*(f"e{at}" for at in range(len(ELEMENTS))), "eraf", "prijs")
    figure = Figure(
        f"Opbouw van de prijs van {row.naam}",
        "euro per etmaal",
        name,
        "naam",
        drawn,
        base="onder",
        depth=CHART_ROWS,
        width=CHART_WIDTH,
        labelled=True,
    )
    return Table(name, row.naam, bars, tuple(_columns(row)), as_data=f"val:{row.naam}"), figure


def _columns(row: Numbered) -> Iterator[Column[_Bar]]:
    before = "[reken.nr!]" if row.nr == 1 else f"[val{row.nr - 1}.nr!]+1"
    first = next(iter(row.tariff.step_names))
    yield pasted.text("naam", "Stap", lambda bar: bar.naam, width=32)
    yield pasted.text("element", "Element", lambda bar: bar.element, width=32)
    yield live.number("nr", "Nr", before, Format.COUNT)
    yield live.euro(
        "bedrag",
        "Bedrag",
        f"INDEX([waterval.{first}:prijs],[nr],MATCH([naam],[waterval.^{first}:prijs],0))",
        total=False,
    )
    yield live.euro("stand", "Tot en met", 'IF([element]="",N([-stand]),ROUND(N([-stand])+[bedrag],2))', total=False)
    yield live.euro("onder", "Zweeft op", 'IF([element]="",0,ROUND(MIN([stand],[stand]-[bedrag]),2))', total=False)
    for at, element in enumerate(ELEMENTS):
        yield _of_element(at, element)
    yield live.euro("eraf", LESS, 'IF([element]="",0,MAX(0-[bedrag],0))', total=False)
    yield live.euro("prijs", PRICE, 'IF([element]="",[stand],0)', total=False)


def _of_element(at: int, element: str) -> Column[_Bar]:
    return live.euro(f"e{at}", element, "IF([element]=[^],MAX([bedrag],0),0)", total=False, width=16)
