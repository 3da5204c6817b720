"""The sheet `rekenplan`: what each agreement or assumption pays, and the result by form and year."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from finance.books.tariff.calculation import cents
from finance.books.tariff.draft import Draft
from finance.books.tariff.plan_costs import amount, cost_years, growth, place_years, tariff_keys
from finance.books.tariff.plan_inputs import NEXT_YEAR, funding_key, key_of
from finance.tables import live, pasted
from finance.tables.columns import tight
from finance.tables.grid import Format, Value
from finance.tables.pages import Column, Page, Table
from finance.tariff.tariff import Form
from finance.tariff.transition import Carried, Deal, FormYear, weight_of

AGREED: Final = "casus"
ASSUMED: Final = "aanname"
LUMPSUM: Final = "lumpsum"
PXQ: Final = "pxq"
WEIGHTS: Final[dict[Form, str]] = {"lumpsum": "start", "pxq": "bezet", "beschikbaarheid": "plaatsen"}
"""The column of places that each form looks at."""


def page(draft: Draft) -> Page:
    """The sheet `rekenplan`."""
    return Page(
        "rekenplan",
        "Rekenblad: de aanbieders in het plan",
        "Van plaatsen en prijzen naar kosten, van afspraken naar opbrengst, en daaruit het resultaat per"
        " aanbieder, vorm en jaar.",
        (
            tight(growth(draft)),
            tight(tariff_keys(draft)),
            tight(_years(draft)),
            tight(place_years(draft)),
            tight(cost_years(draft)),
            tight(_deals(draft)),
            tight(_form_years(draft)),
        ),
        tab="berekening",
    )


def year_key(year_of: int) -> str:
    """What the assumption of a year is called."""
    return f"{ASSUMED} {year_of}"


def _years(draft: Draft) -> Table[int]:
    case = draft.case

    def young_people(row: int) -> Fraction:
        return sum((Fraction(one.jeugdigen) for one in case.demand if one.jaar == row), Fraction(0))

    def levels(row: int) -> Fraction:
        lumps = (one for one in case.funding if case.source[one.bron].soort == LUMPSUM)
        return sum((Fraction(one.niveau) * case.part_of_year(one) for one in lumps if one.jaar == row), Fraction(0))

    return Table(
        "jaren",
        "De jaren",
        tuple(case.years),
        (
            pasted.text("sleutel", "Jaar van de aanname", year_key, width=22),
            live.year("jaar", "Jaar", NEXT_YEAR),
            live.places("jeugdigen", "Jeugdigen", "SUMIFS([vraag.jeugdigen],[vraag.jaar],[jaar])"),
            live.places(
                "niveau",
                "Niveau van alle lumpsums",
                f'SUMIFS([afspraak.{_weighed(draft)}],[afspraak.jaar],[jaar],[afspraak.soort],"{LUMPSUM}")',
            ),
        ),
    )


@dataclass(frozen=True)
class Numbered:
    """A deal with the key by which formulas find it."""

    nr: int
    deal: Deal

    @property
    def regel(self) -> str:
        """Its key."""
        return f"regel {self.nr}"


def numbered_deals(draft: Draft) -> tuple[Numbered, ...]:
    """Every way in which a provider is paid in a year."""
    return tuple(Numbered(nr, deal) for nr, deal in enumerate(draft.transition.deals, start=1))


def _deals(draft: Draft) -> Table[Numbered]:
    return Table(
        "betaal",
        "Wat elke afspraak betaalt",
        numbered_deals(draft),
        (*_which(draft), *_terms(draft), *_counts(draft), *_paid(), *_bends()),
        "Een rij voor elke afspraak van de casus, en een voor de aanname van elke vorm en elk jaar. De"
        " aanname telt alleen in een jaar waarin de casus voor die vorm geen afspraak met een niveau heeft:"
        " evenveel plaatsen als bij de start, tegen de gemiddelde kostprijs.",
    )


def if_agreed(agreed: str, assumed: str) -> str:
    """The template for a row of the case, and for one of the assumption."""
    return f'IF([soort]="{AGREED}",{agreed},{assumed})'


def _weighed(draft: Draft) -> str:
    """The column with the level of each agreement over its whole year."""
    return "weging" if draft.paid_by_month else "niveau"


def _of_agreed(key: str) -> str:
    return f"INDEX([afspraak.{key}],[rij])"


GROUP: Final = '[aanbieder]&"|"&[vorm]'
"""The template of the key of a provider and a form."""


def _which(draft: Draft) -> tuple[Column[Numbered], ...]:
    agreed = {row.rij: nr for nr, row in enumerate(draft.case.funding, start=1)}
    first = draft.case.years.first

    def key(row: Numbered) -> str:
        return funding_key(row.deal.rij) if row.deal.rij else year_key(row.deal.jaar)

    def place(row: Numbered) -> int:
        return agreed[row.deal.rij.rij] if row.deal.rij else row.deal.jaar - first + 1

    found = if_agreed("MATCH([sleutel],[afspraak.sleutel],0)", "MATCH([sleutel],[jaren.sleutel],0)")
    return (
        pasted.text("aanbieder", "Aanbieder", lambda row: key_of(draft, "aanbieder", row.deal.aanbieder), width=22),
        pasted.text("vorm", "Vorm", lambda row: row.deal.vorm, width=16),
        pasted.text("soort", "Soort", lambda row: AGREED if row.deal.rij else ASSUMED),
        pasted.text("sleutel", "Afspraak of aanname", key, width=22),
        pasted.text("regel", "Regel", lambda row: row.regel),
        live.text("groep", "Aanbieder en vorm", GROUP, 26),
        live.number("rij", "Rij", found, Format.COUNT),
        live.year("jaar", "Jaar", if_agreed(_of_agreed("jaar"), "INDEX([jaren.jaar],[rij])")),
    )


def _terms(draft: Draft) -> tuple[Column[Numbered], ...]:
    """Level, price, band: as agreed, or as assumed."""
    start = "SUMIFS([aanbieders.start],[aanbieders.aanbieder],[aanbieder])"
    others = (
        "SUMIFS([betaal.niveau],[betaal.aanbieder],[aanbieder],[betaal.vorm],[vorm],[betaal.jaar],[jaar],"
        f'[betaal.soort],"{AGREED}")'
    )

    def only(row: Numbered) -> str:
        return key_of(draft, "aanbieder", row.deal.alleen)

    def form(row: Numbered) -> str:
        return key_of(draft, "zorgvorm", row.deal.rij.zorgvorm) if row.deal.rij else ""

    return (
        live.text("alleen", "Alleen voor aanbieder", if_agreed(f'{_of_agreed("alleen")}&""', "[aanbieder]"), 22),
        live.text("zorgvorm", "Alleen voor zorgvorm", if_agreed(f'{_of_agreed("zorgvorm")}&""', '""'), 18),
        live.places("niveau", "Niveau", if_agreed(_of_agreed(_weighed(draft)), start)),
        live.number("telt", "Telt mee", if_agreed("IF([niveau]>0,1,0)", f"IF({others}>0,0,1)"), Format.COUNT),
        live.number("band", "Band", if_agreed(_of_agreed("band"), "0"), Format.PERCENT),
        live.number(
            "daalt", "Daalt onder de band", if_agreed(f'IF({_of_agreed("onderzijde")}="dalend",1,0)', "0"), Format.COUNT
        ),
        *_price(draft),
    )


def _by_form(column: str) -> str:
    """The sum of a column of places of the provider and the year, by what the form looks at."""
    own = "[plekjaar.aanbieder],[aanbieder],[plekjaar.jaar],[jaar]"
    start, used, there = (
        f"SUMIFS([plekjaar.{column}{WEIGHTS[form]}],{own})" for form in ("lumpsum", "pxq", "beschikbaarheid")
    )
    return f'IF([vorm]="{LUMPSUM}",{start},IF([vorm]="{PXQ}",{used},{there}))'


def _price(draft: Draft) -> tuple[Column[Numbered], ...]:
    def own(row: Numbered) -> list[tuple[Fraction, Fraction]]:
        deal = row.deal
        return [
            (weight_of(deal.vorm, one), one.kostprijs)
            for one in draft.transition.places
            if (one.aanbieder, one.jaar) == (deal.aanbieder, deal.jaar)
        ]

    def weight(row: Numbered) -> Fraction:
        return sum((number_of for number_of, _ in own(row)), Fraction(0))

    mean = cents(f"{_by_form('gewogen_')}/({{dagen}}*[gewicht])")

    return (
        live.places("gewicht", "Plaatsen van de kostprijs", _by_form("")),
        live.euro("kostprijs", "Gemiddelde kostprijs per etmaal", f"IF([gewicht]=0,0,{mean})", total=False),
        live.euro(
            "prijs", "Prijs van een plaatsjaar", if_agreed(_of_agreed("prijs"), "{dagen}*[kostprijs]"), total=False
        ),
    )


def _counts(draft: Draft) -> tuple[Column[Numbered], ...]:
    """What the level is held against, and the part of it that is the provider's."""
    any_of = 'IF([{0}]="","*",[{0}])'
    of_year = f"[plekjaar.jaar],[jaar],[plekjaar.zorgvorm],{any_of.format('zorgvorm')}"

    def counted(who: str) -> str:
        of = f"{of_year},[plekjaar.aanbieder],{who}"
        found = f'IF([vorm]="{PXQ}",SUMIFS([plekjaar.bezet],{of}),SUMIFS([plekjaar.plaatsen],{of}))'
        return f"{found}*{if_agreed(_of_agreed('jaardeel'), '1')}" if draft.paid_by_month else found

    young = "SUMIFS([jaren.jeugdigen],[jaren.jaar],[jaar])"
    levels = "SUMIFS([jaren.niveau],[jaren.jaar],[jaar])"
    part = "SUMIFS([aanbieders.deel],[aanbieders.aanbieder],[aanbieder])"
    lump = if_agreed(f"IF({levels}=0,0,{young}*[niveau]/{levels})", f"{young}*{part}")
    return (
        live.places(
            "geteld", "Jeugdigen of plaatsen", f'IF([vorm]="{LUMPSUM}",{lump},{counted(any_of.format("alleen"))})'
        ),
        live.places("eigen", "Waarvan van de aanbieder", f'IF([vorm]="{LUMPSUM}",0,{counted("[aanbieder]")})'),
        live.number(
            "deel",
            "Deel van de aanbieder",
            f'IF([alleen]=[aanbieder],1,IF([vorm]="{LUMPSUM}",{part},IF([geteld]=0,0,[eigen]/[geteld])))',
            Format.FACTOR,
        ),
    )


