"""The sheet `voorblad`: what this is, how it stands, and what a reader must know first."""

from __future__ import annotations

from typing import Final

from finance.books.budget.double import double_funding
from finance.books.budget.draft import Draft
from finance.books.budget.grounds import memos, strict_costs
from finance.books.budget.short import in_short
from finance.books.budget.summary import CLOSED
from finance.books.confidential import CLOSED_LEGEND, CLOSED_NOTE
from finance.case.table import shown
from finance.plan.allocation import Status
from finance.plan.idle import idle_places
from finance.plan.nearness import nearness
from finance.rules.readings import rules_under, without_effect
from finance.statement import Statement
from finance.tables import live
from finance.tables.columns import FAILS, or_else
from finance.tables.grid import Format, Role
from finance.tables.pages import Block, Column, Fact, Facts, Notes, Page, Table

LEGEND: Final = (
    (Role.INPUT_SOURCED, "invoer uit een document, of een parameter van een regel"),
    (Role.INPUT_ASSUMED, "invoer die een aanname is"),
    (Role.DECISION, "besluit van {decider}: startjaar, bezette plaatsen, betaling"),
    (Role.FORMULA, "formule: rekent mee met invoer en besluiten"),
    (Role.TOTAL, "totaal"),
    (Role.CHECK, "oordeel: VOLDOET is groen, VOLDOET NIET is rood, AANDACHT en NIET GETOETST zijn geel"),
)


def page(draft: Draft, others: tuple[Page, ...]) -> Page:
    """The sheet `voorblad`, with a link to each other sheet."""
    blocks: tuple[Block, ...] = (
        _stand(draft),
        *in_short(draft),
        *strict_costs(draft),
        _subject(draft),
        *_earlier(draft),
        *_proofs(draft),
        *_caveats(draft.statement),
        *_idle(draft),
        *double_funding(draft),
        *memos(draft),
        *_readings(draft.statement),
        *([Notes("Zonder salarissen", (CLOSED_NOTE,))] if draft.is_closed else []),
        _legend(draft),
        Facts("Bladen", tuple(Fact(other.naam, other.title, link=f"{other.naam}!A1") for other in others)),
    )
    return Page(
        "voorblad",
        f"{'Getoetste toewijzing' if draft.by_hand else 'Begrotingsvoorstel'} {draft.case.settings.naam}",
        f"{status(draft)}: een voorstel hoe maatregelen en plaatsen worden betaald, uit welke"
        " bron en binnen welke regels.",
        blocks,
        widths={1: 30, 2: 50},
        counted=1,
        tab="controle",
    )


def status(draft: Draft) -> str:
    """What the numbers are."""
    if not draft.has_history:
        return "BEGROTING, geen realisatie"
    closed = draft.case.closed_through
    if closed == draft.years[-1]:
        return f"REALISATIE tot en met {closed}"
    return f"REALISATIE tot en met {closed}, PROGNOSE daarna"


def _legend(draft: Draft) -> Facts:
    texts = ((role, text.replace("{decider}", draft.decider)) for role, text in LEGEND)
    if draft.is_closed:
        texts = ((role, f"{text}; {CLOSED_LEGEND}" if role is Role.DECISION else text) for role, text in texts)
    return Facts("Kleuren", tuple(Fact(_decided(draft, role), text, role=role) for role, text in texts))


def _decided(draft: Draft, role: Role) -> str:
    return role.value.replace("het model", draft.decider)


def _stand(draft: Draft) -> Table[Draft]:
    return Table(
        "voorbladstand",
        "",
        (draft,),
        (
            live.column("dekking", "Dekking", or_else("[slotsom.sluitend!]", CLOSED[1]), role=Role.CHECK, width=30),
            Column("bewijs", "Optimaal", lambda _: proof_word(draft), role=Role.CHECK, width=50),
            live.euro("ongedekt", "Ongedekt", "[slotsom.ongedekt!]", total=False),
            live.check("regels", "Regels", or_else("[regeloordeel.oordeel!]", FAILS)),
            live.number(
                "aandacht",
                "Punten van aandacht",
                "[rechtstand.aandacht!]+[regeloordeel.ongetoetst!]",
                Format.COUNT,
            ),
            live.check("controles", "Alle controles", or_else("[stand.oordeel!]", FAILS)),
        ),
    )


