"""The sheet `kredieten`: what is owed on each credit, year by year, with its interest."""

from __future__ import annotations

from typing import Final

from finance.books.budget.counted import Totals, money
from finance.books.budget.draft import Draft
from finance.books.budget.sources import SAME_SOURCE, SOURCE_ROW, SOURCE_YEAR
from finance.case.credit import CreditYear
from finance.case.words import REPAYMENT
from finance.tables import live, pasted
from finance.tables.grid import Format
from finance.tables.pages import Column, Figure, Page, Table

FOR_ALL: Final = "(alle)"
"""The provider of a credit that is for all; no provider can be called so."""
LAST_YEAR: Final = f"MIN({{laatste_jaar}},INDEX([dekking.besteedbaar_tot],{SOURCE_ROW}))"


def pages(draft: Draft) -> tuple[Page, ...]:
    """The sheet `kredieten`; none where the case has no credit."""
    return (page(draft),) if draft.case.credits else ()


def page(draft: Draft) -> Page:
    """The sheet `kredieten`."""
    return Page(
        "kredieten",
        "Kredieten",
        "Wat van elk overbruggingskrediet openstaat. Het krediet betaalt nu kosten, en andere bronnen betalen het later"
        " met rente terug: alleen de rente telt als kosten. De rente van een jaar is die over wat aan het begin van"
        " dat jaar openstaat, afgerond op de cent.",
        (
            Figure("Wat openstaat aan het einde van elk jaar", "euro", "schuldjaar", "jaar", ("eind",), stacked=False),
            _together(draft),
            _years(draft),
        ),
        tab="besluit",
    )


def _together(draft: Draft) -> Table[int]:
    def of_year(column: str) -> str:
        return f"ROUND(SUMIFS([krediet.{column}],[krediet.jaar],[jaar]),2)"

    return Table(
        "schuldjaar",
        "Alle kredieten samen, per jaar",
        draft.years,
        (
            live.year("jaar", "Jaar", "IF(N([-jaar])=0,{eerste_jaar},[-jaar]+1)", 18),
            live.euro("opgenomen", "Opgenomen", of_year("opgenomen")),
            live.euro("rente", "Rente", of_year("rente")),
            live.euro("afgelost", "Afgelost, met rente", of_year("afgelost")),
            live.euro("eind", "Open aan het einde", of_year("eind"), total=False),
        ),
    )


def _years(draft: Draft) -> Table[CreditYear]:
    return Table(
        "krediet",
        "Per krediet en jaar",
        draft.outcome.credits,
        (
            pasted.text("bron", "Krediet", lambda row: draft.name("bron", row.bron.bron), width=18),
            live.year("jaar", "Jaar", SOURCE_YEAR),
            *_debt(draft),
        ),
        "Afgelost is met de rente. Van de lening: wat daarvan geen rente is; onder nul waar rente bij de schuld komt.",
        ids=lambda row: (row.bron.bron, row.jaar),
    )


def _debt(draft: Draft) -> tuple[Column[CreditYear], ...]:
    """From what is owed at the start of a year to what is owed at its end, and the most that may be."""
    line, drawn = "[rekenkrediet.regel@]", "SUMIFS([betaling.bedrag],[betaling.bron],[bron],[betaling.jaar],[jaar])"
    repaid = f'IF({line}="",0,SUMIFS([betaling.bedrag],[betaling.regel],{line}))'
    last = f"[jaar]={LAST_YEAR}"
    if draft.has_history:
        last = f"AND({last},[jaar]>{{laatste_afgesloten}})"
    return (
        live.euro("begin", "Open aan het begin", f"IF({SAME_SOURCE},[-eind],0)", total=False),
        live.number("percentage", "Rente per jaar", f"INDEX([dekking.rente],{SOURCE_ROW})", Format.PERCENT),
        live.euro("rente", "Rente", "ROUND(ROUND([begin]*[percentage],7),2)"),
        live.euro("opgenomen", "Opgenomen", f"ROUND({drawn},2)"),
        live.euro("afgelost", "Afgelost, met rente", f"ROUND({repaid},2)"),
        live.euro("eind", "Open aan het einde", "ROUND([begin]+[rente]+[opgenomen]-[afgelost],2)", total=False),
        live.euro("hoofdsom", "Van de lening", f"ROUND(IF({last},[hoogste_aflossing],[afgelost])-[rente],2)"),
        live.euro("limiet", "Hoogste schuld", f"INDEX([dekking.bedrag],{SOURCE_ROW})", total=False),
        live.euro("hoogste_aflossing", "Hoogste aflossing", "ROUND([begin]+[rente],2)", total=False),
    )


