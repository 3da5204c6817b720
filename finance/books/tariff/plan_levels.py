"""The sheet `rekenniveau`: the factor on every level at which a provider just ends at zero, exactly.

As every level is multiplied by one factor, the result of all years is a line with bends. The last bend
at which it is below zero is the start of the piece on which it crosses zero; there the crossing is a
division. Nothing is found by trial.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from finance.books.tariff.calculation import NEVER
from finance.books.tariff.draft import Draft
from finance.books.tariff.plan_deals import GROUP, Numbered, numbered_deals
from finance.books.tariff.plan_inputs import key_of
from finance.tables import live, pasted
from finance.tables.grid import Format
from finance.tables.pages import Page, Table
from finance.tariff.transition import Carried

ZERO_POINT: Final = "nul"
BELOW: Final = "onder"
ABOVE: Final = "boven"
SIDES: Final = {BELOW: 0, ABOVE: 1}
SAME: Final = "([betaal.groep]=[groep])"
OF_FORM: Final = "[betaal.groep],[groep]"
OF_POINT: Final = "[niveaupunt.groep],[groep]"
COSTS: Final = "SUMIFS([kostenjaar.kosten],[kostenjaar.aanbieder],[aanbieder])"


def page(draft: Draft) -> Page:
    """The sheet `rekenniveau`."""
    return Page(
        "rekenniveau",
        "Rekenblad: het niveau dat nodig is",
        "Maal welke factor moet elk niveau om over alle jaren samen precies op nul uit te komen? Het"
        " resultaat is een lijn met knikken: bij elke knik staat hier de uitkomst. Het stuk lijn na de"
        " laatste knik onder nul geeft de factor, zonder proberen.",
        (_needed(draft), _points(draft)),
        tab="berekening",
    )


def balance_at(factor: str) -> str:
    """The template of the result over all years at a factor on every level."""
    return (
        f"{factor}*SUMIFS([betaal.schaal],{OF_FORM})"
        f"+SUMPRODUCT({SAME}*([betaal.onder]>{factor})*([betaal.onder_vast]+[betaal.onder_helling]*{factor}))"
        f"+SUMPRODUCT({SAME}*([betaal.boven]<{factor})*([betaal.boven_vast]+[betaal.boven_helling]*{factor}))"
        f"-{COSTS}"
    )


@dataclass(frozen=True)
class _Point:
    """One factor at which the result of a provider under one form bends; zero comes last.

    Attributes:
        over: the provider and the form.
        deal: the deal that bends there; None for zero.
        kant: which of its two bends.
    """

    over: Carried
    deal: Numbered | None
    kant: str

    @property
    def factor(self) -> Fraction:
        """The factor."""
        return self.deal.deal.bends[SIDES[self.kant]].punt if self.deal else Fraction(0)

    @property
    def short(self) -> bool:
        """Whether the result is below zero."""
        return self.over.balance(self.factor) < 0

    @property
    def bound(self) -> Fraction:
        """The factor where the result is below zero; else 0."""
        return self.factor if self.short else Fraction(0)


def points_of(over: Carried, deals: tuple[Numbered, ...]) -> tuple[_Point, ...]:
    """The points of a provider under a form, zero last."""
    points: list[_Point] = []
    own = [row for row in deals if (row.deal.aanbieder, row.deal.vorm) == (over.aanbieder, over.vorm)]
    for row in own:
        points += [_Point(over, row, side) for side in SIDES]
    return (*points, _Point(over, None, ""))


def _points(draft: Draft) -> Table[tuple[_Point, Fraction]]:
    return Table(
        "niveaupunt",
        "De knikken",
        tuple(_running(draft)),
        (
            pasted.text(
                "aanbieder", "Aanbieder", lambda row: key_of(draft, "aanbieder", row[0].over.aanbieder), width=22
            ),
            pasted.text("vorm", "Vorm", lambda row: row[0].over.vorm, width=16),
            live.text("groep", "Aanbieder en vorm", GROUP, 26),
            pasted.text("regel", "Regel", lambda row: row[0].deal.regel if row[0].deal else ZERO_POINT),
            pasted.text("kant", "Kant", lambda row: row[0].kant),
            live.number(
                "factor",
                "Factor op het niveau",
                f'IF([regel]="{ZERO_POINT}",0,IF([kant]="{BELOW}",'
                "INDEX([betaal.onder],MATCH([regel],[betaal.regel],0)),"
                "INDEX([betaal.boven],MATCH([regel],[betaal.regel],0))))",
                Format.FACTOR,
            ),
            live.euro("uitkomst", "Resultaat over alle jaren", balance_at("[factor]"), total=False, width=18),
            live.number("tekort", "Onder nul", "IF(ROUND([uitkomst],6)<0,1,0)", Format.COUNT),
            live.number("grens", "Factor onder nul", "IF([tekort]=1,[factor],0)", Format.FACTOR),
            live.number(
                "hoogste", "Hoogste tot nu", f'MAX(IF([-regel]="{ZERO_POINT}",0,N([-hoogste])),[grens])', Format.FACTOR
            ),
        ),
    )


def _running(draft: Draft) -> Iterator[tuple[_Point, Fraction]]:
    """Every point with the highest factor below zero up to it."""
    deals = numbered_deals(draft)
    for over in draft.transition.carried:
        highest = Fraction(0)
        for point in points_of(over, deals):
            highest = max(highest, point.bound)
            yield point, highest


def _needed(draft: Draft) -> Table[Carried]:
    deals = numbered_deals(draft)

    def short(row: Carried) -> int:
        return sum(point.short for point in points_of(row, deals))

    def last(row: Carried) -> Fraction:
        return row.last_short or Fraction(0)

    slope = (
        f"SUMIFS([betaal.schaal],{OF_FORM})"
        f"+SUMPRODUCT({SAME}*([betaal.onder]>[grens])*[betaal.onder_helling])"
        f"+SUMPRODUCT({SAME}*([betaal.boven]<=[grens])*[betaal.boven_helling])"
    )
    return Table(
        "nodig",
        "De factor die nodig is",
        draft.transition.carried,
        (
            pasted.text("aanbieder", "Aanbieder", lambda row: key_of(draft, "aanbieder", row.aanbieder), width=22),
            pasted.text("vorm", "Vorm", lambda row: row.vorm, width=16),
            live.text("groep", "Aanbieder en vorm", GROUP, 26),
            live.number("tekort", "Knikken onder nul", f"SUMIFS([niveaupunt.tekort],{OF_POINT})", Format.COUNT),
            live.number(
                "grens",
                "Laatste knik onder nul",
                f'SUMIFS([niveaupunt.hoogste],{OF_POINT},[niveaupunt.regel],"{ZERO_POINT}")',
                Format.FACTOR,
            ),
            live.euro("uitkomst", "Resultaat daar", balance_at("[grens]"), total=False, width=18),
            live.euro("helling", "Helling daarna", slope, total=False, width=18),
            live.number(
                "factor",
                "Nodige factor",
                f'IF([tekort]=0,0,IF(ROUND([helling],6)<=0,"{NEVER}",[grens]-[uitkomst]/[helling]))',
                Format.FACTOR,
            ),
            live.number("bij", "Factor als getal", "N([factor])", Format.FACTOR),
            live.euro(
                "rest",
                "Resultaat bij die factor",
                f"IF(ISNUMBER([factor]),ROUND({balance_at('[bij]')},2),0)",
                total=False,
                width=18,
            ),
        ),
        f"'{NEVER}': geen niveau is genoeg. 0: bij elk niveau blijft het resultaat boven nul.",
    )
