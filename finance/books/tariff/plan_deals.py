"""The sheet `rekenplan`: what each agreement or assumption pays, and the result by form and year."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from finance.books.tariff.draft import Draft
from finance.books.tariff.given import key_of
from finance.books.tariff.plan_costs import FILLED, FILLED_NAMES, amount, cost_years, growth, place_years, tariff_keys
from finance.books.tariff.plan_inputs import NEXT_YEAR, funding_key
from finance.books.tariff.plan_need import young_people as all_young_people
from finance.case.sheets import Funding
from finance.tables import live, pasted
from finance.tables.columns import tight
from finance.tables.grid import Format
from finance.tables.pages import Column, Page, Table
from finance.tariff.transition import AGREED, ASSUMED, DIVIDED, Carried, Deal, FormYear

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
            *(tight(table) for table in _agreed_prices(draft)),
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
        (*_which(draft), *_terms(draft), *_counts(draft), *_price(draft), *_paid()),
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
    guessed = f'[alleen]="",[vorm]="{LUMPSUM}"'
    if draft.case.allocation_keys:
        guessed += f",{KEYED}=0"
    return (
        *_counted(draft, ""),
        live.number("gegist", "Verdeling aangenomen", if_agreed(f"IF(AND({guessed}),1,0)", "0"), Format.COUNT),
    )


KEYED: Final = "COUNTIFS([sleutel.bron],[bron])"


def _counted(draft: Draft, end: str) -> tuple[Column[Deal], ...]:
    """The places that count and the part of the provider, in the plan or in a trial."""

    def counted(who: str) -> str:
        of = f"[plekjaar.jaar],[jaar],{OF_FORM},[plekjaar.aanbieder],{who}"
        if draft.paid_by_tariff:
            of += ',[plekjaar.genoemd],IF([tarief]="","*",[tarief])'
        return f'IF([vorm]="{PXQ}",SUMIFS([plekjaar.bezet{end}],{of}),SUMIFS([plekjaar.plaatsen],{of}))'

    def of_year(found: str) -> str:
        return f"{found}*{if_agreed(_of_agreed('jaardeel'), '1')}" if draft.paid_by_month else found

    name = ENDS[end]
    young = "SUMIFS([jaren.jeugdigen],[jaren.jaar],[jaar])"
    levels = "SUMIFS([jaren.niveau],[jaren.jaar],[jaar])"
    part = f"SUMIFS([kostenjaar.deel{end}],[kostenjaar.aanbieder],[aanbieder],[kostenjaar.jaar],[jaar])"
    own_part = f'IF([vorm]="{LUMPSUM}",{part},IF([geteld{end}]=0,0,[eigen{end}]/[geteld{end}]))'
    by_key: tuple[Column[Deal], ...] = ()
    if draft.case.allocation_keys:
        by_key = (live.number(f"zonder{end}", f"Deel zonder sleutel{name}", own_part, Format.FACTOR),)
        share = "SUMIFS([sleutel.aandeel],[sleutel.bron],[bron],[sleutel.aanbieder],[aanbieder])"
        own_part = f"IF({KEYED}>0,{share},[zonder{end}])"
    places = counted('IF([alleen]="","*",[alleen])')
    by_tariff: tuple[Column[Deal], ...] = ()
    if draft.paid_by_tariff:
        by_tariff = (live.places(f"plekken{end}", f"Plaatsen van het tarief{name}", places),)
        places = f"[plekken{end}]"
    lump = if_agreed(f"IF({levels}=0,0,{young}*[niveau]/{levels})", "[niveau]")
    own = of_year(counted("[aanbieder]"))
    return (
        *by_tariff,
        live.places(f"geteld{end}", f"Jeugdigen of plaatsen{name}", f'IF([vorm]="{LUMPSUM}",{lump},{of_year(places)})'),
        live.places(f"eigen{end}", f"Waarvan van de aanbieder{name}", f'IF([vorm]="{LUMPSUM}",0,{own})'),
        *by_key,
        live.number(
            f"deel{end}", f"Deel van de aanbieder{name}", f"IF([alleen]=[aanbieder],1,{own_part})", Format.FACTOR
        ),
    )


ENDS: Final = {"": ""} | {end: f", {name}" for end, name in FILLED_NAMES.items()}
"""What the heads of the columns of the plan and of each trial end on."""


def _agreed_prices(draft: Draft) -> tuple[Table[Funding], ...]:
    """What each agreement pays of a place-year by the tariff that it names; none where no agreement names one."""
    if not draft.paid_by_tariff:
        return ()
    mine = "[plekjaar.genoemd],[afspraak.tarief@],[plekjaar.jaar],[afspraak.jaar@],[plekjaar.zorgvorm],[zorgvorm]"

    def of_places(key: str) -> str:
        return f'IF([afspraak.gegeven@]="",SUMIFS([plekjaar.{key}],{mine})/COUNTIFS({mine}),0)'

    worth = "(INDEX([reken.leeg],[tnr])/INDEX([reken.bezetting],[tnr])+INDEX([reken.V],[tnr]))*[groei]"
    return (
        Table(
            "afspraakprijs",
            "De prijs van elke afspraak",
            draft.case.funding,
            (
                live.text(
                    "zorgvorm", "Zorgvormen (* is elke)", 'IF([afspraak.zorgvorm@]="","*",[afspraak.zorgvorm@])', 16
                ),
                live.number("tnr", "Nr tarief", of_places("tnr"), Format.COUNT),
                live.number("groei", "Groei", of_places("groei_tarief"), Format.FACTOR),
                live.euro(
                    "prijs",
                    "Prijs van een plaatsjaar",
                    f'IF([afspraak.gegeven@]="",ROUND(ROUND({worth},7),2),[afspraak.gegeven@])',
                    total=False,
                ),
            ),
        ),
    )


def _price(draft: Draft, end: str = "") -> tuple[Column[Deal], ...]:
    """The price of a place-year: as agreed, or what covers the cost of the places, exactly."""
    of = f"{OWN},{OF_FORM}"
    worth = f'IF([vorm]="{PXQ}",SUMIFS([plekjaar.waard_bezet{end}],{of}),SUMIFS([plekjaar.waard_plaatsen],{of}))'
    agreed = "INDEX([afspraakprijs.prijs],[rij])" if draft.paid_by_tariff else _of_agreed("prijs")
    price = if_agreed(agreed, f"IF([geteld{end}]=0,0,[waarde{end}]/[geteld{end}])")
    return (
        live.euro(f"waarde{end}", f"Plaatsen maal kostprijs{ENDS[end]}", worth, total=False),
        live.euro(f"prijs{end}", f"Prijs van een plaatsjaar{ENDS[end]}", price, total=False),
    )


def _paid() -> tuple[Column[Deal], ...]:
    return (
        live.places("onderrand", "Onderrand", "[niveau]*(1-[band])"),
        live.places("bovenrand", "Bovenrand", "[niveau]*(1+[band])"),
        *_income(""),
        live.text(
            "berust",
            "Berust op",
            f'IF([betaald]>0,IF([gegist]=1,"{DIVIDED}",[soort]),"")',
        ),
    )


def _income(end: str) -> tuple[Column[Deal], ...]:
    """The places that are paid for and what they bring in, in the plan or in a trial."""
    banded = (
        "IF(ROUND([geteld],9)>ROUND([bovenrand],9),[niveau]+[geteld]-[bovenrand],"
        "IF(AND(ROUND([geteld],9)<ROUND([onderrand],9),[daalt]=1),[niveau]-([onderrand]-[geteld]),[niveau]))"
    )
    places = f'[telt]*[deel{end}]*IF([vorm]="{LUMPSUM}",{banded},MIN([geteld{end}],[niveau]))'
    return (
        live.places(f"betaald{end}", f"Betaalde plaatsen{ENDS[end]}", places),
        live.euro(f"precies{end}", f"Opbrengst, niet afgerond{ENDS[end]}", f"[betaald{end}]*[prijs{end}]"),
        live.euro(f"opbrengst{end}", f"Opbrengst{ENDS[end]}", amount(f"[precies{end}]")),
    )


SHOWN_AGAIN: Final = (
    ("aanbieder", "Aanbieder", Format.TEXT),
    ("vorm", "Vorm", Format.TEXT),
    ("soort", "Soort", Format.TEXT),
    ("bron", "Bron", Format.TEXT),
    ("alleen", "Alleen voor aanbieder", Format.TEXT),
    ("zorgvorm", "Zorgvorm", Format.TEXT),
    ("rij", "Rij", Format.COUNT),
    ("jaar", "Jaar", Format.YEAR),
    ("telt", "Telt mee", Format.COUNT),
    ("niveau", "Niveau", Format.PLACES),
    ("geteld", "Jeugdigen of plaatsen", Format.PLACES),
    ("onderrand", "Onderrand", Format.PLACES),
    ("bovenrand", "Bovenrand", Format.PLACES),
    ("daalt", "Daalt onder de band", Format.COUNT),
)
"""What a trial takes over of each agreement."""


def trial_page(draft: Draft) -> Page:
    """The sheet `rekenproef`: what each row pays when places are as full as their price counts on, and emptier."""
    return Page(
        "rekenproef",
        "Rekenblad: de afspraken bij een andere bezetting",
        "Wat elke afspraak of aanname van het blad rekenplan opbrengt als de plaatsen zo vol zijn als waar de prijs mee"
        " rekent (de norm), en als zij leger zijn (de proef).",
        tuple(tight(_trial(draft, end)) for end in FILLED),
        tab="berekening",
    )


def _trial(draft: Draft, end: str) -> Table[Deal]:
    again = (*SHOWN_AGAIN, *([("tarief", "Tarief", Format.TEXT)] if draft.paid_by_tariff else []))
    copied = (
        live.column(key, head, f'[betaal.{key}@]&""' if fmt is Format.TEXT else f"[betaal.{key}@]", fmt)
        for key, head, fmt in again
    )
    return Table(
        f"betaal{end}",
        f"Wat elke afspraak betaalt {FILLED_NAMES[end]}",
        draft.transition.deals,
        (*copied, *_counted(draft, end), *_price(draft, end), *_income(end)),
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
            live.number(
                "mee",
                "Wat over is gaat mee",
                f"IF(SUMIFS([betaal.telt],{of_row},[betaal.houdt],0)>0,0,1)",
                Format.COUNT,
            ),
            *_left(""),
            live.euro(
                "laagste",
                "Laagste stand tot nu",
                f"IF({first},[cumulatief],MIN(N([-laagste]),[cumulatief]))",
                total=False,
            ),
            *(column for end in FILLED for column in _left(end)),
        ),
    )


def _left(end: str) -> tuple[Column[CarriedYear], ...]:
    """What comes in, what is to be paid, what flows back and what is left, in the plan or in a trial."""
    first, name = "[jaar]={eerste_jaar}", ENDS[end]
    table = f"betaal{end}"
    of_row = f"[{table}.aanbieder],[aanbieder],[{table}.vorm],[vorm],[{table}.jaar],[jaar]"
    costs = f"SUMIFS([kostenjaar.kosten{end}],[kostenjaar.aanbieder],[aanbieder],[kostenjaar.jaar],[jaar])"
    back = f"(1-[mee])*MAX(0,[over{end}])+IF([jaar]={{laatste_jaar}},MAX(0,[meegenomen{end}]),0)"

    def euro(key: str, head: str, formula: str) -> Column[CarriedYear]:
        return live.euro(f"{key}{end}", f"{head}{name}", formula, total=False)

    def so_far(key: str, of_year: str) -> str:
        return f"ROUND(IF({first},0,N([-{key}{end}]))+{of_year},2)"

    return (
        euro("opbrengst", "Opbrengst", f"ROUND(SUMIFS([{table}.opbrengst{end}],{of_row}),2)"),
        euro("kosten", "Kosten", f"ROUND({costs},2)"),
        euro("over", "Opbrengst min kosten", f"ROUND([opbrengst{end}]-[kosten{end}],2)"),
        euro("meegenomen", "Meegenomen tot nu", so_far("meegenomen", f"[mee]*[over{end}]")),
        euro("terug", "Vloeit terug", f'IF([vorm]="{LUMPSUM}",ROUND({back},2),0)'),
        euro("resultaat", "Resultaat", f"ROUND([over{end}]-[terug{end}],2)"),
        euro("cumulatief", "Opgeteld", so_far("cumulatief", f"[resultaat{end}]")),
    )
