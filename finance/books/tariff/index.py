"""The sheet `index`: the index of each tariff, in two steps where it is not simply given."""

from __future__ import annotations

from typing import Final

from finance.books.index_chain import UNKNOWN, chain_table
from finance.books.tariff.draft import Draft, Numbered
from finance.case.pricing import INDEX
from finance.tables.columns import number, text, year
from finance.tables.grid import Format, Value
from finance.tables.pages import Page, Table

NOT_GIVEN: Final = "niet opgegeven"
GIVEN: Final = "opgegeven in de invoer"
COMPUTED: Final = "voorlopige index plus correctie"


def page(draft: Draft) -> Page:
    """The sheet `index`."""
    return Page(
        "index",
        "Index van de tarieven",
        "Waar de index van elk tarief vandaan komt. De cijfers over lonen en prijzen staan op het blad"
        " uitgangspunten.",
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
            text("naam", "Tarief", lambda row: row.naam, "[reken.naam@]", 32),
            number("nr", "Nr", lambda row: row.nr, "[reken.nr@]", Format.COUNT),
            year("jaar", "Jaar", lambda row: row.tariff.jaar, "[kop.jaar@]"),
            number("gegeven", "Opgegeven", lambda row: row.tariff.index if INDEX in row.rows else NOT_GIVEN,
                   f'IF({given}>0,SUMIFS([invoer.waarde],[invoer.nr],[nr],[invoer.parameter],'
                   f'"{INDEX}"),"{NOT_GIVEN}")', Format.PERCENT),
            number("keten", "Uit de twee stappen", lambda row: _of_chain(draft, row),
                   'IF(COUNTIFS([keten.jaar],[jaar])>0,INDEX([keten.index],MATCH([jaar],[keten.jaar],0)),'
                   f'"{UNKNOWN}")', Format.PERCENT),
            number("geldt", "Index die geldt", lambda row: row.tariff.index, f"[reken.{INDEX}@]",
                   Format.PERCENT),
            text("hoe", "Waar vandaan", lambda row: GIVEN if INDEX in row.rows else COMPUTED,
                 f'IF(ISNUMBER([gegeven]),"{GIVEN}","{COMPUTED}")', 32),
        ),
        "Een opgegeven index die meer dan een honderdste procent van de twee stappen afwijkt, is een fout in"
        " de invoer.",
    )  # fmt: skip


def _of_chain(draft: Draft, row: Numbered) -> Value:
    found = draft.case.index_chain.index(row.tariff.jaar)
    return UNKNOWN if found is None else found
