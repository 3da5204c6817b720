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
        "Betalingen uit uitkeringen",
        f"Wat uit de uitkeringen van {draft.gemeente} wordt betaald, en of het mag; waarom staat op het blad"
        " rechtmatigheid.",
        (_payments(draft),),
        tab="besluit",
    )


def checklist_page(draft: Draft) -> Page:
    """The sheet `rechtmatigheid`."""
    return Page(
        "rechtmatigheid",
        "Rechtmatigheid van wat uitkeringen betalen",
        f"Per betaling: mag het, door welke regel, en welk bewijs is er? {ABSENT} is een gat in de onderbouwing;"
        f" '{LATER}' is wat een begroting nog niet kan hebben:"
        " facturen en andere bewijsstukken.",
        (_checklist(draft),),
        tab="besluit",
    )


def _payments(draft: Draft) -> Table[Claim]:
    budget = draft.budget

    def described(row: Claim) -> str:
        return _described(draft, row.betaling)

    return Table(
        "betaling",
        "",
        claims(draft),
        (
            live.text("beschikking", "Beschikking", "INDEX([beschikking.beschikking],[rij])", 24),
            pasted.text("bron", "Bron", lambda row: budget.name("bron", row.betaling.bron.bron), width=15),
            pasted.text("waarvoor", "Waarvoor", lambda row: _what(draft, row.betaling), width=20),
            pasted.text(
                "omschrijving", "Omschrijving", lambda row: _described(draft, row.betaling), width=36, wrap=True
            ),
            pasted.text("kostensoort", "Kostensoort", lambda row: row.betaling.lijn.regel.kostensoort, width=20),
            pasted.decision("jaar", "Jaar", lambda row: row.betaling.lijn.regel.jaar, Format.YEAR, width=7),
            _amount(),
            live.text("mag", "Mag dit?", "[rechtmatig.toets@]", 8),
            live.euro("strijdig", "Bedrag in strijd", 'IF([mag]="ja",0,[bedrag])'),
            pasted.text("deelplafond", "Telt mee in deelplafond", lambda row: _cap(draft, row.betaling), width=18),
            pasted.row_number("rij", "Rij in beschikkingen", lambda row: row.rij),
        ),
        least=COLUMN,
    )


def _checklist(draft: Draft) -> Table[Claim]:
    tests = draft.budget.statement.rules.tests
    verdicts = tuple(pasted.text(test.sleutel, test.naam, _verdict_of(test), width=7, wrap=True) for test in tests)
    return Table(
        "rechtmatig",
        "",
        claims(draft),
        (
            live.text("waarvoor", "Waarvoor", "[betaling.waarvoor@]", 13),
            live.text("kostensoort", "Kostensoort", "[betaling.kostensoort@]", 15, wrap=True),
            live.year("jaar", "Jaar", "[betaling.jaar@]", 6),
            live.euro("bedrag", "Bedrag", "[betaling.bedrag@]", width=12),
            *verdicts,
            live.text("toets", "Mag het?", none_forbids(f"[{tests[0].sleutel}:{tests[-1].sleutel}]"), 6),
            pasted.text("artikel", "Regel, artikel en publicatie", _read_at, width=19, wrap=True),
            pasted.text("bewijs", "Document en vindplaats", lambda row: _evidence(draft, row), width=15, wrap=True),
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


def _described(draft: Draft, payment: Payment) -> str:
    """What a measure is, or what the location and zorgvorm are called."""
    case, line = draft.budget.case, payment.lijn.regel
    if line.maatregel:
        return case.measure[line.maatregel].omschrijving
    return f"{case.location[line.locatie].naam}, {case.care_form[line.zorgvorm].naam}"


def _read_at(row: Claim) -> str:
    rule = row.betaling.toestemming.regel
    return f"{rule.id}: {rule.vindplaats}" if rule else row.betaling.toestemming.waarom


def _cap(draft: Draft, payment: Payment) -> str:
    post = draft.budget.statement.posts.post_of(payment.bron, payment.lijn.regel)
    return post.deelplafond.id if post and post.deelplafond else NO_CAP


def _evidence(draft: Draft, row: Claim) -> str:
    """The documents behind a payment, each with where to look in it; an assumption says that it is one."""
    rows = draft.budget.provenance_of
    known = [rows[code] for code in dict.fromkeys(row.codes) if code in rows]
    said = (f"{item.soort}: {item.document}, {item.vindplaats}" for item in known)
    return "; ".join(dict.fromkeys(said)) or ABSENT
