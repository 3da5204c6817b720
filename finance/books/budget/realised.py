"""The sheet `realisatie_plaatsen`: the places that were really used, beside those of the plan."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from finance.books.budget.draft import Draft
from finance.case.sheets import RealisedPlaces
from finance.places import on_grid
from finance.tables import live
from finance.tables.grid import Format
from finance.tables.pages import Figure, Page, Table

OF_YEAR: Final = "[werkelijk.jaar],[jaar]"
NEW_YEAR: Final = "DATE([jaar],1,1)"
NEXT: Final = "DATE([jaar]+1,1,1)"
FIRST: Final = f'IF([kwartaal]="",{NEW_YEAR},DATE([jaar],(N([kwartaal])-1)*{{maanden}}/{{kwartalen}}+1,1))'
"""The first day that a row is about."""
END: Final = f'IF([kwartaal]="",{NEXT},DATE([jaar],N([kwartaal])*{{maanden}}/{{kwartalen}}+1,1))'
"""The day after its last."""


@dataclass(frozen=True, slots=True)
class Realised:
    """A row of `realisatie_plaatsen` beside the plan.

    Attributes:
        rij: the row of the input.
        plan: the places that the plan uses there, on average over the year.
    """

    rij: RealisedPlaces
    plan: Fraction

    @property
    def verschil(self) -> Fraction:
        """The places that were used beyond the plan; below zero for fewer."""
        return self.rij.gemiddeld - self.plan


@dataclass(frozen=True, slots=True)
class RealisedYear:
    """All rows of a year together, in place-years of the days that they are about."""

    jaar: int
    werkelijk: Fraction
    plan: Fraction

    @property
    def verschil(self) -> Fraction:
        """The place-years that were used beyond the plan; below zero for fewer."""
        return self.werkelijk - self.plan


def realised(draft: Draft) -> tuple[Realised, ...]:
    """Each row of `realisatie_plaatsen` beside the plan."""
    used = draft.outcome.used
    return tuple(Realised(row, used[(row.locatie, row.zorgvorm), row.jaar]) for row in draft.case.realised_places)


def pages(draft: Draft) -> tuple[Page, ...]:
    """The sheet `realisatie_plaatsen`; none where nothing is known of it."""
    rows = realised(draft)
    if not rows:
        return ()
    return (
        Page(
            "realisatie_plaatsen",
            "Werkelijk bezette plaatsen",
            "Hoeveel plaatsen er werkelijk bezet waren, naast hoeveel dit plan er in dat jaar gemiddeld bezet. Het plan"
            " rekent hier niet mee: de opgave staat op het blad vraag.",
            (
                Figure(
                    "Werkelijk en gepland",
                    "plaatsjaren",
                    "werkelijkjaar",
                    "jaar",
                    ("werkelijk",),
                    ("plan",),
                    stacked=False,
                ),
                _by_year(draft, rows),
                _rows(rows),
            ),
        ),
    )


def _by_year(draft: Draft, rows: tuple[Realised, ...]) -> Table[RealisedYear]:
    total: dict[int, list[Fraction]] = defaultdict(lambda: [Fraction(0), Fraction(0)])
    for row in rows:
        total[row.rij.jaar][0] += row.rij.gemiddeld * row.rij.deel
        total[row.rij.jaar][1] += row.plan * row.rij.deel
    return Table(
        "werkelijkjaar",
        "Per jaar, over de kwartalen die bekend zijn",
        [RealisedYear(year, *map(on_grid, total[year])) for year in draft.years],
        (
            live.year("jaar", "Jaar", "IF(N([-jaar])=0,{eerste_jaar},[-jaar]+1)"),
            live.places("werkelijk", "Werkelijk, plaatsjaren", f"ROUND(SUMIFS([werkelijk.jaren],{OF_YEAR}),9)"),
            live.places("plan", "Plan, plaatsjaren", f"ROUND(SUMIFS([werkelijk.planjaren],{OF_YEAR}),9)"),
            live.places("verschil", "Verschil", "ROUND([werkelijk]-[plan],9)"),
        ),
        ids=lambda row: (row.jaar,),
    )


def _rows(rows: tuple[Realised, ...]) -> Table[Realised]:
    planned = (
        "SUMIFS([bezetting.bezet],[bezetting.locatie],[locatie],[bezetting.zorgvorm],[zorgvorm],"
        "[bezetting.jaar],[jaar])"
    )
    return Table(
        "werkelijk",
        "Per rij van de invoer",
        rows,
        (
            live.text("locatie", "Locatie", "[realisatie_plaatsen.locatie@]", 16),
            live.text("zorgvorm", "Zorgvorm", "[realisatie_plaatsen.zorgvorm@]", 16),
            live.year("jaar", "Jaar", "[realisatie_plaatsen.jaar@]"),
            live.number("kwartaal", "Kwartaal", _given("kwartaal")),
            live.number("dagen", "Dagen", f"{END}-{FIRST}", Format.COUNT),
            live.places("jeugdigen", "Jeugdigen", _given("jeugdigen")),
            live.number("etmalen", "Etmalen", _given("etmalen")),
            live.places("bezet", "Werkelijk bezet", 'ROUND(IF([jeugdigen]="",N([etmalen])/[dagen],N([jeugdigen])),9)'),
            live.places("plan", "Bezet in het plan", planned),
            live.places("verschil", "Verschil", "ROUND([bezet]-[plan],9)"),
            live.places("jaren", "Werkelijk, plaatsjaren", f"[bezet]*[dagen]/({NEXT}-{NEW_YEAR})"),
            live.places("planjaren", "Plan, plaatsjaren", f"[plan]*[dagen]/({NEXT}-{NEW_YEAR})"),
        ),
    )


def _given(column: str) -> str:
    return f'IF([realisatie_plaatsen.{column}@]="","",[realisatie_plaatsen.{column}@])'
