"""The sheet `opbrengsten`: what sales bring in, when, for which source, and what is lost on them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from finance.case.actuals import Proceeds
from finance.case.sheets import Location
from finance.ledger import PotYear
from finance.money import ZERO, Money
from finance.workbook.grid import Format
from finance.workbook.layout.columns import euro, number, text, year
from finance.workbook.layout.pages import Page, Table
from finance.workbook.proposal.draft import Draft

DISPOSAL = "afstoten"
"""The sort of measure that takes a building out of use."""
SAME_SOURCE = "AND(N([-jaar])>0,[bron]=[-bron])"
"""Whether the row above is the same source a year earlier; above the first row stands a head."""


def pages(draft: Draft) -> tuple[Page, ...]:
    """The sheet `opbrengsten`; none where the case names no proceeds."""
    return (page(draft),) if draft.case.proceeds else ()


def page(draft: Draft) -> Page:
    """The sheet `opbrengsten`."""
    return Page(
        "opbrengsten",
        "Opbrengsten van verkoop",
        "Wat een gekozen maatregel opbrengt, in welke bron dat vloeit en vanaf welk jaar het besteed kan"
        " worden. Boekverlies is geen dekking: het staat hier, en hoort in de jaarrekening van de eigenaar.",
        (_sales(draft), _by_year(draft), _losses(draft)),
        tab="besluit",
    )


@dataclass(frozen=True, slots=True)
class _Sale:
    """A row of `opbrengsten` in this plan; `start` is 0 where the measure is not chosen."""

    rij: Proceeds
    start: int
    laatste_jaar: int

    @property
    def jaar(self) -> int:
        """The year in which the money comes; 0 where it does not."""
        return self.start + self.rij.na_jaren if self.start else 0

    @property
    def komt(self) -> Money:
        """What comes, in the years of the case or after."""
        return self.rij.bedrag if self.start else ZERO

    @property
    def telt(self) -> Money:
        """What comes in the years of the case."""
        return self.komt if self.jaar <= self.laatste_jaar else ZERO


def _sale_rows(draft: Draft) -> list[_Sale]:
    last = draft.years[-1]
    return [_Sale(row, draft.starts.get(row.maatregel, 0), last) for row in draft.case.proceeds]


def _sales(draft: Draft) -> Table[_Sale]:
    return Table(
        "verkoop",
        "Per rij van de invoer",
        _sale_rows(draft),
        (
            text("maatregel", "Maatregel", lambda row: draft.name("maatregel", row.rij.maatregel),
                 "[opbrengsten.maatregel@]", 24),
            text("bron", "Vloeit in", lambda row: draft.name("bron", row.rij.bron),
                 "[opbrengsten.bron@]", 18),
            year("start", "Start (0: niet gekozen)", lambda row: row.start,
                 "N(INDEX([plan.start],MATCH([maatregel],[plan.maatregel],0)))", 11),
            year("jaar", "Jaar van ontvangst", lambda row: row.jaar,
                 "IF([start]=0,0,[start]+[opbrengsten.na_jaren@])", 11),
            euro("komt", "Opbrengst", lambda row: row.komt, "IF([start]=0,0,[opbrengsten.bedrag@])"),
            euro("telt", "Binnen de casus", lambda row: row.telt,
                 "IF([jaar]>{laatste_jaar},0,[komt])"),
        ),
        "Wat na het laatste jaar van de casus komt, is in dit plan niet te besteden.",
    )  # fmt: skip


def _by_year(draft: Draft) -> Table[PotYear]:
    until = '[verkoop.bron],[bron],[verkoop.jaar],"<="&[jaar]'
    have = "INDEX([dekking.bedrag],MATCH([bron],[dekking.bron],0))"
    paid = 'SUMIFS([betaling.bedrag],[betaling.bron],[bron],[betaling.jaar],"<="&[jaar])'
    return Table(
        "potjaar",
        "Per bron, tot en met elk jaar",
        draft.outcome.ledger.pot_years,
        (
            text("bron", "Bron", lambda row: draft.name("bron", row.bron), width=24),
            year("jaar", "Tot en met", lambda row: row.jaar,
                 f"IF({SAME_SOURCE},[-jaar]+1,{{eerste_jaar}})", 18),
            euro("ontvangen", "Ontvangen in het jaar", lambda row: row.ontvangen,
                 "SUMIFS([verkoop.telt],[verkoop.bron],[bron],[verkoop.jaar],[jaar])"),
            euro("beschikbaar", "Bedrag en opbrengsten", lambda row: row.beschikbaar,
                 f"ROUND({have}+SUMIFS([verkoop.telt],{until}),2)", total=False),
            euro("betaald", "Betaald", lambda row: row.betaald, f"ROUND({paid},2)", total=False),
            euro("over", "Over", lambda row: row.beschikbaar - row.betaald,
                 "ROUND([beschikbaar]-[betaald],2)", total=False),
        ),
        "Het eigen bedrag van een bron is er vanaf het begin; een opbrengst pas als zij is ontvangen.",
    )  # fmt: skip


@dataclass(frozen=True)
class _Disposal:
    """A location that measures of this plan take out of use.

    Attributes:
        draft: the material.
        locatie: the location.
    """

    draft: Draft
    locatie: Location

    @cached_property
    def maatregelen(self) -> list[str]:
        """The chosen measures of soort afstoten there."""
        return [
            row.maatregel
            for row in self.draft.case.measures
            if row.locatie == self.locatie.locatie and row.soort == DISPOSAL
            if row.maatregel in self.draft.starts
        ]

    @property
    def boekwaarde(self) -> Money:
        """The book value that goes; 0 where nothing does, or where it is not given."""
        return (self.locatie.boekwaarde or ZERO) if self.maatregelen else ZERO

    @property
    def opbrengst(self) -> Money:
        """The proceeds, whenever they come."""
        rows = self.draft.case.proceeds
        return Money.total(row.bedrag for row in rows if row.maatregel in self.maatregelen)

    @property
    def resultaat(self) -> Money:
        """Proceeds less book value: below zero a loss."""
        return self.opbrengst - self.boekwaarde

    @property
    def opmerking(self) -> str:
        """What is not known."""
        if not self.maatregelen:
            return "niet afgestoten in dit plan"
        return "" if self.locatie.boekwaarde is not None else "boekwaarde niet opgegeven"


def _disposals(draft: Draft) -> Iterator[_Disposal]:
    """Every location that some measure can dispose of."""
    could = {row.locatie for row in draft.case.measures if row.soort == DISPOSAL}
    return (_Disposal(draft, row) for row in draft.case.locations if row.locatie in could)


def _losses(draft: Draft) -> Table[_Disposal]:
    here = f'[maatregelen.locatie],[locatie],[maatregelen.soort],"{DISPOSAL}"'
    row_of = "MATCH([locatie],[locaties.locatie],0)"
    book = f"INDEX([locaties.boekwaarde],{row_of})"
    return Table(
        "boekresultaat",
        "Boekwaarde en boekresultaat van af te stoten locaties",
        tuple(_disposals(draft)),
        (
            text("locatie", "Locatie", lambda row: draft.name("locatie", row.locatie.locatie), width=24),
            text("aanbieder", "Eigenaar", lambda row: draft.name("aanbieder", row.locatie.aanbieder),
                 f"INDEX([locaties.aanbieder],{row_of})", 18),
            number("aantal", "Gekozen maatregelen", lambda row: len(row.maatregelen),
                   f'COUNTIFS({here},[plan.gekozen],"ja")', Format.COUNT),
            euro("boekwaarde", "Boekwaarde", lambda row: row.boekwaarde, f"IF([aantal]=0,0,N({book}))"),
            euro("opbrengst", "Opbrengst", lambda row: row.opbrengst,
                 "SUMIFS([rekenverkoop.bedrag],[rekenverkoop.locatie],[locatie])"),
            euro("resultaat", "Boekwinst of verlies (-)", lambda row: row.resultaat,
                 "ROUND([opbrengst]-[boekwaarde],2)"),
            text("opmerking", "Opmerking", lambda row: row.opmerking,
                 f'IF([aantal]=0,"niet afgestoten in dit plan",'
                 f'IF({book}="","boekwaarde niet opgegeven",""))', 28),
        ),
        "Bij buiten gebruik stellen wordt afgewaardeerd tot de restwaarde (BBV, artikel 65, derde lid). De"
        " boekwaarde is die van de hele locatie: gaat er maar een deel weg, dan is het verlies kleiner.",
    )  # fmt: skip


def calculation_pages(draft: Draft) -> tuple[Page, ...]:
    """The sheet `rekenblad_opbrengsten`; none where the case names no proceeds."""
    if not draft.case.proceeds:
        return ()
    return (
        Page(
            "rekenblad_opbrengsten",
            "Rekenblad: opbrengst per locatie",
            "Van welke af te stoten locatie een opbrengst komt; leeg bij een andere maatregel. Elke rij"
            " hoort bij dezelfde rij van de tabel per rij op het blad opbrengsten.",
            (_places(draft),),
            tab="berekening",
        ),
    )


def _places(draft: Draft) -> Table[_Sale]:
    row_of = "MATCH([verkoop.maatregel@],[maatregelen.maatregel],0)"

    def location(row: _Sale) -> str:
        known = draft.case.measure[row.rij.maatregel]
        return draft.name("locatie", known.locatie) if known.soort == DISPOSAL else ""

    return Table(
        "rekenverkoop",
        "",
        _sale_rows(draft),
        (
            text("locatie", "Afgestoten locatie", location,
                 f'IF(INDEX([maatregelen.soort],{row_of})="{DISPOSAL}",'
                 f'INDEX([maatregelen.locatie],{row_of})&"","")', 24),
            euro("bedrag", "Opbrengst", lambda row: row.komt, "[verkoop.komt@]"),
        ),
    )  # fmt: skip
