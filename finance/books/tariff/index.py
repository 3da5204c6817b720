"""The sheet `index`: the index of each tariff, in two steps where it is not simply given."""

from __future__ import annotations

from typing import Final

from finance.books.index_chain import UNKNOWN, chain_table
from finance.books.tariff.draft import Draft, Numbered
from finance.case.pricing import INDEX
from finance.tables import live
from finance.tables.grid import Format
from finance.tables.pages import Page, Table

NOT_GIVEN: Final = "niet opgegeven"
GIVEN: Final = "opgegeven in de invoer"
COMPUTED: Final = "voorlopige index plus correctie"


def page(draft: Draft) -> Page:
    """The sheet `index`."""
    return Page(
        "index",
        "Index van de tarieven",
        "Waar de index van elk tarief vandaan komt. De cijfers over lonen en prijzen staan op het blad uitgangspunten.",
        (_choice(draft), chain_table(draft.case.tariff_indexes, draft.case.index_chain)),
        tab="berekening",
    )


def _choice(draft: Draft) -> Table[Numbered]:
    given = f'COUNTIFS([invoer.nr],[nr],[invoer.parameter],"{INDEX}")'
    return Table(
        "indexkeuze",
        "",
        draft.tariffs,
        (
            live.text("naam", "Tarief", "[reken.naam@]", 32),
            live.number("nr", "Nr", "[reken.nr@]", Format.COUNT),
            live.year("jaar", "Jaar", "[kop.jaar@]"),
            live.number(
                "gegeven",
                "Opgegeven",
                f'IF({given}>0,SUMIFS([invoer.waarde],[invoer.nr],[nr],[invoer.parameter],"{INDEX}"),"{NOT_GIVEN}")',
                Format.PERCENT,
            ),
            live.number(
                "keten",
                "Uit de twee stappen",
                f'IF(COUNTIFS([keten.jaar],[jaar])>0,INDEX([keten.index],MATCH([jaar],[keten.jaar],0)),"{UNKNOWN}")',
                Format.PERCENT,
            ),
            live.number("geldt", "Index die geldt", f"[reken.{INDEX}@]", Format.PERCENT),
            live.text("hoe", "Waar vandaan", f'IF(ISNUMBER([gegeven]),"{GIVEN}","{COMPUTED}")', 32),
        ),
        "Een opgegeven index die meer dan een honderdste procent van de twee stappen afwijkt, is een fout in"
        " de invoer.",
    )
