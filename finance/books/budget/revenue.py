"""The sheet `rekenblad_financiering`: what every row of the yearly sources brings in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Final

from finance.books.budget.draft import Draft
from finance.books.budget.payments import granted_by
from finance.case.funding import (
    by_use,
    lumpsum_level,
    lumpsum_revenue,
    lumpsum_share,
    per_place_revenue,
    places_paid,
)
from finance.case.sheets import Funding, Source
from finance.money import ZERO, Money
from finance.statement.accountability import received_year
from finance.tables.columns import euro, number, places, text, year
from finance.tables.grid import Format, Value
from finance.tables.pages import Column, Page, Table

LUMPSUM: Final = "lumpsum"
SOURCE_ROW: Final = "MATCH([bron],[dekking.bron],0)"
ALL_LEVELS: Final = "SUMIFS([jaren.niveau],[jaren.jaar],[jaar])"
ALL_DEMAND: Final = "SUMIFS([jaren.jeugdigen],[jaren.jaar],[jaar])"
COUNTED: Final = (
    '[bezetting.jaar],[jaar],[rekenplaats.aanbieder],IF([aanbieder]="","*",[aanbieder]),'
    '[bezetting.zorgvorm],IF([zorgvorm]="","*",[zorgvorm])'
)


@dataclass(frozen=True)
class RevenueRow:
    """One row of `financiering` in this plan.

    Attributes:
        rij: the row of the input.
        bron: its source.
        draft: the material.
    """

    rij: Funding
    bron: Source
    draft: Draft

    @property
    def lumpsum(self) -> bool:
        """Whether it is a lump sum."""
        return self.bron.soort == LUMPSUM

    @property
    def niveau(self) -> Fraction:
        """The level of a lump sum; 0 for another source."""
        return Fraction(self.rij.niveau) if self.lumpsum else Fraction(0)

    @cached_property
    def deel(self) -> Fraction:
        """The young people that fall to a lump sum; 0 for another source."""
        return lumpsum_share(self.draft.case, self.rij) if self.lumpsum else Fraction(0)

    @property
    def boven(self) -> Fraction:
        """The upper edge of the band."""
        return self.niveau * (1 + Fraction(self.rij.bandbreedte))

    @property
    def onder(self) -> Fraction:
        """The lower edge of the band."""
        return self.niveau * (1 - Fraction(self.rij.bandbreedte))

    @property
    def zone(self) -> str:
        """Where the young people lie: boven, onder or binnen the band."""
        if self.deel > self.boven:
            return "boven"
        return "onder" if self.deel < self.onder else "binnen"

    @property
    def betaalde_plaatsen(self) -> Fraction:
        """The places that a lump sum pays for; 0 for another source."""
        return lumpsum_level(self.rij, self.deel) if self.lumpsum else Fraction(0)

    @property
    def opbrengst_lumpsum(self) -> Money:
        """What a lump sum brings in; 0 for another source."""
        return lumpsum_revenue(self.draft.case, self.rij) if self.lumpsum else ZERO

    @cached_property
    def geteld(self) -> Fraction:
        """The places that PxQ (used) or availability (there) counts; 0 for a lump sum.

        Of a closed year it is not known how many were used: there PxQ counts those that were there.
        """
        if self.lumpsum:
            return Fraction(0)
        outcome = self.draft.outcome
        used = by_use(self.draft.case, self.bron, self.rij.jaar)
        counted = outcome.used if used else outcome.places
        keys = places_paid(self.draft.case, self.bron, self.rij)
        return sum((Fraction(counted[key, self.rij.jaar]) for key in keys), Fraction(0))

    @property
    def opbrengst_plaatsen(self) -> Money:
        """What PxQ or availability brings in; 0 for a lump sum."""
        return ZERO if self.lumpsum else per_place_revenue(self.rij, self.geteld)

    @property
    def opbrengst(self) -> Money:
        """What the row brings in."""
        return self.opbrengst_lumpsum + self.opbrengst_plaatsen


def revenue_rows(draft: Draft) -> tuple[RevenueRow, ...]:
    """The rows of `financiering` in this plan, in the order of the input."""
    return tuple(RevenueRow(row, draft.case.source[row.bron], draft) for row in draft.case.funding)


def page(draft: Draft) -> Page:
    """The sheet `rekenblad_financiering`."""
    table = Table(
        "opbrengst",
        "Opbrengst per rij",
        revenue_rows(draft),
        _facts(draft) + _lumpsum() + _per_place(draft) + _sum(),
    )
    return Page(
        "rekenblad_financiering",
        "Rekenblad: opbrengst van jaarlijkse bronnen",
        "Elke rij van het invoerblad financiering: een lumpsum met zijn band om het niveau, of een prijs"
        " per bezette (pxq) of beschikbare plaats, tot ten hoogste het niveau.",
        (table, _sources(draft)),
        tab="berekening",
    )


def _sources(draft: Draft) -> Table[Source]:
    return Table(
        "rekenbron",
        "Wat geldt waar de invoer niets noemt",
        draft.case.sources,
        (
            text("bron", "Bron", lambda row: draft.name("bron", row.bron), "[dekking.bron@]"),
            text("regeling", "Regeling", lambda row: draft.name("regeling", row.regeling),
                 '[dekking.regeling@]&""'),
            text("beschikking", "Beschikking", lambda row: granted_by(draft, row.bron),
                 'IF([dekking.beschikking@]="",[regeling],[dekking.beschikking@])'),
            text("gemeente", "Gemeente",
                 lambda row: draft.name("gemeente", draft.case.grant_municipality(row)),
                 'IF([dekking.gemeente@]="",{coordinerende_gemeente},[dekking.gemeente@])'),
            *_accounted(draft),
        ),
    )  # fmt: skip


def _accounted(draft: Draft) -> tuple[Column[Source], ...]:
    """What the accounting for a grant rests on; for other sources it says nothing."""

    def key(row: Source) -> str:
        return f"{draft.name('regeling', row.regeling)}|{granted_by(draft, row.bron)}"

    def later(row: Source) -> int:
        others = (other for other in draft.case.sources if key(other) == key(row))
        return sum(other.besteedbaar_tot > row.besteedbaar_tot for other in others)

    return (
        text("sleutel", "Sleutel", key, '[regeling]&"|"&[beschikking]', 26),
        text("sisa_code", "SiSa-code", lambda row: row.sisa_code, '[dekking.sisa_code@]&""'),
        text("sleutel_code", "Sleutel met code", lambda row: key(row) if row.sisa_code else "",
             'IF([sisa_code]="","",[sleutel])', 26),
        year("ontvangen_in", "Ontvangen in", received_year,
             'IF([dekking.ontvangen_in@]="",[dekking.besteedbaar_van@],[dekking.ontvangen_in@])'),
        number("later_besteedbaar", "Bronnen van de beschikking die langer lopen", later,
               'COUNTIFS([rekenbron.sleutel],[sleutel],[dekking.besteedbaar_tot],'
               '">"&[dekking.besteedbaar_tot@])', Format.COUNT),
    )  # fmt: skip


def _facts(draft: Draft) -> tuple[Column[RevenueRow], ...]:
    return (
        text("bron", "Bron", lambda row: draft.name("bron", row.rij.bron), "[financiering.bron@]"),
        year("jaar", "Jaar", lambda row: row.rij.jaar, "[financiering.jaar@]"),
        text("soort", "Soort", lambda row: row.bron.soort, f"INDEX([dekking.soort],{SOURCE_ROW})"),
        text("aanbieder", "Alleen voor aanbieder", lambda row: draft.name("aanbieder", row.bron.aanbieder),
             f'INDEX([dekking.aanbieder],{SOURCE_ROW})&""'),
        text("zorgvorm", "Alleen voor zorgvorm", lambda row: draft.name("zorgvorm", row.rij.zorgvorm),
             '[financiering.zorgvorm@]&""'),
        _exact("niveau", "Niveau", lambda row: row.rij.niveau, "[financiering.niveau@]"),
        euro("prijs", "Prijs per plaats", lambda row: row.rij.prijs, "[financiering.prijs@]", total=False),
        number("band", "Band", lambda row: row.rij.bandbreedte, "[financiering.bandbreedte@]",
               Format.PERCENT),
    )  # fmt: skip


def _lumpsum() -> tuple[Column[RevenueRow], ...]:
    paid = (
        "IF(ROUND([deel],9)>ROUND([boven],9),[niveau_lumpsum]+[deel]-[boven],"
        'IF(AND(ROUND([deel],9)<ROUND([onder],9),[financiering.onderzijde@]="dalend"),'
        "[niveau_lumpsum]-([onder]-[deel]),[niveau_lumpsum]))"
    )
    return (
        _exact("niveau_lumpsum", "Niveau lumpsum", lambda row: row.niveau,
               'IF([soort]="lumpsum",[niveau],0)'),
        _exact("deel", "Deel van de jeugdigen", lambda row: row.deel,
               f"IF({ALL_LEVELS}=0,0,{ALL_DEMAND}*[niveau_lumpsum]/{ALL_LEVELS})"),
        _exact("onder", "Onderrand band", lambda row: row.onder, "[niveau_lumpsum]*(1-[band])"),
        _exact("boven", "Bovenrand band", lambda row: row.boven, "[niveau_lumpsum]*(1+[band])"),
        _exact("betaald", "Betaalde plaatsen", lambda row: row.betaalde_plaatsen, paid),
        euro("lumpsum", "Opbrengst lumpsum", lambda row: row.opbrengst_lumpsum,
             "ROUND(ROUND([betaald]*[prijs],7),2)"),
    )  # fmt: skip


def _per_place(draft: Draft) -> tuple[Column[RevenueRow], ...]:
    by_use = '[soort]="pxq"'
    if draft.has_history:
        by_use = f"AND({by_use},[jaar]>{{laatste_afgesloten}})"
    return (
        _exact("geteld", "Getelde plaatsen", lambda row: row.geteld,
               f'IF({by_use},SUMIFS([bezetting.bezet],{COUNTED}),'
               f'IF([soort]="lumpsum",0,SUMIFS([bezetting.plaatsen],{COUNTED})))'),
        euro("per_plaats", "Opbrengst plaatsen", lambda row: row.opbrengst_plaatsen,
             "MIN(ROUND(ROUND([prijs]*[geteld],7),2),ROUND(ROUND([prijs]*[niveau],7),2))"),
    )  # fmt: skip


def _sum() -> tuple[Column[RevenueRow], ...]:
    return (euro("opbrengst", "Opbrengst", lambda row: row.opbrengst, "ROUND([lumpsum]+[per_plaats],2)"),)


def _exact(key: str, head: str, value: Callable[[RevenueRow], Value], formula: str) -> Column[RevenueRow]:
    return places(key, head, value, formula, width=11)
