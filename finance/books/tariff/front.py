"""The sheet `voorblad`: what this is, how it stands, and the outcome in one table."""

from __future__ import annotations

from typing import Final

from finance.books.confidential import CLOSED_LEGEND, CLOSED_NOTE
from finance.books.tariff.calculation import cents
from finance.books.tariff.draft import Draft, Numbered
from finance.books.tariff.plan_housing import NOTHING, SAID, UNSAID
from finance.books.tariff.plan_prices import ALIKE, APART
from finance.case.table import shown
from finance.case.tariff_gaps import price_gaps
from finance.tables import live
from finance.tables.columns import FAILS, HOLDS, or_else
from finance.tables.grid import Format, Role
from finance.tables.pages import Block, Column, Fact, Facts, Figure, Notes, Page, Table
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
        Figure("Prijs van een etmaal", "euro per etmaal", "uitkomst", "naam", ("prijs", "negentig"), stacked=False),
        Facts("Kleuren", tuple(Fact(role.value, text, role=role) for role, text in legend)),
        Facts("Bladen", tuple(Fact(other.naam, other.title, link=f"{other.naam}!A1") for other in others)),
    )
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
            live.text("aanbieder", "Aanbieder", "[oordeel.aanbieder@]", 34),
            live.text("vorm", "Vorm", "[oordeel.vorm@]", 30),
            live.euro("cumulatief", "Resultaat, alle jaren", "[oordeel.cumulatief@]", total=False),
            live.euro("laagste", "Laagste stand", "[oordeel.laagste@]", total=False),
            live.text("draagt", "Draagt", "[oordeel.draagt@]"),
            live.euro("terug", "Vloeit terug", "[oordeel.terug@]", total=False),
            live.text("berust", "Berust op", "[oordeel.berust@]"),
        ),
    )


def _outcome(draft: Draft) -> Table[Numbered]:
    return Table(
        "uitkomst",
        "",
        draft.tariffs,
        (
            live.text("naam", "Tarief", "[reken.naam@]", 34),
            live.text("zorgvorm", "Zorgvorm", '[kop.zorgvorm@]&""', 30),
            live.number("fte", "Fte per groep", "[reken.fte@]", Format.FACTOR),
            live.euro("F", "Vaste kosten per groep", "[reken.F@]", total=False),
            live.euro("V", "Per bezette plaats", "[reken.V@]", total=False),
            live.number("bezetting", "Bezetting", "[reken.bezetting@]", Format.PERCENT),
            live.euro("prijs", "Prijs per etmaal", "[reken.prijs@]", total=False),
            live.euro("negentig", "Bij de referentie", cents("[reken.negentig@]"), total=False),
            live.euro("leeg", "Lege plaats per jaar", "[reken.leeg@]", total=False),
            live.euro("vol", "Bezette plaats per jaar", "[reken.vol@]", total=False),
        ),
    )


def _stand(draft: Draft) -> Table[Draft]:
    return Table(
        "voorbladstand",
        "",
        (draft,),
        (
            live.check("oordeel", "Alle controles", or_else("[stand.oordeel!]", FAILS)),
            *([_paid_twice()] if draft.plan else []),
            *([_loose_prices()] if draft.plan and any(price_gaps(draft.case)) else []),
        ),
    )


def _paid_twice() -> Column[Draft]:
    """Whether a grant pays a building in the plan that a tariff has in its price."""
    known = "+".join(f'COUNTIF([huisvestingplan.stand],"{word}")' for word in (NOTHING, SAID))
    return live.text(
        "dubbel", "Huisvesting uit een SPUK", f'IF({known}=ROWS([huisvestingplan.stand]),"{HOLDS}","{UNSAID}")'
    )


def _loose_prices() -> Column[Draft]:
    """Whether typed prices of places rest on the tariffs of this workbook."""
    apart = f'COUNTIF([prijsverschil.stand],"{APART}")'
    return live.text(
        "los",
        "Prijzen van plaatsen",
        f'IF({apart}=0,"{ALIKE}","{APART}: "&{apart}&" prijzen volgen geen tarief (blad prijzen)")',
    )


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
