"""The sheet `betalingen` of one municipality: what her grants pay, whether they may, and on what evidence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from finance.books.budget.eligibility import ABSENT, LATER
from finance.books.budget.eligibility import claims as claims_of
from finance.books.budget.payments import COLUMN, none_forbids
from finance.books.municipality.draft import Draft
from finance.books.origins import decided, traced
from finance.money import Money
from finance.rules.tests import PaymentTest
from finance.statement.payments import Payment
from finance.tables import live, pasted
from finance.tables.grid import Format, Value
from finance.tables.pages import Column, Page, Table

NO_CAP: Final = "nee"


@dataclass(frozen=True, slots=True)
class Claim:
    """One payment out of a grant of the municipality.

    Attributes:
        betaling: the payment.
        rij: the position of its decision, counted from 1.
        codes: where the rows of the input behind its cost line come from.
    """

    betaling: Payment
    rij: int
    codes: tuple[str, ...]


def claims(draft: Draft) -> tuple[Claim, ...]:
    """The payments out of her grants, in the order of the whole budget."""
    at = {row.bron: draft.row_of(decision) for decision in draft.decisions for row in decision.bronnen}
    return tuple(
        Claim(row.betaling, at[row.betaling.bron.bron], row.codes)
        for row in claims_of(draft.budget)
        if row.betaling.bron.bron in at
    )


def page(draft: Draft) -> Page:
    """The sheet `betalingen`."""
    return Page(
        "betalingen",
        "Betalingen en rechtmatigheid",
        f"Wat uit de uitkeringen van {draft.gemeente} wordt betaald: mag het, door welke regel, en welk bewijs is er?"
        f" {ABSENT} is een gat in de onderbouwing; '{LATER}' is wat een begroting nog niet kan hebben.",
        (_payments(draft),),
        tab="besluit",
    )


def _payments(draft: Draft) -> Table[Claim]:
    budget = draft.budget
    tests = budget.statement.rules.tests
    verdicts = tuple(pasted.text(test.sleutel, test.naam, _verdict_of(test), width=9) for test in tests)
    return Table(
        "betaling",
        "",
        claims(draft),
        (
            live.text("beschikking", "Beschikking", "INDEX([beschikking.beschikking],[rij])", 24),
            pasted.text("bron", "Bron", lambda row: budget.name("bron", row.betaling.bron.bron), width=15),
            pasted.text("waarvoor", "Waarvoor", lambda row: _what(draft, row.betaling), width=24),
            pasted.text("kostensoort", "Kostensoort", lambda row: row.betaling.lijn.regel.kostensoort, width=20),
            pasted.decision("jaar", "Jaar", lambda row: row.betaling.lijn.regel.jaar, Format.YEAR, width=7),
            _amount(),
            *verdicts,
            live.text("mag", "Mag dit?", none_forbids(f"[{tests[0].sleutel}:{tests[-1].sleutel}]"), 7),
            live.euro("strijdig", "Bedrag in strijd", 'IF([mag]="ja",0,[bedrag])'),
            pasted.text("regel", "Rust op regel", _rule, width=22),
            pasted.text("artikel", "Artikel en publicatie", _read_at, width=30, wrap=True),
            pasted.text("deelplafond", "Telt mee in deelplafond", lambda row: _cap(draft, row.betaling), width=20),
            pasted.text("herkomst", "Herkomst", lambda row: ", ".join(dict.fromkeys(row.codes)) or ABSENT),
            pasted.text("document", "Document", lambda row: _said(draft, row, "document"), width=22, wrap=True),
            pasted.text("vindplaats", "Vindplaats", lambda row: _said(draft, row, "vindplaats"), width=18, wrap=True),
            pasted.text("factuur", "Factuur of ander bewijsstuk", lambda _: LATER, width=18, wrap=True),
            pasted.row_number("rij", "Rij in beschikkingen", lambda row: row.rij),
        ),
        least=COLUMN,
    )


def _verdict_of(test: PaymentTest) -> Callable[[Claim], Value]:
    return lambda row: row.betaling.oordelen[test]


def _amount() -> Column[Claim]:
    def amount(row: Claim) -> Money:
        return row.betaling.bedrag

    column = pasted.decision("bedrag", "Bedrag", amount, Format.EURO, total=True, width=14)
    return traced(column, lambda row: decided(f"betaling uit {row.betaling.bron.bron}"))


def _what(draft: Draft, payment: Payment) -> str:
    line = payment.lijn.regel
    if line.maatregel:
        return draft.budget.name("maatregel", line.maatregel)
    return f"{draft.budget.name('locatie', line.locatie)}, {draft.budget.name('zorgvorm', line.zorgvorm)}"


def _rule(row: Claim) -> str:
    rule = row.betaling.toestemming.regel
    return rule.id if rule else "geen"


def _read_at(row: Claim) -> str:
    rule = row.betaling.toestemming.regel
    return rule.vindplaats if rule else row.betaling.toestemming.waarom


def _cap(draft: Draft, payment: Payment) -> str:
    post = draft.budget.statement.posts.post_of(payment.bron, payment.lijn.regel)
    return post.deelplafond.id if post and post.deelplafond else NO_CAP


def _said(draft: Draft, row: Claim, column: str) -> str:
    rows = draft.budget.provenance_of
    known = [rows[code] for code in dict.fromkeys(row.codes) if code in rows]
    return "; ".join(dict.fromkeys(getattr(item, column) for item in known)) or ABSENT
