"""The sheet `kalender`: what must be done by when."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, TypeVar

from finance.books.budget.accounting import (
    year_label,
)
from finance.books.budget.decisions import decision_name, regulation_name, window_of
from finance.books.budget.draft import Draft
from finance.books.budget.payments import COLUMN
from finance.books.origins import of_rule
from finance.rules.accounting import AccountingDateRule, DelayRule
from finance.rules.library import readings
from finance.rules.readings import rules_under, without_effect
from finance.rules.records import Rule
from finance.statement.accountability import Delay
from finance.statement.decisions import Decision
from finance.tables import live, pasted
from finance.tables.grid import Format, Role
from finance.tables.pages import Column, Notes, Page, Table

R = TypeVar("R")


def page(draft: Draft) -> Page:
    """The sheet `kalender`."""
    return Page(
        "kalender",
        "Kalender van de plichten",
        "Wanneer wat af moet zijn: de verantwoording over elk jaar, het einde van de besteding, het vervallen"
        " van de regeling, en wat onverwijld wordt gemeld.",
        (
            _years(draft),
            Notes("Niet op tijd klaar", DELAY_NOTES),
            _ends(draft),
            _delays(draft),
            Notes("Onverwijld", NOTICE_NOTES),
            *_questions(draft),
        ),
    )


def _questions(draft: Draft) -> tuple[Notes, ...]:
    """What the text of a regulation leaves open: best asked before money is spent on one reading of it."""
    rules, on = draft.statement.rules, draft.case.settings.lezingen
    lines = [
        f"{reading} ({'aan' if reading in on else 'uit'}): {rule.uitleg} ({rule.vindplaats})"
        for reading in readings()
        if not without_effect(rules, reading)
        for rule in rules_under(rules, reading)
    ]
    asked = "Vraag de verstrekker om een schriftelijk oordeel over elke lezing waar uw plan van afhangt:"
    return (Notes("Vragen aan de verstrekker", (asked, *lines)),) if lines else ()


NOTICE_NOTES: Final = (
    "Vertraging bij een maatregel die uit de uitkering wordt betaald, wordt gemeld zodra zij bekend is; wacht"
    " niet op de verantwoording. Geteld zijn per beschikking de maatregelen waarvoor zij betaalt en die later"
    " beginnen dan kon.",
    "Is een datum leeg, dan kent deze toolkit er geen regel voor: zoek hem op in regeling of beschikking.",
)
DELAY_NOTES: Final = (
    "Lukt het niet op tijd, vraag dan uitstel vóór de dag in de kolom Uitstel vragen vóór, met de redenen"
    " erbij. Wie niet verantwoordt, kan betalingen van het Rijk zien opgeschort: hooguit zoveel weken als"
    " hierboven staat (Financiële-verhoudingswet, art. 17b).",
)


@dataclass(frozen=True, slots=True)
class _Due:
    """The accounting for one year."""

    jaar: int
    regel: AccountingDateRule | None
    datum: date | None
    laatste: int
    uitstel: DelayRule | None


def _years(draft: Draft) -> Table[_Due]:
    known = draft.accountability
    final = [row.eindjaar for row in known.decisions]
    return Table(
        "termijn",
        "Verantwoording over elk jaar",
        [
            _Due(
                at,
                known.due_rule(at),
                known.due(at),
                final.count(at),
                draft.statement.rules.accounting(DelayRule, at),
            )
            for at in draft.years
        ],
        (
            pasted.text("wat", "Wat", lambda _: "Jaarrekening met SiSa-bijlage", width=32),
            live.year("jaar", "Over jaar T", "IF(N([-jaar])=0,{eerste_jaar},[-jaar]+1)", 12),
            year_label(draft),
            *_day(lambda row: row.regel),
            _date("datum", "Uiterlijk", 'IF([dag]="","",DATE([jaar]+1,[maand],[dag]))'),
            _of_delay("voor_dag", "Uitstel: vóór dag"),
            _of_delay("voor_maand", "van maand"),
            _date("uitstel", "Uitstel vragen vóór", 'IF([voor_dag]="","",DATE([jaar]+1,[voor_maand],[voor_dag]))'),
            _of_delay("opschorting_weken", "Opschorting, hooguit weken"),
            live.number(
                "laatste",
                "Beschikkingen met eindverantwoording",
                "COUNTIF([beschikking.eindjaar],[jaar])",
                Format.COUNT,
            ),
            pasted.text(
                "vindplaats", "Vindplaats", lambda row: _places_of(row.regel, row.uitstel), width=28, wrap=True
            ),
        ),
    )


def _of_delay(key: str, head: str) -> Column[_Due]:
    """A parameter of the rule on asking for delay; empty where none is known."""
    return Column(
        key,
        head,
        lambda row: getattr(row.uitstel, key, None),
        "",
        Format.COUNT,
        Role.INPUT_SOURCED,
        12,
        origin=lambda row: of_rule(row.uitstel),
    )


def _date(key: str, head: str, formula: str) -> Column[R]:
    """A column of days; empty where none is known."""
    return live.column(key, head, formula, Format.DATE, width=15)


def _day(rule: Callable[[R], AccountingDateRule | None]) -> tuple[Column[R], ...]:
    """The day and the month of a year on which its predecessor must be accounted for."""

    def parameter(key: str, head: str) -> Column[R]:
        return Column(
            key,
            head,
            lambda row: getattr(rule(row), key, None),
            "",
            Format.COUNT,
            Role.INPUT_SOURCED,
            8,
            origin=lambda row: of_rule(rule(row)),
        )

    return parameter("dag", "Dag"), parameter("maand", "Maand")


def _ends(draft: Draft) -> Table[Decision]:
    known = draft.accountability
    last_day = "DATE([beschikking.tot@]+1,1,1)-1"
    window = f"[beschikking.{window_of(draft)}@]"
    return Table(
        "einde",
        "Einde van elke beschikking",
        known.decisions,
        (
            live.text("beschikking", "Beschikking", "[beschikking.beschikking@]", 32),
            _date("einde", "Besteden tot en met", f'IF({window}="",{last_day},MIN({window},{last_day}))'),
            live.year("eindjaar", "Laatste jaar", "[beschikking.eindjaar@]", 12),
            *_day(lambda row: known.due_rule(row.eindjaar)),
            _date("datum", "Eindverantwoording uiterlijk", 'IF([dag]="","",DATE([eindjaar]+1,[maand],[dag]))'),
            *_determined(known.decisions),
            Column(
                "verval",
                "Regeling vervalt op",
                lambda row: row.verval.vervalt_op if row.verval else None,
                "",
                Format.DATE,
                Role.INPUT_SOURCED,
                15,
                origin=lambda row: of_rule(row.verval),
            ),
            Column(
                "intrekking",
                "Regeling ingetrokken op",
                lambda row: row.intrekking.ingetrokken_op if row.intrekking else None,
                "",
                Format.DATE,
                Role.INPUT_SOURCED,
                15,
                origin=lambda row: of_rule(row.intrekking),
            ),
            Column(
                "melden",
                "Vertraging melden",
                lambda row: row.melding.wanneer if row.melding else None,
                "",
                Format.TEXT,
                Role.INPUT_SOURCED,
                13,
                origin=lambda row: of_rule(row.melding),
            ),
            live.number(
                "later",
                "Betaalde maatregelen later dan kon",
                "SUMIFS([vertraging.telt],[vertraging.beschikking],[beschikking],[vertraging.regeling],[beschikking.regeling@])",
                Format.COUNT,
            ),
            pasted.text("stand", "Wat dat betekent", _standing, width=28, wrap=True),
            pasted.text("vindplaats", "Vindplaats", _read_at, width=28, wrap=True),
        ),
    )


def _determined(decisions: Sequence[Decision]) -> tuple[Column[Decision], ...]:
    """By when the minister determines what a grant comes to; no columns where no regulation says."""
    if not any(row.vaststelling for row in decisions):
        return ()
    days: Column[Decision] = Column(
        "vaststelling_dagen",
        "Vaststelling, dagen na ontvangst",
        lambda row: timedelta(weeks=row.vaststelling.weken).days if row.vaststelling else None,
        "",
        Format.COUNT,
        Role.INPUT_SOURCED,
        12,
        origin=lambda row: of_rule(row.vaststelling),
    )
    latest = 'IF(OR([datum]="",[vaststelling_dagen]=""),"",[datum]+[vaststelling_dagen])'
    return days, _date("vaststelling", "Vaststelling uiterlijk", latest)


def _delays(draft: Draft) -> Table[Delay]:
    row = "MATCH([maatregel],[plan.maatregel],0)"
    paid = (
        "SUMIFS([betaling.bedrag],[rekenbetaling.regeling],[regeling],[rekenbetaling.beschikking],[beschikking],"
        f'[rekenbetaling.soort],"spuk",[rekenbetaling.rij_maatregel],{row})'
    )
    return Table(
        "vertraging",
        "Vertraging per beschikking",
        draft.accountability.delays,
        (
            pasted.text("beschikking", "Beschikking", lambda row: decision_name(draft, row.beschikking), width=32),
            pasted.text("regeling", "Regeling", lambda row: regulation_name(draft, row.beschikking), width=26),
            pasted.text("maatregel", "Maatregel", lambda row: draft.name("maatregel", row.maatregel), width=18),
            live.euro("betaald", "Betaald uit de beschikking", f"ROUND({paid},2)", width=15),
            live.year("vroegste", "Kon beginnen in", f"INDEX([plan.vroegste],{row})", 10),
            live.year("start", "Begint in", f"INDEX([plan.start],{row})", 10),
            live.number("later", "Jaren later", f"INDEX([plan.later],{row})", Format.COUNT),
            live.number("telt", "Te melden (1: ja)", "IF(AND([betaald]>0,[later]>0),1,0)", Format.COUNT),
        ),
        "De maatregelen waarvoor een uitkering betaalt, bij elke beschikking die dat doet.",
        least=COLUMN,
    )


def _standing(row: Decision) -> str:
    """What its lapse or withdrawal means for a grant, in the words of the rule."""
    return " ".join(rule.uitleg for rule in (row.verval, row.intrekking) if rule)


def _read_at(row: Decision) -> str:
    return _places_of(row.periode, row.vaststelling, row.verval, row.intrekking, row.melding)


def _places_of(*rules: Rule | None) -> str:
    return "; ".join(dict.fromkeys(rule.vindplaats for rule in rules if rule))
