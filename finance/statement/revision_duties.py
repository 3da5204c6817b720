"""What a request for revision still lacks, and what is done for it in each month.

Source: art. 7, third to fifth paragraph, and art. 8 of the regulation of 2024 (RG-15, RG-17).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from finance.case.table import shown
from finance.money import ZERO
from finance.rules.records import RevisionRoundRule
from finance.statement.revision import Revision

PLAN: Final = "Een actueel strategisch ontwikkelplan voor {} (artikel 7, vierde lid, onder b)."
STATEMENT: Final = (
    "Een verklaring van {} dat zij de aanvraag tot herziening onderschrijft (artikel 7, vierde lid, onder c)."
)
FORM: Final = "Het formulier dat de minister voor de aanvraag heeft vastgesteld (artikel 7, derde lid)."
NOTHING: Final = "Niets: er wordt geen herziening gevraagd."


@dataclass(frozen=True, slots=True)
class Month:
    """What is done in one month on the way to a request.

    Attributes:
        wanneer: the month, or the days.
        wat: what is done.
        wie: who does it.
    """

    wanneer: str
    wat: str
    wie: str


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that still has to be added before a request can be filed.

    Attributes:
        soort: what it is, in a word.
        wat: what must be added, in Dutch.
    """

    soort: str
    wat: str


def lacking(revision: Revision) -> tuple[Lack, ...]:
    """What still has to be added before the request can be filed."""
    return tuple(_lacking(revision))


def _lacking(revision: Revision) -> Iterator[Lack]:
    asked = [cell for cell in revision.cells if revision.asked_of(cell) != ZERO]
    if not asked:
        yield Lack("niets", NOTHING)
        return
    yield Lack("formulier", FORM)
    yield from (Lack("plan", PLAN.format(name)) for name in dict.fromkeys(cell.plek.naam for cell in asked))
    yield from (
        Lack("verklaring", STATEMENT.format(name))
        for name in dict.fromkeys(cell.plek.regel.aanbieder for cell in asked)
    )
    yield from _years(revision)
    yield from _realised(revision)
    yield from _grants(revision)
    if revision.rules.next_round is None:
        last = shown(revision.rules.rounds[-1].indienen_tot)
        yield Lack("ronde", f"Een ronde om in te dienen: de laatste sloot op {last}, voor de peildatum van de casus.")


def _years(revision: Revision) -> Iterator[Lack]:
    """The years of the window that the case does not have: what is spent then is not in the request."""
    window, years = revision.posts.window, revision.case.years
    if window is None:
        return
    before = range(window[0], min(years.first, window[1] + 1))
    after = range(max(years.last + 1, window[0]), window[1] + 1)
    for span in (before, after):
        if span:
            yield Lack(
                "jaren",
                f"De bestedingen van {_span(span)}: de casus heeft die jaren niet, en de regeling telt ze wel mee.",
            )


def _realised(revision: Revision) -> Iterator[Lack]:
    """The years before the round that are not closed: what was spent in them is known by then."""
    window, of = revision.posts.window, revision.rules.next_round
    if window is None or of is None:
        return
    open_years = [
        year
        for year in range(window[0], of.jaar)
        if year in revision.case.years and year not in revision.case.closed_years
    ]
    if open_years:
        yield Lack("realisatie", f"De realisatie van {_span(open_years)}: dat is nu nog een prognose.")


def _grants(revision: Revision) -> Iterator[Lack]:
    """What a municipality was granted and the case does not have: then too little is covered by it."""
    for town in revision.municipalities:
        granted, due = revision.granted(town.naam), town.basis + town.eerder
        if granted < due:
            yield Lack(
                "uitkering",
                f"Uitkeringen van {town.naam}: in het blad dekking staat {granted.dutch()}, en met artikel 5 en eerdere"
                f" herzieningen is het {due.dutch()}. Wat ontbreekt, telt nu niet als betaald door de uitkering.",
            )


def _span(years: Sequence[int]) -> str:
    return f"{years[0]}" if len(years) == 1 else f"{years[0]} tot en met {years[-1]}"


def months(of: RevisionRoundRule) -> tuple[Month, ...]:
    """What is done from December before a round until the decision on it.

    Args:
        of: the round.
    """
    year = of.jaar
    return (
        Month(
            f"december {year - 1}",
            "Maak de casus bij: maatregelen, kosten en beschikkingen zoals ze nu zijn. Draai deze berekening, en"
            " bespreek welke categorie haar drempel haalt en welke niet.",
            "projectleider en controller",
        ),
        Month(
            f"januari {year}",
            f"Vraag elke instelling haar bestedingen over {year - 1} per locatie, maatregel en kostensoort, en wat op"
            " haar balans is geactiveerd.",
            "controller, instellingen",
        ),
        Month(
            f"februari {year}",
            f"Zet {year - 1} in het blad realisatie, sluit het jaar af en reken opnieuw. Werk het strategisch"
            " ontwikkelplan van elke locatie bij.",
            "controller, instellingen",
        ),
        Month(
            f"maart {year}",
            "Leg de aanvraag voor aan het college, en vraag van elke instelling de getekende verklaring. Controleer"
            " elk bedrag dat de drempel maar net haalt.",
            "projectleider, college, instellingen",
        ),
        Month(
            f"{shown(of.indienen_van)} tot en met {shown(of.indienen_tot)}",
            "Dien de aanvraag in: het formulier, deze begroting, het ontwikkelplan en de verklaringen. Wat later komt,"
            " telt niet.",
            "coördinerende gemeente",
        ),
        Month(
            f"mei {year} en daarna",
            f"De minister besluit binnen {of.beslistermijn_weken} weken na ontvangst, dus uiterlijk"
            f" {shown(_decided(of))}; bij het besluit hoort een voorschot van 100%. Vragen alle gemeenten samen meer"
            " dan er is, dan krijgt ieder naar rato. Zet het besluit in het blad beschikkingen en maak een nieuwe"
            " begroting.",
            "ministerie, controller",
        ),
    )


def _decided(of: RevisionRoundRule) -> date:
    """The last day of the decision on a request that was filed on the last day."""
    return of.indienen_tot + timedelta(weeks=of.beslistermijn_weken)
