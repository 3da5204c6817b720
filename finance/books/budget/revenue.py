"""The sheet `rekenblad_financiering`: what every row of the yearly sources brings in."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Final

from finance.books.budget.draft import Draft
from finance.books.budget.payments import COLUMN, granted_by
from finance.case.funding import (
    by_use,
    lumpsum_revenue,
    lumpsum_share,
    per_place_revenue,
    places_paid,
)
from finance.case.sheets import Funding, GrantDecision, Source
from finance.money import ZERO, Money
from finance.tables import live
from finance.tables.grid import Format
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
        return ZERO if self.lumpsum else per_place_revenue(self.draft.case, self.rij, self.geteld)

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
        _facts(draft) + _months(draft) + _lumpsum(draft) + _per_place(draft) + _sum(),
    )
    return Page(
        "rekenblad_financiering",
        "Rekenblad: opbrengst van jaarlijkse bronnen",
        "Elke rij van het invoerblad financiering: een lumpsum met zijn band om het niveau, of een prijs"
        " per bezette (pxq) of beschikbare plaats, tot ten hoogste het niveau.",
        (table, _sources(draft), *_scopes(draft)),
        tab="berekening",
    )


def _sources(draft: Draft) -> Table[Source]:
    return Table(
        "rekenbron",
        "Wat geldt waar de invoer niets noemt",
        draft.case.sources,
        (
            live.text("bron", "Bron", "[dekking.bron@]"),
            live.text("regeling", "Regeling", '[dekking.regeling@]&""'),
            live.text("beschikking", "Beschikking", 'IF([dekking.beschikking@]="",[regeling],[dekking.beschikking@])'),
            live.text(
                "gemeente", "Gemeente", 'IF([dekking.gemeente@]="",{coordinerende_gemeente},[dekking.gemeente@])'
            ),
            live.number(
                "toegestaan", "Kostensoorten op blad toegestaan", "COUNTIFS([toegestaan.bron],[bron])", Format.COUNT
            ),
            *_accounted(draft),
        ),
    )


def _scopes(draft: Draft) -> tuple[Table[GrantDecision], ...]:
    """What each decision granted, when, and for what; no table where the input has no decisions."""
    if not draft.has_decisions:
        return ()
    sorts, dated = "[beschikkingen.kostensoorten@]", "N([beschikkingen.datum@])"
    year = f'IF(N([beschikkingen.verleend_in@])>0,[beschikkingen.verleend_in@],IF({dated}>0,YEAR({dated}),""))'
    return (
        Table(
            "rekenbesluit",
            "Wat elke beschikking toekent",
            draft.case.grant_decisions,
            (
                live.text("beschikking", "Beschikking", "[beschikkingen.beschikking@]", 26),
                live.text("regeling", "Regeling", "[beschikkingen.regeling@]", 22),
                live.text("gemeente", "Gemeente", "[beschikkingen.gemeente@]"),
                live.text("soort", "Soort", "[beschikkingen.soort@]"),
                live.year("verleend_in", "Verleend in", year),
                live.euro("bedrag", "Bedrag", "[beschikkingen.bedrag@]", total=False),
                live.euro("maximum", "Maximum", "N([beschikkingen.maximum@])", total=False),
                live.text("locatie", "Locatie", '[beschikkingen.locatie@]&""'),
                live.text("kostensoorten", "Kostensoorten", f'IF({sorts}="","",", "&{sorts}&",")', 30),
            ),
            least=COLUMN,
        ),
    )


def _accounted(draft: Draft) -> tuple[Column[Source], ...]:
    """What the accounting for a grant rests on; for other sources it says nothing."""

    def key(row: Source) -> str:
        return f"{draft.name('regeling', row.regeling)}|{granted_by(draft, row.bron)}"

    def later(row: Source) -> int:
        others = (other for other in draft.case.sources if key(other) == key(row))
        return sum(other.besteedbaar_tot > row.besteedbaar_tot for other in others)

    received = "[dekking.besteedbaar_van@]"
    if draft.has_decisions:
        received = f"IF(N({_decided('ontvangen_in')})=0,{received},{_decided('ontvangen_in')})"
    return (
        live.text("sleutel", "Sleutel", '[regeling]&"|"&[beschikking]', 26),
        *_decision(draft),
        live.text("sleutel_code", "Sleutel met code", 'IF([sisa_code]="","",[sleutel])', 26),
        live.year(
            "ontvangen_in",
            "Ontvangen in",
            f'IF([dekking.ontvangen_in@]="",{received},[dekking.ontvangen_in@])',
        ),
        live.number(
            "later_besteedbaar",
            "Bronnen van de beschikking die langer lopen",
            'COUNTIFS([rekenbron.sleutel],[sleutel],[dekking.besteedbaar_tot],">"&[dekking.besteedbaar_tot@])',
            Format.COUNT,
        ),
    )


def _decided(column: str) -> str:
    """What the decision of a source says; empty where it has no row, or its row says nothing."""
    return f'IF([rij_besluit]=0,"",INDEX([beschikkingen.{column}],[rij_besluit]))'


def _decision(draft: Draft) -> tuple[Column[Source], ...]:
    """What is known of a source by itself or by its decision."""
    if not draft.has_decisions:
        return (live.text("sisa_code", "SiSa-code", '[dekking.sisa_code@]&""'),)
    code = f'IF([dekking.sisa_code@]="",{_decided("sisa_code")}&"",[dekking.sisa_code@]&"")'
    repaid = _decided("terugbetaald_in")
    return (
        live.number(
            "rij_besluit", "Rij in beschikkingen", "IFERROR(MATCH([beschikking],[beschikkingen.beschikking],0),0)"
        ),
        live.text("sisa_code", "SiSa-code", code),
        live.year(
            "terugbetaald_in",
            "Terugbetaald in",
            f'IF([dekking.terugbetaald_in@]="",IF(N({repaid})=0,"",{repaid}),[dekking.terugbetaald_in@])',
        ),
    )


def _price_of_place(draft: Draft) -> tuple[Column[RevenueRow], ...]:
    """What a place-year is paid: as the input gives it, else what the tariff of the row asks."""
    if not draft.paid_by_tariff:
        return (live.euro("prijs", "Prijs per plaats", "[financiering.prijs@]", total=False),)
    mine = '[rekenplaats.t_naam],[tarief],[bezetting.jaar],[jaar],[bezetting.zorgvorm],IF([zorgvorm]="","*",[zorgvorm])'

    def of_places(column: str) -> str:
        return f'IF([tarief]="",0,SUMIFS([rekenplaats.{column}],{mine})/COUNTIFS({mine}))'

    of = "INDEX([kostprijs.{}],[nr_tarief])".format
    worth = f"({of('leeg')}/{of('bezetting')}+{of('V')})*[groei_tarief]"
    return (
        live.text("tarief", "Alleen voor tarief", '[financiering.tarief@]&""'),
        live.number("nr_tarief", "Nr van het tarief", of_places("nr"), Format.COUNT),
        live.number("groei_tarief", "Groei van het tarief", of_places("groei"), Format.FACTOR),
        live.euro(
            "prijs",
            "Prijs per plaats",
            f'IF([financiering.prijs@]="",ROUND(ROUND({worth},7),2),[financiering.prijs@])',
            total=False,
        ),
    )


def _facts(draft: Draft) -> tuple[Column[RevenueRow], ...]:
    return (
        live.text("bron", "Bron", "[financiering.bron@]"),
        live.year("jaar", "Jaar", "[financiering.jaar@]"),
        live.text("soort", "Soort", f"INDEX([dekking.soort],{SOURCE_ROW})"),
        live.text("aanbieder", "Alleen voor aanbieder", f'INDEX([dekking.aanbieder],{SOURCE_ROW})&""'),
        live.text("zorgvorm", "Alleen voor zorgvorm", '[financiering.zorgvorm@]&""'),
        _exact("niveau", "Niveau", "[financiering.niveau@]"),
        *_price_of_place(draft),
        live.number("band", "Band", "[financiering.bandbreedte@]", Format.PERCENT),
    )


def _months(draft: Draft) -> tuple[Column[RevenueRow], ...]:
    """For which part of its year each row holds: until the next one of its source and zorgvorm."""
    if not draft.paid_by_month:
        return ()
    by_tariff = '&"|"&[tarief]' * draft.paid_by_tariff
    later = "[opbrengst.groep],[groep],[opbrengst.later],[later]-1"
    return (
        live.text("groep", "Bron, jaar en zorgvorm", f'[bron]&"|"&[jaar]&"|"&[zorgvorm]{by_tariff}', 26),
        live.number("maand", "Vanaf maand", "[financiering.maand@]", Format.COUNT),
        live.number(
            "later", "Latere rijen", 'COUNTIFS([opbrengst.groep],[groep],[opbrengst.maand],">"&[maand])', Format.COUNT
        ),
        live.number("tot", "Tot maand", f"IF([later]=0,{{maanden}}+1,SUMIFS([opbrengst.maand],{later}))", Format.COUNT),
        live.number("jaardeel", "Deel van het jaar", "([tot]-[maand])/{maanden}", Format.FACTOR),
    )


def _lumpsum(draft: Draft) -> tuple[Column[RevenueRow], ...]:
    paid = (
        "IF(ROUND([deel],9)>ROUND([boven],9),[niveau_lumpsum]+[deel]-[boven],"
        'IF(AND(ROUND([deel],9)<ROUND([onder],9),[financiering.onderzijde@]="dalend"),'
        "[niveau_lumpsum]-([onder]-[deel]),[niveau_lumpsum]))"
    )
    return (
        _exact("niveau_lumpsum", "Niveau lumpsum", 'IF([soort]="lumpsum",[niveau],0)'),
        _exact("deel", "Deel van de jeugdigen", f"IF({ALL_LEVELS}=0,0,{ALL_DEMAND}*[niveau_lumpsum]/{ALL_LEVELS})"),
        _exact("onder", "Onderrand band", "[niveau_lumpsum]*(1-[band])"),
        _exact("boven", "Bovenrand band", "[niveau_lumpsum]*(1+[band])"),
        _exact("betaald", "Betaalde plaatsen", paid),
        live.euro("lumpsum", "Opbrengst lumpsum", f"ROUND(ROUND([betaald]*{_price(draft)},7),2)"),
        *([_exact("weging", "Niveau over het jaar", "[niveau_lumpsum]*[jaardeel]")] if draft.paid_by_month else []),
    )


def _price(draft: Draft) -> str:
    """The price of a place in the months for which a row holds."""
    return "[prijs]*[jaardeel]" if draft.paid_by_month else "[prijs]"


def _per_place(draft: Draft) -> tuple[Column[RevenueRow], ...]:
    by_use = '[soort]="pxq"'
    counted = f'{COUNTED},[rekenplaats.t_naam],IF([tarief]="","*",[tarief])' if draft.paid_by_tariff else COUNTED
    if draft.has_history:
        by_use = f"AND({by_use},[jaar]>{{laatste_afgesloten}})"
    return (
        _exact(
            "geteld",
            "Getelde plaatsen",
            f"IF({by_use},SUMIFS([bezetting.bezet],{counted}),"
            f'IF([soort]="lumpsum",0,SUMIFS([bezetting.plaatsen],{counted})))',
        ),
        live.euro(
            "per_plaats",
            "Opbrengst plaatsen",
            f"MIN(ROUND(ROUND({_price(draft)}*[geteld],7),2),ROUND(ROUND({_price(draft)}*[niveau],7),2))",
        ),
    )


def _sum() -> tuple[Column[RevenueRow], ...]:
    return (live.euro("opbrengst", "Opbrengst", "ROUND([lumpsum]+[per_plaats],2)"),)


def _exact(key: str, head: str, formula: str) -> Column[RevenueRow]:
    return live.places(key, head, formula, width=11)
