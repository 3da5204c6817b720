"""The sheet `voorblad` of one municipality: what is hers, how it stands, and what is left out."""

from __future__ import annotations

from typing import Final

from finance.books.budget.front import is_proven
from finance.books.municipality.draft import WHOLE, Draft
from finance.case.table import shown
from finance.tables import live
from finance.tables.columns import FAILS, or_else
from finance.tables.grid import Role
from finance.tables.pages import Fact, Facts, Notes, Page, Table

LEFT_OUT: Final = (
    "Deze werkmap gaat over de uitkeringen van een gemeente: haar beschikkingen, SiSa, verloop, kalender, betalingen"
    " en de toetsen daarop.",
    f"Niet in deze werkmap, wel in {WHOLE}: de uitkeringen van andere gemeenten; de andere bronnen (lumpsum, PxQ,"
    " beschikbaarheid, eigen geld); de maatregelen, plaatsen en jeugdigen; wat ongedekt blijft; de doelen en hun"
    " bewijs; de rapporteringstolerantie; en de invoer waar de kosten uit volgen.",
    f"Getallen die hier niet rekenen, zijn blauw of paars: die komen uit {WHOLE}. Wie daar iets wijzigt, maakt deze"
    " werkmap opnieuw.",
)
"""What a reader must know of what is not here; the same in every such workbook."""
LEGEND: Final = (
    (Role.INPUT_SOURCED, f"overgenomen uit {WHOLE}, of een parameter van een regel"),
    (Role.DECISION, "besluit van het plan: betaling, startjaar"),
    (Role.FORMULA, "formule: rekent mee"),
    (Role.CHECK, "oordeel: VOLDOET is groen, VOLDOET NIET is rood"),
)


def page(draft: Draft, others: tuple[Page, ...]) -> Page:
    """The sheet `voorblad`, with a link to each other sheet."""
    settings, run = draft.budget.case.settings, draft.budget.provenance
    proof = "BEWEZEN OPTIMAAL" if is_proven(draft.budget) else "NIET BEWEZEN OPTIMAAL: er kan een beter plan zijn"
    return Page(
        "voorblad",
        f"Begroting van gemeente {draft.gemeente}",
        f"De uitkeringen van {draft.gemeente} in het voorstel {settings.naam}, scenario {draft.budget.scenario}."
        " BEGROTING, waar een jaar is afgesloten REALISATIE.",
        (
            _stand(draft),
            Notes("Wat hier wel en niet in staat", LEFT_OUT),
            Facts(
                "Waar het over gaat",
                (
                    Fact("Gemeente", draft.gemeente),
                    Fact("Casus", settings.naam),
                    Fact("Accounthoudende gemeente van de casus", settings.coordinerende_gemeente),
                    Fact("Scenario", draft.budget.scenario),
                    Fact("Jaren", f"{draft.budget.years[0]} tot en met {draft.budget.years[-1]}"),
                    Fact("Peildatum van de regels", shown(settings.peildatum)),
                    Fact("Bewijs van het plan", proof),
                    Fact("Bestand van de casus", f"{run.case_stem}.xlsx"),
                    Fact("SHA-256 van de casus", run.invoer_sha256),
                    Fact("Versie van de toolkit", run.toolkit),
                ),
            ),
            Facts("Kleuren", tuple(Fact(role.value, text, role=role) for role, text in LEGEND)),
            Facts("Bladen", tuple(Fact(other.naam, other.title, link=f"{other.naam}!A1") for other in others)),
        ),
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
            live.euro("toegekend", "Toegekend", "SUM([beschikking.toegekend])", total=False, width=34),
            live.euro("besteed", "Besteed in de casus", "SUM([afrekening.besteed])", total=False, width=26),
            live.euro("corrigeren", "Waarvan te corrigeren", "SUM([afrekening.corrigeren])", total=False),
            live.euro("later", "Nog te besteden na de casus", "SUM([afrekening.later])", total=False),
            live.euro("terug", "Terug te betalen", "SUM([afrekening.terug])", total=False),
            live.check("controles", "Alle controles", or_else("[stand.oordeel!]", FAILS)),
        ),
    )
