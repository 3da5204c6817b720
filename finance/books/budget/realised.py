"""The sheet `realisatie_plaatsen`: the places that were really used, beside those of the plan."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from finance.books.budget.draft import Draft
from finance.case.sheets import RealisedPlaces
from finance.places import on_grid
from finance.statement.realised import Beside, beside, planned
from finance.tables import live, pasted
from finance.tables.grid import Format
from finance.tables.pages import Block, Column, Figure, Page, Table

OF_YEAR: Final = "[werkelijk.jaar],[jaar]"
NEW_YEAR: Final = "DATE([jaar],1,1)"
NEXT: Final = "DATE([jaar]+1,1,1)"
FIRST: Final = f'IF([kwartaal]="",{NEW_YEAR},DATE([jaar],(N([kwartaal])-1)*{{maanden}}/{{kwartalen}}+1,1))'
"""The first day that a row is about."""
END: Final = f'IF([kwartaal]="",{NEXT},DATE([jaar],N([kwartaal])*{{maanden}}/{{kwartalen}}+1,1))'
"""The day after its last."""
AVERAGE: Final = 'ROUND(IF([jeugdigen]="",N([etmalen])/[dagen],N([jeugdigen])),9)'


@dataclass(frozen=True, slots=True)
class Realised:
    """A row of `realisatie_plaatsen` beside the plan.

    Attributes:
        nummer: its place among the rows of the input, from 1.
        rij: the row of the input.
        plan: the path that it stands beside: places that the plan uses, or young people.
        naast: what that is.
    """

    nummer: int
    rij: RealisedPlaces
    plan: Fraction
    naast: Beside

    @property
    def verschil(self) -> Fraction:
        """What there was beyond the plan; below zero for less."""
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
    return tuple(
        Realised(number, row, planned(draft.outcome, row), beside(draft.case, row))
        for number, row in enumerate(draft.case.realised_places, start=1)
    )


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
            " rekent hier niet mee: de opgave staat bij de vraag en de behoefte.",
            (*_of_places(draft, rows), *_of_groups(rows)),
        ),
    )


def _of_places(draft: Draft, rows: tuple[Realised, ...]) -> tuple[Block, ...]:
    used = tuple(row for row in rows if row.naast is Beside.USE)
    if not used:
        return ()
    chart = Figure(
        "Werkelijk en gepland", "plaatsjaren", "werkelijkjaar", "jaar", ("werkelijk",), ("plan",), stacked=False
    )
    return chart, _by_year(draft, used), _rows(used)


def _of_groups(rows: tuple[Realised, ...]) -> tuple[Block, ...]:
    of_groups = tuple(row for row in rows if row.naast is not Beside.USE)
    return (_people(of_groups),) if of_groups else ()


def _people(rows: tuple[Realised, ...]) -> Table[Realised]:
    def of_group(table: str, column: str) -> str:
        return f"SUMIFS([{table}.{column}],[{table}.doelgroep],[doelgroep],[{table}.jaar],[jaar])"

    entering = "COUNTIFS([instroom.doelgroep],[doelgroep],[instroom.jaar],[jaar])"
    kind = f'IF([jeugdigen]="","{Beside.CARE}",IF({entering}>0,"{Beside.INFLOW}","{Beside.NEED}"))'
    path = (
        f'IF([naast]="{Beside.INFLOW}",{of_group("instroom", "instroom")}*[dagen]/({NEXT}-{NEW_YEAR}),'
        f'IF([naast]="{Beside.CARE}",{of_group("opvang", "plaatsen")},{of_group("behoefte", "jeugdigen")}))'
    )
    return Table(
        "werkelijkdoelgroep",
        "Jeugdigen per doelgroep",
        rows,
        (
            _row_number(),
            live.text("doelgroep", "Doelgroep", "INDEX([realisatie_plaatsen.doelgroep],[rij])", 16),
            *_when(),
            live.text("naast", "Naast", kind),
            live.places("werkelijk", "Werkelijk", AVERAGE),
            live.places("plan", "Volgens casus of plan", f"ROUND({path},9)"),
            live.places("verschil", "Verschil", "ROUND([werkelijk]-[plan],9)"),
        ),
        "Naast instroom: hoeveel er instroomden in de dagen van de rij. Naast behoefte: hoeveel een plaats nodig"
        " hadden. Naast opvang: etmalen gedeeld door dagen, naast wie in dit plan een plaats heeft.",
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
    in_plan = (
        "SUMIFS([bezetting.bezet],[bezetting.locatie],[locatie],[bezetting.zorgvorm],[zorgvorm],"
        "[bezetting.jaar],[jaar])"
    )
    return Table(
        "werkelijk",
        "Per rij van de invoer",
        rows,
        (
            _row_number(),
            live.text("locatie", "Locatie", "INDEX([realisatie_plaatsen.locatie],[rij])", 16),
            live.text("zorgvorm", "Zorgvorm", "INDEX([realisatie_plaatsen.zorgvorm],[rij])", 16),
            *_when(),
            live.places("bezet", "Werkelijk bezet", AVERAGE),
            live.places("plan", "Bezet in het plan", in_plan),
            live.places("verschil", "Verschil", "ROUND([bezet]-[plan],9)"),
            live.places("jaren", "Werkelijk, plaatsjaren", f"[bezet]*[dagen]/({NEXT}-{NEW_YEAR})"),
            live.places("planjaren", "Plan, plaatsjaren", f"[plan]*[dagen]/({NEXT}-{NEW_YEAR})"),
        ),
    )


def _row_number() -> Column[Realised]:
    return pasted.row_number("rij", "Rij in de invoer", lambda row: row.nummer)


def _when() -> tuple[Column[Realised], ...]:
    """The year or quarter of a row, its days, and its number."""
    return (
        live.year("jaar", "Jaar", "INDEX([realisatie_plaatsen.jaar],[rij])"),
        live.number("kwartaal", "Kwartaal", _given("kwartaal")),
        live.number("dagen", "Dagen", f"{END}-{FIRST}", Format.COUNT),
        live.places("jeugdigen", "Jeugdigen", _given("jeugdigen")),
        live.number("etmalen", "Etmalen", _given("etmalen")),
    )


def _given(column: str) -> str:
    cell = f"INDEX([realisatie_plaatsen.{column}],[rij])"
    return f'IF({cell}="","",{cell})'
