"""Tables of the sheet `rekenplan`: what the places of a plan cost, and each provider in each year."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, TypeVar

from finance.books.tariff.draft import Draft, Numbered
from finance.books.tariff.plan_inputs import NEXT_YEAR, key_of, price_growth
from finance.case.sheets import IndexYear
from finance.case.words import VACANCY
from finance.money import Money
from finance.tables.columns import euro, number, places, text, year
from finance.tables.grid import Format
from finance.tables.pages import Column, Table
from finance.tariff.transition import START_UP, ExtraCost, PlaceYearCost

R = TypeVar("R")

WEIGHED: Final[Mapping[str, tuple[str, Callable[[PlaceYearCost], Fraction | int]]]] = {
    "start": ("Plaatsen bij de start", lambda row: row.plek.plaatsen),
    "plaatsen": ("Plaatsen", lambda row: row.plaatsen),
    "bezet": ("Bezette plaatsen", lambda row: row.bezet),
}
"""The numbers of places by which a form weighs the price that covers the cost."""


def amount(formula: str) -> str:
    """The template of an amount to the cent, as the cost lines of a plan are rounded."""
    return f"ROUND(ROUND({formula},7),2)"


def growth(draft: Draft) -> Table[IndexYear]:
    """How prices grow from prijspeil on."""
    return Table(
        "groei",
        "Groei van de prijzen vanaf het prijspeil",
        price_growth(draft),
        (
            text("index", "Index", lambda row: key_of(draft, "index", row.index), "[prijsindex.index@]", 22),
            year("jaar", "Jaar", lambda row: row.jaar, "[prijsindex.jaar@]"),
            number("factor", "Prijsfactor", lambda row: draft.case.price_factor(row.index, row.jaar),
                   "IF([jaar]={prijspeil}+1,1,N([-factor]))*(1+[prijsindex.percentage@])", Format.FACTOR),
        ),
    )  # fmt: skip


def place_years(draft: Draft) -> Table[PlaceYearCost]:
    """The places of each location and zorgvorm in each year, and their cost."""
    numbers = {row.rij: nr for nr, row in enumerate(draft.case.places, start=1)}
    return Table(
        "plekjaar",
        "Wat de plaatsen kosten",
        draft.transition.places,
        (
            text("aanbieder", "Aanbieder", lambda row: key_of(draft, "aanbieder", row.aanbieder),
                 "INDEX([plek.aanbieder],[nr])", 22),
            text("locatie", "Locatie", lambda row: key_of(draft, "locatie", row.plek.locatie),
                 "INDEX([plek.locatie],[nr])", 22),
            text("zorgvorm", "Zorgvorm", lambda row: key_of(draft, "zorgvorm", row.plek.zorgvorm),
                 "INDEX([plek.zorgvorm],[nr])", 18),
            number("nr", "Nr", lambda row: numbers[row.plek.rij],
                   "N([-nr])+IF([jaar]={eerste_jaar},1,0)", Format.COUNT),
            year("jaar", "Jaar", lambda row: row.jaar, "[besluit.jaar@]"),
            *_numbers(draft),
            *_prices(draft),
            *_amounts(),
            *_weighed(),
        ),
        "Kosten van groepen: plaatsen maal F / n. Daarbij komt V voor elke bezette plaats. Samen zijn dat de"
        " kosten van bezette en lege plaatsen, zoals het plan ze rekent.",
    )  # fmt: skip


def _numbers(draft: Draft) -> tuple[Column[PlaceYearCost], ...]:
    def groups(row: PlaceYearCost) -> Fraction:
        size = draft.case.care_form[row.plek.zorgvorm].groepsgrootte
        return Fraction(row.plaatsen, size) if size else Fraction(0)

    return (
        number("start", "Bij de start", lambda row: row.plek.plaatsen, "INDEX([plek.start],[nr])",
               Format.COUNT),
        number("plaatsen", "Plaatsen", lambda row: row.plaatsen, "[besluit.plaatsen@]+0", Format.COUNT),
        places("bezet", "Bezet", lambda row: row.bezet, "[besluit.bezet@]+0"),
        places("lege", "Leeg", lambda row: row.leeg, "[plaatsen]-[bezet]"),
        number("groepen", "Groepen (plaatsen / n)", groups,
               "IF(N(INDEX([plek.groep],[nr]))>0,[plaatsen]/INDEX([plek.groep],[nr]),0)", Format.FACTOR),
    )  # fmt: skip


def _prices(draft: Draft) -> tuple[Column[PlaceYearCost], ...]:
    return (
        text("index", "Index", lambda row: key_of(draft, "index", row.plek.index),
             'INDEX([plek.index],[nr])&""'),
        text("tarief", "Tarief van een lege prijs", lambda row: tariff_key(draft, row)),
        number("tnr", "Nr van het tarief", lambda row: tariff_number(draft, row),
               'IF([tarief]="",0,MATCH([tarief],[prijstarief.sleutel],0))', Format.COUNT),
        number("groei", "Groei", lambda row: draft.case.price_factor(row.plek.index, row.jaar),
               'IF(OR([index]="",[jaar]<={prijspeil}),1,'
               "SUMIFS([groei.factor],[groei.index],[index],[groei.jaar],[jaar]))", Format.FACTOR),
        number("groei_tarief", "Groei van het tarief", lambda row: _tariff_growth(draft, row),
               "IF([tnr]=0,1,IF(INDEX([kop.jaar],[tnr])=[jaar],1,[groei]))", Format.FACTOR),
        *(
            euro(key, head, value,
                 f'IF(INDEX([plek.{key}],[nr])="",INDEX([reken.{key}],[tnr])*[groei_tarief],'
                 f"INDEX([plek.{key}],[nr])*[groei])", total=False)
            for key, head, value in _PRICED
        ),
        number("volheid", "Bezetting in de kostprijs", lambda row: row.volheid,
               "IF([tnr]>0,INDEX([reken.bezetting],[tnr]),"
               "IF(INDEX([plek.volheid],[nr])>0,INDEX([plek.volheid],[nr]),1))", Format.PERCENT),
        euro("kostprijs", "Kostprijs plaatsjaar (F / (n b) + V)", lambda row: row.kostprijs,
             "[leeg]/[volheid]+[vol]-[leeg]", total=False),
    )  # fmt: skip


_PRICED: Final[tuple[tuple[str, str, Callable[[PlaceYearCost], Fraction]], ...]] = (
    ("vol", "Bezette plaats", lambda row: row.bezetprijs),
    ("leeg", "Lege plaats (F / n)", lambda row: row.leegprijs),
)


def tariff_number(draft: Draft, row: PlaceYearCost) -> int:
    """The number of the tariff that a price comes from; 0 for none."""
    if row.tarief is None:
        return 0
    return list(draft.case.cost_prices.values()).index(row.tarief) + 1


def tariff_key(draft: Draft, row: PlaceYearCost) -> str:
    """What the tariff that a price comes from is called; empty for none."""
    number_of = tariff_number(draft, row)
    return f"tarief {number_of}" if number_of else ""


def tariff_keys(draft: Draft) -> Table[Numbered]:
    """The tariffs by the names that prices of places find them by."""
    return Table(
        "prijstarief",
        "Tarieven waar een prijs van een plaats uit kan komen",
        draft.tariffs,
        (
            text("sleutel", "Sleutel", lambda row: f"tarief {row.nr}", width=22),
            text("naam", "Tarief", lambda row: row.naam, "[reken.naam@]", 26),
        ),
    )


def _tariff_growth(draft: Draft, row: PlaceYearCost) -> Fraction:
    if row.tarief is None:
        return Fraction(1)
    return draft.case.tariff_growth(row.plek, row.tarief, row.jaar)


def _amounts() -> tuple[Column[PlaceYearCost], ...]:
    return (
        euro("exploitatie", "Bezette plaatsen", lambda row: row.exploitatie, amount("[bezet]*[vol]")),
        euro("leegstand", "Lege plaatsen", lambda row: row.leegstand, amount("[lege]*[leeg]")),
        euro("vast", "Groepen (F)", lambda row: row.vast, amount("[plaatsen]*[leeg]")),
        euro("variabel", "Variabel (V)", lambda row: row.variabel,
             "ROUND([exploitatie]+[leegstand]-[vast],2)"),
    )  # fmt: skip


def _weighed() -> tuple[Column[PlaceYearCost], ...]:
    """The cost price times the places that a form looks at."""

    def weighed(key: str) -> Callable[[PlaceYearCost], Fraction]:
        def value(row: PlaceYearCost) -> Fraction:
            return Fraction(WEIGHED[key][1](row)) * row.kostprijs

        return value

    return tuple(
        euro(f"gewogen_{key}", f"{head} maal kostprijs", weighed(key), f"[{key}]*[kostprijs]", total=False)
        for key, (head, _) in WEIGHED.items()
    )


@dataclass(frozen=True)
class ProviderYear:
    """A provider in a year, whatever way it is paid.

    Attributes:
        aanbieder: the provider.
        jaar: the year.
        plekken: its places in the year.
        eenmalig: its one-off costs in the year.
        kosten: what is to be paid.
    """

    aanbieder: str
    jaar: int
    plekken: tuple[PlaceYearCost, ...]
    eenmalig: tuple[ExtraCost, ...]
    kosten: Money

    @property
    def friction(self) -> Money:
        """The frictiekosten, before what others pay of them."""
        return Money.total(row.bedrag for row in self.eenmalig if row.lijn.kostensoort != START_UP)

    @property
    def start_up(self) -> Money:
        """The start-up of new places, before what others pay of it."""
        return Money.total(row.bedrag for row in self.eenmalig if row.lijn.kostensoort == START_UP)

    @property
    def helped(self) -> Money:
        """What others pay."""
        return Money.total(row.bijdrage for row in self.eenmalig)


def provider_years(draft: Draft) -> tuple[ProviderYear, ...]:
    """Every provider in every year."""
    transition = draft.transition
    return tuple(
        ProviderYear(
            provider,
            year,
            tuple(row for row in transition.places if (row.aanbieder, row.jaar) == (provider, year)),
            tuple(
                row for row in transition.extra_costs if (row.aanbieder, row.lijn.jaar) == (provider, year)
            ),
            transition.cost(provider, year),
        )
        for provider in transition.providers
        for year in draft.case.years
    )


OF_YEAR: Final = "[plekjaar.aanbieder],[aanbieder],[plekjaar.jaar],[jaar]"
ONE_OFF: Final = "[eenmalig.aanbieder],[aanbieder],[eenmalig.jaar],[jaar]"


def cost_years(draft: Draft) -> Table[ProviderYear]:
    """What each provider is to pay in each year."""
    return Table(
        "kostenjaar",
        "Wat elke aanbieder per jaar heeft te betalen",
        provider_years(draft),
        (
            text("aanbieder", "Aanbieder", lambda row: key_of(draft, "aanbieder", row.aanbieder), width=22),
            year("jaar", "Jaar", lambda row: row.jaar, NEXT_YEAR),
            *(
                places(key, head, _sum_of(value), f"SUMIFS([plekjaar.{key}],{OF_YEAR})")
                for key, head, value in (
                    ("plaatsen", "Plaatsen", lambda row: Fraction(row.plaatsen)),
                    ("bezet", "Bezet", lambda row: row.bezet),
                    ("lege", "Leeg", lambda row: row.leeg),
                )
            ),
            *(
                euro(key, head, _total_of(key), f"ROUND(SUMIFS([plekjaar.{key}],{OF_YEAR}),2)")
                for key, head in (("vast", "Groepen (F)"), ("variabel", "Variabel (V)"),
                                  (VACANCY, "Waarvan leegstand"))
            ),
            *_one_off(),
            euro("kosten", "Kosten", lambda row: row.kosten,
                 "ROUND([vast]+[variabel]+[frictie]+[opstart]-[bijdrage],2)"),
        ),
    )  # fmt: skip


def _sum_of(value: Callable[[PlaceYearCost], Fraction]) -> Callable[[ProviderYear], Fraction]:
    return lambda row: sum((value(one) for one in row.plekken), Fraction(0))


def _total_of(key: str) -> Callable[[ProviderYear], Money]:
    return lambda row: Money.total(getattr(one, key) for one in row.plekken)


def _one_off() -> tuple[Column[ProviderYear], ...]:
    start_up = f'SUMIFS([eenmalig.bedrag],{ONE_OFF},[eenmalig.kostensoort],"{START_UP}")'
    return (
        euro("frictie", "Frictiekosten", lambda row: row.friction,
             f"ROUND(SUMIFS([eenmalig.bedrag],{ONE_OFF})-{start_up},2)"),
        euro("opstart", "Opstart", lambda row: row.start_up, f"ROUND({start_up},2)"),
        euro("bijdrage", "Betaald door SPUK of gemeente", lambda row: row.helped,
             f"ROUND(SUMIFS([eenmalig.bijdrage],{ONE_OFF}),2)"),
    )  # fmt: skip