def calculation_pages(draft: Draft) -> tuple[Page, ...]:
    """The sheet `rekenblad_kredieten`; none where the case has no credit."""
    if not draft.case.credits:
        return ()
    return (
        Page(
            "rekenblad_kredieten",
            "Rekenblad: kredieten",
            "Wat andere bladen van een krediet in een jaar vragen. Elke rij hoort bij dezelfde rij van het blad"
            " kredieten.",
            (_behind(draft),),
            tab="berekening",
        ),
    )


def _behind(draft: Draft) -> Table[CreditYear]:
    known = draft.statement.line_of
    provider = "INDEX([dekking.aanbieder],MATCH([krediet.bron@],[dekking.bron],0))"
    last = "MIN({laatste_jaar},INDEX([dekking.besteedbaar_tot],MATCH([krediet.bron@],[dekking.bron],0)))"

    def key(row: CreditYear) -> str:
        return known[row.regel].sleutel if row.regel in known else ""

    return Table(
        "rekenkrediet",
        "",
        draft.outcome.credits,
        (
            live.text("sleutel", "Krediet en jaar", '[krediet.bron@]&"|"&[krediet.jaar@]', 24),
            live.text("aanbieder", "Aanbieder", f'IF({provider}="","{FOR_ALL}",{provider})', 18),
            live.text("kostensoort", "Kostensoort", f'"{REPAYMENT}"', 20),
            live.text(
                "groep", "Groep", "INDEX([kostengroep.groep],MATCH([kostensoort],[kostengroep.kostensoort],0))", 20
            ),
            pasted.text("regel", "Regel in dekking", key, width=11),
            live.euro("blijft_open", "Blijft open", f"IF([krediet.jaar@]={last},[krediet.eind@],0)"),
            live.number(
                "contant",
                "Rente, contant",
                "[krediet.rente@]*SUMIFS([jaren.disconto],[jaren.jaar],[krediet.jaar@])",
                Format.EURO,
            ),
        ),
    )


PROVIDERS: Final = {"lijn.kosten": "lijn.aanbieder", "betaling.bedrag": "rekenbetaling.aanbieder"}
"""The columns with the provider of an amount."""


def totals_for_all(draft: Draft, amounts: str) -> str:
    """What a total per provider misses: what credits for all providers cost, or get back.

    Args:
        draft: the material.
        amounts: the column of the amounts.
    """
    return f'+SUMIFS([{amounts}],[{PROVIDERS[amounts]}],"{FOR_ALL}")' if draft.case.credits else ""


def loans(draft: Draft) -> str:
    """What credits get back of the loan itself: payments that pay no cost."""
    return "+[krediet.hoofdsom=]" if draft.case.credits else ""


def paid_by_sources(draft: Draft, *, net: bool) -> str:
    """What all sources pay; net of what credits get back of the loan itself."""
    if not draft.case.credits:
        return "[pot.betaald=]+[jaarbron.betaald=]"
    return f"[pot.betaald=]+[jaarbron.betaald=]+[krediet.opgenomen=]{'-[krediet.hoofdsom=]' if net else ''}"


def totals_of_credits(draft: Draft) -> tuple[Totals, ...]:
    """What credits lend and get back; nothing where the case has none."""
    if not draft.case.credits:
        return ()
    repaid = f'SUMIFS([betaling.bedrag],[betaling.kostensoort],"{REPAYMENT}")'
    return (
        Totals(
            "krediettotaal",
            "Totalen van kredieten",
            (
                money("afgelost", "afgelost volgens kredieten", "[krediet.afgelost=]"),
                money("betaald", "betaald aan rente en aflossing", repaid),
                money("geleend", "opgenomen, met rente", "[krediet.opgenomen=]+[krediet.rente=]"),
                money(
                    "terug",
                    "afgelost, en wat na het einde openstaat",
                    "[krediet.afgelost=]+[rekenkrediet.blijft_open=]",
                ),
            ),
            (
                ("Alle rente en aflossing hoort bij een krediet", "afgelost", "betaald"),
                ("Wat is geleend, met rente, is afgelost of staat nog open", "terug", "geleend"),
            ),
        ),
    )
