"""The sheet `prijzen`: what a place is paid, and at which price each form just carries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from finance.books.tariff.draft import Draft
from finance.books.tariff.financing import NAMES
from finance.books.tariff.given import key_of
from finance.books.tariff.plan_deals import LUMPSUM, PXQ
from finance.books.tariff.plan_inputs import NEXT_YEAR
from finance.case.tariff_gaps import PriceGap, price_gaps
from finance.tables import live, pasted
from finance.tables.grid import Format
from finance.tables.pages import Column, Notes, Page, Table
from finance.tariff.tariff import FORMS, Form
from finance.tariff.transition import AGREED, ASSUMED, Carried, FormPrice, FormYear

NO_PRICE: Final = "geen"
BY_PLACE: Final = tuple(form for form in FORMS if form != LUMPSUM)
NO_PLACES, NOBODY_IN, NOT_PAID = "er zijn geen plaatsen", "geen plaats is bezet", "de afspraak betaalt niets"
"""Why there is no price."""


@dataclass(frozen=True)
class _Lump:
    """The lump sum of a provider in a year."""

    over: Carried
    jaar: FormYear


def page(draft: Draft) -> Page:
    """The sheet `prijzen`."""
    return Page(
        "prijzen",
        "De prijs van een plaats, en de prijs die nodig is",
        "Per aanbieder, zorgvorm en jaar: wat een betaalde plaats nu opbrengt, en bij welke prijs de vorm in dat jaar"
        " precies op nul uitkomt, met de opslag in procenten.",
        (
            Notes(
                "Hoe u dit leest",
                (
                    "Prijs nu: volgens de afspraak van de casus, of waar die ontbreekt volgens de aanname: de kostprijs"
                    " van een plaats die zo vol is als waar zij mee rekent.",
                    "Nodige prijs: wat deze plaatsen in dat jaar kosten, met hun deel van frictiekosten en opstart van"
                    " de aanbieder (naar rato van wat zijn plaatsen kosten), gedeeld door de betaalde plaatsen.",
                    "Een etmaal staat er alleen voor een zorgvorm met groepen: een ambulant traject heeft geen etmaal.",
                    f"'{NO_PRICE}': er is geen prijs te noemen; de laatste kolom zegt waarom.",
                    "Een lumpsum heeft geen prijs van een plaats: daar staat de opslag op het bedrag van het jaar.",
                ),
            ),
            *(_prices(draft, form) for form in BY_PLACE),
            _lumpsum(draft),
            *_gaps(draft),
        ),
    )


def _prices(draft: Draft, form: Form) -> Table[FormPrice]:
    return Table(
        f"prijs_{form}",
        f"{NAMES[form]}: prijs per {'bezette' if form == PXQ else 'beschikbare'} plaats",
        [row for row in draft.transition.prices if row.vorm == form],
        (*_which(draft), *_costs(), *_paid(form), *_asked(form)),
    )


ALIKE, APART = "volgt het tarief", "LET OP"


def _gaps(draft: Draft) -> tuple[Table[PriceGap], ...]:
    """Typed prices beside the tariff that comes nearest; no table where there is nothing to compare."""
    rows = tuple(price_gaps(draft.case))
    place = {row.rij: nr for nr, row in enumerate(draft.case.places, start=1)}
    number = {id(cost): nr for nr, cost in enumerate(draft.case.cost_prices.values(), start=1)}
    growth = "SUMIFS([groei.factor],[groei.index],[index],[groei.jaar],[jaar])"

    def gap(key: str) -> str:
        return f"IF(N([{key}])*[groei]=0,0,INDEX([reken.{key}],[tnr])/([{key}]*[groei])-1)"

    if not rows:
        return ()
    return (
        Table(
            "prijsverschil",
            "Ingevulde prijzen naast het tarief dat het dichtst bij komt",
            rows,
            (
                pasted.text("locatie", "Locatie", lambda row: key_of(draft, "locatie", row.plek.locatie), width=18),
                pasted.text("zorgvorm", "Zorgvorm", lambda row: key_of(draft, "zorgvorm", row.plek.zorgvorm), width=16),
                pasted.row_number("nr", "Nr", lambda row: place[row.plek.rij]),
                pasted.text("tarief", "Tarief", lambda row: f"tarief {number[id(row.tarief)]}", width=10),
                live.number("tnr", "Nr tarief", "MATCH([tarief],[prijstarief.sleutel],0)", Format.COUNT),
                live.text("naam", "Naam van het tarief", "INDEX([reken.naam],[tnr])", 26),
                live.year("jaar", "Jaar", "INDEX([kop.jaar],[tnr])"),
                live.text("index", "Index", 'INDEX([plek.index],[nr])&""', 10),
                live.number("groei", "Groei", f'IF(OR([index]="",[jaar]<={{prijspeil}}),1,{growth})', Format.FACTOR),
                live.euro("vol", "Bezette plaats, ingevuld", "N(INDEX([plek.vol],[nr]))", total=False),
                live.euro("leeg", "Lege plaats, ingevuld", "N(INDEX([plek.leeg],[nr]))", total=False),
                live.column("verschil_vol", "Tarief hoger, bezet", gap("vol"), Format.PERCENT),
                live.column("verschil_leeg", "Tarief hoger, leeg", gap("leeg"), Format.PERCENT),
                live.text(
                    "stand",
                    "Stand",
                    f'IF(MAX(ABS([verschil_vol]),ABS([verschil_leeg]))>{{afwijking}},"{APART}","{ALIKE}")',
                    16,
                ),
            ),
            f"{APART}: de prijs verschilt meer dan 1% van elk tarief van de zorgvorm. Wie dan een tarief verandert,"
            " ziet dat niet in het resultaat van de aanbieders. Maak de prijs op het blad plaatsen leeg, dan volgt zij"
            " het tarief.",
        ),
    )


def _which(draft: Draft) -> tuple[Column[FormPrice], ...]:
    return (
        pasted.text("aanbieder", "Aanbieder", lambda row: key_of(draft, "aanbieder", row.aanbieder), width=18),
        pasted.text("zorgvorm", "Zorgvorm", lambda row: key_of(draft, "zorgvorm", row.zorgvorm), width=16),
        live.number("groep", "Groep", "N(INDEX([plek.groep],MATCH([zorgvorm],[plek.zorgvorm],0)))", Format.COUNT),
        live.year("jaar", "Jaar", NEXT_YEAR),
        live.places("plaatsen", "Plaatsen", f"SUMIFS([plekjaar.plaatsen],{OF_FORM})"),
        live.places("bezet", "Bezet", f"SUMIFS([plekjaar.bezet],{OF_FORM})"),
    )


OF_YEAR: Final = "[{0}.aanbieder],[aanbieder],[{0}.jaar],[jaar]"
OF_FORM: Final = f"{OF_YEAR.format('plekjaar')},[plekjaar.zorgvorm],[zorgvorm]"


def _costs() -> tuple[Column[FormPrice], ...]:
    """What the places have to bring in."""
    own = f"SUMIFS([plekjaar.exploitatie],{OF_FORM})+SUMIFS([plekjaar.leegstand],{OF_FORM})"
    of = OF_YEAR.format("kostenjaar")

    def summed(*keys: str) -> str:
        return "+".join(f"SUMIFS([kostenjaar.{key}],{of})" for key in keys)

    every, extra = summed("vast", "variabel"), f"{summed('frictie', 'opstart')}-{summed('bijdrage')}"
    return (
        live.euro("plaatskosten", "Kosten van de plaatsen", f"ROUND({own},2)", total=False),
        live.euro("samen", "Kosten van al zijn plaatsen", every, total=False),
        live.euro(
            "eenmalig",
            "Deel van eenmalige kosten",
            f"IF(ROUND([samen],2)=0,0,({extra})*[plaatskosten]/[samen])",
            total=False,
        ),
        live.euro("kosten", "Te dekken", "[plaatskosten]+[eenmalig]", total=False),
    )


def _paid(form: Form) -> tuple[Column[FormPrice], ...]:
    """The places that are paid for and what they bring in, of agreements and of the assumption."""
    counted = "bezet" if form == PXQ else "plaatsen"
    every = f"SUMIFS([plekjaar.{counted}],{OF_YEAR.format('plekjaar')})"
    of = f'{OF_YEAR.format("betaal")},[betaal.vorm],"{form}"'

    def found(key: str) -> str:
        own, shared = (f"SUMIFS([betaal.{key}],{of},[betaal.zorgvorm],{which})" for which in ("[zorgvorm]", '""'))
        return f"{own}+IF([{counted}]=0,0,{shared}*[{counted}]/{every})"

    assumed = f'SUMIFS([betaal.betaald],{of},[betaal.zorgvorm],[zorgvorm],[betaal.soort],"{ASSUMED}")'
    return (
        live.places("betaald", "Betaald", found("betaald")),
        live.euro("opbrengst", "Opbrengst", found("precies"), total=False),
        live.text("volgens", "Volgens", f'IF([betaald]=0,"",IF({assumed}>0,"{ASSUMED}","{AGREED}"))', 10),
    )


def _asked(form: Form) -> tuple[Column[FormPrice], ...]:
    """The price as it is and as it must be, of a place-year and of an etmaal, and the rise between them."""
    counted, nobody = ("bezet", NOBODY_IN) if form == PXQ else ("plaatsen", NO_PLACES)

    def per_place(key: str, head: str, amount: str) -> Column[FormPrice]:
        return live.euro(key, head, f'IF([betaald]>0,{amount}/[betaald],"{NO_PRICE}")', total=False)

    def per_day(key: str, head: str, price: str) -> Column[FormPrice]:
        formula = f'IF(AND([groep]>0,ISNUMBER([{price}])),N([{price}])/{{dagen}},"{NO_PRICE}")'
        return live.euro(key, head, formula, total=False, width=10)

    return (
        per_place("prijs", "Prijs nu, plaatsjaar", "[opbrengst]"),
        per_place("nodig", "Nodige prijs, plaatsjaar", "[kosten]"),
        live.column(
            "opslag", "Opslag", f'IF([opbrengst]>0,[kosten]/[opbrengst]-1,"{NO_PRICE}")', Format.PERCENT, width=10
        ),
        per_day("etmaal", "Nu per etmaal", "prijs"),
        per_day("nodig_etmaal", "Nodig per etmaal", "nodig"),
        live.text(
            "waarom",
            "Waarom geen prijs",
            f'IF([betaald]>0,"",IF([plaatsen]=0,"{NO_PLACES}",IF([{counted}]=0,"{nobody}","{NOT_PAID}")))',
            18,
        ),
    )


def _lumpsum(draft: Draft) -> Table[_Lump]:
    rows = [_Lump(over, one) for over in draft.transition.carried if over.vorm == LUMPSUM for one in over.jaren]
    of_row = f'{OF_YEAR.format("vormjaar")},[vormjaar.vorm],"{LUMPSUM}"'
    of_deal = f'{OF_YEAR.format("betaal")},[betaal.vorm],"{LUMPSUM}",[betaal.soort],"{ASSUMED}"'
    return Table(
        "prijs_lumpsum",
        "Lumpsum: bedrag per jaar",
        rows,
        (
            pasted.text("aanbieder", "Aanbieder", lambda row: key_of(draft, "aanbieder", row.over.aanbieder), width=18),
            live.text("volgens", "Volgens", f'IF(SUMIFS([betaal.betaald],{of_deal})>0,"{ASSUMED}","{AGREED}")', 16),
            live.year("jaar", "Jaar", NEXT_YEAR),
            live.euro("opbrengst", "Bedrag nu", f"SUMIFS([vormjaar.opbrengst],{of_row})", total=False),
            live.euro("kosten", "Te dekken", f"SUMIFS([vormjaar.kosten],{of_row})", total=False),
            live.column(
                "opslag", "Opslag", f'IF([opbrengst]>0,[kosten]/[opbrengst]-1,"{NO_PRICE}")', Format.PERCENT, width=10
            ),
        ),
    )
