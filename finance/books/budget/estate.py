"""The strategic real-estate plan in its five steps, where the case asks for it: a sheet for each.

Demand and supply now; what the future asks; what then does not match; the variants weighed; and what happens step by
step, over the whole and per building. Everything follows from what stands elsewhere in the budget.

Source: NO-P2, the five steps of the vision of the north (chapter 8).
"""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import Any, Final

from finance.books.budget.draft import Draft
from finance.books.budget.estate_rows import (
    Building,
    FormNow,
    Future,
    Step,
    VariantRow,
    asked,
    buildings,
    forms_now,
    future,
    places_now,
    steps,
    variants,
)
from finance.books.budget.rows import MeasureRow
from finance.books.budget.summary_rows import chosen_rows
from finance.case.sheets import Location
from finance.tables import live, pasted
from finance.tables.columns import yes
from finance.tables.grid import Format, Value
from finance.tables.pages import Figure, Page, Table
from finance.tables.reconcile import Anchors

MEASURE: Final = "MATCH([maatregel],[plan.maatregel],0)"
LOCATION: Final = "MATCH([locatie],[locaties.locatie],0)"
FORM: Final = "MATCH([zorgvorm],[zorgvormen.zorgvorm],0)"
NEEDED: Final = f"IF([vraag]=0,0,ROUND([vraag]/INDEX([zorgvormen.bezetting_max],{FORM}),9))"
"""The places that a need asks for: no more of them can be used than bezetting_max."""
AT_START: Final = "SUMIFS([plaatsen.plaatsen],[plaatsen.zorgvorm],[zorgvorm])"


def _same(*names: str) -> dict[str, Callable[[Any], Value]]:
    """Columns that are called as what their records hold."""
    return {name: attrgetter(name) for name in names}


def pages(draft: Draft) -> tuple[Page, ...]:
    """The five sheets of the plan; none where the case does not ask for it."""
    if not asked(draft):
        return ()
    return (
        Page(
            "vastgoed_1_nu",
            "Vastgoedplan, stap 1: vraag en aanbod nu",
            "Wat hebben we nu nodig, wat hebben we nu, en wat past daar niet? Het eerste jaar, voor er iets gebeurt.",
            (_now(draft), _stock(draft)),
        ),
        Page(
            "vastgoed_2_trends",
            "Vastgoedplan, stap 2: de vraag van straks",
            "Wat hebben we nodig in de toekomst? De vraag van elk jaar, en de plaatsen die daarbij horen.",
            (_trend(draft),),
        ),
        Page(
            "vastgoed_3_mismatch",
            "Vastgoedplan, stap 3: wat straks niet past",
            "Wat zijn de gevolgen van trends, als er niets gebeurt en als dit plan wordt uitgevoerd?",
            (_mismatch(draft),),
        ),
        Page(
            "vastgoed_4_varianten",
            "Vastgoedplan, stap 4: varianten gewogen",
            "Wat kunnen we hebben? Elke variant met wat zij doet, kost en waard is, en of zij is gekozen.",
            (_weighed(draft),),
        ),
        Page(
            "vastgoed_5_stappen",
            "Vastgoedplan, stap 5: stappenplan",
            "Wat er per jaar gebeurt, voor alle gebouwen samen en voor elk gebouw.",
            (_figure(), _portfolio(draft), _chosen(draft), _per_building(draft)),
        ),
    )


def _now(draft: Draft) -> Table[FormNow]:
    need = "SUMIFS([vraag.jeugdigen],[vraag.zorgvorm],[zorgvorm],[vraag.jaar],{eerste_jaar})"
    return Table(
        "vastnu",
        "Per zorgvorm",
        forms_now(draft),
        (
            pasted.text("zorgvorm", "Zorgvorm", lambda row: draft.name("zorgvorm", row.vorm.zorgvorm), width=22),
            live.text("naam", "Naam", f"INDEX([zorgvormen.naam],{FORM})", 34),
            live.number("vraag", "Jeugdigen", need),
            live.places("nodig", "Plaatsen nodig", NEEDED),
            live.places("aanbod", "Plaatsen nu", AT_START),
            live.places("verschil", "Te veel (min: te weinig)", "ROUND([aanbod]-[nodig],9)"),
        ),
        "Nodig = jeugdigen gedeeld door de grootste bezetting van de zorgvorm.",
        ids=lambda row: (row.vorm.zorgvorm,),
    )