def _paid() -> tuple[Column[Numbered], ...]:
    banded = (
        "IF(ROUND([geteld],9)>ROUND([bovenrand],9),[niveau]+[geteld]-[bovenrand],"
        "IF(AND(ROUND([geteld],9)<ROUND([onderrand],9),[daalt]=1),[niveau]-([onderrand]-[geteld]),[niveau]))"
    )
    return (
        live.places("onderrand", "Onderrand", "[niveau]*(1-[band])"),
        live.places("bovenrand", "Bovenrand", "[niveau]*(1+[band])"),
        live.places(
            "betaald", "Betaalde plaatsen", f'[telt]*[deel]*IF([vorm]="{LUMPSUM}",{banded},MIN([geteld],[niveau]))'
        ),
        live.euro("precies", "Opbrengst, niet afgerond", "[betaald]*[prijs]"),
        live.euro("opbrengst", "Opbrengst", amount("[precies]")),
        live.places("gedekt", "Geteld voor deze vorm", "[telt]*[eigen]"),
        live.places("meetellend", "Niveau dat telt", "[telt]*[niveau]"),
    )


def _bends() -> tuple[Column[Numbered], ...]:
    """Where what is paid bends as the level grows."""
    banded = f'[vorm]="{LUMPSUM}"'
    below = f"AND({banded},[meetellend]>0)"
    above = f"AND([meetellend]>0,OR(NOT({banded}),AND([daalt]=1,[band]<1)))"
    top = f"IF({banded},[onderrand],[niveau])"

    def bend(key: str, head: str, side: int, part: str, formula: str, fmt: Format) -> Column[Numbered]:
        def value(row: Numbered) -> Value:
            found: Value = getattr(row.deal.bends[side], part)
            return found

        return live.number(key, head, formula, fmt)

    return (
        live.number("schaal", "Opbrengst per factor", "[meetellend]*[deel]*[prijs]", Format.EURO),
        bend("onder", "Knik onder", 0, "punt", f"IF({below},[geteld]/[bovenrand],0)", Format.FACTOR),
        bend("onder_vast", "Onder: vast", 0, "vast", f"IF({below},[deel]*[prijs]*[geteld],0)", Format.EURO),
        bend(
            "onder_helling", "Onder: helling", 0, "helling", f"IF({below},0-[deel]*[prijs]*[bovenrand],0)", Format.EURO
        ),
        bend("boven", "Knik boven", 1, "punt", f"IF({above},[geteld]/{top},0)", Format.FACTOR),
        bend("boven_vast", "Boven: vast", 1, "vast", f"IF({above},[deel]*[prijs]*[geteld],0)", Format.EURO),
        bend("boven_helling", "Boven: helling", 1, "helling", f"IF({above},0-[deel]*[prijs]*{top},0)", Format.EURO),
    )


