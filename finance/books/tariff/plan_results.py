"""The sheet `resultaat`: which way of paying carries a provider through the years of the plan."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from finance.books.tariff.calculation import NEVER
from finance.books.tariff.draft import Draft
from finance.books.tariff.financing import NAMES
from finance.books.tariff.plan_costs import ProviderYear, provider_years
from finance.books.tariff.plan_deals import ASSUMED, LUMPSUM, PXQ
from finance.books.tariff.plan_inputs import NEXT_YEAR, key_of
from finance.money import Money
from finance.tables import live, pasted
from finance.tables.grid import Format, Value
from finance.tables.pages import Block, Column, Figure, Notes, Page, Table
from finance.tariff.tariff import FORMS, Form
from finance.tariff.transition import Carried, FormYear

OF_FORM: Final = "[betaal.aanbieder],[aanbieder],[betaal.vorm],[vorm]"
OF_YEARS: Final = "[vormjaar.aanbieder],[aanbieder],[vormjaar.vorm],[vorm]"
CHART_ROWS: Final = 20


def page(draft: Draft) -> Page:
    """The sheet `resultaat`: the verdict, and for each provider its years."""
    blocks: tuple[Block, ...] = (
        _verdict(draft),
        _needs(draft),
        Notes(
            "Hoe u dit leest",
            (
                "Kosten: de plaatsen van het plan tegen de prijzen van de casus, met frictiekosten en opstart van"
                " de eigen maatregelen, min wat een SPUK of een gemeente daarvan betaalt.",
                "Draagt: over alle jaren samen komt de aanbieder niet onder nul. De laagste stand is het bedrag"
                " dat hij onderweg moet kunnen voorschieten.",
                "Aanname 'ja': voor een of meer jaren heeft de casus voor deze vorm geen afspraak. Dan rekent dit"
                " blad met evenveel plaatsen als bij de start, tegen de gemiddelde kostprijs; het blad rekenplan"
                " toont welke.",
                "Nodige prijs: één prijs voor elk betaald plaatsjaar, voor alle jaren gelijk, naar boven afgerond"
                " op de cent. Een cent lager is te weinig; dat staat ernaast.",
                "Nodig niveau: de factor waarmee elk niveau van deze vorm moet worden vermenigvuldigd, bij"
                " dezelfde plaatsen en jeugdigen.",
                f"Niveau van '{REGION}': het niveau van alle aanbieders samen, waarvan deze zijn deel krijgt; het"
                " is niet zijn eigen aantal plaatsen.",
            ),
        ),
        *(
            block
            for nr, provider in enumerate(draft.transition.providers, start=1)
            for block in _of_provider(draft, nr, provider)
        ),
    )
    return Page(
        "resultaat",
        "Resultaat van de aanbieders in het plan",
        "Wat elke aanbieder in de jaren van het plan overhoudt onder PxQ, beschikbaarheid en lumpsum, welke"
        " vorm de transitie draagt, en wat er nodig is om net uit te komen.",
        blocks,
    )


def _verdict(draft: Draft) -> Table[Carried]:
    return Table(
        "oordeel",
        "Welke vorm draagt de transitie",
        draft.transition.carried,
        (
            pasted.text("aanbieder", "Aanbieder", lambda row: key_of(draft, "aanbieder", row.aanbieder), width=22),
            pasted.text("vorm", "Vorm", lambda row: row.vorm, width=16),
            live.euro("opbrengst", "Opbrengst", f"ROUND(SUMIFS([vormjaar.opbrengst],{OF_YEARS}),2)", total=False),
            live.euro("kosten", "Kosten", f"ROUND(SUMIFS([vormjaar.kosten],{OF_YEARS}),2)", total=False),
            live.euro("cumulatief", "Resultaat, alle jaren", "ROUND([opbrengst]-[kosten],2)", total=False),
            live.euro(
                "laagste",
                "Laagste stand onderweg",
                f"SUMIFS([vormjaar.laagste],{OF_YEARS},[vormjaar.jaar],{{laatste_jaar}})",
                total=False,
            ),
            live.text("draagt", "Draagt", 'IF([cumulatief]>=0,"ja","nee")', 9),
            live.text(
                "aanname", "Aanname", f'IF(SUMIFS([betaal.telt],{OF_FORM},[betaal.soort],"{ASSUMED}")>0,"ja","nee")', 9
            ),
        ),
    )


def _needs(draft: Draft) -> Table[Carried]:
    return Table(
        "behoefte",
        "Wat nodig is om over alle jaren net uit te komen",
        draft.transition.carried,
        (
            pasted.text("aanbieder", "Aanbieder", lambda row: key_of(draft, "aanbieder", row.aanbieder), width=22),
            pasted.text("vorm", "Vorm", lambda row: row.vorm, width=16),
            *_prices(),
            *_levels(draft),
        ),
    )


def _prices() -> tuple[Column[Carried], ...]:
    """The price at which the years end at zero, and the proof: at it, and a cent below."""
    some = f'IF([plaatsjaren]>0,{{0}},"{NEVER}")'
    up = some.format("ROUNDUP(ROUND([oordeel.kosten@]/{0},9),2)")
    left_over = some.format("{0}*[plaatsjaren]-[oordeel.kosten@]")

    def needed(price: Callable[[Carried], Money | Fraction | None]) -> Callable[[Carried], Value]:
        def value(row: Carried) -> Value:
            found = price(row)
            return NEVER if found is None else found

        return value

    def left(row: Carried, less: int) -> Value:
        price = row.needed_price
        return NEVER if price is None else (price - Money(less)).euros * row.places - row.kosten.euros

    return (
        live.places("plaatsjaren", "Betaalde plaatsjaren", f"SUMIFS([betaal.betaald],{OF_FORM})", width=12),
        live.euro(
            "gemiddeld",
            "Gemiddelde prijs nu",
            some.format(f"SUMIFS([betaal.precies],{OF_FORM})/[plaatsjaren]"),
            total=False,
        ),
        live.euro("nodig", "Nodige prijs, plaatsjaar", up.format("[plaatsjaren]"), total=False),
        live.euro("nodig_etmaal", "Nodige prijs, etmaal", up.format("({dagen}*[plaatsjaren])"), total=False),
        live.euro("bij_prijs", "Over bij die prijs", left_over.format("N([nodig])"), total=False),
        live.euro("cent_lager", "Over bij een cent lager", left_over.format("(N([nodig])-{cent})"), total=False),
    )


def _levels(draft: Draft) -> tuple[Column[Carried], ...]:
    count = len(draft.case.years)

    def level(row: Carried) -> Fraction:
        return sum((deal.niveau for deal in row.afspraken if deal.telt), Fraction(0)) / count

    def needed(row: Carried) -> Value:
        return NEVER if row.needed_factor is None else row.needed_factor * level(row)

    return (
        live.places(
            "niveau", "Niveau nu, per jaar", f"SUMIFS([betaal.meetellend],{OF_FORM})/COUNT([jaren.jaar])", width=12
        ),
        live.text("van", "Van wie dat niveau is", WHOSE, 16),
        live.number("factor", "Nodige factor op het niveau", "[nodig.factor@]", Format.FACTOR),
        live.column(
            "nodig_niveau",
            "Nodig niveau, per jaar",
            f'IF(ISNUMBER([factor]),N([factor])*[niveau],"{NEVER}")',
            Format.FACTOR,
        ),
        live.places("buiten", "Plaatsjaren zonder afspraak", OUTSIDE, width=12),
    )


NOBODY, REGION, PROVIDER, BOTH = "niemand", "de hele regio", "de aanbieder", "beide"
"""Whose a level is: a lump sum is often one for all providers together."""
COUNTING: Final = f"SUMIFS([betaal.telt],{OF_FORM})"
SHARED: Final = f'SUMIFS([betaal.telt],{OF_FORM},[betaal.alleen],"")'
WHOSE: Final = f'IF({COUNTING}=0,"{NOBODY}",IF({SHARED}={COUNTING},"{REGION}",IF({SHARED}=0,"{PROVIDER}","{BOTH}")))'


OUTSIDE: Final = (
    f'IF([vorm]="{LUMPSUM}",0,MAX(0,ROUND(IF([vorm]="{PXQ}",SUMIFS([plekjaar.bezet],[plekjaar.aanbieder],'
    "[aanbieder]),SUMIFS([plekjaar.plaatsen],[plekjaar.aanbieder],[aanbieder]))"
    f"-SUMIFS([betaal.gedekt],{OF_FORM}),6)))"
)


def outside(draft: Draft, row: Carried) -> Fraction:
    """The places that a form should look at, but for which it has no agreement and no assumption."""
    if row.vorm == LUMPSUM:
        return Fraction(0)
    own = [one for one in draft.transition.places if one.aanbieder == row.aanbieder]
    there = sum((one.bezet if row.vorm == PXQ else Fraction(one.plaatsen) for one in own), Fraction(0))
    return max(there - sum((deal.eigen for deal in row.afspraken if deal.telt), Fraction(0)), Fraction(0))


@dataclass(frozen=True)
class _Year:
    """A provider in one year, with the result of each form."""

    costs: ProviderYear
    forms: dict[Form, FormYear]


def _of_provider(draft: Draft, nr: int, provider: str) -> Iterator[Block]:
    carried = [row for row in draft.transition.carried if row.aanbieder == provider]
    rows = [
        _Year(costs, {row.vorm: one for row in carried for one in row.jaren if one.jaar == costs.jaar})
        for costs in provider_years(draft)
        if costs.aanbieder == provider
    ]
    costs, name = f"kosten{nr}", f"vormen{nr}"
    naam = next(row.naam for row in draft.case.providers if row.aanbieder == provider)
    yield Table(costs, f"{naam}: kosten", rows, (*_year_of(draft), *_costs()), as_data=f"kosten:{provider}")
    yield Table(
        name, f"{naam}: opbrengst en resultaat", rows, (*_year_of(draft), *_results()), as_data=f"vormen:{provider}"
    )
    yield Figure(
        f"{naam}: resultaat per jaar naar financieringsvorm",
        "euro per jaar",
        name,
        "jaar",
        tuple(f"r_{form}" for form in FORMS),
        stacked=False,
        depth=CHART_ROWS,
    )
    yield Figure(
        f"{naam}: opgeteld resultaat naar financieringsvorm",
        "euro",
        name,
        "jaar",
        (),
        tuple(f"c_{form}" for form in FORMS),
        stacked=False,
        depth=CHART_ROWS,
    )


def _year_of(draft: Draft) -> Iterator[Column[_Year]]:
    yield pasted.text("aanbieder", "Aanbieder", lambda row: key_of(draft, "aanbieder", row.costs.aanbieder), width=22)
    yield live.year("jaar", "Jaar", NEXT_YEAR, 16)


def _costs() -> Iterator[Column[_Year]]:
    of_year = "[kostenjaar.aanbieder],[aanbieder],[kostenjaar.jaar],[jaar]"
    for key, head in COSTS:
        yield live.euro(key, head, f"ROUND(SUMIFS([kostenjaar.{key}],{of_year}),2)")


def _results() -> Iterator[Column[_Year]]:
    of_form = "[vormjaar.aanbieder],[aanbieder],[vormjaar.jaar],[jaar],[vormjaar.vorm]"
    for part, start, head in PARTS:
        for form in FORMS:
            formula = f'ROUND(SUMIFS([vormjaar.{part}],{of_form},"{form}"),2)'
            yield live.euro(f"{start}_{form}", f"{head} {NAMES[form]}", formula, total=part != "cumulatief")


COSTS: Final = (
    ("vast", "Groepen (F)"),
    ("variabel", "Variabel (V)"),
    ("leegstand", "Waarvan leegstand"),
    ("frictie", "Frictiekosten"),
    ("opstart", "Opstart"),
    ("bijdrage", "Betaald door SPUK of gemeente"),
    ("kosten", "Kosten"),
)
PARTS: Final = (
    ("opbrengst", "o", "Opbrengst"),
    ("resultaat", "r", "Resultaat"),
    ("cumulatief", "c", "Opgeteld"),
)
