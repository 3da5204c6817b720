"""What is possible but hardly meant around a revision: a location of the annex, and what a decision was granted for.

Source: art. 7 and annex 2 of the regulation of 2024 (RG-15, RG-18).
"""

from __future__ import annotations

from collections.abc import Iterator

from finance.case.checked import Checked
from finance.case.table import listed
from finance.case.words import GRANT
from finance.findings import Finding
from finance.rules.activities import REVISION_SORT
from finance.rules.entitlement import Entitlement
from finance.rules.municipalities import bare_name
from finance.rules.revision import REGULATION, RevisionRules


def implausible_revision(checked: Checked, entitlement: Entitlement) -> Iterator[Finding]:
    """What of a revision is possible in a case but hardly meant.

    Args:
        checked: the case with the tables that it came from.
        entitlement: the rules applied to it.
    """
    rules = RevisionRules(entitlement.known)
    yield from _of_another_town(checked, rules)
    yield from _of_two_providers(checked, rules)
    yield from _granted_for(checked, rules)


def _of_another_town(checked: Checked, rules: RevisionRules) -> Iterator[Finding]:
    """A location of the annex whose coordinating municipality neither is that of the case nor has a grant in it."""
    case = checked.case
    granted = [row for row in case.sources if row.soort == GRANT and row.regeling == REGULATION]
    towns = {bare_name(case.settings.coordinerende_gemeente), *(bare_name(case.grant_municipality(r)) for r in granted)}
    known = {town.casefold() for town in towns}
    for row in case.locations:
        found = rules.threshold(row.naam_bijlage2)
        if found is not None and found.gemeente.casefold() not in known:
            yield checked.at(
                "locaties",
                row.rij,
                "naam_bijlage2",
                f"{found.naam} hoort in bijlage 2 bij {found.gemeente}, en die gemeente heeft in deze casus geen"
                f" uitkering uit {REGULATION}.",
                f"Kijk of de naam klopt: haar drempels tellen, en {found.gemeente} zou de herziening vragen.",
            )


def _of_two_providers(checked: Checked, rules: RevisionRules) -> Iterator[Finding]:
    """A location of the annex that stands for locations of more than one provider."""
    first: dict[str, str] = {}
    for row in checked.case.locations:
        found = rules.threshold(row.naam_bijlage2)
        if found is not None and first.setdefault(found.naam, row.aanbieder) != row.aanbieder:
            yield checked.at(
                "locaties",
                row.rij,
                "naam_bijlage2",
                f"{found.naam} is ook de naam van een locatie van {first[found.naam]}, en deze is van {row.aanbieder}.",
                "Kijk of de naam klopt: wat beide uitgeven telt samen voor een drempel.",
            )


def _granted_for(checked: Checked, rules: RevisionRules) -> Iterator[Finding]:
    """A revision for kostensoorten that are in none of the categories of art. 7, or one that may pay such."""
    paying = {row.beschikking for row in checked.case.sources}
    for row in checked.case.grant_decisions:
        if row.soort == REVISION_SORT and rules.categories and not row.kostensoorten and row.beschikking in paying:
            yield checked.at(
                "beschikkingen",
                row.rij,
                "kostensoorten",
                f"De herziening {row.beschikking} noemt geen kostensoorten, en mag dan alles betalen wat bij een van de"
                " vijf categorieën hoort (artikel 7, eerste lid, van de regeling van 2024), ook wat niet is gevraagd.",
                "Vul in waarvoor zij is verleend.",
            )
        others = [sort for sort in row.kostensoorten if sort not in rules.category_of]
        if row.soort == REVISION_SORT and rules.categories and others:
            yield checked.at(
                "beschikkingen",
                row.rij,
                "kostensoorten",
                f"Geen van de vijf categorieën waarvoor een herziening wordt verleend, kent {listed(others)}"
                " (artikel 7, eerste lid, van de regeling van 2024).",
                "Neem over wat in de beschikking staat.",
            )
