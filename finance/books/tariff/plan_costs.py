"""Tables of the sheet `rekenplan`: what the places of a plan cost, and each provider in each year."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, TypeVar

from finance.books.tariff.draft import NORM, TESTED, Draft, Numbered
from finance.books.tariff.given import key_of
from finance.books.tariff.plan_inputs import NEXT_YEAR, price_growth
from finance.case.sheets import IndexYear
from finance.case.words import VACANCY
from finance.money import Money
from finance.tables import live, pasted
from finance.tables.grid import Format
from finance.tables.pages import Column, Table
from finance.tariff.transition import START_UP, ExtraCost, PlaceYearCost

R = TypeVar("R")


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
            live.text("index", "Index", "[prijsindex.index@]", 22),
            live.year("jaar", "Jaar", "[prijsindex.jaar@]"),
            live.number(
                "factor",
                "Prijsfactor",
                "IF([jaar]={prijspeil}+1,1,N([-factor]))*(1+[prijsindex.percentage@])",
                Format.FACTOR,
            ),
        ),
    )


def place_years(draft: Draft) -> Table[PlaceYearCost]:
    """The places of each location and zorgvorm in each year, and their cost."""
    return Table(
        "plekjaar",
        "Wat de plaatsen kosten",
        draft.transition.places,
        (
            live.text("aanbieder", "Aanbieder", "INDEX([plek.aanbieder],[nr])", 22),
            live.text("locatie", "Locatie", "INDEX([plek.locatie],[nr])", 22),
            live.text("zorgvorm", "Zorgvorm", "INDEX([plek.zorgvorm],[nr])", 18),
            live.number("nr", "Nr", "N([-nr])+IF([jaar]={eerste_jaar},1,0)", Format.COUNT),
            live.year("jaar", "Jaar", "[besluit.jaar@]"),
            *_numbers(draft),
            *_prices(draft),
            *_amounts(),
            *_weighed(),
            *(column for end, share in FILLED.items() for column in _filled(end, share)),
        ),
        "Kosten van groepen: plaatsen maal F / n. Daarbij komt V voor elke bezette plaats. Samen zijn dat de"
        " kosten van bezette en lege plaatsen, zoals het plan ze rekent.",
    )


def _numbers(draft: Draft) -> tuple[Column[PlaceYearCost], ...]:
    def groups(row: PlaceYearCost) -> Fraction:
        size = draft.case.care_form[row.plek.zorgvorm].groepsgrootte
        return Fraction(row.plaatsen, size) if size else Fraction(0)

    return (
        live.number("plaatsen", "Plaatsen", "[besluit.plaatsen@]+0", Format.COUNT),
        live.places("bezet", "Bezet", "[besluit.bezet@]+0"),
        live.places("lege", "Leeg", "[plaatsen]-[bezet]"),
        live.number(
            "groepen",
            "Groepen (plaatsen / n)",
            "IF(N(INDEX([plek.groep],[nr]))>0,[plaatsen]/INDEX([plek.groep],[nr]),0)",
            Format.FACTOR,
        ),
    )


UNNAMED: Final = "-"
"""What stands for no tariff: a pattern that fits every text does not fit an empty cell."""
OF_TARIFF: Final = "INDEX([kop.jaar],[tnr])"
TO_TARIFF: Final = (
    f'IF(OR([index]="",{OF_TARIFF}<={{prijspeil}}),1,'
    f"SUMIFS([groei.factor],[groei.index],[index],[groei.jaar],{OF_TARIFF}))"
)
"""Growth from prijspeil to the year of a tariff: a price of another year goes there and back by it."""


def _prices(draft: Draft) -> tuple[Column[PlaceYearCost], ...]:
    return (
        live.text("index", "Index", 'INDEX([plek.index],[nr])&""'),
        pasted.text("tarief", "Tarief van een lege prijs", lambda row: tariff_key(draft, row)),
        live.number(
            "tnr", "Nr van het tarief", 'IF([tarief]="",0,MATCH([tarief],[prijstarief.sleutel],0))', Format.COUNT
        ),
        live.number(
            "groei",
            "Groei",
            'IF(OR([index]="",[jaar]<={prijspeil}),1,SUMIFS([groei.factor],[groei.index],[index],[groei.jaar],[jaar]))',
            Format.FACTOR,
        ),
        *(
            [pasted.text("genoemd", "Genoemd tarief", lambda row: key_of(draft, "tarief", row.plek.tarief) or UNNAMED)]
            if draft.paid_by_tariff
            else []
        ),
        live.number(
            "groei_tarief",
            "Groei van het tarief",
            f"IF([tnr]=0,1,IF({OF_TARIFF}=[jaar],1,[groei]/{TO_TARIFF}))",
            Format.FACTOR,
        ),
        *(
            live.euro(
                key,
                head,
                f'IF(INDEX([plek.{key}],[nr])="",INDEX([reken.{key}],[tnr])*[groei_tarief],'
                f"INDEX([plek.{key}],[nr])*[groei])",
                total=False,
            )
            for key, head, value in _PRICED
        ),
        live.number(
            "volheid",
            "Bezetting in de kostprijs",
            "IF([tnr]>0,INDEX([reken.bezetting],[tnr]),IF(INDEX([plek.volheid],[nr])>0,INDEX([plek.volheid],[nr]),1))",
            Format.PERCENT,
        ),
        live.euro("kostprijs", "Bezet plaatsjaar (F / (n b) + V)", "[leeg]/[volheid]+[vol]-[leeg]", total=False),
        live.euro(
            "beschikbaar", "Beschikbaar plaatsjaar (F / n + b V)", "[leeg]+[volheid]*([vol]-[leeg])", total=False
        ),
    )


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
            pasted.text("sleutel", "Sleutel", lambda row: f"tarief {row.nr}", width=22),
            live.text("naam", "Tarief", "[reken.naam@]", 26),
        ),
    )


def _amounts() -> tuple[Column[PlaceYearCost], ...]:
    return (
        live.euro("exploitatie", "Bezette plaatsen", amount("[bezet]*[vol]")),
        live.euro("leegstand", "Lege plaatsen", amount("[lege]*[leeg]")),
        live.euro("vast", "Groepen (F)", amount("[plaatsen]*[leeg]")),
        live.euro("variabel", "Variabel (V)", "ROUND([exploitatie]+[leegstand]-[vast],2)"),
    )


FILLED: Final[Mapping[str, str]] = {NORM: "[volheid]", TESTED: "{proef}"}
"""How full the places are in the trials: as the price counts on, and lower."""


def _filled(end: str, share: str) -> tuple[Column[PlaceYearCost], ...]:
    """What the places cost when they are as full as in a trial."""
    name = FILLED_NAMES[end]
    empty = f"([plaatsen]-[bezet{end}])"
    cost = f"{amount(f'[bezet{end}]*[vol]')}+{amount(f'{empty}*[leeg]')}"
    return (
        live.places(f"bezet{end}", f"Bezet, {name}", f"[plaatsen]*{share}"),
        live.euro(f"kosten{end}", f"Kosten, {name}", f"ROUND({cost},2)", total=False),
        live.euro(f"waard_bezet{end}", f"Bezet maal kostprijs, {name}", f"[bezet{end}]*[kostprijs]", total=False),
    )


FILLED_NAMES: Final[Mapping[str, str]] = {NORM: "bij de norm", TESTED: "bij de proef"}


def _weighed() -> tuple[Column[PlaceYearCost], ...]:
    """What the price that covers the cost brings in, of used and of available places."""
    return (
        live.euro("waard_bezet", "Bezette plaatsen maal kostprijs", "[bezet]*[kostprijs]", total=False),
        live.euro("waard_plaatsen", "Beschikbare plaatsen maal kostprijs", "[plaatsen]*[beschikbaar]", total=False),
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
            tuple(row for row in transition.extra_costs if (row.aanbieder, row.lijn.jaar) == (provider, year)),
            transition.cost(provider, year),
        )
        for provider in transition.providers
        for year in draft.case.years
    )


OF_YEAR: Final = "[plekjaar.aanbieder],[aanbieder],[plekjaar.jaar],[jaar]"
ONE_OFF: Final = "[eenmalig.aanbieder],[aanbieder],[eenmalig.jaar],[jaar]"


def cost_part(end: str) -> str:
    """The part of a provider in the costs of all in a year; where there are none, every provider an equal one."""
    every = f"SUMIFS([kostenjaar.kosten{end}],[kostenjaar.jaar],[jaar])"
    return f"IF({every}=0,1/ROWS([aanbieders.aanbieder]),[kosten{end}]/{every})"


def _filled_costs(end: str) -> tuple[Column[ProviderYear], ...]:
    """What a provider is to pay when its places are as full as in a trial."""
    name = FILLED_NAMES[end]
    total = f"SUMIFS([plekjaar.kosten{end}],{OF_YEAR})+[frictie]+[opstart]-[bijdrage]"
    return (
        live.euro(f"kosten{end}", f"Kosten, {name}", f"ROUND({total},2)"),
        live.number(f"deel{end}", f"Deel, {name}", cost_part(end), Format.FACTOR),
    )


def cost_years(draft: Draft) -> Table[ProviderYear]:
    """What each provider is to pay in each year."""
    return Table(
        "kostenjaar",
        "Wat elke aanbieder per jaar heeft te betalen",
        provider_years(draft),
        (
            pasted.text("aanbieder", "Aanbieder", lambda row: key_of(draft, "aanbieder", row.aanbieder), width=22),
            live.year("jaar", "Jaar", NEXT_YEAR),
            *(
                live.places(key, head, f"SUMIFS([plekjaar.{key}],{OF_YEAR})")
                for key, head, value in (
                    ("plaatsen", "Plaatsen", lambda row: Fraction(row.plaatsen)),
                    ("bezet", "Bezet", lambda row: row.bezet),
                    ("lege", "Leeg", lambda row: row.leeg),
                )
            ),
            *(
                live.euro(key, head, f"ROUND(SUMIFS([plekjaar.{key}],{OF_YEAR}),2)")
                for key, head in (("vast", "Groepen (F)"), ("variabel", "Variabel (V)"), (VACANCY, "Waarvan leegstand"))
            ),
            *_one_off(),
            live.euro("kosten", "Kosten", "ROUND([vast]+[variabel]+[frictie]+[opstart]-[bijdrage],2)"),
            live.number("deel", "Deel van alle kosten", cost_part(""), Format.FACTOR),
            *(column for end in FILLED for column in _filled_costs(end)),
        ),
    )


def _sum_of(value: Callable[[PlaceYearCost], Fraction]) -> Callable[[ProviderYear], Fraction]:
    return lambda row: sum((value(one) for one in row.plekken), Fraction(0))


def _one_off() -> tuple[Column[ProviderYear], ...]:
    start_up = f'SUMIFS([eenmalig.bedrag],{ONE_OFF},[eenmalig.kostensoort],"{START_UP}")'
    return (
        live.euro("frictie", "Frictiekosten", f"ROUND(SUMIFS([eenmalig.bedrag],{ONE_OFF})-{start_up},2)"),
        live.euro("opstart", "Opstart", f"ROUND({start_up},2)"),
        live.euro("bijdrage", "Betaald door SPUK of gemeente", f"ROUND(SUMIFS([eenmalig.bijdrage],{ONE_OFF}),2)"),
    )
