"""The sheet `opbrengsten`: what sales bring in, when, for which source, and what is lost on them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from finance.books.budget.draft import Draft
from finance.case.actuals import Proceeds
from finance.money import ZERO, Money
from finance.plan.ledger import PotYear
from finance.statement.disposals import DISPOSING, Candidate, Disposal
from finance.tables import live, pasted
from finance.tables.grid import Format
from finance.tables.pages import Notes, Page, Table

NO_LOCATION: Final = "(geen locatie)"
"""Where proceeds belong of a measure without a location."""
KEPT: Final = "niet afgestoten in dit plan"
SOLD_ONLY: Final = "opbrengst zonder afstoten: geen resultaat"
NO_BOOK_VALUE: Final = "boekwaarde niet opgegeven: geen resultaat"
NOTES: Final = (
    "Afgestoten is een locatie waarvoor een gekozen maatregel kosten van afstoten heeft, of waar een"
    " maatregel de laatste plaatsen weghaalt.",
    "Een opbrengst hoort bij de ene locatie die haar maatregel afstoot, en anders bij de eigen locatie van"
    " die maatregel.",
    "Bij buiten gebruik stellen wordt afgewaardeerd tot de restwaarde (BBV, artikel 65, derde lid). De"
    " boekwaarde is die van de hele locatie: gaat er maar een deel weg, dan is het verlies kleiner.",
)
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
        (_sales(draft), _by_year(draft), _losses(draft), Notes("Hoe dit te lezen", NOTES)),
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
            live.text("maatregel", "Maatregel", "[opbrengsten.maatregel@]", 24),
            live.text("bron", "Vloeit in", "[opbrengsten.bron@]", 18),
            live.year(
                "start", "Start (0: niet gekozen)", "N(INDEX([plan.start],MATCH([maatregel],[plan.maatregel],0)))", 11
            ),
            live.year("jaar", "Jaar van ontvangst", "IF([start]=0,0,[start]+[opbrengsten.na_jaren@])", 11),
            live.euro("komt", "Opbrengst", "IF([start]=0,0,[opbrengsten.bedrag@])"),
            live.euro("telt", "Binnen de casus", "IF([jaar]>{laatste_jaar},0,[komt])"),
        ),
        "Wat na het laatste jaar van de casus komt, is in dit plan niet te besteden.",
    )


def _by_year(draft: Draft) -> Table[PotYear]:
    until = '[verkoop.bron],[bron],[verkoop.jaar],"<="&[jaar]'
    row = "MATCH([bron],[dekking.bron],0)"
    have = f"INDEX([dekking.bedrag],{row})"
    if draft.keeps_apart:
        have += f"-N(INDEX([dekking.buiten_casus],{row}))"
    paid = 'SUMIFS([betaling.bedrag],[betaling.bron],[bron],[betaling.jaar],"<="&[jaar])'
    return Table(
        "potjaar",
        "Per bron, tot en met elk jaar",
        draft.outcome.ledger.pot_years,
        (
            pasted.text("bron", "Bron", lambda row: draft.name("bron", row.bron), width=24),
            live.year("jaar", "Tot en met", f"IF({SAME_SOURCE},[-jaar]+1,{{eerste_jaar}})", 18),
            live.euro(
                "ontvangen",
                "Ontvangen in het jaar",
                "SUMIFS([verkoop.telt],[verkoop.bron],[bron],[verkoop.jaar],[jaar])",
            ),
            live.euro(
                "beschikbaar", "Bedrag en opbrengsten", f"ROUND({have}+SUMIFS([verkoop.telt],{until}),2)", total=False
            ),
            live.euro("betaald", "Betaald", f"ROUND({paid},2)", total=False),
            live.euro("over", "Over", "ROUND([beschikbaar]-[betaald],2)", total=False),
        ),
        "Het eigen bedrag van een bron is er vanaf het begin; een opbrengst pas als zij is ontvangen.",
    )


def _losses(draft: Draft) -> Table[Disposal]:
    row_of = "MATCH([locatie],[locaties.locatie],0)"
    book = f"INDEX([locaties.boekwaarde],{row_of})"
    return Table(
        "boekresultaat",
        "Opbrengst, boekwaarde en boekresultaat per locatie",
        draft.disposals.rows,
        (
            pasted.text("locatie", "Locatie", lambda row: _location_name(draft, _place(row)), width=24),
            live.text("aanbieder", "Eigenaar", f'IFERROR(INDEX([locaties.aanbieder],{row_of}),"")', 18),
            live.number(
                "aantal", "Gekozen maatregelen", "SUMIFS([afstoting.telt],[afstoting.locatie],[locatie])", Format.COUNT
            ),
            live.euro("boekwaarde", "Boekwaarde", f"IF([aantal]=0,0,N({book}))"),
            live.euro("opbrengst", "Opbrengst", "SUMIFS([rekenverkoop.bedrag],[rekenverkoop.locatie],[locatie])"),
            live.euro(
                "resultaat",
                "Boekwinst of verlies (-)",
                f'IF([aantal]=0,IF([opbrengst]=0,0,""),IF({book}="","",ROUND([opbrengst]-[boekwaarde],2)))',
            ),
            live.text(
                "opmerking",
                "Opmerking",
                f'IF([aantal]=0,IF([opbrengst]=0,"{KEPT}","{SOLD_ONLY}"),IF({book}="","{NO_BOOK_VALUE}",""))',
                34,
            ),
        ),
    )


def _place(row: Disposal) -> str:
    return row.locatie.locatie if row.locatie else ""


def _location_name(draft: Draft, location: str) -> str:
    return draft.name("locatie", location) or NO_LOCATION


def _owner(draft: Draft, row: Disposal) -> str:
    return draft.name("aanbieder", row.locatie.aanbieder) if row.locatie else ""


def calculation_pages(draft: Draft) -> tuple[Page, ...]:
    """The sheet `rekenblad_opbrengsten`; none where the case names no proceeds."""
    if not draft.case.proceeds:
        return ()
    return (
        Page(
            "rekenblad_opbrengsten",
            "Rekenblad: afstoten en opbrengst per locatie",
            "Welke maatregel welke locatie afstoot, en van welke locatie een opbrengst komt: de ene locatie"
            " die de maatregel afstoot, anders haar eigen locatie.",
            (_disposing(draft), _places(draft)),
            tab="berekening",
        ),
    )


def _disposing(draft: Draft) -> Table[Candidate]:
    row_of = "MATCH([maatregel],[maatregelen.maatregel],0)"
    return Table(
        "afstoting",
        "Wie wat kan afstoten",
        draft.disposals.candidates,
        (
            pasted.text("maatregel", "Maatregel", lambda row: draft.name("maatregel", row.maatregel), width=24),
            pasted.text("locatie", "Locatie", lambda row: draft.name("locatie", row.locatie), width=24),
            live.number(
                "kostenregels",
                "Rijen kosten van afstoten",
                f"IF(INDEX([maatregelen.locatie],{row_of})=[locatie],"
                f'COUNTIFS([kosten.maatregel],[maatregel],[kosten.kostensoort],"{DISPOSING}"),0)',
                Format.COUNT,
            ),
            live.number(
                "eraf",
                "Plaatsen in dit plan",
                "SUMIFS([effect.in_plan],[effect.maatregel],[maatregel],[effect.locatie],[locatie])",
                Format.COUNT,
            ),
            live.number(
                "over",
                "Plaatsen in het laatste jaar",
                _left(draft),
                Format.COUNT,
            ),
            live.year("start", "Start (0: niet gekozen)", f"N(INDEX([plan.start],{row_of}))", 11),
            live.number(
                "telt", "Stoot af", "IF(AND([start]>0,OR([kostenregels]>0,AND([eraf]<0,[over]=0))),1,0)", Format.COUNT
            ),
            live.text("wie", "Wie afstoot", 'IF([telt]=1,[maatregel],"")', 24),
        ),
    )


def _left(draft: Draft) -> str:
    """The formula of the places of a location at the end of the case."""
    if not draft.by_month:
        return "SUMIFS([bezetting.plaatsen],[bezetting.locatie],[locatie],[bezetting.jaar],{laatste_jaar})"
    until = '[effect.locatie],[locatie],[effect.ingang],"<="&{laatste_jaar}'
    return f"SUMIFS([plaatsen.plaatsen],[plaatsen.locatie],[locatie])+SUMIFS([effect.in_plan],{until})"


def _places(draft: Draft) -> Table[_Sale]:
    measure = "[verkoop.maatregel@]"

    def own(row: _Sale) -> str:
        return _location_name(draft, draft.case.measure[row.rij.maatregel].locatie)

    return Table(
        "rekenverkoop",
        "Waar een opbrengst bij hoort, per rij van de invoer",
        _sale_rows(draft),
        (
            live.text(
                "eigen",
                "Eigen locatie",
                f"IF(INDEX([maatregelen.locatie],MATCH({measure},[maatregelen.maatregel],0))="
                f'"","{NO_LOCATION}",INDEX([maatregelen.locatie],MATCH({measure},[maatregelen.maatregel],0)))',
                24,
            ),
            live.number("aantal", "Locaties die zij afstoot", f"COUNTIFS([afstoting.wie],{measure})", Format.COUNT),
            live.text(
                "locatie",
                "Opbrengst van",
                f"IF([aantal]=1,INDEX([afstoting.locatie],MATCH({measure},[afstoting.wie],0)),[eigen])",
                24,
            ),
            live.euro("bedrag", "Opbrengst", "[verkoop.komt@]"),
        ),
    )
