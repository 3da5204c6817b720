"""The rows that say who pays: the sources of money, and what each may pay."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from finance.case.columns import DATE, EURO, ID, MONTH, QUANTITY, RATE, SHARE, TEXT, YEAR, YES, choice, choices, column
from finance.case.declaring import Row
from finance.case.words import (
    COST_SORTS,
    DECISION_SORTS,
    SOURCE_SORTS,
)
from finance.money import ZERO, Money


class GrantDecision(Row):
    """A row of `beschikkingen`: what one decision granted one municipality, under which regulation."""

    beschikking: Annotated[str, ID] = column("Het kenmerk van de beschikking, waarnaar het blad dekking verwijst.")
    gemeente: Annotated[str, TEXT] = column("Gemeente die de uitkering kreeg, zoals de regeling haar noemt.")
    regeling: Annotated[str, ID] = column("De code van de regeling, zoals in het blad case.")
    soort: Annotated[str, choice("soort", *DECISION_SORTS)] = column(
        "basis: het eigen bedrag van de gemeente; herziening: op een verzoek om herziening; restant: wat van het"
        " landelijke bedrag over was.",
        default="basis",
    )
    datum: Annotated[date | None, DATE] = column("De datum van de beschikking.", leeg="onbekend", default=None)
    verleend_in: Annotated[int | None, YEAR] = column(
        "Jaar waarin de uitkering is verleend.", leeg="het jaar van datum", default=None
    )
    locatie: Annotated[str, ID] = column(
        "De locatie waarvoor een herziening is verleend: zij betaalt alleen daar.",
        ref="locaties",
        leeg="alle locaties",
        default="",
    )
    kostensoorten: Annotated[tuple[str, ...], choices("kostensoorten", *COST_SORTS)] = column(
        "De kostensoorten waarvoor een herziening is verleend, met komma's ertussen: zij betaalt alleen die.",
        leeg="wat de regeling toestaat",
        default=(),
    )
    bedrag: Annotated[Money, EURO] = column("Het bedrag dat de beschikking toekent.")
    besteedbaar_tot: Annotated[date | None, DATE] = column(
        "De laatste dag waarop het geld volgens de beschikking besteed mag worden; die gaat voor de regeling.",
        leeg="volgens de regeling",
        default=None,
    )
    ontvangen_in: Annotated[int | None, YEAR] = column(
        "Jaar waarin het voorschot is ontvangen.", leeg="volgens het blad dekking", default=None
    )
    vastgesteld_in: Annotated[int | None, YEAR] = column(
        "Jaar waarin de uitkering is vastgesteld.", leeg="nog niet vastgesteld", default=None
    )
    terugbetaald_in: Annotated[int | None, YEAR] = column(
        "Jaar waarin is terugbetaald wat van de uitkering terug moest.",
        leeg="volgens het blad dekking",
        default=None,
    )
    maximum: Annotated[Money | None, EURO] = column(
        "De hoogste uitkering van een gemeente die de regeling niet kent.", leeg="volgens de regeling", default=None
    )
    sisa_code: Annotated[str, ID] = column(
        "Code van de uitkering in de SiSa-bijlage.", leeg="volgens het blad dekking", default=""
    )
    herkomst: Annotated[str, ID] = column("Waar het vandaan komt.", ref="herkomst")

    @property
    def jaar(self) -> int | None:
        """The year in which it was granted: as given, or that of its date; None where neither is known."""
        return self.datum.year if self.verleend_in is None and self.datum else self.verleend_in


class Source(Row):
    """A row of `dekking`: a funding source; `bedrag` in euros for the whole window."""

    bron: Annotated[str, ID] = column("Korte naam van de bron van geld, waarnaar andere bladen verwijzen.")
    soort: Annotated[str, choice("soort", *SOURCE_SORTS)] = column(
        "Soort bron: spuk, eigen en gemeente zijn een pot, een krediet wordt met rente terugbetaald; de andere krijgen"
        " geld per jaar."
    )
    regeling: Annotated[str, ID] = column(
        "De code van de regeling, zoals in het blad case (alleen voor spuk).", default=""
    )
    beschikking: Annotated[str, ID] = column(
        "De beschikking (alleen voor spuk); staan ze in het blad beschikkingen, dan een daarvan.",
        ref="beschikkingen",
        leeg="die van de regeling en de gemeente",
        default="",
    )
    aanbieder: Annotated[str, ID] = column(
        "Alleen voor deze aanbieder.", ref="aanbieders", leeg="voor alle aanbieders", default=""
    )
    gemeente: Annotated[str, TEXT] = column(
        "Gemeente die de uitkering kreeg, zoals de regeling haar noemt.",
        leeg="de coördinerende gemeente",
        default="",
    )
    bedrag: Annotated[Money | None, EURO] = column(
        "Voor spuk, eigen en gemeente: het bedrag voor de hele periode. Voor krediet: de hoogste schuld die mag.",
        default=None,
    )
    buiten_casus: Annotated[Money | None, EURO] = column(
        "Het deel van bedrag dat apart blijft voor plaatsen buiten de casus (alleen voor spuk).",
        leeg="niets",
        zelden=True,
        default=None,
    )
    rente: Annotated[Decimal | None, RATE] = column(
        "De rente per jaar als breuk, over wat aan het begin van het jaar openstaat: 4,25% is 0,0425 (alleen voor"
        " krediet, en daar verplicht).",
        leeg="geen krediet",
        zelden=True,
        default=None,
    )
    besteedbaar_van: Annotated[int, YEAR] = column("Eerste jaar waarin het geld besteed mag worden.")
    besteedbaar_tot: Annotated[int, YEAR] = column("Laatste jaar waarin het geld besteed mag worden.")
    overdraagbaar: Annotated[bool, YES] = column(
        "Gaat wat van een jaarlijkse bron overblijft mee naar het volgende jaar?", default=False
    )
    sisa_code: Annotated[str, ID] = column(
        "Code van de uitkering in de SiSa-bijlage (alleen voor spuk).", leeg="onbekend", default=""
    )
    ontvangen_in: Annotated[int | None, YEAR] = column(
        "Jaar waarin het voorschot is ontvangen (alleen voor spuk).", leeg="besteedbaar_van", default=None
    )
    eindverantwoording: Annotated[int | None, YEAR] = column(
        "Jaar waarover de eindverantwoording gaat (alleen voor spuk).",
        leeg="het laatste jaar waarin besteed mag worden",
        default=None,
    )
    terugbetaald_in: Annotated[int | None, YEAR] = column(
        "Jaar waarin is terugbetaald wat van de uitkering terug moest (alleen voor spuk).",
        leeg="nog niet terugbetaald",
        default=None,
    )
    herkomst: Annotated[str, ID] = column("Waar het vandaan komt.", ref="herkomst")

    @property
    def pot(self) -> Money:
        """What a pot may spend in the case: its amount, without what is kept for places outside it."""
        return (self.bedrag or ZERO) - (self.buiten_casus or ZERO)


class Funding(Row):
    """A row of `financiering`: what a yearly source pays; `prijs` in euros per place-year."""

    bron: Annotated[str, ID] = column("De bron.", ref="dekking")
    jaar: Annotated[int, YEAR] = column("Het jaar.", in_case=True)
    maand: Annotated[int, MONTH] = column(
        "De rij geldt vanaf de eerste van deze maand, tot de volgende rij van dezelfde bron, hetzelfde jaar en dezelfde"
        " zorgvorm.",
        default=1,
        zelden=True,
    )
    zorgvorm: Annotated[str, ID] = column(
        "Alleen voor deze zorgvorm (bij pxq en beschikbaarheid).",
        ref="zorgvormen",
        leeg="alle zorgvormen samen",
        default="",
    )
    niveau: Annotated[Decimal, QUANTITY] = column("Aantal plaatsen waarvoor de bron betaalt.")
    tarief: Annotated[str, ID] = column(
        "Alleen voor plaatsen die op het blad plaatsen dit tarief noemen (bij pxq en beschikbaarheid).",
        leeg="alle plaatsen",
        zelden=True,
        default="",
    )
    prijs: Annotated[Money | None, EURO] = column(
        "Prijs per plaats per jaar, nominaal (in euro van dat jaar).",
        present=True,
        leeg="uit het tarief van de rij: 365 keer zijn prijs van een etmaal, met de index naar het jaar",
        default=None,
    )
    bandbreedte: Annotated[Decimal, SHARE] = column(
        "Band rond het niveau van een lumpsum, als breuk: 5% is 0,05.", default=Decimal(0)
    )
    onderzijde: Annotated[str, choice("onderzijde", "vast", "dalend")] = column(
        "Wat een lumpsum onder de band doet: vast blijven of dalen.", default="vast"
    )
    herkomst: Annotated[str, ID] = column("Waar het vandaan komt.", ref="herkomst")


class SourcePermit(Row):
    """A row of `toegestaan`: narrows a source that is not spuk to some kostensoorten."""

    bron: Annotated[str, ID] = column("De bron (niet spuk).", ref="dekking")
    kostensoort: Annotated[str, choice("kostensoort", *COST_SORTS)] = column("Kostensoort die mag.")
