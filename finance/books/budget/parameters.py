"""The parameters of the rules on the sheet `regels`: in which years a grant may be spent, and on what."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from finance.books.budget.draft import Draft
from finance.books.budget.parts import (
    asks_capitalised,
)
from finance.books.origins import of_rule
from finance.rules.activities import has_revision
from finance.rules.records import ActivityRule, Rule
from finance.rules.tests import ACTIVITY, CONDITIONS, PaymentTest
from finance.statement.posts import NO, GrantYear, Post
from finance.tables import live, pasted
from finance.tables.columns import (
    yes,
)
from finance.tables.grid import Format, Role, Value
from finance.tables.pages import Column, Table

R = TypeVar("R")


def parameter(
    key: str,
    head: str,
    value: Callable[[R], Value],
    rule: Callable[[R], Rule | None],
    fmt: Format = Format.TEXT,
) -> Column[R]:
    """A column with a parameter of a rule; a reader may change it to see what follows."""
    return Column(key, head, value, "", fmt, Role.INPUT_SOURCED, 12, origin=lambda row: of_rule(rule(row)))


def grant_years(draft: Draft) -> Table[GrantYear]:
    """In which years each regulation may be spent, and what it asks."""
    return Table(
        "uitkeringsjaar",
        "Parameters: bestedingsperiode en voorwaarden, per jaar",
        draft.statement.posts.grant_years,
        (
            pasted.text("regeling", "Regeling", lambda row: draft.name("regeling", row.regeling)),
            pasted.text("ids", "Regels", lambda row: ", ".join(rule.id for rule in _rules(row)), wrap=True),
            live.year("jaar", "Jaar", "IF(AND(N([-jaar])>0,[regeling]=[-regeling]),[-jaar]+1,{eerste_jaar})"),
            parameter("van", "Besteedbaar van", lambda row: _window(row)[0], _period, Format.DATE),
            parameter("tot", "Besteedbaar tot en met", lambda row: _window(row)[1], _period, Format.DATE),
            live.text(
                "besteedbaar",
                "Jaar valt erin",
                'IF([van]="","nee",IF(AND(YEAR([van])<=[jaar],YEAR([tot])>=[jaar]),"ja","nee"))',
            ),
            *map(_asked, CONDITIONS),
            *_activities(draft),
            pasted.text("vindplaats", "Vindplaats", lambda row: _read_at(_rules(row)), wrap=True),
        ),
    )


def posts(draft: Draft) -> Table[Post]:
    """Which kostensoorten each regulation, and each sort of source, may pay."""
    return Table(
        "post",
        "Parameters: wat uit welke bron mag",
        draft.statement.posts.all,
        (
            pasted.text("groep", "Regeling of soort bron", lambda row: _group(draft, row)),
            pasted.text("regel", "Regel", lambda row: row.regel.id),
            pasted.text("kostensoort", "Kostensoort", lambda row: row.kostensoort),
            parameter("betaalbaar", "Mag", lambda row: row.betaalbaar, _decides),
            parameter("van", "Van jaar", lambda row: row.van, _decides, Format.YEAR),
            parameter("tot", "Tot en met", lambda row: row.tot, _decides, Format.YEAR),
            parameter(
                "deelplafond",
                "Onder deelplafond",
                lambda row: row.deelplafond.id if row.deelplafond else NO,
                lambda row: row.deelplafond,
            ),
            pasted.text("vindplaats", "Vindplaats", lambda row: row.regel.vindplaats, wrap=True),
            parameter(
                "sluiting", "Vraagt sluiting", lambda row: yes(row.sluiting is not None), lambda row: row.sluiting
            ),
            *_limited_posts(draft),
            *_revision_posts(draft),
            live.number("nr", "Nr", "N([-nr])+1", Format.COUNT),
        ),
        "Ja, nee of bij_sluiting (alleen leegstand van plaatsen die sluiten). Onder deelplafond: de regel van"
        " het deelplafond, of nee.",
    )


def _limited_posts(draft: Draft) -> tuple[Column[Post], ...]:
    """Whether a kostensoort is paid only as far as it is not capitalised; no column where no grant asks."""
    if not asks_capitalised(draft):
        return ()
    column: Column[Post] = parameter(
        "niet_geactiveerd",
        "Alleen wat niet is geactiveerd",
        lambda row: yes(row.niet_geactiveerd is not None),
        lambda row: row.niet_geactiveerd,
    )
    if not has_revision(draft.case):
        return (column,)
    return (
        column,
        parameter(
            "niet_geactiveerd_herziening",
            "Alleen wat niet is geactiveerd, bij herziening",
            lambda row: yes(row.niet_geactiveerd_herziening is not None),
            lambda row: row.niet_geactiveerd_herziening,
        ),
    )


def _revision_posts(draft: Draft) -> tuple[Column[Post], ...]:
    """Whether a revision pays a kostensoort where its decision does not say what for; no column without revisions."""
    if ACTIVITY not in draft.statement.rules.tests:
        return ()
    return (
        parameter(
            "herziening",
            "Ook uit een herziening",
            lambda row: yes(row.herziening is not None),
            lambda row: row.herziening,
        ),
    )


def _window(row: GrantYear) -> tuple[date | None, date | None]:
    if row.periode is None:
        return None, None
    return row.periode.venster_van, row.periode.venster_tot


def _asked(test: PaymentTest) -> Column[GrantYear]:
    """Whether a regulation asks for a condition."""
    return parameter(
        test.sleutel,
        f"Eist {test.naam}",
        lambda row: yes(test in row.voorwaarden),
        lambda row: row.voorwaarden.get(test),
    )


def _activities(draft: Draft) -> tuple[Column[GrantYear], ...]:
    """The activities that a revision pays; no column where the case has none."""
    if ACTIVITY not in draft.statement.rules.tests:
        return ()

    def rule(row: GrantYear) -> Rule | None:
        return row.voorwaarden.get(ACTIVITY)

    def allowed(row: GrantYear) -> str:
        asked = rule(row)
        return ", ".join(asked.activiteiten) if isinstance(asked, ActivityRule) else NO

    return (parameter("activiteiten", "Activiteiten uit een herziening", allowed, rule),)


def _period(row: GrantYear) -> Rule | None:
    return row.periode


def _decides(row: Post) -> Rule:
    return row.regel


def _rules(row: GrantYear) -> list[Rule]:
    window: list[Rule] = [row.periode] if row.periode else []
    return window + list(row.voorwaarden.values())


def _read_at(rules: list[Rule]) -> str:
    return "; ".join(dict.fromkeys(rule.vindplaats for rule in rules))


def _group(draft: Draft, row: Post) -> str:
    grant = row.groep in draft.statement.rules.rule_sets
    return draft.name("regeling", row.groep) if grant else row.groep
