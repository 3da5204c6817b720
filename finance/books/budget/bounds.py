"""The sheet `plaatsgrenzen`, and its calculation sheet: places beside the fewest and the most there may be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from finance.books.budget.draft import Draft
from finance.books.origins import from_input, traced
from finance.case.sheets import PlaceBound
from finance.case.words import VACANCY
from finance.money import ZERO, Money
from finance.tables import live, pasted
from finance.tables.grid import Format
from finance.tables.pages import Block, Column, Figure, Page, Table

EVERY: Final = "*"
"""The word by which a bound counts the places of every provider, location or town."""
OF_BOUND: Final = "[grensdeel.rij],[nr]"
OF_NAME: Final = "[grensjaar.grens],[grens],[grensjaar.jaar],[jaar]"


@dataclass(frozen=True, slots=True)
class BoundYear:
    """A row of `plaatsgrenzen` beside the places of a plan.

    Attributes:
        grens: the row of the input.
        plaatsen: the places that it counts together.
        bezet: those of them that are used.
        boven: the places above its bovengrens.
        onder: the places that are missing under its ondergrens.
        leegstand: what its empty places cost at the prices of the plan.
    """

    grens: PlaceBound
    plaatsen: Fraction
    bezet: Fraction
    boven: Fraction
    onder: Fraction
    leegstand: Money

    @property
    def leeg(self) -> Fraction:
        """The empty places."""
        return self.plaatsen - self.bezet

    @property
    def leeg_vloer(self) -> Fraction:
        """The empty places that are there within the ondergrens."""
        floor = Fraction(self.grens.ondergrens or 0)
        return max(Fraction(0), min(floor, self.plaatsen) - self.bezet)

    @property
    def kosten_vloer(self) -> Money:
        """What those cost: their share of the vacancy, rounded to the cent."""
        return Money.rounded(self.leegstand.euros * self.leeg_vloer / self.leeg) if self.leeg_vloer else ZERO


@dataclass(frozen=True, slots=True)
class _Part:
    """A zorgvorm of a row of `plaatsgrenzen`, with the position of that row from 1 on."""

    nummer: int
    grens: PlaceBound
    zorgvorm: str


def bound_years(draft: Draft) -> tuple[BoundYear, ...]:
    """Each row of `plaatsgrenzen` beside the places of the plan."""
    outcome, nothing = draft.outcome, Fraction(0)
    vacancy = {(row.key, row.jaar): row.kosten[VACANCY] for row in draft.place_rows}
    return tuple(
        BoundYear(
            row,
            outcome.places_within(row),
            sum((outcome.used[key, row.jaar] for key in keys), nothing),
            outcome.over_bounds.get((row.grens, row.jaar), nothing),
            outcome.under_bounds.get((row.grens, row.jaar), nothing),
            Money.total(vacancy[key, row.jaar] for key in keys),
        )
        for row in draft.case.place_bounds
        for keys in (draft.case.bounded(row),)
    )


def pages(draft: Draft) -> tuple[Page, ...]:
    """The sheet `plaatsgrenzen`; none where the case has no bounds."""
    if not draft.case.place_bounds:
        return ()
    rows = bound_years(draft)
    bands = [_band(draft, name, rows, f"grens_{at}") for at, name in enumerate(_every_year(draft), start=1)]
    blocks: tuple[Block, ...] = (
        *(figure for _, figure in bands),
        _years(rows),
        *(table for table, _ in bands),
    )
    return (
        Page(
            "plaatsgrenzen",
            "Grenzen aan plaatsen",
            "Hoeveel plaatsen er samen zijn, bezet of leeg, naast hoeveel er minstens en hooguit mogen zijn. Elke rij"
            " telt op zichzelf, ook naast het plafond van het blad vraag.",
            blocks,
            tab="besluit",
        ),
    )


def calculation_pages(draft: Draft) -> tuple[Page, ...]:
    """The sheet `rekenblad_grenzen`; none where the case has no bounds."""
    if not draft.case.place_bounds:
        return ()
    return (
        Page(
            "rekenblad_grenzen",
            "Rekenblad: grenzen aan plaatsen",
            f"Elke zorgvorm van elke rij van plaatsgrenzen, met de plaatsen die daar tellen. {EVERY} betekent: alle.",
            (_parts(draft),),
            tab="berekening",
        ),
    )


def _every_year(draft: Draft) -> tuple[str, ...]:
    """The bounds that hold in every year, so that they can be drawn."""
    years = Counter(row.grens for row in draft.case.place_bounds)
    return tuple(name for name, count in years.items() if count == len(draft.years))


def _years(rows: tuple[BoundYear, ...]) -> Table[BoundYear]:
    def limit(column: str, head: str) -> Column[BoundYear]:
        return live.places(column, head, f'IF([plaatsgrenzen.{column}@]="","",[plaatsgrenzen.{column}@])')

    def counted(column: str, head: str, *, total: bool = False) -> Column[BoundYear]:
        return live.places(column, head, f"ROUND(SUMIFS([grensdeel.{column}],{OF_BOUND}),9)", total=total)

    empty = 'IF([ondergrens]="",0,MAX(0,ROUND(MIN([ondergrens],[plaatsen])-[bezet],9)))'
    cost = "IF([leeg_vloer]=0,0,ROUND(SUMIFS([grensdeel.leegstand],[grensdeel.rij],[nr])*[leeg_vloer]/[leeg],2))"
    return Table(
        "grensjaar",
        "Per grens en jaar",
        rows,
        (
            live.text("grens", "Grens", "[plaatsgrenzen.grens@]", 20),
            live.year("jaar", "Jaar", "[plaatsgrenzen.jaar@]"),
            live.text("zorgvormen", "Zorgvormen", "[plaatsgrenzen.zorgvormen@]", 26),
            limit("ondergrens", "Ondergrens"),
            counted("plaatsen", "Plaatsen"),
            counted("bezet", "Bezet"),
            limit("bovengrens", "Bovengrens"),
            live.places(
                "boven", "Boven de grens", 'IF([bovengrens]="",0,MAX(0,ROUND([plaatsen]-[bovengrens],9)))', total=True
            ),
            live.places(
                "onder",
                "Onder de vloer",
                'IF([ondergrens]="",0,MAX(0,ROUND([ondergrens]-[plaatsen],9)))',
                total=True,
            ),
            live.places("leeg", "Leeg", "ROUND([plaatsen]-[bezet],9)"),
            live.places("leeg_vloer", "Leeg binnen de vloer", empty),
            live.euro("kosten_vloer", "Leegstand daarvan, in euro", cost, total=False),
            live.number("nr", "Nr", "N([-nr])+1", Format.COUNT),
        ),
        "Leeg binnen de vloer: plaatsen die er door de ondergrens moeten zijn en die niemand gebruikt; hun deel van de"
        " leegstand is wat de vloer kost.",
        ids=lambda row: (row.grens.grens, row.grens.jaar),
    )


def _parts(draft: Draft) -> Table[_Part]:
    def scope(column: str) -> str:
        return f'IF(INDEX([plaatsgrenzen.{column}],[rij])="","{EVERY}",INDEX([plaatsgrenzen.{column}],[rij]))'

    counted = (
        "[bezetting.jaar],[jaar],[bezetting.zorgvorm],[zorgvorm],[bezetting.locatie],[locatie],"
        "[rekenplaats.aanbieder],[aanbieder],[rekenplaats.gemeente],[gemeente]"
    )
    case = draft.case
    return Table(
        "grensdeel",
        "",
        tuple(_exploded(draft)),
        (
            traced(
                Column(
                    "rij",
                    "Rij in plaatsgrenzen",
                    lambda row: row.nummer,
                    fmt=Format.COUNT,
                    role=lambda row: draft.role_of(row.grens.herkomst),
                ),
                lambda row: from_input(case, "plaatsgrenzen", "zorgvormen", row.grens.rij),
            ),
            pasted.text("zorgvorm", "Zorgvorm", lambda row: draft.name("zorgvorm", row.zorgvorm), width=16),
            live.year("jaar", "Jaar", "INDEX([plaatsgrenzen.jaar],[rij])"),
            live.text("locatie", "Locatie", scope("locatie"), 16),
            live.text("aanbieder", "Aanbieder", scope("aanbieder"), 16),
            live.text("gemeente", "Gemeente", scope("gemeente"), 16),
            live.places("plaatsen", "Plaatsen", f"SUMIFS([bezetting.plaatsen],{counted})"),
            live.places("bezet", "Bezet", f"SUMIFS([bezetting.bezet],{counted})"),
            live.euro("leegstand", "Leegstand", f"SUMIFS([bezetting.leegstand],{counted})", total=False),
        ),
    )


def _exploded(draft: Draft) -> Iterator[_Part]:
    for at, row in enumerate(draft.case.place_bounds, start=1):
        for form in row.zorgvormen:
            yield _Part(at, row, form)


def _band(draft: Draft, name: str, rows: tuple[BoundYear, ...], key: str) -> tuple[Table[BoundYear], Figure]:
    """The places of one bound over the years, as a table and a chart with the band behind them."""
    own = tuple(sorted((row for row in rows if row.grens.grens == name), key=lambda row: row.grens.jaar))
    banded = all(row.grens.bovengrens is not None for row in own)

    def looked_up(column: str, head: str) -> Column[BoundYear]:
        return live.places(column, head, f"SUMIFS([grensjaar.{column}],{OF_NAME})")

    table = Table(
        key,
        f"Plaatsen naast de grens: {name}",
        own,
        (
            pasted.text("grens", "Grens", lambda row: draft.name("grens", row.grens.grens), width=20),
            live.year("jaar", "Jaar", "IF(N([-jaar])=0,{eerste_jaar},[-jaar]+1)"),
            looked_up("ondergrens", "Ondergrens"),
            looked_up("bovengrens", "Bovengrens"),
            live.places("ruimte", "Tussen onder- en bovengrens", "MAX(0,[bovengrens]-[ondergrens])"),
            looked_up("plaatsen", "Plaatsen"),
            looked_up("bezet", "Bezet"),
        ),
        ids=lambda row: (row.grens.grens, row.grens.jaar),
        as_data=f"grens:{name}",
    )
    drawn = ("ruimte",) if banded else ("plaatsen",)
    lines = ("plaatsen", "bezet") if banded else ("ondergrens", "bezet")
    base = "ondergrens" if banded else ""
    return table, Figure(f"Plaatsen naast de grens: {name}", "plaatsen", key, "jaar", drawn, lines, base=base)
