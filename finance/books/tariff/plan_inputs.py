"""The sheet `plan`: what the plan decided, and what the case says about places and their payment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TypeVar

from finance.books.origins import decided, from_input, traced
from finance.books.tariff.draft import Draft
from finance.books.tariff.given import given, key_of
from finance.books.tariff.plan_need import need_tables
from finance.case.sheets import AllocationKey, Funding, IndexYear, Places, Provider
from finance.tables import live, pasted
from finance.tables.columns import yes
from finance.tables.grid import Format, Role, Value
from finance.tables.pages import Block, Column, Page, Table
from finance.tariff.transition import ExtraCost, PlaceYearCost

R = TypeVar("R", Places, Provider, Funding, IndexYear, AllocationKey)

NEXT_NR: Final = "N([-nr])+1"
NEXT_YEAR: Final = "IF(OR(N([-jaar])=0,[-jaar]={laatste_jaar}),{eerste_jaar},N([-jaar])+1)"
"""The years of the case, over and over."""
FACTS: Final = ("prijspeil", "eerste_jaar", "laatste_jaar")


def page(draft: Draft) -> Page:
    """The sheet `plan`."""
    return Page(
        "plan",
        "Het plan en de afspraken",
        "Wat het plan heeft besloten (paars) en wat de casus zegt over plaatsen, prijzen, vraag en betaling."
        " Wie hier een cel wijzigt, ziet het resultaat van de aanbieders veranderen.",
        tuple(_blocks(draft)),
        tab="invoer",
    )


def _blocks(draft: Draft) -> Iterator[Block]:
    yield _settings(draft)
    yield _providers(draft)
    yield _places(draft)
    yield _decided_places(draft)
    yield _extra_costs(draft)
    yield _funding(draft)
    if draft.case.allocation_keys:
        yield _keys(draft)
    yield from need_tables(draft)
    yield _indexes(draft)


def _source(width: float = 14) -> Column[R]:
    return pasted.text("herkomst", "Herkomst", lambda row: row.herkomst, width=width)


@dataclass(frozen=True)
class _Setting:
    """One property of the case."""

    naam: str
    value: int
    herkomst: str


def _settings(draft: Draft) -> Table[_Setting]:
    settings = draft.case.settings
    codes = {row.sleutel: row.herkomst for row in draft.case.setting_rows}
    rows = {row.sleutel: row.rij for row in draft.case.setting_rows}
    return Table(
        "eigenschap",
        "De casus",
        [_Setting(name, getattr(settings, name), codes[name]) for name in FACTS],
        (
            pasted.text("naam", "Eigenschap", lambda row: row.naam, width=22),
            Column(
                "waarde",
                "Waarde",
                lambda row: row.value,
                fmt=Format.YEAR,
                role=lambda row: draft.role(row.herkomst),
                origin=lambda row: from_input(draft.case, "case", "waarde", rows[row.naam]),
            ),
            pasted.text("herkomst", "Herkomst", lambda row: row.herkomst),
        ),
        fact=lambda row: row.naam,
    )


def _providers(draft: Draft) -> Table[Provider]:
    return Table(
        "aanbieders",
        "De aanbieders",
        draft.case.providers,
        (
            pasted.text("aanbieder", "Aanbieder", lambda row: key_of(draft, "aanbieder", row.aanbieder), width=22),
            pasted.text("naam", "Naam", lambda row: row.naam, width=22),
            given(
                draft,
                "aanbieders",
                "middelen",
                "Liquide middelen",
                lambda row: row.liquide_middelen,
                Format.EURO,
                "liquide_middelen",
            ),
            given(draft, "aanbieders", "rente", "Rente over tekort", lambda row: row.rente, Format.PERCENT),
        ),
    )


def _places(draft: Draft) -> Table[Places]:
    forms = draft.case.care_form

    def of_form(row: Places) -> Role:
        return draft.role(forms[row.zorgvorm].herkomst)

    def provider(row: Places) -> str:
        return key_of(draft, "aanbieder", draft.case.location[row.locatie].aanbieder)

    def group(row: Places) -> Value:
        return forms[row.zorgvorm].groepsgrootte

    return Table(
        "plek",
        "De plaatsen en hun prijs",
        draft.case.places,
        (
            pasted.text("aanbieder", "Aanbieder", provider, width=22),
            pasted.text("locatie", "Locatie", lambda row: key_of(draft, "locatie", row.locatie), width=22),
            pasted.text("zorgvorm", "Zorgvorm", lambda row: key_of(draft, "zorgvorm", row.zorgvorm), width=18),
            live.number("nr", "Nr", NEXT_NR, Format.COUNT),
            given(
                draft,
                "plaatsen",
                "vol",
                "Bezette plaats, op prijspeil",
                lambda row: row.exploitatie_per_plaats,
                Format.EURO,
                "exploitatie_per_plaats",
            ),
            given(
                draft,
                "plaatsen",
                "leeg",
                "Lege plaats, op prijspeil",
                lambda row: row.leegstand_per_plaats,
                Format.EURO,
                "leegstand_per_plaats",
            ),
            pasted.text("index", "Index", lambda row: key_of(draft, "index", row.index)),
            Column(
                "groep",
                "Groepsgrootte",
                group,
                fmt=Format.COUNT,
                role=of_form,
                origin=lambda row: from_input(draft.case, "zorgvormen", "groepsgrootte", forms[row.zorgvorm].rij),
            ),
            Column(
                "volheid",
                "Hoogste bezetting",
                lambda row: forms[row.zorgvorm].bezetting_max,
                fmt=Format.PERCENT,
                role=of_form,
                origin=lambda row: from_input(draft.case, "zorgvormen", "bezetting_max", forms[row.zorgvorm].rij),
            ),
            _source(),
        ),
    )


def _decided_places(draft: Draft) -> Table[PlaceYearCost]:
    return Table(
        "besluit",
        "Plaatsen in het plan",
        draft.transition.places,
        (
            pasted.text("aanbieder", "Aanbieder", lambda row: key_of(draft, "aanbieder", row.aanbieder), width=22),
            pasted.text("locatie", "Locatie", lambda row: key_of(draft, "locatie", row.plek.locatie), width=22),
            pasted.text("zorgvorm", "Zorgvorm", lambda row: key_of(draft, "zorgvorm", row.plek.zorgvorm), width=18),
            live.year("jaar", "Jaar", NEXT_YEAR),
            traced(
                pasted.decision("plaatsen", "Plaatsen", lambda row: row.plaatsen, Format.COUNT),
                lambda _: decided("plaatsen van het plan"),
            ),
            traced(
                pasted.decision("bezet", "Bezet", lambda row: row.bezet, Format.PLACES),
                lambda _: decided("bezette plaatsen van het plan"),
            ),
        ),
    )


def _extra_costs(draft: Draft) -> Table[ExtraCost]:
    def what(row: ExtraCost) -> str:
        line = row.lijn
        return line.maatregel or f"{line.locatie}, {line.zorgvorm}"

    return Table(
        "eenmalig",
        "Frictiekosten en opstart in het plan",
        draft.transition.extra_costs,
        (
            pasted.text("aanbieder", "Aanbieder", lambda row: key_of(draft, "aanbieder", row.aanbieder), width=22),
            pasted.text("wat", "Maatregel of plaatsen", what, width=22),
            pasted.text("kostensoort", "Kostensoort", lambda row: row.lijn.kostensoort, width=22),
            traced(
                pasted.decision("jaar", "Jaar", lambda row: row.lijn.jaar, Format.YEAR),
                lambda _: decided("jaar van de kosten in het plan"),
            ),
            traced(
                pasted.decision("bedrag", "Bedrag", lambda row: row.bedrag, Format.EURO, width=16),
                lambda _: decided("bedrag van het plan"),
            ),
            traced(
                pasted.decision(
                    "bijdrage", "Betaald door SPUK of gemeente", lambda row: row.bijdrage, Format.EURO, width=16
                ),
                lambda _: decided("betaling van het plan"),
            ),
        ),
        "Wat een SPUK of een gemeente van deze kosten betaalt, draagt de aanbieder niet. Bij leegstand telt"
        " alleen wat een SPUK betaalt; de kosten zelf zitten in de plaatsen.",
    )


def funding_key(row: Funding) -> str:
    """What a row of `financiering` is called here."""
    return f"financiering rij {row.rij}"


def _funding(draft: Draft) -> Table[Funding]:
    source = draft.case.source
    return Table(
        "afspraak",
        "Afspraken over betaling",
        draft.case.funding,
        (
            pasted.text("sleutel", "Afspraak", funding_key, width=22),
            pasted.text("bron", "Bron", lambda row: key_of(draft, "bron", row.bron), width=18),
            pasted.text("soort", "Vorm", lambda row: source[row.bron].soort, width=18),
            pasted.text(
                "alleen",
                "Alleen voor aanbieder",
                lambda row: key_of(draft, "aanbieder", source[row.bron].aanbieder),
                width=18,
            ),
            pasted.text(
                "zorgvorm",
                "Alleen voor zorgvorm",
                lambda row: key_of(draft, "zorgvorm", draft.case.paid_form(row)),
                width=18,
            ),
            given(draft, "financiering", "jaar", "Jaar", lambda row: row.jaar, Format.YEAR),
            *_months(draft),
            given(draft, "financiering", "niveau", "Niveau", lambda row: row.niveau, Format.PLACES),
            *([live.places("weging", "Niveau over het jaar", "[niveau]*[jaardeel]")] if draft.paid_by_month else []),
            *_priced(draft),
            given(
                draft, "financiering", "band", "Bandbreedte", lambda row: row.bandbreedte, Format.PERCENT, "bandbreedte"
            ),
            pasted.text("onderzijde", "Onderzijde", lambda row: row.onderzijde),
            pasted.text("overdraagbaar", "Overdraagbaar", lambda row: yes(source[row.bron].overdraagbaar)),
            _source(),
        ),
        "Een afspraak met niveau 0 betaalt niets en telt niet mee.",
    )


def _priced(draft: Draft) -> tuple[Column[Funding], ...]:
    """What a place-year is paid, and the tariff by which, where some row names one."""
    if not draft.paid_by_tariff:
        return (given(draft, "financiering", "prijs", "Prijs van een plaatsjaar", lambda row: row.prijs, Format.EURO),)
    return (
        pasted.text("tarief", "Alleen voor tarief", lambda row: key_of(draft, "tarief", row.tarief), width=14),
        given(draft, "financiering", "gegeven", "Opgegeven prijs", lambda row: row.prijs, Format.EURO, "prijs"),
    )


def _keys(draft: Draft) -> Table[AllocationKey]:
    return Table(
        "sleutel",
        "Hoe een bron voor alle aanbieders wordt verdeeld",
        draft.case.allocation_keys,
        (
            pasted.text("bron", "Bron", lambda row: key_of(draft, "bron", row.bron), width=22),
            pasted.text("aanbieder", "Aanbieder", lambda row: key_of(draft, "aanbieder", row.aanbieder), width=22),
            given(draft, "verdeelsleutel", "aandeel", "Aandeel", lambda row: row.aandeel, Format.PERCENT),
            _source(),
        ),
    )


def _months(draft: Draft) -> tuple[Column[Funding], ...]:
    """For which part of its year each row holds, where some row begins in a later month than January."""
    if not draft.paid_by_month:
        return ()
    by_tariff = '&"|"&[tarief]' * draft.paid_by_tariff
    later = "[afspraak.groep],[groep],[afspraak.later],[later]-1"
    return (
        live.text("groep", "Bron, jaar en zorgvorm", f'[bron]&"|"&[jaar]&"|"&[zorgvorm]{by_tariff}', 26),
        given(draft, "financiering", "maand", "Vanaf maand", lambda row: row.maand, Format.COUNT),
        live.number(
            "later", "Latere rijen", 'COUNTIFS([afspraak.groep],[groep],[afspraak.maand],">"&[maand])', Format.COUNT
        ),
        live.number("tot", "Tot maand", f"IF([later]=0,{{maanden}}+1,SUMIFS([afspraak.maand],{later}))", Format.COUNT),
        live.number("jaardeel", "Deel van het jaar", "([tot]-[maand])/{maanden}", Format.FACTOR),
    )


def price_growth(draft: Draft) -> tuple[IndexYear, ...]:
    """The growth of the indexes that places grow with, from the year after prijspeil on, by year."""
    used = {row.index for row in draft.case.places if row.index}
    tariffs = [row.tarief.jaar for row in draft.transition.places if row.tarief]
    years = range(draft.case.settings.prijspeil + 1, max([draft.case.years.last, *tariffs]) + 1)
    rows = [row for row in draft.case.indexes if row.index in used and row.jaar in years]
    order = list(dict.fromkeys(row.index for row in rows))
    return tuple(sorted(rows, key=lambda row: (order.index(row.index), row.jaar)))


def _indexes(draft: Draft) -> Table[IndexYear]:
    return Table(
        "prijsindex",
        "Groei van de prijzen",
        price_growth(draft),
        (
            pasted.text("index", "Index", lambda row: key_of(draft, "index", row.index), width=22),
            given(draft, "indexen", "jaar", "Jaar", lambda row: row.jaar, Format.YEAR),
            given(draft, "indexen", "percentage", "Groei in het jaar", lambda row: row.percentage, Format.PERCENT),
            _source(),
        ),
    )