def _stock(draft: Draft) -> Table[Location]:
    there = {row.locatie for row in draft.case.places if row.plaatsen}
    return Table(
        "vastpand",
        "Per gebouw",
        tuple(row for row in draft.case.locations if row.locatie in there),
        (
            pasted.text("locatie", "Locatie", lambda row: draft.name("locatie", row.locatie), width=22),
            live.text("naam", "Naam", f"INDEX([locaties.naam],{LOCATION})", 34),
            live.text("gemeente", "Gemeente", f"INDEX([locaties.gemeente],{LOCATION})", 20),
            live.text("aanbieder", "Aanbieder", f"INDEX([locaties.aanbieder],{LOCATION})", 16),
            live.places(
                "plaatsen", "Plaatsen nu", "SUMIFS([plaatsen.plaatsen],[plaatsen.locatie],[locatie])", total=True
            ),
        ),
        ids=lambda row: (row.locatie,),
    )


def _trend(draft: Draft) -> Table[Future]:
    first = "SUMIFS([vraag.jeugdigen],[vraag.zorgvorm],[zorgvorm],[vraag.jaar],{eerste_jaar})"
    return Table(
        "vasttrend",
        "Per zorgvorm en jaar",
        future(draft),
        (
            live.text("zorgvorm", "Zorgvorm", "[vraag.zorgvorm@]", 22),
            live.year("jaar", "Jaar", "[vraag.jaar@]"),
            live.number("vraag", "Jeugdigen", "[vraag.jeugdigen@]"),
            live.number("erbij", "Meer dan in het eerste jaar (min: minder)", f"ROUND([vraag]-{first},9)"),
            live.places("nodig", "Plaatsen nodig", NEEDED),
        ),
        ids=lambda row: (row.vraag.vraag.zorgvorm, row.vraag.vraag.jaar),
    )


def _mismatch(draft: Draft) -> Table[Future]:
    return Table(
        "vaststraks",
        "Per zorgvorm en jaar",
        future(draft),
        (
            live.text("zorgvorm", "Zorgvorm", "[vasttrend.zorgvorm@]", 22),
            live.year("jaar", "Jaar", "[vasttrend.jaar@]"),
            live.places("nodig", "Plaatsen nodig", "[vasttrend.nodig@]"),
            live.places("aanbod", "Plaatsen nu", AT_START),
            live.places("verschil", "Te veel als er niets gebeurt", "ROUND([aanbod]-[nodig],9)"),
            live.places("plan", "Plaatsen in dit plan", "[vraagdekking.plaatsen@]"),
            live.places("verschil_plan", "Te veel in dit plan", "ROUND([plan]-[nodig],9)"),
        ),
        "Onder nul: zoveel plaatsen te weinig.",
        ids=lambda row: (row.vraag.vraag.zorgvorm, row.vraag.vraag.jaar),
    )


def _weighed(draft: Draft) -> Table[VariantRow]:
    own = "[effecten.maatregel],[maatregel]"
    better = '[vastvariant.project],[project],[vastvariant.punten],">"&[punten]'
    return Table(
        "vastvariant",
        "Per variant",
        variants(draft),
        (
            live.text("project", "Project", "[maatregelen.project@]", 20),
            live.text("maatregel", "Variant", "[maatregelen.maatregel@]", 20),
            live.text("omschrijving", "Omschrijving", '[maatregelen.omschrijving@]&""', 48, wrap=True),
            live.number(
                "eraf", "Plaatsen eraf", f'SUMIFS([effecten.plaatsen],{own},[effecten.plaatsen],"<0")', Format.COUNT
            ),
            live.number(
                "erbij", "Plaatsen erbij", f'SUMIFS([effecten.plaatsen],{own},[effecten.plaatsen],">0")', Format.COUNT
            ),
            live.euro(
                "kosten", "Kosten op prijspeil", "SUMIFS([kosten.bedrag],[kosten.maatregel],[maatregel])", total=False
            ),
            live.number("punten", "Punten", "[maatregelen.waardering@]"),
            live.number("plek", "Volgorde naar punten", f"COUNTIFS({better})+1", Format.COUNT),
            live.text("gekozen", "Gekozen", "[plan.gekozen@]", 9),
        ),
        "Punten wegen pas als vraag, plafonds en dekking gelijk zijn; de doelen staan in volgorde op het blad"
        " samenvatting.",
        ids=lambda row: (row.rij.maatregel.maatregel,),
    )


