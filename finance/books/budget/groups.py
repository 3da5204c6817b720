"""Who needs care and who is where, in a case with doelgroepen: tables of `capaciteit` and its calculation sheet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from finance.books.budget.draft import Draft
from finance.books.budget.rows import DemandRow, PlaceRow
from finance.books.origins import decided, traced
from finance.case.care import Pool
from finance.case.sheets import CareGroup, Inflow, Suitability
from finance.tables import live, pasted
from finance.tables.grid import Format
from finance.tables.pages import Block, Column, Figure, Table

YEARS: Final = "IF(OR(N([-jaar])=0,[-jaar]={laatste_jaar}),{eerste_jaar},[-jaar]+1)"
"""The years of the case, over and over; above the first row stands a head, which counts as 0."""
NEXT_GROUP: Final = "IF(N([-nr])=0,1,IF([jaar]={eerste_jaar},[-nr]+1,[-nr]))"
SHORTAGE: Final = "[doelgroepjaar.tekort=]"
"""The total of young people without a place."""
GOALS: Final = {
    "tekort_plaatsen": "ROUND(SUM([doelgroepjaar.tekort]),9)",
    "uitwijk": "ROUND(SUM([opvang.uitwijk]),9)",
    "boven_plafond": "ROUND(SUM([plafondjaar.boven]),9)",
}
"""The live formulas of the goals that count young people and ceilings."""
ALL_NEED: Final = (
    "SUMIFS([behoefte.jeugdigen],[behoefte.jaar],[jaar])+SUMIFS([instroomrij.plaatsen],[instroomrij.jaar],[jaar])"
)
"""The need of all doelgroepen in a year."""
OF_GROUP: Final = "doelgroep],[doelgroep],[{0}.jaar],[jaar]"


@dataclass(frozen=True, slots=True)
class GroupYear:
    """A doelgroep in a year.

    Attributes:
        doelgroep: the row of the input.
        jaar: the calendar year.
        nodig: the places that it needs, on the grid of places.
        goed: those of it in a place that is no uitwijk.
        uitwijk: those of it in a place that is.
        tekort: those without a place.
    """

    doelgroep: CareGroup
    jaar: int
    nodig: Fraction
    goed: Fraction
    uitwijk: Fraction
    tekort: Fraction


@dataclass(frozen=True, slots=True)
class CaredYear:
    """A doelgroep in the places of one pool, in one year.

    Attributes:
        doelgroep: the doelgroep.
        pool: the pool; its location is empty for all locations.
        jaar: the calendar year.
        voorkeur: how well it suits: 0 for not at all.
        plaatsen: how many of the doelgroep are there.
    """

    doelgroep: str
    pool: Pool
    jaar: int
    voorkeur: int
    plaatsen: Decimal

    @property
    def goed(self) -> Decimal:
        """How many are there without uitwijk."""
        return self.plaatsen if self.voorkeur <= 1 else Decimal(0)

    @property
    def uitwijk(self) -> Decimal:
        """How many are there by uitwijk."""
        return self.plaatsen - self.goed

    @property
    def ongeschikt(self) -> int:
        """Whether somebody is there whom the places do not suit."""
        return int(self.plaatsen != 0 and self.voorkeur == 0)


@dataclass(frozen=True, slots=True)
class PoolYear:
    """The places of a pool in a year, and how many of them are used by whom they suit."""

    pool: Pool
    jaar: int
    plaatsen: Fraction
    bezet: Fraction
    opgevangen: Fraction

    @property
    def verschil(self) -> Fraction:
        """The used places that nobody has; below zero for young people without a used place."""
        return self.bezet - self.opgevangen


def group_years(draft: Draft) -> tuple[GroupYear, ...]:
    """Each doelgroep in each year, in the order of the input."""
    care, outcome = draft.case.care, draft.outcome
    good: dict[tuple[str, int], Fraction] = defaultdict(Fraction)
    away: dict[tuple[str, int], Fraction] = defaultdict(Fraction)
    for (who, pool, year), number in draft.plan.allocation.served.items():
        (away if care.diverts(who, pool) else good)[who, year] += Fraction(number)
    return tuple(
        GroupYear(row, year, care.need[at], good[at], away[at], outcome.short[at])
        for row in draft.case.care_groups
        for year in draft.years
        for at in ((row.doelgroep, year),)
    )


def cared_years(draft: Draft) -> tuple[CaredYear, ...]:
    """Each doelgroep in each pool that suits it, and in each where it is; in each year."""
    return tuple(_cared(draft))


def _cared(draft: Draft) -> Iterator[CaredYear]:
    care, served = draft.case.care, draft.plan.allocation.served
    pairs = [(row.doelgroep, pool) for row in draft.case.care_groups for pool in care.pools_for.get(row.doelgroep, ())]
    for who, name in dict.fromkeys((*pairs, *((who, pool) for who, pool, _ in sorted(served)))):
        for year in draft.years:
            number = served.get((who, name, year), Decimal(0))
            yield CaredYear(who, care.pools.get(name, Pool(name, name)), year, care.ranks.get((who, name), 0), number)


def pool_years(draft: Draft) -> tuple[PoolYear, ...]:
    """Each pool in each year."""
    care, outcome = draft.case.care, draft.outcome
    there: dict[tuple[str, int], Fraction] = defaultdict(Fraction)
    used: dict[tuple[str, int], Fraction] = defaultdict(Fraction)
    for (key, year), places in outcome.places.items():
        there[care.pool_of[key], year] += places
        used[care.pool_of[key], year] += outcome.used[key, year]
    cared: dict[tuple[str, int], Fraction] = defaultdict(Fraction)
    for (_, pool, year), number in draft.plan.allocation.served.items():
        cared[pool, year] += Fraction(number)
    return tuple(
        PoolYear(pool, year, there[at], used[at], cared[at])
        for name, pool in care.pools.items()
        for year in draft.years
        for at in ((name, year),)
    )


def blocks(draft: Draft) -> tuple[Block, ...]:
    """What `capaciteit` shows of doelgroepen, before its table of places."""
    limited = any(row.plafond is not None for row in draft.case.demand)
    ceilings = (_ceilings(draft),) if limited else ()
    return (_groups(draft), _cared_table(draft), _pools(draft), *ceilings)


def in_short(draft: Draft, depth: int) -> tuple[Table[int], Figure]:
    """All doelgroepen together by year, as a table and a chart.

    Args:
        draft: the material of the budget.
        depth: how many rows the chart covers.
    """
    chart = Figure(
        "Wie een plaats heeft",
        "plaatsen",
        "opvangjaar",
        "jaar",
        ("goed", "uitwijk", "tekort"),
        ("nodig",),
        stacked=True,
        red=("tekort",),
        depth=depth,
    )
    return _years(draft), chart


def _years(draft: Draft) -> Table[int]:
    def total(column: str) -> str:
        return f"ROUND(SUMIFS([doelgroepjaar.{column}],[doelgroepjaar.jaar],[jaar]),9)"

    return Table(
        "opvangjaar",
        "Alle doelgroepen samen",
        draft.years,
        (
            live.year("jaar", "Jaar", "IF(N([-jaar])=0,{eerste_jaar},[-jaar]+1)", 26),
            live.places("nodig", "Nodig", total("nodig")),
            live.places("goed", "Op een plaats die past", total("goed")),
            live.places("uitwijk", "Uitwijk", total("uitwijk")),
            live.places("tekort", "Tekort", total("tekort")),
        ),
        ids=lambda year: (year,),
    )


def _groups(draft: Draft) -> Table[GroupYear]:
    def summed(table: str, column: str) -> str:
        return f"SUMIFS([{table}.{column}],[{table}.{OF_GROUP.format(table)})"

    return Table(
        "doelgroepjaar",
        "Wie zorg nodig heeft, en wie een plaats heeft",
        group_years(draft),
        (
            live.text("doelgroep", "Doelgroep", "INDEX([doelgroepen.doelgroep],[nr])", 16),
            live.year("jaar", "Jaar", YEARS),
            live.places("behoefte", "Behoefte", summed("behoefte", "jeugdigen")),
            live.places("instroom", "Uit instroom", summed("instroomrij", "plaatsen")),
            live.places("nodig", "Nodig", "ROUND([behoefte]+[instroom],9)", total=True),
            live.places("goed", "Op een plaats die past", f"ROUND({summed('opvang', 'goed')},9)", total=True),
            live.places("uitwijk", "Uitwijk", f"ROUND({summed('opvang', 'uitwijk')},9)", total=True),
            live.places("tekort", "Tekort", "ROUND([nodig]-[goed]-[uitwijk],9)", total=True),
            live.number("nr", "Nr", NEXT_GROUP, Format.COUNT),
        ),
        "Nodig = behoefte + instroom x doorlooptijd / 12, in plaatsen over een heel jaar; wie geen plaats heeft die"
        " past en niet uitwijkt, telt als tekort.",
        ids=lambda row: (row.doelgroep.doelgroep, row.jaar),
    )


def _cared_table(draft: Draft) -> Table[CaredYear]:
    of_all, of_one = ('MATCH([doelgroep]&"|"&[zorgvorm]&"|"' + tail for tail in ("", "&[locatie]"))
    row = f"IFERROR({of_one},[geschiktrij.sleutel],0),{of_all},[geschiktrij.sleutel],0))"
    return Table(
        "opvang",
        "Wie waar is",
        cared_years(draft),
        (
            pasted.text("doelgroep", "Doelgroep", lambda row: draft.name("doelgroep", row.doelgroep), width=16),
            pasted.text("zorgvorm", "Zorgvorm", lambda row: draft.name("zorgvorm", row.pool.zorgvorm), width=16),
            pasted.text("locatie", "Locatie", lambda row: draft.name("locatie", row.pool.locatie)),
            live.year("jaar", "Jaar", YEARS),
            live.number("voorkeur", "Voorkeur", f"IFERROR(INDEX([geschikt.voorkeur],{row}),0)", Format.COUNT),
            traced(
                pasted.decision("plaatsen", "Plaatsen", lambda row: row.plaatsen, Format.PLACES, total=True),
                lambda _: decided("wie welke plaats gebruikt"),
            ),
            live.places("goed", "Past", "IF([voorkeur]>1,0,[plaatsen])", total=True),
            live.places("uitwijk", "Uitwijk", "IF([voorkeur]>1,[plaatsen],0)", total=True),
            live.number("ongeschikt", "Niet geschikt", "IF(AND([plaatsen]<>0,[voorkeur]=0),1,0)", Format.COUNT),
        ),
        "Voorkeur volgens het blad geschikt: 1 past zo goed als het kan, 2 en hoger is uitwijk, 0 is niet geschikt."
        " Zonder locatie: alle locaties met die zorgvorm samen.",
        ids=lambda row: (row.doelgroep, row.pool.zorgvorm, row.pool.locatie, row.jaar),
    )


def _pools(draft: Draft) -> Table[PoolYear]:
    return Table(
        "plekjaar",
        "Plaatsen, en wie ze gebruikt",
        pool_years(draft),
        (
            pasted.text("zorgvorm", "Zorgvorm", lambda row: draft.name("zorgvorm", row.pool.zorgvorm), width=16),
            pasted.text("locatie", "Locatie", lambda row: draft.name("locatie", row.pool.locatie)),
            live.year("jaar", "Jaar", YEARS),
            live.places("plaatsen", "Plaatsen", f"ROUND(SUMIFS([bezetting.plaatsen],{OF_POOL}),9)", total=True),
            live.places("bezet", "Bezet", f"ROUND(SUMIFS([bezetting.bezet],{OF_POOL}),9)", total=True),
            live.places("opgevangen", "Door wie er past", f"ROUND(SUMIFS([opvang.plaatsen],{IN_POOL}),9)", total=True),
            live.places("verschil", "Verschil", "ROUND([bezet]-[opgevangen],9)"),
        ),
        "Bezette plaatsen zijn die van de jeugdigen die er zijn: het verschil is nul.",
        ids=lambda row: (row.pool.zorgvorm, row.pool.locatie, row.jaar),
    )


OF_POOL: Final = '[rekenplaats.plek],[zorgvorm]&"|"&[locatie],[rekenplaats.jaar],[jaar]'
IN_POOL: Final = '[opvangplek.plek],[zorgvorm]&"|"&[locatie],[opvang.jaar],[jaar]'


def _ceilings(draft: Draft) -> Table[DemandRow]:
    in_year = "[bezetting.zorgvorm],[zorgvorm],[bezetting.jaar],[jaar]"
    return Table(
        "plafondjaar",
        "Plafonds op plaatsen",
        [row for row in draft.demand_rows if row.vraag.plafond is not None],
        (
            pasted.text("zorgvorm", "Zorgvorm", lambda row: draft.name("zorgvorm", row.vraag.zorgvorm), width=16),
            pasted.row_number("rij", "Rij in vraag", lambda row: draft.case.demand.index(row.vraag) + 1),
            live.year("jaar", "Jaar", "INDEX([vraag.jaar],[rij])"),
            live.places("plaatsen", "Plaatsen", f"SUMIFS([bezetting.plaatsen],{in_year})"),
            live.places("plafond", "Plafond", "INDEX([vraag.plafond],[rij])"),
            live.places("boven", "Boven plafond", "MAX(0,ROUND([plaatsen]-[plafond],9))", total=True),
        ),
        ids=lambda row: (row.vraag.zorgvorm, row.vraag.jaar),
    )


def place_columns(draft: Draft) -> tuple[Column[PlaceRow], ...]:
    """Which places count as one: those of a zorgvorm, or of one location of it where `geschikt` names locations."""
    if not draft.case.care_groups:
        return ()
    form, location = (f"INDEX([plaatsen.{name}],[rij])" for name in ("zorgvorm", "locatie"))
    apart = f"SUMIFS([geschiktrij.vast],[geschiktrij.zorgvorm],{form})>0"
    return (live.text("plek", "Plek", f'{form}&"|"&IF({apart},{location},"")', 20),)


def calculation_blocks(draft: Draft) -> tuple[Block, ...]:
    """What the calculation sheet of `capaciteit` holds of doelgroepen."""
    if not draft.case.care_groups:
        return ()
    return _suited(draft), _inflow(draft), _cared_pools(draft)


def _suited(draft: Draft) -> Table[Suitability]:
    return Table(
        "geschiktrij",
        "Wie waar terechtkan",
        draft.case.suitabilities,
        (
            live.text(
                "sleutel",
                "Doelgroep, zorgvorm en locatie",
                '[geschikt.doelgroep@]&"|"&[geschikt.zorgvorm@]&"|"&[geschikt.locatie@]',
                30,
            ),
            live.text("zorgvorm", "Zorgvorm", "[geschikt.zorgvorm@]"),
            live.number("vast", "Noemt een locatie", 'IF([geschikt.locatie@]="",0,1)', Format.COUNT),
        ),
    )


def _inflow(draft: Draft) -> Table[Inflow]:
    return Table(
        "instroomrij",
        "Plaatsen die de instroom nodig heeft",
        draft.case.inflow,
        (
            live.text("doelgroep", "Doelgroep", "[instroom.doelgroep@]"),
            live.year("jaar", "Jaar", "[instroom.jaar@]"),
            live.places("plaatsen", "Plaatsen", "[instroom.instroom@]*[instroom.doorlooptijd_maanden@]/{maanden}"),
        ),
        "Instroom maal doorlooptijd in maanden, gedeeld door de maanden van een jaar.",
    )


def _cared_pools(draft: Draft) -> Table[CaredYear]:
    return Table(
        "opvangplek",
        "Waar wie is, als een naam",
        cared_years(draft),
        (live.text("plek", "Plek", '[opvang.zorgvorm@]&"|"&[opvang.locatie@]', 20),),
    )
