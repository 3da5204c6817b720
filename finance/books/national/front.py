"""The sheet `voorblad`: the country on one page."""

from __future__ import annotations

from typing import Final

from finance.books.national.draft import Draft
from finance.books.origins import decided
from finance.national.region import NOWHERE, RegionPlan
from finance.tables import live, pasted
from finance.tables.columns import FAILS, or_else
from finance.tables.grid import Format, Role
from finance.tables.pages import Block, Column, Fact, Facts, Figure, Notes, Page, Table

LEGEND: Final = (
    (Role.INPUT_SOURCED, "uit een document, of een parameter van een regel"),
    (Role.INPUT_ASSUMED, "een aanname"),
    (Role.DECISION, "uitkomst van het plan van een casus, of besluit over overname"),
    (Role.FORMULA, "formule: rekent mee"),
    (Role.CHECK, "oordeel: VOLDOET is groen, VOLDOET NIET is rood"),
)
IN_THOUSANDS: Final = "ROUND({}/{{duizend}},0)"
LEFT: Final = 30


def page(draft: Draft, others: tuple[Page, ...]) -> Page:
    """The sheet `voorblad`, with a link to each other sheet."""
    blocks: tuple[Block, ...] = (
        _stand(draft),
        _areas(draft),
        _money(draft),
        Figure(
            "Gesloten en hybride plaatsen per landsdeel en jaar",
            "plaatsen",
            "plaatsjaar",
            "jaar",
            tuple(f"l{at}" for at in range(len(draft.national.landsdelen))),
            from_zero=True,
        ),
        Notes("Waar dit op rust", _rests_on(draft)),
        Notes("De casussen", tuple(_plan(plan) for plan in draft.plans)),
        Facts("Gemaakt met", (Fact("Versie van de toolkit", draft.toolkit),)),
        Facts("Kleuren", tuple(Fact(role.value, text, role=role) for role, text in LEGEND)),
        Facts("Bladen", tuple(Fact(other.naam, other.title, link=f"{other.naam}!A1") for other in others)),
    )
    return Page(
        "voorblad",
        "Landelijk beeld van de gesloten jeugdhulp",
        "BEGROTING, geen realisatie: de plannen van een of meer regio's naast wat er landelijk is, en wat zij"
        " van elkaar kunnen overnemen.",
        blocks,
        widths={1: LEFT, 2: 26},
        counted=1,
        tab="controle",
    )


def _stand(draft: Draft) -> Table[Draft]:
    return Table(
        "voorbladstand",
        "",
        (draft,),
        (
            live.number("casussen", "Casussen", "ROWS([casus.casus])", Format.COUNT),
            live.number("bewezen", "Waarvan bewezen optimaal", 'COUNTIF([plan.bewezen],"ja")', Format.COUNT),
            live.number(
                "ongedekt",
                "Transitie ongedekt, x 1.000 euro",
                IN_THOUSANDS.format("[gebiedlast.ongedekt=]"),
                Format.COUNT,
            ),
            live.column("tekort", "Jongeren zonder plaats, alle jaren", "SUM([overnamejaar.mist])", Format.PLACES),
            live.column("samen", "Waarvan elders een plaats", "SUM([overnamejaar.samen])", Format.PLACES),
            live.check("controles", "Alle controles", or_else("[stand.oordeel!]", FAILS)),
        ),
    )