@dataclass(frozen=True)
class CarriedYear:
    """A provider under one form in one year."""

    over: Carried
    jaar: FormYear

    @property
    def lowest(self) -> Value:
        """The lowest added-up result up to and with this year."""
        until = [row.cumulatief for row in self.over.jaren if row.jaar <= self.jaar.jaar]
        return min(until)


def _form_years(draft: Draft) -> Table[CarriedYear]:
    rows = [CarriedYear(over, one) for over in draft.transition.carried for one in over.jaren]
    of_row = "[betaal.aanbieder],[aanbieder],[betaal.vorm],[vorm],[betaal.jaar],[jaar]"
    first = "[jaar]={eerste_jaar}"
    return Table(
        "vormjaar",
        "Het resultaat per aanbieder, vorm en jaar",
        rows,
        (
            pasted.text("aanbieder", "Aanbieder", lambda row: key_of(draft, "aanbieder", row.over.aanbieder), width=22),
            pasted.text("vorm", "Vorm", lambda row: row.over.vorm, width=16),
            live.year("jaar", "Jaar", NEXT_YEAR),
            live.euro("opbrengst", "Opbrengst", f"ROUND(SUMIFS([betaal.opbrengst],{of_row}),2)", total=False),
            live.euro(
                "kosten",
                "Kosten",
                "ROUND(SUMIFS([kostenjaar.kosten],[kostenjaar.aanbieder],[aanbieder],[kostenjaar.jaar],[jaar]),2)",
                total=False,
            ),
            live.euro("resultaat", "Resultaat", "ROUND([opbrengst]-[kosten],2)", total=False),
            live.euro("cumulatief", "Opgeteld", f"ROUND(IF({first},0,N([-cumulatief]))+[resultaat],2)", total=False),
            live.euro(
                "laagste",
                "Laagste stand tot nu",
                f"IF({first},[cumulatief],MIN(N([-laagste]),[cumulatief]))",
                total=False,
            ),
        ),
    )
