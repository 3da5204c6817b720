"""The sheet `voorblad`: what is asked and why, and how the request stands."""

from __future__ import annotations

from typing import Final

from finance.books.revision.draft import Draft
from finance.case.table import shown
from finance.statement.revision_amounts import Cell
from finance.tables import live
from finance.tables.columns import FAILS, or_else
from finance.tables.grid import Format, Role
from finance.tables.pages import Block, Column, Fact, Facts, Notes, Page, Table

LEGEND: Final = (
    (Role.INPUT_SOURCED, "invoer uit een document, of een parameter van een regel"),
    (Role.INPUT_ASSUMED, "invoer die een aanname is"),
    (Role.DECISION, "besluit van het plan: kosten en betalingen"),
    (Role.FORMULA, "formule: rekent mee met invoer en besluiten"),
    (Role.CHECK, "oordeel: VOLDOET is groen, VOLDOET NIET is rood"),
)
WHY: Final = (
    'IF([cel.gevraagd@]>0,IF([cel.gevraagd@]<[cel.kan@],"gevraagd, verlaagd tot het tekort",'
    'IF([verdeel.dubbel@]>0,"gevraagd; zorggeld betaalt nu mee","gevraagd")),'
    'IF([gemist.waarom@]<>"",[gemist.waarom@],'
    'IF([cel.kan@]=0,"er is niets meer te vragen","de gemeente komt niet tekort")))'
)
IN_THOUSANDS: Final = "ROUND({}/{{duizend}},0)"


def page(draft: Draft, others: tuple[Page, ...]) -> Page:
    """The sheet `voorblad`, with a link to each other sheet."""
    blocks: tuple[Block, ...] = (
        _stand(draft),
        _asked(draft),
        Notes("Waar dit op rust", _rests_on(draft)),
        _subject(draft),
        _plan(draft),
        Facts("Kleuren", tuple(Fact(role.value, text, role=role) for role, text in LEGEND)),
        Facts("Bladen", tuple(Fact(other.naam, other.title, link=f"{other.naam}!A1") for other in others)),
    )
    return Page(
        "voorblad",
        f"Aanvraag tot herziening {draft.case.settings.naam}, ronde {draft.round.jaar}",
        "BEGROTING bij de aanvraag (artikel 7, vierde lid, onder a): wat wordt gevraagd, per locatie en categorie, en"
        " waarom.",
        blocks,
        widths={1: 34, 2: 26},
        counted=1,
        tab="controle",
    )


def _stand(draft: Draft) -> Table[Draft]:
    return Table(
        "voorbladstand",
        "",
        (draft,),
        (
            live.number("gevraagd", "Gevraagd, x 1.000 euro", IN_THOUSANDS.format("[stadsom.gevraagd=]"), Format.COUNT),
            live.number(
                "tekort", "Gemeente komt tekort, x 1.000", IN_THOUSANDS.format("[stadsom.tekort=]"), Format.COUNT
            ),
            live.number(
                "zorggeld", "Daarvan nu uit zorggeld, x 1.000", IN_THOUSANDS.format("[verdeel.dubbel=]"), Format.COUNT
            ),
            live.number("nodig", "Nodig, x 1.000", IN_THOUSANDS.format("[stadsom.nodig=]"), Format.COUNT),
            live.number("pot", "Landelijke pot, x 1.000", IN_THOUSANDS.format("{pot}"), Format.COUNT),
            live.number("deel", "Deel van de pot", "IF({pot}=0,0,[stadsom.gevraagd=]/{pot})", Format.PERCENT),
            live.check("controles", "Alle controles", or_else("[stand.oordeel!]", FAILS)),
        ),
    )


def _asked(draft: Draft) -> Table[Cell]:
    def thousands(key: str, head: str, source: str) -> Column[Cell]:
        return live.column(key, head, IN_THOUSANDS.format(source), Format.COUNT)

    return Table(
        "voorbladvraag",
        "Wat wordt gevraagd, en waarom (x 1.000 euro)",
        draft.revision.cells,
        (
            live.text("plek", "Locatie", "[cel.plek@]", 34),
            live.text("categorie", "Categorie", "[cel.categorie@]", 26),
            thousands("besteed", "Besteed en verwacht", "[cel.besteed@]"),
            thousands("drempel", "Drempel", "[cel.drempel@]"),
            live.text("haalt", "Haalt de drempel", "[cel.haalt@]", 10),
            thousands("ontbreekt", "Mist de drempel met", "MAX(0,[cel.drempel@]-[cel.besteed@])"),
            thousands("gedekt", "Uit de uitkering", "[cel.gedekt@]"),
            thousands("gevraagd", "Gevraagd", "[cel.gevraagd@]"),
            thousands("zorggeld", "Nu uit zorggeld", "[verdeel.dubbel@]"),
            live.text("waarom", "Waarom", WHY, 34, wrap=True),
        ),
    )


def _rests_on(draft: Draft) -> tuple[str, ...]:
    asked = draft.revision.rules.asked
    above = asked is not None and asked.boven_drempel
    reading = (
        "Lezing boven-drempel: alleen wat boven de drempel ligt wordt gevraagd."
        if above
        else "Gevraagd wordt alles wat de uitkering niet betaalt, als de drempel is gehaald. Artikel 7 zegt niet of"
        " alleen het deel boven de drempel mag; de lezing boven-drempel rekent daarmee."
    )
    return (
        reading,
        "Wat een uitkering van 2020 of 2021 betaalde, telt niet als besteed voor de drempel: een lezing van artikel 4,"
        " die voorzichtig is.",
        "Wat voor meer locaties samen is, is verdeeld naar plaatsen die uit bijlage 2 zijn afgeleid: een aanname (blad"
        " toedeling).",
        "Nu uit zorggeld: zoveel van wat wordt gevraagd, betaalt in het plan een lumpsum, PxQ of betaling voor"
        " beschikbaarheid. Twee keer betalen mag niet (artikel 4): spreek af dat dat geld vrijvalt, of vraag minder.",
        "Vragen alle gemeenten samen meer dan de landelijke pot, dan krijgt ieder naar rato (blad landelijke_pot).",
    )


def _subject(draft: Draft) -> Facts:
    settings = draft.case.settings
    return Facts(
        "Waar het over gaat",
        (
            Fact("Casus", settings.naam),
            Fact("Coördinerende gemeente", settings.coordinerende_gemeente),
            Fact("Scenario", draft.info.scenario),
            Fact("Jaren van de casus", f"{draft.case.years.first} tot en met {draft.case.years.last}"),
            Fact("Peildatum van de regels", shown(settings.peildatum)),
            Fact("Indienen", f"{shown(draft.round.indienen_van)} tot en met {shown(draft.round.indienen_tot)}"),
            Fact("Bestand van de casus", f"{draft.info.case_stem}.xlsx"),
            Fact("SHA-256 van de casus", draft.info.invoer_sha256),
            Fact("Versie van de toolkit", draft.info.toolkit),
        ),
    )


def _plan(draft: Draft) -> Facts:
    proof = "BEWEZEN OPTIMAAL" if draft.info.bewezen else "NIET BEWEZEN OPTIMAAL: er kan een beter plan zijn"
    return Facts(
        "Het plan waar de verwachte bestedingen uit komen",
        (
            Fact("Vandaan", draft.info.vandaan),
            *(Fact(label, value) for label, value in draft.info.kenmerken),
            Fact("Bewijs", proof),
        ),
    )