def is_proven(draft: Draft) -> bool:
    """Whether every goal was proven to be optimal."""
    return draft.plan.status is Status.OPTIMAL and all(proof.bewezen for proof in draft.plan.proofs)


GIVEN: Final = ("besluiten", "robuust")
"""The roles of a file by which the start years of a plan are given: only what follows is optimised."""


def proof_word(draft: Draft) -> str:
    """Whether the plan is proven optimal, in the words of the workbook."""
    if draft.by_hand:
        return "MET DE HAND GEMAAKT, NIET GEOPTIMALISEERD"
    proven = "BEWEZEN OPTIMAAL" if is_proven(draft) else "NIET BEWEZEN OPTIMAAL"
    earlier = draft.provenance.eerder
    return f"{proven} BIJ GEGEVEN BESLUITEN" if earlier and earlier.rol in GIVEN else proven


def _subject(draft: Draft) -> Facts:
    settings = draft.case.settings
    return Facts(
        "Waar het over gaat",
        (
            Fact("Casus", settings.naam),
            Fact("Landsdeel", settings.landsdeel),
            Fact("Accounthoudende gemeente", settings.coordinerende_gemeente),
            Fact("Scenario", draft.scenario),
            Fact("Jaren", f"{draft.years[0]} tot en met {draft.years[-1]}"),
            Fact("Prijspeil van de invoer", f"{settings.prijspeil}"),
            Fact("Peildatum van de regels", shown(settings.peildatum)),
            Fact("Versie van de toolkit", draft.provenance.toolkit),
        ),
    )


EARLIER: Final = {
    "toewijzing": "Met de hand gemaakt",
    "besluiten": "Gegeven besluiten",
    "vanaf": "Vanaf een goedgekeurd plan",
    "robuust": "Een keuze voor meer scenario's samen",
}


def _earlier(draft: Draft) -> tuple[Notes, ...]:
    """The file with decisions that the plan rests on, and what was done with it."""
    earlier = draft.provenance.eerder
    if earlier is None:
        return ()
    return (Notes(EARLIER[earlier.rol], (f"Bestand: {earlier.bestand}.", *earlier.uitleg)),)


def _proofs(draft: Draft) -> tuple[Notes, ...]:
    """What is not proven, goal by goal; nothing where all is."""
    if is_proven(draft) or draft.by_hand:
        return ()
    lines = ["De rekentijd was op voordat alles was bewezen; een beter plan is niet uitgesloten."]
    for proof in draft.plan.proofs:
        near = nearness(proof, draft.outcome.goals[proof.doel])
        if not proof.bewezen:
            lines.append(
                f"{proof.doel}: niet bewezen, {near + ': ' if near else ''}"
                f"hooguit {shown(proof.kloof)} van het best denkbare."
            )
    return (Notes("Niet bewezen optimaal", tuple(lines)),)


def _caveats(statement: Statement) -> tuple[Notes, ...]:
    lines = [
        f"{rules.naam}: {rules.voorbehoud or 'niet volledig gelezen.'}"
        for rules in statement.rules.rule_sets.values()
        if rules.voorbehoud or not rules.volledig
    ]
    return (Notes("Voorbehoud", tuple(lines)),) if lines else ()


def _idle(draft: Draft) -> tuple[Notes, ...]:
    """Places that only PxQ or availability keeps; no block where there are none."""
    lines = tuple(f"{row.wat} {row.doen}" for row in idle_places(draft.outcome))
    return (Notes("Leeg, en alleen door gemeenten betaald", lines),) if lines else ()


def _readings(statement: Statement) -> tuple[Notes, ...]:
    """The readings that are switched on, each with what it comes to, or why it changes nothing."""
    lines = []
    for reading in dict.fromkeys(statement.case.settings.lezingen):
        idle = without_effect(statement.rules, reading)
        said = [f"{rule.uitleg} ({rule.vindplaats})" for rule in rules_under(statement.rules, reading)]
        lines += [f"{reading}: verandert niets; {idle}."] if idle else [f"{reading}: {text}" for text in said]
    return (Notes("Lezingen die aan staan", tuple(lines)),) if lines else ()