def _areas(draft: Draft) -> Table[str]:
    def of(key: str, year: str) -> str:
        return f"SUMIFS([gebied.{key}],[gebied.landsdeel],[landsdeel],[gebied.jaar],[{year}])"

    def years(key: str, head: str, at: int) -> Column[str]:
        return Column(
            key,
            head,
            lambda row: draft.spans[row][at],
            fmt=Format.YEAR,
            role=Role.DECISION,
            width=9,
            origin=lambda _: decided("de jaren van de casussen"),
        )

    position = "MATCH([landsdeel],[gebiedlast.naam],0)"
    return Table(
        "beeld",
        "Plaatsen, jongeren en geld per landsdeel",
        draft.national.landsdelen,
        (
            pasted.text("landsdeel", "Landsdeel", lambda row: row, width=LEFT),
            years("van", "Van", 0),
            years("tot", "Tot en met", 1),
            live.column("eerst", "Plaatsen in het eerste jaar", of("samen", "van"), Format.PLACES, width=11),
            live.column("laatst", "In het laatste", of("samen", "tot"), Format.PLACES, width=11),
            live.column("pad", "Pad in het laatste", of("pad", "tot"), Format.PLACES, width=11),
            live.column("bezet", "Jongeren in het laatste", of("bezet", "tot"), Format.PLACES, width=11),
            live.column(
                "mist",
                "Zonder plaats, alle jaren",
                "SUMIFS([gebied.mist],[gebied.landsdeel],[landsdeel])",
                Format.PLACES,
                width=11,
            ),
            live.column(
                "elders",
                "Waarvan elders",
                "SUMIFS([ruil.krijgt],[ruil.landsdeel],[landsdeel])",
                Format.PLACES,
                width=11,
            ),
            live.column(
                "kosten",
                "Transitie, x 1.000 euro",
                IN_THOUSANDS.format(f"INDEX([gebiedlast.kosten],{position})"),
                Format.COUNT,
                width=12,
            ),
            *(
                live.column(
                    f"uit{at}",
                    f"Uit de {grant.regel.naam[0].lower()}{grant.regel.naam[1:]}",
                    IN_THOUSANDS.format(f"INDEX([gebiedlast.uit{at}],{position})"),
                    Format.COUNT,
                    width=12,
                )
                for at, grant in enumerate(draft.national.grants)
            ),
            live.column(
                "ongedekt",
                "Ongedekt",
                IN_THOUSANDS.format(f"INDEX([gebiedlast.ongedekt],{position})"),
                Format.COUNT,
                width=12,
            ),
        ),
        "Plaatsen: gesloten en hybride samen, gemiddeld over het jaar. Zonder plaats: in plaatsjaren.",
        ids=lambda row: (row,),
    )


def _money(draft: Draft) -> Table[object]:
    def thousands(key: str, head: str) -> Column[object]:
        return live.column(key, head, IN_THOUSANDS.format(f"[plafond.{key}@]"), Format.COUNT, width=12)

    return Table(
        "beeldgeld",
        "Het geld, naast wat er landelijk is (x 1.000 euro)",
        draft.national.grants,
        (
            live.text("naam", "Uitkering", "[plafond.naam@]", LEFT),
            thousands("plafond", "Landelijk"),
            thousands("verleend", "Verleend in de casussen"),
            thousands("buiten", "Niet in de casussen"),
            thousands("besteed", "Besteed"),
            thousands("over", "Niet besteed"),
            live.text("binnen", "Binnen het plafond", "[plafond.binnen@]", 12),
        ),
    )


def _rests_on(draft: Draft) -> tuple[str, ...]:
    lines = [
        "De uitkomsten van elke casus zijn overgenomen uit haar plan; optellen, vergelijken en oordelen gebeurt hier"
        " met formules.",
        "Geen locatie en geen uitkering staat in twee van de casussen: dat is bij het maken nagegaan.",
    ]
    if draft.missing:
        lines.append(f"Zonder casus: {', '.join(draft.missing)}. Het beeld is dan niet dat van het hele land.")
    if NOWHERE in draft.national.landsdelen:
        lines.append(
            f"{NOWHERE}: wat bij geen landsdeel hoort, omdat de locatie niet in bijlage 2 staat of de behoefte van meer"
            " landsdelen is. Het telt mee in de totalen, en wordt niet overgenomen."
        )
    return tuple(lines)


def _plan(plan: RegionPlan) -> str:
    """A case and its plan in one line."""
    proof = "BEWEZEN OPTIMAAL" if plan.bewezen else "NIET BEWEZEN OPTIMAAL: er kan een beter plan zijn"
    return (
        f"{plan.case.settings.naam} ({plan.stem}.xlsx, scenario {plan.scenario}): {', '.join(plan.region.landsdelen)},"
        f" {plan.case.years.first} tot en met {plan.case.years.last}. {proof}."
    )
