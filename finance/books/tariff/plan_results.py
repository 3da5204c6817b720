"""The sheet `resultaat`: which way of paying carries a provider through the years of the plan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from finance.books.origins import decided, traced
from finance.books.tariff.draft import Draft
from finance.books.tariff.financing import NAMES
from finance.books.tariff.given import key_of
from finance.books.tariff.plan_costs import ProviderYear, provider_years
from finance.books.tariff.plan_inputs import NEXT_YEAR
from finance.money import Money
from finance.tables import live, pasted
from finance.tables.grid import Format
from finance.tables.pages import Block, Column, Figure, Notes, Page, Table
from finance.tariff.tariff import FORMS, Form
from finance.tariff.transition import AGREED, ASSUMED, DIVIDED, NOBODY, PARTLY, Carried, FormYear

OF_FORM: Final = "[betaal.aanbieder],[aanbieder],[betaal.vorm],[vorm]"
OF_YEARS: Final = "[vormjaar.aanbieder],[aanbieder],[vormjaar.vorm],[vorm]"
CHART_ROWS: Final = 20


def page(draft: Draft) -> Page:
    """The sheet `resultaat`: the verdict, the region, and for each provider its years."""
    blocks: tuple[Block, ...] = (
        _verdict(draft),
        _region(),
        *_division(draft),
        Notes(
            "Hoe u dit leest",
            (
                "Kosten: de plaatsen van het plan tegen de prijzen van de casus, met frictiekosten en opstart van"
                " de eigen maatregelen, min wat een SPUK of een gemeente daarvan betaalt.",
                "Berust op: afspraak = wat het blad financiering zegt. aanname = daarover zegt de casus niets; dan"
                " betaalt elke vorm de plaatsen van het plan tegen hun kostprijs, zo dat PxQ, beschikbaarheid en"
                " lumpsum hetzelfde opbrengen als de plaatsen zo vol zijn als waar de prijs mee rekent. Alleen het"
                " risico verschilt.",
                "Vloeit terug: wat een lumpsum overlaat, is niet voor de aanbieder. Is een bron overdraagbaar, dan"
                " worden de jaren samen afgerekend, anders elk jaar apart.",
                "Draagt: over alle jaren samen komt de aanbieder niet onder nul. De laagste stand is het bedrag"
                " dat hij onderweg moet kunnen voorschieten.",
                "Opslag: zoveel hoger moet elke prijs (of het bedrag van de lumpsum) zijn om over alle jaren samen op"
                " nul uit te komen; onder nul: zoveel lager kan. Het blad prijzen zegt het per zorgvorm en jaar.",
                "Een lumpsum voor alle aanbieders samen wordt verdeeld zoals het blad verdeelsleutel zegt. Zonder"
                " sleutel is het naar het deel van elke aanbieder in de kosten van het jaar: een aanname,"
                " en dat staat erbij.",
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
            live.text("berust", "Berust op", BASIS, 16),
            *(
                live.euro(key, head, f"ROUND(SUMIFS([vormjaar.{key}],{OF_YEARS}),2)", total=False)
                for key, head in (("opbrengst", "Opbrengst"), ("kosten", "Kosten"), ("terug", "Vloeit terug"))
            ),
            live.euro("cumulatief", "Resultaat, alle jaren", "ROUND([opbrengst]-[kosten]-[terug],2)", total=False),
            live.euro(
                "laagste",
                "Laagste stand onderweg",
                f"SUMIFS([vormjaar.laagste],{OF_YEARS},[vormjaar.jaar],{{laatste_jaar}})",
                total=False,
            ),
            live.text("draagt", "Draagt", 'IF([cumulatief]>=0,"ja","nee")', 9),
            live.column(
                "opslag",
                "Opslag om op nul uit te komen",
                f'IF([opbrengst]>0,[kosten]/[opbrengst]-1,"{NO_INCOME}")',
                Format.PERCENT,
            ),
        ),
    )


LUMPSUM: Final = "lumpsum"
NO_INCOME: Final = "geen opbrengst"
AGREEMENTS, GUESSED, ASSUMPTIONS = (
    # What is divided by an assumption rests on an agreement too, and says so in its first word.
    f'COUNTIFS({OF_FORM},[betaal.berust],"{what}")'
    for what in (f"{AGREED}*", DIVIDED, ASSUMED)
)
ON_AGREEMENTS: Final = f'IF({AGREEMENTS}=0,"{NOBODY}",IF({GUESSED}>0,"{DIVIDED}","{AGREED}"))'
BASIS: Final = f'IF({ASSUMPTIONS}=0,{ON_AGREEMENTS},IF({AGREEMENTS}=0,"{ASSUMED}","{PARTLY}"))'
"""What the income of a provider under a form rests on."""


def _region() -> Table[Form]:
    """All providers together: what each form costs the region, and what comes back of it."""
    return Table(
        "regio",
        "De hele regio: alle aanbieders samen",
        FORMS,
        (
            pasted.text("vorm", "Vorm", lambda form: form, width=22),
            *(
                live.euro(key, head, f"ROUND(SUMIFS([oordeel.{key}],[oordeel.vorm],[vorm]),2)", total=False)
                for key, head in (
                    ("opbrengst", "Opbrengst"),
                    ("kosten", "Kosten"),
                    ("terug", "Vloeit terug"),
                    ("cumulatief", "Resultaat van de aanbieders"),
                )
            ),
        ),
    )


@dataclass(frozen=True)
class _Part:
    """What a provider gets of a source for all, beside what the plan pays from it for its costs."""

    bron: str
    aanbieder: str
    betaald: Money


def _division(draft: Draft) -> tuple[Table[_Part], ...]:
    """How lump sums for all are divided; no table where there are none."""
    case, payments = draft.case, draft.transition.allocation.payments
    shared = [row.bron for row in case.sources if row.soort == LUMPSUM and not row.aanbieder]

    def paid(bron: str, provider: str) -> Money:
        found = (
            amount
            for (line, source), amount in payments.items()
            if source == bron and case.provider_of(line) == provider
        )
        return Money.total(found)

    rows = [_Part(bron, provider, paid(bron, provider)) for bron in shared for provider in draft.transition.providers]
    if not rows:
        return ()
    return (
        Table(
            "verdeling",
            "Hoe een lumpsum voor allen is verdeeld",
            rows,
            (
                pasted.text("bron", "Bron", lambda row: key_of(draft, "bron", row.bron), width=22),
                pasted.text("aanbieder", "Aanbieder", lambda row: key_of(draft, "aanbieder", row.aanbieder), width=22),
                live.euro(
                    "toegedeeld",
                    "Zijn deel, alle jaren",
                    "ROUND(SUMIFS([betaal.opbrengst],[betaal.aanbieder],[aanbieder],[betaal.bron],[bron]),2)",
                    total=False,
                ),
                traced(
                    pasted.decision("betaald", "Betaalt in het plan", lambda row: row.betaald, Format.EURO, width=16),
                    lambda _: decided("betalingen van het plan"),
                ),
                live.euro("verschil", "Deel min betaald", "ROUND([toegedeeld]-[betaald],2)", total=False),
            ),
            "Het plan dekt de kosten van allen samen, zonder naar de verdeling te kijken. Onder nul: het plan betaalt"
            " voor deze aanbieder meer uit de bron dan zijn deel.",
        ),
    )


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
