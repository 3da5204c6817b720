"""The sheet `voorblad`: what this is, how it stands, and the outcome in one table."""

from __future__ import annotations

from typing import Final

from finance.books.confidential import CLOSED_LEGEND, CLOSED_NOTE
from finance.books.tariff.calculation import cents
from finance.books.tariff.controls import failures
from finance.books.tariff.draft import Draft, Numbered
from finance.books.tariff.plan_housing import NOTHING, SAID, UNSAID, is_unsaid
from finance.books.tariff.plan_inputs import key_of
from finance.case.table import shown
from finance.tables.columns import FAILS, HOLDS, check, euro, number, or_else, text, verdict, yes
from finance.tables.grid import Format, Role
from finance.tables.pages import Block, Column, Fact, Facts, Figure, Notes, Page, Table
from finance.tariff.tariff import to_cents
from finance.tariff.transition import Carried

LEGEND: Final = (
    (Role.INPUT_SOURCED, "invoer uit een document"),
    (Role.INPUT_ASSUMED, "invoer die een aanname is"),
    (Role.FORMULA, "formule: rekent mee met de invoer"),
    (Role.CHECK, "oordeel: VOLDOET is groen, VOLDOET NIET is rood"),
)


def page(draft: Draft, others: tuple[Page, ...]) -> Page:
    """The sheet `voorblad`, with a link to each other sheet."""
    closed: tuple[Block, ...] = () if draft.salaries else (Notes("Zonder salarissen", (CLOSED_NOTE,)),)
    legend = list(LEGEND)
    if not draft.salaries:
        legend.insert(2, (Role.DECISION, CLOSED_LEGEND))
    if draft.plan:
        legend.insert(2, (Role.DECISION, "besluit van het plan: plaatsen, bezetting, bedragen"))
    blocks: tuple[Block, ...] = (
        _outcome(draft),
        _stand(draft),
        *closed,
        _subject(draft),
        *_plan(draft),
        Figure("Prijs van een etmaal", "euro per etmaal", "uitkomst", "naam", ("prijs", "negentig"),
               stacked=False),
        Facts("Kleuren", tuple(Fact(role.value, text, role=role) for role, text in legend)),
        Facts("Bladen", tuple(Fact(other.naam, other.title, link=f"{other.naam}!A1") for other in others)),
    )  # fmt: skip
    return Page(
        "voorblad",
        f"Tarieven {draft.case.settings.naam}",
        "Wat een etmaal moet kosten, naar zorgvorm en groepsgrootte. Een berekening voor een begroting, geen"
        " realisatie en geen aanbod.",
        blocks,
        widths={1: 34, 2: 30},
        counted=2,
    )


def _plan(draft: Draft) -> tuple[Block, ...]:
    """The plan over whose years the providers are followed, or why there is none."""
    if draft.plan is None:
        return (Notes("Resultaat over de jaren", (draft.zonder,)),) if draft.zonder else ()
    proof = "BEWEZEN OPTIMAAL" if draft.plan.bewezen else "NIET BEWEZEN OPTIMAAL: er kan een beter plan zijn"
    facts = Facts(
        "Het plan waarin de aanbieders staan",
        (
            Fact("Vandaan", draft.plan.vandaan),
            *(Fact(label, value) for label, value in draft.plan.kenmerken),
            Fact("Bewijs", proof),
        ),
    )
    return _carried(draft), facts


def _carried(draft: Draft) -> Table[Carried]:
    return Table(
        "voorbladplan",
        "Welke vorm van betalen draagt de transitie",
        draft.transition.carried,
        (
            text("aanbieder", "Aanbieder", lambda row: key_of(draft, "aanbieder", row.aanbieder),
                 "[oordeel.aanbieder@]", 34),
            text("vorm", "Vorm", lambda row: row.vorm, "[oordeel.vorm@]", 30),
            euro("cumulatief", "Resultaat, alle jaren", lambda row: row.cumulatief, "[oordeel.cumulatief@]",
                 total=False),
            euro("laagste", "Laagste stand", lambda row: row.laagste, "[oordeel.laagste@]", total=False),
            text("draagt", "Draagt", lambda row: yes(row.draagt), "[oordeel.draagt@]"),
            text("aanname", "Aanname", lambda row: yes(row.aanname), "[oordeel.aanname@]"),
        ),
    )  # fmt: skip


def _outcome(draft: Draft) -> Table[Numbered]:
    return Table(
        "uitkomst",
        "",
        draft.tariffs,
        (
            text("naam", "Tarief", lambda row: row.naam, "[reken.naam@]", 34),
            text("zorgvorm", "Zorgvorm", lambda row: row.tariff.zorgvorm, '[kop.zorgvorm@]&""', 30),
            number("fte", "Fte per groep", lambda row: row.tariff.fte, "[reken.fte@]", Format.FACTOR),
            euro("F", "Vaste kosten per groep", lambda row: row.tariff.fixed, "[reken.F@]",
                 total=False),
            euro("V", "Per bezette plaats", lambda row: row.tariff.variable,
                 "[reken.V@]", total=False),
            number("bezetting", "Bezetting", lambda row: row.tariff.bezetting, "[reken.bezetting@]",
                   Format.PERCENT),
            euro("prijs", "Prijs per etmaal", lambda row: row.tariff.asked, "[reken.prijs@]", total=False),
            euro("negentig", "Bij de referentie", lambda row: to_cents(row.tariff.reference_price),
                 cents("[reken.negentig@]"), total=False),
            euro("leeg", "Lege plaats per jaar", lambda row: row.tariff.leegstand_per_plaats,
                 "[reken.leeg@]", total=False),
            euro("vol", "Bezette plaats per jaar",
                 lambda row: row.tariff.exploitatie_per_plaats, "[reken.vol@]",
                 total=False),
        ),
    )  # fmt: skip


def _stand(draft: Draft) -> Table[Draft]:
    failed = failures(draft) == 0
    return Table(
        "voorbladstand",
        "",
        (draft,),
        (
            check("oordeel", "Alle controles", lambda _: verdict(failed), or_else("[stand.oordeel!]", FAILS)),
            *([_paid_twice()] if draft.plan else []),
        ),
    )


def _paid_twice() -> Column[Draft]:
    """Whether a grant pays a building in the plan that a tariff has in its price."""
    known = "+".join(f'COUNTIF([huisvestingplan.stand],"{word}")' for word in (NOTHING, SAID))
    return text("dubbel", "Huisvesting uit een SPUK",
                lambda draft: UNSAID if any(is_unsaid(draft, row) for row in draft.tariffs) else HOLDS,
                f'IF({known}=ROWS([huisvestingplan.stand]),"{HOLDS}","{UNSAID}")')  # fmt: skip


def _subject(draft: Draft) -> Facts:
    settings = draft.case.settings
    return Facts(
        "Waar het over gaat",
        (
            Fact("Casus", settings.naam),
            Fact("Scenario", draft.info.scenario),
            Fact("Landsdeel", settings.landsdeel),
            Fact("Peildatum", shown(settings.peildatum)),
            Fact("Bestand van de casus", f"{draft.info.case_stem}.xlsx"),
            Fact("SHA-256 van de casus", draft.info.invoer_sha256),
            Fact("Versie van de toolkit", draft.info.toolkit),
        ),
    )
