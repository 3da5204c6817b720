"""The sheet `besluit`: what a board has to know of its years under each form of payment, on one page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from finance.books.origins import decided, traced
from finance.books.tariff.draft import NORM, TESTED, Draft
from finance.books.tariff.financing import NAMES
from finance.books.tariff.given import key_of
from finance.books.tariff.plan_deals import CarriedYear
from finance.books.tariff.plan_inputs import NEXT_YEAR
from finance.case.sheets import Provider
from finance.money import Money
from finance.tables import live, pasted
from finance.tables.grid import Format, Value
from finance.tables.pages import Block, Notes, Page, Table
from finance.tariff.tariff import FORMS
from finance.tariff.transition import AGREED, Carried

REDUNDANCY: Final = "frictie_personeel"
OF_FORM: Final = "[vormjaar.aanbieder],[aanbieder],[vormjaar.vorm],[vorm]"
OF_YEAR: Final = f"{OF_FORM},[vormjaar.jaar],[jaar]"
OF_PROVIDER: Final = "[bestuur.aanbieder],[aanbieder],[bestuur.vorm]"
UNKNOWN: Final = "niet opgegeven"


def page(draft: Draft) -> Page:
    """The sheet `besluit`."""
    blocks: tuple[Block, ...] = (
        _advice(draft),
        _results(draft),
        _closing(draft),
        Notes(
            "Hoe u dit leest",
            (
                "In het plan: zo vol als het plan de plaatsen vult. Bij de norm: zo vol als waar de prijs mee rekent;"
                " daar brengen de vormen zonder afspraak hetzelfde op. Bij de proef: 80% van alle plaatsen, hoe vol ze"
                " ook kunnen zijn. Het aantal plaatsen en de eenmalige kosten zijn steeds die van het plan.",
                "Opslag: zoveel hoger moet elke prijs zijn om in het plan op nul uit te komen; onder nul: lager.",
                "Laagste stand: liquide middelen aan het begin plus de resultaten, min rente over wat een jaar eerder"
                " tekort was (blad aanbieders, kolommen liquide_middelen en rente; leeg telt als nul). Is hij onder"
                " nul, dan moet zoveel overbrugd worden.",
                "Het blad prijzen zegt welke prijs per zorgvorm en jaar nodig is, het blad resultaat waar alles vandaan"
                " komt.",
            ),
        ),
        _years(draft),
    )
    return Page(
        "bestuur",
        "Besluit voor het bestuur",
        "Wat er per vorm van betalen overblijft, in het plan, bij de norm en bij lagere bezetting; welke prijs er nodig"
        " is, hoe diep de liquiditeit zakt, en wat afbouw kost.",
        blocks,
    )


def _advice(draft: Draft) -> Table[Provider]:
    def of(form: str, column: str) -> str:
        return f'SUMIFS([bestuur.{column}],{OF_PROVIDER},"{form}")'

    def change(form: str) -> str:
        return _thousands(f"{of(form, 'proef')}-{of(form, 'norm')}")

    pxq, available, lump = FORMS
    best = f"MAX({','.join(of(form, 'plan') for form in FORMS)})"
    named = '&", "&'.join(f'"{NAMES[form]}: "&IF({of(form, "plan")}>=0,"ja","nee")' for form in FORMS)
    carries = (
        f'IF([beste]<0,"Geen vorm komt uit: het kleinste tekort is "&{_thousands("0-[beste]")}&" duizend euro.",'
        f'"Komt het over alle jaren uit? "&{named}&".")'
    )
    back = of(lump, "terug")
    of_provider = "[bestuur.aanbieder],[aanbieder]"
    assumed = f'(COUNTIFS({of_provider})-COUNTIFS({of_provider},[bestuur.berust],"{AGREED}"))'
    return Table(
        "advies",
        "In drie zinnen",
        draft.case.providers,
        (
            pasted.text("aanbieder", "Aanbieder", lambda row: key_of(draft, "aanbieder", row.aanbieder), width=18),
            live.euro("beste", "De beste vorm laat over", best, total=False, width=14),
            live.text("draagt", "Welke vorm draagt", carries, 30, wrap=True),
            live.text(
                "leegte",
                "Wat leegstand doet",
                '"Zakt de bezetting van de norm naar die van de proef, dan verandert het resultaat onder PxQ met "&'
                f'{change(pxq)}&" duizend euro, en onder beschikbaarheid met "&{change(available)}&" duizend euro."',
                30,
                wrap=True,
            ),
            live.text(
                "terug",
                "Wat terugvloeit, en waar het op rust",
                f'IF({back}>0,"Van de lumpsum vloeit "&{_thousands(back)}&" duizend euro terug: dat is geen winst.",'
                f'"Van een lumpsum vloeit niets terug.")&IF({assumed}=0,""," Van de vormen rusten er "&{assumed}&'
                '" geheel of deels op een aanname.")',
                30,
                wrap=True,
            ),
        ),
    )


def _thousands(amount: str) -> str:
    return f"ROUND(({amount})/{{duizend}},0)"


def _results(draft: Draft) -> Table[Carried]:
    return Table(
        "bestuur",
        "Wat er over alle jaren overblijft",
        draft.transition.carried,
        (
            pasted.text("aanbieder", "Aanbieder", lambda row: key_of(draft, "aanbieder", row.aanbieder), width=18),
            pasted.text("vorm", "Vorm", lambda row: row.vorm, width=16),
            live.text("berust", "Berust op", "[oordeel.berust@]", 28),
            live.euro("plan", "In het plan", f"ROUND(SUMIFS([vormjaar.resultaat],{OF_FORM}),2)", total=False),
            live.euro("norm", "Bij de norm", f"ROUND(SUMIFS([vormjaar.resultaat{NORM}],{OF_FORM}),2)", total=False),
            live.euro(
                "proef", "Bij 80% bezetting", f"ROUND(SUMIFS([vormjaar.resultaat{TESTED}],{OF_FORM}),2)", total=False
            ),
            live.column("opslag", "Opslag op de prijs nu", "[oordeel.opslag@]", Format.PERCENT),
            live.euro("terug", "Vloeit terug", "[oordeel.terug@]", total=False),
            live.euro(
                "laagste",
                "Laagste stand van de liquiditeit",
                "SUMIFS([bestuurjaar.laagste],[bestuurjaar.aanbieder],[aanbieder],[bestuurjaar.vorm],[vorm],"
                "[bestuurjaar.jaar],{laatste_jaar})",
                total=False,
            ),
        ),
    )


def _years(draft: Draft) -> Table[CarriedYear]:
    """The result of each year, and how the liquidity goes with it."""
    rows = [CarriedYear(over, one) for over in draft.transition.carried for one in over.jaren]
    first = "[jaar]={eerste_jaar}"
    start, rate = (f"SUMIFS([aanbieders.{key}],[aanbieders.aanbieder],[aanbieder])" for key in ("middelen", "rente"))
    return Table(
        "bestuurjaar",
        "Per jaar",
        rows,
        (
            pasted.text("aanbieder", "Aanbieder", lambda row: key_of(draft, "aanbieder", row.over.aanbieder), width=18),
            pasted.text("vorm", "Vorm", lambda row: row.over.vorm, width=16),
            live.year("jaar", "Jaar", NEXT_YEAR, 30),
            live.euro("plan", "In het plan", f"SUMIFS([vormjaar.resultaat],{OF_YEAR})", total=False),
            live.euro("norm", "Bij de norm", f"SUMIFS([vormjaar.resultaat{NORM}],{OF_YEAR})", total=False),
            live.euro("proef", "Bij 80% bezetting", f"SUMIFS([vormjaar.resultaat{TESTED}],{OF_YEAR})", total=False),
            live.euro("begin", "Liquiditeit begin", f"IF({first},{start},N([-eind]))", total=False),
            live.euro("rente", "Rente over tekort", f"ROUND(MAX(0,0-[begin])*{rate},2)", total=False),
            live.euro("eind", "Liquiditeit eind", "ROUND([begin]+[plan]-[rente],2)", total=False),
            live.euro("laagste", "Laagste tot nu", f"IF({first},[eind],MIN(N([-laagste]),[eind]))", total=False),
        ),
    )


@dataclass(frozen=True)
class _Closing:
    """What a provider gives up in the plan.

    Attributes:
        aanbieder: the provider.
        minder: the closed places fewer at the end than at the start; below zero where there are more.
        boekwaarde: the book value of locations that lose all their places; None where one of them is not given.
    """

    aanbieder: str
    minder: Fraction
    boekwaarde: Money | None


def closings(draft: Draft) -> Iterator[_Closing]:
    """What every provider gives up in the plan."""
    case, places, last = draft.case, draft.transition.places, draft.case.years.last
    for provider in draft.transition.providers:
        own = [row for row in places if row.aanbieder == provider and row.jaar == last]
        fewer = sum(
            (row.plek.plaatsen - row.plaatsen for row in own if case.care_form[row.plek.zorgvorm].is_closed),
            Fraction(0),
        )
        emptied = [
            row
            for row in case.locations
            if row.aanbieder == provider
            and any(one.plek.plaatsen for one in own if one.plek.locatie == row.locatie)
            and not any(one.plaatsen for one in own if one.plek.locatie == row.locatie)
        ]
        known = [row.boekwaarde for row in emptied]
        total = None if None in known else Money.total(value for value in known if value is not None)
        yield _Closing(provider, fewer, total)


def _closing(draft: Draft) -> Table[_Closing]:
    def value(row: _Closing) -> Value:
        return UNKNOWN if row.boekwaarde is None else row.boekwaarde

    paid = f'SUMIFS([eenmalig.bedrag],[eenmalig.aanbieder],[aanbieder],[eenmalig.kostensoort],"{REDUNDANCY}")'
    return Table(
        "afbouw",
        "Wat afbouw kost",
        list(closings(draft)),
        (
            pasted.text("aanbieder", "Aanbieder", lambda row: key_of(draft, "aanbieder", row.aanbieder), width=18),
            traced(
                pasted.decision("minder", "Gesloten plaatsen minder", lambda row: row.minder, Format.PLACES),
                lambda _: decided("plaatsen van het plan"),
            ),
            live.euro("sociaal", "Sociaal plan in het plan (frictie_personeel)", paid, total=False),
            live.column(
                "per_plaats",
                "Sociaal plan per gesloten plaats minder",
                f'IF([minder]>0,[sociaal]/[minder],"{NO_PLACE}")',
                Format.EURO,
            ),
            traced(
                pasted.decision("boekwaarde", "Boekwaarde van gebouwen die leeg komen", value, Format.EURO, width=16),
                lambda _: decided("locaties zonder plaatsen aan het eind van het plan"),
            ),
        ),
        "De boekwaarde is het hoogste boekverlies: wat een verkoop opbrengt, gaat er nog af.",
    )


NO_PLACE: Final = "geen plaats minder"
