"""The sheet `rekenplan`: what each agreement or assumption pays, and the result by form and year."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from finance.books.tariff.draft import Draft
from finance.books.tariff.given import key_of
from finance.books.tariff.plan_costs import amount, cost_years, growth, place_years, tariff_keys
from finance.books.tariff.plan_inputs import NEXT_YEAR, funding_key
from finance.books.tariff.plan_need import young_people as all_young_people
from finance.tables import live, pasted
from finance.tables.columns import tight
from finance.tables.grid import Format
from finance.tables.pages import Column, Page, Table
from finance.tariff.transition import AGREED, ASSUMED, Carried, Deal, FormYear

LUMPSUM: Final = "lumpsum"
PXQ: Final = "pxq"


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
        return case.care.young_people(row)

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
            live.places("jeugdigen", "Jeugdigen", all_young_people(draft)),
            live.places(
                "niveau",
                "Niveau van alle lumpsums",
                f'SUMIFS([afspraak.{_weighed(draft)}],[afspraak.jaar],[jaar],[afspraak.soort],"{LUMPSUM}")',
            ),
        ),
    )


def _deals(draft: Draft) -> Table[Deal]:
    return Table(
        "betaal",
        "Wat elke afspraak betaalt",
        draft.transition.deals,
        (*_which(draft), *_terms(draft), *_counts(draft), *_price(), *_paid()),
        "Een rij voor elke afspraak van de casus, en een voor de aanname van elke vorm, elk jaar en (behalve bij een"
        " lumpsum) elke zorgvorm. De aanname telt alleen waar de casus geen afspraak met een niveau heeft. Zij betaalt"
        " de plaatsen van het plan tegen hun kostprijs: een bezette plaats F / (n b) + V, een beschikbare F / n + b V."
        " Bij bezetting b brengen de drie vormen zo hetzelfde op.",
    )


def if_agreed(agreed: str, assumed: str) -> str:
    """The template for a row of the case, and for one of the assumption."""
    return f'IF([soort]="{AGREED}",{agreed},{assumed})'


def _weighed(draft: Draft) -> str:
    """The column with the level of each agreement over its whole year."""
    return "weging" if draft.paid_by_month else "niveau"


def _of_agreed(key: str) -> str:
    return f"INDEX([afspraak.{key}],[rij])"


def _which(draft: Draft) -> tuple[Column[Deal], ...]:
    def key(row: Deal) -> str:
        return funding_key(row.rij) if row.rij else year_key(row.jaar)

    found = if_agreed("MATCH([sleutel],[afspraak.sleutel],0)", "MATCH([sleutel],[jaren.sleutel],0)")

    def assumed(row: Deal) -> str:
        return "" if row.rij else key_of(draft, "zorgvorm", row.zorgvorm)

    return (
        pasted.text("aanbieder", "Aanbieder", lambda row: key_of(draft, "aanbieder", row.aanbieder), width=22),
        pasted.text("vorm", "Vorm", lambda row: row.vorm, width=16),
        pasted.text("soort", "Soort", lambda row: AGREED if row.rij else ASSUMED),
        pasted.text("sleutel", "Afspraak of aanname", key, width=22),
        pasted.text("aangenomen", "Zorgvorm van de aanname", assumed, width=18),
        live.number("rij", "Rij", found, Format.COUNT),
        live.text("bron", "Bron", if_agreed(f'{_of_agreed("bron")}&""', '""'), 18),
        live.year("jaar", "Jaar", if_agreed(_of_agreed("jaar"), "INDEX([jaren.jaar],[rij])")),
    )


OWN: Final = "[plekjaar.jaar],[jaar],[plekjaar.aanbieder],[aanbieder]"
OF_FORM: Final = '[plekjaar.zorgvorm],IF([zorgvorm]="","*",[zorgvorm])'
"""The criteria of the zorgvorm that a row pays for; of a row for all together every one."""


def _terms(draft: Draft) -> tuple[Column[Deal], ...]:
    """Level and band: as agreed, or as assumed."""
    of_row = (
        "SUMIFS([betaal.niveau],[betaal.aanbieder],[aanbieder],[betaal.vorm],[vorm],[betaal.jaar],[jaar],"
        f'[betaal.soort],"{AGREED}",[betaal.zorgvorm],{{}})'
    )
    others = f'{of_row.format(chr(34) * 2)}+IF([zorgvorm]="",0,{of_row.format("[zorgvorm]")})'
    return (
        live.text("alleen", "Alleen voor aanbieder", if_agreed(f'{_of_agreed("alleen")}&""', "[aanbieder]"), 22),
        live.text("zorgvorm", "Zorgvorm", if_agreed(f'{_of_agreed("zorgvorm")}&""', '[aangenomen]&""'), 18),
        *(
            [live.text("tarief", "Tarief", if_agreed(f'{_of_agreed("tarief")}&""', '""'))]
            if draft.paid_by_tariff
            else []
        ),
        live.places(
            "niveau", "Niveau", if_agreed(_of_agreed(_weighed(draft)), f"SUMIFS([plekjaar.plaatsen],{OWN},{OF_FORM})")
        ),
        live.number("telt", "Telt mee", if_agreed("IF([niveau]>0,1,0)", f"IF({others}>0,0,1)"), Format.COUNT),
        live.number("band", "Band", if_agreed(_of_agreed("band"), "0"), Format.PERCENT),
        live.number(
            "daalt", "Daalt onder de band", if_agreed(f'IF({_of_agreed("onderzijde")}="dalend",1,0)', "0"), Format.COUNT
        ),
        live.number(
            "houdt",
            "Wat over is gaat mee",
            if_agreed(f'IF({_of_agreed("overdraagbaar")}="ja",1,0)', "1"),
            Format.COUNT,
        ),
    )


def _counts(draft: Draft) -> tuple[Column[Deal], ...]:
    """What the level is held against, and the part of it that is the provider's."""

    def counted(who: str) -> str:
        of = f"[plekjaar.jaar],[jaar],{OF_FORM},[plekjaar.aanbieder],{who}"
        if draft.paid_by_tariff:
            of += ',[plekjaar.genoemd],IF([tarief]="","*",[tarief])'
        found = f'IF([vorm]="{PXQ}",SUMIFS([plekjaar.bezet],{of}),SUMIFS([plekjaar.plaatsen],{of}))'
        return f"{found}*{if_agreed(_of_agreed('jaardeel'), '1')}" if draft.paid_by_month else found

    young = "SUMIFS([jaren.jeugdigen],[jaren.jaar],[jaar])"
    levels = "SUMIFS([jaren.niveau],[jaren.jaar],[jaar])"
    part = "SUMIFS([kostenjaar.deel],[kostenjaar.aanbieder],[aanbieder],[kostenjaar.jaar],[jaar])"
    keyed = "COUNTIFS([sleutel.bron],[bron])"
    own_part = f'IF([vorm]="{LUMPSUM}",{part},IF([geteld]=0,0,[eigen]/[geteld]))'
    guessed = f'[alleen]="",[vorm]="{LUMPSUM}"'
    if draft.case.allocation_keys:
        share = "SUMIFS([sleutel.aandeel],[sleutel.bron],[bron],[sleutel.aanbieder],[aanbieder])"
        own_part = f"IF({keyed}>0,{share},{own_part})"
        guessed += f",{keyed}=0"
    lump = if_agreed(f"IF({levels}=0,0,{young}*[niveau]/{levels})", "[niveau]")
    anyone = 'IF([alleen]="","*",[alleen])'
    return (
        live.places("geteld", "Jeugdigen of plaatsen", f'IF([vorm]="{LUMPSUM}",{lump},{counted(anyone)})'),
        live.places("eigen", "Waarvan van de aanbieder", f'IF([vorm]="{LUMPSUM}",0,{counted("[aanbieder]")})'),
        live.number(
            "deel",
            "Deel van de aanbieder",
            f"IF([alleen]=[aanbieder],1,{own_part})",
            Format.FACTOR,
        ),
        live.number("gegist", "Verdeling aangenomen", if_agreed(f"IF(AND({guessed}),1,0)", "0"), Format.COUNT),
    )


