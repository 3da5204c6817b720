"""The sheets `kalender` and `aansluiting` of one municipality: her duties, and how she fits in the whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from finance.books.budget.payments import COLUMN
from finance.books.municipality.draft import WHOLE, Draft, taken
from finance.money import Money
from finance.statement.accountability import Delay
from finance.statement.decisions import Decision
from finance.tables import live, pasted
from finance.tables.columns import holds
from finance.tables.grid import Format
from finance.tables.pages import Notes, Page, Table

NOTICE: Final = (
    "Vertraging bij een maatregel die uit de uitkering wordt betaald, wordt gemeld zodra zij bekend is; wacht niet"
    " op de verantwoording. Geteld zijn de maatregelen waarvoor een beschikking van deze gemeente betaalt en die"
    " later beginnen dan kon.",
    "Is een datum leeg, dan kent deze toolkit er geen regel voor: zoek hem op in regeling of beschikking.",
)


def page(draft: Draft) -> Page:
    """The sheet `kalender`."""
    return Page(
        "kalender",
        "Kalender van de plichten",
        f"Wanneer {draft.gemeente} wat af moet hebben, en welke vertraging zij moet melden.",
        (_years(draft), _ends(draft), Notes("Onverwijld", NOTICE)),
    )


def delays_page(draft: Draft) -> Page:
    """The sheet `vertraging`."""
    return Page(
        "vertraging",
        "Maatregelen waarvoor een beschikking betaalt",
        "Wat later begint dan kon, meldt de gemeente zodra zij het weet.",
        (_delays(draft),),
    )


def _years(draft: Draft) -> Table[int]:
    known = draft.budget.accountability
    final = [row.eindjaar for row in draft.decisions]

    def read_at(year: int) -> str:
        rule = known.due_rule(year)
        return rule.vindplaats if rule else ""

    return Table(
        "termijn",
        "Verantwoording over elk jaar",
        draft.budget.years,
        (
            pasted.text("wat", "Wat", lambda _: "Jaarrekening met SiSa-bijlage", width=28),
            taken("jaar", "Over jaar T", lambda year: year, Format.YEAR, "kalender", width=10),
            taken("datum", "Uiterlijk", known.due, Format.DATE, "kalender"),
            taken("laatste", "Beschikkingen met eindverantwoording", final.count, Format.COUNT, "kalender"),
            pasted.text("vindplaats", "Vindplaats", read_at, width=20, wrap=True),
        ),
    )


def _ends(draft: Draft) -> Table[Decision]:
    known = draft.budget.accountability

    def meaning(row: Decision) -> str:
        return " ".join(rule.uitleg for rule in (row.verval, row.intrekking) if rule)

    return Table(
        "einde",
        "Einde van elke beschikking",
        draft.decisions,
        (
            live.text("beschikking", "Beschikking", "[beschikking.beschikking@]", 22),
            taken("einde", "Besteden tot en met", lambda row: row.venster_tot, Format.DATE, "kalender"),
            live.year("eindjaar", "Laatste jaar", "[beschikking.eindjaar@]", 10),
            taken(
                "datum", "Eindverantwoording uiterlijk", lambda row: known.due(row.eindjaar), Format.DATE, "kalender"
            ),
            taken("vaststelling", "Vaststelling uiterlijk", known.determined_by, Format.DATE, "kalender"),
            pasted.text(
                "melden", "Vertraging melden", lambda row: row.melding.wanneer if row.melding else "", width=20
            ),
            live.number(
                "later",
                "Betaalde maatregelen later dan kon",
                "SUMIFS([vertraging.telt],[vertraging.rij],[rij])",
                Format.COUNT,
            ),
            pasted.text("stand", "Verval of intrekking", meaning, width=36, wrap=True),
            pasted.row_number("rij", "Rij in beschikkingen", draft.row_of),
        ),
        least=COLUMN,
    )


def _delays(draft: Draft) -> Table[Delay]:
    budget = draft.budget

    def described(row: Delay) -> str:
        return budget.case.measure[row.maatregel].omschrijving

    paid = "SUMIFS([betaling.bedrag],[betaling.rij],[rij],[betaling.waarvoor],[maatregel])"
    return Table(
        "vertraging",
        "",
        draft.delays,
        (
            live.text("beschikking", "Beschikking", "INDEX([beschikking.beschikking],[rij])", 22),
            pasted.text("maatregel", "Maatregel", lambda row: budget.name("maatregel", row.maatregel), width=18),
            pasted.text("omschrijving", "Omschrijving", described, width=40, wrap=True),
            live.euro("betaald", "Betaald uit de beschikking", f"ROUND({paid},2)", width=15),
            taken("vroegste", "Kon beginnen in", lambda row: row.vroegste, Format.YEAR, "maatregelen", width=10),
            pasted.decision("start", "Begint in", lambda row: row.start, Format.YEAR, width=10),
            live.number("later", "Jaren later", "[start]-[vroegste]", Format.COUNT),
            live.number("telt", "Te melden (1: ja)", "IF(AND([betaald]>0,[later]>0),1,0)", Format.COUNT),
            pasted.row_number("rij", "Rij in beschikkingen", lambda row: draft.row_of(row.beschikking)),
        ),
        least=COLUMN,
    )


@dataclass(frozen=True, slots=True)
class Tie:
    """What the municipality is of the whole: spent in a year, or (without one) what goes back.

    Attributes:
        wat: what it is, in Dutch.
        jaar: the year; 0 for what goes back.
        eigen: hers.
        anderen: that of the other municipalities.
        geheel: that of all together.
    """

    wat: str
    jaar: int
    eigen: Money
    anderen: Money
    geheel: Money


def ties(draft: Draft) -> tuple[Tie, ...]:
    """What is held against the whole budget."""
    every = draft.budget.accountability.settlements
    back, mine = (Money.total(row.terug for row in rows) for rows in (every, draft.settlements))
    spent = tuple(
        Tie(
            f"Besteed in {year}",
            year,
            Money.total(row.besteed for row in draft.years if row.jaar == year),
            draft.paid_by_others(year),
            draft.paid_by_all(year),
        )
        for year in draft.budget.years
    )
    return (*spent, Tie("Terug te betalen", 0, mine, back - mine, back))


def ties_page(draft: Draft) -> Page:
    """The sheet `aansluiting`."""
    own = "IF([jaar]=0,SUM([afrekening.terug]),SUMIFS([sisa.besteed],[sisa.jaar],[jaar]))"
    return Page(
        "aansluiting",
        "Aansluiting op de hele begroting",
        f"{draft.gemeente} en de andere gemeenten zijn samen wat {WHOLE} zegt, tot op de cent.",
        (
            Table(
                "aansluiting",
                "",
                ties(draft),
                (
                    pasted.text("wat", "Wat", lambda row: row.wat, width=26),
                    live.euro("eigen", "Deze gemeente", f"ROUND({own},2)", total=False),
                    taken("anderen", "Andere gemeenten", lambda row: row.anderen, Format.EURO, "sisa"),
                    taken("geheel", "Alle gemeenten", lambda row: row.geheel, Format.EURO, "sisa"),
                    live.check("oordeel", "Sluit aan", holds("ROUND([eigen]+[anderen]-[geheel],2)=0")),
                    taken("jaar", "Jaar (0: alle)", lambda row: row.jaar, Format.YEAR, "sisa", width=10),
                ),
            ),
        ),
        tab="controle",
    )