def _figure() -> Figure:
    return Figure("Plaatsen en wat er nodig is", "plaatsen", "vastjaar", "jaar", ("plaatsen",), ("nodig",))


def _portfolio(draft: Draft) -> Table[Step]:
    return Table(
        "vastjaar",
        "Alle gebouwen samen",
        steps(draft),
        (
            live.year("jaar", "Jaar", "IF(N([-jaar])=0,{eerste_jaar},[-jaar]+1)"),
            live.number("begonnen", "Maatregelen die beginnen", "COUNTIFS([plan.start],[jaar])", Format.COUNT),
            live.places("plaatsen", "Plaatsen", "ROUND(SUMIFS([bezetting.plaatsen],[bezetting.jaar],[jaar]),9)"),
            live.places("nodig", "Plaatsen nodig", "ROUND(SUMIFS([vasttrend.nodig],[vasttrend.jaar],[jaar]),9)"),
            live.euro(
                "kosten",
                "Kosten van maatregelen",
                'ROUND(SUMIFS([lijn.kosten],[lijn.jaar],[jaar],[rekenlijn.rij_maatregel],">0"),2)',
            ),
        ),
        ids=lambda row: (row.jaar,),
    )


def _chosen(draft: Draft) -> Table[MeasureRow]:
    return Table(
        "vaststap",
        "Wat er gebeurt, in volgorde",
        chosen_rows(draft),
        (
            pasted.text(
                "maatregel", "Maatregel", lambda row: draft.name("maatregel", row.maatregel.maatregel), width=22
            ),
            live.year("start", "Start", f"INDEX([plan.start],{MEASURE})"),
            live.text("locatie", "Gebouw", f'INDEX([maatregelen.locatie],{MEASURE})&""', 20),
            live.text("omschrijving", "Omschrijving", f"INDEX([plan.omschrijving],{MEASURE})", 48, wrap=True),
            live.number("eraf", "Plaatsen eraf", f"INDEX([plan.eraf],{MEASURE})", Format.COUNT),
            live.number("erbij", "Plaatsen erbij", f"INDEX([plan.erbij],{MEASURE})", Format.COUNT),
        ),
        ids=lambda row: (row.maatregel.maatregel,),
    )


def _per_building(draft: Draft) -> Table[Building]:
    return Table(
        "vastpandjaar",
        "Per gebouw en jaar",
        buildings(draft),
        (
            pasted.text("locatie", "Locatie", lambda row: draft.name("locatie", row.locatie.locatie), width=22),
            live.text("naam", "Naam", f"INDEX([locaties.naam],{LOCATION})", 34),
            live.year("jaar", "Jaar", "IF(OR(N([-jaar])=0,[-jaar]={laatste_jaar}),{eerste_jaar},[-jaar]+1)"),
            live.places(
                "plaatsen",
                "Plaatsen",
                "ROUND(SUMIFS([bezetting.plaatsen],[bezetting.locatie],[locatie],[bezetting.jaar],[jaar]),9)",
            ),
            live.number(
                "begonnen",
                "Maatregelen die beginnen",
                "COUNTIFS([maatregelen.locatie],[locatie],[plan.start],[jaar])",
                Format.COUNT,
            ),
        ),
        ids=lambda row: (row.locatie.locatie, row.jaar),
    )


def anchors(draft: Draft) -> Anchors:
    """What the numbers of these sheets must be, as the plan computes them without formulas."""
    return {
        "vastnu": _same("nodig", "aanbod", "verschil"),
        "vastpand": {"plaatsen": lambda row: places_now(draft, row)},
        "vasttrend": _same("erbij", "nodig"),
        "vaststraks": {
            **_same("nodig", "aanbod", "verschil", "verschil_plan"),
            "jaar": attrgetter("vraag.vraag.jaar"),
            "plan": attrgetter("vraag.plaatsen"),
        },
        "vastvariant": {
            **_same("eraf", "erbij", "kosten", "plek"),
            "punten": attrgetter("rij.maatregel.waardering"),
            "gekozen": lambda row: yes(row.rij.start is not None),
        },
        "vastjaar": _same("jaar", "begonnen", "plaatsen", "nodig", "kosten"),
        "vaststap": _same("eraf", "erbij", "start"),
        "vastpandjaar": _same("jaar", "plaatsen", "begonnen"),
    }