def _price() -> tuple[Column[Deal], ...]:
    """The price of a place-year: as agreed, or what covers the cost of the places, exactly."""
    of = f"{OWN},{OF_FORM}"
    worth = f'IF([vorm]="{PXQ}",SUMIFS([plekjaar.waard_bezet],{of}),SUMIFS([plekjaar.waard_plaatsen],{of}))'
    return (
        live.euro("waarde", "Plaatsen maal kostprijs", worth, total=False),
        live.euro(
            "prijs",
            "Prijs van een plaatsjaar",
            if_agreed(_of_agreed("prijs"), "IF([geteld]=0,0,[waarde]/[geteld])"),
            total=False,
        ),
    )


def _paid() -> tuple[Column[Deal], ...]:
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
    )


@dataclass(frozen=True)
class CarriedYear:
    """A provider under one form in one year."""

    over: Carried
    jaar: FormYear


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
            live.euro("over", "Opbrengst min kosten", "ROUND([opbrengst]-[kosten],2)", total=False),
            live.number(
                "mee",
                "Wat over is gaat mee",
                f"IF(SUMIFS([betaal.telt],{of_row},[betaal.houdt],0)>0,0,1)",
                Format.COUNT,
            ),
            live.euro(
                "meegenomen",
                "Meegenomen tot nu",
                f"ROUND(IF({first},0,N([-meegenomen]))+[mee]*[over],2)",
                total=False,
            ),
            live.euro(
                "terug",
                "Vloeit terug",
                f'IF([vorm]="{LUMPSUM}",ROUND((1-[mee])*MAX(0,[over])+IF([jaar]={{laatste_jaar}},MAX(0,[meegenomen]),0),2),0)',
                total=False,
            ),
            live.euro("resultaat", "Resultaat", "ROUND([over]-[terug],2)", total=False),
            live.euro("cumulatief", "Opgeteld", f"ROUND(IF({first},0,N([-cumulatief]))+[resultaat],2)", total=False),
            live.euro(
                "laagste",
                "Laagste stand tot nu",
                f"IF({first},[cumulatief],MIN(N([-laagste]),[cumulatief]))",
                total=False,
            ),
        ),
    )
